"""A folder of tables of facts, as CSV or as Parquet: read with every fault named, and written.

CSV needs nothing but Python; Parquet, for millions of rows, needs pyarrow. Sums are in yuan, or in whole fen where the name of
the column ends in ``_fen``. The schema is written from the rules by `anmin docs write`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan
from anmin.base.whole_files import written_whole
from anmin.ground.policy.arrow import arrow, arrow_of, coded_arrow
from anmin.ground.policy.cells import FEN, FIRST, LAST, Cells, Coded, Part, coded
from anmin.ground.policy.facts import MISSING, Fact
from anmin.ground.policy.families import FactTables, Spells
from anmin.ground.policy.parameters import is_money
from anmin.ground.policy.table_reading import ENTITY_OF, TABLES, tables_of

ENDINGS = (".parquet", ".csv")


def read_tables(folder: Path, facts: Mapping[str, Fact], known: Mapping[str, Fact] | None = None) -> FactTables:
    """The families of a folder with some facts; those that are only `known` may stand there and are left alone.

    Refuses, with file, row and column, whatever `paths_of` and `tables_of` refuse.
    """
    paths = paths_of(folder)
    cells: dict[str, Cells] = {name: _Parquet(path) if path.suffix == ".parquet" else _csv(path) for name, path in paths.items()}
    return tables_of(cells, facts, {name: path.name for name, path in paths.items()}, known)


def paths_of(folder: Path) -> dict[str, Path]:
    """The file of each table of a folder. Refuses a folder without the tables it must have, and a table given twice."""
    if not folder.is_dir():
        raise BadValue(f"没有找到文件夹 {folder}，请检查路径。")
    paths: dict[str, Path] = {}
    for name, label in TABLES.items():
        found = [folder / f"{name}{ending}" for ending in ENDINGS if (folder / f"{name}{ending}").exists()]
        if len(found) > 1:
            raise BadValue(f"“{label}”表有 {found[0].name} 和 {found[1].name} 两个文件，请只保留一个。")
        if not found:
            if name in ("households", "persons"):
                raise BadValue(f"文件夹 {folder} 中没有“{label}”表，请提供 {name}.csv 或 {name}.parquet。")
            continue
        paths[name] = found[0]
    return paths


class _Parquet(Mapping[str, Coded]):
    """The columns of a typed file, each read when it is asked for: a table of millions of rows is never held whole."""

    def __init__(self, path: Path) -> None:
        self._pa, self._name = arrow(), path.name
        with self._told():
            import pyarrow.parquet as parquet

            self._file = parquet.ParquetFile(path)
        self._columns = self._file.schema_arrow.names

    def __getitem__(self, name: str) -> Coded:
        if name not in self._columns:
            raise KeyError(name)
        with self._told():
            return coded_arrow(self._file.read([name]).column(0))

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (self._pa.ArrowInvalid, OSError) as error:
            raise BadValue(f"{self._name}：不是可以读取的 Parquet 文件，请重新导出。") from error


def _csv(path: Path) -> Cells:
    text = _decoded(path)
    reader = csv.reader(text.rstrip().splitlines(keepends=True))
    headings = [each.strip() for each in next(reader, [])]
    if not any(headings):
        raise BadValue(f"{path.name}：文件是空的，请至少写明各列的名称。")
    doubled = sorted({each for each in headings if headings.count(each) > 1})
    if doubled:
        raise BadValue(f"{path.name}：列名“{doubled[0]}”出现两次，请删去一列。")
    rows = []
    for place, row in enumerate(reader, start=2):
        if len(row) != len(headings):
            raise BadValue(f"{path.name} 第 {place} 行有 {len(row)} 格，与列名的 {len(headings)} 格不一致，请检查。")
        rows.append(row)
    columns: Iterable[Sequence[str]] = zip(*rows, strict=True) if rows else [()] * len(headings)
    return {name: coded(column) for name, column in zip(headings, columns, strict=True)}


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):  # what spreadsheets of an office write
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadValue(f"{path.name}：文件编码无法识别，请另存为 UTF-8 的 CSV 后再试。")


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_tables(folder: Path, tables: Mapping[str, Mapping[str, Sequence[Any]]], *, ending: str = "csv") -> list[Path]:
    """The tables are in the folder, one file each, in columns of ready words; what was there of any table is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [write_table(folder / f"{name}.{ending}", columns) for name, columns in tables.items()]
    for old in {folder / f"{name}{other}" for name in TABLES for other in ENDINGS}.difference(paths):
        old.unlink(missing_ok=True)
    return paths


def write_table(path: Path, columns: Mapping[str, Sequence[Any]]) -> Path:
    """The columns are in a file, CSV or Parquet by its ending; whole, or the file is as it was before."""
    with written_whole(path) as unfinished:
        if path.suffix == ".parquet":
            import pyarrow.parquet as parquet

            pa = arrow()
            made = pa.table({key: pa.array(column) for key, column in columns.items()})
            parquet.write_table(made, unfinished, compression="zstd")
            return path
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
    return path


def write_parts(path: Path, parts: Iterable[Part], *, repeated: Sequence[str]) -> None:
    """Tables of the same columns are in a file, one below the other; CSV or Parquet by its ending. There is at least one.

    Whole, or the file is as it was before. `repeated` are the columns of few words, which Parquet keeps once.
    """
    with written_whole(path) as unfinished:
        if path.suffix == ".parquet":
            _write_parquet(unfinished, parts, repeated)
        else:
            _write_csv(unfinished, parts)


def _write_parquet(path: Path, parts: Iterable[Part], repeated: Sequence[str]) -> None:
    import pyarrow.parquet as parquet

    pa = arrow()
    with ExitStack() as closing:
        writer = None
        for part in parts:
            table = pa.table({name: arrow_of(column, with_words=name not in repeated) for name, column in part.items()})
            # Without our own schema in it the file has words for every reader, however they were kept here.
            writer = writer or closing.enter_context(
                parquet.ParquetWriter(path, table.schema, compression="zstd", use_dictionary=[*repeated], store_schema=False)
            )
            writer.write_table(table)


def _write_csv(path: Path, parts: Iterable[Part]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for place, part in enumerate(parts):
            if not place:
                writer.writerow(part)
            cells = (each.texts() if isinstance(each, Coded) else each.tolist() for each in part.values())
            writer.writerows(zip(*cells, strict=True))


def written(fact: Fact, values: Sequence[int], *, in_fen: bool) -> tuple[str, list[Any]]:
    """The heading and the cells of a column of numbers, as `read_tables` reads them; not known is blank."""
    if fact.codes is not None:
        words = {int(code): name for name, code in fact.codes.items()}
        return fact.name, [words.get(each) for each in values]
    if fact.unit == "date":
        return fact.name, [None if each == MISSING else date(each // 10_000, each // 100 % 100, each % 100) for each in values]
    if is_money(fact.unit) and not in_fen:
        return fact.name, [None if each == MISSING else format_yuan(each, grouped=False) for each in values]
    return (fact.name + FEN if is_money(fact.unit) else fact.name), [None if each == MISSING else each for each in values]


def folder_tables(tables: FactTables, facts: Mapping[str, Fact], *, in_fen: bool) -> dict[str, dict[str, list[Any]]]:
    """Families as the tables of a folder: what holds throughout as columns, holdings in a table of their own."""
    homes = [tables.household_ids[row] for row in tables.household_of_person.tolist()]
    of = np.repeat(np.arange(tables.persons), np.diff(tables.offsets["supporter"]))
    keys: dict[str, dict[str, list[Any]]] = {
        "households": {"household": tables.household_ids.tolist(), "area": tables.areas.tolist()},
        "persons": {"person": tables.person_ids.tolist(), "household": homes, "name": tables.person_names.tolist()},
        "supporters": {"person": tables.person_ids[of].tolist(), "name": tables.supporter_names.tolist()},
    }
    for table, entity in ENTITY_OF.items():
        for name, column in tables.columns.get(entity, {}).items():
            if (column != MISSING).any():
                heading, cells = written(facts[name], column.tolist(), in_fen=in_fen)
                keys[table][heading] = cells
    if tables.holdings is not None:
        keys["holdings"] = _holdings(tables, tables.holdings)
    return keys


def _holdings(tables: FactTables, holdings: Mapping[str, Spells]) -> dict[str, list[Any]]:
    made: dict[str, list[Any]] = {"person": [], "benefit": [], "valid_from": [], "valid_until": []}
    for benefit, share in holdings.items():
        made["person"] += tables.person_ids[share.rows].tolist()
        made["benefit"] += [benefit] * len(share.rows)
        made["valid_from"] += [_day(each) for each in share.first.tolist()]
        made["valid_until"] += [_day(each) for each in share.last.tolist()]
    return made


def _day(number: int) -> date | None:
    return None if number in (FIRST, LAST) else date(number // 10_000, number // 100 % 100, number % 100)
