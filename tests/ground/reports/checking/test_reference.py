"""The reference page names every rule and every severity as the checker does."""

import re

from anmin.ground.reports.checking.vocabulary import RULES, SEVERITIES
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "reference" / "checking.md").read_text(encoding="utf-8")


def test_every_rule_stands_in_the_reference_with_its_title() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| ([\u4e00-\u9fff]+) \| ", PAGE, re.MULTILINE)
    named = dict(RULES) | {severity.value: label for severity, label in SEVERITIES.items()}
    assert dict(rows) == named
