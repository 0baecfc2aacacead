"""Rounds of home checks with their frozen rolls, the households drawn, and the visits."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.lines.assistance.homechecks.vocabulary import PlanState, VisitResult


class HomeCheckPlan(models.Model):
    """A round: which registers, where, how many villages and households; the roll it is drawn from, and the seed.

    `roll` is the plain file of the frozen roll (codes and numbers, no names), `roll_sha256` its hash. Once the seed stands, only
    the state changes.
    """

    personal_data: ClassVar[str] = "the numbers of households that hold benefits"

    title = models.CharField(max_length=60)
    document = models.CharField(max_length=120, blank=True)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    benefits = models.JSONField()
    rostered_on = models.DateField()
    villages = models.PositiveSmallIntegerField()
    # Of each village; empty means all.
    households = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    due_on = models.DateField()
    roll = models.TextField()
    roll_sha256 = models.CharField(max_length=64)
    roll_villages = models.PositiveIntegerField()
    roll_households = models.PositiveIntegerField()
    # On the roll of the benefit, but known by the town only: nobody can be drawn there.
    left_out = models.PositiveIntegerField(default=0)
    seed = models.CharField(max_length=60, blank=True)
    seed_source = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.ROSTERED)
    made_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    drawn_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    drawn_on = models.DateField(null=True)
    fixed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    fixed_on = models.DateField(null=True)
    discarded_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-rostered_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("starts_on")), name="home_checks_end_after_start"),
            Unchanging(
                name="frozen_plan_never_changes",
                but=["seed", "seed_source", "drawn_by_id", "drawn_on", "state", "fixed_by_id", "fixed_on", "discarded_because"],
            ),
            Unchanging(
                name="drawn_plan_never_changes",
                but=["state", "fixed_by_id", "fixed_on", "discarded_because"],
                while_="{row}seed <> ''",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class HomeCheck(models.Model):
    """A household that was drawn. `result` and `checked_on` repeat the visit that counts, for lists; empty while nobody went."""

    personal_data: ClassVar[str] = "which family is visited, and what was found there in a word"

    plan = models.ForeignKey("homechecks.HomeCheckPlan", on_delete=models.PROTECT, related_name="checks")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="home_checks")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    benefits = models.JSONField()
    result = models.CharField(max_length=12, choices=VisitResult, blank=True)
    checked_on = models.DateField(null=True)
    again_due_on = models.DateField(null=True)
    review = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan_id", "place"]
        constraints = [models.UniqueConstraint(fields=["plan", "household"], name="household_drawn_once")]
        indexes = [models.Index(fields=["checked_on"], name="home_check_day")]

    def __str__(self) -> str:
        return f"{self.household.number}入户核查"


class HomeVisit(models.Model):
    """Two people went: when, who, what they found. Never changed; a correction is another row that names the first, and why."""

    personal_data: ClassVar[str] = "what was seen in a family's home, and who saw it"

    check_of = models.ForeignKey("homechecks.HomeCheck", on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    visitor = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    second_visitor = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    other_visitor = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=12, choices=VisitResult)
    changes = models.JSONField(default=list)
    conditions = models.JSONField(default=list)
    findings = models.CharField(max_length=1000, blank=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["visited_on"], name="home_visit_day")]
        constraints = [
            Unchanging(name="home_visit_never_changes"),
            models.CheckConstraint(
                condition=models.Q(second_visitor__isnull=False) | ~models.Q(other_visitor=""), name="home_visit_is_by_two"
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | ~models.Q(reason=""), name="home_visit_correction_says_why"
            ),
        ]
