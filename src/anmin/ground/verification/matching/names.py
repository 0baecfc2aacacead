"""Names in columns: every distinct name once, folded and read by the tables of single characters.

A name keeps three things: its folded text (simplified, without interpuncts, blanks, notes; covered places are stars), its reading
as one whole number (nine bits a character, the first seven), and the readings of its first and last character, by which people
are looked for.
"""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from anmin.ground.verification.matching.characters import table
from anmin.ground.verification.matching.numbers import narrow
from anmin.ground.verification.matching.steps import Step

UNREAD, STAR = 510, 511
"""The codes of a character that nobody reads and of a covered place; readings and Latin letters have the codes below."""
_COLUMNS = ("name_id", "raw", "name", "reading", "surname", "last", "stars")
READ, _SHORT, _LONG = 7, 4, 16
"""How many characters are read; how many a usual name has; how many of the longest are folded."""

_ALWAYS = (*(chr(code) for code in range(ord("A"), ord("Z") + 1)), "*")
FEW = 20_000
"""More names need nearly every character; finding out which would cost more than it saves."""

_OPENED, _CLOSED = "〔【《〈<{[", "〕】》〉>}]"
_NOTE = "[(][^)]*([)]|$)"
_MARKS = "[ 　·•‧∙⋅・･▪﹒᛫.,，。、;:：；''`\u2018\u2019\u2032\u200b-\u200f\u2060\ufeff\u00a0\t\r\n0-9/|+&!~^=\"\ufe00-\ufe0f-]"
_SAID_AFTER = "(已故|已死亡|死亡|已注销|注销|户主|本人|等人|先生|女士|同志)$"
_COVERED = "×●○■□#?\ufffd_某＿"
_NONE = "('无', '不详', '未知', '暂无', '空', '没有', '不明', '未填', '无名', '无名氏', '姓名', 'NULL', 'NONE', 'NA', 'NAN')"
_HAN = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff]"


@cache
def characters() -> pa.Table:
    """The table of single characters: what it folds to, and the code of its reading."""
    given, folded, readings = table()
    codes = {reading: code for code, reading in enumerate(sorted({each for each in readings if each}), 27)}
    return pa.table(
        {
            "character": [*given, *_ALWAYS],
            "folded": [*folded, *_ALWAYS],
            "code": [*(codes.get(each, UNREAD) for each in readings), *range(1, 27), STAR],
        }
    )


def characters_in(names: pa.ChunkedArray | None) -> pa.Table:
    """The characters that reading these names may ask for: of many names all there are, of few those that stand in them.

    None are names that nobody has looked at.

    An engine makes a lookup of the table for each of twenty places, which for a few names costs more than all the rest. Reading
    takes away signs and makes Latin letters and stars, but never another Chinese character.
    """
    whole = characters()
    if names is None or len(names) > FEW:
        return whole
    asked = {*_ALWAYS}.union(*(name for name in names.to_pylist() if name))
    return whole.filter(pc.is_in(whole.column("character"), value_set=pa.array(sorted(asked))))


def are_long(names: pa.ChunkedArray | None) -> bool:
    """Whether any name may have more places than a usual one; cleaning only takes places away."""
    return names is None or (pc.max(pc.utf8_length(names)).as_py() or 0) > _SHORT


def name_steps(side: str, known: str | None = None, *, long: bool = True) -> list[Step]:
    """`<side>_names`: name_id, raw, and of the names that are one: name (folded), reading, surname, last, stars.

    Its characters stand in `<side>_characters`. A name that stands among the `known` ones of the other side has its name_id and
    is read no more; others have negative ones. Names of more than the usual places are read only where there are `long` ones.
    """
    # Nineteen of twenty are plain: two or three Chinese characters and nothing to clean away.
    usual = "is_like(raw, '^[\u4e00-\u9fff]{2,3}$') AND instr(raw, '某') = 0"
    given = f"(SELECT DISTINCT name FROM {side} WHERE name IS NOT NULL)"
    if known is None:
        texts = f"SELECT row_number() OVER (ORDER BY name) AS name_id, name AS raw FROM {given} given"
        new, shared = f"{side}_name_texts", ""
    else:
        texts = f"""
            SELECT coalesce(old.name_id, -row_number() OVER (ORDER BY given.name)) AS name_id, given.name AS raw
            FROM {given} given LEFT JOIN {known}_name_texts old ON old.raw = given.name"""
        new = f"(SELECT name_id, raw FROM {side}_name_texts WHERE name_id < 0)"
        shared = f"""
            UNION ALL SELECT {", ".join(f"old.{column}" for column in _COLUMNS)} FROM {known}_names old
            JOIN {side}_name_texts given ON given.name_id = old.name_id"""
    columns = ", ".join(_COLUMNS)
    rest = f"UNION ALL SELECT {columns} FROM ({_read(side, f'length(text) > {_SHORT}', _LONG)}) long" if long else ""
    return [
        Step(f"{side}_name_texts", texts),
        Step(
            f"{side}_name_plain",
            f"""
            SELECT name_id, raw,
                CASE WHEN text IN {_NONE} OR NOT (usual OR is_like(text, '[A-Z]|{_HAN}')) THEN NULL ELSE text END AS text
            FROM (SELECT name_id, raw, usual,
                    CASE WHEN NOT usual AND is_like(text, '{_HAN}.*X') THEN translate(text, 'X', '*') ELSE text END AS text
                FROM (SELECT name_id, raw, usual,
                        CASE WHEN length(text) > 3 THEN swapped(text, '{_SAID_AFTER}', '') ELSE text END AS text
                    FROM (SELECT name_id, raw, usual, CASE WHEN usual THEN raw ELSE {_plain("raw")} END AS text
                        FROM (SELECT name_id, raw, {usual} AS usual FROM {new} new) usually) plain) said) covered""",
        ),
        Step(
            f"{side}_names",
            f"""
            SELECT {columns} FROM ({_read(side, f"length(text) <= {_SHORT}", _SHORT)}) short
            {rest}
            UNION ALL SELECT name_id, raw, NULL, NULL, NULL, NULL, 0 FROM {side}_name_plain WHERE text IS NULL{shared}""",
        ),
    ]


def _plain(raw: str) -> str:
    unquoted = f"swapped({raw}, '[\uff07]', '')"
    text = f"upper({narrow(unquoted)})"
    brackets = f"translate({text}, '{_OPENED}{_CLOSED}', '{'(' * len(_OPENED)}{')' * len(_CLOSED)}')"
    without = f"swapped(swapped({brackets}, '{_NOTE}', ''), '{_MARKS}', '')"
    return f"translate({without}, '{_COVERED}', '{'*' * len(_COVERED)}')"


def _read(side: str, where: str, longest: int) -> str:
    """The names of one length class, each of their places looked up in the side's table of characters."""
    places = range(1, longest + 1)
    joins = " ".join(f"LEFT JOIN {side}_characters c{place} ON c{place}.character = substr(text, {place}, 1)" for place in places)
    folded = (
        " || ".join(f"coalesce(c{place}.folded, substr(text, {place}, 1))" for place in places)
        + f" || substr(text, {longest + 1})"
    )
    reading = " + ".join(f"{_code(place)} * {512 ** (READ - place)}" for place in places if place <= READ)
    last = " ".join(f"WHEN {place} THEN {_code(place)}" for place in places)
    return f"""
        SELECT name_id, raw, name, CASE WHEN stars = 0 THEN reading END AS reading,
            CASE WHEN surname < {UNREAD} THEN surname END AS surname, CASE WHEN last < {UNREAD} THEN last END AS last, stars
        FROM (SELECT name_id, raw, {folded} AS name, {reading} AS reading, CAST({_code(1)} AS SMALLINT) AS surname,
                CAST(CASE least(length(text), {longest}) {last} END AS SMALLINT) AS last,
                CAST(length(text) - length(translate(text, '*', '')) AS INT) AS stars
            FROM {side}_name_plain {joins} WHERE {where}) looked_up"""


def _code(place: int) -> str:
    return f"CAST(coalesce(c{place}.code, CASE WHEN length(text) >= {place} THEN {UNREAD} ELSE 0 END) AS BIGINT)"
