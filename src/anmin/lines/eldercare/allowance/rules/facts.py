"""What the allowances by age ask: when somebody was born, and whether they are here and found."""

from anmin.ground.policy.facts import Fact
from anmin.lines.eldercare.rules.facts import ELDER, not_registered, yes_no

FACTS: tuple[Fact, ...] = (*ELDER, yes_no("missing_person", "下落不明", "status.missing", not_registered("下落不明")))
"""Every input of the rules of the allowances by age."""
