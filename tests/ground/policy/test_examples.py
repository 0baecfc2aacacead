"""Every rule that an officer can open is worked on a family of a worked case, with its numbers."""

import pytest
from django.conf import settings

from anmin.base.periods import Month
from anmin.ground.policy import queries
from anmin.ground.policy.examples import example_of
from anmin.ground.policy.programmes import RULE_SETS

JUNE = Month.parse("2024-06")


@pytest.mark.parametrize("programme", list(RULE_SETS))
def test_every_rule_has_a_worked_family(programme: str) -> None:
    rules = queries.rules(programme, JUNE)
    assert rules
    assert [each.name for each in rules if example_of(settings.POLICY_DIR, programme, each.name) is None] == []


def test_an_example_says_the_formula_in_numbers() -> None:
    made = example_of(settings.POLICY_DIR, "assistance.hardship", "support_due")
    assert made is not None
    assert (made.case, made.who, made.shown) == ("son_supports", "儿子", "500.00元")
    assert made.working == "若（否）则（0.00元），否则（500.00元）"


def test_a_rule_that_no_case_knows_has_none() -> None:
    assert example_of(settings.POLICY_DIR, "assistance.dibao", "no_such_rule") is None
