"""The worklist, one case, the counts and the rhythms from the command line."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from anmin.cli import cases, schedules
from anmin.ground.schedules.declarations import SCHEDULES
from tests.conftest import Cast, County
from tests.dibao_counter import Counter

run = CliRunner()


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    made = Counter(cast, county.liuqiao)
    made.apply(date(2024, 3, 25))
    return made


def test_the_worklist_as_json(counter: Counter) -> None:
    said = json.loads(run.invoke(cases.app, ["list", "--json", "--as", "clerk", "--on", "2024-04-01"]).stdout)
    assert [(row["number"], row["state_label"], row["overdue"]) for row in said] == [(counter.case.number, "待受理", True)]


def test_the_worklist_as_a_table(counter: Counter) -> None:
    assert run.invoke(cases.app, ["list", "--on", "2024-04-01"]).stdout.endswith("共 1 件，列出 1 件。\n")


def test_the_clerk_next_door_lists_nothing(counter: Counter) -> None:
    assert json.loads(run.invoke(cases.app, ["list", "--json", "--as", "clerk_next_door"]).stdout) == []


def test_one_case_as_json(counter: Counter) -> None:
    said = json.loads(run.invoke(cases.app, ["show", counter.case.number, "--json", "--on", "2024-04-01"]).stdout)
    told = [(each["label"], each["answers"]) for each in said["actions"]]
    assert told == [("提出申请", {"申请理由": "年老体弱，没有收入来源。"})]


def test_one_case_as_tables(counter: Counter) -> None:
    shown = run.invoke(cases.app, ["show", counter.case.number, "--on", "2024-04-01"]).stdout
    assert [word for word in ("办理经过", "受理期限", "可办环节", "一次性告知补正") if word not in shown] == []


def test_a_number_out_of_sight_is_told_plainly(counter: Counter) -> None:
    answer = run.invoke(cases.app, ["show", counter.case.number, "--as", "clerk_next_door"])
    said = f"没有编号为“{counter.case.number}”的事项，或者不在您的管辖范围内。\n"
    assert (answer.exit_code, answer.stderr) == (1, said)


def test_a_day_that_is_none_is_told_plainly(counter: Counter) -> None:
    answer = run.invoke(cases.app, ["towns", "--on", "yesterday"])
    assert (answer.exit_code, answer.stderr) == (1, "日期“yesterday”无法识别，请写成 2024-06-30 的样子。\n")


def test_the_towns_as_json(counter: Counter) -> None:
    said = json.loads(run.invoke(cases.app, ["towns", "--json", "--on", "2024-04-01"]).stdout)
    assert [(each["town"], each["open"], each["overdue"]) for each in said] == [("曲塘镇", 1, 1)]


def test_laying_says_what_was_laid(counter: Counter) -> None:
    said = json.loads(run.invoke(schedules.app, ["lay", "--json"]).stdout)
    assert said == {name: {"laid": 0, "done": 0, "dropped": 0, "begun": 0} for name in SCHEDULES}


def test_laying_is_told_in_a_sentence(counter: Counter) -> None:
    told = run.invoke(schedules.app, ["lay"]).stdout.splitlines()
    assert told == [f"{name}：新增任务 0 项，办结 0 项，取消 0 项，启动办理 0 件。" for name in SCHEDULES]


def test_tasks_are_counted_by_town(cast: Cast, county: County) -> None:
    Counter(cast, county.liuqiao).to_confirmed()
    run.invoke(schedules.app, ["lay", "--on", "2025-03-03"])
    assert run.invoke(schedules.app, ["towns", "--on", "2025-05-06"]).stdout == "曲塘镇：待办 1 项，其中超期 1 项。\n"
