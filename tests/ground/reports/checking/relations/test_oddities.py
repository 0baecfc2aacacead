"""What cannot be of itself: a hundred per cent of nothing, ranks, persons and visits, broken digits."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def found(text: str) -> list[Finding]:
    told = check(document_of(f"江口县2024年上半年工作情况\n{text}")).findings
    return [finding for finding in told if finding.severity is not Severity.ASK]


PAIRS = [
    ("full_rate_of_nothing", "{}森林火灾，火灾案件查处率达100%。", "当月未发生", "当月发生2起"),
    ("full_rate_of_nothing", "{}农资举报。农资举报办结率100%。", "未接到", "接到26件"),
    ("full_rate_of_nothing", "欠薪案件{}，欠薪案件结案率100%。", "为零", "6件"),
    ("full_rate_of_nothing", "{}行政复议案件，案件按期审结率达到100%。", "未受理", "受理12件"),
    ("rank_in_itself", "营商环境评价由第11名进至第7名，提升{}个名次。", "5", "4"),
    ("rank_in_itself", "位次较上年前移{}位，由第9位升至第6位。", "4", "3"),
    ("rank_in_itself", "排名由去年第3位{}至第6位。", "上升", "下降"),
    ("rank_in_itself", "列第3位，较上年的第1位{}2位。", "前移", "后退"),
    ("rank_in_itself", "我县列全省52个山区县第{}位，得分86.2分。", "56", "26"),
    ("range_order", "供水管网由{}公里。", "326公里延伸到286", "286公里延伸到326"),
    ("households_and_persons", "接待来访群众326批{}人次。", "298", "1298"),
    ("households_and_persons", "救助流浪乞讨人员{}。", "86人次、92人", "92人次、86人"),
    ("malformed_number", "发放补贴{}万元。", "3,58", "358"),
    ("malformed_number", "同比增长{}%。", ".5", "0.5"),
    ("malformed_number", "同比增长{}%。", "8.", "8"),
    ("malformed_number", "发放{}万元。", "1O8", "108"),
    ("malformed_number", "投入{}元。", "12万万", "12万"),
]


@pytest.mark.parametrize(("rule", "text", "wrong", "right"), PAIRS)
def test_what_cannot_be_is_found_and_what_can_is_left_alone(rule: str, text: str, wrong: str, right: str) -> None:
    assert rule in {finding.rule for finding in found(text.format(wrong))}
    assert [(finding.rule, finding.arithmetic) for finding in found(text.format(right))] == []


@pytest.mark.parametrize(
    "text",
    [
        "未发生安全事故，设备完好率100%。",
        "未发生较大事故，事故结案率100%。",
        "未发生漏报，报告及时率100%。",
        "5.人才人事。招聘126名。",
        "提供服务4126人次，5.6千名残疾人享受签约服务。",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert [(finding.rule, finding.arithmetic) for finding in found(text)] == []
