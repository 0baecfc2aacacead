"""The rhythm of birthdays: who reaches the age is told a month ahead, and put on a list for a decision in the month itself."""

from collections.abc import Iterator, Mapping
from datetime import date

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.entitlements.actions import Proposed, propose_group
from anmin.ground.entitlements.death_schedules import death_schedule
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.entitlements.vocabulary import GroupKind
from anmin.ground.schedules.declarations import Due, Schedule
from anmin.lines.eldercare.allowance.discovery import without_allowance
from anmin.lines.eldercare.allowance.vocabulary import BASIS, BENEFIT, FULL, LABEL


def due_birthdays(on: date) -> Iterator[Due]:
    """The elders without the allowance who have reached the age or will by the end of next month."""
    for found in without_allowance(on, Month.from_date(on) + 1):
        yield Due(
            found.person_id, f"{FULL}：{found.name}已到或将到发放年龄，尚未享受", found.area_id, _settled_by(found.first, on)
        )


def _settled_by(first: date, on: date) -> date:
    """The last day of the first month due, or of this month for those who were late already."""
    return max(Month.from_date(first), Month.from_date(on)).last_day


def granted(person_ids: list[int]) -> Mapping[int, bool]:
    """Who holds the allowance now was served; the others died, moved or are on a list."""
    held: set[int] = set()
    for start in range(0, len(person_ids), 2_000):
        some = EntitlementMember.objects.filter(person_id__in=person_ids[start : start + 2_000], benefit=BENEFIT)
        held |= set(some.values_list("person_id", flat=True))
    return {person_id: person_id in held for person_id in person_ids}


def propose_elders(person_ids: list[int], actor: Actor, on: date) -> int:
    """Those of them who have reached the age and are on no list yet are on one, which somebody must decide."""
    wanted = set(person_ids)
    lines = [
        Proposed(found.person_id, found.household_id, found.person_id, found.area_id, found.first)
        for found in without_allowance(on, Month.from_date(on))
        if found.person_id in wanted
    ]
    if not lines:
        return 0
    propose_group(
        benefit=BENEFIT,
        kind=GroupKind.GRANT,
        title=f"{Month.from_date(on).label}到龄老人{FULL}",
        basis=BASIS,
        area=Area.objects.get(parent__isnull=True),
        lines=lines,
        actor=actor,
        on=on,
    )
    return len(lines)


BIRTHDAYS = Schedule(
    name="eldercare.allowance.birthdays",
    label="到龄老人主动发现",
    basis=BASIS,
    subject_kind="people.person",
    due=due_birthdays,
    is_kept=granted,
    start=propose_elders,
)

SCHEDULES = (BIRTHDAYS, death_schedule(BENEFIT, LABEL, basis=BASIS))
