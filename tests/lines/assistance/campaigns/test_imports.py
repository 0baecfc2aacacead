"""The list of those to be visited comes as a file; each row leads to a campaign and a person, or is told."""

from datetime import date

import pytest

from anmin.base.identity import make_identity_number
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import decrypt
from tests.conftest import TODAY
from tests.lines.assistance.campaigns.conftest import Festival

pytestmark = pytest.mark.capability("SA-10")


def bring(festival: Festival, *rows: str) -> ImportBatch:
    content = "\n".join(("慰问项目,发放事由,身份证号,同时慰问现金", *rows)).encode()
    return import_file(form="assistance.campaigns.visits", path=content, name="名单.csv", actor=festival.cast.reviewer, on=TODAY)


def identity(person: Person) -> str:
    return decrypt(bytes(person.identity_cipher or b""))


def test_patients_of_the_list_are_on_the_roster(festival: Festival) -> None:
    campaign = festival.propose(kind="assistance.dialysis_visit")
    rows = (f"血透患者慰问,2024年春节,{identity(each)},{cash}" for each, cash in zip(festival.couple, ("是", ""), strict=True))
    batch = bring(festival, *rows)
    assert not batch.is_refused
    assert [(row.person_id, row.also_cash) for row in campaign.rows.order_by("id")] == [
        (festival.couple[0].pk, True),
        (festival.couple[1].pk, False),
    ]


def test_faulty_rows_are_told_and_nobody_is_listed(festival: Festival) -> None:
    campaign = festival.propose(kind="assistance.dialysis_visit")
    person = identity(festival.grandson)
    batch = bring(
        festival,
        f"血透患者慰问,2024年春节,{person},否",
        f"血透患者慰问,2024年春节,{person},否",
        f"血透患者慰问,2023年春节,{person},否",
        f"血透患者慰问,2024年春节,{make_identity_number('320699', date(1960, 1, 1), 9)},否",
    )
    assert list(batch.problems) == [
        "第 3 行“身份证号”：王小宝与第 2 行是同一人，每人只列一次。",
        "第 4 行“发放事由”：没有正在拟定的“2023年春节”，请先新建该项慰问，或核对事由的写法。",
        "第 5 行“身份证号”：身份证号尚未登记，请先登记该人。",
    ]
    assert campaign.rows.count() == 0
