"""What departments delivered, and how fresh the newest delivery of each source is. Nothing here names a person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.answers import newest_whole
from anmin.ground.verification.freshness import freshness, freshness_limits
from anmin.ground.verification.models import Extract
from anmin.ground.verification.sources import SOURCES, Source
from anmin.ground.verification.vocabulary import Freshness


def extracts(
    actor: Actor, *, source: str = "", department: str = "", text: str = "", kept: bool | None = None
) -> QuerySet[Extract]:
    """The deliveries, the latest first; who holds no role sees none. `kept`: whether their rows are still there."""
    rows = Extract.objects.select_related("received_by").order_by("-received_on", "-id")
    if not actor.roles:
        return rows.none()
    if source:
        rows = rows.filter(source=source)
    if department.strip():
        rows = rows.filter(department__contains=department.strip())
    if text.strip():
        rows = rows.filter(file_name__contains=text.strip())
    return rows if kept is None else rows.filter(deleted_on__isnull=kept)


def extract(actor: Actor, extract_id: int) -> Extract | None:
    """One delivery."""
    return extracts(actor).filter(pk=extract_id).first()


def delivered_before(actor: Actor, *, source: str, sha256: str) -> str:
    """The sentence that says when the same file was received; blank for a file that never was. One query."""
    before = extracts(actor, source=source).filter(file_sha256=sha256).first()
    if before is None:
        return ""
    return f"这个文件已于{before.received_on}作为“{before.file_name}”接收过（数据截至{before.as_of}），不必重复接收。"


def arrival_cautions(actor: Actor, *, source: str, as_of: date, rows: int, partial: bool | None = None) -> list[str]:
    """What whoever receives a delivery should know: newer data are there, or many more rows were. One query."""
    newest = newest_whole(source) if actor.roles else None
    if newest is None:
        missing = "还没有全量数据，本批按部分数据查询：查到的算数，查不到的不视为“未查到”"
        return [missing] if partial else []
    before = f"上一批全量数据（截至{newest.as_of}，{newest.rows:,}行）"
    if newest.as_of > as_of:
        return [f"已有截至{newest.as_of}的较新数据，查询仍以较新的为准"]
    if partial or (partial is None and rows * 2 < newest.rows):
        why = "" if partial else f"本批{rows:,}行，不到{before}的一半，按部分数据接收；确为全量的，请在接收时选“全量数据”。"
        return [f"{why}查询时与{before}一并比对，各自注明截至日期"]
    if rows * 2 < newest.rows:
        return [f"本批{rows:,}行，不到{before}的一半，已按全量数据接收：不在本批的人会显示“未查到”，请与部门核实"]
    return []


@dataclass(frozen=True)
class SourceLine:
    """A declared source with its freshness limit and its newest whole delivery whose rows are still there.

    `part` is the day of the newest partial delivery since.
    """

    source: Source
    limit_days: int | None
    newest: date | None
    freshness: Freshness
    age_days: int | None
    deliveries: int
    part: date | None = None


def source_lines(actor: Actor, on: date) -> list[SourceLine]:
    """Every declared source, in the order of the declarations. One query."""
    of_whole, of_part = Max("as_of", filter=Q(partial=False)), Max("as_of", filter=Q(partial=True))
    kept = extracts(actor, kept=True).order_by().values("source")
    rows = kept.annotate(newest=of_whole, part=of_part, count=Count("id"))
    known: dict[str, tuple[date | None, date | None, int]] = {
        row["source"]: (row["newest"], row["part"], row["count"]) for row in rows
    }
    limits = freshness_limits(on)
    lines = []
    for name, source in SOURCES.items():
        newest, part, count = known.get(name, (None, None, 0))
        age = (on - newest).days if newest else None
        since = part if part is not None and (newest is None or part > newest) else None
        lines.append(SourceLine(source, limits.get(name), newest, freshness(age, limits.get(name)), age, count, since))
    return lines
