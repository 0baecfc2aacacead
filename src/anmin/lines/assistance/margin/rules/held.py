"""What the register says of earlier layers and of the claim; where all layers are decided together, they are reckoned instead."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.dibao.rules.codes import YES_NO
from anmin.lines.assistance.dibao.rules.facts import MEASURES
from anmin.lines.assistance.dibao.rules.held import already_tekun

YES = YES_NO["yes"]


@rule("person", source=MEASURES, label="已享受低保")
def already_dibao(o: Operators, holds_dibao: Number) -> Truth:
    return holds_dibao == YES


@rule("household", source=MEASURES, label="按整户认定")
def claimed_by_family(o: Operators, has_family: Truth) -> Truth:
    return has_family


__all__ = ["already_dibao", "already_tekun", "claimed_by_family"]
