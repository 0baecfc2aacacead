"""The list of the persons who hold a benefit when the platform starts; dibao's tests show the one of households."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.imports import forms
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.payments.held_lists import held_list
from anmin.ground.people.actions import add_member, open_household, record_death, register_person
from anmin.ground.people.models import Household, Person
from anmin.ground.people.secrecy import decrypt
from tests.conftest import TODAY, Cast, County
from tests.stipend_stage import STIPEND, TRIAL, register

OPENED = date(2020, 1, 1)
ACCOUNT = "6222021111000000009"


def number(born: date, sequence: int) -> str:
    return make_identity_number(SYNTHETIC_REGION, born, sequence)


ZHANG, LI, WANG = (number(date(1955, 3, 12), 1), number(date(1957, 8, 6), 2), number(date(1960, 1, 1), 3))
HEADERS = "身份证号,姓名,户编号,保障方式,审批日期,享受起始日期,领款人身份证号,开户银行,银行账号"


@pytest.fixture(autouse=True)
def form() -> Iterator[None]:
    register()
    made = held_list(TRIAL, sender="养老服务科", unit="person")
    forms.register([made])
    yield
    del forms.FORMS[made.name]


@pytest.fixture
def home(cast: Cast, county: County) -> Household:
    """张建国 and 李秀英 of one family; 王老五 is registered but lives in none."""

    def registered(name: str, identity_number: str) -> Person:
        return register_person(
            name=name, identity_number=identity_number, hukou_kind="rural", area=county.liuqiao, actor=cast.reviewer, on=TODAY
        )

    head, wife, _ = registered("张建国", ZHANG), registered("李秀英", LI), registered("王老五", WANG)
    made = open_household(
        head=head, area=county.liuqiao, hukou_kind="rural", opened_on=OPENED, number="LQ001", actor=cast.clerk, on=TODAY
    )
    add_member(household=made, person=wife, relation="spouse", valid_from=OPENED, actor=cast.clerk, on=TODAY)
    return made


def row(**other: str) -> str:
    cells = dict.fromkeys(("person", "name", "number", "route", "decided_on", "valid_from", "payee", "bank", "account"), "")
    cells |= {"person": ZHANG, "route": "单人", "decided_on": "2019-06-20", "valid_from": "2021-07-01"}
    return ",".join({**cells, **other}.values())


def bring(cast: Cast, *rows: str) -> ImportBatch:
    content = "\n".join((HEADERS, *rows)).encode()
    return import_file(form=f"{STIPEND}.register", path=content, name="在享名册.csv", actor=cast.administrator, on=TODAY)


@pytest.mark.capability("EC-13")
def test_each_person_holds_the_benefit_in_the_household_lived_in(cast: Cast, home: Household) -> None:
    assert bring(cast, row(), row(person=LI)).problems == []
    held = [(each.holder.name, each.household_id, each.route, each.migrated) for each in Entitlement.objects.order_by("id")]
    assert held == [("张建国", home.pk, "single", True), ("李秀英", home.pk, "single", True)]
    assert list(EntitlementMember.objects.order_by("id").values_list("person__name", "benefit")) == [
        ("张建国", STIPEND),
        ("李秀英", STIPEND),
    ]


def test_somebody_else_may_be_paid_at_an_account_of_the_list(cast: Cast, home: Household) -> None:
    assert bring(cast, row(payee=WANG, bank="试行银行", account=ACCOUNT)).problems == []
    payee = Entitlement.objects.get().payee
    assert (payee.name, payee.bank_name, decrypt(bytes(payee.bank_account_cipher or b""))) == ("王老五", "试行银行", ACCOUNT)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"person": number(date(1970, 1, 1), 1)}, "“身份证号”：该身份证号尚未登记，请先导入人员名册。"),
        ({"person": WANG}, "“身份证号”：王老五没有登记在任何家庭中，请先导入家庭成员。"),
        ({"name": "张国建"}, "“姓名”：“张国建”与该身份证号登记的姓名不一致，请核对是哪一项填错。"),
        ({"number": "LQ009"}, "“户编号”：户编号“LQ009”尚未登记，请先导入家庭名册。"),
        ({"payee": number(date(1970, 1, 1), 1)}, "“领款人身份证号”：领款人的身份证号尚未登记，请先导入人员名册。"),
        ({"valid_from": "2021-07-15"}, "“享受起始日期”：应为某月 1 日，现在是 2021-07-15。"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(cast: Cast, home: Household, changed: dict[str, str], sentence: str) -> None:
    assert bring(cast, row(**changed)).problems == [f"第 2 行{sentence}"]
    assert Entitlement.objects.count() == 0


def test_an_account_other_than_the_registered_one_is_refused(cast: Cast, home: Household) -> None:
    bring(cast, row(bank="试行银行", account=ACCOUNT))
    other = row(person=LI, payee=ZHANG, account="6222021111000000017")
    assert bring(cast, other).problems == [
        "第 2 行“银行账号”：与张建国已登记的账号不一致，请核对；要更换账号，请先在人员档案中变更。"
    ]


def test_a_payee_who_died_is_named(cast: Cast, home: Household) -> None:
    record_death(person=home.head, died_on=date(2024, 6, 1), source="殡仪馆", actor=cast.reviewer, on=TODAY)
    assert bring(cast, row(person=LI, payee=ZHANG)).problems == [
        "第 2 行“领款人身份证号”：领款人张建国已于 2024-06-01 死亡，请另行指定领款人。"
    ]


def test_nobody_stands_in_the_list_twice(cast: Cast, home: Household) -> None:
    assert bring(cast, row(), row()).problems == ["第 3 行“身份证号”：张建国已在第 2 行的名单中，同一人不能保障两次。"]


def test_a_long_list_asks_no_more_questions_than_a_short_one(cast: Cast, county: County, home: Household) -> None:
    wang = Person.objects.get(name="王老五")
    add_member(household=home, person=wang, relation="other", valid_from=OPENED, actor=cast.clerk, on=TODAY)
    with CaptureQueriesContext(connection) as short:
        assert bring(cast, row()).problems == []
    with CaptureQueriesContext(connection) as longer:
        assert bring(cast, row(person=LI), row(person=WANG)).problems == []
    assert len(longer) <= len(short)  # the first one also begins the series of numbers
