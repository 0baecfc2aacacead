"""Writes the two files anew: `python -m anmin.ground.verification.matching.characters.make`.

Needed when opencc or pypinyin change.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from pypinyin import lazy_pinyin

from anmin.base.names import match_key
from anmin.ground.verification.matching.characters import FOLDED, READINGS

_BLOCKS = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0), (0x2A700, 0x32000))
"""The zero that stands in names, and every block of Chinese characters."""


def folded_lines() -> list[str]:
    """Each simplified form with the characters that are written so, traditional and variant."""
    return _gathered((character, match_key(character)) for character in _characters())


def reading_lines() -> list[str]:
    """Each reading without its tone with the characters that have it first."""
    return _gathered((character, _reading(character)) for character in _characters())


def write(folded: Path = FOLDED, readings: Path = READINGS) -> None:
    """Both files stand."""
    for path, lines in ((folded, folded_lines()), (readings, reading_lines())):
        path.write_text("\n".join([f"# {_SAID[path.name]}", *lines, ""]), encoding="utf-8")


_SAID = {
    FOLDED.name: "made by make.py from opencc and our own variants: the simplified form, then the characters written so",
    READINGS.name: "made by make.py from pypinyin: the reading, then the characters read so",
}


def _characters() -> Iterable[str]:
    return (chr(code) for first, end in _BLOCKS for code in range(first, end))


def _reading(character: str) -> str:
    read = lazy_pinyin(match_key(character), errors="ignore")
    return str(read[0]) if read else ""


def _gathered(pairs: Iterable[tuple[str, str]]) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for character, common in pairs:
        if common and common != character:
            found[common].append(character)
    return [f"{common} {''.join(found[common])}" for common in sorted(found)]


if __name__ == "__main__":
    write()
