"""Unified social credit codes (统一社会信用代码).

Legal basis: GB 32100-2015: registering authority, kind, six digits of region, nine characters of organisation, one check
character; the letters I, O, S, V and Z are not used.
"""

import re
import unicodedata

from stdnum.cn import uscc

from anmin.base.errors import BadValue

_BLANKS = re.compile(r"[\s'`\u2018\u2019\u200b\ufeff-]+")
_ALLOWED = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")


def normalise_credit_code(text: str) -> str:
    """The code in its one form: 18 half-width characters in upper case, without blanks and hyphens.

    Refuses, each with its own sentence: nothing written, a wrong length, a character that is not used, letters in the
    region, a check character that does not fit.
    """
    code = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not code:
        raise BadValue("统一社会信用代码没有填写。")
    if len(code) != 18:
        raise BadValue(f"统一社会信用代码应为18位，现在是{len(code)}位，请对照登记证书检查。")
    for place, character in enumerate(code, 1):
        if character not in _ALLOWED:
            raise BadValue(
                f"统一社会信用代码第{place}位“{character}”不能使用（代码中没有字母 I、O、S、V、Z），请对照登记证书检查。"
            )
    # stdnum also wants digits in the first two places; village collectives begin with N, military units with A.
    if not code[2:8].isdigit():
        raise BadValue("统一社会信用代码第3至8位应为数字（登记机关行政区划码），请对照登记证书检查。")
    if uscc.calc_check_digit(code) != code[17]:
        raise BadValue("统一社会信用代码的校验码（最后一位）与前17位不符，请对照登记证书检查。")
    return code


def is_registered_by_civil_affairs(code: str) -> bool:
    """Whether a civil affairs authority registered the body: social organisations begin with 5."""
    return code.startswith("5")


def make_credit_code(first_seventeen: str) -> str:
    """A code with its check character, for invented organisations. The region should be one assigned to no place."""
    return normalise_credit_code(first_seventeen + uscc.calc_check_digit(first_seventeen))
