"""The list of figures."""

from typing import Any, ClassVar

from anmin.web.columns import Column, LinkColumn, NumberColumn, Table

_RIGHT = {"th": {"class": "is-number"}, "td": {"class": "is-number"}}


def figure_url(record: Any) -> str:
    return str(record["href"])


class FiguresTable(Table):
    """The figures of a period beside those of the year before."""

    label = LinkColumn(verbose_name="指标", href=figure_url, attrs={"td": {"class": "is-name"}})
    shown = Column(verbose_name="数值", attrs=_RIGHT, orderable=False)
    previous = Column(verbose_name="上年同期", attrs=_RIGHT, orderable=False)
    change = Column(verbose_name="增减", attrs=_RIGHT, orderable=False)
    per_cent = Column(verbose_name="增幅", attrs=_RIGHT, order_by="per_mille")
    rows = NumberColumn(verbose_name="记录条数")
    definition = Column(verbose_name="口径", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "统计指标"}
        row_attrs: ClassVar = {"data-href": figure_url}
