"""A file becomes declared columns on disk, or is refused with its row: nothing is guessed, nothing held as a whole."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from anmin.base.errors import BadValue
from anmin.ground.verification.matching.columns import EXTRACT, PERSONS
from anmin.ground.verification.matching.duck import Duck
from anmin.ground.verification.matching.reading import read_side
from anmin.ground.verification.matching.steps import Step, make_all

pytestmark = pytest.mark.capability("SA-12")

HEADINGS = "姓名,身份证号码,车牌\n"
WANG, LI = "王五,320699199001010019,苏F1\n", "李四,320699195001010015,苏F2\n"


def written(folder: Path, content: bytes | pa.Table) -> Path:
    if isinstance(content, pa.Table):
        path = folder / "数据[1].parquet"
        parquet.write_table(content, path)
    else:
        path = folder / "数据.csv"
        path.write_bytes(content)
    return path


def rows(folder: Path, content: bytes | pa.Table, columns: tuple[Any, ...] = EXTRACT) -> list[dict[str, Any]]:
    """What an engine reads of the file, in the order of its keys."""
    beside = folder / "beside"
    beside.mkdir()
    side = read_side(written(folder, content), columns, beside)
    with Duck(memory="500MB", threads=1) as engine:
        engine.view("given", side)
        found: list[dict[str, Any]] = engine.read("SELECT * FROM given ORDER BY key").to_pylist()
    assert len(found) == side.rows
    return [{name: value for name, value in row.items() if value is not None} for row in found]


def refusal(folder: Path, content: bytes | pa.Table, columns: tuple[Any, ...] = EXTRACT) -> str:
    with pytest.raises(BadValue) as refused:
        read_side(written(folder, content), columns, folder)
    return refused.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_empty_lines_are_no_rows_and_the_others_keep_their_numbers(tmp_path: Path, encoding: str) -> None:
    assert rows(tmp_path, f"{HEADINGS}{WANG}\n{LI}\n\n".encode(encoding)) == [
        {"key": 2, "row": 2, "name": "王五", "identity_number": "320699199001010019"},
        {"key": 4, "row": 4, "name": "李四", "identity_number": "320699195001010015"},
    ]


def test_a_parquet_file_of_texts_stays_where_it_is(tmp_path: Path) -> None:
    given = pa.table(
        {
            "姓 名": pa.array(["王五", None]).dictionary_encode(),
            "身份证号": pa.array(["320699199001010019", "无"], pa.large_string()),
            "颜色": ["红", "白"],
        }
    )
    assert rows(tmp_path, given) == [
        {"key": 1, "row": 1, "name": "王五", "identity_number": "320699199001010019"},
        {"key": 2, "row": 2, "identity_number": "无"},
    ]
    assert [path.is_symlink() for path in (tmp_path / "beside").iterdir()] == [True]


def test_numbers_and_days_of_a_parquet_file_become_text(tmp_path: Path) -> None:
    given = pa.table(
        {
            "person_id": pa.array([7.0, 8.0]),
            "name": ["王五", "李四"],
            "identity_number": [320699199001010019, 320699195001010015],
            "birth_date": [date(1990, 1, 1), None],
            "telephone": pa.array([Decimal(13800000000), None], pa.decimal128(11)),
        }
    )
    assert rows(tmp_path, given, PERSONS) == [
        {
            "key": 0,
            "person_id": 7,
            "name": "王五",
            "identity_number": "320699199001010019",
            "birth_date": "1990-01-01",
            "telephone": "13800000000",
        },
        {"key": 1, "person_id": 8, "name": "李四", "identity_number": "320699195001010015"},
    ]


_GBK = HEADINGS.encode("gbk")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{HEADINGS}{WANG}".encode() + LI.encode("gbk"), "“数据.csv”是 UTF-8 编码，但第 3 行不是"),
        (_GBK + WANG.encode("gbk") + LI.encode(), "“数据.csv”是 GBK 编码，但第 3 行是 UTF-8"),
        (_GBK + b"\xff\xff,1,2\n", "“数据.csv”第 2 行的文字编码无法识别"),
        (f"{HEADINGS}{WANG}".encode("utf-16"), "“数据.csv”是 UTF-16（“Unicode 文本”）编码"),
        (b"PK\x03\x04", "“数据.csv”不是文本表格，可能是改了名的 Excel 文件"),
        ("姓名;身份证号码\n王五;1\n".encode(), "“数据.csv”的各列没有用逗号分隔"),
        (f'{HEADINGS}{WANG}李四,1,"苏F2\n{WANG}{WANG}'.encode(), "“数据.csv”第 3 行“车牌”一格里有好几行内容，可能是引号没有成对"),
        (f"{HEADINGS}{WANG}李四,1\n".encode(), "“数据.csv”第 3 行有 2 列，而列名有 3 列，没有进行比对"),
        ("行号,姓名\n1,王五\n2,李四\n1,王五\n".encode(), "数据.csv 第 4 行“行号”与前面的行重复"),
    ],
)  # fmt: skip
def test_a_csv_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    assert refusal(tmp_path, content).startswith(said)


def test_an_empty_key_and_floats_are_refused_with_their_rows(tmp_path: Path) -> None:
    assert refusal(tmp_path, "人员编号,姓名\n1,王五\n,李四\n".encode(), PERSONS) == (
        "数据.csv 第 3 行“人员编号”是空的，请补上。没有进行比对。"
    )
    spoilt = pa.table({"姓名": ["王五", "李四", "赵六"], "身份证号": [None, 3.2069919900101e17, 3.2e17]})
    assert refusal(tmp_path, spoilt).startswith("数据[1].parquet 第 2、3 行“身份证号码”被电子表格变成了数字")
    assert refusal(tmp_path, pa.table({"row": [1, None], "name": ["王五", "李四"]})) == (
        "数据[1].parquet 第 2 行“行号”是空的，请补上。没有进行比对。"
    )
    assert refusal(tmp_path, pa.table({"姓名": [["王五"]]})) == "“姓名”一列应为文本，请检查。"


def test_one_broken_line_among_very_many_is_named(tmp_path: Path) -> None:
    lines = [WANG, LI] * 50_000
    lines[77_777] = "李四,320699195001010015,苏F2,多\n"
    assert refusal(tmp_path, (HEADINGS + "".join(lines)).encode()).startswith("“数据.csv”第 77779 行有 4 列，而列名有 3 列")
    lines[77_777] = "李四,3.20699E+17,苏F2\n"
    assert refusal(tmp_path, (HEADINGS + "".join(lines)).encode()).startswith(
        "数据.csv 第 77779 行“身份证号码”被电子表格变成了数字"
    )


def test_a_damaged_parquet_file_is_refused_whenever_it_is_noticed(tmp_path: Path) -> None:
    people = pa.table({"name": [f"王{place}" for place in range(20_000)], "village": [f"村{place}" for place in range(20_000)]})
    path = written(tmp_path, people)
    content = bytearray(path.read_bytes())
    for place in range(len(content) // 3, 2 * len(content) // 3, 97):
        content[place] ^= 0x5A
    path.write_bytes(content)
    # Only names and villages are damaged, which nothing looks at before they are compared.
    side = read_side(path, EXTRACT, tmp_path)
    with Duck(memory="500MB", threads=1) as engine:
        engine.view("given", side)
        with pytest.raises(BadValue, match=r"^“数据\[1\].parquet”不是完整的 Parquet 文件"):
            make_all(engine, [Step("names", "SELECT DISTINCT name, village FROM given")])
    path.write_bytes(content[:2_000])
    with pytest.raises(BadValue, match=r"^“数据\[1\].parquet”不是完整的 Parquet 文件"):
        read_side(path, EXTRACT, tmp_path)
