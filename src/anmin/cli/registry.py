"""`anmin registry`: the machines of other offices that may ask, and the answers on their way to them."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from anmin.cli.start import acting, show_table, with_records

app = typer.Typer(no_args_is_help=True, help="Machines of other offices that may ask our registers.")

As = Annotated[str | None, typer.Option("--as", help="Act in the name of this account; otherwise the system acts.")]
ClientId = Annotated[str, typer.Argument(help="The id of the machine.")]


@app.command("list")
@with_records
def list_clients(
    as_json: Annotated[bool, typer.Option("--json", help="For a machine: a list of objects.")] = False, by: As = None
) -> None:
    """List the machines that may ask, or might once."""
    from rich.table import Table

    from anmin.ground.registry import queries

    actor = acting(by)
    moments = {pk: at.isoformat(timespec="minutes") for pk, at in queries.last_messages(actor).items()}
    said = [
        {
            "client_id": each.client_id,
            "name": each.name,
            "registers": each.registers,
            "areas": [area.name for area in each.areas.all()],
            "valid_from": each.valid_from.isoformat(),
            "valid_until": each.valid_until.isoformat(),
            "revoked_on": each.revoked_on.isoformat() if each.revoked_on else None,
            "last_message_at": moments.get(each.pk),
        }
        for each in queries.clients(actor)
    ]
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    table = Table("系统标识", "单位", "登记", "区域", "期限", "撤销", "最近一次报文")
    for each in said:
        period = f"{each['valid_from']} 至 {each['valid_until']}"
        table.add_row(
            each["client_id"], each["name"], "、".join(each["registers"]), "、".join(each["areas"]), period,
            each["revoked_on"] or "", each["last_message_at"] or "",
        )  # fmt: skip
    show_table(table)


@app.command()
@with_records
def register(
    client_id: ClientId,
    name: Annotated[str, typer.Option(help="The office whose machine it is.")],
    basis: Annotated[str, typer.Option(help="The law on which it may ask.")],
    purpose: Annotated[str, typer.Option(help="What for, in words.")],
    purpose_code: Annotated[str, typer.Option(help="What for, as the code both agreed on.")],
    until: Annotated[str, typer.Option(help="Last day, 2026-12-31.")],
    valid_from: Annotated[str, typer.Option("--from", help="First day; today when not given.")] = "",
    registers: Annotated[list[str] | None, typer.Option("--register", help="social, ibr or dr; may be repeated.")] = None,
    areas: Annotated[list[str] | None, typer.Option("--area", help="Our code of an area; may be repeated.")] = None,
    by_law: Annotated[bool, typer.Option("--by-law", help="It needs no consent: it asks on a statutory basis.")] = False,
    identity_numbers: Annotated[bool, typer.Option("--identity-numbers", help="Identity numbers in full.")] = False,
    callback: Annotated[str, typer.Option(help="https address for answers that come later.")] = "",
    key_file: Annotated[Path | None, typer.Option("--key", help="PEM file of the key that verifies its messages.")] = None,
    placeholder: Annotated[str, typer.Option(help="On trial only: what it writes in place of a signature.")] = "",
    contact: Annotated[str, typer.Option(help="Whom to call.")] = "",
    by: As = None,
) -> None:
    """Let a machine in. Its secret is printed once and kept nowhere."""
    from anmin.base import clock
    from anmin.base.errors import BadValue
    from anmin.ground.areas.queries import by_code
    from anmin.ground.registry import actions
    from anmin.ground.registry.vocabulary import Register

    wanted = registers or []
    if unknown := [each for each in wanted if each not in Register.values]:
        raise BadValue(f"没有登记“{unknown[0]}”，可用的有：{'、'.join(Register.values)}。")
    try:
        key = key_file.read_text(encoding="utf-8") if key_file else ""
    except (OSError, UnicodeDecodeError):
        raise BadValue(f"公钥文件“{key_file}”无法读取。") from None
    client = actions.register_client(
        client_id=client_id,
        name=name,
        registers=[Register(each) for each in wanted],
        areas=[by_code(code) for code in areas or []],
        basis=basis,
        purpose=purpose,
        purpose_code=purpose_code,
        valid_from=_day(valid_from) if valid_from else clock.today(),
        valid_until=_day(until),
        needs_consent=not by_law,
        identity_numbers=identity_numbers,
        callback_uri=callback,
        verification_key=key,
        placeholder=placeholder,
        contact=contact,
        actor=acting(by),
        on=clock.today(),
    )
    typer.echo(f"已接入“{client.name}”（{client.client_id}）。密钥只显示这一次：\n{client.secret}")


@app.command("renew-secret")
@with_records
def renew_secret(client_id: ClientId, by: As = None) -> None:
    """Give a machine a new secret; the old one and its tokens are void."""
    from anmin.base import clock
    from anmin.ground.registry import actions, queries

    actor = acting(by)
    client = actions.renew_client_secret(client=queries.client(actor, client_id), actor=actor, on=clock.today())
    typer.echo(f"已更换“{client.name}”的密钥，只显示这一次：\n{client.secret}")


@app.command()
@with_records
def revoke(client_id: ClientId, reason: Annotated[str, typer.Option(help="Why.")], by: As = None) -> None:
    """Put a machine out; what it asked stays in the log."""
    from anmin.base import clock
    from anmin.ground.registry import actions, queries

    actor = acting(by)
    client = actions.revoke_client(client=queries.client(actor, client_id), reason=reason, actor=actor, on=clock.today())
    typer.echo(f"已撤销“{client.name}”的接入。")


@app.command()
@with_records
def deliver() -> None:
    """Notify subscribers, send every answer that waits, and ask the registers that answer later; to be run every minute."""
    from anmin.ground.registry import errands
    from anmin.ground.verification.sending import send_due, watch_due

    heard = errands.notify_due()
    arrived, failed = errands.deliver_due()
    asked, unsent = (sum(each) for each in zip(send_due(), watch_due(), strict=True))
    typer.echo(f"变动通知 {heard} 项；送达 {arrived} 件，未送达 {failed} 件；提出查询 {asked} 件，未送达 {unsent} 件。")


@app.command()
@with_records
def watch(area: Annotated[str, typer.Option(help="Our code of the county.")] = "1") -> None:
    """Watch whoever is on a roll at the registers that tell of events, and nobody else; to be run every day."""
    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.areas.queries import by_code
    from anmin.ground.verification.actions import keep_watches
    from anmin.ground.verification.queries import watched_at
    from anmin.ground.verification.registry_interface import connections
    from anmin.ground.verification.sources import SOURCES

    told = [each for each in connections().values() if each.declared.watched_event]
    for each in told:
        keep_watches(area=by_code(area), source=each.source, actor=SYSTEM, on=clock.today())
        typer.echo(f"{SOURCES[each.source].label}：订阅变动通知 {watched_at(SYSTEM, each.source)} 人。")
    if not told:
        typer.echo("没有可以订阅变动通知的数据源。")


def _day(said: str) -> date:
    from anmin.base.errors import BadValue

    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadValue(f"“{said}”不是日期，请写成 2024-01-01 的样子。") from None
