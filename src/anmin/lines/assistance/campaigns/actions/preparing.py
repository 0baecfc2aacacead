"""A campaign is proposed, its roster filled and frozen; single persons are left out, or one budget's money withheld."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.policy.book import policy
from anmin.lines.assistance.campaigns.amounts import check_published
from anmin.lines.assistance.campaigns.holdings import holders
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow, RosterShare
from anmin.lines.assistance.campaigns.permissions import may_prepare_campaign
from anmin.lines.assistance.campaigns.roster import add_rows, add_up, freeze_rows, held, once, write_amounts
from anmin.lines.assistance.campaigns.vocabulary import FROM_HOLDINGS, Budget, CampaignKind, CampaignState, Group

UNDECIDED = "困境儿童类别暂不能认定，请核实后在补发名册中发放"
PER_VILLAGE = "assistance.village_visit.households_per_village"


@dataclass(frozen=True)
class Listed:
    """A person on a list that a town or a hospital sent; ids of records already looked at."""

    person_id: int
    household_id: int
    area_id: int
    also_cash: bool = False


@action("campaign.proposed", permission=may_prepare_campaign)
def propose_campaign(
    *,
    kind: CampaignKind | str,
    occasion: str,
    cutoff_on: date,
    for_month: Month,
    pay_month: Month,
    document: str = "",
    actor: Actor,
    on: date,
) -> Campaign:
    """The campaign is there, without anybody on its roster yet.

    Basis: the notice named in `document`. Refuses: an unknown kind, no occasion, a month to pay that lies before the cut-off day
    or the month the amount is reckoned for, a price subsidy whose index is not published.
    """
    if kind not in CampaignKind.values:
        raise BadValue(f"请选择发放项目，可选：{'、'.join(CampaignKind.labels)}。")
    occasion = occasion.strip()
    if not occasion or len(occasion) > 40:
        raise BadValue("请写明发放事由，如“2024年春节”，最多40字。")
    if pay_month < Month.from_date(cutoff_on) or pay_month < for_month:
        raise BadValue(f"发放月份{pay_month.label}早于名册截止日 {cutoff_on} 或标准所属的{for_month.label}，请检查。")
    campaign = Campaign(
        kind=kind,
        occasion=occasion,
        document=document.strip(),
        cutoff_on=cutoff_on,
        for_month=str(for_month),
        pay_month=str(pay_month),
        made_by_id=actor.id,
        made_on=on,
    )
    check_published(campaign, on)
    campaign.save(force_insert=True)
    remark(f"拟定{campaign}：名册截止 {cutoff_on}，{pay_month.label}发放", document=campaign.document)
    return campaign


@action("campaign.listed", permission=may_prepare_campaign)
def list_people(*, campaign: Campaign, people: Sequence[Listed], actor: Actor, on: date) -> Campaign:
    """The people of a list are on the roster, set-wise. For visits; a grant to holders of benefits takes its roster from them.

    Refuses: a campaign whose roster is frozen or is not listed by hand, a person who is on the roster of the occasion already,
    more households of a village than the plan allows.
    """
    campaign = held(campaign, CampaignState.DRAFT)
    if campaign.kind in FROM_HOLDINGS:
        raise Refused(f"{campaign}的名册由截止日在享记录生成，不逐人登记。")
    if not people:
        raise BadValue("名单中没有人员。")
    if campaign.kind == CampaignKind.VILLAGE_VISIT:
        _check_villages(campaign, people)
    add_rows(
        [
            RosterRow(
                campaign=campaign,
                occasion=once(campaign),
                person_id=each.person_id,
                household_id=each.household_id,
                payee_id=each.person_id,
                area_id=each.area_id,
                groups=[Group.LISTED],
                also_cash=each.also_cash,
            )
            for each in people
        ],
        campaign,
    )
    remark(f"{campaign}：按名单登记 {len(people)} 人")
    return campaign


@action("campaign.frozen", permission=may_prepare_campaign)
def freeze_roster(*, campaign: Campaign, actor: Actor, on: date) -> Campaign:
    """The roster is what it was on the cut-off day: everybody once, with the groups they belong to and each budget's money.

    Whoever had died by then is on it, left out with that reason; whom the rules give nothing is not. Basis: the rules of the
    kind. Refuses: a cut-off day that is not over, an empty roster, a person who got what the occasion gives already.
    """
    campaign = held(campaign, CampaignState.DRAFT)
    if campaign.cutoff_on >= on:
        raise Refused(f"名册截止日 {campaign.cutoff_on} 还没有过完，次日起才能冻结名册。")
    if campaign.kind in FROM_HOLDINGS:
        freeze_rows(campaign, _from_holdings(campaign), on)
    else:
        rows = list(campaign.rows.select_related("person").order_by("id"))
        if not rows:
            raise BadValue(f"{campaign}的名册没有人员，不能冻结。")
        for row in rows:
            row.left_out = _died(row.person.died_on, campaign.cutoff_on)
        write_amounts(campaign, rows, {}, on)
    campaign.state, campaign.frozen_by_id, campaign.frozen_on = CampaignState.FROZEN, actor.id, on
    campaign.save(update_fields=["state", "frozen_by", "frozen_on"])
    remark(
        f"冻结{campaign}名册：{campaign.persons} 人，{format_yuan(campaign.total)} 元，慰问品 {campaign.gifts} 份",
        total=campaign.total,
    )
    return campaign


@action("campaign.reopened", permission=may_prepare_campaign)
def reopen_roster(*, campaign: Campaign, reason: str, actor: Actor, on: date) -> Campaign:
    """The roster is open again, for a fault found before approval; one taken from holdings is emptied.

    Refuses: an approved campaign, no reason.
    """
    campaign = held(campaign, CampaignState.FROZEN, CampaignState.CHECKED)
    if not reason.strip():
        raise BadValue("请写明退回重新拟定的原因。")
    RosterShare.objects.filter(row__campaign=campaign).delete()
    if campaign.kind in FROM_HOLDINGS:
        RosterRow.objects.filter(campaign=campaign).delete()
    else:
        RosterRow.objects.filter(campaign=campaign).update(amount=0, gifts=0)
    campaign.state, campaign.persons, campaign.gifts, campaign.total = CampaignState.DRAFT, 0, 0, 0
    campaign.frozen_by_id, campaign.frozen_on, campaign.checked_by_id, campaign.checked_on = None, None, None, None
    campaign.save()
    remark(f"退回{campaign}名册：{reason.strip()}")
    return campaign


@action("campaign.person_left_out", permission=may_prepare_campaign)
def leave_out(*, row: RosterRow, reason: str, actor: Actor, on: date) -> RosterRow:
    """The person stays on the roster, gets nothing, and the reason stands beside the name.

    Refuses: a roster that is not frozen or was checked already, no reason.
    """
    if not reason.strip():
        raise BadValue("请写明不予发放的理由。")
    campaign = held(row.campaign, CampaignState.FROZEN)
    row.left_out = reason.strip()
    write_amounts(campaign, [row], {0: _withheld(row)}, on)
    add_up(campaign)
    remark(f"{campaign}：{row.person.name}不予发放，{row.left_out}", row=row.pk)
    return row


@action("campaign.share_withheld", permission=may_prepare_campaign)
def withhold_share(*, row: RosterRow, budget: Budget | str, reason: str, actor: Actor, on: date) -> RosterRow:
    """One budget's money is withheld from the person, with its reason; the money of the others is paid.

    Refuses: a roster that is not frozen or was checked already, a budget that gives this person nothing, no reason.
    """
    if not reason.strip():
        raise BadValue("请写明不发这部分资金的理由。")
    campaign = held(row.campaign, CampaignState.FROZEN)
    share = row.shares.filter(budget=budget).first()
    if share is None or share.amount == 0:
        raise Refused(f"{row.person.name}没有{Budget(budget).label}资金，无需登记不发。")
    write_amounts(campaign, [row], {0: {**_withheld(row), str(budget): reason.strip()}}, on)
    add_up(campaign)
    remark(f"{campaign}：{row.person.name}不发{Budget(budget).label}部分，{reason.strip()}", row=row.pk)
    return row


def _from_holdings(campaign: Campaign) -> list[RosterRow]:
    return [
        RosterRow(
            campaign=campaign,
            occasion=once(campaign),
            person_id=each.person_id,
            household_id=each.household_id,
            payee_id=each.payee_id,
            area_id=each.area_id,
            groups=each.groups,
            left_out=_died(each.died_on, campaign.cutoff_on) or (UNDECIDED if each.undecided and not each.groups else ""),
        )
        for each in holders(campaign.cutoff_on)
    ]


def _died(died_on: date | None, cutoff_on: date) -> str:
    """Why somebody who had died by the cut-off day gets nothing; nothing of the living."""
    return f"截止日前已去世（{died_on}）" if died_on is not None and died_on <= cutoff_on else ""


def _check_villages(campaign: Campaign, people: Sequence[Listed]) -> None:
    most = policy().number(PER_VILLAGE, on=Month.parse(campaign.for_month).first_day)
    counted = Counter(each.area_id for each in people)
    counted.update(campaign.rows.values_list("area_id", flat=True))
    over = [area for area, households in counted.items() if households > most]
    if over:
        raise Refused(f"有 {len(over)} 个村（社区）超过每村 {most} 户，请核对名单。")


def _withheld(row: RosterRow) -> dict[str, str]:
    return {share.budget: share.withheld for share in row.shares.all() if share.withheld}
