"""Rounds of home checks: the list, planning one, and one with its draw, its progress and its households."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.vocabulary import Level
from anmin.lines.assistance.homechecks import actions, progress, queries
from anmin.lines.assistance.homechecks.vocabulary import REGISTERS, PlanState
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.homechecks.forms import ChecksFilter, PlanForm, PlansFilter, ReasonForm, SeedForm
from anmin.web.homechecks.tables import PLAN_TONES, CheckTable, PlanTable
from anmin.web.middleware import ActingRequest
from anmin.web.templatetags.anmin import chinese_date

HOME = {"label": "首页", "url": "/"}
LIST = {"label": "入户核查"}


def plans(request: ActingRequest) -> HttpResponse:
    """The rounds, the latest first."""
    form = PlansFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.plans(request.actor)
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    table = listing.configured(request, PlanTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "入户核查")
    return render(
        request,
        "homechecks/plans.html",
        {
            "form": form,
            "table": table,
            "may_plan": may(actions.plan_checks, actor=request.actor),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, LIST],
        },
    )


def propose(request: ActingRequest) -> HttpResponse:
    """A round is planned; its roll is frozen with it."""
    on = clock.today()
    places = [
        *areas.areas(request.actor, level=Level.COUNTY, on=on),
        *areas.towns(request.actor, on=on),
    ]
    form = PlanForm(request.POST or None, areas=places, on=on)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "area": next(each for each in places if each.pk == form.cleaned_data["area"])}
        made = attempt(form, lambda: actions.plan_checks(**given, actor=request.actor, on=on))
        if made is not None:
            messages.success(request, f"已拟定{made}，名册已冻结，共 {made.roll_households} 户。请公布种子后抽取。")
            return redirect("home-check-plan", made.pk)
    return render(
        request,
        "homechecks/propose.html",
        {"form": form, "breadcrumbs": [HOME, {**LIST, "url": reverse("home-checks")}, {"label": "拟定计划"}]},
        status=422 if form.errors else 200,
    )


def plan(
    request: ActingRequest, plan_id: int, seed_form: SeedForm | None = None, reason_form: ReasonForm | None = None
) -> HttpResponse:
    """One round: where it stands, how anybody can repeat its draw, how far each place is, and the households."""
    actor, on, found = request.actor, clock.today(), found_plan(request.actor, plan_id)
    form = ChecksFilter(request.GET, towns=list(areas.towns(actor, on=on)))
    table = listing.configured(request, CheckTable(chosen(queries.checks(actor, found), found, form, on)))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, str(found))
    state = PlanState(found.state)
    villages = queries.progress_by_village(actor, found, on)
    return render(
        request,
        "homechecks/plan.html",
        {
            "plan": found,
            "state": state.label,
            "tone": PLAN_TONES[state],
            "steps": _steps(found),
            "facts": _facts(found),
            "drawn": queries.drawn_villages(actor, found) if state in (PlanState.DRAWN, PlanState.DISCARDED) else [],
            "villages": villages,
            "towns": progress.by_town(villages),
            "total": progress.total(villages),
            "is_under_way": state == PlanState.UNDERWAY,
            "is_rostered": state == PlanState.ROSTERED,
            "may_draw": state == PlanState.ROSTERED and may(actions.draw_households, actor=actor),
            "may_fix": state == PlanState.DRAWN and may(actions.fix_draw, actor=actor, plan=found),
            "may_discard": state in (PlanState.ROSTERED, PlanState.DRAWN) and may(actions.discard_plan, actor=actor),
            "may_record": state == PlanState.UNDERWAY and may(actions.record_visits, actor=actor),
            "form": form,
            "table": table,
            "seed_form": seed_form or SeedForm(),
            "reason_form": reason_form or ReasonForm(),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {**LIST, "url": reverse("home-checks")}, {"label": str(found)}],
        },
        status=422 if seed_form or reason_form else 200,
    )


def act(request: ActingRequest, plan_id: int, verb: str) -> HttpResponse:
    """One step of a round; what asks for words is answered on the page itself."""
    if request.method != "POST" or verb not in {"draw", "fix", "discard"}:
        raise Http404
    found, on, actor = found_plan(request.actor, plan_id), clock.today(), request.actor
    if verb == "fix":
        actions.fix_draw(plan=found, actor=actor, on=on)
        messages.success(request, f"{found}：抽取结果已确认，可以打印各村名单、登记走访。")
        return redirect("home-check-plan", plan_id)
    forms: dict[str, tuple[type[SeedForm] | type[ReasonForm], Callable[..., Any], str]] = {
        "draw": (SeedForm, actions.draw_households, "已按种子抽取，请另一人核对后确认。"),
        "discard": (ReasonForm, actions.discard_plan, "已作废，名册和种子留存备查。"),
    }
    kind, action, done = forms[verb]
    form = kind(request.POST)
    if not form.is_valid() or (attempt(form, lambda: action(plan=found, **form.cleaned_data, actor=actor, on=on)) is None):
        shown = {"seed_form": form} if verb == "draw" else {"reason_form": form}
        return plan(request, plan_id, **shown)  # type: ignore[arg-type]  # each form under its name
    messages.success(request, f"{found}：{done}")
    return redirect("home-check-plan", plan_id)


def roll(request: ActingRequest, plan_id: int) -> HttpResponse:
    """The frozen roll as its plain file, so that anybody can repeat the draw: codes and numbers, no names."""
    found = found_plan(request.actor, plan_id)
    answer = HttpResponse(found.roll.encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="roll-{found.pk}.csv"'
    return answer


def found_plan(actor: Actor, plan_id: int) -> Any:
    """The round, or no page."""
    found = queries.plan(actor, plan_id)
    if found is None:
        raise Http404
    return found


def chosen(rows: Any, found: Any, form: ChecksFilter, on: date) -> Any:
    """The households that the filter asks for."""
    asked = form.cleaned_data if form.is_valid() else {}
    if text := (asked.get("text") or "").strip():
        rows = rows.filter(household__head__name__contains=text) | rows.filter(household__number__icontains=text)
    if asked.get("town"):
        rows = rows.filter(area__path__startswith=asked["town"])
    if asked.get("result") == "none":
        return rows.filter(result="")
    if asked.get("result") == "overdue":
        return rows.filter(progress.overdue(found, on))
    return rows.filter(result=asked["result"]) if asked.get("result") else rows


def _steps(found: Any) -> list[dict[str, str]]:
    done = {PlanState.ROSTERED: 1, PlanState.DRAWN: 2, PlanState.UNDERWAY: 3, PlanState.DISCARDED: 2 if found.seed else 1}
    stopped = found.state == PlanState.DISCARDED
    rows = (
        ("拟定并冻结名册", found.made_by, found.made_on),
        ("公布种子并抽取", found.drawn_by, found.drawn_on),
        ("另一人确认", found.fixed_by, found.fixed_on),
    )
    return [
        {
            "label": label,
            "state": "done"
            if at < done[found.state]
            else "skipped"
            if stopped
            else "current"
            if at == done[found.state]
            else "todo",
            "detail": f"{who.name if who else '系统'} {day:%m-%d}" if day else "",
        }
        for at, (label, who, day) in enumerate(rows)
    ]


def _facts(found: Any) -> list[Any]:
    of_each = f"每村 {found.households} 户，不足的全部" if found.households else "村内全部在册家庭"
    return [
        ("核查对象", "、".join(REGISTERS[each] for each in found.benefits)),
        ("范围", found.area.name),
        ("名册", f"{chinese_date(found.rostered_on)}在册 {found.roll_households:,} 户、{found.roll_villages} 个村（社区）"),
        ("抽取", f"{found.villages} 个村（社区），{of_each}"),
        ("时间", f"{chinese_date(found.starts_on)}至{chinese_date(found.due_on)}"),
        ("依据文件", found.document or None),
        ("种子", found.seed or None),
        ("种子来源", found.seed_source or None),
        {"label": "名册摘要（SHA-256）", "value": found.roll_sha256, "wide": True, "copyable": True},
    ]
