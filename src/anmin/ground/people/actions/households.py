"""Households are opened, and people join and leave them; so are the duties of those who live elsewhere."""

from datetime import date
from typing import TypeVar

from anmin.base.errors import BadValue, Refused
from anmin.base.money import format_yuan
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.people.households import refuse_member, refuse_supporter
from anmin.ground.people.models import Household, HouseholdMember, Person, Supporter
from anmin.ground.people.permissions import (
    may_add_supporter,
    may_change_household,
    may_change_supporter,
    may_end_membership,
    may_open_household,
)
from anmin.ground.people.timeline import Change, Overlap, Spell, correct, end, record, shown
from anmin.ground.people.vocabulary import AbsenceReason, DutyOfSupport, HukouKind, Incapacity, Relation
from anmin.ground.people.writing import Writing, copy_of, pieces, spell_of_member, spell_of_supporter, told_in_chinese

T = TypeVar("T", HouseholdMember, Supporter)

ELSEWHERE = "该人员由其他镇（街道）登记，请由科室办理入户，或先由其所在镇（街道）办理迁移。"


@action("household.opened", permission=may_open_household)
def open_household(
    *,
    head: Person,
    area: Area,
    hukou_kind: HukouKind | str,
    opened_on: date,
    address: str = "",
    number: str = "",
    actor: Actor,
    on: date,
) -> Household:
    """The household exists, and its head is its first member, counted, from the day it was opened.

    Basis: 《最低生活保障审核确认办法》（民发〔2021〕57号）第四条. Without a number the next free one of the village is taken.
    Refuses a number in use, a day in the future, a head whom the actor may not see, who is dead or counted in another household.
    """
    if not actor.sees(head.area.path):
        raise Refused(ELSEWHERE)
    if opened_on > on:
        raise BadValue(f"立户日期 {opened_on} 晚于 {on}，请检查。")
    if number and Household.objects.filter(number=number).exists():
        raise BadValue(f"户编号“{number}”已经使用。")
    household = Household(
        number=number or _next_number(area),
        head=head,
        area=area,
        address=address,
        hukou_kind=hukou_kind,
        opened_on=opened_on,
    )
    member = _checked_member(household, head, Relation.HEAD, True, True, "", opened_on, None)
    with told_in_chinese():
        household.save(force_insert=True)
        member.household = household
        Writing(HouseholdMember, [], [member]).carry_out(on)
    remark(f"登记家庭 {household.number}，户主 {head.name}")
    return household


@action("household.member_added", permission=may_change_household)
def add_member(
    *,
    household: Household,
    person: Person,
    relation: Relation | str,
    same_hukou: bool = True,
    counted: bool = True,
    absence: AbsenceReason | str = "",
    valid_from: date,
    valid_until: date | None = None,
    actor: Actor,
    on: date,
) -> HouseholdMember:
    """The person is in the household from that day, counted as living together or not, and why.

    Basis: 《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）. For somebody already in it, what changed holds from that day.
    Refuses a person whom the actor may not see, one counted in another household in the same days, one who died before, a
    missing or needless reason of absence, an end before the beginning, and days that contradict what is recorded.
    """
    # What is known of a member is read with the household: a number alone must not open the file of another town.
    if not actor.sees(person.area.path):
        raise Refused(ELSEWHERE)
    new = _checked_member(household, person, relation, same_hukou, counted, absence, valid_from, valid_until)
    current = list(
        HouseholdMember.objects.filter(household=household, person=person, superseded_at__isnull=True).order_by("valid_from")
    )
    try:
        change = record([spell_of_member(row) for row in current], spell_of_member(new))
    except Overlap as overlap:
        raise BadValue(f"{person.name} 在本户 {shown(overlap.kept)} 已有记录，与新填写的期间重叠，请检查日期。") from None
    remark(f"{person.name} 自 {valid_from} 起为家庭 {household.number} 成员（{Relation(relation).label}）", person=person.pk)
    return _carried_out(current, change, new, on)


@action("household.member_left", permission=may_end_membership)
def end_membership(*, member: HouseholdMember, valid_until: date, reason: str = "", actor: Actor, on: date) -> HouseholdMember:
    """The person was in the household until that day, which is the last one.

    Refuses a membership that was superseded, and an end before its beginning or after its end.
    """
    change = _ending(member, valid_until)
    remark(f"{member.person.name} 自 {valid_until} 后不再为家庭 {member.household.number} 成员{f'：{reason}' if reason else ''}")
    return _ended(member, change, on)


@action("supporter.added", permission=may_add_supporter)
def add_supporter(
    *,
    dependant: Person,
    obligor: Person,
    duty: DutyOfSupport | str,
    household_income: int | None = None,
    household_size: int | None = None,
    dependants: int = 1,
    court_amount: int | None = None,
    actual_amount: int | None = None,
    exempt: bool = False,
    incapacity: Incapacity | str = "",
    valid_from: date,
    valid_until: date | None = None,
    actor: Actor,
    on: date,
) -> Supporter:
    """It is known who owes the person support from that day, and with what means; None is not known.

    Basis: 《民法典》 第一千零六十七条至第一千零七十五条. For somebody already known, what changed holds from that day.
    Refuses the person themself, anybody dead by then, negative amounts, a household or a number of dependants of none,
    an end before the beginning, days that contradict what is recorded.
    """
    new = Supporter(
        dependant=dependant,
        obligor=obligor,
        duty=duty,
        household_income=household_income,
        household_size=household_size,
        dependants=dependants,
        court_amount=court_amount,
        actual_amount=actual_amount,
        exempt=exempt,
        incapacity=incapacity,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    refuse_supporter(new)
    current = list(
        Supporter.objects.filter(dependant=dependant, obligor=obligor, superseded_at__isnull=True).order_by("valid_from")
    )
    try:
        change = record([spell_of_supporter(row) for row in current], spell_of_supporter(new))
    except Overlap as overlap:
        raise BadValue(f"义务人 {obligor.name} {shown(overlap.kept)} 已有记录，与新填写的期间重叠，请检查日期。") from None
    remark(f"{obligor.name} 为 {dependant.name} 的{DutyOfSupport(duty).label}义务人，自 {valid_from} 起", obligor=obligor.pk)
    return _carried_out(current, change, new, on)


@action("supporter.corrected", permission=may_change_supporter)
def correct_supporter_income(
    *, supporter: Supporter, household_income: int | None, valid_from: date, source: str, actor: Actor, on: date
) -> Supporter:
    """From that day of the duty on, the supporter's household is known to earn so much a month; before it, what was known stays.

    None: it is not known. What was paid on the old income is settled by the next roll as back-pay or recovery.
    Refuses a negative income, a day outside the duty's days, and a duty that was already corrected.
    """
    if supporter.superseded_at is not None:
        raise BadValue("这条记录已被更正过，请刷新后处理最新的一条。")
    if valid_from < supporter.valid_from or (supporter.valid_until is not None and valid_from > supporter.valid_until):
        raise BadValue(f"{valid_from} 不在该义务关系的起止日期之内（{shown(spell_of_supporter(supporter))}），请检查日期。")
    new: Supporter = copy_of(supporter, Spell(valid_from, supporter.valid_until, None))
    new.household_income = household_income
    refuse_supporter(new)
    change = correct([spell_of_supporter(supporter)], spell_of_supporter(new))
    known = [f"{format_yuan(fen)}元" if fen is not None else "未登记" for fen in (supporter.household_income, household_income)]
    remark(
        f"{supporter.dependant.name} 的义务人 {supporter.obligor.name} 家庭月收入由{known[0]}更正为{known[1]}，"
        f"{shown(spell_of_supporter(new))}（来源：{source}）",
        corrected=supporter.pk,
    )
    return _carried_out([supporter], change, new, on)


@action("supporter.ended", permission=may_change_supporter)
def end_supporter(*, supporter: Supporter, valid_until: date, reason: str = "", actor: Actor, on: date) -> Supporter:
    """The duty lasted until that day. Refuses one that was superseded, and an end outside its days."""
    change = _ending(supporter, valid_until)
    remark(f"{supporter.obligor.name} 对 {supporter.dependant.name} 的义务于 {valid_until} 终止{f'：{reason}' if reason else ''}")
    return _ended(supporter, change, on)


def _checked_member(
    household: Household,
    person: Person,
    relation: Relation | str,
    same_hukou: bool,
    counted: bool,
    absence: AbsenceReason | str,
    valid_from: date,
    valid_until: date | None,
) -> HouseholdMember:
    refuse_member(person, counted, absence, valid_from, valid_until)
    if counted:
        elsewhere = HouseholdMember.objects.filter(person=person, counted=True, superseded_at__isnull=True).select_related(
            "household"
        )
        new = Spell(valid_from, valid_until, None)
        for row in elsewhere.exclude(household_id=household.pk):
            if spell_of_member(row).overlaps(new):
                days = shown(spell_of_member(row))
                raise BadValue(f"{person.name} {days} 已在户 {row.household.number} 计入共同生活成员，请先在该户结束。")
    return HouseholdMember(
        household=household,
        person=person,
        relation=relation,
        same_hukou=same_hukou,
        counted=counted,
        absence=absence,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def _next_number(area: Area) -> str:
    prefix = f"H{area.code}-"
    given = Household.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    # A number typed by hand may begin alike and go on with anything.
    taken = [int(rest) for number in given if (rest := number.removeprefix(prefix)).isdecimal()]
    return f"{prefix}{max(taken, default=0) + 1:05d}"


def _ending(row: HouseholdMember | Supporter, last_day: date) -> Change:
    spell = Spell(row.valid_from, row.valid_until, None, row.pk)
    if row.superseded_at is not None:
        raise BadValue("这条记录已被更正过，请刷新后处理最新的一条。")
    if last_day < row.valid_from:
        raise BadValue(f"截止日期 {last_day} 早于起始日期 {row.valid_from}，请检查后重新填写。")
    change = end(spell, last_day)
    if change.is_nothing:
        raise BadValue(f"该记录已于 {row.valid_until} 结束，不能再延后。")
    return change


def _ended(row: T, change: Change, on: date) -> T:
    written: list[T] = pieces(row, change)
    with told_in_chinese():
        Writing(type(row), [row], written).carry_out(on)
    return written[0]


def _carried_out(current: list[T], change: Change, new: T, on: date) -> T:
    if change.is_nothing:
        return next(row for row in current if row.valid_from <= new.valid_from <= (row.valid_until or date.max))
    gone = {spell.id for spell in change.supersede}
    superseded = [row for row in current if row.pk in gone]
    rest: list[T] = [piece for row in superseded for piece in pieces(row, change)]
    # What is new may reach further than asked for, where it continues an equal spell.
    spell = next(spell for spell in change.write if spell.id is None or spell.id not in gone)
    new.valid_from, new.valid_until = spell.valid_from, spell.valid_until
    with told_in_chinese():
        Writing(type(new), superseded, [*rest, new]).carry_out(on)
    return new
