"""Days on which things happen in offices."""

from datetime import date, timedelta

from anmin.base.periods import Month
from anmin.base.workdays import add_workdays, is_workday

_DAY = timedelta(days=1)


def on_or_after(day: date) -> date:
    """The day itself, or the next working day."""
    while not is_workday(day):
        day += _DAY
    return day


def on_or_before(day: date) -> date:
    """The day itself, or the working day before."""
    while not is_workday(day):
        day -= _DAY
    return day


def workdays_before(day: date, count: int) -> date:
    """The working day from which it is so many working days to `day`."""
    while count:
        day = on_or_before(day - _DAY)
        count -= 1
    return day


def first_workday(month: Month, nth: int = 1) -> date:
    """The nth working day of a month."""
    return add_workdays(month.first_day - _DAY, nth)


def last_workday(month: Month) -> date:
    """The last working day of a month."""
    return on_or_before(month.last_day)


def workdays_of(month: Month) -> list[date]:
    """Every working day of a month."""
    return [day for n in range(month.last_day.day) if is_workday(day := month.first_day + n * _DAY)]
