"""Every page is for somebody who has signed in; what the house refuses is told in its own sentence."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.queries import actor_of

OPEN_PATHS = ("/sign-in", "/static/", "/health", "/api/", "/verification/proof")
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
            return _to_the_door(request)
        request.actor = actor_of(staff_id=request.user.pk, on=clock.today())  # type: ignore[attr-defined]  # see ActingRequest
        # The password of a demonstration is printed at its door, so there it guards nothing and need not be changed.
        if request.user.must_change_password and not settings.DEMO and not request.path.startswith(_BEFORE_A_NEW_PASSWORD):
            return redirect("own-password")
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET":
            # An address that only takes forms: whoever comes back to it after signing in anew, or after a refusal, meant the
            # page on which the form stands.
            return redirect(_page_above(request.path))
        if not response.has_header("Cache-Control"):
            # Pages about families are for who asked, and for nobody's store on the way.
            response["Cache-Control"] = "private, no-cache"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, BadValue | Refused):
            return None
        if request.method == "POST":
            messages.error(request, error.message)
            if target := _page_it_came_from(request):
                return HttpResponseRedirect(target)
        status = 403 if isinstance(error, Refused) else 400
        return render(request, f"{status}.html", {"reason": error.message}, status=status)


def _to_the_door(request: HttpRequest) -> HttpResponse:
    """Where one signs in, and comes back from; a part of a page that htmx asks for must not be filled with the door."""
    if "HX-Request" not in request.headers:
        return redirect_to_login(request.get_full_path())
    answer = HttpResponse()
    answer["HX-Redirect"] = resolve_url(settings.LOGIN_URL)
    return answer


def _page_above(path: str) -> str:
    """The nearest address above that exists; the home page in the end."""
    while path := path.rpartition("/")[0]:
        if is_valid_path(path):
            return path
    return "/"


def _page_it_came_from(request: HttpRequest) -> str:
    """The path of the page a form stood on; empty when it was not one of ours."""
    back = urlsplit(request.headers.get("Referer", ""))
    target = f"{back.path}?{back.query}" if back.query else back.path
    ours = back.netloc == request.get_host()
    # A path of two slashes would lead to another host.
    return target if ours and url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""
