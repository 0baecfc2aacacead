"""A new application, and the start of a review: the family is found, the first step filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.cases import actions, queries
from anmin.ground.cases.casetypes import CASE_TYPES
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.people import actions as register
from anmin.ground.people import families as at_home
from anmin.ground.people import queries as people
from anmin.ground.people.vocabulary import Relation
from anmin.ground.policy.programmes import DECIDED
from anmin.web.asking import may
from anmin.web.cases.forms import StepForm
from anmin.web.cases.lists import crumbs
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url

FAMILIES_SHOWN = 30
_WAY = ("选择或登记家庭", "家庭情况", "提出申请")
_FIRST = "assistance.dibao.application"
_APPLICATION, _REVIEW = ".application", ".review"


def way(place: int) -> list[dict[str, str]]:
    """Where one is on the way to a new application."""
    states = ["done"] * place + ["current"] + ["todo"] * (len(_WAY) - place - 1)
    return [{"label": label, "state": state} for label, state in zip(_WAY, states, strict=True)]


def applications(actor: Actor) -> dict[str, str]:
    """What this actor may begin an application for: kinds of cases with their labels, the one most families come for first."""
    known = {kind: each for kind, each in CASE_TYPES.items() if kind.endswith(_APPLICATION) and actor.has(*each.opening.roles)}
    return {kind: known[kind].label for kind in sorted(known, key=lambda kind: kind != _FIRST)}


@dataclass(frozen=True)
class Asked:
    """What is applied for: the kind of the case, the benefit it may bring, and whether a person alone would hold it."""

    kind: str

    @property
    def benefit(self) -> str:
        return self.kind.removesuffix(_APPLICATION)

    @property
    def label(self) -> str:
        return CASE_TYPES[self.kind].label

    @property
    def is_aid(self) -> bool:
        """Whether it brings no standing benefit: aid for an event, or a panel about a case, whatever else is under way."""
        return self.benefit not in BENEFITS

    @property
    def of_persons(self) -> bool:
        return self.benefit in DECIDED and DECIDED[self.benefit].unit == "person"


def _asked(request: ActingRequest) -> Asked:
    """What the address asks for, by the kind of the case (`?kind=`). Refuses what is no application."""
    kind = request.GET.get("kind", "") or _FIRST
    if kind not in CASE_TYPES or not kind.endswith(_APPLICATION):
        raise Http404
    return Asked(kind)


class FamilySearch(forms.Form):
    """What is applied for, and for whom."""

    kind = forms.ChoiceField(label="申请事项", required=False)
    text = forms.CharField(
        label="申请人或家庭成员", required=False, help_text="姓名、拼音首字母、身份证号、“姓名＋末四位”，或家庭编号。"
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = list(kinds.items())  # type: ignore[attr-defined]  # a ChoiceField


class ApplicantForm(forms.Form):
    """Who applies for the family."""

    applicant = forms.ChoiceField(label="申请人")

    def __init__(self, *args: Any, home: people.HouseholdPage, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["applicant"].choices = _people(home)  # type: ignore[attr-defined]  # a ChoiceField


def choose(request: ActingRequest) -> HttpResponse:
    """The families that a name or number means, each with what it already holds or has asked for."""
    actor, on = request.actor, clock.today()
    asked, kinds = _asked(request), applications(actor)
    form = FamilySearch(request.GET or {"kind": asked.kind}, kinds=kinds)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    families, strangers, more = _families(actor, asked, text, on) if text else ([], [], False)
    return render(
        request,
        "cases/new.html",
        {
            "form": form,
            "asked": asked,
            "text": text,
            "families": families,
            "strangers": strangers,
            "more": more,
            "way": way(0),
            "may_register": any(may(register.open_household, actor=actor, area=area) for area in _own_areas(actor)),
            "breadcrumbs": crumbs({"label": "新建申请"}),
        },
    )


def apply(request: ActingRequest, household_id: int) -> HttpResponse:
    """The application is made: who applies, why, for whom."""
    actor, on = request.actor, clock.today()
    wanted = _asked(request)
    home = _home(actor, household_id, on)
    if not home.members:
        raise Refused("该家庭现在没有成员，不能提出申请。请先登记家庭成员。")
    data = request.POST if request.method == "POST" else None
    chooser = ApplicantForm(data, home=home)
    applicant = home.members[0].member.person
    if chooser.is_bound and chooser.is_valid():
        asked = int(chooser.cleaned_data["applicant"])
        applicant = next(line.member.person for line in home.members if line.member.person_id == asked)
    first = queries.opening_step(actor, wanted.kind, home.household, applicant, on)
    form = StepForm(data, step=first, options=_options(home), on=on)
    if request.method == "POST" and first.allowed and chooser.is_valid() and form.is_valid():
        try:
            case = actions.open_case(
                kind=wanted.kind,
                household=home.household,
                applicant=applicant,
                data=form.answers(),
                note=form.cleaned_data["note"],
                actor=actor,
                on=on,
            )
        except (BadValue, Refused) as error:
            form.refuse(error.message)
        else:
            messages.success(request, f"已登记{applicant.name}的{wanted.label}，编号 {case.number}。")
            return redirect("case", case.number)
    return render(
        request,
        "cases/apply.html",
        {
            "home": home,
            "asked": wanted,
            "kinds": [
                {"label": label, "href": f"?kind={kind}", "current": kind == wanted.kind}
                for kind, label in applications(actor).items()
            ],
            "members": [{"line": line, "relation": Relation(line.member.relation).label} for line in home.members],
            "form": form,
            "chooser": chooser,
            "first": first,
            "way": way(2),
            "household_url": record_url("household", household_id),
            "breadcrumbs": crumbs({"label": "新建申请", "url": reverse("case-new")}, {"label": home.household.number}),
        },
        status=422 if form.errors or chooser.errors else 200,
    )


def review(request: ActingRequest, entitlement_id: int) -> HttpResponse:
    """The review of an entitlement begins."""
    actor, on = request.actor, clock.today()
    held = entitlements.by_id(actor, entitlement_id)
    if held is None:
        raise Http404
    kind = f"{held.benefit}{_REVIEW}"
    if kind not in CASE_TYPES:
        raise Refused("这项待遇没有复核程序；需要停发、暂停的，在待遇页面办理。")
    first = queries.opening_step(actor, kind, held.household, held.holder, on, held)
    form = StepForm(request.POST if request.method == "POST" else None, step=first, on=on)
    if request.method == "POST" and first.allowed and form.is_valid():
        try:
            case = actions.open_case(
                kind=kind,
                household=held.household,
                applicant=held.holder,
                entitlement=held,
                data=form.answers(),
                note=form.cleaned_data["note"],
                actor=actor,
                on=on,
            )
        except (BadValue, Refused) as error:
            form.refuse(error.message)
        else:
            messages.success(request, f"已对{held.holder.name}启动{CASE_TYPES[kind].label}，编号 {case.number}。")
            return redirect("case", case.number)
    return render(
        request,
        "cases/review.html",
        {
            "held": held,
            "label": CASE_TYPES[kind].label,
            "form": form,
            "first": first,
            "entitlement_url": record_url("entitlement", held.pk),
            "breadcrumbs": crumbs({"label": "启动复核"}),
        },
        status=422 if form.errors else 200,
    )


def _home(actor: Actor, household_id: int, on: date) -> people.HouseholdPage:
    found = people.household(actor, household_id, on=on)
    if found is None:
        raise Http404
    return found


def _people(home: people.HouseholdPage) -> list[tuple[str, str]]:
    return [(str(key), said) for key, said in _options(home).people]


def _options(home: people.HouseholdPage) -> queries.Options:
    named = tuple(
        (line.member.person_id, f"{line.member.person.name}（{Relation(line.member.relation).label}）") for line in home.members
    )
    return queries.Options(people=named, staff=(), files=())


def _own_areas(actor: Actor) -> list[Any]:
    return list(areas.towns(actor)[:1])


def _families(actor: Actor, asked: Asked, text: str, on: date) -> tuple[list[dict[str, Any]], list[Any], bool]:
    """The families of whoever the text means, and the persons it means who live in none."""
    found = people.search(actor, text)
    homes = at_home.homes_of(actor, [person.pk for person in found.persons], on=on)
    wanted = dict.fromkeys([*(home.pk for home in found.households), *homes.values()])
    families = list(at_home.families(actor, list(wanted)[:FAMILIES_SHOWN], on=on))
    under_way = {row.household_id: row for row in queries.open_of_households(actor, list(wanted), on)}
    held: dict[int, list[Any]] = {}
    for each in entitlements.in_force(actor, asked.benefit, on).filter(household_id__in=list(wanted)).select_related("holder"):
        held.setdefault(each.household_id, []).append(each)
    lines = [
        {
            "home": family.household,
            "members": "、".join(family.names),
            "open_case": under_way.get(family.household.pk),
            "held": held.get(family.household.pk, []),
            # A family holds its benefit once; of a person's benefit each member may have one.
            "may_ask": asked.of_persons
            or asked.is_aid
            or not (held.get(family.household.pk) or under_way.get(family.household.pk)),
        }
        for family in families
    ]
    strangers = [person for person in found.persons if person.pk not in homes and person.died_on is None]
    return lines, strangers, found.more or len(wanted) > FAMILIES_SHOWN
