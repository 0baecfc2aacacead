"""Who came and who left; opening + entries − exits = closing, exactly.

Months are whole: cover begins on the first day of a month and ends on the last day of one. Who is covered until 30 June is
still covered on 30 June and counts as removed on 1 July, so the half-year to June does not count that removal.

A family that goes on under another certificate (整户保 to 单人保, for one) neither came nor left. One that comes twice
in a period came twice; one that comes with two certificates on one day came once, so that the reasons add up to the whole.
"""

from datetime import timedelta

from django.db.models import DateField, Exists, Expression, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.entitlements.vocabulary import EndReason
from anmin.ground.indicators.declarations import Balance, Indicator, Window
from anmin.ground.indicators.measures import CountRows
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.lines.assistance.dibao.indicators.columns import CAME, FAMILY, LEFT, SHARE
from anmin.lines.assistance.dibao.vocabulary import BENEFIT

ONE_DAY = timedelta(days=1)
MOVED_ON = "由一种保障方式转为另一种、保障不中断的不计入。"
UNTIL_JUNE = "保障至6月30日的，7月1日起计为核减。"


def register_kept_throughout(window: Window) -> QuerySet[Entitlement]:
    """Entitlements accounted for from the first day on: what came and went in part of a period is not known for the whole."""
    return Entitlement.objects.filter(benefit=BENEFIT, accounted_from__lte=window.first_day)


def _day(column: str, shift: timedelta) -> Expression:
    return ExpressionWrapper(OuterRef(column) + shift, output_field=DateField())


def _stood(rows: QuerySet[Entitlement] | QuerySet[EntitlementMember], day: Expression) -> Exists:
    return Exists(rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day))


def _same_household() -> QuerySet[Entitlement]:
    # Not `benefit=BENEFIT`: with that, SQLite walks the whole index of the benefit for each row instead of the family's few.
    of_benefit = Entitlement.objects.alias(which=Coalesce("benefit", Value("")))
    return of_benefit.filter(which=BENEFIT, household=OuterRef("household"))


def _same_person() -> QuerySet[EntitlementMember]:
    return EntitlementMember.objects.filter(benefit=BENEFIT, person=OuterRef("person"))


def _before_it_that_day(column: str) -> Exists:
    """Whether another certificate of the family changes on the same day and stands before this one."""
    return Exists(_same_household().filter(**{column: OuterRef(column)}, pk__lt=OuterRef("pk")))


def _households_in(actor: Actor, window: Window) -> QuerySet[Entitlement]:
    began = entitlements.started(actor, BENEFIT, window.first_day, window.last_day)
    return began.exclude(_stood(_same_household(), _day("valid_from", -ONE_DAY)) | _before_it_that_day("valid_from"))


def _households_out(actor: Actor, window: Window) -> QuerySet[Entitlement]:
    over = entitlements.ended(actor, BENEFIT, window.first_day, window.last_day)
    return over.exclude(_stood(_same_household(), _day("valid_until", ONE_DAY)) | _before_it_that_day("valid_until"))


def _persons_in(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    began = entitlements.persons_started(actor, BENEFIT, window.first_day, window.last_day)
    return began.exclude(_stood(_same_person(), _day("valid_from", -ONE_DAY)))


def _persons_out(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    over = entitlements.persons_ended(actor, BENEFIT, window.first_day, window.last_day)
    return over.exclude(_stood(_same_person(), _day("valid_until", ONE_DAY)))


MOVEMENTS = (
    Indicator(
        id="assistance.intake.dibao.households",
        label="新增低保户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition="期间内开始享受低保的家庭户数，以保障起始日期为准；" + MOVED_ON,
        rows=_households_in,
        measure=CountRows(),
        evidence=register_kept_throughout,
        columns=(*FAMILY, *CAME),
    ),
    Indicator(
        id="assistance.intake.dibao.persons",
        label="新增低保人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间内开始享受低保的人数，含在保家庭增加的成员；" + MOVED_ON,
        rows=_persons_in,
        measure=CountRows(),
        evidence=register_kept_throughout,
        columns=(*SHARE, *CAME),
        area="entitlement__area",
    ),
    Indicator(
        id="assistance.removal.dibao.households",
        label="核减低保户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition="期间内不再享受低保的家庭户数，以保障截止日期的次日为准。" + UNTIL_JUNE + MOVED_ON,
        rows=_households_out,
        measure=CountRows(),
        evidence=register_kept_throughout,
        columns=(*FAMILY, *LEFT),
    ),
    Indicator(
        id="assistance.removal.dibao.persons",
        label="核减低保人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间内不再享受低保的人数，含在保家庭减少的成员。" + UNTIL_JUNE + MOVED_ON,
        rows=_persons_out,
        measure=CountRows(),
        evidence=register_kept_throughout,
        columns=(*SHARE, *LEFT),
        area="entitlement__area",
    ),
)


def _household_removals(reason: EndReason) -> Indicator:
    return Indicator(
        id=f"assistance.removal.dibao.households.{reason.value}",
        label=f"核减低保户数（{reason.label}）",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition=f"核减低保户数中，核减原因为“{reason.label}”的户数。",
        rows=lambda actor, window: _households_out(actor, window).filter(end_reason=reason),
        measure=CountRows(),
        evidence=register_kept_throughout,
        columns=(*FAMILY, *LEFT),
        part_of="assistance.removal.dibao.households",
        listed=False,
    )


def _person_removals(reason: EndReason) -> Indicator:
    return Indicator(
        id=f"assistance.removal.dibao.persons.{reason.value}",
        label=f"核减低保人数（{reason.label}）",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition=f"核减低保人数中，核减原因为“{reason.label}”的人数。",
        rows=lambda actor, window: _persons_out(actor, window).filter(end_reason=reason),
        measure=CountRows(),
        evidence=register_kept_throughout,
        columns=(*SHARE, *LEFT),
        area="entitlement__area",
        part_of="assistance.removal.dibao.persons",
        listed=False,
    )


REMOVAL_REASONS = (*map(_household_removals, EndReason), *map(_person_removals, EndReason))

BALANCES = (
    Balance(
        label="低保户数",
        stock="assistance.dibao.households",
        entries="assistance.intake.dibao.households",
        exits="assistance.removal.dibao.households",
    ),
    Balance(
        label="低保人数",
        stock="assistance.dibao.persons",
        entries="assistance.intake.dibao.persons",
        exits="assistance.removal.dibao.persons",
    ),
)
