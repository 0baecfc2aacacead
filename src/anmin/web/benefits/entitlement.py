"""One entitlement: for whom, since when, what was paid, what changed; and what may be done about it besides a case."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.audit import queries as audit
from anmin.ground.cases import queries as cases
from anmin.ground.documents import queries as documents
from anmin.ground.entitlements import actions
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, StartReason
from anmin.ground.payments import queries as payments
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.people import queries as people
from anmin.web.asking import attempt, may
from anmin.web.audit.lines import as_entries
from anmin.web.benefits.forms import EndForm, PayeeForm, ResumeForm, SuspendForm
from anmin.web.benefits.naming import HOME, STATE_TONES, Named, named
from anmin.web.middleware import ActingRequest
from anmin.web.payments.tables import PAYMENT_TONES

LINES_SHOWN = 36
_LOG_SHOWN = 20


def entitlement(request: ActingRequest, address: str, entitlement_id: int) -> HttpResponse:
    """One entitlement with its history."""
    return _page(request, named(address), _found(request.actor, address, entitlement_id))


@require_POST
def suspend(request: ActingRequest, address: str, entitlement_id: int) -> HttpResponse:
    """Nothing is paid from a month on."""
    form, actor = SuspendForm(request.POST), request.actor

    def act(held: Any) -> str:
        month: Month = form.cleaned_data["month"]
        reason = form.cleaned_data["reason"]
        actions.suspend(entitlement=held, valid_from=month.first_day, reason=reason, actor=actor, on=clock.today())
        return f"{held.number} 自{month.label}起暂停发放。"

    return _done(request, address, entitlement_id, "suspend", form, act)


@require_POST
def resume(request: ActingRequest, address: str, entitlement_id: int) -> HttpResponse:
    """It is paid again from a month on."""
    form, actor = ResumeForm(request.POST), request.actor

    def act(held: Any) -> str:
        month: Month = form.cleaned_data["month"]
        running = _running(actor, held)
        if running is None:
            raise Http404
        last = (month - 1).last_day
        actions.resume(
            suspension=running, valid_until=last, released=form.cleaned_data["released"], actor=actor, on=clock.today()
        )
        return f"{held.number} 自{month.label}起恢复发放。"

    return _done(request, address, entitlement_id, "resume", form, act)


@require_POST
def end(request: ActingRequest, address: str, entitlement_id: int) -> HttpResponse:
    """It ends with a month; for benefits that have a review, only the review may end them."""
    form, actor = EndForm(request.POST), request.actor
    if named(address).review:
        raise Http404

    def act(held: Any) -> str:
        month: Month = form.cleaned_data["month"]
        reason = form.cleaned_data["reason"]
        actions.end_entitlement(entitlement=held, valid_until=month.last_day, reason=reason, actor=actor, on=clock.today())
        return f"{held.number} 发放至{month.label}后停发。"

    return _done(request, address, entitlement_id, "end", form, act)


@require_POST
def change_payee(request: ActingRequest, address: str, entitlement_id: int) -> HttpResponse:
    """Somebody else of the family is paid from now on."""
    actor = request.actor
    found = _found(actor, address, entitlement_id)
    family = _family(actor, found)
    form = PayeeForm(request.POST, people=[(person.pk, person.name) for person in family])

    def act(held: Any) -> str:
        payee = next(person for person in family if str(person.pk) == form.cleaned_data["payee"])
        actions.change_payee(entitlement=held, payee=payee, reason=form.cleaned_data["reason"], actor=actor, on=clock.today())
        return f"{held.number} 的领款人已变更为{payee.name}。"

    return _done(request, address, entitlement_id, "payee", form, act)


def _done(
    request: ActingRequest, address: str, entitlement_id: int, name: str, form: forms.Form, act: Callable[[Any], str]
) -> HttpResponse:
    held = _found(request.actor, address, entitlement_id)
    if form.is_valid():
        said = attempt(form, lambda: act(held))
        if said is not None:
            messages.success(request, said)
            return redirect("benefit-entitlement", address, entitlement_id)
    return _page(request, named(address), _found(request.actor, address, entitlement_id), {name: form})


def _found(actor: Actor, address: str, entitlement_id: int) -> Any:
    held = entitlements.by_id(actor, entitlement_id)
    if held is None or held.benefit != address:
        raise Http404
    return held


def _page(request: ActingRequest, of: Named, held: Any, given: dict[str, forms.Form] | None = None) -> HttpResponse:
    actor, on = request.actor, clock.today()
    state = EntitlementState(held.state)
    members = list(entitlements.members(actor, held.pk))
    suspensions = list(entitlements.suspensions(actor, held.pk))
    grace = list(entitlements.grace_periods(actor, held.pk))
    under_way = cases.open_of_households(actor, [held.household_id], on)
    # A second case of the family is refused until the first is done, so the button gives way to the link.
    first = cases.opening_step(actor, of.review, held.household, held.holder, on, held) if of.review and not under_way else None
    lines = list(payments.lines_of_entitlement(actor, held.pk)[:LINES_SHOWN])
    paid = {each.roll_id: each for each in payments.payments(actor).filter(entitlement_id=held.pk).order_by("-id")[:LINES_SHOWN]}
    return render(
        request,
        "benefits/entitlement.html",
        {
            "of": of,
            "held": held,
            "title": f"{held.holder.name}{of.label}" if of.of_persons else f"{held.holder.name}家庭{of.label}",
            "state": state,
            "tone": STATE_TONES[state],
            "facts": _particulars(of, held),
            "members": [_member(each) for each in members],
            "under_way": under_way,
            "may_review": first is not None and first.allowed,
            "grace": grace,
            "suspensions": suspensions,
            "lines": [_line(of, line, paid.get(line.roll_id)) for line in lines],
            "shown": LINES_SHOWN,
            "papers": documents.about(actor, held.case) if held.case else [],
            "entries": as_entries(_log(actor, held, members, suspensions, grace)),
            "reads_all": actor.has(*audit.READS_EVERYTHING),
            "doings": _doings(actor, of, held, suspensions, given or {}, on),
            "why": f"{of.why}?entitlement={held.pk}" if of.explained else "",
            "breadcrumbs": [
                HOME,
                {"label": "各项待遇", "url": reverse("benefits")},
                {"label": of.label, "url": of.url},
                {"label": held.number},
            ],
        },
        status=422 if given else 200,
    )


def _particulars(of: Named, held: Any) -> list[Any]:
    case = held.case
    return [
        {"label": "家庭编号", "value": held.household.number, "href": reverse("household", args=[held.household_id])},
        {
            "label": "享受人" if of.of_persons else "户主（持证人）",
            "value": held.holder.name,
            "href": reverse("person", args=[held.holder_id]),
        },
        *([("类别" if of.of_persons else "保障方式", of.route(held.route))] if of.routes else []),
        ("所在村（社区）", f"{held.area.parent.name if held.area.parent else ''}{held.area.name}"),
        ("享受起始", held.valid_from),
        ("享受截至", held.valid_until or "至今"),
        ("进入原因", StartReason(held.start_reason).label),
        *([("停发原因", EndReason(held.end_reason).label)] if held.end_reason else []),
        *([("复核类别", f"{held.review_class} 类")] if held.review_class else []),
        *([("下次复核", held.review_due_on)] if held.review_due_on else []),
        {"label": "领款人", "value": held.payee.name, "note": held.payee.bank_account_mask},
        {"label": "审批件", "value": case.number, "href": reverse("case", args=[case.number])}
        if case
        else ("审批件", "系统启用前已在享" if held.migrated else None),
    ]


def _member(each: Any) -> dict[str, Any]:
    return {
        "name": each.person.name,
        "href": reverse("person", args=[each.person_id]),
        "mask": each.person.identity_mask,
        "from": each.valid_from,
        "until": each.valid_until,
        "start": StartReason(each.start_reason).label,
        "end": EndReason(each.end_reason).label if each.end_reason else "",
    }


def _line(of: Named, line: Any, payment: Any) -> dict[str, Any]:
    state = PaymentState(payment.state) if payment else None
    return {
        "line": line,
        "href": reverse("roll-line", args=[line.pk]),
        "payment": reverse("payment", args=[payment.pk]) if payment else "",
        "state": state.label if state else "",
        "tone": PAYMENT_TONES[state] if state else "",
        "why": f"{of.why}?entitlement={line.entitlement_id}&month={line.for_month}" if of.explained else "",
    }


def _log(actor: Actor, held: Any, members: list[Any], suspensions: list[Any], grace: list[Any]) -> Any:
    lines = audit.about(
        actor,
        {
            "entitlements.entitlement": [held.pk],
            "entitlements.entitlementmember": [each.pk for each in members],
            "entitlements.suspension": [each.pk for each in suspensions],
            "entitlements.graceperiod": [each.pk for each in grace],
        },
    )
    return lines[:_LOG_SHOWN]


def _running(actor: Actor, held: Any) -> Any:
    return entitlements.suspensions(actor, held.pk).filter(valid_until__isnull=True).first()


def _family(actor: Actor, held: Any) -> list[Any]:
    page = people.household(actor, held.household_id, on=clock.today())
    return [line.member.person for line in page.members if line.member.person_id != held.payee_id] if page else []


def _doings(
    actor: Actor, of: Named, held: Any, suspensions: list[Any], given: dict[str, forms.Form], on: date
) -> list[dict[str, Any]]:
    """What this person may do about the entitlement here, each with its form; a form that came back stands open."""
    if held.valid_until is not None:
        return []
    running = next((each for each in suspensions if each.valid_until is None), None)
    following = {"month": str(Month.from_date(on) + 1)}
    offered: list[tuple[str, str, str, Callable[[], forms.Form], str]] = []
    if running is None and may(actions.suspend, actor=actor, entitlement=held):
        told = "从该月起名册不再列入，待遇保留；恢复时可以选择补发。"
        offered.append(("suspend", "暂停发放", "player-pause", lambda: SuspendForm(initial=following), told))
    if running is not None and may(actions.resume, actor=actor, suspension=running):
        told = "从该月起重新列入名册。选择补发的，暂停期间的待遇在下一份名册中补发。"
        offered.append(("resume", "恢复发放", "player-play", lambda: ResumeForm(initial=following), told))
    if may(actions.change_payee, actor=actor, entitlement=held):

        def choose() -> forms.Form:
            return PayeeForm(people=[(person.pk, person.name) for person in _family(actor, held)])

        offered.append(("payee", "变更领款人", "user-check", choose, "尚未送银行的款项付给新的领款人。"))
    if not of.review and may(actions.end_entitlement, actor=actor, entitlement=held):
        told = "停发后多发的金额在下一份名册中列为追回。"
        last = {"month": str(Month.from_date(on))}
        offered.append(("end", "停发", "player-stop", lambda: EndForm(initial=last), told))
    return [
        {
            "name": name,
            "label": label,
            "icon": icon,
            "form": given.get(name) or make(),
            "open": name in given,
            "told": told,
            "action": reverse(f"benefit-{name}", args=[of.address, held.pk]),
            "danger": name == "end",
        }
        for name, label, icon, make, told in offered
    ]
