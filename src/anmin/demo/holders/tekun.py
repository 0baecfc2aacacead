"""Those without means, capacity and supporters, in homes or at home; some are admitted, most who leave die.

Some of those admitted were on dibao before, or orphans who came of age; some children leave for the stipend.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family, Known
from anmin.demo.holders.holding import Holders, Holding, die
from anmin.demo.holders.targets import Tekun
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan
from anmin.ground.policy.parameters import Parameters

BENEFIT = "assistance.tekun"
ORPHAN = "orphan"
"""The kind of family of a child who passes from tekun to the stipend or, of age, from the stipend to tekun."""
CHOSE_CHILD = "选择其他待遇"
_DAY = timedelta(days=1)
_OLD = 60
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
    made = [_person(plan, holders, make, rng, urban=True) for _ in range(wanted.urban)]
    came = [*_from_dibao(plan), *(_of_age(plan, holders, make, rng, place) for place in range(wanted.from_stipend))]
    children = [_child(plan, holders, make, rng, place) for place in range(wanted.to_stipend)]
    elders = wanted.rural + wanted.removed - len(came) - len(children)
    settled = [_person(plan, holders, make, rng, urban=False) for _ in range(elders)]
    rng.shuffle(settled)
    new = wanted.admitted - len(came)
    for holding in settled[:new]:
        # Admitted from February on: what was decided in January stands on that month's list.
        month = rng.choice(months)
        holding.since, holding.granted_on, holding.decided_on = month.first_day, first_workday(month), first_workday(month)
    died = settled[new : new + wanted.removed - len(children)]
    for holding in died:
        month = rng.choice(months[:-1])
        # Not on the first: whoever died on it is not due for the month.
        die(holding.person, month.first_day + rng.randint(1, 26) * _DAY)
        assert holding.person.died_on is not None  # just now
        assert holding.person.death_arrives is not None  # likewise
        holding.closes(holding.person.died_on, holding.person.death_arrives)
    # The town closes the latest of them by a case of their own, which pays for the funeral; the others stand on a list.
    for holding in sorted(died, key=lambda each: each.person.died_on or first)[len(died) - wanted.funerals :]:
        holding.by_case = True
    made += [*came, *settled, *children]
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
    person, family = _alone(holders, make, rng, (61, 92), "tekun", urban=urban)
    make.means(person)
    make.tell(person, "obligor.none", 1)
    make.tell(person, "land.contracted", 0 if urban else 1)
    return _settled(plan, rng, person, family)


def _alone(
    holders: Holders, make: Maker, rng: Random, ages: tuple[int, int], kind: str, *, urban: bool, birth_on: date | None = None
) -> tuple[Citizen, Family]:
    village = make.village()
    address = make.address(village)
    hukou = "urban" if urban else "rural"
    person = make.person(ages, village, address, hukou, birth_on=birth_on)
    opened = max(date(1990 + rng.randrange(25), 1, 1), person.birth_on)
    family = Family(f"HT{len(holders.families) + 1:06d}", kind, village, address, hukou, opened, make.arrives)
    family.members.append(make.member(person, "head", opened))
    holders.families.append(family)
    return person, family


def _settled(plan: Plan, rng: Random, person: Citizen, family: Family) -> Holding:
    since: Month = plan.scenario.period.months[0] - rng.randint(4, 160)
    return Holding(BENEFIT, person, family, since.first_day, since.first_day - 15 * _DAY)


# ── those who pass over ──────────────────────────────────────────────────────────────────────────────────────────────


def _from_dibao(plan: Plan) -> Iterator[Holding]:
    """Whoever left dibao for tekun stands on the list of the month after; in the country, where nearly all of them live."""
    passed = {event.household for event in plan.events if event.answers.get("end_reason") == "to_tekun"}
    for family in plan.families:
        if family.number in passed and family.covered_until is not None and family.hukou == "rural":
            month = Month.from_date(family.covered_until) + 1
            if month in plan.scenario.period.months and _unable(family.head, month):
                holding = _admitted(family.head, family, month)
                _learn(holding, {"obligor.none": 1, "land.contracted": 1})
                yield holding


def _unable(person: Citizen, month: Month) -> bool:
    """Old enough, or so disabled that the law asks nothing further; of the blind it asks the first grade."""
    kinds = {str(known.value) for known in person.known if known.kind == "disability.kind"}
    return person.age(month.first_day) >= _OLD or bool(kinds & {"physical", "intellectual", "mental"})


def _of_age(plan: Plan, holders: Holders, make: Maker, rng: Random, place: int) -> Holding:
    """An orphan, severely disabled, who turned eighteen the month before: no longer a child, and able to live of nothing."""
    months = plan.scenario.period.months
    month = months[1 + place % (len(months) - 1)]
    before = month - 1
    birth_on = date(before.first_day.year - 18, before.first_day.month, rng.randint(2, 28))
    person, family = _alone(holders, make, rng, (17, 18), ORPHAN, urban=False, birth_on=birth_on)
    make.disabled(person, "intellectual", 2)
    make.means(person)
    make.tell(person, "obligor.none", 1)
    make.tell(person, "land.contracted", 1)
    holding = _admitted(person, family, month)
    _learn(holding, {"child.benefit_chosen": 0})
    return holding


def _child(plan: Plan, holders: Holders, make: Maker, rng: Random, place: int) -> Holding:
    """An orphan whose guardian chooses the stipend instead, which is more; tekun ends with the month before."""
    months = plan.scenario.period.months
    month = months[1 + place % (len(months) - 2)]
    person, family = _alone(holders, make, rng, (7, 13), ORPHAN, urban=False)
    make.studies(person)
    make.tell(person, "obligor.none", 1)
    make.tell(person, "land.contracted", 1)
    holding = _settled(plan, rng, person, family)
    holding.since = max(holding.since, (Month.from_date(person.birth_on) + 1).first_day)
    holding.until, holding.ended_on, holding.end_reason = month.last_day, first_workday(month, 8), CHOSE_CHILD
    return holding


def _admitted(person: Citizen, family: Family, month: Month) -> Holding:
    day = first_workday(month)
    return Holding(BENEFIT, person, family, month.first_day, day, granted_on=day)


def _learn(holding: Holding, facts: dict[str, int]) -> None:
    """What was found out when the person was admitted came with the list of that day."""
    assert holding.granted_on is not None  # of the admitted only
    for kind, value in facts.items():
        holding.person.known.append(Known(kind, value, holding.since, "入户调查", holding.granted_on))
