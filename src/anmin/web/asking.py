"""What a page asks of an action before and while it is done: may this be done at all, and why not."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Permission
from anmin.ground.accounts.vocabulary import Role
from anmin.web.middleware import ActingRequest

R = TypeVar("R")
View = Callable[..., HttpResponse]

BUSINESS = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
"""Whose work is with families and money. Who keeps the accounts looks after the platform, not after what is in it."""


def for_business(view: View) -> View:
    """The page is refused to whoever only keeps the accounts."""

    @wraps(view)
    def shown(request: ActingRequest, *args: Any, **named: Any) -> HttpResponse:
        if not request.actor.has(*BUSINESS):
            raise Refused("您的岗位不查看业务数据；需要时请由业务岗位或审计监督人员办理。")
        return view(request, *args, **named)

    return shown


def may(action: Callable[..., Any], **given: Any) -> bool:
    """Whether the action's permission says yes, so that no button is shown that would be refused."""
    asked: Permission = action.permission  # type: ignore[attr-defined]  # every action carries it
    return asked(**given)


def why_not(action: Callable[..., Any], **given: Any) -> str:
    """The reason of the refusal; empty where the permission says yes."""
    asked: Permission = action.permission  # type: ignore[attr-defined]  # every action carries it
    return "" if asked(**given) else asked.reason


def attempt(form: forms.Form, act: Callable[[], R]) -> R | None:
    """What the action returns; None when it said no, and then the form carries its sentence and all that was typed."""
    try:
        return act()
    except (BadValue, Refused) as error:
        form.add_error(None, error.message)
        return None


def number_in(text: str) -> int | None:
    """The whole number an address names, with a minus where one stands; None for anything else, be it ² or a thousand digits."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,12}", text) else None
