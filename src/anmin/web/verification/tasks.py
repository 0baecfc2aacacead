"""Inquiries: what cases have asked for, full checks with their progress source by source, and what one inquiry found."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.vocabulary import Level
from anmin.ground.cases import queries as cases
from anmin.ground.verification import actions, queries
from anmin.ground.verification.campaigns import WATCH_GROUND, run_for
from anmin.ground.verification.declarations import ROLLS
from anmin.ground.verification.running import answer_requests, ask_late
from anmin.ground.verification.vocabulary import CLOSED, Answered, FindingKind, FindingState, Occasion
from anmin.web import listing
from anmin.web.asking import attempt, may, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.verification.tables import InquiryTable, RequestTable
from anmin.web.verification.tabs import ANSWERED_TONES, FINDING_TONES, HOME, crumbs
from anmin.web.verification.task_forms import CAMPAIGNS, CampaignForm, InquiryFilter

_PLACE = ("核对任务", "inquiries")
_LABEL = {"label": "核对任务"}
CASE = "cases.case"
AT_A_TIME = 2.0
"""For so many seconds sources are asked before the page is told how far it is."""


def inquiries(request: ActingRequest) -> HttpResponse:
    """The requests that wait, and every inquiry, the latest first."""
    actor = request.actor
    form = InquiryFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.inquiries(actor, asked.get("occasion", ""), done={"open": False, "done": True}.get(asked.get("done", "")))
    if text := asked.get("text", "").strip():
        found = found.filter(number__icontains=text)
    table = InquiryTable(found)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "核对任务")
    pending = queries.requests(actor, pending=True).select_related("household__head", "requested_by")
    waiting = RequestTable(pending, prefix="r-")
    return render(
        request,
        "verification/inquiries.html",
        {
            "form": form,
            "table": listing.configured(request, table),
            "pending": listing.configured(request, waiting, per_page=10),
            "pending_count": len(waiting.data),
            "may_run": _reviews(actor),
            "may_open": _reviews(actor),
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE),
        },
    )


def _reviews(actor: Actor) -> bool:
    """Whether the actor may open a check of the whole of what they see."""
    return any(may(actions.open_campaign, actor=actor, area=area) for area in _places(actor)[:1])


def _places(actor: Actor) -> list[Any]:
    """The county and its towns."""
    on = clock.today()
    return [*areas.areas(actor, level=Level.COUNTY, on=on), *areas.towns(actor, on=on)]


def run(request: ActingRequest) -> HttpResponse:
    """All the requests that wait are checked together."""
    if request.method != "POST":
        return redirect("inquiries")
    waiting = list(queries.requests(request.actor, pending=True))
    if not waiting:
        messages.info(request, "没有待核对的请求。")
        return redirect("inquiries")
    places = _places(request.actor)
    answer_requests(requests=waiting, area=places[0], actor=request.actor, on=clock.today())
    messages.success(request, f"已核对 {len(waiting)} 件请求；发现的情况列在“核对发现”，疑似记录列在“待辨认”。")
    return redirect("inquiries")


def open_campaign(request: ActingRequest) -> HttpResponse:
    """A full check or a watch is opened; its page then asks source after source."""
    actor, on = request.actor, clock.today()
    places = _places(actor)
    if reason := why_not(actions.open_campaign, actor=actor, area=places[0]) if places else "您没有管辖范围。":
        raise Refused(reason)
    watches = request.GET.get("occasion") == Occasion.WATCH
    form = CampaignForm(
        request.POST or None,
        places=places,
        rolls={name: roll.label for name, roll in ROLLS.items()},
        initial={
            "occasion": Occasion.WATCH.value if watches else Occasion.FULL.value,
            "ground": WATCH_GROUND if watches else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = next(each for each in places if str(each.pk) == given["area"])
        made = attempt(
            form,
            lambda: actions.open_campaign(
                occasion=Occasion(given["occasion"]),
                ground=given["ground"],
                area=place,
                rolls=given["rolls"],
                actor=actor,
                on=on,
            ),
        )
        if made is not None:
            return redirect(f"{reverse('inquiry', args=[made.number])}?run=on")
    return render(
        request,
        "verification/open_campaign.html",
        {"form": form, "breadcrumbs": crumbs(*_PLACE, {"label": "发起核对"})},
        status=422 if form.errors else 200,
    )


def inquiry(request: ActingRequest, number: str) -> HttpResponse:
    """One inquiry: how far it is, what each source said, its findings by kind and town."""
    found = _found(request.actor, number)
    return render(request, "verification/inquiry.html", _shown(request, found, running="run" in request.GET))


def step(request: ActingRequest, number: str) -> HttpResponse:
    """Some more sources are asked, or the check is concluded; the part of the page that shows it asks for the next."""
    actor = request.actor
    found = _found(actor, number)
    address = reverse("inquiry", args=[number])
    if request.method != "POST":
        return redirect(address)
    if reason := why_not(actions.ask_source, actor=actor, inquiry=found):
        raise Refused(reason)
    goes_on = found.done_on is None
    if goes_on:
        # Another window may ask the same source meanwhile: what it did stands, and this one goes on from there.
        with suppress(Refused):
            goes_on = run_for(inquiry=found, seconds=AT_A_TIME, actor=actor, on=clock.today())
    if "HX-Request" not in request.headers:
        return redirect(f"{address}?run=on" if goes_on else address)
    if not goes_on:
        return HttpResponse(headers={"HX-Redirect": address})
    return render(request, "verification/inquiry_progress.html", _shown(request, _found(actor, number), running=True))


def late(request: ActingRequest, number: str) -> HttpResponse:
    """Sources that could not answer are asked again."""
    found = _found(request.actor, number)
    if request.method == "POST":
        ask_late(inquiry=found, actor=request.actor, on=clock.today())
        messages.success(request, "已补充核对有了数据的数据源。")
    return redirect("inquiry", number)


def _found(actor: Actor, number: str) -> Any:
    found = queries.inquiry(actor, number)
    if found is None:
        raise Http404
    return found


def _shown(request: ActingRequest, found: Any, *, running: bool) -> dict[str, Any]:
    actor = request.actor
    progress = queries.progress(actor, found)
    is_campaign = found.occasion in CAMPAIGNS
    may_ask = may(actions.ask_source, actor=actor, inquiry=found)
    unfinished = is_campaign and found.done_on is None
    rows = queries.findings(actor, inquiry=found).order_by()
    return {
        "inquiry": found,
        "occasion": Occasion(found.occasion).label,
        "progress": progress,
        "namesakes_note": f"其中 {progress.namesakes} 条经辨认不是本人" if progress.namesakes else "",
        "percent": round(100 * progress.asked / progress.sources) if progress.sources else 100,
        "lines": [_line(label, line, progress.awaited.get(label, [])) for label, line in progress.lines],
        "states": [
            {"label": state.label, "count": progress.findings.get(state, 0), "tone": FINDING_TONES[state]}
            for state in FindingState
        ],
        "found_total": sum(progress.findings.values()),
        "kinds": [
            (FindingKind(row["kind"]).label, row["all"], row["waiting"], row["kind"])
            for row in rows.values("kind").annotate(all=Count("id"), waiting=_waiting()).order_by("-all", "kind")
        ],
        "towns": list(
            rows.values("area__parent__name").annotate(all=Count("id"), waiting=_waiting()).order_by("-all", "area__parent__name")
        ),
        "unfinished": unfinished,
        "running": running and unfinished and may_ask,
        "may_ask": may_ask,
        "may_ask_late": may_ask and not unfinished and bool(progress.unanswered),
        "facts": [
            ("事由", Occasion(found.occasion).label),
            *_for_case(actor, found),
            ("范围", found.area.name),
            ("发起人", found.asked_by.name if found.asked_by_id else "系统"),
            ("发起日期", found.asked_on),
            ("完成日期", found.done_on),
            ("人员", f"{progress.persons:,} 人"),
            {"label": "依据", "value": found.ground, "wide": True},
        ],
        "breadcrumbs": [HOME, {**_LABEL, "url": reverse("inquiries")}, {"label": found.number}],
    }


def _for_case(actor: Actor, found: Any) -> list[dict[str, Any]]:
    """For which case and family was asked; nothing of a check of a whole roll."""
    case = cases.by_id(actor, found.subject_id) if found.subject_kind == CASE else None
    if case is None:
        return []
    home = case.household
    return [
        {"label": "办件", "value": case.number, "href": record_url("case", case.number)},
        {
            "label": "家庭",
            "value": f"{home.head.name} {home.number}",
            "href": reverse("family-inquiry", args=[found.number, home.pk]),
        },
    ]


def _waiting() -> Count:
    return Count("id", filter=~Q(state__in=CLOSED))


def _line(label: str, line: Any, awaited: list[Any]) -> dict[str, Any]:
    if line is None:
        return {"label": label, "answer": "尚未核对", "tone": "neutral", "line": None}
    answered = Answered(line.answered)
    missed = f"{line.unanswered} 人未得到答复"
    # Why it did not answer, or a question could not be sent: what staff may have to telephone about.
    problem = next((each.problem for each in awaited if each.problem), line.problem)
    return {
        "label": label,
        "answer": answered.label,
        "tone": ANSWERED_TONES[answered],
        "line": line,
        "missed": missed,
        "problem": problem,
    }
