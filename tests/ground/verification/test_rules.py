"""Each rule on its own: what was found against what was declared, and what is no finding."""

from datetime import date
from typing import Any

import pytest

from anmin.ground.verification.rules import findings_of
from anmin.ground.verification.rules.records import Declared, Found, Limits, Record
from anmin.ground.verification.vocabulary import Capacity

AS_OF = date(2024, 6, 15)
LIMITS = Limits(income=5_000, assets=100_000, homes=1, apart=500)


def record(source: str, hit_id: int = 1, **row: Any) -> Record:
    return Record(hit_id, source, AS_OF, row)


def declared(capacity: Capacity = Capacity.MEMBER, **known: Any) -> Declared:
    facts = {name.replace("__", "."): value for name, value in known.items() if "__" in name}
    others = {name: value for name, value in known.items() if "__" not in name}
    plain: dict[str, Any] = {
        "person_id": 1, "household_id": 1, "died_on": None, "spouse_names": frozenset(), "family_names": frozenset(),
        "homes_declared": 0, "homes_found": 0,
    }  # fmt: skip
    return Declared(capacity=capacity, facts=facts, **{**plain, **others})


def said(who: Declared, *records: Record) -> list[tuple[str, str, str, Any]]:
    """Kind, what was declared, what was found, kind and value of the fact."""
    found: list[Found] = findings_of(who, records, LIMITS)
    return [(each.kind.value, each.declared, each.found, each.fact and each.fact[:2]) for each in found]


@pytest.mark.capability("SA-12")
@pytest.mark.parametrize(
    ("who", "records", "expected"),
    [
        pytest.param(
            declared(assets__vehicles=0),
            [record("vehicles", plate="苏F12345", vehicle_kind="小型轿车")],
            ("undeclared_vehicle", "机动车0辆", "机动车1辆：苏F12345（小型轿车）", ("assets.vehicles", 1)),
            id="a car",
        ),
        pytest.param(
            declared(assets__vehicles=1),
            [record("vehicles", 1, plate="苏F1"), record("vehicles", 2, plate="苏F2")],
            ("undeclared_vehicle", "机动车1辆", "机动车2辆：苏F1（机动车）、苏F2（机动车）", ("assets.vehicles", 2)),
            id="a second car",
        ),
        pytest.param(
            declared(homes_declared=1, homes_found=2, assets__homes=1),
            [record("real_estate", location="曲塘镇刘桥村3组", use="成套住宅")],
            (
                "undeclared_home", "全家住房1套", "全家名下住房2套，其中本人名下：曲塘镇刘桥村3组", ("assets.homes", 2),
            ),
            id="a second home of the family",
        ),
        pytest.param(
            declared(assets__financial=50_000),
            [record("deposits", 1, balance=200_000), record("securities", 2, value=30_000)],
            (
                "deposit", "金融资产500.00元", "金融资产合计2,300.00元：银行存款2,000.00元、证券300.00元",
                ("assets.financial", 230_000),
            ),
            id="money",
        ),
        pytest.param(
            declared(),
            [record("companies", company="海安纺织厂", position="法定代表人", state="存续")],
            ("company", "未申报企业登记或股份", "海安纺织厂（法定代表人，存续）", ("assets.company", 1)),
            id="a company",
        ),
        pytest.param(
            declared(),
            [record("farm_machinery", machine="联合收割机")],
            ("farm_machinery", "未申报大型农机具", "联合收割机", None),
            id="a machine",
        ),
        pytest.param(
            declared(income__wage=100_000),
            [record("social_insurance", employer="某厂", wage=300_000)],
            ("wage", "工资性收入每月1,000.00元", "社会保险参保：某厂，每月3,000.00元", ("income.wage", 300_000)),
            id="a wage",
        ),
        pytest.param(
            declared(),
            [record("tax", payer="某公司", income=1_200_000, months=6)],
            ("wage", "工资性收入每月未登记", "个人所得税：某公司，每月2,000.00元", ("income.wage", 200_000)),
            id="a taxed income",
        ),
        pytest.param(
            declared(income__wage=0),
            [record("fiscal_payroll", employer="某中学", wage=500_000)],
            ("fiscal_payroll", "工资性收入每月0.00元", "财政供养人员：某中学，每月5,000.00元", ("income.wage", 500_000)),
            id="paid by the treasury",
        ),
        pytest.param(
            declared(income__pension=20_000),
            [record("pensions", scheme="企业职工养老", pension=150_000)],
            ("pension", "养老金每月200.00元", "企业职工养老每月1,500.00元", ("income.pension", 150_000)),
            id="a pension",
        ),
        pytest.param(
            declared(),
            [record("other_assistance", place="如皋市", benefit="低保", amount=60_000)],
            ("paid_elsewhere", "未申报在外地领取救助", "如皋市：低保，每月600.00元", None),
            id="paid elsewhere",
        ),
        pytest.param(
            declared(),
            [record("veterans", kind="参战退役人员", amount=80_000)],
            ("paid_elsewhere", "未申报优抚待遇", "参战退役人员，每月800.00元", ("status.veteran", 1)),
            id="a veteran",
        ),
        pytest.param(
            declared(),
            [record("deaths", cremated_on="2024-05-03")],
            ("dead", "健在", "2024-05-03火化", ("status.dead", 1)),
            id="cremated",
        ),
        pytest.param(
            declared(family_names=frozenset({"张小宝"})),
            [record("marriages", state="结婚登记", spouse_name="李国强", registered_on="2023-02-01")],
            ("married", "家庭中没有配偶", "2023-02-01与李国强登记结婚", None),
            id="married, declared single",
        ),
        pytest.param(
            declared(family_names=frozenset({"张小宝"})),
            [record("marriages", state="22", spouse_name="李国强", registered_on="2023-02-01")],
            ("married", "家庭中没有配偶", "2023-02-01与李国强登记结婚", None),
            id="married by the code of the national standard",
        ),
        pytest.param(
            declared(),
            [record("prison_terms", kind="服刑", from_on="2024-01-05", until_on="2026-01-04")],
            ("in_prison", "未登记", "服刑，2024-01-05起至2026-01-04", ("status.in_prison", 1)),
            id="prison",
        ),
        pytest.param(
            declared(),
            [record("institutions", institution="曲塘镇敬老院", entered_on="2024-04-01")],
            ("in_institution", "未登记", "曲塘镇敬老院，2024-04-01入住", ("residence.institution", 1)),
            id="an institution",
        ),
        pytest.param(
            declared(schooling__level="high"),
            [record("school_rolls", school="南通大学", level="普通本科")],
            ("schooling", "高中", "南通大学，普通本科", ("schooling.level", "bachelor")),
            id="another school",
        ),
        pytest.param(
            declared(disability__kind="physical", disability__grade=2),
            [record("disability_cards", kind="肢体", grade=4)],
            ("disability", "肢体2级", "肢体4级", ("disability.grade", 4)),
            id="another grade",
        ),
        pytest.param(
            declared(disability__kind="physical", disability__grade=2),
            [record("disability_cards", kind="肢体", grade=2, state="注销")],
            ("disability", "肢体2级", "证件已失效：注销", None),
            id="a card that no longer stands",
        ),
        pytest.param(
            declared(hukou__local=1),
            [record("household_register", state="迁出")],
            ("other_hukou", "本地户籍", "户籍状态：迁出", ("hukou.local", 0)),
            id="moved away",
        ),
    ],
)  # fmt: skip
def test_what_contradicts_the_declaration(who: Declared, records: list[Record], expected: tuple[str, str, str, Any]) -> None:
    assert said(who, *records) == [expected]


@pytest.mark.capability("SA-12")
@pytest.mark.parametrize(
    ("who", "records"),
    [
        pytest.param(declared(assets__vehicles=1), [record("vehicles", plate="苏F1")], id="declared car"),
        pytest.param(declared(), [record("vehicles", vehicle_kind="残疾人专用轮椅车")], id="a wheelchair car"),
        pytest.param(declared(), [record("vehicles", plate="苏F1", state="报废")], id="scrapped"),
        pytest.param(declared(homes_found=1), [record("real_estate", use="住宅")], id="the one home to live in"),
        pytest.param(declared(homes_found=0), [record("real_estate", use="仓储用地")], id="no home at all"),
        pytest.param(declared(assets__financial=50_000), [record("deposits", balance=150_000)], id="money within the tolerance"),
        pytest.param(declared(), [record("companies", company="某厂", state="注销")], id="a company that is gone"),
        pytest.param(declared(assets__company=1), [record("companies", company="某厂")], id="a declared company"),
        pytest.param(declared(income__wage=300_000), [record("social_insurance", wage=304_900)], id="wage within the tolerance"),
        pytest.param(
            declared(), [record("social_insurance", employer="灵活就业人员", wage=400_000)], id="a base one pays for oneself"
        ),
        pytest.param(
            declared(), [record("social_insurance", employer="某厂", wage=400_000, until_on="2024-03-31")], id="a job that ended"
        ),
        pytest.param(declared(died_on=date(2024, 5, 1)), [record("deaths", died_on="2024-05-01")], id="a known death"),
        pytest.param(
            declared(spouse_names=frozenset({"李国强"}), family_names=frozenset({"李国强"})),
            [record("marriages", state="结婚", spouse_name="李国强")],
            id="the declared spouse",
        ),
        pytest.param(
            declared(),
            [
                record("marriages", 1, state="结婚", spouse_name="李国强", registered_on="2001-01-01"),
                record("marriages", 2, state="离婚", spouse_name="李国强", registered_on="2009-01-01"),
            ],
            id="divorced since",
        ),
        pytest.param(declared(), [record("prison_terms", from_on="2010-01-01", until_on="2012-01-01")], id="served long ago"),
        pytest.param(
            declared(residence__institution=1), [record("institutions", institution="敬老院")], id="known to live there"
        ),
        pytest.param(declared(schooling__level="bachelor"), [record("school_rolls", level="本科")], id="the declared school"),
        pytest.param(declared(disability__grade=2), [record("disability_cards", grade=2)], id="the grade on record"),
        pytest.param(declared(), [record("household_register", state="正常")], id="a register in order"),
    ],
)
def test_what_is_no_finding(who: Declared, records: list[Record]) -> None:
    assert said(who, *records) == []


def test_of_supporters_only_their_means_are_looked_at() -> None:
    son = declared(Capacity.SUPPORTER, supporter_income=100_000)
    records = [record("vehicles", 1, plate="苏F1"), record("social_insurance", 2, employer="某厂", wage=800_000)]
    assert said(son, *records) == [
        ("wage", "义务人家庭月收入1,000.00元", "社会保险参保：本人每月8,000.00元", ("supporter.income", 800_000))
    ]


def test_sources_at_odds_are_told_apart_from_what_each_says() -> None:
    who = declared(income__wage=500_000)
    insured = record("social_insurance", 1, employer="某厂", wage=500_000)
    assert said(who, insured, record("tax", 2, payer="某厂", income=2_400_000, months=12)) == [
        ("contradiction", "社会保险缴费工资每月5,000.00元", "个人所得税申报每月2,000.00元", None)
    ]
    assert said(who, insured, record("tax", 2, payer="某厂", income=4_800_000, months=12)) == []


def test_a_fact_begins_with_the_event_where_its_day_is_known() -> None:
    found = findings_of(declared(), [record("prison_terms", from_on="2024-01-05")], LIMITS)
    assert found[0].fact == ("status.in_prison", 1, date(2024, 1, 5))
    assert findings_of(declared(), [record("vehicles", plate="苏F1")], LIMITS)[0].fact == ("assets.vehicles", 1, AS_OF)
