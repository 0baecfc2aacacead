"""The one way to change the world."""

from datetime import date

import pytest

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import ACTIONS, SYSTEM, Actor, action, permission, remark
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.audit.models import AuditLine
from tests.conftest import TODAY, County

A_CLERK = Actor(id=None, name="某", roles=((Role.TOWN_CLERK, "1/101/"),))


@permission("只有本镇经办人可以画押。")
def may_mark(actor: Actor, area: Area) -> bool:
    return actor.has(Role.TOWN_CLERK, at=area.path)


@action("test.marked", permission=may_mark)
def mark(*, area: Area, note: str = "", actor: Actor, on: date) -> Area:
    remark(f"在{area.name}画押", basis="依据", note=note)
    return area


@action("test.marked_twice", permission=may_mark)
def mark_twice(*, area: Area, actor: Actor, on: date) -> Area:
    remark("外")
    mark(area=area, note="内", actor=actor, on=on)
    remark(times=2)
    return area


def test_an_action_returns_its_record_and_writes_one_line(county: County) -> None:
    assert mark(area=county.qutang, note="一", actor=A_CLERK, on=TODAY) == county.qutang
    line = AuditLine.objects.get()
    assert (line.verb, line.summary, line.basis, line.details) == ("test.marked", "在曲塘镇画押", "依据", {"note": "一"})
    assert (line.subject_kind, line.subject_id, line.on) == ("areas.area", str(county.qutang.pk), TODAY)


def test_a_refused_action_writes_nothing_and_says_why(county: County) -> None:
    with pytest.raises(Refused, match="只有本镇经办人可以画押"):
        mark(area=county.baidian, actor=A_CLERK, on=TODAY)
    assert AuditLine.objects.count() == 0


def test_an_action_within_an_action_keeps_its_own_remark(county: County) -> None:
    mark_twice(area=county.qutang, actor=A_CLERK, on=TODAY)
    lines = AuditLine.objects.order_by("sequence").values_list("verb", "summary", "details")
    assert list(lines) == [("test.marked", "在曲塘镇画押", {"note": "内"}), ("test.marked_twice", "外", {"times": 2})]


def test_an_action_takes_keywords_only(county: County) -> None:
    with pytest.raises(TypeError, match="keywords only"):
        mark(county.qutang, actor=A_CLERK, on=TODAY)  # type: ignore[misc]  # that is the point


def test_a_remark_outside_an_action_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="inside of an action"):
        remark("无处可写")


def test_two_actions_with_one_verb_are_a_mistake() -> None:
    assert ACTIONS["test.marked"] is mark
    with pytest.raises(ValueError, match=r"two actions claim the verb test.marked"):

        @action("test.marked", permission=may_mark)
        def again(*, area: Area, actor: Actor, on: date) -> Area:
            return area


def test_an_action_with_positional_arguments_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="must take keywords only"):

        @action("test.positional", permission=may_mark)
        def positional(area: Area, *, actor: Actor, on: date) -> Area:
            return area


@pytest.mark.parametrize("missing", ["actor", "on", "area"])
def test_an_action_without_what_its_permission_asks_for_is_a_mistake(missing: str) -> None:
    def without_actor(*, area: Area, on: date) -> Area:
        return area

    def without_on(*, area: Area, actor: Actor) -> Area:
        return area

    def without_area(*, actor: Actor, on: date) -> Area:
        raise NotImplementedError

    functions = {"actor": without_actor, "on": without_on, "area": without_area}
    with pytest.raises(TypeError, match=f"has no parameter '{missing}'"):
        action(f"test.without_{missing}", permission=may_mark)(functions[missing])


def test_a_role_reaches_its_area_and_below_only() -> None:
    assert A_CLERK.has(Role.TOWN_CLERK)
    assert A_CLERK.has(Role.TOWN_CLERK, at="1/101/10101/")
    assert not A_CLERK.has(Role.TOWN_CLERK, at="1/")
    assert not A_CLERK.has(Role.TOWN_CLERK, at="1/1011/")
    assert not A_CLERK.has(Role.CASHIER, at="1/101/")


def test_scope_leaves_out_areas_inside_others() -> None:
    roles = ((Role.TOWN_CLERK, "1/101/"), (Role.TOWN_CLERK, "1/102/"), (Role.LEADER, "1/"))
    assert Actor(id=1, name="某", roles=roles).scope == ("1/",)
    assert Actor(id=1, name="某", roles=roles[:2]).scope == ("1/101/", "1/102/")
    assert Actor(id=1, name="某").scope == ()


def test_the_system_may_everything_everywhere() -> None:
    assert SYSTEM.is_system
    assert SYSTEM.scope == ("",)
    assert all(SYSTEM.has(role, at="1/101/") for role in Role)


def test_an_actor_sees_the_county_by_a_role_held_for_all_of_it() -> None:
    for_the_county = Actor(id=None, name="某", roles=((Role.CASHIER, "1/"),))
    nobody = Actor(id=None, name="某")
    assert [each.sees_the_county for each in (SYSTEM, for_the_county, A_CLERK, nobody)] == [True, True, False, False]
