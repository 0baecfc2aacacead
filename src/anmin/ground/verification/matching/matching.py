"""The whole of it: persons made ready once, and any number of extracts compared with them."""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow as pa

from anmin.ground.verification.matching import columns
from anmin.ground.verification.matching.duck import Duck
from anmin.ground.verification.matching.given import Given
from anmin.ground.verification.matching.names import FEW, are_long, characters_in
from anmin.ground.verification.matching.pairs import loose_steps, pair_steps, settling_steps
from anmin.ground.verification.matching.rarity import counting_steps, weighing_steps
from anmin.ground.verification.matching.scoring import Sizes, ends, exact_steps, result, score_steps, tier_steps
from anmin.ground.verification.matching.sides import EXTRACT, PERSONS, passing, side_steps
from anmin.ground.verification.matching.steps import Step, make_all

AT_ONCE = 250_000
"""So many hits are read at once."""
EVEN = b"even_points"
"""In the metadata of the hits: the points at which a pair is as likely right as wrong."""


class Prepared:
    """Persons made ready for comparing, in an engine of their own; leave it when the last extract is through."""

    def __init__(self, persons: Given, engine: Any) -> None:
        self.engine = engine
        if isinstance(persons, pa.Table):
            persons = persons.append_column("key", pa.array(np.arange(len(persons), dtype=np.int64)))
        self._make_side(PERSONS, persons)
        self.count = engine.count(f"{PERSONS}_side")

    def __enter__(self) -> "Prepared":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.engine.__exit__(kind, error, trace)

    def match(self, extract: Given) -> pa.Table:
        """The hits of one extract, in its declared columns."""
        return pa.concat_tables(self.parts(extract))

    def parts(self, extract: Given) -> Iterator[pa.Table]:
        """The hits of one extract in parts, one after the other by row; at least one part."""
        engine = self.engine
        if isinstance(extract, pa.Table):
            extract = extract.append_column("key", extract.column("row"))
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
        for first, last in self._spans(sizes.settled + engine.count("hits")):
            told = result(first, last)
            if rows <= FEW:
                # DuckDB plans a question three times before its rows are read, a table once; of many it would be a second copy.
                engine.make(Step("told", told))
                told = "SELECT * FROM told"
            hits = engine.read(told).sort_by([("row", "ascending"), ("points", "descending"), ("person_id", "ascending")])
            # Every engine in one form: Spark knows which columns are never empty and says so.
            form = pa.schema([pa.field(each.name, each.type) for each in hits.schema], {EVEN: str(sizes.even).encode()})
            yield hits.cast(form)

    def _spans(self, hits: int) -> list[tuple[int | None, int | None]]:
        """After which key and up to which the hits are read at once.

        All of them with their texts would take as much memory as everything before.
        """
        parts = -(-hits // AT_ONCE)
        if parts <= 1:
            return [(None, None)]
        found = self.engine.read(ends(parts)).column("last").to_pylist()
        return list(zip([None, *found[:-1]], [*found[:-1], None], strict=True))

    def _make_side(self, side: str, given: Given) -> None:
        engine = self.engine
        engine.view(side, given)
        names = given.column("name") if isinstance(given, pa.Table) else None
        engine.given(f"{side}_characters", characters_in(names))
        make_all(engine, side_steps(side, long_names=are_long(names)))
        engine.drop(*passing(side))
        engine.forget(side)
        make_all(engine, counting_steps(side))


def _duckdb(memory: str, threads: int | None) -> Any:
    return Duck(memory=memory, threads=threads)


def _spark(memory: str, threads: int | None) -> Any:
    from anmin.ground.verification.matching.spark import Spark

    return Spark()


ENGINES: dict[str, Callable[[str, int | None], Any]] = {"duckdb": _duckdb, "spark": _spark}
"""By what the statements are worked: by name, with the memory and the threads they may take."""


def prepare(persons: Given, *, memory: str = "2GB", threads: int | None = None, engine: str = "duckdb") -> Prepared:
    """The persons (`columns.PERSONS`) normalised, for use against several extracts.

    Refuses a table without its key or without anything to compare, and numbers that are floats.
    """
    declared = columns.as_declared(persons, columns.PERSONS) if isinstance(persons, pa.Table) else persons
    made = ENGINES[engine](memory, threads)
    try:
        return Prepared(declared, made)
    except BaseException:
        made.__exit__(None, None, None)
        raise


def match(
    persons: Given | Prepared,
    extract: Given,
    *,
    memory: str = "2GB",
    threads: int | None = None,
    engine: str = "duckdb",
) -> pa.Table:
    """The hits of an extract (`columns.EXTRACT`) among the persons: at most three a row, ordered by row, points and person.

    Each has its tier, its points, and for every field its level, its points and both values as they were compared. The same input
    gives the same bytes. A hit is a hint: nothing is decided by it.
    """
    declared = columns.as_declared(extract, columns.EXTRACT) if isinstance(extract, pa.Table) else extract
    if isinstance(persons, Prepared):
        return persons.match(declared)
    with prepare(persons, memory=memory, threads=threads, engine=engine) as prepared:
        return prepared.match(declared)
