"""Deaths among those who hold a benefit: each lays a task at once, to end what was held or to take the dead out of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from anmin.base.clock import SHANGHAI
from anmin.base.periods import Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.people.deaths import DEAD
from anmin.ground.people.models import Fact
from anmin.ground.schedules.actions import lay_tasks
from anmin.ground.schedules.declarations import SCHEDULES, Due, Schedule

_SOME = 2000


def death_schedule(benefit: str, label: str, *, basis: str) -> Schedule:
    """The schedule of a benefit's deaths, under `<benefit>.deaths`: settled by the end of the month in which each was told."""

    def due(on: date) -> Iterator[Due]:
        """The running entitlements that still cover somebody who has died; two questions."""
        shares = EntitlementMember.objects.filter(
            benefit=benefit, valid_until__isnull=True, entitlement__valid_until__isnull=True, person__died_on__lte=on
        )
        told = _told_on(shares.values_list("person_id", flat=True))
        found: dict[tuple[int, date], tuple[str, int, list[str]]] = {}
        rows = shares.order_by("id").values_list(
            "entitlement_id", "entitlement__number", "entitlement__area_id", "person_id", "person__name", "person__died_on"
        )
        for entitlement_id, number, area_id, person_id, name, died_on in rows.iterator(chunk_size=_SOME):
            assert died_on is not None  # asked for above
            by = Month.from_date(told.get(person_id, died_on)).last_day
            found.setdefault((entitlement_id, by), (number, area_id, []))[2].append(f"{name}于{died_on}去世")
        for (entitlement_id, by), (number, area_id, dead) in found.items():
            yield Due(entitlement_id, f"{label}死亡处理：{'、'.join(dead)}（{number}）", area_id, by)

    return Schedule(
        name=f"{benefit}.deaths",
        label=f"{label}死亡处理",
        basis=basis,
        subject_kind="entitlements.entitlement",
        due=due,
        is_kept=_settled,
    )


def lay_for(person_ids: Sequence[int], on: date) -> None:
    """Somebody's death was told: what they held, and has such a schedule, is laid anew at once."""
    benefits: set[str] = set()
    for start in range(0, len(person_ids), _SOME):
        shares = EntitlementMember.objects.filter(person_id__in=person_ids[start : start + _SOME], valid_until__isnull=True)
        benefits |= set(shares.order_by().values_list("benefit", flat=True).distinct())
    for benefit in sorted(benefits):
        if f"{benefit}.deaths" in SCHEDULES:
            lay_tasks(schedule=f"{benefit}.deaths", actor=SYSTEM, on=on)


def _told_on(person_ids: Any) -> dict[int, date]:
    """When each death became known; `person_ids` is a list of them, or the question that finds them."""
    facts = Fact.objects.filter(kind=DEAD, superseded_at__isnull=True, person_id__in=person_ids)
    return {person_id: at.astimezone(SHANGHAI).date() for person_id, at in facts.values_list("person_id", "recorded_at")}


def _settled(entitlement_ids: list[int]) -> Mapping[int, bool]:
    """Ended or without the dead: either way the task was done."""
    return dict.fromkeys(entitlement_ids, True)
