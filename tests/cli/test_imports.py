"""`anmin import`: a file is brought in, an empty one made, the forms listed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from anmin.cli.imports import app
from anmin.ground.imports.reading import read_table
from anmin.ground.people.models import Person
from tests.conftest import Cast, County

HEADERS = "身份证号,姓名,户籍性质,镇街,村居"
GOOD, BAD = "320699190101010013,赵六,农村,曲塘镇,刘桥村", "320699190101010014,赵六,农村,曲塘镇,刘桥村"


def written(tmp_path: Path, row: str) -> str:
    path = tmp_path / "名册.csv"
    path.write_text(f"{HEADERS}\n{row}\n", encoding="gbk")
    return str(path)


def test_import_brings_a_file_in(cast: Cast, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["people.persons", written(tmp_path, GOOD), "--as", "clerk"])

    assert (result.exit_code, result.stdout, Person.objects.count()) == (0, "已导入 名册.csv：1 行（新登记 1）。\n", 1)


def test_import_lists_what_to_mend_and_fails(cast: Cast, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["people.persons", written(tmp_path, BAD), "--as", "clerk"])

    assert (result.exit_code, result.stdout, "第 2 行“身份证号”" in result.stderr, Person.objects.count()) == (1, "", True, 0)


def test_import_tells_a_machine(cast: Cast, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["people.persons", written(tmp_path, BAD), "--json"])
    said = json.loads(result.stdout)

    assert (result.exit_code, said["state"], said["problem_count"]) == (1, "refused", 1)


def test_import_tells_plainly_that_somebody_may_not(cast: Cast, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["people.persons", written(tmp_path, GOOD), "--as", "cashier"])

    assert (result.exit_code, result.stderr) == (1, "您的岗位不能导入这种表格，请由负责该业务的经办人或科室人员导入。\n")


def test_template_writes_an_empty_workbook(county: County, tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    CliRunner().invoke(app, ["template", "people.deaths", "-o", str(path)])

    assert read_table(path, "空表.xlsx").headers == ["身份证号", "姓名", "死亡日期", "来源"]


def test_forms_lists_columns_for_a_machine(county: County) -> None:
    said = json.loads(CliRunner().invoke(app, ["forms", "--json"]).stdout)

    assert {form["name"]: form["columns"][0]["header"] for form in said}["people.households"] == "户编号"
