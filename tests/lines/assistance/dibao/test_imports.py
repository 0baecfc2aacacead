"""The list of those on dibao when the platform starts: loaded whole with the mark of a migration, or refused row by row."""

from datetime import date

import pytest

from anmin.base import clock
from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.accounts.gate import Actor
from anmin.ground.audit.models import AuditLine
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.payments.models import Roll
from anmin.ground.people.actions import add_member, open_household, record_death, register_person
from anmin.ground.people.models import Household, Person
from anmin.lines.assistance.dibao.vocabulary import BENEFIT
from tests.conftest import TODAY, Cast, County

OPENED = date(2020, 1, 1)
HEADERS = "户编号,保障对象代表身份证号,保障方式,保障成员身份证号,复核类别,下次复核日期,审核确认日期,享受起始日期"


def number(born: date, sequence: int) -> str:
    return make_identity_number(SYNTHETIC_REGION, born, sequence)


ZHANG, LI, WANG = (number(date(1955, 3, 12), 1), number(date(1957, 8, 6), 2), number(date(1960, 1, 1), 3))


@pytest.fixture
def home(cast: Cast, county: County) -> Household:
    """张建国 and 李秀英 of 刘桥村; 王老五 is on the register of persons but lives elsewhere."""

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


def bring(actor: Actor, *rows: str) -> ImportBatch:
    content = "\n".join((HEADERS, *rows)).encode("gbk")
    return import_file(form="assistance.dibao.register", path=content, name="低保在享名册.csv", actor=actor, on=TODAY)


def row(**other: str) -> str:
    cells = {
        "number": "LQ001",
        "holder": ZHANG,
        "route": "整户保",
        "members": f"{ZHANG}、{LI}",
        "review_class": "B类",
        "review_due_on": "2024-12-31",
        "decided_on": "2019-06-20",
        "valid_from": "2021-07-01",
    }
    return ",".join({**cells, **other}.values())


@pytest.mark.capability("SA-01")
def test_those_of_the_list_hold_dibao_as_before(cast: Cast, home: Household) -> None:
    batch = bring(cast.administrator, row())
    assert not batch.is_refused
    held = Entitlement.objects.get()
    assert (held.household_id, held.migrated, held.valid_from, held.review_class) == (home.pk, True, date(2021, 7, 1), "B")
    assert (held.holder.name, held.payee.name, held.start_reason) == ("张建国", "张建国", "migrated")
    assert EntitlementMember.objects.filter(entitlement=held).count() == 2


def test_our_rolls_pay_them_from_the_month_that_begins(cast: Cast, home: Household) -> None:
    bring(cast.administrator, row())
    assert Entitlement.objects.get().accounted_from == date(2024, 7, 1)


def test_the_log_says_that_a_list_was_brought_in(cast: Cast, home: Household) -> None:
    bring(cast.administrator, row())
    verbs = list(AuditLine.objects.order_by("-sequence").values_list("verb", flat=True)[:2])
    assert verbs == ["file.imported", "entitlement.migrated"]


def test_a_clerk_may_not_put_anybody_on_dibao_by_a_file(cast: Cast, home: Household) -> None:
    from anmin.base.errors import Refused

    with pytest.raises(Refused, match="您的岗位不能导入这种表格"):
        bring(cast.clerk, row())
    assert Entitlement.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "LQ009"}, "第 2 行“户编号”：户编号“LQ009”尚未登记，请先导入家庭名册。"),
        ({"members": f"{ZHANG}、{WANG}"}, "第 2 行“保障成员身份证号”：王老五不是LQ001户登记的成员，请先导入家庭成员。"),
        ({"members": f"{ZHANG}、{ZHANG}"}, "第 2 行“保障成员身份证号”：同一人填写了两次。"),
        (
            {"members": number(date(1970, 1, 1), 1)},
            "第 2 行“保障成员身份证号”：有保障成员的身份证号尚未登记，请先导入人员名册。",
        ),
        ({"route": "单人保"}, "第 2 行“保障成员身份证号”：单人保只能有一名保障成员，现在填写了2名。"),
        ({"holder": WANG}, "第 2 行“保障对象代表身份证号”：保障对象代表不是该户登记的成员，请核对。"),
        ({"valid_from": "2021-07-15"}, "第 2 行“享受起始日期”：应为某月 1 日，现在是 2021-07-15。"),
        (
            {"valid_from": "2024-08-01"},
            "第 2 行“享受起始日期”：2024-08-01 尚未开始享受；名册只登记系统启用前已在享的家庭，新的请走申请程序。",
        ),
        (
            {"decided_on": "2022-01-01"},
            "第 2 行“审核确认日期”：审核确认日期 2022-01-01 应早于享受起始日期 2021-07-01。",
        ),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(cast: Cast, home: Household, changed: dict[str, str], sentence: str) -> None:
    batch = bring(cast.administrator, row(**changed))
    assert batch.problems == [sentence]
    assert Entitlement.objects.count() == 0


def test_a_wrong_check_digit_is_told_without_the_number(cast: Cast, home: Household) -> None:
    wrong = ZHANG[:-1] + ("1" if ZHANG[-1] != "1" else "2")
    batch = bring(cast.administrator, row(members=wrong))
    assert batch.problem_count == 1
    assert "校验码" in batch.problems[0]
    assert wrong not in batch.problems[0]


def test_nobody_stands_in_the_list_twice(cast: Cast, home: Household) -> None:
    batch = bring(cast.administrator, row(), row())
    assert batch.problems == ["第 3 行“户编号”：与第 2 行是同一户，请只保留一行。"]


def test_the_dead_are_not_on_the_list(cast: Cast, home: Household) -> None:
    record_death(person=home.head, died_on=date(2024, 6, 1), source="殡仪馆", actor=cast.reviewer, on=TODAY)
    batch = bring(cast.administrator, row())
    assert batch.problems[0] == "第 2 行“保障成员身份证号”：张建国已于 2024-06-01 死亡，不能列为保障成员。"


def test_whoever_is_covered_already_is_not_covered_again(cast: Cast, home: Household) -> None:
    bring(cast.administrator, row())
    batch = bring(cast.administrator, row(review_class="A类"))
    assert batch.problems == [
        "第 2 行“保障成员身份证号”：张建国已在享受最低生活保障，不能重复登记。",
        "第 2 行“保障成员身份证号”：李秀英已在享受最低生活保障，不能重复登记。",
    ]


@pytest.mark.capability("SA-01")
def test_nobody_gets_onto_dibao_by_a_list_once_the_rolls_have_begun(cast: Cast, home: Household) -> None:
    Roll.objects.create(
        benefit=BENEFIT,
        month="2024-06",
        state="approved",
        generated_on=TODAY,
        known_at=clock.instant(TODAY),
        pay_on=TODAY,
        rules_version="1",
    )

    assert (bring(cast.administrator, row()).problems, Entitlement.objects.count()) == (
        ["系统已开始发放（2024年6月名册已审批），在享名册只在系统启用前导入；此后新增一律走申请程序。"],
        0,
    )
