"""A list as a workbook: values, not markup."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from anmin.web import listing
from anmin.web.columns import BadgeColumn, ClockColumn, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table


class Sample(Table):
    name = LinkColumn(verbose_name="姓名", href=lambda record: "/somewhere")
    amount = MoneyColumn(verbose_name="金额（元）")
    persons = NumberColumn(verbose_name="人数")
    on = DayColumn(verbose_name="日期")
    state = BadgeColumn(verbose_name="状态", labels={"a": "甲"})
    clock = ClockColumn(verbose_name="时限")


def test_workbook_holds_values_and_no_markup() -> None:
    row = {"name": "=甲", "amount": 109050, "persons": 1234, "on": date(2024, 6, 3), "state": "a", "clock": {"state": "done"}}
    answer = listing.as_xlsx(Sample([row]), "样张")
    (_, cells) = load_workbook(BytesIO(answer.content)).active.iter_rows(max_row=2)
    assert [cell.value if not cell.is_date else cell.value.date() for cell in cells] == [
        "=甲",
        1090.5,
        1234,
        date(2024, 6, 3),
        "甲",
        "已办结",
    ]


def test_unknown_is_an_empty_cell() -> None:
    row = {"name": "甲", "amount": None, "persons": None, "on": None, "state": None, "clock": None}
    answer = listing.as_xlsx(Sample([row]), "样张")
    (_, cells) = load_workbook(BytesIO(answer.content)).active.iter_rows(max_row=2)
    assert [cell.value for cell in cells] == ["甲", None, None, None, None, None]
