"""Files of facts load what is right and name, by row and column, what is not; and no query is asked per row."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.clock import instant
from anmin.ground.areas.models import Area
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.actions import record_death
from anmin.ground.people.models import Fact, Person
from anmin.ground.people.secrecy import blind_index
from tests.conftest import TODAY, Cast, County
from tests.ground.people.conftest import LI, SON, WANG, ZHANG, Bring, Family, number

NEW, OTHER = number(date(1970, 2, 3), 5), number(date(1971, 2, 3), 6)
PERSONS = "身份证号,姓名,户籍性质,镇街,村居,联系电话,银行账号"
HOUSEHOLDS = "户编号,户主身份证号,镇街,村居,户籍性质,立户日期"
MEMBERS = "户编号,身份证号,与户主关系,同户籍,共同生活,不计入原因,起始日期,截止日期"
SUPPORTERS = "被赡养扶养人身份证号,义务人身份证号,义务人姓名,类型,义务人家庭月收入,义务人家庭人数,义务人镇街,义务人村居,起始日期"
INCOMES = "身份证号,姓名,工资性收入,经营净收入,其中自给自足种养,养老金,其中中央基础养老金,起始日期,截止日期,来源,更正"


def person(identity_number: str) -> Person:
    return Person.objects.get(identity_index=blind_index(identity_number))


def facts(identity_number: str) -> list[tuple[str, int | None, date, date | None]]:
    rows = Fact.objects.filter(person=person(identity_number), superseded_at=None).order_by("kind", "valid_from")
    return list(rows.values_list("kind", "amount", "valid_from", "valid_until"))


# ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_incomes_blank_is_unknown_and_zero_is_zero(family: Family, bring: Bring) -> None:
    bring("people.incomes", INCOMES, f"{ZHANG},,0,,,225.00,103,2024-01-01,,,")

    assert facts(ZHANG) == [
        ("income.pension", 22_500, date(2024, 1, 1), None),
        ("income.pension_central", 10_300, date(2024, 1, 1), None),
        ("income.wage", 0, date(2024, 1, 1), None),
    ]


def test_incomes_carry_their_file_their_source_and_the_time_of_recording(family: Family, bring: Bring) -> None:
    batch = bring(
        "people.incomes",
        INCOMES,
        f"{ZHANG},,100,,,,,2024-01-01,,村委会调查,",
        f"{LI},,100,,,,,2024-01-01,,,",
        on=date(2024, 6, 3),
    )

    assert list(Fact.objects.order_by("pk").values_list("batch", "source", "recorded_at")) == [
        (batch.pk, "村委会调查", instant(date(2024, 6, 3))),
        (batch.pk, "镇（街道）", instant(date(2024, 6, 3))),
    ]


def test_incomes_changed_later_end_the_day_before(family: Family, bring: Bring) -> None:
    bring("people.incomes", INCOMES, f"{ZHANG},,1500,,,,,2024-01-01,,,")
    batch = bring("people.incomes", INCOMES, f"{ZHANG},,2000,,,,,2024-04-01,,,")

    assert (facts(ZHANG), batch.counts["变更或更正"]) == (
        [
            ("income.wage", 150_000, date(2024, 1, 1), date(2024, 3, 31)),
            ("income.wage", 200_000, date(2024, 4, 1), None),
        ],
        1,
    )


def test_incomes_contradicting_are_refused_unless_they_correct(family: Family, bring: Bring) -> None:
    bring("people.incomes", INCOMES, f"{ZHANG},,1500,,,,,2024-01-01,2024-06-30,,")
    refused = bring("people.incomes", INCOMES, f"{ZHANG},,900,,,,,2024-03-01,2024-03-31,,")
    corrected = bring("people.incomes", INCOMES, f"{ZHANG},,900,,,,,2024-03-01,2024-03-31,,是")

    assert (refused.problems, corrected.problems, facts(ZHANG)) == (
        [
            "第 2 行“起始日期”：2024-01-01 至 2024-06-30 已记录工资性收入为 1,500.00 元，与新填写的期间重叠；"
            "情况有变化的，起始日期应在其后；原来记错的，请使用更正。"
        ],
        [],
        [
            ("income.wage", 150_000, date(2024, 1, 1), date(2024, 2, 29)),
            ("income.wage", 90_000, date(2024, 3, 1), date(2024, 3, 31)),
            ("income.wage", 150_000, date(2024, 4, 1), date(2024, 6, 30)),
        ],
    )


def test_incomes_sent_again_in_another_file_change_nothing(family: Family, bring: Bring) -> None:
    bring("people.incomes", INCOMES, f"{ZHANG},,1500,,,,,2024-01-01,,,")
    batch = bring("people.incomes", INCOMES, f"{ZHANG},,1500.00,,,,,2024-01-01,,,")

    assert (batch.counts["与已有记录相同"], Fact.objects.count()) == (1, 1)


def test_incomes_refuse_what_cannot_be(family: Family, cast: Cast, bring: Bring) -> None:
    record_death(person=family.son, died_on=date(2024, 2, 1), source="殡仪馆", actor=cast.clerk, on=TODAY)
    batch = bring(
        "people.incomes",
        INCOMES,
        f"{ZHANG},,-100,,,,,2024-01-01,,,",
        f"{ZHANG},,,100,200,,,2024-01-01,,,",
        f"{ZHANG},,,,,,103,2024-01-01,,,",
        f"{LI},,,,,,,2024-01-01,,,",
        f"{LI},李四,100,,,,,2024-01-01,,,",
        f"{LI},,100,,,,,2024-02-01,2024-01-01,,",
        f"{SON},,100,,,,,2024-03-01,,,",
        f"{NEW},,100,,,,,2024-03-01,,,",
        f"{WANG},,100,,,,,2024-03-01,,,",
    )

    assert batch.problems == [
        "第 2 行“工资性收入”：金额“-100”是负数，此处不能为负。",
        "第 3 行“其中自给自足种养”：大于“经营净收入”，其中项不能超过总额。",
        "第 4 行“其中中央基础养老金”：填写了其中项，却没有填写“养老金”。",
        "第 5 行“工资性收入”：本行没有填写任何内容；没有变化的人员不必列入。",
        "第 6 行“姓名”：“李四”与该身份证号登记的姓名不一致，请核对是哪一项填错。",
        "第 7 行“截止日期”：截止日期 2024-01-01 早于起始日期 2024-02-01，请检查。",
        "第 8 行“起始日期”：该人员已于 2024-02-01 死亡，不能记录此后的情况。",
        "第 9 行“身份证号”：该身份证号尚未登记，请先导入或登记人员。",
        "第 10 行“身份证号”：该人员不在您负责的范围内，请由其所在镇（街道）或科室办理。",
    ]


def test_incomes_overlapping_inside_one_file_are_refused(family: Family, bring: Bring) -> None:
    batch = bring("people.incomes", INCOMES, f"{ZHANG},,1500,0,,,,2024-01-01,,,", f"{ZHANG},,2000,10,,,,2024-04-01,,,")

    assert (batch.problems, Fact.objects.count()) == (
        ["第 3 行“起始日期”：与第 2 行（2024-01-01 起）说的是同一内容而期间重叠，请填写截止日期或只保留一行。"],
        0,
    )


@pytest.mark.parametrize(
    ("form", "lines", "expected"),
    [
        (
            "people.assets",
            ("身份证号,金融资产,住房套数,住房因拆迁取得,机动车数,持有经营企业,起始日期", f"{ZHANG},20000,1,否,0,无,2024-01-01"),
            {
                "assets.financial": 2_000_000,
                "assets.homes": 1,
                "assets.homes_relocation": 0,
                "assets.vehicles": 0,
                "assets.company": 0,
            },
        ),
        (
            "people.disabilities",
            ("公民身份号码,残疾类别,残疾等级,起始日期,有效期止", f"{ZHANG},肢体残疾,二级,2015-06-01,2025-05-31"),
            {"disability.kind": "physical", "disability.grade": 2},
        ),
        ("people.illnesses", ("身份证号,患重特大疾病,起始日期", f"{ZHANG},是,2024-01-01"), {"illness.severe": 1}),
        ("people.schooling", ("身份证号,就学阶段,起始日期", f"{ZHANG},本科,2024-01-01"), {"schooling.level": "bachelor"}),
        (
            "people.work",
            ("身份证号,就业状况,连续拒绝介绍工作次数,起始日期", f"{ZHANG},登记失业,2,2024-01-01"),
            {"work.status": "unemployed", "work.refusals": 2},
        ),
        (
            "people.statuses",
            ("身份证号,退役军人,宗教教职人员,起始日期", f"{ZHANG},是,,2024-01-01"),
            {"status.veteran": 1},
        ),
    ],
)
def test_departments_files_become_facts(
    family: Family, bring: Bring, form: str, lines: tuple[str, ...], expected: dict[str, int | str]
) -> None:
    batch = bring(form, *lines)
    rows = Fact.objects.filter(person=family.zhang)

    assert (batch.problems, {row.kind: row.code if row.amount is None else row.amount for row in rows}) == ([], expected)


def test_extracts_pass_over_strangers_and_count_them(family: Family, bring: Bring) -> None:
    batch = bring("people.illnesses", "身份证号,患重特大疾病,起始日期", f"{NEW},是,2024-01-01", f"{WANG},是,2024-01-01")

    assert (batch.is_refused, batch.counts["不在册"], Fact.objects.count()) == (False, 2, 0)


def test_deaths_end_what_ended_and_count_strangers(family: Family, bring: Bring) -> None:
    batch = bring("people.deaths", "身份证号,姓名,死亡日期,来源", f"{LI},李秀英,2024-05-15,", f"{NEW},某某,2024-05-16,")

    assert (batch.counts, person(LI).died_on, facts(LI)) == (
        {"新记录死亡": 1, "已知": 0, "不在册": 1},
        date(2024, 5, 15),
        [("status.dead", 1, date(2024, 5, 15), None)],
    )


def test_deaths_in_the_future_and_of_another_name_are_refused(family: Family, bring: Bring) -> None:
    batch = bring("people.deaths", "身份证号,姓名,死亡日期", f"{LI},李秀英,2024-07-02", f"{ZHANG},张三,2024-05-16")

    assert (batch.problems, person(ZHANG).died_on) == (
        [
            "第 2 行“死亡日期”：死亡日期 2024-07-02 晚于 2024-07-01，请检查。",
            "第 3 行“姓名”：“张三”与该身份证号登记的姓名不一致，请核对是哪一项填错。",
        ],
        None,
    )


# ── how much is asked of the database ────────────────────────────────────────────────────────────────────────────────


def queries_of(bring: Bring, form: str, *lines: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        batch: ImportBatch = bring(form, *lines)
    assert batch.problems == []
    return len(counted)


def test_files_of_one_row_and_of_three_ask_the_same(family: Family, county: County, bring: Bring) -> None:
    people = [number(date(1980, 1, day), 4) for day in range(1, 5)]
    rows = [f"{each},赵六,农村,曲塘镇,刘桥村,," for each in people]
    homes = [f"K{place},{each},曲塘镇,刘桥村,农村,2020-01-01" for place, each in enumerate(people)]
    members = [f"K{place},{each},本人,是,是,,2020-01-01," for place, each in enumerate(people)]
    incomes = [f"{each},,100,,,,,2024-01-01,,," for each in people]
    counts = {
        form: (queries_of(bring, form, header, lines[0]), queries_of(bring, form, header, *lines[1:]))
        for form, header, lines in (
            ("people.persons", PERSONS, rows),
            ("people.households", HOUSEHOLDS, homes),
            ("people.members", MEMBERS, members),
            ("people.incomes", INCOMES, incomes),
        )
    }

    # The first line of the log makes the head of the chain; everything after it costs the same.
    assert {form: one - three for form, (one, three) in counts.items()} == dict.fromkeys(counts, 0)


def test_areas_of_the_fixed_cast_are_not_touched(family: Family, bring: Bring) -> None:
    before = Area.objects.count()
    bring("people.persons", PERSONS, f"{NEW},赵六,农村,曲塘镇,没有村,,")

    assert Area.objects.count() == before
