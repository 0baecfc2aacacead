"""The law as dated data, the rules that reason with it, and the reasons they give. No Django, no tables.

``Parameters`` holds what each figure was and since when that was known; ``RuleSet`` wires the rules of one programme; ``run``
computes every household of a month; ``explain_values`` computes one and says why.
"""

from anmin.ground.policy.batch import Batch, Result, run
from anmin.ground.policy.facts import MISSING, YES_NO, Codes, Fact, Means, Undetermined
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.parameters import Document, Entry, Parameter, Parameters
from anmin.ground.policy.rules import any_of, count_of, finding, maximum_of, rule, total_of
from anmin.ground.policy.ruleset import Plan, RuleSet, UnfitRuleSetError

__all__ = [
    "MISSING", "YES_NO", "Batch", "Codes", "Document", "Entry", "Fact", "Means", "Number", "Operators", "Parameter",
    "Parameters", "Plan", "Result", "RuleSet", "Truth", "Undetermined", "UnfitRuleSetError", "any_of", "count_of", "finding",
    "maximum_of", "rule", "run", "total_of",
]  # fmt: skip
