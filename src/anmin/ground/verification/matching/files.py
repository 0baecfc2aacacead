"""Persons, extracts and hits as plain files: CSV (UTF-8 or GB 18030) or Parquet, Chinese or English headings.

What cannot be read is refused with its row; nothing is guessed and nothing half-read.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from anmin.base.errors import BadValue
from anmin.base.identity import mask_identity_number
from anmin.ground.verification.matching.columns import WHOLE, Column, as_declared
from anmin.ground.verification.matching.evidence import sentences
from anmin.ground.verification.matching.vocabulary import FIELD_LABELS, FIELDS, LEVELS, RESULT_LABELS, SENTENCES, Tier

ENDINGS = (".csv", ".parquet")
_ROWS_SHOWN = 5
_SPOILT = r"^\s*([0-9](\.[0-9]+)?[Ee][+]?[0-9]{1,2}|[0-9]{16,}\.0*)\s*$"


def read_side(path: Path, columns: tuple[Column, ...]) -> pa.Table:
    """The file in its declared columns; an extract without row numbers is counted by its lines.

    Refuses what is no table, a broken line, a heading that stands twice, identity numbers that a spreadsheet turned into floats,
    and keys that are no whole numbers, each with the row.
    """
    if path.suffix not in ENDINGS:
        raise BadValue(f"“{path.name}”不是 .csv 或 .parquet 文件，请转换后再试。")
    if not path.is_file():
        raise BadValue(f"找不到文件“{path}”，请检查路径。")
    table = _csv(path) if path.suffix == ".csv" else _parquet(path)
    first = 2 if path.suffix == ".csv" else 1
    table = table.rename_columns(_names(path, table.column_names, columns))
    key = columns[0]
    if key.name == "row" and "row" not in table.column_names:
        table = table.append_column("row", pa.array(range(first, first + len(table)), pa.int64()))
    for column in columns:
        if column.name in table.column_names:
            _check(path, table.column(column.name), column, first)
    kept = [column.name for column in columns if column.name in table.column_names]
    try:
        return as_declared(table.select(kept), columns)
    except BadValue as error:
        raise BadValue(f"{path.name}：{error.message}") from None


def write_hits(path: Path, hits: pa.Table, source: str) -> None:
    """The hits stand in the file, with the source and the evidence in words; identity numbers are covered.

    A CSV has Chinese headings and words for people, a Parquet file the columns as they are for machines.
    """
    if path.suffix not in ENDINGS:
        raise BadValue(f"结果文件应以 .csv 或 .parquet 结尾，现在是“{path.name}”。")
    covered = hits
    for name in ("number_ours", "number_theirs"):
        covered = covered.set_column(covered.column_names.index(name), name, _covered(covered.column(name)))
    evidence = pa.array(list(sentences(hits)), pa.string())
    whose = pa.array([source] * len(hits), pa.string())
    if path.suffix == ".parquet":
        table = covered.append_column("source", whose).append_column("evidence", evidence)
        pyarrow.parquet.write_table(table.replace_schema_metadata(None), path)
        return
    shown: dict[str, pa.Array | pa.ChunkedArray] = {
        "source": whose,
        "row": covered.column("row"),
        "person_id": covered.column("person_id"),
        "tier": _worded(covered.column("tier"), {tier.value: f"{tier.value}（{tier.label}）" for tier in Tier}),
        "points": covered.column("points"),
        "evidence": evidence,
    }
    named = {RESULT_LABELS[name]: column for name, column in shown.items()}
    for field in FIELDS:
        label = FIELD_LABELS[field]
        words = {int(level): SENTENCES[field][level] for level in LEVELS[field]}
        named[f"{label}比对"] = _worded(covered.column(f"{field}_level"), words)
        named[f"{label}分值"] = covered.column(f"{field}_points")
        named[f"{label}（本库）"] = covered.column(f"{field}_ours")
        named[f"{label}（来源）"] = covered.column(f"{field}_theirs")
    with path.open("wb") as file:
        # Spreadsheets take a file without this mark for GBK.
        file.write(b"\xef\xbb\xbf")
        pyarrow.csv.write_csv(pa.table(named), file)


def _csv(path: Path) -> pa.Table:
    for encoding in ("utf8", "gb18030"):
        broken: list[tuple[int | None, int, int]] = []

        def judge(row: pa.csv.InvalidRow, found: list[tuple[int | None, int, int]] = broken) -> str:
            found.append((row.number, row.expected_columns, row.actual_columns))
            return "skip"

        try:
            read = pa.csv.ReadOptions(encoding=encoding, use_threads=False)
            with path.open("rb") as file:
                heading = file.readline()
            names = _headings(path, heading, encoding)
            table = pa.csv.read_csv(
                path,
                read_options=read,
                parse_options=pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=judge),
                convert_options=pa.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
                ),
            )
        except (UnicodeDecodeError, pa.ArrowInvalid, pa.ArrowKeyError) as error:
            if encoding == "utf8" and ("UTF8" in str(error) or isinstance(error, UnicodeDecodeError)):
                continue
            raise BadValue(f"“{path.name}”无法按表格读取，可能是空文件、编码混杂或引号没有成对，请检查后重新导出。") from None
        if broken:
            number, expected, actual = broken[0]
            others = f"（另有 {len(broken) - 1} 行也是如此）" if len(broken) > 1 else ""
            raise BadValue(
                f"“{path.name}”第 {number} 行有 {actual} 列，而列名有 {expected} 列{others}，没有进行比对；"
                "请检查该行的逗号和引号，改正后再试。"
            )
        return table
    raise BadValue(f"“{path.name}”的编码无法识别，请另存为 UTF-8 编码的 CSV。")


def _headings(path: Path, heading: bytes, encoding: str) -> list[str]:
    names = [name.strip('"') for name in heading.decode(encoding).lstrip("\ufeff").rstrip("\r\n").split(",")]
    if not any(names):
        raise BadValue(f"“{path.name}”没有列名，请在第一行写上列名。")
    return names


def _parquet(path: Path) -> pa.Table:
    try:
        return pyarrow.parquet.read_table(path)
    except pa.ArrowInvalid:
        raise BadValue(f"“{path.name}”不是完整的 Parquet 文件，请重新导出。") from None


def _names(path: Path, headings: Iterable[str], columns: tuple[Column, ...]) -> list[str]:
    known = {word: column.name for column in columns for word in (column.name, column.heading, *column.aliases)}
    named = [known.get(re.sub(r"\s", "", heading).lstrip("\ufeff"), f"?{heading}") for heading in headings]
    twice = next((name for position, name in enumerate(named) if name in named[:position]), None)
    if twice is not None:
        labels = {column.name: column.heading for column in columns}
        raise BadValue(f"“{path.name}”有两列都是“{labels.get(twice, twice[1:])}”，请只保留一列。")
    return named


def _check(path: Path, given: pa.ChunkedArray, column: Column, first: int) -> None:
    if "number" in column.name:
        if pa.types.is_floating(given.type):
            _refuse(
                path,
                column,
                pc.is_valid(given),
                first,
                "被电子表格变成了数字，末几位已经丢失，系统不作猜测；请设为“文本”格式后重新导出",
            )
        if pa.types.is_string(given.type):
            _refuse(
                path, column, pc.match_substring_regex(given, _SPOILT), first,
                "被电子表格变成了数字，末几位已经丢失，系统不作猜测；请设为“文本”格式后重新导出",
            )  # fmt: skip
    if column.name in WHOLE and pa.types.is_string(given.type):
        _refuse(path, column, pc.invert(pc.match_substring_regex(given, r"^\s*[0-9]{1,18}\s*$")), first, "不是整数，请改正")


def _refuse(path: Path, column: Column, wrong: pa.ChunkedArray, first: int, why: str) -> None:
    rows = pc.indices_nonzero(pc.fill_null(wrong, False)).to_pylist()
    if not rows:
        return
    shown = "、".join(str(row + first) for row in rows[:_ROWS_SHOWN])
    more = f"等 {len(rows)} 行" if len(rows) > _ROWS_SHOWN else ""
    raise BadValue(f"{path.name} 第 {shown} 行{more}“{column.heading}”{why}。没有进行比对。")


def _covered(numbers: pa.ChunkedArray) -> pa.Array:
    coded = pc.dictionary_encode(numbers.combine_chunks())
    masked = [None if number is None else mask_identity_number(number) for number in coded.dictionary.to_pylist()]
    return pa.array(masked, pa.string()).take(coded.indices)


def _worded(column: pa.ChunkedArray, words: dict[int, str] | dict[str, str]) -> pa.Array:
    coded = pc.dictionary_encode(column.combine_chunks())
    return pa.array([words[value] for value in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)
