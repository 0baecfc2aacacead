"""The list of accounts."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.web.columns import BadgeColumn, Column, LinkColumn, Table

STATE_TONES = {"在用": "success", "已锁定": "danger", "已停用": "neutral", "尚无角色": "warning"}


def staff_url(record: Any) -> str:
    return reverse("staff-account", args=[record["id"]])


class StaffTable(Table):
    """Who has an account, in which roles, and whether it can be used."""

    name = LinkColumn(verbose_name="姓名", href=staff_url)
    username = Column(verbose_name="账号")
    role = Column(verbose_name="现任角色")
    area = Column(verbose_name="任职地区")
    phone = Column(verbose_name="联系电话", orderable=False)
    state = BadgeColumn(verbose_name="状态", tones=STATE_TONES)

    class Meta:
        attrs: ClassVar = {"label": "人员账号"}
        row_attrs: ClassVar = {"data-href": staff_url}
