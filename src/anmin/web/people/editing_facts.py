"""Facts about a person are recorded, corrected and withdrawn."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.people import actions, queries
from anmin.ground.people.vocabulary import FACT_KINDS
from anmin.web.asking import attempt, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.people.entry import FactForm, WithdrawForm, kind_named, kinds_by_group
from anmin.web.people.filling import form_page, given
from anmin.web.people.person import page_of
from anmin.web.people.readers import crumbs, refuse_outsider


def choose(request: ActingRequest, person_id: int) -> HttpResponse:
    """What is to be recorded: the kinds by group, each with what is known today."""
    person, page = _changeable(request.actor, person_id, clock.today())
    known = {each.kind.name: each.words for group in page.facts for each in group.in_force}
    back = reverse("person", args=[person_id])
    return render(
        request,
        "people/choose.html",
        {
            "person": person,
            "groups": [
                {
                    "label": label,
                    "kinds": [
                        {
                            "label": kind.label,
                            "href": reverse("fact-new", args=[person_id, kind.name]),
                            "known": known.get(kind.name),
                        }
                        for kind in kinds
                    ],
                }
                for label, kinds in kinds_by_group()
            ],
            "breadcrumbs": crumbs((person.name, back), ("记录情况", "")),
        },
    )


def record(request: ActingRequest, person_id: int, kind: str) -> HttpResponse:
    """One fact, from a day on."""
    actor, on = request.actor, clock.today()
    person, _ = _changeable(actor, person_id, on)
    declared = kind_named(kind)
    if declared is None:
        raise Http404
    back = reverse("person", args=[person_id])
    form = FactForm(request.POST or None, kind=declared, initial={"valid_from": on})
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.record_fact(person=person, kind=kind, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已记录{person.name}的{declared.label}。")
            return redirect(back)
    return form_page(
        request,
        form,
        title=f"记录{declared.label}",
        subtitle=f"{person.name} · {person.identity_mask}",
        submit="记录",
        back=back,
        notice="情况有变化的在这里记录，原有记录自动截止到前一天；原来就记错的，请在人员页面上点“更正”。",
        breadcrumbs=crumbs((person.name, back), ("记录情况", reverse("fact-choose", args=[person_id])), (declared.label, "")),
    )


def correct(request: ActingRequest, fact_id: int) -> HttpResponse:
    """What was recorded wrongly."""
    actor, on = request.actor, clock.today()
    fact = _fact(actor, fact_id, actions.correct_fact)
    declared = FACT_KINDS[fact.kind]
    back = reverse("person", args=[fact.person_id])
    now = {
        "value": fact.code if fact.amount is None else fact.amount,
        "valid_from": fact.valid_from,
        "valid_until": fact.valid_until,
        "source": fact.source,
    }
    form = FactForm(request.POST or None, kind=declared, initial=now)
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.correct_fact(fact=fact, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已更正{fact.person.name}的{declared.label}；已发放的差额由下一期名册补发或扣回。")
            return redirect(back)
    return form_page(
        request,
        form,
        title=f"更正{declared.label}",
        subtitle=f"{fact.person.name} · {fact.person.identity_mask}",
        submit="更正",
        back=back,
        notice="原记录保留在历史中，随时可以查到。按原记录已经发放的金额，由下一期名册补发或扣回。",
        confirm="更正会影响已经发放的月份，差额由下一期名册补发或扣回。",
        breadcrumbs=crumbs((fact.person.name, back), (f"更正{declared.label}", "")),
    )


def withdraw(request: ActingRequest, fact_id: int) -> HttpResponse:
    """What should never have been recorded."""
    actor, on = request.actor, clock.today()
    fact = _fact(actor, fact_id, actions.withdraw_fact)
    declared = FACT_KINDS[fact.kind]
    back = reverse("person", args=[fact.person_id])
    form = WithdrawForm(request.POST or None)
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.withdraw_fact(fact=fact, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已撤回{fact.person.name}的{declared.label}记录。")
            return redirect(back)
    return form_page(
        request,
        form,
        title=f"撤回{declared.label}记录",
        subtitle=f"{fact.person.name} · {fact.valid_from} 至 {fact.valid_until or '今'}",
        submit="撤回",
        back=back,
        notice="撤回后，这段时间的情况视为不清楚，可能使待遇暂时无法认定。只是数值或日期不对的，请使用更正。",
        confirm="撤回后，这段时间的情况视为不清楚。原记录仍保留在历史中。",
        danger=True,
        breadcrumbs=crumbs((fact.person.name, back), ("撤回记录", "")),
    )


def _changeable(actor: Actor, person_id: int, on: date) -> tuple[Any, Any]:
    page = page_of(actor, person_id, on)
    if reason := why_not(actions.record_fact, actor=actor, person=page.person):
        raise Refused(reason)
    return page.person, page


def _fact(actor: Actor, fact_id: int, action: Any) -> Any:
    refuse_outsider(actor)
    fact = queries.fact(actor, fact_id)
    if fact is None or kind_named(fact.kind) is None:
        raise Http404
    if reason := why_not(action, actor=actor, fact=fact):
        raise Refused(reason)
    return fact
