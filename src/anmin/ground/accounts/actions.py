"""Accounts are made, given roles, locked out and put to rest; none is deleted, because the log names it."""

import re
from datetime import date
from typing import TYPE_CHECKING

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.permissions import (
    may_assign_roles,
    may_change_own_password,
    may_deactivate,
    may_keep_accounts,
)
from anmin.ground.accounts.vocabulary import (
    HELD_IN_A_TOWN,
    INCOMPATIBLE,
    PASSWORD_WEAKNESSES,
    SEPARATION_BASIS,
    Role,
)
from anmin.ground.areas.vocabulary import Level

if TYPE_CHECKING:
    from anmin.ground.areas.models import Area

_IDENTITY_BASIS = "《信息安全技术 网络安全等级保护基本要求》（GB/T 22239-2019）身份鉴别"


@action("staff.created", permission=may_keep_accounts)
def create_staff(*, username: str, name: str, password: str, phone: str = "", actor: Actor, on: date) -> Staff:
    """The person has an account without any role, and must change the password at the first sign-in.

    Basis: GB/T 22239-2019, identity authentication. Refuses a sign-in name that is taken or not made of letters, digits,
    points, dashes and underscores, an empty name, a weak password.
    """
    username, name = username.strip(), name.strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}", username):
        raise BadValue("账号应为 2 至 40 位的字母、数字、点、横线或下划线，并以字母或数字开头。")
    if not name:
        raise BadValue("姓名没有填写。")
    if Staff.objects.filter(username__iexact=username).exists():
        raise BadValue(f"账号“{username}”已经有人使用，请换一个。")
    staff = Staff(username=username, name=name, phone=phone.strip(), must_change_password=True)
    _give_password(staff, password)
    staff.save(force_insert=True)
    remark(f"建立账号“{username}”（{name}）", basis=_IDENTITY_BASIS)
    return staff


@action("staff.role_assigned", permission=may_assign_roles)
def assign_role(
    *, staff: Staff, role: Role, area: "Area", valid_from: date, valid_until: date | None = None, actor: Actor, on: date
) -> RoleAssignment:
    """The person holds the role in the area during the period.

    Basis: 《行政事业单位内部控制规范（试行）》（财会〔2012〕21号） on incompatible posts. Refuses a role that is incompatible
    with one held at any time of the period, a town's role held elsewhere than in a town and a county's elsewhere than in
    the county, an account at rest, a period that ends before it begins or overlaps the same role in the same area.
    """
    role = Role(role)
    if not staff.is_active:
        raise BadValue(f"{staff.name}的账号已停用，不能分配角色。")
    if valid_until is not None and valid_until < valid_from:
        raise BadValue(f"角色的截止日期 {valid_until} 早于起始日期 {valid_from}。")
    if role in HELD_IN_A_TOWN and area.level != Level.TOWN:
        raise BadValue(f"“{role.label}”应在一个镇（街道）任职，不能设在“{area.name}”。")
    if role not in HELD_IN_A_TOWN and area.level != Level.COUNTY:
        raise BadValue(f"“{role.label}”应在县（市）任职，不能设在“{area.name}”。")
    # Two administrators giving one person two roles at once wait for each other here.
    Staff.objects.select_for_update().get(pk=staff.pk)
    _refuse_incompatible(staff, role, valid_from, valid_until)
    try:
        with transaction.atomic():
            assignment = RoleAssignment.objects.create(
                staff=staff, role=role, area=area, valid_from=valid_from, valid_until=valid_until
            )
    except IntegrityError as error:
        raise BadValue(f"{staff.name}在这段时间内已经是“{area.name}”的{role.label}，无须重复分配。") from error
    until = f"至 {valid_until}" if valid_until else "起"
    remark(
        f"{staff.name}任“{area.name}”{role.label}，{valid_from} {until}",
        basis=SEPARATION_BASIS,
        role=role.value,
        area=area.code,
    )
    return assignment


@action("staff.role_ended", permission=may_keep_accounts)
def end_role(*, assignment: RoleAssignment, valid_until: date, actor: Actor, on: date) -> RoleAssignment:
    """The role is held until `valid_until`, that day included, and no longer.

    Basis: 《行政事业单位内部控制规范（试行）》（财会〔2012〕21号）. Refuses a last day before the first, a later day than
    already fixed, a past day (what was done with the role stays done), the administrator's own role.
    """
    role = Role(assignment.role)
    if actor.id is not None and actor.id == assignment.staff_id:
        raise Refused("不能结束自己的角色，请由另一位系统管理员办理。")
    if valid_until < on:
        raise BadValue(f"角色的截止日期 {valid_until} 已经过去，应为 {on} 或以后。")
    if valid_until < assignment.valid_from:
        raise BadValue(f"角色的截止日期 {valid_until} 早于起始日期 {assignment.valid_from}。")
    if assignment.valid_until is not None and valid_until > assignment.valid_until:
        raise BadValue(f"该角色已定于 {assignment.valid_until} 结束；需要延长时请重新分配。")
    assignment.valid_until = valid_until
    assignment.save(update_fields=["valid_until"])
    remark(f"{assignment.staff.name}的{role.label}角色至 {valid_until} 止", basis=SEPARATION_BASIS, role=role.value)
    return assignment


@action("staff.password_set", permission=may_keep_accounts)
def set_password(*, staff: Staff, password: str, must_change: bool = True, actor: Actor, on: date) -> Staff:
    """The account has the given password, which its owner must change at the next sign-in; its lock is lifted.

    Basis: GB/T 22239-2019, identity authentication. Refuses a weak password.
    """
    _give_password(staff, password)
    staff.must_change_password = must_change
    staff.save(update_fields=["password", "must_change_password"])
    reset(username=staff.username)
    remark(f"重置{staff.name}的密码", basis=_IDENTITY_BASIS)
    return staff


@action("staff.password_changed", permission=may_change_own_password)
def change_own_password(*, staff: Staff, old: str, new: str, actor: Actor, on: date) -> Staff:
    """The person's account has the new password.

    Basis: GB/T 22239-2019, identity authentication. Refuses a wrong present password, the same one again, a weak one.
    """
    if not staff.check_password(old):
        raise BadValue("原密码不正确，请重新输入。")
    if old == new:
        raise BadValue("新密码不能与原密码相同。")
    _give_password(staff, new)
    staff.must_change_password = False
    staff.save(update_fields=["password", "must_change_password"])
    remark(f"{staff.name}修改了自己的密码", basis=_IDENTITY_BASIS)
    return staff


@action("staff.deactivated", permission=may_deactivate)
def deactivate_staff(*, staff: Staff, actor: Actor, on: date) -> Staff:
    """Nobody signs in with the account any more; its roles end with the day, and its name stays in the records.

    Basis: GB/T 22239-2019, identity authentication (accounts no longer needed). Refuses an account already at rest.
    """
    if not staff.is_active:
        raise BadValue(f"{staff.name}的账号已经停用。")
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    running = RoleAssignment.objects.filter(_held_from(on), staff=staff)
    for assignment in running:
        if assignment.valid_from > on:
            # Never begun, so nobody acted with it: its period is closed to the one day it would have begun.
            assignment.valid_until = assignment.valid_from
        else:
            assignment.valid_until = on
        assignment.save(update_fields=["valid_until"])
    remark(f"停用账号“{staff.username}”（{staff.name}）", basis=_IDENTITY_BASIS)
    return staff


@action("staff.unlocked", permission=may_keep_accounts)
def unlock_staff(*, staff: Staff, actor: Actor, on: date) -> Staff:
    """The account may try again at once after repeated wrong passwords.

    Basis: GB/T 22239-2019, identity authentication (failed sign-in).
    """
    forgotten = reset(username=staff.username)
    remark(f"解除账号“{staff.username}”（{staff.name}）的登录锁定", basis=_IDENTITY_BASIS, attempts_forgotten=forgotten)
    return staff


def _give_password(staff: Staff, password: str) -> None:
    try:
        validate_password(password, staff)
    except ValidationError as error:
        # In our own words: Django's Chinese catalogue leaves some of them in English.
        raise BadValue("".join(_in_words(each) for each in error.error_list)) from error
    staff.set_password(password)


def _in_words(weakness: ValidationError) -> str:
    words = PASSWORD_WEAKNESSES.get(weakness.code or "")
    return words.format(**(weakness.params or {})) if words else "密码不符合要求，请换一个。"


def _held_from(on: date) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gte=on)


def _refuse_incompatible(staff: Staff, role: Role, valid_from: date, valid_until: date | None) -> None:
    others = RoleAssignment.objects.filter(_held_from(valid_from), staff=staff).select_related("area").order_by("valid_from")
    if valid_until is not None:
        others = others.filter(valid_from__lte=valid_until)
    for other in others:
        held = Role(other.role)
        if frozenset({role, held}) in INCOMPATIBLE:
            raise Refused(
                f"{staff.name}在“{other.area.name}”任{held.label}（自 {other.valid_from} 起），不能同时任{role.label}："
                f"两者为不相容岗位（{SEPARATION_BASIS}）。"
            )
