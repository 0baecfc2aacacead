"""How rare a value is among all rows of both sides: an agreement on a rare one says more."""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

from anmin.ground.verification.matching.sides import EXTRACT, PERSONS
from anmin.ground.verification.matching.steps import Step
from anmin.ground.verification.matching.vocabulary import POINTS_PER_BIT


def counting_steps(side: str) -> list[Step]:
    """How often every name, birth date and village stands on a side."""
    return [
        Step(
            f"{side}_name_counts",
            f"""
            SELECT name, reading, surname, n
            FROM (SELECT name_id, count(*) AS n FROM {side}_side WHERE name_id IS NOT NULL GROUP BY name_id) counted
            JOIN {side}_names names ON names.name_id = counted.name_id
            WHERE stars = 0 AND name IS NOT NULL""",
        ),
        *(
            Step(
                f"{side}_{value}_counts",
                f"SELECT {value}, count(*) AS n FROM {side}_side WHERE {value} IS NOT NULL GROUP BY {value}",
            )
            for value in ("birth", "village")
        ),
    ]


def weighing_steps(rows: int) -> list[Step]:
    """`bearers` (every name of our persons with its points), `birth_weights`, `village_weights`; both sides have `rows` rows."""
    return [
        *(_weights(value, table, rows) for value, table in (("name", "name"), ("reading", "name"), ("surname", "name"))),
        *(_weights(value, value, rows) for value in ("birth", "village")),
        Step(
            "bearers",
            f"""
            SELECT name_id, names.name, names.reading, names.surname, names.last, stars,
                coalesce(by_name.points, 0) AS name_points, coalesce(by_reading.points, 0) AS reading_points,
                coalesce(by_surname.points, 0) AS surname_points
            FROM {PERSONS}_names names
            LEFT JOIN name_weights by_name ON by_name.name = names.name
            LEFT JOIN reading_weights by_reading ON by_reading.reading = names.reading
            LEFT JOIN surname_weights by_surname ON by_surname.surname = names.surname""",
        ),
    ]


def _weights(value: str, counts: str, rows: int) -> Step:
    return Step(
        f"{value}_weights",
        f"""
        SELECT {value}, CAST(round({POINTS_PER_BIT} * log2({max(rows, 1)} / CAST(sum(n) AS DOUBLE))) AS INT) AS points
        FROM (SELECT {value}, n FROM {PERSONS}_{counts}_counts
            UNION ALL SELECT {value}, n FROM {EXTRACT}_{counts}_counts) both_sides
        WHERE {value} IS NOT NULL GROUP BY {value}""",
    )
