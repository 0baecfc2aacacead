"""What a scenario says of the other benefits: how many hold them, who comes and goes, what is paid."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from anmin.base.errors import BadValue
from anmin.base.money import FEN_PER_WAN, Fen

T = TypeVar("T")


@dataclass(frozen=True)
class Elders:
    """Holders of the allowance at the end by age band, those who turn eighty in the half-year, and those who die."""

    first: int
    second: int
    longevity: int
    turning: int
    dying: int

    @property
    def total(self) -> int:
        return self.first + self.second + self.longevity


@dataclass(frozen=True)
class Disabled:
    """Persons with either subsidy at the end, what both paid, those newly admitted to nursing with arrears, and those who die."""

    persons: int
    paid_wan: int
    newly_nursing: int
    grade_three: int
    families: int
    dying: int

    @property
    def paid(self) -> Fen:
        return self.paid_wan * FEN_PER_WAN


@dataclass(frozen=True)
class Children:
    """Children with the stipend at the end, what it paid, and how many of each category are fixed."""

    persons: int
    paid_wan: int
    orphans: int
    in_institution: int
    severe: int
    joining: int
    leaving: int

    @property
    def paid(self) -> Fen:
        return self.paid_wan * FEN_PER_WAN


@dataclass(frozen=True)
class Tekun:
    """Persons supported at the end by town and country, those admitted, those who left, and what was paid.

    Of the admitted so many held a child's stipend before (`from_stipend`), of those who left so many hold it now (`to_stipend`);
    of the others, who died, so many were buried at the cost of the state (`funerals`).
    """

    urban: int
    rural: int
    admitted: int
    removed: int
    from_stipend: int
    to_stipend: int
    funerals: int
    paid_wan: int

    @property
    def paid(self) -> Fen:
        return self.paid_wan * FEN_PER_WAN


@dataclass(frozen=True)
class Layer:
    """Families and persons recognised at the end, and of them those who came; and those who left."""

    households: int
    persons: int
    came_households: int
    came_persons: int
    left_households: int
    left_persons: int


@dataclass(frozen=True)
class Temporary:
    """Money for temporary assistance handed down to the towns."""

    paid_wan: int


@dataclass(frozen=True)
class Festival:
    """The festival grant: its day, how many persons get it, of how many the county's own share is withheld, and what it paid."""

    occasion: str
    cutoff_on: date
    given_on: date
    document: str
    persons: int
    withheld: int
    paid: Fen


@dataclass(frozen=True)
class HomeChecks:
    """A round of home checks: its plan and seed, and how many households are checked in the end, with changes, and reviewed."""

    title: str
    planned_on: date
    starts_on: date
    due_on: date
    villages: int
    of_each: int
    seed: str
    seed_source: str
    households: int
    changed: int
    reviewed: int


@dataclass(frozen=True)
class Visit:
    """A round of visits: its days and its paper, whom it reaches, how many get cash, how many gift packs."""

    occasion: str
    cutoff_on: date
    given_on: date
    document: str
    persons: int
    cash: int
    gifts: int


@dataclass(frozen=True)
class Aid:
    """Emergencies helped out of the towns' funds, of others how many were put to the vote, and applications for expenses."""

    emergencies: int
    deliberated: int
    expenses: int


@dataclass(frozen=True)
class Insurance:
    """The supplementary insurance of the year: with whom, the claims paid by the business day, and what they come to."""

    insurer: str
    claims: int
    paid_wan: int


@dataclass(frozen=True)
class Verification:
    """What offices deliver and what is asked of them: days, items of the full check, of how many families each thing is found.

    From `received_on` on the section answers what waits from deliveries, every so many days (`every`), and by hand in between;
    `dirty` rows of a thousand spell a number wrongly.
    """

    as_of: date
    received_on: date
    asked_on: date
    late_on: date
    decided_on: date
    watch_as_of: date
    watched_on: date
    every: int
    items: int
    strangers: int
    dirty: int
    vehicles: int
    homes: int
    companies: int
    wages: int
    pensions: int
    deposits: int
    deaths: int
    marriages: int
    prison: int
    institutions: int
    payroll: int
    machinery: int


@dataclass(frozen=True)
class Targets:
    """The sections of a scenario about other benefits; one that is absent brings nobody in."""

    tekun: Tekun | None = None
    margin: Layer | None = None
    hardship: Layer | None = None
    elders: Elders | None = None
    disabled: Disabled | None = None
    children: Children | None = None
    temporary: Temporary | None = None
    festival: Festival | None = None
    home_checks: HomeChecks | None = None
    village_visit: Visit | None = None
    dialysis_visit: Visit | None = None
    aid: Aid | None = None
    insurance: Insurance | None = None
    verification: Verification | None = None


_SECTIONS: dict[str, type[Any]] = {
    "tekun": Tekun,
    "margin": Layer,
    "hardship": Layer,
    "disabled": Disabled,
    "children": Children,
    "elders": Elders,
    "temporary": Temporary,
    "festival": Festival,
    "home_checks": HomeChecks,
    "village_visit": Visit,
    "dialysis_visit": Visit,
    "aid": Aid,
    "insurance": Insurance,
    "verification": Verification,
}


def read_targets(file: str, content: Mapping[str, Any]) -> Targets:
    """The sections. Refuses unknown sections, unknown or missing entries, and values of another kind."""
    for name in content:
        if name not in _SECTIONS:
            raise BadValue(f"{file}：“others”中不认识“{name}”这一项，可用的有：{'、'.join(_SECTIONS)}。")
    return Targets(**{name: _section(file, name, _SECTIONS[name], each) for name, each in content.items()})


def _section(file: str, name: str, kind: type[T], content: Mapping[str, Any]) -> T:
    wanted = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # each section is a dataclass
    if sorted(content) != sorted(wanted):
        raise BadValue(f"{file}：“{name}”应写明{'、'.join(wanted)}。")
    kinds = {"int": int, "date": date, "str": str}
    for field in fields(kind):  # type: ignore[arg-type]  # likewise
        value = content[field.name]
        if not isinstance(value, kinds[str(getattr(field.type, "__name__", field.type))]) or isinstance(value, bool):
            raise BadValue(f"{file}：“{name}”的“{field.name}”写法不对。")
    return kind(**content)
