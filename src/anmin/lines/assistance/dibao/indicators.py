"""The figures of dibao: who is covered, at which standard, what was paid, who came and who left.

Months are whole: cover begins on the first day of a month and ends on the last day of one. Who is covered until 30 June is
still covered on 30 June and counts as removed on 1 July, so the half-year to June does not count that removal. With this,
opening + entries − exits = closing holds for persons and for households, exactly.
"""

from datetime import date, timedelta

from django.db.models import DateField, Exists, Expression, ExpressionWrapper, OuterRef, Q, QuerySet

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod
from anmin.ground.entitlements.vocabulary import EndReason, GraceKind, StartReason
from anmin.ground.indicators.declarations import Balance, Column, Indicator, Stated, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows, Quotient, SumOf
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.payments.models import Payment, Roll, RollLine
from anmin.ground.payments.vocabulary import LineKind, PaymentState, RollState
from anmin.ground.policy.book import policy
from anmin.ground.verification.models import VerificationRequest
from anmin.ground.verification.vocabulary import VerificationState
from anmin.lines.assistance.dibao.vocabulary import APPLICATION, BENEFIT, Route

STANDARD = "assistance.dibao.standard"
MEASURES_2021 = "《最低生活保障审核确认办法》（民发〔2021〕57号）"
ONE_DAY = timedelta(days=1)


# --- who is covered -------------------------------------------------------------------------------------------------


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


def _register_kept(window: Window) -> QuerySet[Entitlement]:
    """Entitlements the platform accounts for on the last day; without one it keeps no register yet."""
    return Entitlement.objects.filter(benefit=BENEFIT, accounted_from__lte=window.last_day)


def _register_kept_throughout(window: Window) -> QuerySet[Entitlement]:
    """Entitlements accounted for from the first day on: what came and went in part of a period is not known for the whole."""
    return Entitlement.objects.filter(benefit=BENEFIT, accounted_from__lte=window.first_day)


# --- who came and who left ------------------------------------------------------------------------------------------


def _covers(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def _day(column: str, shift: timedelta) -> Expression:
    return ExpressionWrapper(OuterRef(column) + shift, output_field=DateField())


def _stood(rows: QuerySet[Entitlement] | QuerySet[EntitlementMember], day: Expression) -> Exists:
    return Exists(rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day))


def _same_household() -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(benefit=BENEFIT, household=OuterRef("household"))


def _same_person() -> QuerySet[EntitlementMember]:
    return EntitlementMember.objects.filter(benefit=BENEFIT, person=OuterRef("person"))


def _before_it_that_day(column: str) -> Exists:
    """Whether another certificate of the family changes on the same day and stands before this one."""
    return Exists(_same_household().filter(**{column: OuterRef(column)}, pk__lt=OuterRef("pk")))


# A family that goes on under another certificate (整户保 to 单人保, for one) neither came nor left. One that comes twice in a
# period came twice; one that comes with two certificates on one day came once, so that the reasons add up to the whole.


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


# --- what was paid --------------------------------------------------------------------------------------------------


def _paid_in(window: Window) -> QuerySet[Payment]:
    return Payment.objects.filter(
        roll__benefit=BENEFIT, state=PaymentState.PAID, paid_on__range=(window.first_day, window.last_day)
    )


def _payments(actor: Actor, window: Window) -> QuerySet[Payment]:
    return _paid_in(window).filter(within(actor))


def _paid_rolls(actor: Actor, window: Window) -> QuerySet[Roll]:
    return Roll.objects.filter(Exists(_payments(actor, window).filter(roll=OuterRef("pk"))), benefit=BENEFIT)


def _lines_due(window: Window) -> QuerySet[RollLine]:
    first, last = f"{window.first_day:%Y-%m}", f"{window.last_day:%Y-%m}"
    return RollLine.objects.filter(
        roll__benefit=BENEFIT, roll__state=RollState.APPROVED, kind=LineKind.REGULAR, for_month__range=(first, last)
    )


def _regular_lines(actor: Actor, window: Window) -> QuerySet[RollLine]:
    return _lines_due(window).filter(within(actor))


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


# --- who was checked before entering --------------------------------------------------------------------------------


def _asked_in(window: Window) -> QuerySet[VerificationRequest]:
    return VerificationRequest.objects.filter(purpose=APPLICATION, requested_on__range=(window.first_day, window.last_day))


def _checked_applications(actor: Actor, window: Window) -> QuerySet[VerificationRequest]:
    """One row for each family: the last request, where one was repeated."""
    later = _asked_in(window).filter(household=OuterRef("household"), pk__gt=OuterRef("pk"))
    return _asked_in(window).filter(within(actor), ~Exists(later))


# --- columns of the lists -------------------------------------------------------------------------------------------


def _area(prefix: str = "") -> tuple[Column, ...]:
    return (Column("镇（街道）", f"{prefix}area__parent__name"), Column("村（社区）", f"{prefix}area__name"))


def _person(prefix: str, header: str) -> tuple[Column, ...]:
    return (
        Column(header, f"{prefix}name", opens="person", key=f"{prefix}id"),
        Column("身份证号", f"{prefix}identity_mask"),
    )


FAMILY = (
    Column("保障证号", "number", opens="entitlement", key="id"),
    Column("家庭编号", "household__number", opens="household", key="household_id"),
    *_person("holder__", "保障对象代表"),
    *_area(),
    Column("保障方式", "route", labels=Route),
    Column("起始日期", "valid_from", CellKind.DATE),
)
SHARE = (
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_person("person__", "姓名"),
    *_area("entitlement__"),
    Column("保障方式", "entitlement__route", labels=Route),
    Column("起始日期", "valid_from", CellKind.DATE),
)
CAME = (Column("新增原因", "start_reason", labels=StartReason),)
LEFT = (
    Column("截止日期", "valid_until", CellKind.DATE),
    Column("核减原因", "end_reason", labels=EndReason),
)
PAID = (
    Column("发放日期", "paid_on", CellKind.DATE),
    Column("名册月份", "roll__month", opens="roll", key="roll_id"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_person("payee__", "领款人"),
    *_area(),
    Column("实发金额（元）", "net", CellKind.MONEY),
)
ROLLS = (
    Column("名册月份", "month", opens="roll", key="id"),
    Column("户数", "household_count", CellKind.NUMBER),
    Column("人数", "person_count", CellKind.NUMBER),
    Column("应发合计（元）", "total", CellKind.MONEY),
    Column("审批日期", "approved_on", CellKind.DATE),
)
LINES = (
    Column("所属月份", "for_month", opens="roll", key="roll_id"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_area(),
    Column("计发人数", "persons", CellKind.NUMBER),
    Column("应发金额（元）", "due", CellKind.MONEY),
)
GRACE = (
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_person("entitlement__holder__", "保障对象代表"),
    *_area("entitlement__"),
    Column("方式", "kind", labels=GraceKind),
    Column("起始日期", "valid_from", CellKind.DATE),
    Column("截止日期", "valid_until", CellKind.DATE),
)
CHECKS = (
    Column("家庭编号", "household__number", opens="household", key="household_id"),
    *_person("household__head__", "户主"),
    *_area(),
    Column("核对人数", "persons", CellKind.NUMBER),
    Column("提请日期", "requested_on", CellKind.DATE),
    Column("状态", "state", labels=VerificationState),
    Column("出具日期", "answered_on", CellKind.DATE),
)

# --- the figures ----------------------------------------------------------------------------------------------------

HOUSEHOLDS_IN_FORCE = CountDistinct(("household_id",))
MOVED_ON = "由一种保障方式转为另一种、保障不中断的不计入。"
UNTIL_JUNE = "保障至6月30日的，7月1日起计为核减。"

COVERED = (
    Indicator(
        id="assistance.dibao.households",
        label="城乡低保户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.STOCK,
        definition="期末当日享受最低生活保障的家庭户数，城乡合并；一户多证只计一户，暂停发放的计入。",
        basis=MEASURES_2021,
        rows=_households,
        measure=HOUSEHOLDS_IN_FORCE,
        evidence=_register_kept,
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
        evidence=_register_kept,
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
        id="assistance.dibao.funds",
        label="低保救助资金",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内银行发放成功的低保金实发合计，按发放成功日期归期；含补发，扣回部分已冲减，退票重发以成功之日为准。",
        basis=MEASURES_2021 + "；社会化发放",
        rows=_payments,
        measure=SumOf("net"),
        evidence=_paid_in,
        columns=PAID,
    ),
    Indicator(
        id="assistance.dibao.paid_months",
        label="低保金发放月数",
        unit=Unit.MONTHS,
        kind=Kind.FLOW,
        definition="期间内有低保金发放成功的名册月份数；与日历月数不一定相同。",
        rows=_paid_rolls,
        measure=CountRows(),
        evidence=_paid_in,
        columns=ROLLS,
        area="",
    ),
    Indicator(
        id="assistance.dibao.average_topup",
        label="低保人均补差水平",
        unit=Unit.YUAN_PER_PERSON_MONTH,
        kind=Kind.RATIO,
        definition="期间各月已审批名册中当月应发金额合计除以计发人数合计（人·月），含分类增发，不含补发和扣回。",
        rows=_regular_lines,
        measure=Quotient("due", "persons"),
        evidence=_lines_due,
        columns=LINES,
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
        evidence=_register_kept,
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
        evidence=_register_kept,
        columns=GRACE,
        area="entitlement__area",
        part_of="assistance.dibao.households",
    ),
)

MOVEMENTS = (
    Indicator(
        id="assistance.intake.dibao.households",
        label="新增低保户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition="期间内开始享受低保的家庭户数，以保障起始日期为准；" + MOVED_ON,
        rows=_households_in,
        measure=CountRows(),
        evidence=_register_kept_throughout,
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
        evidence=_register_kept_throughout,
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
        evidence=_register_kept_throughout,
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
        evidence=_register_kept_throughout,
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
        evidence=_register_kept_throughout,
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
        evidence=_register_kept_throughout,
        columns=(*SHARE, *LEFT),
        area="entitlement__area",
        part_of="assistance.removal.dibao.persons",
        listed=False,
    )


REMOVAL_REASONS = (*map(_household_removals, EndReason), *map(_person_removals, EndReason))

CHECKED = (
    Indicator(
        id="assistance.verification.applications.households",
        label="新申请核对户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition="期间内因新申请低保提请家庭经济状况核对的户数，以提请日期为准；同一家庭重复提请只计最后一次。",
        basis="“逢进必核”",
        rows=_checked_applications,
        measure=CountRows(),
        evidence=_register_kept_throughout,
        columns=CHECKS,
    ),
    Indicator(
        id="assistance.verification.applications.persons",
        label="新申请核对人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间内因新申请低保提请家庭经济状况核对的人数，以提请日期为准；同一家庭重复提请只计最后一次。",
        basis="“逢进必核”",
        rows=_checked_applications,
        measure=SumOf("persons"),
        evidence=_register_kept_throughout,
        columns=CHECKS,
    ),
)

INDICATORS = (*COVERED, *MOVEMENTS, *REMOVAL_REASONS, *CHECKED)

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
