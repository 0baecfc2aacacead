"""The changes of parts against the change of their whole."""

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of

TOLD = "全县粮食总产{whole}万吨，增产{more}万吨。其中小麦{wheat}万吨，增产{up}万吨；水稻{rice}万吨，增产{plus}万吨。"


def found(**figures: str) -> list[str]:
    return [each.arithmetic for each in check(document_of(TOLD.format(**figures))).findings]


def test_increments_that_do_not_add_up_are_told_from_both_years() -> None:
    assert found(whole="52", more="3", wheat="30", up="4", rice="22", plus="5") == [
        "各分项增减相加：4万吨+5万吨=9万吨，原文总的增量为3万吨，相差6万吨"
        "；倒推上期也合不上：分项26万吨+17万吨=43万吨，总数49万吨，相差6万吨"
    ]


def test_increments_that_add_up_are_no_finding() -> None:
    assert found(whole="52", more="9", wheat="30", up="4", rice="22", plus="5") == []
