"""`anmin rolls` on the command line: three people, a bank file, its answer."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from anmin.base import clock
from anmin.cli.rolls import app
from anmin.ground.policy import book
from tests.conftest import Cast, County
from tests.stipend_stage import STIPEND, Stage, register, stipend_policy

pytestmark = pytest.mark.capability("SA-18")

run = CliRunner()
TRIAL = ["--benefit", STIPEND]


@pytest.fixture
def stage(county: County, cast: Cast, settings: Any, tmp_path: Path) -> Iterator[Stage]:
    register()
    settings.DATA_DIR = tmp_path
    clock.freeze(date(2024, 3, 8))
    with book.use(stipend_policy()):
        yield Stage(county.liuqiao)


def say(*words: str) -> tuple[int, str]:
    result = run.invoke(app, list(words))
    return result.exit_code, result.output.lstrip("\n")


def test_a_month_from_roll_to_answer(stage: Stage, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> None:
    stage.family(10_000, since=date(2024, 3, 1))
    stage.family(20_000, since=date(2024, 3, 1), account="")
    for step, who in (("generate", "cashier"), ("check", "cashier2"), ("approve", "leader")):
        status, said = say(step, "2024-03", "--as", who, *TRIAL)
        assert (status, "2 户、2 人、2 行，合计 300.00 元" in said) == (0, True)
    with django_capture_on_commit_callbacks(execute=True):
        status, said = say("bank-file", "2024-03", "--as", "cashier", "--json", *TRIAL)
    made = json.loads(said)
    assert (status, made["number"], made["count"], made["total_fen"]) == (0, "SX20240301", 1, 10_000)
    assert made["left_out"] == [["受益人3", 20_000, "没有登记银行账号"]]
    assert [Path(path).exists() for path in made["files"]] == [True, True]
    answer = tmp_path / "回盘.csv"
    answer.write_text("参考号,结果,原因\nSX20240301-000001,成功,\n", encoding="gbk")
    assert say("bring-return", str(answer), "--as", "cashier") == (0, "银行文件 SX20240301 的回盘：成功 1 笔，失败 0 笔\n")


def test_list_and_show_for_a_machine(stage: Stage) -> None:
    stage.family(10_000, since=date(2024, 3, 1))
    say("generate", "2024-03", "--as", "cashier", *TRIAL)
    status, said = say("list", "--json")
    assert (status, [(roll["month"], roll["state"], roll["total_fen"]) for roll in json.loads(said)]) == (
        0, [("2024-03", "generated", 10_000)],
    )  # fmt: skip
    shown = json.loads(say("show", "2024-03", "--json", *TRIAL)[1])
    assert (shown["control_totals"]["balanced"], shown["control_totals"]["entered"], shown["problems"]) == (True, 10_000, [])
    assert "新增 1 户 +100.00" in say("show", "2024-03", *TRIAL)[1]
    assert "2024-03" in say("list")[1]


def test_show_names_whom_the_roll_passes_over_and_why(stage: Stage) -> None:
    stage.family(10_000, since=date(2024, 3, 1))
    unknown = stage.family(None, since=date(2024, 3, 1))
    say("generate", "2024-03", "--as", "cashier", *TRIAL)
    shown = json.loads(say("show", "2024-03", "--json", *TRIAL)[1])
    assert [(each["kind"], each["household"]) for each in shown["notices"]] == [("undetermined", unknown.household.number)]
    assert f"资料不全，暂不能认定：{unknown.household.number} {unknown.holder.name}，" in say("show", "2024-03", *TRIAL)[1]


def test_a_refusal_is_a_sentence_and_status_one(stage: Stage) -> None:
    assert say("generate", "2024-03", "--as", "clerk", *TRIAL) == (1, "只有全市的发放经办人可以生成发放名册\n")
    assert say("check", "2024-03", "--as", "cashier2", *TRIAL) == (1, "没有试行津贴 2024-03 的名册，请先生成。\n")


def test_discard_says_so(stage: Stage) -> None:
    say("generate", "2024-03", "--as", "cashier", *TRIAL)
    assert say("discard", "2024-03", "--as", "cashier", "--reason", "重做", *TRIAL) == (0, "试行津贴 2024-03 名册已作废。\n")


@pytest.mark.capability("SA-18")
def test_all_benefits_of_a_month_go_step_by_step(stage: Stage) -> None:
    stage.family(10_000, since=date(2024, 3, 1))
    said = [
        say(step, "2024-03", "--as", who, "--benefit", "all")[1]
        for step, who in (("generate", "cashier"), ("check", "cashier2"), ("approve", "leader"))
    ]
    assert [each.startswith("试行津贴 2024-03 名册（") for each in said] == [True, True, True]
    status, refusal = say("approve", "2024-03", "--as", "leader", "--benefit", "all")
    assert (status, "2024-03 没有等待这一步的名册。" in refusal) == (1, True)


def test_benefit_may_be_named_by_its_label(stage: Stage) -> None:
    stage.family(10_000, since=date(2024, 3, 1))
    assert say("generate", "2024-03", "--as", "cashier", "--benefit", "试行津贴")[0] == 0
