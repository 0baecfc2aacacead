"""Cases: a request or an occasion that ends in a decision, told by its append-only actions."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging


class Case(models.Model):
    """One case of a declared type. `state`, `due_on` and `clock` repeat what its actions say, for lists and sorting."""

    personal_data: ClassVar[str] = "which family applied for what"

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=60)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="cases")
    applicant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, null=True, related_name="reviews")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24)
    special = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    clock = models.CharField(max_length=40, blank=True)
    clock_stopped = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["kind", "state"], name="case_kind_state"),
            models.Index(fields=["closed_on", "due_on"], name="case_open_due"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseAction(models.Model):
    """One step taken in a case; never changed, never removed."""

    personal_data: ClassVar[str] = "what staff noted about a family at each step"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="actions")
    sequence = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    actor = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=60)
    on = models.DateField()
    at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["case_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="case_action_in_sequence"),
            Unchanging(name="case_action_never_changes"),
        ]
