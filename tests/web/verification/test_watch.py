"""The standing watch in the browser."""

import pytest

from anmin.ground.verification.actions import open_campaign
from anmin.ground.verification.campaigns import run_campaign
from anmin.ground.verification.declarations import ROLLS, Listed, Roll
from anmin.ground.verification.models import Finding
from anmin.ground.verification.vocabulary import Capacity, Occasion
from tests.checked_families import Checked
from tests.conftest import TODAY, Cast
from tests.web.signed_in import browser_of


@pytest.fixture
def death(checked: Checked, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Finding:
    """Somebody on the roll who is among the dead."""
    gone = checked.person("张桂兰")
    home = checked.family(gone)
    listed = [Listed(gone.pk, home.pk, Capacity.APPLICANT)]
    for name in list(ROLLS):
        monkeypatch.delitem(ROLLS, name)
    monkeypatch.setitem(ROLLS, "assistance.dibao", Roll("assistance.dibao", "低保", lambda on, path: listed, lambda *_: 0))
    checked.deliver("deaths", "姓名,公民身份号码,死亡日期", f"张桂兰,{gone.identity_number},2024-06-01")
    inquiry = open_campaign(occasion=Occasion.WATCH, ground="监测", area=checked.county.county, actor=cast.reviewer, on=TODAY)
    run_campaign(inquiry=inquiry, actor=cast.reviewer, on=TODAY)
    return Finding.objects.get()


@pytest.mark.capability("SA-12")
def test_what_was_found_is_told_with_its_source(death: Finding, checked: Checked, cast: Cast) -> None:
    browser = browser_of(cast.clerk)
    page = browser.get("/verification/watch").content.decode()
    assert [words in page for words in ("张桂兰", "已死亡仍在册", "现在监测")] == [True, True, False]
    assert "现在监测" in browser_of(cast.reviewer).get("/verification/watch").content.decode()
    assert "张桂兰" not in browser_of(cast.clerk_next_door).get("/verification/watch").content.decode()
    assert browser.get("/verification/watch", {"export": "xlsx"}).content.startswith(b"PK")
    told = "有新接收的数据，尚未监测"
    assert told not in browser_of(cast.reviewer).get("/verification/watch").content.decode()
    checked.deliver("prison_terms", "姓名,公民身份号码,类别,开始日期", "王小山,320699198001010016,服刑,2024-06-01")
    assert told in browser_of(cast.reviewer).get("/verification/watch").content.decode()
    assert told not in browser.get("/verification/watch").content.decode()
    assert "没有符合条件的监测发现。" in browser.get("/verification/watch", {"state": "accepted"}).content.decode()
