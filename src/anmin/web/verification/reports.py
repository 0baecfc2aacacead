"""Reports on households: the list, one as its paper, its issue; and the page where anybody may prove a paper unchanged."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from anmin.base import clock
from anmin.ground.areas import queries as areas
from anmin.ground.documents import queries as files
from anmin.ground.documents.html_writer import to_html
from anmin.ground.people import queries as people
from anmin.ground.verification import actions, queries
from anmin.ground.verification.vocabulary import VerificationResult
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.verification.report_forms import ProofFileForm, ProofForm, ReportFilter
from anmin.web.verification.tables import ReportTable
from anmin.web.verification.tabs import RESULT_TONES, crumbs

_PLACE = ("核对报告", "verification-reports")


def reports(request: ActingRequest) -> HttpResponse:
    """The reports, the latest first."""
    actor, on = request.actor, clock.today()
    form = ReportFilter(request.GET, towns=list(areas.towns(actor, on=on)))
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.reports(actor, text=asked.get("text", ""), result=asked.get("result", ""), area=asked.get("town", ""))
    if asked.get("valid"):
        still = {"valid_until__gte": on}
        found = found.filter(**still) if asked["valid"] == "yes" else found.exclude(**still)
    table = ReportTable(found.select_related("area__parent", "issued_by"))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "核对报告")
    return render(
        request,
        "verification/reports.html",
        {
            "form": form,
            "table": listing.configured(request, table),
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE),
        },
    )


def report(request: ActingRequest, number: str) -> HttpResponse:
    """One report as it was issued, for the screen, the printer, and as files."""
    actor, on = request.actor, clock.today()
    found = queries.report(actor, number)
    if found is None:
        raise Http404
    paper = files.paper(actor, found.document.number) if found.document else None
    return render(
        request,
        "verification/report.html",
        {
            "report": found,
            "result": VerificationResult(found.result).label,
            "tone": RESULT_TONES[found.result],
            "is_valid": found.valid_until >= on,
            # The writer escapes every text of the paper itself.
            "paper": mark_safe(to_html(paper)) if paper else "",  # noqa: S308  # escaped above
            "files": list(found.document.files.all()) if found.document else [],
            "household_url": record_url("household", found.household_id),
            "breadcrumbs": crumbs(*_PLACE, {"label": number}),
        },
    )


def issue(request: ActingRequest, number: str, household_id: int) -> HttpResponse:
    """The report on a family's part of an inquiry has its number."""
    actor = request.actor
    home = people.households(actor).filter(pk=household_id).first()
    inquiry = queries.inquiries_about(actor, home).filter(number=number).first() if home else None
    if home is None or inquiry is None:
        raise Http404
    if request.method != "POST":
        return redirect("family-inquiry", number, household_id)
    made = actions.issue_report(inquiry=inquiry, household=home, actor=actor, on=clock.today())
    messages.success(request, f"已出具核对报告 {made.number}，有效期至{made.valid_until:%Y-%m-%d}。")
    return redirect("verification-report", made.number)


def proof(request: HttpRequest) -> HttpResponse:
    """Whoever holds a paper learns whether we issued it and it stands so: by its number and code, or by the file itself.

    Nobody of the family is named, nor is kept who asks, nor the file.
    """
    if request.method == "POST":
        return _proof_of_file(request)
    asked = {name: request.GET[name] for name in ("number", "seal") if name in request.GET}
    form = ProofForm(asked or None)
    shown: dict[str, Any] = {"form": form, "file_form": ProofFileForm(), "asked": ""}
    if asked and form.is_valid():
        proved = queries.proves(form.cleaned_data["number"], form.cleaned_data["seal"])
        shown |= {"asked": "code", "proof": proved, "expired": _expired(proved)}
    return render(request, "verification/proof.html", shown, status=422 if form.errors else 200)


def _proof_of_file(request: HttpRequest) -> HttpResponse:
    form = ProofFileForm(request.POST, request.FILES)
    shown: dict[str, Any] = {"form": ProofForm(), "file_form": form, "asked": ""}
    if form.is_valid():
        summed = hashlib.sha256()
        for chunk in form.cleaned_data["file"].chunks():
            summed.update(chunk)
        proved = queries.proves_file(summed.hexdigest())
        shown |= {"asked": "file", "proof": proved, "expired": _expired(proved)}
    return render(request, "verification/proof.html", shown, status=422 if form.errors else 200)


def _expired(proved: queries.Proof) -> bool:
    return proved.valid_until is not None and proved.valid_until < clock.today()
