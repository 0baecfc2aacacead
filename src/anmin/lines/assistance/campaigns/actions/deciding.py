"""A campaign is checked and approved by two more people, and then paid by the rolls; its gifts are handed over."""

from collections.abc import Sequence
from datetime import date

from django.db.models import OuterRef, Subquery, Sum

from anmin.base.errors import BadValue, Refused
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.entitlements.actions.awarding import Award, award_once
from anmin.ground.entitlements.models import Entitlement
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow, RosterShare
from anmin.lines.assistance.campaigns.permissions import (
    may_approve_campaign,
    may_check_campaign,
    may_hand_over_gifts,
    may_prepare_campaign,
)
from anmin.lines.assistance.campaigns.roster import held
from anmin.lines.assistance.campaigns.vocabulary import ROUTE, CampaignState


@action("campaign.checked", permission=may_check_campaign)
def check_campaign(*, campaign: Campaign, actor: Actor, on: date) -> Campaign:
    """Another person has looked at the roster; its totals were added up anew and agree.

    Refuses: a roster that is not frozen, whoever proposed or froze it, totals that disagree.
    """
    campaign = held(campaign, CampaignState.FROZEN)
    _refuse_wrong_totals(campaign)
    campaign.state, campaign.checked_by_id, campaign.checked_on = CampaignState.CHECKED, actor.id, on
    campaign.save(update_fields=["state", "checked_by", "checked_on"])
    remark(f"复核{campaign}名册：{campaign.persons} 人，{format_yuan(campaign.total)} 元，各来源合计相符")
    return campaign


@action("campaign.approved", permission=may_approve_campaign)
def approve_campaign(*, campaign: Campaign, actor: Actor, on: date) -> Campaign:
    """The roster is frozen for good; everybody on it with something to get holds the benefit for the month it is paid in.

    Payment then goes the way of every payment: the roll of the benefit, the bank file, the bank's answer.
    Refuses: a roster that was not checked, whoever proposed, froze or checked it, totals that disagree.
    """
    campaign = held(campaign, CampaignState.CHECKED)
    _refuse_wrong_totals(campaign)
    rows = list(campaign.rows.filter(left_out="", amount__gt=0).order_by("id"))
    if rows:
        award_once(
            benefit=campaign.kind,
            awards=[Award(row.person_id, row.household_id, row.payee_id, row.area_id, ROUTE) for row in rows],
            month=Month.parse(campaign.pay_month),
            subject=campaign,
            actor=actor,
            on=on,
        )
        month = Month.parse(campaign.pay_month).first_day
        awarded = Entitlement.objects.filter(benefit=campaign.kind, holder=OuterRef("person"), valid_from=month, decided_on=on)
        campaign.rows.filter(left_out="", amount__gt=0).update(entitlement_id=Subquery(awarded.values("pk")[:1]))
    campaign.state, campaign.approved_by_id, campaign.approved_on = CampaignState.APPROVED, actor.id, on
    campaign.save(update_fields=["state", "approved_by", "approved_on"])
    remark(f"审批{campaign}：{campaign.persons} 人，{format_yuan(campaign.total)} 元，慰问品 {campaign.gifts} 份")
    return campaign


@action("campaign.discarded", permission=may_prepare_campaign)
def discard_campaign(*, campaign: Campaign, reason: str, actor: Actor, on: date) -> Campaign:
    """The campaign and its roster are gone; the log keeps its totals. Refuses: an approved one, no reason."""
    campaign = held(campaign, CampaignState.DRAFT, CampaignState.FROZEN, CampaignState.CHECKED)
    if not reason.strip():
        raise BadValue("请写明作废的原因。")
    remark(f"作废{campaign}：{reason.strip()}", persons=campaign.persons, total=campaign.total)
    RosterRow.objects.filter(campaign=campaign).delete()
    Campaign.objects.filter(pk=campaign.pk).delete()
    return campaign


@action("campaign.gifts_given", permission=may_hand_over_gifts)
def record_gifts(
    *, campaign: Campaign, rows: Sequence[RosterRow], given_on: date, taken_by: str = "", actor: Actor, on: date
) -> Campaign:
    """The gifts of these people are handed over, on a day, to themselves or to somebody named.

    Refuses: a campaign that is not approved, a person of another campaign, out of the actor's area, or who has the gift already.
    """
    campaign = held(campaign, CampaignState.APPROVED)
    if given_on > on:
        raise BadValue("发放日期不能晚于今天。")
    wanted = {row.pk for row in rows}
    open_rows = list(campaign.rows.filter(pk__in=wanted, gifts__gt=0, gifts_given_on=None).select_related("area"))
    if not wanted or {row.pk for row in open_rows} != wanted:
        raise Refused("所选人员中有人不在名册上、没有慰问品，或者已经登记领取，请刷新后重选。")
    if any(not actor.sees(row.area.path) for row in open_rows):
        raise Refused("所选人员中有外镇（街道）的人，只能登记本地人员。")
    for row in open_rows:
        row.gifts_given_on, row.gifts_taken_by = given_on, taken_by.strip()
    RosterRow.objects.bulk_update(open_rows, ["gifts_given_on", "gifts_taken_by"], batch_size=500)
    remark(f"{campaign}：登记发放慰问品 {sum(row.gifts for row in open_rows)} 份")
    return campaign


def _refuse_wrong_totals(campaign: Campaign) -> None:
    rows = campaign.rows.filter(left_out="").aggregate(total=Sum("amount"), gifts=Sum("gifts"))
    shares = RosterShare.objects.filter(row__campaign=campaign).aggregate(total=Sum("amount"))
    found = (rows["total"] or 0, shares["total"] or 0, rows["gifts"] or 0)
    if found != (campaign.total, campaign.total, campaign.gifts):
        raise Refused(f"{campaign}的各行、各来源合计与总额不符，请退回重新冻结，并报告系统管理员。")
