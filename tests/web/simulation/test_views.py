"""The pages of a simulation: the form says what cannot be, the result is fetched, exported, scoped; nothing is written."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.conftest import Cast, County
from tests.ground.entitlements.test_foresight import DIBAO, Village, hold
from tests.web.signed_in import browser_of

ASKED = {"figure1": "assistance.dibao.standard", "value1": "860", "since": "2024-07", "months": "3"}


@pytest.fixture
def village(county: County) -> Village:
    return Village(county.liuqiao)


def test_the_form_offers_the_figures_with_their_values(cast: Cast) -> None:
    page = browser_of(cast.reviewer).get("/simulation").content.decode()
    assert "最低生活保障标准（现 820.00元/人·月）" in page
    assert "困难残疾人生活补贴比例（占低保标准）·低保以外无固定收入重度残疾（现 100%）" in page
    assert "财产超限的处理方式·企业（现 说明情况）" in page
    assert "还没有测算" in page


@pytest.mark.capability("SA-15")
def test_the_result_says_what_it_would_cost_and_whom_it_would_bring_in(village: Village, cast: Cast) -> None:
    hold(village.family("在享人", income__pension=50_000), DIBAO, "household")
    village.family("将进入", income__pension=84_000)
    browser = browser_of(cast.reviewer)
    page = browser.get("/simulation", ASKED)
    assert page.status_code == 200
    assert 'hx-get="/simulation/result?figure1=assistance.dibao.standard' in page.content.decode()
    result = browser.get("/simulation/result", ASKED).content.decode()
    assert "“最低生活保障标准”自2024年7月起由820.00元/人·月调整为860.00元/人·月" in result
    assert "将进入" in result
    assert "在享人" not in result
    assert "海安市级" in result


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value1": "很多"}, "无法识别"),
        ({"value1": ""}, "请填写调整后的数值"),
        ({"figure1": ""}, "请选择一项要调整的标准"),
        ({"figure2": "assistance.dibao.adult_age"}, "请填写调整后的数值"),
        ({"since": "2024"}, "2024"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Cast, changed: dict[str, str], said: str) -> None:
    answer = browser_of(cast.reviewer).get("/simulation", {**ASKED, **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_workbook_names_who_enters(village: Village, cast: Cast) -> None:
    village.family("将进入", income__pension=84_000)
    answer = browser_of(cast.reviewer).get("/simulation/result", {**ASKED, "export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content))["进入和退出"].values)
    assert rows[1][0] == "进入"
    assert str(rows[1][2]).endswith("将进入")


def test_a_town_reckons_its_own(village: Village, cast: Cast) -> None:
    hold(village.family("在享"), DIBAO, "household")
    assert "曲塘镇" in browser_of(cast.clerk).get("/simulation/result", ASKED).content.decode()
    assert "没有受影响的待遇" in browser_of(cast.clerk_next_door).get("/simulation/result", ASKED).content.decode()


def test_who_only_keeps_the_accounts_is_refused(cast: Cast) -> None:
    browser = browser_of(cast.administrator)
    assert [browser.get(path).status_code for path in ("/simulation", "/simulation/result")] == [403, 403]


def test_the_pages_only_read(village: Village, cast: Cast) -> None:
    hold(village.family("在享"), DIBAO, "household")
    browser = browser_of(cast.reviewer)
    with CaptureQueriesContext(connection) as asked:
        browser.get("/simulation", ASKED)
        browser.get("/simulation/result", ASKED)
    assert {query["sql"].split(maxsplit=1)[0] for query in asked.captured_queries} == {"SELECT"}
    assert len(asked.captured_queries) <= 40
