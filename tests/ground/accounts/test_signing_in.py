"""Signing in, failing to, being locked out, leaving: each is in the log."""

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.test import Client, RequestFactory

from anmin.ground.accounts import actions, queries
from anmin.ground.accounts.models import Staff
from anmin.ground.audit.models import AuditLine
from tests.conftest import PASSWORD, TODAY, Cast

pytestmark = pytest.mark.capability("RP-08")


def try_to_sign_in(username: str = "clerk", password: str = "wrong") -> Staff | None:
    request: HttpRequest = RequestFactory().post("/sign-in", REMOTE_ADDR="10.0.0.7")
    found = authenticate(request, username=username, password=password)
    assert found is None or isinstance(found, Staff)
    return found


def last_line() -> tuple[str, str, str]:
    line = AuditLine.objects.latest("sequence")
    return line.verb, line.actor_name, line.summary


def test_signing_in_and_out_is_in_the_log(cast: Cast) -> None:
    browser = Client()
    browser.force_login(Staff.objects.get(username="clerk"), backend="django.contrib.auth.backends.ModelBackend")
    browser.logout()
    lines = AuditLine.objects.order_by("sequence").values_list("verb", "actor_name", "subject_id", "on")
    assert list(lines) == [
        ("staff.signed_in", "王经办", str(cast.clerk.id), TODAY),
        ("staff.signed_out", "王经办", str(cast.clerk.id), TODAY),
    ]


def test_a_wrong_password_is_in_the_log_with_its_address_and_nothing_typed(cast: Cast) -> None:
    assert try_to_sign_in() is None
    line = AuditLine.objects.get()
    assert (line.verb, line.actor_id, line.subject_id) == ("staff.sign_in_failed", None, str(cast.clerk.id))
    assert line.summary == "账号“clerk”登录失败：密码不正确"
    assert line.details == {"address": "10.0.0.7", "locked": False}


def test_an_unknown_name_is_not_repeated_in_the_log(cast: Cast) -> None:
    """People type their password into the box for the name."""
    try_to_sign_in(username=PASSWORD)
    assert last_line() == ("staff.sign_in_failed", "未登录者", "登录失败：账号不存在")
    assert PASSWORD not in str(AuditLine.objects.values().get())


def test_an_account_at_rest_does_not_sign_in(cast: Cast) -> None:
    Staff.objects.filter(username="clerk").update(is_active=False)
    assert try_to_sign_in(password=PASSWORD) is None
    assert last_line() == ("staff.sign_in_failed", "未登录者", "账号“clerk”登录失败：账号已停用")


def test_the_fifth_failure_locks_the_account(cast: Cast) -> None:
    for _ in range(4):
        try_to_sign_in()
    assert last_line()[2] == "账号“clerk”登录失败：密码不正确"
    try_to_sign_in()
    assert last_line()[2] == "账号“clerk”登录失败：连续输错，已暂时锁定"
    assert try_to_sign_in(password=PASSWORD) is None
    assert queries.locked_usernames(cast.administrator) == ["clerk"]


def test_a_lock_is_the_accounts_own(cast: Cast) -> None:
    for _ in range(5):
        try_to_sign_in()
    assert try_to_sign_in("clerk2", PASSWORD) is not None
    assert queries.locked_usernames(cast.clerk_next_door) == []


def test_a_lock_ends_after_half_an_hour(cast: Cast) -> None:
    with time_machine.travel("2024-07-01T09:00:00+08:00", tick=False) as clock:
        for _ in range(5):
            try_to_sign_in()
        clock.shift(29 * 60)
        assert try_to_sign_in(password=PASSWORD) is None
        clock.shift(2 * 60)
        assert try_to_sign_in(password=PASSWORD) is not None
        assert queries.locked_usernames(cast.administrator) == []


def test_the_administrator_lifts_a_lock(cast: Cast) -> None:
    for _ in range(5):
        try_to_sign_in()
    staff = Staff.objects.get(username="clerk")
    actions.unlock_staff(staff=staff, actor=cast.administrator, on=TODAY)
    assert queries.locked_usernames(cast.administrator) == []
    assert try_to_sign_in(password=PASSWORD) == staff


def test_a_new_password_lifts_the_lock(cast: Cast) -> None:
    for _ in range(5):
        try_to_sign_in()
    staff = Staff.objects.get(username="clerk")
    actions.set_password(staff=staff, password="another-horse-43", actor=cast.administrator, on=TODAY)
    assert try_to_sign_in(password="another-horse-43") == staff
