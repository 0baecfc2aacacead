"""A CSV part by part: what its encoding is, and which line of it is broken."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from anmin.base.errors import BadValue

_HAN = re.compile("[\u4e00-\u9fff]")
_STRETCH = 4
"""So many Chinese characters never pass for another encoding by chance."""
_BLOCK = 1 << 24
_SPILLED = r"\n[^\n]*,"
"""A line break and a comma within one cell: a quote that was not closed has swallowed the lines after it."""


def csv_parts(path: Path) -> Iterator[pa.RecordBatch]:
    """The rows of the file, all columns as text, empty cells and lines missing; at least one part, which may have no rows.

    Refuses a file without headings, in no encoding or in two, and every line with more or fewer cells than there are headings.
    """
    encoding = _encoding(path)
    broken: list[pa.csv.InvalidRow] = []

    def judge(row: pa.csv.InvalidRow) -> str:
        broken.append(row)
        return "skip"

    names = _headings(path, encoding)
    seen = 0
    try:
        with pyarrow.csv.open_csv(
            path,
            read_options=pa.csv.ReadOptions(encoding=encoding, use_threads=False, block_size=1 << 24),
            parse_options=pa.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=judge),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        ) as parts:
            yield pa.RecordBatch.from_pylist([], schema=parts.schema)
            for part in parts:
                _refuse_spilled(path, part, seen + len(broken))
                seen += len(part)
                yield part
    except pa.ArrowInvalid:
        raise BadValue(f"“{path.name}”无法按表格读取，可能是空文件或引号没有成对{_unclosed(path)}，请检查后重新导出。") from None
    if broken:
        first = broken[0]
        others = f"（另有 {len(broken) - 1} 行也是如此）" if len(broken) > 1 else ""
        raise BadValue(
            f"“{path.name}”第 {first.number} 行有 {first.actual_columns} 列，而列名有 {first.expected_columns} 列{others}，"
            "没有进行比对；请检查该行的逗号和引号，改正后再试。"
        )


def _headings(path: Path, encoding: str) -> list[str]:
    with path.open("rb") as file:
        heading = file.readline().decode(encoding)
    names = next(csv.reader([heading.lstrip("\ufeff")]), [])
    if not any(names):
        raise BadValue(f"“{path.name}”没有列名，请在第一行写上列名。")
    if len(names) == 1 and re.search("[;\t，；|]", names[0]):
        raise BadValue(f"“{path.name}”的各列没有用逗号分隔（列名是“{names[0]}”），请另存为“CSV UTF-8（逗号分隔）”后再试。")
    return names


def _refuse_spilled(path: Path, part: pa.RecordBatch, before: int) -> None:
    for name, values in zip(part.schema.names, part.columns, strict=True):
        if not pc.any(pc.match_substring(values, "\n")).as_py():
            continue
        rows = pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(values, _SPILLED), False))
        if len(rows):
            raise BadValue(
                f"“{path.name}”第 {rows[0].as_py() + before + 2} 行“{name}”一格里有好几行内容，可能是引号没有成对，没有进行比对；"
                "请检查该行的引号，改正后再试。"
            )


def _unclosed(path: Path) -> str:
    """The first line with a quote that is not closed on it, as a clause."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.count(b'"') % 2:
                return f"（第 {number} 行）"
    return ""


def _encoding(path: Path) -> str:
    """UTF-8 or GB 18030. Refuses anything else and a mixture, naming the line: read as the one, the other's names are lost."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadValue(f"“{path.name}”是 UTF-16（“Unicode 文本”）编码，请另存为“CSV UTF-8（逗号分隔）”后再试。")
    if b"\x00" in start or start.startswith(b"PK\x03\x04"):
        raise BadValue(f"“{path.name}”不是文本表格，可能是改了名的 Excel 文件，请另存为“CSV UTF-8（逗号分隔）”后再试。")
    line, before = _first_unlike(path, "utf-8")
    if line is None:
        return "utf8"
    if before >= _STRETCH:
        raise BadValue(f"“{path.name}”是 UTF-8 编码，但第 {line} 行不是，可能由两种编码的文件拼成，请统一编码后重新导出。")
    line, _ = _first_unlike(path, "gb18030")
    if line is not None:
        raise BadValue(
            f"“{path.name}”第 {line} 行的文字编码无法识别，既不是 UTF-8 也不是 GBK/GB18030，可能编码混杂；"
            "请另存为“CSV UTF-8（逗号分隔）”后再试。"
        )
    _refuse_utf8_among_gbk(path)
    return "gb18030"


def _first_unlike(path: Path, encoding: str) -> tuple[int | None, int]:
    """The first line that is not in the encoding, and how many Chinese characters stood before it (as far as that matters)."""
    before, number = 0, 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK) + file.readline():
            try:
                text = block.decode(encoding)
            except UnicodeDecodeError as error:
                text = block[: error.start].decode(encoding)
                return number + text.count("\n") + 1, before + len(_HAN.findall(text))
            number += text.count("\n")
            if before < _STRETCH:
                before += len(_HAN.findall(text))
    return None, before


def _refuse_utf8_among_gbk(path: Path) -> None:
    """Refuses a file in GBK with lines in UTF-8. A line of two or three characters is both by chance, once in a great many."""
    suspects, lines = [], 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            lines = number
            if line.isascii():
                continue
            try:
                characters = len(_HAN.findall(line.decode("utf-8")))
            except UnicodeDecodeError:
                continue
            if characters >= 2:
                suspects.append((number, characters))
    sure = next((number for number, characters in suspects if characters >= _STRETCH), None)
    if sure is None and len(suspects) <= lines // 20_000:
        return
    raise BadValue(
        f"“{path.name}”是 GBK 编码，但第 {sure or suspects[0][0]} 行是 UTF-8，可能由两种编码的文件拼成，请统一编码后重新导出。"
    )
