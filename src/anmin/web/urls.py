"""The address of every page: each room of the door brings its own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from anmin.web.gallery import gallery

ROOMS = (
    "accounts", "policy", "audit", "figures", "reports", "checking", "home",
    "benefits", "payments", "groups", "cases", "schedules", "people", "imports", "simulation", "discovery",
    "insured", "temporary", "campaigns", "homechecks", "verification", "registry",
)  # fmt: skip


def health(request: HttpRequest) -> HttpResponse:
    """Answers when the platform is up and its database can be asked."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health", health, name="health"),
    *(path("", include(f"anmin.web.{room}.urls")) for room in ROOMS),
    # One process serves both doors; they know nothing of each other.
    path("api/", include("anmin.api.urls")),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("gallery", gallery, name="gallery"))
