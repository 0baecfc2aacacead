"""Accounts, roles and passwords."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts import actions
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.queries import actor_of
from anmin.ground.accounts.vocabulary import INCOMPATIBLE, SEPARATION_BASIS, Role
from anmin.ground.audit.models import AuditLine
from tests.conftest import PASSWORD, TODAY, Cast, County

pytestmark = pytest.mark.capability("RP-08")

AUGUST, SEPTEMBER = date(2024, 8, 1), date(2024, 9, 1)


@pytest.fixture
def newcomer(cast: Cast) -> Staff:
    return actions.create_staff(username="newcomer", name="新来的", password=PASSWORD, actor=cast.administrator, on=TODAY)


def assign(staff: Staff, role: Role, area: Any, actor: Actor, begins: date = TODAY, ends: date | None = None) -> RoleAssignment:
    return actions.assign_role(staff=staff, role=role, area=area, valid_from=begins, valid_until=ends, actor=actor, on=TODAY)


def place(role: Role, county: County) -> Any:
    return county.qutang if role is Role.TOWN_CLERK else county.county


def staff_of(actor: Actor) -> Staff:
    return Staff.objects.get(pk=actor.id)


def test_create_staff_makes_an_account_without_a_role(cast: Cast, newcomer: Staff) -> None:
    assert newcomer.check_password(PASSWORD)
    assert newcomer.must_change_password
    assert actor_of(staff_id=newcomer.pk, on=TODAY).roles == ()


def test_create_staff_writes_no_password_into_the_log(cast: Cast, newcomer: Staff) -> None:
    line = AuditLine.objects.get(verb="staff.created")
    assert line.summary == "建立账号“newcomer”（新来的）"
    assert line.details == {}


@pytest.mark.parametrize("name", ["clerk", "cashier", "leader", "auditor", "decision_maker", "reviewer"])
def test_create_staff_is_refused_to_everybody_but_the_administrator(cast: Cast, name: str) -> None:
    with pytest.raises(Refused, match="只有系统管理员可以管理账号"):
        actions.create_staff(username="x1", name="某", password=PASSWORD, actor=getattr(cast, name), on=TODAY)


@pytest.mark.parametrize("username", ["", "a", "王经办", "a b", "-ab", "a" * 41])
def test_create_staff_refuses_an_odd_sign_in_name(cast: Cast, username: str) -> None:
    with pytest.raises(BadValue, match="账号应为 2 至 40 位"):
        actions.create_staff(username=username, name="某", password=PASSWORD, actor=cast.administrator, on=TODAY)


def test_create_staff_refuses_a_taken_name_whatever_its_case(cast: Cast) -> None:
    with pytest.raises(BadValue, match="账号“Clerk”已经有人使用"):
        actions.create_staff(username="Clerk", name="某", password=PASSWORD, actor=cast.administrator, on=TODAY)


def test_create_staff_refuses_an_empty_name(cast: Cast) -> None:
    with pytest.raises(BadValue, match="姓名没有填写"):
        actions.create_staff(username="x1", name=" ", password=PASSWORD, actor=cast.administrator, on=TODAY)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "密码太短，至少应有 10 位。"),
        ("75312468097531", "密码不能全是数字，请加上字母或符号。"),
        ("password123", "密码过于常见，容易被猜到，请换一个。"),
    ],
)
def test_create_staff_says_why_a_password_is_weak(cast: Cast, password: str, sentence: str) -> None:
    with pytest.raises(BadValue) as refusal:
        actions.create_staff(username="x1", name="某", password=password, actor=cast.administrator, on=TODAY)
    assert refusal.value.message == sentence
    assert not Staff.objects.filter(username="x1").exists()


def test_assign_role_gives_the_role_from_its_first_day(cast: Cast, county: County, newcomer: Staff) -> None:
    assign(newcomer, Role.TOWN_CLERK, county.qutang, cast.administrator, begins=AUGUST)
    assert actor_of(staff_id=newcomer.pk, on=date(2024, 7, 31)).roles == ()
    assert actor_of(staff_id=newcomer.pk, on=AUGUST).roles == ((Role.TOWN_CLERK, county.qutang.path),)


def test_assign_role_says_who_and_where_in_the_log(cast: Cast, county: County, newcomer: Staff) -> None:
    assign(newcomer, Role.TOWN_CLERK, county.qutang, cast.administrator)
    line = AuditLine.objects.get(verb="staff.role_assigned")
    assert (line.summary, line.area_id) == ("新来的任“曲塘镇”镇（街道）经办人，2024-07-01 起", county.qutang.pk)
    assert line.basis == SEPARATION_BASIS


@pytest.mark.parametrize("pair", sorted(tuple(sorted(pair)) for pair in INCOMPATIBLE), ids="+".join)
def test_assign_role_refuses_an_incompatible_pair_naming_both(
    cast: Cast, county: County, newcomer: Staff, pair: tuple[Role, Role]
) -> None:
    held, wanted = (Role(role) for role in pair)
    assign(newcomer, held, place(held, county), cast.administrator)
    with pytest.raises(Refused) as refusal:
        assign(newcomer, wanted, place(wanted, county), cast.administrator)
    assert refusal.value.message == (
        f"新来的在“{place(held, county).name}”任{held.label}（自 2024-07-01 起），不能同时任{wanted.label}："
        "两者为不相容岗位（《行政事业单位内部控制规范（试行）》（财会〔2012〕21号）不相容岗位相互分离）。"
    )


def test_assign_role_lets_a_leader_decide(cast: Cast, county: County, newcomer: Staff) -> None:
    assign(newcomer, Role.LEADER, county.county, cast.administrator)
    assign(newcomer, Role.DECISION_MAKER, county.county, cast.administrator)
    assert actor_of(staff_id=newcomer.pk, on=TODAY).has(Role.LEADER, Role.DECISION_MAKER)


def test_assign_role_lets_a_clerk_serve_two_towns(cast: Cast, county: County, newcomer: Staff) -> None:
    assign(newcomer, Role.TOWN_CLERK, county.qutang, cast.administrator)
    assign(newcomer, Role.TOWN_CLERK, county.baidian, cast.administrator)
    assert actor_of(staff_id=newcomer.pk, on=TODAY).scope == (county.qutang.path, county.baidian.path)


def test_assign_role_lets_incompatible_roles_follow_each_other(cast: Cast, county: County, newcomer: Staff) -> None:
    assign(newcomer, Role.CASHIER, county.county, cast.administrator, ends=date(2024, 7, 31))
    assign(newcomer, Role.SECTION_REVIEWER, county.county, cast.administrator, begins=AUGUST)
    assert actor_of(staff_id=newcomer.pk, on=AUGUST).roles == ((Role.SECTION_REVIEWER, county.county.path),)


def test_assign_role_refuses_a_period_that_reaches_into_an_incompatible_one(cast: Cast, county: County, newcomer: Staff) -> None:
    assign(newcomer, Role.CASHIER, county.county, cast.administrator, begins=SEPTEMBER)
    with pytest.raises(Refused, match="不相容岗位"):
        assign(newcomer, Role.SECTION_REVIEWER, county.county, cast.administrator)
    assign(newcomer, Role.SECTION_REVIEWER, county.county, cast.administrator, ends=AUGUST)


def test_assign_role_refuses_a_clerk_of_the_whole_county(cast: Cast, county: County, newcomer: Staff) -> None:
    with pytest.raises(BadValue, match="“镇（街道）经办人”应在一个镇（街道）任职，不能设在“海安市”"):
        assign(newcomer, Role.TOWN_CLERK, county.county, cast.administrator)


def test_assign_role_refuses_a_clerk_of_a_village(cast: Cast, county: County, newcomer: Staff) -> None:
    with pytest.raises(BadValue, match="不能设在“刘桥村”"):
        assign(newcomer, Role.TOWN_CLERK, county.liuqiao, cast.administrator)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.TOWN_CLERK])
def test_assign_role_refuses_a_county_role_in_a_town(cast: Cast, county: County, newcomer: Staff, role: Role) -> None:
    with pytest.raises(BadValue, match="应在县（市）任职，不能设在“曲塘镇”"):
        assign(newcomer, role, county.qutang, cast.administrator)


def test_assign_role_refuses_the_same_role_twice(cast: Cast, county: County, newcomer: Staff) -> None:
    assign(newcomer, Role.CASHIER, county.county, cast.administrator)
    with pytest.raises(BadValue, match="已经是“海安市”的发放经办人"):
        assign(newcomer, Role.CASHIER, county.county, cast.administrator, begins=AUGUST)


def test_assign_role_refuses_a_period_that_ends_before_it_begins(cast: Cast, county: County, newcomer: Staff) -> None:
    with pytest.raises(BadValue, match="早于起始日期"):
        assign(newcomer, Role.CASHIER, county.county, cast.administrator, begins=AUGUST, ends=TODAY)


def test_assign_role_refuses_to_give_oneself_a_role(cast: Cast, county: County) -> None:
    with pytest.raises(Refused, match="不能改动自己的角色"):
        assign(staff_of(cast.administrator), Role.CASHIER, county.county, cast.administrator)


def test_the_database_refuses_a_role_that_ends_before_it_begins(county: County, cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(
            staff=staff_of(cast.leader), role=Role.DECISION_MAKER, area=county.county, valid_from=AUGUST, valid_until=TODAY
        )


def test_end_role_ends_it_with_that_day(cast: Cast) -> None:
    assignment = RoleAssignment.objects.get(staff_id=cast.clerk.id)
    actions.end_role(assignment=assignment, valid_until=TODAY, actor=cast.administrator, on=TODAY)
    assert actor_of(staff_id=assignment.staff_id, on=TODAY).has(Role.TOWN_CLERK)
    assert actor_of(staff_id=assignment.staff_id, on=date(2024, 7, 2)).roles == ()


def test_end_role_refuses_to_rewrite_the_past(cast: Cast) -> None:
    assignment = RoleAssignment.objects.get(staff_id=cast.clerk.id)
    with pytest.raises(BadValue, match="已经过去"):
        actions.end_role(assignment=assignment, valid_until=date(2024, 6, 30), actor=cast.administrator, on=TODAY)


def test_end_role_refuses_to_prolong(cast: Cast, county: County, newcomer: Staff) -> None:
    assignment = assign(newcomer, Role.CASHIER, county.county, cast.administrator, ends=AUGUST)
    with pytest.raises(BadValue, match="该角色已定于 2024-08-01 结束"):
        actions.end_role(assignment=assignment, valid_until=SEPTEMBER, actor=cast.administrator, on=TODAY)


def test_end_role_refuses_the_administrators_own(cast: Cast) -> None:
    assignment = RoleAssignment.objects.get(staff_id=cast.administrator.id)
    with pytest.raises(Refused, match="不能结束自己的角色"):
        actions.end_role(assignment=assignment, valid_until=TODAY, actor=cast.administrator, on=TODAY)


def test_set_password_must_be_changed_at_the_next_sign_in(cast: Cast) -> None:
    staff = actions.set_password(staff=staff_of(cast.clerk), password="another-horse-43", actor=cast.administrator, on=TODAY)
    staff.refresh_from_db()
    assert staff.check_password("another-horse-43")
    assert staff.must_change_password


def test_change_own_password_takes_the_place_of_the_old_one(cast: Cast, newcomer: Staff) -> None:
    me = actor_of(staff_id=newcomer.pk, on=TODAY)
    actions.change_own_password(staff=newcomer, old=PASSWORD, new="another-horse-43", actor=me, on=TODAY)
    newcomer.refresh_from_db()
    assert newcomer.check_password("another-horse-43")
    assert not newcomer.must_change_password


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("wrong-horse-41", "another-horse-43", "原密码不正确"),
        (PASSWORD, PASSWORD, "新密码不能与原密码相同"),
        (PASSWORD, "12345678901", "密码"),
    ],
)
def test_change_own_password_says_what_is_wrong(cast: Cast, old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        actions.change_own_password(staff=staff_of(cast.clerk), old=old, new=new, actor=cast.clerk, on=TODAY)


def test_change_own_password_is_not_for_others(cast: Cast) -> None:
    with pytest.raises(Refused, match="只能修改自己的密码"):
        actions.change_own_password(
            staff=staff_of(cast.clerk), old=PASSWORD, new="another-horse-43", actor=cast.administrator, on=TODAY
        )


def test_deactivate_staff_ends_every_role_and_keeps_the_name(cast: Cast) -> None:
    staff = actions.deactivate_staff(staff=staff_of(cast.clerk), actor=cast.administrator, on=TODAY)
    assert actor_of(staff_id=staff.pk, on=TODAY) == Actor(id=staff.pk, name="王经办", roles=())
    assert RoleAssignment.objects.get(staff=staff).valid_until == TODAY


def test_deactivate_staff_refuses_an_account_at_rest(cast: Cast) -> None:
    actions.deactivate_staff(staff=staff_of(cast.clerk), actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match="已经停用"):
        actions.deactivate_staff(staff=staff_of(cast.clerk), actor=cast.administrator, on=TODAY)


def test_deactivate_staff_refuses_oneself(cast: Cast) -> None:
    with pytest.raises(Refused, match="不能停用自己的账号"):
        actions.deactivate_staff(staff=staff_of(cast.administrator), actor=cast.administrator, on=TODAY)


def test_an_account_at_rest_is_given_no_role(cast: Cast, county: County) -> None:
    staff = actions.deactivate_staff(staff=staff_of(cast.clerk), actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match="账号已停用"):
        assign(staff, Role.TOWN_CLERK, county.qutang, cast.administrator)


def test_the_system_sets_up_the_first_administrator(county: County) -> None:
    staff = actions.create_staff(username="first", name="第一人", password=PASSWORD, actor=SYSTEM, on=TODAY)
    assign(staff, Role.ADMINISTRATOR, county.county, SYSTEM)
    assert actor_of(staff_id=staff.pk, on=TODAY).has(Role.ADMINISTRATOR)
