"""A new application in the browser: the family is found or registered, its means stated, the application made."""

from typing import Any

import pytest
from django.forms import DateField

from anmin.ground.cases.models import Case
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from tests.conftest import TODAY, Cast, County
from tests.dibao_counter import Counter
from tests.web.signed_in import browser_of

HEAD, CHILD = "320699195203124214", "320699201305063011"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def _checked(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return number[:17] + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11]


def _family(county: County, *members: dict[str, str], **more: str) -> dict[str, str]:
    data = {
        "area": str(county.liuqiao.pk),
        "address": "3组12号",
        "hukou_kind": "rural",
        "opened_on": "2024-07-01",
        "members-TOTAL_FORMS": str(len(members)),
        "members-INITIAL_FORMS": "0",
    }
    for place, member in enumerate(members):
        data |= {f"members-{place}-{name}": value for name, value in member.items()}
    return data | more


@pytest.fixture
def family(county: County) -> dict[str, str]:
    return _family(
        county,
        {"name": "戴玉芹", "identity_number": _checked(HEAD), "phone": "13800000001"},
        {"name": "戴小明", "identity_number": _checked(CHILD), "relation": "grandchild", "absence": ""},
        {"relation": "child"},
    )


@pytest.mark.capability("SA-01")
def test_family_is_registered_with_its_members(cast: Cast, family: dict[str, str]) -> None:
    answer = browser_of(cast.clerk).post("/cases/new/family", family)
    home = Household.objects.get()
    members = list(HouseholdMember.objects.order_by("id").values_list("person__name", "relation", "counted"))
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/new/{home.pk}/declare")
    assert members == [("戴玉芹", "head", True), ("戴小明", "grandchild", True)]


def test_family_with_a_wrong_number_is_registered_not_at_all(cast: Cast, family: dict[str, str]) -> None:
    answer = browser_of(cast.clerk).post("/cases/new/family", family | {"members-1-identity_number": "320699201305060000"})
    shown = page(answer)
    assert (answer.status_code, "校验码" in shown, 'value="戴玉芹"' in shown, Person.objects.count()) == (422, True, True, 0)


def test_another_row_keeps_what_was_typed(cast: Cast, family: dict[str, str]) -> None:
    shown = page(browser_of(cast.clerk).post("/cases/new/family", family | {"more": "1"}))
    assert ('value="戴玉芹"' in shown, "成员 4" in shown, Person.objects.count()) == (True, True, 0)


def test_somebody_known_is_not_registered_twice(cast: Cast, county: County, family: dict[str, str]) -> None:
    browser = browser_of(cast.clerk)
    alone = _family(county, {"name": "戴玉芹", "identity_number": _checked(HEAD)})
    browser.post("/cases/new/family", alone)
    HouseholdMember.objects.all().delete()
    browser.post("/cases/new/family", alone)
    assert (Person.objects.count(), Household.objects.count()) == (1, 2)


def test_leader_registers_nobody(cast: Cast, family: dict[str, str]) -> None:
    assert browser_of(cast.leader).get("/cases/new/family").status_code == 403


@pytest.mark.capability("SA-01")
def test_stated_means_are_facts_and_a_blank_stays_unknown(cast: Cast, family: dict[str, str]) -> None:
    browser = browser_of(cast.clerk)
    browser.post("/cases/new/family", family)
    home, head = Household.objects.get(), Person.objects.get(name="戴玉芹")
    given = {"since": "2024-07-01", "source": "家庭申报", f"p{head.pk}-income_pension": "230.50"}
    answer = browser.post(f"/cases/new/{home.pk}/declare", given)
    facts = list(Fact.objects.values_list("person__name", "kind", "amount", "source"))
    assert (answer["Location"], facts) == (f"/cases/new/{home.pk}", [("戴玉芹", "income.pension", 23050, "家庭申报")])


def test_nothing_else_is_a_zero_only_when_it_is_said(cast: Cast, family: dict[str, str]) -> None:
    browser = browser_of(cast.clerk)
    browser.post("/cases/new/family", family)
    home, head = Household.objects.get(), Person.objects.get(name="戴玉芹")
    given = {"since": "2024-07-01", "source": "家庭申报"}
    given |= {f"p{head.pk}-nothing_else": "on", f"p{head.pk}-assets_financial": "1000"}
    browser.post(f"/cases/new/{home.pk}/declare", given)
    facts = dict(Fact.objects.filter(person=head).values_list("kind", "amount"))
    assert (facts["income.wage"], facts["assets.financial"], "assets.homes" in facts) == (0, 100000, False)


def test_wrong_amount_records_nothing_of_anybody(cast: Cast, family: dict[str, str]) -> None:
    browser = browser_of(cast.clerk)
    browser.post("/cases/new/family", family)
    home, head = Household.objects.get(), Person.objects.get(name="戴玉芹")
    given = {"since": "2024-07-01", "source": "家庭申报", f"p{head.pk}-income_wage": "两百", f"p{head.pk}-income_pension": "200"}
    answer = browser.post(f"/cases/new/{home.pk}/declare", given)
    assert (answer.status_code, 'value="两百"' in page(answer), Fact.objects.count()) == (422, True, 0)


@pytest.mark.capability("SA-01")
def test_application_is_made_for_a_family_that_was_found(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    browser = browser_of(cast.clerk)
    found = page(browser.get("/cases/new", {"text": "张桂兰"}))
    answer = browser.post(f"/cases/new/{counter.home.pk}", {"applicant": counter.members[0].pk, "apply-reason": "年老体弱。"})
    case = Case.objects.get()
    assert f"/cases/new/{counter.home.pk}" in found
    assert (answer["Location"], case.applicant, case.opened_on) == (f"/cases/{case.number}", counter.members[0], TODAY)


def test_second_application_is_refused_before_the_form(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    counter.apply(TODAY)
    browser = browser_of(cast.clerk)
    found = page(browser.get("/cases/new", {"text": "张桂兰"}))
    shown = page(browser.get(f"/cases/new/{counter.home.pk}"))
    assert (counter.case.number in found, "不能重复申请" in shown, "apply-reason" in shown) == (True, True, False)


def test_family_next_door_is_not_found(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    browser = browser_of(cast.clerk_next_door)
    found = page(browser.get("/cases/new", {"text": "张桂兰"}))
    codes = [browser.get(f"/cases/new/{counter.home.pk}{tail}").status_code for tail in ("", "/declare")]
    assert ("3组12号" in found, codes) == (False, [404, 404])


@pytest.mark.capability("CD-01")
def test_application_for_a_persons_benefit_begins_at_the_same_door(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    browser, kind = browser_of(cast.clerk), "disability.nursing.application"
    found = page(browser.get("/cases/new", {"text": "张桂兰", "kind": kind}))
    shown = page(browser.get(f"/cases/new/{counter.home.pk}", {"kind": kind}))
    answer = browser.post(f"/cases/new/{counter.home.pk}?kind={kind}", {"applicant": counter.members[0].pk})
    assert (f"?kind={kind}" in found, "提出重残护理补贴申请" in shown, answer.status_code) == (True, True, 302)
    assert Case.objects.get().kind == kind


def test_what_is_no_application_is_not_there(cast: Cast) -> None:
    kinds = ("assistance.dibao.review", "nothing")
    assert [browser_of(cast.clerk).get("/cases/new", {"kind": kind}).status_code for kind in kinds] == [404, 404]


def test_day_that_need_not_be_told_is_left_blank(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    address = f"/cases/new/{counter.home.pk}?kind=eldercare.allowance.application"
    form = browser_of(cast.clerk).get(address).context["form"]
    assert [field.initial for field in form.fields.values() if isinstance(field, DateField)] == [None]
