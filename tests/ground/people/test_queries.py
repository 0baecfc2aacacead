"""People are found by whatever is at hand; a clerk next door finds nothing; a page asks the same however much is known."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.people import queries
from anmin.ground.people.actions import (
    add_member,
    add_supporter,
    change_person,
    correct_fact,
    record_death,
    record_fact,
    register_person,
)
from tests.conftest import TODAY, Cast, County
from tests.ground.people.conftest import LI, OPENED, ZHANG, Family


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张建国", ["张建国"]),
        ("建国", ["张建国"]),
        ("張", ["张小军", "张建国"]),
        (ZHANG[-4:], ["张建国"]),
        ("zjg", ["张建国"]),
        ("ZX", ["张小军"]),
        (ZHANG, ["张建国"]),
        (f"张{ZHANG[-4:]}", ["张建国"]),
        (f"张建国 {ZHANG[-4:]}", ["张建国"]),
        (f"李 {ZHANG[-4:]}", []),
        ("0513-80000000", ["李秀英"]),
        ("320699190101010014", []),
        ("", []),
        ("z", []),
        ("%", []),
    ],
)
def test_search_finds_persons(family: Family, cast: Cast, text: str, names: list[str]) -> None:
    change_person(person=family.li, phone="0513-80000000", actor=cast.clerk, on=TODAY)

    assert sorted(person.name for person in queries.search(cast.clerk, text).persons) == sorted(names)


def test_search_finds_households_by_number(family: Family, cast: Cast) -> None:
    assert queries.search(cast.clerk, "lq00").households == [family.home]


@pytest.mark.parametrize("text", ["张建国", ZHANG, "zjg", "LQ001"])
def test_search_shows_nothing_to_a_clerk_next_door(family: Family, cast: Cast, text: str) -> None:
    assert not queries.search(cast.clerk_next_door, text)


def test_search_says_when_there_is_more(cast: Cast, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SHOWN_AT_MOST", 1)
    for name in ("赵一", "赵二"):
        register_person(
            name=name,
            identity_number=None,
            birth_on=date(1990, 1, 1),
            sex="male",
            hukou_kind="rural",
            area=county.liuqiao,
            actor=cast.clerk,
            on=TODAY,
        )
    found = queries.search(cast.clerk, "赵")

    assert (len(found.persons), found.more) == (1, True)


def tell(family: Family, cast: Cast, many: int) -> None:
    """`many` supporters, facts of history and members."""
    kinds = ("income.wage", "income.pension", "assets.financial")
    for place in range(many):
        record_fact(
            person=family.zhang,
            kind=kinds[place],
            value=100,
            valid_from=date(2024, 1, 1),
            source="申报",
            actor=cast.clerk,
            on=TODAY,
        )
        obligor = register_person(
            name="张小" + "红蓝绿"[place],
            identity_number=None,
            birth_on=date(1990, 1, 1),
            sex="male",
            hukou_kind="rural",
            area=family.zhang.area,
            actor=cast.clerk,
            on=TODAY,
        )
        add_supporter(
            dependant=family.zhang,
            obligor=obligor,
            duty="maintain_parent",
            valid_from=OPENED,
            actor=cast.clerk,
            on=TODAY,
        )
        add_member(
            household=family.home,
            person=obligor,
            relation="child",
            valid_from=date(2024, 1, 1),
            actor=cast.clerk,
            on=TODAY,
        )


def asked(run: object) -> int:
    with CaptureQueriesContext(connection) as counted:
        run()  # type: ignore[operator]  # any callable
    return len(counted)


def look_at_person(family: Family, cast: Cast) -> None:
    page = queries.person(cast.clerk, family.zhang.pk, on=TODAY)
    assert page is not None
    str(page.person.area.parent)
    for member in page.memberships:
        str(member.household.area)
    for row in (*page.supporters, *page.dependants):
        str((row.obligor.area, row.dependant.area))
    for group in page.facts:
        for fact in (*group.in_force, *group.history):
            str((fact.words, fact.row.batch))


def look_at_household(family: Family, cast: Cast) -> None:
    page = queries.household(cast.clerk, family.home.pk, on=TODAY)
    assert page is not None
    str((page.household.area.parent, page.household.head, page.counted))
    for line in page.members:
        str((line.member.person.area, [row.obligor.area for row in line.supporters]))


@pytest.mark.parametrize("many", [1, 3])
def test_person_asks_five_questions_however_much_is_known(family: Family, cast: Cast, many: int) -> None:
    tell(family, cast, many)

    assert asked(lambda: look_at_person(family, cast)) == 5


@pytest.mark.parametrize("many", [1, 3])
def test_household_asks_four_questions_however_many_live_there(family: Family, cast: Cast, many: int) -> None:
    tell(family, cast, many)

    assert asked(lambda: look_at_household(family, cast)) == 4


def test_search_asks_two_questions(family: Family, cast: Cast) -> None:
    assert asked(lambda: str(queries.search(cast.clerk, "LQ001").households[0].area.parent)) == 2


def test_person_shows_facts_by_group_with_both_times_and_history(family: Family, cast: Cast) -> None:
    fact = record_fact(
        person=family.zhang,
        kind="income.wage",
        value=150_000,
        valid_from=date(2024, 1, 1),
        source="申报",
        actor=cast.clerk,
        on=date(2024, 6, 1),
    )
    correct_fact(fact=fact, value=120_000, source="核对", actor=cast.clerk, on=TODAY)
    page = queries.person(cast.clerk, family.zhang.pk, on=TODAY)
    assert page is not None
    (group,) = page.facts

    assert (
        group.label,
        [(known.words, known.source, known.is_current) for known in group.in_force],
        [(known.words, known.source, known.superseded_at is None) for known in group.history],
    ) == ("收入（月）", [("1,200.00 元", "核对", True)], [("1,500.00 元", "申报", False)])


def test_person_knows_the_household_of_the_day(family: Family, cast: Cast) -> None:
    record_death(person=family.li, died_on=date(2024, 5, 15), source="殡仪馆", actor=cast.clerk, on=TODAY)
    before, after = (queries.person(cast.clerk, family.li.pk, on=day) for day in (date(2024, 5, 1), TODAY))
    assert before is not None
    assert after is not None

    assert (before.household, after.household) == (family.home, None)


def test_person_tells_a_clerk_of_no_dependant_next_door(family: Family, cast: Cast) -> None:
    for dependant, clerk in ((family.zhang, cast.clerk), (family.wang, cast.clerk_next_door)):
        add_supporter(dependant=dependant, obligor=family.son, duty="maintain_parent", valid_from=OPENED, actor=clerk, on=TODAY)

    told = {}
    for who in ("clerk", "reviewer"):
        page = queries.person(getattr(cast, who), family.son.pk, on=TODAY)
        told[who] = {each.dependant.name for each in page.dependants} if page else None
    assert told == {"clerk": {"张建国"}, "reviewer": {"张建国", "王老五"}}


def test_person_never_carries_what_is_encrypted(family: Family, cast: Cast) -> None:
    page = queries.person(cast.clerk, family.zhang.pk)
    assert page is not None

    assert page.person.get_deferred_fields() == {"identity_cipher", "bank_account_cipher"}


def test_pages_show_nothing_to_a_clerk_next_door(family: Family, cast: Cast) -> None:
    stranger = cast.clerk_next_door

    assert (
        queries.person(stranger, family.zhang.pk),
        queries.household(stranger, family.home.pk),
        queries.household_by_number(stranger, "LQ001"),
        queries.person_by_identity_number(stranger, ZHANG),
        queries.counted_members(stranger, family.home, TODAY),
    ) == (None, None, None, None, [])


def test_household_shows_who_was_in_it(family: Family, cast: Cast) -> None:
    record_death(person=family.li, died_on=date(2024, 5, 15), source="殡仪馆", actor=cast.clerk, on=TODAY)
    page = queries.household(cast.clerk, family.home.pk, on=TODAY)
    assert page is not None

    assert ([line.member.person for line in page.members], [row.person for row in page.former], page.counted) == (
        [family.zhang],
        [family.li],
        1,
    )


def test_households_are_those_open_on_a_day(family: Family, cast: Cast) -> None:
    assert [queries.households(cast.clerk, on=day).count() for day in (date(2019, 12, 31), TODAY)] == [0, 1]


def test_counted_members_begin_with_the_head(family: Family, cast: Cast) -> None:
    assert queries.counted_members(cast.clerk, family.home, TODAY) == [family.zhang, family.li]


def test_person_by_identity_number_finds_and_refuses(family: Family, cast: Cast) -> None:
    assert queries.person_by_identity_number(SYSTEM, LI) == family.li
    with pytest.raises(BadValue, match=r"校验码"):
        queries.person_by_identity_number(SYSTEM, "320699190101010014")
