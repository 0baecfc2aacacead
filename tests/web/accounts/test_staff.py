"""Accounts in the browser: the administrator keeps them, the auditor reads them, nobody else sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anmin.ground.accounts.models import RoleAssignment, Staff
from tests.conftest import PASSWORD, TODAY, Cast, County
from tests.web.signed_in import browser_of

NEW = {"name": "新同事", "username": "newcomer", "phone": "", "password": "right-horse-42"}


def _page(answer: Any) -> str:
    return str(answer.content.decode())


def test_list_names_role_and_area(cast: Cast) -> None:
    page = _page(browser_of(cast.administrator).get("/staff"))
    assert "王经办" in page
    assert "镇（街道）经办人" in page
    assert "曲塘镇" in page


def test_list_asks_the_same_for_one_account_and_for_three(cast: Cast, django_assert_num_queries: Callable[[int], Any]) -> None:
    browser = browser_of(cast.administrator)
    with django_assert_num_queries(7):
        browser.get("/staff", {"text": "clerk_next_door"})
    with django_assert_num_queries(7):
        browser.get("/staff")


@pytest.mark.parametrize("who", ["clerk", "leader", "decision_maker"])
def test_others_are_refused(cast: Cast, who: str) -> None:
    answer = browser_of(getattr(cast, who)).get("/staff")
    assert (answer.status_code, "只有系统管理员和审计监督人员可以查看人员账号" in _page(answer)) == (403, True)


def test_auditor_reads_without_buttons(cast: Cast) -> None:
    browser = browser_of(cast.auditor)
    assert "新建账号" not in _page(browser.get("/staff"))
    assert "重置密码" not in _page(browser.get(f"/staff/{cast.clerk.id}"))


@pytest.mark.capability("RP-08")
def test_account_is_made_and_given_a_role(cast: Cast, county: County) -> None:
    browser = browser_of(cast.administrator)
    assert browser.post("/staff/new", NEW).status_code == 302
    staff = Staff.objects.get(username="newcomer")
    role = {"role": "town_clerk", "area": county.baidian.pk, "valid_from": "2024-07-01"}
    assert browser.post(f"/staff/{staff.pk}/roles", role).status_code == 302
    held = RoleAssignment.objects.get(staff=staff)
    assert (held.role, held.area, held.valid_from, held.valid_until) == ("town_clerk", county.baidian, TODAY, None)


def test_account_with_a_weak_password_keeps_what_was_typed(cast: Cast) -> None:
    answer = browser_of(cast.administrator).post("/staff/new", NEW | {"password": "12345678901"})
    assert (answer.status_code, 'value="newcomer"' in _page(answer), Staff.objects.filter(username="newcomer").exists()) == (
        422,
        True,
        False,
    )


def test_incompatible_role_is_refused_on_the_form(cast: Cast, county: County) -> None:
    role = {"role": "auditor", "area": county.county.pk, "valid_from": "2024-07-01"}
    answer = browser_of(cast.administrator).post(f"/staff/{cast.cashier.id}/roles", role)
    assert (answer.status_code, RoleAssignment.objects.filter(staff_id=cast.cashier.id).count()) == (422, 1)


def test_role_is_ended(cast: Cast) -> None:
    held = RoleAssignment.objects.get(staff_id=cast.clerk.id)
    browser_of(cast.administrator).post(f"/staff/{cast.clerk.id}/roles/{held.pk}/end", {"valid_until": "2024-07-31"})
    held.refresh_from_db()
    assert str(held.valid_until) == "2024-07-31"


def test_account_at_rest_cannot_sign_in(cast: Cast) -> None:
    browser_of(cast.administrator).post(f"/staff/{cast.clerk.id}/deactivate")
    assert not Staff.objects.get(pk=cast.clerk.id).is_active


def test_clerk_cannot_put_an_account_to_rest(cast: Cast) -> None:
    assert browser_of(cast.clerk).post(f"/staff/{cast.second_clerk.id}/deactivate").status_code == 403
    assert Staff.objects.get(pk=cast.second_clerk.id).is_active


def test_account_that_does_not_exist_is_not_found(cast: Cast) -> None:
    assert browser_of(cast.administrator).get("/staff/999999").status_code == 404


def test_given_password_must_be_changed_before_anything_else(cast: Cast) -> None:
    browser_of(cast.administrator).post(f"/staff/{cast.clerk.id}/password", {"password": "given-horse-46"})
    browser = browser_of(cast.clerk)
    assert browser.get("/policy").headers["Location"] == "/my/password"
    browser.post("/my/password", {"old": "given-horse-46", "new": "own-horse-47", "again": "own-horse-47"})
    assert browser.get("/policy").status_code == 200


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"old": "wrong-horse-42"}, "原密码不正确，请重新输入。"),
        ({"again": "other-horse-49"}, "两次输入的新密码不一致，请重新输入。"),
        ({"new": "short", "again": "short"}, "密码"),
    ],
)
def test_own_password_says_what_is_wrong(cast: Cast, given: dict[str, str], fault: str) -> None:
    form = {"old": PASSWORD, "new": "own-horse-47", "again": "own-horse-47"} | given
    answer = browser_of(cast.clerk).post("/my/password", form)
    assert (answer.status_code, fault in _page(answer)) == (422, True)
    assert Staff.objects.get(pk=cast.clerk.id).check_password(PASSWORD)


@pytest.mark.capability("RP-08")
def test_five_wrong_passwords_lock_and_the_administrator_unlocks(cast: Cast) -> None:
    door = Client()
    answers = [door.post("/sign-in", {"username": "clerk", "password": f"wrong-{place}"}) for place in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "账号已暂时锁定" in _page(answers[-1])
    assert door.post("/sign-in", {"username": "clerk", "password": PASSWORD}).status_code == 429
    browser = browser_of(cast.administrator)
    assert "已锁定" in _page(browser.get(f"/staff/{cast.clerk.id}"))
    browser.post(f"/staff/{cast.clerk.id}/unlock")
    assert door.post("/sign-in", {"username": "clerk", "password": PASSWORD}).status_code == 302


def test_door_says_in_plain_words_that_the_password_is_wrong(cast: Cast) -> None:
    page = _page(Client().post("/sign-in", {"username": "clerk", "password": "wrong-horse-41"}))
    assert ("账号或密码不正确，请核对后重新输入；密码区分大小写。" in page, "username和" in page) == (True, False)
