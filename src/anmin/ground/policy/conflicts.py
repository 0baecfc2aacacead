"""Who would hold together, by what a chain decided, what nobody may hold together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from anmin.ground.policy.chain import Decided
from anmin.ground.policy.exclusivity import Exclusivity, Party, Relation
from anmin.ground.policy.operators import Bools, Ints


@dataclass(frozen=True)
class Conflict:
    """A pair that nobody may hold together, and the rows of the persons to whom both were granted."""

    relation: Relation
    persons: Ints


def conflicts(decided: Decided, matrix: Exclusivity, on: date) -> list[Conflict]:
    """The pairs that were granted together against the matrix; none if the rules keep it."""
    made = []
    for relation in matrix.excluding(on):
        both = holders(decided, relation.first) & holders(decided, relation.second)
        if both.any():
            made.append(Conflict(relation, np.flatnonzero(both)))
    return made


def holders(decided: Decided, party: Party) -> Bools:
    """To which persons a party was granted; nobody, where the programme was not decided."""
    persons = int(decided.batch.offsets["person"][-1])
    found = decided.assessed.get(party.benefit)
    if found is None:
        return np.zeros(persons, dtype=np.bool_)
    granted = found.eligible
    if party.routes and found.programme.routes is not None:
        codes: Mapping[str, int] = found.programme.routes
        granted = granted & np.isin(found.route, [int(codes[each]) for each in party.routes])
    if found.programme.unit == "person":
        return granted
    by_person = np.repeat(granted, np.diff(decided.batch.offsets["person"]))
    for value in found.programme.publishes.values():
        if found.programme.rules.entity_of(value) == "person":
            return by_person & found.columns[value].astype(np.bool_)
    return by_person
