"""The papers of a case: shown and printed, issued with a number, downloaded; and what was handed in."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.ground.cases import actions, queries
from anmin.ground.documents import queries as files
from anmin.ground.documents.html_writer import to_html
from anmin.web.asking import may
from anmin.web.cases.lists import crumbs
from anmin.web.cases.views import render_case
from anmin.web.handing_in import FileForm, keep_file
from anmin.web.middleware import ActingRequest


def paper(request: ActingRequest, number: str, kind: str) -> HttpResponse:
    """A paper as it is or would be issued, for the screen and the printer."""
    actor, on = request.actor, clock.today()
    case = queries.find(actor, number)
    if case is None:
        raise Http404
    shown = queries.paper_preview(actor, case, kind, on)
    line = queries.paper_line(actor, case, kind)
    if line.document is not None:
        shown = files.paper(actor, line.document.number) or shown
    return render(
        request,
        "cases/paper.html",
        {
            "case": case,
            "kind": kind,
            "line": line,
            # The writer escapes every text of the paper itself.
            "paper": mark_safe(to_html(shown)),  # noqa: S308  # escaped above
            "files": list(line.document.files.all()) if line.document else [],
            "may_issue": may(actions.issue_paper, actor=actor, case=case),
            "breadcrumbs": crumbs({"label": number, "url": reverse("case", args=[number])}, {"label": line.label}),
        },
    )


@require_POST
def issue(request: ActingRequest, number: str, kind: str) -> HttpResponse:
    """The paper has its number and its files."""
    case = queries.find(request.actor, number)
    if case is None:
        raise Http404
    document = actions.issue_paper(case=case, kind=kind, actor=request.actor, on=clock.today())
    messages.success(request, f"已出具{document.title}，文号 {document.number}。")
    return redirect("case-paper", number, kind)


@require_POST
def receive(request: ActingRequest, number: str) -> HttpResponse:
    """A paper that was handed in lies with the case."""
    case = queries.find(request.actor, number)
    if case is None:
        raise Http404
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        kept = keep_file(form, subject=case, actor=request.actor, on=clock.today())
        if kept is not None:
            messages.success(request, f"已收存材料“{kept.title}”。")
            return redirect("case", number)
    return render_case(request, number, file_form=form)


def download(request: ActingRequest, file_id: int) -> HttpResponse:
    """The bytes of a file, never shown by the browser itself."""
    found, content = files.file(request.actor, file_id)
    answer = HttpResponse(content, content_type=found.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file_name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
