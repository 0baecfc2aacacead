"""The list of open tasks."""

from typing import Any, ClassVar

from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, Table
from anmin.web.records import record_url


def task_url(record: Any) -> str:
    return record_url(record.subject_kind, record.subject_id)


class TaskTable(Table):
    """What must be done about a record by a day."""

    label = LinkColumn(verbose_name="事项", href=task_url)
    schedule = Column(verbose_name="类别")
    area = Column(accessor="area__name", verbose_name="村居", order_by=("area__path",))
    due_on = DayColumn(verbose_name="期限")
    is_late = BadgeColumn(
        verbose_name="状态", labels={True: "已超期", False: "待办"}, tones={True: "danger", False: "neutral"}, orderable=False
    )
    laid_on = DayColumn(verbose_name="列出日期")

    class Meta:
        attrs: ClassVar = {"label": "定期事项"}
        row_attrs: ClassVar = {"data-href": task_url, "class": lambda record: "is-late" if record.is_late else ""}
        empty_text = "没有符合条件的事项。"

    def __init__(self, *args: Any, labels: dict[str, str], **options: Any) -> None:
        self.labels = labels
        super().__init__(*args, **options)

    def value_schedule(self, value: str) -> str:
        return self.labels.get(value, value)

    render_schedule = value_schedule
