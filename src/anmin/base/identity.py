"""Resident identity numbers (公民身份号码).

Legal basis: GB 11643-1999: six digits of region, eight of birth, three of sequence (odd for men), one check character.

The region is never judged against a table: people carry the code of the county as it was when they were registered
(320621 is Hai'an before 2018), and those who married in carry another county's. It gives a hint at most, see ``region_note``.
No sentence here repeats the number, and none tells the right check character: it would help to invent a number.
"""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from typing import Literal

from stdnum.cn import ric

from anmin.base.errors import BadValue

SYNTHETIC_REGION = "320699"
"""Assigned to no place, so that no invented number can be a living person's."""

Sex = Literal["male", "female"]

_BLANKS_AND_QUOTES = re.compile(r"[\s'`\u2018\u2019\u200b\ufeff]+")
_SPREADSHEET = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}")
_CENTURIES = ("18", "19", "20")


def normalise_identity_number(text: str, *, on: date | None = None) -> str:
    """The number in its one form: 18 half-width characters, upper-case X; an old number of 15 digits is completed.

    Refuses, each with its own sentence: nothing written, a number that a spreadsheet has rounded, a wrong length, a
    character that cannot be there, a birth date that is no date, one after ``on`` (when given), a check character that does
    not fit.
    """
    # A quote in front is how spreadsheets keep digits as text; it travels along in exports.
    number = _BLANKS_AND_QUOTES.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        raise BadValue("身份证号码没有填写。")
    if _SPREADSHEET.fullmatch(number):
        raise BadValue("身份证号码被电子表格改成了科学计数法，后几位已经丢失，请把该列设为“文本”格式后按证件重新填写。")
    if len(number) not in (15, 18):
        raise BadValue(f"身份证号码应为18位（旧号码为15位），现在是{len(number)}位，请对照证件检查。")
    old = len(number) == 15
    for place, character in enumerate(number, 1):
        if character in "0123456789" or (character == "X" and place == 18):
            continue
        if character == "X":
            raise BadValue(f"身份证号码第{place}位是字母X，X只能出现在18位号码的最后一位，请对照证件检查。")
        raise BadValue(f"身份证号码第{place}位不是数字，请对照证件检查。")
    if old:
        # Centenarians of that time had sequences 996 to 999; none of them can apply any more, so 19 is right for all.
        number = _with_check_character(number[:6] + "19" + number[6:])
    born = _date_or_none(number)
    if born is None:
        places = "第7至12位" if old else "第7至14位"
        raise BadValue(f"身份证号码{places}不是真实存在的出生日期，请对照证件检查。")
    if on is not None and born > on:
        raise BadValue(f"身份证号码中的出生日期 {born} 晚于 {on}，请对照证件检查。")
    if number != _with_check_character(number[:17]):
        raise BadValue("身份证号码的校验码（最后一位）与前17位不符，可能有一位写错或两位写颠倒，请对照证件检查。")
    return number


def birth_date(number: str) -> date:
    """The birth date a normalised number carries."""
    born = _date_or_none(number)
    if born is None:
        raise BadValue("身份证号码第7至14位不是真实存在的出生日期，请对照证件检查。")
    return born


def sex(number: str) -> Sex:
    """The sex a normalised number carries: the sequence is odd for men."""
    return "male" if int(number[16]) % 2 else "female"


def region(number: str) -> str:
    """The six digits of the place of first registration, as they are."""
    return number[:6]


def is_synthetic(number: str) -> bool:
    """Whether the number was invented for a demonstration or a test."""
    return region(number) == SYNTHETIC_REGION


def region_note(number: str, expected: Collection[str]) -> str | None:
    """A hint for the clerk when the number was first given elsewhere; never a reason to refuse.

    ``expected`` are the county's codes, former ones included; a demonstration adds the synthetic one.
    """
    if region(number) in expected:
        return None
    if is_synthetic(number):
        return f"身份证号码前六位 {SYNTHETIC_REGION} 没有分配给任何地方，这是演示用的虚构号码。"
    return (
        f"身份证号码前六位 {region(number)} 不是本县（{'、'.join(sorted(expected))}）的代码，可能为婚迁或迁入人员，请核对户口簿。"
    )


def mask_identity_number(number: str) -> str:
    """The number as it may stand on a screen or a public sheet: the first three and the last four, ``320***********0013``.

    The birth date is always covered. What is not a full number is covered altogether.
    """
    if len(number) not in (15, 18):
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def make_identity_number(region: str, birth: date, sequence: int) -> str:
    """A valid number for invented people; use ``SYNTHETIC_REGION``. The sequence runs from 0 to 999, odd for men."""
    if not re.fullmatch(r"[0-9]{6}", region):
        raise ValueError("a region has six digits")
    if not 0 <= sequence <= 999:
        raise ValueError("a sequence runs from 0 to 999")
    return _with_check_character(f"{region}{birth.isoformat().replace('-', '')}{sequence:03d}")


def _with_check_character(first_seventeen: str) -> str:
    # stdnum wants the whole number and looks past its last character.
    return first_seventeen + ric.calc_check_digit(first_seventeen + "0")


def _date_or_none(number: str) -> date | None:
    if number[6:8] not in _CENTURIES:
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
