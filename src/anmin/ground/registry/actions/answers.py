"""Messages of machines are answered, and every one of them leaves a line in the log."""

from datetime import date, datetime
from typing import Any

from anmin.base.dci.messages import Question, StatusSearch, TxnStatus
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.registry import wire
from anmin.ground.registry.answering import Reply, check_consent, rejected, replies
from anmin.ground.registry.asker import Asker
from anmin.ground.registry.callbacks import queue
from anmin.ground.registry.conditions import tree_of
from anmin.ground.registry.models import Exchange, RegistryClient
from anmin.ground.registry.permissions import may_ask, may_be_noted
from anmin.ground.registry.records import person_records
from anmin.ground.registry.refusals import QuestionRejected
from anmin.ground.registry.searching import persons
from anmin.ground.registry.taking import take_message
from anmin.ground.registry.vocabulary import MESSAGES, Fault, Outcome, Reason, Register


@action("registry.searched", permission=may_ask)
def answer_search(
    *,
    client: RegistryClient,
    register: Register,
    message_id: str,
    transaction_id: str,
    questions: list[Question],
    callback_uri: str = "",
    actor: Actor,
    on: date,
) -> Exchange:
    """The questions are answered; the answer is on the instance, or on its way to `callback_uri` where one is given.

    Basis: that of the client's grant. A question without the consent it needs, or with conditions that cannot be read, is
    rejected by itself. Refuses a message that was sent before.
    """
    assert isinstance(actor, Asker)  # may_ask has seen to it
    items = replies(actor, client, register, questions, on)
    exchange = take_message(client, register, "search", message_id, transaction_id, items)
    message = {
        "transaction_id": transaction_id,
        "correlation_id": exchange.correlation_id,
        "search_response": [each.wire for each in items],
    }
    _told(exchange, client, "on-search", message, items, callback_uri)
    _noted(client, register, exchange, items, "；".join(_consents(questions)))
    return exchange


def _told(
    exchange: Exchange, client: RegistryClient, kind: str, message: dict[str, Any], items: list[Reply], callback_uri: str
) -> None:
    completed = sum(each.succeeded for each in items)
    status = Outcome.SUCCEEDED if completed or not items else Outcome.REJECTED
    answer = wire.answered(kind, message, to=client.client_id, status=status.value, total=len(items), completed=completed)
    if callback_uri:
        queue(client, callback_uri, kind, exchange.correlation_id, answer)
        exchange.answer = wire.acknowledged(exchange.correlation_id)
    else:
        exchange.answer = answer


def _noted(client: RegistryClient, register: Register, exchange: Exchange, items: list[Reply], consents: str = "") -> None:
    turned_down = [str(each.kept["reason"]) for each in items if not each.succeeded]
    words = f"{client.name}查询{register.label}：{len(items)} 项，给出 {exchange.shown} 条"
    if turned_down:
        words += f"，拒绝 {len(turned_down)} 项"
    remark(
        words,
        basis=client.basis,
        purpose=client.purpose,
        transaction_id=exchange.transaction_id,
        correlation_id=exchange.correlation_id,
        shown=exchange.shown,
        numbers_in_full=client.identity_numbers and exchange.shown > 0,
        rejected=turned_down,
        consents=consents[:300],
    )


def _consents(questions: list[Question]) -> list[str]:
    given = [each.search_criteria.consent for each in questions]
    return [f"{each.ts.isoformat() if each.ts else ''} {each.purpose.code}" for each in given if each is not None]


@action("registry.disability_asked", permission=may_ask)
def answer_disability(
    *,
    client: RegistryClient,
    register: Register,
    message_id: str,
    asked: StatusSearch,
    with_details: bool,
    actor: Actor,
    on: date,
) -> Exchange:
    """Whether one person is recorded as disabled, or the details of it; the answer is on the instance.

    Basis: that of the client's grant. Rejects a question without the consent it needs, unreadable conditions, and conditions
    that more than one person meets. Refuses a message that was sent before.
    """
    assert isinstance(actor, Asker)  # may_ask has seen to it
    criteria = asked.disabled_criteria
    item: dict[str, Any] = {"timestamp": wire.moment(), "status": Outcome.SUCCEEDED.value}
    kept: dict[str, Any] = {"reference_id": asked.transaction_id, "status": Outcome.SUCCEEDED.value, "shown": 0}
    try:
        check_consent(client, criteria.consent, criteria.authorize)
        tree, _ = tree_of(criteria.query_type, criteria.query)
        found = list(persons(actor, register, tree, on).order_by("id")[:2])
        if len(found) > 1:
            raise QuestionRejected(Reason.TOO_MANY, "条件对应不止一个人，请按证件号码查询。")
        records = person_records(actor, found, in_full=client.identity_numbers, on=on)
        kept["shown"] = len(records)
        if with_details:
            item["data"] = wire.data(register, "DisabledPerson", [wire.person_record(register, each, on) for each in records])
        else:
            item["disabled_status"] = "yes" if records else "no"
    except QuestionRejected as error:
        reply = rejected(asked.transaction_id, error)
        kept, item = reply.kept, {name: value for name, value in reply.wire.items() if name != "reference_id"}
    items = [Reply(wire=item, kept=kept)]
    kind = "get-disability-details" if with_details else "disabled"
    exchange = take_message(client, register, kind, message_id, asked.transaction_id, items)
    name = "search_response" if with_details else "disabled_response"
    said = {"reference_id": asked.transaction_id, **item} if with_details else item
    message = {"transaction_id": asked.transaction_id, "correlation_id": exchange.correlation_id, name: [said]}
    _told(exchange, client, "on-search", message, items, "")
    _noted(client, register, exchange, items)
    return exchange


@action("registry.status_asked", permission=may_ask)
def answer_status(
    *,
    client: RegistryClient,
    register: Register,
    message_id: str,
    asked: TxnStatus,
    callback_uri: str = "",
    actor: Actor,
    on: date,
) -> Exchange:
    """What became of earlier messages of this client: question by question, without what was found.

    Basis: that of the client's grant. An unknown transaction has no questions, and the answer says so by its status. Refuses a
    message that was sent before.
    """
    question = asked.txnstatus_request
    before = _earlier(client, register, question.attribute_type, question.attribute_value)
    exchange = take_message(client, register, "txn-status", message_id, asked.transaction_id, [])
    first = before[0] if before else None
    value = question.attribute_value
    wanted = set(value) if isinstance(value, list) else None
    items = [
        _as_told(item, each.received_at)
        for each in before
        for item in each.items
        if wanted is None or item["reference_id"] in wanted
    ]
    status = {
        "transaction_id": first.transaction_id if first else (value if isinstance(value, str) else asked.transaction_id),
        "correlation_id": first.correlation_id if first else exchange.correlation_id,
        "search_response": items,
    }
    message = {
        "transaction_id": asked.transaction_id,
        "correlation_id": exchange.correlation_id,
        "txnstatus_response": {"txn_type": question.txn_type, "txn_status": status},
    }
    answer = wire.answered(
        "txn-on-status", message, to=client.client_id,
        status=(Outcome.SUCCEEDED if before else Outcome.REJECTED).value, total=1, completed=int(bool(before)),
    )  # fmt: skip
    exchange.answer = wire.acknowledged(exchange.correlation_id) if callback_uri else answer
    if callback_uri:
        queue(client, callback_uri, "txn-on-status", exchange.correlation_id, answer)
    remark(
        f"{client.name}查询以前报文的办理状态：{len(items)} 项", basis=client.basis, transaction_id=asked.transaction_id
    )  # fmt: skip
    return exchange


def _earlier(client: RegistryClient, register: Register, kind: str, value: str | list[str]) -> list[Exchange]:
    rows = Exchange.objects.filter(client=client, register=register.value).exclude(action="txn-status").order_by("id")
    if kind == "correlation_id":
        return list(rows.filter(correlation_id=value))
    if kind == "transaction_id":
        return list(rows.filter(transaction_id=value)[:50])
    # Reference ids stand inside the messages; those of the last thousand are looked through.
    wanted = set(value) if isinstance(value, list) else {value}
    recent = rows.order_by("-id")[:1000]
    return [each for each in reversed(recent) if wanted & {item["reference_id"] for item in each.items}]


def _as_told(item: dict[str, Any], at: datetime) -> dict[str, Any]:
    said = {"reference_id": item["reference_id"], "timestamp": wire.moment(at), "status": item["status"]}
    if "reason" in item and item["reason"] in _SEARCH_REASONS:
        said["status_reason_code"] = item["reason"]
    return said


_SEARCH_REASONS = {Reason.CRITERIA, Reason.FILTER, Reason.SORT, Reason.PAGE, Reason.TOO_MANY, Reason.REFERENCE}


@action("registry.refused", permission=may_be_noted)
def note_refusal(*, client: RegistryClient, fault: Fault, why: str, kind: str, actor: Actor, on: date) -> RegistryClient:
    """That a message of this client was refused, and why, is in the log; nothing was answered.

    Basis: that of the client's grant.
    """
    remark(f"拒绝{client.name}的报文：{why}", basis=client.basis, fault=fault.value, action=kind)
    return client


@action("registry.answer_taken", permission=may_be_noted)
def note_answer(*, client: RegistryClient, kind: str, left: str = "", actor: Actor, on: date) -> RegistryClient:
    """That a message which this client sent back was taken is in the log, and what of it was left.

    What came of it stands in a line of its own.

    Basis: that of the client's grant.
    """
    remark(f"接收{client.name}送来的{MESSAGES[kind]}" + (f"；{left}" if left else ""), basis=client.basis)
    return client
