"""For whom the pages of verification are."""

from functools import wraps
from typing import Any

from django.http import HttpResponse

from anmin.base.errors import Refused
from anmin.ground.verification.permissions import reads_verification
from anmin.web.asking import View
from anmin.web.middleware import ActingRequest


def for_readers(view: View) -> View:
    """The page is refused to whoever need not know what other departments say of a family."""

    @wraps(view)
    def shown(request: ActingRequest, *args: Any, **named: Any) -> HttpResponse:
        if not reads_verification(request.actor):
            raise Refused("核对内容只供办理和监督救助的岗位查阅；您的岗位不需要知道，因此不显示。")
        return view(request, *args, **named)

    return shown
