"""Setting up a bureau from the command line: the map, the first administrator."""

import json

import pytest
from typer.testing import CliRunner

from anmin.cli import accounts, areas, settings
from anmin.ground.accounts.models import Staff
from anmin.ground.accounts.queries import actor_named
from anmin.ground.accounts.vocabulary import Role
from anmin.settings.reference import page
from tests.conftest import PASSWORD, TODAY, Cast

run = CliRunner()


@pytest.mark.django_db
def test_a_bureau_is_set_up_with_three_commands() -> None:
    assert run.invoke(areas.app, ["load"]).stdout.startswith("装载区划：新增 257 个")
    created = run.invoke(accounts.app, ["create", "first", "--name", "第一人", "--password", PASSWORD])
    assert created.stdout == "已建立账号“first”。\n"
    assigned = run.invoke(accounts.app, ["assign", "first", "--role", "administrator", "--area", "1"])
    assert assigned.stdout == "第一人自 2024-07-01 起任系统管理员。\n"
    assert actor_named(username="first", on=TODAY).has(Role.ADMINISTRATOR)


@pytest.mark.django_db
def test_loading_the_map_again_says_that_nothing_changed() -> None:
    run.invoke(areas.app, ["load"])
    assert run.invoke(areas.app, ["load"]).stdout == "装载区划：没有变化\n"


@pytest.mark.django_db
def test_listing_the_map_as_json() -> None:
    run.invoke(areas.app, ["load"])
    said = json.loads(run.invoke(areas.app, ["list", "--json"]).stdout)
    found = [(each["code"], each["name"], each["villages"]) for each in said][:3]
    assert found == [("1", "海安市", 0), ("101", "海安街道", 26), ("102", "城东镇", 22)]


def test_listing_accounts_as_json(cast: Cast) -> None:
    said = json.loads(run.invoke(accounts.app, ["list", "--json", "--as", "clerk"]).stdout)
    assert [(each["username"], each["roles"]) for each in said] == [
        ("clerk", [{"role": "town_clerk", "area": "曲塘镇"}]),
        ("clerk2", [{"role": "town_clerk", "area": "曲塘镇"}]),
    ]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["assign", "clerk", "--role", "king", "--area", "1"], "没有角色“king”"),
        (["assign", "clerk", "--role", "cashier", "--area", "9"], "没有代码为“9”的"),
        (["assign", "nobody", "--role", "cashier", "--area", "1"], "没有账号“nobody”"),
        (["assign", "clerk", "--role", "cashier", "--area", "1"], "不相容岗位"),
        (["assign", "clerk", "--role", "leader", "--area", "1", "--from", "soon"], "“soon”不是日期"),
        (["unlock", "clerk", "--as", "leader"], "只有系统管理员可以管理账号"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(cast: Cast, command: list[str], sentence: str) -> None:
    result = run.invoke(accounts.app, command)
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_a_password_is_set_an_account_unlocked_and_put_to_rest(cast: Cast) -> None:
    for command in (["set-password", "clerk", "--password", "another-horse-43"], ["unlock", "clerk"], ["deactivate", "clerk"]):
        assert run.invoke(accounts.app, command).exit_code == 0
    staff = Staff.objects.get(username="clerk")
    assert (staff.check_password("another-horse-43"), staff.is_active) == (True, False)


def test_the_settings_page_is_printed() -> None:
    assert run.invoke(settings.app, ["reference"]).stdout == page()
