"""Who was checked before they entered (逢进必核), and what the full checks of the rolls brought."""

from django.db.models import Exists, OuterRef, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows, SumOf
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.verification.models import Hit, Inquiry, InquiryPerson, VerificationRequest
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Capacity, Occasion, Tier, VerificationState

_TOWN = "镇（街道）"
_VILLAGE = "村（社区）"
_CHECKS = (
    Column("家庭编号", "household__number", opens="household", key="household_id"),
    Column("户主", "household__head__name", opens="person", key="household__head__id"),
    Column("身份证号", "household__head__identity_mask"),
    Column(_TOWN, "area__parent__name"),
    Column(_VILLAGE, "area__name"),
    Column("核对人数", "persons", CellKind.NUMBER),
    Column("提请日期", "requested_on", CellKind.DATE),
    Column("状态", "state", labels=VerificationState),
    Column("出具日期", "answered_on", CellKind.DATE),
)
_PEOPLE = (
    Column("姓名", "person__name", opens="person", key="person_id"),
    Column("身份证号", "person__identity_mask"),
    Column("身份", "capacity", labels=Capacity),
    Column("家庭编号", "household__number", opens="household", key="household_id"),
    Column(_TOWN, "household__area__parent__name"),
    Column(_VILLAGE, "household__area__name"),
    Column("核对任务", "inquiry__number"),
    Column("完成日期", "inquiry__done_on", CellKind.DATE),
)
_ITEMS = (
    Column("姓名", "person__name", opens="person", key="person_id"),
    Column("身份证号", "person__identity_mask"),
    Column(_TOWN, "person__area__parent__name"),
    Column(_VILLAGE, "person__area__name"),
    Column("数据源", "source", labels={source.id: source.label for source in SOURCES.values()}),
    Column("数据截至", "extract__as_of", CellKind.DATE),
    Column("比对结果", "tier", labels=Tier),
    Column("核对任务", "inquiry__number"),
)


def _asked_in(window: Window) -> QuerySet[VerificationRequest]:
    return VerificationRequest.objects.filter(occasion=Occasion.ENTRY, requested_on__range=(window.first_day, window.last_day))


def _applications(actor: Actor, window: Window) -> QuerySet[VerificationRequest]:
    """One row for each family: the last request, where one was repeated."""
    later = _asked_in(window).filter(household=OuterRef("household"), pk__gt=OuterRef("pk"))
    return _asked_in(window).filter(within(actor), ~Exists(later))


def _ever_asked(window: Window) -> QuerySet[VerificationRequest]:
    return VerificationRequest.objects.filter(requested_on__lte=window.last_day)


def _full(window: Window) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(occasion=Occasion.FULL, done_on__range=(window.first_day, window.last_day))


def _checked_in_full(actor: Actor, window: Window) -> QuerySet[InquiryPerson]:
    return InquiryPerson.objects.filter(within(actor, "household__area"), inquiry__in=_full(window))


def _items(actor: Actor, window: Window) -> QuerySet[Hit]:
    """What was pushed: the row of a delivery once for each person, also where the roll was checked twice against it."""
    same = {name: OuterRef(name) for name in ("person", "extract", "row")}
    again = Hit.objects.filter(inquiry__in=_full(window), pk__gt=OuterRef("pk"), **same)
    found = Hit.objects.filter(within(actor, "person__area"), inquiry__in=_full(window))
    return found.exclude(tier=Tier.NOT_THE_PERSON).exclude(Exists(again))


def _ever_in_full(window: Window) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(occasion=Occasion.FULL, done_on__lte=window.last_day)


INDICATORS = (
    Indicator(
        id="assistance.verification.applications.households",
        label="新申请核对户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition=(
            "期间内因新申请社会救助（低保、特困、支出型临时救助等）提请家庭经济状况核对的户数，以提请日期为准；"
            "同一家庭重复提请只计最后一次。"
        ),
        basis="“逢进必核”",
        rows=_applications,
        measure=CountRows(),
        evidence=_ever_asked,
        columns=_CHECKS,
    ),
    Indicator(
        id="assistance.verification.applications.persons",
        label="新申请核对人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition=(
            "期间内因新申请社会救助（低保、特困、支出型临时救助等）提请家庭经济状况核对的人数，以提请日期为准；"
            "同一家庭重复提请只计最后一次；不含法定赡（抚、扶）养义务人。"
        ),
        basis="“逢进必核”",
        rows=_applications,
        measure=SumOf("persons"),
        evidence=_ever_asked,
        columns=_CHECKS,
    ),
    Indicator(
        id="assistance.verification.full.persons",
        label="全量核对人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间内完成的全量核对所核对的在册对象、家庭成员及其法定赡（抚、扶）养义务人，同一人只计一次。",
        basis="省政府令第126号",
        rows=_checked_in_full,
        measure=CountDistinct(("person_id",)),
        evidence=_ever_in_full,
        columns=_PEOPLE,
        area="household__area",
    ),
    Indicator(
        id="assistance.verification.provincial.records",
        label="全量核对推送信息条数",
        unit=Unit.ITEMS,
        kind=Kind.FLOW,
        definition=(
            "期间内完成的全量核对中，与在册对象及其义务人比中、推送镇（街道）处理的部门数据条数："
            "一条部门数据比中一人计一条，期间内重复核对的只计一次；含疑似待辨认的，经辨认不是本人的不计。"
        ),
        basis="省政府令第126号",
        rows=_items,
        measure=CountRows(),
        evidence=_ever_in_full,
        columns=_ITEMS,
        area="person__area",
    ),
)
