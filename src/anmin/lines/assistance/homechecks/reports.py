"""What visitors bring home, and how it is told in a line."""

from dataclasses import dataclass
from datetime import date

from anmin.lines.assistance.homechecks.models import HomeVisit
from anmin.lines.assistance.homechecks.vocabulary import Change, VisitResult


@dataclass(frozen=True)
class Report:
    """What two visitors bring home; `visitor` is staff, the second is staff or somebody of the village."""

    visited_on: date
    visitor_id: int
    result: VisitResult | str
    second_visitor_id: int | None = None
    other_visitor: str = ""
    changes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    findings: str = ""


def told(visit: HomeVisit | Report) -> str:
    """What was found, in a line: the result, what changed, what was written."""
    changes = "、".join(str(Change(each).label) for each in visit.changes)
    parts = [str(VisitResult(visit.result).label) + (f"（{changes}）" if changes else ""), visit.findings.strip()]
    return "。".join(part.rstrip("。") for part in parts if part)
