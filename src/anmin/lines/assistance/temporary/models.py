"""Money handed down to the towns, and aid given to people: two ledgers that are never added together."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.lines.assistance.temporary.vocabulary import Cause, Level, Way


class Allocation(models.Model):
    """Money for temporary assistance that the bureau handed down to a town (下拨), with the paper it rests on."""

    personal_data: ClassVar[str] = "none"

    town = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    document = models.CharField(max_length=120)
    allocated_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-allocated_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="allocation_is_positive"),
            Unchanging(name="allocation_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.document}（{self.allocated_on}）"


class TownFund(models.Model):
    """What a town has had and has given; it cannot give what it has not."""

    personal_data: ClassVar[str] = "none"

    town = models.OneToOneField("areas.Area", on_delete=models.PROTECT, related_name="temporary_fund")
    allocated = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["town__code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(spent__gte=0) & models.Q(spent__lte=models.F("allocated")),
                name="town_fund_never_below_zero",
            )
        ]


class Aid(models.Model):
    """Aid given in one case: by the town out of its fund at once, or by the county through a roll. One event, one aid.

    `resolution` is the decision of a panel where a rule stood in the way.
    """

    personal_data: ClassVar[str] = "what befell a family and how much it was given"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="aids")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    town = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    cause = models.CharField(max_length=20, choices=Cause)
    happened_on = models.DateField()
    persons = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=Way)
    given_on = models.DateField()
    entitlement = models.OneToOneField("entitlements.Entitlement", on_delete=models.PROTECT, null=True, related_name="aid")
    resolution = models.ForeignKey("deliberation.Resolution", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="aid_is_positive"),
            models.UniqueConstraint(fields=["case", "level"], name="one_aid_of_a_level_in_a_case"),
            models.UniqueConstraint(
                fields=["household", "cause", "happened_on", "level"],
                condition=models.Q(resolution__isnull=True),
                name="one_event_one_aid",
            ),
            models.CheckConstraint(
                condition=models.Q(level=Level.TOWN, entitlement__isnull=True)
                | models.Q(level=Level.COUNTY, entitlement__isnull=False),
                name="county_aid_goes_through_a_roll",
            ),
            Unchanging(name="aid_never_changes"),
        ]
