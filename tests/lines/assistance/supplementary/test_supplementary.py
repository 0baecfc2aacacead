"""The low-income population is insured once a year; the insurer's claims come back by file."""

import io
from datetime import date
from zipfile import ZipFile

import pytest

from anmin.base.errors import Refused
from anmin.base.periods import parse_period
from anmin.ground.audit.models import AuditLine
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.indicators import queries as figures
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import decrypt
from anmin.lines.assistance.supplementary import actions, queries
from anmin.lines.assistance.supplementary.models import InsurancePolicy
from tests.conftest import TODAY, Cast, County
from tests.one_off_stage import OneOffStage

pytestmark = pytest.mark.capability("SA-16")

HEADERS = "保单年度,赔案号,身份证号,赔付日期,赔付金额"


@pytest.fixture
def stage(county: County) -> OneOffStage:
    """Two on dibao, one on tekun who was left on the dibao list, one family on the margin next door."""
    made = OneOffStage(county.liuqiao)
    made.family(2)
    single = made.person("陈福根")
    home = made.household(single)
    made.holds(home, single, benefit="assistance.tekun")
    made.holds(home, single)
    neighbour = made.person("邻人", area=county.zoufeng)
    made.holds(made.household(neighbour), neighbour, benefit="assistance.margin")
    return made


def opened(cast: Cast) -> InsurancePolicy:
    return actions.open_policy(
        year=2024,
        number="BD2024001",
        insurer="示例财产保险公司",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        rostered_on=date(2023, 12, 31),
        actor=cast.reviewer,
        on=date(2024, 1, 1),
    )


@pytest.fixture
def policy(cast: Cast, stage: OneOffStage) -> InsurancePolicy:
    return actions.freeze_insured(policy=opened(cast), actor=cast.reviewer, on=date(2024, 1, 2))


def bring(cast: Cast, *rows: str) -> ImportBatch:
    content = "\n".join((HEADERS, *rows)).encode()
    return import_file(form="assistance.supplementary.claims", path=content, name="理赔.csv", actor=cast.reviewer, on=TODAY)


def identity(person: Person) -> str:
    return decrypt(bytes(person.identity_cipher or b""))


def test_everybody_is_insured_once_by_the_first_layer(cast: Cast, policy: InsurancePolicy) -> None:
    assert policy.insured == 4
    assert queries.by_layer(cast.leader, policy) == [("特困", 1), ("低保", 2), ("低保边缘", 1), ("刚性支出困难", 0)]


def test_who_died_before_is_not_insured(cast: Cast, stage: OneOffStage) -> None:
    Person.objects.filter(name="陈福根").update(died_on=date(2023, 12, 31))
    assert actions.freeze_insured(policy=opened(cast), actor=cast.reviewer, on=date(2024, 1, 2)).insured == 3


def test_roster_is_frozen_once_and_not_before_its_day_is_over(cast: Cast, stage: OneOffStage) -> None:
    made = opened(cast)
    with pytest.raises(Refused, match="还没有过完"):
        actions.freeze_insured(policy=made, actor=cast.reviewer, on=date(2023, 12, 31))
    actions.freeze_insured(policy=made, actor=cast.reviewer, on=date(2024, 1, 2))
    with pytest.raises(Refused, match="已于 2024-01-02 冻结"):
        actions.freeze_insured(policy=made, actor=cast.reviewer, on=date(2024, 1, 3))


def test_year_has_one_policy(cast: Cast, policy: InsurancePolicy) -> None:
    with pytest.raises(Refused, match="2024年度的低补保保单已登记"):
        opened(cast)


def test_roster_goes_out_with_full_numbers_and_a_line_in_the_log(cast: Cast, policy: InsurancePolicy) -> None:
    fetched = actions.fetch_roster(policy=policy, actor=cast.reviewer, on=TODAY)
    strings = ZipFile(io.BytesIO(fetched.content)).read("xl/sharedStrings.xml").decode()
    assert identity(Person.objects.get(name="邻人")) in strings
    assert "含完整身份证号" in AuditLine.objects.latest("pk").summary
    with pytest.raises(Refused, match="完整身份证号"):
        actions.fetch_roster(policy=policy, actor=cast.leader, on=TODAY)


def test_claims_come_to_a_loss_ratio(cast: Cast, policy: InsurancePolicy) -> None:
    single, neighbour = (Person.objects.get(name=name) for name in ("陈福根", "邻人"))
    batch = bring(cast, f"2024,PA1,{identity(single)},2024-05-20,300", f"2024,PA2,{identity(neighbour)},2024-06-20,255")
    found = queries.result(cast.leader, policy)
    assert (batch.is_refused, found.claims, found.paid, found.premiums, found.loss_ratio) == (False, 2, 55_500, 60_000, 925)
    assert queries.funding(cast.leader, policy)[-1] == ("海安市级", 60_000)


def test_town_sees_its_own_people_and_claims(cast: Cast, policy: InsurancePolicy) -> None:
    bring(cast, f"2024,PA1,{identity(Person.objects.get(name='陈福根'))},2024-05-20,300")
    found = queries.result(cast.clerk_next_door, policy)
    assert (found.insured, found.claims, found.loss_ratio) == (1, 0, 0)
    assert [each.person.name for each in queries.insured(cast.clerk_next_door, policy)] == ["邻人"]


def test_faulty_claims_are_refused_by_row_and_field(cast: Cast, policy: InsurancePolicy) -> None:
    single = identity(Person.objects.get(name="陈福根"))
    bring(cast, f"2024,PA1,{single},2024-05-20,300")
    batch = bring(
        cast,
        f"2024,PA1,{single},2024-05-20,300",
        f"2023,PA2,{single},2024-05-20,300",
        f"2024,PA3,{single},2023-12-31,300",
        f"2024,PA4,{single},2024-05-20,0",
    )
    assert list(batch.problems) == [
        "第 2 行“赔案号”：这个赔案号已经登记，请勿重复导入。",
        "第 3 行“保单年度”：没有2023年度的低补保参保名册，请先登记保单并冻结名册。",
        "第 4 行“赔付日期”：应在保险起期 2024-01-01 和今天之间。",
        "第 5 行“赔付金额”：应大于零。",
    ]


def test_figures(cast: Cast, policy: InsurancePolicy) -> None:
    bring(cast, f"2024,PA1,{identity(Person.objects.get(name='陈福根'))},2024-05-20,300")

    def value(id: str) -> int | None:
        return figures.figure(cast.leader, f"assistance.supplementary.{id}", parse_period("2024H1"), on=TODAY).value

    assert [value(each) for each in ("persons", "persons.dibao", "claims.cases", "claims.funds")] == [4, 2, 1, 30_000]
