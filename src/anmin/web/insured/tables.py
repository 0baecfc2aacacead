"""The insured as a table."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table


def person_url(record: Any) -> str:
    return reverse("person", args=[record.person_id])


class InsuredTable(Table):
    """One line for each person, by list, town and village."""

    name = LinkColumn(verbose_name="姓名", href=person_url)
    identity_mask = Column(verbose_name="身份证号")
    birth_on = DayColumn(verbose_name="出生日期")
    age = NumberColumn(verbose_name="周岁")
    town = Column(verbose_name="镇（街道）")
    village = Column(verbose_name="村（社区）")
    which = BadgeColumn(verbose_name="名单", tones={"安康关爱": "accent"})
    premium = MoneyColumn(verbose_name="年保费（元）")

    class Meta:
        attrs: ClassVar = {"label": "保险名单"}
        row_attrs: ClassVar = {"data-href": person_url}
        empty_text = "这个月没有符合条件的老人。"
