"""`anmin verification match`: two plain files into a third, and every refusal in a sentence that names the row."""

import csv
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from anmin.cli.verification import app
from tests.ground.verification.matching.test_matching import NAME, NUMBER, PEOPLE

run = CliRunner()

pytestmark = pytest.mark.capability("SA-12")


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    path = tmp_path / "persons.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["人员编号", "姓名", "身份证号", "家庭编号", "住址", "电话", "备注"])
        for each in PEOPLE[:60]:
            lines.writerow(
                [each[name] for name in ("person_id", "name", "identity_number", "household_id", "village", "telephone")] + ["x"]
            )
    return path


def matched(persons: Path, extract: str, out: Path, *, source: str = "机动车", memory: str = "500MB") -> tuple[int, str]:
    path = persons.with_name("extract.csv")
    path.write_text(extract, encoding="utf-8")
    words = {"persons": persons, "extract": path, "source": source, "out": out, "memory": memory}
    done = run.invoke(app, ["match", *(word for name, value in words.items() for word in (f"--{name}", str(value)))])
    return done.exit_code, done.output


def test_hits_are_written_for_people_with_covered_numbers(persons: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    code, said = matched(persons, f"车主,身份证号码,车牌\n王五,320699199001010019,苏F1\n{NAME},{NUMBER.lower()},苏F2\n", out)
    assert (code, said) == (
        0,
        "60 行人员与 2 行数据比对：号码和姓名一致 1 条，综合各项足以认定为同一人 0 条，待人工核实 0 条。"
        f"比对结果只是线索，须经人工核实。结果已写入 {out}。\n",
    )
    with out.open(encoding="utf-8-sig") as file:
        (hit,) = list(csv.DictReader(file))
    assert (hit["数据来源"], hit["行号"], hit["人员编号"], hit["档次"]) == ("机动车", "3", "1000", "A（号码和姓名一致）")
    assert hit["身份证号码（来源）"] == f"{NUMBER[:3]}***********{NUMBER[14:]}"
    assert NUMBER not in out.read_text(encoding="utf-8-sig")
    assert sum(int(hit[f"{field}分值"]) for field in ("姓名", "身份证号码", "出生日期", "性别", "村（居）", "电话")) == int(
        hit["分值"]
    )


def test_parquet_in_and_out_keeps_the_columns_for_machines(persons: Path, tmp_path: Path) -> None:
    extract, out = tmp_path / "extract.parquet", tmp_path / "hits.parquet"
    pyarrow.parquet.write_table(pa.table({"row": [7], "name": [NAME], "identity_number": [NUMBER]}), extract)
    done = run.invoke(
        app, ["match", "--persons", str(persons), "--extract", str(extract), "--source", "vehicles", "--out", str(out)]
    )
    assert done.exit_code == 0
    (hit,) = pyarrow.parquet.read_table(out).to_pylist()
    assert (hit["row"], hit["person_id"], hit["tier"], hit["source"]) == (7, 1000, "A", "机动车")


@pytest.mark.parametrize(
    ("extract", "said"),
    [
        ("姓名,身份证号\n张三,320699199001010019\n李四,3.20699E+17\n", "第 3 行“身份证号码”被电子表格变成了数字，末几位已经丢失"),
        ("姓名,身份证号\n张三,320699199001010000.0\n", "第 2 行“身份证号码”被电子表格变成了数字"),
        ("姓名,名字\n张三,李四\n", "“extract.csv”有两列都是“姓名”，请只保留一列。"),
        ("车牌,颜色\n苏F1,红\n", "至少要有“姓名”或“身份证号码”中的一列，才能比对。"),
        ("姓名,身份证号\n张三,320699199001010019,多\n", "“extract.csv”第 2 行有 3 列，而列名有 2 列，没有进行比对"),
        ("", "没有列名"),
        ("行号,姓名\n一,张三\n", "第 2 行“行号”不是整数，请改正。"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_row(persons: Path, tmp_path: Path, extract: str, said: str) -> None:
    out = tmp_path / "hits.csv"
    code, told = matched(persons, extract, out)
    assert code == 1
    assert said in told
    assert not out.exists()


def test_unknown_sources_engines_and_endings_are_refused_before_anything_is_read(persons: Path, tmp_path: Path) -> None:
    code, told = matched(persons, "姓名\n张三\n", tmp_path / "hits.csv", source="星座")
    assert (code, told.startswith("没有名为“星座”的数据源，可选：household_register（户籍）、")) == (1, True)
    assert matched(persons, "姓名\n张三\n", tmp_path / "hits.xlsx") == (
        1,
        "结果文件应以 .csv 或 .parquet 结尾，现在是“hits.xlsx”。\n",
    )
    assert matched(persons, "姓名\n张三\n", tmp_path / "there" / "hits.csv") == (
        1,
        f"放结果的文件夹“{tmp_path / 'there'}”不存在，请先建好或改写路径。\n",
    )
    assert matched(persons, "姓名\n张三\n", tmp_path / "hits.csv", memory="两个G") == (
        1,
        "内存大小应写成 2GB、800MB 这样，现在是“两个G”。\n",
    )
    nowhere = persons.with_name("nowhere.csv")
    (tmp_path / "hits.csv").write_text("上一次的结果")
    assert matched(nowhere, "姓名\n张三\n", tmp_path / "hits.csv") == (1, f"找不到文件“{nowhere}”，请检查路径。\n")
    assert (tmp_path / "hits.csv").read_text() == "上一次的结果"
    (tmp_path / "hits.csv").unlink()


def test_nothing_is_written_over_what_is_compared(persons: Path, tmp_path: Path) -> None:
    before = persons.read_bytes()
    extract = persons.with_name("extract.csv")
    assert matched(persons, "姓名\n张三\n", persons) == (1, "结果会覆盖要比对的文件“persons.csv”，请换一个文件名。\n")
    assert matched(persons, "姓名\n张三\n", extract) == (1, "结果会覆盖要比对的文件“extract.csv”，请换一个文件名。\n")
    assert persons.read_bytes() == before
    hits = tmp_path / "hits.csv"
    hits.write_text("昨天的结果", encoding="utf-8")
    assert matched(persons, "姓名\n张三,多\n", hits)[0] == 1
    assert hits.read_text(encoding="utf-8") == "昨天的结果"
    done = run.invoke(
        app, ["match", "--persons", str(extract), "--extract", str(extract), "--source", "vehicles", "--out", str(hits)]
    )
    assert (done.exit_code, done.output) == (1, "人员名单和数据是同一个文件“extract.csv”，请检查两个路径。\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["extract.csv", "hits.csv", "persons.csv"]


def test_what_a_spreadsheet_would_take_for_a_formula_is_text(persons: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    row = f"=1+1,{NUMBER},=HYPERLINK()\n"
    assert matched(persons, f"姓名,身份证号码,住址\n{row}", out)[0] == 0
    with out.open(encoding="utf-8-sig") as file:
        (hit,) = list(csv.DictReader(file))
    assert hit["村（居）（来源）"] == "'=HYPERLINK()"


def test_it_needs_neither_django_nor_a_database(persons: Path, tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text("姓名\n张三\n", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from anmin.ground.verification.matching.running import match_files; "
        f"match_files(Path({str(persons)!r}), Path({str(path)!r}), 'vehicles', Path({str(tmp_path / 'out.csv')!r})); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603  our own program
