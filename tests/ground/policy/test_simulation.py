"""A change of the law reckoned beforehand: who counts, what it costs, where the money comes from; in words and as a workbook."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.assessing import batch_of
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import Chain, decide
from anmin.ground.policy.families import FactTables
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.simulation import Simulated, reached_programmes, shared_out, simulate
from anmin.ground.policy.simulation_sheets import workbook
from anmin.ground.policy.supposed import read_change, suppose, supposing
from tests.ground.policy import made_up

JULY = Month.parse("2024-07")
DIBAO = Chain([DECIDED["assistance.dibao"]])
PAIR = Chain([DECIDED["assistance.dibao"], DECIDED["disability.living"]])
STANDARD = "assistance.dibao.standard"
NOTHING = {"income_wage": 0, "income_business": 0, "income_property": 0, "income_pension": 0, "assets_financial": 0}


def families(*pensions: int, held: list[int] | None = None) -> FactTables:
    """Elders who live alone, each with a pension; the first in 甲镇, the second in 乙镇, and so on."""
    batch = batch_of(
        DIBAO.facts,
        [{"members": [{"relation": "head", "birth_on": 19_600_101, **NOTHING, "income_pension": each}]} for each in pensions],
    )
    base = made_up.tables(DIBAO.facts, len(pensions))
    return replace(
        base,
        offsets=batch.offsets,
        columns=batch.columns,
        person_ids=np.array([f"P{row}" for row in range(len(pensions))], dtype=object),
        person_names=np.array([""] * len(pensions), dtype=object),
        holdings=None if held is None else {"assistance.dibao": made_up.held(held)},
    )


def raised(tables: FactTables, value: str = "860", months: int = 2) -> Simulated:
    return simulate(DIBAO, tables, policy(), [read_change(policy(), f"{STANDARD}={value}", JULY)], JULY, months)


def amounts(tables: FactTables, value: str = "820") -> list[int]:
    law = supposing(policy(), [read_change(policy(), f"{STANDARD}={value}", JULY)])
    found = decide(DIBAO, tables.on(JULY, DIBAO.facts.values()), JULY, law)
    return [int(each) for each in found.assessed["assistance.dibao"].amount]


@pytest.mark.capability("SA-15")
def test_money_is_that_of_the_rules_on_both_sides() -> None:
    tables = families(0, 50_000)
    made = raised(tables)
    assert made.total.before.fen == 2 * sum(amounts(tables))
    assert made.total.after.fen == 2 * sum(amounts(tables, "860"))


def test_whoever_holds_nothing_and_could_already_stays_out_on_both_sides() -> None:
    made = raised(families(0, 0, held=[0]))
    assert (made.total.before.persons, made.total.after.persons) == (1, 1)


def test_whom_the_change_brings_in_counts_after_it() -> None:
    made = raised(families(0, 84_000, held=[0]))
    assert (made.total.before.persons, made.total.after.persons) == (1, 2)
    assert [(each.household, each.enters, each.town, each.month) for each in made.movers] == [("H1", True, "乙镇", JULY)]


def test_whom_the_change_puts_out_counts_before_it() -> None:
    made = raised(families(0, 70_000, held=[0, 1]), value="600")
    assert (made.total.before.persons, made.total.after.persons) == (2, 1)
    (mover,) = made.movers
    assert (mover.household, mover.enters, mover.after) == ("H1", False, 0)
    assert mover.before == amounts(families(0, 70_000))[1]


def test_what_a_change_of_another_benefit_does_reaches_the_next() -> None:
    assert reached_programmes(PAIR, policy(), [read_change(policy(), f"{STANDARD}=860", JULY)], JULY) == set(PAIR)
    change = read_change(policy(), "disability.living.rates.no_income=50%", JULY)
    assert reached_programmes(PAIR, policy(), [change], JULY) == {"disability.living"}
    made = simulate(PAIR, made_up.tables(PAIR.facts, 5), policy(), [change], JULY, 1)
    assert made.untouched == ("最低生活保障",)
    assert {line.programme for line in made.lines} <= {"disability.living"}


def test_the_groups_add_up_to_the_whole() -> None:
    made = simulate(PAIR, made_up.tables(PAIR.facts, 300), policy(), [read_change(policy(), f"{STANDARD}=900", JULY)], JULY, 3)
    whole = (made.total.before.fen, made.total.after.fen)
    for totals in (made.by_programme(), made.by_town(), made.by_category(), made.by_month(), made.by_source()):
        assert (sum(each.before.fen for each in totals), sum(each.after.fen for each in totals)) == whole
    assert [each.label for each in made.by_month()] == ["2024年7月", "2024年8月", "2024年9月"]


def test_the_money_is_shared_out_to_the_fen() -> None:
    assert shared_out(1001, {"central": 333, "county": 667}) == {"central": 333, "county": 668}
    assert shared_out(1001, {"central": 1000, "county": 0}) == {"central": 1001, "county": 0}
    assert shared_out(7, {}) == {"": 7}


def test_the_sources_are_those_of_the_policy_file() -> None:
    assert [each.label for each in raised(families(0)).by_source()] == ["中央", "省级", "南通市级", "海安市级"]


def test_progress_is_told_month_by_month() -> None:
    seen: list[tuple[int, int]] = []
    change = [read_change(policy(), f"{STANDARD}=860", JULY)]
    simulate(DIBAO, families(0), policy(), change, JULY, 2, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_a_change_is_told_with_what_was_before() -> None:
    change = read_change(policy(), f"{STANDARD}=860", JULY)
    assert change.sentence == "“最低生活保障标准”自2024年7月起由820.00元/人·月调整为860.00元/人·月"
    rate = suppose(policy(), "disability.living.rates.no_income", "50%", JULY)
    assert (rate.value, rate.shown) == (500, "50%")


def test_the_supposed_value_holds_from_its_month_on_and_the_law_stays_as_it_is() -> None:
    law = supposing(policy(), [read_change(policy(), f"{STANDARD}=500", Month.parse("2022-01"))])
    found = [law.number(STANDARD, on=Month.parse(month).first_day) for month in ("2021-12", "2022-01", "2024-07")]
    assert found == [policy().number(STANDARD, on=Month.parse("2021-12").first_day), 50_000, 50_000]
    assert policy().number(STANDARD, on=JULY.first_day) == 82_000


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (STANDARD, "不是一项调整"),
        (f"{STANDARD}=", "不是一项调整"),
        (f"{STANDARD}=很多", "无法识别"),
        ("assistance.dibao.standrad=860", "没有名为“assistance.dibao.standrad”的政策参数"),
        ("disability.living.rates=50%", "是一张表，请写明调整其中哪一项：disability.living.rates."),
        ("assistance.dibao.adult_age=十八", "应为整数"),
        ("assistance.dibao.adult_age=99999", "应在 0 与 10000 之间"),
    ],
)
def test_what_is_no_change_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_change(policy(), text, JULY)
    assert refusal in str(refused.value)


def test_the_workbook_holds_every_table_and_those_who_come_and_go() -> None:
    book = load_workbook(BytesIO(workbook(raised(families(0, 84_000, held=[0])), {("household", "H1"): "乙户"})))
    assert book.sheetnames == ["测算说明", "分项目", "逐月", "按地区", "按保障方式", "按资金来源", "进入和退出"]
    assert [cell.value for cell in book["按资金来源"][2]][:5] == ["中央", None, None, None, None]
    moving = [[cell.value for cell in row] for row in book["进入和退出"].iter_rows(min_row=2)]
    assert [row[:6] for row in moving] == [["进入", "最低生活保障", "乙户", "", "乙镇", "2024年7月"]]
    assert book["分项目"]["C2"].value == 2


def test_a_code_is_supposed_by_its_word_or_its_name_and_no_other() -> None:
    severity = "assistance.dibao.property_severity.company"
    typed = [suppose(policy(), severity, value, JULY) for value in ("不予通过", "block")]
    assert [each.value for each in typed] == ["block", "block"]
    assert typed[0].sentence == "“财产超限的处理方式·企业”自2024年7月起由说明情况调整为不予通过"
    with pytest.raises(BadValue, match="“财产超限的处理方式·企业”可以是“说明情况”、“不予通过”，现在是“随便”。"):
        suppose(policy(), severity, "随便", JULY)


def test_who_cannot_be_reckoned_with_is_told_once_for_each_count() -> None:
    made = simulate(DIBAO, families(0), policy(), [read_change(policy(), f"{STANDARD}=860", JULY)], JULY, 1)
    made = replace(made, labels={"a": "甲", "b": "乙", "c": "丙", "d": "丁"}, undetermined={"a": 7, "b": 0, "c": 2, "d": 7})
    assert made.left_out == (
        "甲、丁各有 7 户（人）登记的情况不足以测算，没有计入，多为没有申请过的。",
        "丙有 2 户（人）登记的情况不足以测算，没有计入，多为没有申请过的。",
    )
