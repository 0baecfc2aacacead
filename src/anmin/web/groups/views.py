"""Group decisions: the lists, one list with what the rules say of each person, and the decision about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements import actions, group_queries
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.vocabulary import EndReason, GroupKind, GroupState
from anmin.ground.imports import queries as imports
from anmin.web import listing
from anmin.web.asking import attempt
from anmin.web.groups.forms import GroupsFilter, LinesFilter, ReasonForm
from anmin.web.groups.tables import OUTCOME_TONES, OUTCOME_WORDS, STATE_TONES, GroupTable, LineTable
from anmin.web.middleware import ActingRequest

_HOME = {"label": "首页", "url": "/"}


def groups(request: ActingRequest) -> HttpResponse:
    """The lists that were proposed, the latest first."""
    form = GroupsFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = group_queries.groups(
        request.actor,
        benefit=asked.get("benefit", ""),
        kind=asked.get("kind", ""),
        state=asked.get("state", ""),
        search=asked.get("search", "").strip(),
    )
    table = listing.configured(request, GroupTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "批量名单")
    return render(
        request,
        "groups/groups.html",
        {
            "form": form,
            "table": table,
            "may_bring": bool(imports.forms(request.actor)),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "批量名单"}],
        },
    )


def group(request: ActingRequest, number: str, reason_form: ReasonForm | None = None) -> HttpResponse:
    """One list: how it came about, what the rules say in numbers and of each, and what may be done with it."""
    found = _found(request.actor, number)
    form = LinesFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    lines = group_queries.lines(request.actor, found, outcome=asked.get("outcome", ""), search=asked.get("search", "").strip())
    table = listing.configured(request, LineTable(lines))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, found.title)
    state = GroupState(found.state)
    may_change, may_decide = group_queries.may(request.actor, found)
    is_open = state == GroupState.PROPOSED
    return render(
        request,
        "groups/group.html",
        {
            "group": found,
            "grants": found.kind == GroupKind.GRANT,
            "kind": GroupKind(found.kind).label,
            "benefit": BENEFITS[found.benefit].label,
            "state": state.label,
            "tone": STATE_TONES[state],
            "tally": group_queries.tally(request.actor, found),
            "facts": _facts(request.actor, found),
            "may_change": is_open and may_change,
            "may_decide": is_open and may_decide,
            "waits": is_open and not may_decide,
            "form": form,
            "table": table,
            "reason_form": reason_form or ReasonForm(),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "批量名单", "url": reverse("groups")}, {"label": found.number}],
        },
        status=422 if reason_form is not None else 200,
    )


@require_POST
def decide(request: ActingRequest, number: str) -> HttpResponse:
    """Whom the rules carry gets the benefit, or those on the list lose it."""
    made = actions.decide_group(group=_found(request.actor, number), actor=request.actor, on=clock.today())
    messages.success(request, f"已审定{made.title}（{made.number}）。差额由下一次名册补发或扣回。")
    return redirect("group", made.number)


@require_POST
def withdraw(request: ActingRequest, number: str) -> HttpResponse:
    """Nothing is decided of anybody on the list."""
    form = ReasonForm(request.POST)
    found = _found(request.actor, number)
    if not form.is_valid():
        return group(request, number, form)
    made = attempt(
        form,
        lambda: actions.withdraw_group(group=found, reason=form.cleaned_data["reason"], actor=request.actor, on=clock.today()),
    )
    if made is None:
        return group(request, number, form)
    messages.success(request, f"已撤回{made.title}（{made.number}）。")
    return redirect("group", made.number)


def line(request: ActingRequest, number: str, line_id: int) -> HttpResponse:
    """One person of a list, with the reasons of what the rules say; whoever may change the list leaves them out here."""
    found = _found(request.actor, number)
    shown: Any = group_queries.lines(request.actor, found).filter(pk=line_id).first()
    if shown is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: actions.leave_out(
                group=found, line=shown, reason=form.cleaned_data["reason"], actor=request.actor, on=clock.today()
            ),
        )
        if made is not None:
            messages.success(request, f"{shown.person.name}不列入本次批量名单。")
            return redirect("group", found.number)
    return render(
        request,
        "groups/line.html",
        {
            "group": found,
            "line": shown,
            "facts": _line_facts(shown),
            "reasons": group_queries.reasons(found, shown),
            "outcome": OUTCOME_WORDS[shown.said],
            "tone": OUTCOME_TONES[shown.said],
            "may_change": found.state == GroupState.PROPOSED
            and not shown.left_out
            and group_queries.may(request.actor, found)[0],
            "form": form,
            "breadcrumbs": [
                _HOME,
                {"label": "批量名单", "url": reverse("groups")},
                {"label": found.number, "url": reverse("group", args=[found.number])},
                {"label": shown.person.name},
            ],
        },
        status=422 if form.errors else 200,
    )


def _line_facts(shown: Any) -> list[Any]:
    person, town = shown.person, shown.area.parent
    return [
        {"label": "姓名", "value": person.name, "href": reverse("person", args=[person.pk])},
        ("身份证号", person.identity_mask),
        ("出生日期", person.birth_on),
        {"label": "家庭编号", "value": shown.household.number, "href": reverse("household", args=[shown.household_id])},
        ("所在村（社区）", f"{town.name if town else ''}{shown.area.name}"),
        ("领款人", shown.payee.name),
        ("最后发放日期" if shown.end_reason else "起始日期", shown.edge),
        ("停发原因", EndReason(shown.end_reason).label if shown.end_reason else None),
        ("不列入的原因", shown.left_out or None),
    ]


def _found(actor: Actor, number: str) -> Any:
    found = group_queries.group(actor, number)
    if found is None:
        raise Http404
    return found


def _facts(actor: Actor, found: Any) -> list[Any]:
    proposed = found.proposed_by.name if found.proposed_by else "系统"
    decided = found.decided_by.name if found.decided_by else None
    # Who may see the list may not always see the whole file it came from.
    batch = {"label": "来源文件", "value": found.batch.file_name if found.batch else None}
    if found.batch and imports.batch(actor, found.batch_id):
        batch["href"] = reverse("import-batch", args=[found.batch_id])
    return [
        ("依据", found.basis),
        ("范围", found.area.name),
        ("提出", f"{proposed}，{found.proposed_on}"),
        ("审定", f"{decided}，{found.decided_on}" if decided else None),
        batch,
    ]
