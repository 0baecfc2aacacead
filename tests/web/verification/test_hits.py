"""The queue of doubtful matches in the browser."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from anmin.ground.people import secrecy
from anmin.ground.verification.models import Finding, Hit
from tests.checked_families import Checked
from tests.conftest import Cast
from tests.web.signed_in import browser_of

QUEUE = "/verification/queue"


def doubtful(checked: Checked, name: str = "张桂兰", year: int = 1957) -> Hit:
    """A car of somebody of that name and birthday, whose number has another digit; nobody has looked yet."""
    owner = checked.person(name, born=date(year, 3, 1))
    inquiry = checked.inquiry(checked.family(owner))
    number = owner.identity_number or ""
    # Never a nought there: a number that ends in three is taken for one that a spreadsheet has cut off.
    other = number[:-2] + str(int(number[-2]) % 9 + 1) + number[-1]
    cars = checked.cars((name, other, f"苏F{owner.pk:05d}"))
    row = {"row": 2, "name": name, "identity_number": other, "plate": f"苏F{owner.pk:05d}", "vehicle_kind": "小型轿车"}
    return Hit.objects.create(
        inquiry=inquiry,
        person=owner,
        source="vehicles",
        extract=cars,
        row=2,
        tier="queue",
        points=120,
        levels={"name": [1, 80], "number": [5, 40], "birth": [5, 0], "sex": [3, 0], "village": [0, 0], "telephone": [0, 0]},
        delivered_cipher=secrecy.encrypt(json.dumps(row)),
    )


@pytest.mark.capability("SA-12")
def test_record_of_the_person_becomes_a_finding(checked: Checked, cast: Cast) -> None:
    hit = doubtful(checked)
    browser = browser_of(cast.clerk)
    page = browser.get(QUEUE).content.decode()
    assert [
        words in page
        for words in ("张桂兰", f"苏F{hit.person_id:05d}", "身份证号码有一位不同，校验码不符", hit.person.identity_mask)
    ] == [True] * 4
    answer = browser.post(f"{QUEUE}/{hit.pk}?source=vehicles", {"is_person": "yes", "reason": "住址、出生日期一致。"})
    assert answer["Location"] == f"{QUEUE}?source=vehicles"
    hit.refresh_from_db()
    assert (hit.tier, hit.identified_by_id, hit.identified_because) == ("B", cast.clerk.id, "住址、出生日期一致。")
    assert Finding.objects.get().kind == "undeclared_vehicle"
    assert "没有待辨认的记录" in browser.get(QUEUE).content.decode()


def test_record_of_a_namesake_says_nothing_more(checked: Checked, cast: Cast) -> None:
    hit = doubtful(checked)
    browser_of(cast.reviewer).post(f"{QUEUE}/{hit.pk}", {"is_person": "no", "reason": "同名，不住本村。"})
    assert (Hit.objects.get().tier, Finding.objects.count()) == ("no", 0)


def test_answer_without_a_reason_comes_back_at_its_match(checked: Checked, cast: Cast) -> None:
    hit = doubtful(checked)
    answer = browser_of(cast.clerk).post(f"{QUEUE}/{hit.pk}", {"is_person": "yes", "reason": ""})
    assert (answer.status_code, Hit.objects.get().tier) == (422, "queue")
    assert answer.context["cards"][0]["form"].errors == {"reason": ["这个字段是必填项。"]}


def test_others_see_or_decide_nothing(checked: Checked, cast: Cast) -> None:
    hit = doubtful(checked)
    assert browser_of(cast.clerk_next_door).post(f"{QUEUE}/{hit.pk}", {"is_person": "no", "reason": "x"}).status_code == 404
    assert "张桂兰" not in browser_of(cast.clerk_next_door).get(QUEUE).content.decode()
    auditor = browser_of(cast.auditor)
    assert "hit-form" not in auditor.get(QUEUE).content.decode()
    assert auditor.post(f"{QUEUE}/{hit.pk}", {"is_person": "no", "reason": "x"}).status_code == 422


def test_queue_is_narrowed_exported_and_asks_a_fixed_number_of_questions(checked: Checked, cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    counts = []
    for names in ({"张桂兰": 1940}, {"李秀英": 1962, "王国强": 1981}):
        for name, year in names.items():
            doubtful(checked, name, year)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(QUEUE).status_code == 200
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 20
    shown = [browser.get(QUEUE, asked).context["total"] for asked in ({"text": "李秀"}, {"source": "deposits"}, {})]
    assert shown == [1, 0, 3]
    book = load_workbook(BytesIO(browser.get(QUEUE, {"text": "李秀", "export": "xlsx"}).content))
    rows = list(book[book.sheetnames[0]].values)
    assert [row[0] for row in rows] == ["姓名", "李秀英"]


@pytest.mark.capability("SA-12")
def test_who_said_whose_it_is_stands_there_and_is_looked_at_again(checked: Checked, cast: Cast) -> None:
    hit = doubtful(checked)
    browser = browser_of(cast.clerk)
    browser.post(f"{QUEUE}/{hit.pk}", {"is_person": "no", "reason": "车主住海门。"})
    page = browser.get(f"{QUEUE}/looked-at").content.decode()
    assert [words in page for words in ("不是本人", "2024年7月1日由王经办辨认：车主住海门。", "恢复待辨认")] == [True] * 3
    book = load_workbook(BytesIO(browser.get(f"{QUEUE}/looked-at?export=xlsx").content))
    assert "不是本人" in [cell.value for cell in list(book.active.rows)[-1]]  # type: ignore[union-attr]  # a book with one sheet
    assert browser.post(f"{QUEUE}/{hit.pk}/again", {"reason": ""}).status_code == 422
    assert browser.post(f"{QUEUE}/{hit.pk}/again", {"reason": "看错了。"})["Location"] == QUEUE
    hit.refresh_from_db()
    assert (hit.tier, hit.identified_by_id) == ("queue", None)
    assert "还没有辨认过的记录" in browser.get(f"{QUEUE}/looked-at").content.decode()
    answer = browser.post(f"{QUEUE}/{hit.pk}/again", {"reason": "看错了。"}, follow=True)
    assert "该记录还没有人辨认，不必重新辨认，请刷新后再看。" in answer.content.decode()
