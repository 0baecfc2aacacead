"""A draw is made again from the command line: from the records, and from the plain file without any."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from anmin.cli import homechecks
from anmin.lines.assistance.homechecks.models import HomeCheck
from tests.lines.assistance.homechecks.conftest import Round, round_

__all__ = ["round_"]

pytestmark = pytest.mark.capability("SA-14")

run = CliRunner()


def test_records_and_plain_file_give_the_households_that_are_visited(round_: Round, tmp_path: Path) -> None:
    plan = round_.under_way()
    visited = [list(each) for each in HomeCheck.objects.order_by("place").values_list("area__code", "household__number")]
    from_records = json.loads(run.invoke(homechecks.app, ["draw", str(plan.pk), "--json"]).stdout)
    file = tmp_path / "roll.csv"
    written = run.invoke(homechecks.app, ["roll", str(plan.pk), "--out", str(file)])
    assert written.stdout == f"已写出 10 户，摘要 {plan.roll_sha256}。\n"
    asked = ["draw-file", str(file), "--seed", plan.seed, "--villages", "2", "--households", "2", "--json"]
    from_file = json.loads(run.invoke(homechecks.app, asked).stdout)
    assert from_records["drawn"] == from_file["drawn"] == visited
    assert from_file["roll_sha256"] == plan.roll_sha256


def test_the_draw_as_text(round_: Round) -> None:
    plan = round_.under_way()
    told = run.invoke(homechecks.app, ["draw", str(plan.pk)])
    places = [f"{each.place},{each.area.code},{each.household.number}" for each in HomeCheck.objects.order_by("place")]
    assert told.stdout.splitlines() == places


def test_a_plan_without_a_seed_is_told_plainly(round_: Round) -> None:
    plan = round_.plan()
    told = run.invoke(homechecks.app, ["draw", str(plan.pk)])
    assert (told.exit_code, told.stderr) == (1, f"{plan.title}还没有公布种子，没有抽取。\n")


def test_the_rounds_as_a_list(round_: Round) -> None:
    plan = round_.plan()
    said = run.invoke(homechecks.app, ["list"]).stdout
    assert said == (
        f"{plan.pk} {plan.title}（名册已冻结，待抽取）：名单 0 户，已核查 0 户；"
        f"名册摘要 {plan.roll_sha256}，种子 尚未公布，抽取 2 个村（社区）、每村至多 2 户\n"
    )
