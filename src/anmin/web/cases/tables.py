"""Lists of cases, sorted and cut by the database."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django_tables2.data import TableData

from anmin.ground.cases.queries import Worklist, WorkRow
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, Table
from anmin.web.templatetags import anmin as components


def case_url(record: WorkRow) -> str:
    return reverse("case", args=[record.number])


def state_tone(row: WorkRow) -> str:
    """Closed cases are quiet; what waits, and what stands still, is told apart from what is to be done."""
    if row.closed_on is not None:
        return "neutral"
    return "info" if row.waiting or row.clock_stopped else "accent"


def due(row: WorkRow) -> dict[str, Any]:
    """The arguments of the chip that says how much time is left."""
    if row.closed_on is not None:
        return {"state": "done"}
    if row.clock_stopped:
        return {"state": "stopped", "due_on": row.due_on}
    return {"working_days_left": row.days_left, "due_on": row.due_on}


class WorkData(TableData):  # type: ignore[misc]  # publishes no types
    """Rows for a table that are read only as far as the page shows them."""

    def __init__(self, rows: Worklist) -> None:
        super().__init__(rows)
        self.data: Worklist = rows
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = len(self.data)
        return self._length

    def __iter__(self) -> Iterator[WorkRow]:
        return iter(self.data)

    def order_by(self, aliases: Any) -> None:
        """The rows are in the order that was asked for."""
        self.data = self.data.sorted_by(*(str(alias) for alias in aliases))


class WorkTable(Table):
    """What is to be done, the most urgent first."""

    applicant = LinkColumn(verbose_name="申请人", href=case_url)
    kind_label = Column(verbose_name="事项")
    state_label = BadgeColumn(verbose_name="目前环节", tones=state_tone)
    due_on = Column(verbose_name="时限", empty_values=())
    town = Column(verbose_name="镇（街道）")
    area = Column(verbose_name="村（社区）", orderable=False)
    opened_on = DayColumn(verbose_name="提出日期")
    number = Column(verbose_name="编号")

    class Meta:
        attrs: ClassVar = {"label": "待办事项"}
        row_attrs: ClassVar = {"data-href": case_url, "class": lambda record: "is-late" if record.overdue else ""}

    def render_due_on(self, record: WorkRow) -> SafeString:
        """Return the chip, or that a notice has to hang out its days."""
        if record.closed_on is None and record.waiting and not record.clock_stopped and record.due_on is not None:
            waits = components.badge(f"公示至 {record.due_on:%m-%d}", "info", "hourglass")
            return render_to_string("components/badge.html", waits)
        return render_to_string("components/clock.html", components.clock(**due(record)))

    def value_due_on(self, record: WorkRow) -> Any:
        """Return the day for a spreadsheet."""
        return record.due_on


class CaseTable(WorkTable):
    """All cases, open and closed."""

    closed_on = DayColumn(verbose_name="办结日期")

    class Meta(WorkTable.Meta):
        attrs: ClassVar = {"label": "办件"}
        sequence = ("applicant", "kind_label", "state_label", "due_on", "town", "area", "opened_on", "closed_on", "number")


class ExportTable(Table):
    """A case on a line of a spreadsheet."""

    number = Column(verbose_name="编号")
    kind_label = Column(verbose_name="事项")
    applicant = Column(verbose_name="申请人")
    household_number = Column(verbose_name="家庭编号")
    town = Column(verbose_name="镇（街道）")
    area = Column(verbose_name="村（社区）", orderable=False)
    state_label = Column(verbose_name="目前环节")
    opened_on = Column(verbose_name="提出日期")
    closed_on = Column(verbose_name="办结日期")
    clock_label = Column(verbose_name="正在计时", orderable=False)
    due_on = Column(verbose_name="截止日期")
    days_left = Column(verbose_name="剩余工作日", orderable=False)
    overdue = Column(verbose_name="逾期", orderable=False)
