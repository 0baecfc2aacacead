"""What ends with a life, for one death or for a month's list from the crematorium."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter
from anmin.ground.people.timeline import Change, Spell, end
from anmin.ground.people.writing import (
    Writing,
    carry_out_together,
    chunks,
    copy_of,
    pieces,
    spell_of_fact,
    spell_of_member,
    spell_of_supporter,
)

DEAD = "status.dead"

Listener = Callable[[Sequence[int], date], None]

LISTENERS: list[Listener] = []
"""Who is told, in the same transaction, that these persons died, or did not; filled by the assembly."""


def when_told(listener: Listener) -> None:
    """The listener hears of every death, and of each withdrawn; telling the same one again changes nothing."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


@dataclass(frozen=True)
class Death:
    """A death as it was told: who, when, by whom."""

    person: Person
    died_on: date
    source: str
    batch_id: int | None = None

    def problem(self, on: date) -> str | None:
        """Why this cannot be, or None."""
        if self.died_on > on:
            return f"死亡日期 {self.died_on} 晚于 {on}，请检查。"
        if self.died_on < self.person.birth_on:
            return f"死亡日期 {self.died_on} 早于出生日期，请检查。"
        if self.person.died_on is not None and self.person.died_on != self.died_on:
            return f"已记录死亡日期为 {self.person.died_on}，与此不一致，请核实；原登记有误的，由科室撤销后重新登记。"
        return None


def bury(deaths: Sequence[Death], *, on: date) -> int:
    """The deaths not yet known are recorded, and what ended with them has ended; how many were new is returned."""
    new = {death.person.pk: death for death in deaths if death.person.died_on is None}
    for death in new.values():
        death.person.died_on = death.died_on
    Person.objects.bulk_update([death.person for death in new.values()], ["died_on"], batch_size=500)
    facts, memberships, duties = Writing(Fact, [], []), Writing(HouseholdMember, [], []), Writing(Supporter, [], [])
    for ids in chunks(sorted(new)):
        for fact in Fact.objects.filter(person_id__in=ids, superseded_at__isnull=True, valid_until__isnull=True):
            # What was true until further notice was true until death; what had an end is left as it was told.
            _end(facts, fact, end(spell_of_fact(fact), new[fact.person_id].died_on))
        for member in HouseholdMember.objects.filter(person_id__in=ids, superseded_at__isnull=True):
            _end(memberships, member, end(spell_of_member(member), new[member.person_id].died_on))
        bound = Supporter.objects.filter(Q(dependant_id__in=ids) | Q(obligor_id__in=ids), superseded_at__isnull=True)
        for duty in bound:
            if duty.pk not in {row.pk for row in duties.supersede}:
                last = min(new[each].died_on for each in (duty.dependant_id, duty.obligor_id) if each in new)
                _end(duties, duty, end(spell_of_supporter(duty), last))
    for death in new.values():
        facts.write.append(
            Fact(
                person=death.person,
                kind=DEAD,
                amount=1,
                valid_from=death.died_on,
                source=death.source,
                batch_id=death.batch_id,
            )
        )
    # By the one instant `revive` knows what ended with this death.
    carry_out_together((facts, memberships, duties), on)
    _close_empty_households({row.household_id for row in memberships.supersede}, new)
    for listener in LISTENERS if new else ():
        listener(sorted(new), on)
    return len(new)


def revive(person: Person, *, on: date) -> None:
    """The person did not die: what ended with the death goes on as it was told before, and empty homes are open again.

    What somebody has changed since stays as they left it.
    """
    told = Fact.objects.get(person=person, kind=DEAD, superseded_at__isnull=True)
    person.died_on = None
    person.save(update_fields=["died_on"])
    facts = Writing(Fact, [told], [])
    memberships, duties = Writing(HouseholdMember, [], []), Writing(Supporter, [], [])
    bound = Q(dependant=person) | Q(obligor=person)
    for writing, whose in ((facts, Q(person=person)), (memberships, Q(person=person)), (duties, bound)):
        _go_on(writing, whose, told)
    carry_out_together((facts, memberships, duties), on)
    _open_homes([row.household_id for row in memberships.write if row.valid_until is None], told.valid_from)
    for listener in LISTENERS:
        listener([person.pk], on)


def _go_on(writing: Writing, whose: Q, told: Fact) -> None:
    """The rows that the death cut short are whole again, and those it removed are there again."""
    learned, died_on = told.recorded_at, told.valid_from
    now = writing.model.objects.filter(whose, superseded_at__isnull=True).exclude(pk=told.pk)
    cut = {_key(row): row for row in now.filter(recorded_at=learned, valid_until__isnull=False)}
    taken: set[Any] = set()
    # The last that was known comes first: on a clock that stands still others may have been replaced at the same instant.
    for old in writing.model.objects.filter(whose, superseded_at=learned).order_by("-pk"):
        if old.valid_until is not None and old.valid_until <= died_on:
            continue
        key = _key(old)
        if key in taken:
            continue
        if key in cut:
            writing.supersede.append(cut[key])
        elif old.valid_from <= died_on:
            continue  # its first part is no longer as the death left it
        taken.add(key)
        writing.write.append(copy_of(old, Spell(old.valid_from, _until(old), None)))


def _until(old: Fact | HouseholdMember | Supporter) -> date | None:
    """The end that was told, or the death of the other party to a duty."""
    deaths = (old.dependant.died_on, old.obligor.died_on) if isinstance(old, Supporter) else ()
    return min((day for day in (old.valid_until, *deaths) if day is not None), default=None)


def _key(row: Fact | HouseholdMember | Supporter) -> tuple[Any, ...]:
    """What a row is about, and since when."""
    if isinstance(row, Fact):
        return (row.kind, row.valid_from)
    if isinstance(row, HouseholdMember):
        return (row.household_id, row.valid_from)
    return (row.dependant_id, row.obligor_id, row.valid_from)


def _end(writing: Writing, row: Fact | HouseholdMember | Supporter, change: Change) -> None:
    if not change.is_nothing:
        writing.supersede.append(row)
        writing.write.extend(pieces(row, change))


def _close_empty_households(ids: set[int], deaths: dict[int, Death]) -> None:
    # One update a day of death at most, never one a household.
    last: dict[date, list[int]] = {}
    members: dict[int, list[tuple[int, date | None]]] = {}
    for some in chunks(sorted(ids)):
        rows = HouseholdMember.objects.filter(household_id__in=some, superseded_at__isnull=True)
        for household_id, person_id, valid_until in rows.values_list("household_id", "person_id", "valid_until"):
            members.setdefault(household_id, []).append((person_id, valid_until))
    for household_id, rows_of_it in members.items():
        ends = [until for _, until in rows_of_it]
        known = [until for until in ends if until is not None]
        if len(known) == len(ends):
            last.setdefault(max(known), []).append(household_id)
    for day, empty in last.items():
        for some in chunks(empty):
            Household.objects.filter(pk__in=some, closed_on__isnull=True).update(closed_on=day)


def _open_homes(ids: list[int], died_on: date) -> None:
    """Households that were closed when the last of their members was gone, of whom one lives, are open again."""
    for household in Household.objects.filter(pk__in=ids, closed_on__isnull=False):
        members = HouseholdMember.objects.filter(household=household, superseded_at__isnull=True)
        if household.closed_on in {died_on, *members.values_list("valid_until", flat=True)}:
            household.closed_on = None
            household.save(update_fields=["closed_on"])
