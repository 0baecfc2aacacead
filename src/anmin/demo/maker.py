"""Makes invented people one at a time, each number used once, everything drawn from one seed."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from random import Random

from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.demo import names
from anmin.demo.county import Citizen, Known, Member, Support, Village

_BANK = "0000320699"
_CIVIL, _DISABLED, _MEDICAL, _SCHOOLS = "镇街民政申报", "残联", "医保局", "教育局"


class Maker:
    """Draws people and what is known of them; nobody gets a number that one of the `others` has.

    `today` is the day their ages refer to, `since` the day from which what they declare holds, `arrives` the day the files come.
    """

    def __init__(
        self,
        rng: Random,
        villages: Sequence[Village],
        weights: Sequence[int],
        central_pension: int,
        standard: int,
        *,
        others: Collection[Citizen] = (),
    ) -> None:
        self.rng = rng
        self.villages = villages
        self.weights = weights
        self.central_pension = central_pension
        self.standard = standard
        self.today = date.min
        self.since = date.min
        self.arrives = date.min
        self._numbers = {person.identity_number for person in others}
        # Accounts are counted; a second maker goes on where the first stopped.
        self._made = max((int(person.bank_account.removeprefix(_BANK)) for person in others), default=0)

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def village(self) -> Village:
        """A village; those of the large towns more often."""
        return self.rng.choices(self.villages, self.weights)[0]

    def address(self, village: Village) -> str:
        """An address of the usual form; no such house is meant."""
        if village.name.endswith("社区"):
            return f"{village.name}{self.rng.randint(1, 40)}幢{self.rng.randint(101, 606)}室"
        return f"{village.name}{self.rng.randint(1, 32)}组{self.rng.randint(1, 60)}号"

    def hukou(self, village: Village) -> str:
        """Urban more often in communities of the streets."""
        share = 0.5 if village.name.endswith("社区") else 0.06
        return "urban" if self.rng.random() < share else "rural"

    # ── people ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def born(self, youngest: int, oldest: int) -> date:
        """A birthday that makes the person so old today."""
        first = self.today.replace(year=self.today.year - oldest - 1, day=min(self.today.day, 28)) + timedelta(days=1)
        last = self.today.replace(year=self.today.year - youngest, day=min(self.today.day, 28))
        return first + timedelta(days=self.rng.randrange((last - first).days))

    def person(
        self,
        ages: tuple[int, int],
        village: Village,
        address: str,
        hukou: str,
        *,
        sex: str = "",
        family: str = "",
        birth_on: date | None = None,
    ) -> Citizen:
        """A person of that age, with a name, a number, a telephone that nobody has, and an account no bank would open."""
        rng = self.rng
        birth_on = birth_on or self.born(*ages)
        female = (sex or rng.choice(("male", "female"))) == "female"
        name = (family or names.surname(rng)) + names.given_name(rng, female=female, birth_on=birth_on)
        self._made += 1
        return Citizen(
            name=name,
            sex="female" if female else "male",
            birth_on=birth_on,
            identity_number=self._number(birth_on, female),
            hukou=hukou,
            village=village,
            address=address,
            arrives=self.arrives,
            phone=f"129{rng.randrange(10**8):08d}",
            bank_account=f"{_BANK}{self._made:09d}",
        )

    def _number(self, birth_on: date, female: bool) -> str:
        while True:
            sequence = self.rng.randrange(1, 500) * 2 - (0 if female else 1)
            number = make_identity_number(SYNTHETIC_REGION, birth_on, sequence)
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def member(self, person: Citizen, relation: str, opened_on: date) -> Member:
        """The person in a family, from birth or from when the household was opened."""
        return Member(person, relation, since=max(person.birth_on, opened_on), arrives=self.arrives)

    # ── what is known of them ────────────────────────────────────────────────────────────────────────────────────────

    def tell(
        self, person: Citizen, kind: str, value: int | str, source: str = _CIVIL, *, tunable: bool = False, fixed: int = 0
    ) -> None:
        """The files say this of the person, from when what is declared holds (or from birth)."""
        since = max(self.since, person.birth_on)
        person.known.append(Known(kind, value, since, source, self.arrives, tunable=tunable, fixed=fixed))

    def means(
        self, person: Citizen, *, wage: int = 0, pension: int = 0, farming: int = 0, rent: int = 0, received: int = 0
    ) -> None:
        """An adult's monthly means in yuan, every kind stated, also where there is none.

        `pension` is what exceeds the central one.
        """
        elder = person.age(self.today) >= 60
        central = self.central_pension if elder else 0
        self.tell(person, "income.wage", wage * 100, tunable=wage > 0)
        self.tell(person, "income.business", farming * 100)
        if farming:
            self.tell(person, "income.farming", farming * 100)
        self.tell(person, "income.property", rent * 100, tunable=rent > 0)
        self.tell(person, "income.pension", (central + pension) * 100, tunable=pension > 0, fixed=central * 100)
        if central:
            self.tell(person, "income.pension_central", central * 100)
        if received:
            self.tell(person, "income.support_received", received * 100, tunable=True)
        self.tell(person, "assets.financial", self.rng.randint(0, 90) * 10_000 + self.rng.randint(0, 9) * 1_000)
        self.tell(person, "assets.homes", 0)
        self.tell(person, "assets.vehicles", 0)

    def works(self, person: Citizen, status: str) -> None:
        self.tell(person, "work.status", status)

    def studies(self, person: Citizen) -> None:
        """A child or student is in the school of its age; nobody under six is."""
        age = person.age(self.today)
        for until, level in ((5, ""), (11, "primary"), (14, "middle"), (17, "high"), (99, "bachelor")):
            if age <= until:
                if level:
                    self.tell(person, "schooling.level", level, _SCHOOLS)
                break
        # At sixteen an adult's means must be stated; who turns sixteen meanwhile states them before.
        if age >= 15:
            self.means(person)
            self.works(person, "student")

    def disabled(self, person: Citizen, kind: str, grade: int) -> None:
        """A certificate of some years ago."""
        issued = max(person.birth_on + timedelta(days=3 * 365), self.since - timedelta(days=self.rng.randint(100, 4000)))
        for fact, value in (("disability.kind", kind), ("disability.grade", grade)):
            person.known.append(Known(fact, value, issued, _DISABLED, self.arrives))

    def ill(self, person: Citizen) -> None:
        self.tell(person, "illness.severe", 1, _MEDICAL)

    def veteran(self, person: Citizen) -> None:
        self.tell(person, "status.veteran", 1, "退役军人事务局")

    def supported(self, person: Citizen) -> None:
        """One to three children elsewhere; most have no more than they need, some must give."""
        rng = self.rng
        children = rng.choices((1, 2, 3), (5, 4, 1))[0]
        age = person.age(self.today)
        for _ in range(children):
            years = max(20, age - rng.randint(22, 32))
            village = self.village() if rng.random() < 0.4 else person.village
            child = self.person((years, years), village, self.address(village), self.hukou(village), family=person.name[:1])
            size = rng.choice((2, 3, 3, 4, 5))
            able = rng.random() < 0.12
            share = rng.uniform(2.03, 2.30) if able else rng.uniform(0.9, 1.95)
            income = int(share * self.standard / 100 * size) // 10 * 1_000
            person.supporters.append(
                Support(
                    obligor=child,
                    duty="maintain_parent",
                    household_income=income,
                    household_size=size,
                    dependants=rng.choice((1, 2, 2, 3, 4)),
                    actual=None,
                    exempt=rng.random() < 0.05,
                    since=self.since,
                    arrives=self.arrives,
                )
            )
