"""What every action on an entitlement checks: the edges of months, who may be covered, and what the database refused."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import IntegrityError

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.entitlements.vocabulary import STOPPING, EndReason
from anmin.ground.people.models import Household, HouseholdMember, Person


@contextmanager
def said_in_chinese() -> Iterator[None]:
    """Refusals of the database become sentences; anything it refuses that has no sentence here is a fault of ours."""
    try:
        yield
    except IntegrityError as error:
        for name, sentence in _SENTENCES.items():
            if name in str(error):
                raise BadValue(sentence) from error
        raise


_SENTENCES = {
    "person_covered_once": "有家庭成员在同一时期已享受同一待遇，不能重复给予；请先查明原待遇。",
    "person_in_one_layer": "有家庭成员在同一时期已属另一类救助对象，每人只能属于一类；请先办理原类别停发。",
    "entitlement_ends_after_start": "停发日期早于开始日期，请检查。",
    "entitlement_member_ends_after_start": "成员的停发日期早于开始日期，请检查。",
    "entitlement_suspended_once": "该待遇在这一时期已经暂停，不能重复暂停。",
    "one_grace_period_at_a_time": "该家庭在这一时期已有渐退期或缓退期。",
}


def accounted_since(on: date) -> date:
    """The first month that begins on the day or after it: from then on our rolls pay a migrated entitlement."""
    first = Month.from_date(on).first_day
    return first if on == first else (Month.from_date(on) + 1).first_day


def check_members(household: Household, members: Sequence[Person], first: date) -> None:
    if not members:
        raise BadValue("请至少选择一名保障对象。")
    belonging = {
        row["person_id"]: row
        for row in HouseholdMember.objects.filter(
            # Who is registered within the first month belongs to it: some benefits are due from the month of the application.
            household=household,
            superseded_at__isnull=True,
            valid_from__lte=Month.from_date(first).last_day,
        ).values("person_id", "valid_until")
        if row["valid_until"] is None or row["valid_until"] >= first
    }
    for person in members:
        if person.died_on is not None and person.died_on < first:
            raise BadValue(f"{person.name}已于 {person.died_on} 去世，不能列为保障对象。")
        if person.pk not in belonging:
            raise BadValue(f"{person.name}在 {first} 不是{household.number}户的成员，请先登记家庭成员。")


def end_reason(reason: EndReason | str) -> EndReason:
    if reason not in STOPPING:
        raise BadValue(f"请选择停发原因，可选：{'、'.join(str(each.label) for each in STOPPING)}。")
    return EndReason(reason)


def first_day(day: date, field: str) -> date:
    if day.day != 1:
        raise BadValue(f"{field}应为某月 1 日，现在是 {day}。")
    return day


def last_day(day: date, field: str) -> date:
    if (day + timedelta(days=1)).day != 1:
        raise BadValue(f"{field}应为某月最后一天，现在是 {day}。")
    return day
