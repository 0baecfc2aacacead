"""Our reader and writer: SQLite in columns, results as spells. Around OpenFisca they show which part is the calculation's."""

from collections.abc import Mapping

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

    def turn(self, values: list[np.ndarray], month: int, touched: np.ndarray | None) -> Columns:
        """The rows that end before a month, because something else holds from it on."""
        if not self.values:
            self.values = [each.astype(np.int32) for each in values]
            self.since = np.full(len(self.ids), month, dtype=np.int32)
            return {}
        rows = np.arange(len(self.ids)) if touched is None else touched
        differs = np.zeros(len(rows), dtype=np.bool_)
        for old, new in zip(self.values, values, strict=True):
            differs |= old[rows] != new[rows]
        rows = rows[differs]
        ended = self.rows(rows, month - 1)
        for old, new in zip(self.values, values, strict=True):
            old[rows] = new[rows]
        self.since[rows] = month
        return ended

    def rows(self, rows: np.ndarray, until: int) -> Columns:
        """Rows of results, of units of which something is granted or open."""
        something = np.zeros(len(rows), dtype=np.bool_)
        for place, name in enumerate(self.names):
            if name.endswith("outcome"):
                something |= self.values[place][rows] != 0
        rows = rows[something]
        named = dict(zip(self.names, (each[rows] for each in self.values), strict=True))
        return {"id": self.ids[rows], "since": self.since[rows], "until": np.full(len(rows), until, dtype=np.int32), **named}


def read(at: object, table: str, names: tuple[str, ...], kinds: Mapping[str, type]) -> Columns:
    """A table in columns as narrow as the bounds of the facts allow; refuses what does not fit instead of changing it."""
    at.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "16384"})  # type: ignore[attr-defined]  # of the driver
    at.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")  # type: ignore[attr-defined]  # noqa: S608  # own names
    parts: list[list[np.ndarray]] = [[] for _ in names]
    for batch in at.fetch_record_batch():  # type: ignore[attr-defined]  # of the driver
        for part, column, name in zip(parts, batch.columns, names, strict=True):
            part.append(narrowed(column.to_numpy(zero_copy_only=True), kinds.get(name, np.int32)))
    made = {}
    for name, part in zip(names, parts, strict=True):
        made[name] = np.concatenate(part)
        part.clear()
    return made


def write(at: object, unit: str, columns: Columns) -> None:
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
            at.executemany(insert, batch)  # type: ignore[attr-defined]  # of the driver


def narrowed(cells: np.ndarray, kind: type) -> np.ndarray:
    """The same numbers in fewer bytes, or more."""
    if cells.dtype == kind:
        return cells
    bounds = np.iinfo(kind)
    if len(cells) and (cells.min() < bounds.min or cells.max() > bounds.max):
        raise ValueError("a number does not fit its column")
    return cells.astype(kind)
