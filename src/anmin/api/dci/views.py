"""One view for each message of the standard. What goes wrong is told in the standard's words; nothing else leaves the house."""

import base64
import logging
import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from anmin.api.dci.guarding import guarded, json_answer
from anmin.api.dci.openapi import document
from anmin.api.dci.reading import Caller, Unreadable, received
from anmin.base import clock
from anmin.base.dci.messages import Envelope, Search, StatusSearch, Subscribe, TxnStatus, Unsubscribe
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.registry import actions, queries
from anmin.ground.registry.clients import TOKEN_SECONDS, callback_address
from anmin.ground.registry.vocabulary import Register

_log = logging.getLogger("anmin.api")
P = ParamSpec("P")


def _message(
    view: Callable[Concatenate[HttpRequest, Caller, Register, P], JsonResponse],
) -> Callable[..., HttpResponse]:
    """A view of a client's message about a register there is."""

    def run(request: HttpRequest, caller: Caller, /, register: str, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        if register not in Register.values:
            raise Unreadable(404, "没有这一登记。")
        return view(request, caller, Register(register), *args, **kwargs)

    return guarded(run)


# --- searches ------------------------------------------------------------------------------------------------------


@_message
def sync_search(request: HttpRequest, caller: Caller, register: Register) -> JsonResponse:
    """The answer, at once."""
    return _searched(request, caller, register, waits=True)


@_message
def search(request: HttpRequest, caller: Caller, register: Register) -> JsonResponse:
    """An acknowledgement; the answer goes to the call-back address."""
    return _searched(request, caller, register, waits=False)


def _searched(request: HttpRequest, caller: Caller, register: Register, *, waits: bool) -> JsonResponse:
    asked = received(request, caller, Envelope[Search], "search")
    back = "" if waits else callback_address(caller.client, asked.header.sender_uri, "search")
    exchange = actions.answer_search(
        client=caller.client,
        register=register,
        message_id=asked.header.message_id,
        transaction_id=asked.message.transaction_id,
        questions=asked.message.search_request,
        callback_uri=back,
        actor=caller.asker,
        on=clock.today(),
    )
    assert exchange.answer is not None  # the action has just answered
    return json_answer(exchange.answer)


@_message
def disability(request: HttpRequest, caller: Caller, register: Register, with_details: bool) -> JsonResponse:
    """Whether somebody is disabled, or how; only the disability register knows."""
    if register is not Register.DISABILITY:
        raise Unreadable(404, "只有残疾人登记（dr）提供这一查询。")
    asked = received(request, caller, Envelope[StatusSearch], "search")
    exchange = actions.answer_disability(
        client=caller.client,
        register=register,
        message_id=asked.header.message_id,
        asked=asked.message,
        with_details=with_details,
        actor=caller.asker,
        on=clock.today(),
    )
    assert exchange.answer is not None  # the action has just answered
    return json_answer(exchange.answer)


# --- what became of it ---------------------------------------------------------------------------------------------


@_message
def sync_txn_status(request: HttpRequest, caller: Caller, register: Register) -> JsonResponse:
    """What became of earlier messages, at once."""
    return _status(request, caller, register, waits=True)


@_message
def txn_status(request: HttpRequest, caller: Caller, register: Register) -> JsonResponse:
    """An acknowledgement; what became of earlier messages goes to the call-back address."""
    return _status(request, caller, register, waits=False)


def _status(request: HttpRequest, caller: Caller, register: Register, *, waits: bool) -> JsonResponse:
    asked = received(request, caller, Envelope[TxnStatus], "txn-status")
    back = "" if waits else callback_address(caller.client, asked.header.sender_uri, "txn-status")
    exchange = actions.answer_status(
        client=caller.client,
        register=register,
        message_id=asked.header.message_id,
        asked=asked.message,
        callback_uri=back,
        actor=caller.asker,
        on=clock.today(),
    )
    assert exchange.answer is not None  # the action has just answered
    return json_answer(exchange.answer)


# --- subscriptions -------------------------------------------------------------------------------------------------


@_message
def subscribe(request: HttpRequest, caller: Caller, register: Register) -> JsonResponse:
    """An acknowledgement; the codes of the subscriptions go to the call-back address. Only the social register tells events."""
    _only_social(register)
    asked = received(request, caller, Envelope[Subscribe], "subscribe")
    exchange = actions.subscribe(
        client=caller.client,
        register=register,
        message_id=asked.header.message_id,
        transaction_id=asked.message.transaction_id,
        wishes=asked.message.subscribe_request,
        callback_uri=callback_address(caller.client, asked.header.sender_uri, "subscribe"),
        notify_uri=callback_address(caller.client, None, "notify"),
        actor=caller.asker,
        on=clock.today(),
    )
    assert exchange.answer is not None  # the action has just answered
    return json_answer(exchange.answer)


@_message
def unsubscribe(request: HttpRequest, caller: Caller, register: Register) -> JsonResponse:
    """An acknowledgement; what became of the subscriptions goes to the call-back address."""
    _only_social(register)
    asked = received(request, caller, Envelope[Unsubscribe], "unsubscribe")
    exchange = actions.unsubscribe(
        client=caller.client,
        register=register,
        message_id=asked.header.message_id,
        asked=asked.message,
        callback_uri=callback_address(caller.client, asked.header.sender_uri, "unsubscribe"),
        actor=caller.asker,
        on=clock.today(),
    )
    assert exchange.answer is not None  # the action has just answered
    return json_answer(exchange.answer)


def _only_social(register: Register) -> None:
    if register is not Register.SOCIAL:
        raise Unreadable(404, "只有社会救助登记（social）可以订阅变动通知。")


# --- tokens, keys, the document ------------------------------------------------------------------------------------


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """A bearer token for a client's id and secret (OAuth 2.0, RFC 6749 section 4.4), in the form or by Basic authentication."""
    if request.method != "POST":
        return json_answer({"error": "invalid_request"}, 405)
    length = request.headers.get("Content-Length", "")
    if request.content_type != "application/x-www-form-urlencoded" or not length.isdigit() or int(length) > 4_096:
        return json_answer({"error": "invalid_request", "error_description": "expected a form of at most 4 KB"}, 400)
    if request.POST.get("grant_type") != "client_credentials":
        return json_answer({"error": "unsupported_grant_type"}, 400)
    client_id, secret = _credentials(request)
    given = queries.token(client_id, secret, actor=SYSTEM, now=int(time.time()), on=clock.today())
    if given is None:
        _log.warning("refused a token")
        answer = json_answer({"error": "invalid_client"}, 401)
        answer["WWW-Authenticate"] = "Basic"
        return answer
    return json_answer({"access_token": given, "token_type": "Bearer", "expires_in": TOKEN_SECONDS})


def _credentials(request: HttpRequest) -> tuple[str, str]:
    kind, _, said = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            client_id, _, secret = base64.b64decode(said, validate=True).decode().partition(":")
        except ValueError:
            return "", ""
        return client_id, secret
    return request.POST.get("client_id", ""), request.POST.get("client_secret", "")


def jwks(request: HttpRequest) -> HttpResponse:
    """Our public keys (RFC 7517); open to all."""
    return JsonResponse(queries.jwks(SYSTEM))


def openapi(request: HttpRequest) -> HttpResponse:
    """What is served, as an OpenAPI document; open to all."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
