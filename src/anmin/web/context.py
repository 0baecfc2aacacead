"""What the frame of every page shows: the navigation, the business day, who is signed in, the demonstration notice."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from anmin.base import clock


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of `base.html`."""
    return {
        "business_date": clock.today(),
        "demo_notice": "演示数据，人物、住址、金额均为虚构" if settings.DEMO else "",
        "actor": getattr(request, "actor", None),
    }
