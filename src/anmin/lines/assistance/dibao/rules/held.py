"""What the people of a family hold already; where several programmes are decided together, what was granted before."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.dibao.rules.codes import YES_NO

YES = YES_NO["yes"]


@rule("person", source="《国务院关于进一步健全特困人员救助供养制度的意见》（国发〔2016〕14号）", label="已纳入特困供养")
def already_tekun(o: Operators, holds_tekun: Number) -> Truth:
    return holds_tekun == YES
