"""Everybody who holds another benefit, by the sections of the scenario."""

from collections.abc import Sequence
from random import Random

from anmin.demo.county import Village
from anmin.demo.holders.children import hold_stipends
from anmin.demo.holders.disabled import hold_subsidies
from anmin.demo.holders.elders import hold_allowances
from anmin.demo.holders.layers import hold_hardship, hold_margin
from anmin.demo.holders.tekun import hold_tekun
from anmin.demo.maker import Maker
from anmin.demo.plan import Plan
from anmin.ground.policy.parameters import Parameters


def hold_others(plan: Plan, villages: Sequence[Village], parameters: Parameters) -> None:
    """The plan has its holders of other benefits; elders come last, because whoever is eighty holds the allowance as well."""
    scenario, others = plan.scenario, plan.scenario.others

    def drawn(purpose: str) -> Random:
        # A stream for each purpose: a change in one part leaves the others as they were.
        return Random(f"{scenario.seed}/holders/{purpose}")  # noqa: S311  invented people, no secrets

    towns = {family.village.town for family in plan.families}
    chosen = [village for village in villages if village.town in towns]
    weights = [1000 * scenario.towns.get(village.town, 4) // sum(v.town == village.town for v in chosen) for village in chosen]
    people = [person for family in plan.families for person in family.people()]
    make = Maker(drawn("people"), chosen, weights, scenario.central_pension, scenario.standard, others=people)
    if others.tekun is not None:
        hold_tekun(plan, plan.holders, make, drawn("tekun"), others.tekun, parameters)
    if others.margin is not None:
        hold_margin(plan, plan.holders, make, drawn("margin"), others.margin)
    if others.hardship is not None:
        hold_hardship(plan, plan.holders, make, drawn("hardship"), others.hardship)
    if others.disabled is not None:
        hold_subsidies(plan, plan.holders, make, drawn("disabled"), others.disabled, parameters)
    if others.children is not None:
        hold_stipends(plan, plan.holders, make, drawn("children"), others.children, parameters)
    if others.elders is not None:
        hold_allowances(plan, plan.holders, make, drawn("elders"), others.elders)
