"""When the cashiers do what, month by month."""

from collections.abc import Iterator

from anmin.base.periods import Month
from anmin.demo.calendar import first_workday, last_workday, on_or_after
from anmin.demo.plan import Plan
from anmin.demo.story import APPROVE, CHECK, GENERATE, REPAID, RETRY, RETURN, SEND, Entry
from anmin.demo.tuning import generated_on
from anmin.ground.entitlements.benefits import BENEFITS

DIBAO = "assistance.dibao"


def money_entries(plan: Plan) -> Iterator[Entry]:
    """For each paid month: generated, checked and approved by three people, sent, answered; failures go out again a month later,
    and families pay back what they had too much.

    On the business day the next month's roll waits to be checked.
    """
    staff, months = plan.staff, plan.scenario.paid_months
    upcoming = Month.from_date(plan.scenario.business_day)
    for benefit in (DIBAO, *(each for each in plan.holders.benefits if BENEFITS[each].pays)):
        for turn, month in enumerate(months):
            roll = f"{benefit}|{month}"
            yield Entry(generated_on(month), GENERATE, roll, by=staff.at_bureau("fafang", 0))
            yield Entry(generated_on(month), CHECK, roll, by=staff.at_bureau("fafang", 1))
            yield Entry(first_workday(month, 4), APPROVE, roll, by=staff.at_bureau("queren", turn))
            yield Entry(first_workday(month, 5), SEND, roll, by=staff.at_bureau("fafang", 2))
            answered = on_or_after(month.first_day.replace(day=10))
            yield Entry(answered, RETURN, roll, by=staff.at_bureau("fafang", 2))
            if turn:
                yield Entry(answered, RETRY, f"{benefit}|{months[turn - 1]}", by=staff.at_bureau("fafang", 2))
                yield Entry(last_workday(month), REPAID, roll, by=staff.at_bureau("fafang", 1))
        if upcoming not in months:
            yield Entry(plan.scenario.business_day, GENERATE, f"{benefit}|{upcoming}", by=staff.at_bureau("fafang", 0))
