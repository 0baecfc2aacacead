"""Households are opened, people join and leave them, and duties of support begin and end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.people import actions, queries
from anmin.web.asking import attempt, number_in, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.people import household as household_pages
from anmin.web.people.entry import EndForm, HouseholdForm, MemberForm, SupporterForm
from anmin.web.people.filling import form_page, given
from anmin.web.people.person import page_of
from anmin.web.people.readers import crumbs, may_register, refuse_outsider


def open_household(request: ActingRequest) -> HttpResponse:
    """A new household; the head may be given by the address."""
    actor, on = request.actor, clock.today()
    if not may_register(actor):
        raise Refused("只有当地的经办人或科室人员可以登记家庭，请由家庭所在镇（街道）办理。")
    initial: dict[str, Any] = {"opened_on": on}
    if (asked := number_in(request.GET.get("head", ""))) is not None:
        head = page_of(actor, asked, on).person
        named = f"{head.name}{head.identity_mask[-4:]}" if head.identity_mask else head.name
        initial |= {"head": named, "area": head.area_id, "hukou_kind": head.hukou_kind, "address": head.address}
    form = HouseholdForm(request.POST or None, actor=actor, on=on, initial=initial)
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.open_household(**said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已登记家庭 {made.number}，户主{made.head.name}。可接着增加成员。")
            return redirect("household", made.pk)
    return form_page(
        request,
        form,
        title="登记家庭",
        submit="登记",
        back=reverse("households"),
        breadcrumbs=crumbs(("家庭", reverse("households")), ("登记家庭", "")),
    )


def add_member(request: ActingRequest, household_id: int) -> HttpResponse:
    """Somebody joins the household, or what is known of their place in it changes from a day on."""
    actor, on = request.actor, clock.today()
    household = household_pages.page_of(actor, household_id, on).household
    if reason := why_not(actions.add_member, actor=actor, household=household):
        raise Refused(reason)
    back = reverse("household", args=[household_id])
    form = MemberForm(request.POST or None, actor=actor, initial={"valid_from": on})
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.add_member(household=household, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"{made.person.name}自 {made.valid_from} 起为家庭 {household.number} 的成员。")
            return redirect(back)
    return form_page(
        request,
        form,
        title="增加成员",
        subtitle=f"家庭 {household.number} · 户主 {household.head.name}",
        submit="增加",
        back=back,
        notice="已是成员、只是情况有变（例如服兵役后不再计入共同生活）的，也在这里填写，自起始日期起按新的情况。",
        breadcrumbs=crumbs((f"家庭 {household.number}", back), ("增加成员", "")),
    )


def end_member(request: ActingRequest, member_id: int) -> HttpResponse:
    """Somebody leaves the household."""
    actor, on = request.actor, clock.today()
    refuse_outsider(actor)
    member = queries.member(actor, member_id)
    if member is None:
        raise Http404
    if reason := why_not(actions.end_membership, actor=actor, member=member):
        raise Refused(reason)
    household = member.household
    back = reverse("household", args=[household.pk])
    form = EndForm(request.POST or None, initial={"valid_until": on})
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.end_membership(member=member, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"{member.person.name}在家庭 {household.number} 至 {said['valid_until']} 止。")
            return redirect(back)
    return form_page(
        request,
        form,
        title="成员离开家庭",
        subtitle=f"{member.person.name} · 家庭 {household.number}",
        submit="确定离开",
        back=back,
        notice="死亡的请用“登记死亡”。离开只是记录家庭人口变化；正在享受的待遇，请按程序办理减员或停发。",
        confirm=f"{member.person.name}自次日起不再是家庭 {household.number} 的成员。",
        breadcrumbs=crumbs((f"家庭 {household.number}", back), ("成员离开", "")),
    )


def add_supporter(request: ActingRequest, person_id: int) -> HttpResponse:
    """Somebody who owes the person support, or other means of theirs from a day on."""
    actor, on = request.actor, clock.today()
    person = page_of(actor, person_id, on).person
    if reason := why_not(actions.add_supporter, actor=actor, dependant=person):
        raise Refused(reason)
    back = reverse("person", args=[person_id])
    form = SupporterForm(request.POST or None, actor=actor, initial={"valid_from": on})
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.add_supporter(dependant=person, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已登记{made.obligor.name}为{person.name}的义务人。")
            return redirect(back)
    return form_page(
        request,
        form,
        title="登记义务人",
        subtitle=f"{person.name}的赡养、抚养、扶养义务人",
        submit="登记",
        back=back,
        notice="已经登记过、收入等情况有变的，也在这里填写，自起始日期起按新的情况。",
        breadcrumbs=crumbs((person.name, back), ("登记义务人", "")),
    )


def end_supporter(request: ActingRequest, supporter_id: int) -> HttpResponse:
    """A duty of support ends."""
    actor, on = request.actor, clock.today()
    refuse_outsider(actor)
    supporter = queries.supporter(actor, supporter_id)
    if supporter is None:
        raise Http404
    if reason := why_not(actions.end_supporter, actor=actor, supporter=supporter):
        raise Refused(reason)
    dependant, obligor = supporter.dependant, supporter.obligor
    back = reverse("person", args=[dependant.pk])
    form = EndForm(request.POST or None, initial={"valid_until": on})
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.end_supporter(supporter=supporter, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"{obligor.name}对{dependant.name}的义务至 {said['valid_until']} 止。")
            return redirect(back)
    return form_page(
        request,
        form,
        title="义务关系结束",
        subtitle=f"{obligor.name}对{dependant.name}",
        submit="结束义务",
        back=back,
        notice="义务人死亡的请登记死亡，义务随之终止。",
        confirm=f"{obligor.name}对{dependant.name}的义务自次日起不再计算。",
        breadcrumbs=crumbs((dependant.name, back), ("义务关系结束", "")),
    )
