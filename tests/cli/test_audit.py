"""`anmin audit` on the command line."""

import json

import pytest
from django.db import connection
from typer.testing import CliRunner

from anmin.cli.audit import app
from anmin.ground.accounts import actions
from anmin.ground.audit.models import AuditLine
from tests.conftest import PASSWORD, TODAY, Cast

pytestmark = pytest.mark.capability("RP-08")

run = CliRunner()


@pytest.fixture
def two_lines(cast: Cast) -> None:
    for username, name in (("one", "甲"), ("two", "乙")):
        actions.create_staff(username=username, name=name, password=PASSWORD, actor=cast.administrator, on=TODAY)


def tamper() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_line_never_changes_update")
        else:
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
    AuditLine.objects.filter(sequence=1).update(summary="另一件事")


def test_verify_says_that_the_log_is_whole_and_gives_the_last_seal(two_lines: None) -> None:
    result = run.invoke(app, ["verify"])
    seal = AuditLine.objects.get(sequence=2).seal
    assert (result.exit_code, result.stdout) == (0, f"审计日志完整：共 2 条，逐条相接。链尾封印：{seal}\n")


def test_verify_names_the_place_and_fails(two_lines: None) -> None:
    tamper()
    result = run.invoke(app, ["verify"])
    assert (result.exit_code, result.stdout) == (1, "第 1 条记录的内容被改动\n")
    assert "审计日志不完整：共 2 条，发现 1 处问题。" in result.stderr


def test_verify_takes_a_seal_noted_earlier(two_lines: None) -> None:
    noted = AuditLine.objects.get(sequence=1).seal
    assert run.invoke(app, ["verify", "--seal", noted]).exit_code == 0
    result = run.invoke(app, ["verify", "--seal", "0" * 64])
    assert (result.exit_code, result.stdout) == (1, "记下的封印不在日志中：日志可能被换成了较早的状态\n")


def test_list_as_json_is_for_machines(two_lines: None) -> None:
    result = run.invoke(app, ["list", "--json", "--verb", "staff", "--limit", "1"])
    said = json.loads(result.stdout)
    assert [(line["sequence"], line["verb"], line["summary"]) for line in said] == [(2, "staff.created", "建立账号“two”（乙）")]


def test_list_reads_as_somebody(two_lines: None) -> None:
    result = run.invoke(app, ["list", "--json", "--as", "clerk"])
    assert json.loads(result.stdout) == []


def test_list_refuses_a_day_that_is_none(two_lines: None) -> None:
    result = run.invoke(app, ["list", "--since", "yesterday"])
    assert result.exit_code == 1
    assert result.stderr == "“yesterday”不是日期，请写成 2024-06-30 的样子。\n"
