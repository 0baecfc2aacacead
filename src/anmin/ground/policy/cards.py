"""A rule as an officer reads it: name and article, the formula in words, the parameters in force with their papers."""

from dataclasses import dataclass

from anmin.ground.policy.parameters import Entry
from anmin.ground.policy.ruleset import Plan, RuleSet
from anmin.ground.policy.vocabulary import ENTITIES, SEVERITIES


@dataclass(frozen=True)
class Card:
    """What an officer needs to check one rule against the law, without reading code."""

    address: str
    label: str
    level: str
    source: str
    since: str
    formula: str
    inputs: tuple[tuple[str, str], ...]
    parameters: tuple[Entry, ...]
    sentence: str = ""
    severity: str = ""


def card_of(rules: RuleSet, name: str, plan: Plan) -> Card:
    """The card of a rule as it stands in the month of the plan."""
    made = rules.rules[name]
    version = made.version_for(plan.month)
    inputs = plan.inputs(made)
    return Card(
        address=f"{rules.address}.{name}",
        label=made.label,
        level=ENTITIES[made.entity],
        source=made.source_for(plan.month),
        since=str(version.since) if version else "",
        formula=rules.formula(made, plan).text,
        inputs=tuple((each, rules.label_of(each, plan.given)) for each in inputs),
        parameters=tuple(plan.given[each].entry for each in inputs if each in plan.given),
        sentence=made.finding.text if made.finding else "",
        severity=SEVERITIES[made.finding.severity] if made.finding else "",
    )
