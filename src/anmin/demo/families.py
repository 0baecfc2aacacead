"""Kinds of families on dibao, each as one function: who lives there, and on what.

What they have is drawn wide and then scaled by one factor until the county's total is met (`tuning`); the rules alone decide what
each of them receives.
"""

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from anmin.demo.county import Citizen, Family, Village
from anmin.demo.maker import Maker

Build = Callable[[Maker, "Home"], None]

_SEVERE_KINDS = (("physical", 30), ("intellectual", 26), ("mental", 26), ("visual", 12), ("multiple", 6))
_MILD_KINDS = (("physical", 45), ("hearing", 20), ("visual", 15), ("speech", 5), ("intellectual", 15))


class Home:
    """A family while it is being made: one address, members added one by one."""

    def __init__(self, make: Maker, number: str, kind: str) -> None:
        self.make = make
        village = make.village()
        address, hukou = make.address(village), make.hukou(village)
        opened_on = date(make.rng.randint(1998, 2019), make.rng.randint(1, 12), make.rng.randint(1, 28))
        self.family = Family(number, kind, village, address, hukou, opened_on, make.arrives)

    @property
    def village(self) -> Village:
        return self.family.village

    def add(self, relation: str, ages: tuple[int, int], *, sex: str = "", surname: str = "") -> Citizen:
        home = self.family
        person = self.make.person(ages, home.village, home.address, home.hukou, sex=sex, family=surname)
        home.members.append(self.make.member(person, relation, home.opened_on))
        return person


def _drawn(rng: Random, table: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([word for word, _ in table], [weight for _, weight in table])[0]


def _retired(make: Maker, person: Citizen, *, supported: float = 0.0) -> None:
    rng = make.rng
    make.means(
        person,
        pension=rng.randint(20, 190),
        farming=rng.choice((0, 0, 0, 60, 90, 140)),
        rent=rng.choice((0, 20, 30, 45, 60)),
        received=rng.choice((0, 0, 100, 150, 200, 300)) if supported else 0,
    )
    make.works(person, "unable" if person.age(make.today) >= 72 else "retired")
    if rng.random() < supported:
        make.supported(person)
    if rng.random() < 0.10:
        make.disabled(person, _drawn(rng, _MILD_KINDS), rng.choice((3, 4)))
    elif rng.random() < 0.13:
        make.ill(person)
    if person.sex == "male" and rng.random() < 0.03:
        make.veteran(person)


def _severely_disabled(make: Maker, person: Citizen) -> None:
    kind = _drawn(make.rng, _SEVERE_KINDS)
    make.disabled(
        person, kind, make.rng.choice((1, 2, 2)) if kind not in ("mental", "intellectual") else make.rng.choice((1, 2, 2, 3))
    )
    make.works(person, "unable")
    make.means(person, rent=make.rng.choice((0, 20, 40)), received=make.rng.choice((0, 150, 250, 350)))


def _earning(make: Maker, person: Citizen, low: int, high: int) -> None:
    make.means(person, wage=make.rng.randint(low // 10, high // 10) * 10, rent=make.rng.choice((0, 20, 40)))
    make.works(person, "employed")


def _idle(make: Maker, person: Citizen, status: str = "unemployed") -> None:
    make.means(person, rent=make.rng.choice((0, 30, 60)), received=make.rng.choice((0, 100, 200, 300)))
    make.works(person, status)


def elder_alone(make: Maker, home: Home) -> None:
    """An old person alone; the children, if any, live elsewhere."""
    person = home.add("head", make.rng.choice(((62, 69), (70, 79), (70, 79), (80, 93))))
    _retired(make, person, supported=0.34)


def disabled_alone(make: Maker, home: Home) -> None:
    """A severely disabled adult on a household register of one."""
    _severely_disabled(make, home.add("head", (24, 59), sex=make.rng.choice(("male", "male", "female"))))


def ill_alone(make: Maker, home: Home) -> None:
    """Somebody alone with a severe illness."""
    person = home.add("head", (35, 61))
    _idle(make, person, "unable")
    make.ill(person)


def worker_alone(make: Maker, home: Home) -> None:
    """Able to work, with little work or none."""
    person = home.add("head", (42, 59), sex=make.rng.choice(("male", "male", "female")))
    if make.rng.random() < 0.5:
        _earning(make, person, 420, 820)
    else:
        _idle(make, person, make.rng.choice(("unemployed", "able_idle")))
    if make.rng.random() < 0.25:
        make.disabled(person, _drawn(make.rng, _MILD_KINDS), make.rng.choice((3, 4)))
    home.family.review_class = "C"


def single_cover(make: Maker, home: Home) -> None:
    """单人保: a severely disabled adult covered alone, living with parents who have an income."""
    person = home.add("head", (20, 46))
    _severely_disabled(make, person)
    years = person.age(make.today)
    for sex in ("male", "female") if make.rng.random() < 0.8 else ("female",):
        parent = home.add("parent", (max(46, years + 22), max(50, years + 30)), sex=sex)
        if parent.age(make.today) >= 60:
            make.means(parent, pension=make.rng.randint(300, 900), farming=make.rng.choice((0, 200)))
            make.works(parent, "retired")
        else:
            _earning(make, parent, 1500, 2300)
    home.family.single = person
    home.family.review_class = "A"


def elder_couple(make: Maker, home: Home) -> None:
    years = make.rng.choice(((63, 69), (70, 78), (72, 84)))
    for relation, sex in (("head", "male"), ("spouse", "female")):
        _retired(make, home.add(relation, years, sex=sex), supported=0.2 if relation == "head" else 0.0)


def ill_couple(make: Maker, home: Home) -> None:
    """One is ill, the other nurses or works a little."""
    years = (40, 59)
    patient = home.add("head", years, sex=make.rng.choice(("male", "female")))
    _idle(make, patient, "unable")
    make.ill(patient)
    partner = home.add("spouse", years, sex="female" if patient.sex == "male" else "male")
    if make.rng.random() < 0.5:
        _earning(make, partner, 700, 1300)
    else:
        _idle(make, partner)
    home.family.review_class = "C" if make.rng.random() < 0.4 else "A"


def parent_child(make: Maker, home: Home) -> None:
    """One parent and a child at school."""
    parent = home.add("head", (30, 50), sex=make.rng.choice(("female", "female", "male")))
    _earning(make, parent, 600, 1300) if make.rng.random() < 0.65 else _idle(make, parent)
    make.studies(home.add("child", (3, 20), surname=parent.name[:1]))
    home.family.review_class = "C"


def elder_with_disabled_child(make: Maker, home: Home) -> None:
    """An old parent and a grown child that cannot live alone."""
    parent = home.add("head", (66, 84))
    _retired(make, parent)
    years = parent.age(make.today)
    child = home.add("child", (years - 34, years - 22), surname=parent.name[:1])
    _severely_disabled(make, child)
    home.family.review_class = "A"


def couple_child(make: Maker, home: Home) -> None:
    """Two parents, one ill or disabled, and a child at school."""
    father = home.add("head", (34, 52), sex="male")
    mother = home.add("spouse", (32, 50), sex="female")
    weak, strong = (father, mother) if make.rng.random() < 0.5 else (mother, father)
    _idle(make, weak, "unable")
    make.ill(weak) if make.rng.random() < 0.6 else make.disabled(weak, _drawn(make.rng, _SEVERE_KINDS), 2)
    _earning(make, strong, 900, 1700)
    make.studies(home.add("child", (4, 21), surname=father.name[:1]))
    home.family.review_class = "C"


def three_generations(make: Maker, home: Home) -> None:
    couple_child(make, home)
    years = home.family.head.age(make.today)
    grandmother = home.add("parent", (years + 22, years + 32), sex="female")
    _retired(make, grandmother)


def large_family(make: Maker, home: Home) -> None:
    three_generations(make, home)
    make.studies(home.add("child", (1, 15), surname=home.family.head.name[:1]))


KINDS: Mapping[str, tuple[int, Build]] = {
    "elder_alone": (1, elder_alone),
    "disabled_alone": (1, disabled_alone),
    "ill_alone": (1, ill_alone),
    "worker_alone": (1, worker_alone),
    "single_cover": (1, single_cover),
    "elder_couple": (2, elder_couple),
    "ill_couple": (2, ill_couple),
    "parent_child": (2, parent_child),
    "elder_with_disabled_child": (2, elder_with_disabled_child),
    "couple_child": (3, couple_child),
    "three_generations": (4, three_generations),
    "large_family": (5, large_family),
}
"""How many persons of a family of each kind are covered, and the function that makes it."""


def sizes(households: int, persons: int, rng: Random) -> list[int]:
    """So many sizes between one and five that add up exactly; most families are of one or two."""
    extra = persons - households
    five, four, three = round(households * 0.0018), round(households * 0.010), round(households * 0.046)
    while 4 * five + 3 * four + 2 * three > extra:
        five, four, three = max(0, five - 1), max(0, four - 1), max(0, three - 1)
    two = extra - 4 * five - 3 * four - 2 * three
    # Few households with many persons: pairs become threes until they fit.
    while two + three + four + five > households:
        two, three = two - 2, three + 1
    counts = [5] * five + [4] * four + [3] * three + [2] * two
    made = counts + [1] * (households - len(counts))
    rng.shuffle(made)
    return made


def _give_home(make: Maker, family: Family) -> None:
    """Most families own the house they live in; with one covered alone, the parents do."""
    owner = family.members[-1].person if family.single else family.head
    for known in owner.known:
        if known.kind == "assets.homes" and make.rng.random() < 0.8:
            known.value = 1


def make_family(make: Maker, number: str, size: int, weights: Mapping[str, int]) -> Family:
    """A family with so many persons to be covered, of a kind drawn by the scenario's weights."""
    fitting = [kind for kind, (persons, _) in KINDS.items() if persons == size]
    kind = make.rng.choices(fitting, [weights.get(kind, 0) or (1 if len(fitting) == 1 else 0) for kind in fitting])[0]
    home = Home(make, number, kind)
    KINDS[kind][1](make, home)
    family = home.family
    _give_home(make, family)
    if family.review_class == "B" and any(known.kind == "illness.severe" for m in family.members for known in m.person.known):
        family.review_class = "A"
    return family
