"""What other registers send back: to which of our questions it belongs, and whether it may be believed.

An answer that belongs to no question of ours, that comes from another machine than was agreed, that is unsigned though it must be
signed, or that is of another exchange, is refused; nothing of it is kept.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import transaction

from anmin.base import clock
from anmin.base.dci.messages import AnswerItem, BackHeader, Notice, NoticeItem, OnSearch, OnStatus, OnSubscribe, OnUnsubscribe
from anmin.base.dci.signatures import holds
from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.people.secrecy import blind_index
from anmin.ground.verification.actions.later import take_answer, take_standing
from anmin.ground.verification.actions.watches import confirm_watches, end_watches, take_notice
from anmin.ground.verification.models import RegistryQuestion, RegistryWatch
from anmin.ground.verification.registry_interface import Connection, connections
from anmin.ground.verification.registry_interface.records import number_in
from anmin.ground.verification.vocabulary import WATCH_TELLS


class NotOurs(Exception):  # noqa: N818 -- an answer, not an accident
    """A message that is no answer to anything that was asked, or not one that may be believed; `code` is the standard's."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


class Taken(NamedTuple):
    """The id of the exchange a message belongs to, and what of it was left; blank where all was taken."""

    correlation_id: str
    left: str = ""


def receive_search(
    raw: Mapping[str, Any], signature: str | None, header: BackHeader, said: OnSearch, *, caller: str, actor: Actor, on: date
) -> Taken:
    """The answer is taken; returns the id of the exchange. Raises NotOurs, and Refused for what was answered before."""
    question = RegistryQuestion.objects.filter(transaction_id=said.transaction_id).first()
    if question is None:
        raise NotOurs("err.request.not_found", "没有与这一答复对应的查询。")
    _check(question, raw, signature, header, caller)
    if question.correlation_id and said.correlation_id != question.correlation_id:
        raise NotOurs("err.request.bad", "答复的关联编号（correlation_id）与受理时的不一致。")
    take_answer(question=question, items=said.search_response, caller=caller, actor=actor, on=on)
    return Taken(said.correlation_id)


def receive_status(
    raw: Mapping[str, Any], signature: str | None, header: BackHeader, said: OnStatus, *, caller: str, actor: Actor, on: date
) -> Taken:
    """How a question stands is taken; returns the id of the exchange. Raises NotOurs, and Refused for what is answered."""
    question = RegistryQuestion.objects.filter(status_transaction_id=said.transaction_id).first()
    if question is None:
        raise NotOurs("err.request.not_found", "没有与这一答复对应的查询。")
    _check(question, raw, signature, header, caller)
    told = said.txnstatus_response.txn_status
    if told.transaction_id != question.transaction_id:
        raise NotOurs("err.request.bad", "答复的不是所询问的那一次查询。")
    items: list[AnswerItem] = told.search_response
    take_standing(question=question, items=items, caller=caller, actor=actor, on=on)
    return Taken(said.correlation_id)


def receive_subscribed(
    raw: Mapping[str, Any], signature: str | None, header: BackHeader, said: OnSubscribe, *, caller: str, actor: Actor, on: date
) -> Taken:
    """That subscriptions are confirmed, or refused, is taken. Raises NotOurs, and Refused for what waits for no confirmation."""
    source = _source_of(said.transaction_id, raw, signature, header, caller)
    confirm_watches(
        source=source, transaction_id=said.transaction_id, items=said.subscribe_response, caller=caller, actor=actor, on=on
    )
    return Taken(said.correlation_id)


def receive_unsubscribed(
    raw: Mapping[str, Any], signature: str | None, header: BackHeader, said: OnUnsubscribe, *, caller: str, actor: Actor, on: date
) -> Taken:
    """That subscriptions have ended is taken. Raises NotOurs, and Refused for those that were not given up."""
    source = _source_of(said.transaction_id, raw, signature, header, caller)
    codes = [each.code for each in said.subscription_status if each.status == "unsubscribe"]
    end_watches(source=source, transaction_id=said.transaction_id, codes=codes, caller=caller, actor=actor, on=on)
    return Taken(said.correlation_id)


def receive_notice(
    raw: Mapping[str, Any], signature: str | None, header: BackHeader, said: Notice, *, caller: str, actor: Actor, on: date
) -> Taken:
    """What a register tells of people we watch is taken, event by event; returns our id for it, and what of it was left.

    A notice does not name the subscription, so whom it is about is read from the record. An event that cannot be taken leaves the
    others alone. Raises NotOurs or Refused, as its first event would, where none can be taken.
    """
    tellers = _tellers(header, caller)
    for each in tellers:
        _believed(each, raw, signature, header)
    if not said.notify_event:
        raise NotOurs("err.request.bad", "通知中没有事件。")
    left: list[tuple[int, NotOurs | Refused]] = []
    with transaction.atomic():
        for place, event in enumerate(said.notify_event):
            try:
                watch = _watched(tellers, event)
                if watch is None:
                    raise NotOurs("err.request.not_found", "没有与这一通知对应的订阅。")
                take_notice(
                    source=watch.source, watch=watch, records=event.records,
                    notice_id=f"{watch.source}:{said.transaction_id}:{place}", caller=caller, actor=actor, on=on,
                )  # fmt: skip
            except (NotOurs, Refused) as error:
                left.append((place, error))
        if len(left) == len(said.notify_event):
            raise left[0][1]
    return Taken(str(uuid4()), _left(left, len(said.notify_event)))


def _left(left: list[tuple[int, NotOurs | Refused]], events: int) -> str:
    """Which events of a notice were not taken, by their place in it, and why; blank where all were."""
    if not left:
        return ""
    each = "；".join(f"第{place + 1}件：{str(error).removesuffix('。')}" for place, error in left)
    return f"通知共{events}件，接收{events - len(left)}件，{len(left)}件没有接收：{each}。"


def _watched(tellers: list[Connection], event: NoticeItem) -> RegistryWatch | None:
    """The running subscription to this event about the one person whose number the records bear."""
    for each in tellers:
        numbers = {number_in(each, record) for record in event.records}
        if event.data.reg_event_type not in (None, "", each.declared.watched_event) or len(numbers) != 1 or "" in numbers:
            continue
        running = RegistryWatch.objects.filter(source=each.source, state__in=WATCH_TELLS)
        found = running.filter(person__identity_index=blind_index(numbers.pop())).first()
        if found is not None:
            return found
    return None


def _tellers(header: BackHeader, caller: str) -> list[Connection]:
    """The watched sources whose register this machine is."""
    found = [
        each
        for each in connections().values()
        if each.declared.watched_event and each.declared.caller == caller and header.sender_id == each.declared.receiver_id
    ]
    if not found:
        raise NotOurs("err.request.not_found", "没有与这一通知对应的订阅。")
    return found


def _source_of(transaction_id: str, raw: Mapping[str, Any], signature: str | None, header: BackHeader, caller: str) -> str:
    watch = RegistryWatch.objects.filter(transaction_id=transaction_id).order_by("id").first()
    connection = connections().get(watch.source) if watch is not None else None
    if connection is None or connection.declared.caller != caller:
        raise NotOurs("err.request.not_found", "没有与这一答复对应的订阅。")
    _believed(connection, raw, signature, header)
    return connection.source


def _check(question: RegistryQuestion, raw: Mapping[str, Any], signature: str | None, header: BackHeader, caller: str) -> None:
    connection = connections().get(question.source)
    if connection is None or connection.declared.caller != caller:
        # Whoever has no part in the exchange is not told that there is one.
        raise NotOurs("err.request.not_found", "没有与这一答复对应的查询。")
    _believed(connection, raw, signature, header)


def _believed(connection: Connection, raw: Mapping[str, Any], signature: str | None, header: BackHeader) -> None:
    if header.sender_id not in (None, connection.declared.receiver_id):
        raise NotOurs("err.sender_id.invalid", "报文头的 sender_id 不是所查询的登记。")
    if header.receiver_id not in (None, connection.declared.client_id):
        raise NotOurs("err.receiver_id.invalid", "报文不是发给本系统的。")
    if header.is_msg_encrypted:
        raise NotOurs("err.encryption.invalid", "本系统只接受经加密通道传送的明文报文。")
    if connection.key is not None:
        if not signature:
            raise NotOurs("err.signature.missing", "答复没有签名。")
        now = int(clock.true_instant().timestamp())
        if not holds(signature, raw["header"], raw["message"], connection.key, now=now):
            raise NotOurs("err.signature.invalid", "答复的签名无效，或者签名时间超过 5 分钟。")
