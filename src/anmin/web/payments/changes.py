"""Accounts and payees that were changed: looked at and confirmed by a second person before any money goes there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.ground.payments import actions, queries
from anmin.ground.payments.vocabulary import ChangeKind, ChangeState
from anmin.web import listing
from anmin.web.asking import attempt, may, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.payments.forms import PayoutFilter, SettleForm
from anmin.web.payments.rolls import HOME
from anmin.web.payments.tables import PAYOUT_TONES, PayoutTable
from anmin.web.records import record_url

_LIST = "账号和领款人变更"


def changes(request: ActingRequest) -> HttpResponse:
    """What waits for a second person, the oldest first; or what became of earlier ones."""
    form = PayoutFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    state = {"": ChangeState.WAITING.value, "all": ""}.get(asked.get("state", ""), asked.get("state", ""))
    found = queries.payout_changes(request.actor, state=state, search=asked.get("search", "").strip())
    table = listing.configured(request, PayoutTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, _LIST)
    return render(
        request,
        "payments/changes.html",
        {
            "form": form,
            "table": table,
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "资金发放", "url": reverse("rolls")}, {"label": _LIST}],
        },
    )


def change(request: ActingRequest, change_id: int) -> HttpResponse:
    """One change: where money went, where it is to go, who changed it."""
    return _page(request, _found(request, change_id))


@require_POST
def settle(request: ActingRequest, change_id: int) -> HttpResponse:
    """The change is confirmed, or all is as it was before."""
    found = _found(request, change_id)
    form = SettleForm(request.POST)
    if form.is_valid():
        verb = actions.refuse_change if form.cleaned_data["verdict"] == ChangeState.REFUSED else actions.confirm_change
        note = form.cleaned_data["note"]
        made = attempt(form, lambda: verb(change=found, note=note, actor=request.actor, on=clock.today()))
        if made is not None:
            done = (
                "已确认，下一个银行文件起付到这里。"
                if made.state == ChangeState.CONFIRMED
                else "不予确认，已恢复为变更前的情况。"
            )
            messages.success(request, f"{made.person.name}{ChangeKind(made.kind).label}{done}")
            return redirect("payout-changes")
    return _page(request, found, form)


def _found(request: ActingRequest, change_id: int) -> Any:
    found = queries.payout_change(request.actor, change_id)
    if found is None:
        raise Http404
    return found


def _page(request: ActingRequest, found: Any, form: SettleForm | None = None) -> HttpResponse:
    actor, state = request.actor, ChangeState(found.state)
    of_account = found.kind == ChangeKind.ACCOUNT
    waits = state is ChangeState.WAITING
    return render(
        request,
        "payments/change.html",
        {
            "found": found,
            "kind": ChangeKind(found.kind).label,
            "state": state.label,
            "tone": PAYOUT_TONES[state],
            "facts": [
                {
                    "label": "账号所有人" if of_account else "新的领款人",
                    "value": found.person.name,
                    "href": _person(found.person_id),
                },
                *(
                    [("原账号", found.mask_before or "未登记"), ("新账号", found.mask)]
                    if of_account
                    else [
                        {"label": "原领款人", "value": found.person_before.name, "href": _person(found.person_before_id)},
                        {
                            "label": "待遇",
                            "value": found.entitlement.number,
                            "href": record_url("entitlement", found.entitlement_id),
                        },
                        ("变更原因", found.reason),
                    ]
                ),
                ("变更", f"{found.changed_by.name}，{found.changed_on}"),
                *([(state.label, f"{found.settled_by.name}，{found.settled_on}")] if found.settled_by else []),
                *([("说明", found.note)] if found.note else []),
            ],
            "may_settle": waits and may(actions.confirm_change, actor=actor, change=found),
            "why_not": why_not(actions.confirm_change, actor=actor, change=found) if waits else "",
            "form": form or SettleForm(),
            "breadcrumbs": [HOME, {"label": _LIST, "url": reverse("payout-changes")}, {"label": found.person.name}],
        },
        status=422 if form else 200,
    )


def _person(person_id: int) -> str:
    return record_url("person", person_id)
