"""The figures every benefit has, of one held by persons: stock by route, entries and exits by reason, money."""

from datetime import date

import pytest

from anmin.base.periods import HalfYear, Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.indicators import Words
from anmin.ground.entitlements.vocabulary import EndReason, StartReason
from anmin.ground.indicators.declarations import Indicator, Window
from anmin.ground.indicators.measures import answers
from anmin.ground.payments.indicators import benefit_indicators
from tests.conftest import County
from tests.small_register import SmallRegister

pytestmark = [pytest.mark.capability("EC-13"), pytest.mark.django_db]

ALLOWANCE = "eldercare.trial"
FIGURES = benefit_indicators(
    ALLOWANCE, "高龄津贴", routes={"eighty": "80周岁", "ninety": "90周岁"}, words=Words("高龄津贴", money="津贴", basis="办法")
)
BY_ID: dict[str, Indicator] = {each.id: each for each in FIGURES.indicators}
H1 = Window.of(HalfYear(2024, 1))


@pytest.fixture
def register() -> SmallRegister:
    return SmallRegister(benefit=ALLOWANCE)


def value(id: str, window: Window = H1) -> int | None:
    indicator = BY_ID[id]
    assert indicator.rows is not None
    assert indicator.measure is not None
    return indicator.measure.value(answers(indicator.measure.selects(indicator.rows(SYSTEM, window))))


def test_persons_are_counted_by_route_and_together(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao, route="eighty")
    register.family(county.zoufeng, route="eighty")
    register.family(county.zoufeng, route="ninety")
    register.family(county.zoufeng, route="ninety", until=date(2024, 5, 31))
    stocks = ["persons", "eighty.persons", "ninety.persons"]
    assert [value(f"{ALLOWANCE}.{each}") for each in stocks] == [3, 2, 1]


def test_opening_and_entries_less_exits_is_closing(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao, route="eighty")
    register.family(county.liuqiao, route="eighty", since=date(2024, 2, 1))
    register.family(county.liuqiao, route="eighty", until=date(2024, 3, 31), reason=EndReason.DIED)
    (account,) = FIGURES.balances
    opening = value(account.stock, Window.of(Month(2023, 12)))
    assert (opening, value(account.entries), value(account.exits), value(account.stock)) == (2, 1, 1, 2)


def test_who_grows_into_the_next_band_neither_came_nor_left(register: SmallRegister, county: County) -> None:
    before = register.family(county.liuqiao, route="eighty", until=date(2024, 3, 31), reason=EndReason.OTHER)
    register.family(county.liuqiao, route="ninety", since=date(2024, 4, 1), household=before.household, members=[before.holder])
    assert (value("eldercare.intake.trial.persons"), value("eldercare.removal.trial.persons")) == (0, 0)


def test_entries_and_exits_by_reason_are_parts_of_the_whole(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao, since=date(2024, 2, 1))
    register.family(county.liuqiao, until=date(2024, 2, 29), reason=EndReason.MOVED)
    came, left = "eldercare.intake.trial.persons", "eldercare.removal.trial.persons"
    assert (value(f"{came}.{StartReason.NEW.value}"), value(f"{left}.{EndReason.MOVED.value}")) == (1, 1)
    assert (BY_ID[f"{came}.new"].part_of, BY_ID[f"{left}.moved"].part_of) == (came, left)


def test_money_is_what_was_paid_due_by_head_and_late(register: SmallRegister, county: County) -> None:
    one, other = register.family(county.liuqiao), register.family(county.zoufeng)
    roll = register.roll("2024-06")
    register.pay(roll, one, 5_000)
    register.pay(roll, other, 10_000, state="failed")
    register.late(roll, other, "2024-05", 10_000)
    register.late(roll, one, "2024-05", -2_500)
    register.approve(roll)
    money = ["funds", "paid_months", "average", "back_pay", "recoveries"]
    assert [value(f"{ALLOWANCE}.{each}") for each in money] == [5_000, 1, 7_500, 10_000, 2_500]


def test_a_benefit_without_money_has_no_figures_of_money() -> None:
    made = benefit_indicators("assistance.trial", "试行认定", households=True, cash=False, exit_reasons=(), entry_reasons=())
    assert [each.id for each in made.indicators] == [
        "assistance.trial.households",
        "assistance.trial.persons",
        "assistance.intake.trial.households",
        "assistance.removal.trial.households",
        "assistance.intake.trial.persons",
        "assistance.removal.trial.persons",
    ]


def test_definitions_say_what_is_counted() -> None:
    assert BY_ID[f"{ALLOWANCE}.persons"].definition == "期末当日享受高龄津贴的人数；以在享名册为准，暂停发放的计入。"
    assert BY_ID[f"{ALLOWANCE}.eighty.persons"].definition == "高龄津贴人数中，保障方式为“80周岁”的人数。"
