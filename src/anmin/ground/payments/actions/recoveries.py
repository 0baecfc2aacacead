"""Money that was paid too much is agreed upon and paid back; never taken from an account."""

from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.base.money import Fen, format_yuan
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.documents.actions import issue_document
from anmin.ground.documents.authority import authority
from anmin.ground.documents.models import Document
from anmin.ground.payments.models import Recovery, Repayment
from anmin.ground.payments.notices import KIND, TITLE, notice_of, recovery_notice
from anmin.ground.payments.permissions import may_deal_with_recovery


@action("recovery.agreed", permission=may_deal_with_recovery)
def agree_offset(*, recovery: Recovery, actor: Actor, on: date) -> Recovery:
    """The family has agreed in writing that the amount is held back from later payments.

    Refuses: a recovery that is closed or already agreed.
    """
    recovery = _locked(recovery)
    if recovery.consent_on is not None:
        raise Refused(f"{recovery.entitlement.number} 的这笔追回已于 {recovery.consent_on} 取得同意。")
    recovery.consent_on = on
    recovery.save(update_fields=["consent_on"])
    remark(f"{recovery.entitlement.number}：同意从后续待遇中抵扣 {format_yuan(recovery.amount - recovery.recovered)} 元")
    return recovery


@action("recovery.notice_issued", permission=may_deal_with_recovery)
def issue_recovery_notice(*, recovery: Recovery, actor: Actor, on: date) -> Document:
    """The letter to the family has its number and is frozen; asked for again, the same letter is given.

    Basis: 《社会救助暂行办法》 第六十八条. Refuses: a recovery that is closed and was never told.
    """
    before = notice_of(recovery)
    if before is not None:
        remark(f"{recovery.entitlement.number}：再次取用{TITLE} {before.number}")
        return before
    recovery = _locked(recovery)
    document = issue_document(
        kind=KIND,
        series=f"{authority().mark}追告",
        title=TITLE,
        subject=recovery,
        area=recovery.area,
        content=recovery_notice(recovery, on),
        actor=actor,
        on=on,
    )
    remark(f"{recovery.entitlement.number}：出具{TITLE} {document.number}")
    return document


@action("recovery.repaid", permission=may_deal_with_recovery)
def record_repayment(*, recovery: Recovery, amount: Fen, note: str = "", actor: Actor, on: date) -> Recovery:
    """The family has paid an amount back. Refuses: nothing, more than is outstanding, a closed recovery."""
    recovery = _locked(recovery)
    outstanding = recovery.amount - recovery.recovered
    if amount <= 0:
        raise BadValue("退回金额应大于 0。")
    if amount > outstanding:
        raise BadValue(f"退回金额 {format_yuan(amount)} 元超过未追回的 {format_yuan(outstanding)} 元。")
    Repayment.objects.create(recovery=recovery, amount=amount, on=on, note=note.strip())
    recovery.recovered += amount
    recovery.save(update_fields=["recovered"])
    remark(f"{recovery.entitlement.number}：退回 {format_yuan(amount)} 元，尚余 {format_yuan(outstanding - amount)} 元")
    return recovery


def _locked(recovery: Recovery) -> Recovery:
    found = Recovery.objects.select_for_update(of=("self",)).select_related("entitlement").get(pk=recovery.pk)
    if found.recovered == found.amount:
        raise Refused(f"{found.entitlement.number} 的这笔追回已结清。")
    return found
