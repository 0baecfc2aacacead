"""What the rules say of a roster: the amount of each person, each budget's part of it, the gifts. One run for all rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed, Programme, assess, batch_of, explain
from anmin.ground.policy.book import policy
from anmin.ground.policy.explanation import Explanation
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow
from anmin.lines.assistance.campaigns.rules import PROGRAMMES
from anmin.lines.assistance.campaigns.vocabulary import Budget, CampaignKind, Group

BY_KIND: Mapping[str, Programme] = {each.address: each for each in PROGRAMMES}
INDEX = "assistance.price_subsidy.index"

_FACTS = {
    Group.DIBAO: "holds_dibao",
    Group.TEKUN: "holds_tekun",
    Group.MARGIN: "holds_margin",
    Group.ORPHAN: "holds_orphan_stipend",
    Group.UNATTENDED: "holds_unattended_stipend",
}


@dataclass(frozen=True)
class Reckoned:
    """What one row gets: by budget, in all, and how many gifts; `eligible` is what the rules say of the person at all."""

    eligible: bool
    shares: Mapping[Budget, int]
    gifts: int

    @property
    def amount(self) -> int:
        return sum(self.shares.values())


def reckon(campaign: Campaign, rows: Sequence[RosterRow], withheld: Mapping[int, Mapping[str, str]], on: date) -> list[Reckoned]:
    """The rules' answer for each row, in the order of the rows; `withheld` names budgets by the place of a row.

    Refuses a price subsidy for a month whose index is not published.
    """
    if not rows:
        return []
    programme, month = BY_KIND[campaign.kind], Month.parse(campaign.for_month)
    check_published(campaign, on)
    batch = batch_of(programme.rules.facts, [{"members": [_facts(row, withheld.get(at, {})) for at, row in enumerate(rows)]}])
    found = assess(programme, batch, month, policy(), on)
    return [_reckoned(found, at) for at in range(len(rows))]


def why(campaign: Campaign, row: RosterRow, withheld: Mapping[str, str], on: date) -> Explanation:
    """The reasons of one row, step by step."""
    programme = BY_KIND[campaign.kind]
    batch = batch_of(programme.rules.facts, [{"members": [_facts(row, withheld)]}])
    return explain(programme, batch, Month.parse(campaign.for_month), policy(), on, members=[row.person.name])


def check_published(campaign: Campaign, on: date) -> None:
    """Refuses a price subsidy whose index is not there: the value of an earlier month must not stand in for it."""
    if campaign.kind != CampaignKind.PRICE_SUBSIDY:
        return
    month = Month.parse(campaign.for_month)
    if policy().entry(INDEX, on=month.first_day, known_on=on).valid_from != month.first_day:
        raise BadValue(f"{month.label}的居民消费价格指数尚未公布或尚未录入政策参数，不能计算价格临时补贴。")


def _facts(row: RosterRow, withheld: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {"on_roster": 0 if row.left_out else 1, "dialysis_cash": int(row.also_cash)}
    facts |= {name: 1 for group, name in _FACTS.items() if group in row.groups}
    return facts | {f"withheld_{budget}": 1 for budget in withheld}


def _reckoned(found: Assessed, at: int) -> Reckoned:
    shares = {budget: int(found.columns[f"from_{budget.value}"][at]) for budget in Budget}
    gifts = int(found.columns["gifts"][at]) if "gifts" in found.columns else 0
    return Reckoned(bool(found.eligible[at]), shares, gifts)
