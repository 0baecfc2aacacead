"""Applications for aid with expenses (支出型): verified, visited, small sums decided by the town, larger ones announced first.

Families whose means were asked about when they applied for dibao ask again, so that as many families are verified as before.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from anmin.base.money import FEN_PER_YUAN
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday, on_or_after
from anmin.demo.caring import EXPENDITURE
from anmin.demo.county import Family
from anmin.demo.courses import Course, Event
from anmin.demo.plan import Plan

_DAY = timedelta(days=1)
_CAUSES = (
    ("medical", "长期住院治疗，医保和医疗救助报销后自付费用仍较大。"),
    ("education", "子女就读非义务教育阶段，学费和住宿费支出较大。"),
    ("other_expense", "房屋漏雨维修、购置取暖用品，超出家庭承受能力。"),
)
_SMALL, _LARGE = (900, 1_200, 1_600), (4_200, 5_400, 6_800)
_EVERY_LARGE, _EVERY_REFUSED = 3, 5
"""Of so many applications one is over the limit of the town, one is refused."""


def expenses(plan: Plan) -> Iterator[Event]:
    """The applications of the last two months, as far as the scenario has them."""
    asked = plan.scenario.others.aid
    if asked is None or not asked.expenses:
        return
    rng = Random(f"{plan.scenario.seed}/expenses")  # noqa: S311  invented troubles, no secrets
    months = plan.scenario.period.months
    known = [family for family in plan.families if _was_verified(family) and Month.from_date(_granted(family)) <= months[4]]
    # The towns have their money by the second week of May.
    first, last = first_workday(months[4], 3), plan.scenario.business_day - 3 * _DAY
    for place, family in enumerate(rng.sample(known, min(asked.expenses, len(known)))):
        start = on_or_after(max(first + ((last - first).days * place // asked.expenses) * _DAY, _granted(family)))
        course = _course(Course(rng, plan.staff, family, EXPENDITURE, start, place), place)
        yield from (each for each in course.events if each.on < plan.scenario.business_day)


def _was_verified(family: Family) -> bool:
    """A family that applied for dibao in the half-year, whole, and has it."""
    return family.register is None and family.covered_from is not None and family.single is None


def _granted(family: Family) -> date:
    assert family.covered_from is not None  # of those only
    return family.covered_from


def _course(course: Course, place: int) -> Course:
    """From the counter to the decision, each hand after the other."""
    family, rng = course.family, course.rng
    large = place % _EVERY_LARGE == _EVERY_LARGE - 1
    need = rng.choice(_LARGE if large else _SMALL) * FEN_PER_YUAN
    cause, what = _CAUSES[place % len(_CAUSES)]
    course.take(
        "apply", course.clerk, applicant=family.applicant.identity_number, cause=cause,
        happened_on=str(course.day - rng.randint(5, 25) * _DAY), description=what, need=need,
    )  # fmt: skip
    course.wait(0, 1).take("accept", course.clerk)
    course.wait(0, 1).verify()
    course.wait(0, 2).take(
        "record_visit", course.clerk, visited_on=str(course.day), investigators=[course.clerk, course.second],
        findings="查看票据和家庭情况，支出属实，家庭确有困难。",
    )  # fmt: skip
    income = rng.randint(30, 78) * 10 * FEN_PER_YUAN
    if place % _EVERY_REFUSED == _EVERY_REFUSED - 1:
        why = "入户核实，有关费用已由医疗救助和慈善救助解决。"
        course.wait(0, 2).take(
            "examine", course.clerk, income=income, assets_over=False, opinion="refuse", explanation=why, departure=why
        )
        course.wait(0, 1).take("submit_refusal", course.clerk)
        return course.wait(1, 4).take("refuse", course.decision_maker, reason="aided_already", explanation=why, departure=why)
    course.wait(0, 2).take("examine", course.clerk, income=income, assets_over=False, opinion="grant", amount=need)
    if not large:
        return course.wait(0, 2).take("aid_small", course.second, amount=need, way="card", paid_on=str(course.day))
    course.wait(0, 1).take("post_notice", course.clerk, places="村务公开栏")
    course.day = on_or_after(course.day + 8 * _DAY)
    course.take("close_notice", course.clerk)
    course.wait(0, 1).take("submit", course.clerk)
    return course.wait(1, 4).take("confirm", course.decision_maker, amount=need)
