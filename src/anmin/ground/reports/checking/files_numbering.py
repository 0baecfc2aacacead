"""The labels of numbered lists in a Word file: the program draws them, so they stand nowhere in the text.

A reader sees "（三）" and the checker must too, or "四个方面" would be followed by nothing that can be counted.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_DIGITS = "〇一二三四五六七八九"
_LEVEL = re.compile(r"%([1-9])")


@dataclass
class Level:
    """How one level of a list is counted and drawn."""

    start: int = 1
    format: str = "decimal"
    drawn: str = "%1."


@dataclass
class Numbering:
    """The lists of a file, and how far each has been counted."""

    lists: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    """By the number a paragraph names."""
    counters: Mapping[str, str] = field(default_factory=dict)
    """Which lists go on counting where another left off: they share an abstract list."""
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph of this list; empty for bullets and for lists that nobody defined."""
        levels = self.lists.get(number)
        if levels is None or level not in levels:
            return ""
        counts = self.counted.setdefault(self.counters.get(number, number), {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if levels[level].format in {"bullet", "none"}:
            return ""
        return _LEVEL.sub(lambda found: self._drawn(levels, counts, int(found.group(1)) - 1), levels[level].drawn)

    @staticmethod
    def _drawn(levels: Mapping[int, Level], counts: Mapping[int, int], level: int) -> str:
        known = levels.get(level, Level())
        return _FORMATS.get(known.format, str)(counts.get(level, known.start))


def numbering_of(root: Any) -> Numbering:
    """The lists that the part numbering.xml of a file declares."""
    abstract: dict[str, dict[int, Level]] = {}
    lists: dict[str, Mapping[int, Level]] = {}
    counters: dict[str, str] = {}
    for element in root:
        if name_of(element) == "abstractNum":
            abstract[said_in(element, "abstractNumId")] = dict(_level(each) for each in element if name_of(each) == "lvl")
        elif name_of(element) == "num":
            number = said_in(element, "numId")
            of = next((said_in(each, "val") for each in element if name_of(each) == "abstractNumId"), "")
            starts = {
                whole(said_in(each, "ilvl")): whole(said_in(start, "val"), 1)
                for each in element
                if name_of(each) == "lvlOverride"
                for start in each
                if name_of(start) == "startOverride"
            }
            known = abstract.get(of, {})
            lists[number] = {key: Level(starts.get(key, each.start), each.format, each.drawn) for key, each in known.items()}
            counters[number] = number if starts else f"of {of}"
    return Numbering(lists, counters)


def _level(element: Any) -> tuple[int, Level]:
    made = Level()
    for each in element:
        if name_of(each) == "start":
            made.start = whole(said_in(each, "val"), 1)
        elif name_of(each) == "numFmt":
            made.format = said_in(each, "val")
        elif name_of(each) == "lvlText":
            made.drawn = said_in(each, "val")[:40]
    return whole(said_in(element, "ilvl")), made


def chinese(number: int) -> str:
    """三, 十二, 二十: as paragraphs are numbered. Above ninety-nine digit by digit."""
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _letters(number: int) -> str:
    # Word doubles the letter after z: aa, bb.
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5)


def _roman(number: int) -> str:
    made = ""
    for value, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while number >= value and len(made) < 20:
            made, number = made + sign, number - value
    return made


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "ideographDigital": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}",
}


def name_of(element: Any) -> str:
    """The name of an element without its namespace: the strict and the usual kind of file differ in nothing else."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def said_in(element: Any, name: str) -> str:
    """The attribute of that name, whatever its namespace; empty where there is none, or no element."""
    if element is None:
        return ""
    return next((str(said) for key, said in element.attrib.items() if key.rpartition("}")[2] == name), "")


def whole(said: str, otherwise: int = 0) -> int:
    """The whole number in an attribute."""
    return int(said[:6]) if said.isdecimal() else otherwise
