"""What is told of those who were found, read for a whole page at once: never income, assets or illness."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.payments.models import Payment
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.people import secrecy
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person

_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Share:
    """That a person is or was covered by a benefit, and the last payment of the last year (of the whole entitlement)."""

    row: EntitlementMember
    last_paid: Payment | None


@dataclass(frozen=True)
class PersonRecord:
    """A person as the registers tell of them. `number` is in full or masked, as the grant of who asks says."""

    person: Person
    number: str
    membership: HouseholdMember | None
    disability_kind: str | None
    disability_grade: int | None
    disability_since: date | None
    shares: list[Share] = field(default_factory=list)


@dataclass(frozen=True)
class HouseholdRecord:
    """A household and who lives in it on the day."""

    household: Household
    members: list[PersonRecord]

    @property
    def counted(self) -> int:
        return sum(each.membership is not None and each.membership.counted for each in self.members)


def person_records(actor: Actor, persons: Collection[Person], *, in_full: bool, on: date) -> list[PersonRecord]:
    """The records of persons, in their order. Four queries, however many."""
    ids = [person.pk for person in persons]
    memberships = {row.person_id: row for row in _memberships(actor, on).filter(person_id__in=ids).order_by("counted", "-id")}
    return _records(actor, persons, memberships, in_full=in_full, on=on)


def household_records(actor: Actor, households: Collection[Household], *, in_full: bool, on: date) -> list[HouseholdRecord]:
    """The records of households with their members, in their order. Four queries, however many."""
    rows = (
        _memberships(actor, on)
        .filter(household_id__in=[household.pk for household in households])
        .select_related("person__area__parent", "household")
        .defer("person__bank_account_cipher")
        .order_by("household_id", "id")
    )
    by_household: dict[int, list[HouseholdMember]] = defaultdict(list)
    for row in rows:
        by_household[row.household_id].append(row)
    memberships = {row.person_id: row for members in by_household.values() for row in members}
    persons = {row.person_id: row.person for row in memberships.values()}
    records = {each.person.pk: each for each in _records(actor, list(persons.values()), memberships, in_full=in_full, on=on)}
    return [
        HouseholdRecord(
            household,
            [
                records[row.person_id]
                for row in sorted(by_household[household.pk], key=lambda row: (row.person_id != household.head_id, row.pk))
            ],
        )
        for household in households
    ]


def _records(
    actor: Actor, persons: Collection[Person], memberships: dict[int, HouseholdMember], *, in_full: bool, on: date
) -> list[PersonRecord]:
    ids = [person.pk for person in persons]
    facts: dict[int, dict[str, Fact]] = defaultdict(dict)
    known = Fact.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        person_id__in=ids, kind__in=("disability.kind", "disability.grade"), superseded_at__isnull=True, valid_from__lte=on,
    )  # fmt: skip
    for fact in known.order_by("id"):
        facts[fact.person_id][fact.kind] = fact
    shares = _shares(actor, ids, on)
    return [
        PersonRecord(
            person=person,
            number=secrecy.decrypt(person.identity_cipher) if in_full and person.identity_cipher else person.identity_mask,
            membership=memberships.get(person.pk),
            disability_kind=kind.code if (kind := facts[person.pk].get("disability.kind")) else None,
            disability_grade=grade.amount if (grade := facts[person.pk].get("disability.grade")) else None,
            disability_since=kind.valid_from if kind else None,
            shares=shares[person.pk],
        )
        for person in persons
    ]


def _shares(actor: Actor, person_ids: Collection[int], on: date) -> dict[int, list[Share]]:
    rows = list(
        EntitlementMember.objects.filter(within(actor, "entitlement__area"), person_id__in=person_ids, valid_from__lte=on)
        .select_related("entitlement")
        .order_by("-valid_from", "id")
    )
    paid: dict[int, Payment] = {}
    # The state is looked at here: SQLite would otherwise go through everything that was ever paid.
    payments = Payment.objects.filter(
        entitlement_id__in={row.entitlement_id for row in rows}, paid_on__gt=on - _YEAR, paid_on__lte=on
    )
    for payment in payments.order_by("paid_on", "id"):
        if payment.state == PaymentState.PAID:
            paid[payment.entitlement_id] = payment
    shares: dict[int, list[Share]] = defaultdict(list)
    for row in rows:
        shares[row.person_id].append(Share(row, paid.get(row.entitlement_id)))
    return shares


def _memberships(actor: Actor, on: date) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        within(actor, "household__area"),
        superseded_at__isnull=True,
        valid_from__lte=on,
    ).select_related("household")
