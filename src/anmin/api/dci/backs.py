"""What other registers send back to us: the answers to our own questions, later than we asked them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from anmin.api.dci.guarding import fault_answer, guarded, json_answer, note
from anmin.api.dci.reading import MOST_BYTES, Caller, content_of, shaped
from anmin.base import clock
from anmin.base.dci.messages import Back, Notice, OnSearch, OnStatus, OnSubscribe, OnUnsubscribe
from anmin.base.errors import BadValue, Refused
from anmin.ground.registry import wire
from anmin.ground.registry.actions import note_answer
from anmin.ground.registry.clients import check_signature
from anmin.ground.registry.refusals import MessageRefused
from anmin.ground.registry.taking import check_pace_of_answers
from anmin.ground.registry.vocabulary import Fault
from anmin.ground.verification import receiving

_MOST_BYTES = 16 * MOST_BYTES
"""Twenty people with all their records; a question is never so long."""


def _back(shape: type[Back[Any]], action: str, receive: Callable[..., receiving.Taken]) -> Callable[..., HttpResponse]:
    """A view of an answer. One that is well formed and still not taken is acknowledged with ERR: it arrived, and was refused."""

    @guarded
    def run(request: HttpRequest, caller: Caller) -> JsonResponse:
        check_pace_of_answers(caller.client)
        raw = content_of(request, most=_MOST_BYTES)
        said = shaped(shape, raw)
        if said.header.action != action:
            raise MessageRefused(Fault.BAD, f"报文头的 action 是“{said.header.action}”，此地址应为“{action}”。")
        check_signature(caller.client, raw, said.signature, now=datetime.now(UTC))
        try:
            taken = receive(
                raw,
                said.signature,
                said.header,
                said.message,
                caller=caller.client.client_id,
                actor=caller.asker,
                on=clock.today(),
            )
        except receiving.NotOurs as error:
            fault, sentence = Fault(error.code), error.sentence
        except Refused as error:
            fault, sentence = Fault.BAD, error.message
        except BadValue as error:
            # What was sent is well formed; it is our own file of registers that cannot be read, and no fault of theirs.
            raise RuntimeError(error.message) from error
        else:
            note_answer(client=caller.client, kind=action, left=taken.left, actor=caller.asker, on=clock.today())
            return json_answer(wire.acknowledged(taken.correlation_id, left=taken.left))
        note(caller, fault, sentence, request.path)
        return fault_answer(fault, sentence, 200)

    return run


on_search = _back(Back[OnSearch], "on-search", receiving.receive_search)
on_status = _back(Back[OnStatus], "txn-on-status", receiving.receive_status)
on_subscribe = _back(Back[OnSubscribe], "on-subscribe", receiving.receive_subscribed)
on_unsubscribe = _back(Back[OnUnsubscribe], "on-unsubscribe", receiving.receive_unsubscribed)
notify = _back(Back[Notice], "notify", receiving.receive_notice)
