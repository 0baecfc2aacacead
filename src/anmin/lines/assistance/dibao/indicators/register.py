"""Dibao's own stocks: the standard, who is covered alone, who is in a grace period."""

from django.db.models import QuerySet

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.indicators import covers
from anmin.ground.entitlements.models import EntitlementMember, GracePeriod
from anmin.ground.indicators.declarations import Indicator, Stated, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.policy.book import policy
from anmin.lines.assistance.dibao.indicators.words import GRACE, MEASURES_2021, REGISTER, SHARE
from anmin.lines.assistance.dibao.vocabulary import Route

STANDARD = "assistance.dibao.standard"


def _single_persons(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    return REGISTER.persons(actor, window).filter(entitlement__route__startswith=Route.SINGLE.value)


def _in_grace(actor: Actor, window: Window) -> QuerySet[GracePeriod]:
    return GracePeriod.objects.filter(
        within(actor, "entitlement__area"),
        covers(window.last_day),
        valid_from__lte=window.last_day,
        entitlement__in=REGISTER.households(actor, window),
    )


def _standard(window: Window) -> Stated | None:
    try:
        row = policy().entry(STANDARD, on=window.last_day)
    except BadValue:
        return None  # before the first standard on file: not known
    assert isinstance(row.value, int)
    return Stated(
        value=row.value,
        headers=("标准", "数值", "执行日期", "依据"),
        line=(row.label, row.shown(), row.valid_from.isoformat(), str(row.document)),
    )


STOOD = (
    Indicator(
        id=STANDARD,
        label="低保标准",
        unit=Unit.YUAN_PER_PERSON_MONTH,
        kind=Kind.STANDARD,
        definition="期末当日执行的最低生活保障标准，城乡统一。",
        basis="标准文件见政策目录",
        stated=_standard,
        area="",
    ),
    Indicator(
        id="assistance.dibao.single.persons",
        label="“单人保”人数",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日按单人户纳入低保的重度残疾人、重病患者等人数。",
        basis=MEASURES_2021 + "第八条",
        rows=_single_persons,
        measure=CountRows(),
        evidence=REGISTER.kept,
        columns=SHARE,
        area="entitlement__area",
        part_of="assistance.dibao.persons",
    ),
    Indicator(
        id="assistance.dibao.grace.households",
        label="渐退缓退户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.STOCK,
        definition="期末当日处于渐退或缓退期、仍在保的家庭户数。",
        rows=_in_grace,
        measure=CountDistinct(("entitlement__household_id",)),
        evidence=REGISTER.kept,
        columns=GRACE,
        area="entitlement__area",
        part_of="assistance.dibao.households",
    ),
)
