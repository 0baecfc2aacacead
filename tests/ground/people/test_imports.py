"""The files about people load what is right and name, by row and column, what is not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import TODAY, Cast, County
from tests.ground.people.conftest import LI, SON, WANG, ZHANG, Bring, Family, number

from anmin.base.clock import instant
from anmin.ground.areas.models import Area
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.actions import record_death
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter
from anmin.ground.people.secrecy import blind_index, decrypt

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


# ── persons ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.capability("SA-01")
def test_persons_are_registered_with_everything_given(cast: Cast, county: County, bring: Bring) -> None:
    batch = bring("people.persons", PERSONS, f"{NEW},赵六,农村,曲塘镇,刘桥村,13800000005,6228000123456789")
    one = person(NEW)

    assert (batch.counts, one.name, one.area, one.phone, decrypt(one.bank_account_cipher or b""), one.bank_account_mask) == (
        {"新登记": 1, "变更": 0, "未变": 0},
        "赵六",
        county.liuqiao,
        "13800000005",
        "6228000123456789",
        "************6789",
    )


def test_persons_known_before_are_updated_and_blanks_change_nothing(family: Family, county: County, bring: Bring) -> None:
    bring("people.persons", PERSONS, f"{ZHANG},张建国,农村,曲塘镇,孙庄社区,13800000005,")
    batch = bring("people.persons", PERSONS, f"{ZHANG},张建国,农村,曲塘镇,孙庄社区,,")
    one = person(ZHANG)

    assert (one.phone, one.area, batch.counts) == ("13800000005", county.sunzhuang, {"新登记": 0, "变更": 0, "未变": 1})


def test_persons_every_wrong_row_is_named_and_none_is_loaded(family: Family, bring: Bring) -> None:
    batch = bring(
        "people.persons",
        PERSONS + ",性别",
        f"{NEW},赵六,农村,曲塘镇,刘桥村,,,",
        "320699190101010014,钱七,农村,曲塘镇,刘桥村,,,",
        "320699190102300010,孙八,农村,曲塘镇,刘桥村,,,",
        f"{OTHER},李九,农业户口,曲塘镇,刘乔村,,,",
        f"{NEW},赵六,农村,曲塘镇,刘桥村,,,",
        f"{WANG},王老五,农村,曲塘镇,刘桥村,,,",
        f"{LI},李四,农村,曲塘镇,刘桥村,,,男",
        f"{number(date(1990, 1, 1), 7)},周十,农村,曲塘镇,刘乔村,,,",
        f"{number(date(1990, 1, 1), 9)},周一,农村,白甸镇,邹冯村,,,",
    )

    assert (batch.problems, Person.objects.count()) == (
        [
            "第 3 行“身份证号”：身份证号码的校验码（最后一位）与前17位不符，可能有一位写错或两位写颠倒，请对照证件检查。",
            "第 4 行“身份证号”：身份证号码第7至14位不是真实存在的出生日期，请对照证件检查。",
            "第 5 行“户籍性质”：“农业户口”不是可选的内容，应为：城镇、农村。",
            "第 9 行“村居”：曲塘镇没有名为“刘乔村”的村居，相近的有：刘桥村，请检查名称。",
            "第 10 行“村居”：白甸镇邹冯村不在您负责的范围内，请由当地经办人导入。",
            "第 6 行“身份证号”：与第 2 行是同一个身份证号，请只保留一行。",
            "第 7 行“身份证号”：该身份证号已在其他镇（街道）登记，请由科室办理迁移，不要重复登记。",
            "第 8 行“性别”：与身份证号第 17 位表示的性别不一致，请核对是哪一项填错。",
            "第 8 行“姓名”：“李四”与该身份证号登记的姓名不一致，请核对是哪一项填错。",
        ],
        4,
    )


# ── households and members ───────────────────────────────────────────────────────────────────────────────────────────


def test_households_and_members_load_one_after_the_other(family: Family, county: County, bring: Bring) -> None:
    bring("people.households", HOUSEHOLDS, f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01")
    bring("people.members", MEMBERS, f"LQ002,{SON},本人,是,是,,2020-05-01,", f"LQ002,{WANG},其他,否,否,义务兵,2023-09-01,")
    home = Household.objects.get(number="LQ002")

    assert (home.head, list(home.members.order_by("pk").values_list("person", "relation", "counted", "absence"))) == (
        family.son,
        [(family.son.pk, "head", True, ""), (family.wang.pk, "other", False, "conscript")],
    )


def test_households_refuse_numbers_heads_and_days_that_cannot_be(family: Family, cast: Cast, bring: Bring) -> None:
    record_death(person=family.son, died_on=date(2020, 1, 1), source="殡仪馆", actor=cast.clerk, on=TODAY)
    batch = bring(
        "people.households",
        HOUSEHOLDS,
        f"LQ001,{LI},曲塘镇,刘桥村,农村,2020-05-01",
        f"LQ003,{NEW},曲塘镇,刘桥村,农村,2020-05-01",
        f"LQ004,{LI},曲塘镇,刘桥村,农村,2024-08-01",
        f"LQ005,{SON},曲塘镇,刘桥村,农村,2020-05-01",
        f"LQ005,{LI},曲塘镇,刘桥村,农村,2020-05-01",
    )

    assert batch.problems == [
        "第 6 行“户编号”：与第 5 行是同一个户编号，请只保留一行。",
        "第 2 行“户编号”：户编号“LQ001”已经登记，不能重复登记。",
        "第 3 行“户主身份证号”：该身份证号尚未登记，请先导入或登记人员。",
        "第 4 行“立户日期”：立户日期 2024-08-01 晚于 2024-07-01，请检查。",
        "第 5 行“户主身份证号”：户主已于 2020-01-01 死亡，早于立户日期。",
    ]


def test_members_a_person_counted_in_another_household_is_refused(family: Family, bring: Bring) -> None:
    bring("people.households", HOUSEHOLDS, f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01")
    batch = bring("people.members", MEMBERS, f"LQ002,{SON},本人,是,是,,2020-05-01,", f"LQ002,{LI},父母,是,是,,2021-01-01,")

    assert (batch.problems, HouseholdMember.objects.filter(household__number="LQ002").count()) == (
        ["第 3 行“身份证号”：李秀英 2020-01-01 起 已在户 LQ001 计入共同生活成员，同一人不能同时在两户计入，请先在该户结束。"],
        0,
    )


def test_members_a_person_counted_twice_inside_one_file_is_refused(family: Family, bring: Bring) -> None:
    bring(
        "people.households",
        HOUSEHOLDS,
        f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01",
        f"LQ003,{SON},曲塘镇,孙庄社区,农村,2020-05-01",
    )
    batch = bring("people.members", MEMBERS, f"LQ002,{SON},本人,是,是,,2020-05-01,", f"LQ003,{SON},本人,是,是,,2021-01-01,")

    assert batch.problems == [
        "第 3 行“身份证号”：张小军 2020-05-01 起 已在户 LQ002（第 2 行）计入共同生活成员，"
        "同一人不能同时在两户计入，请先在该户结束。"
    ]


def test_members_one_may_leave_a_household_and_join_another_in_one_file(family: Family, bring: Bring) -> None:
    bring("people.households", HOUSEHOLDS, f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01")
    batch = bring(
        "people.members",
        MEMBERS,
        f"LQ002,{SON},本人,是,是,,2020-05-01,",
        f"LQ001,{LI},配偶,是,是,,2020-01-01,2023-12-31",
        f"LQ002,{LI},父母,是,是,,2024-01-01,",
    )

    assert (
        batch.problems,
        list(
            HouseholdMember.objects.filter(person=family.li, superseded_at=None)
            .order_by("valid_from")
            .values_list("household__number", "valid_until")
        ),
    ) == ([], [("LQ001", date(2023, 12, 31)), ("LQ002", None)])


def test_members_refuse_the_dead_the_headless_and_the_senseless(family: Family, cast: Cast, bring: Bring) -> None:
    record_death(person=family.wang, died_on=date(2020, 3, 1), source="殡仪馆", actor=cast.reviewer, on=TODAY)
    bring("people.households", HOUSEHOLDS, f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01")
    batch = bring(
        "people.members",
        MEMBERS,
        f"LQ001,{WANG},其他,是,是,,2020-05-01,",
        f"LQ001,{SON},子女,是,否,,2020-05-01,",
        f"LQ001,{SON},本人,是,是,,2020-05-01,",
        f"LQ001,{NEW},子女,是,是,,2020-05-01,",
        f"LQ009,{SON},子女,是,是,,2020-05-01,",
        f"LQ001,{SON},子女,是,是,,2020-05-01,2020-04-30",
        f"LQ002,{LI},父母,是,否,独立,2020-05-01,",
        f"LQ002,{LI},父母,是,否,已成年并独立生活,2020-05-01,",
    )

    assert batch.problems == [
        "第 8 行“不计入原因”：“独立”不是可选的内容，应为：义务兵、服刑或强制隔离戒毒、宗教教职人员脱离家庭满三年、"
        "人民法院宣告失踪、失踪满两年并有证明、已成年并独立生活、县级民政部门认定。",
        "第 2 行“身份证号”：王老五 已于 2020-03-01 死亡，不能自 2020-05-01 起加入家庭。",
        "第 3 行“不计入原因”：“共同生活”填“否”时，必须填写不计入原因。",
        "第 4 行“与户主关系”：该人员不是该户登记的户主，关系不能填“本人”。",
        "第 5 行“身份证号”：该身份证号尚未登记，请先导入或登记人员。",
        "第 6 行“户编号”：户编号“LQ009”尚未登记，请先导入家庭名册。",
        "第 7 行“截止日期”：截止日期 2020-04-30 早于起始日期 2020-05-01，请检查。",
        "第 9 行“户编号”：户 LQ002 的成员中没有户主本人，请补上户主一行。",
    ]


def test_members_are_out_of_reach_for_a_clerk_next_door(family: Family, cast: Cast, bring: Bring) -> None:
    batch = bring("people.members", MEMBERS, f"LQ001,{SON},子女,是,是,,2020-05-01,", actor=cast.clerk_next_door)

    assert batch.problems == ["第 2 行“户编号”：该户不在您负责的范围内，请由其所在镇（街道）或科室办理。"]


# ── supporters ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_supporters_not_yet_registered_are_registered(family: Family, county: County, bring: Bring) -> None:
    batch = bring(
        "people.supporters",
        SUPPORTERS,
        f"{ZHANG},{SON},张小军,赡养,6000,3,,,2020-01-01",
        f"{ZHANG},{NEW},张小红,赡养,,,外地,外地,2020-01-01",
        f"{LI},{NEW},张小红,赡养,,,外地,外地,2020-01-01",
        f"{LI},{OTHER},张小明,赡养,5000,2,白甸镇,邹冯村,2020-01-01",
    )

    assert (
        batch.problems,
        batch.counts["新登记义务人"],
        person(NEW).area,
        person(OTHER).area,
        list(Supporter.objects.order_by("pk").values_list("dependant__name", "obligor__name", "household_income", "dependants")),
    ) == (
        [],
        2,
        county.county,
        county.zoufeng,
        [
            ("张建国", "张小军", 600_000, 1),
            ("张建国", "张小红", None, 1),
            ("李秀英", "张小红", None, 1),
            ("李秀英", "张小明", 500_000, 1),
        ],
    )


def test_supporters_refuse_what_cannot_be(family: Family, bring: Bring) -> None:
    batch = bring(
        "people.supporters",
        SUPPORTERS,
        f"{ZHANG},{ZHANG},张建国,赡养,,,,,2020-01-01",
        f"{ZHANG},{SON},张大军,赡养,,,,,2020-01-01",
        f"{NEW},{SON},张小军,赡养,,,,,2020-01-01",
        f"{LI},{SON},张小军,赡养,-1,,,,2020-01-01",
        f"{WANG},{SON},张小军,赡养,,0,,,2020-01-01",
        f"{LI},{OTHER},张小明,赡养,,,白甸镇,,2020-01-01",
    )

    assert batch.problems == [
        "第 5 行“义务人家庭月收入”：金额“-1”是负数，此处不能为负。",
        "第 7 行“义务人村居”：镇街和村居要么都填写，要么都留空。",
        "第 2 行“义务人身份证号”：义务人不能是被赡养、抚养、扶养人自己。",
        "第 3 行“义务人姓名”：“张大军”与该身份证号登记的姓名不一致，请核对是哪一项填错。",
        "第 4 行“被赡养扶养人身份证号”：该身份证号尚未登记，请先导入或登记人员。",
        "第 6 行“被赡养扶养人身份证号”：该人员不在您负责的范围内，请由其所在镇（街道）或科室办理。",
    ]


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
    batch = bring("people.incomes", INCOMES, f"{ZHANG},,1500,,,,,2024-01-01,,,", f"{ZHANG},,2000,,,,,2024-04-01,,,")

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
