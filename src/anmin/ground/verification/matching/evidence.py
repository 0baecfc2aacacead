"""A hit in words: what agreed and what differed, field by field, so that it can be put to the applicant and contested.

No value is repeated, only where it differs: which places of the number, never the digits.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from anmin.ground.verification.matching.vocabulary import FIELDS, LEVELS, SENTENCES, NumberLevel, places

_PLACED = (NumberLevel.ONE_DIGIT, NumberLevel.EXCHANGED, NumberLevel.TWO_PLACES, NumberLevel.BIRTH_CORRECTED)


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


def sentences(hits: pa.Table) -> Iterator[str]:
    """The sentence of each hit, in the order of the table."""
    levels = hits.select([*(f"{field}_level" for field in FIELDS), "number_ours", "number_theirs"])
    for batch in levels.to_batches():
        for row in batch.to_pylist():
            yield sentence(row)
