"""Families made up from the declarations of facts alone, so that every programme of the house can be tried on them."""

from collections.abc import Mapping

import numpy as np

from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.facts import MISSING, Fact
from anmin.ground.policy.families import FactTables, Spells
from anmin.ground.policy.parameters import is_money
from anmin.ground.policy.ruleset import LEVELS

YEAR = 2024


def batch(facts: Mapping[str, Fact], households: int, seed: int = 7, *, usual: float = 0.8) -> Batch:
    """Families of one to four, each fact within its bounds and now and then not known; poorer than most.

    So many in one of their facts are nothing out of the ordinary.
    """
    random = np.random.default_rng(seed)
    sizes = random.choice((1, 2, 3, 4), households, p=(0.4, 0.3, 0.2, 0.1))
    persons = int(sizes.sum())
    kin = random.choice((0, 1, 2), persons, p=(0.7, 0.2, 0.1))
    rows = {"household": households, "person": persons, "supporter": int(kin.sum())}
    offsets = {
        "person": np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        "supporter": np.concatenate([[0], np.cumsum(kin)]).astype(np.int64),
    }
    columns: dict[str, dict[str, Column]] = {entity: {} for entity in LEVELS[1:]}
    for fact in facts.values():
        made = _values(fact, rows[fact.entity], random, usual)
        unknown = 0.9 if fact.kind.startswith("claim.") else 0.02
        columns[fact.entity][fact.name] = np.where(random.random(len(made)) < unknown, MISSING, made)
    relation = columns["person"].get("relation")
    if relation is not None:
        relation[offsets["person"][:-1]] = 0  # the head of the family comes first
    return Batch(households, offsets, columns)


def _values(fact: Fact, rows: int, random: np.random.Generator, usual: float) -> Column:
    if fact.unit == "date":
        years = random.integers(YEAR - 100, YEAR, rows)
        return years * 10_000 + random.integers(1, 13, rows) * 100 + random.integers(1, 29, rows)
    if is_money(fact.unit):
        return np.where(random.random(rows) < 0.6, 0, random.integers(0, 150_000, rows))
    most = min(fact.most, 6) if fact.codes is None else len(fact.codes) - 1
    some = random.integers(fact.least, max(most, fact.least) + 1, rows)
    return np.where(random.random(rows) < usual, min(max(0, fact.least), most), some)


def tables(facts: Mapping[str, Fact], households: int, seed: int = 7) -> FactTables:
    """The same families with names and places, as if read from a folder."""
    made = batch(facts, households, seed)
    persons, kin = int(made.offsets["person"][-1]), int(made.offsets["supporter"][-1])
    towns = np.array(["甲镇", "乙镇", "丙镇"], dtype=object)
    return FactTables(
        household_ids=np.array([f"H{row}" for row in range(households)], dtype=object),
        areas=towns[np.arange(households) % 3],
        person_ids=np.array([f"P{row}" for row in range(persons)], dtype=object),
        person_names=np.array([""] * persons, dtype=object),
        supporter_names=np.array([""] * kin, dtype=object),
        offsets=made.offsets,
        columns={
            entity: {name: column for name, column in named.items() if not facts[name].kind.startswith("held.")}
            for entity, named in made.columns.items()
        },
        holdings=None,
    )


def held(rows: list[int]) -> Spells:
    """A benefit that these persons hold, since ever and for good."""
    count = len(rows)
    return Spells(
        np.array(rows, dtype=np.int64),
        np.ones(count, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
        np.full(count, 99_991_231, dtype=np.int64),
    )
