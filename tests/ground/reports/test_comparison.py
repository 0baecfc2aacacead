"""A text beside the records: only what is called the same is compared."""

import pytest

from anmin.base.periods import parse_period
from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.comparison import compared, days_of, name_of
from tests.conftest import Cast, County
from tests.small_register import SmallRegister

HALF = parse_period("2024H1")


@pytest.fixture
def register(county: County) -> SmallRegister:
    small = SmallRegister()
    small.family(county.liuqiao, 2)
    small.family(county.zoufeng, 1)
    return small


def told(text: str, cast: Cast) -> list[tuple[str, str, bool]]:
    checked = check(document_of(text), period=days_of(HALF))
    return [(each.printed, each.figure.shown, each.differs) for each in compared(checked, cast.leader, HALF)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至6月底，全市共有城乡低保对象5户。", [("5户", "2户", True)]),
        ("城乡低保2户、3人。", [("2户", "2户", False), ("3人", "3人", False)]),
        ("城乡低保约2户。", [("2户", "2户", False)]),
        ("城市低保5户，农村低保9户。", []),
        ("曲塘镇低保对象5户。", []),
        ("去年同期城乡低保对象5户。", []),
        ("2023年，城乡低保对象5户。", []),
        ("城乡低保对象增加5户。", []),
        ("特困人员5人，社会组织3户。", []),
    ],
)
def test_only_what_is_called_the_same_is_compared(
    register: SmallRegister, cast: Cast, text: str, expected: list[tuple[str, str, bool]]
) -> None:
    assert told(text, cast) == expected


def test_records_are_those_the_asker_may_see(register: SmallRegister, cast: Cast) -> None:
    checked = check(document_of("全市共有城乡低保对象5户。"))
    clerk = [each.figure.value for each in compared(checked, cast.clerk_next_door, HALF)]
    assert clerk == [1]


@pytest.mark.parametrize(
    ("label", "dimension", "name"),
    [
        ("城乡低保户数", "户", "低保"),
        ("全市在保城乡低保对象", "户", "低保"),
        ("城市低保家庭", "户", "城市低保"),
        ("低保救助资金", "元", "低保资金"),
        ("新增低保人数", "人", "新增低保"),
    ],
)
def test_names_lose_the_words_that_tell_nothing_apart(label: str, dimension: str, name: str) -> None:
    assert name_of(label, dimension) == name
