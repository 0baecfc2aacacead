"""The allowance by age, applied for or found by the date of birth; due from the month of the birthday."""

from datetime import date
from typing import Any

from anmin.base.periods import Month
from anmin.ground.cases.casetypes import Need
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements.applications import Plain, plain_application, plain_review
from anmin.ground.policy.book import policy
from anmin.lines.eldercare.allowance.benefit import ALLOWANCE
from anmin.lines.eldercare.allowance.rules import PROGRAMME
from anmin.lines.eldercare.allowance.vocabulary import BASIS, BENEFIT, NeededPaper, Occasion


def from_month_of_birthday(situation: Situation) -> date:
    """The month in which the person reached the first band, or after the move here; not further back than arrears are paid."""
    opened = situation.case.opened_on
    person = PLAIN.beneficiary(situation)
    ages = policy().entry(f"{BENEFIT}.ages", on=opened).value
    assert isinstance(ages, dict)  # a table of bands
    reached = Month(person.birth_on.year + ages["first"], person.birth_on.month)
    asked: Any = situation.data.get("moved_in_on") or situation.answer("apply", "moved_in_on")
    back = policy().number(f"{BENEFIT}.casework.arrears_months", on=opened)
    earliest = Month.from_date(opened) + -back
    moved = Month.from_date(_day(asked)) + 1 if asked else reached
    return max(reached, moved, earliest).first_day


def _day(answer: Any) -> date:
    return answer if isinstance(answer, date) else date.fromisoformat(str(answer))


PLAIN = Plain(
    programme=PROGRAMME,
    benefit=ALLOWANCE,
    basis=BASIS,
    series="ZL",
    required_papers=NeededPaper,
    starts=from_month_of_birthday,
    more=(
        Need("occasion", "受理方式", "choice", choices=Occasion),
        Need("moved_in_on", "户籍迁入日期", "date", required=False, hint="满八十周岁后才迁入的填写；自迁入的次月起计发"),
    ),
)

CASE_TYPES = (plain_application(PLAIN), plain_review(PLAIN))
