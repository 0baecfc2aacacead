"""The two uses of the dibao rules: every household of a month at once, and one household with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.batch import Column, run
from anmin.ground.policy.cards import Card, card_of
from anmin.ground.policy.explanation import Explanation, FactIds, explain_values
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import RuleSet
from anmin.ground.policy.vocabulary import OUTCOMES
from anmin.lines.assistance.dibao.rules import amounts, assets, composition, findings, held, income, routes
from anmin.lines.assistance.dibao.rules.codes import ROUTE, SCHOOLING, SEVERITY
from anmin.lines.assistance.dibao.rules.facts import FACTS, DibaoFacts

ADDRESS = "assistance.dibao"

HOUSEHOLD_COLUMNS = (
    "countable_income",
    "covered_persons",
    "base_amount",
    "extras_amount",
)
PERSON_COLUMNS = ("covered", "extra")

RULES = RuleSet(
    ADDRESS,
    label="最低生活保障",
    facts=FACTS,
    modules=(held, composition, income, assets, routes, amounts, findings),
    codes={"student_max_level": SCHOOLING, "property_severity": SEVERITY, "route": ROUTE},
    outputs=("amount", "eligible", "route", "granted", "exempted_income", *HOUSEHOLD_COLUMNS, *PERSON_COLUMNS),
)

PROGRAMME = Programme(
    RULES,
    unit="household",
    route="route",
    routes=ROUTE,
    columns=HOUSEHOLD_COLUMNS,
    publishes={"holds_dibao": "granted"},
    say=lambda made, value: _basis(made, value),
)

OUTCOME = {name: number for number, name in enumerate(OUTCOMES)}


@dataclass(frozen=True)
class Assessments:
    """What the rules say of every household of a month; the rows are those of the facts.

    Where the outcome is ``undetermined`` every other value is 0 and means nothing. ``amount_fen`` is for the household a month.
    """

    month: Month
    known_on: date | None
    outcome: Column
    amount_fen: Ints
    route: Column
    findings: Ints
    covered_persons: Ints
    countable_income_fen: Ints
    base_fen: Ints
    extras_fen: Ints
    person_covered: Bools
    person_extra_fen: Ints
    lacking: Mapping[str, Ints]

    @property
    def eligible(self) -> Bools:
        """Who gets dibao this month."""
        return np.equal(self.outcome, OUTCOME["eligible"])

    @property
    def undetermined(self) -> Bools:
        """Of whom something is missing."""
        return np.equal(self.outcome, OUTCOME["undetermined"])

    def has_finding(self, code: str) -> Bools:
        """Of whom a finding is to be said."""
        return np.greater(np.bitwise_and(self.findings, 1 << FINDINGS.index(code)), 0)

    def finding_codes(self, household: int) -> list[str]:
        """The findings of one household; their sentences come with its explanation."""
        held = int(self.findings[household])
        return [code for place, code in enumerate(FINDINGS) if held >> place & 1]

    @cached_property
    def paid_total_fen(self) -> int:
        """What the month costs."""
        return int(self.amount_fen.sum())


FINDINGS: tuple[str, ...] = tuple(each.name for each in RULES.findings)
"""The codes of the findings; the position is the bit in a column of findings."""

_FINDING_NAMES = {RULES.household_name(each): place for place, each in enumerate(RULES.findings)}


def assess(
    facts: DibaoFacts, month: Month, parameters: Parameters, known_on: date | None = None, *, with_findings: bool = True
) -> Assessments:
    """What each household is due in a month, by the policy in force on its first day as far as it was known on ``known_on``.

    Basis: 民发〔2021〕57号, 苏民规〔2020〕5号. Refuses a month before the first value of a parameter.
    """
    plan = RULES.plan(month, parameters, known_on)
    findings_wanted = list(_FINDING_NAMES) if with_findings else []
    wanted = ["amount", "route", *HOUSEHOLD_COLUMNS, *PERSON_COLUMNS, *findings_wanted]
    result = run(facts.batch(), plan, wanted)
    made, unknown = result.columns, np.flatnonzero(result.undetermined)
    outcome = (made["amount"] > 0).astype(np.int8)
    outcome[result.undetermined] = OUTCOME["undetermined"]
    bits = np.zeros(facts.households, dtype=np.int64)
    for name in findings_wanted:
        bits |= made[name].astype(np.int64) << _FINDING_NAMES[name]
    bits[unknown] = 0
    for name in ("amount", "route", *HOUSEHOLD_COLUMNS):
        made[name][unknown] = 0
    persons = _members(facts.person_offsets, unknown)
    for name in PERSON_COLUMNS:
        made[name][persons] = 0
    return Assessments(
        month=month,
        known_on=known_on,
        outcome=outcome,
        amount_fen=made["amount"],
        route=made["route"].astype(np.int8),
        findings=bits,
        covered_persons=made["covered_persons"],
        countable_income_fen=made["countable_income"],
        base_fen=made["base_amount"],
        extras_fen=made["extras_amount"],
        person_covered=made["covered"],
        person_extra_fen=made["extra"],
        lacking=result.lacking,
    )


def _members(offsets: Ints, households: Ints) -> Ints:
    """The rows of the persons of some households."""
    starts, counts = offsets[households], offsets[households + 1] - offsets[households]
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())


def explain(
    facts: DibaoFacts,
    month: Month,
    parameters: Parameters,
    known_on: date | None = None,
    *,
    members: Sequence[str] = (),
    supporters: Sequence[str] = (),
    fact_ids: FactIds | None = None,
) -> Explanation:
    """Why one household is due what it is due: every step, its article, its parameters, and a paragraph to read aloud.

    ``members`` and ``supporters`` are what the people are to be called. Refuses facts of more than one household: take
    ``facts.one(i)``.
    """
    plan = RULES.plan(month, parameters, known_on)
    who = {"household": ("本户",), "person": tuple(members), "supporter": tuple(supporters)}
    made = explain_values(facts.batch(), plan, who, fact_ids)
    amount, route = made.values["amount"][0], made.values["route"][0]
    if made.lacking or amount is None or route is None:
        outcome, amount, route = "undetermined", None, ROUTE["none"]
    else:
        outcome = "eligible" if amount > 0 else "not_eligible"
    used = {each.address: each for step in made.steps for each in step.parameters}
    explanation = Explanation(
        address=ADDRESS,
        label=RULES.label,
        month=str(month),
        known_on=known_on.isoformat() if known_on else None,
        who=who,
        outcome=outcome,
        amount_fen=amount,
        route=ROUTE.name(route),
        steps=made.steps,
        findings=made.findings,
        lacking=made.lacking,
        assumed=made.assumed,
        parameters=tuple(used[address] for address in sorted(used)),
        values=made.values,
    )
    explanation.paragraph = _paragraph(explanation, month)
    return explanation


def card(name: str, month: Month, parameters: Parameters) -> Card:
    """One rule as an officer reads it: name, article, formula in words, the parameters in force."""
    return card_of(RULES, name, RULES.plan(month, parameters))


def _paragraph(made: Explanation, month: Month) -> str:
    """What a clerk can read to the applicant."""
    if made.outcome == "undetermined":
        needed = "".join(each.sentence for each in made.lacking)
        return f"{month.label}：目前还不能认定。{needed}"
    value = {name: cells[0] or 0 for name, cells in made.values.items() if cells}  # all known, once it is decided
    said = "".join(each.sentence for each in made.findings)
    if made.outcome == "not_eligible":
        return f"{month.label}：经测算，本月不符合最低生活保障条件。{said}"
    return f"{month.label}：{_basis(made, value)}{said}"


def _basis(made: Explanation, value: Mapping[str, int]) -> str:
    """What a granted amount is made of, in words."""
    basis = (
        f"保障对象{value['covered_persons']}人，低保标准每人每月{format_yuan(value['standard'])}元，"
        f"计入的月收入{format_yuan(value['countable_income'])}元。"
    )
    if made.route.startswith("grace"):
        worked = f"本月发放{format_yuan(value['grace_amount'])}元。"
    else:
        worked = f"补差{format_yuan(value['base_amount'])}元"
        if value["extras_amount"]:
            worked += f"，分类增发{format_yuan(value['extras_amount'])}元"
        worked += f"，合计每月{format_yuan(value['amount'])}元。"
    return basis + worked
