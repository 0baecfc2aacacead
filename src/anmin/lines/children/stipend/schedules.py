"""The rhythms of the stipend: what a child gets besides follows our own rolls; its category is on record and right."""

from collections.abc import Iterator, Mapping
from datetime import date

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.death_schedules import death_schedule
from anmin.ground.people.models import Person
from anmin.ground.schedules.declarations import Due, Schedule
from anmin.lines.children.stipend.actions import set_category, set_other_benefits
from anmin.lines.children.stipend.categories import otherwise
from anmin.lines.children.stipend.differences import stale
from anmin.lines.children.stipend.rules import CATEGORY
from anmin.lines.children.stipend.vocabulary import BASIS, BENEFIT, FULL, LABEL


def due_differences(on: date) -> Iterator[Due]:
    """The children whose other benefits are recorded otherwise than our rolls show."""
    month = Month.from_date(on)
    for each in stale(month):
        said = f"{FULL}补差：{each.name}每月已享受其他待遇{format_yuan(each.amount)}元，记录待更新"
        yield Due(each.person_id, said, each.area_id, month.last_day)


def due_categories(on: date) -> Iterator[Due]:
    """The children with the stipend whose category is not on record, or recorded otherwise than the rules find."""
    month = Month.from_date(on)
    for each in otherwise(month):
        recorded = f"登记为{CATEGORY[each.recorded].label}" if each.recorded else "没有登记"
        said = f"{FULL}类别：{each.name}按现有情况属于{CATEGORY[each.found].label}，{recorded}"
        yield Due(each.person_id, said, each.area_id, month.last_day)


def write_categories(person_ids: list[int], actor: Actor, on: date) -> int:
    """Each of these children that had no category has the one the rules find; a recorded one is left for somebody to look at."""
    blank = {each.person_id: each for each in otherwise(Month.from_date(on)) if not each.recorded}
    wanted = [blank[person_id] for person_id in person_ids if person_id in blank]
    persons = Person.objects.select_related("area").in_bulk([each.person_id for each in wanted])
    for each in wanted:
        set_category(
            person=persons[each.person_id],
            category=each.found,
            valid_from=each.since,
            source="按登记情况认定",
            actor=actor,
            on=on,
        )
    return len(wanted)


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

CATEGORIES = Schedule(
    name="children.stipend.categories",
    label="困境儿童类别核对",
    basis=BASIS,
    subject_kind="people.person",
    due=due_categories,
    is_kept=up_to_date,
    start=write_categories,
)

SCHEDULES = (CATEGORIES, DIFFERENCES, death_schedule(BENEFIT, LABEL, basis=BASIS))
