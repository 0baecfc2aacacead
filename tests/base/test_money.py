from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.base.errors import BadValue
from anmin.base.money import (
    LARGEST,
    format_wan,
    format_yuan,
    half_up,
    half_up_to_yuan,
    parse_yuan,
    share_of,
    up_to_yuan,
)

amounts = st.integers(min_value=-LARGEST, max_value=LARGEST)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1,234.50", 123450),
        ("1234.5", 123450),
        ("0", 0),
        ("007", 700),
        ("¥820", 82000),
        ("￥820元", 82000),
        ("１，２３４．５０", 123450),
        (" 820.00 ", 82000),
        ("820.1000", 82010),
        (820, 82000),
        (820.1, 82010),
        (1234.56, 123456),
        (Decimal("0.01"), 1),
        (Decimal("1E+3"), 100000),
        ("-0", 0),
    ],
)
def test_parse_yuan_reads_amounts_as_written(written, fen):
    assert parse_yuan(written) == fen


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "金额没有填写；确实没有金额时请填 0。"),
        ("  ", "金额没有填写；确实没有金额时请填 0。"),
        ("1.234", "金额“1.234”的小数超过两位，请填写到分。"),
        (0.1 + 0.2, "金额“0.30000000000000004”的小数超过两位，请填写到分。"),
        ("-5", "金额“-5”是负数，此处不能为负。"),
        (-5, "金额“-5”是负数，此处不能为负。"),
        ("1,23", "金额“1,23”无法识别，请填写以元为单位的数字，例如 1,234.50。"),
        ("1e5", "金额“1e5”无法识别，请填写以元为单位的数字，例如 1,234.50。"),
        (".5", "金额“.5”无法识别，请填写以元为单位的数字，例如 1,234.50。"),
        ("NaN", "金额“NaN”无法识别，请填写以元为单位的数字，例如 1,234.50。"),
        ("八百", "金额“八百”无法识别，请填写以元为单位的数字，例如 1,234.50。"),
        ("٣", "金额“٣”无法识别，请填写以元为单位的数字，例如 1,234.50。"),
        (float("nan"), "金额应为数字，现在填写的不是一个确定的数。"),
        (Decimal("Infinity"), "金额应为数字，现在填写的不是一个确定的数。"),
        (True, "金额应为数字，不能是“是/否”。"),
        ("1000000000000.01", "金额超过一万亿元，请检查单位和小数点。"),
        ("9" * 9000, "金额超过一万亿元，请检查单位和小数点。"),
    ],
)
def test_parse_yuan_refuses_with_a_sentence(written, sentence):
    with pytest.raises(BadValue) as refusal:
        parse_yuan(written)
    assert refusal.value.message == sentence


@given(amounts)
def test_format_yuan_is_read_back_to_the_same_fen(fen):
    assert parse_yuan(format_yuan(fen), allow_negative=True) == fen
    assert parse_yuan(format_yuan(fen, grouped=False), allow_negative=True) == fen


def test_format_yuan_writes_two_decimals_and_groups_when_asked():
    assert [format_yuan(123450), format_yuan(123450, grouped=False), format_yuan(-5), format_yuan(0)] == [
        "1,234.50",
        "1234.50",
        "-0.05",
        "0.00",
    ]


@pytest.mark.parametrize(
    ("fen", "decimals", "text"),
    [
        (2_468_000_000, 0, "2468"),
        (2_468_004_999, 2, "2468.00"),
        (2_468_005_000, 2, "2468.01"),
        (2_467_500_000, 0, "2468"),
        (500_000, 0, "1"),
        (499_999, 0, "0"),
        (-499_999, 0, "0"),
        (-500_000, 0, "-1"),
        (1_234_567, 3, "1.235"),
    ],
)
def test_format_wan_rounds_half_up(fen, decimals, text):
    assert format_wan(fen, decimals) == text


@given(amounts, st.integers(min_value=1, max_value=10**6))
def test_half_up_is_the_nearest_whole_number_with_halves_away_from_zero(numerator, denominator):
    doubled_error = 2 * (half_up(numerator, denominator) * denominator - numerator)
    away = doubled_error if numerator >= 0 else -doubled_error
    assert -denominator < away <= denominator


@given(amounts, st.integers(min_value=1, max_value=1000))
def test_half_up_mirrors_at_zero(numerator, denominator):
    assert half_up(-numerator, denominator) == -half_up(numerator, denominator)


@pytest.mark.parametrize("denominator", [0, -1])
def test_half_up_wants_a_positive_denominator(denominator):
    with pytest.raises(ValueError, match="positive"):
        half_up(1, denominator)


@given(amounts)
def test_up_to_yuan_is_the_least_whole_yuan_not_below(fen):
    raised = up_to_yuan(fen)
    assert raised % 100 == 0
    assert 0 <= raised - fen < 100


def test_half_up_to_yuan_rounds_at_fifty_fen():
    assert [half_up_to_yuan(149), half_up_to_yuan(150), half_up_to_yuan(-150)] == [100, 200, -200]


@pytest.mark.parametrize(("fen", "per_mille", "share"), [(82000, 350, 28700), (82000, 1000, 82000), (1, 500, 1), (1, 499, 0)])
def test_share_of_takes_thousandths_rounded_half_up(fen, per_mille, share):
    assert share_of(fen, per_mille) == share
