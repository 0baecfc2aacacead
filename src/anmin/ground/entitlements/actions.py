"""Entitlements begin, change and end; each by a decision, at the edge of a month."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod, Suspension
from anmin.ground.entitlements.numbering import next_numbers
from anmin.ground.entitlements.permissions import (
    may_change_entitlement,
    may_change_grace,
    may_change_payee,
    may_migrate_entitlements,
    may_resume_entitlement,
    may_start_entitlement,
)
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, GraceKind, StartReason
from anmin.ground.imports.models import ImportBatch
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
    "entitlement_ends_after_start": "停发日期早于开始日期，请检查。",
    "entitlement_member_ends_after_start": "成员的停发日期早于开始日期，请检查。",
    "entitlement_suspended_once": "该待遇在这一时期已经暂停，不能重复暂停。",
    "one_grace_period_at_a_time": "该家庭在这一时期已有渐退期或缓退期。",
}


@action("entitlement.started", permission=may_start_entitlement)
def start_entitlement(
    *,
    benefit: str,
    household: Household,
    holder: Person,
    payee: Person,
    route: str,
    members: Sequence[Person],
    case: Case | None,
    review_class: str,
    review_due_on: date | None,
    valid_from: date,
    start_reason: StartReason | str,
    migrated: bool = False,
    accounted_from: date | None = None,
    actor: Actor,
    on: date,
) -> Entitlement:
    """The household holds the benefit from the first day of a month on, and the members are covered by it.

    A migrated one was paid elsewhere before; the rolls reckon from `accounted_from`, by default the next month to begin.
    Basis: the decision of the case; for dibao 民发〔2021〕57号 (paid from the month after the decision).
    Refuses: an unknown benefit or route, a start within a month, no member, a member who is not of the household or died before,
    a person who is already covered by the benefit.
    """
    declared = BENEFITS[benefit]
    if route not in declared.routes:
        raise BadValue(f"“{route}”不是{declared.label}的保障方式，可选：{'、'.join(declared.routes.values())}。")
    first = _first_day(valid_from, "开始日期")
    _check_members(household, members, first)
    if payee.died_on is not None:
        raise BadValue(f"领款人{payee.name}已去世，请另行指定领款人。")
    entitlement = Entitlement(
        number=next_numbers(declared, on, 1)[0],
        benefit=benefit,
        household=household,
        holder=holder,
        payee=payee,
        area_id=household.area_id,
        route=route,
        case=case,
        migrated=migrated,
        start_reason=StartReason(start_reason),
        review_class=review_class,
        review_due_on=review_due_on,
        decided_on=on,
        valid_from=first,
        accounted_from=accounted_from or (max(first, accounted_since(on)) if migrated else first),
    )
    with said_in_chinese():
        entitlement.save(force_insert=True)
        EntitlementMember.objects.bulk_create(
            EntitlementMember(
                entitlement=entitlement,
                person=person,
                benefit=benefit,
                start_reason=entitlement.start_reason,
                valid_from=first,
            )
            for person in members
        )
    remark(
        f"{declared.label}：{entitlement.number} 自{Month.from_date(first).label}起给予{household.number}户，{len(members)}人",
        case=case.number if case else None,
        route=route,
        members=[person.pk for person in members],
    )
    return entitlement


@dataclass(frozen=True)
class Holding:
    """One line of the list of those who held a benefit when the platform began; ids of records already loaded."""

    household_id: int
    holder_id: int
    payee_id: int
    area_id: int
    route: str
    member_ids: tuple[int, ...]
    review_class: str
    review_due_on: date | None
    decided_on: date
    valid_from: date


@action("entitlement.migrated", permission=may_migrate_entitlements)
def migrate_entitlements(
    *,
    benefit: str,
    holdings: Sequence[Holding],
    batch: ImportBatch,
    accounted_from: date | None = None,
    actor: Actor,
    on: date,
) -> ImportBatch:
    """Every holding of the file is an entitlement, set-wise and with one audit line; the rolls reckon from `accounted_from`.

    The reader of the file has checked each row (who belongs to which household, who is alive).
    Refuses: an unknown route, a start within a month, a holding without members, a person covered twice.
    """
    declared = BENEFITS[benefit]
    since = accounted_from or accounted_since(on)
    for holding in holdings:
        if holding.route not in declared.routes or not holding.member_ids:
            raise BadValue("在享名册中有保障方式不明或没有保障对象的家庭，请检查后重新导入。")
        _first_day(holding.valid_from, "开始日期")
    made = Entitlement.objects.bulk_create(
        Entitlement(
            number=number,
            benefit=benefit,
            household_id=holding.household_id,
            holder_id=holding.holder_id,
            payee_id=holding.payee_id,
            area_id=holding.area_id,
            route=holding.route,
            migrated=True,
            start_reason=StartReason.MIGRATED,
            review_class=holding.review_class,
            review_due_on=holding.review_due_on,
            decided_on=holding.decided_on,
            valid_from=holding.valid_from,
            accounted_from=max(holding.valid_from, since),
        )
        for holding, number in zip(holdings, next_numbers(declared, on, len(holdings)), strict=True)
    )
    with said_in_chinese():
        EntitlementMember.objects.bulk_create(
            EntitlementMember(
                entitlement=entitlement,
                person_id=person_id,
                benefit=benefit,
                start_reason=StartReason.MIGRATED,
                valid_from=holding.valid_from,
            )
            for entitlement, holding in zip(made, holdings, strict=True)
            for person_id in holding.member_ids
        )
    remark(f"{declared.label}：登记系统启用前已在享的 {len(made)} 户", benefit=benefit, accounted_from=since)
    return batch


@action("entitlement.ended", permission=may_change_entitlement)
def end_entitlement(
    *, entitlement: Entitlement, valid_until: date, reason: EndReason | str, actor: Actor, on: date
) -> Entitlement:
    """The entitlement and everybody's share in it end with the last day of a month; what was paid beyond it becomes recovery.

    Basis: for dibao 民发〔2021〕57号 (reasons are told to the family first).
    Refuses: an end within a month or before the start, no reason, an end later than one already decided.
    """
    reason = _reason(reason)
    last = _last_day(valid_until, "停发日期")
    if last < entitlement.valid_from:
        raise BadValue(f"停发日期 {last} 早于开始日期 {entitlement.valid_from}，请检查。")
    if entitlement.valid_until is not None and last >= entitlement.valid_until:
        raise Refused(f"{entitlement.number} 已决定于 {entitlement.valid_until} 停发，只能改为更早的日期。")
    entitlement.valid_until, entitlement.end_reason = last, reason
    entitlement.state = EntitlementState.ENDED
    with said_in_chinese():
        entitlement.save(update_fields=["valid_until", "end_reason", "state"])
        shares = EntitlementMember.objects.filter(entitlement=entitlement)
        never = [share.person_id for share in shares.filter(valid_from__gt=last)]
        shares.filter(valid_from__gt=last).delete()
        shares.filter(valid_until__isnull=True).update(valid_until=last, end_reason=reason)
        shares.filter(valid_until__gt=last).update(valid_until=last, end_reason=reason)
    remark(f"{entitlement.number} 自{(Month.from_date(last) + 1).label}起停发：{reason.label}", never_covered=never)
    return entitlement


@action("entitlement.member_added", permission=may_change_entitlement)
def add_member(
    *,
    entitlement: Entitlement,
    person: Person,
    valid_from: date,
    reason: StartReason | str = StartReason.JOINED,
    actor: Actor,
    on: date,
) -> EntitlementMember:
    """One more person is covered from the first day of a month on.

    Refuses: an entitlement that has ended, a start within a month or before the entitlement's, a person not of the household,
    dead, or covered already.
    """
    first = _first_day(valid_from, "开始日期")
    if entitlement.valid_until is not None:
        raise Refused(f"{entitlement.number} 已停发，不能增加保障对象。")
    if first < entitlement.valid_from:
        raise BadValue(f"开始日期 {first} 早于待遇开始日期 {entitlement.valid_from}，请检查。")
    _check_members(entitlement.household, [person], first)
    member = EntitlementMember(
        entitlement=entitlement,
        person=person,
        benefit=entitlement.benefit,
        start_reason=StartReason(reason),
        valid_from=first,
    )
    with said_in_chinese():
        member.save(force_insert=True)
    remark(f"{entitlement.number} 自{Month.from_date(first).label}起增加保障对象{person.name}", entitlement=entitlement.pk)
    return member


@action("entitlement.member_removed", permission=may_change_entitlement)
def remove_member(
    *, entitlement: Entitlement, person: Person, valid_until: date, reason: EndReason | str, actor: Actor, on: date
) -> EntitlementMember:
    """The person is covered for the last time on the last day of a month.

    Refuses: an end within a month, no reason, a person who is not covered, the last person of an entitlement (end that instead).
    """
    reason = _reason(reason)
    last = _last_day(valid_until, "停发日期")
    covered = list(EntitlementMember.objects.filter(entitlement=entitlement, valid_until__isnull=True))
    member = next((each for each in covered if each.person_id == person.pk), None)
    if member is None:
        raise Refused(f"{person.name}不是 {entitlement.number} 现有的保障对象。")
    if len(covered) == 1:
        raise Refused(f"{person.name}是 {entitlement.number} 最后一名保障对象，请办理停发。")
    if last < member.valid_from:
        raise BadValue(f"停发日期 {last} 早于{person.name}的开始日期 {member.valid_from}，请检查。")
    member.valid_until, member.end_reason = last, reason
    with said_in_chinese():
        member.save(update_fields=["valid_until", "end_reason"])
    remark(
        f"{entitlement.number} 自{(Month.from_date(last) + 1).label}起减少保障对象{person.name}：{reason.label}",
        entitlement=entitlement.pk,
    )
    return member


@action("entitlement.payee_changed", permission=may_change_payee)
def change_payee(*, entitlement: Entitlement, payee: Person, reason: str, actor: Actor, on: date) -> Entitlement:
    """Payments not yet sent go to another payee. Refuses: no reason, somebody who has died."""
    if not reason.strip():
        raise BadValue("请写明变更领款人的原因。")
    if payee.died_on is not None:
        raise BadValue(f"{payee.name}已去世，请另行指定领款人。")
    before = entitlement.payee_id
    entitlement.payee = payee
    entitlement.save(update_fields=["payee"])
    remark(f"{entitlement.number} 领款人变更为{payee.name}：{reason}", before=before, after=payee.pk)
    return entitlement


@action("entitlement.reviewed", permission=may_change_entitlement)
def set_review(
    *, entitlement: Entitlement, review_class: str, review_due_on: date | None, actor: Actor, on: date
) -> Entitlement:
    """The next review is due on a day, by the class the last one put the family in. Refuses: an ended entitlement."""
    if entitlement.valid_until is not None:
        raise Refused(f"{entitlement.number} 已停发，不再复核。")
    entitlement.review_class, entitlement.review_due_on = review_class, review_due_on
    entitlement.save(update_fields=["review_class", "review_due_on"])
    remark(f"{entitlement.number} 下次复核：{review_due_on or '未定'}（{review_class}类）")
    return entitlement


@action("entitlement.suspended", permission=may_change_entitlement)
def suspend(*, entitlement: Entitlement, valid_from: date, reason: str, actor: Actor, on: date) -> Suspension:
    """Nothing is paid from the first day of a month on, until it is resumed; the entitlement itself goes on.

    Refuses: no reason, an entitlement that has ended or is suspended, a start within a month or before the entitlement's.
    """
    first = _first_day(valid_from, "暂停日期")
    if not reason.strip():
        raise BadValue("请写明暂停发放的原因。")
    if entitlement.valid_until is not None:
        raise Refused(f"{entitlement.number} 已停发，不能暂停。")
    if first < entitlement.valid_from:
        raise BadValue(f"暂停日期 {first} 早于待遇开始日期 {entitlement.valid_from}，请检查。")
    suspension = Suspension(entitlement=entitlement, reason=reason.strip(), valid_from=first)
    with said_in_chinese():
        suspension.save(force_insert=True)
    entitlement.state = EntitlementState.SUSPENDED
    entitlement.save(update_fields=["state"])
    remark(f"{entitlement.number} 自{Month.from_date(first).label}起暂停发放：{reason}", entitlement=entitlement.pk)
    return suspension


@action("entitlement.resumed", permission=may_resume_entitlement)
def resume(*, suspension: Suspension, valid_until: date, released: bool, actor: Actor, on: date) -> Suspension:
    """The last suspended day is the last day of a month; with `released` what was held back is paid by the next roll.

    Refuses: a suspension that is over, an end within a month or before its start.
    """
    last = _last_day(valid_until, "暂停截止日期")
    entitlement = suspension.entitlement
    if suspension.valid_until is not None:
        raise Refused(f"{entitlement.number} 的这次暂停已于 {suspension.valid_until} 结束。")
    if last < suspension.valid_from:
        raise BadValue(f"暂停截止日期 {last} 早于暂停日期 {suspension.valid_from}，请检查。")
    suspension.valid_until, suspension.released = last, released
    suspension.save(update_fields=["valid_until", "released"])
    if entitlement.state == EntitlementState.SUSPENDED:
        entitlement.state = EntitlementState.IN_FORCE
        entitlement.save(update_fields=["state"])
    held_back = "暂停期间待遇补发" if released else "暂停期间待遇不再补发"
    remark(f"{entitlement.number} 自{(Month.from_date(last) + 1).label}起恢复发放，{held_back}")
    return suspension


@action("entitlement.grace_started", permission=may_change_entitlement)
def start_grace(
    *,
    entitlement: Entitlement,
    kind: GraceKind | str,
    valid_from: date,
    previous_amount: int,
    actor: Actor,
    on: date,
) -> GracePeriod:
    """From the first day of a month the family is in its grace period; the rule reads it and says what is still due.

    `previous_amount` is what was due a month before it rose above the standard, in fen.
    Basis: 江苏省低保扩围增效政策 (就业、创业后渐退缓退).
    Refuses: an ended entitlement, a second grace period at the same time, a start within a month or before the entitlement's.
    """
    first = _first_day(valid_from, "渐退期、缓退期开始日期")
    if entitlement.valid_until is not None:
        raise Refused(f"{entitlement.number} 已停发，不能进入渐退期、缓退期。")
    if first < entitlement.valid_from:
        raise BadValue(f"开始日期 {first} 早于待遇开始日期 {entitlement.valid_from}，请检查。")
    if previous_amount < 0:
        raise BadValue("进入渐退期、缓退期前的月保障金额不能为负。")
    grace = GracePeriod(
        entitlement=entitlement, kind=GraceKind(kind), previous_amount=previous_amount, valid_from=first
    )
    with said_in_chinese():
        grace.save(force_insert=True)
    remark(f"{entitlement.number} 自{Month.from_date(first).label}起进入{GraceKind(kind).label}期", entitlement=entitlement.pk)
    return grace


@action("entitlement.grace_extended", permission=may_change_grace)
def extend_grace(*, grace: GracePeriod, months: int, reason: str, actor: Actor, on: date) -> GracePeriod:
    """The grace period is so many months longer, for a family with severe disability or illness.

    Refuses: no reason, no months.
    """
    if months < 1:
        raise BadValue("延长月数应至少为 1。")
    if not reason.strip():
        raise BadValue("请写明延长的原因。")
    grace.extension_months += months
    grace.save(update_fields=["extension_months"])
    remark(f"{grace.entitlement.number} 的{GraceKind(grace.kind).label}期延长 {months} 个月：{reason}")
    return grace


@action("entitlement.grace_ended", permission=may_change_grace)
def end_grace(*, grace: GracePeriod, valid_until: date, reason: str, actor: Actor, on: date) -> GracePeriod:
    """The grace period is over before its time, as when income fell again. Refuses: one that is over, an end within a month."""
    last = _last_day(valid_until, "截止日期")
    if grace.valid_until is not None:
        raise Refused(f"这次{GraceKind(grace.kind).label}期已于 {grace.valid_until} 结束。")
    if last < grace.valid_from:
        raise BadValue(f"截止日期 {last} 早于开始日期 {grace.valid_from}，请检查。")
    grace.valid_until = last
    grace.save(update_fields=["valid_until"])
    remark(f"{grace.entitlement.number} 的{GraceKind(grace.kind).label}期于 {last} 结束：{reason}")
    return grace


def accounted_since(on: date) -> date:
    """The first month that begins on the day or after it: from then on our rolls pay a migrated entitlement."""
    first = Month.from_date(on).first_day
    return first if on == first else (Month.from_date(on) + 1).first_day


def _check_members(household: Household, members: Sequence[Person], first: date) -> None:
    if not members:
        raise BadValue("请至少选择一名保障对象。")
    belonging = {
        row["person_id"]: row
        for row in HouseholdMember.objects.filter(
            household=household, superseded_at__isnull=True, valid_from__lte=first
        ).values("person_id", "valid_until")
        if row["valid_until"] is None or row["valid_until"] >= first
    }
    for person in members:
        if person.died_on is not None and person.died_on < first:
            raise BadValue(f"{person.name}已于 {person.died_on} 去世，不能列为保障对象。")
        if person.pk not in belonging:
            raise BadValue(f"{person.name}在 {first} 不是{household.number}户的成员，请先登记家庭成员。")


def _reason(reason: EndReason | str) -> EndReason:
    if reason not in EndReason.values:
        raise BadValue(f"请选择停发原因，可选：{'、'.join(EndReason.labels)}。")
    return EndReason(reason)


def _first_day(day: date, field: str) -> date:
    if day.day != 1:
        raise BadValue(f"{field}应为某月 1 日，现在是 {day}。")
    return day


def _last_day(day: date, field: str) -> date:
    if (day + timedelta(days=1)).day != 1:
        raise BadValue(f"{field}应为某月最后一天，现在是 {day}。")
    return day
