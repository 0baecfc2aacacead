"""Machines are let in, listed and put out from the command line."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from anmin.cli import registry
from anmin.ground.registry.models import RegistryClient
from tests.conftest import Cast

run = CliRunner()
GRANT = ["register", "hrss.haian", "--name", "县人社局", "--basis", "某办法第五条", "--purpose", "核实", "--purpose-code", "E",
         "--register", "social", "--area", "1", "--until", "2025-06-30"]  # fmt: skip


def test_a_machine_comes_and_goes(cast: Cast) -> None:
    said = run.invoke(registry.app, [*GRANT, "--as", "administrator"]).stdout
    assert said.startswith("已接入“县人社局”（hrss.haian）。密钥只显示这一次：\n")
    (listed,) = json.loads(run.invoke(registry.app, ["list", "--json"]).stdout)
    assert listed == {
        "client_id": "hrss.haian", "name": "县人社局", "registers": ["social"], "areas": ["海安市"], "valid_from": "2024-07-01",
        "valid_until": "2025-06-30", "revoked_on": None, "last_message_at": None,
    }  # fmt: skip
    renewed = run.invoke(registry.app, ["renew-secret", "hrss.haian"]).stdout.splitlines()[-1]
    assert renewed not in said
    assert run.invoke(registry.app, ["deliver"]).stdout == (
        "变动通知 0 项；送达 0 件，未送达 0 件；提出查询 0 件，未送达 0 件。\n"
    )
    assert run.invoke(registry.app, ["watch"]).stdout == "没有可以订阅变动通知的数据源。\n"
    assert run.invoke(registry.app, ["revoke", "hrss.haian", "--reason", "协议终止"]).stdout == "已撤销“县人社局”的接入。\n"
    assert "hrss.haian" in run.invoke(registry.app, ["list"]).stdout


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (["--register", "land"], "没有登记“land”，可用的有：social、ibr、dr。"),
        (["--until", "soon"], "“soon”不是日期"),
        (["--area", "9"], "没有代码为“9”的"),
        (["--key", "/nowhere.pem"], "公钥文件“/nowhere.pem”无法读取。"),
        (["--as", "clerk"], "只有系统管理员"),
    ],
)
def test_a_grant_that_cannot_be_is_refused_in_a_sentence(cast: Cast, changed: list[str], sentence: str) -> None:
    result: Any = run.invoke(registry.app, [*GRANT, *changed])
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert RegistryClient.objects.count() == 0
