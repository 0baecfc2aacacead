"""A group that is entitled at once: admitted by a list, paid from the month the rule began, counted apart from its arrears."""

from datetime import date

import pytest

from anmin.base.periods import HalfYear, Month
from anmin.ground.entitlements.actions import decide_group
from anmin.ground.entitlements.models import Entitlement, GroupDecision
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.indicators.declarations import Window
from tests.conftest import Cast
from tests.single_persons import Counter, Village, approved, due, figure, lines

pytestmark = pytest.mark.capability("CD-01")

BENEFIT = "disability.nursing"
H1 = Window.of(HalfYear(2024, 1))
ADMITTED = ("disability.nursing.admitted.persons", "disability.nursing.admitted.with_arrears.persons")


def proposed(village: Village, cast: Cast, first: str, *people: object) -> ImportBatch:
    rows = "\n".join(f"{village.identity(each)},{first}" for each in people)  # type: ignore[arg-type]  # persons
    return import_file(
        form=f"{BENEFIT}.grants", path=f"身份证号,起始月份\n{rows}".encode("utf-8-sig"), name="名单.csv", actor=cast.reviewer,
        on=date(2024, 3, 4),
    )  # fmt: skip


def test_a_group_is_paid_from_the_month_the_rule_reached_it(village: Village, cast: Cast) -> None:
    people = [village.alone(disability__kind="visual", disability__grade=grade) for grade in (1, 2)]
    batch = proposed(village, cast, "2023-11-01", *people)
    assert not batch.is_refused, batch.problems
    decide_group(group=GroupDecision.objects.get(), actor=cast.decision_maker, on=date(2024, 3, 6))
    roll = approved(cast, BENEFIT, "2024-03", date(2024, 3, 8))
    months = [(month, "back_pay", 9_000) for month in ("2023-11", "2023-12", "2024-01", "2024-02")]
    assert lines(roll) == [*months, ("2024-03", "regular", 9_000)] * 2


def test_nobody_is_admitted_before_the_rule_began(village: Village, cast: Cast) -> None:
    person = village.alone(disability__kind="visual", disability__grade=1)
    proposed(village, cast, "2022-11-01", person)
    line = GroupDecision.objects.get().lines.get()
    assert (line.outcome, line.amount) == ("not_eligible", None)


def test_new_persons_and_those_with_arrears_are_counted_by_the_decision(village: Village, cast: Cast) -> None:
    people = [village.alone(disability__kind="visual", disability__grade=1) for _ in range(2)]
    proposed(village, cast, "2023-11-01", *people)
    decide_group(group=GroupDecision.objects.get(), actor=cast.decision_maker, on=date(2024, 3, 6))
    Counter(cast, BENEFIT).granted(village.alone(disability__kind="mental", disability__grade=2), date(2024, 3, 6))
    village.hold(BENEFIT, village.alone(disability__kind="mental", disability__grade=2), date(2023, 6, 1))
    roll = approved(cast, BENEFIT, "2024-03", date(2024, 3, 8))
    assert roll.lines.count() == 2 * 5 + 1 + 10
    assert [figure(each, H1) for each in ADMITTED] == [3, 2]
    assert figure("disability.nursing.admitted.arrears.funds", H1) == 2 * 4 * 9_000


def test_urban_and_rural_rates_follow_the_persons_hukou(village: Village) -> None:
    town = village.person(hukou="urban", disability__kind="visual", disability__grade=1)
    country = village.person(hukou="rural", disability__kind="visual", disability__grade=1)
    village.home(town, country)
    held = [village.hold(BENEFIT, each, date(2024, 3, 1)) for each in (town, country)]
    assert [due(each, Month(2024, 3)) for each in held] == [13_000, 9_000]


def test_a_better_grade_in_the_month_of_the_application_counts_at_once(village: Village, cast: Cast) -> None:
    person = village.alone()
    village.fact(person, "disability.kind", "physical")
    village.fact(person, "disability.grade", 3, until=date(2024, 6, 9))
    village.fact(person, "disability.grade", 2, date(2024, 6, 10))
    held = Counter(cast, BENEFIT).granted(person, date(2024, 6, 12))
    assert (Entitlement.objects.count(), held.valid_from, due(held, Month(2024, 6))) == (1, date(2024, 6, 1), 9_000)
