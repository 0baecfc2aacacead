"""Families recognised without money: just above dibao, and those whose unavoidable expenses eat up their income."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from anmin.base.money import Fen
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family
from anmin.demo.families import sizes
from anmin.demo.holders.holding import Holders, Holding
from anmin.demo.holders.targets import Layer
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan

MARGIN, HARDSHIP = "assistance.margin", "assistance.hardship"
_DAY = timedelta(days=1)
_REASONS = ("收入超过标准", "收入超过标准", "自愿退出", "财产超过规定", "户籍迁出")

Live = Callable[[Maker, Citizen, int, Fen], None]
"""Tells what the first member of a family of so many lives on, given the dibao standard."""


def hold_margin(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Layer) -> None:
    """So many families and persons stand just above dibao at the end; so many came and went."""
    _hold(plan, holders, make, rng, wanted, MARGIN, _just_above)


def hold_hardship(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Layer) -> None:
    """So many families and persons are recognised for their expenses at the end; so many came and went."""
    _hold(plan, holders, make, rng, wanted, HARDSHIP, _ill_and_dear)


def _hold(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Layer, benefit: str, live: Live) -> None:
    months, first = plan.scenario.period.months, plan.scenario.period.first_day
    make.arrives, make.today, make.since = plan.scenario.opens_on, first, first - timedelta(days=150)
    came = _sizes(wanted.came_households, wanted.came_persons, rng)
    stayed = _sizes(wanted.households - wanted.came_households, wanted.persons - wanted.came_persons, rng)
    left = _sizes(wanted.left_households, wanted.left_persons, rng)
    for place, size in enumerate((*came, *stayed, *left)):
        family = _family(holders, make, rng, benefit, size, plan.scenario.standard, live)
        since = (months[0] - rng.randint(2, 9)).first_day
        holding = Holding(benefit, family.head, family, since, since - 10 * _DAY)
        if place < len(came):
            month = rng.choice(months)
            holding.since, holding.granted_on, holding.decided_on = month.first_day, first_workday(month), first_workday(month)
        elif place >= len(came) + len(stayed):
            month = rng.choice(months[:-1])
            holding.until, holding.ended_on = month.last_day, first_workday(month)
            holding.end_reason = rng.choice(_REASONS)
        holders.holdings.append(holding)


def _sizes(households: int, persons: int, rng: Random) -> list[int]:
    """So many sizes that add up; a single family takes everybody."""
    return [persons] if households == 1 else sizes(households, persons, rng)


def _family(holders: Holders, make: Maker, rng: Random, benefit: str, size: int, standard: Fen, live: Live) -> Family:
    village = make.village()
    address, hukou = make.address(village), make.hukou(village)
    head = make.person((38, 58), village, address, hukou)
    opened = date(2005, 1, 1) + rng.randrange(3000) * _DAY
    letter = "HB" if benefit == MARGIN else "HX"
    family = Family(f"{letter}{len(holders.families) + 1:06d}", "layer", village, address, hukou, opened, make.arrives)
    family.members.append(make.member(head, "head", opened))
    for place in range(1, size):
        relation, ages = ("spouse", (36, 57)) if place == 1 else ("child", (2, 14))
        other = make.person(ages, village, address, hukou)
        family.members.append(make.member(other, relation, opened))
        if relation == "spouse":
            make.means(other)
            make.works(other, "unable")
        else:
            make.studies(other)
    live(make, head, size, standard)
    holders.families.append(family)
    return family


def _just_above(make: Maker, head: Citizen, size: int, standard: Fen) -> None:
    """Between the standard and twice of it for each head, after the costs of work."""
    wage = int(standard * size * make.rng.uniform(1.15, 1.75)) + standard * 3 // 10
    make.means(head, wage=wage // 10_000 * 100)
    make.works(head, "employed")


def _ill_and_dear(make: Maker, head: Citizen, size: int, standard: Fen) -> None:
    """More than twice the standard, and bills that take most of it."""
    wage = int(standard * size * make.rng.uniform(2.3, 2.8)) + standard * 3 // 10
    make.means(head, wage=wage // 10_000 * 100)
    make.works(head, "employed")
    make.ill(head)
    make.tell(head, "expense.medical", wage * 12 * 8 // 10 // 10_000 * 10_000)
