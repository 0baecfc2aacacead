"""From records to columns: what the dibao rules are run on, for one household or for all, on the first day of a month.

A row is a claim: a household by a route, with who claims where one person is covered alone. A household may appear in two rows
(two of its members each covered alone); its people are then repeated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from django.db.models import Q

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Ints
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod
from anmin.ground.people import columns as people
from anmin.ground.people.chronicle import Chronicle
from anmin.ground.people.columns import CodeLists, PeopleColumns
from anmin.lines.assistance.dibao.rules import COLUMN_OF_KIND, DibaoFacts
from anmin.lines.assistance.dibao.rules.codes import ABSENCE, CLAIM, DISABILITY, GRACE, RELATION, SCHOOLING, WORK
from anmin.lines.assistance.dibao.vocabulary import BENEFIT

CODE_LISTS: CodeLists = {
    "relation": RELATION,
    # The register leaves the reason blank for whoever lives there.
    "absence": {**ABSENCE, "": ABSENCE["none"]},
    "disability.kind": DISABILITY,
    "work.status": WORK,
    "schooling.level": SCHOOLING,
}

_FEW = 500


@dataclass(frozen=True)
class Claims:
    """Who is to be assessed: households, routes, the claimants of those covered alone, and where a grace period stands.

    `claimants` are (row, person) pairs; `grace` has a row of kind, month of the period, extension and amount before it.
    """

    household_ids: Ints
    routes: Sequence[str]
    claimants: Sequence[tuple[int, int]]
    grace: Ints


@dataclass(frozen=True)
class Loaded:
    """The facts of all claims with the people they are about; the rows of both agree."""

    facts: DibaoFacts
    person_ids: Ints
    obligor_ids: Ints
    fact_ids: dict[str, Ints]


def one_claim(household_id: int, route: str = "household", claimants: Sequence[int] = ()) -> Claims:
    """The claim of one household that holds nothing yet."""
    return Claims(np.array([household_id], dtype=np.int64), [route], [(0, person) for person in claimants], no_grace(1))


def no_grace(rows: int) -> Ints:
    """Nobody is in a grace period."""
    return np.zeros((rows, 4), dtype=np.int64)


class Holdings:
    """The claims behind entitlements in every month from a first to a last, and the facts of their people; eight queries.

    As known at an instant, or as known now.
    """

    def __init__(self, entitlement_ids: Ints, first: Month, last: Month, known_at: datetime | None) -> None:
        self._held = {
            pk: (household_id, route)
            for pk, household_id, route in Entitlement.objects.filter(_wanted(entitlement_ids), benefit=BENEFIT).values_list(
                "id", "household_id", "route"
            )
        }
        shares = EntitlementMember.objects.filter(
            _wanted(entitlement_ids, "entitlement_id"), benefit=BENEFIT, entitlement__route__startswith="single"
        )
        self._alone = list(shares.values_list("entitlement_id", "person_id", "valid_from", "valid_until"))
        periods = GracePeriod.objects.filter(_wanted(entitlement_ids, "entitlement_id"), entitlement__benefit=BENEFIT)
        self._grace = list(
            periods.values_list("entitlement_id", "valid_from", "valid_until", "kind", "extension_months", "previous_amount")
        )
        self._span, self._known_at = (first, last), known_at

    @cached_property
    def _people(self) -> Chronicle:
        households = np.unique(np.array([household_id for household_id, _ in self._held.values()], dtype=np.int64))
        first, last = self._span
        return Chronicle(households, first=first.first_day, last=last.first_day, known_at=self._known_at, codes=CODE_LISTS)

    def claims(self, entitlement_ids: Ints, month: Month) -> Claims:
        """The claims as they stand in a month, in the order asked."""
        place = {pk: row for row, pk in enumerate(entitlement_ids.tolist())}
        first = month.first_day
        grace = no_grace(len(place))
        for pk, valid_from, valid_until, kind, extension, amount in self._grace:
            if pk in place and valid_from <= first <= (valid_until or first):
                grace[place[pk]] = (GRACE[kind], month - Month.from_date(valid_from) + 1, extension, amount)
        rows = [self._held[pk] for pk in place]
        return Claims(
            np.array([row[0] for row in rows], dtype=np.int64),
            [row[1] for row in rows],
            [
                (place[pk], person)
                for pk, person, valid_from, valid_until in self._alone
                if pk in place and valid_from <= first <= (valid_until or first)
            ],
            grace,
        )

    def load(self, claims: Claims, month: Month) -> Loaded:
        """The columns of the claims on the first day of a month."""
        return _arranged(claims, self._people.on(month.first_day))


def claims_of(entitlement_ids: Ints, month: Month) -> Claims:
    """The claims behind a few entitlements, as they stand in a month."""
    return Holdings(entitlement_ids, month, month, None).claims(entitlement_ids, month)


def load(claims: Claims, month: Month, known_at: datetime | None, *, with_fact_ids: bool = False) -> Loaded:
    """The columns of the claims on the first day of the month, as known at an instant; with the rows of facts if asked."""
    households = np.unique(claims.household_ids)
    return _arranged(
        claims,
        people.load(households, on=month.first_day, known_at=known_at, codes=CODE_LISTS, with_fact_ids=with_fact_ids),
    )


def _arranged(claims: Claims, read: PeopleColumns) -> Loaded:
    """One row for each claim, in its order, out of columns that hold each household once, in the order of their ids."""
    back = np.searchsorted(read.household_ids, claims.household_ids).astype(np.int64)
    persons, person_offsets = _repeated(read.person_offsets, back)
    supporters, supporter_offsets = _repeated(read.supporter_offsets, persons)
    person_ids = read.person_ids[persons]
    facts = DibaoFacts(
        person_offsets=person_offsets,
        supporter_offsets=supporter_offsets,
        claim_type=np.array([CLAIM[route] for route in claims.routes], dtype=np.int64),
        grace_kind=claims.grace[:, 0],
        grace_elapsed=claims.grace[:, 1],
        grace_extension=claims.grace[:, 2],
        grace_previous_amount=claims.grace[:, 3],
        birth_on=read.birth_on[persons],
        relation=read.relation[persons],
        register_counted=read.counted[persons],
        absence_reason=read.absence[persons],
        same_hukou=read.same_hukou[persons],
        claimant=_claimants(claims, person_ids, person_offsets),
        **{COLUMN_OF_KIND[kind]: column[persons] for kind, column in read.facts.items() if kind in COLUMN_OF_KIND},
        **_of_supporters(read, supporters),
    )
    fact_ids = {COLUMN_OF_KIND[kind]: column[persons] for kind, column in read.fact_ids.items() if kind in COLUMN_OF_KIND}
    return Loaded(facts, person_ids, read.obligor_ids[supporters], fact_ids)


def _of_supporters(read: PeopleColumns, rows: Ints) -> dict[str, Ints]:
    names = ("income", "members", "dependants", "court_amount", "actual_amount", "exempt")
    return {f"supporter_{name}": getattr(read, f"supporter_{name}")[rows] for name in names}


def _claimants(claims: Claims, person_ids: Ints, offsets: Ints) -> Ints:
    """1 for whoever claims alone, 0 for the others of such a household, unknown where nobody is named."""
    column = np.full(len(person_ids), people.UNKNOWN, dtype=np.int64)
    named: dict[int, set[int]] = {}
    for row, person in claims.claimants:
        named.setdefault(row, set()).add(person)
    for row, who in named.items():
        span = slice(int(offsets[row]), int(offsets[row + 1]))
        column[span] = np.isin(person_ids[span], list(who))
    return column


def _repeated(offsets: Ints, back: Ints) -> tuple[Ints, Ints]:
    """The inner rows of outer rows taken in another order, perhaps twice; and their offsets."""
    counts = np.diff(offsets)[back]
    made = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    rows = np.repeat(offsets[:-1][back] - made[:-1], counts) + np.arange(made[-1], dtype=np.int64)
    return rows, made


def _wanted(entitlement_ids: Ints, field: str = "pk") -> Q:
    # A long list of ids costs more than reading the benefit whole; whoever was not asked about is dropped afterwards.
    return Q(**{f"{field}__in": entitlement_ids.tolist()}) if len(entitlement_ids) <= _FEW else Q()
