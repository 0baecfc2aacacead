"""One side of a comparison in narrow columns: whole numbers wherever two rows are compared, text only where it is looked at."""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

from anmin.ground.verification.matching.names import name_steps
from anmin.ground.verification.matching.numbers import birth_of, odd_steps, quick_number, sex_of
from anmin.ground.verification.matching.steps import Step
from anmin.ground.verification.matching.values import sex, telephone, value_steps

PERSONS, EXTRACT = "persons", "extract"
_PASSING = ("characters", "name_plain", "read", "odd_numbers", "births", "village_texts", "villages")


def side_steps(side: str, *, long_names: bool = True) -> list[Step]:
    """`<side>_side`: key, n17, kind, name_id, reading, surname, last, birth, sex, village, telephone; of persons also whose
    row it is and of which household.

    A valid number says the birth date and the sex; where there is none, what was delivered says them, and of a wrong number last
    of all its own places.
    """
    own = "person_id, household_id" if side == PERSONS else ""
    other = "other_number" if side == EXTRACT else ""
    known = PERSONS if side == EXTRACT else None
    return [
        *name_steps(side, known, long=long_names),
        *value_steps(side, known),
        _read(side, [each for each in (own, other) if each]),
        *odd_steps(side, other or "NULL"),
        Step(
            f"{side}_side",
            f"""
            SELECT {", ".join(each for each in ("key", own) if each)}, n17, kind, name_id, reading, surname, last,
                coalesce({birth_of("n17")}, birth, born) AS birth, CAST(coalesce({sex_of("n17")}, sex) AS TINYINT) AS sex,
                village, telephone
            FROM (SELECT given.*, coalesce(quick, odd.n17) AS n17, odd.kind, odd.born
                FROM {side}_read given LEFT JOIN {side}_odd odd ON odd.key = given.key) given""",
        ),
    ]


def _read(side: str, own: list[str]) -> Step:
    """`<side>_read`: every row with its number where it is valid as written, and all else that need not wait for the odd ones."""
    columns = ", ".join(["key", "name", "identity_number", "sex", "birth_date", "village", "telephone", *own])
    return Step(
        f"{side}_read",
        f"""
        SELECT {", ".join(["given.key", *own])}, quick, CASE WHEN quick IS NULL THEN identity_number END AS identity_number,
            names.name_id, reading, surname, last, births.birth, CAST({sex("given.sex")} AS TINYINT) AS sex, villages.village,
            {telephone("given.telephone")} AS telephone
        FROM ({quick_number(side, columns)}) given
        LEFT JOIN {side}_names names ON names.raw = given.name
        LEFT JOIN {side}_births births ON births.text = given.birth_date
        LEFT JOIN {side}_villages villages ON villages.text = given.village""",
    )


def passing(side: str) -> list[str]:
    """The tables that nobody asks once the side stands; the other side asks the texts of names, and the names of villages."""
    return [f"{side}_{table}" for table in _PASSING]
