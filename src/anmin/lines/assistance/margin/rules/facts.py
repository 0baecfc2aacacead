"""What is asked of a low-income family: dibao's facts about all of it, whoever claims, and what its members hold already."""

from dataclasses import replace

from anmin.ground.policy.facts import YES_NO, Fact, Means, Undetermined
from anmin.lines.assistance.dibao.rules import FACTS as DIBAO_FACTS
from anmin.lines.assistance.dibao.rules.facts import MEASURES

_NAMES = (
    "birth_on", "relation", "absence_reason", "absence_proof", "same_hukou", "legal_duty", "dead", "holds_tekun",
    "income_wage", "income_business", "income_property", "income_pension", "income_farming", "income_pension_central",
    "income_transfer_other", "income_support_received", "assets_financial", "assets_homes", "assets_homes_relocation",
    "assets_vehicles", "assets_company", "disability_grade", "work_status", "schooling_level", "supporter_income",
    "supporter_members", "supporter_dependants", "supporter_court_amount", "supporter_actual_amount", "supporter_exempt",
)  # fmt: skip

_GATES = {"income_matters": "family_means_matter", "supporter_matters": "family_supporter_matters"}


def of_family(fact: Fact) -> Fact:
    """The fact as dibao has it, asked of the whole family."""
    if isinstance(fact.missing, Undetermined) and fact.missing.when in _GATES:
        return replace(fact, missing=Undetermined(fact.missing.source, when=_GATES[fact.missing.when]))
    return fact


def held(name: str, label: str, benefit: str) -> Fact:
    """Whether a person is covered by a benefit; who is on no roster is not."""
    missing = Means(0, MEASURES, "名册中没有在享的记录")
    return Fact(name, "person", label, "code", missing, codes=YES_NO, kind=f"held.{benefit}")


_DIBAO = {fact.name: fact for fact in DIBAO_FACTS}

FAMILY_FACTS: tuple[Fact, ...] = tuple(of_family(_DIBAO[name]) for name in _NAMES)
"""What measures a family's income and property."""

HOLDS_DIBAO = held("holds_dibao", "享受低保", "assistance.dibao")

FACTS: tuple[Fact, ...] = (*FAMILY_FACTS, HOLDS_DIBAO)
"""Every input of the margin rules."""
