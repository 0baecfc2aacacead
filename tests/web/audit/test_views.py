"""The log in the browser: who reads what, and the verdict on the chain."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from anmin.ground.accounts import actions
from anmin.ground.accounts.models import Staff
from anmin.ground.audit.models import AuditLine
from tests.conftest import PASSWORD, TODAY, Cast
from tests.web.signed_in import browser_of


@pytest.fixture
def changed_password(cast: Cast) -> AuditLine:
    """One line, of the clerk's own doing."""
    staff = Staff.objects.get(pk=cast.clerk.id)
    actions.change_own_password(staff=staff, old=PASSWORD, new="another-horse-43", actor=cast.clerk, on=TODAY)
    return AuditLine.objects.get()


@pytest.mark.capability("RP-08")
def test_auditor_reads_what_everybody_did(cast: Cast, changed_password: AuditLine) -> None:
    assert "王经办修改了自己的密码" in browser_of(cast.auditor).get("/audit").content.decode()


def test_clerk_next_door_reads_nothing_of_it(cast: Cast, changed_password: AuditLine) -> None:
    browser = browser_of(cast.clerk_next_door)
    assert "王经办修改了自己的密码" not in browser.get("/audit").content.decode()
    assert browser.get(f"/audit/{changed_password.sequence}").status_code == 404


def test_line_shows_its_seal(cast: Cast, changed_password: AuditLine) -> None:
    page = browser_of(cast.clerk).get(f"/audit/{changed_password.sequence}").content.decode()
    assert changed_password.seal in page


@pytest.mark.capability("RP-08")
def test_whole_chain_is_said_to_be_whole(cast: Cast, changed_password: AuditLine) -> None:
    assert "校验通过。</strong>共 1 条记录" in browser_of(cast.auditor).post("/audit/verify").content.decode()


@pytest.mark.capability("RP-08")
def test_forged_line_is_named(cast: Cast, changed_password: AuditLine) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_auditline'")
            for (trigger,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{trigger}"')
        else:
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
        cursor.execute("UPDATE audit_auditline SET summary = '什么也没有发生'")
    assert "第 1 条记录的内容被改动" in browser_of(cast.auditor).post("/audit/verify").content.decode()


def test_clerk_may_not_verify(cast: Cast) -> None:
    answer = browser_of(cast.clerk).post("/audit/verify")
    assert (answer.status_code, "只有审计监督人员和系统管理员可以校验审计日志" in answer.content.decode()) == (403, True)


def test_lines_are_found_by_what_was_done(cast: Cast, changed_password: AuditLine) -> None:
    browser = browser_of(cast.auditor)
    assert "王经办修改了自己的密码" in browser.get("/audit", {"verb": "staff.password_changed"}).content.decode()
    assert "王经办修改了自己的密码" not in browser.get("/audit", {"work": "roll"}).content.decode()


def test_log_asks_the_same_for_one_line_and_for_three(
    cast: Cast, changed_password: AuditLine, django_assert_num_queries: Callable[[int], Any]
) -> None:
    browser = browser_of(cast.auditor)
    with django_assert_num_queries(6):
        browser.get("/audit")
    staff = Staff.objects.get(pk=cast.clerk.id)
    for word in ("third-horse-44", "fourth-horse-45"):
        actions.set_password(staff=staff, password=word, actor=cast.administrator, on=TODAY)
    with django_assert_num_queries(6):
        browser.get("/audit")


def test_lines_are_exported_in_words(cast: Cast, changed_password: AuditLine) -> None:
    answer = browser_of(cast.auditor).get("/audit?export=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[1:4] for row in rows[1:]] == [("王经办", "修改密码", "王经办修改了自己的密码")]


def test_line_leads_only_to_pages_its_reader_may_open(cast: Cast, changed_password: AuditLine) -> None:
    address = f'href="/staff/{cast.clerk.id}"'
    pages = [
        browser_of(actor).get(f"/audit/{changed_password.sequence}").content.decode() for actor in (cast.auditor, cast.clerk)
    ]
    assert [address in page for page in pages] == [True, False]
