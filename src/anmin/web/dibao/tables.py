"""The list of those who hold dibao."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table


def entitlement_url(record: Any) -> str:
    return reverse("entitlement", args=[record.pk])


def route_label(route: str) -> str:
    """The way of coverage in words."""
    return "单人保" if route.startswith("single") else "整户保"


class RegisterTable(Table):
    """Who holds dibao, since when, at what amount on the latest roll."""

    holder = LinkColumn(verbose_name="户主（持证人）", href=entitlement_url, accessor="holder__name", order_by="holder__initials")
    household = Column(verbose_name="家庭编号", accessor="household__number")
    town = Column(verbose_name="镇（街道）", accessor="area__parent__name")
    area = Column(verbose_name="村（社区）", accessor="area__name")
    route = BadgeColumn(verbose_name="保障方式", tones=lambda row: "info" if row.route.startswith("single") else "neutral")
    last_persons = NumberColumn(verbose_name="人数")
    last_amount = MoneyColumn(verbose_name="月保障金（元）")
    valid_from = DayColumn(verbose_name="享受起始")
    review_due_on = DayColumn(verbose_name="下次复核")

    class Meta:
        attrs: ClassVar = {"label": "低保在享"}
        row_attrs: ClassVar = {"data-href": entitlement_url}

    def render_route(self, record: Any) -> Any:
        """Return the badge."""
        tone = "info" if record.route.startswith("single") else "neutral"
        return BadgeColumn(tones={route_label(record.route): tone}).render(route_label(record.route), record)

    def value_route(self, record: Any) -> str:
        """Return the words for a spreadsheet."""
        return route_label(record.route)

    def value_last_amount(self, value: Any) -> Any:
        """Return yuan for a spreadsheet."""
        return value / 100 if value is not None else None
