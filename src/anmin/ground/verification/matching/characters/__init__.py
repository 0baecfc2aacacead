"""What single characters have in common: the simplified form, and the reading.

Two files, made once by `make` from opencc and pypinyin, so that neither is asked for millions of names. A reading here is of the
character, not of the surname (单 is dan): good enough for comparing, both sides having the same one; never to be shown.
"""

from functools import cache
from pathlib import Path

FOLDED = Path(__file__).with_name("folded.txt")
READINGS = Path(__file__).with_name("readings.txt")


@cache
def table() -> tuple[list[str], list[str], list[str]]:
    """Three columns: each character that folds or is read, its simplified form, its reading (empty where it has none)."""
    folded, readings = _spread(FOLDED), _spread(READINGS)
    characters = sorted(folded.keys() | readings.keys())
    return characters, [folded.get(each, each) for each in characters], [readings.get(each, "") for each in characters]


def _spread(path: Path) -> dict[str, str]:
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {character: common for common, characters in lines for character in characters}
