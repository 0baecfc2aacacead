"""All programmes of a chain worked block by block: what two of them reckon alike of the same facts is worked out once.

Dibao, its margin and hardship ask the same income of the same people. Values are alike when the same body, or the same sum, is
worked on the same columns, bounds and parameters (`Prepared.keys`); names decide nothing. Blocks also keep memory flat: whoever
takes the parts as they come holds no more than one of them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed, Programme, asked_of, assess
from anmin.ground.policy.batch import Batch, Column, Prepared, Result, Seen, Shared, prepare, run_prepared
from anmin.ground.policy.facts import Undetermined
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import Plan

Published = Callable[[Assessed], Mapping[str, Column]]
Own = Callable[[Programme, Batch, Mapping[str, Column | None]], Batch]
"""The facts one programme asks, those among them that an earlier one has decided in its place."""


@dataclass(frozen=True)
class Turn:
    """One programme of the chain, ready for any part of the households."""

    programme: Programme
    plan: Plan
    prepared: Prepared
    published: frozenset[str]

    def decides(self, fact: str) -> bool:
        """Whether an earlier programme decides the fact in place of the records."""
        return fact in self.published


class Jointly:
    """The programmes of a chain in a month, ready for any part of the households of a batch.

    Refuses a month before the first value of a parameter, and a rule that could pass 64 bits.
    """

    def __init__(
        self,
        chain: Mapping[str, Programme],
        batch: Batch,
        month: Month,
        parameters: Parameters,
        known_on: date | None,
        *,
        own: Own,
        granted: Published,
        publishes: bool = True,
        with_findings: bool = False,
        declined: Collection[str] = (),
        seen: Seen | None = None,
    ) -> None:
        self.month, self.parameters, self.known_on = month, parameters, known_on
        self.own, self.granted, self.with_findings = own, granted, with_findings
        self.turns: dict[str, Turn | Programme] = {}
        """Programme after programme; one that is declined without more."""
        self._seen = {} if seen is None else seen
        self._keys: dict[object, int] = {}
        self._alive: list[object] = [batch]
        """What the keys are made of, kept so that no other column gets its identity."""
        published: dict[str, Column | None] = {}
        times: Counter[int] = Counter()
        for address, programme in chain.items():
            if address in declined:
                self.turns[address] = programme
                published |= dict.fromkeys(programme.publishes)
                continue
            plan = programme.rules.plan(month, parameters, known_on)
            asked, _ = asked_of(programme, plan, with_findings=with_findings)
            facts = own(programme, batch, published)
            ready = prepare(facts, plan, asked, self._seen, self._keys_of(facts))
            self.turns[address] = Turn(programme, plan, ready, frozenset(published))
            times.update(set(ready.keys.values()))
            if publishes:
                for fact, value in programme.publishes.items():
                    published[fact] = self._stand_in(fact, value, programme, chain, batch)
        self.again = frozenset(key for key, many in times.items() if many > 1)

    def _stand_in(self, fact: str, value: str, programme: Programme, chain: Mapping[str, Programme], batch: Batch) -> Column:
        """A column that says how long and how large what will be published can be, and takes no room."""
        asks = [each.inputs[fact] for each in chain.values() if fact in each.inputs]
        entity = "person" if programme.unit == "person" else programme.rules.entity_of(value)
        rows = batch.households if entity == "household" else int(batch.offsets[entity][-1])
        made = np.broadcast_to(np.int8(0), rows)
        self._seen[id(made)] = 0, max((each.most for each in asks), default=0)
        self._alive.append(made)
        return made

    def _keys_of(self, batch: Batch) -> Callable[[Plan], Mapping[str, int]]:
        def key(*of: object) -> int:
            return self._keys.setdefault(of, len(self._keys))

        def made(plan: Plan) -> Mapping[str, int]:
            keys = {name: key("number", value) for name, value in plan.constants.items()}

            def fact(name: str) -> int:
                found = plan.rules.facts[name.removesuffix("_known")]
                column = batch.columns.get(found.entity, {}).get(found.name)
                bounds = found.least, found.most, found.placeholder, isinstance(found.missing, Undetermined)
                return key("fact", name != found.name, found.entity, None if column is None else id(column), *bounds)

            for each in plan.order:
                inputs = plan.inputs(each)
                for name in inputs:
                    if name not in keys:
                        keys[name] = fact(name)
                how = each.aggregate
                version = each.version_for(plan.month)
                by = ("group", how.how) if how is not None else ("body", version and version.body)
                keys[each.name] = key(each.entity, *by, *(keys[name] for name in inputs))
            return keys

        return made

    def part(self, batch: Batch, lower: int, upper: int) -> dict[str, Assessed]:
        """What each programme says of the households from ``lower`` to before ``upper``."""
        return self.decided(batch if (lower, upper) == (0, batch.households) else batch.part(lower, upper))

    def decided(self, part: Batch, granted: Published | None = None) -> dict[str, Assessed]:
        """What each programme says of some of the households; what follows from it for the next may be other than for all."""
        granted = granted or self.granted
        made: dict[str, Assessed] = {}
        published: dict[str, Column | None] = {}
        shared = Shared(self.again, around={"person": part.household_of_person})
        for address, turn in self.turns.items():
            if isinstance(turn, Programme):
                published |= dict.fromkeys(turn.publishes)
                continue
            facts = self.own(turn.programme, part, published)

            def worked(batch: Batch, plan: Plan, wanted: Collection[str], turn: Turn = turn) -> Result:
                return run_prepared(turn.prepared, batch, max(batch.households, 1), shared)

            made[address] = assess(
                turn.programme, facts, self.month, self.parameters, self.known_on,
                with_findings=self.with_findings, engine=worked, plan=turn.plan,
            )  # fmt: skip
            published |= granted(made[address])
        return made

    def parts(self, batch: Batch, rows: int) -> Iterator[tuple[int, dict[str, Assessed]]]:
        """Part after part: its first household, and what is said of it."""
        for lower in range(0, max(batch.households, 1), rows):
            yield lower, self.part(batch, lower, min(lower + rows, batch.households))


def joined(parts: list[tuple[int, dict[str, Assessed]]], batch: Batch) -> dict[str, Assessed]:
    """The parts as one, in the order of the households."""
    if len(parts) == 1:
        return parts[0][1]
    firsts = [batch.bounds(lower, lower) for lower, _ in parts]
    return {address: _joined([part[address] for _, part in parts], firsts) for address in parts[0][1]}


def _joined(parts: list[Assessed], firsts: list[dict[str, tuple[int, int]]]) -> Assessed:
    one = parts[0]
    lacking: dict[str, list[Column]] = {}
    for part, first in zip(parts, firsts, strict=True):
        for name, rows in part.lacking.items():
            lacking.setdefault(name, []).append(rows + first[one.programme.rules.facts[name].entity][0])
    return Assessed(
        one.programme,
        one.month,
        one.known_on,
        np.concatenate([each.outcome for each in parts]),
        np.concatenate([each.amount for each in parts]),
        np.concatenate([each.route for each in parts]),
        {name: np.concatenate([each.columns[name] for each in parts]) for name in one.columns},
        {name: np.concatenate([each.findings[name] for each in parts]) for name in one.findings},
        {name: np.concatenate(rows) for name, rows in lacking.items()},
    )
