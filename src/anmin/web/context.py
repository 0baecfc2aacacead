"""What the frame of every page shows: the navigation, the business day, who is signed in, the demonstration notice."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.web.navigation import navigation

NOBODY = Actor(id=None, name="")


class Places:
    """What the areas of the frame are called; asked at the first need, by one question for a whole page."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def names(self) -> dict[str, str]:
        return areas.names_of_roles(self.actor)

    def county(self) -> str:
        """The name of the county; empty where none has been entered."""
        return next((name for path, name in self.names.items() if path.count("/") == 1), "")

    def signed_in(self) -> dict[str, str]:
        """Who is signed in, in which roles, where."""
        held = [self.names.get(path) or self.county() for _, path in self.actor.roles]
        return {
            "name": self.actor.name,
            "role": "、".join(dict.fromkeys(role.label for role, _ in self.actor.roles)) or "尚未分配角色",
            "area": "、".join(dict.fromkeys(name for name in held if name)),
        }


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of `base.html`. Callables are called by the template, so that a part of a page asks nothing."""
    actor: Actor | None = getattr(request, "actor", None)
    places = Places(actor or NOBODY)
    shown: dict[str, Any] = {
        "business_date": clock.today(),
        "demo_notice": "演示数据：人物、住址、账户与金额均为虚构，与任何真实个人无关" if settings.DEMO else "",
        "actor": actor,
        "county": places.county,
        "navigation": [],
    }
    if actor is not None:
        shown |= {
            "navigation": navigation(request, actor),
            "signed_in": places.signed_in,
            "account_links": [{"label": "修改密码", "url": reverse("own-password"), "icon": "key"}],
        }
    return shown
