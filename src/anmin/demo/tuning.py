"""Scales what families declare until the rules pay out the county's total.

The rules are asked as the rolls will ask them: month by month, with what has arrived by the day the roll is generated. Only
declared amounts are changed, never a rule and never a result.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np
from numpy.typing import NDArray

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family, Known
from anmin.demo.plan import Plan
from anmin.ground.policy.parameters import Parameters
from anmin.lines.assistance.dibao.rules import COLUMN_OF_KIND, OUTCOME, Assessments, DibaoFacts, assess

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

    def assessed(self, factor: float, own: NDArray[np.float64], parameters: Parameters) -> Assessments:
        """What the rules say of them so scaled."""
        return assess(self.scaled(factor, own), self.month, parameters, with_findings=False)


def expected_total(plan: Plan, parameters: Parameters) -> Fen:
    """What the bank will have paid out by the end of the half-year, as the rules see the files."""
    own = np.ones(len(plan.families))
    return sum(payday.sign * _paid(payday, payday.assessed(1.0, own, parameters)) for payday in _paydays(plan))


def tune(plan: Plan, parameters: Parameters) -> Fen:
    """Declared amounts are scaled so that the half-year pays the scenario's total; the expected total is returned.

    Without a total in the scenario only those who would get nothing are scaled down.
    """
    paydays = list(_paydays(plan))
    rng = Random(f"{plan.scenario.seed}/tuning")  # noqa: S311  invented people, no secrets
    # Round sums would all turn over to the next yuan at the same factor, and the total would jump.
    own = np.array([rng.uniform(0.92, 1.08) for _ in plan.families])
    factor, wanted = 1.0, plan.scenario.paid
    low, high = 0.0, 4.0
    for _ in range(_STEPS):
        total = sum(payday.sign * _paid(payday, _bring_below(payday, factor, own, parameters)) for payday in paydays)
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


# ── which families the rolls ask about, month by month ───────────────────────────────────────────────────────────────


def _paydays(plan: Plan) -> Iterator[_Payday]:
    place = {id(family): n for n, family in enumerate(plan.families)}
    refused = {(refusal.month, id(refusal.payee)) for refusal in plan.refusals}
    months = plan.scenario.paid_months
    for month in months:
        held = [family for family in plan.families if _is_held(family, month)]
        # The amount of before goes on; its month of before is asked instead.
        regular = [family for family in held if not _is_in_grace(family, month)]
        payday = _payday(month, regular, place)
        if month == months[-1]:
            payday.unpaid |= [(month, id(family.applicant)) in refused for family in regular]
        yield payday
        for since, families in _grouped(family for family in held if _is_in_grace(family, month)):
            yield _payday(Month.from_date(since) - 1, families, place)
    yield from _back_pay(plan, months[-1], place)
    waiting = [family for family in plan.families if family.covered_from is None and not family.is_refused]
    # They are paid nothing yet, but must be able to get something.
    yield _payday(months[-1] + 1, waiting, place, sign=0)


def _is_held(family: Family, month: Month) -> bool:
    first = month.first_day
    begun = family.covered_from is not None and family.covered_from <= first
    return begun and (family.covered_until is None or family.covered_until >= first)


def _is_in_grace(family: Family, month: Month) -> bool:
    return family.grace is not None and family.grace.since <= month.first_day


def _grouped(families: Iterable[Family]) -> list[tuple[date, list[Family]]]:
    """Families by the day from which their grace runs."""
    groups: dict[date, list[Family]] = {}
    for family in families:
        assert family.grace is not None  # they were chosen for it
        groups.setdefault(family.grace.since, []).append(family)
    return sorted(groups.items())


def _back_pay(plan: Plan, last: Month, place: dict[int, int]) -> Iterator[_Payday]:
    """What the first roll after late news pays for the months before it: due by what is known then, less what was paid."""
    for arrived in sorted({family.learned_late for family in plan.families if family.learned_late is not None}):
        told = Month.from_date(arrived)
        upcoming = told + (1 if generated_on(told) < arrived else 0)
        families = [family for family in plan.families if family.learned_late == arrived]
        for month in Month.range(told - LATEST_NEWS, upcoming - 1) if upcoming <= last else ():
            held = [family for family in families if _is_held(family, month)]
            yield _payday(month, held, place, known_on=generated_on(upcoming))
            yield _payday(month, held, place, sign=-1)


def _payday(
    month: Month, held: Sequence[Family], place: dict[int, int], *, known_on: date | None = None, sign: int = 1
) -> _Payday:
    first, known_on = month.first_day, known_on or generated_on(month)
    rows = [_household(family, first, known_on) for family in held]
    people = [person for family in held for person in _people(family, first, known_on)]
    parts: dict[str, list[int]] = {name: [] for name in TUNABLE}
    fixed: dict[str, list[int]] = {name: [] for name in TUNABLE}
    for person in people:
        told = _of_dibao(person, first, known_on)
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
        np.zeros(len(held), dtype=np.bool_),
        sign,
    )


def _people(family: Family, on: date, known_on: date) -> list[Citizen]:
    return [m.person for m in family.members if m.holds(on, known_on) and not m.person.is_dead(on, known_on)]


def _of_dibao(person: Citizen, on: date, known_on: date) -> dict[str, Known]:
    """What holds of the person on a day, under the names of dibao's facts; what only other benefits ask is left out."""
    said = person.says(on, known_on)
    return {COLUMN_OF_KIND[kind]: known for kind, known in said.items() if kind in COLUMN_OF_KIND}


def _household(family: Family, on: date, known_on: date) -> dict[str, object]:
    relations = {id(member.person): member.relation for member in family.members}
    return {
        "claim_type": "single" if family.single else "household",
        "members": [_person(person, relations[id(person)], on, known_on) for person in _people(family, on, known_on)],
    }


def _person(person: Citizen, relation: str, on: date, known_on: date) -> dict[str, object]:
    told = {name: known.value for name, known in _of_dibao(person, on, known_on).items()}
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


# ── asking the rules ─────────────────────────────────────────────────────────────────────────────────────────────────


def _paid(payday: _Payday, made: Assessments) -> Fen:
    return int(made.amount_fen[~payday.unpaid].sum())


def _bring_below(payday: _Payday, factor: float, own: NDArray[np.float64], parameters: Parameters) -> Assessments:
    """Families that would get nothing declare less: everybody on the register was entitled when it was made."""
    # Where everybody died before the roll nothing is due, and nothing is wrong.
    alive = np.diff(payday.facts.person_offsets) > 0
    for _ in range(_STEPS):
        made = payday.assessed(factor, own, parameters)
        over = np.flatnonzero((made.outcome == OUTCOME["not_eligible"]) & alive)
        if not len(over):
            return made
        places = np.unique(payday.factors[np.isin(_row_of_person(payday.facts), over)])
        own[places] *= _TOO_HIGH
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
