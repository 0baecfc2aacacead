"""From records to columns: what a programme is assessed on, for one claim or for all, on the first day of a month.

A row is a claim: a household by a route, with the persons who claim. A household may stand in several rows (two of its members,
each with a benefit of their own); its people are then repeated. What fills each fact is said by the fact (`Fact.kind`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np
from django.db.models import Exists, OuterRef, Q

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Bools, Ints
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod
from anmin.ground.entitlements.vocabulary import GraceKind
from anmin.ground.people import columns as people
from anmin.ground.people.chronicle import Chronicle
from anmin.ground.people.columns import CodeLists, PeopleColumns, repeated
from anmin.ground.people.models import HouseholdMember
from anmin.ground.people.vocabulary import FACT_KINDS
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.facts import Codes, Fact

HELD = "held."
CLAIM = "claim."
SUPPORTER = "supporter."
_FEW = 500
_CODED = {"sex", "hukou", "relation", "absence", "household_hukou", "supporter.incapacity", "supporter.duty"}
"""Columns of the register that hold codes; a programme's own numbering of them is used."""


@dataclass(frozen=True)
class Claims:
    """Who is to be assessed: households, routes, who claims in each, and where a grace period stands.

    `claimants` are (row, person) pairs; `grace` has a row of kind (0 is none), month of the period, extension and amount
    before it. `entering` says for which of them it is the first month; for all who hold nothing yet, where it is not given.
    """

    household_ids: Ints
    routes: Sequence[str]
    claimants: Sequence[tuple[int, int]]
    grace: Ints
    entering: Bools | None = None


@dataclass(frozen=True)
class Loaded:
    """The facts of all claims with the people they are about; the rows of both agree.

    `unit_rows` says, for each claim, which row of the programme's unit is the claim's own; -1 where the claimant does not
    belong to the household on that day.
    """

    batch: Batch
    unit_rows: Ints
    person_ids: Ints
    obligor_ids: Ints
    fact_ids: Mapping[str, Ints]


def one_claim(household_id: int, route: str, claimants: Sequence[int] = ()) -> Claims:
    """The claim of one household, or of persons in it, that holds nothing yet."""
    return Claims(np.array([household_id], dtype=np.int64), [route], [(0, person) for person in claimants], no_grace(1))


def no_grace(rows: int) -> Ints:
    """Nobody is in a grace period."""
    return np.zeros((rows, 4), dtype=np.int64)


class Holdings:
    """The claims behind entitlements of one benefit in every month of a span, and the facts of their people.

    As known at an instant, or as known now. At most ten queries, however many months and entitlements.
    """

    def __init__(self, programme: Programme, entitlement_ids: Ints, first: Month, last: Month, known_at: datetime | None) -> None:
        self._programme, self._benefit = programme, programme.address
        self._held = {
            pk: (household_id, route)
            for pk, household_id, route in Entitlement.objects.filter(
                _wanted(entitlement_ids), benefit=self._benefit
            ).values_list("id", "household_id", "route")
        }
        shares = EntitlementMember.objects.filter(_wanted(entitlement_ids, "entitlement_id"), benefit=self._benefit)
        self._shares = list(shares.values_list("entitlement_id", "person_id", "valid_from", "valid_until"))
        self._grace: list[tuple[int, date, date | None, str, int, int]] = []
        if any(fact.kind.startswith(CLAIM + "grace") for fact in programme.inputs.values()):
            periods = GracePeriod.objects.filter(_wanted(entitlement_ids, "entitlement_id"), entitlement__benefit=self._benefit)
            self._grace = list(
                periods.values_list("entitlement_id", "valid_from", "valid_until", "kind", "extension_months", "previous_amount")
            )
        self._span, self._known_at = (first, last), known_at
        self._homes = self._lived_in(entitlement_ids) if programme.unit == "person" else {}

    def _lived_in(self, entitlement_ids: Ints) -> dict[int, list[tuple[date, date | None, int]]]:
        """Where each of the persons lives: somebody who moves to another family keeps a benefit of their own."""
        first, last = (month.first_day for month in self._span)
        there = HouseholdMember.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=first), superseded_at__isnull=True, valid_from__lte=last
        )
        if len(entitlement_ids) <= _FEW:
            there = there.filter(person_id__in={person for _, person, _, _ in self._shares})
        else:
            there = there.filter(Exists(EntitlementMember.objects.filter(person=OuterRef("person"), benefit=self._benefit)))
        homes: dict[int, list[tuple[date, date | None, int]]] = {}
        # Somebody away may stand in two families; where they count comes last, and is taken.
        for person, household, since, until in there.order_by("counted", "id").values_list(
            "person_id", "household_id", "valid_from", "valid_until"
        ):
            homes.setdefault(person, []).append((since, until, household))
        return homes

    def _home(self, person: int, day: date, otherwise: int) -> int:
        found = otherwise
        for since, until, household in self._homes.get(person, ()):
            if since <= day <= (until or day):
                found = household
        return found

    @cached_property
    def _people(self) -> Chronicle:
        lived_in = {household for spells in self._homes.values() for _, _, household in spells}
        households = np.array(sorted(lived_in | {household_id for household_id, _ in self._held.values()}), dtype=np.int64)
        first, last = self._span
        codes, until = codes_of(self._programme), last.last_day if _counts_entries(self._programme) else last.first_day
        return Chronicle(households, first=first.first_day, last=until, known_at=self._known_at, codes=codes)

    @cached_property
    def _statuses(self) -> "Statuses":
        first, last = self._span
        return Statuses(held_by(self._programme), first.first_day, last.first_day)

    def claims(self, entitlement_ids: Ints, month: Month) -> Claims:
        """The claims as they stand in a month, in the order asked."""
        place = {pk: row for row, pk in enumerate(entitlement_ids.tolist())}
        first = month.first_day
        grace = no_grace(len(place))
        kinds = list(GraceKind)
        for pk, valid_from, valid_until, kind, extension, amount in self._grace:
            if pk in place and valid_from <= first <= (valid_until or first):
                elapsed = month - Month.from_date(valid_from) + 1
                grace[place[pk]] = (kinds.index(GraceKind(kind)) + 1, elapsed, extension, amount)
        rows = [self._held[pk] for pk in place]
        households = np.array([row[0] for row in rows], dtype=np.int64)
        claimants = [
            (place[pk], person)
            for pk, person, valid_from, valid_until in self._shares
            if pk in place and valid_from <= first <= (valid_until or first)
        ]
        for row, person in claimants if self._programme.unit == "person" else ():
            households[row] = self._home(person, first, int(households[row]))
        began = {pk for pk, _, valid_from, _ in self._shares if valid_from == first}
        entering = np.array([pk in began for pk in place], dtype=np.bool_)
        return Claims(households, [row[1] for row in rows], claimants, grace, entering)

    def load(self, claims: Claims, month: Month) -> Loaded:
        """The columns of the claims on the first day of a month."""
        read, held = self._people.on(month.first_day), self._statuses.on(month.first_day)
        at_end = self._people.on(month.last_day) if _entering(self._programme, claims).any() else None
        return _arranged(self._programme, claims, read, held, at_end)


def claims_of(programme: Programme, entitlement_ids: Ints, month: Month) -> Claims:
    """The claims behind a few entitlements, as they stand in a month."""
    return Holdings(programme, entitlement_ids, month, month, None).claims(entitlement_ids, month)


def load(programme: Programme, claims: Claims, month: Month, known_at: datetime | None, *, with_fact_ids: bool = False) -> Loaded:
    """The columns of the claims on the first day of the month, as known at an instant; with the rows of facts if asked."""
    first = month.first_day
    households = np.unique(claims.household_ids)
    codes = codes_of(programme)
    read = people.load(households, on=first, known_at=known_at, codes=codes, with_fact_ids=with_fact_ids)
    statuses = Statuses(held_by(programme), first, first, read.person_ids if len(households) <= _FEW else None)
    at_end = None
    if _entering(programme, claims).any():
        last = month.last_day
        at_end = people.load(households, on=last, known_at=known_at, codes=codes, with_fact_ids=with_fact_ids)
    return _arranged(programme, claims, read, statuses.on(first), at_end)


class Statuses:
    """Who is covered by which benefits over a span; one query, none where nothing is asked."""

    def __init__(self, benefits: Sequence[str], first: date, last: date, persons: Ints | None = None) -> None:
        self._benefits = tuple(benefits)
        found = EntitlementMember.objects.none()
        if self._benefits:
            found = EntitlementMember.objects.filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=first), benefit__in=self._benefits, valid_from__lte=last
            )
        if persons is not None:
            found = found.filter(person_id__in=persons.tolist())
        numbers = {benefit: number for number, benefit in enumerate(self._benefits)}
        if first == last:
            # Whatever is found is held on that day; dates out of a database cost more than all the rest.
            day = first.toordinal()
            rows = [(person, numbers[benefit], day, day) for person, benefit in found.values_list("person_id", "benefit")]
        else:
            rows = [
                (person, numbers[benefit], since.toordinal(), (until or date.max).toordinal())
                for person, benefit, since, until in found.values_list("person_id", "benefit", "valid_from", "valid_until")
            ]
        self._rows = np.array(rows, dtype=np.int64).reshape(-1, 4)

    def on(self, day: date) -> Mapping[str, Ints]:
        """The persons covered by each benefit on a day, ascending."""
        persons, benefits, since, until = self._rows.T
        held = (since <= day.toordinal()) & (day.toordinal() <= until)
        return {benefit: np.unique(persons[held & (benefits == number)]) for number, benefit in enumerate(self._benefits)}


def held_by(programme: Programme) -> tuple[str, ...]:
    """The benefits whose holding is a fact of the programme."""
    kinds = {fact.kind for fact in programme.inputs.values()}
    return tuple(sorted(kind.removeprefix(HELD) for kind in kinds if kind.startswith(HELD)))


def codes_of(*programmes: Programme) -> CodeLists:
    """The numbering of code lists that the programmes use. Refuses two programmes that number one list differently."""
    lists: dict[str, dict[str, int]] = {}
    for programme in programmes:
        for fact in programme.inputs.values():
            coded = fact.kind in FACT_KINDS and FACT_KINDS[fact.kind].codes is not None
            if fact.codes is None or not (coded or fact.kind in _CODED):
                continue
            name = fact.kind.removeprefix(SUPPORTER).removeprefix("household_")
            numbers = {code: int(number) for code, number in fact.codes.items()}
            if lists.setdefault(name, numbers) != numbers:
                raise ValueError(f"{programme.address} numbers the codes of {name} in its own way")
    return lists


def filled(
    facts: Mapping[str, Fact], read: PeopleColumns, held: Mapping[str, Ints]
) -> tuple[dict[str, dict[str, Column]], dict[str, Ints]]:
    """The columns of facts that the register fills, by level and name, a row for each of what was read; and the ids of facts."""
    columns: dict[str, dict[str, Column]] = {"household": {}, "person": {}, "supporter": {}}
    ids: dict[str, Ints] = {}
    for fact in facts.values():
        column = _column(fact, read, held)
        if column is not None:
            columns[fact.entity][fact.name] = column
        if fact.kind in read.fact_ids:
            ids[fact.name] = read.fact_ids[fact.kind]
    return columns, ids


def _column(fact: Fact, read: PeopleColumns, held: Mapping[str, Ints]) -> Column | None:
    kind = fact.kind
    if not kind or kind.startswith(CLAIM):
        return None
    if kind.startswith(HELD):
        return np.isin(read.person_ids, held[kind.removeprefix(HELD)]).astype(np.int64)
    if kind in read.facts:
        return read.facts[kind]
    found: Column | None = getattr(read, kind.replace(".", "_"), None)
    if found is None:
        raise ValueError(f"nothing in the records fills {fact.name}: {kind}")
    return found


def _counts_entries(programme: Programme) -> bool:
    return any(fact.at_entry for fact in programme.inputs.values())


def _entering(programme: Programme, claims: Claims) -> Bools:
    """The claims in their first month, where that month is seen with the eyes of its last day."""
    if not _counts_entries(programme):
        return np.zeros(len(claims.household_ids), dtype=np.bool_)
    return np.ones(len(claims.household_ids), dtype=np.bool_) if claims.entering is None else claims.entering


def _arranged(
    programme: Programme,
    claims: Claims,
    read: PeopleColumns,
    held: Mapping[str, Ints],
    at_end: PeopleColumns | None = None,
) -> Loaded:
    """One row for each claim, in its order, out of columns that hold each household once, in the order of their ids.

    `at_end` are the same households on the month's last day, for the claims that begin in it.
    """
    back = np.searchsorted(read.household_ids, claims.household_ids).astype(np.int64)
    if at_end is not None:
        later = len(read.household_ids) + np.searchsorted(at_end.household_ids, claims.household_ids).astype(np.int64)
        back = np.where(_entering(programme, claims), later, back)
        read = people.joined(read, _at_entry(programme, read, at_end))
    persons, person_offsets = repeated(read.person_offsets, back)
    supporters, supporter_offsets = repeated(read.supporter_offsets, persons)
    rows = {"household": back, "person": persons, "supporter": supporters}
    columns, ids = filled(programme.inputs, read, held)
    taken = {entity: {name: column[rows[entity]] for name, column in named.items()} for entity, named in columns.items()}
    person_ids = read.person_ids[persons]
    claimants = _claimants(claims, person_ids, person_offsets)
    for fact in programme.inputs.values():
        if fact.kind.startswith(CLAIM):
            taken[fact.entity][fact.name] = _of_claim(fact, claims, claimants, person_offsets)
    return Loaded(
        Batch(len(back), {"person": person_offsets, "supporter": supporter_offsets}, taken),
        np.arange(len(back), dtype=np.int64) if programme.unit == "household" else _own_rows(claimants, person_offsets),
        person_ids,
        read.obligor_ids[supporters],
        {name: column[persons] for name, column in ids.items()},
    )


def _at_entry(programme: Programme, read: PeopleColumns, at_end: PeopleColumns) -> PeopleColumns:
    """The month's last day, but for the facts that count only from the next month on: those are as on the first."""
    counted = {fact.kind for fact in programme.inputs.values() if fact.at_entry}
    known, first = np.unique(read.person_ids, return_index=True)
    place = np.minimum(np.searchsorted(known, at_end.person_ids), max(len(known) - 1, 0))
    there = known[place] == at_end.person_ids if len(known) else np.zeros(len(place), dtype=np.bool_)
    rows = first[place] if len(known) else place

    def kept(earlier: Mapping[str, Ints], later: Mapping[str, Ints]) -> dict[str, Ints]:
        return {
            kind: column if kind in counted or not len(known) else np.where(there, earlier[kind][rows], column)
            for kind, column in later.items()
        }

    return replace(at_end, facts=kept(read.facts, at_end.facts), fact_ids=kept(read.fact_ids, at_end.fact_ids))


def _claimants(claims: Claims, person_ids: Ints, offsets: Ints) -> Ints:
    """1 for whoever claims, 0 for the others of the household, unknown where nobody is named."""
    named = np.zeros(len(claims.household_ids), dtype=np.bool_)
    column = np.zeros(len(person_ids), dtype=np.int64)
    if claims.claimants:
        rows, persons = np.array(claims.claimants, dtype=np.int64).T
        named[rows] = True
        width = int(max(persons.max(initial=0), person_ids.max(initial=0))) + 1
        row_of_person = np.repeat(np.arange(len(named), dtype=np.int64), np.diff(offsets))
        column = np.isin(row_of_person * width + person_ids, rows * width + persons).astype(np.int64)
    return np.where(np.repeat(named, np.diff(offsets)), column, people.UNKNOWN)


def _own_rows(claimants: Ints, offsets: Ints) -> Ints:
    """The first person of each claim who claims; -1 where there is none."""
    own = np.full(len(offsets) - 1, -1, dtype=np.int64)
    rows = np.flatnonzero(claimants == 1)[::-1]
    # Backwards, so that the first of a claim is written last.
    own[np.searchsorted(offsets, rows, side="right") - 1] = rows
    return own


_GRACE: dict[str, Callable[[Claims], Ints]] = {
    "grace_kind": lambda claims: claims.grace[:, 0],
    "grace_elapsed": lambda claims: claims.grace[:, 1],
    "grace_extension": lambda claims: claims.grace[:, 2],
    "grace_previous_amount": lambda claims: claims.grace[:, 3],
}


def _of_claim(fact: Fact, claims: Claims, claimants: Ints, offsets: Ints) -> Ints:
    name = fact.kind.removeprefix(CLAIM)
    if name == "claimant":
        return claimants
    if name in _GRACE:
        return _GRACE[name](claims)
    if name != "route" or fact.codes is None:
        raise ValueError(f"no claim fills {fact.name}: {fact.kind}")
    codes: Codes = fact.codes
    routes = np.array([codes[route] for route in claims.routes], dtype=np.int64)
    return np.repeat(routes, np.diff(offsets)) if fact.entity == "person" else routes


def _wanted(entitlement_ids: Ints, field: str = "pk") -> Q:
    # A long list of ids costs more than reading the benefit whole; whoever was not asked about is dropped afterwards.
    return Q(**{f"{field}__in": entitlement_ids.tolist()}) if len(entitlement_ids) <= _FEW else Q()
