"""Letters and deliveries as they are looked up: where each stands, who sees it, who has yet to sign."""

from datetime import date

import pytest

from anmin.ground.people.models import HouseholdMember, Person, Supporter
from anmin.ground.verification import queries
from anmin.ground.verification.actions import Letter, receive_extract, record_consent, withdraw_consent
from anmin.ground.verification.models import Consent
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Capacity, ConsentState, Freshness
from tests.conftest import TODAY, Cast, County
from tests.small_register import SmallRegister

YEAR_AGO = date(2023, 7, 15)


def sign(cast: Cast, person: Person, signed_on: date = date(2024, 6, 1), **letter: object) -> Consent:
    return record_consent(
        letter=Letter(person=person, signed_on=signed_on, **letter),  # type: ignore[arg-type]  # whatever a test wants
        area=person.area,
        actor=cast.reviewer,
        on=TODAY,
    )


@pytest.fixture
def letters(county: County, cast: Cast) -> dict[str, Consent]:
    """One letter in each state, in 曲塘镇; one more next door."""
    register = SmallRegister()
    made = {
        "in_force": sign(cast, register.person(county.liuqiao)),
        "expiring": sign(cast, register.person(county.liuqiao), YEAR_AGO),
        "expired": sign(cast, register.person(county.sunzhuang), YEAR_AGO, valid_until=date(2024, 6, 30)),
        "withdrawn": sign(cast, register.person(county.liuqiao)),
        "next_door": sign(cast, register.person(county.zoufeng)),
    }
    gone = made["withdrawn"]
    withdraw_consent(consent=gone, reason="本人要求", area=gone.person.area, actor=cast.reviewer, on=TODAY)
    return made


def test_each_letter_stands_where_its_days_say(letters: dict[str, Consent], cast: Cast) -> None:
    found = {state: [each.pk for each in queries.consents(cast.reviewer, on=TODAY, state=state)] for state in ConsentState.values}
    assert found == {
        "in_force": [letters["next_door"].pk, letters["in_force"].pk],
        "expiring": [letters["expiring"].pk],
        "to_come": [],
        "expired": [letters["expired"].pk],
        "withdrawn": [letters["withdrawn"].pk],
    }
    assert {state.value: count for state, count in queries.counts_by_state(cast.reviewer, TODAY).items()} == {
        state: len(rows) for state, rows in found.items()
    }
    assert {each.state for each in queries.consents(cast.reviewer, on=TODAY, state="expiring")} == {"expiring"}


def test_letters_are_found_by_name_and_town_and_only_by_those_who_see_the_person(
    letters: dict[str, Consent], cast: Cast, county: County
) -> None:
    name = letters["expired"].person.name
    assert [each.pk for each in queries.consents(cast.clerk, on=TODAY, text=letters["expired"].person.identity_mask[-4:])] == [
        letters["expired"].pk
    ]
    assert name == queries.consents(cast.reviewer, on=TODAY, town=county.sunzhuang.path).get().person.name
    assert [each.pk for each in queries.consents(cast.clerk_next_door, on=TODAY)] == [letters["next_door"].pk]
    assert queries.consent(cast.clerk, letters["next_door"].pk, on=TODAY) is None


def test_supporter_who_lives_elsewhere_belongs_to_the_family(county: County, cast: Cast) -> None:
    """The clerk of the family sees the letter, and acts on it in the family's own place."""
    register = SmallRegister()
    held = register.family(county.liuqiao, 1)
    son = register.person(county.county)
    Supporter.objects.create(
        dependant=held.holder, obligor=son, duty="child", valid_from=date(2020, 1, 1), recorded_at="2024-01-01T00:00:00+08:00"
    )
    letter = sign(cast, son)
    assert queries.consents(cast.clerk, on=TODAY).get() == letter
    assert queries.area_to_act_in(cast.clerk, letter) == county.liuqiao
    assert queries.area_to_act_in(cast.reviewer, letter) == county.county
    assert not queries.consents(cast.clerk_next_door, on=TODAY).exists()


def test_who_of_a_family_has_yet_to_sign(county: County, cast: Cast) -> None:
    register = SmallRegister()
    held = register.family(county.liuqiao, 2)
    child = register.person(county.liuqiao)
    Person.objects.filter(pk=child.pk).update(birth_on=date(2006, 7, 2))
    for person, relation in ((held.holder, "head"), (child, "child")):
        HouseholdMember.objects.create(
            household=held.household, person=person, relation=relation, counted=True,
            valid_from=date(2020, 1, 1), recorded_at="2024-01-01T00:00:00+08:00",
        )  # fmt: skip
    sign(cast, held.holder, sources=("vehicles", "deposits"))
    sign(cast, held.holder, date(2024, 5, 1), sources=("deaths",))
    head, minor = queries.signatories(cast.clerk, held.household, TODAY)
    assert (head.capacity, head.is_minor, head.covered) == (Capacity.APPLICANT, False, {"vehicles", "deposits", "deaths"})
    assert head.letter is not None
    assert head.letter.valid_from == date(2024, 6, 1)
    assert (minor.person, minor.capacity, minor.is_minor, minor.letter) == (child, Capacity.MEMBER, True, None)
    assert len(head.missing) == len(SOURCES) - 3
    assert len(minor.missing) == len(SOURCES)


def test_sources_say_how_old_their_newest_delivery_is(cast: Cast, county: County) -> None:
    for source, as_of in (("vehicles", date(2024, 3, 31)), ("vehicles", date(2024, 4, 30)), ("deposits", date(2024, 5, 1))):
        receive_extract(
            source=source, department="", file_name=f"{as_of}.csv", as_of=as_of, actor=cast.reviewer, on=TODAY,
            content=f"姓名,公民身份号码,号牌号码,开户银行\n张三,320621197001010016,苏F{as_of},某行\n".encode(),
        )  # fmt: skip
    lines = {line.source.id: line for line in queries.source_lines(cast.leader, TODAY)}
    told = {
        name: (lines[name].freshness, lines[name].age_days, lines[name].deliveries) for name in ("vehicles", "deposits", "tax")
    }
    assert told == {
        "vehicles": (Freshness.FRESH, 62, 2),
        "deposits": (Freshness.STALE, 61, 1),
        "tax": (Freshness.NONE, None, 0),
    }
    assert [each.as_of for each in queries.extracts(cast.leader, source="vehicles")] == [date(2024, 4, 30), date(2024, 3, 31)]
