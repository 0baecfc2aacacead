"""The last of those who died in tekun are closed by a case of their own, which pays whoever buries them."""

from collections.abc import Iterator
from random import Random

from anmin.base.periods import Month
from anmin.demo.calendar import last_workday, on_or_after
from anmin.demo.caring import paid_out, so_far
from anmin.demo.county import Family
from anmin.demo.courses import Course, Event
from anmin.demo.holders.tekun import BENEFIT as TEKUN
from anmin.demo.plan import Plan
from anmin.demo.story import Entry

REVIEW, FUNERAL = "assistance.tekun.review", "assistance.tekun.funeral"


def burials(plan: Plan) -> Iterator[Event]:
    """The town opens the review when the death is told and names who buries; the county ends the support within days."""
    rng = Random(f"{plan.scenario.seed}/burials")  # noqa: S311  invented people, no secrets
    for place, holding in enumerate(each for each in plan.holders.of(TEKUN) if each.by_case):
        assert holding.ended_on is not None  # whoever died has a day on which it is decided
        relative = _relative(plan, holding.family.village.town, rng)
        course = Course(rng, plan.staff, holding.family, REVIEW, on_or_after(holding.ended_on), place)
        course.take("open", course.clerk, reason="殡葬信息比对：供养对象已死亡。")
        course.wait(0, 1).take(
            "propose", course.clerk, proposal="end", end_reason="died",
            undertaker=_committee(holding.family), funeral_payee=relative,
            explanation="丧事已由村（居）协助其亲属办理，未参加工作、无其他丧葬补助。",
        )  # fmt: skip
        course.wait(1, 3).take("end_support", course.decision_maker)
        yield from course.events


def _committee(family: Family) -> str:
    name = family.village.name
    return f"{name}{'村' if name.endswith('村') else '居'}民委员会"


def _relative(plan: Plan, town: str, rng: Random) -> str:
    """The number of somebody of the same town whose account is on record: a nephew, let us say."""
    there = [family for family in plan.on_register if family.village.town == town and _stays(family)]
    return rng.choice(there).head.identity_number


def _stays(family: Family) -> bool:
    return family.covered_until is None and family.head.died_on is None


def funeral_rolls(plan: Plan) -> Iterator[Entry]:
    """The roll of each month in which such a case was decided."""
    decided = {Month.from_date(each.on) for each in plan.events if (each.kind, each.step) == (REVIEW, "end_support")}
    for month in sorted(decided):
        yield from so_far(plan, paid_out(plan, f"{FUNERAL}|{month}", last_workday(month)))
