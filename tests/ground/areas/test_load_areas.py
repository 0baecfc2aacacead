"""The county's own files, and the sentences for those that are wrong."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas import actions, queries
from anmin.ground.areas.models import Area, AreaCode
from anmin.ground.areas.vocabulary import Level
from anmin.ground.audit.models import AuditLine
from tests.conftest import TODAY, Cast

HEAD = "code,level,name,kind,parent,valid_from,former_name,former_until,assumed,note\n"
COUNTY = "1,county,海安市,,,1990-01-01,海安县,2018-05-31,no,\n"
TOWN = "101,town,曲塘镇,,1,1990-01-01,,,no,\n"
VILLAGE = "10101,village,刘桥村,village,101,1990-01-01,,,yes,虚构名称\n"


def load(folder: Path, text: str, **more: str) -> Area:
    path = folder / "areas.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    for name, content in more.items():
        (folder / f"{name}.{'json' if name == 'outlines' else 'csv'}").write_text(content, encoding="utf-8")
    return actions.load_areas(path=path, actor=SYSTEM, on=TODAY)


def last_line() -> str:
    return AuditLine.objects.order_by("sequence").last().summary  # type: ignore[union-attr]  # a load has just written it


@pytest.mark.django_db
@pytest.mark.capability("RP-06")
def test_load_areas_brings_the_fourteen_towns_of_haian() -> None:
    county = actions.load_areas(path=settings.COUNTY_DIR / "areas.csv", actor=SYSTEM, on=TODAY)
    assert county.name == "海安市"
    assert [town.name for town in queries.towns(SYSTEM)] == [
        "海安街道", "城东镇", "隆政街道", "孙庄街道", "胡集街道", "立发办事处", "曲塘镇", "李堡镇", "角斜镇", "大公镇", "雅周镇",
        "白甸镇", "南莫镇", "墩头镇",
    ]  # fmt: skip
    assert queries.areas(SYSTEM, level=Level.VILLAGE).count() == 242
    assert len(queries.outlines(SYSTEM)["features"]) == 14
    assert last_line() == "装载区划：新增 257 个，更名 0 个，登记代码 22 个，示意图 14 个"


@pytest.mark.django_db
def test_load_areas_keeps_both_lists_where_they_disagree() -> None:
    actions.load_areas(path=settings.COUNTY_DIR / "areas.csv", actor=SYSTEM, on=TODAY)
    held = AreaCode.objects.filter(code="320685107").order_by("source")
    assert [(code.source, code.area.name) for code in held] == [
        ("公开合并区划名单（2023年版）", "城东镇"),
        ("国家统计局统计用区划代码（2022年）", "大公镇"),
    ]


@pytest.mark.django_db
def test_load_areas_twice_changes_nothing() -> None:
    path = settings.COUNTY_DIR / "areas.csv"
    actions.load_areas(path=path, actor=SYSTEM, on=TODAY)
    before = list(Area.objects.values_list("code", "name", "path", "valid_from"))
    actions.load_areas(path=path, actor=SYSTEM, on=TODAY)
    assert list(Area.objects.values_list("code", "name", "path", "valid_from")) == before
    assert last_line() == "装载区划：没有变化"


@pytest.mark.django_db
def test_load_areas_knows_the_countys_former_name_and_code() -> None:
    county = actions.load_areas(path=settings.COUNTY_DIR / "areas.csv", actor=SYSTEM, on=TODAY)
    assert queries.name_on(county, date(2018, 5, 31)) == "海安县"
    assert [code.code for code in queries.codes(SYSTEM, county, on=date(2017, 1, 1))] == ["320621"]
    assert [code.code for code in queries.codes(SYSTEM, county, on=TODAY)] == ["320685"]


@pytest.mark.django_db
def test_load_areas_renames_from_the_day_the_file_gives(tmp_path: Path) -> None:
    load(tmp_path, COUNTY + TOWN + VILLAGE)
    load(tmp_path, COUNTY + TOWN + "10101,village,新桥村,village,101,1990-01-01,刘桥村,2024-02-29,yes,\n")
    village = queries.by_code("10101")
    assert village.name == "新桥村"
    assert queries.name_on(village, date(2024, 2, 29)) == "刘桥村"
    assert queries.name_on(village, date(2024, 3, 1)) == "新桥村"


@pytest.mark.django_db
def test_load_areas_opens_what_was_added(tmp_path: Path) -> None:
    load(tmp_path, COUNTY + TOWN)
    load(tmp_path, COUNTY + TOWN + VILLAGE)
    assert queries.by_code("10101").path == "1/101/10101/"
    assert last_line() == "装载区划：新增 1 个，更名 0 个，登记代码 0 个，示意图 0 个"


@pytest.mark.django_db
def test_load_areas_marks_what_is_assumed(tmp_path: Path) -> None:
    load(tmp_path, COUNTY + TOWN + VILLAGE)
    assert queries.by_code("10101").note == "（设定）虚构名称"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (COUNTY + "101,town,,,1,1990-01-01,,,no,\n", "areas.csv 第 3 行“name”：没有填写"),
        (COUNTY + TOWN + TOWN, "areas.csv 第 4 行“code”：代码“101”重复"),
        (COUNTY + "10101,village,刘桥村,village,1,1990-01-01,,,yes,\n", "第 3 行“parent”：上级“1”不在本行之前，或级别不相接"),
        (COUNTY + TOWN + "102,town,曲塘镇,,1,1990-01-01,,,no,\n", "第 4 行“name”：同一上级下已有“曲塘镇”"),
        (COUNTY + "101,town,曲塘镇,,1,1990-13-01,,,no,\n", "第 3 行“valid_from”：应为日期"),
        (COUNTY + "101,town,曲塘镇,,1,1990-01-01,,,maybe,\n", "第 3 行“assumed”：应为 yes 或 no"),
        (COUNTY + "101,street,曲塘镇,,1,1990-01-01,,,no,\n", "第 3 行“level”：应为 county、town、village 之一"),
        (COUNTY + "101,town,曲塘镇,hamlet,1,1990-01-01,,,no,\n", "第 3 行“kind”：应为 village、community 或空白"),
        (COUNTY + "101,town,曲塘镇,,1,1990-01-01,塘镇,1980-01-01,no,\n", "第 3 行“former_until”"),
        (COUNTY + "101,town,曲塘镇\n", "第 3 行的列数与表头不符"),
        (TOWN, "第 2 行“parent”：第一行应为县"),
        ("", "没有任何区划"),
    ],
)
@pytest.mark.django_db
def test_load_areas_names_the_row_and_the_column_and_loads_nothing(tmp_path: Path, rows: str, sentence: str) -> None:
    with pytest.raises(BadValue) as refusal:
        load(tmp_path, rows)
    assert sentence in refusal.value.message
    assert Area.objects.count() == 0
    assert AuditLine.objects.count() == 0


@pytest.mark.django_db
def test_load_areas_refuses_other_columns(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("code,name\n1,海安市\n", encoding="utf-8")
    with pytest.raises(BadValue, match="的列应为：code、level"):
        actions.load_areas(path=tmp_path / "areas.csv", actor=SYSTEM, on=TODAY)


@pytest.mark.django_db
def test_load_areas_refuses_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_bytes((HEAD + COUNTY).encode("gb18030"))
    with pytest.raises(BadValue, match="不是 UTF-8 编码"):
        actions.load_areas(path=tmp_path / "areas.csv", actor=SYSTEM, on=TODAY)


@pytest.mark.django_db
def test_load_areas_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="无法打开"):
        actions.load_areas(path=tmp_path / "areas.csv", actor=SYSTEM, on=TODAY)


@pytest.mark.django_db
def test_load_areas_refuses_a_code_of_an_unknown_area(tmp_path: Path) -> None:
    codes = "source,code,listed_name,area,valid_from,valid_until,note\n甲,320685100,海安镇,999,2022-01-01,,\n"
    with pytest.raises(BadValue, match=r"area_codes\.csv 第 2 行“area”：没有代码为“999”的区划"):
        load(tmp_path, COUNTY, area_codes=codes)
    assert Area.objects.count() == 0


@pytest.mark.django_db
def test_load_areas_refuses_an_outline_of_an_unknown_area(tmp_path: Path) -> None:
    outlines = json.dumps({"features": [{"properties": {"code": "999"}, "geometry": {}}]})
    with pytest.raises(BadValue, match=r"outlines\.json：没有代码为“999”的区划"):
        load(tmp_path, COUNTY, outlines=outlines)


def test_load_areas_is_refused_to_a_leader(cast: Cast) -> None:
    with pytest.raises(Refused, match="只有系统管理员"):
        actions.load_areas(path=settings.COUNTY_DIR / "areas.csv", actor=cast.leader, on=TODAY)
