"""The nearest thresholds: which change of one fact would turn the outcome, and at which value.

Many copies of one family are worked in one run, each with one fact changed; where the outcome turns between two of them the
next run looks closer, until two neighbouring values are found. Nothing else is supposed to change, and nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.policy.assessing import OUTCOME, Programme, assess
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.facts import MISSING, YES_NO, Fact
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.parameters import Parameters, is_money
from anmin.ground.policy.ruleset import LEVELS
from anmin.ground.policy.worked import shown

LARGEST_SUM = 10_000_000
"""A hundred thousand yuan: nobody is told that a wage of more would end a benefit of hundreds."""

MONTHS_AHEAD = 24
FEWEST, MOST = 48, 224
"""Values tried at once between two bounds: the most tell any fen below the largest sum apart in three rounds."""

AT_ONCE = 1_500
"""Copies of the family in one run, above which each bound is looked into less closely, and once more."""

COUNTED = {"count", "grade", "persons", "times", "months"}
CONDITIONS = ("illness", "disability", "assets", "expense", "capacity", "care", "land", "income")
"""Kinds of facts whose yes or no may change in somebody's life and be reported; who they are and what they hold is not asked."""


@dataclass(frozen=True)
class Turn:
    """One change that would turn the outcome: which fact of whom, from which value to which, and what follows."""

    fact: str
    label: str
    who: str
    now: int
    at: int
    shown_now: str
    shown_at: str
    outcome: str
    route: str
    amount_fen: int
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return dict(vars(self))


@dataclass(frozen=True)
class _Trial:
    """One fact of one row, and the way it is changed: towards a bound, or to one other value."""

    fact: Fact
    row: int
    now: int
    to: int
    stepwise: bool


def nearest(
    programme: Programme,
    batch: Batch,
    month: Month,
    parameters: Parameters,
    known_on: date | None = None,
    *,
    row: int = 0,
    members: Sequence[str] = (),
    supporters: Sequence[str] = (),
    limit: int = 3,
) -> tuple[Turn, ...]:
    """The few smallest changes of one fact each that would turn the outcome or route of a family, or of its ``row``-th person.

    None where something is missing: what must be supplied comes first. Refuses facts of more than one household.
    """
    if batch.households != 1:
        raise ValueError("thresholds are looked for around one household")
    search = _Search(programme, batch, month, parameters, known_on, row if programme.unit == "person" else 0)
    if search.now[0] == OUTCOME["undetermined"]:
        return ()
    found = [*search.turns(), *search.birthdays()]
    found.sort(key=lambda each: (_distance(each[0], each[1]), each[0].fact.name))
    names = {"person": members, "supporter": supporters}
    told: list[Turn] = []
    for trial, value, seen in found:
        turn = _Telling(programme, month, search.now, names).turn(trial, value, seen)
        if all((turn.fact, turn.who) != (each.fact, each.who) for each in told):
            told.append(turn)
    return tuple(told[:limit])


Seen = tuple[int, int, int]
"""Outcome, route and amount of the unit."""


class _Search:
    def __init__(
        self, programme: Programme, batch: Batch, month: Month, parameters: Parameters, known_on: date | None, row: int
    ) -> None:
        self.programme, self.batch, self.month = programme, batch, month
        self.parameters, self.known_on, self.row = parameters, known_on, row
        self.sizes = {entity: upper for entity, (_, upper) in batch.bounds(0, 1).items()}
        self.now: Seen = self.worked([{}])[0]

    def turns(self) -> Iterable[tuple[_Trial, int, Seen]]:
        """Each trial that turns the outcome, with the value nearest to what is now at which it does."""
        trials = list(self._trials())
        ends = self.worked([{(each.fact.name, each.row): each.to} for each in trials])
        turned = [each for each, seen in zip(trials, ends, strict=True) if self._differs(seen)]
        made = [
            (each, each.to, seen) for each, seen in zip(trials, ends, strict=True) if self._differs(seen) and not each.stepwise
        ]
        bounds = {place: (each.now, each.to) for place, each in enumerate(turned) if each.stepwise}
        while bounds:
            points = max(FEWEST, min(MOST, AT_ONCE // len(bounds)))
            grid = {place: _between(*span, points) for place, span in bounds.items()}
            seen = iter(
                self.worked([{(turned[p].fact.name, turned[p].row): v} for p, values in grid.items() for v in values.tolist()])
            )
            left = {}
            for place, values in grid.items():
                here = [next(seen) for _ in values]
                first = next((at for at, each in enumerate(here) if self._differs(each)), None)
                if first is None:
                    continue  # it turned only on the way to what cannot be decided
                before = bounds[place][0] if first == 0 else int(values[first - 1])
                if abs(int(values[first]) - before) <= 1:
                    made.append((turned[place], int(values[first]), here[first]))
                else:
                    left[place] = (before, int(values[first]))
            bounds = left
        return made

    def birthdays(self) -> Iterable[tuple[_Trial, int, Seen]]:
        """The first month ahead in which somebody's age alone turns the outcome; the value is how many months ahead."""
        fact = self.programme.inputs.get("birth_on")
        if fact is None:
            return
        births = self._recorded(fact)
        variants = [(row, ahead) for row, birth in enumerate(births) if birth != MISSING for ahead in range(1, MONTHS_AHEAD + 1)]
        seen = self.worked([{("birth_on", row): _months_earlier(births[row], ahead)} for row, ahead in variants])
        told: set[int] = set()
        for (row, ahead), each in zip(variants, seen, strict=True):
            if row not in told and self._differs(each):
                told.add(row)
                yield _Trial(fact, row, births[row], ahead, stepwise=True), ahead, each

    def _differs(self, seen: Seen) -> bool:
        return seen[0] != OUTCOME["undetermined"] and seen[:2] != self.now[:2]

    def _trials(self) -> Iterable[_Trial]:
        for fact in self._asked():
            for row, recorded in enumerate(self._recorded(fact)):
                if is_money(fact.unit):
                    if recorded == MISSING:
                        continue
                    yield from (
                        _Trial(fact, row, recorded, end, stepwise=True)
                        for end in (fact.least, min(fact.most, max(LARGEST_SUM, 2 * recorded)))
                        if end != recorded
                    )
                    continue
                now = recorded if recorded != MISSING else fact.placeholder
                most = fact.most if fact.codes is not None or fact.unit == "grade" else min(fact.most, now + 3)
                for value in range(fact.least, most + 1):
                    if value != now:
                        yield _Trial(fact, row, now, value, stepwise=False)

    def _asked(self) -> Iterable[Fact]:
        """The facts whose change may be reported and that reach the outcome at all."""
        rules = self.programme.rules
        wanted = {name for name in (self.programme.eligible, self.programme.route) if name}
        needed = rules.needed_for(wanted, self.month)
        asked = {name for each in needed for name in rules.rules[each].inputs_for(self.month)}
        for fact in self.programme.inputs.values():
            if fact.name not in asked and fact.known not in asked:
                continue
            of_life = fact.kind.split(".", 1)[0] in CONDITIONS and (fact.unit in COUNTED or _is_yes_no(fact))
            if of_life or (is_money(fact.unit) and not fact.kind.startswith("claim.")):
                yield fact

    def _recorded(self, fact: Fact) -> list[int]:
        column = self.batch.columns.get(fact.entity, {}).get(fact.name)
        return [MISSING] * self.sizes[fact.entity] if column is None else [int(each) for each in column]

    def worked(self, variants: Sequence[Mapping[tuple[str, int], int]]) -> list[Seen]:
        """Outcome, route and amount of the unit in each variant of the family; one run for all."""
        if not variants:
            return []
        copies = len(variants)
        offsets: dict[str, Ints] = {}
        for entity in LEVELS[2:]:
            sizes = np.tile(np.diff(self.batch.offsets[entity]), copies)
            offsets[entity] = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        columns: dict[str, dict[str, Column]] = {
            entity: {name: np.tile(column.astype(np.int64), copies) for name, column in named.items()}
            for entity, named in self.batch.columns.items()
        }
        for copy, changes in enumerate(variants):
            for (name, row), value in changes.items():
                fact = self.programme.inputs[name]
                size = self.sizes[fact.entity]
                held = columns.setdefault(fact.entity, {})
                if name not in held:
                    held[name] = np.full(size * copies, MISSING, dtype=np.int64)
                held[name][copy * size + row] = value
        found = assess(self.programme, Batch(copies, offsets, columns), self.month, self.parameters, self.known_on)
        units = 1 if self.programme.unit == "household" else self.sizes["person"]
        at = np.arange(copies) * units + self.row
        route = found.route[at].tolist()
        return list(zip(found.outcome[at].tolist(), route, found.amount[at].tolist(), strict=True))


def _is_yes_no(fact: Fact) -> bool:
    return fact.codes is not None and set(fact.codes) == set(YES_NO)


def _between(start: int, end: int, points: int) -> Ints:
    """Values from after the start to the end, in its direction, evenly spread; every one where there are few."""
    sign = 1 if end > start else -1
    distance = abs(end - start)
    steps = np.unique(np.linspace(1, distance, min(points, distance)).astype(np.int64))
    return start + sign * steps


def _months_earlier(day: int, months: int) -> int:
    """A date as 20240701 so many months earlier; the day of the month stays, whether or not the month has it."""
    at = day // 10_000 * 12 + day // 100 % 100 - 1 - months
    return at // 12 * 10_000 + (at % 12 + 1) * 100 + day % 100


def _distance(trial: _Trial, value: int) -> float:
    """How far a change is: sums by their share, months by years, conditions after both."""
    if trial.fact.name == "birth_on":
        return value / 12
    if is_money(trial.fact.unit):
        return abs(value - trial.now) / max(trial.now, 10_000)
    return 2.0 + abs(value - trial.now) / 10


class _Telling:
    """A turn in words."""

    def __init__(self, programme: Programme, month: Month, now: Seen, names: Mapping[str, Sequence[str]]) -> None:
        self.programme, self.month, self.now, self.names = programme, month, now, names

    def turn(self, trial: _Trial, value: int, seen: Seen) -> Turn:
        fact = trial.fact
        who = self._who(fact.entity, trial.row)
        outcomes = {number: name for name, number in OUTCOME.items()}
        routes = self.programme.routes
        if fact.name == "birth_on":
            month = self.month + value
            # Some ages count from the month of the birthday, others from the next; on its last day both have come.
            age = (month.last_day.year * 10_000 + month.last_day.month * 100 + month.last_day.day - trial.now) // 10_000
            shown_now, shown_at = shown(trial.now, "date"), month.label
            said = f"其他情况不变，从{month.label}起（{who}满{age}周岁）"
        else:
            shown_now, shown_at = shown(trial.now, fact.unit, fact.codes), shown(value, fact.unit, fact.codes)
            said = self._change(trial, value, who, shown_now, shown_at)
        return Turn(
            fact=fact.name,
            label=fact.label,
            who=who,
            now=trial.now,
            at=value,
            shown_now=shown_now,
            shown_at=shown_at,
            outcome=outcomes[seen[0]],
            route=routes.name(seen[1]) if routes is not None else "",
            amount_fen=seen[2],
            sentence=f"{said}，{self._follows(seen)}。",
        )

    def _change(self, trial: _Trial, value: int, who: str, now: str, at: str) -> str:
        fact = trial.fact
        of = f"{who}的“{fact.label}”"
        if fact.codes is not None:
            return f"如{of}为“{at}”（现为“{now}”）"
        if not is_money(fact.unit):
            return f"如{of}由{now}变为{at}"
        by = format_yuan(abs(value - trial.now))
        if value < trial.now:
            return f"{of}现为{now}，如降到{at}及以下（减少{by}元）"
        return f"{of}现为{now}，如达到{at}及以上（增加{by}元）"

    def _follows(self, seen: Seen) -> str:
        label = self.programme.label
        amount = f"，每月{format_yuan(seen[2])}元" if seen[2] else ""
        if seen[0] == OUTCOME["not_eligible"]:
            return f"即不再符合{label}条件"
        if self.now[0] == OUTCOME["eligible"] and self.programme.routes is not None:
            name = self.programme.routes.label(seen[1])
            return f"即改按“{name}”办理{amount}"
        return f"即符合{label}条件{amount}"

    def _who(self, entity: str, row: int) -> str:
        names = self.names.get(entity, ())
        if row < len(names):
            return names[row]
        return "本户" if entity == "household" else f"{'成员' if entity == 'person' else '义务人'}{row + 1}"
