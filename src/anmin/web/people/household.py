"""Everything about one household: who counts and why, what is known of them, what it holds and was paid."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.audit import queries as audit
from anmin.ground.cases import queries as cases
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.payments import queries as payments
from anmin.ground.people import actions, queries
from anmin.ground.people.queries import HouseholdPage
from anmin.ground.people.vocabulary import HukouKind, Relation, Sex
from anmin.ground.verification import queries as verification
from anmin.ground.verification.permissions import reads_verification
from anmin.web.asking import may
from anmin.web.audit.lines import as_entries
from anmin.web.benefits.naming import LOW_INCOME
from anmin.web.middleware import ActingRequest
from anmin.web.people import showing
from anmin.web.people.forms import OnForm
from anmin.web.people.readers import crumbs, person_url, place_of, refuse_outsider
from anmin.web.people.tables import age_on
from anmin.web.records import benefit_why

LINES_SHOWN = 20


def page_of(actor: Actor, household_id: int, on: date) -> HouseholdPage:
    """The household as of a day; none is found by those who may not see it."""
    refuse_outsider(actor)
    page = queries.household(actor, household_id, on=on)
    if page is None:
        raise Http404
    return page


def household(request: ActingRequest, household_id: int) -> HttpResponse:
    """One household as of a day."""
    actor, today = request.actor, clock.today()
    form = OnForm(request.GET)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or today
    page = page_of(actor, household_id, on)
    found = page.household
    held = showing.held(entitlements.of_household(actor, household_id))
    return render(
        request,
        "people/household.html",
        {
            "household": found,
            "on": on,
            "here": reverse("household", args=[household_id]),
            "is_past": on != today,
            "on_form": OnForm(initial={"on": on}),
            "is_closed": found.closed_on is not None and found.closed_on < on,
            "facts": _particulars(actor, page),
            "members": [_member(actor, line, on) for line in page.members],
            "former": [_former(actor, row) for row in page.former],
            "counted": page.counted,
            "supporters": [
                {"of": line.member.person.name, **duty}
                for line in page.members
                for duty in showing.duties(actor, line.supporters, "obligor")
            ],
            "held": held,
            "chart": showing.amounts_by_month(payments.lines_of_household(actor, household_id)),
            "payments": showing.payments(payments.household_history(actor, household_id)[: showing.MONTHS_SHOWN]),
            "payments_href": reverse("household-payments", args=[household_id]),
            "cases": showing.cases(cases.of_household(actor, household_id, today)),
            "verifications": showing.verifications(verification.requests(actor).filter(household_id=household_id)[:5]),
            "reads_verification": reads_verification(actor),
            "verification_href": reverse("family-verification", args=[household_id]),
            "entries": _entries(actor, page),
            "reads_all": actor.has(*audit.READS_EVERYTHING),
            "may_apply": actor.has(Role.TOWN_CLERK, at=found.area.path)
            and bool(page.members)
            and not any(each["holds"] and each["benefit"] in LOW_INCOME for each in held),
            "running": [each for each in held if each["holds"]],
            "may_change": may(actions.add_member, actor=actor, household=found),
            "why": benefit_why("assistance.dibao", household=household_id),
            "whys": showing.whys(of_persons=False, household=household_id),
            "breadcrumbs": crumbs(("家庭", reverse("households")), (found.number, "")),
        },
    )


def _particulars(actor: Actor, page: HouseholdPage) -> list[Any]:
    found = page.household
    heads = [line.member.person for line in page.members if line.member.person_id == found.head_id]
    return [
        ("户编号", found.number),
        {"label": "户主", "value": found.head.name, "href": person_url(actor, heads[0]) if heads else ""},
        ("所在村（社区）", place_of(found.area)),
        ("住址", found.address),
        ("户籍性质", HukouKind(found.hukou_kind).label),
        ("成员", f"{len(page.members)} 人，其中计入共同生活 {page.counted} 人"),
        ("立户日期", found.opened_on),
        ("注销日期", found.closed_on) if found.closed_on else ("状态", "在册"),
    ]


def _member(actor: Actor, line: Any, on: date) -> dict[str, Any]:
    row, person = line.member, line.member.person
    known = [showing.fact(each) for group in line.facts for each in group.in_force]
    told = [each for each in known if not each["is_none"]]
    return {
        "id": row.pk,
        "name": person.name,
        "href": person_url(actor, person),
        "mask": person.identity_mask,
        "relation": Relation(row.relation).label,
        "sex": Sex(person.sex).label,
        "age": age_on(person.birth_on, on),
        "counted": row.counted,
        "counted_words": showing.counted_words(row),
        "same_hukou": row.same_hukou,
        "from": row.valid_from,
        "until": row.valid_until,
        "known": bool(known),
        "facts": told,
        "none": len(known) - len(told),
        "may_change": may(actions.change_person, actor=actor, person=person),
        "person_id": person.pk,
    }


def _former(actor: Actor, row: Any) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "href": person_url(actor, row.person),
        "relation": Relation(row.relation).label,
        "counted_words": showing.counted_words(row),
        "died_on": row.person.died_on,
        "from": row.valid_from,
        "until": row.valid_until,
    }


def _entries(actor: Actor, page: HouseholdPage) -> list[dict[str, Any]]:
    members = [*(line.member for line in page.members), *page.former]
    duties = [duty.pk for line in page.members for duty in line.supporters]
    lines = audit.about(
        actor,
        {
            "people.household": [page.household.pk],
            "people.householdmember": [each.pk for each in members],
            "people.supporter": duties,
        },
    )
    return as_entries(lines[:LINES_SHOWN])
