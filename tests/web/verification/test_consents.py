"""Letters of consent in the browser: listed, recorded for a family, printed blank, withdrawn."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from anmin.base.identity import make_identity_number
from anmin.base.names import match_key
from anmin.ground.people.models import Household, HouseholdMember, Person, Supporter
from anmin.ground.verification.actions import Letter, record_consent, withdraw_consent
from anmin.ground.verification.models import Consent
from tests.api.registry_stage import make_person, number_of
from tests.conftest import TODAY, Cast, County
from tests.small_register import SmallRegister
from tests.web.signed_in import browser_of

JUNE = date(2024, 6, 1)


def sign(cast: Cast, person: Person, signed_on: date = JUNE) -> Consent:
    return record_consent(letter=Letter(person=person, signed_on=signed_on), area=person.area, actor=cast.reviewer, on=TODAY)


@pytest.fixture
def family(county: County) -> Household:
    """A mother, her child of ten, and a son elsewhere who owes her support."""
    register = SmallRegister()
    mother, child, son = (register.person(area) for area in (county.liuqiao, county.liuqiao, county.county))
    Person.objects.filter(pk=child.pk).update(birth_on=date(2014, 1, 1), name="小明", name_key=match_key("小明"))
    home = Household.objects.create(
        number="HA000001", head=mother, area=county.liuqiao, hukou_kind="rural", opened_on=date(2020, 1, 1), address="一组1号"
    )
    since = {"valid_from": date(2020, 1, 1), "recorded_at": "2024-01-01T00:00:00+08:00"}
    for person, relation in ((mother, "head"), (child, "child")):
        HouseholdMember.objects.create(household=home, person=person, relation=relation, counted=True, **since)
    Supporter.objects.create(dependant=mother, obligor=son, duty="child", **since)
    return home


def people_of(home: Household) -> tuple[Person, Person, Person]:
    child = HouseholdMember.objects.get(household=home, relation="child").person
    return home.head, child, Supporter.objects.get(dependant=home.head).obligor


@pytest.mark.capability("SA-12")
def test_whole_family_is_recorded_at_once_and_the_guardian_signs_for_the_child(family: Household, cast: Cast) -> None:
    mother, child, son = people_of(family)
    scan = SimpleUploadedFile("授权书.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    answer = browser_of(cast.clerk).post(
        f"/verification/consents/families/{family.pk}",
        {
            "signed_on": "2024-06-28", "valid_until": "", "every": "on", "file": scan,
            f"sign_{mother.pk}": "on", f"sign_{child.pk}": "on", f"sign_{son.pk}": "on", f"guardian_{child.pk}": str(mother.pk),
        },
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, "/verification/consents")
    letters = list(Consent.objects.order_by("id"))
    assert [(each.person, each.signed_as, each.signed_by, each.valid_until) for each in letters] == [
        (mother, "self", mother, date(2025, 6, 27)),
        (child, "guardian", mother, date(2025, 6, 27)),
        (son, "self", son, date(2025, 6, 27)),
    ]
    assert len({each.document_id for each in letters}) == 1
    assert "授权书.pdf" in browser_of(cast.clerk).get(f"/verification/consents/{letters[1].pk}").content.decode()


def test_a_guardian_who_lives_elsewhere_signs_by_identity_number(family: Household, cast: Cast, county: County) -> None:
    _, child, _ = people_of(family)
    aunt = make_person(county.baidian, "卢德才", date(1955, 1, 31), 55)
    path = f"/verification/consents/families/{family.pk}"
    page = browser_of(cast.clerk)
    form = {"signed_on": "2024-06-28", "every": "on", f"sign_{child.pk}": "on", f"guardian_{child.pk}": "other"}
    for number, sentence in (
        ("", "小明由其他监护人代签，请填写监护人的身份证号。"),
        (make_identity_number("320699", date(1990, 1, 1), 1), "系统中没有这一身份证号的监护人"),
        ("12345", "身份证号"),
    ):
        answer = page.post(path, {**form, "other_guardian": number})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Consent.objects.exists()
    assert page.post(path, {**form, "other_guardian": number_of(aunt)}).status_code == 302
    letter = Consent.objects.get()
    assert (letter.person, letter.signed_as, letter.signed_by) == (child, "guardian", aunt)


def test_who_withdrew_is_not_ticked_for_a_new_letter(family: Household, cast: Cast, county: County) -> None:
    mother, _, _ = people_of(family)
    path, page = f"/verification/consents/families/{family.pk}", browser_of(cast.clerk)
    box = f'id="id_sign_{mother.pk}"'
    assert (f"{box} checked" in page.get(path).content.decode(), "已撤回" in page.get(path).content.decode()) == (True, False)
    letter = record_consent(letter=Letter(mother, TODAY), area=mother.area, actor=cast.clerk, on=TODAY)
    withdraw_consent(consent=letter, reason="本人要求", area=mother.area, actor=cast.clerk, on=TODAY)
    shown = page.get(path).content.decode()
    assert (f"{box} checked" in shown, "已撤回" in shown) == (False, True)


def test_one_refusal_keeps_nothing_and_says_whose_it_is(family: Household, cast: Cast) -> None:
    mother, child, _ = people_of(family)
    answer = browser_of(cast.clerk).post(
        f"/verification/consents/families/{family.pk}",
        {"signed_on": "2024-06-28", "every": "on", f"sign_{mother.pk}": "on", f"sign_{child.pk}": "on"},
    )
    assert answer.status_code == 422
    assert "小明未满18周岁，授权书应当由监护人签署，请填写监护人。" in answer.content.decode()
    assert not Consent.objects.exists()


def test_nobody_and_nothing_chosen_is_told_at_once(family: Household, cast: Cast) -> None:
    answer = browser_of(cast.clerk).post(f"/verification/consents/families/{family.pk}", {"signed_on": "2024-06-28"})
    page = answer.content.decode()
    assert "请至少勾选一名签署授权书的人员。" in page
    assert "请至少选择一项授权查询的数据" in page


def test_blank_letter_names_everybody_who_has_to_sign(family: Household, cast: Cast) -> None:
    browser = browser_of(cast.clerk)
    page = browser.get(f"/verification/consents/families/{family.pk}/letter").content.decode()
    assert [name in page for name in (family.head.name, "小明", people_of(family)[2].name, "（监护人代签）")] == [True] * 4
    word = browser.get(f"/verification/consents/families/{family.pk}/letter", {"format": "docx"})
    assert word.content.startswith(b"PK\x03\x04")


def test_letter_is_withdrawn_with_a_reason_once(family: Household, cast: Cast) -> None:
    letter = sign(cast, family.head)
    browser = browser_of(cast.clerk)
    address = f"/verification/consents/{letter.pk}"
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "本人书面撤回"}).status_code == 302
    page = browser.get(address).content.decode()
    assert "本人书面撤回" in page
    assert "撤回授权</h2>" not in page
    assert "已授权" not in page
    assert "该授权书已于2024-07-01撤回。" in browser.post(address, {"reason": "再次"}).content.decode()


def test_list_is_narrowed_and_exported(family: Household, cast: Cast, county: County) -> None:
    mother, child, _ = people_of(family)
    sign(cast, mother)
    record_consent(
        letter=Letter(person=child, signed_on=date(2023, 7, 10), signed_by=mother, sources=("vehicles",)),
        area=child.area, actor=cast.reviewer, on=TODAY,
    )  # fmt: skip
    browser = browser_of(cast.reviewer)
    shown = [
        "小明" in browser.get("/verification/consents", asked).content.decode()
        for asked in ({}, {"state": "expiring"}, {"state": "in_force"}, {"town": county.baidian.path}, {"text": "小明"})
    ]
    assert shown == [True, True, False, False, True]
    book = load_workbook(BytesIO(browser.get("/verification/consents", {"text": "小明", "export": "xlsx"}).content))
    rows = list(book[book.sheetnames[0]].values)
    assert rows[1][:6] == ("小明", child.identity_mask, "曲塘镇", "刘桥村", f"监护人{mother.name}", "机动车")


def test_neighbours_see_neither_letters_nor_family(family: Household, cast: Cast) -> None:
    letter = sign(cast, family.head)
    stranger = browser_of(cast.clerk_next_door)
    paths = (
        f"/verification/consents/{letter.pk}",
        f"/verification/consents/families/{family.pk}",
        f"/verification/consents/families/{family.pk}/letter",
    )
    assert [stranger.get(path).status_code for path in paths] == [404, 404, 404]
    assert family.head.name not in stranger.get("/verification/consents").content.decode()


def test_who_only_reads_records_nothing(family: Household, cast: Cast) -> None:
    letter = sign(cast, family.head)
    browser = browser_of(cast.leader)
    assert browser.get(f"/verification/consents/families/{family.pk}").status_code == 403
    assert "撤回授权</h2>" not in browser.get(f"/verification/consents/{letter.pk}").content.decode()
    assert browser.post(f"/verification/consents/{letter.pk}", {"reason": "不"}).status_code == 422
    assert browser_of(cast.administrator).get("/verification/consents").status_code == 403


def test_family_is_found_by_name(family: Household, cast: Cast) -> None:
    page = browser_of(cast.clerk).get("/verification/consents/new", {"text": "HA000001"}).content.decode()
    assert f"/verification/consents/families/{family.pk}/letter" in page
    assert "没有找到" in browser_of(cast.clerk_next_door).get("/verification/consents/new", {"text": "HA000001"}).content.decode()


def test_pages_ask_the_same_of_one_letter_as_of_many(family: Household, cast: Cast, county: County) -> None:
    register = SmallRegister()
    browser = browser_of(cast.reviewer)
    counts = []
    for number in (1, 6):
        for _ in range(number):
            sign(cast, register.person(county.sunzhuang))
        asked_of = []
        for path in ("/verification/consents", f"/verification/consents/families/{family.pk}"):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            asked_of.append(len(asked.captured_queries))
        counts.append(asked_of)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20
