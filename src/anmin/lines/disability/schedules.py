"""The rhythm of disability cards: who gets a subsidy and whose card expires soon is told in time to renew it."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Q

from anmin.base.periods import Month
from anmin.ground.entitlements.death_schedules import death_schedule
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.people.models import Fact
from anmin.ground.policy.book import policy
from anmin.ground.schedules.declarations import Due, Schedule
from anmin.lines.disability.living.vocabulary import BASIS
from anmin.lines.disability.living.vocabulary import BENEFIT as LIVING
from anmin.lines.disability.living.vocabulary import LABEL as LIVING_LABEL
from anmin.lines.disability.nursing.vocabulary import BENEFIT as NURSING
from anmin.lines.disability.nursing.vocabulary import LABEL as NURSING_LABEL

BOTH = (LIVING, NURSING)
AHEAD = f"{LIVING}.casework.renewal_notice_months"


def _expiring(on: date) -> dict[int, date]:
    """The persons whose card expires within the months of notice, or has expired and was not renewed; one question."""
    until = (Month.from_date(on) + policy().number(AHEAD, on=on)).last_day
    ends: dict[int, date] = {}
    goes_on: set[int] = set()
    cards = Fact.objects.filter(kind="disability.grade", superseded_at__isnull=True).order_by("valid_from")
    held = EntitlementMember.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), benefit__in=BOTH)
    for person_id, last in cards.filter(person__in=held.values("person")).values_list("person_id", "valid_until"):
        if last is None or last > until:
            goes_on.add(person_id)
        else:
            ends[person_id] = last
    return {person_id: last for person_id, last in ends.items() if person_id not in goes_on}


def due_renewals(on: date) -> Iterator[Due]:
    """The cards to be renewed, one for each person, at the day they expire; two questions."""
    ends = _expiring(on)
    shares = EntitlementMember.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), benefit__in=BOTH)
    told: set[int] = set()
    rows = shares.order_by("id").values_list("person_id", "person__name", "entitlement__area_id")
    for person_id, name, area_id in rows.iterator(chunk_size=2_000):
        if person_id in ends and person_id not in told:
            told.add(person_id)
            yield Due(
                person_id, f"残疾人证到期换证：{name}（{ends[person_id]}到期，未换证的自次月起停发）", area_id, ends[person_id]
            )


def still_held(person_ids: list[int]) -> Mapping[int, bool]:
    """Who still gets a subsidy and is no longer due has a new card; the others got out."""
    held: set[int] = set()
    for start in range(0, len(person_ids), 2_000):
        some = EntitlementMember.objects.filter(person_id__in=person_ids[start : start + 2_000], benefit__in=BOTH)
        held |= set(some.filter(valid_until__isnull=True).values_list("person_id", flat=True))
    return {person_id: person_id in held for person_id in person_ids}


RENEWALS = Schedule(
    name="disability.cards.renewals",
    label="残疾人证到期换证",
    basis=BASIS,
    subject_kind="people.person",
    due=due_renewals,
    is_kept=still_held,
)

SCHEDULES = (
    RENEWALS,
    death_schedule(LIVING, LIVING_LABEL, basis=BASIS),
    death_schedule(NURSING, NURSING_LABEL, basis=BASIS),
)
