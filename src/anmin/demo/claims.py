"""What the insurer reports of the supplementary insurance, month by month: claims of people on the year's roster."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from anmin.base.money import FEN_PER_WAN, format_yuan
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen
from anmin.demo.holders.tekun import BENEFIT as TEKUN
from anmin.demo.plan import Plan
from anmin.demo.sheets import Sheet

FORM = "assistance.supplementary.claims"
_DAY = timedelta(days=1)
_HEADERS = ("保单年度", "赔案号", "身份证号", "赔付日期", "赔付金额")


def sheets(plan: Plan) -> dict[date, list[Sheet]]:
    """The lists by the day on which they come: in the second week of each month for the month before."""
    insurance, months = plan.scenario.others.insurance, plan.scenario.period.months
    if insurance is None or not insurance.claims:
        return {}
    rng = Random(f"{plan.scenario.seed}/claims")  # noqa: S311  invented illnesses, no secrets
    people = list(_insured(plan))
    weights = [rng.lognormvariate(0, 0.9) for _ in range(insurance.claims)]
    total = insurance.paid_wan * FEN_PER_WAN
    amounts = [max(1_000, int(total * weight / sum(weights))) for weight in weights]
    amounts[amounts.index(max(amounts))] += total - sum(amounts)
    lines: dict[date, list[tuple[str, ...]]] = {}
    paid = months[:-1]
    for place, amount in enumerate(amounts):
        # As many in each month, the last of the half-year not yet reported.
        month = paid[place * len(paid) // len(amounts)]
        day = first_workday(month, 5) + rng.randrange(15) * _DAY
        year, number = plan.scenario.period.first_day.year, f"PA{month.first_day:%Y%m}{place + 1:05d}"
        line = (str(year), number, rng.choice(people).identity_number, str(day), format_yuan(amount, grouped=False))
        lines.setdefault(first_workday(month + 1, 8), []).append(line)
    return {day: [Sheet(FORM, "低补保理赔清单", "xlsx", _HEADERS, some)] for day, some in lines.items()}


def _insured(plan: Plan) -> Iterator[Citizen]:
    """Who was on dibao or tekun on the day of the roster, and is alive all through the half-year."""
    opens_on = plan.scenario.opens_on
    for family in plan.on_register:
        yield from (person for person in family.covered(opens_on) if person.died_on is None)
    for holding in plan.holders.of(TEKUN):
        if holding.granted_on is None and holding.person.died_on is None:
            yield holding.person
