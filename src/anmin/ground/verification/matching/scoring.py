"""Points for every pair, and what they are enough for: settled, or for a person to look at, or nothing."""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

import math
from dataclasses import dataclass

from anmin.ground.verification.matching.comparing import (
    birth_level,
    birth_points,
    name_columns,
    name_level,
    name_points,
    number_level,
    number_points,
    plain_level,
    plain_points,
)
from anmin.ground.verification.matching.numbers import number_text
from anmin.ground.verification.matching.pairs import AGREES
from anmin.ground.verification.matching.sides import EXTRACT, PERSONS
from anmin.ground.verification.matching.steps import Step
from anmin.ground.verification.matching.vocabulary import (
    FIELDS,
    POINTS_PER_BIT,
    SEXES,
    NameLevel,
    NumberLevel,
    Tier,
)

SURE, AHEAD, WORTH_A_LOOK = 60, 40, -40
"""In points above even odds: what settles a hit, how far it must lead the next person, and from where somebody looks at it."""
MOST = 3
"""How many persons a row brings at most."""

_PLAIN = ("sex", "village", "telephone")
_LEVELS = ", ".join(f"{field}_level" for field in FIELDS)
_POINTS = ", ".join(f"{field}_points" for field in FIELDS)


@dataclass(frozen=True)
class Sizes:
    """What the odds of any pair rest on, before anything is compared."""

    persons: int
    rows: int
    valid: int
    settled: int

    @property
    def even(self) -> int:
        """Points at which a pair is as likely right as wrong.

        Any one row is of one of so many persons, and only a part of the rows is of our persons at all: which part, the valid
        numbers show.
        """
        expected = min(0.5, self.persons / max(self.rows, 1))
        share = (self.settled + 2 * expected) / (self.valid + 2)
        return round(POINTS_PER_BIT * math.log2(max(self.persons, 1) / max(share, 1e-9)))


def score_steps() -> list[Step]:
    """`scored`: every pair with its levels and points."""
    exact = f"SELECT t_key, o_key, 0 AS is_borrowed FROM exact_pairs WHERE {AGREES}"
    borrowed = "CASE WHEN b.o_key IS NULL THEN 0 ELSE 1 END AS is_borrowed"
    others = (
        f"SELECT p.t_key, p.o_key, {borrowed} FROM pairs p LEFT JOIN borrowed_pairs b ON b.t_key = p.t_key AND b.o_key = p.o_key"
    )
    return [Step("scored", _scored(f"{exact} UNION ALL {others}"))]


def tier_steps(even: int) -> list[Step]:
    """`hits`: at most three persons a row, with their tier."""
    a, b, queue = (f"'{tier.value}'" for tier in (Tier.A, Tier.B, Tier.QUEUE))
    numbers = ", ".join(str(int(level)) for level in (NumberLevel.EQUAL, NumberLevel.EQUAL_OLD, NumberLevel.EQUAL_ON_CARD))
    certain = f"number_level IN ({numbers}) AND {AGREES}"
    named = f"({AGREES} OR name_level = {int(NameLevel.UNKNOWN)})"
    same = "n17 = best_n17 AND coalesce(reading, 0) = coalesce(best_reading, 0)"
    return [
        Step(
            "best",
            f"""
            SELECT *, CASE WHEN {certain} THEN 1 ELSE 0 END AS is_certain
            FROM (SELECT *, row_number() OVER (PARTITION BY t_key, person_id ORDER BY points DESC, o_key) AS of_person
                FROM scored WHERE points >= {even + WORTH_A_LOOK} OR ({certain})) ordered
            WHERE of_person = 1""",
        ),
        Step(
            "hits",
            f"""
            SELECT t_key, o_key, person_id, points, {_LEVELS}, {_POINTS}, tier
            FROM (SELECT *, max(CASE WHEN tier = {b} THEN 1 ELSE 0 END) OVER (PARTITION BY t_key) AS row_is_sure
                FROM (SELECT *, CASE WHEN is_certain = 1 THEN {a}
                        WHEN {named} AND points >= {even + SURE} AND points >= most
                            AND (rival IS NULL OR points - rival >= {AHEAD}) THEN {b}
                        ELSE {queue} END AS tier
                    FROM (SELECT *, row_number() OVER (PARTITION BY t_key ORDER BY points DESC, person_id) AS place,
                            max(CASE WHEN {same} THEN points END) OVER (PARTITION BY t_key) AS most,
                            max(CASE WHEN {same} THEN NULL ELSE points END) OVER (PARTITION BY t_key) AS rival
                        FROM (SELECT *, first_value(n17) OVER led_by AS best_n17, first_value(reading) OVER led_by AS best_reading
                            FROM (SELECT best.*, coalesce(o.n17, -best.o_key) AS n17, o.reading,
                                    max(is_certain) OVER (PARTITION BY t_key) AS row_is_certain
                                FROM best JOIN {PERSONS}_side o ON o.key = best.o_key) known
                            WHERE is_certain = row_is_certain
                            WINDOW led_by AS (PARTITION BY t_key ORDER BY points DESC, person_id)) led) placed
                    WHERE place <= {MOST}) tiered) sure
            WHERE NOT (row_is_sure = 1 AND tier = {queue})""",
        ),
    ]


def result(order: bool = True) -> str:
    """The hits as the caller gets them: with both values of every field."""
    values = ", ".join(f"{_shown(field, 'o')} AS {field}_ours, {_shown(field, 't')} AS {field}_theirs" for field in FIELDS)
    fields = ", ".join(
        f"CAST({field}_level AS TINYINT) AS {field}_level, CAST({field}_points AS INT) AS {field}_points" for field in FIELDS
    )
    return f"""
        SELECT h.t_key AS row, h.person_id, tier, CAST(points AS INT) AS points, {fields}, {values}
        FROM hits h
        JOIN {EXTRACT}_side t ON t.key = h.t_key
        JOIN {PERSONS}_side o ON o.key = h.o_key
        LEFT JOIN {EXTRACT}_names tn ON tn.name_id = t.name_id
        LEFT JOIN {PERSONS}_names ob ON ob.name_id = o.name_id
        LEFT JOIN {EXTRACT}_odd t_odd ON t_odd.key = t.key
        LEFT JOIN {PERSONS}_odd o_odd ON o_odd.key = o.key
        {"ORDER BY row, points DESC, person_id" if order else ""}"""


def _shown(field: str, side: str) -> str:
    name = {"t": "tn", "o": "ob"}[side]
    day = f"CAST({side}.birth AS VARCHAR(8))"
    return {
        "name": f"{name}.name",
        "number": f"CASE WHEN {side}.n17 IS NOT NULL THEN {number_text(f'{side}.n17')} ELSE {side}_odd.number END",
        "birth": f"substr({day}, 1, 4) || '-' || substr({day}, 5, 2) || '-' || substr({day}, 7, 2)",
        "sex": f"CASE {side}.sex WHEN 1 THEN '{SEXES[1]}' WHEN 2 THEN '{SEXES[2]}' END",
        "village": f"{side}.village",
        "telephone": f"CAST({side}.telephone AS VARCHAR(20))",
    }[field]


def _scored(pairs: str) -> str:
    levels = ", ".join(f"{plain_level(field)} AS {field}_level" for field in _PLAIN)
    plain = ", ".join(f"CAST({plain_points(field)} AS INT) AS {field}_points" for field in _PLAIN)
    return f"""
        SELECT *, {" + ".join(f"{field}_points" for field in FIELDS)} AS points
        FROM (SELECT t_key, o_key, person_id, {_LEVELS}, name_points, number_points,
                CAST({birth_points()} AS INT) AS birth_points, {plain}
            FROM (SELECT t_key, o_key, person_id, name_level, number_level, CAST({name_points()} AS INT) AS name_points,
                    CAST({number_points()} AS INT) AS number_points, birth_weight, village_weight,
                    {birth_level()} AS birth_level, {levels}
                FROM (SELECT *, {number_level()} AS number_level FROM ({_joined(pairs)}) joined) numbered) levelled) pointed"""


def _joined(pairs: str) -> str:
    values = ", ".join(f"t.{field} AS t_{field}, o.{field} AS o_{field}" for field in ("n17", "birth", *_PLAIN))
    return f"""
        SELECT p.t_key, p.o_key, is_borrowed, o.person_id, {values}, t_odd.number AS t_number, o_odd.number AS o_number,
                t_odd.kind AS t_kind, o_odd.kind AS o_kind, t_odd.pattern AS t_pattern, o_odd.pattern AS o_pattern,
                t_odd.seen AS t_seen, o_odd.seen AS o_seen,
                CASE WHEN t_odd.number IS NOT NULL AND o.n17 IS NOT NULL THEN {number_text("o.n17")} END AS o_text,
                CASE WHEN o_odd.number IS NOT NULL AND t.n17 IS NOT NULL THEN {number_text("t.n17")} END AS t_text,
                birth_weights.points AS birth_weight, village_weights.points AS village_weight, {name_level()} AS name_level,
                {name_columns()}
            FROM ({pairs}) p
            JOIN {EXTRACT}_side t ON t.key = p.t_key
            JOIN {PERSONS}_side o ON o.key = p.o_key
            LEFT JOIN {EXTRACT}_odd t_odd ON t_odd.key = p.t_key
            LEFT JOIN {PERSONS}_odd o_odd ON o_odd.key = p.o_key
            LEFT JOIN {EXTRACT}_names tn ON tn.name_id = t.name_id
            LEFT JOIN bearers ob ON ob.name_id = o.name_id
            LEFT JOIN birth_weights ON birth_weights.birth = o.birth
            LEFT JOIN village_weights ON village_weights.village = o.village"""
