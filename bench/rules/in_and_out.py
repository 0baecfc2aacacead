"""Our reader and writer: SQLite in columns, results as spells. Around OpenFisca they show which part is the calculation's."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from households import RESULTS

Columns = dict[str, np.ndarray]
ROWS_AT_ONCE = 16
SLICE = 4_096


class Spells:
    """What holds of each unit from a month until another: a row is written when it ends, and at the end of the year."""

    def __init__(self, unit: str, ids: np.ndarray) -> None:
        self.names = RESULTS[unit][3:]
        self.ids = ids
        self.values: list[np.ndarray] = []
        self.since = np.zeros(0, dtype=np.int32)
        self.paid = 0
        """What is held costs so much a month."""

    def turn(self, values: list[np.ndarray], month: int, touched: np.ndarray | None) -> Columns:
        """The rows that end before a month, because something else holds from it on; values are of the touched alone."""
        if not self.values:
            kinds = (np.int32 if name.endswith("amount") else np.int8 for name in self.names)
            self.values = [each.astype(kind) for each, kind in zip(values, kinds, strict=True)]
            self.since = np.full(len(self.ids), month, dtype=np.int32)
            self.paid = self._sum(self.values)
            return {}
        held = self.values if touched is None else [each.take(touched) for each in self.values]
        differs = np.zeros(len(held[0]), dtype=np.bool_)
        for old, new in zip(held, values, strict=True):
            differs |= old != new
        places = np.flatnonzero(differs)
        rows = places if touched is None else touched[places]
        ended = self.rows(rows, month - 1)
        changed = [each.take(places) for each in values]
        self.paid += self._sum(changed) - self._sum([each.take(places) for each in held])
        for old, new in zip(self.values, changed, strict=True):
            old[rows] = new
        self.since[rows] = month
        return ended

    def _sum(self, values: list[np.ndarray]) -> int:
        named = zip(self.names, values, strict=True)
        return sum(int(each.sum(dtype=np.int64)) for name, each in named if name.endswith("amount"))

    def rows(self, rows: np.ndarray | None, until: int) -> Columns:
        """Rows of results, of units of which something is granted or open; of all, where none are named."""
        outcomes = [each for name, each in zip(self.names, self.values, strict=True) if name.endswith("outcome")]
        something = np.zeros(len(self.ids) if rows is None else len(rows), dtype=np.bool_)
        for each in outcomes:
            something |= (each if rows is None else each.take(rows)) != 0
        rows = np.flatnonzero(something) if rows is None else rows[something]
        named = dict(zip(self.names, (each.take(rows) for each in self.values), strict=True))
        return {"id": self.ids[rows], "since": self.since[rows], "until": np.full(len(rows), until, dtype=np.int32), **named}


class Feed:
    """A table that comes in batches in the order of a key, handed on so many rows at a time in as few bytes as they need.

    What is handed on stands in room that is used again: it holds until more is asked for.
    """

    def __init__(self, batches: Iterable[Any], names: Sequence[str], kinds: Mapping[str, type], key: str) -> None:
        self._batches, self._key = iter(batches), key
        self._room = {name: np.empty(0, dtype=kinds.get(name, np.int32)) for name in names}
        self._rows = self._done = 0

    def first(self, rows: int) -> Columns:
        """The next rows, so many or what is left."""
        self._forget()
        while self._rows < rows and self._more():
            pass
        return self._handed(min(rows, self._rows))

    def until(self, last: int) -> Columns:
        """The next rows whose key is no larger than that."""
        self._forget()
        key = self._room[self._key]
        while (not self._rows or key[self._rows - 1] <= last) and self._more():
            key = self._room[self._key]
        return self._handed(int(np.searchsorted(key[: self._rows], last, side="right")))

    def _handed(self, rows: int) -> Columns:
        self._done = rows
        return {name: column[:rows] for name, column in self._room.items()}

    def _forget(self) -> None:
        """What was handed on before makes room; what is left moves to the front."""
        for column in self._room.values():
            column[: self._rows - self._done] = column[self._done : self._rows].copy()
        self._rows -= self._done
        self._done = 0

    def _more(self) -> bool:
        batch = next(self._batches, None)
        if batch is None:
            return False
        rows = self._rows + batch.num_rows
        for name, cells in zip(batch.schema.names, batch.columns, strict=True):
            column = self._room[name]
            if len(column) < rows:
                column = self._room[name] = np.concatenate([column[: self._rows], np.empty(rows, dtype=column.dtype)])
            found = cells.to_numpy(zero_copy_only=True)
            check(found, column.dtype)
            column[self._rows : rows] = found
        self._rows = rows
        return True


WRITING = {"compression": "lz4", "use_dictionary": False}
"""Parquet for both sides, written in less than half of the time of what pyarrow does unasked."""


class Writers:
    """A file of results for each unit."""

    def __init__(self, folder: Path, side: str) -> None:
        self._folder, self._side = folder, side
        self._open: dict[str, Any] = {}

    def write(self, unit: str, rows: Columns) -> None:
        """The rows are in the file of the unit, in the kinds of its first."""
        import pyarrow
        import pyarrow.parquet as parquet

        made = pyarrow.table(rows)
        if unit not in self._open:
            address = self._folder / f"{self._side}.{unit}.parquet"
            self._open[unit] = parquet.ParquetWriter(address, made.schema, **WRITING)
        self._open[unit].write_table(made)

    def close(self) -> None:
        """The files are whole."""
        for each in self._open.values():
            each.close()


def batches_of(at: Any, table: str, names: Sequence[str]) -> Any:
    """A table of SQLite in record batches."""
    at.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "16384"})
    at.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")  # noqa: S608  # own names
    return at.fetch_record_batch()


def read(at: Any, table: str, names: Sequence[str]) -> Columns:
    """A table in columns of 32 bits; refuses what does not fit instead of changing it."""
    return Feed(batches_of(at, table, names), names, {}, names[0]).first(sys.maxsize)


def write(at: Any, unit: str, columns: Columns) -> None:
    """The rows in the table of results: so many to a statement, for what a statement costs; the rest one by one."""
    import pyarrow

    names = RESULTS[unit]
    row = f"({', '.join('?' for _ in names)})"
    rows = len(columns["id"])
    together = rows // ROWS_AT_ONCE * ROWS_AT_ONCE
    for first, last, at_once in ((0, together, ROWS_AT_ONCE), (together, rows, 1)):
        if first == last:
            continue
        insert = f"INSERT INTO {unit}_result VALUES {', '.join([row] * at_once)}"  # noqa: S608  # own names
        parts = [columns[name][first:last].reshape(-1, at_once) for name in names]
        for lower in range(0, len(parts[0]), SLICE):
            slices = [part[lower : lower + SLICE] for part in parts]
            bound = [pyarrow.array(some[:, place].astype(np.int64)) for place in range(at_once) for some in slices]
            batch = pyarrow.record_batch(bound, names=[f"v{place}" for place in range(len(bound))])
            at.executemany(insert, batch)


def narrowed(cells: np.ndarray, kind: type) -> np.ndarray:
    """The same numbers in fewer bytes, or more."""
    check(cells, np.dtype(kind))
    return cells.astype(kind, copy=False)


def check(cells: np.ndarray, kind: np.dtype) -> None:
    """The numbers fit a column of a kind. Refuses what does not instead of changing it."""
    bounds = np.iinfo(kind)
    if cells.dtype != kind and len(cells) and (cells.min() < bounds.min or cells.max() > bounds.max):
        raise ValueError("a number does not fit its column")
