"""Families recognised without money: just above dibao, and those whose unavoidable expenses eat up their income.

Some pass from one layer to another: from dibao to its margin and back, from the margin to hardship.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from anmin.base.money import FEN_PER_YUAN, Fen
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family, Known
from anmin.demo.courses import APPLICATION
from anmin.demo.families import sizes
from anmin.demo.holders.holding import Holders, Holding
from anmin.demo.holders.targets import Layer
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan

MARGIN, HARDSHIP = "assistance.margin", "assistance.hardship"
_DAY = timedelta(days=1)
_REASONS = ("收入超过标准", "收入超过标准", "自愿退出", "财产超过规定", "户籍迁出")
_TO_OTHER = "转其他救助"
_OF_THEM = 4
"""Of so many families that leave the margin one is on dibao now."""
_INCOMES = ("income.wage", "income.business", "income.property", "income.pension")

Live = Callable[[Maker, Citizen, int, Fen], None]
"""Tells what the first member of a family of so many lives on, given the dibao standard."""


def hold_margin(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Layer) -> None:
    """So many families and persons stand just above dibao at the end; so many came and went."""
    passed = [*_from_dibao(plan, rng), *_to_dibao(plan, rng, wanted)]
    _hold(plan, holders, make, rng, wanted, MARGIN, _just_above, passed)


def hold_hardship(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Layer) -> None:
    """So many families and persons are recognised for their expenses at the end; so many came and went."""
    _hold(plan, holders, make, rng, wanted, HARDSHIP, _ill_and_dear, list(_from_margin(plan, holders, make, wanted)))


def _hold(
    plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Layer, benefit: str, live: Live, passed: list[Holding]
) -> None:
    months, first = plan.scenario.period.months, plan.scenario.period.first_day
    make.arrives, make.today, make.since = plan.scenario.opens_on, first, first - timedelta(days=150)
    over = [_size(each) for each in passed if each.until is None]
    away = [_size(each) for each in passed if each.until is not None]
    came = _sizes(wanted.came_households - len(over), wanted.came_persons - sum(over), rng)
    stayed = _sizes(wanted.households - wanted.came_households, wanted.persons - wanted.came_persons, rng)
    left = _sizes(wanted.left_households - len(away), wanted.left_persons - sum(away), rng)
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
    holders.holdings += passed


def _size(holding: Holding) -> int:
    return len(holding.family.members)


def _sizes(households: int, persons: int, rng: Random) -> list[int]:
    """So many sizes that add up; a single family takes everybody."""
    if households <= 1:
        return [persons] * households
    return sizes(households, persons, rng)


# ── those who pass over ──────────────────────────────────────────────────────────────────────────────────────────────


def _from_dibao(plan: Plan, rng: Random) -> Iterator[Holding]:
    """Whoever left dibao for another class has a little more now, from a relative: more than the standard, less than twice it."""
    passed = {event.household for event in plan.events if event.answers.get("end_reason") == "to_other"}
    for family in plan.families:
        if family.number not in passed or family.covered_until is None or family.single is not None:
            continue
        month = Month.from_date(family.covered_until) + 1
        if month not in plan.scenario.period.months:
            continue
        day, living = first_workday(month), family.living(month.first_day)
        earned = sum(int(known.value) for each in living for known in _earned(each, month, day))
        more = int(plan.scenario.standard * len(living) * rng.uniform(1.3, 1.6)) - earned
        value = max(more, 0) // (10 * FEN_PER_YUAN) * 10 * FEN_PER_YUAN
        family.head.known.append(Known("income.support_received", value, month.first_day, "入户调查", day))
        yield Holding(MARGIN, family.head, family, month.first_day, day, granted_on=day)


def _earned(person: Citizen, month: Month, day: date) -> Iterator[Known]:
    return (known for kind, known in person.says(month.first_day, day).items() if kind in _INCOMES)


def _to_dibao(plan: Plan, rng: Random, wanted: Layer) -> Iterator[Holding]:
    """A family that applied for dibao had work before, and stood on the margin since before the platform began."""
    confirmed = {event.household: event.on for event in plan.events if (event.kind, event.step) == (APPLICATION, "confirm")}
    opens_on, months = plan.scenario.opens_on, plan.scenario.period.months
    left = wanted.left_households // _OF_THEM
    for family in plan.families:
        if not left or family.register is not None or family.covered_from is None or family.single is not None:
            continue
        month = Month.from_date(family.covered_from) - 1
        # The list that ends the one must be decided before the case that begins the other.
        if month not in months[1:-1] or confirmed[family.number] < first_workday(month, 4):
            continue
        left -= 1
        _was_known(family, opens_on)
        wage = int(plan.scenario.standard * len(family.members) * rng.uniform(1.4, 1.7)) // 10_000 * 10_000
        begun = months[0] - rng.randint(4, 9)
        for kind, value in (("income.wage", wage), ("work.status", "employed")):
            before = next((known for known in family.head.known if known.kind == kind and known.arrives == opens_on), None)
            if before is not None:
                before.value, before.tunable = value, False
        holding = Holding(MARGIN, family.head, family, begun.first_day, begun.first_day - 10 * _DAY)
        holding.until, holding.ended_on, holding.end_reason = month.last_day, first_workday(month), _TO_OTHER
        yield holding


def _was_known(family: Family, opens_on: date) -> None:
    """The family and what it declared then came with the first files; what it declares when it applies comes after."""
    since = opens_on - 150 * _DAY
    family.arrives = opens_on
    for person in family.people():
        person.arrives = opens_on
        person.known += [
            replace(known, since=max(since, person.birth_on), arrives=opens_on) for known in person.known if known.since > since
        ]
        for support in person.supporters:
            support.arrives, support.since = opens_on, since
    for member in family.members:
        member.arrives = opens_on


def _from_margin(plan: Plan, holders: Holders, make: Maker, wanted: Layer) -> Iterator[Holding]:
    """A family that left the margin earns more now, and spends nearly all of it on an illness."""
    least = wanted.came_persons - 3 * (wanted.came_households - 1)
    most = wanted.came_persons - (wanted.came_households - 1)
    for holding in holders.of(MARGIN):
        if holding.until is None or not least <= _size(holding) <= most or wanted.came_households < 1:
            continue
        month = Month.from_date(holding.until) + 1
        day, family = first_workday(month), holding.family
        holding.end_reason = _TO_OTHER
        make.since, make.arrives = month.first_day, day
        _ill_and_dear(make, family.head, len(family.members), plan.scenario.standard)
        yield Holding(HARDSHIP, family.head, family, month.first_day, day, granted_on=day)
        return


# ── who they are ─────────────────────────────────────────────────────────────────────────────────────────────────────


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
