"""The changes of parts against the change of their whole."""

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of

TOLD = (
    "全县实现旅游收入{whole}万元，增量{more}万元。其中门票收入{tickets}万元，增量{up}万元，住宿收入{beds}万元，增量{plus}万元。"
)


def found(**figures: str) -> list[str]:
    return [each.arithmetic for each in check(document_of(TOLD.format(**figures))).findings]


def test_increments_that_do_not_add_up_are_told_from_both_years() -> None:
    assert found(whole="52", more="3", tickets="30", up="4", beds="22", plus="5") == [
        "各分项增减相加：4万元+5万元=9万元，原文总的增量为3万元，相差6万元"
        "；倒推上期也合不上：分项26万元+17万元=43万元，总数49万元，相差6万元"
    ]


def test_increments_that_add_up_are_no_finding() -> None:
    assert found(whole="52", more="9", tickets="30", up="4", beds="22", plus="5") == []
