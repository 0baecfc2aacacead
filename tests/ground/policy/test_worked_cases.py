"""A worked case is read by its Chinese labels, and a slip in it is refused with file and line."""

from pathlib import Path

import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.worked_cases import read_case
from anmin.lines.assistance.dibao.rules import RULES

CASE = """标题: 一人户
故事: 独自生活。
依据: 假设
月份: 2024-03
成员:
  - {姓名: 张三, 与户主关系: 户主, 出生日期: 1980-01-31, 工资性收入: 12.5, 残疾类别: 精神, 残疾等级: 2, 养老金: 未知}
应得: {结论: 符合条件}
"""


def read(root: Path, text: str) -> dict[str, object]:
    path = root / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return dict(read_case(path, RULES).household["members"][0])


def test_facts_are_read_by_label_in_the_units_of_the_rules(tmp_path: Path) -> None:
    member = read(tmp_path, CASE)
    assert (member["birth_on"], member["income_wage"], member["disability_kind"]) == (19_800_131, 1_250, 6)
    assert member["income_pension"] is None


def test_sum_not_mentioned_is_zero(tmp_path: Path) -> None:
    assert read(tmp_path, CASE)["assets_financial"] == 0


def test_month_and_title_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    made = read_case(path, RULES)
    assert (made.title, made.month, made.members) == ("一人户", Month(2024, 3), ("张三",))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("标题: 一人户\n", "", "“标题”没有填写"),
        ("依据: 假设\n", "", "“依据”没有填写：写明文件，没有文件的写明是假设"),
        ("故事:", "经过:", "第 2 行“经过”不认识这一项"),
        ("工资性收入", "工资", "第 6 行“工资”不是这里可以填写的事实"),
        ("残疾类别: 精神", "残疾类别: 头痛", "第 6 行“残疾类别”“头痛”不在可选范围内"),
        ("残疾等级: 2", "残疾等级: 二级", "第 6 行“残疾等级”应为整数"),
        ("应得: {结论: 符合条件}", "", "“应得”没有写明应得的结论"),
    ],
)
def test_case_with_a_slip_is_refused_by_line(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(BadValue, match=why):
        read(tmp_path, CASE.replace(old, new))
