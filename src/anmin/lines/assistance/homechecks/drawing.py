"""The draw: from a seed and a frozen roll follow the villages and their households; anybody can do it again by hand.

Each village is written behind the seed and the roll's hash and hashed (SHA-256 of `seed|hash|village`); the villages with the
smallest values are drawn. Within each, its households likewise (`seed|hash|village|household`). No clock, no library's random
numbers: the same on any machine.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from anmin.base.errors import BadValue


class Line(NamedTuple):
    """A household of the roll: the code of its village, and its number."""

    village: str
    household: str


def roll_text(lines: Iterable[Line]) -> str:
    """The roll as its plain file: a line `village,household` for each household, sorted."""
    return "".join(f"{line.village},{line.household}\n" for line in sorted(set(lines)))


def read_roll(text: str) -> list[Line]:
    """The lines of the plain file. Refuses one that is no line of a roll, by its number, and an empty file."""
    lines: list[Line] = []
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        parts = [part.strip() for part in raw.split(",")]
        if len(parts) != 2 or not all(parts):
            raise BadValue(f"名册第 {number} 行应为“村居代码,户编号”，现在是“{raw[:40]}”。")
        lines.append(Line(*parts))
    if not lines:
        raise BadValue("名册是空的，没有可以抽取的家庭。")
    return lines


def roll_hash(lines: Iterable[Line]) -> str:
    """By what a frozen roll is known: the SHA-256 of its plain file."""
    return hashlib.sha256(roll_text(lines).encode()).hexdigest()


def draw(lines: Sequence[Line], *, seed: str, villages: int, households: int | None) -> list[Line]:
    """The households drawn, village by village in the order of the draw; of each village so many, or all.

    Refuses: no seed, no village, more villages than the roll has, no household.
    """
    if not seed.strip():
        raise BadValue("请填写抽取种子。")
    by_village: dict[str, list[Line]] = {}
    for line in sorted(set(lines)):
        by_village.setdefault(line.village, []).append(line)
    if not 1 <= villages <= len(by_village):
        raise BadValue(f"名册中有在册家庭的村（社区）共 {len(by_village)} 个，抽取个数应在 1 和 {len(by_village)} 之间。")
    if households is not None and households < 1:
        raise BadValue("每村抽取户数至少为 1；不填即全部核查。")
    known = f"{seed.strip()}|{roll_hash(lines)}"

    def place(word: str) -> str:
        return hashlib.sha256(f"{known}|{word}".encode()).hexdigest()

    drawn: list[Line] = []
    for village in sorted(by_village, key=place)[:villages]:
        drawn += sorted(by_village[village], key=lambda line: place(f"{line.village}|{line.household}"))[:households]
    return drawn
