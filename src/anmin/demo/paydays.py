"""When the cashiers do what, month by month."""

from collections.abc import Iterator

from anmin.base.periods import Month
from anmin.demo.calendar import first_workday, last_workday, on_or_after
from anmin.demo.plan import Plan
from anmin.demo.story import APPROVE, CHECK, GENERATE, REPAID, RETRY, RETURN, SEND, Entry
from anmin.demo.tuning import generated_on


def money_entries(plan: Plan) -> Iterator[Entry]:
    """For each paid month: generated, checked and approved by three people, sent, answered; failures go out again a month later,
    and families pay back what they had too much.

    On the business day the next month's roll waits to be checked.
    """
    staff, months = plan.staff, plan.scenario.paid_months
    for turn, month in enumerate(months):
        yield Entry(generated_on(month), GENERATE, str(month), by=staff.at_bureau("fafang", 0))
        yield Entry(generated_on(month), CHECK, str(month), by=staff.at_bureau("fafang", 1))
        yield Entry(first_workday(month, 4), APPROVE, str(month), by=staff.at_bureau("queren", turn))
        yield Entry(first_workday(month, 5), SEND, str(month), by=staff.at_bureau("fafang", 2))
        answered = on_or_after(month.first_day.replace(day=10))
        yield Entry(answered, RETURN, str(month), by=staff.at_bureau("fafang", 2))
        if turn:
            before = months[turn - 1]
            yield Entry(answered, RETRY, str(before), by=staff.at_bureau("fafang", 2))
            yield Entry(last_workday(month), REPAID, str(month), by=staff.at_bureau("fafang", 1))
    upcoming = Month.from_date(plan.scenario.business_day)
    if upcoming not in months:
        yield Entry(plan.scenario.business_day, GENERATE, str(upcoming), by=staff.at_bureau("fafang", 0))
