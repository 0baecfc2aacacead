"""Every number is read with its value, unit, hedge, subject and role; what only looks like a number is left alone."""

from fractions import Fraction

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Kind, Role


def read(text: str) -> list[Number]:
    return list(check(document_of(text)).numbers)


def measures(text: str) -> list[Number]:
    return [number for number in read(text) if number.measured and not number.weak]


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("发放补贴12.5万元", 125_000, "元"),
        ("登记企业1,286家", 1286, "家"),
        ("登记企业１２８６家", 1286, "家"),
        ("投入３．５亿元", 350_000_000, "元"),
        ("投入3亿5千万元", 350_000_000, "元"),
        ("投入二十三万元", 230_000, "元"),
        ("慰问老人一百零五人", 105, "人"),
        ("慰问二十三名老人", 23, "人"),
        ("完成造林3万亩", 20_000_000, "平方米"),
        ("通车里程12.6公里", 12_600, "米"),
        ("粮食总产5.2万吨", 52_000_000, "千克"),
        ("办理登记 320 对", 320, "对"),
        ("占百分之十三点五", Fraction(27, 2), "%"),
        ("占比两成", 20, "%"),
        ("提高1.2个百分点", Fraction(6, 5), "百分点"),
        ("零宽12\u200b3人", 123, "人"),
    ],
)
def test_the_value_is_in_the_unit_of_its_dimension(text: str, value: int | Fraction, dimension: str) -> None:
    [number] = measures(text)
    assert (number.value, number.dimension) == (value, dimension)


def test_a_blank_between_digits_parts_two_numbers() -> None:
    assert [number.printed for number in measures("接待游客1 286 人次")] == ["1", "286 人次"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("共286人", 286, 286),
        ("共1.3万元", 12_500, 13_500),
        ("共9400余人", 9400, 9500),
        ("每年投入40多万元", 400_000, 500_000),
        ("接待近14万人次", 126_000, 145_000),
        ("约2000人", 1500, 2500),
        ("人数超过4000人次", 4000, None),
        ("惠及群众至少300户", 300, None),
        ("不足50人", 0, 50),
        ("选派3至5人", 3, 5),
    ],
)
def test_the_interval_is_what_digits_and_hedge_leave(text: str, low: int, high: int | None) -> None:
    [number] = measures(text)
    assert (number.interval.low, number.interval.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "“一标三实”基础信息",
        "开展双随机、一公开抽查",
        "四位一体的格局",
        "创建5A级景区",
        "拨打12345热线",
        "PM2.5浓度持续改善",
        "印发《通知》（川民〔2024〕50号）",
        "2024年6月30日前",
        "1—6月",
        "第三届运动会",
        "第一产业",
        "实行一站式服务",
        "“1+3+N”体系",
        "世界500强",
        "1.加强组织领导",
        "（二）完善机制",
        "GB/T 42195-2022",
    ],
)
def test_names_dates_and_document_numbers_are_left_alone(text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("5A级景区3家", [Kind.NAME, Kind.MEASURE]),
        ("3月完成877户", [Kind.DATE, Kind.MEASURE]),
        ("标准为820元/人·月", [Kind.STANDARD]),
        ("每人300元", [Kind.STANDARD]),
        ("人均1.2亩", [Kind.STANDARD]),
        ("占12%", [Kind.RATIO]),
        ("连续5年", [Kind.DURATION]),
        ("80周岁以上老人", [Kind.DURATION]),
        ("比例为9.5:44.3:46.2", [Kind.STRUCTURE]),
        ("共1,23,456元", [Kind.MALFORMED]),
    ],
)
def test_each_number_has_its_kind(text: str, kinds: list[Kind]) -> None:
    assert [Kind.DURATION if number.dimension == "时长" else number.kind for number in read(text) if not number.weak] == kinds


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("销售100万元，增量20万元，同比增长25%", [Role.LEVEL, Role.CHANGE, Role.RATE]),
        ("由上年的120家增加到150家", [Role.PRIOR, Role.LEVEL]),
        ("从2019年的120家增加到2023年的150家", [Role.PRIOR, Role.LEVEL]),
        ("上年同期为96起", [Role.PRIOR]),
        ("年度任务为500户", [Role.TARGET]),
        ("占总数的12%", [Role.SHARE]),
        ("提高1.2个百分点", [Role.POINTS]),
        ("是上年的2倍", [Role.TIMES]),
        ("新增就业300人", [Role.LEVEL]),
        ("50张以上床位的机构", [Role.LIMIT]),
    ],
)
def test_each_number_has_its_role(text: str, roles: list[Role]) -> None:
    assert [number.role for number in read(text) if number.kind is not Kind.DATE] == roles


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("全市共保障低保对象46户61人", ["保障低保对象", "保障低保对象"]),
        ("全市24名重度失能老人实现集中照护", ["重度失能老人"]),
        ("截至6月底，城区公厕45座", ["城区公厕"]),
        ("80周岁以上老人1200人", ["80周岁以上老人"]),
    ],
)
def test_the_subject_is_the_noun_phrase_it_measures(text: str, subjects: list[str]) -> None:
    assert [number.subject for number in measures(text) if number.role is Role.LEVEL] == subjects


def test_a_number_knows_its_place_in_what_was_printed() -> None:
    text = "第一行没有数。\n全市 共有养老机构　２９ 家。"
    [number] = measures(text)
    assert (number.printed, number.place.line, number.place.block) == ("２９ 家", 2, 1)
    assert text.splitlines()[1][number.place.start : number.place.end] == number.printed


def test_a_number_has_the_period_said_before_it() -> None:
    assert [number.period for number in measures("上半年办理86件，一季度办理40件")] == ["上半年", "一季度"]


def test_a_number_for_each_head_and_month_says_so() -> None:
    assert [number.per for number in measures("标准为820元/人·月，每户每年1000元，亩产580公斤")] == ["人·月", "户·年", "亩"]
