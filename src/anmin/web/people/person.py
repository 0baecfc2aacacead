"""Everything about one person (一人一档); the identity number in clear only with a reason, once."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.audit import queries as audit
from anmin.ground.cases import queries as cases
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.payments import queries as payments
from anmin.ground.people import actions, queries
from anmin.ground.people.queries import PersonPage
from anmin.ground.people.vocabulary import HukouKind, Sex
from anmin.ground.verification import queries as verification
from anmin.ground.verification.permissions import reads_verification
from anmin.web.asking import attempt, may
from anmin.web.audit.lines import as_entries
from anmin.web.middleware import ActingRequest
from anmin.web.people import showing
from anmin.web.people.forms import OnForm, RevealForm
from anmin.web.people.readers import crumbs, may_register, place_of, refuse_outsider
from anmin.web.people.tables import age_on

LINES_SHOWN = 20


def person(request: ActingRequest, person_id: int) -> HttpResponse:
    """One person as of a day: particulars, household, facts with their history, support, benefits, money, cases, the log."""
    return _page(request, person_id)


def reveal(request: ActingRequest, person_id: int) -> HttpResponse:
    """The same page with the identity number in clear, this once; the reason is in the log. An address alone shows nothing."""
    if request.method != "POST":
        return redirect("person", person_id)
    page = page_of(request.actor, person_id, clock.today())
    form = RevealForm(request.POST)
    shown = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        shown = attempt(
            form, lambda: actions.reveal_identity_number(person=page.person, reason=reason, actor=request.actor, on=clock.today())
        )
    answer = _page(request, person_id, reveal_form=form, revealed=shown.identity_number if shown else None)
    # What was shown with a reason must not be shown again by the browser's memory.
    answer["Cache-Control"] = "no-store"
    return answer


def page_of(actor: Actor, person_id: int, on: date) -> PersonPage:
    """The person as of a day; nobody is found by those who may not see them."""
    refuse_outsider(actor)
    page = queries.person(actor, person_id, on=on)
    if page is None:
        raise Http404
    return page


def _page(
    request: ActingRequest, person_id: int, *, reveal_form: RevealForm | None = None, revealed: str | None = None
) -> HttpResponse:
    actor, today = request.actor, clock.today()
    form = OnForm(request.GET)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or today
    page = page_of(actor, person_id, on)
    found = page.person
    household = page.household
    # The dead live nowhere, and what was done for them is asked of the household they last lived in.
    home = household or (page.memberships[0].household if page.memberships else None)
    covered = list(entitlements.of_person(actor, person_id))
    paid = list(payments.person_history(actor, person_id)[: showing.MONTHS_SHOWN])
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "on": on,
            "here": reverse("person", args=[person_id]),
            "is_past": on != today,
            "on_form": OnForm(initial={"on": on}),
            "badges": _badges(found, covered, on),
            "subtitle": _subtitle(found, on),
            "facts": _particulars(found, revealed, payments.account_waits(actor, found)),
            "household": household,
            "household_href": reverse("household", args=[household.pk]) if household and actor.sees(household.area.path) else "",
            "memberships": showing.memberships(actor, page.memberships),
            "groups": showing.facts(page.facts),
            "history": sum(len(group.history) for group in page.facts),
            "supporters": showing.duties(actor, page.supporters, "obligor"),
            "dependants": showing.duties(actor, page.dependants, "dependant"),
            "shares": showing.shares(covered),
            "whys": showing.whys(of_persons=True, person=found.pk) if home and not found.died_on else [],
            "payments": showing.payments(paid),
            "payments_href": reverse("household-payments", args=[covered[0].entitlement.household_id]) if covered else "",
            "cases": showing.cases(cases.of_household(actor, home.pk, today)) if home else [],
            "reads_verification": reads_verification(actor),
            "verifications": showing.verifications(verification.requests(actor).filter(household_id=home.pk)[:5]) if home else [],
            "entries": _entries(actor, page),
            "reads_all": actor.has(*audit.READS_EVERYTHING),
            "may_change": may(actions.change_person, actor=actor, person=found),
            "may_revive": bool(found.died_on) and may(actions.withdraw_death, actor=actor, person=found),
            "may_open": may_register(actor) and not found.died_on and household is None,
            "may_reveal": found.identity_mask != "" and may(actions.reveal_identity_number, actor=actor, person=found),
            "reveal_form": reveal_form or RevealForm(),
            "revealed": revealed,
            "breadcrumbs": crumbs((found.name, "")),
        },
        status=422 if reveal_form is not None and reveal_form.errors else 200,
    )


def _badges(found: Any, covered: list[Any], on: date) -> list[tuple[str, str]]:
    badges = []
    if found.died_on:
        badges.append(("已死亡", "neutral"))
    running = [each for each in covered if each.valid_from <= on <= (each.valid_until or date.max)]
    badges += [(f"{showing.benefit_label(each.benefit)}在享", "success") for each in running]
    return badges


def _subtitle(found: Any, on: date) -> str:
    age = age_on(found.birth_on, min(on, found.died_on or on))
    told = f"{'享年 ' if found.died_on else ''}{age} 岁"
    return f"{Sex(found.sex).label} · {told} · {place_of(found.area)}"


def _particulars(found: Any, revealed: str | None, waits: Any) -> list[Any]:
    number = (
        {"label": "身份证号", "value": revealed, "note": "完整号码，仅本次显示", "copyable": True}
        if revealed
        else ("身份证号", found.identity_mask or "未登记")
    )
    return [
        number,
        ("出生日期", found.birth_on),
        ("户籍性质", HukouKind(found.hukou_kind).label if found.hukou_kind else None),
        ("所在村（社区）", place_of(found.area)),
        ("联系电话", found.phone),
        ("住址", found.address),
        ("开户银行", found.bank_name),
        {
            "label": "银行账号",
            "value": found.bank_account_mask or None,
            "note": "已更换，尚待另一人确认，确认前不付款" if waits else "",
            "href": reverse("payout-change", args=[waits.pk]) if waits else "",
        },
        *([("死亡日期", found.died_on)] if found.died_on else []),
    ]


def _entries(actor: Actor, page: PersonPage) -> list[dict[str, Any]]:
    """The lines of the log about the person and what is known of them, as far as the actor may read them."""
    facts = [each.row.pk for group in page.facts for each in (*group.in_force, *group.history)]
    lines = audit.about(
        actor,
        {
            "people.person": [page.person.pk],
            "people.fact": facts,
            "people.householdmember": [each.pk for each in page.memberships],
            "people.supporter": [each.pk for each in (*page.supporters, *page.dependants)],
        },
    )
    return as_entries(lines[:LINES_SHOWN])
