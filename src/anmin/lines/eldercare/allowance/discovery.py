"""Who has reached the age and holds nothing: found by the register, without anybody having to apply."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from anmin.base.periods import Month
from anmin.ground.entitlements.models import EntitlementMember, GroupLine
from anmin.ground.entitlements.vocabulary import GroupState
from anmin.ground.people.models import Fact, HouseholdMember
from anmin.ground.policy.book import policy
from anmin.lines.eldercare.allowance.vocabulary import BENEFIT

ARREARS = f"{BENEFIT}.casework.arrears_months"


@dataclass(frozen=True)
class Found:
    """An elder who holds nothing, where they live, and from which month they are due."""

    person_id: int
    name: str
    household_id: int
    area_id: int
    first: date


def without_allowance(on: date, until: Month) -> Iterator[Found]:
    """The elders who reach the first band by the end of a month, live here and hold nothing; one question.

    Due from the month of the birthday, not before the first whole month here, and not further back than arrears are paid.
    Who is on a list that waits for its decision is not found a second time.
    """
    age = _first_age(on)
    earliest = Month.from_date(on) + -policy().number(ARREARS, on=on)
    born_by = date(until.year - age, until.month, 28)
    seen: set[int] = set()
    rows = _candidates(on, born_by).values_list(
        "person_id", "person__name", "person__birth_on", "household_id", "household__area_id", "valid_from"
    )
    for person_id, name, birth_on, household_id, area_id, lives_since in rows.iterator(chunk_size=2_000):
        reached = Month(birth_on.year + age, birth_on.month)
        if person_id in seen or reached > until:
            continue
        seen.add(person_id)
        yield Found(person_id, name, household_id, area_id, max(reached, earliest, _here_from(lives_since)).first_day)


def _here_from(lives_since: date) -> Month:
    """The first month that is ours: the month of a move is paid where somebody came from."""
    month = Month.from_date(lives_since)
    return month if lives_since.day == 1 else month + 1


def _first_age(on: date) -> int:
    ages = policy().entry(f"{BENEFIT}.ages", on=on).value
    assert isinstance(ages, dict)  # a table of bands
    return int(ages["first"])


def _candidates(on: date, born_by: date) -> QuerySet[HouseholdMember]:
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    held = EntitlementMember.objects.filter(running, benefit=BENEFIT, person=OuterRef("person"))
    waiting = GroupLine.objects.filter(
        group__benefit=BENEFIT, group__state=GroupState.PROPOSED, left_out="", person=OuterRef("person")
    )
    told = Fact.objects.filter(running, superseded_at__isnull=True, valid_from__lte=on, person=OuterRef("person"))
    away = told.filter(Q(kind="hukou.local", amount=0) | Q(kind="status.missing", amount=1))
    return (
        HouseholdMember.objects.filter(
            running,
            superseded_at__isnull=True,
            valid_from__lte=on,
            person__died_on__isnull=True,
            # The end of the month is sorted out by month and year; the 31st would be no date in some of them.
            person__birth_on__lt=date(born_by.year + born_by.month // 12, born_by.month % 12 + 1, 1),
        )
        .exclude(Exists(held))
        .exclude(Exists(waiting))
        .exclude(Exists(away))
        # Somebody away may stand in two families; where they count comes first, and is taken.
        .order_by("-counted", "id")
    )
