"""Scales what families declare until the rules pay out the county's total.

The rules are asked as the rolls will ask them: month by month, with what has arrived by the day the roll is generated. Only
declared amounts are changed, never a rule and never a result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np
from numpy.typing import NDArray

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family
from anmin.demo.plan import Plan
from anmin.ground.policy.parameters import Parameters
from anmin.lines.assistance.dibao.rules import COLUMN_OF_KIND, OUTCOME, DibaoFacts, assess

Ints = NDArray[np.int64]

_STEPS = 60
_NEAR: Fen = 100_000
"""A thousand yuan: the report prints ten thousands."""
_TOO_HIGH = 0.85
LATEST_NEWS = 2
"""How many months late a certificate may be told."""
_CLOSED = 1e-4
TUNABLE = ("income_wage", "income_property", "income_pension", "income_support_received")


def generated_on(month: Month) -> date:
    """The day on which the cashiers generate the roll of a month."""
    return first_workday(month, 3)


@dataclass
class _Payday:
    """The families of one month in the columns of the rules, with the part of each amount that may be scaled."""

    month: Month
    families: Sequence[Family]
    facts: DibaoFacts
    parts: dict[str, Ints]
    fixed: dict[str, Ints]
    factors: Ints
    unpaid: NDArray[np.bool_]
    sign: int = 1

    def scaled(self, factor: float, own: NDArray[np.float64]) -> DibaoFacts:
        """The same families with their declared amounts scaled, in whole yuan."""
        by_person = factor * own[self.factors]
        columns = {
            name: self.fixed[name] + np.rint(part * by_person / 100).astype(np.int64) * 100 for name, part in self.parts.items()
        }
        return replace(self.facts, **columns)


def expected_total(plan: Plan, parameters: Parameters) -> Fen:
    """What the bank will have paid out by the end of the half-year, as the rules see the files."""
    return _total(_paydays(plan), 1.0, np.ones(len(plan.families)), parameters)


def tune(plan: Plan, parameters: Parameters) -> Fen:
    """Declared amounts are scaled so that the half-year pays the scenario's total; the expected total is returned.

    Without a total in the scenario only those who would get nothing are scaled down.
    """
    paydays = _paydays(plan)
    rng = Random(f"{plan.scenario.seed}/tuning")  # noqa: S311  invented people, no secrets
    # Round sums would all turn over to the next yuan at the same factor, and the total would jump.
    own = np.array([rng.uniform(0.92, 1.08) for _ in plan.families])
    factor, wanted = 1.0, plan.scenario.paid
    low, high = 0.0, 4.0
    for _ in range(_STEPS):
        _bring_below(paydays, factor, own, parameters)
        total = _total(paydays, factor, own, parameters)
        if wanted is None or abs(total - wanted) <= _NEAR:
            break
        low, high = (factor, high) if total > wanted else (low, factor)
        if high - low < _CLOSED:
            # Somebody was scaled down for good meanwhile, and the sum moved out of the bracket.
            low, high = factor * 0.9, factor * 1.1
        factor = (low + high) / 2
    else:
        raise RuntimeError(f"the total cannot be met: {total} fen at {factor:.4f}")
    _write_back(plan, factor, own)
    return total


def _paydays(plan: Plan) -> list[_Payday]:
    place = {id(family): n for n, family in enumerate(plan.families)}
    refused = {(refusal.month, id(refusal.payee)) for refusal in plan.refusals}
    months = plan.scenario.paid_months
    last = months[-1]
    paydays = []
    for month in months:
        first = month.first_day
        held = [
            family
            for family in plan.families
            if family.covered_from is not None
            and family.covered_from <= first
            and (family.covered_until is None or family.covered_until >= first)
            # The amount of before goes on; its month of before is asked instead.
            and (family.grace is None or family.grace.since > first)
        ]
        unpaid = [month == last and (month, id(family.applicant)) in refused for family in held]
        paydays.append(_payday(month, held, unpaid, place))
        if grown := [f for f in plan.families if f.grace is not None and f.grace.since <= first]:
            before = {f.grace.since for f in grown if f.grace is not None}
            for since in sorted(before):
                families = [f for f in grown if f.grace is not None and f.grace.since == since]
                made = _payday(Month.from_date(since) - 1, families, [False] * len(families), place)
                paydays.append(made)
    for family in plan.families:
        if family.learned_late is not None:
            paydays += _back_pay(family, family.learned_late, months[-1], place)
    return paydays


def _back_pay(family: Family, arrived: date, last: Month, place: dict[int, int]) -> list[_Payday]:
    """What the first roll after the news pays for the months before it: due by what is known then, less what was paid."""
    upcoming = Month.from_date(arrived) + (1 if generated_on(Month.from_date(arrived)) < arrived else 0)
    if upcoming > last:
        return []
    paydays = []
    for month in Month.range(Month.from_date(arrived) - LATEST_NEWS, upcoming - 1):
        if family.covered_from is not None and family.covered_from <= month.first_day:
            now = _payday(month, [family], [False], place, known_on=generated_on(upcoming))
            paydays += [now, replace(_payday(month, [family], [False], place), sign=-1)]
    return paydays


def _payday(
    month: Month, held: Sequence[Family], unpaid: Sequence[bool], place: dict[int, int], known_on: date | None = None
) -> _Payday:
    first, known_on = month.first_day, known_on or generated_on(month)
    rows = [_household(family, first, known_on) for family in held]
    people = [person for family in held for person in _people(family, first, known_on)]
    parts: dict[str, list[int]] = {name: [] for name in TUNABLE}
    fixed: dict[str, list[int]] = {name: [] for name in TUNABLE}
    for person in people:
        told = {COLUMN_OF_KIND[kind]: known for kind, known in person.says(first, known_on).items()}
        for name in TUNABLE:
            known = told.get(name)
            whole = int(known.value) if known else -1
            part = whole - known.fixed if known is not None and known.tunable else 0
            parts[name].append(part)
            fixed[name].append(whole - part)
    return _Payday(
        month,
        held,
        DibaoFacts.of(rows),
        {name: np.array(values, dtype=np.int64) for name, values in parts.items()},
        {name: np.array(values, dtype=np.int64) for name, values in fixed.items()},
        np.array([place[id(f)] for f in held for _ in _people(f, first, known_on)], dtype=np.int64),
        np.array(unpaid, dtype=bool),
    )


def _people(family: Family, on: date, known_on: date) -> list[Citizen]:
    return [m.person for m in family.members if m.holds(on, known_on) and not m.person.is_dead(on, known_on)]


def _household(family: Family, on: date, known_on: date) -> dict[str, object]:
    relations = {id(member.person): member.relation for member in family.members}
    return {
        "claim_type": "single" if family.single else "household",
        "members": [_person(person, relations[id(person)], on, known_on) for person in _people(family, on, known_on)],
    }


def _person(person: Citizen, relation: str, on: date, known_on: date) -> dict[str, object]:
    told = {COLUMN_OF_KIND[kind]: known.value for kind, known in person.says(on, known_on).items()}
    supporters = [
        {
            "supporter_income": each.household_income,
            "supporter_members": each.household_size,
            "supporter_dependants": each.dependants,
            "supporter_actual_amount": each.actual,
            "supporter_exempt": int(each.exempt),
        }
        for each in person.supporters
    ]
    birth = person.birth_on
    return {
        **told,
        "birth_on": birth.year * 10_000 + birth.month * 100 + birth.day,
        "relation": relation,
        "supporters": supporters,
    }


def _total(paydays: Sequence[_Payday], factor: float, own: NDArray[np.float64], parameters: Parameters) -> Fen:
    total = 0
    for payday in paydays:
        made = assess(payday.scaled(factor, own), payday.month, parameters, with_findings=False)
        total += payday.sign * int(made.amount_fen[~payday.unpaid].sum())
    return total


def _bring_below(paydays: Sequence[_Payday], factor: float, own: NDArray[np.float64], parameters: Parameters) -> None:
    """Families that would get nothing declare less: everybody on the register was entitled when it was made."""
    for payday in paydays:
        for _ in range(_STEPS):
            made = assess(payday.scaled(factor, own), payday.month, parameters, with_findings=False)
            # Where everybody died before the roll nothing is due, and nothing is wrong.
            alive = np.diff(payday.facts.person_offsets) > 0
            over = np.flatnonzero((made.outcome == OUTCOME["not_eligible"]) & alive)
            if not len(over):
                break
            places = np.unique(payday.factors[np.isin(_row_of_person(payday.facts), over)])
            own[places] *= _TOO_HIGH
        else:
            numbers = [payday.families[int(n)].number for n in over[:5]]
            raise RuntimeError(f"families get nothing whatever they declare in {payday.month}: {numbers}")


def _row_of_person(facts: DibaoFacts) -> Ints:
    counts = np.diff(facts.person_offsets)
    return np.repeat(np.arange(len(counts)), counts)


def _write_back(plan: Plan, factor: float, own: NDArray[np.float64]) -> None:
    for place, family in enumerate(plan.families):
        scale = factor * own[place]
        for person in family.people():
            for known in person.known:
                if known.tunable:
                    part = int(known.value) - known.fixed
                    known.value = known.fixed + int(np.rint(part * scale / 100)) * 100
                    known.tunable = False
