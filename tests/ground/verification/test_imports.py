"""A town's list of signed letters becomes consents, or is told what is wrong with it."""

from datetime import date

import pytest

from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import decrypt
from anmin.ground.verification.actions import Letter, record_consent, withdraw_consent
from anmin.ground.verification.models import Consent
from anmin.ground.verification.sources import SOURCES
from tests.conftest import TODAY, Cast, County
from tests.one_off_stage import OneOffStage

pytestmark = pytest.mark.capability("SA-12")

HEAD = "身份证号,姓名,监护人身份证号,签署日期,有效期至,可查询数据"


def identity(person: Person) -> str:
    return decrypt(bytes(person.identity_cipher or b""))


@pytest.fixture
def family(county: County) -> tuple[Person, Person, Person]:
    """A father, his son of ten, and the father's own mother in the next town."""
    stage = OneOffStage(county.liuqiao)
    father, son = stage.person("王大山"), stage.person("王小宝", birth_on=date(2014, 5, 1))
    return father, son, stage.person("陈秀英", area=county.zoufeng)


def bring(cast: Cast, *rows: str) -> ImportBatch:
    content = "\n".join((HEAD, *rows)).encode("gbk")
    return import_file(form="verification.consents", path=content, name="授权书.csv", actor=cast.reviewer, on=TODAY)


def test_letters_of_a_family_and_its_supporter_are_on_record(cast: Cast, family: tuple[Person, Person, Person]) -> None:
    father, son, mother = family
    batch = bring(
        cast,
        f"{identity(father)},,,2024-06-03,,",
        f"{identity(son)},,{identity(father)},2024-06-03,,",
        f"{identity(mother)},,,2024-06-03,2024-09-30,机动车、银行存款",
    )
    assert list(batch.problems) == []
    found = Consent.objects.order_by("id").values_list("person", "signed_as", "signed_by", "valid_until", "sources")
    assert list(found) == [
        (father.pk, "self", father.pk, date(2025, 6, 2), sorted(SOURCES)),
        (son.pk, "guardian", father.pk, date(2025, 6, 2), sorted(SOURCES)),
        (mother.pk, "self", mother.pk, date(2024, 9, 30), ["deposits", "vehicles"]),
    ]


def test_faulty_rows_are_told_and_no_letter_is_on_record(cast: Cast, family: tuple[Person, Person, Person]) -> None:
    father, son, _ = family
    known = "、".join(each.label for each in SOURCES.values())
    batch = bring(
        cast,
        f"{identity(son)},,,2024-06-03,,",
        f"{identity(father)},王小山,,2024-06-03,,",
        f"{identity(father)},,,2024-06-03,,股票账户",
        f"{identity(father)},,,2024-06-03,2024-05-31,",
    )
    assert list(batch.problems) == [
        "第 2 行“签署日期”：王小宝未满18周岁，授权书应当由监护人签署，请填写监护人。",
        "第 3 行“姓名”：“王小山”与该身份证号登记的姓名不一致，请核对是哪一项填错。",
        f"第 4 行“可查询数据”：没有名为“股票账户”的数据源，可填：{known}；不填即全部。",
        "第 5 行“签署日期”：王大山的授权书截止日期2024-05-31早于签署日期2024-06-03，请核对。",
    ]
    assert Consent.objects.count() == 0


def test_a_list_undoes_no_withdrawal(cast: Cast, county: County, family: tuple[Person, Person, Person]) -> None:
    father, _, _ = family
    letter = record_consent(letter=Letter(father, date(2024, 6, 3)), area=county.liuqiao, actor=cast.clerk, on=TODAY)
    withdraw_consent(consent=letter, reason="本人要求", area=county.liuqiao, actor=cast.clerk, on=TODAY)
    batch = bring(cast, f"{identity(father)},,,2024-06-03,,", f"{identity(father)},,,{TODAY},,")
    assert list(batch.problems) == [
        "第 2 行“签署日期”：王大山已于2024-07-01撤回授权，2024-06-03签署的授权书不能再用，请由本人或者监护人重新签署。",
        "第 3 行“签署日期”：王大山已于2024-07-01撤回授权；当日撤回后重新签署的授权书，请在“核对授权书”中单独登记。",
    ]
    assert Consent.objects.count() == 1
