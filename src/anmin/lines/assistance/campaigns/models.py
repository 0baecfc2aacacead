"""Campaigns with their frozen rosters, and each budget's money for each person."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.lines.assistance.campaigns.vocabulary import Budget, CampaignKind, CampaignState

_APPROVED = "EXISTS (SELECT 1 FROM campaigns_campaign WHERE id = {row}campaign_id AND state = 'approved')"
_APPROVED_ROW = (
    "EXISTS (SELECT 1 FROM campaigns_rosterrow JOIN campaigns_campaign "
    "ON campaigns_campaign.id = campaigns_rosterrow.campaign_id "
    "WHERE campaigns_rosterrow.id = {row}row_id AND campaigns_campaign.state = 'approved')"
)


class Campaign(models.Model):
    """Something given once to many: for which occasion, who stands on its roster on the cut-off day, who decided it.

    `for_month` is the month whose figures of the law hold (of a price index, the month it is about); `pay_month` the month in
    whose roll it is paid. An approved one never changes.
    """

    personal_data: ClassVar[str] = "none of its own; its roster has"

    kind = models.CharField(max_length=60, choices=CampaignKind)
    occasion = models.CharField(max_length=40)
    document = models.CharField(max_length=120, blank=True)
    cutoff_on = models.DateField()
    for_month = models.CharField(max_length=7)
    pay_month = models.CharField(max_length=7)
    state = models.CharField(max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    made_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    frozen_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    frozen_on = models.DateField(null=True)
    checked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    approved_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)
    persons = models.PositiveIntegerField(default=0)
    gifts = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-cutoff_on", "-id"]
        constraints = [Unchanging(name="approved_campaign_never_changes", while_="{row}state = 'approved'")]

    def __str__(self) -> str:
        return f"{self.occasion}{CampaignKind(self.kind).label}"


class RosterRow(models.Model):
    """One person of a campaign, once, whatever they hold; `groups` says as what. Who is left out has the reason.

    `occasion` repeats kind and occasion of the campaign: a person gets what the occasion gives once, in one campaign or another.
    """

    personal_data: ClassVar[str] = "that a person is poor, ill or an orphan and is given money or goods"

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="rows")
    occasion = models.CharField(max_length=110)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(default=list)
    also_cash = models.BooleanField(default=False)
    left_out = models.CharField(max_length=100, blank=True)
    amount = models.BigIntegerField(default=0)
    gifts = models.PositiveSmallIntegerField(default=0)
    entitlement = models.OneToOneField(
        "entitlements.Entitlement", on_delete=models.PROTECT, null=True, related_name="campaign_row"
    )
    gifts_given_on = models.DateField(null=True)
    gifts_taken_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["campaign_id", "area__code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "person"], name="once_for_each_occasion"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="roster_amount_is_not_negative"),
            models.CheckConstraint(condition=models.Q(left_out="") | models.Q(amount=0, gifts=0), name="left_out_gets_nothing"),
            Unchanging(name="approved_row_never_changes", but=["gifts_given_on", "gifts_taken_by"], while_=_APPROVED),
        ]


class RosterShare(models.Model):
    """What one budget gives one person; one that is withheld has its reason, and the others are paid."""

    personal_data: ClassVar[str] = "how much a person is given out of which budget"

    row = models.ForeignKey("campaigns.RosterRow", on_delete=models.CASCADE, related_name="shares")
    budget = models.CharField(max_length=10, choices=Budget)
    amount = models.BigIntegerField()
    withheld = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["row_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["row", "budget"], name="one_share_of_a_budget"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0) & (models.Q(withheld="") | models.Q(amount=0)),
                name="withheld_share_is_nothing",
            ),
            Unchanging(name="approved_share_never_changes", while_=_APPROVED_ROW),
        ]
