"""Hits against the truth: precision, recall, F1 over all pairs and over the residue, by tier, by what was done to the number."""

# ruff: noqa: S608  the statements are our own

import duckdb
import pyarrow as pa
from generate import CLASSES

from anmin.ground.verification.matching.matching import EVEN

_SAID = """
    SELECT row, person_id FROM hits WHERE tier IN ('A', 'B')
    UNION ALL
    SELECT row, person_id FROM (
        SELECT row, person_id, points, row_number() OVER (PARTITION BY row ORDER BY points DESC, person_id) AS place
        FROM hits WHERE tier = 'queue') WHERE place = 1 AND points >= {even}"""
"""What the matcher says when it must say something: its settled hits, and of a row in the queue the best person when more likely
than not. No threshold is chosen by the truth."""


def said_pairs(hits: pa.Table) -> pa.Table:
    """Row and person of every pair the matcher holds more likely right than wrong."""
    even = int(hits.schema.metadata[EVEN])
    return duckdb.sql(_SAID.format(even=even)).to_arrow_table()


def rates(right: int, said: int, true: int) -> dict[str, float]:
    """Precision, recall and F1."""
    precision, recall = right / max(said, 1), right / max(true, 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-12)}


def judge(said: pa.Table, truth: pa.Table, easy: pa.Table) -> dict[str, object]:
    """Rates over all pairs and over the residue (pairs outside `easy`, what number and name settle), recall by class."""
    base = duckdb.connect()
    for name, table in {"said": said, "truth": truth, "easy": easy}.items():
        base.register(name, table)

    def count(select: str) -> int:
        return int(base.execute(f"SELECT count(*) FROM {select}").fetchall()[0][0])

    right = "(SELECT row, person_id FROM said INTERSECT SELECT row, person_id FROM truth)"
    whole = rates(count(right), count("said"), count("truth"))
    left = {
        name: f"(SELECT row, person_id FROM {table} EXCEPT SELECT row, person_id FROM easy)"
        for name, table in {"said": "said", "truth": "truth", "right": right}.items()
    }
    residue = rates(count(left["right"]), count(left["said"]), count(left["truth"]))
    by_class = dict(
        base.execute(
            "SELECT done, avg(CASE WHEN s.row IS NULL THEN 0 ELSE 1 END) FROM truth t "
            "LEFT JOIN said s ON s.row = t.row AND s.person_id = t.person_id GROUP BY done"
        ).fetchall()
    )
    base.close()
    return {
        "all": whole,
        "residue": residue | {"pairs": count_of(truth, easy)},
        "recall": {CLASSES[done]: recall for done, recall in sorted(by_class.items())},
    }


def count_of(truth: pa.Table, easy: pa.Table) -> int:
    """How many true pairs the residue has."""
    return int(
        duckdb.sql("SELECT count(*) FROM (SELECT row, person_id FROM truth EXCEPT SELECT row, person_id FROM easy)").fetchall()[
            0
        ][0]
    )


def judge_tiers(hits: pa.Table, truth: pa.Table, rows: int) -> dict[str, object]:
    """Precision of each tier, its share of the true pairs, and the share of the rows that go to the queue."""
    found = duckdb.sql(
        "SELECT tier, count(*), count(t.row) FROM hits h "
        "LEFT JOIN truth t ON t.row = h.row AND t.person_id = h.person_id GROUP BY tier"
    ).fetchall()
    queue = duckdb.sql("SELECT count(DISTINCT row) FROM hits WHERE tier = 'queue'").fetchall()[0][0]
    return {
        "tiers": {
            tier: {"pairs": pairs, "precision": right / pairs, "of_true": right / len(truth)}
            for tier, pairs, right in sorted(found)
        },
        "queue_rows": queue / rows,
    }
