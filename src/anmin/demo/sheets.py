"""A file before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

Line = Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """One file: the form it is for, its Chinese title, how it is saved, its headers and lines."""

    form: str
    title: str
    saved_as: str
    headers: Line
    lines: Sequence[Line]
