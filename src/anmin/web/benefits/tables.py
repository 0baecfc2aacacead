"""The list of those who hold a benefit."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.web.benefits.naming import Named
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table


def entitlement_url(record: Any) -> str:
    return reverse("benefit-entitlement", args=[record.benefit, record.pk])


class RegisterTable(Table):
    """Who holds a benefit, since when, at what amount on the latest roll."""

    holder = LinkColumn(verbose_name="户主（持证人）", href=entitlement_url, accessor="holder__name", order_by="holder__initials")
    identity = Column(verbose_name="身份证号", accessor="holder__identity_mask", orderable=False)
    household = Column(verbose_name="家庭编号", accessor="household__number")
    town = Column(verbose_name="镇（街道）", accessor="area__parent__name")
    area = Column(verbose_name="村（社区）", accessor="area__name")
    route = BadgeColumn(verbose_name="保障方式")
    last_route = BadgeColumn(verbose_name="类别", orderable=False)
    last_persons = NumberColumn(verbose_name="人数")
    last_amount = MoneyColumn(verbose_name="月保障金（元）")
    valid_from = DayColumn(verbose_name="享受起始")
    valid_until = DayColumn(verbose_name="享受截至")
    review_due_on = DayColumn(verbose_name="下次复核")

    class Meta:
        row_attrs: ClassVar = {"data-href": entitlement_url}

    def __init__(self, data: Any, *, of: Named, ended: bool, reviewed: bool, **options: Any) -> None:
        self.of = of
        left_out = {
            "identity": not of.of_persons,
            "household": of.of_persons,
            "last_persons": of.of_persons,
            "last_amount": not of.pays,
            "route": not of.routes,
            "last_route": not (of.of_persons and of.tiers) or bool(of.routes),
            "valid_until": not ended,
            "review_due_on": not reviewed or ended,
        }
        super().__init__(
            data, exclude=[name for name, out in left_out.items() if out], attrs={"label": f"{of.label}名单"}, **options
        )
        if of.benefit.once:
            self.columns["valid_from"].column.verbose_name = "所属月份"
            if of.pays:
                self.columns["last_amount"].column.verbose_name = "金额（元）"
        if of.of_persons:
            self.columns["holder"].column.verbose_name = "姓名"
            if of.routes:
                self.columns["route"].column.verbose_name = "类别"

    def render_route(self, record: Any) -> Any:
        """Return the badge; the first route is the ordinary one."""
        words = self.of.route(record.route)
        tone = "neutral" if record.route == next(iter(self.of.benefit.routes), "") else "info"
        return BadgeColumn(tones={words: tone}).render(words, record)

    def value_route(self, record: Any) -> str:
        """Return the words for a spreadsheet."""
        return self.of.route(record.route)

    def render_last_route(self, value: Any, record: Any) -> Any:
        """Return the badge of the tier on the latest roll."""
        return BadgeColumn().render(self.of.tiers.get(value, ""), record) if self.of.tiers.get(value) else "—"

    def value_last_route(self, value: Any) -> str:
        """Return the words for a spreadsheet."""
        return self.of.tiers.get(value, "")

    def value_last_amount(self, value: Any) -> Any:
        """Return yuan for a spreadsheet."""
        return value / 100 if value is not None else None
