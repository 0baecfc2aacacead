"""Statements made up at random: a true one never raises an alarm, a wrong digit is always found, nothing stumbles."""

import importlib.util
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of

BENCH = Path(__file__).resolve().parents[4] / "bench" / "checking"

SETTLED = settings(max_examples=30, derandomize=True, deadline=None)
"""The same examples each time: a suite that fails by luck is read by nobody."""

KINDS = [
    ("养老机构", "家", ("公办机构", "民办机构", "公建民营机构")),
    ("新收案件", "件", ("刑事案件", "民事案件", "行政案件", "执行案件")),
    ("水库", "座", ("大型水库", "中型水库", "小型水库")),
    ("在校学生", "人", ("小学生", "初中生", "高中生")),
    ("经营主体", "户", ("企业", "个体工商户", "农民专业合作社")),
    ("补助资金", "万元", ("中央资金", "省级资金", "县级资金")),
]
SCOPES = ["全县", "2023年,全市", "截至12月底,全区", ""]
TOTALS = ["合计", "共计", "共"]
FULL = str.maketrans("0123456789", "０１２３４５６７８９")

kinds = st.sampled_from(KINDS)
scopes = st.sampled_from(SCOPES)
commas = st.sampled_from([",", "，"])
counts = st.lists(st.integers(11, 4000), min_size=4, max_size=4)
shapes = st.sampled_from(["plain", "thousands", "full"])
digits = st.tuples(st.integers(0, 4), st.integers(1, 9))


def _printed(value: int, shape: str) -> str:
    return {"plain": str(value), "thousands": f"{value:,}", "full": str(value).translate(FULL)}[shape]


def _rounded(value: Fraction, places: int) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _mistyped(value: int, digit: tuple[int, int]) -> int:
    """The number with one of its digits wrong, its first never zero; only digits that matter after rounding to tens."""
    place, by = digit
    written = list(str(value))
    place = min(place, max(0, len(written) - 2))
    written[place] = str((int(written[place]) + by) % 10)
    if written[0] == "0":
        written[0] = "1" if str(value)[0] != "1" else "2"
    return int("".join(written))


def _alarms(text: str) -> list[str]:
    findings = check(document_of(f"2023年工作情况\n{text}", "made.md")).as_json()["findings"]
    return [f"{text} -> {finding['rule']}: {finding['arithmetic']}" for finding in findings if finding["severity"] != "ask"]


@SETTLED
@given(kind=kinds, scope=scopes, comma=commas, numbers=counts, shape=shapes)
def test_parts_that_make_the_whole_raise_no_alarm(
    kind: tuple[str, str, tuple[str, ...]], scope: str, comma: str, numbers: list[int], shape: str
) -> None:
    noun, unit, names = kind
    own = numbers[: len(names)]
    parts = "、".join(f"{name}{_printed(number, shape)}{unit}" for name, number in zip(names, own, strict=True))
    whole = _printed(sum(own), shape)
    assert _alarms(f"{scope}共有{noun}{whole}{unit}{comma}其中{parts}。") == []
    assert _alarms(f"{scope}{noun}{whole}{unit}({parts})。") == []
    assert _alarms(f"{scope}{parts}{comma}合计{whole}{unit}。") == []


@SETTLED
@given(kind=kinds, scope=scopes, comma=commas, numbers=counts, said=st.sampled_from(TOTALS), digit=digits)
def test_total_with_a_wrong_digit_is_found(
    kind: tuple[str, str, tuple[str, ...]], scope: str, comma: str, numbers: list[int], said: str, digit: tuple[int, int]
) -> None:
    _, unit, names = kind
    own = numbers[: len(names)]
    parts = "、".join(f"{name}{number}{unit}" for name, number in zip(names, own, strict=True))
    text = f"{scope}{parts}{comma}{said}{_mistyped(sum(own), digit)}{unit}。"
    assert _alarms(text) != [], text


@SETTLED
@given(kind=kinds, scope=scopes, comma=commas, numbers=counts, more=st.integers(20, 900))
def test_parts_above_the_whole_are_found(
    kind: tuple[str, str, tuple[str, ...]], scope: str, comma: str, numbers: list[int], more: int
) -> None:
    noun, unit, names = kind
    own = numbers[: len(names)]
    assume(more * 2 < sum(own))
    # Where some of the parts make the whole, the others may be another view of the same things: that is left in peace.
    assume(more not in {sum(some) for size in range(len(own)) for some in combinations(own, size)})
    parts = "、".join(f"{name}{number}{unit}" for name, number in zip(names, own, strict=True))
    whole = sum(own) - more
    for text in (f"{scope}共有{noun}{whole}{unit}{comma}其中{parts}。", f"{scope}{noun}{whole}{unit}({parts})。"):
        assert _alarms(text) != [], text


@SETTLED
@given(
    kind=kinds, scope=scopes, comma=commas, before=st.integers(100, 9000), by=st.integers(2, 90), places=st.sampled_from([1, 2])
)
def test_growth_that_follows_raises_no_alarm(
    kind: tuple[str, str, tuple[str, ...]], scope: str, comma: str, before: int, by: int, places: int
) -> None:
    noun, unit, _ = kind
    rate = _rounded(Fraction(by, before) * 100, places)
    more, less = f"{scope}{noun}{before + by}{unit}", f"{scope}{noun}{before - by}{unit}"
    assert _alarms(f"{more}{comma}同比增长{rate}%{comma}增加{by}{unit}。") == []
    assert _alarms(f"{less}{comma}比上年减少{by}{unit}{comma}下降{rate}%。") == []
    assert _alarms(f"{more}{comma}较上年同期增长{rate}%(上年同期{before}{unit})。") == []


@SETTLED
@given(
    kind=kinds,
    scope=scopes,
    comma=commas,
    before=st.integers(100, 9000),
    by=st.integers(5, 90),
    off=st.sampled_from([3, 7, 11, 20]),
)
def test_growth_off_by_points_is_found(
    kind: tuple[str, str, tuple[str, ...]], scope: str, comma: str, before: int, by: int, off: int
) -> None:
    noun, unit, _ = kind
    rate, more = _rounded(Fraction(by, before) * 100 + off, 1), f"{scope}{noun}{before + by}{unit}"
    for text in (
        f"{more}{comma}同比增长{rate}%{comma}增加{by}{unit}。",
        f"{more}{comma}比上年增加{by}{unit}{comma}增长{rate}%。",
        f"{more}{comma}较上年同期增长{rate}%(上年同期{before}{unit})。",
    ):
        assert _alarms(text) != [], text


@SETTLED
@given(kind=kinds, scope=scopes, comma=commas, part=st.integers(10, 900), rest=st.integers(10, 3000))
def test_share_that_follows_raises_no_alarm_and_another_is_found(
    kind: tuple[str, str, tuple[str, ...]], scope: str, comma: str, part: int, rest: int
) -> None:
    noun, unit, names = kind
    start = f"{scope}共有{noun}{part + rest}{unit}{comma}其中{names[0]}{part}{unit}{comma}占"
    share = Fraction(part, part + rest) * 100
    assert _alarms(f"{start}{_rounded(share, 1)}%。") == []
    wrong = f"{start}{_rounded(share + (5 if share < 50 else -5), 1)}%。"
    assert _alarms(wrong) != [], wrong


@SETTLED
@given(
    count=st.integers(11, 900), price=st.integers(2, 90), comma=commas, off=st.sampled_from([Fraction(11, 10), Fraction(8, 10)])
)
def test_count_times_price_that_follows_raises_no_alarm_and_another_is_found(
    count: int, price: int, comma: str, off: Fraction
) -> None:
    total = Fraction(count * price * 50, 10_000)
    start = f"全县安装路灯{count}盏{comma}每盏{price * 50}元{comma}共计"
    assert _alarms(f"{start}{_rounded(total, 2)}万元。") == []
    wrong = f"{start}{_rounded(total * off, 2)}万元。"
    assert _alarms(wrong) != [], wrong


@SETTLED
@given(
    persons=st.integers(20, 3000),
    standard=st.integers(2, 40),
    months=st.sampled_from([6, 12]),
    off=st.sampled_from([Fraction(9, 8), Fraction(3, 4)]),
)
def test_standard_times_persons_and_months_raises_no_alarm_and_another_is_found(
    persons: int, standard: int, months: int, off: Fraction
) -> None:
    total = Fraction(persons * standard * 50 * months, 10_000)
    start = f"为{persons}名孤儿发放生活补贴,每人每月{standard * 50}元,发放{months}个月,共发放"
    assert _alarms(f"{start}{_rounded(total, 2)}万元。") == []
    wrong = f"{start}{_rounded(total * off, 2)}万元。"
    assert _alarms(wrong) != [], wrong


@SETTLED
@given(start=st.integers(200, 9000), came=st.integers(5, 400), went=st.integers(5, 150), digit=digits)
def test_stock_and_flow_raise_no_alarm_and_a_wrong_digit_is_found(
    start: int, came: int, went: int, digit: tuple[int, int]
) -> None:
    said = f"年初在册低保对象{start}户,全年新增{came}户、退出{went}户,年末在册"
    assert _alarms(f"{said}{start + came - went}户。") == []
    wrong = f"{said}{_mistyped(start + came - went, digit)}户。"
    assert _alarms(wrong) != [], wrong


@SETTLED
@given(first=counts, second=counts, digit=digits)
def test_table_raises_no_alarm_and_a_wrong_digit_in_its_sum_is_found(
    first: list[int], second: list[int], digit: tuple[int, int]
) -> None:
    names = ["白渡区", "沧屿区", "芦川县", "临汀县"]
    rows = [f"| {name} | {one} | {two} |" for name, one, two in zip(names, first, second, strict=True)]
    table = "\n".join(["| 县区 | 本年(件) | 上年(件) |", "|---|---|---|", *rows])
    assert _alarms(f"{table}\n| 合计 | {sum(first)} | {sum(second)} |") == []
    wrong = f"{table}\n| 合计 | {_mistyped(sum(first), digit)} | {sum(second)} |"
    assert _alarms(wrong) != [], wrong


def _statements(one: int, two: int, by: int, price: int) -> list[str]:
    """True statements of different things, as they stand one after the other in a report."""
    whole, total = one + two, Fraction(one * price * 50, 10_000)
    return [
        f"全县共有养老机构{whole}家,其中公办机构{one}家、民办机构{two}家",
        f"年初在册志愿者{whole}名,全年新增{by}名、退出{two}名,年末在册{whole + by - two}名",
        f"受理案件{whole}件,比上年增加{by}件,增长{_rounded(Fraction(by, whole - by) * 100, 1)}%",
        f"安装路灯{one}盏,每盏{price * 50}元,共计{_rounded(total, 2)}万元",
        f"排查隐患{whole}处,已整改{one}处,整改率{_rounded(Fraction(one, whole) * 100, 1)}%",
        f"经营主体由{whole}户增加到{whole + by}户,增长{_rounded(Fraction(by, whole) * 100, 1)}%",
        f"小学{one}所,初中{two}所,以上各类学校合计{whole}所",
        f"水库由大型、小型两部分组成,分别为{one}座、{two}座,合计{whole}座",
        f"收入{whole}万元,支出{one}万元,结余{two}万元",
        "走访慰问32户45人",
        "下一步计划新建10个",
        "获评省级示范单位2个",
        "力争到2025年完工率达到85%以上",
    ]


@settings(max_examples=80, derandomize=True, deadline=None)
@given(
    one=st.integers(100, 4000),
    two=st.integers(11, 99),
    by=st.integers(5, 90),
    price=st.integers(2, 90),
    order=st.permutations(range(13)).map(lambda every: every[:5]),
    mark=st.sampled_from("。;；"),
)
def test_true_statements_side_by_side_raise_no_alarm(
    one: int, two: int, by: int, price: int, order: list[int], mark: str
) -> None:
    said = _statements(one, two, by, price)
    assert _alarms(mark.join(said[number] for number in order) + "。") == []


WORDS = """0 1 2 3 7 12 100 1,2 1．2 ３ 三 十 百 万 亿 半 余 约 % ％ ‰ 个百分点 倍 成 户 人 人次 元 万元 件 其中 合计 共 占 增长
下降 增加 同比 ( ) （ ） 、 , ， ; 。 : “ ” 年 月 日 第 上半年 2024年 去年 分别 由 至 — - ~ / | 每 均 全县 案件 标准"""
PIECES = [*WORDS.split(), "\n", " ", "\u200b", "\u202e"]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_heap_of_words_and_digits_makes_it_stumble(text: str) -> None:
    answer = check(document_of(text, "heap.txt")).as_json()
    keys = {number["key"] for number in answer["numbers"]}
    assert [key for finding in answer["findings"] for key in finding["numbers"] if key not in keys] == []


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_stumble(text: str) -> None:
    assert check(document_of(text, "any.md")).as_json()["findings"] is not None


def _size() -> ModuleType:
    """The measurements, which stand beside the corpus rather than in a package."""
    spec = importlib.util.spec_from_file_location("checking_size", BENCH / "size.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


size = _size()


@pytest.mark.parametrize("name", list(size.HOSTILE))
def test_hostile_text_is_answered_soon(name: str) -> None:
    """A fortieth of what ``make bench`` gives it; what grows with the square is far over the bound already here."""
    most, made = size.HOSTILE[name]
    text = made(most // 40)
    began = time.process_time()
    check(document_of(text, "hostile.md")).as_json()
    assert time.process_time() - began < 1.0
