"""Areas open, change their name and merge; what was stays."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.queries import actor_of
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas import actions, queries
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level, VillageKind
from anmin.ground.audit.models import AuditLine
from tests.conftest import TODAY, Cast, County

MARCH = date(2024, 3, 1)


def open_village(county: County, actor: Actor, code: str = "10103", name: str = "双溪村", **but: object) -> Area:
    given = {
        "code": code, "name": name, "level": Level.VILLAGE, "parent": county.qutang, "kind": VillageKind.VILLAGE,
        "valid_from": MARCH, "actor": actor, "on": TODAY,
    }  # fmt: skip
    return actions.open_area(**{**given, **but})  # type: ignore[arg-type]  # one call with one thing changed


def test_open_area_lies_below_its_parent_and_begins_its_history(cast: Cast, county: County) -> None:
    area = open_village(county, cast.administrator)
    assert area.path == f"{county.qutang.path}10103/"
    assert [(spell.name, spell.valid_from, spell.valid_until) for spell in queries.history(cast.clerk, area)] == [
        ("双溪村", MARCH, None)
    ]


def test_open_area_leaves_one_line_in_the_log(cast: Cast, county: County) -> None:
    area = open_village(county, cast.administrator)
    line = AuditLine.objects.get()
    assert (line.verb, line.area_id, line.actor_name) == ("area.opened", area.pk, "冯管理")
    assert line.summary == "登记村（社区）“双溪村”，自 2024-03-01 起"


def test_open_area_is_refused_to_a_clerk(cast: Cast, county: County) -> None:
    with pytest.raises(Refused, match="只有系统管理员可以登记"):
        open_village(county, cast.clerk)


def test_open_area_refuses_a_code_used_before(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="区划代码“10101”已经用过"):
        open_village(county, cast.administrator, code="10101")


def test_open_area_refuses_a_name_borne_in_the_same_town(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="“曲塘镇”已有“刘桥村”"):
        open_village(county, cast.administrator, name="刘桥村")


def test_open_area_refuses_a_village_directly_below_the_county(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="不能直接设在“海安市”"):
        open_village(county, cast.administrator, parent=county.county)


def test_open_area_refuses_a_town_without_a_county(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="没有填写上级区划"):
        open_village(county, cast.administrator, level=Level.TOWN, parent=None)


def test_rename_area_keeps_what_it_was_called_before(cast: Cast, county: County) -> None:
    actions.rename_area(area=county.liuqiao, name="新桥村", valid_from=MARCH, actor=cast.administrator, on=TODAY)
    county.liuqiao.refresh_from_db()
    assert county.liuqiao.name == "新桥村"
    assert queries.name_on(county.liuqiao, date(2024, 2, 29)) == "刘桥村"
    assert queries.name_on(county.liuqiao, MARCH) == "新桥村"


def test_rename_area_refuses_the_name_it_has(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="无须更名"):
        actions.rename_area(area=county.liuqiao, name="刘桥村", valid_from=MARCH, actor=cast.administrator, on=TODAY)


def test_rename_area_refuses_a_day_before_the_present_name_began(cast: Cast, county: County) -> None:
    actions.rename_area(area=county.liuqiao, name="新桥村", valid_from=MARCH, actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match="现状自 2024-03-01 起"):
        actions.rename_area(area=county.liuqiao, name="老桥村", valid_from=MARCH, actor=cast.administrator, on=TODAY)


def test_merge_area_ends_a_village_and_points_on(cast: Cast, county: County) -> None:
    merged = actions.merge_area(area=county.liuqiao, into=county.sunzhuang, valid_from=MARCH, actor=cast.administrator, on=TODAY)
    merged.refresh_from_db()
    assert (merged.valid_until, merged.merged_into) == (date(2024, 2, 29), county.sunzhuang)
    assert list(queries.areas(cast.clerk, level=Level.VILLAGE, on=MARCH)) == [county.sunzhuang]
    assert list(queries.areas(cast.clerk, level=Level.VILLAGE, on=date(2024, 2, 29))) == [merged, county.sunzhuang]


def test_merge_area_moves_a_towns_villages_to_the_other_town(cast: Cast, county: County) -> None:
    actions.merge_area(area=county.baidian, into=county.qutang, valid_from=MARCH, actor=cast.administrator, on=TODAY)
    county.zoufeng.refresh_from_db()
    assert county.zoufeng.parent == county.qutang
    assert county.zoufeng.path == f"{county.qutang.path}10201/"
    spell = queries.spell_on(county.zoufeng, date(2024, 2, 29))
    assert spell is not None
    assert spell.parent == county.baidian


def test_merge_area_shows_the_merged_towns_records_to_the_other_towns_clerk(cast: Cast, county: County) -> None:
    """Records keep the area they were made in, so that area must come into the other town's sight."""
    assert county.baidian not in list(queries.areas(cast.clerk))
    actions.merge_area(area=county.baidian, into=county.qutang, valid_from=MARCH, actor=cast.administrator, on=TODAY)
    assert list(queries.areas(cast.clerk)) == [
        county.qutang, county.liuqiao, county.sunzhuang, county.baidian, county.zoufeng,
    ]  # fmt: skip


def test_merge_area_leaves_the_merged_towns_clerk_the_old_records_only(cast: Cast, county: County) -> None:
    actions.merge_area(area=county.baidian, into=county.qutang, valid_from=MARCH, actor=cast.administrator, on=TODAY)
    actor = actor_of(staff_id=cast.clerk_next_door.id or 0, on=TODAY)
    assert list(queries.areas(actor)) == [county.baidian]


def test_merge_area_carries_along_what_was_merged_before(cast: Cast, county: County) -> None:
    second = open_village(county, cast.administrator, code="10202", name="施溪村", parent=county.baidian)
    actions.merge_area(area=county.zoufeng, into=second, valid_from=date(2024, 4, 1), actor=cast.administrator, on=TODAY)
    second.refresh_from_db()
    county.baidian.refresh_from_db()
    actions.merge_area(area=county.baidian, into=county.qutang, valid_from=date(2024, 5, 1), actor=cast.administrator, on=TODAY)
    county.zoufeng.refresh_from_db()
    assert county.zoufeng.path == f"{county.qutang.path}10202/10201/"


def test_merge_area_refuses_different_levels(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="级别不同"):
        actions.merge_area(area=county.liuqiao, into=county.qutang, valid_from=MARCH, actor=cast.administrator, on=TODAY)


def test_merge_area_refuses_itself(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="不能并入自身"):
        actions.merge_area(area=county.qutang, into=county.qutang, valid_from=MARCH, actor=cast.administrator, on=TODAY)


def test_merge_area_refuses_one_that_has_ended(cast: Cast, county: County) -> None:
    actions.merge_area(area=county.liuqiao, into=county.sunzhuang, valid_from=MARCH, actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match="“刘桥村”已于 2024-02-29 撤并"):
        actions.merge_area(area=county.liuqiao, into=county.sunzhuang, valid_from=TODAY, actor=cast.administrator, on=TODAY)


def test_merge_area_refuses_a_twin_name_in_the_other_town(cast: Cast, county: County) -> None:
    open_village(county, cast.administrator, code="10202", name="刘桥村", parent=county.baidian)
    with pytest.raises(BadValue, match="“曲塘镇”已有“刘桥村”"):
        actions.merge_area(
            area=county.baidian, into=county.qutang, valid_from=date(2024, 4, 1), actor=cast.administrator, on=TODAY
        )


def test_record_code_refuses_the_code_of_another_area_in_the_same_list(cast: Cast, county: County) -> None:
    actions.record_code(area=county.qutang, source="甲", code="320685102", valid_from=MARCH, actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match="代码 320685102 在“甲”中同一时期属于“曲塘镇”"):
        actions.record_code(
            area=county.baidian, source="甲", code="320685102", valid_from=TODAY, actor=cast.administrator, on=TODAY
        )


def test_record_code_lets_two_lists_disagree(cast: Cast, county: County) -> None:
    for area, source in ((county.qutang, "甲"), (county.baidian, "乙")):
        actions.record_code(area=area, source=source, code="320685102", valid_from=MARCH, actor=cast.administrator, on=TODAY)
    assert [code.source for code in queries.codes(cast.leader, county.baidian)] == ["乙"]


def test_record_code_refuses_what_is_no_code(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match="应为 6 位、9 位或 12 位数字"):
        actions.record_code(
            area=county.qutang, source="甲", code="32068510", valid_from=MARCH, actor=cast.administrator, on=TODAY
        )


def test_a_role_in_a_town_reaches_a_village_opened_later(cast: Cast, county: County) -> None:
    area = open_village(county, cast.administrator)
    clerk = Staff.objects.get(username="clerk")
    assert RoleAssignment.objects.get(staff=clerk).role == Role.TOWN_CLERK
    assert cast.clerk.sees(area.path)
