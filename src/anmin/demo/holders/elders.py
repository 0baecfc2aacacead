"""Everybody of eighty and more holds the allowance; some turn eighty in the half-year, some die."""

from datetime import date, timedelta
from random import Random

from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family
from anmin.demo.holders.holding import Holders, Holding, die
from anmin.demo.holders.targets import Elders
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan

BENEFIT = "eldercare.allowance"
FIRST_AGE = 80
_DAY = timedelta(days=1)


def hold_allowances(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Elders) -> None:
    """So many hold the allowance at the end, counting those who are on the registers for other reasons."""
    first, last = plan.scenario.period.first_day, plan.scenario.period.last_day
    known = [(person, family) for family, person in _registered(plan, holders)]
    for person, family in known:
        birthday = _turns(person.birth_on, FIRST_AGE)
        lives = person.died_on is None or person.died_on >= birthday
        if lives and birthday <= last and person.arrives <= plan.scenario.opens_on:
            holders.holdings.append(_holding(plan, person, family, birthday))
    staying = sum(1 for each in holders.of(BENEFIT) if each.person.died_on is None or each.person.died_on > last)
    make.today = first
    shares = (wanted.first, wanted.second, wanted.longevity)
    made: list[Holding] = []
    for _ in range(max(0, wanted.total - staying - wanted.turning) + wanted.dying):
        ages = rng.choices(((80, 89), (90, 99), (100, 106)), shares)[0]
        made.append(_elder(plan, holders, make, ages=ages))
    for holding in rng.sample(made, wanted.dying):
        month = rng.choice(plan.scenario.period.months[:-1])
        die(holding.person, month.first_day + timedelta(days=rng.randint(1, 26)))
    for _ in range(wanted.turning):
        month = rng.choice(plan.scenario.period.months)
        birth_on = date(month.first_day.year - FIRST_AGE, month.first_day.month, rng.randint(1, 28))
        _elder(plan, holders, make, birth_on=birth_on)
    for holding in holders.of(BENEFIT):
        if holding.person.died_on is not None and holding.person.death_arrives is not None:
            holding.closes(holding.person.died_on, holding.person.death_arrives)


def _registered(plan: Plan, holders: Holders) -> list[tuple[Family, Citizen]]:
    """The members of all families that are on a register already."""
    families = [*plan.families, *holders.families]
    return [(family, member.person) for family in families for member in family.members if member.until is None]


def _elder(
    plan: Plan, holders: Holders, make: Maker, *, ages: tuple[int, int] = (80, 80), birth_on: date | None = None
) -> Holding:
    """An old person on the hukou register, of whose means nothing is known."""
    village = make.village()
    address, hukou = make.address(village), make.hukou(village)
    make.arrives = plan.scenario.opens_on
    person = make.person(ages, village, address, hukou, birth_on=birth_on)
    opened = date(2000 + make.rng.randrange(20), 1, 1)
    family = Family(f"HE{len(holders.families) + 1:06d}", "elder", village, address, hukou, opened, make.arrives)
    family.members.append(make.member(person, "head", opened))
    holders.families.append(family)
    holding = _holding(plan, person, family, _turns(person.birth_on, FIRST_AGE))
    holders.holdings.append(holding)
    return holding


def _holding(plan: Plan, person: Citizen, family: Family, birthday: date) -> Holding:
    """From the month of the birthday; whoever turns eighty in the half-year is granted by the list of that month."""
    month = Month.from_date(birthday)
    if month >= plan.scenario.period.months[0]:
        return Holding(BENEFIT, person, family, month.first_day, first_workday(month), granted_on=first_workday(month))
    return Holding(BENEFIT, person, family, month.first_day, month.first_day - 15 * _DAY)


def _turns(birth_on: date, age: int) -> date:
    """The birthday; one of 29 February is kept on 1 March."""
    try:
        return birth_on.replace(year=birth_on.year + age)
    except ValueError:
        return date(birth_on.year + age, 3, 1)
