"""The accounts of the staff: who has one, in which roles; for the administrator, and to read for the auditor."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.accounts import actions, queries
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.audit import queries as audit
from anmin.web import listing
from anmin.web.accounts.forms import (
    AT_REST,
    IN_USE,
    LOCKED,
    NO_ROLE,
    STATES,
    AccountForm,
    EndRoleForm,
    ResetPasswordForm,
    RoleForm,
    StaffFilter,
)
from anmin.web.accounts.tables import STATE_TONES, StaffTable
from anmin.web.asking import attempt, may
from anmin.web.audit.lines import as_entries
from anmin.web.middleware import ActingRequest

READERS = (Role.ADMINISTRATOR, Role.AUDITOR)
_HOME = {"label": "首页", "url": "/"}


def accounts(request: ActingRequest) -> HttpResponse:
    """Every account with the roles held today."""
    _refuse_outsider(request.actor)
    form = StaffFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = _rows(request.actor, clock.today())
    text, role, state = (asked.get(key, "") for key in ("text", "role", "state"))
    found = [
        row
        for row in rows
        if (not text or text in row["name"] or text.lower() in row["username"].lower())
        and (not role or role in row["roles"])
        and (not state or row["state"] == STATES[state])
    ]
    table = listing.configured(request, StaffTable(found, order_by="name"))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "人员账号")
    return render(
        request,
        "accounts/staff.html",
        {
            "form": form,
            "table": table,
            "total": len(rows),
            "locked": sum(row["state"] == STATES[LOCKED] for row in rows),
            "may_create": may(actions.create_staff, actor=request.actor),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "人员账号"}],
        },
    )


def create(request: ActingRequest) -> HttpResponse:
    """A new account, without any role yet."""
    _refuse_outsider(request.actor)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.create_staff(**form.cleaned_data, actor=request.actor, on=clock.today()))
        if made is not None:
            messages.success(request, f"已为{made.name}建立账号“{made.username}”。请接着分配角色。")
            return redirect("staff-account", made.pk)
    return render(
        request,
        "accounts/new.html",
        {
            "form": form,
            "breadcrumbs": [_HOME, {"label": "人员账号", "url": reverse("staff")}, {"label": "新建账号"}],
        },
        status=422 if form.errors else 200,
    )


def account(request: ActingRequest, staff_id: int) -> HttpResponse:
    """One account: its state, its roles past and present, what can be done with it, what was done with it lately."""
    return _account_page(request, staff_id)


@require_POST
def assign(request: ActingRequest, staff_id: int) -> HttpResponse:
    """A role more."""
    staff, on = _staff(request.actor, staff_id), clock.today()
    form = RoleForm(request.POST, actor=request.actor, on=on)
    if form.is_valid():
        made = attempt(form, lambda: actions.assign_role(staff=staff, **form.cleaned_data, actor=request.actor, on=on))
        if made is not None:
            messages.success(request, f"已分配：{staff.name}任“{made.area.name}”{Role(made.role).label}。")
            return redirect("staff-account", staff_id)
    return _account_page(request, staff_id, role_form=form)


@require_POST
def end(request: ActingRequest, staff_id: int, assignment_id: int) -> HttpResponse:
    """A role's last day."""
    _refuse_outsider(request.actor)
    assignment = queries.assignments(request.actor, staff_id).filter(pk=assignment_id).first()
    if assignment is None:
        raise Http404
    form = EndRoleForm(request.POST)
    if form.is_valid():
        last = form.cleaned_data["valid_until"]
        actions.end_role(assignment=assignment, valid_until=last, actor=request.actor, on=clock.today())
        messages.success(request, f"{assignment.staff.name}的{Role(assignment.role).label}角色至 {last} 止。")
    else:
        messages.error(request, "请填写角色的截止日期。")
    return redirect("staff-account", staff_id)


@require_POST
def reset_password(request: ActingRequest, staff_id: int) -> HttpResponse:
    """A new password, to be changed at the next sign-in."""
    staff = _staff(request.actor, staff_id)
    form = ResetPasswordForm(request.POST)
    if form.is_valid():
        password = form.cleaned_data["password"]
        done = attempt(form, lambda: actions.set_password(staff=staff, password=password, actor=request.actor, on=clock.today()))
        if done is not None:
            messages.success(request, f"已重置{staff.name}的密码，本人下次登录时须更换；登录锁定同时解除。")
            return redirect("staff-account", staff_id)
    return _account_page(request, staff_id, password_form=form)


@require_POST
def unlock(request: ActingRequest, staff_id: int) -> HttpResponse:
    """The account may sign in again at once."""
    staff = _staff(request.actor, staff_id)
    actions.unlock_staff(staff=staff, actor=request.actor, on=clock.today())
    messages.success(request, f"已解除{staff.name}的登录锁定。")
    return redirect("staff-account", staff_id)


@require_POST
def deactivate(request: ActingRequest, staff_id: int) -> HttpResponse:
    """The account is at rest."""
    staff = _staff(request.actor, staff_id)
    actions.deactivate_staff(staff=staff, actor=request.actor, on=clock.today())
    messages.success(request, f"已停用{staff.name}的账号，所任角色同时结束。")
    return redirect("staff-account", staff_id)


def _refuse_outsider(actor: Actor) -> None:
    if not actor.has(*READERS):
        raise Refused("只有系统管理员和审计监督人员可以查看人员账号。")


def _staff(actor: Actor, staff_id: int) -> Any:
    _refuse_outsider(actor)
    found = queries.staff(actor).filter(pk=staff_id).first()
    if found is None:
        raise Http404
    return found


def _rows(actor: Actor, on: date) -> list[dict[str, Any]]:
    locked = set(queries.locked_usernames(actor))
    rows = []
    for staff in queries.staff(actor):
        held = [each for each in staff.assignments.all() if _is_held(each, on)]
        rows.append(
            {
                "id": staff.pk,
                "name": staff.name,
                "username": staff.username,
                "phone": staff.phone,
                "roles": {each.role for each in held},
                "role": "、".join(dict.fromkeys(Role(each.role).label for each in held)),
                "area": "、".join(dict.fromkeys(each.area.name for each in held)),
                "state": STATES[_state(staff, held, locked)],
            }
        )
    return rows


def _state(staff: Any, held: list[Any], locked: set[str]) -> str:
    if not staff.is_active:
        return AT_REST
    if staff.username in locked:
        return LOCKED
    return IN_USE if held else NO_ROLE


def _is_held(assignment: Any, on: date) -> bool:
    return bool(assignment.valid_from <= on and (assignment.valid_until is None or assignment.valid_until >= on))


def _account_page(
    request: ActingRequest, staff_id: int, role_form: RoleForm | None = None, password_form: ResetPasswordForm | None = None
) -> HttpResponse:
    actor, on = request.actor, clock.today()
    staff = _staff(actor, staff_id)
    roles = [
        {
            "assignment": each,
            "label": Role(each.role).label,
            "held": _is_held(each, on),
            "future": each.valid_from > on,
            "may_end": each.valid_until is None or each.valid_until > on,
        }
        for each in staff.assignments.all()
    ]
    held = [each["assignment"] for each in roles if each["held"]]
    state = _state(staff, held, set(queries.locked_usernames(actor)))
    kept = staff.is_active and may(actions.create_staff, actor=actor)
    faulty = bool((role_form and role_form.errors) or (password_form and password_form.errors))
    return render(
        request,
        "accounts/account.html",
        {
            "staff": staff,
            "facts": [
                {"label": "账号", "value": staff.username, "copyable": True},
                ("联系电话", staff.phone or None),
                ("上次登录", f"{localtime(staff.last_login):%Y-%m-%d %H:%M}" if staff.last_login else "从未登录"),
                ("密码", "由管理员设置，登录后须更换" if staff.must_change_password else "由本人设置"),
            ],
            "state": STATES[state],
            "state_tone": STATE_TONES[STATES[state]],
            "is_locked": state == LOCKED,
            "roles": roles,
            "on": on,
            "kept": kept,
            "may_assign": kept and may(actions.assign_role, actor=actor, staff=staff),
            "may_deactivate": kept and may(actions.deactivate_staff, actor=actor, staff=staff),
            "role_form": role_form or RoleForm(initial={"valid_from": on}, actor=actor, on=on),
            "password_form": password_form or ResetPasswordForm(),
            "entries": as_entries(audit.lines(actor, subject=("accounts.staff", staff_id))[:12]),
            "breadcrumbs": [_HOME, {"label": "人员账号", "url": reverse("staff")}, {"label": staff.name}],
        },
        status=422 if faulty else 200,
    )
