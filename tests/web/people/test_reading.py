"""People in the browser: found by whatever is at hand, read whole, and by nobody who has no business with them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from anmin.ground.people.actions import add_member, add_supporter, correct_fact, record_fact
from anmin.ground.people.models import Fact
from tests.conftest import TODAY, Cast, County
from tests.small_register import SmallRegister
from tests.web.people.conftest import ZHANG, Family, someone
from tests.web.signed_in import browser_of

MOST_QUERIES = 20


def page(answer: Any) -> str:
    return str(answer.content.decode())


def labels(answer: Any) -> list[str]:
    return [each["label"] for each in answer.context["suggestions"]]


@pytest.mark.parametrize("text", ["张建国", "zjg", ZHANG, ZHANG[-4:], f"张{ZHANG[-4:]}"])
def test_person_is_suggested_by_name_initials_number_or_last_four(family: Family, cast: Cast, text: str) -> None:
    assert labels(browser_of(cast.clerk).get("/search/suggest", {"q": text})) == ["张建国"]


def test_household_is_suggested_by_its_number(family: Family, cast: Cast) -> None:
    assert labels(browser_of(cast.clerk).get("/search/suggest", {"q": "LQ00"})) == ["LQ001"]


def test_suggestions_lead_to_the_page(family: Family, cast: Cast) -> None:
    assert f'href="/people/{family.zhang.pk}"' in page(browser_of(cast.clerk).get("/search/suggest", {"q": "zjg"}))


@pytest.mark.parametrize("text", ["张建国", ZHANG, "LQ001"])
def test_search_shows_nothing_to_a_clerk_next_door(family: Family, cast: Cast, text: str) -> None:
    assert browser_of(cast.clerk_next_door).get("/search", {"q": text}).context["total"] == 0


def test_administrator_searches_no_people(family: Family, cast: Cast) -> None:
    assert browser_of(cast.administrator).get("/search", {"q": "张建国"}).context["total"] == 0


def test_search_never_repeats_a_whole_number(family: Family, cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/search/suggest", {"q": "zjg"})
    assert (ZHANG in page(answer), family.zhang.identity_mask in page(answer)) == (False, True)


def test_lists_show_the_own_area_only(family: Family, cast: Cast, county: County) -> None:
    someone(cast, county.zoufeng, 0)
    readers = (cast.clerk, cast.clerk_next_door, cast.leader)
    assert [browser_of(each).get("/people").context["table"].page.paginator.count for each in readers] == [3, 1, 4]


def test_list_is_narrowed_by_dibao(family: Family, cast: Cast, county: County) -> None:
    SmallRegister().family(county.liuqiao, household=family.home, members=[family.zhang, family.li])
    browser = browser_of(cast.clerk)
    asked = ("assistance.dibao", "any", "none")
    found = [browser.get("/people", {"benefit": each}).context["table"].page.paginator.count for each in asked]
    assert found == [2, 2, 1]


def test_list_is_exported_with_household_and_dibao(family: Family, cast: Cast, county: County) -> None:
    SmallRegister().family(county.liuqiao, household=family.home, members=[family.zhang])
    answer = browser_of(cast.clerk).get("/people", {"export": "xlsx", "text": "zjg"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [
        "张建国", "男", 69, family.zhang.identity_mask, "农村", "曲塘镇", "刘桥村", "LQ001", "低保",
    ]  # fmt: skip


def test_households_are_listed_with_their_sizes(family: Family, cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/households", {"text": "zjg"})
    assert answer.context["table"].sizes == {family.home.pk: (2, 2)}


@pytest.mark.parametrize("address", ["/people/{zhang}", "/households/{home}"])
def test_page_is_not_there_for_a_clerk_next_door(family: Family, cast: Cast, address: str) -> None:
    where = address.format(zhang=family.zhang.pk, home=family.home.pk)
    found = {who: browser_of(getattr(cast, who)).get(where).status_code for who in ("clerk", "clerk_next_door", "administrator")}
    assert found == {"clerk": 200, "clerk_next_door": 404, "administrator": 403}


def test_person_page_shows_what_is_known_and_what_was(family: Family, cast: Cast) -> None:
    wage = Fact.objects.get(person=family.zhang)
    correct_fact(fact=wage, value=130_000, source="入户调查", actor=cast.clerk, on=TODAY)
    (group,) = browser_of(cast.clerk).get(f"/people/{family.zhang.pk}").context["groups"]
    assert ([each["words"] for each in group["in_force"]], [each["words"] for each in group["history"]]) == (
        ["1,300.00 元"],
        ["1,200.00 元"],
    )


def test_person_page_looks_back_to_a_day(family: Family, cast: Cast) -> None:
    (group,) = browser_of(cast.clerk).get(f"/people/{family.zhang.pk}", {"on": "2023-12-31"}).context["groups"]
    assert (group["in_force"], len(group["history"])) == ([], 1)


def test_person_page_shows_the_whole_number_to_nobody(family: Family, cast: Cast) -> None:
    for who in ("clerk", "reviewer", "auditor"):
        assert ZHANG not in page(browser_of(getattr(cast, who)).get(f"/people/{family.zhang.pk}"))


def test_person_page_links_no_page_the_reader_may_not_see(family: Family, cast: Cast, county: County) -> None:
    away = someone(cast, county.zoufeng, 0)
    add_supporter(dependant=family.zhang, obligor=away, duty="maintain_parent", valid_from=TODAY, actor=cast.clerk, on=TODAY)
    where = f"/people/{family.zhang.pk}"
    found = {who: f"/people/{away.pk}" in page(browser_of(getattr(cast, who)).get(where)) for who in ("clerk", "reviewer")}
    assert found == {"clerk": False, "reviewer": True}


def test_auditor_reads_on_the_page_what_was_done(family: Family, cast: Cast) -> None:
    found = {
        who: [each["title"] for each in browser_of(getattr(cast, who)).get(f"/people/{family.zhang.pk}").context["entries"]]
        for who in ("auditor", "clerk", "leader")
    }
    assert found == {"auditor": ["登记事实", "登记人员"], "clerk": ["登记事实"], "leader": []}


def test_household_page_tells_why_somebody_does_not_count(family: Family, cast: Cast) -> None:
    add_member(
        household=family.home,
        person=family.son,
        relation="child",
        counted=False,
        absence="conscript",
        valid_from=TODAY,
        actor=cast.clerk,
        on=TODAY,
    )
    answer = browser_of(cast.clerk).get(f"/households/{family.home.pk}")
    assert [each["counted_words"] for each in answer.context["members"]] == ["计入", "计入", "不计入：义务兵"]


def test_reader_without_a_hand_in_it_sees_no_buttons(family: Family, cast: Cast) -> None:
    pages = (f"/people/{family.zhang.pk}", f"/households/{family.home.pk}")
    texts = "".join(page(browser_of(cast.leader).get(where)) for where in pages)
    assert [word for word in ("登记死亡", "记录情况", "增加成员", "查看完整身份证号") if word in texts] == []


def test_clerk_may_apply_for_a_household_that_holds_nothing(family: Family, cast: Cast, county: County) -> None:
    where = f"/households/{family.home.pk}"
    before = [browser_of(each).get(where).context["may_apply"] for each in (cast.clerk, cast.reviewer)]
    SmallRegister().family(county.liuqiao, household=family.home, members=[family.zhang])
    after = browser_of(cast.clerk).get(where).context["may_apply"]
    assert (before, after) == ([True, False], False)


def grow(family: Family, cast: Cast, county: County, register: SmallRegister, places: range) -> None:
    """More members, facts, duties and entitlements, one of each for every place."""
    for place in places:
        other = someone(cast, county.liuqiao, place)
        add_member(household=family.home, person=other, relation="child", valid_from=TODAY, actor=cast.clerk, on=TODAY)
        add_supporter(dependant=family.zhang, obligor=other, duty="maintain_parent", valid_from=TODAY, actor=cast.clerk, on=TODAY)
        kind = ("income.pension", "income.property", "assets.financial")[place]
        record_fact(person=family.zhang, kind=kind, value=1, valid_from=TODAY, source="测试", actor=cast.clerk, on=TODAY)
        first, last = date(2024, place + 1, 1), date(2024, place + 1, 28)
        register.family(county.liuqiao, household=family.home, members=[family.zhang], since=first, until=last)


@pytest.mark.parametrize("address", ["/people", "/households", "/people/{zhang}", "/households/{home}", "/search?q=z"])
def test_page_asks_the_same_however_much_there_is(
    family: Family, cast: Cast, county: County, address: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    where = address.format(zhang=family.zhang.pk, home=family.home.pk)
    browser, register, asked = browser_of(cast.clerk), SmallRegister(), []
    for places in (range(1), range(1, 3)):
        grow(family, cast, county, register, places)
        with django_assert_max_num_queries(MOST_QUERIES) as questions:
            assert browser.get(where).status_code == 200
        asked.append(len(questions.captured_queries))
    assert asked[0] == asked[1]
