"""Persons and extracts in plain files: CSV (UTF-8 or GB 18030) or Parquet, Chinese or English headings.

What cannot be read is refused with its row before anything is compared; nothing is guessed and nothing half-read. A file is read
part by part: however long it is, it is never held as a whole.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from anmin.base.errors import BadValue
from anmin.ground.verification.matching.columns import WHOLE, Column, in_its_type, refuse_without
from anmin.ground.verification.matching.csv_parts import csv_parts
from anmin.ground.verification.matching.given import OnDisk

ENDINGS = (".csv", ".parquet")
_ROWS_SHOWN = 5
_AT_ONCE = 1 << 17
_SPOILT = r"^\s*([0-9](\.[0-9]+)?[Ee][+]?[0-9]{1,2}|[0-9]{16,}\.0*)\s*$"
_WHOLE = r"^\s*[0-9]{1,18}\s*$"
_FLOAT = "被电子表格变成了数字，末几位已经丢失，系统不作猜测；请设为“文本”格式后重新导出"


def read_side(path: Path, columns: tuple[Column, ...], beside: Path) -> OnDisk:
    """The file in its declared columns; an extract without row numbers is counted by its lines.

    A Parquet file stays where it is. Whatever must be read once to be told apart, such as a CSV, stands in the folder `beside`
    afterwards, which is the caller's to remove.

    Refuses what is no table, a broken line, a heading that stands twice, identity numbers that a spreadsheet turned into floats,
    and keys that are empty, repeated or no whole numbers, each with the row.
    """
    if path.suffix not in ENDINGS:
        raise BadValue(f"“{path.name}”不是 .csv 或 .parquet 文件，请转换后再试。")
    if not path.is_file():
        raise BadValue(f"找不到文件“{path}”，请检查路径。")
    here = beside / f"{columns[0].name}.parquet"
    return _csv(path, columns, here) if path.suffix == ".csv" else _parquet(path, columns, here)


def _csv(path: Path, columns: tuple[Column, ...], here: Path) -> OnDisk:
    return _rewritten(path, columns, here, 2, csv_parts(path))


def _parquet(path: Path, columns: tuple[Column, ...], here: Path) -> OnDisk:
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            named = _named(path, file.schema_arrow.names, columns)
            kinds = {name: file.schema_arrow.field(heading).type for name, heading in named.items() if heading}
            if not all(_is_plain(name, kind) for name, kind in kinds.items()):
                parts = file.iter_batches(_AT_ONCE, columns=[heading for heading in named.values() if heading])
                return _rewritten(path, columns, here, 1, parts)
            checks = Checks(path, columns)
            checked = {name: heading for name, heading in named.items() if heading and (name in WHOLE or "number" in name)}
            for part in file.iter_batches(_AT_ONCE, columns=list(checked.values())):
                numbers = np.arange(len(part)) + checks.rows + 1
                checks.see({name: part.column(heading) for name, heading in checked.items()}, numbers)
            rows = file.metadata.num_rows
    except (pa.ArrowInvalid, OSError) as error:
        if getattr(error, "errno", None):
            raise
        raise BadValue(f"“{path.name}”不是完整的 Parquet 文件，请重新导出。") from None
    checks.refuse()
    # A name that looks like a pattern, such as 数据[1].parquet, would be read as one.
    here.symlink_to(path.absolute())
    return OnDisk(here, rows, named)


def _is_plain(name: str, kind: pa.DataType) -> bool:
    """Whether engines read a column of this type as it is declared."""
    if name in WHOLE:
        return bool(pa.types.is_signed_integer(kind))
    text = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(text) or pa.types.is_large_string(text) or pa.types.is_string_view(text))


def _rewritten(path: Path, columns: tuple[Column, ...], here: Path, first: int, parts: Iterator[pa.RecordBatch]) -> OnDisk:
    """The declared columns of a file, in a Parquet file of our own; `first` is the number of its first row.

    Empty lines are left out and counted: a department's table ends with them, and its rows keep their numbers.
    """
    checks = Checks(path, columns)
    named: dict[str, str | None] = {}
    writer = None
    try:
        for part in parts:
            named = named or _named(path, part.schema.names, columns)
            numbers = np.arange(len(part)) + first
            first += len(part)
            filled = np.logical_or.reduce([pc.is_valid(values).to_numpy(zero_copy_only=False) for values in part.columns])
            numbers, part = numbers[filled], part.filter(pa.array(filled))
            given = {name: part.column(heading) for name, heading in named.items() if heading}
            checks.see(given, numbers)
            if checks.wrong:
                continue
            if "row" in named and "row" not in given:
                given["row"] = pa.array(numbers)
            table = pa.table({column.name: in_its_type(given[column.name], column) for column in columns if column.name in given})
            if writer is None:
                writer = pyarrow.parquet.ParquetWriter(here, table.schema)
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()
    checks.refuse()
    return OnDisk(here, checks.rows, {name: name if heading or name == "row" else None for name, heading in named.items()})


def _named(path: Path, headings: Iterable[str], columns: tuple[Column, ...]) -> dict[str, str | None]:
    """For every declared column its heading in the file; a heading may have blanks, and any of the names a column is known by."""
    known = {word: column for column in columns for word in (column.name, column.heading, *column.aliases)}
    named: dict[str, str | None] = dict.fromkeys(column.name for column in columns)
    for heading in headings:
        column = known.get(re.sub(r"[\s\ufeff]", "", heading))
        if column is None:
            continue
        if named[column.name] is not None:
            raise BadValue(f"“{path.name}”有两列都是“{column.heading}”，请只保留一列。")
        named[column.name] = heading
    try:
        refuse_without({name for name, heading in named.items() if heading or name == "row"}, columns)
    except BadValue as error:
        raise BadValue(f"{path.name}：{error.message}") from None
    return named


class Checks:
    """What must not stand in the columns, looked for part after part, so that all of it is said at once and with its rows."""

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        self.path, self.columns, self.rows = path, columns, 0
        self.wrong: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._keys: list[tuple[np.ndarray, np.ndarray]] = []

    def see(self, given: Mapping[str, pa.Array], numbers: np.ndarray) -> None:
        """The next rows, which have these numbers, are looked at."""
        for column in self.columns:
            values = given.get(column.name)
            if values is None:
                continue
            text = pa.types.is_string(values.type)
            if "number" in column.name and pa.types.is_floating(values.type):
                self._note(column, _FLOAT, pc.is_valid(values), numbers)
            if "number" in column.name and text:
                self._note(column, _FLOAT, pc.match_substring_regex(values, _SPOILT), numbers)
            if column.name in WHOLE and text:
                self._note(column, "不是整数，请改正", pc.invert(pc.match_substring_regex(values, _WHOLE)), numbers)
            if column.is_key:
                self._note(column, "是空的，请补上", pc.is_null(values), numbers)
        if "row" in given and not self.wrong:
            keys = in_its_type(given["row"], self.columns[0]).to_numpy(zero_copy_only=False)
            self._keys.append((keys, numbers))
        self.rows += len(numbers)

    def refuse(self) -> None:
        """Refuses the file if anything in it was wrong."""
        if self._keys and not self.wrong:
            keys, numbers = (np.concatenate(each) for each in zip(*self._keys, strict=True))
            order = np.argsort(keys, kind="stable")
            again = np.sort(order[1:][np.diff(keys[order]) == 0])
            self.wrong[self.columns[0].heading, "与前面的行重复，每行的编号应各不相同"] = numbers[again].tolist()
        for (heading, why), rows in self.wrong.items():
            if rows:
                shown = "、".join(map(str, rows[:_ROWS_SHOWN]))
                more = f"等 {len(rows)} 行" if len(rows) > _ROWS_SHOWN else ""
                raise BadValue(f"{self.path.name} 第 {shown} 行{more}“{heading}”{why}。没有进行比对。")

    def _note(self, column: Column, why: str, wrong: pa.Array, numbers: np.ndarray) -> None:
        rows = pc.indices_nonzero(pc.fill_null(wrong, False)).to_numpy()
        if len(rows):
            self.wrong[column.heading, why].extend(numbers[rows].tolist())
