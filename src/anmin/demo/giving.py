"""What is given once: the festival grant, and the money handed down to the towns; as entries of the diary."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from anmin.base.money import FEN_PER_WAN
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday, on_or_after
from anmin.demo.plan import Plan
from anmin.demo.story import ALLOCATE, APPROVE, CHECK, FESTIVAL, GENERATE, RETRY, RETURN, SEND, Entry

FESTIVAL_GRANT = "assistance.festival"
_TENTH = 10


def given_once(plan: Plan, towns: Sequence[str]) -> Iterator[Entry]:
    """The entries of the half-year, as far as the scenario has them."""
    others, staff = plan.scenario.others, plan.staff
    if others.festival is not None:
        festival, day = others.festival, others.festival.given_on
        month = Month.from_date(day)
        answers = {
            "occasion": festival.occasion,
            "cutoff_on": str(festival.cutoff_on),
            "month": str(month),
            "persons": festival.persons,
            "withheld": festival.withheld,
            "document": festival.document,
        }
        yield Entry(day, FESTIVAL, FESTIVAL_GRANT, by=staff.at_bureau("shenhe"), answers=answers)
        roll = f"{FESTIVAL_GRANT}|{month}"
        yield Entry(day, GENERATE, roll, by=staff.at_bureau("fafang", 0))
        yield Entry(day, CHECK, roll, by=staff.at_bureau("fafang", 1))
        yield Entry(on_or_after(day + timedelta(days=1)), APPROVE, roll, by=staff.at_bureau("queren", 0))
        yield Entry(on_or_after(day + timedelta(days=2)), SEND, roll, by=staff.at_bureau("fafang", 2))
        yield Entry(on_or_after(day + timedelta(days=4)), RETURN, roll, by=staff.at_bureau("fafang", 2))
        yield Entry(on_or_after(day + timedelta(days=10)), RETRY, roll, by=staff.at_bureau("fafang", 2))
    if others.temporary is not None:
        rng = Random(f"{plan.scenario.seed}/handed-down")  # noqa: S311  invented sums, no secrets
        for place, (town, amount) in enumerate(_shares(others.temporary.paid_wan * FEN_PER_WAN, towns, rng)):
            months = plan.scenario.period.months
            sent = first_workday(months[2 if place % 2 else 4], 6)
            paper = f"{plan.scenario.period.first_day.year}年临时救助资金下拨通知（演示）"
            yield Entry(sent, ALLOCATE, town, by=staff.at_bureau("fafang", 0), answers={"amount": amount, "document": paper})


def _shares(total: int, towns: Sequence[str], rng: Random) -> list[tuple[str, int]]:
    """The sum in shares of whole thousands of yuan, the last town taking what is left."""
    weights = [rng.uniform(0.6, 1.4) for _ in towns]
    step = FEN_PER_WAN // _TENTH
    shares = [max(step, int(total * weight / sum(weights)) // step * step) for weight in weights]
    shares[-1] += total - sum(shares)
    return list(zip(towns, shares, strict=True))
