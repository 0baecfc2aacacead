"""A hit in words: what agreed and what differed, field by field, so that it can be put to the applicant and contested.

No value is repeated, only where it differs: which places of the number, never the digits.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from anmin.ground.verification.matching.vocabulary import FIELDS, LEVELS, SENTENCES, NumberLevel, places

_PLACED = (NumberLevel.ONE_DIGIT, NumberLevel.EXCHANGED, NumberLevel.TWO_PLACES, NumberLevel.BIRTH_CORRECTED)

_MOST_LEVELS = 16
"""More than any field has."""


def sentence(hit: Mapping[str, Any]) -> str:
    """Every field that was compared, with its level in words; of a number with wrong places, which."""
    said = []
    for field in FIELDS:
        level = LEVELS[field](hit[f"{field}_level"])
        if not level:
            continue
        text = SENTENCES[field][level]
        if field == "number" and level in _PLACED:
            text += places(_differing(hit.get("number_ours"), hit.get("number_theirs")))
        said.append(text)
    return "；".join(said) + "。" if said else ""


def _differing(ours: str | None, theirs: str | None) -> list[int]:
    if ours is None or theirs is None or len(ours) != len(theirs):
        return []
    return [place for place, (mine, other) in enumerate(zip(ours, theirs, strict=True), 1) if mine != other]


def sentences(hits: pa.Table) -> pa.Array:
    """The sentence of each hit, in the order of the table: made once for what several have in common."""
    levels = [hits.column(f"{field}_level").to_numpy().astype(np.int64) for field in FIELDS]
    code = sum(level * _MOST_LEVELS**place for place, level in enumerate(levels))
    # What differs place by place is of one hit alone.
    placed = np.isin(levels[FIELDS.index("number")], [int(level) for level in _PLACED])
    code = np.where(placed, -1 - np.arange(len(hits)), code)
    _, first, which = np.unique(code, return_index=True, return_inverse=True)
    rows = hits.select([*(f"{field}_level" for field in FIELDS), "number_ours", "number_theirs"]).take(pa.array(first))
    return pa.array([sentence(row) for row in rows.to_pylist()], pa.string()).take(pa.array(which))
