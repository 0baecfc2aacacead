"""The lists of leads."""

from typing import Any, ClassVar

from anmin.ground.policy.discovery import KINDS
from anmin.web.columns import BadgeColumn, Column, LinkColumn, MoneyColumn, Table

KIND_TONES = {KINDS["entitled"]: "info", KINDS["no_longer"]: "warning"}
_NAME = {"td": {"class": "is-name"}}


def row_url(record: Any) -> str:
    return str(record["href"])


class LeadTable(Table):
    """Whom the rules point to."""

    name = LinkColumn(verbose_name="人员、户主", href=row_url, attrs=_NAME)
    number = Column(verbose_name="家庭编号")
    town = Column(verbose_name="镇（街道）")
    programme = Column(verbose_name="项目")
    kind = BadgeColumn(verbose_name="线索", tones=KIND_TONES)
    amount = MoneyColumn(verbose_name="测算金额（元/月）")
    reasons = Column(verbose_name="理由", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "线索"}
        row_attrs: ClassVar = {"data-href": row_url}


class WayTable(Table):
    """Families to whom another way would give more."""

    number = LinkColumn(verbose_name="家庭编号", href=row_url, attrs=_NAME)
    town = Column(verbose_name="镇（街道）")
    way = Column(verbose_name="更有利的方式")
    now = Column(verbose_name="按现有申请", orderable=False)
    claimed = MoneyColumn(verbose_name="合计（元/月）")
    then = Column(verbose_name="改变方式后", orderable=False)
    best = MoneyColumn(verbose_name="合计（元/月）")
    more = MoneyColumn(verbose_name="多得（元/月）")

    class Meta:
        attrs: ClassVar = {"label": "更有利的方式"}
        row_attrs: ClassVar = {"data-href": row_url}


class TogetherTable(Table):
    """Persons who hold what nobody may hold together."""

    name = LinkColumn(verbose_name="人员", href=row_url, attrs=_NAME)
    number = Column(verbose_name="家庭编号")
    first = Column(verbose_name="待遇一")
    second = Column(verbose_name="待遇二")
    relation = Column(verbose_name="关系")
    document = Column(verbose_name="依据", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "不应同时享受的待遇"}
        row_attrs: ClassVar = {"data-href": row_url}
