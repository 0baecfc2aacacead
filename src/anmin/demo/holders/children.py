"""Children in distress with a stipend: orphans, without guardian, with parents unable, severely ill or disabled.

Orphans who pass from tekun or to it are already among those of tekun.
"""

from datetime import date, timedelta
from random import Random

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Family, Known
from anmin.demo.holders import tekun
from anmin.demo.holders.holding import Holders, Holding
from anmin.demo.holders.targets import Children
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan
from anmin.ground.policy.parameters import Parameters

BENEFIT = "children.stipend"
_DAY = timedelta(days=1)
_LOST = (("dead", "dead"), ("dead", "missing"), ("not_found", "dead"))
_AWAY = (("prison", "lost_contact"), ("dead", "prison"), ("dead", "lost_contact"), ("lost_contact", "lost_contact"))
_UNABLE = (("severe", "severe"), ("dead", "severe"), ("severe", "prison"))
_CATEGORIES = {
    "机构养育孤儿": "orphan",
    "散居孤儿": "orphan",
    "重残、重病及流浪": "severe",
    "父母监护缺失": "no_guardian",
    "父母无力履行监护职责": "unable",
}
_OPEN = 150
"""Of so many children the category of one is not written down yet, and of another it is no longer right."""


def hold_stipends(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Children, parameters: Parameters) -> None:
    """So many children hold the stipend at the end, and the half-year pays the wanted sum to within half a child's difference."""
    months, first = plan.scenario.period.months, plan.scenario.period.first_day
    standards, rates = (parameters.value(f"{BENEFIT}.{name}", on=first) for name in ("standards", "rates"))
    assert isinstance(standards, dict)  # a table
    assert isinstance(rates, dict)  # likewise
    home: Fen = standards["at_home"]
    amounts = {name: (home * rate + 500) // 1000 for name, rate in rates.items()}
    make.arrives, make.today, make.since = plan.scenario.opens_on, first, first - timedelta(days=400)
    children = _Children(plan, holders, make, rng)
    come, gone = children.from_tekun(), children.to_tekun()
    settled = wanted.orphans - len(come)
    made = [children.orphan(place < wanted.in_institution) for place in range(settled)]
    paid = [standards["institution" if place < wanted.in_institution else "at_home"] for place in range(settled)]
    made += [*come, *gone]
    paid += [standards["at_home"]] * (len(come) + len(gone))
    made += [children.severe() for _ in range(wanted.severe)]
    paid += [amounts["severe"]] * wanted.severe
    others = [children.child() for _ in range(wanted.persons + len(gone) - len(made))]
    for holding in rng.sample(others, wanted.joining - len(come)):
        month = rng.choice(months[1:])
        holding.since, holding.granted_on = month.first_day, first_workday(month)
    others += [children.grown_up(rng.choice(months[:-1])) for _ in range(wanted.leaving - len(gone))]
    made += others
    total = sum(amount * _months(each, months) for each, amount in zip(made, paid, strict=False))
    total += sum(amounts["unable"] * _months(each, months) for each in others)
    for holding in rng.sample(others, len(others)):
        more = (amounts["no_guardian"] - amounts["unable"]) * _months(holding, months)
        without_guardian = total + more // 2 <= wanted.paid
        total += more if without_guardian else 0
        children.tell_parents(holding, _AWAY if without_guardian else _UNABLE)
        holding.route = "父母监护缺失" if without_guardian else "父母无力履行监护职责"
    for place, holding in enumerate(made):
        if place % _OPEN != _OPEN - 1:
            children.tell_category(holding, "other" if place % _OPEN == _OPEN // 2 else _CATEGORIES[holding.route])
    holders.holdings += made


def _months(holding: Holding, months: tuple[Month, ...]) -> int:
    return sum(1 for month in months if holding.is_due(month))


class _Children:
    """Makes one child after another, each with a grandparent or in the children's home."""

    def __init__(self, plan: Plan, holders: Holders, make: Maker, rng: Random) -> None:
        self.plan, self.holders, self.make, self.rng = plan, holders, make, rng

    def orphan(self, in_institution: bool) -> Holding:
        holding = self.child()
        self.tell_parents(holding, _LOST)
        self.make.tell(holding.person, "child.placement", "institution" if in_institution else "family")
        holding.route = "机构养育孤儿" if in_institution else "散居孤儿"
        return holding

    def from_tekun(self) -> list[Holding]:
        """The orphans whose guardians chose the stipend: from the month after tekun has ended."""
        made = []
        for before in self.holders.of(tekun.BENEFIT):
            if before.family.kind == tekun.ORPHAN and before.until is not None:
                month = Month.from_date(before.until) + 1
                day = first_workday(month)
                holding = Holding(BENEFIT, before.person, before.family, month.first_day, day, granted_on=day, route="散居孤儿")
                self.tell_parents(holding, _LOST)
                before.person.known.append(Known("child.benefit_chosen", 1, month.first_day, "监护人声明", day))
                made.append(holding)
        return made

    def to_tekun(self) -> list[Holding]:
        """The orphans of tekun who had the stipend until they came of age."""
        made = []
        for after in self.holders.of(tekun.BENEFIT):
            if after.family.kind == tekun.ORPHAN and after.granted_on is not None:
                month = Month.from_date(after.since) - 1
                since = self.plan.scenario.period.months[0] - 60
                holding = Holding(
                    BENEFIT, after.person, after.family, since.first_day, since.first_day - 10 * _DAY, route="散居孤儿"
                )
                holding.until, holding.ended_on, holding.end_reason = month.last_day, first_workday(month + 1), "年满或毕业"
                self.tell_parents(holding, _LOST)
                made.append(holding)
        return made

    def severe(self) -> Holding:
        """Severely disabled or ill; the parents look after the child."""
        holding = self.child()
        holding.route = "重残、重病及流浪"
        if self.rng.random() < 0.5:
            self.make.ill(holding.person)
        else:
            self.make.disabled(holding.person, self.rng.choice(("intellectual", "physical", "mental")), self.rng.choice((1, 2)))
        return holding

    def grown_up(self, month: Month) -> Holding:
        """Eighteen in the month, and not at school any more: the stipend ends with it."""
        holding = self.child(date(month.first_day.year - 18, month.first_day.month, self.rng.randint(2, 28)))
        holding.until, holding.end_reason = month.last_day, "年满或毕业"
        holding.ended_on = first_workday(month + 1)
        return holding

    def child(self, birth_on: date | None = None) -> Holding:
        make = self.make
        village = make.village()
        address, hukou = make.address(village), make.hukou(village)
        child = make.person((4, 16), village, address, hukou, birth_on=birth_on)
        elder = make.person((56, 74), village, address, hukou, family=child.name[:1])
        opened = date(2008, 1, 1)
        family = Family(f"HY{len(self.holders.families) + 1:06d}", "child", village, address, hukou, opened, make.arrives)
        family.members += [make.member(elder, "head", opened), make.member(child, "grandchild", opened)]
        self.holders.families.append(family)
        since = max(self.plan.scenario.period.months[0] - self.rng.randint(2, 40), Month.from_date(child.birth_on) + 1)
        return Holding(BENEFIT, child, family, since.first_day, since.first_day - 10 * _DAY)

    def tell_category(self, holding: Holding, category: str) -> None:
        """On record since the stipend began, or the file before; who is granted it later is recorded with the grant."""
        arrives = holding.granted_on or holding.person.arrives
        holding.person.known.append(Known("child.category", category, holding.since, "儿童福利科认定", arrives))

    def tell_parents(self, holding: Holding, states: tuple[tuple[str, str], ...]) -> None:
        father, mother = self.rng.choice(states)
        self.make.tell(holding.person, "child.father", father)
        self.make.tell(holding.person, "child.mother", mother)
