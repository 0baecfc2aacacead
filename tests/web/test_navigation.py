"""The sidebar: what each role finds in it, and the one page that is marked as the one it is on."""

import pytest

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
