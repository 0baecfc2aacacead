"""Classes that follow each other on a scale, so that nothing is counted twice: degrees, grades, bands of age, size or years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from anmin.ground.reports.checking.numerals import chinese

# From the highest down; a label is of the first of these that it names.
_DEGREES = (
    ("博士",),
    ("硕士", "研究生"),
    ("本科", "学士"),
    ("大专", "专科"),
    ("高中", "中专", "中职", "职高"),
    ("初中",),
    ("小学",),
)
_ABOVE = re.compile(r"以上|及以上|超过|大于|满(?!意)")
_BELOW = re.compile(r"以下|及以下|不足|不满|未满|以内|小于|低于")
_ONE_BOUND = re.compile(r"(?P<of>[\u4e00-\u9fff\d]{2,4}?)(?P<way>(?:及)?以上|(?:及)?以下)")
_SPAN = re.compile(r"(?P<low>\d+(?:\.\d+)?)[^\d]{0,4}?(?:[-—–~～至到]{1,2})(?P<high>\d+(?:\.\d+)?)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,4}(?=[年万亿岁周个元天张公平级档])")


def are_steps(labels: Sequence[str]) -> bool:
    """Whether the labels are steps of one scale, none of which holds another.

    硕士及以上 and 本科; 三年以下, 三年以上不满十年, 十年以上.
    """
    return _are_degrees(labels) or _are_bands(labels)


def _are_degrees(labels: Sequence[str]) -> bool:
    """Degrees that differ; 及以上 only at the top, 及以下 only at the bottom."""
    ranks = [
        next((rank for rank, words in enumerate(_DEGREES) if any(word in label for word in words)), None) for label in labels
    ]
    known = [rank for rank in ranks if rank is not None]
    if len(known) != len(labels) or len(set(known)) != len(known):
        return False
    for label, rank in zip(labels, known, strict=True):
        if ("以上" in label and rank != min(known)) or ("以下" in label and rank != max(known)):
            return False
    return True


def _are_bands(labels: Sequence[str]) -> bool:
    """Bands on both sides of one bound, or one behind the other: 18岁以下, 18至59岁, 60岁以上."""
    if len(labels) == 2 and (one := _ONE_BOUND.search(labels[0])) and (other := _ONE_BOUND.search(labels[1])):
        # 亿元以上 and 亿元以下.
        return one["of"] == other["of"] and one["way"] != other["way"]
    return _follow(labels)


def _follow(labels: Sequence[str]) -> bool:
    """Bands of which each ends where the next begins, or just before: 18岁以下, 18至59岁, 60岁以上."""
    bands = [band for label in labels if (band := _band(label))]
    if len(bands) < 2 or len(labels) - len(bands) > 1:
        return False
    bands.sort()
    return all(high <= low <= high * 1.2 + 1 for (_, high), (low, _) in pairwise(bands))


def _band(label: str) -> tuple[float, float] | None:
    if span := _SPAN.search(label):
        return float(span["low"]), float(span["high"])
    figures = [_value(match[0]) for match in _FIGURE.finditer(label)]
    above, below = _ABOVE.search(label), _BELOW.search(label)
    if len(figures) >= 2 and above and below:
        return figures[0], figures[1]
    if len(figures) != 1 or bool(above) == bool(below):
        return None
    return (figures[0], float("inf")) if above else (0.0, figures[0])


def _value(text: str) -> float:
    return float(text) if text[0].isdigit() else float(chinese.value_of(text) or 0)
