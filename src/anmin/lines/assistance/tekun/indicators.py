"""The figures of tekun: those every benefit has, and its own: town and country, their standards, care grades."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.indicators import Register, Words, covers, share_columns
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.indicators.declarations import Indicator, Stated, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows, SumOf
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.payments.indicators import PAID, Money, benefit_indicators
from anmin.ground.people.models import Fact
from anmin.ground.people.vocabulary import HukouKind
from anmin.ground.policy.book import policy
from anmin.lines.assistance.tekun.vocabulary import BASIS, BENEFIT, FULL, FUNERAL, LABEL, Route

STANDARD = f"{BENEFIT}.basic_standard"
_ROUTES = {route.value: str(route.label) for route in Route}
_WORDS = Words(
    LABEL, full=FULL, everybody="城乡特困人员", money="特困供养金", funds="特困供养资金", average="特困人均供养水平", basis=BASIS
)
_EVERY = benefit_indicators(BENEFIT, LABEL, routes=_ROUTES, months_listed=True, words=_WORDS)
_REGISTER = Register(BENEFIT)
_SHARE = share_columns(_ROUTES)


def _has_land(window: Window) -> Exists:
    known = Fact.objects.filter(
        covers(window.last_day),
        person=OuterRef("person"),
        kind="land.contracted",
        amount=1,
        superseded_at__isnull=True,
        valid_from__lte=window.last_day,
    )
    return Exists(known)


def _urban(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    return _REGISTER.persons(actor, window).filter(~_has_land(window), person__hukou_kind=HukouKind.URBAN)


def _rural(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    return _REGISTER.persons(actor, window).exclude(pk__in=_urban(actor, window).values("pk"))


def _of_class(name: str, label: str, words: str, rows: Callable[[Actor, Window], QuerySet[EntitlementMember]]) -> Indicator:
    return Indicator(
        id=f"{BENEFIT}.{name}.persons",
        label=label,
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition=f"期末当日在享特困供养、{words}的人数。",
        basis=BASIS,
        rows=rows,
        measure=CountRows(),
        evidence=_REGISTER.kept,
        columns=_SHARE,
        area="entitlement__area",
        part_of=f"{BENEFIT}.persons",
    )


def _standard(name: str, label: str) -> Indicator:
    def stated(window: Window) -> Stated | None:
        try:
            row = policy().entry(STANDARD, on=window.last_day)
        except BadValue:
            return None  # before the first standard on file: not known
        assert not isinstance(row.value, int | str)  # a table by town and country
        value = row.value[name]
        assert isinstance(value, int)  # money
        line = (f"{row.label}·{label}", row.shown(), row.valid_from.isoformat(), str(row.document))
        return Stated(value=value, headers=("标准", "数值", "执行日期", "依据"), line=line)

    return Indicator(
        id=f"{BENEFIT}.{name}.standard",
        label=f"{label}供养标准",
        unit=Unit.YUAN_PER_PERSON_MONTH,
        kind=Kind.STANDARD,
        definition=f"期末当日执行的{label}基本生活标准。",
        basis="标准文件见政策目录",
        stated=stated,
        area="",
    )


_FUNERALS = Money(FUNERAL)

FUNERAL_INDICATORS = (
    Indicator(
        id=f"{FUNERAL}.funds",
        label="特困供养丧葬费支出",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内银行发放成功的特困供养丧葬费合计，按发放成功日期归期；从供养经费列支，不计入特困供养资金，不与其相加。",
        basis=BASIS,
        rows=_FUNERALS.payments,
        measure=SumOf("net"),
        evidence=_FUNERALS.paid_in,
        columns=PAID,
    ),
    Indicator(
        id=f"{FUNERAL}.persons",
        label="支付丧葬费的特困人员人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间内丧葬费发放成功的已故特困人员人数，每人只计一次。",
        basis=BASIS,
        rows=_FUNERALS.payments,
        measure=CountDistinct(("entitlement__holder_id",)),
        evidence=_FUNERALS.paid_in,
        columns=PAID,
    ),
)

INDICATORS = (
    *_EVERY.indicators,
    _of_class("urban", "城市特困人员", "执行城市标准（城镇户籍，没有承包土地或集体收益分配）", _urban),
    _of_class("rural", "农村特困人员", "执行农村标准", _rural),
    _standard("urban", "城市特困"),
    _standard("rural", "农村特困"),
    *FUNERAL_INDICATORS,
)
BALANCES = _EVERY.balances
