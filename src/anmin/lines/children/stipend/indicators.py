"""The figures of children in distress: the stipend's, as of every benefit; and all registered children by category."""

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.indicators import Words, covers, person_columns
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.payments.indicators import benefit_indicators
from anmin.ground.people.models import Fact
from anmin.ground.people.vocabulary import ChildCategory
from anmin.lines.children.stipend.benefit import STIPEND
from anmin.lines.children.stipend.vocabulary import BASIS, BENEFIT, FULL, LABEL

_EVERY = benefit_indicators(
    BENEFIT, LABEL, routes=STIPEND.routes, words=Words(LABEL, full=FULL, everybody="享受" + LABEL, basis=BASIS)
)
KIND = "child.category"
WHOLE = "children.registered.persons"
_COLUMNS = (
    *person_columns("person__", "姓名"),
    Column("镇（街道）", "person__area__parent__name"),
    Column("村（社区）", "person__area__name"),
    Column("类别", "code", labels=ChildCategory),
    Column("自", "valid_from", CellKind.DATE),
)


def _recorded(window: Window) -> QuerySet[Fact]:
    return Fact.objects.filter(kind=KIND, superseded_at__isnull=True, valid_from__lte=window.last_day)


def _registered(actor: Actor, window: Window) -> QuerySet[Fact]:
    """One row for each child that belongs to a category on the last day."""
    found = _recorded(window).filter(within(actor, "person__area"), covers(window.last_day))
    return found.exclude(code=ChildCategory.NONE).exclude(person__died_on__lt=window.last_day)


def _stock(category: ChildCategory | None) -> Indicator:
    label = "在册困境儿童人数"
    return Indicator(
        id=WHOLE if category is None else f"children.registered.{category.value}.persons",
        label=label if category is None else f"{label}（{category.label}）",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日登记为六类困境儿童的人数，含不另发生活费的贫困家庭儿童和其他需要帮助的儿童；一名儿童只归一类。"
        if category is None
        else f"期末当日登记的困境儿童中，类别为“{category.label}”的人数。",
        basis=BASIS,
        rows=_registered if category is None else lambda actor, window: _registered(actor, window).filter(code=category.value),
        measure=CountDistinct(("person_id",)),
        evidence=_recorded,
        columns=_COLUMNS,
        area="person__area",
        part_of="" if category is None else WHOLE,
        listed=category is None,
    )


REGISTERED = (_stock(None), *(_stock(each) for each in ChildCategory if each is not ChildCategory.NONE))
INDICATORS = (*_EVERY.indicators, *REGISTERED)
BALANCES = _EVERY.balances
