"""The one way to change the world: who may, all or nothing, and one line in the log.

    @permission("只有受理地的经办人可以受理")
    def may_accept_case(actor: Actor, case: Case) -> bool: ...

    @action("case.accepted", permission=may_accept_case)
    def accept_case(*, case: Case, actor: Actor, on: date) -> Case: ...

An action takes keywords only, `actor` and `on` among them, and returns the record it was about.
"""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from anmin.base.errors import Refused
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.audit import chain

P = ParamSpec("P")
R = TypeVar("R", bound=models.Model)

COUNTY_PATH = ""


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff with the roles held today, or the system itself (`id` is None).

    `roles` pairs each role with the path of the area it is held in.
    """

    id: int | None
    name: str
    roles: tuple[tuple[Role, str], ...] = ()

    def has(self, *roles: Role, at: str | None = None) -> bool:
        """True when one of the roles is held in the area with path `at` or above it (anywhere when `at` is None)."""
        return any(held in roles and (at is None or at.startswith(path)) for held, path in self.roles)

    def sees(self, path: str) -> bool:
        """True when the area with this path lies within what the actor may see."""
        return any(path.startswith(held) for _, held in self.roles)

    @property
    def scope(self) -> tuple[str, ...]:
        """The paths of the areas the actor may see, none inside another."""
        paths = {path for _, path in self.roles}
        return tuple(sorted(p for p in paths if not any(p != q and p.startswith(q) for q in paths)))

    @property
    def sees_the_county(self) -> bool:
        """True when one of the roles is held for the whole county: a path of one step at most."""
        return any(path.count("/") <= 1 for _, path in self.roles)

    @property
    def is_system(self) -> bool:
        return self.id is None


SYSTEM = Actor(id=None, name="系统", roles=tuple((role, COUNTY_PATH) for role in Role))
"""Acts for imports at set-up and for scheduled work; it is named in the log like everybody else."""


class Permission:
    """A named predicate with the sentence that is shown when it says no."""

    def __init__(self, predicate: Callable[..., bool], reason: str) -> None:
        self.predicate = predicate
        self.reason = reason
        self.name = predicate.__name__
        self.asks_for = tuple(inspect.signature(predicate).parameters)

    def __call__(self, **given: Any) -> bool:
        return self.predicate(**{name: given[name] for name in self.asks_for})


class NotedRefusal(Refused):
    """A refusal that has its own line in the log: nothing was done, but that it was tried, about what and why not, is kept.

    The line is written once everything that was tried has been rolled back.
    """

    def __init__(self, message: str, *, verb: str, subject: models.Model, basis: str = "", **details: Any) -> None:
        super().__init__(message)
        self.verb, self.subject, self.basis, self.details = verb, subject, basis, details


def permission(reason: str) -> Callable[[Callable[..., bool]], Permission]:
    """Turns a predicate over `actor` and an action's other arguments into a Permission with its Chinese reason."""
    return lambda predicate: Permission(predicate, reason)


@dataclass
class _Remark:
    summary: str = ""
    basis: str = ""
    details: dict[str, Any] = field(default_factory=dict)


_remark: ContextVar[_Remark | None] = ContextVar("remark", default=None)

ACTIONS: dict[str, Callable[..., Any]] = {}
"""Every action of the house by its audit verb, for the reference pages and the house tests."""


def remark(summary: str = "", *, basis: str = "", **details: Any) -> None:
    """Adds to the audit line of the action that is running: a Chinese sentence, its legal basis, plain details."""
    current = _remark.get()
    if current is None:
        raise RuntimeError("remark() is only for the inside of an action")
    current.summary = summary or current.summary
    current.basis = basis or current.basis
    current.details.update(details)


def action(verb: str, *, permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a function the action `verb` (such as `case.accepted`).

    Writes all or nothing, with one audit line about the record it returns. Raises Refused with the permission's reason.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        _refuse_signature(function.__name__, signature, permission)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__name__} takes keywords only")
            bound = signature.bind(**kwargs)
            bound.apply_defaults()
            given = bound.arguments
            if not permission(**given):
                raise Refused(permission.reason)
            outermost = _remark.get() is None
            token = _remark.set(_Remark())
            try:
                with transaction.atomic():
                    subject = function(*args, **kwargs)
                    said = _remark.get()
                    assert said is not None
                    chain.append(
                        verb=verb,
                        subject=subject,
                        actor_id=given["actor"].id,
                        actor_name=given["actor"].name,
                        on=given["on"],
                        summary=said.summary,
                        basis=said.basis,
                        details=said.details,
                    )
                return subject
            except NotedRefusal as refusal:
                # An action inside another leaves it to that one, whose roll-back would take the line along.
                if outermost:
                    _note(refusal, given["actor"], given["on"])
                raise
            finally:
                _remark.reset(token)

        run.verb = verb  # type: ignore[attr-defined]  # read by the house tests
        run.permission = permission  # type: ignore[attr-defined]  # read by the house tests
        if verb in ACTIONS:
            raise ValueError(f"two actions claim the verb {verb}")
        ACTIONS[verb] = run
        return run

    return wrap


def _note(refusal: NotedRefusal, actor: Actor, on: date) -> None:
    with transaction.atomic():
        chain.append(
            verb=refusal.verb,
            subject=refusal.subject,
            actor_id=actor.id,
            actor_name=actor.name,
            on=on,
            summary=refusal.message,
            basis=refusal.basis,
            details=refusal.details,
        )


def _refuse_signature(name: str, signature: inspect.Signature, permission: Permission) -> None:
    """A mistake in how an action is written shows when the house is started, not when somebody is served."""
    parameters = signature.parameters
    if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters.values()):
        raise TypeError(f"the action {name} must take keywords only")
    for needed in ("actor", "on", *permission.asks_for):
        if needed not in parameters:
            raise TypeError(f"the action {name} has no parameter {needed!r}")
