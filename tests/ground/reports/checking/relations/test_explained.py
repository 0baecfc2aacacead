"""A doubt is taken back where the sentence makes the number up in another plain way, and stays where it does not."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of


def doubted(text: str) -> list[str]:
    return [finding.arithmetic for finding in check(document_of(f"2023年工作总结\n{text}")).findings]


@pytest.mark.parametrize(
    ("true", "false", "said"),
    [
        (
            "发现向已死亡人员42人多发养老金，月人均168元，平均多发5个月，共3.528万元。",
            "发现向已死亡人员42人多发养老金，月人均168元，平均多发5个月，共3.258万元。",
            "42人×168元",
        ),
        (
            "春季4120人、秋季4286人，每人每学期625元，合计525.375万元。",
            "春季4120人、秋季4286人，每人每学期625元，合计552.375万元。",
            "×625元",
        ),
        (
            "平面泊位综合造价每个约1.2万元，机械式立体泊位每个约4.5万元，建设120个，投资540万元。",
            "平面泊位综合造价每个约1.2万元，机械式立体泊位每个约4.5万元，建设120个，投资504万元。",
            "120个×",
        ),
        (
            "审计指出的187个问题中，已整改到位168个，整改率89.8%；正在整改16个，因客观原因需持续推进3个。",
            "审计指出的187个问题中，已整改到位168个，整改率89.8%；正在整改16个，因客观原因需持续推进6个。",
            "168个",
        ),
    ],
)
def test_another_plain_reading_is_believed(true: str, false: str, said: str) -> None:
    assert doubted(true) == []
    assert any(said in line for line in doubted(false)), doubted(false)


def test_what_is_announced_is_no_guess() -> None:
    # 3.27 and 58.46 are near 61.73, but opening, in, out and end are told by name.
    text = "年初政府债务余额58.46亿元，当年新增债券8.93亿元，偿还到期本金3.27亿元，年末余额61.12亿元。"
    assert doubted(text) == ["58.46亿元+8.93亿元-3.27亿元=64.12亿元，原文写61.12亿元"]


@pytest.mark.parametrize(
    "text",
    [
        "因公出国（境）费0元，公务接待费1.20万元，公务用车购置费0元，公务用车运行维护费5.60万元。",
        "平均办理时长18.6个工作日，比二季度的21.0个工作日缩短2.4个。",
    ],
)
def test_nothing_is_of_no_unit_and_a_unit_that_was_told_may_be_cut_short(text: str) -> None:
    assert doubted(text) == []


def test_a_rank_is_held_against_places_with_a_bracket_in_their_name() -> None:
    assert doubted("居全市9个县（区）第11位。") == ["共9个，却列第11位"]
    assert doubted("居全市9个县（区）第8位。") == []
