"""Findings: the worklist, and one with what was declared, what was found, what it would change, and what people did about it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.base.workdays import workdays_between
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.documents import actions as documents
from anmin.ground.verification import actions, queries
from anmin.ground.verification.vocabulary import DECIDED, FindingKind, FindingState, StepTaken
from anmin.web import listing
from anmin.web.asking import why_not
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.verification.finding_forms import (
    OVERDUE,
    WAITING,
    AskForm,
    DecideForm,
    EvidenceForm,
    FindingFilter,
    ProposeForm,
    ReopenForm,
    SettleForm,
    WhyForm,
)
from anmin.web.verification.sides import side_by_side
from anmin.web.verification.tables import FindingTable
from anmin.web.verification.tabs import FINDING_TONES, STEP_ICONS, STEP_TONES, crumbs

_PLACE = ("核对发现", "findings")
_S = FindingState
_EFFECTS: dict[str, Q] = {
    "ends": Q(amount_after=0, amount_before__gt=0),
    "less": Q(amount_after__lt=F("amount_before"), amount_after__gt=0),
    "same": Q(amount_after=F("amount_before")),
    "more": Q(amount_after__gt=F("amount_before")),
    "unknown": Q(amount_before__isnull=True) | Q(amount_after__isnull=True),
}
_COUNTED = ((_S.OPEN, "search"), (_S.ASKED, "message"), (_S.ANSWERED, "message-report"), (_S.PROPOSED, "user-check"))


def findings(request: ActingRequest) -> HttpResponse:
    """The findings; those that wait for somebody, unless others are asked for."""
    actor, on = request.actor, clock.today()
    form = FindingFilter(request.GET or {"state": WAITING}, towns=list(areas.towns(actor, on=on)))
    asked = form.cleaned_data if form.is_valid() else {}
    found = chosen(actor, asked, on)
    table = FindingTable(found)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "核对发现")
    counts = _counts(queries.findings(actor))
    return render(
        request,
        "verification/findings.html",
        {
            "form": form,
            "table": listing.configured(request, table),
            "counts": [
                {"label": state.label, "count": counts.get(state, 0), "href": f"?state={state.value}", "icon": icon}
                for state, icon in _COUNTED
            ],
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE),
        },
    )


def chosen(actor: Actor, asked: Mapping[str, Any], on: date) -> QuerySet[Any]:
    """The findings that a `FindingFilter` asks for."""
    overdue = asked.get("state") == OVERDUE
    found = queries.findings(
        actor,
        state=_S.ASKED if overdue else asked.get("state", ""),
        kind=asked.get("kind", ""),
        area=asked.get("town", ""),
        text=asked.get("text", ""),
    ).select_related("area__parent")
    if overdue:
        found = found.filter(reply_due_on__lt=on)
    effect = asked.get("effect")
    return found.filter(_EFFECTS[effect]) if effect else found


def _counts(rows: QuerySet[Any]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(count=Count("id")))


def finding(request: ActingRequest, finding_id: int, returned: tuple[str, WhyForm] | None = None) -> HttpResponse:
    """One finding; a form that came back stands open with its sentence."""
    actor, on = request.actor, clock.today()
    page = queries.finding(actor, finding_id)
    if page is None:
        raise Http404
    found = page.finding
    state = _S(found.state)
    cards, refused = _cards(actor, page, returned)
    return render(
        request,
        "verification/finding.html",
        {
            "finding": found,
            "kind": FindingKind(found.kind).label,
            "state": state.label,
            "tone": FINDING_TONES[state],
            "effect": page.effect,
            "facts": _facts(actor, found, page.taken_up),
            "goes_on": found.taken_up_by,
            "evidence": side_by_side(page.hit),
            "sides": _sides(page),
            "against": side_by_side(page.against) if page.against else None,
            "entries": [_entry(each) for each in reversed(page.steps)],
            "others": [
                {
                    "href": reverse("finding", args=[each.pk]),
                    "number": each.inquiry.number,
                    "on": each.inquiry.asked_on,
                    "found": each.found,
                    "state": _S(each.state).label,
                    "tone": FINDING_TONES[each.state],
                }
                for each in page.others
            ],
            "cards": cards,
            "refused": refused,
            "clock": _clock(found, on),
            "breadcrumbs": crumbs(*_PLACE, {"label": f"{found.person.name} {FindingKind(found.kind).label}"}),
        },
        status=422 if returned else 200,
    )


def _sides(page: Any) -> tuple[str, str]:
    """What the two halves of a finding are called: declared and found, or the two sources that are at odds."""
    if page.against is None:
        return "申报", "发现"
    return "来源二", "来源一"


def act(request: ActingRequest, finding_id: int, verb: str) -> HttpResponse:
    """Something is done about a finding; or its form comes back with what is wrong and all that was typed."""
    page = queries.finding(request.actor, finding_id)
    if page is None or verb not in _VERBS:
        raise Http404
    if request.method != "POST":
        return redirect("finding", finding_id)
    form = _form(verb, page, request)
    if form.is_valid():
        try:
            with transaction.atomic():
                said = _VERBS[verb].done(request.actor, page, form, clock.today())
        except (BadValue, Refused) as error:
            if page.finding.state not in _VERBS[verb].states:
                # Somebody else has moved it, and there is no form any more that could say so.
                messages.error(request, error.message)
                return redirect("finding", finding_id)
            form.add_error(None, error.message)
        else:
            messages.success(request, said)
            return redirect("finding", finding_id)
    return finding(request, finding_id, (verb, form))


# --- what may be done ------------------------------------------------------------------------------------------------------


class _Verb:
    """Something that may be done about a finding in some states: its label, its form, and what carries it out."""

    def __init__(
        self,
        label: str,
        states: frozenset[str],
        form: type[WhyForm],
        asks: Callable[..., Any],
        done: Callable[[Actor, Any, Any, date], str],
        *,
        icon: str,
        confirm: str = "",
    ) -> None:
        self.label, self.states, self.form, self.asks, self.done = label, states, form, asks, done
        self.icon, self.confirm = icon, confirm


def _asked(actor: Actor, page: Any, form: Any, on: date) -> str:
    moved = actions.ask_family(finding=page.finding, reason=form.cleaned_data["reason"], actor=actor, on=on)
    return f"已登记请家庭说明，期限至{moved.reply_due_on:%Y-%m-%d}。"


def _document(actor: Actor, page: Any, form: Any, on: date) -> Any:
    given = form.cleaned_data["file"]
    if not given:
        return None
    return documents.receive_document(
        file_name=given.name,
        content=given.read(),
        title=f"{page.finding.person.name}的证明材料",
        subject=page.finding,
        area=page.finding.area,
        actor=actor,
        on=on,
    )


def _objected(actor: Actor, page: Any, form: Any, on: date) -> str:
    document = _document(actor, page, form, on)
    actions.record_objection(finding=page.finding, reason=form.cleaned_data["reason"], document=document, actor=actor, on=on)
    return "已登记家庭的说明，请据此重新核实。"


def _proposed(actor: Actor, page: Any, form: Any, on: date) -> str:
    given = form.cleaned_data
    actions.propose_finding(finding=page.finding, proposal=given["proposal"], reason=given["reason"], actor=actor, on=on)
    return f"已提出意见“{_S(given['proposal']).label}”，请另一名审核人员认定。"


def _decided(actor: Actor, page: Any, form: Any, on: date) -> str:
    given = form.cleaned_data
    if given["decision"] == "return":
        actions.return_finding(finding=page.finding, reason=given["reason"], actor=actor, on=on)
        return "已退回重新核实。"
    accept = _proposal(page) == _S.ACCEPTED
    actions.decide_finding(finding=page.finding, accept=accept, reason=given["reason"], actor=actor, on=on)
    return "已认定属实。" if accept else "已认定不属实。"


def _reopened(actor: Actor, page: Any, form: Any, on: date) -> str:
    document = _document(actor, page, form, on)
    was_accepted = page.finding.state == _S.ACCEPTED
    actions.reopen_finding(finding=page.finding, reason=form.cleaned_data["reason"], document=document, actor=actor, on=on)
    return "已重新核查；原认定时记入档案的内容怎样处理，见办理经过。" if was_accepted else "已重新核查。"


def _settled(actor: Actor, page: Any, form: Any, on: date) -> str:
    given = form.cleaned_data
    side = page.hit if given["holds"] == str(page.hit.hit.pk) else page.against
    actions.settle_contradiction(finding=page.finding, holds=side.hit, reason=given["reason"], actor=actor, on=on)
    return f"已裁定采信{side.source_label}。"


_VERBS: dict[str, _Verb] = {
    "ask": _Verb("请家庭说明", frozenset({_S.OPEN, _S.ANSWERED}), AskForm, actions.ask_family, _asked, icon="message"),
    "object": _Verb(
        "登记家庭的说明或异议",
        frozenset({_S.OPEN, _S.ASKED, _S.ANSWERED, _S.PROPOSED}),
        EvidenceForm,
        actions.record_objection,
        _objected,
        icon="message-report",
    ),
    "propose": _Verb(
        "提出处理意见",
        frozenset({_S.OPEN, _S.ASKED, _S.ANSWERED}),
        ProposeForm,
        actions.propose_finding,
        _proposed,
        icon="pencil",
    ),
    "decide": _Verb(
        "认定",
        frozenset({_S.PROPOSED}),
        DecideForm,
        actions.decide_finding,
        _decided,
        icon="rubber-stamp",
        confirm="认定属实的，发现的事实连同依据记入人员档案，下次审核、复核和发放据此计算。",
    ),
    "settle": _Verb(
        "裁定采信哪个来源",
        frozenset({_S.OPEN, _S.ASKED, _S.ANSWERED, _S.PROPOSED}),
        SettleForm,
        actions.settle_contradiction,
        _settled,
        icon="gavel",
        confirm="裁定写入办理经过，理由对审计公开。",
    ),
    "reopen": _Verb(
        "重新核查",
        frozenset(DECIDED),
        ReopenForm,
        actions.reopen_finding,
        _reopened,
        icon="refresh",
        confirm="原认定属实的，认定时记入档案的内容恢复为认定之前的记录；已经停发的待遇不会自动恢复。",
    ),
}


def _cards(actor: Actor, page: Any, returned: tuple[str, WhyForm] | None) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """What this person may do now with its form; and what somebody else may, with the reason why not this one."""
    found = page.finding
    cards: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    is_contradiction = found.kind == FindingKind.CONTRADICTION
    for name, verb in _VERBS.items():
        if found.state not in verb.states or (name != "reopen" and is_contradiction != (name == "settle")):
            continue
        reason = why_not(verb.asks, actor=actor, finding=found) or (_own_proposal(actor, page) if name == "decide" else "")
        if reason:
            refused.append({"label": verb.label, "reason": reason})
            continue
        came_back = returned[1] if returned and returned[0] == name else None
        cards.append({"name": name, "verb": verb, "form": came_back or _form(name, page), "open": came_back is not None})
    if returned is None and len(cards) == 1:
        cards[0]["open"] = True
    return cards, refused


def _form(verb: str, page: Any, request: ActingRequest | None = None) -> WhyForm:
    given: dict[str, Any] = {"prefix": verb}
    if request is not None:
        given |= {"data": request.POST, "files": request.FILES}
    if verb == "decide":
        given["proposed"] = _proposal(page)
    if verb == "settle":
        given["sides"] = {str(side.hit.pk): side.source_label for side in (page.hit, page.against) if side is not None}
    return _VERBS[verb].form(**given)


def _proposal(page: Any) -> str:
    last = next((each for each in reversed(page.steps) if each.step == StepTaken.PROPOSED), None)
    return str(last.proposal) if last else str(_S.ACCEPTED)


def _own_proposal(actor: Actor, page: Any) -> str:
    last = next((each for each in reversed(page.steps) if each.step == StepTaken.PROPOSED), None)
    return "提出意见的人不能自己认定，请由另一名审核人员办理。" if last and last.taken_by_id == actor.id else ""


# --- what is shown ---------------------------------------------------------------------------------------------------------


def _facts(actor: Actor, found: Any, taken_up: Sequence[str]) -> list[Any]:
    seen = actor.sees(found.person.area.path)
    home = found.household
    facts: list[Any] = [
        {"label": "人员", "value": found.person.name, "href": record_url("person", found.person_id) if seen else ""},
        ("身份证号", found.person.identity_mask),
    ]
    if home is not None:
        facts.append({"label": "家庭", "value": home.number, "href": record_url("household", home.pk)})
    facts += [
        ("所在地", found.area.name),
        {
            "label": "核对任务",
            "value": found.inquiry.number,
            "href": reverse("inquiry", args=[found.inquiry.number]) if actor.sees(found.inquiry.area.path) else "",
        },
        ("核对日期", found.inquiry.asked_on),
    ]
    if taken_up:
        facts.append(("此前已发现", "、".join(taken_up)))
    return facts


def _clock(found: Any, on: date) -> dict[str, Any] | None:
    if found.state != _S.ASKED or found.reply_due_on is None:
        return None
    return {"working_days_left": workdays_between(on, found.reply_due_on), "due_on": found.reply_due_on}


def _entry(step: Any) -> dict[str, Any]:
    words = StepTaken(step.step).label
    if step.proposal:
        words += f"：{_S(step.proposal).label}"
    documents = step.document.files.all() if step.document_id else []
    return {
        "at": step.taken_on,
        "title": words,
        "actor": step.taken_by.name if step.taken_by_id else "系统",
        "note": step.reason,
        "tone": STEP_TONES[step.step],
        "icon": STEP_ICONS[step.step],
        "documents": [{"label": each.file_name, "href": reverse("document-file", args=[each.pk])} for each in documents],
    }
