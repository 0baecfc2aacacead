"""The pages of home checks: planned, drawn, fixed; a village's list; a visit recorded, corrected, followed by a review."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from anmin.lines.assistance.homechecks import actions
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan, HomeVisit
from tests.lines.assistance.homechecks.conftest import VISITED, Round
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("SA-14")

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def said(response: Any) -> str:
    """What is read on the page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def planned(round_: Round, **more: str) -> dict[str, Any]:
    return {
        "title": "2024年上半年入户核查",
        "area": str(round_.county.county.pk),
        "benefits": ["assistance.dibao", "assistance.tekun"],
        "rostered_on": "2024-06-30",
        "villages": "2",
        "households": "2",
        "starts_on": "2024-07-01",
        "due_on": "2024-07-31",
        "document": "",
        **more,
    }


def told(round_: Round, **more: Any) -> dict[str, Any]:
    return {
        "visited_on": "2024-05-20",
        "result": "as_declared",
        "findings": "老人身体尚可",
        "visitors": [str(round_.cast.clerk.id)],
        "other_visitor": "刘村长",
        **more,
    }


def test_from_the_plan_to_the_list_of_a_village(round_: Round) -> None:
    cast = round_.cast
    made = browser_of(cast.reviewer).post("/home-checks/new", planned(round_))
    plan = HomeCheckPlan.objects.get()
    assert (made.status_code, made.url) == (302, f"/home-checks/{plan.pk}")
    seeded = {"seed": "16", "seed_source": "福彩双色球第2024051期"}
    assert browser_of(cast.reviewer).post(f"/home-checks/{plan.pk}/draw", seeded).status_code == 302
    shown = said(browser_of(cast.second_reviewer).get(f"/home-checks/{plan.pk}"))
    assert "抽中的村（社区）" in shown
    assert f"anmin homechecks draw {plan.pk}" in shown
    assert HomeCheck.objects.count() == 0
    assert browser_of(cast.second_reviewer).post(f"/home-checks/{plan.pk}/fix").status_code == 302
    checks = list(HomeCheck.objects.select_related("household__head", "area").order_by("place"))
    villages = {check.area_id for check in checks}
    listed = [said(browser_of(cast.leader).get(f"/home-checks/{plan.pk}/villages/{area}")) for area in sorted(villages)]
    assert [check.household.number for check in checks if not any(check.household.number in page for page in listed)] == []


def test_buttons_are_there_for_whom_they_are_meant(round_: Round) -> None:
    plan = round_.draw(round_.plan())
    pages = {
        name: browser_of(actor).get(f"/home-checks/{plan.pk}").content.decode()
        for name, actor in (("maker", round_.cast.reviewer), ("other", round_.cast.second_reviewer), ("clerk", round_.cast.clerk))
    }
    assert {name: "确认抽取结果</button>" in page for name, page in pages.items()} == {
        "maker": False,
        "other": True,
        "clerk": False,
    }


def test_faults_are_told_on_the_forms(round_: Round) -> None:
    browser = browser_of(round_.cast.reviewer)
    many = browser.post("/home-checks/new", planned(round_, villages="9"))
    assert many.status_code == 422
    assert "抽取个数应在 1 和 3 之间" in said(many)
    plan = round_.plan()
    assert browser.post(f"/home-checks/{plan.pk}/draw", {"seed": "", "seed_source": "x"}).status_code == 422
    assert browser.post(f"/home-checks/{plan.pk}/discard", {"reason": ""}).status_code == 422
    assert browser.post(f"/home-checks/{plan.pk}/discard", {"reason": "改期"}).status_code == 302


def test_the_roll_can_be_fetched_by_whoever_wants_to_repeat_the_draw(round_: Round) -> None:
    plan = round_.plan()
    answer = browser_of(round_.cast.auditor).get(f"/home-checks/{plan.pk}/roll.csv")
    assert answer.content.decode() == plan.roll


def test_a_visit_is_recorded_corrected_and_followed_by_a_review(round_: Round) -> None:
    plan = round_.under_way(villages=3, households=None)
    check = round_.of_clerk(plan)[0]
    address, browser = f"/home-checks/households/{check.pk}", browser_of(round_.cast.clerk)
    alone = browser.post(address, told(round_, other_visitor=""))
    assert alone.status_code == 422
    assert "入户核查不得少于2人" in said(alone)
    assert browser.post(address, told(round_)).status_code == 302
    assert "登记走访</h2>" not in browser.get(address).content.decode()
    first = HomeVisit.objects.get()
    changed = told(round_, result="changed", changes=["income"], findings="儿子已就业", reason="漏记儿子就业")
    assert browser.post(f"{address}?correct={first.pk}", {**changed, "reason": ""}).status_code == 422
    assert browser.post(f"{address}?correct={first.pk}", changed).status_code == 302
    page = said(browser.get(address))
    assert "情况有变化（收入）。儿子已就业" in page
    assert "更正原因：漏记儿子就业" in page
    assert browser.post(f"{address}/review").status_code == 302
    check.refresh_from_db()
    assert check.review is not None
    assert check.review.number in browser.get(f"/home-checks/{plan.pk}").content.decode()


def test_a_photograph_lies_with_the_check(round_: Round) -> None:
    plan = round_.under_way(villages=3, households=None)
    check = round_.of_clerk(plan)[0]
    address, browser = f"/home-checks/households/{check.pk}", browser_of(round_.cast.clerk)
    wrong = browser.post(f"{address}/file", {"title": "照片", "file": SimpleUploadedFile("home.png", b"MZ\x90\x00")})
    assert wrong.status_code == 422
    good = browser.post(f"{address}/file", {"title": "房屋照片", "file": SimpleUploadedFile("home.png", PNG)})
    assert good.status_code == 302
    assert "房屋照片" in said(browser.get(address))


def test_the_clerk_next_door_finds_no_page(round_: Round) -> None:
    plan = round_.under_way(villages=3, households=None)
    check = round_.of_clerk(plan)[0]
    browser = browser_of(round_.cast.clerk_next_door)
    assert browser.get(f"/home-checks/households/{check.pk}").status_code == 404
    assert browser.get(f"/home-checks/{plan.pk}/villages/{check.area_id}").status_code == 404
    assert check.household.number not in said(browser.get(f"/home-checks/{plan.pk}"))


def test_households_are_filtered_and_exported(round_: Round) -> None:
    plan = round_.under_way(villages=3, households=None)
    mine = round_.of_clerk(plan)
    actions.record_visits(plan=plan, reports=[(mine[0], round_.report("absent"))], actor=round_.cast.clerk, on=VISITED)
    browser = browser_of(round_.cast.leader)
    found = said(browser.get(f"/home-checks/{plan.pk}?result=absent"))
    assert [check.household.number for check in mine if check.household.number in found] == [mine[0].household.number]
    book = load_workbook(io.BytesIO(browser.get(f"/home-checks/{plan.pk}?export=xlsx&result=none").content))
    assert book.worksheets[0].max_row == 1 + 9


def test_the_sheet_to_fill_in_names_the_households_that_are_left(round_: Round) -> None:
    plan = round_.under_way(villages=3, households=None)
    mine = round_.of_clerk(plan)
    actions.record_visits(plan=plan, reports=[(mine[0], round_.report())], actor=round_.cast.clerk, on=VISITED)
    page = browser_of(round_.cast.clerk).get(f"/home-checks/{plan.pk}").content.decode()
    assert 'href="/imports/forms/assistance.homechecks.visits"' in page
    book = load_workbook(io.BytesIO(browser_of(round_.cast.clerk).get(f"/home-checks/{plan.pk}/sheet.xlsx").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:2] == ("核查名称", "户编号")
    assert [row[:2] for row in rows[1:] if row[0]] == [(str(plan), check.household.number) for check in mine[1:]]


def test_pages_ask_as_much_for_many_as_for_few(round_: Round, django_assert_max_num_queries: Any) -> None:
    plan = round_.under_way(villages=3, households=None)
    check = round_.of_clerk(plan)[0]
    browser = browser_of(round_.cast.clerk)
    pages = (f"/home-checks/{plan.pk}", f"/home-checks/{plan.pk}/villages/{check.area_id}", f"/home-checks/households/{check.pk}")
    for address in ("/home-checks", *pages):
        with django_assert_max_num_queries(20):
            assert browser.get(address).status_code == 200
