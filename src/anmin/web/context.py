"""What the frame of every page shows: the navigation, the business day, who is signed in, the demonstration notice."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.web.navigation import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of `base.html`."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "business_date": clock.today(),
        "demo_notice": "演示数据：人物、住址、账户与金额均为虚构，与任何真实个人无关" if settings.DEMO else "",
        "actor": actor,
        "role_labels": "、".join(dict.fromkeys(role.label for role, _ in actor.roles)) if actor else "",
        "navigation": navigation(request, actor) if actor else [],
    }
