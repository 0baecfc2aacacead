"""What happens to a request before and after its page: the door, refusals told where the form stood, no way off the house."""

import pytest
from django.test import Client

from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from tests.conftest import TODAY, Cast
from tests.web.signed_in import browser_of

HERE = "http://testserver"


def _refused(actor: Actor, came_from: str) -> str:
    """Where a refused form leads: the accounts may not be kept by this actor."""
    answer = browser_of(actor).post("/audit/verify", headers={"referer": came_from})
    return answer.headers.get("Location", str(answer.status_code))


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        (f"{HERE}/audit?page=2", "/audit?page=2"),
        ("https://elsewhere.example/audit", "403"),
        (f"{HERE}//elsewhere.example/audit", "403"),
        (f"{HERE}/\\elsewhere.example", "403"),
        ("", "403"),
    ],
)
def test_a_refused_form_leads_back_to_its_page_and_never_off_the_house(cast: Cast, came_from: str, leads_to: str) -> None:
    assert _refused(cast.clerk, came_from) == leads_to


def test_an_address_that_only_takes_forms_leads_to_the_page_of_the_form(cast: Cast) -> None:
    answer = browser_of(cast.administrator).get(f"/staff/{cast.clerk.id}/roles/7/end", follow=True)

    assert answer.redirect_chain == [(f"/staff/{cast.clerk.id}/roles", 302), (f"/staff/{cast.clerk.id}", 302)]


def test_a_part_of_a_page_is_not_filled_with_the_door(cast: Cast) -> None:
    answer = Client().get("/search/suggest?q=zj", headers={"hx-request": "true"})

    assert (answer.headers["HX-Redirect"], answer.content) == ("/sign-in", b"")


def test_who_was_given_a_password_changes_it_before_anything_else(cast: Cast) -> None:
    Staff.objects.filter(pk=cast.clerk.id).update(must_change_password=True)
    browser = browser_of(cast.clerk)

    assert [browser.get(path).headers.get("Location") for path in ("/", "/benefits", "/my/password")] == [
        "/my/password",
        "/my/password",
        None,
    ]


def test_pages_of_somebody_signed_in_are_kept_by_nobody_on_the_way(cast: Cast) -> None:
    assert browser_of(cast.clerk).get("/benefits").headers["Cache-Control"] == "private, no-cache"


def test_a_session_ends_with_the_account(cast: Cast) -> None:
    browser = browser_of(cast.clerk)
    before = browser.get("/benefits").status_code
    Staff.objects.filter(pk=cast.clerk.id).update(is_active=False)

    assert (before, browser.get("/benefits").headers["Location"]) == (200, "/sign-in?next=/benefits")


def test_a_role_that_ended_opens_nothing_in_a_running_session(cast: Cast) -> None:
    browser = browser_of(cast.clerk)
    before = browser.get("/benefits").status_code
    RoleAssignment.objects.filter(staff=cast.clerk.id).update(valid_until=TODAY.replace(month=6, day=30))

    assert (before, browser.get("/benefits").status_code) == (200, 403)


@pytest.mark.parametrize(
    "path",
    [
        "/benefits",
        "/benefits/assistance.dibao/1",
        "/benefits/assistance.dibao/why?household=1",
        "/worklist",
        "/cases",
        "/cases/new",
        "/cases/DBA2024000001",
        "/cases/DBA2024000001/papers/x",
        "/documents/files/1",
        "/payments/files/SX1.csv",
        "/people",
        "/households/1",
    ],
)
def test_who_keeps_the_accounts_opens_no_file_of_a_family(cast: Cast, path: str) -> None:
    assert browser_of(cast.administrator).get(path).status_code == 403


@pytest.mark.parametrize(
    "address", ["/figures/assistance.dibao.households?sort=%C2%B2", "/figures/assistance.dibao.households?sort=--1"]
)
def test_an_address_with_what_only_looks_like_a_number_is_read_as_none(cast: Cast, address: str) -> None:
    assert browser_of(cast.leader).get(address).status_code == 200
