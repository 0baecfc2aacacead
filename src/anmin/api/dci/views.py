"""One view for each message of the standard. What goes wrong is told in the standard's words; nothing else leaves the house."""

import base64
import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from anmin.api.dci.openapi import document
from anmin.api.dci.reading import Caller, Unreadable, caller_of, received
from anmin.base import clock
from anmin.base.dci.messages import Envelope, Search, StatusSearch, Subscribe, TxnStatus, Unsubscribe
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.registry import actions, queries, wire
from anmin.ground.registry.clients import TOKEN_SECONDS, callback_address
from anmin.ground.registry.refusals import MessageRefused
from anmin.ground.registry.taking import check_pace
from anmin.ground.registry.vocabulary import HTTP_STATUS, Fault, Register

_log = logging.getLogger("anmin.api")
P = ParamSpec("P")


def _json(body: dict[str, Any], status: int = 200) -> JsonResponse:
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer


def _fault(fault: Fault, sentence: str, status: int | None = None) -> JsonResponse:
    answer = _json(wire.refused(fault, sentence), status or HTTP_STATUS.get(fault, 400))
    if fault is Fault.UNAUTHORISED:
        answer["WWW-Authenticate"] = "Bearer"
    if fault is Fault.TOO_MANY_REQUESTS:
        answer["Retry-After"] = "60"
    return answer


def _message(
    view: Callable[Concatenate[HttpRequest, Caller, Register, P], JsonResponse],
) -> Callable[..., HttpResponse]:
    """A view of a client's message: only POST, only with a token, only for a register there is; faults told and put on record."""

    @csrf_exempt
    @wraps(view)
    def run(request: HttpRequest, register: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        caller: Caller | None = None
        try:
            if request.method != "POST":
                raise Unreadable(405, "此地址只接受 POST。")
            caller = caller_of(request)
            check_pace(caller.client)
            if register not in Register.values:
                raise Unreadable(404, "没有这一登记。")
            return view(request, caller, Register(register), *args, **kwargs)
        except MessageRefused as error:
            _note(caller, error.fault, error.message, request.path)
            return _fault(error.fault, error.message, getattr(error, "status", None))
        except Refused as error:
            _note(caller, Fault.FORBIDDEN, error.message, request.path)
            return _fault(Fault.FORBIDDEN, error.message)
        except BadValue as error:
            _note(caller, Fault.BAD, error.message, request.path)
            return _fault(Fault.BAD, error.message)
        except Exception:
            # What went wrong is for the log of the server; it may hold what was asked, so only the place is told.
            _log.exception("a message to %s failed", request.path)
            return _fault(Fault.UNAVAILABLE, "系统暂时不能处理，请稍后再试。")

    return run


def _note(caller: Caller | None, fault: Fault, why: str, path: str) -> None:
    """Refusals of known machines are in the log of the house; those of nobody only in the server's, or anybody could fill it."""
    if caller is None:
        _log.warning("refused at %s: %s", path, fault.value)
    elif fault is not Fault.TOO_MANY_REQUESTS:
        kind = path.rpartition("/registry/")[2]
        actions.note_refusal(client=caller.client, fault=fault, why=why, kind=kind, actor=caller.asker, on=clock.today())


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
    return _json(exchange.answer)


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
    return _json(exchange.answer)


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
    return _json(exchange.answer)


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
    return _json(exchange.answer)


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
    return _json(exchange.answer)


def _only_social(register: Register) -> None:
    if register is not Register.SOCIAL:
        raise Unreadable(404, "只有社会救助登记（social）可以订阅变动通知。")


# --- tokens, keys, the document ------------------------------------------------------------------------------------


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """A bearer token for a client's id and secret (OAuth 2.0, RFC 6749 section 4.4), in the form or by Basic authentication."""
    if request.method != "POST":
        return _json({"error": "invalid_request"}, 405)
    length = request.headers.get("Content-Length", "")
    if request.content_type != "application/x-www-form-urlencoded" or not length.isdigit() or int(length) > 4_096:
        return _json({"error": "invalid_request", "error_description": "expected a form of at most 4 KB"}, 400)
    if request.POST.get("grant_type") != "client_credentials":
        return _json({"error": "unsupported_grant_type"}, 400)
    client_id, secret = _credentials(request)
    given = queries.token(client_id, secret, actor=SYSTEM, now=int(time.time()), on=clock.today())
    if given is None:
        _log.warning("refused a token")
        answer = _json({"error": "invalid_client"}, 401)
        answer["WWW-Authenticate"] = "Basic"
        return answer
    return _json({"access_token": given, "token_type": "Bearer", "expires_in": TOKEN_SECONDS})


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
