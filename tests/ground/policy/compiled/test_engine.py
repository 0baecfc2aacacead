"""A chain compiled for the machine says of everybody what it says over columns."""

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed
from anmin.ground.policy.batch import Batch
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import ORDER, Chain, decide, nothing_published
from anmin.ground.policy.compiled.engine import Compiled, Compiler
from anmin.ground.policy.compiled.machine import Machine
from anmin.ground.policy.layouts import Layout, layouts_of
from anmin.ground.policy.programmes import DECIDED
from tests.ground.policy import made_up

JUNE = Month.parse("2024-06")
ALL = Chain(DECIDED.values())
MONTHLY = Chain(DECIDED[address] for address in ORDER)


def layout_of(batch: Batch, month: Month = JUNE) -> Layout:
    return layouts_of({month: batch}, ALL.facts)[month].with_room()


def said(found: Mapping[str, Assessed]) -> dict[tuple[str, str], list[int]]:
    made: dict[tuple[str, str], list[int]] = {}
    for address, each in found.items():
        named = {"outcome": each.outcome, "amount": each.amount, "route": each.route, **each.columns, **each.findings}
        made |= {(address, name): column.tolist() for name, column in named.items()}
    return made


def sooner() -> Compiler:
    """Programs that are slower than need be, and sooner there."""
    return Compiler(Machine(speed=0))


def compiled(
    batch: Batch, chain: Chain = MONTHLY, month: Month = JUNE, declined: Collection[str] = (), compiler: Compiler | None = None
) -> dict[str, Assessed]:
    ready = Compiled(compiler or sooner(), chain, layout_of(batch, month), month, policy(), with_findings=True, declined=declined)
    return ready.decided(batch)


def changed(batch: Batch, **columns: np.ndarray | None) -> Batch:
    """The same families with other columns; None is a fact nobody has recorded."""
    named = {
        entity: {name: column for name, column in named.items() if name not in columns} for entity, named in batch.columns.items()
    }
    for name, column in columns.items():
        if column is not None:
            named[ALL.facts[name].entity][name] = column
    return Batch(batch.households, batch.offsets, named)


@pytest.mark.parametrize("month", ["2021-03", "2024-06"])
def test_everything_is_the_same_with_columns_and_findings(month: str) -> None:
    families = made_up.batch(ALL.facts, 2_500)
    when = Month.parse(month)
    chain, compiler = (ALL, Compiler()) if month == "2024-06" else (MONTHLY, None)
    whole = decide(chain, families, when, policy(), with_findings=True).assessed
    assert said(compiled(families, chain, when, compiler=compiler)) == said(whole)


def test_what_is_declined_or_not_published_is_so_here() -> None:
    families = made_up.batch(MONTHLY.facts, 600)
    declined = ["assistance.dibao", "children.stipend"]
    whole = decide(MONTHLY, families, JUNE, policy(), with_findings=True, declined=declined)
    assert said(compiled(families, declined=declined)) == said(whole.assessed)
    alone = Compiled(sooner(), MONTHLY, layout_of(families), JUNE, policy(), publishes=False).decided(families)
    assert said(alone) == said(decide(MONTHLY, families, JUNE, policy(), granted=nothing_published).assessed)


def test_impossible_numbers_and_facts_of_nobody_leave_the_same_people_undetermined() -> None:
    families = made_up.batch(ALL.facts, 900)
    wages = families.columns["person"]["income_wage"].copy()
    wages[::7], wages[1::11] = 10**9, -5
    births = families.columns["person"]["birth_on"].copy()
    births[::13] = 1
    for strange in (
        changed(families, income_wage=wages, birth_on=births),
        changed(families, income_wage=None, assets_homes=None, supporter_income=None),
    ):
        there = decide(MONTHLY, strange, JUNE, policy(), with_findings=True).assessed
        assert said(compiled(strange)) == said(there)
        assert (
            there["assistance.dibao"].undetermined.sum()
            > decide(MONTHLY, families, JUNE, policy()).assessed["assistance.dibao"].undetermined.sum()
        )


def test_families_without_persons_and_no_families_at_all() -> None:
    families = made_up.batch(MONTHLY.facts, 40)
    empty = Batch(
        3, {"person": np.zeros(4, dtype=np.int64), "supporter": np.zeros(1, dtype=np.int64)},
        {
            entity: {name: column[: 3 if entity == "household" else 0] for name, column in named.items()}
            for entity, named in families.columns.items()
        },
    )  # fmt: skip
    assert said(compiled(empty)) == said(decide(MONTHLY, empty, JUNE, policy(), with_findings=True).assessed)
    nobody = families.part(5, 5)
    assert [len(each.outcome) for each in compiled(nobody).values()] == [0] * len(MONTHLY)


def test_another_month_is_the_same_program_with_other_numbers_and_a_kept_one_is_found_again(tmp_path: Path) -> None:
    families = made_up.batch(MONTHLY.facts, 300)
    compiler = Compiler(Machine(tmp_path, speed=0))
    for month in ("2024-04", "2024-06", "2024-08"):  # the standard rises in July
        when = Month.parse(month)
        ready = Compiled(compiler, MONTHLY, layout_of(families), when, policy(), with_findings=True)
        whole = decide(MONTHLY, families, when, policy(), with_findings=True).assessed
        assert said(ready.decided(families)) == said(whole)
    assert len(list(tmp_path.glob("*.o"))) == 1
    again = Compiler(Machine(tmp_path, speed=0))
    ready = Compiled(again, MONTHLY, layout_of(families), JUNE, policy(), with_findings=True)
    assert said(ready.decided(families)) == said(decide(MONTHLY, families, JUNE, policy(), with_findings=True).assessed)
    assert len(list(tmp_path.glob("*.o"))) == 1
