"""The figures every benefit has: who holds it on the last day, who came and who left, by which way and for which reason.

Opening + entries − exits = closing, exactly. Months are whole: cover begins on the first day of a month and ends on the last day
of one. Who is covered until 30 June is still covered on 30 June and counts as removed on 1 July, so the half-year to June does
not count that removal.

Who goes on under another certificate of the same benefit neither came nor left. Who comes twice in a period came twice; a family
that comes with two certificates on one day came once, so that the reasons add up to the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, Exists, Expression, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements import queries
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.entitlements.vocabulary import STOPPING, EndReason, StartReason
from anmin.ground.indicators.declarations import Balance, Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit

ONE_DAY = timedelta(days=1)
MOVED_ON = "由一种保障方式转为另一种、保障不中断的不计入。"
UNTIL_JUNE = "保障至6月30日的，7月1日起计为核减。"
CAME = (Column("新增原因", "start_reason", labels=StartReason),)
LEFT = (
    Column("截止日期", "valid_until", CellKind.DATE),
    Column("核减原因", "end_reason", labels=EndReason),
)


@dataclass(frozen=True)
class Figures:
    """Figures to register, and the accounts that must close among them."""

    indicators: tuple[Indicator, ...]
    balances: tuple[Balance, ...] = ()

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.indicators + other.indicators, self.balances + other.balances)


@dataclass(frozen=True)
class Words:
    """What the figures of a benefit are called, where its label alone does not say it well.

    `full` is the benefit in definitions, `everybody` its stock (城乡低保), `note` goes into the definition of the stock;
    `money` is what is paid (低保金), `funds` and `average` are the labels of money paid and of money by head and month, `due`
    goes into the definition of the latter; `basis` is the law of all of them.
    """

    label: str
    full: str = ""
    everybody: str = ""
    note: str = ""
    money: str = ""
    funds: str = ""
    average: str = ""
    due: str = ""
    basis: str = ""

    @property
    def stock(self) -> str:
        """What the stock is called."""
        return self.everybody or self.label

    @property
    def paid(self) -> str:
        """What is paid."""
        return self.money or self.label


def area_columns(prefix: str = "") -> tuple[Column, ...]:
    """Town and village of a row."""
    return (Column("镇（街道）", f"{prefix}area__parent__name"), Column("村（社区）", f"{prefix}area__name"))


def person_columns(prefix: str, header: str) -> tuple[Column, ...]:
    """Name and masked number of a row's person."""
    return (
        Column(header, f"{prefix}name", opens="person", key=f"{prefix}id"),
        Column("身份证号", f"{prefix}identity_mask"),
    )


def _route(field: str, routes: Mapping[str, str]) -> tuple[Column, ...]:
    return (Column("保障方式", field, labels=routes),) if len(routes) > 1 else ()


def family_columns(routes: Mapping[str, str]) -> tuple[Column, ...]:
    """What a list of entitlements shows."""
    return (
        Column("保障证号", "number", opens="entitlement", key="id"),
        Column("家庭编号", "household__number", opens="household", key="household_id"),
        *person_columns("holder__", "保障对象代表"),
        *area_columns(),
        *_route("route", routes),
        Column("起始日期", "valid_from", CellKind.DATE),
    )


def share_columns(routes: Mapping[str, str]) -> tuple[Column, ...]:
    """What a list of persons covered shows."""
    return (
        Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
        *person_columns("person__", "姓名"),
        *area_columns("entitlement__"),
        *_route("entitlement__route", routes),
        Column("起始日期", "valid_from", CellKind.DATE),
    )


@dataclass(frozen=True)
class Register:
    """The rows of one benefit: who holds it, came and left, and whether records were kept."""

    benefit: str

    def households(self, actor: Actor, window: Window) -> QuerySet[Entitlement]:
        """The entitlements held on the last day."""
        return queries.in_force(actor, self.benefit, window.last_day)

    def persons(self, actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
        """The persons covered on the last day."""
        return queries.persons_in_force(actor, self.benefit, window.last_day)

    def kept(self, window: Window) -> QuerySet[Entitlement]:
        """Entitlements the platform accounts for on the last day; without one it keeps no register yet."""
        return Entitlement.objects.filter(benefit=self.benefit, accounted_from__lte=window.last_day)

    def kept_throughout(self, window: Window) -> QuerySet[Entitlement]:
        """Those accounted for from the first day on: what came and went in part of a period is not known for the whole."""
        return Entitlement.objects.filter(benefit=self.benefit, accounted_from__lte=window.first_day)

    def households_in(self, actor: Actor, window: Window) -> QuerySet[Entitlement]:
        """The families that began to hold it in the period."""
        began = queries.started(actor, self.benefit, window.first_day, window.last_day)
        return began.exclude(_stood(self._of_household(), _day("valid_from", -ONE_DAY)) | self._twin("valid_from"))

    def households_out(self, actor: Actor, window: Window) -> QuerySet[Entitlement]:
        """The families that no longer held it for the first time in the period."""
        over = queries.ended(actor, self.benefit, window.first_day, window.last_day)
        return over.exclude(_stood(self._of_household(), _day("valid_until", ONE_DAY)) | self._twin("valid_until"))

    def persons_in(self, actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
        """The persons whose cover began in the period."""
        began = queries.persons_started(actor, self.benefit, window.first_day, window.last_day)
        return began.exclude(_stood(self._of_person(), _day("valid_from", -ONE_DAY)))

    def persons_out(self, actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
        """The persons who were no longer covered for the first time in the period."""
        over = queries.persons_ended(actor, self.benefit, window.first_day, window.last_day)
        return over.exclude(_stood(self._of_person(), _day("valid_until", ONE_DAY)))

    def _of_household(self) -> QuerySet[Entitlement]:
        # Not `benefit=…`: with that, SQLite walks the whole index of the benefit for each row instead of the family's few.
        of_benefit = Entitlement.objects.alias(which=Coalesce("benefit", Value("")))
        return of_benefit.filter(which=self.benefit, household=OuterRef("household"))

    def _of_person(self) -> QuerySet[EntitlementMember]:
        return EntitlementMember.objects.filter(benefit=self.benefit, person=OuterRef("person"))

    def _twin(self, column: str) -> Exists:
        """Whether another certificate of the family changes on the same day and stands before this one."""
        return Exists(self._of_household().filter(**{column: OuterRef(column)}, pk__lt=OuterRef("pk")))


def _day(column: str, shift: timedelta) -> Expression:
    return ExpressionWrapper(OuterRef(column) + shift, output_field=DateField())


def _stood(rows: QuerySet[Entitlement] | QuerySet[EntitlementMember], day: Expression) -> Exists:
    return Exists(rows.filter(covers(day), valid_from__lte=day))


def covers(day: date | Expression) -> Q:
    """Whether a period that has begun still runs on a day."""
    return Q(valid_until__isnull=True) | Q(valid_until__gte=day)


def flow_ids(benefit: str) -> tuple[str, str]:
    """Where the ids of a benefit's entries and exits begin: `assistance.intake.dibao` for `assistance.dibao`."""
    room, _, programme = benefit.partition(".")
    return f"{room}.intake.{programme}", f"{room}.removal.{programme}"


def holder_indicators(
    benefit: str,
    words: Words,
    *,
    persons: bool = True,
    households: bool = False,
    routes: Mapping[str, str] | None = None,
    by_route: bool = True,
    entry_reasons: Sequence[StartReason] = (StartReason.NEW, StartReason.TRANSFERRED),
    exit_reasons: Sequence[EndReason] = STOPPING,
) -> Figures:
    """Stock, entries and exits of a benefit, counted in households, in persons, or in both; with their accounts.

    Ids: `<benefit>.persons`, `<benefit>.<route>.persons`, `<room>.intake.<programme>.persons` and `<room>.removal.…`, both with
    `.<reason>`; likewise `.households`. Parts by route and by reason are not among the listed figures.
    """
    units = [unit for unit, wanted in ((Unit.HOUSEHOLDS, households), (Unit.PERSONS, persons)) if wanted]
    counted = [_Counted(Register(benefit), unit, words, routes or {}, households) for unit in units]
    ways = list(routes or {}) if by_route and len(routes or {}) > 1 else []
    return Figures(
        (
            *(each.stock() for each in counted),
            *(each.stock(route) for each in counted for route in ways),
            *(flow for each in counted for flow in (each.entries(), each.exits())),
            *(each.entries(reason) for each in counted for reason in entry_reasons),
            *(each.exits(reason) for each in counted for reason in exit_reasons),
        ),
        tuple(each.account() for each in counted),
    )


@dataclass(frozen=True)
class _Counted:
    """The figures of a benefit in one unit."""

    register: Register
    unit: Unit
    words: Words
    routes: Mapping[str, str]
    by_family: bool

    @property
    def _families(self) -> bool:
        return self.unit is Unit.HOUSEHOLDS

    @property
    def _columns(self) -> tuple[Column, ...]:
        return family_columns(self.routes) if self._families else share_columns(self.routes)

    @property
    def _area(self) -> str:
        return "area" if self._families else "entitlement__area"

    @property
    def _word(self) -> str:
        return "户数" if self._families else "人数"

    @property
    def _what(self) -> str:
        return "家庭户数" if self._families else "人数"

    def account(self) -> Balance:
        """Opening + entries − exits = closing."""
        label = f"{self.words.label}{self._word}"
        return Balance(label=label, stock=self.stock().id, entries=self.entries().id, exits=self.exits().id)

    def stock(self, route: str = "") -> Indicator:
        """Who holds it on the last day: all, or those of one route."""
        field = "route" if self._families else "entitlement__route"
        rows = self.register.households if self._families else self.register.persons
        whole = f"{self.register.benefit}.{self.unit.value}"
        way = self.routes.get(route, "")
        return Indicator(
            id=f"{self.register.benefit}.{route}.{self.unit.value}" if route else whole,
            label=f"{self.words.stock}{self._word}" + (f"（{way}）" if route else ""),
            unit=self.unit,
            kind=Kind.STOCK,
            definition=f"{self.words.stock}{self._word}中，保障方式为“{way}”的{self._word}。" if route else self._who_counts(),
            basis=self.words.basis,
            rows=(lambda actor, window: rows(actor, window).filter(**{field: route})) if route else rows,
            # Persons cannot be covered twice by one benefit, so their rows are persons already.
            measure=CountDistinct(("household_id",)) if self._families else CountRows(),
            evidence=self.register.kept,
            columns=self._columns,
            area=self._area,
            part_of=whole if route else "",
            listed=not route,
        )

    def _who_counts(self) -> str:
        begun = f"期末当日享受{self.words.full or self.words.label}的{self._what}{self.words.note}；"
        if self._families:
            return begun + "一户多证只计一户，暂停发放的计入。"
        if self.by_family:
            return begun + "以保障对象名册为准，家庭中不享受的成员不计入。"
        return begun + "以在享名册为准，暂停发放的计入。"

    def entries(self, reason: StartReason | None = None) -> Indicator:
        """Who came in the period: all, or those of one reason."""
        whole = f"{flow_ids(self.register.benefit)[0]}.{self.unit.value}"
        rows = self.register.households_in if self._families else self.register.persons_in
        name = f"新增{self.words.label}{self._word}"
        joined = self.by_family and not self._families
        since = "，含在保家庭增加的成员" if joined else "，以保障起始日期为准"
        return Indicator(
            id=f"{whole}.{reason.value}" if reason else whole,
            label=name + (f"（{reason.label}）" if reason else ""),
            unit=self.unit,
            kind=Kind.FLOW,
            definition=f"{name}中，新增原因为“{reason.label}”的{self._word}。"
            if reason
            else f"期间内开始享受{self.words.label}的{self._what}{since}；{MOVED_ON}",
            rows=(lambda actor, window: rows(actor, window).filter(start_reason=reason)) if reason else rows,
            measure=CountRows(),
            evidence=self.register.kept_throughout,
            columns=(*self._columns, *CAME),
            area=self._area,
            part_of=whole if reason else "",
            listed=not reason,
        )

    def exits(self, reason: EndReason | None = None) -> Indicator:
        """Who left in the period: all, or those of one reason."""
        whole = f"{flow_ids(self.register.benefit)[1]}.{self.unit.value}"
        rows = self.register.households_out if self._families else self.register.persons_out
        name = f"核减{self.words.label}{self._word}"
        left = self.by_family and not self._families
        until = "，含在保家庭减少的成员" if left else "，以保障截止日期的次日为准"
        return Indicator(
            id=f"{whole}.{reason.value}" if reason else whole,
            label=name + (f"（{reason.label}）" if reason else ""),
            unit=self.unit,
            kind=Kind.FLOW,
            definition=f"{name}中，核减原因为“{reason.label}”的{self._word}。"
            if reason
            else f"期间内不再享受{self.words.label}的{self._what}{until}。{UNTIL_JUNE}{MOVED_ON}",
            rows=(lambda actor, window: rows(actor, window).filter(end_reason=reason)) if reason else rows,
            measure=CountRows(),
            evidence=self.register.kept_throughout,
            columns=(*self._columns, *LEFT),
            area=self._area,
            part_of=whole if reason else "",
            listed=not reason,
        )
