"""Answers that were sent, or could not be."""

from datetime import date

from anmin.base import clock
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.registry.callbacks import PUT_OFF_FOR, WAITS
from anmin.ground.registry.models import Callback
from anmin.ground.registry.permissions import may_deliver
from anmin.ground.registry.vocabulary import MESSAGES, CallbackState


@action("registry.called_back", permission=may_deliver)
def record_delivery(*, callback: Callback, problem: str, put_off: bool = False, actor: Actor, on: date) -> Callback:
    """The answer has arrived, or waits for another try, or is given up; what was in it is blanked unless it waits.

    Who only asks us to wait (`put_off`) has not been tried in vain, for a day at least.
    Basis: that of the client's grant.
    """
    now = clock.true_instant()
    callback.problem = problem[:120]
    if put_off and now - callback.made_at < PUT_OFF_FOR:
        callback.next_try_at = now + WAITS[0]
        callback.save()
        remark(f"向{callback.client.name}送达{MESSAGES[callback.action]}：{problem}", basis=callback.client.basis)
        return callback
    callback.tries += 1
    if not problem:
        callback.state, callback.done_at = CallbackState.DELIVERED, now
    elif callback.tries > len(WAITS):
        callback.state, callback.done_at = CallbackState.GIVEN_UP, now
    else:
        callback.next_try_at = now + WAITS[callback.tries - 1]
    if callback.done_at is not None:
        callback.body_cipher = None
    callback.save()
    words = f"向{callback.client.name}送达{MESSAGES[callback.action]}"
    remark(f"{words}失败：{problem}" if problem else words, basis=callback.client.basis, tries=callback.tries)
    return callback
