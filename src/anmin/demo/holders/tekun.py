"""Those without means, capacity and supporters, in homes or at home; some are admitted, most who leave die."""

from datetime import date, timedelta
from random import Random

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family
from anmin.demo.holders.holding import Holders, Holding, die
from anmin.demo.holders.targets import Tekun
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan
from anmin.ground.policy.parameters import Parameters

BENEFIT = "assistance.tekun"
_DAY = timedelta(days=1)
_ITEMS = ((0, "able", 74), (2, "partial", 20), (5, "full", 6))
"""How many of six everyday things somebody cannot do, the grade that makes, and how often it comes."""


def hold_tekun(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Tekun, parameters: Parameters) -> None:
    """So many are supported at the end, and the half-year pays the wanted sum to within half a person's care."""
    months, first = plan.scenario.period.months, plan.scenario.period.first_day
    basic, care = (parameters.value(f"{BENEFIT}.{name}", on=first) for name in ("basic_standard", "care_rates"))
    assert isinstance(basic, dict)  # a table
    assert isinstance(care, dict)  # likewise
    standard = parameters.number("assistance.dibao.standard", on=first)
    make.arrives, make.today, make.since = plan.scenario.opens_on, first, first - timedelta(days=300)
    made = [_person(plan, holders, make, rng, urban=place < wanted.urban) for place in range(wanted.urban)]
    rural = wanted.rural + wanted.removed
    made += [_person(plan, holders, make, rng, urban=False) for _ in range(rural)]
    settled = made[wanted.urban :]
    rng.shuffle(settled)
    for holding in settled[: wanted.admitted]:
        # Admitted from February on: what was decided in January stands on that month's list.
        month = rng.choice(months)
        holding.since, holding.granted_on, holding.decided_on = month.first_day, first_workday(month), first_workday(month)
    for holding in settled[wanted.admitted : wanted.admitted + wanted.removed]:
        month = rng.choice(months[:-1])
        # Not on the first: whoever died on it is not due for the month.
        die(holding.person, month.first_day + rng.randint(1, 26) * _DAY)
        assert holding.person.died_on is not None  # just now
        assert holding.person.death_arrives is not None  # likewise
        holding.closes(holding.person.died_on, holding.person.death_arrives)
    urban = {id(holding) for holding in made[: wanted.urban]}
    total: Fen = sum(
        basic["urban" if id(holding) in urban else "rural"] * sum(1 for month in months if holding.is_due(month))
        for holding in made
    )
    # Those admitted live at home; as many of the others as the money goes for.
    admitted = [holding for holding in made if holding.granted_on is not None]
    others = [holding for holding in made if holding.granted_on is None]
    for holding in (*admitted, *rng.sample(others, len(others))):
        items, grade, _ = rng.choices(_ITEMS, [weight for _, _, weight in _ITEMS])[0]
        cost = (standard * care[grade] + 500) // 1000 * sum(1 for month in months if holding.is_due(month))
        at_home = holding.granted_on is not None or total + cost // 2 <= wanted.paid
        total += cost if at_home else 0
        holding.route = "分散供养" if at_home else "集中供养"
        make.tell(holding.person, "care.items_lost", items)
        make.tell(holding.person, "residence.institution", 0 if at_home else 1)
    holders.holdings += made


def _person(plan: Plan, holders: Holders, make: Maker, rng: Random, *, urban: bool) -> Holding:
    """Somebody old who lives alone, has no more than the basic pension, and nobody who owes support."""
    village = make.village()
    address = make.address(village)
    hukou = "urban" if urban else "rural"
    person: Citizen = make.person((61, 92), village, address, hukou)
    opened = date(1990 + rng.randrange(25), 1, 1)
    family = Family(f"HT{len(holders.families) + 1:06d}", "tekun", village, address, hukou, opened, make.arrives)
    family.members.append(make.member(person, "head", opened))
    make.means(person)
    make.tell(person, "obligor.none", 1)
    make.tell(person, "land.contracted", 0 if urban else 1)
    holders.families.append(family)
    since: Month = plan.scenario.period.months[0] - rng.randint(4, 160)
    return Holding(BENEFIT, person, family, since.first_day, since.first_day - 15 * _DAY)
