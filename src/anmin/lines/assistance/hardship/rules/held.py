"""What the register says of earlier layers; where all layers are decided together, they are reckoned instead."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.dibao.rules.codes import YES_NO
from anmin.lines.assistance.dibao.rules.facts import MEASURES
from anmin.lines.assistance.margin.rules.held import already_dibao, already_tekun, claimed_by_family

YES = YES_NO["yes"]


@rule("person", source=MEASURES, label="已认定为低保边缘")
def already_margin(o: Operators, holds_margin: Number) -> Truth:
    return holds_margin == YES


__all__ = ["already_dibao", "already_margin", "already_tekun", "claimed_by_family"]
