"""Money that goes elsewhere than before waits until a second person has looked: what is kept in mind, and who must wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.payments.models import PayoutChange
from anmin.ground.payments.vocabulary import ChangeKind, ChangeState
from anmin.ground.people.persons import AccountReplaced

_SOME = 2000


def note_accounts(replaced: Sequence[AccountReplaced], actor: Actor, on: date) -> None:
    """The replaced accounts wait; of one replaced twice, the first is the account of before. At set-up nothing waits."""
    if actor.id is None:
        return
    before: dict[int, tuple[bytes | memoryview | None, str]] = {
        each.person.pk: (each.before, each.before_mask) for each in replaced
    }
    for start in range(0, len(replaced), _SOME):
        ids = [each.person.pk for each in replaced[start : start + _SOME]]
        waiting = PayoutChange.objects.filter(kind=ChangeKind.ACCOUNT, state=ChangeState.WAITING, person_id__in=ids)
        before |= {pk: (cipher, mask) for pk, cipher, mask in waiting.values_list("person_id", "cipher_before", "mask_before")}
        waiting.update(state=ChangeState.REPLACED)
    PayoutChange.objects.bulk_create(
        [
            PayoutChange(
                kind=ChangeKind.ACCOUNT,
                person=each.person,
                area_id=each.person.area_id,
                cipher_before=before[each.person.pk][0],
                mask_before=before[each.person.pk][1],
                mask=each.person.bank_account_mask,
                changed_by_id=actor.id,
                changed_on=on,
            )
            for each in replaced
        ],
        batch_size=_SOME,
    )


def note_payee(entitlement: Entitlement, before_id: int, reason: str, actor: Actor, on: date) -> None:
    """The new payee waits; of one changed twice, the first is the payee of before."""
    if actor.id is None:
        return
    waiting = PayoutChange.objects.filter(kind=ChangeKind.PAYEE, state=ChangeState.WAITING, entitlement=entitlement)
    first = waiting.values_list("person_before_id", flat=True).first()
    waiting.update(state=ChangeState.REPLACED)
    PayoutChange.objects.create(
        kind=ChangeKind.PAYEE,
        person_id=entitlement.payee_id,
        entitlement=entitlement,
        area_id=entitlement.area_id,
        person_before_id=first or before_id,
        mask=entitlement.payee.bank_account_mask,
        reason=reason[:200],
        changed_by_id=actor.id,
        changed_on=on,
    )


@dataclass(frozen=True)
class Unconfirmed:
    """Whose accounts and whose payees wait to be confirmed."""

    persons: frozenset[int]
    entitlements: frozenset[int]

    def reason(self, payee_id: int, entitlement_id: int) -> str:
        """Why a payment cannot go yet; empty when nothing stands in its way."""
        if entitlement_id in self.entitlements:
            return "领款人已变更，尚待另一人确认"
        return "银行账号已更换，尚待另一人确认" if payee_id in self.persons else ""


def unconfirmed() -> Unconfirmed:
    """Everything that waits, in one question."""
    waiting = PayoutChange.objects.filter(state=ChangeState.WAITING).values_list("kind", "person_id", "entitlement_id")
    rows = list(waiting.order_by())
    return Unconfirmed(
        frozenset(person_id for kind, person_id, _ in rows if kind == ChangeKind.ACCOUNT),
        frozenset(pk for kind, _, pk in rows if kind == ChangeKind.PAYEE and pk is not None),
    )
