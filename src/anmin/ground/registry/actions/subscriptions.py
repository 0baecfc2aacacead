"""Machines that want to hear of what happens to a person or a family, and hear of it."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from anmin.base import clock
from anmin.base.dci.messages import Unsubscribe, Wish
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.registry import wire
from anmin.ground.registry.answering import Reply, check_consent, means_household, rejected
from anmin.ground.registry.asker import Asker
from anmin.ground.registry.callbacks import queue
from anmin.ground.registry.changes import happened
from anmin.ground.registry.clients import asker as asker_of
from anmin.ground.registry.conditions import Identified, tree_of
from anmin.ground.registry.models import Exchange, RegistryClient, Subscription
from anmin.ground.registry.permissions import may_ask, may_deliver
from anmin.ground.registry.records import person_records
from anmin.ground.registry.refusals import QuestionRejected
from anmin.ground.registry.searching import households, persons
from anmin.ground.registry.taking import take_message
from anmin.ground.registry.vocabulary import Event, Outcome, Reason, Register


@action("registry.subscribed", permission=may_ask)
def subscribe(
    *,
    client: RegistryClient,
    register: Register,
    message_id: str,
    transaction_id: str,
    wishes: list[Wish],
    callback_uri: str,
    notify_uri: str,
    actor: Actor,
    on: date,
) -> Exchange:
    """Each wish is a subscription with a code, or rejected with its reason; the answer is on its way to `callback_uri`.

    Basis: that of the client's grant. Rejects: an event we do not tell, a filter that is no identifier, somebody who is not in
    our register, what is subscribed already, missing consent. Refuses a message that was sent before.
    """
    assert isinstance(actor, Asker)  # may_ask has seen to it
    items: list[Reply] = []
    for wish in wishes:
        try:
            made = _subscribed(client, actor, wish, notify_uri, on)
        except QuestionRejected as error:
            items.append(rejected(wish.reference_id, error))
            continue
        told = {
            "code": made.code,
            "status": "subscribe",
            "timestamp": wire.moment(made.subscribed_at),
            "reg_event_type": made.event,
        }
        head = {"reference_id": wish.reference_id, "status": Outcome.SUCCEEDED.value}
        items.append(Reply(wire={**head, "timestamp": wire.moment(), "subscriptions": [told]}, kept=head))
    exchange = take_message(client, register, "subscribe", message_id, transaction_id, items)
    message = {
        "transaction_id": transaction_id,
        "correlation_id": exchange.correlation_id,
        "subscribe_response": [each.wire for each in items],
    }
    made_now = sum(each.succeeded for each in items)
    answer = _answer(client, "on-subscribe", message, len(items), made_now)
    queue(client, callback_uri, "on-subscribe", exchange.correlation_id, answer)
    exchange.answer = wire.acknowledged(exchange.correlation_id)
    remark(
        f"{client.name}订阅变动通知：{made_now} 项，拒绝 {len(items) - made_now} 项", basis=client.basis, purpose=client.purpose
    )
    return exchange


def _subscribed(client: RegistryClient, asker: Asker, wish: Wish, notify_uri: str, on: date) -> Subscription:
    criteria = wish.subscribe_criteria
    check_consent(client, criteria.consent, criteria.authorize)
    event = criteria.reg_event_type.rpartition(":")[2]
    if event not in Event.values:
        raise QuestionRejected(Reason.EVENT, f"不通知“{event[:40]}”事件，可订阅的有：{'、'.join(Event.values)}。")
    if criteria.filter_type != "idtype-value":
        raise QuestionRejected(Reason.EVENT, "订阅只能按证件或者家庭编号（idtype-value）。")
    tree, _ = tree_of("idtype-value", criteria.filter)
    assert isinstance(tree, Identified)  # the shape of such a query
    person = household = None
    if means_household(tree):
        household = households(asker, tree, on).first()
    else:
        found = list(persons(asker, Register.SOCIAL, tree, on).order_by("id")[:2])
        person = found[0] if len(found) == 1 else None
    if person is None and household is None:
        raise QuestionRejected(Reason.PERSON, "登记中没有这一个人或者家庭，不能订阅。")
    if client.subscriptions.filter(event=event, person=person, household=household, ended_at__isnull=True).exists():
        raise QuestionRejected(Reason.SUBSCRIBED, "已经订阅过同一事件。")
    now = clock.true_instant()
    return Subscription.objects.create(
        client=client,
        code=str(uuid4()),
        event=event,
        person=person,
        household=household,
        callback_uri=notify_uri,
        # By the clock of the records, which a demonstration sets to another year.
        told_until=clock.instant(on),
        subscribed_at=now,
    )


@action("registry.unsubscribed", permission=may_ask)
def unsubscribe(
    *,
    client: RegistryClient,
    register: Register,
    message_id: str,
    asked: Unsubscribe,
    callback_uri: str,
    actor: Actor,
    on: date,
) -> Exchange:
    """The subscriptions of these codes have ended; the answer is on its way. Codes of others are rejected.

    Basis: that of the client's grant. Refuses a message that was sent before.
    """
    running = client.subscriptions.filter(code__in=asked.subscription_codes, ended_at__isnull=True).order_by("id")
    ended = list(running.values_list("code", flat=True))
    running.update(ended_at=clock.true_instant())
    status = Outcome.SUCCEEDED if len(ended) == len(set(asked.subscription_codes)) else Outcome.REJECTED
    kept: dict[str, Any] = {"reference_id": asked.transaction_id, "status": status.value}
    exchange = take_message(client, register, "unsubscribe", message_id, asked.transaction_id, [Reply({}, kept)])
    message: dict[str, Any] = {
        "transaction_id": asked.transaction_id,
        "correlation_id": exchange.correlation_id,
        "timestamp": wire.moment(),
        "status": status.value,
        "subscription_status": [{"code": code, "status": "unsubscribe"} for code in ended],
    }
    if status is Outcome.REJECTED:
        message["status_reason_code"] = Reason.SUBSCRIPTION.value
        message["status_reason_message"] = f"{len(set(asked.subscription_codes)) - len(ended)} 个订阅编号不存在，或者已经结束。"
    queue(
        client, callback_uri, "on-unsubscribe", exchange.correlation_id, _answer(client, "on-unsubscribe", message, 1, len(ended))
    )
    exchange.answer = wire.acknowledged(exchange.correlation_id)
    remark(f"{client.name}退订变动通知：{len(ended)} 项", basis=client.basis)
    return exchange


def _answer(client: RegistryClient, kind: str, message: dict[str, Any], total: int, completed: int) -> dict[str, Any]:
    status = Outcome.SUCCEEDED if completed else Outcome.REJECTED
    return wire.answered(kind, message, to=client.client_id, status=status.value, total=total, completed=completed)


@action("registry.notified", permission=may_deliver)
def notify(*, subscription: Subscription, until: datetime, actor: Actor, on: date) -> Subscription:
    """The subscriber is told of everything that was recorded since it was last told; a call-back is on its way if there is any.

    Basis: that of the client's grant.
    """
    client = subscription.client
    rows = happened(subscription, until)
    if rows:
        asker = asker_of(client)
        people = {row.person_id: row.person for row in rows if asker.sees(row.person.area.path)}
        records = person_records(asker, list(people.values()), in_full=client.identity_numbers, on=on)
        events = [
            {
                "reference_id": str(uuid4()),
                "timestamp": wire.moment(),
                "data": {
                    "version": "1.0.0",
                    "reg_event_type": subscription.event,
                    "reg_record_type": "Member",
                    "reg_records": wire.person_record(Register.SOCIAL, record, on),
                },
                "locale": "zho",
            }
            for record in records
        ]
        if events:
            message = {"transaction_id": str(uuid4()), "notify_event": events}
            queue(
                client, subscription.callback_uri, "notify", subscription.code,
                _answer(client, "notify", message, len(events), 1), soon=False,
            )  # fmt: skip
        remark(f"通知{client.name}：{subscription.get_event_display()} {len(events)} 人", basis=client.basis, shown=len(events))
    subscription.told_until = until
    subscription.save(update_fields=["told_until"])
    return subscription
