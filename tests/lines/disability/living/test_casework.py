"""The application for the living allowance, from the counter to the roll; and the review that ends one."""

from datetime import date

import pytest

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.actions import open_case, take_step
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement
from tests.conftest import Cast
from tests.single_persons import Counter, Village, approved, due, lines, refused

pytestmark = pytest.mark.capability("CD-02")

BENEFIT = "disability.living"
JUNE = date(2024, 6, 20)


@pytest.fixture
def counter(cast: Cast) -> Counter:
    return Counter(cast, BENEFIT)


def test_it_is_due_from_the_month_of_the_application(village: Village, counter: Counter, cast: Cast) -> None:
    person = village.alone(disability__kind="intellectual", disability__grade=1, income__fixed=0)
    counter.apply(person, JUNE)
    held = counter.to_reviewed(date(2024, 7, 3)) and counter.take("confirm", date(2024, 7, 4), cast.decision_maker)
    assert held.state == "granted"
    assert Entitlement.objects.get(case=held).valid_from == date(2024, 6, 1)
    roll = approved(cast, BENEFIT, "2024-07", date(2024, 7, 5))
    assert lines(roll) == [("2024-06", "back_pay", 82_000), ("2024-07", "regular", 82_000)]


def test_a_card_of_the_same_month_opens_that_month(village: Village, counter: Counter) -> None:
    person = village.alone(income__fixed=0)
    village.fact(person, "disability.kind", "visual", date(2024, 6, 18))
    village.fact(person, "disability.grade", 1, date(2024, 6, 18))
    held = counter.granted(person, JUNE)
    assert (held.valid_from, due(held, Month(2024, 6)), due(held, Month(2024, 7))) == (date(2024, 6, 1), 82_000, 82_000)


def test_a_family_registered_in_the_month_is_paid_for_it(village: Village, counter: Counter) -> None:
    person = village.person(disability__kind="physical", disability__grade=2, income__fixed=0)
    village.home(person, since=date(2024, 6, 17))
    held = counter.granted(person, JUNE)
    assert due(held, Month(2024, 6)) == 82_000


def test_the_town_cannot_agree_where_the_rules_say_no(village: Village, counter: Counter, cast: Cast) -> None:
    person = village.alone(disability__kind="physical", disability__grade=2, income__fixed=1)
    counter.apply(person, JUNE)
    counter.take("accept", JUNE, cast.clerk)
    said = refused(lambda: counter.take("examine", JUNE, cast.clerk, {"opinion": "grant"}))
    assert said.startswith("按现行规则测算不符合残疾人生活补贴条件，不能同意。")


def test_what_is_not_known_must_be_recorded_first(village: Village, counter: Counter, cast: Cast) -> None:
    person = village.alone(disability__kind="physical", disability__grade=2)
    counter.apply(person, JUNE)
    counter.take("accept", JUNE, cast.clerk)
    said = refused(lambda: counter.take("examine", JUNE, cast.clerk, {"opinion": "grant"}))
    assert said == (
        "现有事实不足，规则暂不能认定，请补录后再办理。"
        f"2024年6月：{person.name}：目前还不能认定困难残疾人生活补贴。{person.name}的“有固定收入”尚未掌握，请补充。"
    )


def test_a_guardian_applies_for_the_child_that_is_disabled(village: Village, counter: Counter) -> None:
    father, child = (
        village.person(date(1985, 1, 1)),
        village.person(date(2016, 1, 1), disability__kind="mental", disability__grade=2, income__fixed=0),
    )
    village.home(father, child, relations=("head", "child"))
    held = counter.granted(child, JUNE, applicant=father, beneficiary=[child.pk], payee=[father.pk])
    assert (held.holder, held.payee, due(held, Month(2024, 6))) == (child, father, 82_000)


def test_nobody_holds_it_twice(village: Village, counter: Counter) -> None:
    person = village.alone(disability__kind="visual", disability__grade=1, income__fixed=0)
    held = counter.granted(person, JUNE)
    assert refused(lambda: counter.apply(person, JUNE)) == f"{person.name}已在享残疾人生活补贴（{held.number}），不能重复申请。"


def test_a_review_stops_it_and_takes_back_what_was_paid_beyond(village: Village, cast: Cast) -> None:
    person = village.alone(disability__kind="visual", disability__grade=1, income__fixed=0)
    held = village.hold(BENEFIT, person, date(2024, 4, 1))
    approved(cast, BENEFIT, "2024-05", date(2024, 5, 6))
    case = _review(held, cast)
    held.refresh_from_db()
    assert (case.state, held.valid_until, held.end_reason) == ("stopped", date(2024, 4, 30), "moved")
    roll = approved(cast, BENEFIT, "2024-06", date(2024, 6, 5))
    assert lines(roll) == [("2024-05", "recovery", -82_000)]


def _review(held: Entitlement, cast: Cast) -> Case:
    day = date(2024, 5, 20)
    case = open_case(
        kind=f"{BENEFIT}.review", household=held.household, applicant=held.holder, entitlement=held,
        data={"reason": "户籍迁出"}, actor=cast.clerk, on=day,
    )  # fmt: skip
    steps: tuple[tuple[str, Actor, dict[str, str]], ...] = (
        ("propose", cast.clerk, {"end_reason": "moved", "last_month_day": "2024-04-20", "explanation": "4月15日迁出户籍"}),
        ("tell_family", cast.clerk, {"told_on": "2024-05-20"}),
        ("stop", cast.decision_maker, {}),
    )
    for step, actor, data in steps:
        case = take_step(case=case, step=step, data=data, actor=actor, on=day)
    return case
