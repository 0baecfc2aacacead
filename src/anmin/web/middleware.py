"""Every page is for somebody who has signed in, as an actor with the roles held on the business day."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.queries import actor_of

OPEN_PATHS = ("/sign-in", "/static/", "/health")


class ActingRequest(HttpRequest):
    """A request of somebody signed in."""

    actor: Actor


class SignedInMiddleware:
    """Sets `request.actor`; sends whoever has not signed in to the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.actor = actor_of(staff_id=request.user.pk, on=clock.today())  # type: ignore[attr-defined]  # see ActingRequest
        return self.get_response(request)
