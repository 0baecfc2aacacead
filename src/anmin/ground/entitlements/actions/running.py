"""What happens to an entitlement while it runs: payee, review, suspension, grace periods."""

from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.entitlements.edges import first_day, last_day, said_in_chinese
from anmin.ground.entitlements.models import Entitlement, GracePeriod, Suspension
from anmin.ground.entitlements.payees import tell_of_payee
from anmin.ground.entitlements.permissions import (
    may_change_entitlement,
    may_change_grace,
    may_change_payee,
    may_resume_entitlement,
)
from anmin.ground.entitlements.vocabulary import EntitlementState, GraceKind
from anmin.ground.people.models import Person


@action("entitlement.payee_changed", permission=may_change_payee)
def change_payee(*, entitlement: Entitlement, payee: Person, reason: str, actor: Actor, on: date) -> Entitlement:
    """Payments not yet sent go to another payee, once somebody else has confirmed it. Refuses: no reason, somebody dead."""
    if not reason.strip():
        raise BadValue("请写明变更领款人的原因。")
    if payee.died_on is not None:
        raise BadValue(f"{payee.name}已去世，请另行指定领款人。")
    before = entitlement.payee_id
    entitlement.payee = payee
    entitlement.save(update_fields=["payee"])
    if before != payee.pk:
        tell_of_payee(entitlement, before, reason.strip(), actor, on)
    remark(f"{entitlement.number} 领款人变更为{payee.name}：{reason}", before=before, after=payee.pk)
    return entitlement


@action("entitlement.reviewed", permission=may_change_entitlement)
def set_review(*, entitlement: Entitlement, review_class: str, review_due_on: date | None, actor: Actor, on: date) -> Entitlement:
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
    first = first_day(valid_from, "暂停日期")
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
    last = last_day(valid_until, "暂停截止日期")
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
    first = first_day(valid_from, "渐退期、缓退期开始日期")
    if entitlement.valid_until is not None:
        raise Refused(f"{entitlement.number} 已停发，不能进入渐退期、缓退期。")
    if first < entitlement.valid_from:
        raise BadValue(f"开始日期 {first} 早于待遇开始日期 {entitlement.valid_from}，请检查。")
    if previous_amount < 0:
        raise BadValue("进入渐退期、缓退期前的月保障金额不能为负。")
    grace = GracePeriod(entitlement=entitlement, kind=GraceKind(kind), previous_amount=previous_amount, valid_from=first)
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
    last = last_day(valid_until, "截止日期")
    if grace.valid_until is not None:
        raise Refused(f"这次{GraceKind(grace.kind).label}期已于 {grace.valid_until} 结束。")
    if last < grace.valid_from:
        raise BadValue(f"截止日期 {last} 早于开始日期 {grace.valid_from}，请检查。")
    grace.valid_until = last
    grace.save(update_fields=["valid_until"])
    remark(f"{grace.entitlement.number} 的{GraceKind(grace.kind).label}期于 {last} 结束：{reason}")
    return grace
