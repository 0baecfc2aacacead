"""A scenario says what must come out, and is refused when that cannot be."""

from pathlib import Path

import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear
from anmin.demo.scenario import Count, read_scenario
from tests.demo.conftest import scenario_named

TINY = """
label: 小型
seed: 1
period: 2024H1
opens_on: 2023-12-29
business_day: 2024-07-01
standard_yuan: 820
central_pension_yuan: 103
paid_months: [2024-01]
closing: {households: 10, persons: 12}
admitted: {households: 2, persons: 3}
removed: {households: 1, persons: 1}
joined: 0
left: 0
granted_by_month: [0, 0, 1, 1, 0]
granted_later: 0
removed_by_month: [0, 0, 0, 1, 0]
removed_later: 0
removal_reasons: {died: 1}
late_deaths: 0
applications: {refused: 0, declined: 0, withdrawn: 0, terminated: 0}
open_cases: {}
reviews: {kept: 0}
late_certificates: 0
undetermined: 0
failing_accounts: [0, 0, 0, 0, 0, 0]
families: {elder_alone: 1}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.capability("SA-11")
def test_the_opening_stock_follows_from_closing_entries_and_exits() -> None:
    assert scenario_named("2024H1").opening == Count(4623, 6085)
    assert scenario_named("2024H1").period == HalfYear(2024, 1)


def test_a_scenario_reads_what_it_states(tmp_path: Path) -> None:
    scenario = read_scenario(written(tmp_path, TINY))
    assert (scenario.opening, scenario.paid, scenario.standard) == (Count(9, 10), None, 82000)


def test_an_unknown_scenario_names_those_there_are(tmp_path: Path) -> None:
    written(tmp_path, TINY)
    with pytest.raises(BadValue, match=r"^没有名为“other”的演示场景，可用的有：some。$"):
        read_scenario(tmp_path / "other.yaml")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("label: 小型", "lable: 小型", "不认识“lable”这一项"),
        ("seed: 1\n", "", "缺少“seed”"),
        ("seed: 1\n", "seed: one\n", "“seed”的写法不对"),
        ("granted_by_month: [0, 0, 1, 1, 0]", "granted_by_month: [0, 0, 1, 0, 0]", "granted_by_month 应为 5 个月、合计 2 户"),
        ("removal_reasons: {died: 1}", "removal_reasons: {died: 2}", "removal_reasons 合计应等于"),
        ("paid_months: [2024-01]", "paid_months: [2024-08]", "paid_months 应在 2024H1 之内"),
        ("persons: 12", "persons: 9", "不成立，每户至少一人"),
    ],
)
def test_what_cannot_come_out_is_refused(tmp_path: Path, before: str, after: str, sentence: str) -> None:
    assert before in TINY
    with pytest.raises(BadValue, match=sentence):
        read_scenario(written(tmp_path, TINY.replace(before, after)))
