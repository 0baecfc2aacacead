"""The lists of the report's pages."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.base.periods import parse_period
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, NumberColumn, Table


def issued_url(record: Any) -> str:
    return reverse("report-issued", args=[record.number])


def figure_url(record: Any) -> str:
    return str(record["href"])


class IssuedTable(Table):
    """The reports that left the house."""

    number = LinkColumn(verbose_name="文号", href=issued_url)
    title = Column(verbose_name="标题")
    period = Column(verbose_name="期间")
    issued_by = Column(accessor="issued_by__name", verbose_name="印发人")
    issued_on = DayColumn(verbose_name="印发日期")

    class Meta:
        attrs: ClassVar = {"label": "已印发的工作总结"}
        row_attrs: ClassVar = {"data-href": issued_url}

    def render_period(self, value: str) -> str:
        """Return the period in words."""
        return parse_period(value).label

    def value_period(self, value: str) -> str:
        """Return the period in words."""
        return parse_period(value).label


class DraftFigureTable(Table):
    """The figures a report is written with."""

    label = LinkColumn(verbose_name="指标", href=figure_url)
    shown = Column(verbose_name="数值", attrs={"th": {"class": "is-number"}, "td": {"class": "is-number"}}, orderable=False)
    rows = NumberColumn(verbose_name="记录条数")

    class Meta:
        attrs: ClassVar = {"label": "本稿所用指标"}
        row_attrs: ClassVar = {"data-href": figure_url}


class ChangeTable(Table):
    """What would read differently today."""

    label = LinkColumn(verbose_name="指标", href=figure_url)
    then = Column(verbose_name="印发时", attrs={"th": {"class": "is-number"}, "td": {"class": "is-number"}}, orderable=False)
    now = Column(verbose_name="现在", attrs={"th": {"class": "is-number"}, "td": {"class": "is-number"}}, orderable=False)
    what = BadgeColumn(verbose_name="变化", tones={"数值变化": "danger", "记录变化，数值未变": "warning"})

    class Meta:
        attrs: ClassVar = {"label": "印发以来的变化"}
