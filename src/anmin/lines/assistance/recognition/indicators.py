"""The low-income population as a whole: stock, admissions and removals, reckoned out of its parts and never typed.

Who passes from one layer to another is removed from the one and admitted to the other, as in the parts; so each total is the
sum of what is printed beside it.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.indicators import CAME, LEFT, UNTIL_JUNE, Register, family_columns, share_columns
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.lines.assistance.recognition.vocabulary import BASIS, LAYERS

_REGISTERS = tuple(Register(benefit) for benefit in LAYERS)
_LAYER = Column("类别", "benefit", labels=LAYERS)
_PERSONS = (*share_columns({}), _LAYER)
_HOUSEHOLDS = (*family_columns({}), _LAYER)
_PARTS = "特困、低保、低保边缘、刚性支出困难四类合计"

Shares = Callable[[Register, Actor, Window], QuerySet[EntitlementMember]]
Families = Callable[[Register, Actor, Window], QuerySet[Entitlement]]


def _persons(rows: Shares) -> Callable[[Actor, Window], QuerySet[EntitlementMember]]:
    def every(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
        chosen = Q()
        for register in _REGISTERS:
            chosen |= Q(pk__in=rows(register, actor, window).order_by().values("pk"))
        return EntitlementMember.objects.filter(chosen)

    return every


def _households(rows: Families) -> Callable[[Actor, Window], QuerySet[Entitlement]]:
    def every(actor: Actor, window: Window) -> QuerySet[Entitlement]:
        chosen = Q()
        for register in _REGISTERS:
            chosen |= Q(pk__in=rows(register, actor, window).order_by().values("pk"))
        return Entitlement.objects.filter(chosen)

    return every


def _kept(window: Window) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(benefit__in=LAYERS, accounted_from__lte=window.last_day)


def _kept_throughout(window: Window) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(benefit__in=LAYERS, accounted_from__lte=window.first_day)


INDICATORS = (
    Indicator(
        id="assistance.low_income.persons",
        label="低收入人口",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition=f"期末当日在册的低收入人口，{_PARTS}；每人只属一类。",
        basis=BASIS,
        rows=_persons(lambda register, actor, window: register.persons(actor, window)),
        measure=CountDistinct(("person_id",)),
        evidence=_kept,
        columns=_PERSONS,
        area="entitlement__area",
    ),
    Indicator(
        id="assistance.intake.persons",
        label="新增低收入人口",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition=f"期间内各类新增人数之和，{_PARTS}；由一类转入另一类的，计入转入类。",
        basis=BASIS,
        rows=_persons(lambda register, actor, window: register.persons_in(actor, window)),
        measure=CountRows(),
        evidence=_kept_throughout,
        columns=(*_PERSONS, *CAME),
        area="entitlement__area",
    ),
    Indicator(
        id="assistance.removal.persons",
        label="核减低收入人口",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition=f"期间内各类核减人数之和，{_PARTS}；由一类转入另一类的，计入转出类。{UNTIL_JUNE}",
        basis=BASIS,
        rows=_persons(lambda register, actor, window: register.persons_out(actor, window)),
        measure=CountRows(),
        evidence=_kept_throughout,
        columns=(*_PERSONS, *LEFT),
        area="entitlement__area",
    ),
    Indicator(
        id="assistance.intake.households",
        label="新增低收入家庭",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition=f"期间内各类新增户数之和，{_PARTS}；特困按人计，一人一户。",
        basis=BASIS,
        rows=_households(lambda register, actor, window: register.households_in(actor, window)),
        measure=CountRows(),
        evidence=_kept_throughout,
        columns=(*_HOUSEHOLDS, *CAME),
    ),
    Indicator(
        id="assistance.removal.households",
        label="核减低收入家庭",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition=f"期间内各类核减户数之和，{_PARTS}；特困按人计，一人一户。{UNTIL_JUNE}",
        basis=BASIS,
        rows=_households(lambda register, actor, window: register.households_out(actor, window)),
        measure=CountRows(),
        evidence=_kept_throughout,
        columns=(*_HOUSEHOLDS, *LEFT),
    ),
)
