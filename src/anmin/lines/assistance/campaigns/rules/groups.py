"""Who belongs to the groups that a campaign is for; somebody in several of them is still one person."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.assistance.campaigns.rules.facts import FROZEN, YES

ONCE = "按人发放，同时属于多类对象的只发一份"


@rule("person", source=FROZEN, label="所属发放类别数", unit="count")
def groups(
    o: Operators,
    holds_dibao: Number,
    holds_tekun: Number,
    holds_margin: Number,
    holds_orphan_stipend: Number,
    holds_unattended_stipend: Number,
    groups_dibao: Number,
    groups_tekun: Number,
    groups_margin: Number,
    groups_orphan: Number,
    groups_unattended: Number,
) -> Number:
    return (
        o.either(holds_dibao == YES, groups_dibao, 0)
        + o.either(holds_tekun == YES, groups_tekun, 0)
        + o.either(holds_margin == YES, groups_margin, 0)
        + o.either(holds_orphan_stipend == YES, groups_orphan, 0)
        + o.either(holds_unattended_stipend == YES, groups_unattended, 0)
    )


@finding(
    "person",
    severity="info",
    source=ONCE,
    label="多类对象只发一份",
    sentence="{who}同时属于多类发放对象，只发一份。",
)
def in_several_groups(o: Operators, eligible: Truth, groups: Number) -> Truth:
    return eligible & (groups >= 2)


@finding(
    "person",
    severity="block",
    source=FROZEN,
    label="不属于发放对象",
    sentence="{who}在截止日不享受所列各项保障，不列入发放。",
)
def in_no_group(o: Operators, on_roster: Number, groups: Number) -> Truth:
    return (on_roster == YES) & (groups == 0)
