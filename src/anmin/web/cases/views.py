"""One case: where it stands, how much time is left, what may be done, what was done, the family, the papers."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.cases import actions, queries
from anmin.ground.documents import actions as documents
from anmin.ground.documents import queries as files
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.reasons import explained
from anmin.ground.people import queries as people
from anmin.ground.people.vocabulary import AbsenceReason, Relation
from anmin.web.asking import may
from anmin.web.cases.forms import StepForm
from anmin.web.cases.lists import crumbs
from anmin.web.cases.reckoning import held_alone
from anmin.web.cases.tables import due, state_tone
from anmin.web.handing_in import FileForm
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url

_ASKS_FOR_SOMEBODY = {"people", "staff", "files"}


def page(request: ActingRequest, number: str) -> HttpResponse:
    """Everything about one case."""
    return render_case(request, number)


def step(request: ActingRequest, number: str, name: str) -> HttpResponse:
    """A step is taken; or its form comes back with what is wrong and all that was typed."""
    actor, on = request.actor, clock.today()
    case = queries.find(actor, number)
    if case is None:
        raise Http404
    if request.method != "POST":
        return redirect(f"{reverse('case', args=[number])}?step={name}#next")
    possible = next((each for each in queries.possible_steps(actor, case, on) if each.name == name), None)
    if possible is None:
        raise Refused("本件已经到了另一环节，请按页面上现在可以办理的步骤办理。")
    form = StepForm(request.POST, step=possible, options=queries.options(actor, case, on), on=on, me=actor.id)
    if form.is_valid():
        try:
            note = form.cleaned_data["note"]
            actions.take_step(case=case, step=name, data=form.answers(), note=note, actor=actor, on=on)
        except (BadValue, Refused) as error:
            form.refuse(error.message)
        else:
            messages.success(request, f"已办理“{possible.label}”。")
            return redirect("case", number)
    return render_case(request, number, form=form)


def render_case(
    request: ActingRequest, number: str, *, form: StepForm | None = None, file_form: FileForm | None = None
) -> HttpResponse:
    """The page of a case, with a form that came back where one did."""
    actor, on = request.actor, clock.today()
    try:
        found = queries.case(actor, number, on)
    except Refused as refused:
        raise Http404(refused.message) from refused
    case, row = found.case, found.row
    home = people.household(actor, case.household_id, on=on)
    faulty = bool((form and form.errors) or (file_form and file_form.errors))
    return render(
        request,
        "cases/case.html",
        {
            "case": case,
            "row": row,
            "chip": due(row),
            "state_tone": state_tone(row),
            "found": found,
            "progress": [
                {"label": phase.label, "state": phase.state, "detail": f"{phase.on:%Y-%m-%d}" if phase.on else ""}
                for phase in found.phases
            ],
            "running": [_clock(each) for each in found.clocks if each.stopped_on is None],
            "stopped": [_clock(each) for each in found.clocks if each.stopped_on is not None],
            "entries": [_entry(each, found.case.number) for each in reversed(found.actions)],
            **_steps(request, found, form, on),
            "papers": _papers(found),
            "may_issue": may(actions.issue_paper, actor=actor, case=case),
            "files": files.about(actor, case).filter(subject_id=str(case.pk)),
            "file_form": file_form or FileForm(),
            "may_add_files": row.closed_on is None and may(documents.receive_document, actor=actor, area=case.area),
            "members": _members(home),
            "reckons": explained(case.kind.rpartition(".")[0]),
            "may_be_alone": row.closed_on is None and case.entitlement_id is None and held_alone(case),
            "household_url": record_url("household", case.household_id),
            "entitlement_url": _entitlement_url(actor, case),
            "breadcrumbs": crumbs({"label": number}),
        },
        status=422 if faulty else 200,
    )


def _entitlement_url(actor: Actor, case: Any) -> str:
    """Where the entitlement is that is reviewed, or that the case brought about."""
    if case.entitlement_id is not None:
        return record_url("entitlement", case.entitlement_id)
    if case.closed_on is None:
        return ""
    made = entitlements.of_household(actor, case.household_id).filter(case_id=case.pk).first()
    return record_url("entitlement", made.pk) if made else ""


def _steps(request: ActingRequest, found: queries.CasePage, form: StepForm | None, on: date) -> dict[str, Any]:
    """What may be done now with its form, what may be done besides, and what somebody else may do."""
    actor = request.actor
    allowed = [each for each in found.steps if each.allowed]
    asks = any(need.shape in _ASKS_FOR_SOMEBODY for each in allowed for need in each.needs)
    options = queries.options(actor, found.case, on) if asks else None
    opened = form.step.name if form is not None else request.GET.get("step", "")
    cards: list[dict[str, Any]] = []
    for each in allowed:
        returned = form is not None and form.step.name == each.name
        cards.append(
            {
                "step": each,
                "form": form if returned else StepForm(step=each, options=options, on=on, me=actor.id),
                "open": each.name == opened,
            }
        )
    ahead = [card for card in cards if not card["step"].aside]
    if not opened and len(ahead) == 1:
        ahead[0]["open"] = True
    return {
        "ahead": ahead,
        "aside": [card for card in cards if card["step"].aside],
        "refused": [each for each in found.steps if not each.allowed and not each.aside],
    }


def _clock(line: queries.ClockLine) -> dict[str, Any]:
    unit = "个工作日" if "工作日" in line.limit else "天"
    if line.stopped_on is not None:
        tone, said = ("danger", f"逾期 {line.late_days} {unit}后办结") if line.late_days else ("success", "按时办结")
    elif line.suspended:
        tone, said = "warning", "计时中止"
    elif line.late_days:
        tone, said = "danger", f"已逾期 {line.late_days} {unit}"
    else:
        tone, said = "info", "等待期满" if line.waits else "正在计时"
    return {"line": line, "unit": unit, "tone": tone, "said": said}


def _entry(line: queries.ActionLine, number: str) -> dict[str, Any]:
    """An action as an entry of the timeline: what was answered, what came of it, its papers."""
    said = [f"{label}：{text}" for label, text in (*line.answers, *line.outcome) if text]
    if line.note:
        said.append(f"备注：{line.note}")
    return {
        "at": line.on,
        "title": line.label,
        "actor": line.actor,
        "role": f"办后状态：{line.state_label}",
        "note": "\n".join(said),
        "tone": "success" if line.papers else "neutral",
        "icon": "check",
        "documents": [{"label": each.label, "href": reverse("case-paper", args=[number, each.kind])} for each in line.papers],
    }


def _papers(found: queries.CasePage) -> list[dict[str, Any]]:
    """One line for each kind of paper, for the last time its step was taken; earlier ones only once they were issued."""
    last = {line.kind: line for line in found.papers}
    return [
        {"line": line, "files": list(line.document.files.all()) if line.document else [], "is_last": last[line.kind] is line}
        for line in reversed(found.papers)
        if last[line.kind] is line or line.document is not None
    ]


def _members(home: people.HouseholdPage | None) -> list[dict[str, Any]]:
    return [
        {
            "person": line.member.person,
            "relation": Relation(line.member.relation).label,
            "counted": line.member.counted,
            "absence": AbsenceReason(line.member.absence).label if line.member.absence else "",
            "href": record_url("person", line.member.person_id),
        }
        for line in (home.members if home else [])
    ]
