"""Tables whose columns split, compare, average or carry a stock forward; all invented."""

from collections.abc import Sequence

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import Document, document_of


def table(rows: Sequence[str]) -> Document:
    head, *body = rows
    rule = "|".join(["---"] * (head.count("|") + 1))
    return document_of("\n".join(f"| {row} |" for row in (head, rule, *body)))


def found(*rows: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.quotation) for finding in check(table(rows)).findings]


SPLIT = ("镇|人口(人)|其中:男|其中:女", "甲镇|36215|18402|17813", "乙镇|19846|10164|9682")
COMPARED = ("年份|总诊疗人次(万人次)|出院人数(万人)", "2022|1906.7|35.9", "2023|2118.5|41.2")
AVERAGE = ("月份|接待人次(万)|旅游收入(亿元)|人均消费(元)", "1月|42.6|3.15|739", "2月|58.3|4.49|770")
STOCK = ("类别|期初数|本期增加|本期减少|期末数", "房屋|3842.60|215.30|0.00|4057.90", "车辆|286.40|45.20|38.60|293.00")
STORE = ("物资|上月结存|本月入库|本月出库|月末结存", "帐篷|486|120|86|520", "折叠床|642|0|42|600")
QUARTERS = ("指标|一季度|二季度|上半年", "受理（件）|642|718|1360")
UNDER = ("指标|2023年|2022年", "地区生产总值|486.3|453.8", "其中:第一产业|62.4|60.1", "第二产业|204.7|191.6")


@pytest.mark.parametrize(
    ("rule", "rows", "last"),
    [
        ("table_sum", SPLIT, "丙乡|12307|6341|5866"),
        ("table_change", COMPARED, "2023年比2022年增减(%)|11.1|12.8"),
        ("count_times_price", AVERAGE, "3月|51.4|3.80|793"),
        ("stock_and_flow", STOCK, "设备|512.75|63.18|27.43|558.50"),
        ("stock_and_flow", STORE, "棉被|1286|300|186|1500"),
        ("table_sum", QUARTERS, "办结（件）|615|702|1371"),
        ("table_sum", UNDER, "第三产业|229.2|202.1"),
    ],
)
def test_the_row_that_does_not_work_out_is_found(rule: str, rows: tuple[str, ...], last: str) -> None:
    assert [name for name, _ in found(*rows, last)] == [rule]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (SPLIT, "丙乡|12207|6341|5866"),
        (COMPARED, "2023年比2022年增减(%)|11.1|14.8"),
        (AVERAGE, "3月|51.4|3.80|739"),
        (STOCK, "设备|512.75|63.18|27.43|548.50"),
        (UNDER, "第三产业|219.2|202.1"),
    ],
)
def test_a_table_that_works_out_is_left_alone(rows: tuple[str, ...], last: str) -> None:
    assert found(*rows, last) == []


ROADS = ("项目|计划（万元）|完成（万元）", "国省道|42000|23180", "农村公路|16500|8964", "合计|58500|32144")
MONTHS = ("月份|受理（件）", "4月|476", "5月|521", "6月|588")
BEDS = ("乡镇|床位（张）|入住（人）", "东镇|680|412", "西镇|520|298", "南乡|460|236", "北乡|426|258")


def told(rows: tuple[str, ...], text: str) -> list[tuple[str, str]]:
    lines = [rows[0], "|".join("---" for _ in rows[0].split("|")), *rows[1:]]
    marked = "\n".join(f"|{line}|" for line in lines)
    findings = check(document_of(f"2023年通报\n\n{marked}\n\n{text}", "a.md")).findings
    return [(finding.rule, finding.arithmetic) for finding in findings]


@pytest.mark.parametrize(
    ("rule", "rows", "wrong", "right"),
    [
        ("repeated_figure", ROADS, "农村公路完成投资9864万元。", "农村公路完成投资8964万元。"),
        ("repeated_figure", ROADS, "全年合计完成投资3.31亿元。", "全年合计完成投资3.21亿元。"),
        ("table_sum", MONTHS, "二季度受理1558件。", "二季度受理1585件。"),
        ("table_sum", BEDS, "全县共有养老床位2186张。", "全县共有养老床位2086张。"),
    ],
)
def test_text_is_held_against_the_table_it_speaks_of(rule: str, rows: tuple[str, ...], wrong: str, right: str) -> None:
    assert [found_rule for found_rule, _ in told(rows, wrong)] == [rule]
    assert told(rows, right) == []


HEADED = ("项目|金额(万元)", "一、收入合计|8642.6", "（一）财政拨款|7820.4", "（二）事业收入|612.2", "（三）其他收入|210.0")
TURNED = (
    "|甲镇|乙镇|丙镇|合计",
    "户数|286|342|198|826",
    "人数|862|1026|612|2500",
    "其中女性|402|498|286|1186",
    "女性占比|46.6%|48.5%|46.7%|47.4%",
)
MARKED = ("指标|数量(个)", "社会组织|1286", "#社会团体|612", "#民办非企业单位|666")
PARTLY = (
    "指标|金额(万元)",
    "（一）支出|4044.2",
    "1.福利|407.9",
    "2.救助|3324.0",
    "（1）低保|2656.5",
    "（2）特困|320.9",
    "3.其他|312.3",
)
PULLED = (
    "指标|本年(元)|上年(元)|同比(%)|构成(%)|拉动增长(百分点)",
    "工资|26837|25244|6.3|65.5|4.2",
    "经营|5347|4810|11.2|13.1|1.4",
    "财产|3381|3171|6.6|8.3|0.5",
    "转移|5397|5136|5.1|13.2|0.7",
)


@pytest.mark.parametrize(
    ("rows", "wrong", "right"),
    [
        (HEADED, ("（二）事业收入|621.2",), HEADED[3:4]),
        (TURNED, ("人数|862|1026|612|2050",), TURNED[2:3]),
        (MARKED, ("#民办非企业单位|766",), MARKED[3:4]),
        (PARTLY, ("1.福利|497.9",), PARTLY[2:3]),
        (PULLED, ("转移|5397|5136|1.5|13.2|0.7",), PULLED[4:5]),
    ],
)
def test_heads_shares_and_marked_rows_are_read_for_what_they_are(
    rows: tuple[str, ...], wrong: tuple[str], right: tuple[str]
) -> None:
    changed = [wrong[0] if row == right[0] else row for row in rows]
    told = [[finding for finding in check(table(lines)).findings if str(finding.severity) != "ask"] for lines in (changed, rows)]
    assert (bool(told[0]), told[1]) == (True, [])
