"""Who holds which benefit, since when, for whom; without overlaps."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import NoOverlap, Unchanging
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, GraceKind, GroupKind, GroupState, StartReason


class Entitlement(models.Model):
    """A benefit granted to a household (or to one person in it) from a month on. Amounts are for the rules and the rolls.

    `valid_from` is the first day of the first month due; `valid_until`, the last day of the last one. Rolls reckon from
    `accounted_from` on: a family that held the benefit before the platform was paid for the earlier months elsewhere.
    `state` repeats what the periods say, for lists.
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
    review_class = models.CharField(max_length=1)
    review_due_on = models.DateField(null=True)
    decided_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    accounted_from = models.DateField()

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


NEVER_TOGETHER: dict[str, tuple[str, str]] = {
    "person_tekun_or_nursing": ("assistance.tekun", "disability.nursing"),
    "person_tekun_or_living": ("assistance.tekun", "disability.living"),
}
"""The pairs of `policy/exclusivity.yaml` that may not be held together whatever the route, and stand in no group: the database
refuses them too, and a test says when the matrix has another one. What is excluded by a route, or left to a choice, is refused
when it is granted: the one chosen may be written down before the other is ended."""


class EntitlementMember(models.Model):
    """A person covered by an entitlement during a period; nobody is covered twice by one benefit on one day.

    `exclusive` repeats the group that the benefit declares; nobody is covered by two benefits of one group on one day either, nor
    by both of a pair that may never be held together (`NEVER_TOGETHER`).
    """

    personal_data: ClassVar[str] = "that a person is covered by a benefit"

    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="covered_by")
    benefit = models.CharField(max_length=60)
    exclusive = models.CharField(max_length=20, blank=True)
    start_reason = models.CharField(max_length=20, choices=StartReason)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            NoOverlap(name="person_covered_once", columns=["person_id", "benefit"]),
            NoOverlap(name="person_in_one_layer", columns=["person_id", "exclusive"], condition="{row}exclusive <> ''"),
            *(
                NoOverlap(name=name, columns=["person_id"], condition=f"{{row}}benefit IN ('{first}', '{second}')")
                for name, (first, second) in NEVER_TOGETHER.items()
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="entitlement_member_ends_after_start",
            ),
        ]


class Suspension(models.Model):
    """Months in which a running entitlement is not paid; what was held back is due after all once `released`."""

    personal_data: ClassVar[str] = "that a family's benefit was suspended, and why"

    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=200)
    released = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            NoOverlap(name="entitlement_suspended_once", columns=["entitlement_id"]),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="suspension_ends_after_start",
            ),
        ]


class GracePeriod(models.Model):
    """Months in which a family that has risen above the standard by work keeps the benefit (缓退) or loses it in steps (渐退).

    It is data: what is due in each month of it is for the rule.
    """

    personal_data: ClassVar[str] = "that a family has found work and leaves a benefit gradually"

    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="grace_periods")
    kind = models.CharField(max_length=10, choices=GraceKind)
    previous_amount = models.BigIntegerField()
    extension_months = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            NoOverlap(name="one_grace_period_at_a_time", columns=["entitlement_id"]),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="grace_period_ends_after_start",
            ),
            models.CheckConstraint(condition=models.Q(previous_amount__gte=0), name="grace_amount_is_not_negative"),
        ]


class GroupDecision(models.Model):
    """One decision about many: a list of persons who are to get a benefit, or to lose it, told, looked at and decided as one.

    For what the law grants whole groups at once (a new rule, this month's eightieth birthdays) and for a month's deaths.
    """

    personal_data: ClassVar[str] = "none of its own; its lines have"

    number = models.CharField(max_length=40, unique=True)
    benefit = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=GroupKind)
    title = models.CharField(max_length=100)
    basis = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=GroupState, default=GroupState.PROPOSED)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey("imports.ImportBatch", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()
    decided_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    class Meta:
        ordering = ["-proposed_on", "-id"]
        constraints = [Unchanging(name="decided_group_never_changes", while_="{row}state <> 'proposed'")]

    def __str__(self) -> str:
        return self.number


class GroupLine(models.Model):
    """One person in a group decision: from or until when, and what the rules said of them when it was proposed."""

    personal_data: ClassVar[str] = "that a person is to get or lose a benefit, and why"

    group = models.ForeignKey("entitlements.GroupDecision", on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    # The first day of the first month, or the last day of the last one.
    edge = models.DateField()
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    amount = models.BigIntegerField(null=True)
    missing = models.CharField(max_length=300, blank=True)
    left_out = models.CharField(max_length=100, blank=True)
    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, null=True, related_name="decided_in")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="person_once_in_a_group")]
