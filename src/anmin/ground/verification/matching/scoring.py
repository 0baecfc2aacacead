"""Points for every pair, and what they are enough for: settled, or for a person to look at, or nothing."""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

import math
from dataclasses import dataclass

from anmin.ground.verification.matching import comparing
from anmin.ground.verification.matching.numbers import number_text
from anmin.ground.verification.matching.pairs import AGREES
from anmin.ground.verification.matching.sides import EXTRACT, PERSONS
from anmin.ground.verification.matching.steps import Step
from anmin.ground.verification.matching.vocabulary import FIELDS, POINTS_PER_BIT, NameLevel, Tier

SURE, AHEAD, WORTH_A_LOOK = 60, 40, -40
"""In points above even odds: what settles a hit, how far it must lead the next person, and from where somebody looks at it."""
MOST = 3
"""How many persons a row brings at most."""

_PLAIN = ("sex", "village", "telephone")
_SCORES = ", ".join(f"{field}_{part}" for part in ("level", "points") for field in FIELDS)


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


def exact_steps() -> list[Step]:
    """`exact`: row and person with one valid number, scored."""
    plain = ", ".join(f"t.{field} AS t_{field}, o.{field} AS o_{field}" for field in ("village", "telephone"))
    joined = f"""
        SELECT t.key AS t_key, o.key AS o_key, o.person_id, t.n17, t.name_id AS t_name_id, o.name_id AS o_name_id, {plain},
            {comparing.equal_number_level()} AS number_level, {comparing.name_level()} AS name_level,
            {comparing.name_columns()}, village_weights.points AS village_weight
        FROM {EXTRACT}_side t JOIN {PERSONS}_side o ON o.n17 = t.n17
        LEFT JOIN {EXTRACT}_names tn ON tn.name_id = t.name_id
        LEFT JOIN bearers ob ON ob.name_id = o.name_id
        LEFT JOIN village_weights ON village_weights.village = o.village"""
    levels = ", ".join(f"{comparing.plain_level(field)} AS {field}_level" for field in ("village", "telephone"))
    birth, sex = comparing.IN_NUMBER_LEVELS
    levelled = f"""
        SELECT *, {levels}, CAST({birth} AS TINYINT) AS birth_level, CAST({sex} AS TINYINT) AS sex_level, 0 AS birth_points,
            0 AS sex_points, NULL AS t_seen, NULL AS o_seen
        FROM ({joined}) joined"""
    points = {
        "name": comparing.name_points(),
        "number": comparing.number_points(),
        **{field: comparing.plain_points(field) for field in ("village", "telephone")},
    }
    pointed = ", ".join(f"CAST({said} AS INT) AS {field}_points" for field, said in points.items())
    kept = "t_key, o_key, person_id, n17, t_name_id, o_name_id, t_village, o_village, t_telephone, o_telephone"
    return [
        Step(
            "exact",
            f"""
            SELECT {kept}, {_SCORES}, {_total()} AS points
            FROM (SELECT {kept}, {", ".join(f"{field}_level" for field in FIELDS)}, birth_points, sex_points, {pointed}
                FROM ({levelled}) levelled) pointed""",
        ),
    ]


def score_steps() -> list[Step]:
    """`scored`: every other pair with its levels and points."""
    levels = ", ".join(f"{comparing.plain_level(field)} AS {field}_level" for field in _PLAIN)
    points = {
        "name": comparing.name_points(),
        "number": comparing.number_points(),
        "birth": comparing.birth_points(),
        **{field: comparing.plain_points(field) for field in _PLAIN},
    }
    pointed = ", ".join(f"CAST({said} AS INT) AS {field}_points" for field, said in points.items())
    all_levels = ", ".join(f"{field}_level" for field in FIELDS)
    return [
        Step(
            "scored",
            f"""
            SELECT t_key, o_key, person_id, n17, reading, {_SCORES}, {_total()} AS points
            FROM (SELECT t_key, o_key, person_id, o_n17 AS n17, reading, {all_levels}, {pointed}
                FROM (SELECT *, {comparing.birth_level()} AS birth_level, {levels}
                    FROM (SELECT *, {comparing.number_level()} AS number_level
                        FROM ({_joined()}) joined) numbered) levelled) pointed
            UNION ALL
            SELECT exact.t_key, o_key, exact.person_id, exact.n17, reading, {_SCORES}, points
            FROM exact LEFT JOIN settled ON settled.t_key = exact.t_key JOIN {PERSONS}_side o ON o.key = o_key
            WHERE settled.t_key IS NULL""",
        )
    ]


def tier_steps(even: int) -> list[Step]:
    """`hits`: at most three persons a row, with their tier.

    A row whose number and name agree with one person alone is not among them: there is nothing to weigh (`result` adds it).
    """
    a, b, queue = (f"'{tier.value}'" for tier in (Tier.A, Tier.B, Tier.QUEUE))
    columns = f"t_key, o_key, person_id, points, {_SCORES}"
    named = f"({AGREES} OR name_level = {int(NameLevel.UNKNOWN)})"
    same = "coalesce(n17, -o_key) = best_n17 AND coalesce(reading, 0) = coalesce(best_reading, 0)"
    several = f"""
        SELECT exact.t_key, o_key, person_id, points, {_SCORES}
        FROM exact JOIN settled ON settled.t_key = exact.t_key WHERE settled.persons > 1 AND {AGREES}"""
    return [
        Step(
            "weighed",
            f"""
            SELECT {columns}, CASE
                WHEN {named} AND points >= {even + SURE} AND points >= most AND (rival IS NULL OR points - rival >= {AHEAD})
                THEN {b} ELSE {queue} END AS tier
            FROM (SELECT *, row_number() OVER (PARTITION BY t_key ORDER BY points DESC, person_id) AS place,
                    max(CASE WHEN {same} THEN points END) OVER (PARTITION BY t_key) AS most,
                    max(CASE WHEN {same} THEN NULL ELSE points END) OVER (PARTITION BY t_key) AS rival
                FROM (SELECT *, first_value(coalesce(n17, -o_key)) OVER led_by AS best_n17,
                        first_value(reading) OVER led_by AS best_reading
                    FROM (SELECT *, row_number() OVER (PARTITION BY t_key, person_id ORDER BY points DESC, o_key) AS of_person
                        FROM scored WHERE points >= {even + WORTH_A_LOOK}) ordered
                    WHERE of_person = 1
                    WINDOW led_by AS (PARTITION BY t_key ORDER BY points DESC, person_id)) led) placed
            WHERE place <= {MOST}""",
        ),
        Step(
            "hits",
            f"""
            SELECT {columns}, {a} AS tier FROM (
                SELECT *, row_number() OVER (PARTITION BY t_key ORDER BY points DESC, person_id) AS place
                FROM (SELECT *, row_number() OVER (PARTITION BY t_key, person_id ORDER BY points DESC, o_key) AS of_person
                    FROM ({several}) several) ordered
                WHERE of_person = 1) placed
            WHERE place <= {MOST}
            UNION ALL
            SELECT {columns}, tier
            FROM (SELECT *, max(CASE WHEN tier = {b} THEN 1 ELSE 0 END) OVER (PARTITION BY t_key) AS row_is_sure
                FROM weighed) sure
            WHERE row_is_sure = 0 OR tier = {b}""",
        ),
    ]


def ends(parts: int) -> str:
    """The last key of each of so many parts of the hits, about equal."""
    return f"""
        SELECT max(t_key) AS last
        FROM (SELECT t_key, ntile({parts}) OVER (ORDER BY t_key) AS part
            FROM (SELECT t_key FROM settled UNION ALL SELECT t_key FROM hits) every) cut
        GROUP BY part ORDER BY last"""


def result(first: int | None = None, last: int | None = None) -> str:
    """The hits of the rows after `first` up to `last` as the caller gets them: with both values of every field."""
    after = "" if first is None else f" AND h.t_key > {first}"
    span = after + ("" if last is None else f" AND h.t_key <= {last}")
    scores = ", ".join(
        f"CAST({field}_{part} AS {kind}) AS {field}_{part}"
        for part, kind in (("level", "TINYINT"), ("points", "INT"))
        for field in FIELDS
    )
    number = number_text("h.n17")
    born = "CAST(whole(h.n17, 1000) % 100000000 AS INT)"
    alike = {
        "name": ("ob.name", "tn.name"),
        "number": (number, number),
        "birth": (comparing.day_text(born),) * 2,
        "sex": (comparing.sex_text("CASE WHEN h.n17 % 2 = 1 THEN 1 ELSE 2 END"),) * 2,
        "village": ("ov.village", "tv.village"),
        "telephone": ("CAST(h.o_telephone AS VARCHAR(20))", "CAST(h.t_telephone AS VARCHAR(20))"),
    }
    plain = {field: (_shown(field, "o", "ob", "ov"), _shown(field, "t", "tn", "tv")) for field in FIELDS}

    def values(said: dict[str, tuple[str, str]]) -> str:
        return ", ".join(f"{ours} AS {field}_ours, {theirs} AS {field}_theirs" for field, (ours, theirs) in said.items())

    def texts(side: str) -> str:
        return f"""
            LEFT JOIN {PERSONS}_names ob ON ob.name_id = {side.format("o")}name_id
            LEFT JOIN {PERSONS}_village_names ov ON ov.code = {side.format("o")}village
            LEFT JOIN {EXTRACT}_names tn ON tn.name_id = {side.format("t")}name_id
            LEFT JOIN {EXTRACT}_village_names tv ON tv.code = {side.format("t")}village"""

    return f"""
        SELECT h.t_key AS row, h.person_id, '{Tier.A.value}' AS tier, CAST(points AS INT) AS points, {scores}, {values(alike)}
        FROM (SELECT h.* FROM exact h JOIN settled ON settled.t_key = h.t_key WHERE persons = 1 AND {AGREES}{span}) h
        {texts("h.{}_")}
        UNION ALL
        SELECT h.t_key AS row, h.person_id, tier, CAST(points AS INT) AS points, {scores}, {values(plain)}
        FROM hits h
        JOIN {EXTRACT}_side t ON t.key = h.t_key
        JOIN {PERSONS}_side o ON o.key = h.o_key
        {texts("{}.")}
        LEFT JOIN {EXTRACT}_odd t_odd ON t_odd.key = t.key
        LEFT JOIN {PERSONS}_odd o_odd ON o_odd.key = o.key
        WHERE TRUE{span}"""


def _shown(field: str, side: str, name: str, village: str) -> str:
    return {
        "name": f"{name}.name",
        "number": f"CASE WHEN {side}.n17 IS NOT NULL THEN {number_text(f'{side}.n17')} ELSE {side}_odd.number END",
        "birth": comparing.day_text(f"{side}.birth"),
        "sex": comparing.sex_text(f"{side}.sex"),
        "village": f"{village}.village",
        "telephone": f"CAST({side}.telephone AS VARCHAR(20))",
    }[field]


def _total() -> str:
    return " + ".join(f"{field}_points" for field in FIELDS)


def _joined() -> str:
    values = ", ".join(f"t.{field} AS t_{field}, o.{field} AS o_{field}" for field in ("n17", "birth", *_PLAIN))
    odd = ", ".join(
        f"{side}_odd.{column} AS {side}_{column}" for side in "to" for column in ("number", "kind", "pattern", "seen")
    )
    return f"""
        SELECT p.t_key, p.o_key, is_borrowed, o.person_id, o.reading, {values}, {odd},
            CASE WHEN t_odd.number IS NOT NULL AND o.n17 IS NOT NULL THEN {number_text("o.n17")} END AS o_text,
            CASE WHEN o_odd.number IS NOT NULL AND t.n17 IS NOT NULL THEN {number_text("t.n17")} END AS t_text,
            birth_weights.points AS birth_weight, village_weights.points AS village_weight,
            {comparing.name_level()} AS name_level, {comparing.name_columns()}
        FROM pairs p
        JOIN {EXTRACT}_side t ON t.key = p.t_key
        JOIN {PERSONS}_side o ON o.key = p.o_key
        LEFT JOIN {EXTRACT}_odd t_odd ON t_odd.key = p.t_key
        LEFT JOIN {PERSONS}_odd o_odd ON o_odd.key = p.o_key
        LEFT JOIN {EXTRACT}_names tn ON tn.name_id = t.name_id
        LEFT JOIN bearers ob ON ob.name_id = o.name_id
        LEFT JOIN birth_weights ON birth_weights.birth = o.birth
        LEFT JOIN village_weights ON village_weights.village = o.village"""
