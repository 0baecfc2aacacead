"""`anmin verification` on the command line: a delivery, the requests, a full check, the watch, the end of the rows."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from anmin.base import clock
from anmin.cli.verification import app
from anmin.ground.cases.models import Case
from anmin.ground.people.models import Household
from anmin.ground.verification.actions import request_verification
from anmin.ground.verification.models import Extract
from tests.conftest import TODAY, Cast, County
from tests.verification_stage import Stage

pytestmark = pytest.mark.capability("SA-13")

runner = CliRunner()


@pytest.fixture
def stage(cast: Cast, county: County, settings: Any, tmp_path: Path) -> Stage:
    settings.DATA_DIR = tmp_path
    return Stage(cast, county.liuqiao)


@pytest.fixture
def home(stage: Stage) -> Household:
    made = stage.family(stage.person("李国强", date(1956, 5, 1)))
    stage.holds(made)
    stage.sign(made.head)
    return made


def say(*words: str) -> tuple[int, str]:
    result = runner.invoke(app, list(words))
    return result.exit_code, result.output.lstrip("\n")


def delivered(tmp_path: Path, number: str, header: str = "车牌号") -> str:
    file = tmp_path / "机动车.csv"
    file.write_text(f"姓名,身份证号,{header}\n李国强,{number},苏F1\n", encoding="gbk")
    return str(file)


def test_a_delivery_a_request_a_full_check(stage: Stage, home: Household, tmp_path: Path) -> None:
    file = delivered(tmp_path, stage.clear[home.head_id])
    assert say("receive", "vehicles", file, "--as-of", "2024-06-15", "--as", "reviewer") == (
        0, "接收机动车数据 1 行，截至 2024-06-15，保存至 2025-07-02。\n",
    )  # fmt: skip
    assert say("run", "--as", "reviewer") == (0, "没有待核对的请求。\n")
    request_verification(
        case=home.entitlements.get(), purpose="assistance.dibao.review", person_ids=[home.head_id], consent_on=TODAY,
        occasion="review", actor=stage.cast.clerk, on=TODAY,
    )  # fmt: skip
    assert say("run", "--as", "reviewer") == (0, "已核对请求 1 件，待处理疑点 1 条。\n")
    status, said = say("full", "--ground", "2024年上半年全量核对", "--as", "reviewer", "--json")
    told = json.loads(said)
    assert (status, told["number"], told["persons"], told["hits"], told["findings"]) == (0, "HD2024000002", 1, 1, {"open": 1})
    assert told["unanswered"]["银行存款"] == "部门未提供数据"
    status, said = say("full", "--resume", "HD2024000002", "--as", "reviewer")
    assert (status, said.splitlines()[0]) == (
        0, "HD2024000002：核对 1 人（0 人授权不全），比中 1 条，疑似待辨认 0 条，疑点 1 条。",
    )  # fmt: skip


def test_a_check_that_is_done_is_told_and_what_came_late_is_asked(stage: Stage, home: Household) -> None:
    assert say("full", "--ground", "全量核对", "--as", "reviewer")[0] == 0
    status, said = say("full", "--resume", "HD2024000001", "--as", "reviewer")
    assert (status, said.splitlines()[-1]) == (
        0, "该任务已于 2024-07-01 完成；没有答复的，请用 anmin verification late HD2024000001 补充核对。",
    )  # fmt: skip
    assert say("late", "HD2024000001", "--as", "reviewer") == (
        1, "尚未比对的数据源仍然没有可用的数据，请先接收部门数据。\n",
    )  # fmt: skip
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"))
    status, said = say("late", "HD2024000001", "--as", "reviewer", "--json")
    told = json.loads(said)
    assert (status, told["hits"], told["findings"], "机动车" in told["unanswered"]) == (0, 1, {"open": 1}, False)
    status, said = say("late", "HD9", "--as", "reviewer")
    assert (status, "没有编号为“HD9”的核对任务" in said) == (1, True)


def test_the_watch_opens_a_review(stage: Stage, home: Household) -> None:
    stage.deliver("deaths", stage.row(home.head, died_on="2024-06-02"))
    status, said = say("watch", "--as", "reviewer")
    assert (status, said.splitlines()[0]) == (
        0, "HD2024000001：核对 1 人（0 人授权不全），比中 1 条，疑似待辨认 0 条，疑点 1 条。",
    )  # fmt: skip
    assert Case.objects.get().household == home
    assert say("watch", "--if-new", "--as", "reviewer") == (0, "死亡火化、服刑、机构入住没有新的数据，无须监测。\n")


def test_a_column_is_read_as_told_and_remembered(stage: Stage, home: Household, tmp_path: Path) -> None:
    number = stage.clear[home.head_id]
    file, day = delivered(tmp_path, number, "牌子"), ("--as-of", "2024-06-15", "--as", "reviewer")
    status, said = say("receive", "vehicles", file, *day)
    assert (status, "没有一列是“机动车”数据的内容" in said) == (1, True)
    told = ("--column", "牌子=plate", "--column", "姓名=name", "--column", "身份证号=identity_number")
    assert say("receive", "vehicles", file, *day, *told)[0] == 0
    status, said = say("receive", "vehicles", file, *day, "--column", "牌子")
    assert (status, "“牌子”不是列的对应关系" in said) == (1, True)


def test_sources_with_their_freshness(stage: Stage, home: Household) -> None:
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"))
    status, said = say("sources", "--json")
    lines = {line["source"]: line for line in json.loads(said)}
    assert (status, lines["vehicles"]["newest"], lines["deaths"]["newest"]) == (0, "2024-06-15", None)
    assert "机动车" in say("sources")[1]


def test_rows_whose_time_is_over_are_deleted(stage: Stage, home: Household) -> None:
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"))
    assert say("delete-expired", "--on", "2025-07-02") == (0, "已删除保存期限届满的部门数据 0 批。\n")
    clock.freeze(date(2025, 7, 3))
    assert say("delete-expired") == (0, "已删除保存期限届满的部门数据 1 批。\n")
    assert (Extract.objects.get().kept_as, Extract.objects.get().deleted_on) == ("", date(2025, 7, 3))


def test_an_unknown_check_is_not_resumed(stage: Stage) -> None:
    status, said = say("full", "--resume", "HD9", "--as", "reviewer")
    assert (status, "没有编号为“HD9”的核对任务" in said) == (1, True)
