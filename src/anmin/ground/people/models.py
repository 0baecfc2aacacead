"""Persons, households, those bound to support them, and facts with valid time and recorded time."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import NoOverlap, Unchanging
from anmin.ground.people.vocabulary import AbsenceReason, DutyOfSupport, HukouKind, Incapacity, Relation, Sex

CURRENT = "{row}superseded_at IS NULL"


class Person(models.Model):
    """A natural person. The identity number is ciphertext; it is found by its blind index and shown by its mask."""

    personal_data: ClassVar[str] = "name, identity number and bank account (encrypted), birth date, sex, address, telephone"

    name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=60, db_index=True)
    initials = models.CharField(max_length=30, db_index=True)
    identity_cipher = models.BinaryField(null=True)
    identity_index = models.CharField(max_length=64, unique=True, null=True)
    identity_mask = models.CharField(max_length=18)
    birth_on = models.DateField()
    sex = models.CharField(max_length=6, choices=Sex)
    # Blank means unknown, as for a supporter who lives in another county.
    hukou_kind = models.CharField(max_length=5, choices=HukouKind, blank=True)
    # Who lives in another county hangs on the county itself.
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    bank_name = models.CharField(max_length=60, blank=True)
    bank_account_cipher = models.BinaryField(null=True)
    bank_account_mask = models.CharField(max_length=24, blank=True)
    died_on = models.DateField(null=True)

    # In clear, only on the instance that `reveal_identity_number` hands back; never a column.
    identity_number: str | None = None

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(died_on__isnull=True) | models.Q(died_on__gte=models.F("birth_on")),
                name="person_dies_after_birth",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """People who live together, as declared; who of them counts is for the rule."""

    personal_data: ClassVar[str] = "address of a family"

    number = models.CharField(max_length=30, unique=True)
    head = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="headed_households")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    hukou_kind = models.CharField(max_length=5, choices=HukouKind)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number


class HouseholdMember(models.Model):
    """A person in a household during a period, counted as living together or not, and why."""

    personal_data: ClassVar[str] = "who lives with whom, and why somebody is away (service, prison, missing)"

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=16, choices=Relation)
    same_hukou = models.BooleanField(default=True)
    counted = models.BooleanField()
    absence = models.CharField(max_length=20, choices=AbsenceReason, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            NoOverlap(
                name="person_counted_in_one_household",
                columns=["person_id"],
                condition=CURRENT + " AND {row}counted",
            ),
            NoOverlap(name="household_member_no_overlap", columns=["household_id", "person_id"], condition=CURRENT),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="household_member_ends_after_start",
            ),
        ]


class Supporter(models.Model):
    """Somebody who lives elsewhere and owes a person support (赡养、抚养、扶养义务人), with what is known of their means."""

    personal_data: ClassVar[str] = "kinship, income of the supporter's household"

    dependant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="supporters")
    obligor = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="dependants")
    duty = models.CharField(max_length=16, choices=DutyOfSupport)
    household_income = models.BigIntegerField(null=True)
    household_size = models.PositiveSmallIntegerField(null=True)
    dependants = models.PositiveSmallIntegerField(default=1)
    court_amount = models.BigIntegerField(null=True)
    actual_amount = models.BigIntegerField(null=True)
    exempt = models.BooleanField(default=False)
    # Blank: not certified to be without capacity.
    incapacity = models.CharField(max_length=16, choices=Incapacity, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            NoOverlap(name="supporter_no_overlap", columns=["dependant_id", "obligor_id"], condition=CURRENT),
            models.CheckConstraint(condition=~models.Q(dependant=models.F("obligor")), name="supporter_is_another_person"),
            models.CheckConstraint(condition=models.Q(dependants__gte=1), name="supporter_has_a_dependant"),
        ]


class Fact(models.Model):
    """Something known about a person: when it was true, and when we learned it. Nothing is overwritten.

    `amount` holds fen, counts and yes/no (1/0); `code` holds words of `vocabulary`. Correcting a fact sets `superseded_at`
    on the old row and writes new ones.
    """

    personal_data: ClassVar[str] = "income, assets, disability, illness, work, schooling, death"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=30)
    amount = models.BigIntegerField(null=True)
    code = models.CharField(max_length=20, null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=60)
    batch = models.ForeignKey("imports.ImportBatch", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        # Every look for an overlap goes through this index. With one on (kind, valid_from) SQLite prefers that, and a file of
        # 90,000 facts takes minutes instead of seconds.
        indexes = [models.Index(fields=["person", "kind", "valid_from"], name="fact_of_person")]
        constraints = [
            NoOverlap(name="fact_no_overlap", columns=["person_id", "kind"], condition=CURRENT),
            Unchanging(name="fact_never_changes", but=["superseded_at"]),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) ^ models.Q(code__isnull=True), name="fact_has_one_value"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="fact_is_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="fact_ends_after_start",
            ),
        ]
