"""Another account or another payee is confirmed, or refused, by somebody other than who changed it."""

from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.payments.models import PayoutChange
from anmin.ground.payments.permissions import may_settle_change
from anmin.ground.payments.vocabulary import ChangeKind, ChangeState


@action("payout.confirmed", permission=may_settle_change)
def confirm_change(*, change: PayoutChange, note: str = "", actor: Actor, on: date) -> PayoutChange:
    """Money goes there from the next bank file on. Basis: 财办〔2020〕37号; 财会〔2012〕21号. Refuses one that is settled."""
    return _settle(change, ChangeState.CONFIRMED, note, actor, on)


@action("payout.refused", permission=may_settle_change)
def refuse_change(*, change: PayoutChange, note: str, actor: Actor, on: date) -> PayoutChange:
    """Account or payee are as they were. Refuses one that is settled, and a refusal without a reason."""
    if not note.strip():
        raise BadValue("请写明不予确认的原因。")
    change = _settle(change, ChangeState.REFUSED, note, actor, on)
    if change.kind == ChangeKind.ACCOUNT:
        person = change.person
        person.bank_account_cipher, person.bank_account_mask = change.cipher_before, change.mask_before
        person.save(update_fields=["bank_account_cipher", "bank_account_mask"])
    else:
        assert change.entitlement is not None  # a change of payee names its entitlement
        assert change.person_before_id is not None  # and who was paid before
        change.entitlement.payee_id = change.person_before_id
        change.entitlement.save(update_fields=["payee"])
    return change


def _settle(change: PayoutChange, state: ChangeState, note: str, actor: Actor, on: date) -> PayoutChange:
    change = PayoutChange.objects.select_for_update(of=("self",)).select_related("person", "entitlement").get(pk=change.pk)
    if change.state != ChangeState.WAITING:
        raise Refused(f"这项变更已是“{ChangeState(change.state).label}”，请刷新后查看。")
    change.state, change.settled_by_id, change.settled_on, change.note = state, actor.id, on, note.strip()[:200]
    change.save(update_fields=["state", "settled_by", "settled_on", "note"])
    of = f"（{change.entitlement.number}）" if change.entitlement else ""
    said = f"：{note.strip()}" if note.strip() else ""
    remark(f"{change.person.name} {ChangeKind(change.kind).label}{of}{state.label}{said}", change=change.pk)
    return change
