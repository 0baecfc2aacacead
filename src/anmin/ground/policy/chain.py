"""All programmes in one go: what each decides is a fact of those after it.

Within the chain a benefit counts as held when the rules grant it in this month, whatever the register says; a programme that is
left out counts as the register (or the table of holdings) has it. Nothing counts as held by whom a programme cannot decide about.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed, Engine, Programme, assess
from anmin.ground.policy.batch import BLOCK, Batch, Column, run
from anmin.ground.policy.facts import Fact
from anmin.ground.policy.jointly import Jointly, joined
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import LEVELS

ORDER = (
    "assistance.tekun",
    "assistance.dibao",
    "assistance.margin",
    "assistance.hardship",
    "children.stipend",
    "disability.living",
    "disability.nursing",
    "eldercare.allowance",
)
"""In which order programmes are decided: tekun before dibao before its margin; what asks for holdings after what grants them."""


class Chain(Mapping[str, Programme]):
    """The programmes that are decided together, in the order in which they are."""

    def __init__(self, programmes: Iterable[Programme] = (), *, among: "Chain | None" = None) -> None:
        self._programmes = {each.address: each for each in programmes}
        self._among = among

    def __getitem__(self, address: str) -> Programme:
        try:
            return self._programmes[address]
        except KeyError:
            known = "、".join(f"{each}（{self._programmes[each].label}）" for each in self)
            raise BadValue(f"没有名为“{address}”的计算项目，可选：{known}。") from None

    def __contains__(self, address: object) -> bool:
        return address in self._programmes

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._programmes, key=_place))

    def __len__(self) -> int:
        return len(self._programmes)

    def only(self, addresses: Sequence[str]) -> "Chain":
        """The chain of some programmes; of all, where none is named. Refuses one that is not registered."""
        return Chain((self[each] for each in addresses), among=self) if addresses else self

    def lasting(self) -> "Chain":
        """The chain of those by which something is held for longer than a day: neither given once nor only put in words."""
        return self.only([address for address in self if address in ORDER])

    @property
    def facts(self) -> dict[str, Fact]:
        """Every fact that one of the programmes asks, by name; refuses one name for two facts."""
        made: dict[str, Fact] = {}
        for programme in self.values():
            for name, fact in programme.inputs.items():
                known = made.setdefault(name, fact)
                if _measured(known) != _measured(fact):
                    raise ValueError(f"{programme.address} asks for another {name} than the programmes before it")
        return made

    @property
    def known_facts(self) -> dict[str, Fact]:
        """The facts of the whole chain that this was taken from: what tables may hold though none of these programmes asks it."""
        return self.facts if self._among is None else self._among.known_facts | self.facts


def _measured(fact: Fact) -> tuple[object, ...]:
    """On which level a fact stands and in which numbers; its unit says nothing more where it is written in codes."""
    codes = None if fact.codes is None else tuple((name, int(code)) for name, code in fact.codes.items())
    return fact.entity, fact.unit if codes is None else "code", codes


def _place(address: str) -> tuple[int, str]:
    return (ORDER.index(address) if address in ORDER else len(ORDER), address)


@dataclass(frozen=True)
class Decided:
    """What all programmes of a chain say of the same families in a month, by address, in the order in which they were decided."""

    month: Month
    batch: Batch
    assessed: Mapping[str, Assessed]

    def household_amounts(self) -> dict[str, Ints]:
        """The fen a month of each family by programme."""
        return {address: self.by_household(found, found.amount) for address, found in self.assessed.items()}

    def by_household(self, found: Assessed, column: Column) -> Ints:
        """A column of a programme's units summed up for each family."""
        if found.programme.unit == "household":
            return column.astype(np.int64)
        running = np.concatenate([[0], np.cumsum(column, dtype=np.int64)])
        offsets = self.batch.offsets["person"]
        made: Ints = running[offsets[1:]] - running[offsets[:-1]]
        return made


Granted = Callable[[Assessed], Mapping[str, Column]]
"""Which facts of later programmes follow from what one programme says, where it is not simply all that it grants."""


def decide(
    chain: Mapping[str, Programme],
    batch: Batch,
    month: Month,
    parameters: Parameters,
    known_on: date | None = None,
    *,
    with_findings: bool = False,
    declined: Collection[str] = (),
    granted: Granted | None = None,
    engine: Engine = run,
) -> Decided:
    """What each programme grants in a month to each family or person, those before it taken as granted.

    Nobody takes what is `declined`. Refuses a month before the first value of a parameter.
    """
    granted = granted or published_by
    if engine is run and granted in (published_by, nothing_published):
        ready = Jointly(
            chain, batch, month, parameters, known_on,
            own=own_batch, granted=granted, publishes=granted is published_by, with_findings=with_findings, declined=declined,
        )  # fmt: skip
        return Decided(month, batch, joined(list(ready.parts(batch, BLOCK)), batch))
    made: dict[str, Assessed] = {}
    published: dict[str, Column | None] = {}
    for address, programme in chain.items():
        if address in declined:
            published |= dict.fromkeys(programme.publishes)
            continue
        own = own_batch(programme, batch, published)
        made[address] = assess(programme, own, month, parameters, known_on, with_findings=with_findings, engine=engine)
        published |= granted(made[address])
    return Decided(month, batch, made)


def published_by(found: Assessed) -> dict[str, Column]:
    """The facts of later programmes that follow when all that is granted is taken."""
    return {fact: found.columns[value].astype(np.int8) for fact, value in found.programme.publishes.items()}


def nothing_published(found: Assessed) -> dict[str, Column]:
    """No facts: what is held is what the register says."""
    return {}


def own_batch(programme: Programme, batch: Batch, published: Mapping[str, Column | None]) -> Batch:
    """The facts one programme asks, those among them that an earlier one has decided in its place; None is nobody."""
    columns: dict[str, dict[str, Column]] = {entity: {} for entity in LEVELS[1:]}
    for name, fact in programme.inputs.items():
        if name in published:
            column = published[name]
            rows = batch.households if fact.entity == "household" else int(batch.offsets[fact.entity][-1])
            columns[fact.entity][name] = np.zeros(rows, dtype=np.int8) if column is None else _spread(column, fact.entity, batch)
        elif (column := batch.columns.get(fact.entity, {}).get(name)) is not None:
            columns[fact.entity][name] = column
    return batch.with_columns(columns)


def _spread(column: Column, entity: str, batch: Batch) -> Column:
    """A column of households for each of their persons, where the fact is one of persons."""
    if entity == "person" and len(column) == batch.households != int(batch.offsets["person"][-1]):
        return column.take(batch.household_of_person)
    return column
