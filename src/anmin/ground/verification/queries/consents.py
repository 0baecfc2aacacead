"""Letters of consent: who signed, what for, until when; and who of a family has yet to sign."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.people import queries as people
from anmin.ground.people.models import Household, HouseholdMember, Person, Supporter
from anmin.ground.policy.book import policy
from anmin.ground.verification.consents import withdrawn
from anmin.ground.verification.models import Consent
from anmin.ground.verification.queries.scope import sees, within
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Capacity, ConsentState

EXPIRING_DAYS = 30
"""How long before its last day a letter is shown as expiring; nothing else hangs on it."""

_CIPHERS = tuple(f"{who}__{column}" for who in ("person", "signed_by") for column in ("identity_cipher", "bank_account_cipher"))


def consents(actor: Actor, *, on: date, text: str = "", town: str = "", state: str = "") -> QuerySet[Any]:
    """The letters the actor may see, the latest first, each with its `state` on the day: of persons whom the text means, in a
    town (by path), that stand so.
    """
    rows = _letters(actor, on)
    if text.strip():
        rows = rows.filter(person_id__in=people.listed_persons(actor, text=text).values("pk"))
    if town:
        rows = rows.filter(person__area__path__startswith=town)
    return (rows.filter(state=state) if state else rows).order_by("-valid_from", "-id")


def consent(actor: Actor, consent_id: int, *, on: date) -> Any | None:
    """One letter with its `state` on the day; None for who may not see the person it is about."""
    return _letters(actor, on).filter(pk=consent_id).first()


def counts_by_state(actor: Actor, on: date) -> dict[ConsentState, int]:
    """How many letters the actor may see stand how. One query."""
    rows = Consent.objects.filter(_seen(actor)).annotate(state=_state(on)).order_by().values("state").annotate(count=Count("id"))
    found = {row["state"]: row["count"] for row in rows}
    return {state: found.get(state.value, 0) for state in ConsentState}


def area_to_act_in(actor: Actor, letter: Consent) -> Area:
    """Where the actor acts on the letter: where the person lives, or else the family they are asked about for."""
    if sees(actor, letter.person.area.path):
        return letter.person.area
    duty = Supporter.objects.filter(within(actor, "dependant__area"), obligor_id=letter.person_id)
    found = duty.select_related("dependant__area").order_by("-id").first()
    return found.dependant.area if found else letter.person.area


@dataclass(frozen=True)
class Signatory:
    """Somebody a family's verification is about: as what, whether of age on the day, and the letter that holds, if one does."""

    person: Person
    capacity: Capacity
    is_minor: bool
    letter: Consent | None
    covered: frozenset[str]
    """Ids of the sources at which the person may be asked about, by all letters in force together."""
    withdrawn_on: date | None = None
    """When the person last withdrew a letter, where none is in force since."""

    @property
    def missing(self) -> list[str]:
        """The labels of the sources at which the person may not be asked about."""
        return [source.label for name, source in SOURCES.items() if name not in self.covered]


def signatories(actor: Actor, household: Household, on: date) -> list[Signatory]:
    """The members of a household on a day, its head first, and those who owe them support, with their letters. Four queries."""
    members = list(
        HouseholdMember.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            within(actor, "household__area"),
            household=household,
            superseded_at__isnull=True,
            valid_from__lte=on,
        )
        .select_related("person__area")
        .defer("person__identity_cipher", "person__bank_account_cipher")
    )
    members.sort(key=lambda row: (row.person_id != household.head_id, row.pk))
    named: dict[int, tuple[Person, Capacity]] = {
        row.person_id: (row.person, Capacity.APPLICANT if row.person_id == household.head_id else Capacity.MEMBER)
        for row in members
    }
    duties = Supporter.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        dependant_id__in=list(named),
        superseded_at__isnull=True,
        valid_from__lte=on,
    )
    for duty in duties.select_related("obligor__area").order_by("id"):
        named.setdefault(duty.obligor_id, (duty.obligor, Capacity.SUPPORTER))
    letters: dict[int, Consent] = {}
    covered: dict[int, frozenset[str]] = {}
    for letter in Consent.objects.filter(_in_force(on), person_id__in=list(named)).order_by("valid_until", "id"):
        letters[letter.person_id] = letter
        covered[letter.person_id] = covered.get(letter.person_id, frozenset()) | frozenset(letter.sources)
    years = policy().number("verification.consents.adult_age", on=on)
    gone = {key: day for key, day in withdrawn(list(named)).items() if key not in letters and day <= on}
    return [
        Signatory(person, capacity, _is_minor(person, years, on), letters.get(key), covered.get(key, frozenset()), gone.get(key))
        for key, (person, capacity) in named.items()
    ]


def _is_minor(person: Person, years: int, on: date) -> bool:
    born = person.birth_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < years


def _seen(actor: Actor) -> Q:
    """Letters of persons the actor may see, and of those who owe such a person support, wherever they live."""
    obligors: QuerySet[Supporter, Any] = Supporter.objects.filter(within(actor, "dependant__area")).values("obligor_id")
    return within(actor, "person__area") | Q(person_id__in=obligors)


def _in_force(on: date) -> Q:
    return (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)) & Q(valid_from__lte=on, valid_until__gte=on)


def _letters(actor: Actor, on: date) -> QuerySet[Any]:
    rows = Consent.objects.filter(_seen(actor)).annotate(state=_state(on))
    return rows.select_related("person__area__parent", "signed_by", "recorded_by", "document").defer(*_CIPHERS)


def _state(on: date) -> Case:
    """Where a letter stands on a day."""
    return Case(
        When(withdrawn_on__lte=on, then=Value(ConsentState.WITHDRAWN.value)),
        When(valid_from__gt=on, then=Value(ConsentState.TO_COME.value)),
        When(valid_until__lt=on, then=Value(ConsentState.EXPIRED.value)),
        When(valid_until__lte=on + timedelta(days=EXPIRING_DAYS), then=Value(ConsentState.EXPIRING.value)),
        default=Value(ConsentState.IN_FORCE.value),
        output_field=CharField(),
    )
