"""Families as Arrow columns: how typed files are read, and one row for each family for engines that split the county.

A family as one row holds its persons, those who owe support, its facts over time and its holdings as lists; so any part of the
families can be decided anywhere by the same functions.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from anmin.base.errors import BadValue
from anmin.ground.policy.cells import Cells, Coded
from anmin.ground.policy.facts import MISSING
from anmin.ground.policy.operators import Ints

INNER_TABLES = ("persons", "supporters", "facts", "holdings")
"""The tables that lie inside a family."""


def arrow() -> Any:
    """The Arrow library. Refuses, in a sentence, where it is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise BadValue("读写 Parquet 文件需要安装 pyarrow：pip install 'anmin[columns]'；也可以改用 CSV 文件。") from None
    return pyarrow


def cells_of_arrow(columns: Mapping[str, Any]) -> Cells:
    """A table of cells from typed columns; blank text is blank, as in CSV."""
    return {name: coded_arrow(column) for name, column in columns.items()}


def coded_arrow(column: Any) -> Coded:
    """A column of cells from a typed one; blank text is blank, as in CSV."""
    pa = arrow()
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # no chunk at all stays chunked
        column = pa.concat_arrays(column.chunks) if column.chunks else pa.array([], type=column.type)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        import pyarrow.compute as compute

        column = compute.utf8_trim_whitespace(column)
        column = compute.if_else(compute.equal(column, ""), None, column)
    if pa.types.is_null(column.type):  # its only word would be none
        return Coded(np.full(len(column), MISSING, dtype=np.int64), [])
    column = column.dictionary_encode()
    words = column.dictionary
    places = column.indices.fill_null(MISSING).to_numpy(zero_copy_only=False)
    return Coded(places, words.to_numpy() if pa.types.is_integer(words.type) else words.to_pylist())


def arrow_of(column: Coded | Ints, *, with_words: bool) -> Any:
    """A column for a typed file, its words apart from their places or, when asked, in every row."""
    pa = arrow()
    if not isinstance(column, Coded):
        return pa.array(column, pa.int64())
    places = pa.array(column.places.astype(np.int32, copy=False), mask=column.places < 0)
    made = pa.DictionaryArray.from_arrays(places, pa.array(column.words, pa.string()))
    return made.dictionary_decode() if with_words else made


def tables_in_families(families: Any) -> dict[str, Cells]:
    """The five tables of a batch of families, one row each; what `tables_of` reads."""
    pa = arrow()
    ids = families.column("household")
    outer = {name: families.column(name) for name in families.schema.names if name not in INNER_TABLES}
    made = {"households": cells_of_arrow(outer)}
    for table in INNER_TABLES:
        if table not in families.schema.names:
            continue
        lists = families.column(table)
        inner = lists.flatten()
        columns = {field.name: inner.field(place) for place, field in enumerate(inner.type)}
        if table == "persons":
            columns["household"] = ids.take(pa.array(lists.value_parent_indices()))
        made[table] = cells_of_arrow(columns)
    return made
