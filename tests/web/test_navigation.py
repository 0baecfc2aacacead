"""The sidebar: what each role finds in it, and the one page that is marked as the one it is on."""

from datetime import date

import pytest

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from tests.conftest import Cast
from tests.web.signed_in import browser_of


def _marked(actor: Actor, path: str) -> list[str]:
    groups = browser_of(actor).get(path).context["navigation"]
    return [item["label"] for group in groups for item in group["items"] if item["active"]]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "首页"),
        ("/benefits", "各项待遇"),
        ("/benefits/assistance.dibao", "低保在享"),
        ("/benefits/disability.nursing", "护理补贴"),
        ("/benefits/assistance.festival", "各项待遇"),
        ("/low-income", "低收入人口"),
        ("/households", "人员与家庭"),
        ("/payments/recoveries", "资金发放"),
        ("/policy/matrix", "政策标准"),
    ],
)
def test_one_page_is_marked(cast: Cast, path: str, label: str) -> None:
    assert _marked(cast.leader, path) == [label]


def test_lines_of_business_are_groups(cast: Cast) -> None:
    titles = [group["title"] for group in browser_of(cast.leader).get("/").context["navigation"]]
    assert titles[:7] == ["工作台", "社会救助", "信息核对", "养老", "儿童", "残疾人", "待遇与资金"]


def test_who_keeps_the_accounts_is_led_to_no_benefit(cast: Cast) -> None:
    groups = browser_of(cast.administrator).get("/").context["navigation"]
    assert not [item["url"] for group in groups for item in group["items"] if item["url"].startswith("/benefits")]


@pytest.mark.capability("SA-04")
@pytest.mark.parametrize(("today", "name"), [(date(2024, 10, 23), "支出型困难"), (date(2024, 10, 24), "刚性支出困难")])
def test_a_benefit_that_the_law_renamed_bears_the_name_of_the_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, today: date, name: str
) -> None:
    monkeypatch.setattr(clock, "today", lambda: today)
    path = "/benefits/assistance.hardship"
    assert _marked(cast.leader, path) == [name]
    assert f"<title>{name}在享" in browser_of(cast.leader).get(path).content.decode()
    assert "<title>支出型困难在享" in browser_of(cast.leader).get(f"{path}?on=2024-10-01").content.decode()
