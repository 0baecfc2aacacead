"""What the generator invents before it writes files: villages, people with what is known of them, families.

Nothing here is a record of the platform; records come into being when the files are imported.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Village:
    """A village or community and the town it lies in, as the county's list of areas names them."""

    town: str
    name: str


@dataclass(eq=False, slots=True)
class Known:
    """One thing a file says about a person: since when, by whom, and on which day that file arrives.

    Amounts are fen. What exceeds `fixed` in a `tunable` one may be scaled when the county's total is tuned.
    """

    kind: str
    value: int | str
    since: date
    source: str
    arrives: date
    until: date | None = None
    tunable: bool = False
    fixed: int = 0


@dataclass(eq=False)
class Citizen:
    """An invented person."""

    name: str
    sex: str
    birth_on: date
    identity_number: str
    hukou: str
    village: Village
    address: str
    arrives: date
    phone: str = ""
    bank_account: str = ""
    known: list[Known] = field(default_factory=list)
    supporters: list["Support"] = field(default_factory=list)
    died_on: date | None = None
    death_arrives: date | None = None

    def says(self, on: date, known_on: date) -> dict[str, Known]:
        """What holds of the person on a day, by the files that have arrived by another; what begins later replaces."""
        found: dict[str, Known] = {}
        for known in self.known:
            if known.arrives <= known_on and known.since <= on:
                before = found.get(known.kind)
                if before is None or known.since >= before.since:
                    found[known.kind] = known
        return {kind: known for kind, known in found.items() if known.until is None or known.until >= on}

    def is_dead(self, on: date, known_on: date) -> bool:
        """Whether the person had died by a day, as far as was told by another."""
        return (
            self.died_on is not None and self.death_arrives is not None and self.died_on <= on and self.death_arrives <= known_on
        )

    def age(self, on: date) -> int:
        """Full years on a day."""
        return on.year - self.birth_on.year - ((on.month, on.day) < (self.birth_on.month, self.birth_on.day))


@dataclass(eq=False)
class Support:
    """Somebody elsewhere who owes a person support, with the means of that other household a month."""

    obligor: Citizen
    duty: str
    household_income: int
    household_size: int
    dependants: int
    actual: int | None
    exempt: bool
    since: date
    arrives: date


@dataclass(eq=False)
class Member:
    """A person in a family during a period. When it ends, the file that says so arrives on `end_arrives`."""

    person: Citizen
    relation: str
    since: date
    arrives: date
    until: date | None = None
    end_arrives: date | None = None

    def holds(self, on: date, known_on: date) -> bool:
        """Whether the person lives there on a day, as far as was told by another."""
        if self.arrives > known_on or self.since > on:
            return False
        ended = self.until is not None and self.end_arrives is not None and self.end_arrives <= known_on
        return not ended or (self.until is not None and self.until >= on)


@dataclass(eq=False)
class Family:
    """A household with its members; `single` is the one person covered alone (单人保), when it is so."""

    number: str
    kind: str
    village: Village
    address: str
    hukou: str
    opened_on: date
    arrives: date
    members: list[Member] = field(default_factory=list)
    single: Citizen | None = None
    review_class: str = "B"
    register: "Registered | None" = None
    covered_from: date | None = None
    covered_until: date | None = None
    grace: "Grace | None" = None
    learned_late: date | None = None
    is_refused: bool = False

    @property
    def head(self) -> Citizen:
        return next(member.person for member in self.members if member.relation == "head")

    @property
    def applicant(self) -> Citizen:
        return self.single or self.head

    def living(self, on: date) -> list[Citizen]:
        """Everybody who lives there on a day, by all that is ever told."""
        people = [member.person for member in self.members if member.since <= on and (member.until is None or member.until >= on)]
        return [person for person in people if person.died_on is None or person.died_on > on]

    def covered(self, on: date) -> list[Citizen]:
        """Those of them who are to be covered."""
        people = self.living(on)
        return [person for person in people if self.single is None or person is self.single]

    def people(self) -> Iterator[Citizen]:
        """Everybody the files name in this family, supporters last."""
        for member in self.members:
            yield member.person
        for member in self.members:
            for support in member.person.supporters:
                yield support.obligor


@dataclass(frozen=True)
class Registered:
    """The line of a family in the list of those on dibao when the platform starts."""

    since: date
    decided_on: date
    review_due_on: date


@dataclass(frozen=True)
class Grace:
    """缓退 from a month on: the amount of before goes on."""

    since: date
