"""The dibao register, one entitlement, and the reasons of its amount, in the browser."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.models import HouseholdMember
from tests.conftest import TODAY, Cast, County
from tests.small_register import SmallRegister
from tests.web.signed_in import browser_of


def _held_in(area: Any) -> Entitlement:
    return Entitlement.objects.get(area=area)


@pytest.mark.capability("SA-01")
def test_clerk_lists_the_own_town(cast: Cast, three_families: SmallRegister) -> None:
    askers = (cast.leader, cast.clerk, cast.clerk_next_door)
    sizes = [len(browser_of(actor).get("/benefits/assistance.dibao").context["table"].rows) for actor in askers]
    assert sizes == [3, 2, 1]


def test_export_holds_the_rows_of_the_list(cast: Cast, three_families: SmallRegister) -> None:
    answer = browser_of(cast.clerk).get("/benefits/assistance.dibao?export=xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][0], len(rows)) == ("户主（持证人）", 3)
    assert {row[4] for row in rows[1:]} == {"整户保"}


def test_entitlement_next_door_is_not_there(cast: Cast, county: County, three_families: SmallRegister) -> None:
    held = _held_in(county.zoufeng)
    addresses = (
        f"/entitlements/{held.pk}",
        f"/benefits/assistance.dibao/{held.pk}",
        f"/benefits/assistance.dibao/why?household={held.household_id}",
        f"/benefits/assistance.dibao/why?person={held.holder_id}",
        f"/benefits/assistance.dibao/why?entitlement={held.pk}",
        "/benefits/assistance.dibao/why",
    )
    assert [browser_of(cast.clerk).get(address).status_code for address in addresses] == [404] * len(addresses)


def test_entitlement_names_who_is_covered(cast: Cast, county: County, three_families: SmallRegister) -> None:
    answer = browser_of(cast.clerk).get(f"/benefits/assistance.dibao/{_held_in(county.liuqiao).pk}")
    assert len(answer.context["members"]) == 2


@pytest.mark.capability("SA-01")
def test_reasons_say_what_is_missing_rather_than_a_number(cast: Cast, county: County, three_families: SmallRegister) -> None:
    held = _held_in(county.liuqiao)
    for place, covered in enumerate(held.members.all()):
        HouseholdMember.objects.create(
            household=held.household,
            person=covered.person,
            relation="spouse" if place else "head",
            counted=True,
            valid_from=held.valid_from,
            recorded_at=clock.instant(held.valid_from),
        )
    answer = browser_of(cast.clerk).get(f"/benefits/assistance.dibao/why?entitlement={held.pk}&month=2024-05")
    made = answer.context["made"]
    assert (answer.context["outcome"], made.amount_fen) == ("无法认定", None)
    assert "工资性收入" in {each.label for each in made.lacking}


def test_month_that_is_none_is_told(cast: Cast, county: County, three_families: SmallRegister) -> None:
    held = _held_in(county.liuqiao)
    answer = browser_of(cast.clerk).get(f"/benefits/assistance.dibao/why?household={held.household_id}&month=1999-01")
    assert answer.status_code == 400
    assert "1999" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/benefits",
        "/low-income",
        "/benefits/assistance.dibao",
        "/benefits/assistance.dibao/{id}",
        "/benefits/assistance.dibao/why?household={household}",
        "/benefits/assistance.dibao/why?entitlement={id}",
    ],
)
def test_pages_ask_few_questions(
    cast: Cast, county: County, three_families: SmallRegister, django_assert_max_num_queries: Callable[[int], Any], address: str
) -> None:
    held = _held_in(county.liuqiao)
    browser = browser_of(cast.clerk)
    with django_assert_max_num_queries(20):
        assert browser.get(address.format(id=held.pk, household=held.household_id)).status_code == 200


def test_entitlement_offers_its_review_to_whoever_may_begin_it(cast: Cast, county: County, three_families: SmallRegister) -> None:
    held = _held_in(county.liuqiao)
    said = [f"/cases/review/{held.pk}" in _page_of(actor, held) for actor in (cast.clerk, cast.cashier, cast.leader)]
    assert said == [True, False, False]


def test_entitlement_leads_to_the_review_under_way_instead_of_a_second(
    cast: Cast, county: County, three_families: SmallRegister
) -> None:
    held = _held_in(county.liuqiao)
    browser_of(cast.clerk).post(f"/cases/review/{held.pk}", {"open-occasion": "periodic", "open-report": "到期。"})
    case = Case.objects.get()
    page = _page_of(cast.clerk, held)
    assert (f"/cases/review/{held.pk}" in page, f"/cases/{case.number}" in page) == (False, True)


def _page_of(actor: Actor, held: Entitlement) -> str:
    return browser_of(actor).get(f"/benefits/assistance.dibao/{held.pk}").content.decode()


def test_register_finds_whose_review_is_due(cast: Cast, county: County, three_families: SmallRegister) -> None:
    days = {county.liuqiao: TODAY - timedelta(days=1), county.sunzhuang: TODAY, county.zoufeng: TODAY + timedelta(days=31)}
    for area, day in days.items():
        Entitlement.objects.filter(area=area).update(review_due_on=day)
    found = [
        len(browser_of(cast.leader).get(f"/benefits/assistance.dibao?review={each}").context["table"].rows)
        for each in ("overdue", "soon", "")
    ]
    assert found == [1, 2, 3]
