"""A family that is not yet on the register: who lives together, and what they state about their means."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.vocabulary import Level
from anmin.ground.people import actions, queries
from anmin.ground.people.vocabulary import Relation
from anmin.web.asking import may
from anmin.web.cases.family_forms import HouseholdForm, MeansForm, MemberForm, MemberSet, StatementForm, typed_rows
from anmin.web.cases.intake import way
from anmin.web.cases.lists import crumbs
from anmin.web.middleware import ActingRequest


class _StoppedError(Exception):
    """A form said no: nothing of what came before it may stay."""


def register(request: ActingRequest) -> HttpResponse:
    """A household with its members; those already on the register are found by their numbers, the others are registered."""
    actor, on = request.actor, clock.today()
    villages = list(areas.areas(actor, level=Level.VILLAGE, on=on).select_related("parent"))
    if not any(may(actions.open_household, actor=actor, area=area) for area in villages[:1]):
        raise Refused("只有当地的经办人或科室人员可以登记家庭，请由家庭所在镇（街道）办理。")
    more = "more" in request.POST
    if request.method == "POST" and not more:
        form = HouseholdForm(request.POST, villages=villages, on=on)
        members = MemberSet(_none_fixed(request), prefix="members")
        if form.is_valid() and members.is_valid():
            try:
                with transaction.atomic():
                    made = _registered(actor, on, form, [each for each in members if each.has_changed()])
            except _StoppedError:
                pass
            else:
                messages.success(request, f"已登记家庭 {made.number}。请接着填写家庭情况。")
                return redirect("case-declare", made.pk)
    elif more:
        form = HouseholdForm(initial=request.POST.dict(), villages=villages, on=on)
        members = MemberSet(initial=typed_rows(request.POST), prefix="members")
    else:
        form = HouseholdForm(villages=villages, on=on)
        members = MemberSet(prefix="members")
    faulty = bool(form.errors) or (members.is_bound and not all(each.is_valid() for each in members))
    return render(
        request,
        "cases/family.html",
        {
            "form": form,
            "members": members,
            "way": way(0),
            "breadcrumbs": crumbs({"label": "新建申请", "url": reverse("case-new")}, {"label": "登记新家庭"}),
        },
        status=422 if faulty else 200,
    )


def declare(request: ActingRequest, household_id: int) -> HttpResponse:
    """What the family states about income, assets, health and work; what is known already stands in the fields."""
    actor, on = request.actor, clock.today()
    home = queries.household(actor, household_id, on=on)
    if home is None:
        raise Http404
    if not may(actions.add_member, actor=actor, household=home.household):
        raise Refused("只有家庭所在地的经办人或科室人员可以登记家庭情况。")
    data = request.POST if request.method == "POST" else None
    statement = StatementForm(data, on=on)
    cards: list[dict[str, Any]] = [
        {
            "member": line.member,
            "relation": Relation(line.member.relation).label,
            "form": MeansForm(data, line=line, prefix=f"p{line.member.person_id}"),
        }
        for line in home.members
    ]
    forms: list[MeansForm] = [card["form"] for card in cards]
    if request.method == "POST" and statement.is_valid() and _all_valid(forms):
        try:
            with transaction.atomic():
                count = sum(_recorded(actor, on, statement.cleaned_data, form) for form in forms)
        except _StoppedError:
            pass
        else:
            messages.success(request, f"已记录 {count} 项家庭情况。" if count else "没有新的情况需要记录。")
            return redirect(_apply(household_id))
    return render(
        request,
        "cases/declare.html",
        {
            "home": home,
            "statement": statement,
            "cards": cards,
            "way": way(1),
            "skip": _apply(household_id),
            "breadcrumbs": crumbs({"label": "新建申请", "url": reverse("case-new")}, {"label": home.household.number}),
        },
        status=422 if statement.errors or any(form.errors for form in forms) else 200,
    )


def _all_valid(forms: list[MeansForm]) -> bool:
    """Asks every one of them, so that the faults of all are shown at once."""
    answers = [form.is_valid() for form in forms]
    return all(answers)


def _apply(household_id: int) -> str:
    return reverse("case-apply", args=[household_id])


def _none_fixed(request: ActingRequest) -> Any:
    data = request.POST.copy()
    # Rows that were typed before another was added may still be left blank.
    data["members-INITIAL_FORMS"] = "0"
    return data


def _registered(actor: Actor, on: date, form: HouseholdForm, members: list[MemberForm]) -> Any:
    """The household, all of it or nothing. What is refused stands in the form it is about."""
    home = form.cleaned_data
    persons = [_person(actor, on, home, each) for each in members]
    try:
        household = actions.open_household(
            head=persons[0],
            area=home["area"],
            hukou_kind=home["hukou_kind"],
            opened_on=home["opened_on"],
            address=home["address"],
            actor=actor,
            on=on,
        )
    except (BadValue, Refused) as error:
        form.add_error(None, error.message)
        raise _StoppedError from error
    for person, each in zip(persons[1:], members[1:], strict=True):
        absence = each.cleaned_data["absence"]
        try:
            actions.add_member(
                household=household,
                person=person,
                relation=each.cleaned_data["relation"],
                counted=not absence,
                absence=absence,
                valid_from=home["opened_on"],
                actor=actor,
                on=on,
            )
        except (BadValue, Refused) as error:
            each.add_error(None, error.message)
            raise _StoppedError from error
    return household


def _person(actor: Actor, on: date, home: dict[str, Any], form: MemberForm) -> Any:
    given = form.cleaned_data
    number = given["identity_number"]
    try:
        known = queries.person_by_identity_number(actor, number) if number else None
        if known is not None and known.name != given["name"]:
            raise BadValue(f"该身份证号已登记为{known.name[:1]}某，与填写的姓名不同，请核对。")
        return known or actions.register_person(
            name=given["name"],
            identity_number=number or None,
            hukou_kind=home["hukou_kind"],
            area=home["area"],
            address=home["address"],
            phone=given["phone"],
            bank_name=given["bank_name"],
            bank_account=given["bank_account"],
            birth_on=given["birth_on"],
            sex=given["sex"] or None,
            actor=actor,
            on=on,
        )
    except (BadValue, Refused) as error:
        form.add_error("identity_number" if "身份证号" in error.message else None, error.message)
        raise _StoppedError from error


def _recorded(actor: Actor, on: date, said: dict[str, Any], form: MeansForm) -> int:
    """How many facts of a member were recorded; those that stand as they were are left alone."""
    changed = form.stated()
    for kind, value in changed.items():
        try:
            actions.record_fact(
                person=form.person,
                kind=kind,
                value=value,
                valid_from=said["since"],
                source=said["source"],
                actor=actor,
                on=on,
            )
        except (BadValue, Refused) as error:
            form.add_error(form.field_of(kind), error.message)
            raise _StoppedError from error
    return len(changed)
