"""What is seen from where, and what an area was called when."""

from datetime import date

import pytest

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.areas import actions, queries
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from tests.conftest import TODAY, Cast, County

NOBODY = Actor(id=0, name="无角色")


@pytest.mark.capability("RP-08")
def test_areas_shows_a_clerk_the_own_town_and_its_villages(cast: Cast, county: County) -> None:
    assert list(queries.areas(cast.clerk)) == [county.qutang, county.liuqiao, county.sunzhuang]


@pytest.mark.capability("RP-08")
def test_areas_hides_the_town_from_the_clerk_next_door(cast: Cast, county: County) -> None:
    assert list(queries.areas(cast.clerk_next_door)) == [county.baidian, county.zoufeng]


def test_areas_shows_the_leader_the_whole_county(cast: Cast, county: County) -> None:
    assert list(queries.areas(cast.leader, level=Level.TOWN)) == [county.qutang, county.baidian]


def test_areas_shows_the_system_everything(county: County) -> None:
    assert queries.areas(SYSTEM).count() == 6


def test_areas_shows_nothing_to_somebody_without_a_role(county: County) -> None:
    assert list(queries.areas(NOBODY)) == []


def test_within_follows_a_path_of_fields(cast: Cast, county: County) -> None:
    children = Area.objects.filter(queries.within(cast.clerk, field="parent"))
    assert list(children) == [county.liuqiao, county.sunzhuang]


def test_villages_of_a_town_next_door_are_not_seen(cast: Cast, county: County) -> None:
    assert list(queries.villages(cast.clerk, county.baidian)) == []
    assert list(queries.villages(cast.leader, county.baidian)) == [county.zoufeng]


def test_town_of_a_village_a_town_and_the_county(county: County) -> None:
    assert queries.town_of(county.liuqiao) == county.qutang
    assert queries.town_of(county.qutang) == county.qutang
    assert queries.town_of(county.county) is None


def test_names_of_roles_gives_the_county_and_the_own_town(cast: Cast, county: County) -> None:
    assert queries.names_of_roles(cast.clerk) == {county.county.path: "海安市", county.qutang.path: "曲塘镇"}
    assert queries.names_of_roles(NOBODY) == {county.county.path: "海安市"}


def test_by_code_refuses_an_unknown_code(county: County) -> None:
    assert queries.by_code("10101") == county.liuqiao
    with pytest.raises(BadValue, match="没有代码为“999”的"):
        queries.by_code("999")


def test_by_name_finds_only_what_the_actor_may_see(cast: Cast, county: County) -> None:
    assert queries.by_name(cast.clerk, " 刘桥村 ") == county.liuqiao
    with pytest.raises(BadValue, match="本县没有名为“邹冯村”的"):
        queries.by_name(cast.clerk, "邹冯村")


def test_by_name_asks_for_the_town_where_two_villages_share_a_name(cast: Cast, county: County) -> None:
    other = actions.open_area(
        code="10202", name="刘桥村", level=Level.VILLAGE, parent=county.baidian, valid_from=date(2001, 1, 1),
        actor=cast.administrator, on=TODAY,
    )  # fmt: skip
    with pytest.raises(BadValue, match="本县有 2 个“刘桥村”，请同时填写所在镇"):
        queries.by_name(cast.leader, "刘桥村")
    assert queries.by_name(cast.leader, "刘桥村", town="白甸镇") == other


def test_by_name_finds_a_renamed_area_by_its_former_name(cast: Cast, county: County) -> None:
    actions.rename_area(area=county.liuqiao, name="新桥村", valid_from=date(2024, 3, 1), actor=cast.administrator, on=TODAY)
    assert queries.by_name(cast.clerk, "刘桥村").name == "新桥村"


def test_by_name_leads_from_a_merged_area_to_the_one_it_went_into(cast: Cast, county: County) -> None:
    actions.merge_area(
        area=county.liuqiao, into=county.sunzhuang, valid_from=date(2024, 3, 1), actor=cast.administrator, on=TODAY
    )
    assert queries.by_name(cast.clerk, "刘桥村") == county.sunzhuang


def test_outlines_are_those_of_the_towns_in_sight(cast: Cast, county: County) -> None:
    Area.objects.filter(level=Level.TOWN).update(outline={"type": "Polygon", "coordinates": []})
    features = queries.outlines(cast.clerk)["features"]
    assert [feature["properties"] for feature in features] == [{"code": "101", "name": "曲塘镇"}]
