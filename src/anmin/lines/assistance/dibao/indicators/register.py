"""Who is covered on the last day, and at which standard."""

from datetime import date

from django.db.models import Q, QuerySet

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod
from anmin.ground.indicators.declarations import Indicator, Stated, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.policy.book import policy
from anmin.lines.assistance.dibao.indicators.columns import FAMILY, GRACE, SHARE
from anmin.lines.assistance.dibao.vocabulary import BENEFIT, Route

STANDARD = "assistance.dibao.standard"
MEASURES_2021 = "《最低生活保障审核确认办法》（民发〔2021〕57号）"


def _households(actor: Actor, window: Window) -> QuerySet[Entitlement]:
    return entitlements.in_force(actor, BENEFIT, window.last_day)


def _persons(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    return entitlements.persons_in_force(actor, BENEFIT, window.last_day)


def _single_persons(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    return _persons(actor, window).filter(entitlement__route__startswith=Route.SINGLE.value)


def _in_grace(actor: Actor, window: Window) -> QuerySet[GracePeriod]:
    return GracePeriod.objects.filter(
        within(actor, "entitlement__area"),
        _covers(window.last_day),
        entitlement__in=entitlements.in_force(actor, BENEFIT, window.last_day),
    )


def register_kept(window: Window) -> QuerySet[Entitlement]:
    """Entitlements the platform accounts for on the last day; without one it keeps no register yet."""
    return Entitlement.objects.filter(benefit=BENEFIT, accounted_from__lte=window.last_day)


def _covers(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


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


COVERED = (
    Indicator(
        id="assistance.dibao.households",
        label="城乡低保户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.STOCK,
        definition="期末当日享受最低生活保障的家庭户数，城乡合并；一户多证只计一户，暂停发放的计入。",
        basis=MEASURES_2021,
        rows=_households,
        measure=CountDistinct(("household_id",)),
        evidence=register_kept,
        columns=FAMILY,
    ),
    Indicator(
        id="assistance.dibao.persons",
        label="城乡低保人数",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日享受最低生活保障的人数，城乡合并；以保障对象名册为准，家庭中不享受的成员不计入。",
        basis=MEASURES_2021,
        rows=_persons,
        measure=CountRows(),
        evidence=register_kept,
        columns=SHARE,
        area="entitlement__area",
    ),
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
        evidence=register_kept,
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
        evidence=register_kept,
        columns=GRACE,
        area="entitlement__area",
        part_of="assistance.dibao.households",
    ),
)
