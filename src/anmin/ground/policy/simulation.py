"""What a change of the law would do (提标测算): the same families by the law as it is and as supposed, month by month.

Where holdings are known, those who hold something are reckoned before and after, and beside them only those whom the change
itself would bring in: whoever could hold something today and has not asked stays out of both sides. Nothing is written anywhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from anmin.base.periods import Month
from anmin.ground.policy.assessing import OUTCOME, Assessed, Programme
from anmin.ground.policy.both_laws import BothLaws, held_persons
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.families import Families, Names, Snapshot
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.supposed import Supposed, supposing

NO_TOWN = "未注明地区"
NO_CATEGORY = "不分类"
ALL_SOURCES = "未分来源"
MONTHS = 12


@dataclass(frozen=True)
class Amounts:
    """People and money on one side or the other."""

    households: int = 0
    persons: int = 0
    fen: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.households + other.households, self.persons + other.persons, self.fen + other.fen)


@dataclass(frozen=True)
class Line:
    """Before and after for one group of people in one month."""

    programme: str
    month: Month
    town: str
    category: str
    before: Amounts
    after: Amounts


@dataclass(frozen=True)
class Mover:
    """A family, or a person, whom the change brings in or puts out; since the first month in which it does."""

    programme: str
    month: Month
    household: Any
    person: Any
    town: str
    enters: bool
    before: int
    after: int


@dataclass(frozen=True)
class Total:
    """Before and after of one group over all months: money summed up, people as in the last month.

    Of a source of money nobody is `counted`: several sources pay the same people.
    """

    label: str
    before: Amounts
    after: Amounts
    counted: bool = True

    @property
    def more(self) -> int:
        """The fen by which it becomes dearer."""
        return self.after.fen - self.before.fen


@dataclass
class Simulated:
    """What came out: lines by programme, month, town and category; who enters and leaves."""

    changes: tuple[Supposed, ...]
    months: tuple[Month, ...]
    labels: Mapping[str, str]
    lines: list[Line] = field(default_factory=list)
    movers: list[Mover] = field(default_factory=list)
    undetermined: dict[str, int] = field(default_factory=dict)
    shares: dict[tuple[str, Month], Mapping[str, int]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    untouched: tuple[str, ...] = ()

    def totals(self, key: Callable[[Line], str]) -> list[Total]:
        """Before and after by whatever the key says of a line; the dearest first."""
        before: dict[str, dict[Month, Amounts]] = defaultdict(lambda: defaultdict(Amounts))
        after: dict[str, dict[Month, Amounts]] = defaultdict(lambda: defaultdict(Amounts))
        for line in self.lines:
            before[key(line)][line.month] += line.before
            after[key(line)][line.month] += line.after
        made = [Total(label, self._over(before[label]), self._over(after[label])) for label in before]
        return sorted(made, key=lambda each: (-each.after.fen, each.label))

    def _over(self, by_month: Mapping[Month, Amounts]) -> Amounts:
        last = by_month.get(self.months[-1], Amounts())
        return Amounts(last.households, last.persons, sum(each.fen for each in by_month.values()))

    @cached_property
    def total(self) -> Total:
        """Everything together."""
        return next(iter(self.totals(lambda line: "合计")), Total("合计", Amounts(), Amounts()))

    @property
    def left_out(self) -> tuple[str, ...]:
        """Of whom too little is known to reckon with, in a sentence for each count: mostly families that never applied."""
        of_count: dict[int, list[str]] = defaultdict(list)
        for address, count in self.undetermined.items():
            if count:
                of_count[count].append(self.labels[address])
        said = {count: f"{'、'.join(labels)}{'各' if len(labels) > 1 else ''}有" for count, labels in of_count.items()}
        return tuple(f"{who} {count} 户（人）登记的情况不足以测算，没有计入，多为没有申请过的。" for count, who in said.items())

    def by_programme(self) -> list[Total]:
        return self.totals(lambda line: self.labels[line.programme])

    def by_town(self) -> list[Total]:
        return self.totals(lambda line: line.town)

    def by_category(self) -> list[Total]:
        return self.totals(lambda line: f"{self.labels[line.programme]} · {line.category}")

    def by_month(self) -> list[Total]:
        """Before and after of each month, in the order of the months."""
        made = {each.label: each for each in self.totals(lambda line: str(line.month))}
        zero = Amounts()
        found = []
        for month in self.months:
            lines = [line for line in self.lines if line.month == month]
            before, after = sum((line.before for line in lines), zero), sum((line.after for line in lines), zero)
            found.append(Total(month.label, before, after))
        assert len(made) <= len(found)
        return found

    def by_source(self) -> list[Total]:
        """The money by where it comes from; what is left over by rounding goes to the last source named."""
        before: dict[str, int] = defaultdict(int)
        after: dict[str, int] = defaultdict(int)
        for programme in dict.fromkeys(line.programme for line in self.lines):
            for month in self.months:
                lines = [line for line in self.lines if line.programme == programme and line.month == month]
                shares = self.shares.get((programme, month), {})
                for side, amounts in ((before, [x.before for x in lines]), (after, [x.after for x in lines])):
                    whole = sum(each.fen for each in amounts)
                    for source, fen in shared_out(whole, shares).items() if whole else ():
                        side[self.sources.get(source, ALL_SOURCES)] += fen
        labels = dict.fromkeys([*before, *after])
        return [Total(label, Amounts(fen=before[label]), Amounts(fen=after[label]), counted=False) for label in labels]


def shared_out(fen: int, shares: Mapping[str, int]) -> dict[str, int]:
    """A sum by thousandths for each source, adding up exactly; under a blank name where no shares are known."""
    if not shares or sum(shares.values()) == 0:
        return {"": fen}
    whole = sum(shares.values())
    made = {source: fen * share // whole for source, share in shares.items()}
    paying = [source for source, share in shares.items() if share]
    made[paying[-1]] += fen - sum(made.values())
    return made


def simulate(
    chain: Chain,
    families: Families,
    parameters: Parameters,
    changes: Sequence[Supposed],
    first: Month,
    months: int = MONTHS,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Simulated:
    """Before and after of every programme that the changes reach, for so many months from the first.

    Refuses a change of an unknown figure or to a value that it cannot have, and a month before the first value of a figure.
    """
    supposed = supposing(parameters, changes)
    span = tuple(first + ahead for ahead in range(months))
    reached = reached_programmes(chain, parameters, changes, first)
    made = Simulated(
        tuple(changes),
        span,
        {address: programme.label for address, programme in chain.items()},
        untouched=tuple(chain[address].label for address in chain if address not in reached),
    )
    some = chain.only(sorted(reached)) if reached else Chain()
    laws, towns = BothLaws(some, parameters, supposed), _Towns()
    seen: set[tuple[str, Any, Any, bool]] = set()
    for place, month in enumerate(span):
        if progress is not None:
            progress(place, months)
        if reached:
            snapshot = families.snapshot(month, some.facts.values())
            _Month(some, snapshot, supposed, towns, made, seen).add(*laws.decided(snapshot))
    if progress is not None:
        progress(months, months)
    return made


def reached_programmes(chain: Chain, parameters: Parameters, changes: Iterable[Supposed], month: Month) -> set[str]:
    """The programmes that reckon with a changed figure, and those that ask what these grant."""
    addresses = {change.address for change in changes}
    reached: set[str] = set()
    facts: set[str] = set()
    for address, programme in chain.items():
        given = {each.entry.address for each in programme.rules.plan(month, parameters).given.values()}
        funded = f"{address}.funding" in addresses
        if given & addresses or facts & set(programme.inputs) or funded:
            reached.add(address)
            facts |= set(programme.publishes)
    return reached


class _Towns:
    """The towns of families by number; they stay what they were where the families do."""

    def __init__(self) -> None:
        self._areas: Names | None = None
        self._found: tuple[list[str], Ints] = [], np.zeros(0, dtype=np.int64)

    def of(self, areas: Names) -> tuple[list[str], Ints]:
        """The names of the towns, and the place among them of each family's."""
        if self._areas is None or not np.array_equal(self._areas, areas):
            places: dict[str, int] = {}
            each = [places.setdefault(str(area) or NO_TOWN, len(places)) for area in areas.tolist()]
            self._areas, self._found = areas, (list(places), np.array(each, dtype=np.int64))
        return self._found


class _Month:
    """One month, before and after."""

    def __init__(
        self,
        chain: Chain,
        families: Snapshot,
        supposed: Parameters,
        towns: "_Towns",
        made: Simulated,
        seen: set[tuple[str, Any, Any, bool]],
    ) -> None:
        self.chain, self.families = chain, families
        self.supposed = supposed
        self.made, self.seen = made, seen
        self.month = families.month
        self.towns, self.town = towns.of(families.areas)

    def add(self, before: Mapping[str, Assessed], after: Mapping[str, Assessed]) -> None:
        """The lines of the month and its movers stand in the result."""
        for address, programme in self.chain.items():
            self._add(programme, before[address], after[address])
            self._fund(address)

    def _in(self, programme: Programme, before: Assessed, after: Assessed) -> tuple[Bools, Bools]:
        """Who counts before and who counts after, among the units of a programme."""
        again = self.families.again[self._home(programme)]
        if self.families.held is None:
            return before.eligible & ~again, after.eligible & ~again
        held = persons = held_persons(self.families, programme.address)
        if programme.unit == "household":
            running = np.concatenate([[0], np.cumsum(persons)])
            of = self.families.batch.offsets["person"]
            held = running[of[1:]] > running[of[:-1]]
        refused = np.equal(before.outcome, OUTCOME["not_eligible"]) & ~again
        return held & before.eligible, (held | refused) & after.eligible

    def _home(self, programme: Programme) -> Ints:
        """The row of the family of each unit."""
        if programme.unit == "household":
            return np.arange(self.families.batch.households, dtype=np.int64)
        return self.families.batch.household_of_person

    def _add(self, programme: Programme, before: Assessed, after: Assessed) -> None:
        was, now = self._in(programme, before, after)
        home = self._home(programme)
        groups: dict[tuple[str, str], list[Amounts]] = defaultdict(lambda: [Amounts(), Amounts()])
        for side, (counts, found) in enumerate(((was, before), (now, after))):
            for key, amounts in self._grouped(programme, found, counts, home).items():
                groups[key][side] += amounts
        self.made.lines += [
            Line(programme.address, self.month, town, category, *sides) for (town, category), sides in sorted(groups.items())
        ]
        self.made.undetermined[programme.address] = int(after.undetermined.sum())
        self._move(programme, was, now, before, after, home)

    def _grouped(self, programme: Programme, found: Assessed, counts: Bools, home: Ints) -> dict[tuple[str, str], Amounts]:
        rows = np.flatnonzero(counts)
        persons = self._persons(programme, found)[rows]
        width = 1 + int(found.route.max(initial=0))
        keys, back = np.unique(self.town[home[rows]] * width + found.route[rows], return_inverse=True)
        homes = np.unique(back * np.int64(len(self.town)) + home[rows])  # each family of a group once
        households = np.bincount(homes // max(len(self.town), 1), minlength=len(keys))
        people, fen = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
        np.add.at(people, back, persons)
        np.add.at(fen, back, found.amount[rows])
        made = {}
        for place, key in enumerate(keys.tolist()):
            routes = programme.routes
            category = routes.label(key % width) if routes is not None else NO_CATEGORY
            made[self.towns[key // width], category] = Amounts(int(households[place]), int(people[place]), int(fen[place]))
        return made

    def _persons(self, programme: Programme, found: Assessed) -> Ints:
        """How many persons each unit stands for: one, or those of a family to whom something is granted."""
        batch = self.families.batch
        if programme.unit == "person":
            return np.ones(len(found.outcome), dtype=np.int64)
        of = batch.offsets["person"]
        for value in programme.publishes.values():
            if programme.rules.entity_of(value) == "person":
                running = np.concatenate([[0], np.cumsum(found.columns[value].astype(np.int64))])
                made: Ints = running[of[1:]] - running[of[:-1]]
                return made
        return np.diff(of)

    def _move(self, programme: Programme, was: Bools, now: Bools, before: Assessed, after: Assessed, home: Ints) -> None:
        for row in np.flatnonzero(was != now).tolist():
            person = self.families.person_ids[row] if programme.unit == "person" else None
            household = self.families.household_ids[home[row]]
            key = (programme.address, household, person, bool(now[row]))
            if key in self.seen:
                continue
            self.seen.add(key)
            self.made.movers.append(
                Mover(
                    programme.address,
                    self.month,
                    household,
                    person,
                    self.towns[self.town[home[row]]],
                    bool(now[row]),
                    int(before.amount[row]) if was[row] else 0,
                    int(after.amount[row]) if now[row] else 0,
                )
            )

    def _fund(self, address: str) -> None:
        funding = f"{address}.funding"
        if funding in self.supposed:
            entry = self.supposed.entry(funding, on=self.month.first_day)
            if isinstance(entry.value, Mapping):
                self.made.shares[address, self.month] = {key: int(share) for key, share in entry.value.items()}
                self.made.sources |= entry.rows
