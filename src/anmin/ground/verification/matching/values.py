"""Birth dates, sexes, villages and telephones in columns; what has few forms is read once for each distinct form."""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

from anmin.ground.verification.matching.numbers import is_day, narrow
from anmin.ground.verification.matching.steps import Step

_MALE = "('男', '男性', '1', 'M', 'MALE')"
_FEMALE = "('女', '女性', '2', 'F', 'FEMALE')"
_ABOVE = "^.*(省|自治区|市|县|[^社小]区|镇|乡|街道)"
_BELOW = "(村民委员会|居民委员会|社区居委会|居委会|村委会|社区|村|居).*$"
_NO_VILLAGE = "('无', '不详', '未知', '空', '-', '/', '0', 'NULL', 'NONE', 'NA')"


def value_steps(side: str, known: str | None = None) -> list[Step]:
    """`<side>_births` and `<side>_villages`: every distinct text with what it says; NULL where it says nothing.

    A village is a whole number, its name stands in `<side>_village_names`; one that is `known` on the other side has that number,
    others have negative ones.
    """
    names = f"(SELECT DISTINCT village FROM {side}_village_texts WHERE village IS NOT NULL)"
    if known is None:
        numbered = f"SELECT row_number() OVER (ORDER BY village) AS code, village FROM {names} given"
    else:
        numbered = f"""
            SELECT coalesce(old.code, -row_number() OVER (ORDER BY given.village)) AS code, given.village
            FROM {names} given LEFT JOIN {known}_village_names old ON old.village = given.village"""
    return [
        Step(f"{side}_births", _births(side)),
        Step(f"{side}_village_texts", _villages(side)),
        Step(f"{side}_village_names", numbered),
        Step(
            f"{side}_villages",
            f"""
            SELECT text, CAST(code AS INT) AS village FROM {side}_village_texts texts
            JOIN {side}_village_names names ON names.village = texts.village""",
        ),
    ]


def sex(column: str) -> str:
    """1 male, 2 female, NULL where neither is said."""
    text = f"upper(trim({narrow(column)}))"
    return f"""CASE WHEN {column} IS NULL THEN NULL WHEN {column} = '男' THEN 1 WHEN {column} = '女' THEN 2
        WHEN {text} IN {_MALE} THEN 1 WHEN {text} IN {_FEMALE} THEN 2 END"""


def telephone(column: str) -> str:
    """A mobile number, or a landline without its area code; of several the first; NULL for covered and made-up ones."""
    first = f"swapped({narrow(column)}, '[/,;、].*$', '')"
    digits = f"swapped({first}, '[ ()+-]', '')"
    return f"""CASE WHEN {column} IS NULL THEN NULL
        WHEN is_like({column}, '^1[3-9][0-9]{{9}}$') THEN {_mobile(column)}
        WHEN is_like({digits}, '^(00)?(86)?1[3-9][0-9]{{9}}$') THEN {_mobile(f"substr({digits}, length({digits}) - 10, 11)")}
        WHEN is_like({digits}, '^(010|02[0-9])[2-9][0-9]{{6,7}}$') THEN try_cast(substr({digits}, 4) AS BIGINT)
        WHEN is_like({digits}, '^0[3-9][0-9]{{2}}[2-9][0-9]{{6,7}}$') THEN try_cast(substr({digits}, 5) AS BIGINT)
        WHEN is_like({digits}, '^[2-9][0-9]{{6,7}}$') THEN try_cast({digits} AS BIGINT) END"""


def _mobile(text: str) -> str:
    return f"CASE WHEN is_like({text}, '0{{7}}$|1{{8}}$|8{{8}}$|138001380') THEN NULL ELSE try_cast({text} AS BIGINT) END"


def _births(side: str) -> str:
    written = f"swapped(translate({narrow('text')}, '年月/.', '----'), '([日 T].*$)|[ ]', '')"
    year = "substr(day, 1, 4)"
    month = "swapped(substr(day, 6), '-.*$', '')"
    last = "swapped(substr(day, 6), '^.*-', '')"
    number = f"try_cast({year} AS INT) * 10000 + try_cast({month} AS INT) * 100 + try_cast({last} AS INT)"
    return f"""
        SELECT text, CASE WHEN {is_day("number")} THEN number END AS birth
        FROM (SELECT text, CAST(CASE
                WHEN is_like(day, '^[12][0-9]{{7}}$') THEN try_cast(day AS INT)
                WHEN is_like(day, '^[12][0-9]{{3}}-[0-9]{{1,2}}-[0-9]{{1,2}}$') THEN {number} END AS INT) AS number
            FROM (SELECT text, {written} AS day
                FROM (SELECT DISTINCT birth_date AS text FROM {side} WHERE birth_date IS NOT NULL) given) read) counted"""


def _villages(side: str) -> str:
    blanks = "swapped(text, '[ \u3000\t\r\n]', '')"
    return f"""
        SELECT text, CASE WHEN length(village) < 1 OR village IN {_NO_VILLAGE} THEN NULL ELSE village END AS village
        FROM (SELECT text, swapped(swapped({blanks}, '{_ABOVE}', ''), '{_BELOW}', '') AS village
            FROM (SELECT DISTINCT village AS text FROM {side} WHERE village IS NOT NULL) given) read"""
