"""The worklists that the rules point to: filtered, exported, scoped, in a fixed number of questions."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.models import Household
from tests.conftest import Cast, County
from tests.ground.entitlements.test_foresight import DIBAO, LIVING, STIPEND, Village, hold
from tests.web.signed_in import browser_of


@pytest.fixture
def village(county: County) -> Village:
    return Village(county.liuqiao)


@pytest.fixture
def leads(village: Village) -> Village:
    village.family("应享的人")
    hold(village.family("应退的人", income__pension=300_000), DIBAO, "household")
    return village


@pytest.mark.capability("SA-13")
def test_both_kinds_of_leads_are_listed_with_their_reasons(leads: Village, cast: Cast) -> None:
    page = browser_of(cast.reviewer).get("/discovery").content.decode()
    assert "应享的人" in page
    assert "应退的人" in page
    assert "收入达到或超过标准" in page
    assert "只是线索，须经入户核实和审核确认" in page


def test_leads_are_narrowed_by_kind_programme_and_words(leads: Village, cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    shown = [
        "应享的人" in browser.get("/discovery", asked).content.decode()
        for asked in ({"kind": "entitled"}, {"kind": "no_longer"}, {"programme": "disability.nursing"}, {"text": "应享"})
    ]
    assert shown == [True, False, False, True]


def test_leads_are_exported(leads: Village, cast: Cast) -> None:
    answer = browser_of(cast.reviewer).get("/discovery", {"programme": DIBAO, "export": "xlsx"})
    book = load_workbook(BytesIO(answer.content))
    rows = list(book[book.sheetnames[0]].values)
    assert {row[0] for row in rows[1:3]} == {"应享的人", "应退的人"}


def test_the_neighbours_leads_are_not_shown(leads: Village, cast: Cast) -> None:
    assert "没有符合条件的线索" in browser_of(cast.clerk_next_door).get("/discovery").content.decode()


@pytest.mark.parametrize("path", ["/discovery", "/discovery/ways", "/discovery/together"])
def test_a_page_asks_the_same_of_one_family_as_of_many(village: Village, cast: Cast, path: str) -> None:
    browser = browser_of(cast.reviewer)
    counts = []
    for place in range(2):
        for each in range(1 + 3 * place):
            hold(village.family(f"户{place}{each}"), DIBAO, "household")
            village.family(f"人{place}{each}")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 20


def test_who_holds_what_excludes_each_other_is_listed(village: Village, cast: Cast) -> None:
    child = village.family("小兰", born=date(2015, 1, 1))
    hold(child, LIVING, "person")
    other = hold(village.family("别人"), LIVING, "person")
    Entitlement.objects.filter(pk=other.pk).update(benefit=STIPEND, route="orphan")
    other.members.update(benefit=STIPEND, person=child)
    page = browser_of(cast.reviewer).get("/discovery/together").content.decode()
    assert "小兰" in page
    assert "孤儿与残疾人生活补贴不得同时享受" in page
    assert "没有发现互斥待遇" in browser_of(cast.clerk_next_door).get("/discovery/together").content.decode()


def test_without_a_better_way_the_page_says_so(village: Village, cast: Cast) -> None:
    hold(village.family("在享"), DIBAO, "household")
    assert "没有更有利的方式" in browser_of(cast.reviewer).get("/discovery/ways").content.decode()


def test_who_only_keeps_the_accounts_is_refused(cast: Cast) -> None:
    browser = browser_of(cast.administrator)
    paths = ("/discovery", "/discovery/ways", "/discovery/together")
    assert [browser.get(path).status_code for path in paths] == [403, 403, 403]


def test_better_ways_are_found_by_number_and_told_with_what_they_bring(village: Village, cast: Cast) -> None:
    who = village.family(
        "可选的人", income__support_received=60_000, income__fixed=0, disability__kind="physical", disability__grade=1
    )
    number = Household.objects.get(head=who).number
    hold(who, DIBAO, "household")
    browser = browser_of(cast.reviewer)
    page = browser.get("/discovery/ways", {"text": number}).content.decode()
    assert "不享受低保，按其他项目保障" in page
    assert "全部改变后每月共多得" in page
    assert "没有符合条件的家庭" in browser.get("/discovery/ways", {"text": "别处"}).content.decode()
    answer = browser.get("/discovery/ways", {"text": number, "export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert [row[0] for row in rows[1:]] == [number]


@pytest.mark.capability("SA-13")
def test_the_ways_of_one_family_are_compared_and_the_best_is_named(village: Village, cast: Cast) -> None:
    who = village.family(
        "可选的人", income__support_received=60_000, income__fixed=0, disability__kind="physical", disability__grade=1
    )
    home = Household.objects.get(head=who)
    browser = browser_of(cast.clerk)
    page = browser.get(f"/discovery/ways/{home.pk}").content.decode()
    assert page.index("不享受低保，按其他项目保障") < page.index("最有利") < page.index("按通常方式")
    assert "由本人选择" in page
    part = browser.get(f"/discovery/ways/{home.pk}", headers={"HX-Request": "true"}).content.decode()
    assert (part.startswith("<section"), "<html" in part) == (True, False)
    assert f'hx-get="/discovery/ways/{home.pk}"' in browser.get(f"/households/{home.pk}").content.decode()
    assert browser_of(cast.clerk_next_door).get(f"/discovery/ways/{home.pk}").status_code == 404
