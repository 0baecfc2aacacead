"""The draft is read like any other text: what does not add up stands in the way of its issue, a doubt does not."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from anmin.base.errors import Refused
from anmin.base.periods import HalfYear
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.policy.book import use
from anmin.ground.reports import actions, queries
from tests.conftest import Cast, County
from tests.small_register import SmallRegister, standard_of
from tests.web.signed_in import browser_of

pytestmark = [pytest.mark.capability("RP-01"), pytest.mark.django_db]

H1 = HalfYear(2024, 1)
DAY = date(2024, 7, 1)
HEAD = "title: 某市民政局{period}工作总结\nperiod: half_year\nblocks:\n  - sentences:\n      - text: "
WRONG = "全市共有低保对象{assistance.dibao.persons}，其中城市低保对象4人、农村低保对象3人。"
DOUBTED = "全市共有低保对象{assistance.dibao.persons}。上半年开展四个方面工作：宣传、培训、检查。"


@pytest.fixture
def worded(county: County, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Where the county words its report; five persons are in the register."""
    folder = tmp_path / "report"
    folder.mkdir()
    shutil.copy(settings.COUNTY_DIR / "authority.yaml", tmp_path)
    settings.COUNTY_DIR = tmp_path
    with use(standard_of(820)):
        small = SmallRegister()
        small.family(county.liuqiao, 2)
        small.family(county.zoufeng, 3)
        yield folder / "half_year.yaml"


def test_draft_that_does_not_add_up_is_not_issued(worded: Path, cast: Cast) -> None:
    worded.write_text(HEAD + WRONG, encoding="utf-8")
    (finding,) = queries.draft(SYSTEM, H1).findings
    assert "4人+3人=7人" in finding
    with pytest.raises(Refused, match=r"4人\+3人=7人"):
        actions.issue_report(period=H1, actor=cast.leader, on=DAY)


def test_doubt_is_told_and_stands_in_nobodys_way(worded: Path, cast: Cast) -> None:
    worded.write_text(HEAD + DOUBTED, encoding="utf-8")
    draft = queries.draft(SYSTEM, H1)
    assert (draft.findings, len(draft.doubts)) == ((), 1)
    page = browser_of(cast.leader).get("/report?period=2024H1").content.decode()
    assert "核数有疑问，请核对（不影响印发）" in page
    assert actions.issue_report(period=H1, actor=cast.leader, on=DAY).period == "2024H1"
