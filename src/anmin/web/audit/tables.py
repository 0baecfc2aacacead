"""The list of the log's lines."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from anmin.web.audit import lines
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, Table


def line_url(record: Any) -> str:
    return reverse("audit-line", args=[record.sequence])


class InstantColumn(LinkColumn):
    """When it was really done, to the second, leading to the line."""

    def render(self, value: Any, record: Any) -> SafeString:
        """Return the link."""
        return super().render(f"{localtime(value):%Y-%m-%d %H:%M:%S}", record)

    def value(self, record: Any) -> str:
        """Return the instant for a spreadsheet."""
        return f"{localtime(record.at):%Y-%m-%d %H:%M:%S}"


class LineTable(Table):
    """Who did what, when, on what basis."""

    at = InstantColumn(verbose_name="时间", href=line_url, attrs={"td": {"class": "is-date"}}, order_by="sequence")
    actor_name = Column(verbose_name="操作人")
    verb = BadgeColumn(verbose_name="操作", accessor="verb", tones=lambda line: lines.tone(line.verb))
    summary = Column(verbose_name="内容", orderable=False)
    area = Column(accessor="area__name", verbose_name="地区")
    on = DayColumn(verbose_name="业务日期")

    class Meta:
        attrs: ClassVar = {"label": "审计日志"}
        row_attrs: ClassVar = {"data-href": line_url}

    def render_verb(self, record: Any) -> SafeString:
        """Return the badge with the verb's name."""
        return BadgeColumn(tones=lambda line: lines.tone(line.verb)).render(lines.verb_of(record), record)

    def value_verb(self, record: Any) -> str:
        """Return the verb's name for a spreadsheet."""
        return lines.verb_of(record)
