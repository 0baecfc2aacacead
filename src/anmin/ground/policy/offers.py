"""The most favourable way (有利于困难群众): where a family has choices, all of them are worked and the best one is proposed.

Each choice is the same family with other facts (one member claims alone, a child takes the child's benefit) or without a benefit
that it need not take. What may not be held together is never proposed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.chain import Chain, Decided, decide
from anmin.ground.policy.conflicts import conflicts
from anmin.ground.policy.exclusivity import Choice, Exclusivity
from anmin.ground.policy.facts import MISSING
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import LEVELS

AS_CLAIMED = Choice("按现有申请", "现有申请")


@dataclass(frozen=True)
class Offer:
    """One way for a family: what it would get a month, by programme."""

    label: str
    source: str
    person: int | None
    amounts: Mapping[str, int]

    @property
    def given(self) -> dict[str, int]:
        """What is given at all."""
        return {address: fen for address, fen in self.amounts.items() if fen}

    @property
    def fen(self) -> int:
        """Everything together a month."""
        return sum(self.amounts.values())


@dataclass(frozen=True)
class Offered:
    """The ways of one family, the best first; the one it has claimed is among them."""

    household: int
    claimed: Offer
    best: Offer
    others: tuple[Offer, ...]
    labels: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """What a clerk can tell the family, with both sums."""
        if self.best.fen <= self.claimed.fen:
            return f"{self._said(self.claimed)}。已是各种可选方式中最有利的。"
        more = format_yuan(self.best.fen - self.claimed.fen)
        return f"{self._said(self.claimed)}；{self._said(self.best)}，每月多{more}元，请由本人选择。"

    def parts(self, offer: Offer) -> str:
        """What an offer is made of, in words."""
        return "、".join(f"{self.labels[address]}{format_yuan(fen)}元" for address, fen in offer.given.items())

    def _said(self, offer: Offer) -> str:
        if not offer.fen:
            return f"{offer.label}，没有可以发放的待遇"
        return f"{offer.label}：{self.parts(offer)}，合计每月{format_yuan(offer.fen)}元"


def offers(
    chain: Chain,
    batch: Batch,
    month: Month,
    parameters: Parameters,
    matrix: Exclusivity,
    known_on: date | None = None,
) -> list[Offered]:
    """For each family to which more than one way is open, all ways and the best one.

    Ways that give the same are told once; a family to which every choice gives the same is left out.
    """
    search = _Search(chain, batch, month, parameters, matrix, known_on)
    claimed = search.worked(AS_CLAIMED, None)
    ways: dict[int, list[Offer]] = {}
    for choice in matrix.choices:
        for place in search.places(choice):
            for household, offer in search.worked(choice, place).items():
                same = [claimed[household], *ways.get(household, ())]
                if all(offer.given != each.given for each in same):
                    ways.setdefault(household, []).append(offer)
    made = []
    for household, found in sorted(ways.items()):
        first = claimed[household]
        best = max([first, *found], key=lambda each: each.fen)
        others = tuple(sorted((each for each in [first, *found] if each is not best), key=lambda each: -each.fen))
        made.append(Offered(household, first, best, others, search.labels))
    return made


class _Search:
    def __init__(
        self,
        chain: Chain,
        batch: Batch,
        month: Month,
        parameters: Parameters,
        matrix: Exclusivity,
        known_on: date | None,
    ) -> None:
        self.chain, self.batch, self.month = chain, batch, month
        self.parameters, self.matrix, self.known_on = parameters, matrix, known_on
        self.sizes = np.diff(batch.offsets["person"])
        self.labels = {address: programme.label for address, programme in chain.items()}

    def places(self, choice: Choice) -> Sequence[int | None]:
        """Which member of each family a choice is tried on: each in turn, or nobody in particular."""
        if choice.each == "person":
            return range(int(self.sizes.max(initial=0)))
        return [None]

    def worked(self, choice: Choice, place: int | None) -> dict[int, Offer]:
        """The offers of the families of whom this choice can be made, by their row."""
        tried = self.batch if place is None and not choice.facts else _changed(self.batch, self.chain, choice, place)
        decided = decide(
            self.chain,
            tried,
            self.month,
            self.parameters,
            self.known_on,
            declined=[a for a in choice.declined if a in self.chain],
        )
        amounts = decided.household_amounts()
        barred = self._barred(decided)
        there = np.flatnonzero(self.sizes > (-1 if place is None else place)).tolist()
        return {
            row: Offer(
                choice.label,
                choice.source,
                None if place is None else int(self.batch.offsets["person"][row]) + place,
                {address: int(column[row]) for address, column in amounts.items()},
            )
            for row in there
            if row not in barred
        }

    def _barred(self, decided: Decided) -> set[int]:
        """Families to one of whose members two things were granted that nobody holds together: never proposed as they stand."""
        if decided.batch is self.batch:
            return set()  # what is claimed is told as it is
        persons = [each.persons for each in conflicts(decided, self.matrix, self.month.first_day)]
        of = self.batch.offsets["person"]
        rows = [np.searchsorted(of, each, side="right") - 1 for each in persons]
        return set(np.concatenate(rows).tolist()) if rows else set()


def _changed(batch: Batch, chain: Mapping[str, Programme], choice: Choice, place: int | None) -> Batch:
    """The families with the facts of a choice; of each family the member in this place makes it, and nobody else claims."""
    facts = {name: fact for programme in chain.values() for name, fact in programme.inputs.items() if name in choice.facts}
    columns: dict[str, dict[str, Column]] = {entity: dict(batch.columns.get(entity, {})) for entity in LEVELS[1:]}
    for name, fact in facts.items():
        assert fact.codes is not None  # a choice is between codes
        code = int(fact.codes[choice.facts[name]])
        if fact.entity == "household":
            columns["household"][name] = np.full(batch.households, code, dtype=np.int64)
            continue
        column = columns["person"].get(name)
        rows = int(batch.offsets["person"][-1])
        made = np.full(rows, MISSING, dtype=np.int64) if column is None else column.astype(np.int64)
        chosen = _rows(batch.offsets["person"], place)
        if fact.kind.startswith("claim."):
            made[:] = 0
        made[chosen] = code
        columns["person"][name] = made
    return replace(batch, columns=columns)


def _rows(offsets: Ints, place: int | None) -> Ints:
    """The rows of the members in one place of their families; of all members, where no place is meant."""
    if place is None:
        return np.arange(int(offsets[-1]), dtype=np.int64)
    starts, sizes = offsets[:-1], np.diff(offsets)
    return (starts + place)[sizes > place]


def some(offered: Iterable[Offered]) -> list[Offered]:
    """Those to whom another way gives more than the one they have claimed, the largest gain first."""
    better = [each for each in offered if each.best.fen > each.claimed.fen]
    return sorted(better, key=lambda each: each.claimed.fen - each.best.fen)
