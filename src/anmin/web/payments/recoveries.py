"""Money that was paid too much: agreed upon, paid back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.areas import queries as areas
from anmin.ground.documents import queries as documents
from anmin.ground.documents.html_writer import to_html
from anmin.ground.payments import actions, queries
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.middleware import ActingRequest
from anmin.web.payments.forms import RecoveryFilter, RepayForm
from anmin.web.payments.rolls import HOME, name_of
from anmin.web.payments.tables import RecoveryTable
from anmin.web.records import record_url
from anmin.web.templatetags.anmin import chinese_date


def recoveries(request: ActingRequest) -> HttpResponse:
    """What is to be got back, the oldest first."""
    form = RecoveryFilter(request.GET, towns=list(areas.towns(request.actor, on=clock.today())))
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.recoveries(request.actor, open_only=asked.get("state", "") != "all")
    if asked.get("town"):
        found = found.filter(area__path__startswith=asked["town"])
    table = listing.configured(request, RecoveryTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "追回事项")
    return render(
        request,
        "payments/recoveries.html",
        {
            "form": form,
            "table": table,
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "资金发放", "url": reverse("rolls")}, {"label": "追回事项"}],
        },
    )


def recovery(request: ActingRequest, recovery_id: int) -> HttpResponse:
    """One recovery with what came back of it."""
    return _page(request, _found(request, recovery_id))


@require_POST
def agree(request: ActingRequest, recovery_id: int) -> HttpResponse:
    """The family agreed in writing to have it held back."""
    actions.agree_offset(recovery=_found(request, recovery_id), actor=request.actor, on=clock.today())
    messages.success(request, "已登记同意抵扣，以后各月名册审批时按规定上限抵扣。")
    return redirect("recovery", recovery_id)


@require_POST
def repay(request: ActingRequest, recovery_id: int) -> HttpResponse:
    """The family paid money back."""
    found = _found(request, recovery_id)
    form = RepayForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: actions.record_repayment(
                recovery=found, amount=given["amount"], note=given["note"], actor=request.actor, on=clock.today()
            ),
        )
        if made is not None:
            messages.success(request, "已登记退回金额。")
            return redirect("recovery", recovery_id)
    return _page(request, found, form)


def notice(request: ActingRequest, recovery_id: int) -> HttpResponse:
    """The letter to the family, as it was issued or as it would be."""
    found = _found(request, recovery_id)
    issued = queries.notice_of(found)
    shown = (documents.paper(request.actor, issued.number) if issued else None) or queries.recovery_notice(found, clock.today())
    return render(
        request,
        "payments/notice.html",
        {
            "recovery": found,
            "issued": issued,
            # The writer escapes every text of the paper itself.
            "paper": mark_safe(to_html(shown)),  # noqa: S308  # escaped above
            "files": list(issued.files.all()) if issued else [],
            "may_issue": issued is None and may(actions.issue_recovery_notice, actor=request.actor, recovery=found),
            "breadcrumbs": [
                HOME,
                {"label": "追回事项", "url": reverse("recoveries")},
                {"label": found.entitlement.number, "url": reverse("recovery", args=[recovery_id])},
                {"label": "告知书"},
            ],
        },
    )


@require_POST
def issue_notice(request: ActingRequest, recovery_id: int) -> HttpResponse:
    """The letter has its number and its files."""
    found = _found(request, recovery_id)
    document = actions.issue_recovery_notice(recovery=found, actor=request.actor, on=clock.today())
    messages.success(request, f"已出具{document.title}，文号 {document.number}。")
    return redirect("recovery-notice", recovery_id)


def _found(request: ActingRequest, recovery_id: int) -> Any:
    found = queries.recovery(request.actor, recovery_id)
    if found is None:
        raise Http404
    return found


def _page(request: ActingRequest, found: Any, form: RepayForm | None = None) -> HttpResponse:
    entitlement, outstanding = found.entitlement, found.amount - found.recovered
    deals = outstanding > 0 and may(actions.agree_offset, actor=request.actor, recovery=found)
    return render(
        request,
        "payments/recovery.html",
        {
            "recovery": found,
            "outstanding": outstanding,
            "facts": [
                {"label": "持证人", "value": entitlement.holder.name, "href": record_url("person", entitlement.holder_id)},
                {"label": "保障证号", "value": entitlement.number, "href": record_url("entitlement", entitlement.pk)},
                ("多发所属月份", Month.parse(found.line.for_month).label),
                ("发现日期", chinese_date(found.opened_on)),
                ("同意抵扣", chinese_date(found.consent_on) if found.consent_on else "尚未取得书面同意"),
                {"label": "依据", "value": "名册明细行", "href": reverse("roll-line", args=[found.line_id])},
            ],
            "causes": queries.causes(request.actor, found.line),
            "amounts": [("应追回", found.amount), ("已追回", found.recovered), ("尚余", outstanding)],
            "entries": [
                {
                    "at": each.on,
                    "title": "从名册中抵扣" if each.payment else "家庭退回",
                    "actor": name_of(each.payment.roll) if each.payment else "",
                    "note": f"{each.amount / 100:,.2f} 元{f'，{each.note}' if each.note else ''}",
                    "tone": "success",
                    "icon": "check",
                }
                for each in reversed(list(queries.repayments(request.actor, found.pk)))
            ],
            "may_agree": deals and found.consent_on is None,
            "may_repay": deals,
            "form": form or RepayForm(),
            "breadcrumbs": [
                HOME,
                {"label": "资金发放", "url": reverse("rolls")},
                {"label": "追回事项", "url": reverse("recoveries")},
                {"label": entitlement.number},
            ],
        },
        status=422 if form else 200,
    )
