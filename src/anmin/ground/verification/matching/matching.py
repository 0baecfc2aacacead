"""The whole of it: persons made ready once, and any number of extracts compared with them."""

from collections.abc import Callable
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa

from anmin.ground.verification.matching import columns
from anmin.ground.verification.matching.duck import Duck
from anmin.ground.verification.matching.names import FEW, are_long, characters_in
from anmin.ground.verification.matching.pairs import loose_steps, pair_steps, settling_steps
from anmin.ground.verification.matching.rarity import counting_steps, weighing_steps
from anmin.ground.verification.matching.scoring import Sizes, exact_steps, result, score_steps, tier_steps
from anmin.ground.verification.matching.sides import EXTRACT, PERSONS, passing, side_steps
from anmin.ground.verification.matching.steps import Step, make_all

EVEN = b"even_points"
"""In the metadata of the hits: the points at which a pair is as likely right as wrong."""


class Prepared:
    """Persons made ready for comparing, in an engine of their own; leave it when the last extract is through."""

    def __init__(self, persons: pa.Table, engine: Any) -> None:
        self.engine = engine
        engine.view(PERSONS, persons.append_column("key", pa.array(np.arange(len(persons), dtype=np.int64))))
        self._make_side(PERSONS, persons)
        self.count = engine.count(f"{PERSONS}_side")

    def __enter__(self) -> "Prepared":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.engine.__exit__(kind, error, trace)

    def match(self, extract: pa.Table) -> pa.Table:
        """The hits of one extract, in its declared columns."""
        engine = self.engine
        engine.view(EXTRACT, extract.append_column("key", extract.column("row")))
        self._make_side(EXTRACT, extract)
        rows = engine.count(f"{EXTRACT}_side")
        make_all(engine, [*weighing_steps(self.count + rows), *exact_steps(), *settling_steps(), *loose_steps()])
        any_loose = {side: engine.count(f"{side}_loose") > 0 for side in (PERSONS, EXTRACT)}
        make_all(engine, [*pair_steps(any_loose), *score_steps()])
        sizes = Sizes(
            persons=self.count,
            rows=rows,
            valid=engine.count(f"{EXTRACT}_side WHERE n17 IS NOT NULL"),
            settled=engine.count("settled"),
        )
        make_all(engine, tier_steps(sizes.even))
        told = result()
        if rows <= FEW:
            # DuckDB plans a question three times before its rows are read, a table once; of many rows it would be a second copy.
            engine.make(Step("told", told))
            told = "SELECT * FROM told"
        hits = engine.read(told).sort_by([("row", "ascending"), ("points", "descending"), ("person_id", "ascending")])
        # Every engine in one form: Spark knows which columns are never empty and says so.
        form = pa.schema([pa.field(each.name, each.type) for each in hits.schema], {EVEN: str(sizes.even).encode()})
        return hits.cast(form)

    def _make_side(self, side: str, given: pa.Table) -> None:
        names = given.column("name")
        self.engine.given(f"{side}_characters", characters_in(names))
        make_all(self.engine, [*side_steps(side, long_names=are_long(names)), *counting_steps(side)])
        self.engine.drop(*passing(side))


def _duckdb(memory: str, threads: int | None) -> Any:
    return Duck(memory=memory, threads=threads)


def _spark(memory: str, threads: int | None) -> Any:
    from anmin.ground.verification.matching.spark import Spark

    return Spark()


ENGINES: dict[str, Callable[[str, int | None], Any]] = {"duckdb": _duckdb, "spark": _spark}
"""By what the statements are worked: by name, with the memory and the threads they may take."""


def prepare(persons: pa.Table, *, memory: str = "2GB", threads: int | None = None, engine: str = "duckdb") -> Prepared:
    """The persons (`columns.PERSONS`) normalised, for use against several extracts.

    Refuses a table without its key or without anything to compare, and numbers that are floats.
    """
    declared = columns.as_declared(persons, columns.PERSONS)
    made = ENGINES[engine](memory, threads)
    try:
        return Prepared(declared, made)
    except BaseException:
        made.__exit__(None, None, None)
        raise


def match(
    persons: pa.Table | Prepared,
    extract: pa.Table,
    *,
    memory: str = "2GB",
    threads: int | None = None,
    engine: str = "duckdb",
) -> pa.Table:
    """The hits of an extract (`columns.EXTRACT`) among the persons: at most three a row, ordered by row, points and person.

    Each has its tier, its points, and for every field its level, its points and both values as they were compared. The same input
    gives the same bytes. A hit is a hint: nothing is decided by it.
    """
    declared = columns.as_declared(extract, columns.EXTRACT)
    if isinstance(persons, Prepared):
        return persons.match(declared)
    with prepare(persons, memory=memory, threads=threads, engine=engine) as prepared:
        return prepared.match(declared)
