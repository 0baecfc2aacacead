"""Statements that go on behind a full stop: each passage wrong and right; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def told(passage: str) -> list[str]:
    findings = check(document_of(f"2024年度工作总结\n{passage}")).findings
    return [each.rule for each in findings if each.severity is not Severity.ASK]


# Each passage, what in it is wrong, what would be right there, and the rule.
PASSAGES = [
    (
        "1至9月，全市实际利用外资2.86亿美元。上年同期为2.42亿美元。同比增长{}%，高于全省平均水平6个百分点。",
        "15.4",
        "18.2",
        "growth",
    ),
    ("脱贫人口人均纯收入达到16842元，比上年增加1426元。增幅为{}%。", "8.5", "9.2", "growth"),
    ("2024年部门预算收入2864.2万元。比2023年预算2612.4万元增加251.8万元。增长{}%，主要是人员增加。", "8.79", "9.64", "growth"),
    ("乡镇卫生院18所，村卫生室213个。每个村卫生室补助6000元。共安排补助{}万元。", "128.7", "127.8", "count_times_price"),
    ("开展夜间巡查126次，每次出动8人。共出动{}人次。", "1080", "1008", "count_times_price"),
    (
        "向1862名困难残疾人发放生活补贴，标准为每人每月80元。全年应发12个月。累计发放{}万元。",
        "187.752",
        "178.752",
        "standard_times_people",
    ),
    ("全年共立案查处环境违法案件86起。罚款总额1032万元，同比上升18%。平均每案罚款{}万元。", "13", "12", "count_times_price"),
    ("动员机关干部4286人。共栽植苗木12858株。人均植树{}株，成活率在92%以上。", "3.5", "3.0", "count_times_price"),
    ("全县财政供养人员12862人，其中行政人员2864人，事业人员9998人。事业人员占{}%。", "78.7", "77.7", "share"),
]


@pytest.mark.parametrize(("passage", "wrong", "right", "rule"), PASSAGES)
def test_what_goes_on_behind_a_full_stop_is_told_where_it_cannot_be(passage: str, wrong: str, right: str, rule: str) -> None:
    assert told(passage.format(wrong)) == [rule]
    assert told(passage.format(right)) == []


@pytest.mark.parametrize(
    "passage",
    [
        # The total of the sentence that follows is called otherwise.
        "总户数62.14万户，户均3.0人。城镇人口103.46万人。",
        # The investment is of something that is told in between.
        "每公里日常养护经费7965元。实施路面改善工程68.4公里，投资2052万元。",
        # The rate is that of another year's measure.
        "新增贷款12.4亿元。不良贷款余额4.13亿元，不良贷款率2.14%。",
    ],
)
def test_what_stands_behind_a_full_stop_is_mostly_another_statement(passage: str) -> None:
    assert told(passage) == []
