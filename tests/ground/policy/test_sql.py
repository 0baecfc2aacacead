"""A second engine: the rules as SQL on DuckDB say what the batch says, of every programme, to the fen."""

import numpy as np
import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import assess
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import Chain, decide
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.sql import run_sql, statements
from tests.ground.policy import made_up

JUNE = Month.parse("2024-06")


TRIED = [
    "assistance.dibao",
    "assistance.recognition",  # its rules are those of tekun, of the margin and of hardship as well
    "assistance.temporary",
    "children.stipend",
    "disability.living",
    "disability.nursing",
]
"""Every kind of rule is among them, and every level; `anmin policy assess --engine duckdb` runs all of them."""


@pytest.mark.parametrize("address", [address for address in TRIED if address in DECIDED])
def test_sql_says_what_the_batch_says(address: str) -> None:
    programme = DECIDED[address]
    families = made_up.batch(programme.inputs, 200)
    ours = assess(programme, families, JUNE, policy(), with_findings=True)
    theirs = assess(programme, families, JUNE, policy(), with_findings=True, engine=run_sql)
    assert theirs.outcome.tolist() == ours.outcome.tolist()
    assert theirs.amount.tolist() == ours.amount.tolist()
    assert theirs.route.tolist() == ours.route.tolist()
    assert {name: rows.tolist() for name, rows in theirs.lacking.items()} == {
        name: np.sort(rows).tolist() for name, rows in ours.lacking.items()
    }
    for name, held in ours.findings.items():
        assert theirs.findings[name].tolist() == held.tolist(), name


def test_a_chain_on_sql_grants_the_same_sums() -> None:
    chain = Chain(DECIDED.values()).only(["children.stipend", "disability.living"])
    families = made_up.batch(chain.facts, 200, seed=11)
    ours = decide(chain, families, JUNE, policy()).household_amounts()
    theirs = decide(chain, families, JUNE, policy(), engine=run_sql).household_amounts()
    assert {address: column.tolist() for address, column in theirs.items()} == {
        address: column.tolist() for address, column in ours.items()
    }


def test_the_statements_can_be_read() -> None:
    programme = DECIDED["assistance.dibao"]
    families = made_up.batch(programme.inputs, 3)
    said = "\n".join(statements(families, programme.rules.plan(JUNE, policy()), ["amount"]))
    assert 'AS "shortfall"' in said
    assert "82000::BIGINT" in said
