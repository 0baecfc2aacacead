"""The rhythm of differences: what a child gets besides follows our own rolls, month by month."""

from collections.abc import Iterator, Mapping
from datetime import date

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.people.models import Person
from anmin.ground.schedules.declarations import Due, Schedule
from anmin.lines.children.stipend.actions import set_other_benefits
from anmin.lines.children.stipend.differences import stale
from anmin.lines.children.stipend.vocabulary import BASIS, FULL


def due_differences(on: date) -> Iterator[Due]:
    """The children whose other benefits are recorded otherwise than our rolls show."""
    month = Month.from_date(on)
    for each in stale(month):
        said = f"{FULL}补差：{each.name}每月已享受其他待遇{format_yuan(each.amount)}元，记录待更新"
        yield Due(each.person_id, said, each.area_id, month.last_day)


def up_to_date(person_ids: list[int]) -> Mapping[int, bool]:
    """What is not due any more was written down, or is not deducted any more."""
    return dict.fromkeys(person_ids, True)


def write_differences(person_ids: list[int], actor: Actor, on: date) -> int:
    """Each of these children has on record what our rolls show, from this month on; the stipend's next roll follows it."""
    month = Month.from_date(on)
    wanted = {each.person_id: each.amount for each in stale(month) if each.person_id in set(person_ids)}
    for person in Person.objects.filter(pk__in=wanted).select_related("area"):
        set_other_benefits(
            person=person,
            amount=wanted[person.pk],
            valid_from=month.first_day,
            source="本系统已审批名册",
            actor=actor,
            on=on,
        )
    return len(wanted)


DIFFERENCES = Schedule(
    name="children.stipend.differences",
    label="困境儿童补差核对",
    basis=BASIS,
    subject_kind="people.person",
    due=due_differences,
    is_kept=up_to_date,
    start=write_differences,
)

SCHEDULES = (DIFFERENCES,)
