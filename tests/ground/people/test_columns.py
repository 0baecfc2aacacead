"""Households in columns are what the rows say, on a day, as known then or now, in a fixed number of questions."""

from datetime import date

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.clock import instant
from anmin.ground.people.actions import (
    add_member,
    add_supporter,
    correct_fact,
    open_household,
    record_death,
    record_fact,
    register_person,
)
from anmin.ground.people.columns import CODES, UNKNOWN, PeopleColumns, load
from tests.conftest import TODAY, Cast, County
from tests.ground.people.conftest import OPENED, Family

JUNE = date(2024, 6, 1)


def test_load_sorts_members_by_household_head_first(family: Family, cast: Cast, county: County) -> None:
    other = open_household(
        head=family.wang,
        area=county.zoufeng,
        hukou_kind="urban",
        opened_on=OPENED,
        actor=cast.reviewer,
        on=TODAY,
    )
    columns = load([other.pk, family.home.pk], on=JUNE)

    assert (columns.household_ids.tolist(), columns.person_offsets.tolist(), columns.person_ids.tolist()) == (
        [other.pk, family.home.pk],
        [0, 1, 3],
        [family.wang.pk, family.zhang.pk, family.li.pk],
    )


def test_load_tells_who_the_members_are(family: Family, cast: Cast) -> None:
    add_member(
        household=family.home,
        person=family.son,
        relation="child",
        counted=False,
        absence="conscript",
        same_hukou=False,
        valid_from=date(2024, 1, 1),
        actor=cast.clerk,
        on=TODAY,
    )
    columns = load([family.home.pk], on=JUNE)

    assert (
        columns.birth_on.tolist(),
        columns.sex.tolist(),
        columns.relation.tolist(),
        columns.same_hukou.tolist(),
        columns.counted.tolist(),
        columns.absence.tolist(),
        columns.household_area.tolist(),
    ) == (
        [19550312, 19570806, 19850504],
        [CODES["sex"]["male"], CODES["sex"]["female"], CODES["sex"]["male"]],
        [CODES["relation"]["head"], CODES["relation"]["spouse"], CODES["relation"]["child"]],
        [1, 1, 0],
        [1, 1, 0],
        [CODES["absence"][""], CODES["absence"][""], CODES["absence"]["conscript"]],
        [family.home.area_id],
    )


def test_load_tells_facts_and_what_is_not_known(family: Family, cast: Cast) -> None:
    for kind, value in (("income.wage", 150_000), ("illness.severe", False), ("disability.kind", "mental")):
        record_fact(
            person=family.li,
            kind=kind,
            value=value,
            valid_from=date(2024, 1, 1),
            source="申报",
            actor=cast.clerk,
            on=TODAY,
        )
    facts = load([family.home.pk], on=JUNE).facts

    assert {kind: facts[kind].tolist() for kind in ("income.wage", "illness.severe", "disability.kind", "work.status")} == {
        "income.wage": [UNKNOWN, 150_000],
        "illness.severe": [UNKNOWN, 0],
        "disability.kind": [UNKNOWN, CODES["disability.kind"]["mental"]],
        "work.status": [UNKNOWN, UNKNOWN],
    }


def test_load_takes_code_lists_of_the_caller(family: Family, cast: Cast) -> None:
    record_fact(
        person=family.li,
        kind="work.status",
        value="retired",
        valid_from=date(2024, 1, 1),
        source="申报",
        actor=cast.clerk,
        on=TODAY,
    )
    columns = load(
        [family.home.pk],
        on=JUNE,
        codes={"work.status": {"retired": 77}, "relation": {"spouse": 9}, "absence": {"none": 0}},
    )

    assert (columns.facts["work.status"].tolist(), columns.relation.tolist(), columns.absence.tolist()) == (
        [UNKNOWN, 77],
        [UNKNOWN, 9],
        [0, 0],
    )


def test_load_gives_the_rows_behind_the_facts(family: Family, cast: Cast) -> None:
    fact = record_fact(
        person=family.zhang,
        kind="income.wage",
        value=1,
        valid_from=date(2024, 1, 1),
        source="申报",
        actor=cast.clerk,
        on=TODAY,
    )
    columns = load([family.home.pk], on=JUNE, with_fact_ids=True)

    assert columns.fact_ids["income.wage"].tolist() == [fact.pk, UNKNOWN]


def wages(family: Family, on: date, known_on: date | None = None) -> list[int]:
    known_at = None if known_on is None else instant(known_on)
    return load([family.home.pk], on=on, known_at=known_at).facts["income.wage"].tolist()


def test_load_is_of_the_day_and_of_what_was_known(family: Family, cast: Cast) -> None:
    fact = record_fact(
        person=family.zhang,
        kind="income.wage",
        value=150_000,
        valid_from=date(2024, 3, 1),
        source="申报",
        actor=cast.clerk,
        on=TODAY,
    )
    correct_fact(fact=fact, value=90_000, source="核对", actor=cast.clerk, on=date(2024, 8, 5))
    on = date(2024, 3, 1)

    assert [
        wages(family, date(2024, 2, 29))[0],
        wages(family, on)[0],
        wages(family, on, date(2024, 8, 4))[0],
        wages(family, on, date(2024, 8, 5))[0],
    ] == [UNKNOWN, 90_000, 150_000, 90_000]


def test_load_before_anything_was_known_is_empty(family: Family) -> None:
    columns = load([family.home.pk], on=JUNE, known_at=instant(date(2024, 6, 30)))

    assert (columns.person_offsets.tolist(), columns.person_ids.tolist()) == ([0, 0], [])


def test_load_forgets_the_dead_only_from_the_day_after(family: Family, cast: Cast) -> None:
    record_death(person=family.li, died_on=date(2024, 5, 15), source="殡仪馆", actor=cast.clerk, on=date(2024, 8, 1))

    assert [
        len(load([family.home.pk], on=day, known_at=at).person_ids)
        for day, at in (
            (date(2024, 5, 15), None),
            (JUNE, None),
            (JUNE, instant(date(2024, 7, 31))),
        )
    ] == [2, 1, 2]


def owing(family: Family, cast: Cast, county: County) -> PeopleColumns:
    daughter = register_person(
        name="张小红",
        identity_number=None,
        birth_on=date(1990, 1, 1),
        sex="female",
        hukou_kind="",
        area=county.county,
        actor=cast.reviewer,
        on=TODAY,
    )
    for dependant, obligor, income in (
        (family.li, family.son, 600_000),
        (family.li, daughter, None),
        (family.zhang, daughter, 5),
    ):
        add_supporter(
            dependant=dependant,
            obligor=obligor,
            duty="maintain_parent",
            household_income=income,
            household_size=3,
            valid_from=date(2024, 1, 1),
            actor=cast.clerk,
            on=TODAY,
        )
    return load([family.home.pk], on=JUNE)


def test_load_sorts_supporters_by_member(family: Family, cast: Cast, county: County) -> None:
    columns = owing(family, cast, county)

    assert (columns.supporter_offsets.tolist(), columns.supporter_income.tolist(), columns.supporter_members.tolist()) == (
        [0, 1, 3],
        [5, 600_000, UNKNOWN],
        [3, 3, 3],
    )


def test_load_gives_a_person_of_two_households_to_both(family: Family, cast: Cast, county: County) -> None:
    owing(family, cast, county)
    other = open_household(
        head=family.wang,
        area=county.zoufeng,
        hukou_kind="urban",
        opened_on=OPENED,
        actor=cast.reviewer,
        on=TODAY,
    )
    add_member(
        household=other,
        person=family.li,
        relation="other",
        counted=False,
        absence="independent",
        valid_from=OPENED,
        actor=cast.reviewer,
        on=TODAY,
    )
    columns = load(on=JUNE)

    assert (columns.person_ids.tolist(), columns.supporter_offsets.tolist(), columns.supporter_income.tolist()) == (
        [family.zhang.pk, family.li.pk, family.wang.pk, family.li.pk],
        [0, 1, 3, 3, 5],
        [5, 600_000, UNKNOWN, 600_000, UNKNOWN],
    )


def test_load_of_no_household_is_empty(db: None) -> None:
    columns = load(on=JUNE)
    wages_of_nobody = columns.facts["income.wage"].tolist()

    assert (columns.person_offsets.tolist(), columns.supporter_offsets.tolist(), wages_of_nobody) == ([0], [0], [])


def test_load_of_unknown_households_leaves_them_out(family: Family) -> None:
    assert load([family.home.pk + 1, family.home.pk], on=JUNE).household_ids.tolist() == [family.home.pk]


@pytest.mark.parametrize("households", [1, 3])
def test_load_asks_four_questions(family: Family, cast: Cast, county: County, households: int) -> None:
    for head in (family.son, family.wang)[: households - 1]:
        open_household(head=head, area=county.zoufeng, hukou_kind="urban", opened_on=OPENED, actor=cast.reviewer, on=TODAY)
    with CaptureQueriesContext(connection) as counted:
        columns = load(on=JUNE)

    assert (len(columns.household_ids), len(counted)) == (households, 4)


def test_load_gives_whole_numbers_of_sixty_four_bits(family: Family) -> None:
    columns = load([family.home.pk], on=JUNE)

    assert {columns.birth_on.dtype, columns.facts["income.wage"].dtype, columns.person_offsets.dtype} == {np.dtype(np.int64)}
