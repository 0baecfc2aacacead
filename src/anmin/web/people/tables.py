"""The lists of persons and of households."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from anmin.ground.people.vocabulary import Relation
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, NumberColumn, Table

_SAID = {"已死亡": "neutral", "在册": "success", "已注销": "neutral"}
_badge = BadgeColumn(tones=_SAID)


def person_page(record: Any) -> str:
    return reverse("person", args=[record.pk])


def household_page(record: Any) -> str:
    return reverse("household", args=[record.pk])


def age_on(born: date, day: date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def badges_of(labels: Sequence[str]) -> SafeString | str:
    """A badge for each benefit held; a dash for none."""
    badge = BadgeColumn(tones=lambda _: "success")
    made = [badge.render(label, None) for label in labels]
    return format_html('<span class="badges">{}</span>', mark_safe(" ".join(made))) if made else "—"  # noqa: S308  # badges escape their words


class PeopleTable(Table):
    """Who is on the register, where they live and count, and which benefits they hold."""

    name = LinkColumn(verbose_name="姓名", href=person_page, order_by=("initials", "id"))
    sex = Column(verbose_name="性别")
    birth_on = NumberColumn(verbose_name="年龄", order_by="-birth_on")
    identity_mask = Column(verbose_name="身份证号", orderable=False)
    hukou_kind = Column(verbose_name="户籍")
    town = Column(verbose_name="镇（街道）", accessor="area__parent__name", order_by=("area__path", "id"))
    area = Column(verbose_name="村（社区）", accessor="area__name", order_by=("area__path", "id"))
    household = Column(verbose_name="家庭", accessor="pk", orderable=False)
    benefits = Column(verbose_name="在享待遇", accessor="pk", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "人员"}
        row_attrs: ClassVar = {"data-href": person_page}

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        # What other rooms know of the rows on this page; filled once the page is known.
        self.homes: Mapping[int, Any] = {}
        self.held: Mapping[int, list[str]] = {}

    def render_birth_on(self, record: Any) -> int:
        """Return the age today, or at death."""
        return age_on(record.birth_on, min(self.on, record.died_on or self.on))

    value_birth_on = render_birth_on

    def render_household(self, record: Any) -> SafeString | str:
        """Return the link to the household, with the place in it."""
        home = self.homes.get(record.pk)
        if home is None:
            return "—"
        return format_html(
            '<span><a href="{}">{}</a> <span class="text-secondary">{}{}</span></span>',
            household_page(home.household),
            home.household.number,
            Relation(home.relation).label,
            "" if home.counted else "，不计入",
        )

    def value_household(self, record: Any) -> str:
        """Return the household's number."""
        home = self.homes.get(record.pk)
        return home.household.number if home else ""

    def render_benefits(self, record: Any) -> SafeString | str:
        """Return the badges."""
        return _badge.render("已死亡", record) if record.died_on else badges_of(self.held.get(record.pk, []))

    def value_benefits(self, record: Any) -> str:
        """Return the words."""
        return "已死亡" if record.died_on else "、".join(self.held.get(record.pk, []))


class HouseholdTable(Table):
    """Which households there are, who heads them, how many count, and which benefits they hold."""

    number = LinkColumn(verbose_name="户编号", href=household_page)
    head = Column(verbose_name="户主", accessor="head__name", order_by=("head__initials", "id"))
    town = Column(verbose_name="镇（街道）", accessor="area__parent__name", order_by=("area__path", "id"))
    area = Column(verbose_name="村（社区）", accessor="area__name", order_by=("area__path", "id"))
    members = NumberColumn(verbose_name="成员", accessor="pk", orderable=False)
    counted = NumberColumn(verbose_name="共同生活", accessor="pk", orderable=False)
    opened_on = DayColumn(verbose_name="立户")
    state = Column(verbose_name="状态", accessor="pk", orderable=False)
    benefits = Column(verbose_name="在享待遇", accessor="pk", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "家庭"}
        row_attrs: ClassVar = {"data-href": household_page}

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.sizes: Mapping[int, tuple[int, int]] = {}
        self.held: Mapping[int, list[str]] = {}

    def render_members(self, record: Any) -> int:
        """Return how many are in it."""
        return self.sizes.get(record.pk, (0, 0))[0]

    value_members = render_members

    def render_counted(self, record: Any) -> int:
        """Return how many count as living together."""
        return self.sizes.get(record.pk, (0, 0))[1]

    value_counted = render_counted

    def render_state(self, record: Any) -> SafeString:
        """Return the badge."""
        return _badge.render(self.value_state(record), record)

    def value_state(self, record: Any) -> str:
        """Return the words."""
        return "已注销" if record.closed_on and record.closed_on < self.on else "在册"

    def render_benefits(self, record: Any) -> SafeString | str:
        """Return the badges."""
        return badges_of(self.held.get(record.pk, []))

    def value_benefits(self, record: Any) -> str:
        """Return the words."""
        return "、".join(self.held.get(record.pk, []))
