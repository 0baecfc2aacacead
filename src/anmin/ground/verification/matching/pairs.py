"""Which rows are compared with which persons: by a valid number, within a household, and, for what is left, by narrow blocks.

A valid number that is not ours belongs to somebody else: one wrong digit or two exchanged break the check. So of the rows with a
valid number only those are looked at again whose bearer's name is another, or that could be somebody without a valid number here,
or somebody whose birth date was corrected.
"""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

from collections.abc import Mapping

from anmin.ground.verification.matching.comparing import TELLING, name_level
from anmin.ground.verification.matching.sides import EXTRACT, PERSONS
from anmin.ground.verification.matching.steps import Step
from anmin.ground.verification.matching.vocabulary import NameLevel

_KEYS = {
    "first14": "whole(n17, 1000)",
    "first10": "whole(n17, 10000000)",
    "last8": "n17 % 100000000",
    "last3": "n17 % 1000",
    "outer12": "whole(n17, 100000000) * 1000 + n17 % 1000",
}
"""Parts of a valid number by which a wrong, cut or covered one is looked for; the table of odd numbers has the same of those."""
_WRONG_NUMBER = f"CASE WHEN length(odd.number) >= {TELLING} THEN odd.number END"
_DAYS = {"year_month": "whole(birth, 100)", "month_day": "birth % 10000", "year_day": "whole(birth, 10000) * 100 + birth % 100"}

BLOCKS = (
    ("first14", "surname"),
    ("first14", "last"),
    ("last8",),
    ("outer12", "surname"),
    ("last3", "reading"),
    ("last3", "covered_surname"),
    ("first10", "reading"),
    ("birth", "surname"),
    ("birth", "last"),
    ("year_month", "reading"),
    ("month_day", "reading"),
    ("year_day", "reading"),
    ("village", "reading"),
    ("telephone",),
    ("number",),
)
"""What a row and a person must have in common to be compared at all: any one of these lines."""

_SURELY = ", ".join(str(int(level)) for level in (NameLevel.EQUAL, NameLevel.OTHER_FORM, NameLevel.SAME_READING))
AGREES = f"name_level BETWEEN {int(NameLevel.EQUAL)} AND {int(NameLevel.ONE_CHARACTER)}"


def settling_steps() -> list[Step]:
    """`borrowed`: a row and the person of the bearer's household who has its name, where the bearer himself has another or hardly
    this one; `settled`: the rows of which number and name agree with somebody, and nobody of his household has the better claim.
    """
    return [
        Step("surely", f"SELECT DISTINCT t_key FROM exact WHERE name_level IN ({_SURELY})"),
        Step(
            "borrowed",
            f"""
            SELECT DISTINCT t_key, o_key FROM (
                SELECT t_key, o_key, bearer_agrees, {name_level()} AS name_level
                FROM (SELECT p.t_key, member.key AS o_key, p.t_name_id, member.name_id AS o_name_id,
                        p.{AGREES} AS bearer_agrees
                    FROM (SELECT exact.* FROM exact LEFT JOIN surely ON surely.t_key = exact.t_key
                        WHERE surely.t_key IS NULL AND t_name_id IS NOT NULL) p
                    JOIN {PERSONS}_side bearer ON bearer.key = p.o_key
                    JOIN {PERSONS}_side member
                        ON member.household_id = bearer.household_id AND member.person_id <> bearer.person_id) homes
                LEFT JOIN {EXTRACT}_names tn ON tn.name_id = t_name_id
                LEFT JOIN bearers ob ON ob.name_id = o_name_id) named
            WHERE name_level IN ({_SURELY}) OR (name_level = {int(NameLevel.COVERED)} AND NOT bearer_agrees)""",
        ),
        Step(
            "settled",
            f"""
            SELECT exact.t_key, count(*) AS persons
            FROM exact LEFT JOIN (SELECT DISTINCT t_key FROM borrowed) b ON b.t_key = exact.t_key
            WHERE {AGREES} AND b.t_key IS NULL GROUP BY exact.t_key""",
        ),
    ]


def loose_steps() -> list[Step]:
    """`<side>_loose`: the rows without a valid number; `unsettled`: the extract's rows with one that are not settled."""
    return [
        _loose(PERSONS),
        _loose(EXTRACT),
        Step(
            "unsettled",
            f"""
            SELECT t.key, t.n17, t.reading, t.surname, t.last, t.birth, t.village, t.telephone FROM {EXTRACT}_side t
            LEFT JOIN settled ON settled.t_key = t.key WHERE settled.t_key IS NULL AND t.n17 IS NOT NULL""",
        ),
    ]


def pair_steps(any_loose: Mapping[str, bool]) -> list[Step]:
    """`pairs`: whatever else is to be compared; blocks are planned only for a side that has rows without a valid number."""
    theirs, ours = (BLOCKS if any_loose[side] else () for side in (EXTRACT, PERSONS))
    blocks = [
        *(_block(block, f"{EXTRACT}_loose", _all_persons()) for block in theirs),
        *(_block(block, _valid("unsettled"), f"{PERSONS}_loose", "o") for block in ours),
        f"""
        SELECT t.key AS t_key, o.key AS o_key FROM unsettled t
        JOIN {PERSONS}_side o ON whole(o.n17, 100000000000) = whole(t.n17, 100000000000)
            AND o.n17 % 1000 = t.n17 % 1000 AND o.reading = t.reading AND o.n17 <> t.n17""",
    ]
    return [
        Step(
            "pairs",
            f"""
            SELECT t_key, o_key, max(is_borrowed) AS is_borrowed FROM (
                SELECT t_key, o_key, 1 AS is_borrowed FROM borrowed
                UNION ALL SELECT t_key, o_key, 0 AS is_borrowed FROM ({" UNION ALL ".join(blocks)}) found) named
            GROUP BY t_key, o_key""",
        ),
    ]


def _loose(side: str) -> Step:
    keys = ", ".join(f"odd.{key}" for key in _KEYS)
    days = ", ".join(f"{day} AS {name}" for name, day in _DAYS.items())
    return Step(
        f"{side}_loose",
        f"""
        SELECT s.key, {keys}, {days}, {_WRONG_NUMBER} AS number, reading, surname, last, birth, village, telephone,
            CASE WHEN reading IS NULL THEN surname END AS covered_surname
        FROM {side}_side s LEFT JOIN {side}_odd odd ON odd.key = s.key WHERE s.n17 IS NULL""",
    )


def _valid(table: str) -> str:
    keys = ", ".join(f"{part} AS {name}" for name, part in (_KEYS | _DAYS).items())
    columns = f"{keys}, CAST(NULL AS VARCHAR(40)) AS number, reading, surname, last, birth, village, telephone"
    return f"(SELECT key, {columns} FROM {table} WHERE n17 IS NOT NULL)"


def _all_persons() -> str:
    columns = ", ".join(["key", *_KEYS, *_DAYS, "number", "reading", "surname", "last", "birth", "village", "telephone"])
    return f"(SELECT {columns} FROM {_valid(f'{PERSONS}_side')} valid UNION ALL SELECT {columns} FROM {PERSONS}_loose)"


def _block(block: tuple[str, ...], theirs: str, ours: str, loose: str = "t") -> str:
    """A covered name is looked for by its surname, on the side that has covered ones."""
    alike = " AND ".join(_alike(column, loose) for column in block)
    return f"SELECT t.key AS t_key, o.key AS o_key FROM {theirs} t JOIN {ours} o ON {alike}"


def _alike(column: str, loose: str) -> str:
    other = {"t": "o", "o": "t"}[loose]
    return f"{other}.{column.removeprefix('covered_')} = {loose}.{column}"
