"""Numerals in Chinese characters: 二十三, 三千零五, 十二万三千, 二〇二四."""

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0, "壹": 1}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}


def value_of(numeral: str) -> int | None:
    """The value of a Chinese numeral; None for characters that make none (千万, 亿 alone, 三十十)."""
    if not numeral or numeral[0] in "百千万亿":
        return None
    if all(character in DIGITS for character in numeral):
        # 二〇二四 is read digit by digit; 三五 is no number.
        if len(numeral) == 1 or (len(numeral) == 4 and not set(numeral) & {"两"}):
            return int("".join(str(DIGITS[character]) for character in numeral))
        return None
    return _grouped(numeral)


def _grouped(numeral: str) -> int | None:
    whole = group = digit = 0
    last_step = 10_000
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in _STEPS:
            step = _STEPS[character]
            if step >= last_step:
                return None
            group += (digit or 1) * step
            last_step, digit = step, 0
        else:
            size = _GROUPS[character]
            if not group and not digit:
                return None
            whole = (whole + group + digit) * size if whole < size else whole + (group + digit) * size
            group = digit = 0
            last_step = 10_000
    # In 二百五 and 一万二 the last digit counts the step below.
    if digit and numeral[-2:-1] in ("百", "千", "万", "亿"):
        below = {"百": 10, "千": 100, "万": 1000, "亿": 10_000_000}[numeral[-2]]
        digit *= below
    return whole + group + digit
