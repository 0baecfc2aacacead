"""What a command does first: Django awake, mistakes told as sentences."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from anmin.ground.accounts.gate import Actor

P = ParamSpec("P")
R = TypeVar("R")


def django_ready() -> None:
    """Django is set up; commands call this themselves, so that `anmin --help` and the commands without records start at once."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
        django.setup()


@contextmanager
def told_plainly() -> Iterator[None]:
    """A refusal or a bad value ends the command with its sentence on standard error and exit status 1, never a traceback."""
    from anmin.base.errors import BadValue, Refused

    try:
        yield
    except (BadValue, Refused) as error:
        print(error.message, file=sys.stderr)  # noqa: T201  the command line speaks through print
        raise SystemExit(1) from None


def with_records(command: Callable[P, R]) -> Callable[P, R]:
    """A command that works on the records: Django is ready before it, and its mistakes are told plainly."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with told_plainly():
            django_ready()
            return command(*args, **kwargs)

    return run


def acting(username: str | None, on: date | None = None) -> "Actor":
    """The member of staff in whose name a command acts; the system itself when none is named."""
    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.accounts.queries import actor_named

    return SYSTEM if username is None else actor_named(username=username, on=on or clock.today())
