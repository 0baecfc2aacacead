"""The pages of a benefit that persons hold: overview, register, one entitlement and what may be done, reasons; the layers."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import Entitlement, Suspension
from anmin.ground.people.actions import record_death
from anmin.ground.people.models import Household, HouseholdMember
from tests.conftest import Cast, County
from tests.small_register import SmallRegister
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("EC-13")

NURSING = "disability.nursing"
HERE = f"/benefits/{NURSING}"


@pytest.fixture
def held(county: County) -> Entitlement:
    """Somebody of 刘桥村 who holds the nursing subsidy and was paid for June, with somebody else of the family."""
    register = SmallRegister(benefit=NURSING)
    made = register.family(county.liuqiao, route="person")
    other = register.person(county.liuqiao)
    for person, relation in ((made.holder, "head"), (other, "spouse")):
        HouseholdMember.objects.create(
            household=made.household,
            person=person,
            relation=relation,
            counted=True,
            valid_from=made.valid_from,
            recorded_at="2022-03-01T12:00:00+08:00",
        )
    roll = register.roll("2024-06")
    register.pay(roll, made, 13_000, route=1)
    register.approve(roll)
    return made


def test_overview_counts_holders_and_money_in_sight(held: Entitlement, cast: Cast, county: County) -> None:
    SmallRegister().family(county.zoufeng, 2)
    seen = []
    for actor in (cast.leader, cast.clerk, cast.clerk_next_door):
        context = browser_of(actor).get("/benefits").context
        shown = [row for section in context["sections"] for row in (*section["rows"], *section["idle"])]
        rows = {row["of"].address: row for row in shown}
        seen.append(
            (context["persons"], rows[NURSING]["persons"], rows[NURSING]["paid_before"], rows["assistance.dibao"]["persons"])
        )
    assert seen == [(3, 1, 13_000, 2), (1, 1, 13_000, 0), (2, 0, 0, 2)]


def test_overview_asks_the_same_however_many_benefits(held: Entitlement, cast: Cast, county: County) -> None:
    browser, numbers = browser_of(cast.clerk), count(100)
    with CaptureQueriesContext(connection) as few:
        browser.get("/benefits")
    for benefit in ("assistance.dibao", "eldercare.allowance", "children.stipend"):
        SmallRegister(numbers=numbers, benefit=benefit).family(county.sunzhuang)
    with CaptureQueriesContext(connection) as many:
        browser.get("/benefits")
    assert (len(many), len(many) <= 20) == (len(few), True)


def test_register_of_persons_shows_whom_and_what_they_get(held: Entitlement, cast: Cast) -> None:
    answer = browser_of(cast.clerk).get(HERE, {"export": "xlsx"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][:2], rows[1][0], rows[1][1]) == (("姓名", "身份证号"), held.holder.name, held.holder.identity_mask)
    assert 130 in rows[1]
    assert dict(zip(rows[0], rows[1], strict=True))["类别"] == BENEFITS[NURSING].codes["route"][1]


def test_register_is_narrowed_by_status(held: Entitlement, cast: Cast, county: County) -> None:
    register = SmallRegister(benefit=NURSING)
    register.numbers = count(500)
    stopped = register.family(county.liuqiao, route="person")
    register.family(county.liuqiao, route="person", until=date(2024, 3, 31))
    Suspension.objects.create(entitlement=stopped, reason="证件到期", valid_from=date(2024, 6, 1))
    browser = browser_of(cast.clerk)
    sizes = [len(browser.get(HERE, {"status": status}).context["table"].rows) for status in ("", "paid", "suspended", "ended")]
    assert sizes == [2, 1, 1, 1]


def test_what_is_given_once_is_listed_after_its_month(cast: Cast, county: County) -> None:
    register = SmallRegister(benefit="assistance.tekun.funeral")
    made = register.family(county.liuqiao, route="at_home")
    Entitlement.objects.filter(pk=made.pk).update(
        valid_from=date(2024, 4, 1), valid_until=date(2024, 4, 30), state="ended", end_reason="given_once"
    )
    page = browser_of(cast.clerk).get("/benefits/assistance.tekun.funeral").content.decode()
    assert "特困供养丧葬费已给付" in page
    assert "共 1 人" in page
    assert made.holder.name in page
    assert 'name="status"' not in page


@pytest.mark.parametrize(
    "path", ["{here}", "{here}/{id}", "{here}/why?entitlement={id}", "{here}/why?person={person}", "/low-income"]
)
def test_pages_ask_few_questions(
    held: Entitlement, cast: Cast, path: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    browser = browser_of(cast.clerk)
    with django_assert_max_num_queries(20):
        assert browser.get(path.format(here=HERE, id=held.pk, person=held.holder_id)).status_code == 200


def test_reasons_are_about_the_person_and_not_the_head_of_the_family(held: Entitlement, cast: Cast) -> None:
    other = held.household.members.get(relation="spouse").person
    browser = browser_of(cast.clerk)
    asked = [browser.get(f"{HERE}/why?{key}").context for key in (f"entitlement={held.pk}", f"person={other.pk}")]
    assert [(each["who"], each["made"].root.rpartition("@")[2]) for each in asked] == [
        (held.holder.name, "0"),
        (other.name, "1"),
    ]


def test_reasons_after_a_death_say_so_and_are_not_those_of_the_widow(held: Entitlement, cast: Cast) -> None:
    record_death(person=held.holder, died_on=date(2024, 5, 15), source="殡葬火化信息", actor=cast.clerk, on=date(2024, 7, 1))
    browser = browser_of(cast.clerk)
    answers = [browser.get(f"{HERE}/why", {"entitlement": held.pk, "month": month}) for month in ("2024-05", "2024-06")]
    assert [each.status_code for each in answers] == [200, 200]
    said = [each.content.decode() for each in answers]
    sentence = f"{held.holder.name}在2024年6月前已经死亡，当月没有重度残疾人护理补贴的应发金额"
    assert [sentence in page for page in said] == [False, True]
    assert "每月130.00元" not in said[1]


def test_reasons_of_somebody_who_lives_nowhere_are_refused_in_a_sentence(cast: Cast, county: County) -> None:
    alone = SmallRegister().person(county.liuqiao)
    answer = browser_of(cast.clerk).get(f"{HERE}/why?person={alone.pk}")
    assert (answer.status_code, "没有登记在您管辖范围内的任何家庭中" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    "path", ["/benefits/no.such", "/benefits/no.such/why?person=1", f"{HERE}/999999", f"{HERE}/why?entitlement=999999"]
)
def test_what_does_not_exist_is_not_there(cast: Cast, path: str) -> None:
    assert browser_of(cast.leader).get(path).status_code == 404


def test_entitlement_stands_under_its_own_benefit_only(held: Entitlement, cast: Cast) -> None:
    browser = browser_of(cast.clerk)
    moved = browser.get(f"/entitlements/{held.pk}")
    assert moved.headers["Location"] == f"{HERE}/{held.pk}"
    assert browser.get(f"/benefits/assistance.dibao/{held.pk}").status_code == 404


def test_earlier_addresses_of_dibao_lead_on(held: Entitlement, cast: Cast) -> None:
    paths = ("/dibao?review=soon", f"/dibao/entitlements/{held.pk}", f"/dibao/households/{held.household_id}/why?month=2024-05")
    assert [browser_of(cast.clerk).get(path).headers["Location"] for path in paths] == [
        "/benefits/assistance.dibao?review=soon",
        f"{HERE}/{held.pk}",
        f"/benefits/assistance.dibao/why?month=2024-05&household={held.household_id}",
    ]


def test_decision_maker_suspends_and_resumes(held: Entitlement, cast: Cast) -> None:
    browser = browser_of(cast.decision_maker)
    browser.post(f"{HERE}/{held.pk}/suspend", {"month": "2024-07", "reason": "证件到期"})
    held.refresh_from_db()
    suspended = held.state
    browser.post(f"{HERE}/{held.pk}/resume", {"month": "2024-09", "released": "on"})
    held.refresh_from_db()
    period = Suspension.objects.get()
    assert (suspended, held.state) == ("suspended", "in_force")
    assert (period.valid_from, period.valid_until, period.released) == (date(2024, 7, 1), date(2024, 8, 31), True)


def test_what_is_wrong_comes_back_with_what_was_typed(held: Entitlement, cast: Cast) -> None:
    answer = browser_of(cast.decision_maker).post(f"{HERE}/{held.pk}/suspend", {"month": "2020-01", "reason": "证件到期"})
    said = answer.content.decode()
    assert (answer.status_code, "早于待遇开始日期" in said, "证件到期" in said) == (422, True, True)


def test_payee_is_changed_to_somebody_of_the_family(held: Entitlement, cast: Cast) -> None:
    other = held.household.members.get(relation="spouse").person
    browser_of(cast.clerk).post(f"{HERE}/{held.pk}/payee", {"payee": other.pk, "reason": "本人行动不便"})
    held.refresh_from_db()
    assert held.payee == other


def test_nobody_does_what_they_may_not(held: Entitlement, cast: Cast) -> None:
    offered = [
        [each["name"] for each in browser_of(actor).get(f"{HERE}/{held.pk}").context["doings"]]
        for actor in (cast.decision_maker, cast.clerk, cast.leader)
    ]
    refused = browser_of(cast.clerk).post(f"{HERE}/{held.pk}/suspend", {"month": "2024-07", "reason": "证件到期"})
    assert offered == [["suspend", "payee"], ["payee"], []]
    assert (refused.status_code, Suspension.objects.count()) == (422, 0)


def test_what_has_a_review_ends_by_it_alone(held: Entitlement, cast: Cast) -> None:
    answer = browser_of(cast.decision_maker).post(f"{HERE}/{held.pk}/end", {"month": "2024-07", "reason": "died"})
    held.refresh_from_db()
    assert (answer.status_code, held.valid_until) == (404, None)


@pytest.mark.capability("SA-02")
def test_layers_say_who_stands_where_and_who_went_where(cast: Cast, county: County) -> None:
    dibao = SmallRegister()
    dibao.family(county.liuqiao, 2)
    dibao.family(county.liuqiao, 1, until=date(2024, 3, 31))
    dibao.family(county.zoufeng, 3, since=date(2024, 2, 1))
    context = browser_of(cast.leader).get("/low-income", {"since": "2023-12-31", "on": "2024-06-30"}).context
    layer = next(row["layer"] for row in context["rows"] if row["of"].address == "assistance.dibao")
    assert (layer.persons_before, layer.joined, layer.gone, layer.persons) == (3, 3, 1, 5)
    assert (layer.households_before, layer.households) == (2, 2)
    assert [[cell["count"] for cell in town["cells"] if cell["count"]] for town in context["towns"]] == [[2], [3]]


def test_layers_want_a_beginning_before_the_end(cast: Cast) -> None:
    answer = browser_of(cast.leader).get("/low-income", {"since": "2024-06-30", "on": "2024-06-30"})
    assert (answer.status_code, "期初应早于截至日期。" in answer.content.decode()) == (422, True)


def test_person_page_names_every_benefit_in_force(held: Entitlement, cast: Cast, county: County) -> None:
    SmallRegister(numbers=count(700)).family(
        county.liuqiao, household=Household.objects.get(pk=held.household_id), members=[held.holder]
    )
    badges = browser_of(cast.clerk).get(f"/people/{held.holder_id}").context["badges"]
    assert sorted(badges) == [("低保在享", "success"), ("重残护理补贴在享", "success")]


def test_what_would_turn_the_outcome_is_told_beside_the_reasons(held: Entitlement, cast: Cast) -> None:
    browser = browser_of(cast.clerk)
    asked = browser.get(f"{HERE}/why?entitlement={held.pk}").context["turns_url"]
    answer = browser.get(asked)
    assert (asked, answer.status_code, "怎样会改变结论" in answer.content.decode()) == (
        f"{HERE}/why/turns?entitlement={held.pk}&month=2024-07",
        200,
        True,
    )
