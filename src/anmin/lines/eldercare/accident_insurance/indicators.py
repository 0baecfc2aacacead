"""How many elders stand on the lists of insured on the last day, by the same conditions as the rules."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.indicators import covers
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountRows
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.people.models import Fact, HouseholdMember, Person
from anmin.ground.policy.book import policy
from anmin.lines.eldercare.accident_insurance.vocabulary import BASIS, BENEFIT

IN_NEED = ("assistance.dibao", "assistance.tekun")
_COLUMNS = (
    Column("姓名", "name", opens="person", key="id"),
    Column("身份证号", "identity_mask"),
    Column("镇（街道）", "area__parent__name"),
    Column("村（社区）", "area__name"),
    Column("出生日期", "birth_on", CellKind.DATE),
)


def _here(day: date) -> QuerySet[HouseholdMember]:
    """Who lives in a household of the register on a day; supporters elsewhere are registered, too, and are not insured here."""
    return HouseholdMember.objects.filter(covers(day), superseded_at__isnull=True, valid_from__lte=day)


def _elders(actor: Actor, day: date, age: int) -> QuerySet[Person]:
    """The living of that age with a local hukou."""
    away = Fact.objects.filter(covers(day), kind="hukou.local", amount=0, superseded_at__isnull=True, valid_from__lte=day)
    return Person.objects.filter(
        within(actor),
        Q(died_on__isnull=True) | Q(died_on__gt=day),
        Exists(_here(day).filter(person=OuterRef("pk"))),
        ~Exists(away.filter(person=OuterRef("pk"))),
        birth_on__lte=_born_by(day, age),
    )


def _born_by(day: date, age: int) -> date:
    """The last day of birth of who has that age on a day; who was born on 29 February has a birthday on 1 March."""
    return day.replace(year=day.year - age) if (day.month, day.day) != (2, 29) else date(day.year - age, 2, 28)


def _ages(day: date) -> dict[str, int]:
    ages = policy().entry(f"{BENEFIT}.ages", on=day).value
    assert isinstance(ages, dict)  # a table of lists
    return {which: int(age) for which, age in ages.items()}


def _charity(actor: Actor, window: Window) -> QuerySet[Person]:
    return _elders(actor, window.last_day, _ages(window.last_day)["charity"])


def _ankang(actor: Actor, window: Window) -> QuerySet[Person]:
    day = window.last_day
    ages = _ages(day)
    held = EntitlementMember.objects.filter(covers(day), benefit__in=IN_NEED, valid_from__lte=day).values("person")
    # Whoever is as old as that is insured by the charity federation: nothing else tells the two lists apart.
    younger = _elders(actor, day, ages["ankang"]).filter(birth_on__gt=_born_by(day, ages["charity"]))
    return younger.filter(pk__in=held)


def _register_of_need(window: Window) -> QuerySet[EntitlementMember]:
    return EntitlementMember.objects.filter(benefit__in=IN_NEED, valid_from__lte=window.last_day)


def _register_of_people(window: Window) -> QuerySet[HouseholdMember]:
    return _here(window.last_day)


INDICATORS = (
    Indicator(
        id="eldercare.ankang_insurance.persons",
        label="安康关爱参保老人",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日满六十周岁、享受低保或特困供养的本地户籍老人，不含由慈善总会投保的九十周岁以上老人。",
        basis=BASIS,
        rows=_ankang,
        measure=CountRows(),
        evidence=_register_of_need,
        columns=_COLUMNS,
    ),
    Indicator(
        id="eldercare.charity_insurance.persons",
        label="慈善总会投保老人",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日满九十周岁的在册本地户籍老人。",
        basis=BASIS,
        rows=_charity,
        measure=CountRows(),
        evidence=_register_of_people,
        columns=_COLUMNS,
    ),
)
