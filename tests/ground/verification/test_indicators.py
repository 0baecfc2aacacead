"""Who was checked on entry, and what a full check brought: each figure is the number of its rows."""

from datetime import date

import pytest

from anmin.base.periods import HalfYear, Period
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.indicators import queries
from anmin.ground.verification.models import Hit, Inquiry, InquiryPerson
from tests.conftest import TODAY, Cast, County
from tests.small_register import SmallRegister
from tests.verification_stage import Stage

H1, H2 = HalfYear(2024, 1), HalfYear(2024, 2)
FULL = "assistance.verification.full.persons"
RECORDS = "assistance.verification.provincial.records"


def value(indicator: str, period: Period = H1, actor: Actor = SYSTEM) -> int | None:
    return queries.figure(actor, indicator, period).value


@pytest.fixture
def register() -> SmallRegister:
    return SmallRegister()


@pytest.mark.capability("SA-12")
def test_repeated_check_of_a_family_counts_once_with_its_last_number_of_persons(register: SmallRegister, county: County) -> None:
    home = register.family(county.liuqiao).household
    other = register.family(county.zoufeng).household
    register.check(home, 2, date(2024, 1, 10))
    register.check(home, 3, date(2024, 3, 10))
    register.check(home, 9, date(2024, 7, 1))
    register.check(other, 1, date(2024, 6, 30))
    register.check(other, 5, date(2024, 6, 30), purpose="assistance.dibao.review")
    checked = "assistance.verification.applications"
    assert (value(f"{checked}.households"), value(f"{checked}.persons")) == (2, 4)


@pytest.mark.capability("SA-12")
def test_an_application_for_any_benefit_is_checked_on_entry(register: SmallRegister, county: County) -> None:
    home = register.family(county.liuqiao).household
    other = register.family(county.zoufeng).household
    register.check(home, 2, date(2024, 1, 10), purpose="assistance.tekun.application")
    register.check(other, 1, date(2024, 2, 10), purpose="assistance.temporary.expenditure")
    checked = "assistance.verification.applications"
    assert (value(f"{checked}.households"), value(f"{checked}.persons")) == (2, 3)


def test_before_anything_was_asked_nothing_is_known(register: SmallRegister, county: County) -> None:
    assert (value("assistance.verification.applications.households"), value(FULL), value(RECORDS)) == (None, None, None)


@pytest.mark.capability("SA-13")
def test_a_full_check_counts_people_once_and_every_record_of_theirs(stage: Stage, county: County, cast: Cast) -> None:
    home = stage.family(stage.person("李国强"))
    hit = stage.found(home, "vehicles", stage.row(home.head, plate="苏F1"))
    inquiry = Inquiry.objects.get()
    other = stage.family(stage.person("周秀英"))
    for household in (home, other):
        InquiryPerson.objects.create(inquiry=inquiry, person=other.head, household=household, capacity="supporter")
    for row, tier in ((7, "B"), (8, "queue"), (9, "no")):
        again = {field.attname: getattr(hit, field.attname) for field in Hit._meta.concrete_fields if field.name != "id"}
        Hit.objects.create(**{**again, "row": row, "tier": tier})
    assert (value(FULL, H2), value(RECORDS, H2)) == (None, None)
    Inquiry.objects.update(occasion="full", done_on=TODAY)
    assert (value(FULL, H2), value(RECORDS, H2)) == (2, 3)
    assert (value(FULL, H1), value(RECORDS, H1)) == (None, None)
    assert value(RECORDS, H2, cast.clerk_next_door) == 0
    listed = queries.listing(cast.clerk, RECORDS, H2)
    assert [cell.shown for cell in listed[0]][:5] == ["李国强", home.head.identity_mask, "曲塘镇", "刘桥村", "机动车"]
