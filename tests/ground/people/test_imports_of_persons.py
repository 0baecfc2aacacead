"""The files about people load what is right and name, by row and column, what is not."""

from datetime import date

import pytest

from anmin.ground.people.actions import record_death, register_person
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter
from anmin.ground.people.secrecy import blind_index, decrypt
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


def test_households_and_members_load_one_after_the_other(family: Family, cast: Cast, bring: Bring) -> None:
    bring("people.households", HOUSEHOLDS, f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01")
    rows = (f"LQ002,{SON},本人,是,是,,2020-05-01,", f"LQ002,{WANG},其他,否,否,义务兵,2023-09-01,")
    bring("people.members", MEMBERS, *rows, actor=cast.reviewer)
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


def test_members_of_another_town_join_through_the_section_alone(family: Family, cast: Cast, bring: Bring) -> None:
    bring("people.households", HOUSEHOLDS, f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01")
    batch = bring("people.members", MEMBERS, f"LQ002,{SON},本人,是,是,,2020-05-01,", f"LQ002,{WANG},其他,是,是,,2021-01-01,")

    # What is known of a member is read with the household: a number alone opens nobody's file, nor tells whose it is.
    assert batch.problems == ["第 3 行“身份证号”：该人员不在您负责的范围内，请由其所在镇（街道）或科室办理。"]


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


def test_members_refuse_the_dead_the_headless_and_the_senseless(family: Family, cast: Cast, county: County, bring: Bring) -> None:
    dead = number(date(1960, 1, 1), 5)
    record_death(
        person=register_person(
            name="赵老四", identity_number=dead, hukou_kind="rural", area=county.liuqiao, actor=cast.clerk, on=TODAY
        ),
        died_on=date(2020, 3, 1),
        source="殡仪馆",
        actor=cast.clerk,
        on=TODAY,
    )
    bring("people.households", HOUSEHOLDS, f"LQ002,{SON},曲塘镇,刘桥村,农村,2020-05-01")
    batch = bring(
        "people.members",
        MEMBERS,
        f"LQ001,{dead},其他,是,是,,2020-05-01,",
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
        "第 2 行“身份证号”：赵老四 已于 2020-03-01 死亡，不能自 2020-05-01 起加入家庭。",
        "第 3 行“不计入原因”：“共同生活”填“否”时，必须填写不计入原因。",
        "第 4 行“与户主关系”：该人员不是该户登记的户主，关系不能填“本人”。",
        "第 5 行“身份证号”：该身份证号尚未登记，请先导入或登记人员。",
        "第 6 行“户编号”：户编号“LQ009”尚未登记，请先导入家庭名册。",
        "第 7 行“截止日期”：截止日期 2020-04-30 早于起始日期 2020-05-01，请检查。",
        "第 9 行“户编号”：户 LQ002 的成员中没有户主本人，请补上户主一行。",
    ]


def test_members_are_out_of_reach_for_a_clerk_next_door(family: Family, cast: Cast, bring: Bring) -> None:
    batch = bring("people.members", MEMBERS, f"LQ001,{SON},子女,是,是,,2020-05-01,", actor=cast.clerk_next_door)

    assert batch.problems == [
        "第 2 行“户编号”：该户不在您负责的范围内，请由其所在镇（街道）或科室办理。",
        "第 2 行“身份证号”：该人员不在您负责的范围内，请由其所在镇（街道）或科室办理。",
    ]


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
