"""One application, every layer: tekun, dibao, margin, hardship; with the reasons why the earlier ones did not hold.

The same rules as each programme's own; only what an earlier layer took is reckoned here instead of read from the register.
"""

from collections.abc import Mapping
from dataclasses import replace

from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.facts import Fact, Undetermined
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.assistance.dibao.rules import FACTS as DIBAO_FACTS
from anmin.lines.assistance.dibao.rules import ROUTE, amounts, assets, composition, income, routes
from anmin.lines.assistance.dibao.rules import findings as dibao_findings
from anmin.lines.assistance.dibao.rules.codes import SCHOOLING, SEVERITY
from anmin.lines.assistance.hardship.rules import FACTS as HARDSHIP_FACTS
from anmin.lines.assistance.hardship.rules import recognised as hardship
from anmin.lines.assistance.margin.rules import family
from anmin.lines.assistance.margin.rules import recognised as margin
from anmin.lines.assistance.recognition.rules import layers
from anmin.lines.assistance.recognition.rules.codes import LAYER
from anmin.lines.assistance.tekun.rules import CODES as TEKUN_CODES
from anmin.lines.assistance.tekun.rules import FACTS as TEKUN_FACTS
from anmin.lines.assistance.tekun.rules import MODULES as TEKUN_MODULES

ADDRESS = "assistance.recognition"

_MEANS = {"income_matters", "tekun_means_matter", "family_means_matter"}
_SUPPORTERS = {"supporter_matters", "supporter_means_matter", "family_supporter_matters"}
_RECKONED = {"holds_dibao", "holds_margin"}


def _asked(fact: Fact) -> Fact:
    """The fact with a gate that asks it of whomever any layer asks; where somebody is supported is not part of a claim here."""
    if fact.name == "support_claim":
        return replace(fact, kind="")
    if isinstance(fact.missing, Undetermined) and fact.missing.when in _MEANS:
        return replace(fact, missing=Undetermined(fact.missing.source, when="layer_means_matter"))
    if isinstance(fact.missing, Undetermined) and fact.missing.when in _SUPPORTERS:
        return replace(fact, missing=Undetermined(fact.missing.source, when="layer_supporter_matters"))
    return fact


_FACTS = {fact.name: fact for fact in (*TEKUN_FACTS, *HARDSHIP_FACTS, *DIBAO_FACTS)}

FACTS: tuple[Fact, ...] = tuple(_asked(fact) for fact in _FACTS.values() if fact.name not in _RECKONED)

RULES = RuleSet(
    ADDRESS,
    label="分类认定",
    facts=FACTS,
    modules=(
        composition, income, assets, routes, amounts, dibao_findings, *TEKUN_MODULES, family, margin, hardship, layers,
    ),
    codes={**TEKUN_CODES, "student_max_level": SCHOOLING, "property_severity": SEVERITY, "route": ROUTE, "layer": LAYER},
    outputs=(
        "layer", "in_layer", "tekun_amount", "tekun_route", "care_grade", "funeral_amount", "amount", "route", "extra",
        "exempted_income", "margin_persons", "hardship_persons",
    ),
    includes=("assistance.dibao", "assistance.tekun", "assistance.hardship"),
)  # fmt: skip


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """The layer in a sentence."""
    return f"认定为{LAYER[made.route].label}。"


PROGRAMME = Programme(
    RULES,
    unit="person",
    eligible="in_layer",
    amount="",
    route="layer",
    routes=LAYER,
    columns=("granted", "tekun_amount"),
    say=said,
)

__all__ = ["ADDRESS", "FACTS", "LAYER", "PROGRAMME", "RULES"]
