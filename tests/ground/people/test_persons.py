"""Persons are registered once, their numbers encrypted; a death ends what ended with it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.actions import (
    add_supporter,
    change_person,
    correct_fact,
    record_death,
    record_fact,
    register_person,
    reveal_identity_number,
    withdraw_death,
)
from anmin.ground.people.models import Fact, HouseholdMember, Person, Supporter
from anmin.ground.people.secrecy import decrypt
from tests.conftest import TODAY, Cast, County
from tests.ground.people.conftest import LI, ZHANG, Family, number

DIED = date(2024, 5, 15)


def register(cast: Cast, county: County, **given: Any) -> Person:
    kept = {
        "name": "赵六",
        "identity_number": number(date(1970, 2, 3), 5),
        "hukou_kind": "rural",
        "area": county.liuqiao,
        "actor": cast.clerk,
        "on": TODAY,
        **given,
    }
    return register_person(**kept)


def test_register_person_derives_what_the_number_tells(cast: Cast, county: County) -> None:
    person = register(cast, county, name="曾小贤")

    assert (person.birth_on, person.sex, person.identity_mask, person.initials) == (
        date(1970, 2, 3),
        "male",
        "320***********005" + number(date(1970, 2, 3), 5)[-1],
        "zxx",
    )


def test_register_person_leaves_no_number_and_no_account_readable(cast: Cast, county: County) -> None:
    identity_number, account = number(date(1970, 2, 3), 5), "6228000123456789"
    register(cast, county, bank_account=account)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        stored = b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in cursor.fetchone())

    assert (identity_number.encode() in stored, account.encode() in stored) == (False, False)


def test_register_person_takes_a_number_of_fifteen_digits(cast: Cast, county: County) -> None:
    person = register(cast, county, identity_number="320699700203005")

    assert decrypt(person.identity_cipher or b"") == number(date(1970, 2, 3), 5)


def test_register_person_without_a_number_needs_birth_and_sex(cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match=r"^没有身份证号的人员，须填写出生日期和性别。$"):
        register(cast, county, identity_number=None)


def test_register_person_takes_two_persons_without_a_number(cast: Cast, county: County) -> None:
    for name in ("无号甲", "无号乙"):
        register(cast, county, name=name, identity_number=None, birth_on=date(2024, 6, 1), sex="female")

    assert Person.objects.filter(identity_index=None).count() == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"identity_number": "320699190101010014"}, "校验码"),
        ({"identity_number": "320699190102300010"}, "不是真实存在的出生日期"),
        ({"name": "张3"}, "有数字"),
        ({"bank_account": "123"}, "^银行账号应为 16 至 19 位数字，请对照银行卡或社保卡检查。$"),
        (
            {"identity_number": None, "birth_on": date(2024, 8, 1), "sex": "male"},
            "^出生日期 2024-08-01 晚于 2024-07-01，请检查。$",
        ),
    ],
)
def test_register_person_refuses(cast: Cast, county: County, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        register(cast, county, **given)


def test_register_person_refuses_a_number_registered_before(family: Family, cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match=r"^该身份证号已经登记过，请先按身份证号查询；查询不到的，是由其他"):
        register(cast, county, identity_number=ZHANG)


def test_register_person_refuses_another_town(cast: Cast, county: County) -> None:
    with pytest.raises(Refused, match=r"^只有当地的经办人或科室人员可以登记人员"):
        register(cast, county, area=county.zoufeng)


def test_change_person_changes_what_is_given(family: Family, cast: Cast, county: County) -> None:
    change_person(person=family.zhang, phone="13800000005", area=county.sunzhuang, actor=cast.clerk, on=TODAY)
    family.zhang.refresh_from_db()

    assert (family.zhang.phone, family.zhang.area, AuditLine.objects.latest("sequence").summary) == (
        "13800000005",
        county.sunzhuang,
        "变更人员 张建国 的村居、联系电话",
    )


def test_change_person_never_logs_an_account(family: Family, cast: Cast) -> None:
    change_person(person=family.zhang, bank_account="6228000123456789", actor=cast.clerk, on=TODAY)
    line = AuditLine.objects.latest("sequence")

    assert (line.summary, "6228" in str(line.details)) == ("变更人员 张建国 的银行账号", False)


def test_change_person_refuses_a_move_out_of_scope(family: Family, cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match=r"^迁入地不在您负责的范围内，请由迁入地办理。$"):
        change_person(person=family.zhang, area=county.zoufeng, actor=cast.clerk, on=TODAY)


def test_reveal_identity_number_shows_it_once_and_logs_why(family: Family, cast: Cast) -> None:
    shown = reveal_identity_number(person=family.zhang, reason="核对户口簿", actor=cast.clerk, on=TODAY)
    line = AuditLine.objects.latest("sequence")

    assert (shown.identity_number, line.verb, line.actor_id, ZHANG in line.summary) == (
        ZHANG,
        "person.identity_number_revealed",
        cast.clerk.id,
        False,
    )


def test_reveal_identity_number_is_forgotten_when_read_again(family: Family, cast: Cast) -> None:
    reveal_identity_number(person=family.zhang, reason="核对户口簿", actor=cast.clerk, on=TODAY)

    assert Person.objects.get(pk=family.zhang.pk).identity_number is None


@pytest.mark.parametrize("who", ["cashier", "leader", "administrator", "clerk_next_door"])
def test_reveal_identity_number_refuses(family: Family, cast: Cast, who: str) -> None:
    with pytest.raises(Refused, match=r"^您的岗位不能查看完整的身份证号。$"):
        reveal_identity_number(person=family.zhang, reason="看看", actor=getattr(cast, who), on=TODAY)


def test_reveal_identity_number_refuses_without_a_reason(family: Family, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"^请填写查看完整身份证号的事由。$"):
        reveal_identity_number(person=family.zhang, reason=" ", actor=cast.clerk, on=TODAY)


def die(person: Person, cast: Cast, died_on: date = DIED, on: date = TODAY) -> Person:
    return record_death(person=person, died_on=died_on, source="殡仪馆", actor=cast.clerk, on=on)


def test_record_death_ends_the_membership_on_the_day(family: Family, cast: Cast) -> None:
    die(family.li, cast)

    rows = HouseholdMember.objects.filter(person=family.li).order_by("pk")

    assert [(row.valid_until, row.superseded_at is None) for row in rows] == [(None, False), (DIED, True)]


def test_record_death_is_a_fact_with_its_source(family: Family, cast: Cast) -> None:
    die(family.li, cast)
    fact = Fact.objects.get(person=family.li)

    assert (fact.kind, fact.amount, fact.valid_from, fact.source) == ("status.dead", 1, DIED, "殡仪馆")


def test_record_death_ends_open_facts_and_leaves_closed_ones(family: Family, cast: Cast) -> None:
    for kind, until in (("income.wage", None), ("income.pension", date(2024, 12, 31))):
        record_fact(
            person=family.li,
            kind=kind,
            value=100,
            valid_from=date(2024, 1, 1),
            valid_until=until,
            source="申报",
            actor=cast.clerk,
            on=TODAY,
        )
    die(family.li, cast)

    assert list(
        Fact.objects.filter(person=family.li, superseded_at=None, kind__startswith="income")
        .order_by("kind")
        .values_list("valid_until", flat=True)
    ) == [date(2024, 12, 31), DIED]


def test_record_death_ends_duties_owed_and_owing(family: Family, cast: Cast) -> None:
    for dependant, obligor in ((family.zhang, family.son), (family.li, family.son), (family.son, family.li)):
        add_supporter(
            dependant=dependant,
            obligor=obligor,
            duty="maintain_parent",
            valid_from=date(2020, 1, 1),
            actor=cast.clerk,
            on=TODAY,
        )
    die(family.li, cast)

    assert list(
        Supporter.objects.filter(superseded_at=None).order_by("dependant_id", "obligor_id").values_list("valid_until", flat=True)
    ) == [None, DIED, DIED]


def test_record_death_of_the_last_member_closes_the_household(family: Family, cast: Cast) -> None:
    die(family.li, cast)
    family.home.refresh_from_db()
    before = family.home.closed_on
    die(family.zhang, cast, date(2024, 6, 1))
    family.home.refresh_from_db()

    assert (before, family.home.closed_on) == (None, date(2024, 6, 1))


def test_record_death_again_changes_nothing(family: Family, cast: Cast) -> None:
    die(family.li, cast)
    die(family.li, cast)

    assert Fact.objects.filter(person=family.li).count() == 1


@pytest.mark.parametrize(
    ("died_on", "sentence"),
    [
        (date(2024, 7, 2), "^死亡日期 2024-07-02 晚于 2024-07-01，请检查。$"),
        (date(1950, 1, 1), "^死亡日期 1950-01-01 早于出生日期，请检查。$"),
    ],
)
def test_record_death_refuses(family: Family, cast: Cast, died_on: date, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        die(family.li, cast, died_on)


def test_record_death_refuses_another_date(family: Family, cast: Cast) -> None:
    die(family.li, cast)

    with pytest.raises(
        BadValue, match=r"^已记录死亡日期为 2024-05-15，与此不一致，请核实；原登记有误的，由科室撤销后重新登记。$"
    ):
        die(family.li, cast, date(2024, 5, 16))


def test_identity_numbers_of_the_cast_are_invented() -> None:
    assert {ZHANG[:6], LI[:6]} == {"320699"}


REASON = "本人到场，殡葬数据为同名人员"


def revive(person: Person, cast: Cast, on: date = TODAY) -> Person:
    return withdraw_death(person=person, reason=REASON, actor=cast.reviewer, on=on)


def _current(model: Any, *names: str, **of: Any) -> list[Any]:
    return sorted(model.objects.filter(superseded_at=None, **of).order_by().values_list(*names), key=repr)


def test_a_withdrawn_death_leaves_all_that_it_ended_as_it_was(family: Family, cast: Cast) -> None:
    told = {"source": "申报", "actor": cast.clerk, "on": TODAY}
    facts = [("income.wage", 100, date(2024, 1, 1), None), ("income.pension", 5, date(2024, 1, 1), date(2024, 12, 31))]
    facts.append(("assets.homes", 1, DIED + timedelta(days=9), None))
    for kind, value, since, until in facts:
        record_fact(person=family.li, kind=kind, value=value, valid_from=since, valid_until=until, **told)
    for dependant, obligor in ((family.li, family.son), (family.son, family.li)):
        since = date(2020, 1, 1)
        add_supporter(dependant=dependant, obligor=obligor, duty="maintain_parent", valid_from=since, actor=cast.clerk, on=TODAY)

    def known() -> list[Any]:
        return [
            _current(Fact, "kind", "amount", "valid_from", "valid_until", person=family.li),
            _current(HouseholdMember, "relation", "counted", "valid_from", "valid_until", person=family.li),
            _current(Supporter, "dependant_id", "obligor_id", "valid_from", "valid_until"),
        ]

    before = known()
    die(family.li, cast)
    assert known() != before
    assert revive(family.li, cast).died_on is None
    assert known() == before
    die(family.li, cast)
    revive(family.li, cast)
    assert known() == before


def test_what_was_changed_after_a_death_stays_as_it_was_left(family: Family, cast: Cast) -> None:
    told = {"source": "申报", "actor": cast.clerk, "on": TODAY}
    record_fact(person=family.li, kind="income.wage", value=100, valid_from=date(2024, 1, 1), valid_until=None, **told)
    die(family.li, cast)
    wage = Fact.objects.get(person=family.li, kind="income.wage", superseded_at=None)
    correct_fact(fact=wage, value=80, valid_from=wage.valid_from, valid_until=wage.valid_until, **told)
    revive(family.li, cast)
    assert _current(Fact, "amount", "valid_until", person=family.li) == [(80, DIED)]


def test_the_home_of_the_living_is_open_again(family: Family, cast: Cast) -> None:
    die(family.li, cast)
    die(family.zhang, cast, date(2024, 6, 1))
    revive(family.li, cast)
    family.home.refresh_from_db()
    assert family.home.closed_on is None
    assert _current(HouseholdMember, "valid_until", household=family.home, person=family.li) == [(None,)]


def test_a_duty_goes_on_no_longer_than_the_other_party_lived(family: Family, cast: Cast) -> None:
    add_supporter(
        dependant=family.li, obligor=family.son, duty="maintain_parent", valid_from=date(2020, 1, 1), actor=cast.clerk, on=TODAY
    )
    die(family.li, cast)
    die(family.son, cast, date(2024, 6, 1))
    revive(family.li, cast)
    assert _current(Supporter, "valid_until", dependant=family.li) == [(date(2024, 6, 1),)]


def test_a_death_is_withdrawn_by_the_section_with_a_reason_and_only_where_there_is_one(family: Family, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"没有死亡登记，无需撤销。$"):
        revive(family.li, cast)
    die(family.li, cast)
    with pytest.raises(BadValue, match=r"^请填写撤销死亡登记的理由和依据。$"):
        withdraw_death(person=family.li, reason=" ", actor=cast.reviewer, on=TODAY)
    opened_before = Person.objects.get(pk=family.li.pk)
    for who in (cast.clerk, cast.clerk_next_door, cast.cashier, cast.auditor):
        with pytest.raises(Refused, match=r"^死亡登记只能由科室或审批人员撤销，请联系科室。$"):
            withdraw_death(person=family.li, reason=REASON, actor=who, on=TODAY)
    revive(family.li, cast)
    assert AuditLine.objects.order_by("-pk").values_list("verb", "summary").first() == (
        "person.death_withdrawn",
        f"撤销 李秀英 于 {DIED} 的死亡登记，理由：{REASON}",
    )
    with pytest.raises(BadValue, match=r"没有死亡登记，无需撤销。$"):
        revive(opened_before, cast)
