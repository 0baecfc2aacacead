"""What a change of the law would do to those one may see, whom the rules point to, and which way would be better for whom.

All of it is reckoned on the register and shown; nothing is written. Each query is scoped to what the actor may see.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.register import Register
from anmin.ground.people.models import Household, Person
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.discovery import KINDS, Lead, leads
from anmin.ground.policy.exclusivity import exclusivity
from anmin.ground.policy.offers import Offered, offers, some
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.simulation import Simulated, simulate
from anmin.ground.policy.supposed import Supposed, suppose

LONGEST = 60
"""Months that a simulation may look ahead."""


def chain() -> Chain:
    """Every programme of the house, in the order in which they are decided."""
    return Chain(DECIDED.values())


def lasting() -> Chain:
    """The programmes by which something is held for longer than a day."""
    return chain().lasting()


def supposed(changes: Iterable[tuple[str, str]], since: Month) -> list[Supposed]:
    """The changes as they were typed: address and value. Refuses a figure or a value that cannot be, or none at all."""
    made = [suppose(policy(), address, value, since) for address, value in changes]
    if not made:
        raise BadValue("请至少选择一项要调整的标准，并填写调整后的数值。")
    return made


def simulation(
    actor: Actor,
    changes: Sequence[Supposed],
    *,
    first: Month,
    months: int,
    progress: Callable[[int, int], None] | None = None,
) -> Simulated:
    """Before and after of the families the actor may see, for so many months; nothing is written.

    Refuses more months than anyone can foresee.
    """
    if not 1 <= months <= LONGEST:
        raise BadValue(f"测算月数应在 1 到 {LONGEST} 之间，现在是 {months}。")
    every = lasting()
    register = Register(every, first, first + (months - 1), actor=actor)
    return simulate(every, register, policy(), changes, first, months, progress=progress)


@dataclass(frozen=True)
class NamedLead:
    """A lead with the people it is about."""

    lead: Lead
    programme: str
    kind: str
    number: str
    household_id: int
    person_id: int | None
    name: str


def worklist(actor: Actor, month: Month) -> list[NamedLead]:
    """Whom the rules point to among the families the actor may see, with names; two questions more than the register's."""
    every = lasting()
    register = Register(every, month, month, actor=actor)
    found = leads(every, register.snapshot(month, every.facts.values()), policy(), exclusivity())
    numbers, heads, names = _names(found)
    return [
        NamedLead(
            each,
            every[each.programme].label,
            KINDS[each.kind],
            numbers[int(each.household)],
            int(each.household),
            None if each.person is None else int(each.person),
            names[int(each.person)] if each.person is not None else heads[int(each.household)],
        )
        for each in found
    ]


def chosen(found: Iterable[NamedLead], *, programme: str = "", kind: str = "", text: str = "") -> list[NamedLead]:
    """The leads of a programme, of a kind, with a text in name, number or reason."""
    wanted = text.strip()
    return [
        each
        for each in found
        if programme in ("", each.lead.programme)
        and kind in ("", each.lead.kind)
        and any(wanted in said for said in (each.name, each.number, each.lead.reasons))
    ]


@dataclass(frozen=True)
class BetterWay:
    """A family to which another way would give more."""

    offered: Offered
    number: str
    household_id: int
    town: str
    chooser: str

    @property
    def sentence(self) -> str:
        """What can be told the family; who would claim is named."""
        who = f"（由{self.chooser}）" if self.chooser else ""
        return self.offered.sentence.replace(self.offered.best.label, self.offered.best.label + who, 1)


def better_ways(actor: Actor, month: Month) -> list[BetterWay]:
    """The families the actor may see to whom another way would give more; the largest gain first."""
    every = lasting()
    register = Register(every, month, month, actor=actor)
    families = register.snapshot(month, every.facts.values())
    found = some(offers(every, families.batch, month, policy(), exclusivity(), gaining=True))
    ids = [int(families.household_ids[each.household]) for each in found]
    choosers = [None if each.best.person is None else int(families.person_ids[each.best.person]) for each in found]
    numbers = dict(Household.objects.filter(pk__in=set(ids)).values_list("id", "number"))
    names = dict(Person.objects.filter(pk__in={each for each in choosers if each is not None}).values_list("id", "name"))
    return [
        BetterWay(each, numbers[pk], pk, str(families.areas[each.household]), names.get(who, "") if who is not None else "")
        for each, pk, who in zip(found, ids, choosers, strict=True)
    ]


@dataclass(frozen=True)
class Way:
    """One of the ways that are open to a family; `chooser` is the member who would claim by it."""

    label: str
    chooser: str
    source: str
    parts: str
    fen: int
    more: int
    """What it gives beyond what is claimed now."""
    is_best: bool
    is_claimed: bool


def ways_of(actor: Actor, household: int, month: Month) -> list[Way]:
    """Every way that is open to one family, the most favourable first; none where there is nothing to choose, or to see."""
    every = lasting()
    register = Register(every, month, month, actor=actor, household=household)
    families = register.snapshot(month, every.facts.values())
    found = offers(every, families.batch, month, policy(), exclusivity())
    if not found:
        return []
    offered = max(found, key=lambda each: each.best.fen - each.claimed.fen)
    ways = [offered.best, *offered.others]
    persons = [None if each.person is None else int(families.person_ids[each.person]) for each in ways]
    names = dict(Person.objects.filter(pk__in={each for each in persons if each is not None}).values_list("id", "name"))
    return [
        Way(
            each.label,
            names.get(who, "") if who is not None else "",
            each.source,
            offered.parts(each),
            each.fen,
            each.fen - offered.claimed.fen,
            each is offered.best,
            each is offered.claimed,
        )
        for each, who in zip(ways, persons, strict=True)
    ]


def names_of(made: Simulated) -> Mapping[Any, str]:
    """What the families and persons of a simulation are called, for a list of who enters and leaves."""
    homes = {int(each.household) for each in made.movers}
    persons = {int(each.person) for each in made.movers if each.person is not None}
    named: dict[Any, str] = {}
    for pk, number, head in Household.objects.filter(pk__in=homes).values_list("id", "number", "head__name"):
        named["household", pk] = f"{number} {head or ''}".strip()
    for pk, name in Person.objects.filter(pk__in=persons).values_list("id", "name"):
        named["person", pk] = name
    return named


def _names(found: Sequence[Lead]) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    homes = {int(each.household) for each in found}
    persons = {int(each.person) for each in found if each.person is not None}
    rows = list(Household.objects.filter(pk__in=homes).values_list("id", "number", "head__name"))
    names = dict(Person.objects.filter(pk__in=persons).values_list("id", "name"))
    return {pk: number for pk, number, _ in rows}, {pk: head or "" for pk, _, head in rows}, names
