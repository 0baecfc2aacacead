"""How long a report holds (核对报告的有效期)."""

from collections.abc import Mapping
from datetime import date

from anmin.base.periods import Month
from anmin.ground.policy.book import policy
from anmin.ground.verification.vocabulary import Occasion


def valid_months(occasion: Occasion, on: date) -> int:
    """For how many months a report holds that is issued on a day at an occasion."""
    table = policy().value("verification.reports.valid_months", on=on)
    assert isinstance(table, Mapping)  # a table by occasion
    return int(str(table[occasion.value]))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    last = (Month.from_date(day) + months).last_day
    return last.replace(day=min(day.day, last.day))
