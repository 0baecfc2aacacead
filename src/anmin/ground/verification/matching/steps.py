"""A statement and the table it makes: plain SQL that DuckDB and Spark read alike.

Five functions are named differently by the engines and have a name of our own in every statement:

- `is_like(text, pattern)`: whether a regular expression is found in the text;
- `swapped(text, pattern, other)`: every place that fits it, replaced;
- `whole(a, b)`: the whole quotient of two whole numbers that are not negative;
- `typing_distance(a, b)`: places changed, left out, put in, or exchanged with the next (of texts without Chinese characters);
- `changed_places(a, b)`: in how many places two such texts of one length differ.

No backslash stands in a statement: Spark reads it as an escape.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True)
class Step:
    """One table, and the SELECT that makes it."""

    table: str
    select: str


class Engine(Protocol):
    """What can make tables by SQL."""

    def make(self, step: Step) -> None:
        """The table stands; one of the same name is replaced."""

    def drop(self, *tables: str) -> None:
        """The tables are gone, and their memory with them."""

    def given(self, name: str, table: pa.Table) -> None:
        """A small table of our own stands under that name."""


def make_all(engine: Engine, steps: Iterable[Step]) -> None:
    """Every table stands, in this order."""
    for step in steps:
        engine.make(step)
