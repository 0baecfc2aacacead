"""A programme: a set of rules with the names of what it decides; its two uses, for everybody at once and for one with reasons.

What is decided is decided of households (`unit="household"`) or of persons. Nothing is decided of whom something is missing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.policy.batch import Batch, Column, Result, run
from anmin.ground.policy.explanation import Explained, Explanation, FactIds, explain_values
from anmin.ground.policy.facts import MISSING, Codes, Fact
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import LEVELS, LIFTED, Plan, RuleSet
from anmin.ground.policy.vocabulary import OUTCOMES

OUTCOME = {name: number for number, name in enumerate(OUTCOMES)}

Engine = Callable[[Batch, Plan, Collection[str]], Result]
"""Gives the wanted values of every household, as `batch.run` does."""

Say = Callable[[Explanation, Mapping[str, int]], str]
"""Puts the basis of a granted benefit into words, from the explanation and its values (a person's own, where one is meant)."""


@dataclass(frozen=True)
class Programme:
    """What a set of rules decides, and under which names its values say so.

    `eligible` holds for whom it is granted; `amount` is the fen of a month, blank for what is recognised without money; `route`
    says by which way, by the codes of `routes`. `columns` are further values of the unit's level to keep. `publishes` says which
    facts of later programmes the values of this one are, where all are decided in one go.
    """

    rules: RuleSet
    unit: Literal["household", "person"] = "household"
    eligible: str = "eligible"
    amount: str = "amount"
    route: str = ""
    routes: Codes | None = None
    columns: tuple[str, ...] = ()
    publishes: Mapping[str, str] = field(default_factory=dict)
    say: Say | None = None

    @property
    def address(self) -> str:
        return self.rules.address

    @property
    def label(self) -> str:
        return self.rules.label

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The names of all values that are kept, once each."""
        named = (self.eligible, self.amount, self.route, *self.columns, *self.publishes.values())
        return tuple(dict.fromkeys(name for name in named if name))

    @cached_property
    def finding_names(self) -> Mapping[str, str]:
        """The name of each finding on the level of the unit, by the name under which it is declared."""
        return {each.name: _on_unit(each.name, each.entity, self.unit) for each in self.rules.findings}

    @cached_property
    def inputs(self) -> Mapping[str, Fact]:
        """The facts it asks, by name."""
        return self.rules.facts


@dataclass(frozen=True)
class Assessed:
    """What a programme says of every unit of a month; the rows are those of the unit's level in the batch.

    Where the outcome is ``undetermined`` every other value is 0 and means nothing.
    """

    programme: Programme
    month: Month
    known_on: date | None
    outcome: Column
    amount: Column
    route: Column
    columns: Mapping[str, Column]
    findings: Mapping[str, Bools]
    lacking: Mapping[str, Ints]

    @property
    def eligible(self) -> Bools:
        """To whom it is granted."""
        return np.equal(self.outcome, OUTCOME["eligible"])

    @property
    def undetermined(self) -> Bools:
        """Of whom something is missing."""
        return np.equal(self.outcome, OUTCOME["undetermined"])

    def finding_codes(self, row: int) -> list[str]:
        """The findings about one unit; their sentences come with its explanation."""
        return [name for name, held in self.findings.items() if held[row]]


def assess(
    programme: Programme,
    batch: Batch,
    month: Month,
    parameters: Parameters,
    known_on: date | None = None,
    *,
    with_findings: bool = False,
    engine: Engine = run,
    plan: Plan | None = None,
) -> Assessed:
    """What is decided of each unit in a month, by the policy in force on its first day as far as known on ``known_on``.

    Another ``engine`` gives the same columns by other means; a ``plan`` of the month that is at hand need not be made again.
    Refuses a month before the first value of a parameter.
    """
    plan = plan or programme.rules.plan(month, parameters, known_on)
    asked, findings = asked_of(programme, plan, with_findings=with_findings)
    result = engine(batch, plan, asked)
    open_question = _undetermined(programme, batch, month, result)
    made = {name: _decided(result.columns[name], name, programme, batch, open_question) for name in asked}
    outcome = made[programme.eligible].astype(np.int8)
    outcome[open_question] = OUTCOME["undetermined"]
    nothing = np.zeros(len(outcome), dtype=np.int64)
    kept = {*programme.columns, *programme.publishes.values()}
    return Assessed(
        programme,
        month,
        known_on,
        outcome,
        made[programme.amount].astype(np.int64) if programme.amount else nothing,
        made[programme.route].astype(np.int64) if programme.route else nothing,
        {name: made[name] for name in programme.values if name in kept},
        {name: made[lifted].astype(np.bool_) for name, lifted in findings.items()},
        result.lacking,
    )


def asked_of(programme: Programme, plan: Plan, *, with_findings: bool) -> tuple[list[str], dict[str, str]]:
    """The values that are asked of the rules of a month, and the findings among them on the level of the unit."""
    in_force = {each.name for each in plan.order}
    findings = {name: lifted for name, lifted in programme.finding_names.items() if with_findings and name in in_force}
    return [name for name in (*programme.values, *findings.values()) if name in programme.rules.rules], findings


def explain(
    programme: Programme,
    batch: Batch,
    month: Month,
    parameters: Parameters,
    known_on: date | None = None,
    *,
    row: int = 0,
    members: Sequence[str] = (),
    supporters: Sequence[str] = (),
    fact_ids: FactIds | None = None,
) -> Explanation:
    """Why one household, or the ``row``-th person of it, gets what it gets: every step, its article, its parameters, a paragraph.

    ``members`` and ``supporters`` are what the people are to be called. Refuses facts of more than one household.
    """
    return explain_each(
        programme,
        batch,
        month,
        parameters,
        known_on,
        rows=[row],
        members=members,
        supporters=supporters,
        fact_ids=fact_ids,
    )[0]


def explain_each(
    programme: Programme,
    batch: Batch,
    month: Month,
    parameters: Parameters,
    known_on: date | None = None,
    *,
    rows: Sequence[int],
    members: Sequence[str] = (),
    supporters: Sequence[str] = (),
    fact_ids: FactIds | None = None,
) -> list[Explanation]:
    """As `explain`, for several persons of one household, whose facts are worked through once."""
    plan = programme.rules.plan(month, parameters, known_on)
    who = {"household": ("本户",), "person": tuple(members), "supporter": tuple(supporters)}
    made = explain_values(batch, plan, who, fact_ids, member_by_member=programme.unit == "person")
    open_question = _undetermined(programme, batch, month, run(batch, plan, programme.values))
    chosen = rows if programme.unit == "person" else [0] * len(rows)
    return [_explained(programme, batch, month, known_on, who, made, row, bool(open_question[row])) for row in chosen]


def _explained(
    programme: Programme,
    batch: Batch,
    month: Month,
    known_on: date | None,
    who: Mapping[str, tuple[str, ...]],
    made: Explained,
    row: int,
    open_question: bool,
) -> Explanation:
    rules = programme.rules
    mine = _rows_of(programme, batch, row)
    values = {
        name: cells[mine[rules.entity_of(name)][0]]
        for name, cells in made.values.items()
        if cells and mine[rules.entity_of(name)] and rules.entity_of(name) in {"month", "household", programme.unit}
    }
    eligible = values.get(programme.eligible)
    outcome = "undetermined" if open_question or eligible is None else "eligible" if eligible else "not_eligible"
    amount = values.get(programme.amount) if programme.amount and outcome != "undetermined" else None
    code = values.get(programme.route) if programme.route and outcome == "eligible" else 0
    names = {name: LEVELS.index(rules.entity_of(name.partition("@")[0])) for name in (each.step for each in made.findings)}
    used = {each.address: each for step in made.steps for each in step.parameters}
    explanation = Explanation(
        address=programme.address,
        label=programme.label,
        month=str(month),
        known_on=known_on.isoformat() if known_on else None,
        who=who,
        outcome=outcome,
        amount_fen=amount,
        route=programme.routes.name(code or 0) if programme.routes is not None else "",
        steps=made.steps,
        findings=tuple(
            each
            for each in made.findings
            if outcome != "undetermined"
            and (names[each.step] < 2 or int(each.step.rpartition("@")[2]) in mine[LEVELS[names[each.step]]])
        ),
        lacking=made.lacking if outcome == "undetermined" else (),
        assumed=made.assumed,
        parameters=tuple(used[address] for address in sorted(used)),
        values=made.values,
        root=f"{programme.amount or programme.eligible}@{row}",
    )
    explanation.paragraph = _paragraph(programme, explanation, {name: each or 0 for name, each in values.items()}, row)
    return explanation


def _paragraph(programme: Programme, made: Explanation, values: Mapping[str, int], row: int) -> str:
    """What a clerk can read to the applicant."""
    month = Month.parse(made.month).label
    who = f"{made.who['person'][row]}：" if programme.unit == "person" and row < len(made.who["person"]) else ""
    said = "".join(each.sentence for each in made.findings)
    if made.outcome == "undetermined":
        needed = "".join(each.sentence for each in made.lacking)
        return f"{month}：{who}目前还不能认定{programme.label}。{needed}"
    if made.outcome == "not_eligible":
        return f"{month}：{who}经测算，本月不符合{programme.label}条件。{said}"
    basis = programme.say(made, values) if programme.say else ""
    if not basis:
        basis = f"符合{programme.label}条件" + (f"，每月{format_yuan(made.amount_fen)}元。" if made.amount_fen else "。")
    return f"{month}：{who}{basis}{said}"


def batch_of(facts: Mapping[str, Fact], households: Sequence[Mapping[str, Any]]) -> Batch:
    """Columns from households written one by one: facts by name, ``members`` and in them ``supporters``.

    Whole numbers as in the columns, codes by their name; what is left out or ``None`` is not known.
    """
    persons = [member for household in households for member in household.get("members", ())]
    supporters = [each for person in persons for each in person.get("supporters", ())]
    rows = {"household": households, "person": persons, "supporter": supporters}
    columns: dict[str, dict[str, Column]] = {entity: {} for entity in rows}
    for fact in facts.values():
        given = [row.get(fact.name) for row in rows[fact.entity]]
        if any(each is not None for each in given):
            columns[fact.entity][fact.name] = np.array([_number(fact, each) for each in given], dtype=np.int64)
    sizes = {"person": [len(each.get("members", ())) for each in households]}
    sizes["supporter"] = [len(each.get("supporters", ())) for each in persons]
    offsets = {entity: np.concatenate([[0], np.cumsum(each)]).astype(np.int64) for entity, each in sizes.items()}
    return Batch(len(households), offsets, columns)


def _number(fact: Fact, given: Any) -> int:
    if given is None:
        return MISSING
    if isinstance(given, str):
        if fact.codes is None:
            raise ValueError(f"{fact.name} is not written in codes: {given}")
        return int(fact.codes[given])
    return int(given)


def _on_unit(name: str, entity: str, unit: str) -> str:
    """A finding's name on the level of the unit: lifted as often as it lies deeper."""
    return name + LIFTED * max(LEVELS.index(entity) - LEVELS.index(unit), 0)


def _decided(cells: Column, name: str, programme: Programme, batch: Batch, open_question: Bools) -> Column:
    """A column with 0 where nothing is decided; one of the household is repeated for each person, where persons are the unit.

    A column of persons stays one where households are the unit: it says whom of a family something is granted to.
    """
    level = programme.rules.entity_of(name)
    if programme.unit == "person" and level == "household":
        cells = cells.take(batch.household_of_person)
    if programme.unit == "household" and level == "person":
        open_question = open_question.take(batch.household_of_person)
    if cells.dtype == np.bool_:
        return cells & ~open_question
    return cells * ~open_question  # several times as fast as choosing


def _undetermined(programme: Programme, batch: Batch, month: Month, result: Result) -> Bools:
    """Of which units something is missing.

    A household is one if anything about anybody in it is. A person is one if it is about them, or about another member and
    reaches them through a sum or a count over the family.
    """
    if programme.unit == "household":
        return result.undetermined
    persons = np.zeros(int(batch.offsets["person"][-1]), dtype=np.bool_)
    family = np.zeros(batch.households, dtype=np.bool_)
    for name, found in result.lacking.items():
        entity, rows = programme.rules.facts[name].entity, found
        if entity == "supporter":
            rows = (np.searchsorted(batch.offsets["supporter"], found, side="right") - 1).astype(np.int64)
        if entity == "household":
            family[rows] = True
        elif spreads(programme.rules, name, programme.values, programme.rules.wording(month)):
            family[np.searchsorted(batch.offsets["person"], rows, side="right") - 1] = True
        else:
            persons[rows] = True
    return persons | family.take(batch.household_of_person) if family.any() else persons


@lru_cache(maxsize=1024)  # asked for every part of the households, and always the same
def spreads(rules: RuleSet, name: str, values: tuple[str, ...], month: Month) -> bool:
    """Whether what rests on a fact of one member becomes a value of the whole family."""
    reached = rules.reached_by(name, month) & rules.needed_for(values, month)
    return any(rules.rules[each].aggregate is not None and rules.rules[each].entity == "household" for each in reached)


def _rows_of(programme: Programme, batch: Batch, row: int) -> dict[str, list[int]]:
    """The rows of each level that are about the unit."""
    if programme.unit == "household":
        supporters = int(batch.offsets["supporter"][-1])
        return {
            "month": [0],
            "household": [0],
            "person": list(range(int(batch.offsets["person"][-1]))),
            "supporter": list(range(supporters)),
        }
    lower, upper = int(batch.offsets["supporter"][row]), int(batch.offsets["supporter"][row + 1])
    return {"month": [0], "household": [0], "person": [row], "supporter": list(range(lower, upper))}
