"""How figures are printed: units, decimals, 约 and 余 by rule, and the change against last year."""

import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear
from anmin.ground.areas.models import Area
from anmin.ground.indicators.declarations import Indicator, Window
from anmin.ground.indicators.figures import Figure
from anmin.ground.indicators.measures import CountRows
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.reports.wording import Format, printed

pytestmark = pytest.mark.capability("RP-02")

H1 = HalfYear(2024, 1)


def indicator(unit: Unit, kind: Kind = Kind.STOCK) -> Indicator:
    return Indicator(
        id="test.figure",
        label="测试指标",
        unit=unit,
        kind=kind,
        definition="测试",
        rows=lambda actor, window: Area.objects.all(),
        measure=CountRows(),
    )


def said(
    value: int | None, form: str, unit: Unit = Unit.PERSONS, previous: int | None = None, kind: Kind = Kind.STOCK
) -> str | None:
    declared = indicator(unit, kind)
    return printed(Figure(declared, Window.of(H1), value, 0, previous), Format.parse(form, declared))


@pytest.mark.parametrize(
    ("value", "form", "unit", "words"),
    [
        (6135, "", Unit.PERSONS, "6135人"),
        (4667, "", Unit.HOUSEHOLDS, "4667户"),
        (82_000, "", Unit.YUAN_PER_PERSON_MONTH, "820元/人·月"),
        (82_050, "元", Unit.YUAN_PER_PERSON_MONTH, "820.5元"),
        (67_047, "元,0", Unit.YUAN_PER_PERSON_MONTH, "670元"),
        (2_468_499_999, "万元,0", Unit.WAN_YUAN, "2468万元"),
        (2_468_500_000, "万元,0", Unit.WAN_YUAN, "2469万元"),
        (283_010_000, "万元,2", Unit.WAN_YUAN, "283.01万元"),
        (283_005_000, "万元,2", Unit.WAN_YUAN, "283.01万元"),
        (283_010_000, "万元,3", Unit.WAN_YUAN, "283.010万元"),
        (283_010_000, "", Unit.WAN_YUAN, "283.01万元"),
        (240_000_000, "", Unit.WAN_YUAN, "240万元"),
        (10_000_000_000, "亿元,1", Unit.WAN_YUAN, "1.0亿元"),
        (0, "万元,0", Unit.WAN_YUAN, "0万元"),
    ],
)
def test_figure_is_printed_in_its_unit_rounded_half_up(value: int, form: str, unit: Unit, words: str) -> None:
    assert said(value, form, unit) == words


@pytest.mark.parametrize(
    ("value", "form", "unit", "words"),
    [
        (9433, "余,100", Unit.PERSONS, "9400余人"),
        (9400, "余,100", Unit.PERSONS, "9400人"),
        (9460, "约,100", Unit.PERSONS, "约9500人"),
        (9500, "约,100", Unit.PERSONS, "9500人"),
        (2_467_900_000, "万元,0,约", Unit.WAN_YUAN, "约2468万元"),
        (2_468_000_000, "万元,0,约", Unit.WAN_YUAN, "2468万元"),
        (2_468_900_000, "万元,余,100", Unit.WAN_YUAN, "2400余万元"),
    ],
)
def test_hedge_stands_only_where_rounding_changed_the_number(value: int, form: str, unit: Unit, words: str) -> None:
    assert said(value, form, unit) == words


@pytest.mark.parametrize(
    ("value", "previous", "unit", "kind", "words"),
    [
        (6135, 5750, Unit.PERSONS, Kind.STOCK, "比上年同期增加385人、增长6.7%"),
        (5750, 6135, Unit.PERSONS, Kind.STOCK, "比上年同期减少385人、下降6.3%"),
        (6135, 6135, Unit.PERSONS, Kind.STOCK, "与上年同期持平"),
        (3, 0, Unit.PERSONS, Kind.FLOW, "比上年同期增加3人"),
        (82_000, 78_000, Unit.YUAN_PER_PERSON_MONTH, Kind.STANDARD, "比上年同期提高40元"),
        (2_468_000_000, 2_044_000_000, Unit.WAN_YUAN, Kind.FLOW, "比上年同期增加424万元、增长20.7%"),
        (6135, None, Unit.PERSONS, Kind.STOCK, None),
        (None, 6135, Unit.PERSONS, Kind.STOCK, None),
    ],
)
def test_change_against_last_year_is_worded_by_rule(
    value: int | None, previous: int | None, unit: Unit, kind: Kind, words: str | None
) -> None:
    assert said(value, "same_period_change", unit, previous, kind) == words


def test_unknown_figure_has_no_words() -> None:
    assert said(None, "") is None


@pytest.mark.parametrize("form", ["万元,0", "约", "余", "万", "约,0", "万元,4", ",", "约,100,", "__class__"])
def test_format_that_does_not_fit_a_number_of_persons_is_refused(form: str) -> None:
    with pytest.raises(BadValue, match=r"测试指标|test\.figure"):
        Format.parse(form, indicator(Unit.PERSONS))


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("2023年上半年工作总结", "比上年同期增加424万元、增长20.7%"),
        ("", "比上年同期增加424.03万元、增长20.7%"),
    ],
)
def test_what_was_printed_in_whole_wan_allows_no_finer_difference(document: str, words: str) -> None:
    declared = indicator(Unit.WAN_YUAN, Kind.FLOW)
    figure = Figure(declared, Window.of(H1), 2_468_030_000, 0, 2_044_000_000, document)
    assert printed(figure, Format.parse("same_period_change", declared)) == words
