"""Yearly policies, the people insured by them, the claims that were paid."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.lines.assistance.supplementary.vocabulary import Layer


class InsurancePolicy(models.Model):
    """The insurance of one year: with whom, for how much a head, for whom as of which day."""

    personal_data: ClassVar[str] = "none of its own; its roster has"

    year = models.PositiveSmallIntegerField(unique=True)
    number = models.CharField(max_length=60)
    insurer = models.CharField(max_length=60)
    premium = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    rostered_on = models.DateField()
    frozen_on = models.DateField(null=True)
    insured = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")

    # The roster as a file, only on the instance that `fetch_roster` hands back; never a column.
    content: bytes = b""

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="insurance_ends_after_start"),
            models.CheckConstraint(condition=models.Q(premium__gt=0), name="premium_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度低补保（{self.insurer}）"


class InsuredPerson(models.Model):
    """A person insured by a policy, once, with the layer they belonged to on the day of the roster."""

    personal_data: ClassVar[str] = "that a person belongs to the low-income population"

    policy = models.ForeignKey("supplementary.InsurancePolicy", on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=40, choices=Layer)

    class Meta:
        ordering = ["policy_id", "area__code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "person"], name="insured_once_by_a_policy"),
            Unchanging(name="insured_person_never_changes"),
        ]


class InsuranceClaim(models.Model):
    """What the insurer paid to somebody insured, as it reports."""

    personal_data: ClassVar[str] = "that a person was ill and what the insurer paid"

    insured = models.ForeignKey("supplementary.InsuredPerson", on_delete=models.PROTECT, related_name="claims")
    number = models.CharField(max_length=60, unique=True)
    paid_on = models.DateField()
    amount = models.BigIntegerField()
    batch = models.ForeignKey("imports.ImportBatch", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-paid_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="claim_is_positive"),
            Unchanging(name="claim_never_changes"),
        ]
