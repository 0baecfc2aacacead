"""What other registers send back: to which of our questions it belongs, and whether it may be believed.

An answer that belongs to no question of ours, that comes from another machine than was agreed, that is unsigned though it must be
signed, or that is of another exchange, is refused; nothing of it is kept.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anmin.base import clock
from anmin.base.dci.messages import AnswerItem, BackHeader, OnSearch, OnStatus
from anmin.base.dci.signatures import holds
from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.actions.later import take_answer, take_standing
from anmin.ground.verification.models import RegistryQuestion
from anmin.ground.verification.registry_interface import Connection, connections


class NotOurs(Exception):  # noqa: N818 -- an answer, not an accident
    """A message that is no answer to anything that was asked, or not one that may be believed; `code` is the standard's."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def receive_search(
    raw: Mapping[str, Any], signature: str | None, header: BackHeader, said: OnSearch, *, caller: str, actor: Actor, on: date
) -> str:
    """The answer is taken; returns the id of the exchange. Raises NotOurs, and Refused for what was answered before."""
    question = RegistryQuestion.objects.filter(transaction_id=said.transaction_id).first()
    if question is None:
        raise NotOurs("err.request.not_found", "没有与这一答复对应的查询。")
    _check(question, raw, signature, header, caller)
    if question.correlation_id and said.correlation_id != question.correlation_id:
        raise NotOurs("err.request.bad", "答复的关联编号（correlation_id）与受理时的不一致。")
    take_answer(question=question, items=said.search_response, caller=caller, actor=actor, on=on)
    return said.correlation_id


def receive_status(
    raw: Mapping[str, Any], signature: str | None, header: BackHeader, said: OnStatus, *, caller: str, actor: Actor, on: date
) -> str:
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
    return said.correlation_id


def _check(
    question: RegistryQuestion, raw: Mapping[str, Any], signature: str | None, header: BackHeader, caller: str
) -> Connection:
    connection = connections().get(question.source)
    if connection is None or connection.declared.caller != caller:
        # Whoever has no part in the exchange is not told that there is one.
        raise NotOurs("err.request.not_found", "没有与这一答复对应的查询。")
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
    return connection
