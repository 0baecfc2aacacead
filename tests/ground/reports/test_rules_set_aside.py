"""Who does without a rule of the check says why, and it is kept."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.reports.actions import set_rule_aside
from anmin.ground.reports.models import RuleSetAside
from tests.conftest import TODAY, Cast


def test_rule_is_set_aside_with_its_reason_and_a_line_in_the_log(cast: Cast) -> None:
    kept = set_rule_aside(rule="growth", reason=" 口径\x00\n调整 ", actor=cast.clerk, on=TODAY)
    assert (kept.rule, kept.reason, kept.set_by_id, kept.set_on) == ("growth", "口径 调整", cast.clerk.id, date(2024, 7, 1))
    line = AuditLine.objects.get()
    assert (line.verb, line.summary) == ("report.rule_set_aside", "核数时停用规则“增量与增幅”：口径 调整")
    assert line.details == {"rule": "growth", "reason": "口径 调整"}


@pytest.mark.parametrize(("rule", "reason"), [("growth", "  "), ("nothing", "理由"), ("growth", "长" * 201)])
def test_rule_is_not_set_aside_without_a_reason_or_a_name(cast: Cast, rule: str, reason: str) -> None:
    with pytest.raises(BadValue):
        set_rule_aside(rule=rule, reason=reason, actor=cast.clerk, on=TODAY)
    assert not RuleSetAside.objects.exists()


def test_who_only_keeps_the_accounts_checks_no_texts(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"^核数由业务岗位使用$"):
        set_rule_aside(rule="growth", reason="理由", actor=cast.administrator, on=TODAY)
