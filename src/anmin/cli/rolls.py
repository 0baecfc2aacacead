"""`anmin rolls`: monthly rolls from generated to approved, bank files out and answers in."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from anmin.cli.start import acting, show_table, with_records

app = typer.Typer(no_args_is_help=True, help="Monthly rolls: generate, check, approve (three people), bank files, returns.")

Month = Annotated[str, typer.Argument(help="The benefit month, 2024-06.")]
BenefitOption = Annotated[
    str, typer.Option("--benefit", help="The benefit's address or label; `all` for every one that is held.")
]
As = Annotated[str, typer.Option("--as", help="Sign-in name of the member of staff who acts.")]
Reader = Annotated[str | None, typer.Option("--as", help="Read as this account; the system reads everything.")]
AsJson = Annotated[bool, typer.Option("--json", help="For a machine: one object.")]
DIBAO, EVERY = "assistance.dibao", "all"


@app.command()
@with_records
def generate(month: Month, username: As, benefit: BenefitOption = DIBAO, as_json: AsJson = False) -> None:
    """Generate the roll of a month: what is due by what is known now, less what stands on approved rolls."""
    from rich.console import Console
    from rich.progress import Progress

    from anmin.base import clock
    from anmin.ground.payments.actions import generate_roll

    actor = acting(username)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("生成名册", total=None)

        def made(address: str) -> Any:
            def told(each: Any) -> None:
                progress.update(task, description=f"{_label(address)}：核算{each.label}")

            return generate_roll(benefit=address, month=month, actor=actor, on=clock.today(), told=told)

        rolls = [made(address) for address in _addresses(actor, benefit, month)]
    _show(rolls, as_json)


@app.command()
@with_records
def check(month: Month, username: As, benefit: BenefitOption = DIBAO, as_json: AsJson = False) -> None:
    """Check a generated roll, as somebody else: every seal and total is computed anew."""
    from anmin.base import clock
    from anmin.ground.payments.actions import check_roll

    actor = acting(username)
    found = _rolls(actor, benefit, month, state="generated")
    _show([check_roll(roll=each, actor=actor, on=clock.today()) for each in found], as_json)


@app.command()
@with_records
def approve(month: Month, username: As, benefit: BenefitOption = DIBAO, as_json: AsJson = False) -> None:
    """Approve a checked roll, as a third person: it is frozen, payments and recoveries are made."""
    from anmin.base import clock
    from anmin.ground.payments.actions import approve_roll

    actor = acting(username)
    found = _rolls(actor, benefit, month, state="checked")
    _show([approve_roll(roll=each, actor=actor, on=clock.today()) for each in found], as_json)


@app.command()
@with_records
def discard(
    month: Month,
    username: As,
    reason: Annotated[str, typer.Option(help="Why; it stands in the log.")],
    benefit: BenefitOption = DIBAO,
) -> None:
    """Discard a roll that is not approved, so that it can be generated anew."""
    from anmin.base import clock
    from anmin.ground.payments.actions import discard_roll

    actor = acting(username)
    roll = _roll(actor, benefit, month)
    label = _label(roll.benefit)
    discard_roll(roll=roll, reason=reason, actor=actor, on=clock.today())
    typer.echo(f"{label} {month} 名册已作废。")


@app.command("bank-file")
@with_records
def bank_file(month: Month, username: As, benefit: BenefitOption = DIBAO, as_json: AsJson = False) -> None:
    """Write the waiting payments of an approved roll into a file for the bank, as CSV and XLSX; list who was left out."""
    from anmin.base import clock
    from anmin.base.money import format_yuan
    from anmin.ground.payments import queries
    from anmin.ground.payments.actions import make_bank_file

    actor = acting(username)
    roll = _roll(actor, benefit, month)
    file = make_bank_file(roll=roll, actor=actor, on=clock.today())
    left_out = [(each.payment.payee.name, each.payment.net, each.reason) for each in queries.held_back(actor, roll)]
    paths = [str(path) for path in queries.bank_file_paths(actor, file.number)]
    if as_json:
        _print({"number": file.number, "count": file.count, "total_fen": file.total, "files": paths, "left_out": left_out})
        return
    typer.echo(f"银行文件 {file.number}：{file.count} 笔，{format_yuan(file.total)} 元")
    for path in paths:
        typer.echo(f"  {path}")
    for name, net, reason in left_out:
        typer.echo(f"  未列入：{name} {format_yuan(net)} 元，{reason}")


@app.command("bring-return")
@with_records
def bring_return(
    path: Annotated[Path, typer.Argument(help="The bank's return file, CSV or XLSX.")], username: As, as_json: AsJson = False
) -> None:
    """Bring in the bank's answer: payments become paid or failed, the whole file or nothing of it."""
    from anmin.base import clock
    from anmin.ground.payments.actions import bring_return_file

    returned = bring_return_file(source=path, name=path.name, actor=acting(username), on=clock.today())
    if as_json:
        _print({"file": returned.file.number, "succeeded": returned.succeeded, "failed": returned.failed})
    else:
        typer.echo(f"银行文件 {returned.file.number} 的回盘：成功 {returned.succeeded} 笔，失败 {returned.failed} 笔")


@app.command("list")
@with_records
def list_rolls(
    username: Reader = None,
    benefit: Annotated[str, typer.Option("--benefit", help="Only of this benefit.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For a machine: a list of objects.")] = False,
) -> None:
    """List the rolls, the latest first."""
    from rich.table import Table

    from anmin.base.money import format_yuan
    from anmin.ground.payments import queries

    rolls = [_plain(roll) for roll in queries.rolls(acting(username), _address(benefit) if benefit else None)]
    if as_json:
        _print(rolls)
        return
    table = Table("月份", "待遇", "状态", "户", "人", "行", "合计（元）", "发放日")
    for roll in rolls:
        counts = (str(roll[name]) for name in ("households", "persons", "lines"))
        table.add_row(
            roll["month"], roll["benefit_label"], roll["state_label"], *counts, format_yuan(roll["total_fen"]), roll["pay_on"]
        )
    show_table(table)


@app.command()
@with_records
def show(month: Month, username: Reader = None, benefit: BenefitOption = DIBAO, as_json: AsJson = False) -> None:
    """Show a roll's control totals beside last month's, and whom it passes over."""
    from dataclasses import asdict

    from anmin.base.money import format_yuan
    from anmin.ground.payments import queries

    actor = acting(username)
    roll = _roll(actor, benefit, month)
    totals = queries.control_totals(actor, roll)
    if as_json:
        _print(
            {
                **_plain(roll),
                "control_totals": asdict(totals),
                "notices": [_notice(each) for each in queries.notices(actor, roll)],
                "problems": queries.problems(actor, roll),
            }
        )
        return
    before = totals.before.due if totals.before else 0
    typer.echo(f"{month} 应发 {format_yuan(totals.now.due)} 元，{totals.now.households} 户、{totals.now.persons} 人")
    typer.echo(
        f"上月 {format_yuan(before)} 元；新增 {totals.entered_count} 户 +{format_yuan(totals.entered)}；"
        f"减少 {totals.left_count} 户 -{format_yuan(totals.left)}；调增 {totals.raised_count} 户 "
        f"+{format_yuan(totals.raised)}；调减 {totals.lowered_count} 户 -{format_yuan(totals.lowered)}"
    )
    typer.echo(
        f"补发 {format_yuan(totals.now.back_pay)} 元，扣回 {format_yuan(totals.now.recovery)} 元，"
        f"资料不全 {totals.undetermined} 户，{'平衡' if totals.balanced else '不平衡'}"
    )
    for each in map(_notice, queries.notices(actor, roll)):
        typer.echo(f"  {each['label']}：{each['household']} {each['holder']}，{'；'.join(each['reasons'])}")


def _roll(actor: Any, benefit: str, month: str) -> Any:
    from anmin.base.errors import BadValue
    from anmin.base.periods import Month as Months
    from anmin.ground.payments import queries

    address = _address(benefit)
    found = queries.roll(actor, address, Months.parse(month))
    if found is None:
        raise BadValue(f"没有{_label(address)} {month} 的名册，请先生成。")
    return found


def _rolls(actor: Any, benefit: str, month: str, *, state: str) -> list[Any]:
    """The roll of a benefit; of all, those of the month that wait for this very step."""
    from anmin.base.errors import BadValue
    from anmin.ground.payments import queries

    if benefit != EVERY:
        return [_roll(actor, benefit, month)]
    found = [each for each in queries.rolls(actor) if each.month == month and each.state == state]
    if not found:
        raise BadValue(f"{month} 没有等待这一步的名册。")
    return found


def _addresses(actor: Any, benefit: str, month: str) -> list[str]:
    """The address of a benefit; of all, those that pay, are held in the month, and have no roll of it yet."""
    from anmin.base.periods import Month as Months
    from anmin.ground.entitlements import queries as entitlements
    from anmin.ground.entitlements.benefits import BENEFITS
    from anmin.ground.payments import queries
    from anmin.ground.policy.programmes import DECIDED

    if benefit != EVERY:
        return [_address(benefit)]
    last = Months.parse(month).last_day
    made = {each.benefit for each in queries.rolls(actor) if each.month == month}
    held = set(entitlements.benefits_of_households(actor, last).order_by().values_list("benefit", flat=True).distinct())
    pays = [each for each in BENEFITS if each not in DECIDED or DECIDED[each].amount]
    return [each for each in pays if each in held and each not in made]


def _address(benefit: str) -> str:
    """The benefit of an address or a label. Refuses what is neither."""
    from anmin.ground.entitlements.benefits import BENEFITS

    return next((each.address for each in BENEFITS.values() if benefit == each.label), None) or BENEFITS[benefit].address


def _label(benefit: str) -> str:
    from anmin.ground.entitlements.benefits import BENEFITS

    return BENEFITS[benefit].label


def _notice(notice: Any) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "label": notice.get_kind_display(),
        "household": notice.entitlement.household.number,
        "holder": notice.entitlement.holder.name,
        "months": notice.months,
        "reasons": notice.reasons,
    }


def _plain(roll: Any) -> dict[str, Any]:
    return {
        "benefit": roll.benefit,
        "benefit_label": _label(roll.benefit),
        "month": roll.month,
        "state": roll.state,
        "state_label": roll.get_state_display(),
        "households": roll.household_count,
        "persons": roll.person_count,
        "lines": roll.line_count,
        "total_fen": roll.total,
        "pay_on": roll.pay_on.isoformat(),
        "seal": roll.seal,
    }


def _show(rolls: list[Any], as_json: bool) -> None:
    """One roll as one object or line; several as a list."""
    from anmin.base.money import format_yuan

    plain = [_plain(roll) for roll in rolls]
    if as_json:
        _print(plain[0] if len(plain) == 1 else plain)
        return
    for roll, told in zip(rolls, plain, strict=True):
        typer.echo(
            f"{_label(roll.benefit)} {roll.month} 名册（{told['state_label']}）：{told['households']} 户、{told['persons']} 人、"
            f"{told['lines']} 行，合计 {format_yuan(roll.total)} 元，封印 {roll.seal[:16]}…"
        )


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
