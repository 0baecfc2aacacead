"""The register as families: everybody in it on the first day of a month, with what the programmes ask and what is held.

What is calculated here is for simulations, worklists and tables of facts. Nothing is written, nothing is decided, and nothing is
scoped: results are scoped where they are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.entitlements.benefits import Ints
from anmin.ground.entitlements.claims import CLAIM, Claims, Statuses, codes_of, filled
from anmin.ground.entitlements.claims import Holdings as BenefitHoldings
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.people.chronicle import Chronicle
from anmin.ground.people.columns import PeopleColumns, repeated
from anmin.ground.people.models import Household, Person
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.batch import Batch
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.facts import Fact
from anmin.ground.policy.families import FactTables, Names, Snapshot, Spells
from anmin.ground.policy.table_files import folder_tables, write_tables


class Register:
    """Everybody in the register in the months of a span, read once; a fixed number of queries however many months.

    With an actor, only the families that the actor may see; with a `household`, only that one.
    """

    def __init__(
        self,
        chain: Chain,
        first: Month,
        last: Month,
        known_at: datetime | None = None,
        *,
        actor: Actor | None = None,
        household: int | None = None,
    ) -> None:
        self._codes = codes_of(*chain.values())
        some = None if actor is None or actor.sees_the_county else _seen_by(actor)
        if household is not None:
            some = np.array([household], dtype=np.int64) if some is None else some[some == household]
        self._people = Chronicle(some, first=first.first_day, last=last.first_day, known_at=known_at, codes=self._codes)
        self._benefits = tuple(sorted({*chain, *(each for each in held_kinds(chain))}))
        self._statuses = Statuses(self._benefits, first.first_day, last.first_day)
        claimed = [each for each in chain.values() if any(fact.kind.startswith(CLAIM) for fact in each.inputs.values())]
        self._running = _running([programme.address for programme in claimed], some)
        self._claimed = [
            (programme, BenefitHoldings(programme, self._all_of(programme.address), first, last, known_at))
            for programme in claimed
        ]
        self.towns = _towns()

    def snapshot(self, month: Month, facts: Iterable[Fact]) -> Snapshot:
        """Everybody on the first day of a month."""
        read = self._people.on(month.first_day)
        held = self._statuses.on(month.first_day)
        wanted = {fact.name: fact for fact in facts}
        rows, claims = self._rows(read, month)
        persons, person_offsets = repeated(read.person_offsets, rows)
        supporters, supporter_offsets = repeated(read.supporter_offsets, persons)
        columns, _ = filled(wanted, read, held)
        place = {"household": rows, "person": persons, "supporter": supporters}
        taken = {entity: {name: column[place[entity]] for name, column in named.items()} for entity, named in columns.items()}
        offsets = {"person": person_offsets, "supporter": supporter_offsets}
        person_ids = read.person_ids[persons]
        again = np.arange(len(rows)) >= len(read.household_ids)
        for programme, some, at in claims:
            _fill_claims(programme, some, at, taken, person_ids, person_offsets, len(rows))
        of_again = np.repeat(again, np.diff(person_offsets))
        covered = {benefit: np.isin(person_ids, ids) & ~of_again for benefit, ids in held.items()}
        for programme, some, at in claims:
            covered[programme.address] = _covered(some, at, person_ids, person_offsets)
        return Snapshot(
            month,
            Batch(len(rows), offsets, taken),
            read.household_ids[rows],
            self._town_of(read.household_area)[rows],
            person_ids,
            np.full(len(person_ids), "", dtype=object),
            covered,
            again,
        )

    def _rows(self, read: PeopleColumns, month: Month) -> tuple[Ints, list[tuple[Programme, Claims, Ints]]]:
        """The rows of households: each once, then again for each further claim; and the claims with the rows they stand in."""
        rows = np.arange(len(read.household_ids), dtype=np.int64)
        made: list[tuple[Programme, Claims, Ints]] = []
        for programme, holdings in self._claimed:
            ids = self._running_in(programme.address, month)
            claims = holdings.claims(ids, month)
            place = np.searchsorted(read.household_ids, claims.household_ids).astype(np.int64)
            _, firsts = np.unique(place, return_index=True)
            further = np.setdiff1d(np.arange(len(place)), firsts)
            at = place.copy()
            at[further] = len(rows) + np.arange(len(further))
            rows = np.concatenate([rows, place[further]])
            made.append((programme, claims, at))
        return rows, made

    def _town_of(self, areas: Ints) -> Names:
        """The name of the town of each area asked."""
        distinct, back = np.unique(areas, return_inverse=True)
        return np.array([self.towns.get(each, "") for each in distinct.tolist()], dtype=object)[back]

    def _all_of(self, benefit: str) -> Ints:
        return np.array([pk for pk, address, _, _ in self._running if address == benefit], dtype=np.int64)

    def _running_in(self, benefit: str, month: Month) -> Ints:
        day = month.first_day
        return np.array(
            [pk for pk, address, since, until in self._running if address == benefit and since <= day <= (until or day)],
            dtype=np.int64,
        )


def held_kinds(chain: Mapping[str, Programme]) -> set[str]:
    """The benefits whose holding one of the programmes asks about."""
    kinds = {fact.kind for programme in chain.values() for fact in programme.inputs.values()}
    return {kind.removeprefix("held.") for kind in kinds if kind.startswith("held.")}


def _running(benefits: Sequence[str], households: Ints | None) -> list[tuple[int, str, Any, Any]]:
    found = Entitlement.objects.filter(benefit__in=benefits).order_by("id")
    if households is not None:
        found = found.filter(household_id__in=households.tolist())
    return list(found.values_list("id", "benefit", "valid_from", "valid_until"))


def _seen_by(actor: Actor) -> Ints:
    """The families an actor may see."""
    return np.array(list(Household.objects.filter(within(actor)).order_by("id").values_list("id", flat=True)), dtype=np.int64)


def _towns() -> dict[int, str]:
    """The name of the town of each area; an area above the towns has its own."""
    areas = {area.pk: area for area in Area.objects.all()}

    def town(area: Area) -> str:
        while area.level == Level.VILLAGE and area.parent_id is not None:
            area = areas[area.parent_id]
        return area.name

    return {pk: town(area) for pk, area in areas.items()}


def _fill_claims(
    programme: Programme,
    claims: Claims,
    at: Ints,
    columns: dict[str, dict[str, Ints]],
    person_ids: Ints,
    offsets: Ints,
    households: int,
) -> None:
    """The facts of claims stand in the rows of the families that hold something; the others ask nothing special.

    Several programmes may ask the same fact: each adds its own rows to what the others filled in.
    """
    claimants = None
    for fact in programme.inputs.values():
        name = fact.kind.removeprefix(CLAIM)
        if name == fact.kind:
            continue
        if name == "claimant":
            claimants = _claimants(claims, at, person_ids, offsets) if claimants is None else claimants
            before = columns["person"].get(fact.name, claimants)
            columns["person"][fact.name] = np.where(claimants >= 0, claimants, before)
            continue
        column, there = np.full(households, -1, dtype=np.int64), np.zeros(households, dtype=np.bool_)
        column[at], there[at] = _of_claim(fact, name, claims), True
        if fact.entity == "person":
            column, there = np.repeat(column, np.diff(offsets)), np.repeat(there, np.diff(offsets))
        columns[fact.entity][fact.name] = np.where(there, column, columns[fact.entity].get(fact.name, column))


def _of_claim(fact: Fact, name: str, claims: Claims) -> Ints:
    grace = ("grace_kind", "grace_elapsed", "grace_extension", "grace_previous_amount")
    if name in grace:
        return claims.grace[:, grace.index(name)]
    if name != "route" or fact.codes is None:
        raise ValueError(f"no claim fills {fact.name}: {fact.kind}")
    return np.array([fact.codes[route] for route in claims.routes], dtype=np.int64)


def _claimants(claims: Claims, at: Ints, person_ids: Ints, offsets: Ints) -> Ints:
    """1 for whoever claims alone, 0 for the others of such a family, not known elsewhere."""
    column = np.full(len(person_ids), -1, dtype=np.int64)
    alone = {row for row, route in enumerate(claims.routes) if route.startswith("single")}
    for row in alone:
        column[offsets[at[row]] : offsets[at[row] + 1]] = 0
    for row, person in claims.claimants:
        if row in alone:
            span = slice(int(offsets[at[row]]), int(offsets[at[row] + 1]))
            column[span][person_ids[span] == person] = 1
    return column


def _covered(claims: Claims, at: Ints, person_ids: Ints, offsets: Ints) -> Any:
    """Who is covered by the claims, in the rows of the claims only."""
    width = int(max(person_ids.max(initial=0), 0)) + 1
    home = np.repeat(np.arange(len(offsets) - 1, dtype=np.int64), np.diff(offsets))
    if not claims.claimants:
        return np.zeros(len(person_ids), dtype=np.bool_)
    rows, persons = np.array(claims.claimants, dtype=np.int64).T
    return np.isin(home * width + person_ids, at[rows] * width + persons)


def write_facts(chain: Chain, month: Month, folder: Path, *, ending: str, named: bool) -> list[tuple[Path, int]]:
    """The register's families of a month are tables in the folder, ready to be decided elsewhere; and how many rows each has.

    Without names, people are told apart by the numbers of their records only. Refuses an empty register.
    """
    register = Register(chain, month, month)
    families = register.snapshot(month, chain.facts.values())
    if not families.batch.households:
        raise BadValue("系统中还没有登记任何家庭，没有可以导出的数据。")
    numbers = dict(Household.objects.values_list("id", "number"))
    names = dict(Person.objects.values_list("id", "name")) if named else {}
    ids = [numbers[each] for each in families.household_ids.tolist()]
    seen: dict[str, int] = {}
    for row, number in enumerate(ids):
        seen[number] = seen.get(number, 0) + 1
        ids[row] = number if seen[number] == 1 else f"{number}#{seen[number]}"
    people = np.array([f"P{each}" for each in families.person_ids.tolist()], dtype=object)
    tables = FactTables(
        household_ids=np.array(ids, dtype=object),
        areas=families.areas,
        person_ids=people,
        person_names=np.array([names.get(each, "") for each in families.person_ids.tolist()], dtype=object),
        supporter_names=np.array([""] * int(families.batch.offsets["supporter"][-1]), dtype=object),
        offsets=families.batch.offsets,
        columns=_without_held(chain, families.batch),
        holdings=_share(families, register, month),
    )
    paths = write_tables(folder, folder_tables(tables, chain.facts, in_fen=ending == "parquet"), ending=ending)
    rows = {"households": len(ids), "persons": len(people), "supporters": int(families.batch.offsets["supporter"][-1])}
    holdings = tables.holdings or {}
    rows["holdings"] = sum(len(share.rows) for share in holdings.values())
    return [(path, rows[path.stem]) for path in paths]


def _without_held(chain: Chain, batch: Batch) -> dict[str, dict[str, Any]]:
    facts = chain.facts
    return {
        entity: {name: column for name, column in named.items() if not facts[name].kind.startswith("held.")}
        for entity, named in batch.columns.items()
    }


def _share(families: Snapshot, register: Register, month: Month) -> dict[str, Spells]:
    """Who holds what in the month, since when."""
    assert families.held is not None  # the register always says
    since = {
        (person, benefit): day.year * 10_000 + day.month * 100 + day.day
        for person, benefit, day in EntitlementMember.objects.filter(benefit__in=families.held).values_list(
            "person_id", "benefit", "valid_from"
        )
        if day <= month.first_day
    }
    made = {}
    for benefit, held in families.held.items():
        rows = np.flatnonzero(held)
        first = np.array([since.get((int(each), benefit), 0) for each in families.person_ids[rows]], dtype=np.int64)
        made[benefit] = Spells(rows, np.ones(len(rows), dtype=np.int64), first, np.full(len(rows), 99_991_231, dtype=np.int64))
    return made
