"""The commands of verification that work on the records."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anmin.cli.cases import As, Json, On, as_day
from anmin.cli.start import acting, show_table, with_records

if TYPE_CHECKING:
    from anmin.ground.verification.queries import Progress

AreaCode = Annotated[str, typer.Option("--area", help="Our code of a town; the whole county when not given.")]


@with_records
def sources(by: As = None, on: On = None, as_json: Json = False) -> None:
    """List the sources: whose they are, as of when the newest delivery is, whether it is fresh."""
    from rich.table import Table

    from anmin.ground.verification import queries

    found = queries.source_lines(acting(by, as_day(on)), as_day(on))
    if as_json:
        told = [
            {
                "source": line.source.id,
                "label": line.source.label,
                "newest": line.newest.isoformat() if line.newest else None,
                "freshness": line.freshness.value,
                "limit_days": line.limit_days,
            }
            for line in found
        ]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    table = Table("数据源", "编号", "提供部门", "最近数据截至", "时效")
    for line in found:
        table.add_row(
            line.source.label, line.source.id, line.source.department, str(line.newest or "—"), str(line.freshness.label)
        )
    show_table(table)


@with_records
def receive(
    source: Annotated[str, typer.Argument(help="The source, such as vehicles; `anmin verification sources` lists them.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX, GBK or UTF-8, as delivered.")],
    as_of: Annotated[str, typer.Option("--as-of", help="The day the data are of, 2024-06-15.")],
    department: Annotated[str, typer.Option(help="Who delivered; by default the source's department.")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(help="Read a column as a field, `车牌=plate`; several times. Remembered."),
    ] = None,
    partial: Annotated[
        bool | None,
        typer.Option("--partial/--whole", help="Only new rows or some people; by default judged by the number of rows."),
    ] = None,
    by: As = None,
    on: On = None,
) -> None:
    """Receive what a department delivered: all of it, or nothing with every fault named by row and column."""
    from anmin.ground.verification.actions import receive_extract
    from anmin.ground.verification.sources import source as source_of

    extract = receive_extract(
        source=source,
        department=department,
        file_name=file.name,
        content=file.read_bytes(),
        as_of=as_day(as_of),
        mapping=_mapped(column) if column else None,
        partial=partial,
        actor=acting(by, as_day(on)),
        on=as_day(on),
    )
    told = f"{source_of(source).label}{'部分' if extract.partial else ''}数据"
    typer.echo(f"接收{told} {extract.rows} 行，截至 {extract.as_of}，保存至 {extract.keep_until}。")
    for caution in extract.cautions:
        typer.echo(f"  注意：{caution}。")


@with_records
def run(by: As = None, on: On = None) -> None:
    """Run all requests that wait, together: one comparison for each source."""
    from anmin.ground.verification import queries
    from anmin.ground.verification.running import answer_requests

    actor = acting(by, as_day(on))
    waiting = list(queries.requests(actor, pending=True))
    if not waiting:
        typer.echo("没有待核对的请求。")
        return
    area: Any = _area("", waiting[0].area)
    answer_requests(requests=waiting, area=area, actor=actor, on=as_day(on))
    ids = {request.inquiry_id for request in waiting}
    findings = sum(each.inquiry_id in ids for each in queries.findings(actor, state="waiting"))
    typer.echo(f"已核对请求 {len(waiting)} 件，待处理疑点 {findings} 条。")


@with_records
def full(
    ground: Annotated[str, typer.Option(help="On what ground everybody is asked about.")] = "",
    roll: Annotated[list[str] | None, typer.Option(help="Only this roll, such as assistance.dibao; several times.")] = None,
    area: AreaCode = "",
    resume: Annotated[str, typer.Option(help="The number of a check that was not finished; it goes on where it stopped.")] = "",
    by: As = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Check everybody on the rolls and those who owe them support; interrupted, it goes on with --resume."""
    from anmin.base.errors import BadValue
    from anmin.ground.verification import queries
    from anmin.ground.verification.actions import open_campaign
    from anmin.ground.verification.campaigns import run_campaign
    from anmin.ground.verification.vocabulary import Occasion

    actor, day = acting(by, as_day(on)), as_day(on)
    if resume:
        inquiry = queries.inquiry(actor, resume)
        if inquiry is None:
            raise BadValue(f"没有编号为“{resume}”的核对任务。")
    else:
        inquiry = open_campaign(occasion=Occasion.FULL, ground=ground, area=_area(area), rolls=roll or [], actor=actor, on=day)
    done_on = inquiry.done_on
    if done_on is None:
        with _shown() as told:
            inquiry = run_campaign(inquiry=inquiry, actor=actor, on=day, told=told)
    found = queries.progress(actor, inquiry)
    _tell(found, as_json)
    if done_on is not None and found.unanswered and not as_json:
        typer.echo(f"该任务已于 {done_on} 完成；没有答复的，请用 anmin verification late {resume} 补充核对。")


@with_records
def late(
    number: Annotated[str, typer.Argument(help="The number of an inquiry, such as HD2024000029.")],
    by: As = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Ask again the sources of an inquiry that had not answered, or not about everybody; findings are added."""
    from anmin.base.errors import BadValue
    from anmin.ground.verification import queries
    from anmin.ground.verification.running import ask_late

    actor, day = acting(by, as_day(on)), as_day(on)
    inquiry = queries.inquiry(actor, number)
    if inquiry is None:
        raise BadValue(f"没有编号为“{number}”的核对任务。")
    _tell(queries.progress(actor, ask_late(inquiry=inquiry, actor=actor, on=day)), as_json)


@with_records
def watch(
    area: AreaCode = "",
    if_new: Annotated[
        bool, typer.Option("--if-new", help="Only where something came that no watch has searched; for the night.")
    ] = False,
    by: As = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Look for deaths, cremations, prison terms and entries into institutions on the rolls; what is found opens reviews."""
    from anmin.ground.verification import campaigns, queries

    actor = acting(by, as_day(on))
    if if_new and not queries.news_for_the_watch(actor, as_day(on)):
        typer.echo("死亡火化、服刑、机构入住没有新的数据，无须监测。")
        return
    with _shown() as told:
        inquiry = campaigns.watch(area=_area(area), actor=actor, on=as_day(on), told=told)
    _tell(queries.progress(actor, inquiry), as_json)


@with_records
def delete_expired(by: As = None, on: On = None) -> None:
    """Delete the rows of deliveries whose time is over; that they were delivered, and what was found, stays."""
    from anmin.ground.verification.retention import delete_expired as delete

    gone = delete(actor=acting(by, as_day(on)), on=as_day(on))
    typer.echo(f"已删除保存期限届满的部门数据 {len(gone)} 批。")


def _mapped(columns: list[str]) -> dict[str, str]:
    """Fields by header, as typed. Refuses what is not `header=field`."""
    from anmin.base.errors import BadValue

    mapping = {}
    for each in columns:
        header, sign, field = each.rpartition("=")
        if not sign or not header or not field:
            raise BadValue(f"“{each}”不是列的对应关系，请写成“列名=字段”，如 车牌=plate。")
        mapping[header] = field
    return mapping


def _area(code: str, within: Any = None) -> Any:
    """The area of a code, or the county."""
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.areas import queries
    from anmin.ground.areas.vocabulary import Level

    if code:
        return queries.by_code(code)
    return queries.areas(SYSTEM, level=Level.COUNTY).order_by("code").first() or within


@contextmanager
def _shown() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, a step for each source."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("核对", total=None)

        def told(label: str, done: int, of: int) -> None:
            bar.update(task, description=f"已核对{label}", completed=done, total=of)

        yield told


def _tell(found: "Progress", as_json: bool) -> None:
    if as_json:
        said = {
            "number": found.inquiry.number,
            "persons": found.persons,
            "withheld": found.withheld,
            "hits": found.hits,
            "queue": found.queue,
            "findings": found.findings,
            "unanswered": dict(found.unanswered),
        }
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"{found.inquiry.number}：核对 {found.persons} 人（{found.withheld} 人授权不全），比中 {found.hits} 条，"
        f"疑似待辨认 {found.queue} 条，疑点 {sum(found.findings.values())} 条。"
    )
    for label, why in found.unanswered:
        typer.echo(f"  {label}：{why}，不视为未查到")
