"""What the nursing subsidy asks besides the card: urban or rural hukou, and any other money for care."""

from anmin.ground.policy.facts import Fact, Undetermined
from anmin.lines.disability.rules.codes import HUKOU
from anmin.lines.disability.rules.facts import CARD, JIANGSU, STATE_COUNCIL, not_registered, person, yes_no

FACTS: tuple[Fact, ...] = (
    *CARD,
    person("hukou_kind", "户籍类别", "code", "hukou", Undetermined(JIANGSU, when="open_to"), codes=HUKOU),
    yes_no("care_proof", "有需要长期照护的证明", "care.long_term_proof", not_registered("长期照护证明", JIANGSU), at_entry=True),
    yes_no("care_other_benefit", "享受老年、因公、离休等护理待遇", "care.other_benefit", not_registered("其他护理待遇")),
    person(
        "care_other_amount",
        "老年、因公、离休等护理待遇月金额",
        "CNY/month",
        "care.other_amount",
        Undetermined(STATE_COUNCIL, when="other_care_matters"),
    ),
)
"""Every input of the rules of the nursing subsidy."""
