"""Lists for group decisions as files: nothing is granted by a file, and what is wrong is told by row and field."""

from datetime import date

import pytest

from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.entitlements.actions import decide_group
from anmin.ground.entitlements.models import Entitlement, GroupDecision
from anmin.ground.entitlements.vocabulary import GroupKind
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.actions import open_household, record_death, register_person
from anmin.ground.people.models import Person
from tests.conftest import TODAY, Cast, County

OLD, YOUNG = (make_identity_number(SYNTHETIC_REGION, born, 1) for born in (date(1944, 5, 5), date(1960, 5, 5)))
STRANGER = make_identity_number(SYNTHETIC_REGION, date(1941, 1, 1), 2)
GRANTS, STOPS = "身份证号,姓名,起始月份", "身份证号,姓名,最后发放月份,停发原因"


@pytest.fixture
def people(cast: Cast, county: County) -> dict[str, Person]:
    found = {}
    for name, number in (("张建国", OLD), ("李秀英", YOUNG)):
        person = register_person(
            name=name, identity_number=number, hukou_kind="rural", area=county.liuqiao, actor=cast.reviewer, on=TODAY
        )
        open_household(
            number=f"HA{len(found)}", head=person, area=county.liuqiao, hukou_kind="rural", opened_on=date(2020, 1, 1),
            actor=cast.reviewer, on=TODAY,
        )  # fmt: skip
        found[name] = person
    return found


def brought(cast: Cast, kind: str, header: str, *rows: str) -> ImportBatch:
    content = "\n".join((header, *rows)).encode("utf-8-sig")
    form = f"eldercare.allowance.{kind}"
    return import_file(form=form, path=content, name="名单.csv", actor=cast.reviewer, on=TODAY)


def test_a_list_of_grants_waits_for_a_decision(cast: Cast, people: dict[str, Person]) -> None:
    batch = brought(cast, "grants", GRANTS, f"{OLD},张建国,2024-06-01", f"{YOUNG},李秀英,2024-06-01")
    assert batch.problems == []
    group = GroupDecision.objects.get()
    assert list(group.lines.order_by("pk").values_list("person__name", "outcome")) == [
        ("张建国", "eligible"),
        ("李秀英", "not_eligible"),
    ]
    assert not Entitlement.objects.exists()


def test_a_list_of_stops_ends_the_benefit_once_decided(cast: Cast, people: dict[str, Person]) -> None:
    brought(cast, "grants", GRANTS, f"{OLD},张建国,2024-05-01")
    decide_group(group=GroupDecision.objects.get(), actor=cast.decision_maker, on=TODAY)
    batch = brought(cast, "stops", STOPS, f"{OLD},张建国,2024-06-10,户籍迁出")
    assert batch.problems == []
    decide_group(group=GroupDecision.objects.get(kind=GroupKind.STOP), actor=cast.decision_maker, on=TODAY)
    assert list(Entitlement.objects.values_list("valid_until", "end_reason")) == [(date(2024, 6, 30), "moved")]


def test_what_is_wrong_is_told_by_row_and_field_and_nothing_is_listed(cast: Cast, people: dict[str, Person]) -> None:
    record_death(person=people["李秀英"], died_on=date(2024, 6, 20), source="殡仪馆", actor=cast.reviewer, on=TODAY)
    batch = brought(
        cast, "grants", GRANTS,
        f"{OLD},张建军,2024-06-01", f"{OLD},张建国,2024-06-02", f"{YOUNG},李秀英,2024-06-01", f"{STRANGER},王五,2024-06-01",
    )  # fmt: skip
    assert batch.problems == [
        "第 2 行“姓名”：“张建军”与该身份证号登记的姓名不一致，请核对是哪一项填错。",
        "第 3 行“身份证号”：与第 2 行是同一人，请只保留一行。",
        "第 4 行“身份证号”：李秀英已于 2024-06-20 死亡，不能列入。",
        "第 5 行“身份证号”：该身份证号尚未登记，或不在您的管辖范围内，请先导入人员名册。",
    ]
    assert not GroupDecision.objects.exists()


def test_who_holds_nothing_cannot_be_stopped(cast: Cast, people: dict[str, Person]) -> None:
    batch = brought(cast, "stops", STOPS, f"{OLD},张建国,2024-06-10,死亡")
    assert batch.problems == ["第 2 行“身份证号”：张建国没有正在享受的尊老金，请核对。"]
