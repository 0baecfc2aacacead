"""A village's list for the visitors, the sheet they may fill in instead, and a household with its visits."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.ground.documents import actions as documents
from anmin.ground.documents import queries as files
from anmin.lines.assistance.dibao.vocabulary import LivingConditions
from anmin.lines.assistance.homechecks import actions, queries
from anmin.lines.assistance.homechecks.imports import VISITS
from anmin.lines.assistance.homechecks.reports import told
from anmin.lines.assistance.homechecks.vocabulary import CHECKED, REGISTERS, PlanState, VisitResult
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.handing_in import FileForm, keep_file
from anmin.web.homechecks.forms import ReasonForm, VisitForm
from anmin.web.homechecks.tables import RESULT_TONES, RESULTS
from anmin.web.homechecks.views import HOME, LIST, found_plan
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.templatetags.anmin import chinese_date


def village(request: ActingRequest, plan_id: int, area_id: int) -> HttpResponse:
    """The households of one village in the order of the draw: on paper with room to write, on a phone one below the other."""
    found = found_plan(request.actor, plan_id)
    rows: Any = list(queries.checks(request.actor, found).filter(area_id=area_id))
    if not rows:
        raise Http404
    area = rows[0].area
    return render(
        request,
        "homechecks/village.html",
        {
            "plan": found,
            "village": area,
            "rows": [
                {
                    "check": row,
                    "benefits": "、".join(REGISTERS.get(each, each) for each in row.benefits),
                    "result": RESULTS[row.result],
                    "tone": RESULT_TONES[row.result],
                }
                for row in rows
            ],
            "checked": sum(row.result in CHECKED for row in rows),
            "breadcrumbs": [
                HOME,
                {**LIST, "url": reverse("home-checks")},
                {"label": str(found), "url": reverse("home-check-plan", args=[plan_id])},
                {"label": area.name},
            ],
        },
    )


def sheet(request: ActingRequest, plan_id: int) -> HttpResponse:
    """The households still to be checked as the sheet that visitors fill in and the town brings back."""
    found = found_plan(request.actor, plan_id)
    heads = [column.header for column in VISITS.columns]
    rows = [
        [str(found), check.household.number, *[""] * (len(heads) - 2)]
        for check in queries.checks(request.actor, found)
        if check.result not in CHECKED
    ]
    return listing.xlsx_response([heads, *rows], VISITS.label)


def check(
    request: ActingRequest, check_id: int, file_form: FileForm | None = None, reason_form: ReasonForm | None = None
) -> HttpResponse:
    """One household: what is known, its visits, and the form for the next one or for a correction (`?correct=<visit>`)."""
    actor, on, found = request.actor, clock.today(), _found(request, check_id)
    visits = list(found.visits.all())
    corrected = _to_correct(visits, request.GET.get("correct", ""))
    may_record = found.plan.state == PlanState.UNDERWAY and may(actions.record_visit, actor=actor, check=found)
    asked = may_record and (found.result not in CHECKED or corrected is not None)
    posted = request.POST if request.method == "POST" and file_form is None and reason_form is None else None
    form = VisitForm(posted, staff=queries.visitors(actor, found), on=on, me=actor.id, initial=_as_told(corrected))
    reason = ReasonForm(posted if corrected else None)
    if asked and posted is not None and form.is_valid() and (corrected is None or reason.is_valid()):
        made = attempt(form, lambda: _recorded(request, found, form, corrected, reason))
        if made is not None:
            messages.success(request, f"{found.household.number}：已登记，{VisitResult(made.result).label}。")
            return redirect("home-check", check_id)
    return render(
        request,
        "homechecks/check.html",
        {
            "check": found,
            "result": RESULTS[found.result],
            "tone": RESULT_TONES[found.result],
            "facts": _facts(found),
            "visits": [_visit(each, may_record) for each in reversed(visits)],
            "form": form if asked else None,
            "correcting": corrected,
            "reason_form": reason,
            "may_review": may_record
            and found.review is None
            and found.result in (VisitResult.CHANGED, VisitResult.MOVED)
            and may(actions.open_review, actor=actor, check=found),
            "files": files.about(actor, found),
            "may_add_files": may_record and may(documents.receive_document, actor=actor, area=found.area),
            "file_form": file_form or FileForm(),
            "next": queries.checks(actor, found.plan)
            .filter(area=found.area, place__gt=found.place)
            .exclude(result__in=CHECKED)
            .first(),
            "breadcrumbs": [
                HOME,
                {**LIST, "url": reverse("home-checks")},
                {"label": str(found.plan), "url": reverse("home-check-plan", args=[found.plan_id])},
                {"label": found.area.name, "url": reverse("home-check-village", args=[found.plan_id, found.area_id])},
                {"label": found.household.head.name},
            ],
        },
        status=422 if form.errors or reason.errors or file_form else 200,
    )


@require_POST
def review(request: ActingRequest, check_id: int) -> HttpResponse:
    """What changed is looked at in a review."""
    found = actions.open_review(check=_found(request, check_id), actor=request.actor, on=clock.today())
    messages.success(request, f"已启动复核，办件编号 {found.review.number if found.review else ''}。")
    return redirect("home-check", check_id)


@require_POST
def receive(request: ActingRequest, check_id: int) -> HttpResponse:
    """A photograph or a signed sheet lies with the household's check."""
    found = _found(request, check_id)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        kept = keep_file(form, subject=found, actor=request.actor, on=clock.today())
        if kept is not None:
            messages.success(request, f"已收存“{kept.title}”。")
            return redirect("home-check", check_id)
    return check(request, check_id, file_form=form)


def _found(request: ActingRequest, check_id: int) -> Any:
    found = queries.check(request.actor, check_id)
    if found is None:
        raise Http404
    return found


def _to_correct(visits: list[Any], key: str) -> Any:
    return next((each for each in visits if str(each.pk) == key and not hasattr(each, "corrected_by")), None)


def _recorded(request: ActingRequest, found: Any, form: VisitForm, corrected: Any, reason: ReasonForm) -> Any:
    on = clock.today()
    if corrected is None:
        return actions.record_visit(check=found, report=form.report, actor=request.actor, on=on)
    said = reason.cleaned_data["reason"]
    return actions.correct_visit(check=found, visit=corrected, report=form.report, reason=said, actor=request.actor, on=on)


def _as_told(visit: Any) -> dict[str, Any]:
    if visit is None:
        return {}
    return {
        "visited_on": visit.visited_on,
        "result": visit.result,
        "changes": visit.changes,
        "conditions": visit.conditions,
        "findings": visit.findings,
        "visitors": [each for each in (visit.visitor_id, visit.second_visitor_id) if each],
        "other_visitor": visit.other_visitor,
    }


def _visit(visit: Any, may_record: bool) -> dict[str, Any]:
    people = [visit.visitor.name, visit.second_visitor.name if visit.second_visitor else "", visit.other_visitor]
    after = getattr(visit, "corrected_by", None)
    return {
        "visit": visit,
        "told": told(visit),
        "people": "、".join(each for each in people if each),
        "conditions": "、".join(str(LivingConditions(each).label) for each in visit.conditions),
        "tone": RESULT_TONES[visit.result],
        "replaced": after is not None,
        "may_correct": may_record and after is None,
    }


def _facts(found: Any) -> list[Any]:
    household = found.household
    return [
        {"label": "户主", "value": household.head.name, "href": record_url("person", household.head_id)},
        {"label": "户编号", "value": household.number, "href": record_url("household", household.pk)},
        ("镇村", f"{found.area.parent.name if found.area.parent else ''}{found.area.name}"),
        ("住址", household.address or None),
        ("联系电话", household.head.phone or None),
        ("名册日在享", "、".join(REGISTERS.get(each, each) for each in found.benefits)),
        ("完成期限", chinese_date(found.plan.due_on)),
        ("再次入户期限", chinese_date(found.again_due_on) if found.again_due_on else None),
    ]
