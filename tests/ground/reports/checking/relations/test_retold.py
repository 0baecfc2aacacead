"""The same thing told again with another figure, and what only looks like it; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def found(text: str, title: str = "某县2024年上半年工作总结") -> list[Finding]:
    return [each for each in check(document_of(f"{title}\n{text}")).findings if each.severity is not Severity.ASK]


TABLE = "| 景区 | 接待量（万人次） | 门票收入（万元） |\n|---|---|---|\n| 石桥古镇 | 12.37 | 318 |\n| 云台峡谷 | 9.86 | 512 |\n"

# The rule, the text, what is told there by mistake, and what would be right: the one is found and the other left in peace.
TWICE = [
    ("repeated_figure", "在园幼儿4862人，教职工613人。\n为{}名在园幼儿建立健康档案。", "4826", "4862"),
    ("repeated_figure", "全镇辖14个村、3个社区。\n全镇{}个村全部完成垃圾收运改革。", "15", "14"),
    (
        "repeated_figure",
        "县级领导到县接访中心接访52场次，接待群众138批。\n存在问题：县级领导接访的{}场次中有7场由他人代替。",
        "62",
        "52",
    ),
    ("repeated_figure", f"{TABLE}石桥古镇以{{}}万人次居各景区之首。", "12.73", "12.37"),
    ("unit_slip", "全系统实现销售总额7.52亿元。\n全系统{}元销售额中线上仅占9.4%。", "7.52万", "7.52亿"),
]


@pytest.mark.parametrize(("rule", "text", "wrong", "right"), TWICE)
def test_what_is_told_twice_is_told_with_one_figure(rule: str, text: str, wrong: str, right: str) -> None:
    assert [finding.rule for finding in found(text.format(wrong))] == [rule]
    assert found(text.format(right)) == []
