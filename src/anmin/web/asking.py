"""What a page asks of an action before and while it is done: may this be done at all, and why not."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Permission

R = TypeVar("R")


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
