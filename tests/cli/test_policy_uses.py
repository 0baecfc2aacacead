"""`anmin policy assess, facts, simulate, discover`: whole commands, on a folder and on the records."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from anmin.cli.policy import app
from tests.conftest import Cast, County
from tests.ground.entitlements.test_foresight import DIBAO, Village, hold

run = CliRunner()

HOUSEHOLDS = "household,area\nH1,曲塘镇\nH2,曲塘镇\n"
PERSONS = (
    "person,household,birth_on,relation,income_wage,income_business,income_property,income_pension,assets_financial\n"
    "P1,H1,1960-01-01,head,0,0,0,500,0\nP2,H2,1960-01-01,head,0,0,0,840,0\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "facts"
    made.mkdir()
    (made / "households.csv").write_text(HOUSEHOLDS, encoding="utf-8")
    (made / "persons.csv").write_text(PERSONS, encoding="utf-8")
    return made


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("engine", ["auto", "numpy", "duckdb", "compiled"])
def test_a_folder_is_decided_without_a_database(folder: Path, tmp_path: Path, engine: str) -> None:
    # Not even the mark that gives a test the database: whoever opened it would be refused.
    out = tmp_path / "out.csv"
    asked = ["assess", "--facts", str(folder), "--month", "2024-06", "--out", str(out), "--programme", DIBAO, "--engine", engine]
    made = run.invoke(app, asked)
    assert (made.exit_code, made.stdout.strip()) == (
        0,
        f"2024年6月，2 户：最低生活保障 1 户。结果已写入 {out}。",
    )
    assert [(row["household"], row["outcome"], row["amount"]) for row in rows(out)] == [
        ("H1", "eligible", "402.00"),
        ("H2", "not_eligible", "0.00"),
    ]


def test_one_programme_leaves_alone_what_only_others_ask(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    asked = ["assess", "--facts", str(folder), "--month", "2024-06", "--out", str(out)]
    assert run.invoke(app, [*asked, "--programme", DIBAO]).exit_code == 0
    before = rows(out)
    persons = PERSONS.splitlines()
    more = [persons[0] + ",child_father", *(line + ",dead" for line in persons[1:])]
    (folder / "persons.csv").write_text("\n".join(more), encoding="utf-8")
    (folder / "facts.csv").write_text("person,fact,value\nP1,care_proof,yes\n", encoding="utf-8")
    assert run.invoke(app, [*asked, "--programme", DIBAO]).exit_code == 0
    assert rows(out) == before
    (folder / "persons.csv").write_text("\n".join([more[0] + "s", *more[1:]]), encoding="utf-8")
    made = run.invoke(app, [*asked, "--programme", DIBAO])
    assert "persons.csv“child_fathers”：不认识这一列，请对照事实表说明检查列名。" in made.stderr


def test_all_programmes_are_decided_when_none_is_named(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    run.invoke(app, ["assess", "--facts", str(folder), "--month", "2024-06", "--out", str(out), "--granted-only"])
    found = rows(out)
    assert {DIBAO} <= {row["programme"] for row in found}
    assert "not_eligible" not in {row["outcome"] for row in found}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--engine": "abacus"}, "没有名为“abacus”的计算引擎，可选：auto、numpy、compiled、spark、duckdb"),
        ({"--out": "result.xls"}, "结果文件应以 .csv 或 .parquet 结尾"),
        ({"--month": "2024-13"}, "月份应为 1 至 12，现在是 13"),
        ({"--facts": "/nowhere"}, "没有找到文件夹 /nowhere"),
        ({"--programme": "assistance.lottery"}, "没有名为“assistance.lottery”的计算项目"),
        ({"--known-on": "昨天"}, "日期“昨天”无法识别"),
    ],
)
def test_what_cannot_be_decided_is_told_in_a_sentence(folder: Path, tmp_path: Path, changed: dict[str, str], said: str) -> None:
    given = {"--facts": str(folder), "--month": "2024-06", "--out": str(tmp_path / "out.csv"), **changed}
    made = run.invoke(app, ["assess", *(word for pair in given.items() for word in pair)])
    assert made.exit_code == 1
    assert said in made.stderr
    assert "Traceback" not in made.output


def test_a_change_is_reckoned_on_a_folder(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    made = run.invoke(
        app,
        ["simulate", "--set", "assistance.dibao.standard=860", "--from", "2024-07", "--months", "2", "--facts", str(folder),
         "--programme", DIBAO, "--out", str(out)],
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    assert "“最低生活保障标准”自2024年7月起由820.00元/人·月调整为860.00元/人·月" in made.stdout
    assert "因调整新进入 1 户（人）次，退出 0 户（人）次。" in made.stdout
    assert out.stat().st_size > 1000


def test_a_change_is_reckoned_on_the_records(cast: Cast, county: County) -> None:
    hold(Village(county.liuqiao).family("在享", income__pension=50_000), DIBAO, "household")
    made = run.invoke(app, ["simulate", "--set", "assistance.dibao.standard=860", "--from", "2024-07", "--months", "1"])
    assert made.exit_code == 0, made.output
    assert "曲塘镇" in made.stdout


def test_the_records_become_a_folder(cast: Cast, county: County, tmp_path: Path) -> None:
    hold(Village(county.liuqiao).family("在享"), DIBAO, "household")
    made = run.invoke(app, ["facts", "--out", str(tmp_path / "own"), "--month", "2024-07", "--names"])
    assert made.exit_code == 0, made.output
    assert [row["name"] for row in rows(tmp_path / "own" / "persons.csv")] == ["在享"]
    assert [row["benefit"] for row in rows(tmp_path / "own" / "holdings.csv")] == [DIBAO]
    refused = run.invoke(app, ["facts", "--out", str(tmp_path / "own"), "--month", "2024-07", "--format", "xls"])
    assert "不能写成“xls”格式" in refused.stderr


def test_leads_are_listed_and_written(cast: Cast, county: County, tmp_path: Path) -> None:
    Village(county.liuqiao).family("应享")
    listed = run.invoke(app, ["discover", "--month", "2024-07", "--programme", DIBAO])
    assert "应享" in listed.stdout
    assert "1 条线索。线索须经入户核实和审核确认" in listed.stdout
    out = tmp_path / "leads.csv"
    run.invoke(app, ["discover", "--month", "2024-07", "--kind", "entitled", "--programme", DIBAO, "--out", str(out)])
    assert [row["姓名"] for row in rows(out)] == ["应享"]
    ways = run.invoke(app, ["discover", "--month", "2024-07", "--kind", "ways"])
    assert "0 条线索" in ways.stdout


def test_why_says_what_would_turn_the_outcome(cast: Cast, county: County) -> None:
    person = Village(county.liuqiao).family("王阿姨", income__pension=100_000)
    number = f"JT{person.pk:04d}"
    told = run.invoke(app, ["why", number, "--month", "2024-07"]).stdout
    assert "→ 王阿姨的“养老金”现为1,000.00元，如降到819.99元及以下（减少180.01元），即符合最低生活保障条件" in told
    plain = json.loads(run.invoke(app, ["why", number, "--month", "2024-07", "--json"]).stdout)
    assert [(each["fact"], each["at"]) for each in plain["turns"]] == [("income_pension", 81_999)]


def test_why_is_told_of_a_person_by_name(cast: Cast, county: County) -> None:
    person = Village(county.liuqiao).family("王阿姨", born=date(1944, 8, 15))
    number = f"JT{person.pk:04d}"
    told = run.invoke(app, ["why", number, "--month", "2024-07", "--programme", "eldercare.allowance"]).stdout
    assert "从2024年8月起（王阿姨满80周岁）" in told
    asked = ["why", number, "--month", "2024-07", "--programme", "eldercare.allowance", "--person", "赵六"]
    assert "没有名为“赵六”的成员，可选：王阿姨" in run.invoke(app, asked).stderr
