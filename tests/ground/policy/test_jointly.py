"""All programmes at once, in parts, and month after month: always what each says by itself of everybody."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed
from anmin.ground.policy.batch import Batch, Result, run
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import ORDER, Chain, decide, nothing_published, own_batch, published_by
from anmin.ground.policy.compiled.engine import Compiler
from anmin.ground.policy.compiled.machine import Machine
from anmin.ground.policy.jointly import Jointly, joined
from anmin.ground.policy.months import MonthOfPart, decide_months
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.ruleset import Plan
from tests.ground.policy import made_up

JUNE = Month.parse("2024-06")
ALL = Chain(DECIDED.values())
MONTHLY = Chain(DECIDED[address] for address in ORDER)
FAMILIES = made_up.batch(ALL.facts, 700)


def one_by_one(batch: Batch, plan: Plan, wanted: Collection[str]) -> Result:
    """The engine under another name: nothing is shared."""
    return run(batch, plan, wanted)


def everything(found: Mapping[str, Assessed], *, columns: bool = True) -> dict[tuple[str, str], list[int]]:
    made: dict[tuple[str, str], list[int]] = {}
    for address, each in found.items():
        named = {"outcome": each.outcome, "amount": each.amount, "route": each.route}
        if columns:
            named |= {**each.columns, **each.findings}
        named |= {f"lacking {name}": np.sort(rows) for name, rows in each.lacking.items()}
        made |= {(address, name): column.tolist() for name, column in named.items()}
    return made


def test_what_is_worked_once_for_several_is_what_each_works_out_for_itself() -> None:
    together = decide(ALL, FAMILIES, JUNE, policy(), with_findings=True)
    apart = decide(ALL, FAMILIES, JUNE, policy(), with_findings=True, engine=one_by_one)
    assert any(found.lacking for found in together.assessed.values())
    assert everything(together.assessed) == everything(apart.assessed)


def test_the_same_where_nothing_counts_as_granted_or_something_is_declined() -> None:
    options: tuple[dict[str, Any], ...] = ({"granted": nothing_published}, {"declined": ["assistance.dibao", "children.stipend"]})
    for more in options:
        together = decide(MONTHLY, FAMILIES, JUNE, policy(), **more)
        apart = decide(MONTHLY, FAMILIES, JUNE, policy(), engine=one_by_one, **more)
        assert everything(together.assessed) == everything(apart.assessed)


def test_parts_are_the_whole() -> None:
    ready = Jointly(ALL, FAMILIES, JUNE, policy(), None, own=own_batch, granted=published_by, with_findings=True)
    whole = decide(ALL, FAMILIES, JUNE, policy(), with_findings=True)
    assert everything(joined(list(ready.parts(FAMILIES, 97)), FAMILIES)) == everything(whole.assessed)


def year() -> dict[Month, Batch]:
    """The same families for some months; in two of them facts of some have changed."""
    families = made_up.batch(MONTHLY.facts, 700)
    random = np.random.default_rng(3)
    made = {}
    for month in Month.range(Month.parse("2024-03"), Month.parse("2024-12")):
        if str(month) in ("2024-05", "2024-09"):
            changed = {entity: dict(named) for entity, named in families.columns.items()}
            for entity, name in (("person", "income_wage"), ("supporter", "supporter_income"), ("household", "grace_elapsed")):
                column = changed[entity][name].copy()
                some = random.random(len(column)) < 0.05
                column[some] = random.integers(-1, 120, int(some.sum()))
                changed[entity][name] = column
            families = Batch(families.households, families.offsets, changed)
        made[month] = families
    return made


def compiler_or_none(compiled: bool) -> Compiler | None:
    return Compiler(Machine(speed=0)) if compiled else None


def after(before: dict[tuple[str, str], Any], part: MonthOfPart) -> dict[tuple[str, str], Any]:
    """What holds after a month: what held before, with what is said anew of those who were worked."""
    made = {}
    for address, found in part.assessed.items():
        for name, column in (("outcome", found.outcome), ("amount", found.amount), ("route", found.route)):
            made[address, name] = column.astype(np.int64)
            if part.reached is not None:
                made[address, name] = before[address, name].copy()
                made[address, name][part.reached[found.programme.unit]] = column
    return made


def told(found: Mapping[str, Assessed]) -> dict[tuple[str, str], list[int]]:
    named = everything(found, columns=False)
    return {key: column for key, column in named.items() if not key[1].startswith("lacking")}


@pytest.mark.parametrize("compiled", [False, True])
def test_month_after_month_only_those_reached_are_worked_again_and_all_are_right(compiled: bool) -> None:
    batches = year()
    shares, held = [], {}
    for part in decide_months(MONTHLY, batches, policy(), rows=1_000, compiler=compiler_or_none(compiled)):
        held = after(held, part)
        whole = told(decide(MONTHLY, batches[part.month], part.month, policy()).assessed)
        assert {key: column.tolist() for key, column in held.items()} == whole
        shares.append(None if part.reached is None else len(part.reached["household"]) / 700)
    assert sum(each is not None for each in shares) >= 7
    assert 0.0 < min(each for each in shares if each is not None) < 0.1


@pytest.mark.parametrize("compiled", [False, True])
def test_months_in_parts_are_the_months(compiled: bool) -> None:
    batches = year()
    parts: dict[Month, list[dict[tuple[str, str], Any]]] = {}
    held: dict[tuple[str, str], Any] = {}
    for part in decide_months(MONTHLY, batches, policy(), rows=240, compiler=compiler_or_none(compiled)):
        held = after(held, part)
        parts.setdefault(part.month, []).append(held)
    for month, found in parts.items():
        whole = told(decide(MONTHLY, batches[month], month, policy()).assessed)
        assert {key: np.concatenate([each[key] for each in found]).tolist() for key in whole} == whole


def test_months_of_other_families_are_refused() -> None:
    batches = {JUNE: FAMILIES, Month.parse("2024-07"): made_up.batch(ALL.facts, 20)}
    with pytest.raises(ValueError, match="not of the same families"):
        next(decide_months(MONTHLY, batches, policy()))
