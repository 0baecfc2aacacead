"""Identity numbers in columns: cleaned, completed, checked; a valid one becomes the whole number of its first 17 places.

The check character follows from the other 17, so two valid numbers are equal when those whole numbers are: a join of numbers, not
of text. Checking by whole-number arithmetic is three times as fast as cutting each place out of the text. Nine of ten numbers
come in their one form and are seen to be valid at once; only the others are cleaned.
"""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

from anmin.ground.verification.matching.steps import Step

_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)).replace("\uff07", "")
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F)).replace("'", "")
"""Full-width signs and what they are in half width; the apostrophe falls away before."""

KIND_NONE, KIND_VALID, KIND_OLD, KIND_CARD, KIND_INVALID, KIND_COVERED, KIND_ROUNDED, KIND_OTHER = range(8)
"""What was delivered as a number: nothing, a valid one, one of 15 places, one in a card's number, one that fails its check,
one with covered places, one that a spreadsheet rounded, and any other text of digits."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BLANK = "[ '`\u2018\u2019\u2032\u200b-\u200f\u2060\ufeff\u3000\u00a0\t\r\n_/,.:;-]"
_ONE_DIGIT = f"^({'|'.join(f'{digit}*' for digit in range(10))})$"
"""A key held down, not a number: it would join everybody who did the same."""
_FULL = "^[1-9][0-9]{16}[0-9X]$"


def narrow(text: str) -> str:
    """Full-width signs in half width; only where there are any, for DuckDB builds the table of `translate` anew for every row."""
    return f"CASE WHEN is_like({text}, '[\uff01-\uff5e]') THEN translate({text}, '{_WIDE}', '{_NARROW}') ELSE {text} END"


def cleaned(column: str) -> str:
    """The text of a number: half width, upper case, without blanks and quotes; covered places are stars."""
    unquoted = f"swapped({column}, '[\uff07]', '')"
    plain = f"upper({narrow(unquoted)})"
    kept = f"swapped(swapped({plain}, '[.]0*$', ''), '{_BLANK}', '')".replace("[ '", "[ ''")
    signs = "\u00d7\u25cf\u25cb\u25a0\u25a1\u3007#?\u2022"
    return f"CASE WHEN is_like({column}, '[{signs}]') THEN translate({kept}, '{signs}', '{'*' * len(signs)}') ELSE {kept} END"


def quick_number(side: str, columns: str) -> str:
    """The rows of a side with `quick`: the first 17 places of a number that is valid as it was written, NULL for all others."""
    return f"""
        SELECT {columns},
            CASE WHEN length(identity_number) = 18 AND whole17 >= 10000000000000000 AND {_is_day("whole17")}
                AND {_check("whole17")} = substr(identity_number, 18, 1) THEN whole17 END AS quick
        FROM (SELECT *, try_cast(substr(identity_number, 1, 17) AS BIGINT) AS whole17 FROM {side}) counted"""


def odd_steps(side: str, other: str) -> list[Step]:
    """`<side>_odd`, out of `<side>_read`: of every row whose number is not valid as written.

    Its key, n17 (NULL where not valid), kind, number (the cleaned text where not valid), the parts of it by which it is looked
    for, and the pattern of what can be read of it. `other` is the column with another card's number, or NULL.
    """
    last = "substr(number, length(number) - {}, {})"
    kept, card_text, card_whole, card_valid = "key, identity_number", "NULL", "NULL", "CAST(NULL AS BIGINT)"
    if other != "NULL":
        kept = f"key, identity_number, {other}"
        card_text = f"substr({cleaned(other)}, 1, 18)"
        card_whole = f"CASE WHEN is_like(card_text, '{_FULL}') THEN try_cast(substr(card_text, 1, 17) AS BIGINT) END"
        card_valid = f"CASE WHEN {_is_day('card')} AND {_check('card')} = substr(card_text, 18, 1) THEN card END"
    return [
        Step(
            f"{side}_odd_numbers",
            f"""
            SELECT key, n17, CASE WHEN n17 IS NULL AND said_something THEN number END AS number,
                CAST(CASE
                    WHEN n17 IS NOT NULL AND n17 = own_valid AND length(written) = 18 THEN {KIND_VALID}
                    WHEN n17 IS NOT NULL AND (card_valid IS NOT NULL OR length(written) > 18) THEN {KIND_CARD}
                    WHEN n17 IS NOT NULL THEN {KIND_OLD}
                    WHEN NOT said_something THEN {KIND_NONE}
                    WHEN is_like(number, '[*]') THEN {KIND_COVERED}
                    WHEN is_like(number, '^[0-9]{{15}}000$') THEN {KIND_ROUNDED}
                    WHEN is_like(number, '{_FULL}') THEN {KIND_INVALID}
                    ELSE {KIND_OTHER} END AS INT) AS kind
            FROM (SELECT *, coalesce(CASE WHEN length(written) > 15 THEN own_valid END, card_valid, own_valid) AS n17,
                    coalesce(is_like(number, '[0-9]') AND NOT is_like(number, '{_ONE_DIGIT}') AND length(number) >= 4, FALSE)
                        AS said_something
                FROM (SELECT key, written, {_middle_covered(_rounded("written"))} AS number,
                        CASE WHEN {_is_day("own")} AND (length(written) = 15 OR {_check("own")} = substr(written, 18, 1))
                            THEN own END AS own_valid,
                        {card_valid} AS card_valid
                    FROM (SELECT *, {card_whole} AS card, CASE
                            WHEN is_like(written, '{_FULL}') THEN try_cast(substr(written, 1, 17) AS BIGINT)
                            WHEN is_like(written, '^[1-9][0-9]{{14}}$')
                                THEN try_cast(substr(written, 1, 6) || '19' || substr(written, 7, 9) AS BIGINT)
                            WHEN length(written) BETWEEN 20 AND 23 AND is_like(substr(written, 1, 18), '{_FULL}')
                                THEN try_cast(substr(written, 1, 17) AS BIGINT) END AS own
                        FROM (SELECT key, {cleaned("identity_number")} AS written, {card_text} AS card_text
                            FROM (SELECT {kept} FROM {side}_read WHERE quick IS NULL) odd
                            WHERE (identity_number IS NOT NULL OR {other} IS NOT NULL)) texts
                        ) wholes) checked) read""",
        ),
        Step(
            f"{side}_odd",
            f"""
            SELECT key, n17, kind, number, pattern, seen,
                CASE WHEN is_like(pattern, '^[0-9]{{14}}') THEN try_cast(substr(pattern, 1, 14) AS BIGINT) END AS first14,
                CASE WHEN is_like(pattern, '^[0-9]{{10}}') THEN try_cast(substr(pattern, 1, 10) AS BIGINT) END AS first10,
                CASE WHEN is_like(number, '[0-9]{{8}}[0-9X]$') THEN try_cast({last.format(8, 8)} AS BIGINT) END AS last8,
                CASE WHEN is_like(number, '[0-9]{{3}}[0-9X]$') THEN try_cast({last.format(3, 3)} AS BIGINT) END AS last3,
                CASE WHEN is_like(number, '^[0-9]{{9}}.*[0-9]{{3}}[0-9X]$')
                    THEN try_cast(substr(number, 1, 9) || {last.format(3, 3)} AS BIGINT) END AS outer12,
                CASE WHEN is_like(pattern, '^[0-9]{{14}}') THEN try_cast(substr(pattern, 7, 8) AS INT) END AS born
            FROM (SELECT *, CASE WHEN n17 IS NOT NULL OR number IS NULL THEN NULL ELSE {_pattern("number")} END AS pattern,
                    CASE WHEN kind IN ({KIND_COVERED}, {KIND_OTHER}) THEN {_seen("number")} END AS seen
                FROM {side}_odd_numbers) read""",
        ),
    ]


def number_text(n17: str) -> str:
    """The 18 places of a valid number again."""
    return f"(CAST({n17} AS VARCHAR(17)) || {_check(n17)})"


def birth_of(n17: str) -> str:
    """The birth date in a valid number as the whole number 19500131."""
    return f"CAST(whole({n17}, 1000) % 100000000 AS INT)"


def sex_of(n17: str) -> str:
    """The sex in a valid number: 1 male, 2 female."""
    return f"CASE WHEN {n17} % 2 = 1 THEN 1 WHEN {n17} % 2 = 0 THEN 2 END"


def is_day(number: str) -> str:
    """Whether a whole number like 19500131 is a day on which somebody alive or lately dead can be born."""
    year, month, day = f"whole({number}, 10000)", f"(whole({number}, 100) % 100)", f"({number} % 100)"
    leap = f"CASE WHEN {year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0) THEN 29 ELSE 28 END"
    longest = f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} = 2 THEN {leap} ELSE 31 END"
    return f"({year} BETWEEN 1880 AND 2100 AND {month} BETWEEN 1 AND 12 AND {day} >= 1 AND ({day} <= 28 OR {day} <= {longest}))"


def _is_day(n17: str) -> str:
    return is_day(f"(whole({n17}, 1000) % 100000000)")


def _check(n17: str) -> str:
    # A digit is the number up to it less ten times the number before it, and by eleven ten times anything is its opposite: so
    # each number up to a place is taken by the weights of the place and the next, and no digit is cut out.
    heads = [f"whole({n17}, {10 ** (16 - place)}) * {sum(_WEIGHTS[place : place + 2]) % 11}" for place in range(17)]
    return f"substr('10X98765432', CAST(({' + '.join(heads)}) % 11 AS INT) + 1, 1)"


def _middle_covered(number: str) -> str:
    """An X stands for ten in the last place only; elsewhere it covers a digit."""
    last = f"substr({number}, length({number}), 1)"
    covered = f"CASE WHEN is_like({number}, 'X.*X$') AND NOT is_like({number}, '[0-9]X$') THEN '*' ELSE {last} END"
    body = f"translate(substr({number}, 1, length({number}) - 1), 'X', '*')"
    return f"CASE WHEN is_like({number}, 'X.') THEN {body} || {covered} ELSE {number} END"


def _rounded(number: str) -> str:
    """What a spreadsheet made of a number: fifteen places of it at most; fewer say nothing."""
    fifteen = f"CASE WHEN is_like({number}, '^[0-9]{{15}}E') THEN substr({number}, 1, 15) || '000' END"
    return f"CASE WHEN is_like({number}, '^[0-9]+E[+]?[0-9]+$') THEN {fifteen} ELSE {number} END"


def _pattern(number: str) -> str:
    """For LIKE: a covered place is any one, a run of stars that does not fill 18 places is any run; what was cut off
    or rounded may go on. An old number has its century put in."""
    old = f"substr({number}, 1, 6) || '19' || substr({number}, 7, 9)"
    is_old = f"is_like({number}, '^[1-9][0-9]{{5}}[0-9*]{{9}}$')"
    return f"""CASE
        WHEN is_like({number}, '[*]') AND length({number}) = 18 THEN translate({number}, '*', '_')
        WHEN {is_old} AND is_like({number}, '[*]') THEN translate({old}, '*', '_') || '_'
        WHEN is_like({number}, '[*]') THEN swapped({number}, '[*]+', '%')
        WHEN is_like({number}, '^[0-9]{{15}}000$') THEN substr({number}, 1, 15) || '___'
        ELSE {number} || '%' END"""


def _seen(number: str) -> str:
    """Points for the places of a covered number that can be read: the region says little, each place of the sequence 33 points.

    The birth date is compared by itself.
    """
    tail = f"length(swapped({number}, '^.*[*]', ''))"
    seen = "CASE WHEN is_like(substr({}, {}, 1), '[0-9X]') THEN 33 ELSE 0 END"
    places = " + ".join(seen.format(number, place) for place in (15, 16, 17, 18))
    return f"""CAST(CASE
        WHEN length({number}) = 18 THEN CASE WHEN is_like({number}, '^[0-9]{{6}}') THEN 15 ELSE 0 END + {places}
        WHEN is_like({number}, '[*]') THEN CASE WHEN is_like({number}, '^[0-9]{{6}}') THEN 15 ELSE 0 END + least({tail}, 4) * 33
        ELSE 15 END AS INT)"""
