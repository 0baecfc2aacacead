"""Amounts in the wrong size; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def rules(text: str) -> list[str]:
    return [each.rule for each in check(document_of(f"某县工作情况\n{text}")).findings if each.severity is not Severity.ASK]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("建成车间42个，吸纳就业1864人，发放工资{}元。", "2864", "2864万"),
        ("接待游客486.2万人次，旅游综合收入38.64{}元。", "万", "亿"),
        ("硬化道路18.6公里，投入{}元；修建水渠12.4公里，投入186万元；安装路灯486盏，投入145.8万元。", "930", "930万"),
        ("完成路面改造42公里，投资1218万元，每公里29{}元。", "亿", "万"),
        ("办理食品案件96件，罚没40.32万元，案均4200{}元。", "万", ""),
    ],
)
def test_an_amount_of_the_wrong_size_is_found(text: str, wrong: str, right: str) -> None:
    assert rules(text.format(wrong)) == ["unit_slip"]
    assert rules(text.format(right)) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年就餐5.6万人次，每人次补贴4元，补贴22.4万元。",
        "老年食堂就餐52.3万人次，发放补助128.6万元。",
        "慰问困难群众186人，发放慰问金9.3万元，慰问品价值486元一份。",
    ],
)
def test_small_sums_for_many_may_be_right(text: str) -> None:
    assert rules(text) == []
