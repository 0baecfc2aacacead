"""Persons are registered, their particulars changed, their death recorded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.people import actions
from anmin.web.asking import attempt, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.people.entry import ChangeForm, DeathForm, NoDeathForm, PersonForm
from anmin.web.people.filling import form_page, given
from anmin.web.people.person import page_of
from anmin.web.people.readers import crumbs, may_register


def register(request: ActingRequest) -> HttpResponse:
    """Somebody new on the register."""
    actor, on = request.actor, clock.today()
    if not may_register(actor):
        raise Refused("只有当地的经办人或科室人员可以登记人员，请由人员所在镇（街道）办理。")
    form = PersonForm(request.POST or None, actor=actor, on=on)
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.register_person(**said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已登记{made.name}。可接着立户，或在其家庭页面增加为成员。")
            return redirect("person", made.pk)
    return form_page(request, form, title="登记人员", submit="登记", back=reverse("people"), breadcrumbs=crumbs(("登记人员", "")))


def change(request: ActingRequest, person_id: int) -> HttpResponse:
    """Other particulars, or another account."""
    actor, on = request.actor, clock.today()
    person = page_of(actor, person_id, on).person
    if reason := why_not(actions.change_person, actor=actor, person=person):
        raise Refused(reason)
    back = reverse("person", args=[person_id])
    form = ChangeForm(request.POST or None, actor=actor, person=person, on=on)
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.change_person(person=person, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已变更{made.name}的信息。")
            return redirect(back)
    return form_page(
        request,
        form,
        title="变更人员信息",
        subtitle=f"{person.name} · {person.identity_mask}",
        submit="保存",
        back=back,
        notice="身份证号不能变更；登记有误的请联系科室。",
        breadcrumbs=crumbs((person.name, back), ("变更信息", "")),
    )


def death(request: ActingRequest, person_id: int) -> HttpResponse:
    """A death, and with it the end of memberships and duties."""
    actor, on = request.actor, clock.today()
    person = page_of(actor, person_id, on).person
    if reason := why_not(actions.record_death, actor=actor, person=person):
        raise Refused(reason)
    back = reverse("person", args=[person_id])
    form = DeathForm(request.POST or None)
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.record_death(person=person, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已登记{made.name}死亡。正在享受的待遇请按程序办理停发或减员。")
            return redirect(back)
    return form_page(
        request,
        form,
        title="登记死亡",
        subtitle=f"{person.name} · {person.identity_mask}",
        submit="登记死亡",
        back=back,
        notice="登记后，其家庭成员身份、收入等情况和赡养抚养扶养关系在死亡当日终止；家中再无成员的，家庭随之注销。登记有误的，只能由科室撤销。",
        confirm=f"{person.name}的家庭成员身份和各项情况将在死亡当日终止。请核对姓名、身份证号和日期。",
        danger=True,
        breadcrumbs=crumbs((person.name, back), ("登记死亡", "")),
    )


def no_death(request: ActingRequest, person_id: int) -> HttpResponse:
    """A death that was recorded by mistake, and with it what had ended."""
    actor, on = request.actor, clock.today()
    person = page_of(actor, person_id, on).person
    if reason := why_not(actions.withdraw_death, actor=actor, person=person):
        raise Refused(reason)
    back = reverse("person", args=[person_id])
    form = NoDeathForm(request.POST or None)
    if (said := given(request, form)) is not None:
        made = attempt(form, lambda: actions.withdraw_death(person=person, **said, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已撤销{made.name}的死亡登记。已经停发的待遇请另行办理恢复。")
            return redirect(back)
    return form_page(
        request,
        form,
        title="撤销死亡登记",
        subtitle=f"{person.name} · {person.identity_mask}" + (f" · {person.died_on} 死亡" if person.died_on else ""),
        submit="撤销死亡登记",
        back=back,
        notice="撤销后，因死亡而终止的家庭成员身份、各项情况和赡养抚养扶养关系恢复为登记之前的记录；登记之后另行更正过的保持现状。"
        "已经作出的停发决定不会自动改变。",
        confirm=f"将恢复{person.name}死亡登记之前的记录，请再次核实本人情况。",
        danger=True,
        breadcrumbs=crumbs((person.name, back), ("撤销死亡登记", "")),
    )
