"""Disabled persons with the living allowance, the nursing subsidy, or both; a group newly admitted to nursing, with arrears."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family
from anmin.demo.holders.holding import Holders, Holding, die
from anmin.demo.holders.targets import Disabled
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan
from anmin.ground.policy.parameters import Parameters

LIVING, NURSING = "disability.living", "disability.nursing"
ARREARS_MONTHS = 5
"""The group is paid from so many months before the half-year."""
_GROUP_MONTH = 2
"""The group is decided in the third month."""
_SEVERE = ("intellectual", "physical", "mental", "visual")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Rates:
    """Fen a month by case, as the policy has them on the first day."""

    dibao_severe: Fen
    dibao_other: Fen
    no_income: Fen
    family: Fen
    grade_three: Fen
    urban: Fen
    rural: Fen


def hold_subsidies(plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Disabled, parameters: Parameters) -> None:
    """So many persons hold one or both at the end, and the half-year pays the wanted sum to within half a person's."""
    county = _County(plan, holders, make, rng, wanted, _rates(parameters, plan.scenario.period.first_day))
    county.those_on_dibao()
    county.those_of_grade_three(wanted.grade_three)
    county.families_with_several(wanted.families)
    county.everybody_else()
    county.some_die(wanted.dying)
    county.settle_incomes()


def _rates(parameters: Parameters, on: date) -> _Rates:
    standard = parameters.number("assistance.dibao.standard", on=on)
    living, nursing = (parameters.value(f"{benefit}.rates", on=on) for benefit in (LIVING, NURSING))
    assert isinstance(living, dict)  # a table
    assert isinstance(nursing, dict)  # likewise
    shares = {key: (standard * value + 500) // 1000 for key, value in living.items()}
    return _Rates(**shares, urban=nursing["urban"], rural=nursing["rural"])


class _County:
    """Puts the disabled persons of the county together, one kind after another."""

    def __init__(self, plan: Plan, holders: Holders, make: Maker, rng: Random, wanted: Disabled, rates: _Rates) -> None:
        self.plan, self.holders, self.make, self.rng = plan, holders, make, rng
        self.wanted, self.rates = wanted, rates
        self.months = plan.scenario.period.months
        self.living: dict[int, Fen] = {}
        self.new: list[Citizen] = []
        self.severe: list[tuple[Citizen, Family]] = []
        make.arrives = plan.scenario.opens_on
        make.today = plan.scenario.period.first_day
        make.since = make.today - timedelta(days=200)

    # ── who they are ─────────────────────────────────────────────────────────────────────────────────────────────────

    def those_on_dibao(self) -> None:
        """Whoever is on dibao and holds a card has both, or the living allowance alone."""
        opens_on = self.plan.scenario.opens_on
        # What becomes of those who leave dibao depends on more than this story tells.
        staying = (family for family in self.plan.on_register if family.covered_until is None)
        for family in staying:
            for member in family.members:
                person = member.person
                # A card of which the county hears later is another story.
                cards = [known for known in person.known if known.kind == "disability.grade" and known.arrives <= opens_on]
                grade = int(cards[0].value) if cards else 0
                covered = family.single is None or family.single is person
                if (
                    not grade
                    or not covered
                    or member.arrives > opens_on
                    or member.until is not None
                    or person.died_on is not None
                ):
                    continue
                self.make.tell(person, "income.fixed", 0)
                self._hold(LIVING, person, family, self.rates.dibao_severe if grade <= 2 else self.rates.dibao_other)
                if grade <= 2:
                    self._hold(NURSING, person, family)

    def those_of_grade_three(self, count: int) -> None:
        """Intellectual or mental disability of grade three, without a fixed income, outside dibao."""
        for _ in range(count):
            person, family = self._alone((20, 70))
            self.make.disabled(person, self.rng.choice(("intellectual", "mental")), 3)
            self.make.tell(person, "income.fixed", 0)
            self._hold(LIVING, person, family, self.rates.grade_three)

    def families_with_several(self, count: int) -> None:
        """Two disabled members in a family of low income (一户多残), everything they live on stated."""
        for _ in range(count):
            person, family = self._alone((35, 60))
            other = self.make.person((30, 60), family.village, family.address, family.hukou)
            family.members.append(self.make.member(other, "spouse", family.opened_on))
            for each in (person, other):
                self.make.disabled(each, self.rng.choice(("hearing", "physical")), self.rng.choice((3, 4)))
                self.make.means(each, wage=self.rng.randint(60, 110) * 10)
                self._hold(LIVING, each, family, self.rates.family)

    def everybody_else(self) -> None:
        """Severe disability: all are nursed; who has no fixed income lives on the allowance, as far as the money goes."""
        held = {id(each.person) for each in self.holders.of(LIVING) if each.person.died_on is None}
        for _ in range(self.wanted.persons - len(held) + self.wanted.dying):
            person, family = self._alone((18, 88))
            self.make.disabled(person, self.rng.choice(_SEVERE), self.rng.choice((1, 2, 2)))
            self.severe.append((person, family))
        self.new = [person for person, _ in self.rng.sample(self.severe, self.wanted.newly_nursing)]
        new = {id(person) for person in self.new}
        decided = first_workday(self.months[_GROUP_MONTH])
        for person, family in self.severe:
            if id(person) in new:
                since = (self.months[0] - ARREARS_MONTHS + _GROUP_MONTH).first_day
                self.holders.holdings.append(Holding(NURSING, person, family, since, decided, granted_on=decided))
            else:
                self._hold(NURSING, person, family)

    def some_die(self, count: int) -> None:
        """Some of the nursed die, and both subsidies end with the month."""
        new = {id(person) for person in self.new}
        mortal = [person for person, _ in self.severe if id(person) not in new]
        for person in self.rng.sample(mortal, count):
            month = self.rng.choice(self.months[:-1])
            die(person, month.first_day + self.rng.randint(1, 26) * _DAY)

    def settle_incomes(self) -> None:
        """As many have no fixed income, and the allowance, as bring the county to its sum."""
        for benefit in (LIVING, NURSING):
            self._close(benefit)
        total = sum(self._paid(each) for benefit in (LIVING, NURSING) for each in self.holders.of(benefit))
        # Those admitted to nursing as a group had nothing before: an allowance of theirs would be part of another story.
        new = {id(person) for person in self.new}
        candidates = [each for each in self.severe if id(each[0]) not in new]
        self.rng.shuffle(candidates)
        for person, family in [*candidates, *(each for each in self.severe if id(each[0]) in new)]:
            fixed = 1
            if total + self.rates.no_income * len(self.months) // 2 <= self.wanted.paid and person.died_on is None:
                self._hold(LIVING, person, family, self.rates.no_income)
                total += self.rates.no_income * len(self.months)
                fixed = 0
            self.make.tell(person, "income.fixed", fixed)

    # ── small things ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _alone(self, ages: tuple[int, int]) -> tuple[Citizen, Family]:
        make = self.make
        village = make.village()
        address, hukou = make.address(village), make.hukou(village)
        person = make.person(ages, village, address, hukou)
        opened = max(date(1995 + self.rng.randrange(25), 1, 1), person.birth_on)
        family = Family(f"HC{len(self.holders.families) + 1:06d}", "disabled", village, address, hukou, opened, make.arrives)
        family.members.append(make.member(person, "head", opened))
        self.holders.families.append(family)
        return person, family

    def _hold(self, benefit: str, person: Citizen, family: Family, amount: Fen = 0) -> None:
        since = (self.months[0] - self.rng.randint(2, 60)).first_day
        self.holders.holdings.append(Holding(benefit, person, family, since, since - 12 * _DAY))
        if amount:
            self.living[id(person)] = amount

    def _close(self, benefit: str) -> None:
        for holding in self.holders.of(benefit):
            if holding.person.died_on is not None and holding.person.death_arrives is not None:
                holding.closes(holding.person.died_on, holding.person.death_arrives)

    def _paid(self, holding: Holding) -> Fen:
        amount = self.living.get(id(holding.person), 0)
        if holding.benefit == NURSING:
            amount = self.rates.urban if holding.person.hukou == "urban" else self.rates.rural
        first = Month.from_date(holding.since) if holding.granted_on else self.months[0]
        return amount * sum(1 for month in Month.range(first, self.months[-1]) if holding.is_due(month))
