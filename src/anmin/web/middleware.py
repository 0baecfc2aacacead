"""Every page is for somebody who has signed in; what the house refuses is told in its own sentence."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.queries import actor_of

OPEN_PATHS = ("/sign-in", "/static/", "/health")
_BEFORE_A_NEW_PASSWORD = ("/my/password", "/sign-out")


class ActingRequest(HttpRequest):
    """A request of somebody signed in."""

    actor: Actor


class SignedInMiddleware:
    """Sets `request.actor`; sends whoever has not signed in to the door; tells refusals.

    A refused form goes back to the page it came from with the sentence on top, so that nothing typed elsewhere is lost; a
    refused page says why on a page of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.actor = actor_of(staff_id=request.user.pk, on=clock.today())  # type: ignore[attr-defined]  # see ActingRequest
        # The password of a demonstration is printed at its door, so there it guards nothing and need not be changed.
        if request.user.must_change_password and not settings.DEMO and not request.path.startswith(_BEFORE_A_NEW_PASSWORD):
            return redirect("own-password")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, BadValue | Refused):
            return None
        if request.method == "POST":
            messages.error(request, error.message)
            back = urlsplit(request.headers.get("Referer", ""))
            target = f"{back.path}?{back.query}" if back.query else back.path
            if back.netloc == request.get_host() and target.startswith("/"):
                return HttpResponseRedirect(target)
        status = 403 if isinstance(error, Refused) else 400
        return render(request, f"{status}.html", {"reason": error.message}, status=status)
