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
from anmin.ground.policy.assessing import Assessed, Programme, assess
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.chain import Chain, Decided, decide, own_batch, published_by
from anmin.ground.policy.conflicts import conflicts
from anmin.ground.policy.exclusivity import Choice, Exclusivity
from anmin.ground.policy.facts import MISSING
from anmin.ground.policy.months import mark, rows_within, some_of
from anmin.ground.policy.operators import Bools, Ints
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
    *,
    gaining: bool = False,
) -> list[Offered]:
    """For each family to which more than one way is open, all ways and the best one.

    A way is open where at least one programme gives more by it. Ways that give the same are told once; a family without another
    way is left out; with `gaining` also one to
    which no way gives more than the claimed one.
    """
    search = _Search(chain, batch, month, parameters, matrix, known_on)
    tried = [each for choice in matrix.choices for place in search.places(choice) if (each := search.tried(choice, place))]
    wanted = np.full(batch.households, not gaining)
    for each in tried if gaining else ():
        wanted[each.households[each.open & (each.total > search.total[each.households])]] = True
    ways: dict[int, list[Offer]] = {}
    for each in tried:
        for row in np.flatnonzero(each.open & wanted[each.households]).tolist():
            household, offer = int(each.households[row]), search.offer(each, row)
            if all(offer.given != known.given for known in ways.get(household, ())):
                ways.setdefault(household, []).append(offer)
    made = []
    for household, found in sorted(ways.items()):
        first = search.claimed(household)
        best = max([first, *found], key=lambda each: each.fen)
        others = tuple(sorted((each for each in [first, *found] if each is not best), key=lambda each: -each.fen))
        made.append(Offered(household, first, best, others, search.labels))
    return made


@dataclass(frozen=True)
class _Tried:
    """A choice of one member, or of nobody in particular, tried on the families it reaches: what they would get, programme by
    programme and together, and to whom that is open and something else than what they get."""

    choice: Choice
    place: int | None
    households: Ints
    amounts: Mapping[str, Ints]
    total: Ints
    open: Bools


class _Search:
    """Everybody decided once as claimed; then, choice by choice, only the families whom it reaches."""

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
        self._first = decide(chain, batch, month, parameters, known_on)
        self._amounts = self._first.household_amounts()
        self.total = _together(self._amounts, batch.households)
        self._plans = {each: programme.rules.plan(month, parameters, known_on) for each, programme in chain.items()}
        self._own: dict[str, Batch] = {}
        """What each programme was asked: the facts, and what those before it granted."""
        granted: dict[str, Column | None] = {}
        for address, programme in chain.items():
            self._own[address] = own_batch(programme, batch, granted)
            granted |= published_by(self._first.assessed[address])

    def claimed(self, household: int) -> Offer:
        """What a family has claimed already."""
        return _offer(AS_CLAIMED, None, self._amounts, household)

    def places(self, choice: Choice) -> Sequence[int | None]:
        """Which member of each family a choice is tried on: each in turn, or nobody in particular."""
        if choice.each == "person":
            return range(int(self.sizes.max(initial=0)))
        return [None]

    def tried(self, choice: Choice, place: int | None) -> _Tried | None:
        """What the families whom this choice reaches would get by it; None where it reaches none."""
        reached = self._reached(choice, place) if choice.facts else self._declining(choice)
        if not len(reached):
            return None
        part = _changed(some_of(self.batch, rows_within(self.batch, reached)), self.chain, choice, place)
        declined = [address for address in choice.declined if address in self.chain]
        decided = decide(self.chain, part, self.month, self.parameters, self.known_on, declined=declined)
        amounts = decided.household_amounts()
        more = np.zeros(len(reached), dtype=np.bool_)
        for address, before in self._amounts.items():
            more |= amounts.get(address, 0) > before[reached]
        if choice.facts:  # what is only declined brings nothing new together
            more[self._barred(decided)] = False
        return _Tried(choice, place, reached, amounts, _together(amounts, len(reached)), more)

    def offer(self, tried: _Tried, row: int) -> Offer:
        """What one family would get by a choice that was tried."""
        first = int(self.batch.offsets["person"][int(tried.households[row])])
        return _offer(tried.choice, None if tried.place is None else first + tried.place, tried.amounts, row)

    def _declining(self, choice: Choice) -> Ints:
        """The families that have something to decline."""
        has = np.zeros(self.batch.households, dtype=np.bool_)
        for address in choice.declined:
            if (found := self._first.assessed.get(address)) is not None:
                has |= self._first.by_household(found, found.eligible) > 0
        return np.flatnonzero(has)

    def _reached(self, choice: Choice, place: int | None) -> Ints:
        """The families of whom a programme that asks a changed fact says anything else than before.

        Each of those programmes is asked with what was granted before it as claimed: where none of them says anything else, what
        comes after them has nothing to say otherwise.
        """
        there = np.flatnonzero(self.sizes > (-1 if place is None else place))
        rows = rows_within(self.batch, there)
        otherwise = np.zeros(len(there), dtype=np.bool_)
        for address, programme in self.chain.items():
            if choice.facts.keys() & programme.inputs.keys():
                part = _changed(some_of(self._own[address], rows), {address: programme}, choice, place)
                plan = self._plans[address]
                found = assess(programme, part, self.month, self.parameters, self.known_on, plan=plan)
                _mark_otherwise(otherwise, part, found, self._first.assessed[address], rows)
        return there[otherwise]

    def _barred(self, decided: Decided) -> Ints:
        """Families to one of whose members two things were granted that nobody holds together: never proposed."""
        persons = [each.persons for each in conflicts(decided, self.matrix, self.month.first_day)]
        of = decided.batch.offsets["person"]
        rows = [np.searchsorted(of, each, side="right") - 1 for each in persons]
        return np.concatenate(rows).astype(np.int64) if rows else np.zeros(0, dtype=np.int64)


def _together(amounts: Mapping[str, Ints], households: int) -> Ints:
    made: Ints = sum(amounts.values(), start=np.zeros(households, dtype=np.int64))
    return made


def _offer(choice: Choice, person: int | None, amounts: Mapping[str, Ints], row: int) -> Offer:
    return Offer(choice.label, choice.source, person, {address: int(column[row]) for address, column in amounts.items()})


def _mark_otherwise(otherwise: Bools, part: Batch, found: Assessed, before: Assessed, rows: Mapping[str, Ints]) -> None:
    """The families are marked of whom a programme does not say what it said before of the same rows."""
    unit = found.programme.unit
    units = rows[unit]
    mark(otherwise, part, unit, (found.outcome != before.outcome[units]) | (found.amount != before.amount[units]))
    for value in found.programme.publishes.values():
        level = found.programme.rules.entity_of(value)
        mark(otherwise, part, level, found.columns[value] != before.columns[value][rows[level]])


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
