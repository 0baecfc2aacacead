"""Doubtful matches: both sides beside each other, and the word of the person who looked."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.verification import actions, queries
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.middleware import ActingRequest
from anmin.web.verification.finding_forms import HitFilter, IdentifyForm, LookAgainForm
from anmin.web.verification.sides import side_by_side
from anmin.web.verification.tables import HitTable, LookedAtTable
from anmin.web.verification.tabs import crumbs

PER_PAGE = 10
_PLACE = ("待辨认", "verification-queue")


def queue(request: ActingRequest, returned: IdentifyForm | None = None, returned_to: int = 0) -> HttpResponse:
    """The doubtful matches, the oldest first; a form that came back stands at its match."""
    actor = request.actor
    asked = _asked(request)
    found = queries.hits_in_queue(actor, **asked)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, HitTable(found)), "待辨认记录")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    cards: list[dict[str, Any]] = []
    for each in queries.hit_pages(actor, list(page.object_list)):
        key = each.hit.pk
        cards.append(
            {
                **side_by_side(each),
                "form": returned if returned and returned_to == key else IdentifyForm(auto_id=f"id_{key}_%s"),
                "may": may(actions.identify_hit, actor=actor, hit=each.hit),
            }
        )
    return _shown(request, page, cards, "queue", 422 if returned else 200)


def looked_at(request: ActingRequest, returned: LookAgainForm | None = None, returned_to: int = 0) -> HttpResponse:
    """The records of which somebody has said whose they are, the latest first; each may be looked at again."""
    actor = request.actor
    found = queries.hits_looked_at(actor, **_asked(request))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, LookedAtTable(found)), "已辨认记录")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    cards: list[dict[str, Any]] = []
    for each in queries.hit_pages(actor, list(page.object_list)):
        key = each.hit.pk
        cards.append(
            {
                **side_by_side(each),
                "again": returned if returned and returned_to == key else LookAgainForm(auto_id=f"id_{key}_%s"),
                "open": bool(returned) and returned_to == key,
                "may": may(actions.reopen_hit, actor=actor, hit=each.hit),
            }
        )
    return _shown(request, page, cards, "looked-at", 422 if returned else 200)


def _asked(request: ActingRequest) -> dict[str, str]:
    form = HitFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    return {"source": given.get("source", ""), "text": given.get("text", "")}


def _shown(request: ActingRequest, page: Any, cards: list[dict[str, Any]], tab: str, status: int) -> HttpResponse:
    return render(
        request,
        "verification/queue.html",
        {
            "form": HitFilter(request.GET),
            "page": page,
            "cards": cards,
            "tab": tab,
            "total": page.paginator.count,
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE, *([{"label": "已辨认"}] if tab == "looked-at" else [])),
        },
        status=status,
    )


def look_again(request: ActingRequest, hit_id: int) -> HttpResponse:
    """What somebody said of a record no longer holds; it stands among those that wait."""
    found = queries.hit(request.actor, hit_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return redirect("hits-looked-at")
    form = LookAgainForm(request.POST, auto_id=f"id_{hit_id}_%s")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.reopen_hit(hit=found.hit, reason=reason, actor=request.actor, on=clock.today())
        except Refused as error:
            # It may be among those that wait by now, so it is no card of this page that could say so.
            messages.error(request, error.message)
            return redirect("hits-looked-at")
        messages.success(request, f"{found.hit.person.name}的{found.source_label}记录恢复待辨认。")
        return redirect("verification-queue")
    return looked_at(request, form, hit_id)


def identify(request: ActingRequest, hit_id: int) -> HttpResponse:
    """Somebody says whether the record is the person's."""
    found = queries.hit(request.actor, hit_id)
    if found is None:
        raise Http404
    back = f"{reverse('verification-queue')}?{request.GET.urlencode()}"
    if request.method != "POST":
        return redirect(back)
    form = IdentifyForm(request.POST, auto_id=f"id_{hit_id}_%s")
    if form.is_valid():
        is_person = form.cleaned_data["is_person"] == "yes"
        told = attempt(
            form,
            lambda: actions.identify_hit(
                hit=found.hit,
                is_person=is_person,
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                on=clock.today(),
            ),
        )
        if told is not None:
            words = "是本人，已列入核对发现" if is_person else "不是本人，以后的核对中同一记录不再列出"
            messages.success(request, f"已辨认{found.hit.person.name}的{found.source_label}记录：{words}。")
            return redirect(back)
    return queue(request, form, hit_id)
