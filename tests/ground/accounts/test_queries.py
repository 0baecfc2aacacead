"""Who somebody is, and which accounts one sees."""

from datetime import date
from typing import Any

import pytest

from anmin.base.errors import Refused
from anmin.ground.accounts import queries
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.vocabulary import Role
from tests.conftest import TODAY, Cast, County


def test_actor_of_costs_one_question(cast: Cast, county: County, django_assert_num_queries: Any) -> None:
    RoleAssignment.objects.create(staff_id=cast.clerk.id, role=Role.TOWN_CLERK, area=county.baidian, valid_from=date(2024, 1, 1))
    with django_assert_num_queries(1):
        actor = queries.actor_of(staff_id=cast.clerk.id or 0, on=TODAY)
    assert actor.roles == ((Role.TOWN_CLERK, county.qutang.path), (Role.TOWN_CLERK, county.baidian.path))


def test_actor_of_holds_only_the_roles_of_the_day(cast: Cast) -> None:
    RoleAssignment.objects.filter(staff_id=cast.clerk.id).update(valid_until=date(2024, 6, 30))
    assert queries.actor_of(staff_id=cast.clerk.id or 0, on=TODAY).roles == ()
    assert queries.actor_of(staff_id=cast.clerk.id or 0, on=date(2024, 6, 30)).has(Role.TOWN_CLERK)


def test_actor_of_refuses_an_unknown_number(db: None) -> None:
    with pytest.raises(Staff.DoesNotExist):
        queries.actor_of(staff_id=999, on=TODAY)


def test_actor_named_finds_by_sign_in_name(cast: Cast) -> None:
    assert queries.actor_named(username="clerk", on=TODAY) == cast.clerk


def test_actor_named_refuses_an_unknown_name_and_an_account_at_rest(cast: Cast) -> None:
    Staff.objects.filter(username="clerk").update(is_active=False)
    with pytest.raises(Refused, match="账号“clerk”已停用"):
        queries.actor_named(username="clerk", on=TODAY)
    with pytest.raises(Refused, match="没有账号“nobody”"):
        queries.actor_named(username="nobody", on=TODAY)


def usernames(actor: Actor) -> list[str]:
    return [member.username for member in queries.staff(actor)]


@pytest.mark.capability("RP-08")
def test_staff_shows_a_clerk_the_colleagues_of_the_own_town(cast: Cast) -> None:
    assert usernames(cast.clerk) == ["clerk", "clerk2"]


def test_staff_shows_the_clerk_next_door_nobody_else(cast: Cast) -> None:
    assert usernames(cast.clerk_next_door) == ["clerk_next_door"]


def test_staff_shows_an_account_without_a_role_itself_only(cast: Cast) -> None:
    staff = Staff.objects.create(username="new", name="新")
    assert usernames(queries.actor_of(staff_id=staff.pk, on=TODAY)) == ["new"]


def test_staff_shows_the_administrator_accounts_without_a_role_and_at_rest(cast: Cast) -> None:
    Staff.objects.create(username="new", name="新", is_active=False)
    assert len(usernames(cast.administrator)) == 12
    assert "new" not in usernames(cast.leader)


def test_staff_with_their_roles_costs_two_questions(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        held = [(member.username, [each.area.name for each in member.assignments.all()]) for member in queries.staff(cast.leader)]
    assert ("clerk", ["曲塘镇"]) in held


def test_member_of_staff_refuses_out_of_sight_and_unknown_alike(cast: Cast) -> None:
    sentences = []
    for number in (cast.clerk_next_door.id or 0, 999):
        with pytest.raises(Refused) as refusal:
            queries.member_of_staff(cast.clerk, number)
        sentences.append(refusal.value.message)
    assert sentences == ["没有这个账号，或者您无权查看。"] * 2


def test_assignments_are_those_of_the_day(cast: Cast) -> None:
    RoleAssignment.objects.filter(staff_id=cast.clerk.id).update(valid_until=date(2024, 6, 30))
    assert list(queries.assignments(cast.administrator, cast.clerk.id or 0, on=TODAY)) == []
    assert queries.assignments(cast.administrator, cast.clerk.id or 0).count() == 1
    assert queries.assignments(cast.clerk_next_door, cast.clerk.id or 0).count() == 0


def test_sign_in_names_offer_one_account_for_each_role_of_a_demonstration(cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    offered = queries.sign_in_names(actor=SYSTEM, on=TODAY)
    assert [(each.username, each.role, each.area) for each in offered] == [
        ("clerk", "镇（街道）经办人", "曲塘镇"),
        ("reviewer", "科室审核人", "海安市"),
        ("decision_maker", "审核确认人", "海安市"),
        ("cashier", "发放经办人", "海安市"),
        ("leader", "局领导", "海安市"),
        ("auditor", "审计监督", "海安市"),
        ("administrator", "系统管理员", "海安市"),
    ]


def test_sign_in_names_are_refused_to_a_real_bureau(cast: Cast, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="只有演示环境"):
        queries.sign_in_names(actor=SYSTEM, on=TODAY)
