"""Amounts are whole fen in an ``int``; nothing here ever holds a binary fraction.

Every rounding has a name and is written where it happens. A difference of rounded amounts is not the rounded difference:
round what is due, then subtract.
"""

import re
import unicodedata
from decimal import Decimal
from typing import TypeAlias

from anmin.base.errors import BadValue

Fen: TypeAlias = int
"""An amount in fen. Unknown is ``None``, never 0."""

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
LARGEST: Fen = 10**14
"""One trillion yuan: more than any column of a county, and far inside a 64-bit integer."""

_AMOUNT = re.compile(r"(?P<sign>-?)¥?(?P<yuan>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<fraction>[0-9]+))?元?")


def parse_yuan(value: str | int | float | Decimal, *, allow_negative: bool = False) -> Fen:
    """The fen of an amount in yuan as people and spreadsheets write it: ``1,234.50``, ``¥１２``, ``820元``.

    A ``float`` is read by its shortest decimal form, which is what the spreadsheet showed; 0.1 + 0.2 is therefore refused
    for its seventeen decimals instead of being rounded behind the clerk's back.

    Refuses: nothing written, anything that is not a number, more than two decimals, a negative amount unless allowed,
    amounts over one trillion yuan.
    """
    if isinstance(value, bool):
        raise BadValue("金额应为数字，不能是“是/否”。")
    if isinstance(value, float | Decimal):
        exact = Decimal(repr(value)) if isinstance(value, float) else value
        if not exact.is_finite():
            raise BadValue("金额应为数字，现在填写的不是一个确定的数。")
        text = f"{exact:f}"
    else:
        text = unicodedata.normalize("NFKC", str(value)).strip().replace("\u2212", "-")
    if not text:
        raise BadValue("金额没有填写；确实没有金额时请填 0。")
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise BadValue(f"金额“{_shortened(text)}”无法识别，请填写以元为单位的数字，例如 1,234.50。")
    fraction = (match["fraction"] or "").rstrip("0")
    if len(fraction) > 2:
        raise BadValue(f"金额“{_shortened(text)}”的小数超过两位，请填写到分。")
    digits = match["yuan"].replace(",", "").lstrip("0")
    # The length is judged before the conversion: Python itself refuses thousands of digits, with an English sentence.
    if len(digits) > 15 or (fen := int(digits or "0") * FEN_PER_YUAN + int(fraction.ljust(2, "0"))) > LARGEST:
        raise BadValue("金额超过一万亿元，请检查单位和小数点。")
    if match["sign"] and fen:
        if not allow_negative:
            raise BadValue(f"金额“{_shortened(text)}”是负数，此处不能为负。")
        return -fen
    return fen


def format_yuan(fen: Fen, *, grouped: bool = True) -> str:
    """The amount in yuan with two decimals: ``1,234.50``; ungrouped for bank files: ``1234.50``."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    sign = "-" if fen < 0 else ""
    return f"{sign}{yuan:,}.{rest:02d}" if grouped else f"{sign}{yuan}.{rest:02d}"


def format_wan(fen: Fen, decimals: int = 2) -> str:
    """The amount in ten thousands of yuan (万元), rounded half up: ``2468.00``; no decimals: ``2468``."""
    scale = 10**decimals
    whole, rest = divmod(abs(half_up(fen * scale, FEN_PER_WAN)), scale)
    sign = "-" if fen < 0 and (whole or rest) else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def half_up(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, halves away from zero (四舍五入), so that back-pay and recovery mirror each other."""
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def up_to_yuan(fen: Fen) -> Fen:
    """The amount raised to the next whole yuan (见分进元); a whole yuan stays."""
    return -(-fen // FEN_PER_YUAN) * FEN_PER_YUAN


def half_up_to_yuan(fen: Fen) -> Fen:
    """The amount rounded half up to a whole yuan."""
    return half_up(fen, FEN_PER_YUAN) * FEN_PER_YUAN


def share_of(fen: Fen, per_mille: int) -> Fen:
    """So many thousandths of the amount, rounded half up to the fen: 35 % is 350."""
    return half_up(fen * per_mille, 1000)


def _shortened(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"
