"""Hits against what was declared: pure rules, each of which makes findings out of the records found of one person.

A finding is a question, not an answer: it says what was declared, what was found, and which fact would be recorded if somebody
decides that it is so. Thresholds come from `policy/verification/findings`; the law of the whole is 省政府令第126号.
"""

from collections.abc import Sequence

from anmin.ground.verification.rules.income import paid_elsewhere, pensions, supporters_wage, wages
from anmin.ground.verification.rules.persons import (
    contradictions,
    deaths,
    disability,
    hukou,
    institutions,
    marriages,
    prison,
    schooling,
)
from anmin.ground.verification.rules.property import companies, deposits, farm_machinery, homes, vehicles
from anmin.ground.verification.rules.records import Declared, Found, Judge, Limits, Record
from anmin.ground.verification.vocabulary import Capacity

OF_MEMBERS: tuple[Judge, ...] = (
    deaths, prison, institutions, hukou, marriages, wages, pensions, paid_elsewhere, deposits, vehicles, homes, companies,
    farm_machinery, schooling, disability, contradictions,
)  # fmt: skip
"""What is looked at of an applicant and a member of the family."""

OF_SUPPORTERS: tuple[Judge, ...] = (deaths, prison, supporters_wage, companies)
"""What is looked at of one who owes support: whether they can."""


def findings_of(declared: Declared, records: Sequence[Record], limits: Limits) -> list[Found]:
    """Everything the records of one person contradict in what was declared, in the order of the rules."""
    if declared.capacity == Capacity.SUPPORTER:
        rules: tuple[Judge, ...] = OF_SUPPORTERS
    else:
        rules = OF_MEMBERS
    return [found for judge in rules for found in judge(declared, records, limits)]
