"""What every message of a machine passes: token, pace, and each fault in the standard's words; nothing else leaves the house."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from anmin.api.dci.reading import Caller, Unreadable, caller_of
from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.registry import actions, wire
from anmin.ground.registry.refusals import MessageRefused
from anmin.ground.registry.taking import check_pace
from anmin.ground.registry.vocabulary import HTTP_STATUS, Fault

_log = logging.getLogger("anmin.api")
P = ParamSpec("P")


def json_answer(body: dict[str, Any], status: int = 200) -> JsonResponse:
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer


def fault_answer(fault: Fault, sentence: str, status: int | None = None) -> JsonResponse:
    answer = json_answer(wire.refused(fault, sentence), status or HTTP_STATUS.get(fault, 400))
    if fault is Fault.UNAUTHORISED:
        answer["WWW-Authenticate"] = "Bearer"
    if fault is Fault.TOO_MANY_REQUESTS:
        answer["Retry-After"] = "60"
    return answer


def guarded(view: Callable[Concatenate[HttpRequest, Caller, P], JsonResponse]) -> Callable[..., HttpResponse]:
    """A view of a machine's message: only POST, only with a token, not too often; faults told and put on record."""

    @csrf_exempt
    @wraps(view)
    def run(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        caller: Caller | None = None
        try:
            if request.method != "POST":
                raise Unreadable(405, "此地址只接受 POST。")
            caller = caller_of(request)
            check_pace(caller.client)
            return view(request, caller, *args, **kwargs)
        except MessageRefused as error:
            note(caller, error.fault, error.message, request.path)
            return fault_answer(error.fault, error.message, getattr(error, "status", None))
        except Refused as error:
            note(caller, Fault.FORBIDDEN, error.message, request.path)
            return fault_answer(Fault.FORBIDDEN, error.message)
        except BadValue as error:
            note(caller, Fault.BAD, error.message, request.path)
            return fault_answer(Fault.BAD, error.message)
        except Exception:
            # What went wrong is for the log of the server; it may hold what was asked, so only the place is told.
            _log.exception("a message to %s failed", request.path)
            return fault_answer(Fault.UNAVAILABLE, "系统暂时不能处理，请稍后再试。")

    return run


def note(caller: Caller | None, fault: Fault, why: str, path: str) -> None:
    """Refusals of known machines are in the log of the house; those of nobody only in the server's, or anybody could fill it."""
    if caller is None:
        _log.warning("refused at %s: %s", path, fault.value)
    elif fault is not Fault.TOO_MANY_REQUESTS:
        kind = path.rpartition("/registry/")[2]
        actions.note_refusal(client=caller.client, fault=fault, why=why, kind=kind, actor=caller.asker, on=clock.today())
