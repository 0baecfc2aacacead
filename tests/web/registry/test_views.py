"""Machines of other offices in the browser: the administrator lets them in, the auditor reads, nobody else sees them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.registry import queries
from anmin.ground.registry.models import RegistryClient
from tests.api.registry_stage import by_id, number_of, set_stage
from tests.conftest import TODAY, Cast, County
from tests.web.signed_in import browser_of


def page(answer: Any) -> str:
    return str(answer.content.decode())


def grant(county: County, **changed: Any) -> dict[str, Any]:
    return {
        "name": "县人力资源和社会保障局", "client_id": "hrss.haian", "contact": "", "registers": ["social", "dr"],
        "areas": [county.qutang.pk], "basis": "《社会救助暂行办法》第五条", "purpose": "就业帮扶", "purpose_code": "E",
        "valid_from": "2024-07-01", "valid_until": "2025-06-30", "callback_uri": "", "verification_key": "", **changed,
    }  # fmt: skip


def test_a_machine_is_let_in_and_its_secret_shown_once(cast: Cast, county: County) -> None:
    browser = browser_of(cast.administrator)
    assert "还没有接入外部系统" in page(browser.get("/machines"))
    answer = browser.post("/machines/new", grant(county))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    found = re.search(r"<code>([^<]+)</code>", page(answer))
    assert found is not None
    made = RegistryClient.objects.get()
    assert (made.registers, list(made.areas.all()), made.needs_consent) == (["dr", "social"], [county.qutang], True)

    assert queries.token("hrss.haian", found[1], actor=SYSTEM, now=0, on=TODAY) is not None
    later = page(browser.get("/machines/hrss.haian"))
    assert found[1] not in later
    assert "每次查询须附本人同意" in later
    listed = page(browser.get("/machines"))
    assert "县人力资源和社会保障局" in listed
    assert "曲塘镇" in listed


def test_what_was_typed_stays_with_the_sentence(cast: Cast, county: County) -> None:
    answer = browser_of(cast.administrator).post("/machines/new", grant(county, valid_until="2024-01-01"))
    assert answer.status_code == 422
    assert "授权期限应在三年以内，截止日期不早于起始日期。" in page(answer)
    assert 'value="hrss.haian"' in page(answer)
    assert RegistryClient.objects.count() == 0


def test_a_secret_is_renewed_and_a_machine_put_out(cast: Cast, county: County) -> None:
    browser = browser_of(cast.administrator)
    browser.post("/machines/new", grant(county))
    assert "<code>" in page(browser.post("/machines/hrss.haian/secret"))
    assert browser.post("/machines/hrss.haian/revoke", {"reason": ""}).status_code == 422
    assert browser.post("/machines/hrss.haian/revoke", {"reason": "协议终止"}).status_code == 302
    shown = page(browser.get("/machines/hrss.haian"))
    assert "已撤销" in shown
    assert "2024-07-01，协议终止" in shown
    assert "更换密钥？" not in shown


@pytest.mark.parametrize("who", ["clerk", "leader", "decision_maker"])
def test_others_are_refused(cast: Cast, who: str) -> None:
    browser = browser_of(getattr(cast, who))
    assert browser.get("/machines").status_code == 403
    assert browser.get("/machines/new").status_code == 403
    assert browser.get("/machines/hrss.haian").status_code == 403


def test_the_auditor_reads_without_buttons(cast: Cast, county: County) -> None:
    browser_of(cast.administrator).post("/machines/new", grant(county))
    browser = browser_of(cast.auditor)
    assert "接入系统" not in page(browser.get("/machines"))
    shown = page(browser.get("/machines/hrss.haian"))
    assert "撤销接入" not in shown
    assert browser.post("/machines/hrss.haian/secret").status_code == 403


def test_the_list_asks_the_same_for_one_as_for_many(
    cast: Cast, county: County, django_assert_num_queries: Callable[[int], Any]
) -> None:
    browser = browser_of(cast.administrator)
    for number in range(4):
        browser.post("/machines/new", grant(county, client_id=f"machine-{number}"))
        with django_assert_num_queries(9):
            browser.get("/machines")


def test_what_a_machine_asked_stands_on_its_page(cast: Cast, county: County) -> None:
    stage = set_stage(county, cast)
    stage.machine.found(by_id("UIN", number_of(stage.head)))
    shown = page(browser_of(cast.administrator).get("/machines/hrss.haian"))
    assert "1 项，给出 1 条" in shown
    assert number_of(stage.head) not in shown
