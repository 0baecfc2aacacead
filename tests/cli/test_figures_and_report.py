"""`anmin figures` and `anmin report` on the command line."""

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from anmin.base import clock
from anmin.cli import figures, report
from anmin.ground.indicators.declarations import INDICATORS
from anmin.ground.policy.book import use
from anmin.ground.reports.models import IssuedReport
from tests.conftest import Cast, County
from tests.small_register import SmallRegister, standard_of

pytestmark = [pytest.mark.capability("RP-01"), pytest.mark.capability("RP-02")]

run = CliRunner()


@pytest.fixture
def register(county: County) -> Iterator[SmallRegister]:
    with use(standard_of(820)):
        small = SmallRegister()
        small.family(county.liuqiao, 2)
        small.family(county.zoufeng, 1)
        yield small


def test_figures_as_json_are_for_machines(register: SmallRegister) -> None:
    result = run.invoke(figures.app, ["list", "--period", "2024H1", "--json"])
    said = {each["id"]: each for each in json.loads(result.stdout)}
    assert list(said) == [id for id, each in INDICATORS.items() if each.listed]
    persons = said["assistance.dibao.persons"]
    assert (persons["label"], persons["value"], persons["unit"], persons["rows"]) == ("城乡低保人数", 3, "人", 3)
    assert persons["definition"]
    assert said["assistance.dibao.standard"]["value"] == 820
    assert (said["assistance.dibao.funds"]["value"], said["assistance.dibao.funds"]["rows"]) == (None, 0)


def test_figures_in_a_table_tell_unknown_from_zero(register: SmallRegister) -> None:
    result = run.invoke(figures.app, ["list", "--period", "2024H1"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert "城乡低保人数" in result.stdout
    assert "尚无记录" in result.stdout


def test_all_figures_include_the_parts(register: SmallRegister) -> None:
    result = run.invoke(figures.app, ["list", "-p", "2024H1", "--all", "--json"])
    assert [each["id"] for each in json.loads(result.stdout)] == list(INDICATORS)


def test_figures_are_those_the_account_may_see(register: SmallRegister, cast: Cast) -> None:
    result = run.invoke(figures.app, ["list", "-p", "2024H1", "--json", "--as", "clerk_next_door"])
    assert json.loads(result.stdout)[1]["value"] == 1


def test_rows_behind_a_figure(register: SmallRegister) -> None:
    said = json.loads(run.invoke(figures.app, ["rows", "assistance.dibao.persons", "-p", "2024H1", "--json"]).stdout)
    assert (said["value"], [line["村（社区）"] for line in said["list"]]) == (3, ["刘桥村", "刘桥村", "邹冯村"])


def test_rows_on_the_screen_say_how_many_more_there_are(register: SmallRegister) -> None:
    result = run.invoke(figures.app, ["rows", "assistance.dibao.persons", "-p", "2024H1", "--limit", "1"])
    assert result.stderr == "共 3 条，只显示前 1 条；全部请用 --xlsx 导出。\n"


def test_rows_as_a_workbook(register: SmallRegister, tmp_path: Path) -> None:
    file = tmp_path / "rows.xlsx"
    result = run.invoke(figures.app, ["rows", "assistance.dibao.persons", "-p", "2024H1", "--xlsx", str(file)])
    assert result.stderr == f"已写入 {file}：城乡低保人数，3 条。\n"
    assert openpyxl.load_workbook(file)["明细"].max_row == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["list", "-p", "2024H3"], "半年应为 1（上半年）或 2（下半年），现在是 3。"),
        (["list", "-p", "2025H1"], "2025年上半年尚未开始，还没有数据。"),
        (["rows", "nothing", "-p", "2024H1"], "没有编号为“nothing”的指标，请在指标目录中核对编号。"),
    ],
)
def test_mistake_is_told_in_a_sentence(db: None, words: list[str], sentence: str) -> None:
    result = run.invoke(figures.app, words)
    assert (result.exit_code, result.stderr) == (1, sentence + "\n")


def test_report_is_written_to_standard_output_and_what_is_missing_beside_it(register: SmallRegister) -> None:
    result = run.invoke(report.app, ["write", "--period", "2024H1"])
    assert result.stdout.startswith("# 海安市民政局2024年上半年工作总结\n")
    assert "在保城乡低保对象2户、3人" in result.stdout
    assert "未写入：低保救助资金尚无记录。\n" in result.stderr


def test_report_is_written_to_a_file_in_each_format(register: SmallRegister, tmp_path: Path) -> None:
    for name in ("report.md", "report.html", "report.docx"):
        words = ["write", "-p", "2024H1", "-f", name.rpartition(".")[2], "-o", str(tmp_path / name)]
        assert run.invoke(report.app, words).exit_code == 0
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    paragraphs = docx.Document(BytesIO((tmp_path / "report.docx").read_bytes())).paragraphs
    assert paragraphs[0].text == "海安市民政局2024年上半年工作总结"


def test_unknown_format_is_told_in_a_sentence(register: SmallRegister) -> None:
    result = run.invoke(report.app, ["write", "-p", "2024H1", "-f", "pdf"])
    assert (result.exit_code, result.stderr[:14]) == (1, "没有“pdf”这种格式，请从")


@pytest.mark.capability("RP-03")
def test_check_shows_the_accounts(register: SmallRegister) -> None:
    result = run.invoke(report.app, ["check", "-p", "2024H1"])
    *shown, last = result.stdout.splitlines()
    assert shown[:4] == [
        "低保户数：期初 2 + 新增 0 − 核减 0 与期末 2 相符",
        "低保人数：期初 3 + 新增 0 − 核减 0 与期末 3 相符",
        "未写入：城乡低保户数上年同期、城乡低保人数上年同期尚无记录。",
        "未写入：低保救助资金尚无记录。",
    ]
    # The register knows dibao only; whatever else the report tells of is named as left out.
    assert [line for line in shown[4:] if not line.startswith("未写入：")] == []
    assert "未写入：下拨临时救助资金尚无记录。" in shown
    assert last == "校验通过。"


def test_issue_list_show_and_changes(register: SmallRegister, county: County, cast: Cast) -> None:
    clock.freeze(date(2024, 7, 2))
    issued = run.invoke(report.app, ["issue", "-p", "2024H1", "--as", "leader"])
    number = IssuedReport.objects.get().number
    assert issued.stdout.startswith(f"已印发：海安市民政局2024年上半年工作总结（{number}），")
    assert [each["number"] for each in json.loads(run.invoke(report.app, ["list", "--json"]).stdout)] == [number]
    assert run.invoke(report.app, ["changes", number]).stdout == "印发以来，各项数据没有变化。\n"
    register.family(county.liuqiao, 4)
    changed = json.loads(run.invoke(report.app, ["changes", number, "--json"]).stdout)
    assert [(each["id"], each["then"], each["now"]) for each in changed] == [
        ("assistance.dibao.households", "2户", "3户"),
        ("assistance.dibao.persons", "3人", "7人"),
    ]
    assert "在保城乡低保对象2户、3人" in run.invoke(report.app, ["show", number]).stdout


def test_clerk_cannot_issue(register: SmallRegister, cast: Cast) -> None:
    result = run.invoke(report.app, ["issue", "-p", "2024H1", "--as", "clerk"])
    assert (result.exit_code, result.stderr) == (1, "只有局领导可以印发报告\n")
