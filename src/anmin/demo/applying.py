"""Those who apply: granted, refused, given up, and still under way on the business day."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from anmin.base.periods import Month
from anmin.base.workdays import workdays_between
from anmin.demo import courses
from anmin.demo.calendar import first_workday, on_or_after, workdays_before, workdays_of
from anmin.demo.county import Family, Known
from anmin.demo.courses import APPLICATION, Course, Event
from anmin.demo.families import make_family, sizes
from anmin.demo.maker import Maker

if TYPE_CHECKING:
    from anmin.demo.plan import Plan

_DAY = timedelta(days=1)
_TRIES = 400
_SIMPLE_FROM = 5

_REACHED: dict[str, tuple[tuple[str, tuple[int, ...]], ...]] = {
    # The step reached, and how many working days ago: some clocks still run, some end today, some are over.
    "applied": (("apply", (0, 1, 2, 3, 6)),),
    "papers_requested": (("request_papers", (1, 3, 5, 9)),),
    "accepted": (("accept", (0, 2, 3, 5)),),
    "surveying": (
        ("request_verification", (1, 2, 3, 5)),
        ("start_verification", (2, 7, 10, 12)),
        ("receive_verification", (1, 2, 4)),
        ("start_survey", (0, 4)),
        ("record_visit", (0, 1, 3)),
    ),
    "examined": (("examine", (0, 1, 2, 4)),),
    "on_notice": (("post_notice", (0, 1, 2, 3, 4, 5, 6, 8)),),
    "objected": (("raise_objection", (2, 11)),),
    "notice_closed": (("close_notice", (0, 1, 3)),),
    "submitted": (("submit", (1, 4, 8, 10, 12)),),
    "reviewed": (("review_file", (0, 1, 3, 5)),),
    "refused": (("refuse", (1, 5)),),
}


_NOT_YET_ASKED = {"apply", "request_papers", "accept", "start_survey"}
"""Steps before the family's means are asked about."""


def apply_all(plan: "Plan", make: Maker, rng: Random) -> None:
    """Every application of the half-year."""
    office = _Office(plan, make, rng)
    scenario = plan.scenario
    months = scenario.period.months
    entering = sizes(scenario.admitted.households, scenario.admitted.persons - scenario.joined, rng)
    later = sizes(scenario.granted_later, scenario.granted_later + scenario.granted_later // 3, rng)
    for month, count in zip(months, (*scenario.granted_by_month, scenario.granted_later), strict=True):
        source = later if month == months[-1] else entering
        for _ in range(count):
            office.grant(month, source.pop())
    still_open = [(state, *_reached(state, place)) for state, count in scenario.open_cases.items() for place in range(count)]
    asked = scenario.applications["refused"] + sum(1 for _, step, _ in still_open if step not in _NOT_YET_ASKED)
    office.settle_sizes(asked)
    for ending, length in (("refused", 24), ("declined", 2), ("withdrawn", 6), ("terminated", 14)):
        for _ in range(scenario.applications[ending]):
            office.give_up(ending, months, length)
    for state, step, age in still_open:
        office.leave_open(state, step, age)


def _reached(state: str, place: int) -> tuple[str, int]:
    """The step that one of the open cases in a state has reached, and how many working days ago."""
    choices = _REACHED[state]
    step, ages = choices[place % len(choices)]
    return step, ages[(place // len(choices)) % len(ages)]


class _Office:
    """Lays out one application after another."""

    def __init__(self, plan: "Plan", make: Maker, rng: Random) -> None:
        self.plan = plan
        self.make = make
        self.rng = rng
        self.count = 0
        self.weights = {**plan.scenario.families, **plan.scenario.applicants}
        self.sizes: list[int] = []

    def settle_sizes(self, asked: int) -> None:
        """After the grants: how large the other families are whose means are asked about, so that their total comes out."""
        checked = self.plan.scenario.checked
        if checked is None:
            self.sizes = [1 if self.rng.random() < 0.65 else 2 for _ in range(asked)]
            return
        granted = [family for family in self.plan.families if family.register is None]
        persons = checked.persons - sum(len(family.members) for family in granted)
        if len(granted) + asked != checked.households or not asked <= persons <= 3 * asked:
            raise RuntimeError(f"checked: {len(granted)} + {asked} families; {persons} persons are left for the latter")
        self.sizes = sizes(asked, persons, self.rng)
        # Whoever is covered alone brings a family that is checked as well.
        self.weights["single_cover"] = 0

    def size(self, *, asked: bool) -> int:
        """The size of the next family that is not granted."""
        return self.sizes.pop() if asked else self.rng.choice((1, 1, 2))

    def family(self, applies_on: date, size: int) -> Family:
        """A new family whose papers arrive with the first parcel of the month in which it applies."""
        month = Month.from_date(applies_on)
        self.make.today = self.make.since = (month - 1).first_day
        self.make.arrives = first_workday(month)
        self.count += 1
        family = make_family(self.make, f"HA9{self.count:05d}", size, self.weights)
        self.plan.families.append(family)
        return family

    def course(self, family: Family, start: date) -> Course:
        return Course(self.rng, self.plan.staff, family, APPLICATION, start, self.count)

    def grant(self, month: Month, size: int) -> None:
        """An application that is confirmed in the month."""
        rng = self.rng
        first = first_workday(self.plan.scenario.period.months[0])
        family = self.family(max(first, month.first_day - 25 * _DAY), size)
        papers, objection, relative = rng.random() < 0.2, rng.random() < 0.03, rng.random() < 0.02
        start = max(family.arrives, workdays_before(rng.choice(workdays_of(month)), 23))
        for attempt in range(_TRIES):
            laid = courses.application(self.course(family, start), papers=papers, objection=objection, relative=relative)
            decided = Month.from_date(laid.day)
            if decided == month:
                break
            start = workdays_before(start, 1) if decided > month else on_or_after(start + 2 * _DAY)
            start = max(start, family.arrives)
            if attempt == _SIMPLE_FROM:
                # Nothing but the plain way is quick enough.
                papers = objection = relative = False
        else:
            raise RuntimeError(f"no application can be confirmed in {month}")
        family.covered_from = (month + 1).first_day
        self.plan.events.extend(laid.events)

    def give_up(self, ending: str, months: tuple[Month, ...], length: int) -> None:
        """An application that ends without a grant, well before the business day."""
        month = self.rng.choice(months)
        days = [day for day in workdays_of(month) if workdays_between(day, self.plan.scenario.business_day) > length + 14]
        if not days:
            self.give_up(ending, months, length)
            return
        start = self.rng.choice(days)
        family = self.family(start, self.size(asked=ending == "refused"))
        if ending == "refused":
            reason, explanation = _spoil(family, self.rng)
            laid = courses.application(
                self.course(family, start), papers=False, objection=False, relative=False, refuse=reason, explanation=explanation
            )
        else:
            if ending == "declined":
                _spoil(family, self.rng)
            shape: Callable[[Course], Course] = {
                "declined": courses.declined,
                "withdrawn": courses.withdrawn,
                "terminated": courses.terminated,
            }[ending]
            laid = shape(self.course(family, start))
        self.plan.events.extend(laid.events)

    def leave_open(self, state: str, step: str, age: int) -> None:
        """An application that has reached a step so many working days ago."""
        scenario, rng = self.plan.scenario, self.rng
        reached = workdays_before(scenario.business_day, age)
        family = self.family(workdays_before(reached, 26), self.size(asked=step not in _NOT_YET_ASKED))
        reason = explanation = ""
        if state == "refused":
            reason, explanation = _spoil(family, rng)
        start = workdays_before(reached, 20)
        events: list[Event] = []
        for _ in range(_TRIES):
            laid = courses.application(
                self.course(family, start),
                papers=state == "papers_requested",
                objection=state == "objected",
                relative=False,
                refuse=reason,
                explanation=explanation,
            )
            tried = courses.cut(laid.events, step)
            distance = workdays_between(tried[-1].on, reached)
            # Not every day can be met exactly: nothing is taken down from the board on the day after a holiday.
            if distance >= 0 and (not events or tried[-1].on > events[-1].on):
                events = tried
            if distance == 0:
                break
            start = on_or_after(start + _DAY) if distance > 0 else workdays_before(start, max(1, -distance))
        # Nothing arrives on the business day itself: its clock runs with the wall, and what it brings has no fixed instant.
        first = min(Month.from_date(events[0].on), scenario.period.months[-1])
        _bring_forward(family, min(first_workday(first), family.arrives))
        self.plan.events.extend(events)


def _spoil(family: Family, rng: Random) -> tuple[str, str]:
    """The family has too much; what verification finds, as a reason and in words."""
    family.is_refused = True
    person = family.applicant
    if rng.random() < 0.6:
        wage = rng.randint(19, 34) * 100
        _replace(family, "income.wage", wage * 100 * (2 if len(family.members) > 1 else 1))
        _replace(family, "work.status", "employed")
        return "income", f"税务和社保数据显示{person.name}月工资收入约{wage}元，家庭人均收入高于低保标准。"
    savings = rng.randint(70, 160) * 1000
    _replace(family, "assets.financial", savings * 100)
    return "assets", f"银行核对显示家庭金融资产合计约{savings}元，超过规定限额。"


def _replace(family: Family, kind: str, value: int | str) -> None:
    person = family.applicant
    before = next((known for known in person.known if known.kind == kind), None)
    if before is None:
        before = Known(kind, value, person.known[0].since, person.known[0].source, family.arrives)
        person.known.append(before)
    before.value, before.tunable = value, False


def _bring_forward(family: Family, arrives: date) -> None:
    """All the family's papers arrive on an earlier day."""
    family.arrives = arrives
    for person in family.people():
        person.arrives = arrives
        for known in person.known:
            known.arrives = arrives
        for support in person.supporters:
            support.arrives = arrives
    for member in family.members:
        member.arrives = arrives
