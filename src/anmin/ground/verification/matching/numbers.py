"""Identity numbers in columns: cleaned, completed, checked; a valid one becomes the whole number of its first 17 places.

The check character follows from the other 17, so two valid numbers are equal when those whole numbers are: a join of numbers, not
of text. Checking by whole-number arithmetic is three times as fast as cutting each place out of the text.
"""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

from anmin.ground.verification.matching.steps import Step

WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)).replace("\uff07", "")
NARROW = "".join(chr(code) for code in range(0x21, 0x7F)).replace("'", "")
"""Full-width signs and what they are in half width; the apostrophe falls away before."""

KIND_NONE, KIND_VALID, KIND_OLD, KIND_CARD, KIND_INVALID, KIND_COVERED, KIND_ROUNDED, KIND_OTHER = range(8)
"""What was delivered as a number: nothing, a valid one, one of 15 places, one in a card's number, one that fails its check,
one with covered places, one that a spreadsheet rounded, and any other text of digits."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BLANK = "[ '`\u2018\u2019\u2032\u200b-\u200f\u2060\ufeff\u3000\u00a0\t\r\n_/,.:;-]"
_FULL = "^[1-9][0-9]{16}[0-9X]$"


def cleaned(column: str) -> str:
    """The text of a number: half width, upper case, without blanks and quotes; covered places are stars."""
    narrow = f"upper(translate(swapped({column}, '[\uff07\u2019\u2018]', ''), '{WIDE}', '{NARROW}'))"
    kept = f"swapped(swapped({narrow}, '[.]0*$', ''), '{_BLANK}', '')".replace("[ '", "[ ''")
    return f"translate({kept}, '\u00d7\u25cf\u25cb\u25a0\u25a1\u3007#?\u2022', '*********')"


def number_steps(side: str, key: str, other: str) -> list[Step]:
    """`<side>_numbers`: key, n17 (NULL where not valid), number (the cleaned text where not), kind.

    `other` is the column with another card's number, or NULL.
    """
    # What is in its one form already, nine of ten, is not cleaned: the pattern alone is quicker.
    text = f"CASE WHEN is_like(identity_number, '{_FULL}') THEN identity_number ELSE {cleaned('identity_number')} END"
    card = f"CASE WHEN {other} IS NULL THEN NULL ELSE substr({cleaned(other)}, 1, 18) END"
    return [
        Step(f"{side}_texts", f"SELECT {key}, {text} AS number, {card} AS card FROM {side}"),
        Step(
            f"{side}_wholes",
            f"""
            SELECT {key}, {_middle_covered("number")} AS number,
                CASE WHEN is_like(number, '{_FULL}') THEN try_cast(substr(number, 1, 17) AS BIGINT) END AS plain,
                substr(number, 18, 1) AS last,
                CASE WHEN is_like(number, '^[1-9][0-9]{{14}}$')
                    THEN try_cast(substr(number, 1, 6) || '19' || substr(number, 7, 9) AS BIGINT) END AS old,
                CASE WHEN is_like(card, '{_FULL}') THEN try_cast(substr(card, 1, 17) AS BIGINT) END AS card,
                substr(card, 18, 1) AS card_last,
                CASE WHEN length(number) BETWEEN 20 AND 23 AND is_like(substr(number, 1, 18), '{_FULL}')
                    THEN try_cast(substr(number, 1, 17) AS BIGINT) END AS long
            FROM {side}_texts""",
        ),
        Step(
            f"{side}_numbers",
            f"""
            SELECT {key}, coalesce(plain_valid, long_valid, card_valid, old_valid) AS n17,
                CASE WHEN plain_valid IS NULL AND is_like(number, '[0-9]') AND length(number) >= 4 THEN number END AS number,
                CAST(CASE
                    WHEN plain_valid IS NOT NULL THEN {KIND_VALID}
                    WHEN long_valid IS NOT NULL OR card_valid IS NOT NULL THEN {KIND_CARD}
                    WHEN old_valid IS NOT NULL THEN {KIND_OLD}
                    WHEN number IS NULL OR length(number) < 4 OR NOT is_like(number, '[0-9]') THEN {KIND_NONE}
                    WHEN is_like(number, '[*]') THEN {KIND_COVERED}
                    WHEN is_like(number, '^[0-9]+E[+]?[0-9]+$') OR is_like(number, '^[0-9]{{15}}000$') THEN {KIND_ROUNDED}
                    WHEN is_like(number, '{_FULL}') THEN {KIND_INVALID}
                    ELSE {KIND_OTHER} END AS INT) AS kind
            FROM (SELECT {key}, number,
                    CASE WHEN {_is_day("plain")} AND {_check("plain")} = last THEN plain END AS plain_valid,
                    CASE WHEN {_is_day("long")} AND {_check("long")} = last THEN long END AS long_valid,
                    CASE WHEN {_is_day("card")} AND {_check("card")} = card_last THEN card END AS card_valid,
                    CASE WHEN {_is_day("old")} THEN old END AS old_valid
                FROM {side}_wholes) checked""",
        ),
    ]


def number_text(n17: str) -> str:
    """The 18 places of a valid number again."""
    return f"(CAST({n17} AS VARCHAR(17)) || {_check(n17)})"


def birth_of(n17: str) -> str:
    """The birth date in a valid number as the whole number 19500131."""
    return f"CAST(whole({n17}, 1000) % 100000000 AS INT)"


def is_day(number: str) -> str:
    """Whether a whole number like 19500131 is a day on which somebody alive or lately dead can be born."""
    year, month, day = f"whole({number}, 10000)", f"(whole({number}, 100) % 100)", f"({number} % 100)"
    leap = f"CASE WHEN {year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0) THEN 29 ELSE 28 END"
    longest = f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} = 2 THEN {leap} ELSE 31 END"
    return f"({year} BETWEEN 1880 AND 2100 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND {longest})"


def _is_day(n17: str) -> str:
    return is_day(f"(whole({n17}, 1000) % 100000000)")


def _check(n17: str) -> str:
    places = [f"(whole({n17}, {10 ** (16 - place)}) % 10) * {weight}" for place, weight in enumerate(_WEIGHTS)]
    return f"substr('10X98765432', CAST(({' + '.join(places)}) % 11 AS INT) + 1, 1)"


def _middle_covered(number: str) -> str:
    """An X stands for ten in the last place only; elsewhere it covers a digit."""
    last = f"substr({number}, length({number}), 1)"
    covered = f"CASE WHEN is_like({number}, 'X.*X$') AND NOT is_like({number}, '[0-9]X$') THEN '*' ELSE {last} END"
    body = f"translate(substr({number}, 1, length({number}) - 1), 'X', '*')"
    return f"CASE WHEN is_like({number}, 'X.') THEN {body} || {covered} ELSE {number} END"
