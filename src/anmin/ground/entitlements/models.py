"""Who holds which benefit, since when, for whom; without overlaps."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import NoOverlap
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, StartReason


class Entitlement(models.Model):
    """A benefit granted to a household (or to one person in it) from a month on. Amounts are for the rules and the rolls.

    `valid_from` is the first day of the first month due; `valid_until`, the last day of the last one.
    """

    personal_data: ClassVar[str] = "that a family receives a benefit, since when, and why it ended"

    number = models.CharField(max_length=40, unique=True)
    benefit = models.CharField(max_length=60)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="entitlements")
    holder = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=20)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="granted")
    migrated = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=EntitlementState, default=EntitlementState.IN_FORCE)
    start_reason = models.CharField(max_length=20, choices=StartReason)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    grace_from = models.DateField(null=True)
    review_class = models.CharField(max_length=1)
    review_due_on = models.DateField(null=True)
    decided_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["benefit", "valid_from", "valid_until"], name="entitlement_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="entitlement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | ~models.Q(end_reason=""),
                name="entitlement_end_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class EntitlementMember(models.Model):
    """A person covered by an entitlement during a period; nobody is covered twice by one benefit on one day."""

    personal_data: ClassVar[str] = "that a person is covered by a benefit"

    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="covered_by")
    benefit = models.CharField(max_length=60)
    start_reason = models.CharField(max_length=20, choices=StartReason)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            NoOverlap(name="person_covered_once", columns=["person_id", "benefit"]),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="entitlement_member_ends_after_start",
            ),
        ]
