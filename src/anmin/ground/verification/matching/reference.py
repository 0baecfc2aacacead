"""The page about matching, written from the declarations: what goes in, what comes out, what each level means."""

from anmin.ground.verification.matching.columns import EXTRACT, PERSONS, Column
from anmin.ground.verification.matching.comparing import NUMBER_POINTS
from anmin.ground.verification.matching.scoring import AHEAD, MOST, SURE, WORTH_A_LOOK
from anmin.ground.verification.matching.vocabulary import (
    FIELD_LABELS,
    FIELDS,
    LEVELS,
    POINTS_PER_BIT,
    SENTENCES,
    NumberLevel,
    Tier,
)

_HEAD = """# Matching

<!-- Written by `anmin docs write`; a test says when it was forgotten. -->

`anmin verification match --persons FILE --extract FILE --source NAME --out FILE` finds the rows of a department's extract that
may be about our persons, without the platform's database. A hit is a hint; nothing is decided by it. Files are `.csv` (UTF-8 or
GB 18030, headings in row 1) or `.parquet`; a column may be headed by its name or by any of its Chinese headings, columns that
nobody knows are left aside. Identity numbers must be text: where a spreadsheet made floats of them, the file is refused with the
rows named; so is a broken line, a mixture of encodings, a key that is empty or stands twice: nothing is compared then. Empty
lines are no rows, and the others keep their numbers. The same input gives the same output. `--source` is the id or the Chinese
name of a register (`vehicles` or 机动车); an unknown one is refused with the list. `--engine spark` runs the same statements on
Apache Spark (`pip install 'anmin[spark]'`, Java 17); `--memory 4GB` lets DuckDB take more before it goes to disk.

Neither file is ever held in memory. A `.parquet` of texts is read where it lies, a column at a time; anything else is first
written as one into a temporary folder that only this user may open, and that is gone afterwards. Spark's workers read those files
themselves, so for a province the folder (`TMPDIR`) must be one that all of them see. Hits are written part by part, beside the
file first: it stands there whole or not at all.
"""

_RESULT = f"""
## What comes out

At most {MOST} persons a row, ordered by row, points and person. A `.csv` is for people (Chinese headings, levels in words), a
`.parquet` for machines. Identity numbers are covered in both.

| Column | Heading in CSV | |
|---|---|---|
| `source` | 数据来源 | the register |
| `row` | 行号 | the row of the extract |
| `person_id` | 人员编号 | the person |
| `tier` | 档次 | see below |
| `points` | 分值 | what the fields add up to; {POINTS_PER_BIT} points are one bit, which doubles the odds |
| `evidence` | 依据 | what agreed and what differed, in words |
| `<field>_level` | 姓名比对 … | how the field compares, see below |
| `<field>_points` | 姓名分值 … | what it adds |
| `<field>_ours`, `<field>_theirs` | 姓名（本库）, 姓名（来源） … | both values as they were compared |

| Tier | | When |
|---|---|---|
| `A` | {Tier.A.label} | one valid number, and the names agree at least in part |
| `B` | {Tier.B.label} | at least {SURE} points above even odds, and {AHEAD} ahead of the next person |
| `queue` | {Tier.QUEUE.label} | from {-WORTH_A_LOOK} points below even odds |

Even odds depend on how many persons there are and on how many of the extract's valid numbers are theirs. A name, a birth date and
a village add more the rarer they are among the rows of both files. Two valid numbers that differ are two people, unless only one
part of the birth date differs.
"""


def page() -> str:
    """docs/reference/matching.md."""
    parts = [_HEAD, _columns("persons", PERSONS), _columns("extract", EXTRACT), _RESULT, "\n## Levels\n"]
    for field in FIELDS:
        parts.append(f"\n### `{field}` ({FIELD_LABELS[field]})\n\n| Level | | |\n|---|---|---|\n")
        for level in LEVELS[field]:
            said = SENTENCES[field][level]
            if not said:
                continue
            points = f"{NUMBER_POINTS[level]} points" if isinstance(level, NumberLevel) and level in NUMBER_POINTS else ""
            parts.append(f"| {int(level)} `{level.name.lower()}` | {said} | {points} |\n")
    return "".join(parts)


def _columns(name: str, columns: tuple[Column, ...]) -> str:
    rows = "".join(
        f"| `{column.name}` | {'、'.join(dict.fromkeys((column.heading, *column.aliases)))} | {column.meaning} |\n"
        for column in columns
    )
    return f"\n## `--{name}`\n\n| Column | Headings | |\n|---|---|---|\n{rows}"
