"""Votes of a panel, each member's once, and what came of them; neither ever changes."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.lines.assistance.deliberation.vocabulary import Choice, ResolutionKind


class Vote(models.Model):
    """How one member of the panel voted."""

    personal_data: ClassVar[str] = "how a member of staff voted"

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice)
    reason = models.CharField(max_length=200, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["case_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="one_vote_of_a_member"),
            Unchanging(name="vote_never_changes"),
        ]


class Resolution(models.Model):
    """What a panel decided about one case, until when it holds, when it is looked at again. It binds no other case."""

    personal_data: ClassVar[str] = "that an exception was made, or refused, for a family"

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="resolution")
    about = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="resolutions")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ResolutionKind)
    agreed = models.BooleanField()
    amount = models.BigIntegerField(null=True)
    members = models.PositiveSmallIntegerField()
    attended = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    valid_until = models.DateField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed=False) | models.Q(valid_until__gte=models.F("decided_on"), review_on__isnull=False),
                name="exception_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(in_favour__lte=models.F("attended")) & models.Q(attended__lte=models.F("members")),
                name="votes_within_the_panel",
            ),
            Unchanging(name="resolution_never_changes"),
        ]
