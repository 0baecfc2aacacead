"""The rows of each register, by field of the source: what agrees with what families declared, and what does not.

Whoever is looked for is drawn from a stream of the source's own, so that a change in one register leaves the others as they were.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.base.money import format_yuan
from anmin.demo import names
from anmin.demo.county import Citizen, Family
from anmin.demo.departments import dirt
from anmin.demo.holders.targets import Verification

Row = dict[str, str]
_DAY = timedelta(days=1)
_LEVELS = {"primary": "小学", "middle": "初中", "high": "高中", "bachelor": "本科"}
_DISABILITIES = {
    "visual": "视力", "hearing": "听力", "speech": "言语", "physical": "肢体",
    "intellectual": "智力", "mental": "精神", "multiple": "多重",
}  # fmt: skip
_EMPLOYERS = ("海安晨光纺织有限公司（虚构）", "江海机械厂（虚构）", "里下河食品有限公司（虚构）", "苏中物流有限公司（虚构）")
_BANKS = ("演示虚构银行海安支行", "演示虚构农商行")
_NAMES, _TRADES = ("顺达", "金禾", "永兴", "恒昌"), ("建材", "服装", "农资", "餐饮")
_WORKING = (18, 59)


@dataclass
class Known:
    """Everybody the offices may know: those on the rolls, who owe them support, and who is neither.

    `steady` are families that stay as they are through the half-year: what is found about them is found on the day as well.
    """

    wanted: Verification
    seed: int
    families: Sequence[Family]
    steady: Sequence[Family]
    people: Sequence[Citizen] = ()
    supporters: Sequence[tuple[Citizen, int]] = ()
    """Who owes support, with the monthly income of that household in fen."""
    numbers: frozenset[str] = frozenset()
    """Every number of ours, so that no stranger bears one."""
    taken: set[str] = field(default_factory=set)

    def stream(self, source: str) -> Random:
        return Random(f"{self.seed}/departments/{source}")  # noqa: S311  invented people, no secrets

    def pick(self, count: int, fits: Callable[[Citizen], bool]) -> Iterator[tuple[Family, Citizen]]:
        """So many members of steady families, each from another family, about whom something is found."""
        for family in self.steady:
            if count <= 0:
                return
            person = next((each.person for each in family.members if fits(each.person)), None)
            if person is not None and family.number not in self.taken:
                self.taken.add(family.number)
                count -= 1
                yield family, person


def says(person: Citizen, kind: str, on: date) -> int | str | None:
    """What was declared of a person, as it is known on the day."""
    known = person.says(on, on).get(kind)
    return None if known is None else known.value


def _money(person: Citizen, kind: str, on: date) -> int:
    value = says(person, kind, on)
    return value if isinstance(value, int) else 0


def _aged(person: Citizen, ages: tuple[int, int], on: date) -> bool:
    return ages[0] <= person.age(on) <= ages[1]


def who(person: Citizen, rng: Random, permille: int) -> Row:
    """By what a row says whom it is about; some rows say it badly."""
    number, name = person.identity_number, person.name
    spoilt = rng.randrange(1000)
    if spoilt < permille:
        number = dirt.number(number, rng)
    elif spoilt < permille * 3 // 2:
        name = dirt.name(name, rng)
    return {
        "name": name,
        "identity_number": number,
        "birth_on": str(person.birth_on),
        "sex": "女" if person.sex == "female" else "男",
        "address": f"{person.village.town}{person.address}",
        "phone": person.phone,
    }


def strangers(count: int, rng: Random, ours: Collection[str]) -> Iterator[Row]:
    """People whom our records do not know: none has a number of ours."""
    while count > 0:
        born = date(1940, 1, 1) + rng.randrange(24_000) * _DAY
        female = rng.random() < 0.5
        name = names.surname(rng) + names.given_name(rng, female=female, birth_on=born)
        number = make_identity_number(SYNTHETIC_REGION, born, rng.randrange(1, 500) * 2 - (0 if female else 1))
        if number in ours:
            continue
        count -= 1
        yield {
            "name": name,
            "identity_number": number,
            "birth_on": str(born),
            "sex": "女" if female else "男",
            "address": f"外地某镇{rng.randint(1, 60)}号",
            "phone": f"139{rng.randrange(10**8):08d}",
        }


def yuan(fen: int) -> str:
    return format_yuan(fen, grouped=False)


# --- the registers --------------------------------------------------------------------------------------------------


def vehicles(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Cars that were not declared, carts of the disabled, and the cars of those who owe support."""
    rng = known.stream("vehicles")

    def car(kind: str, state: str = "正常") -> Row:
        plate = f"苏F·{rng.choice('ABCDEFGH')}{rng.randrange(10_000):04d}"
        since = on - rng.randint(200, 3000) * _DAY
        return {"plate": plate, "vehicle_kind": kind, "use": "非营运", "registered_on": str(since), "state": state}

    for _, person in known.pick(known.wanted.vehicles, lambda each: _aged(each, (20, 72), on)):
        yield person, car(rng.choice(("小型轿车", "小型面包车", "轻型货车")))
    for person in known.people:
        if _money(person, "disability.grade", on) and rng.random() < 0.03:
            yield person, car("残疾人机动轮椅车")
        elif rng.random() < 0.01:
            yield person, car("普通二轮摩托车", "注销")
    for person, _ in known.supporters:
        if rng.random() < 0.12:
            yield person, car("小型轿车")


def real_estate(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """A second home in a few families' names; one to live in, of others."""
    rng = known.stream("real_estate")

    def home(place: str, use: str = "住宅") -> Row:
        since = on - rng.randint(600, 9000) * _DAY
        number = f"苏（2019）海安市不动产权第{rng.randrange(10**7):07d}号"
        area = f"{rng.randint(45, 140)}.{rng.randrange(100):02d}"
        return {"certificate": number, "location": place, "use": use, "area_square_metres": area, "registered_on": str(since)}

    for family, person in known.pick(known.wanted.homes, lambda each: _aged(each, (25, 90), on)):
        yield person, home(family.address)
        yield person, home(f"海安市虚构花园{rng.randint(1, 30)}幢{rng.randint(101, 1802)}室")
    for family in known.steady:
        if family.number not in known.taken and rng.random() < 0.05:
            yield family.head, home(family.address)


def companies(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Shares in a running company, undeclared; and companies that were wound up."""
    rng = known.stream("companies")

    def share(state: str) -> Row:
        return {
            "company": f"海安{rng.choice(_NAMES)}{rng.choice(_TRADES)}店（虚构）",
            "credit_code": f"92320699MA{rng.randrange(10**8):08d}",
            "position": rng.choice(("股东", "经营者", "法定代表人")),
            "share": yuan(rng.randint(1, 30) * 1_000_000),
            "state": state,
        }

    for _, person in known.pick(known.wanted.companies, lambda each: _aged(each, (22, 68), on)):
        yield person, share("存续")
    for person in known.people:
        if _aged(person, (25, 70), on) and rng.random() < 0.008:
            yield person, share("注销")


def social_insurance(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Wages as declared, wages that were not, and those of supporters, within what their household was said to earn."""
    rng = known.stream("social_insurance")

    def paid(fen: int) -> Row:
        since = on - rng.randint(60, 2000) * _DAY
        return {"employer": rng.choice(_EMPLOYERS), "wage": yuan(fen), "from_on": str(since)}

    for _, person in known.pick(known.wanted.wages, lambda each: _aged(each, _WORKING, on)):
        yield person, paid(_money(person, "income.wage", on) + rng.randint(14, 32) * 10_000)
    for family in known.steady:
        for member in family.members if family.number not in known.taken else ():
            wage = _money(member.person, "income.wage", on)
            if wage and rng.random() < 0.6:
                yield member.person, paid(wage)
    for person, income in known.supporters:
        if _aged(person, _WORKING, on) and rng.random() < 0.3:
            yield person, paid(max(100_000, min(income * 6 // 10, 900_000)) if income > 200_000 else income)


def pensions(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Pensions as declared, and some that are larger."""
    rng = known.stream("pensions")
    for _, person in known.pick(known.wanted.pensions, lambda each: each.age(on) >= 62):
        yield person, {"pension": yuan(rng.randint(1200, 2100) * 100), "scheme": "职工基本养老保险"}
    for family in known.steady:
        for member in family.members if family.number not in known.taken else ():
            pension = _money(member.person, "income.pension", on)
            if pension and member.person.age(on) >= 61 and rng.random() < 0.42:
                yield member.person, {"pension": yuan(pension), "scheme": "城乡居民基本养老保险"}


def deposits(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Savings within what was declared, and some far beyond."""
    rng = known.stream("deposits")
    for _, person in known.pick(known.wanted.deposits, lambda each: _aged(each, (22, 90), on)):
        yield person, {"bank": rng.choice(_BANKS), "balance": yuan(rng.randint(90, 260) * 100_000)}
    for family in known.steady:
        for member in family.members if family.number not in known.taken else ():
            held = _money(member.person, "assets.financial", on)
            if held > 100_000 and rng.random() < 0.12:
                yield member.person, {"bank": rng.choice(_BANKS), "balance": yuan(held * rng.randint(60, 100) // 100)}


def deaths(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Who died: those whose families told it or will tell it late, and a few of whom nobody told."""
    rng = known.stream("deaths")

    def died(day: date) -> Row:
        return {"died_on": str(day), "cremated_on": str(min(day + rng.randint(2, 4) * _DAY, on))}

    for _, person in known.pick(known.wanted.deaths, lambda each: each.age(on) >= 66):
        yield person, died(on - rng.randint(5, 24) * _DAY)
    for person in known.people:
        if person.died_on is not None and person.died_on <= on:
            yield person, died(person.died_on)


def marriages(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Couples as the families name them, and people who married somebody whom nobody named."""
    rng = known.stream("marriages")

    def entry(state: str, spouse: str, number: str, day: date) -> Row:
        return {"state": state, "spouse_name": spouse, "spouse_identity_number": number, "registered_on": str(day)}

    alone = known.pick(known.wanted.marriages, lambda each: _aged(each, (28, 66), on))
    for (_, person), other in zip(alone, strangers(known.wanted.marriages, rng, known.numbers), strict=False):
        yield person, entry("结婚", other["name"], other["identity_number"], on - rng.randint(20, 400) * _DAY)
    for family in known.steady:
        spouse = next((each.person for each in family.members if each.relation == "spouse"), None)
        if spouse is not None and rng.random() < 0.15:
            yield family.head, entry("结婚", spouse.name, spouse.identity_number, date(1975 + rng.randrange(30), 5, 1))


def disability_cards(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Cards as recorded; their number begins with the person's."""
    rng = known.stream("disability_cards")
    for person in known.people:
        grade, kind = _money(person, "disability.grade", on), says(person, "disability.kind", on)
        if grade and isinstance(kind, str) and rng.random() < 0.35:
            place = list(_DISABILITIES).index(kind) + 1
            yield (
                person,
                {
                    "card_number": f"{person.identity_number}{place}{grade}",
                    "kind": _DISABILITIES[kind],
                    "grade": str(grade),
                    "valid_until": str(on + rng.randint(200, 3000) * _DAY),
                    "state": "正常",
                },
            )


def school_rolls(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Pupils and students as declared."""
    rng = known.stream("school_rolls")
    for person in known.people:
        level = says(person, "schooling.level", on)
        if isinstance(level, str) and level in _LEVELS:
            school = f"海安市虚构{rng.choice(('实验', '中心', '城南'))}{'学院' if level == 'bachelor' else '学校'}"
            yield person, {"school": school, "level": _LEVELS[level], "state": "在校"}


def prison_terms(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Terms that run, and some that are over."""
    rng = known.stream("prison_terms")
    for _, person in known.pick(known.wanted.prison, lambda each: each.sex == "male" and _aged(each, (20, 60), on)):
        since = on - rng.randint(15, 60) * _DAY
        yield person, {"kind": "服刑", "from_on": str(since), "until_on": str(since + 400 * _DAY)}
    for person in known.people:
        if person.sex == "male" and _aged(person, (30, 60), on) and rng.random() < 0.004:
            since = on - rng.randint(3000, 5000) * _DAY
            yield person, {"kind": "服刑", "from_on": str(since), "until_on": str(since + 700 * _DAY)}


def institutions(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Those whom we keep in homes already, and a few who moved in and nobody told."""
    rng = known.stream("institutions")

    def bed(day: date) -> Row:
        return {"institution": f"海安市虚构{rng.choice(('夕阳红', '颐和', '康乐'))}养老院", "entered_on": str(day)}

    for _, person in known.pick(known.wanted.institutions, lambda each: each.age(on) >= 70):
        yield person, bed(on - rng.randint(10, 50) * _DAY)
    for person in known.people:
        if says(person, "residence.institution", on) == 1 and rng.random() < 0.3:
            yield person, bed(on - rng.randint(300, 3000) * _DAY)


def fiscal_payroll(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Supporters paid by the treasury, within what their household was said to earn; one member who is, and did not say."""
    rng = known.stream("fiscal_payroll")
    for _, person in known.pick(known.wanted.payroll, lambda each: _aged(each, (22, 58), on)):
        yield person, {"employer": "某镇便民服务中心（虚构）", "wage": yuan(rng.randint(38, 56) * 10_000)}
    for person, income in known.supporters:
        if income > 450_000 and _aged(person, _WORKING, on) and rng.random() < 0.05:
            yield person, {"employer": "某实验小学（虚构）", "wage": yuan(income * 8 // 10)}


def farm_machinery(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Large machines in the names of a few."""
    rng = known.stream("farm_machinery")
    for _, person in known.pick(known.wanted.machinery, lambda each: each.hukou == "rural" and _aged(each, (30, 70), on)):
        yield (
            person,
            {"machine": rng.choice(("联合收割机", "大型拖拉机")), "registered_on": str(on - rng.randint(200, 1500) * _DAY)},
        )


def household_register(known: Known, on: date) -> Iterator[tuple[Citizen, Row]]:
    """Members of steady families, as registered; in an order of its own, for whoever takes only some."""
    rng = known.stream("household_register")
    members = [(family, member) for family in known.steady for member in family.members]
    rng.shuffle(members)
    for family, member in members:
        yield (
            member.person,
            {
                "household_number": f"3206990{int(family.number[2:]) if family.number[2:].isdigit() else 0:06d}",
                "relation": "户主" if member.relation == "head" else "家庭成员",
                "hukou_kind": "城镇" if family.hukou == "urban" else "农村",
                "state": "正常",
            },
        )


REGISTERS: dict[str, Callable[[Known, date], Iterator[tuple[Citizen, Row]]]] = {
    each.__name__: each
    for each in (
        vehicles, real_estate, companies, social_insurance, pensions, deposits, deaths, marriages, disability_cards,
        school_rolls, prison_terms, institutions, fiscal_payroll, farm_machinery, household_register,
    )
}  # fmt: skip
