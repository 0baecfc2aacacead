"""Addresses of earlier days lead on to where things are now."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from anmin.ground.entitlements import queries as entitlements
from anmin.web.middleware import ActingRequest

DIBAO = "assistance.dibao"


def register(request: HttpRequest) -> HttpResponse:
    """The register of dibao, with whatever it was filtered by."""
    return _on_to(request, reverse("benefit", args=[DIBAO]))


def why(request: HttpRequest, household_id: int) -> HttpResponse:
    """The reasons of a household's dibao."""
    query = request.GET.copy()
    query["household"] = str(household_id)
    if "entitlement" in query:
        del query["household"]
    return HttpResponsePermanentRedirect(f"{reverse('benefit-why', args=[DIBAO])}?{query.urlencode()}")


def entitlement(request: ActingRequest, entitlement_id: int) -> HttpResponse:
    """The page of an entitlement, which stands under its benefit; to whoever may not see it, there is none."""
    held = entitlements.by_id(request.actor, entitlement_id)
    if held is None:
        raise Http404
    return _on_to(request, reverse("benefit-entitlement", args=[held.benefit, held.pk]))


def _on_to(request: HttpRequest, address: str) -> HttpResponse:
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
