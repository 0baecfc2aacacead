"""What is done without anybody asking: subscribers are told, and answers that wait are sent."""

from anmin.base import clock
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.errands import claimed
from anmin.ground.registry.actions.deliveries import record_delivery
from anmin.ground.registry.actions.subscriptions import notify
from anmin.ground.registry.callbacks import PUT_OFF, due, send
from anmin.ground.registry.changes import happened
from anmin.ground.registry.models import Callback, Subscription
from anmin.ground.registry.vocabulary import CallbackState


def deliver(callback: Callback) -> Callback | None:
    """One answer is sent and what came of it recorded; None where another process is sending it.

    The sending itself holds no transaction open.
    """
    if not claimed([callback]):
        return None
    problem, put_off = send(callback)
    return record_delivery(callback=callback, problem=problem, put_off=put_off, actor=SYSTEM, on=clock.today())


def deliver_due() -> tuple[int, int]:
    """Everything that waits is tried; how many arrived, and how many did not.

    Who asks us to wait is left until the next errand.
    """
    busy: set[int] = set()
    tried: list[Callback] = []
    for callback in due(clock.true_instant()):
        if callback.client_id in busy:
            continue
        done = deliver(callback)
        if done is None:
            continue
        tried.append(done)
        if done.problem == PUT_OFF:
            busy.add(callback.client_id)
    arrived = sum(each.state == CallbackState.DELIVERED for each in tried)
    return arrived, len(tried) - arrived


def notify_due() -> int:
    """Every subscriber whose grant holds is told what happened; how many had something to hear."""
    today = clock.today()
    now = clock.instant(today)
    running = Subscription.objects.filter(
        ended_at__isnull=True, client__revoked_on__isnull=True, client__valid_from__lte=today, client__valid_until__gte=today
    )
    heard = 0
    for subscription in running.select_related("client", "person", "household").prefetch_related("client__areas").order_by("id"):
        if happened(subscription, now):
            notify(subscription=subscription, until=now, actor=SYSTEM, on=today)
            heard += 1
    return heard
