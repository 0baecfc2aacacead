"""The check as a whole: tables, an earlier report, readings put right, rules switched off, the answer as JSON, time."""

import json
import subprocess
import sys
import time

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Correction
from anmin.ground.reports.checking.numerals.periods import Period
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import RULES, Severity, State

TABLE = """# 某区收支情况

| 科目 | 本期（万元） | 上年同期（万元） | 增减额（万元） | 增减（%） |
|---|---|---|---|---|
| 甲税 | 38216 | 36540 | 1676 | 4.6 |
| 乙税 | 11482 | 12967 | {change} | -11.5 |
| 丙税 | 3905 | 3612 | 293 | 8.1 |
| 合计 | {total} | 53119 | 484 | 0.9 |
"""


def rules(text: str, name: str = "甲.md") -> list[str]:
    return [finding.rule for finding in check(document_of(text, name)).findings]


def test_a_table_that_adds_up_raises_no_alarm() -> None:
    assert rules(TABLE.format(change="-1485", total="53603")) == []


def test_a_sum_row_that_does_not_add_up_is_found() -> None:
    assert "table_sum" in rules(TABLE.format(change="-1485", total="53630"))


def test_a_change_that_is_not_the_difference_is_found() -> None:
    checked = check(document_of(TABLE.format(change="-1845", total="53603"), "甲.md"))
    [finding] = [finding for finding in checked.findings if finding.rule == "table_change"]
    assert finding.arithmetic == "“乙税”行“增减额（万元）”：11482-12967=-1485，表中写-1845"
    assert finding.quotation == "乙税：-1845"


def test_figures_copied_from_an_earlier_report_are_doubtful() -> None:
    earlier = document_of("2023年上半年总结\n检查企业1173家次，排查隐患3126处，已整改3058处。")
    later = document_of("2024年上半年总结\n检查企业1248家次，排查隐患3126处，已整改3058处。")
    [finding] = check(later, against=earlier).findings
    assert (finding.rule, finding.severity, len(finding.places)) == ("copied_figure", Severity.DOUBTFUL, 2)


def test_a_rule_switched_off_finds_nothing_and_its_reason_is_kept() -> None:
    text = document_of("受益214户187人。")
    checked = check(text, off={"households_and_persons": "口径为户籍"})
    assert ([finding.rule for finding in checked.findings], checked.off) == ([], {"households_and_persons": "口径为户籍"})


def test_a_reading_put_right_is_judged_anew() -> None:
    text = document_of("销售2738元，增量341万元，同比增长14.2%。")
    slip = check(text).findings[0]
    assert slip.rule == "unit_slip"
    assert check(text, corrections=[Correction(slip.numbers[0], unit="万元")]).findings == ()


def test_a_number_said_to_measure_nothing_stands_in_no_relation() -> None:
    text = document_of("受益214户187人。")
    key = check(text).findings[0].numbers[0]
    assert check(text, corrections=[Correction(key, measure=False)]).relations == ()


def test_a_correction_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="请写成数字"):
        check(document_of("受益214户。"), corrections=[Correction("b0:2", figure="二百")])


def test_the_answer_is_plain_json_in_the_order_of_the_text() -> None:
    checked = check(document_of("受益214户187人。\n招收20-15名学员。"))
    answer = json.loads(json.dumps(checked.as_json(), ensure_ascii=False))
    assert [finding["line"] for finding in answer["findings"]] == [1, 2]
    assert answer["findings"][0]["numbers"] == ["b0:2", "b0:6"]


def test_relations_that_hold_are_told_too() -> None:
    checked = check(document_of("共有学校60所，其中小学40所、初中20所。"))
    assert [(relation.rule, relation.state) for relation in checked.relations] == [("parts_and_whole", State.HOLDS)]


def test_every_rule_that_is_written_has_a_title() -> None:
    checked = check(document_of("受益214户187人。招收20-15名学员。2月30日开会。共1,23,456元。"))
    assert {finding.rule for finding in checked.findings} <= set(RULES)


@pytest.mark.parametrize(
    ("text", "months"), [("2024", 12), ("2024H1", 6), ("2024Q3", 3), ("2024-05", 1)], ids=["year", "half", "quarter", "month"]
)
def test_a_period_is_read(text: str, months: int) -> None:
    assert Period.parse(text).months == months


def test_a_period_written_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="报告期请写成"):
        Period.parse("去年")


def test_nothing_of_the_framework_is_loaded() -> None:
    code = "import sys, anmin.ground.reports.checking.check; print('django' in sys.modules, 'openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  our own command
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    "text",
    [
        "（" * 3000 + "3人" + "）" * 3000,
        "，".join(str(i) for i in range(8000)),
        "每人补助金" * 4000 + "3元",
        "一二三" * 4000,
        "1," * 20000,
        "其中" * 5000 + "3个",
        "甲3个、乙5个，共8个，" * 800,
        "合格率100%，" * 1000,
    ],
    ids=["brackets", "numbers", "words", "numerals", "commas", "markers", "lists", "rates"],
)
def test_hostile_text_is_answered_in_time(text: str) -> None:
    start = time.process_time()
    check(document_of(text))
    assert time.process_time() - start < 3
