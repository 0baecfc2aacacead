"""Whom the rules point to (主动发现、应退尽退): who appears entitled and holds nothing, who holds what the facts no longer carry.

Worklists only. Nobody is granted or denied anything here: somebody goes and looks, and a case decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from anmin.ground.policy.assessing import OUTCOME, Assessed, Programme
from anmin.ground.policy.chain import ORDER, Chain, decide, nothing_published
from anmin.ground.policy.exclusivity import Exclusivity
from anmin.ground.policy.families import Snapshot
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.results import findings_of

Kind = Literal["entitled", "no_longer"]

KINDS: dict[str, str] = {"entitled": "可能符合、尚未享受", "no_longer": "在享、可能不再符合"}


@dataclass(frozen=True)
class Lead:
    """One family, or person, to look at: for which programme, which way, what it would be a month, and why."""

    kind: Kind
    programme: str
    household: Any
    person: Any
    area: str
    amount: int
    route: str
    reasons: str


def leads(chain: Chain, families: Snapshot, parameters: Parameters, matrix: Exclusivity) -> list[Lead]:
    """Everybody whom the facts of a month point to, programme after programme.

    Nobody is pointed to who holds what excludes the benefit, or to whom an earlier programme that excludes it is open. Nothing
    is said of whom something is missing.
    """
    lasting = chain.only([address for address in chain if address in ORDER])
    batch = families.batch
    found = decide(lasting, batch, families.month, parameters, with_findings=True, granted=nothing_published)
    held = families.held or {}
    open_to: dict[str, Bools] = {}
    made: list[Lead] = []
    nobody = np.zeros(len(families.person_ids), dtype=np.bool_)
    for address, assessed in found.assessed.items():
        programme = assessed.programme
        covered = held.get(address, nobody)
        persons = _granted_persons(assessed, families)
        # Whoever stands in two rows holds it in one of them.
        somewhere = np.isin(families.person_ids, families.person_ids[covered])
        candidates = persons & ~somewhere & ~families.again[families.household_of_person]
        for party, _ in matrix.excluded_by(address, "", families.month.first_day):
            if not party.routes:  # by a route it is the rules' to say, which know who is what
                candidates &= ~held.get(party.benefit, nobody) & ~open_to.get(party.benefit, nobody)
        open_to[address] = candidates
        gone = np.equal(assessed.outcome, OUTCOME["not_eligible"])
        units = {"entitled": _units(candidates, programme, families), "no_longer": _units(covered, programme, families) & gone}
        if programme.unit == "household":
            # A family is pointed to as a whole: one that holds the benefit for some of its members is no new one.
            units["entitled"] &= ~_units(covered, programme, families) & assessed.eligible
        rows = np.flatnonzero(units["entitled"] | units["no_longer"])
        reasons = dict(zip(rows.tolist(), findings_of(assessed, rows), strict=True))
        made += _told("entitled", assessed, units["entitled"], families, reasons)
        made += _told("no_longer", assessed, units["no_longer"], families, reasons)
    return made


def _granted_persons(assessed: Assessed, families: Snapshot) -> Bools:
    if assessed.programme.unit == "person":
        return assessed.eligible
    by_person = np.repeat(assessed.eligible, np.diff(families.batch.offsets["person"]))
    for value in assessed.programme.publishes.values():
        if assessed.programme.rules.entity_of(value) == "person":
            return by_person & assessed.columns[value].astype(np.bool_)
    return by_person


def _units(persons: Bools, programme: Programme, families: Snapshot) -> Bools:
    """The units with at least one of these persons."""
    if programme.unit == "person":
        return persons
    running = np.concatenate([[0], np.cumsum(persons)])
    of = families.batch.offsets["person"]
    made: Bools = running[of[1:]] > running[of[:-1]]
    return made


def _told(kind: Kind, assessed: Assessed, units: Bools, families: Snapshot, reasons: Mapping[int, str]) -> Iterable[Lead]:
    programme = assessed.programme
    of_person = programme.unit == "person"
    home: Ints = families.household_of_person if of_person else np.arange(families.batch.households, dtype=np.int64)
    for row in np.flatnonzero(units).tolist():
        yield Lead(
            kind,
            programme.address,
            families.household_ids[home[row]],
            families.person_ids[row] if of_person else None,
            str(families.areas[home[row]]),
            int(assessed.amount[row]),
            programme.routes.label(int(assessed.route[row])) if programme.routes is not None and kind == "entitled" else "",
            reasons[row],
        )


def counted(found: Iterable[Lead]) -> Mapping[tuple[str, str], int]:
    """How many leads there are of each kind and programme."""
    made: dict[tuple[str, str], int] = {}
    for lead in found:
        made[lead.kind, lead.programme] = made.get((lead.kind, lead.programme), 0) + 1
    return made
