"""The letters of consent that come with a family: of its members, of guardians for the minors, of those who owe support."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from anmin.demo.county import Citizen, Family
from anmin.demo.plan import Plan
from anmin.demo.sheets import Line, Sheet

WITH_LETTERS = ("assistance.dibao", "assistance.tekun", "assistance.margin", "assistance.hardship")
_OF_AGE = 18
_WITHOUT = 0.02
"""Of those who owe support, so many never sent their letter back."""


def letters(plan: Plan, families: Sequence[Family], day: date) -> Sheet:
    """The letters that arrive on a day, with the families and members that arrive."""
    rng = Random(f"{plan.scenario.seed}/consents/{day}")  # noqa: S311  invented people, no secrets
    asked = {id(each.family) for benefit in WITH_LETTERS for each in plan.holders.of(benefit)} | {
        id(each) for each in plan.families
    }
    signed: dict[str, Line] = {}
    for family in families:
        if id(family) in asked:
            for person, signer in _signers(family, day, rng):
                on = day - timedelta(days=rng.randint(0, 12)) if day == plan.scenario.opens_on else day
                line = (
                    person.identity_number,
                    person.name,
                    signer.identity_number if signer else "",
                    str(max(on, person.birth_on)),
                )
                signed.setdefault(person.identity_number, line)
    return Sheet(
        "verification.consents",
        "核对授权书登记表",
        "utf-8",
        ("身份证号", "姓名", "监护人身份证号", "签署日期"),
        list(signed.values()),
    )


def _signers(family: Family, day: date, rng: Random) -> Iterator[tuple[Citizen, Citizen | None]]:
    """Whose letters there are, and the guardian of who cannot sign."""
    adults = [member.person for member in family.members if member.person.age(day) >= _OF_AGE]
    for member in family.members:
        person = member.person
        if member.arrives != day:
            continue
        if person.age(day) >= _OF_AGE:
            yield person, None
        elif adults:
            yield person, adults[0]
    for support in (each for member in family.members for each in member.person.supporters):
        if support.arrives == day and rng.random() >= _WITHOUT:
            yield support.obligor, None
