"""The list of machines."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, Table

STATE_TONES = {"有效": "success", "尚未生效": "info", "已到期": "neutral", "已撤销": "danger"}


def machine_url(record: Any) -> str:
    return reverse("machine", args=[record["client_id"]])


class ClientTable(Table):
    """Which machines may ask, what, until when, and when each last wrote."""

    name = LinkColumn(verbose_name="单位", href=machine_url)
    client_id = Column(verbose_name="系统标识")
    registers = Column(verbose_name="登记", orderable=False)
    areas = Column(verbose_name="区域", orderable=False)
    valid_until = DayColumn(verbose_name="截止日期")
    last_at = Column(verbose_name="最近一次报文")
    state = BadgeColumn(verbose_name="状态", tones=STATE_TONES)

    class Meta:
        attrs: ClassVar = {"label": "外部系统"}
        row_attrs: ClassVar = {"data-href": machine_url}
