"""The text as it is read: one form for every digit and mark, without what cannot be seen; every character knows its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = str.maketrans(
    {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {chr(0xFF21 + i): chr(0x41 + i) for i in range(26)}
    | {chr(0xFF41 + i): chr(0x61 + i) for i in range(26)}
    | dict(zip("％．／＋－−﹣﹪﹒", "%./+---%.", strict=True))
    | dict(zip("(;:?!)[]<>", "（；：？！）〔〕《》", strict=True))
    | dict(zip("﹙﹚﹔﹕【】［］", "（）；：〔〕〔〕", strict=True))
    | dict(zip("\u3000\xa0\t\n\r\u2002\u2003\u2009", "        ", strict=True))
    | {"∶": ":", "﹐": "，", "､": "、", "｡": "。", "◦": "。"}
)
# Zero-width, joiners, marks of direction, soft hyphens.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_DROPPED = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]|(?<![0-9A-Za-z]) +| +(?![0-9A-Za-z ])")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_TIME_OR_RATIO = re.compile(r"(?<=\d)：(?=\d)")


@dataclass(frozen=True, slots=True)
class Normal:
    """A paragraph as it is read, and where each of its characters stands in what was printed."""

    text: str
    printed: str
    origins: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The places in the printed text of a stretch of the text as it is read."""
        if self.origins is None or start >= end:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def normal(printed: str) -> Normal:
    """The text in one form. Spaces are dropped except between two letters or digits."""
    text = printed.translate(_FORMS)
    origins: tuple[int, ...] | None = None
    if " " in text or _UNSEEN.search(text):
        kept: list[str] = []
        places: list[int] = []
        last = 0
        for match in _DROPPED.finditer(text):
            kept.append(text[last : match.start()])
            places.extend(range(last, match.start()))
            last = match.end()
        kept.append(text[last:])
        places.extend(range(last, len(text)))
        text, origins = "".join(kept), tuple(places)
    text = _COMMA.sub("，", text)
    text = _TIME_OR_RATIO.sub(":", text)
    return Normal(text, printed, origins)
