"""How rows with two times are written, for one row or ten thousand; and what the database's refusals mean.

Facts, memberships and duties of support are three tables with the same four time columns. Here the
rows of each become spells and back.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias

from django.db import IntegrityError, connection

from anmin.base import clock
from anmin.base.errors import BadValue
from anmin.ground.people.models import Fact, HouseholdMember, Supporter
from anmin.ground.people.timeline import Change, Spell

TimedRow: TypeAlias = Fact | HouseholdMember | Supporter

_AT_ONCE = 2_000


def spell_of_fact(row: Fact) -> Spell:
    return Spell(row.valid_from, row.valid_until, row.code if row.amount is None else row.amount, row.pk)


def spell_of_member(row: HouseholdMember) -> Spell:
    return Spell(row.valid_from, row.valid_until, (row.relation, row.same_hukou, row.counted, row.absence), row.pk)


def spell_of_supporter(row: Supporter) -> Spell:
    means = (
        row.duty,
        row.household_income,
        row.household_size,
        row.dependants,
        row.court_amount,
        row.actual_amount,
        row.exempt,
        row.incapacity,
    )
    return Spell(row.valid_from, row.valid_until, means, row.pk)


def pieces(row: Any, change: Change) -> list[Any]:
    """The rows to write for a change to this row's person: each piece is a copy of the row with another period."""
    return [copy_of(row, spell) for spell in change.write if spell.id == row.pk]


def copy_of(row: Any, spell: Spell) -> Any:
    """An unsaved row that says the same for another period."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"id", "valid_from", "valid_until", "recorded_at", "superseded_at"}
    }
    return type(row)(**values, valid_from=spell.valid_from, valid_until=spell.valid_until)


@dataclass
class Writing:
    """Rows of one table to supersede and to write, together and at one instant."""

    model: type[Any]
    supersede: list[Any]
    write: list[Any]

    def instant(self, on: date) -> datetime:
        """When this is learned.

        A demonstration's clock may stand still or start anew: what replaces a row is never known before the row.
        """
        known: list[datetime] = [row.recorded_at for row in self.supersede]
        return max([clock.instant(on), *known])

    def carry_out(self, on: date, at: datetime | None = None) -> datetime:
        """They are superseded and written; the instant at which this was learned is returned."""
        at = at or self.instant(on)
        ids = [row.pk for row in self.supersede]
        for start in range(0, len(ids), _AT_ONCE):
            self.model.objects.filter(pk__in=ids[start : start + _AT_ONCE]).update(superseded_at=at)
        for row in self.write:
            row.recorded_at = at
        self.model.objects.bulk_create(self.write, batch_size=_AT_ONCE)
        return at


def carry_out_together(writings: Sequence[Writing], on: date) -> None:
    """Rows of several tables are superseded and written at one instant, as what was learned at once."""
    at = max(writing.instant(on) for writing in writings)
    for writing in writings:
        writing.carry_out(on, at)


def write_facts(told: Iterable[tuple[int, str, Spell, str]], *, recorded_at: datetime, batch_id: int | None) -> None:
    """Many new facts are in the table: person, kind, spell and source of each.

    A file brings 90,000 of them; making a model of each costs ten times what the database needs to write and check it.
    """
    at = connection.ops.adapt_datetimefield_value(recorded_at)
    day = cache(connection.ops.adapt_datefield_value)
    rows = [
        (
            person_id,
            kind,
            None if isinstance(spell.value, str) else int(spell.value),
            spell.value if isinstance(spell.value, str) else None,
            day(spell.valid_from),
            day(spell.valid_until),
            at,
            source,
            batch_id,
        )
        for person_id, kind, spell, source in told
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO people_fact (person_id, kind, amount, code, valid_from, valid_until, recorded_at, source, batch_id) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The keys in handfuls that fit into one query."""
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


MEANINGS: dict[str, str] = {
    "person_counted_in_one_household": "该人员同一时期已在另一户计入共同生活成员，请先在原户结束。",
    "household_member_no_overlap": "该人员在本户的起止日期与已有记录重叠，请检查日期。",
    "household_member_ends_after_start": "截止日期早于起始日期，请检查后重新填写。",
    "supporter_no_overlap": "该义务人的起止日期与已有记录重叠，请检查日期。",
    "supporter_is_another_person": "义务人不能是被赡养、抚养、扶养人自己。",
    "supporter_has_a_dependant": "被赡养、抚养、扶养人数至少为 1。",
    "fact_no_overlap": "同一时期已有记录，如要改正请使用更正。",
    "fact_has_one_value": "内容没有填写。",
    "fact_is_not_negative": "数值不能为负。",
    "fact_ends_after_start": "截止日期早于起始日期，请检查后重新填写。",
    "person_dies_after_birth": "死亡日期早于出生日期，请检查。",
    "identity_index": "该身份证号已经登记过。",
    "people_household.number": "该户编号已经使用。",
    "people_household_number": "该户编号已经使用。",
}


@contextmanager
def told_in_chinese() -> Iterator[None]:
    """What a constraint refuses, because somebody else wrote in the same moment, is told by its sentence."""
    try:
        yield
    except IntegrityError as error:
        said = str(error)
        for name, sentence in MEANINGS.items():
            if name in said:
                raise BadValue(sentence) from error
        raise
