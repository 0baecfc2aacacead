"""A roster as it is written: rows of people, what the rules give each of them, and the totals. Called by the actions only."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError

from anmin.base.errors import BadValue, Refused
from anmin.lines.assistance.campaigns.amounts import Reckoned, reckon
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow, RosterShare
from anmin.lines.assistance.campaigns.vocabulary import CampaignKind, CampaignState


def freeze_rows(campaign: Campaign, rows: list[RosterRow], on: date) -> None:
    """A roster just taken from holdings is there with what the rules say; whom they give nothing at all is not on it.

    Refuses a roster that leaves nobody, and a person who is on another roster of the occasion.
    """
    kept = [(row, made) for row, made in zip(rows, reckon(campaign, rows, {}, on), strict=True) if made.eligible or row.left_out]
    if not kept:
        raise BadValue(f"{campaign}：按规则没有应予发放的人员，不能冻结名册。")
    for row, made in kept:
        row.amount, row.gifts = made.amount, made.gifts
    add_rows([row for row, _ in kept], campaign)
    RosterShare.objects.bulk_create((share for row, made in kept for share in _shares(row, made, {})), batch_size=1000)
    add_up(campaign)


def write_amounts(campaign: Campaign, rows: list[RosterRow], withheld: Mapping[int, Mapping[str, str]], on: date) -> None:
    """Rows that are on the roster, and their shares, say what the rules say now; `withheld` names budgets by place of a row."""
    reckoned = reckon(campaign, rows, withheld, on)
    for row, made in zip(rows, reckoned, strict=True):
        row.amount, row.gifts = made.amount, made.gifts
    RosterRow.objects.bulk_update(rows, ["left_out", "amount", "gifts"], batch_size=500)
    if campaign.state == CampaignState.FROZEN:
        RosterShare.objects.filter(row__in=rows).delete()
    RosterShare.objects.bulk_create(
        share
        for at, (row, made) in enumerate(zip(rows, reckoned, strict=True))
        for share in _shares(row, made, withheld.get(at, {}))
    )
    add_up(campaign)


def _shares(row: RosterRow, made: Reckoned, withheld: Mapping[str, str]) -> list[RosterShare]:
    return [
        RosterShare(row=row, budget=budget, amount=amount, withheld=withheld.get(budget, ""))
        for budget, amount in made.shares.items()
        if amount or budget in withheld
    ]


def add_up(campaign: Campaign) -> None:
    """The campaign has the totals of its roster."""
    given = [row for row in campaign.rows.values_list("left_out", "amount", "gifts") if not row[0]]
    campaign.persons = len(given)
    campaign.total = sum(amount for _, amount, _ in given)
    campaign.gifts = sum(gifts for _, _, gifts in given)
    campaign.save(update_fields=["persons", "total", "gifts"])


def add_rows(rows: list[RosterRow], campaign: Campaign) -> None:
    """The rows are on the roster. Refuses a person named twice, or who is on another roster of the occasion."""
    twice = [person for person, times in Counter(row.person_id for row in rows).items() if times > 1]
    if twice:
        raise BadValue(f"名单中有 {len(twice)} 人重复，每人只列一次。")
    try:
        RosterRow.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise Refused(f"名单中有人已列入“{campaign.occasion}”的{CampaignKind(campaign.kind).label}，每人只发一次。") from error


def once(campaign: Campaign) -> str:
    """Under which name a person gets this once."""
    return f"{campaign.kind}/{campaign.occasion}"


def held(campaign: Campaign, *states: CampaignState) -> Campaign:
    """The campaign as it stands now, held until the action ends. Refuses one in another state."""
    found = Campaign.objects.select_for_update().filter(pk=campaign.pk).first()
    if found is None:
        raise Refused("这项发放已作废，请刷新后查看。")
    if found.state not in states:
        wanted = "、".join(state.label for state in states)
        raise Refused(f"{found}的状态是“{CampaignState(found.state).label}”，不是“{wanted}”，不能办理。")
    return found
