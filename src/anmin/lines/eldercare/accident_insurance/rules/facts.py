"""What the lists of insured elders ask: age, hukou, and who is in dibao or tekun (formerly 五保 and 三无)."""

from anmin.ground.policy.facts import Fact
from anmin.lines.eldercare.rules.facts import ELDER, not_registered, yes_no

FACTS: tuple[Fact, ...] = (
    *ELDER,
    yes_no("holds_dibao", "享受低保", "held.assistance.dibao", not_registered("低保")),
    yes_no("holds_tekun", "享受特困供养", "held.assistance.tekun", not_registered("特困供养")),
)
"""Every input of the rules of the lists."""
