"""Cells of the tables of facts as people and programs write them, and the whole numbers the rules reckon with.

A column is kept by its distinct words, so that each word is read once however many rows carry it. What is wrong is collected
with file, row and column; whoever reads shows everything at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anmin.base.errors import BadValue
from anmin.base.money import parse_yuan
from anmin.ground.policy.facts import MISSING, YES_NO, Fact
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.parameters import is_money

FEN = "_fen"
"""A column of a sum whose name ends so holds whole fen; without it, yuan."""

FIRST, LAST = 0, 99_991_231
"""The day before all days and the day after them, where a period names none."""

SHOWN_FAULTS = 20

_YES = {"是": 1, "有": 1, "yes": 1, "true": 1, "1": 1, "否": 0, "无": 0, "no": 0, "false": 0, "0": 0}


@dataclass
class Faults:
    """What is wrong in the files, in sentences that name file, row and column.

    `headings` are how the columns of a file are headed there, where that is not what they are called here.
    """

    sentences: list[str] = field(default_factory=list)
    more: int = 0
    headings: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def add(self, file: str, row: int | None, column: str, why: str) -> None:
        """One more fault; rows are counted as a spreadsheet shows them, the headings being row 1."""
        if len(self.sentences) >= SHOWN_FAULTS:
            self.more += 1
            return
        place = f"{file} 第 {row + 2} 行" if row is not None else file
        column = self.headings.get((file, column), column)
        self.sentences.append(f"{place}“{column}”：{why.rstrip('。')}。" if column else f"{place}：{why.rstrip('。')}。")

    def close(self) -> None:
        """Refuses when anything was wrong, in one message."""
        if self.sentences:
            more = [f"另有 {self.more} 处同类问题，改正以上各处后再检查。"] if self.more else []
            raise BadValue("\n".join([*self.sentences, *more]))


@dataclass(frozen=True)
class Coded:
    """A column by its distinct words: the place of each row's word, -1 where the cell is blank."""

    places: Ints
    words: Sequence[Any] | NDArray[Any]

    def __len__(self) -> int:
        return len(self.places)

    def at(self, row: int) -> Any:
        """The word of a row, None where it is blank."""
        place = int(self.places[row])
        return None if place < 0 else self.words[place]

    def texts(self) -> list[str]:
        """Every row as text, blank cells empty."""
        words = [*(str(word) for word in self.words), ""]
        return [words[place] for place in self.places.tolist()]

    def take(self, rows: Ints) -> "Coded":
        """The column of some rows."""
        return Coded(self.places[rows], self.words)


Cells = Mapping[str, Coded]
"""One table: its columns by heading."""

Part = Mapping[str, Coded | Ints]
"""Rows in columns: words by their places, sums as whole numbers."""


def coded(cells: Iterable[Any]) -> Coded:
    """A column from its cells; blank text and None are blank."""
    known: dict[Any, int] = {}
    places = [
        MISSING if cell is None or cell == "" else known.setdefault(cell, len(known))
        for cell in (each.strip() if isinstance(each, str) else each for each in cells)
    ]
    return Coded(np.array(places, dtype=np.int64), list(known))


def heading(column: str) -> str:
    """A heading without the mark of its unit."""
    return column.removesuffix(FEN)


def numbers(fact: Fact, column: str, cells: Coded, file: str, faults: Faults) -> Ints:
    """The column of a fact; blank is not known. A cell that cannot be read is a fault."""
    in_fen = column.endswith(FEN)
    if fact.codes is None and fact.unit != "date" and (in_fen or not is_money(fact.unit)):
        whole = _whole_numbers(cells.words)
        if whole is not None:
            return np.append(whole, MISSING)[cells.places]
    return parsed(cells, lambda word: number(fact, word, in_fen=in_fen), column, file, faults)


def _whole_numbers(words: Sequence[Any] | NDArray[Any]) -> Ints | None:
    """The words of a typed column that needs no reading: whole numbers, none of them negative. None for any other."""
    made = words if isinstance(words, np.ndarray) else np.array(words if {*map(type, words)} == {int} else [], dtype=np.int64)
    return made.astype(np.int64) if len(made) and made.min() >= 0 else None


def parsed(cells: Coded, read: Callable[[Any], int], column: str, file: str, faults: Faults, blank: int = MISSING) -> Ints:
    """Each word read once; the first row of a word that cannot be read is a fault."""
    made = np.full(len(cells.words) + 1, blank, dtype=np.int64)
    for place, word in enumerate(cells.words):
        try:
            made[place] = read(word)
        except BadValue as error:
            faults.add(file, int(np.argmax(cells.places == place)), column, str(error))
    return made[cells.places]


def number(fact: Fact, word: Any, *, in_fen: bool = False) -> int:
    """One cell of a fact as a whole number. Refuses, in a sentence, what cannot be one."""
    if fact.codes is not None:
        return _code(fact, word)
    if fact.unit == "date":
        return day(word)
    if is_money(fact.unit) and not in_fen:
        return parse_yuan(word)
    return _whole(word)


def day(word: Any) -> int:
    """A date as 20240701, from 2024-07-01, 2024/7/1, 20240701 or a date of a typed file."""
    if isinstance(word, datetime):
        word = word.date()
    if isinstance(word, date):
        return word.year * 10_000 + word.month * 100 + word.day
    text = str(word).replace("/", "-")
    try:
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 1 and len(text) == 8:
            parts = [parts[0] // 10_000, parts[0] // 100 % 100, parts[0] % 100]
        found = date(*parts)
    except (ValueError, TypeError):
        raise BadValue(f"“{word}”不是日期，请写成 2024-07-01 的样子") from None
    return found.year * 10_000 + found.month * 100 + found.day


def _code(fact: Fact, word: Any) -> int:
    assert fact.codes is not None
    text = ("是" if word else "否") if isinstance(word, bool) else str(word)
    if text in fact.codes:
        return int(fact.codes[text])
    for code in fact.codes.values():
        if code.label == text:
            return int(code)
    if fact.codes is YES_NO or set(fact.codes) == set(YES_NO):
        if text.lower() in _YES:
            return _YES[text.lower()]
        raise BadValue(f"“{word}”应为“是”或“否”")
    choices = "、".join(f"{name}（{code.label}）" for name, code in fact.codes.items())
    raise BadValue(f"“{word}”不在可选范围内，可选：{choices}")


def _whole(word: Any) -> int:
    try:
        if isinstance(word, bool):
            raise InvalidOperation
        found = Decimal(str(word))
        if found != found.to_integral_value():
            raise InvalidOperation
    except (InvalidOperation, ValueError):
        raise BadValue(f"“{word}”应为整数") from None
    if found < 0:
        raise BadValue(f"“{word}”不能是负数；不掌握的请留空")
    return int(found)
