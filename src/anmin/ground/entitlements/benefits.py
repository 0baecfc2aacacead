"""How a room declares a benefit: what it is called and how much of it is due, for all entitlements of a month at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from anmin.base.errors import BadValue
from anmin.base.periods import Month

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class DueColumns:
    """What is due in one month: one row for each entitlement asked about, in the order asked.

    `parts` are what the amount rests on (standard, countable income, …), under names that the benefit's `labels` explain;
    `documents` are the papers whose figures were used. A row that is `undetermined` has no amount; `missing` lists, by row,
    what is not known, in words.
    """

    entitlement_ids: Ints
    amount: Ints
    persons: Ints
    undetermined: Bools
    missing: Mapping[int, Sequence[str]] = field(default_factory=dict)
    parts: Mapping[str, Ints] = field(default_factory=dict)
    documents: tuple[str, ...] = ()


class Due(Protocol):
    """Tells what is due in a month, as far as known at an instant, in a fixed number of queries."""

    def __call__(self, entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns: ...


class Over(Protocol):
    """Reads once what several months rest on, and answers for each of them as `Due` would."""

    def __call__(
        self, entitlement_ids: Ints, first: Month, last: Month, known_at: datetime
    ) -> Callable[[Ints, Month], DueColumns]: ...


@dataclass(frozen=True)
class Benefit:
    """A benefit as its room declares it.

    `address` is its place everywhere (`assistance.dibao`); `letters` begin its entitlement numbers. `pay_day` and
    `recovery_share` are addresses of parameters: the day of the month on which it is paid, and the largest share of a payment
    (in thousandths) that may be held back against a recovery. `routes` and `labels` are the Chinese names of its routes and of
    the parts of an amount; `codes` those of parts that are codes; `rules_version` identifies the rules and figures in force.
    `over`, where there is one, gives the same answers as `due` for several months out of one reading. `exclusive` names a group
    of benefits of which a person is covered by one at a time; the database refuses a second. What does not pay is recognised
    without money: it has no rolls. What is given `once` is held for the one month it belongs to. Where the law
    renamed it, `renamed` tells its name of a day, and `label` is the present one.
    """

    address: str
    label: str
    letters: str
    pay_day: str
    recovery_share: str
    due: Due
    rules_version: Callable[[], str]
    routes: Mapping[str, str]
    labels: Mapping[str, str]
    codes: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    over: Over | None = None
    exclusive: str = ""
    pays: bool = True
    once: bool = False
    renamed: Callable[[date], str] | None = None

    def called(self, on: date) -> str:
        """What it is called on a day."""
        return self.renamed(on) if self.renamed else self.label


class Benefits(Mapping[str, Benefit]):
    """The benefits that the assembly has registered, by address."""

    def __init__(self) -> None:
        self._benefits: dict[str, Benefit] = {}

    def register(self, benefit: Benefit) -> None:
        """The benefit is known from now on; refuses another one of the same address."""
        if self._benefits.get(benefit.address, benefit) is not benefit:
            raise ValueError(f"two benefits are called {benefit.address}")
        self._benefits[benefit.address] = benefit

    def __getitem__(self, address: str) -> Benefit:
        try:
            return self._benefits[address]
        except KeyError:
            raise BadValue(f"没有名为“{address}”的待遇，请从列表中选择。") from None

    def __contains__(self, address: object) -> bool:
        return address in self._benefits

    def __iter__(self) -> Iterator[str]:
        return iter(self._benefits)

    def __len__(self) -> int:
        return len(self._benefits)


BENEFITS = Benefits()
"""Every benefit of the house."""


def exclusive_of(benefit: str) -> str:
    """The group of which a person is covered by one benefit at a time; blank where the benefit belongs to none."""
    return BENEFITS[benefit].exclusive if benefit in BENEFITS else ""
