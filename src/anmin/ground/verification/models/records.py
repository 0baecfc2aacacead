"""Consent, what departments delivered, who was asked about, what was found, and what people made of it."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.ground.verification.vocabulary import (
    Answered,
    Capacity,
    FindingKind,
    FindingState,
    Occasion,
    SignedAs,
    SourceName,
    StepTaken,
    Tier,
    VerificationResult,
    VerificationState,
)


class Consent(models.Model):
    """A signed letter (核对授权书): whose, by whom, for which sources, when it holds. Ended by withdrawal, never changed."""

    personal_data: ClassVar[str] = "who may be asked about, where and until when; who signed for a ward"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    signed_as = models.CharField(max_length=10, choices=SignedAs, default=SignedAs.SELF)
    signed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    # Ids of sources; the letter names them, so one that is added later is not covered.
    sources = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["person", "valid_from"], name="consent_of_person")]
        constraints = [
            Unchanging(name="consent_never_changes", but=["withdrawn_on", "withdrawal_reason", "document_id"]),
            models.CheckConstraint(condition=models.Q(valid_until__gte=models.F("valid_from")), name="consent_ends_after_start"),
            models.CheckConstraint(
                condition=~models.Q(signed_as=SignedAs.SELF) | models.Q(signed_by=models.F("person")),
                name="consent_of_self_is_signed_by_self",
            ),
        ]


class ColumnMapping(models.Model):
    """How a department heads its columns, so that the next file of the same head is read without asking."""

    personal_data: ClassVar[str] = "none"

    source = models.CharField(max_length=40)
    department = models.CharField(max_length=60)
    head = models.CharField(max_length=64)
    columns = models.JSONField()
    remembered_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "department", "head"], name="mapping_of_a_head"),
        ]


class Extract(models.Model):
    """What a department delivered about one source as of a day; the rows lie encrypted in the data folder, till `keep_until`."""

    personal_data: ClassVar[str] = "the rows (encrypted, in a file): names, numbers, income, property, deaths of many people"

    source = models.CharField(max_length=40)
    department = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    as_of = models.DateField()
    # Only what is new, or only some of the people: it is searched beside the last whole delivery, and never in its place.
    partial = models.BooleanField(default=False)
    basis = models.CharField(max_length=200)
    received_on = models.DateField()
    received_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    keep_until = models.DateField()
    # Blank once the rows have been deleted; what is known of the delivery stays.
    kept_as = models.CharField(max_length=64, blank=True)
    deleted_on = models.DateField(null=True)

    # What whoever received it should know, only on the instance that `receive_extract` hands back; never a column.
    cautions: tuple[str, ...] = ()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["source", "as_of"], name="extract_of_source")]
        constraints = [
            models.UniqueConstraint(fields=["source", "file_sha256"], name="extract_delivered_once"),
            Unchanging(name="extract_never_changes", but=["kept_as", "deleted_on"]),
            models.CheckConstraint(condition=models.Q(as_of__lte=models.F("received_on")), name="extract_is_not_of_the_future"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}（截至{self.as_of}）"


class Inquiry(models.Model):
    """One run of asking sources about people: who asked, why, on what ground; for one case, or for many households."""

    personal_data: ClassVar[str] = "who was asked about, when and why"

    number = models.CharField(max_length=60, unique=True)
    occasion = models.CharField(max_length=10, choices=Occasion)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    ground = models.CharField(max_length=200)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField()
    done_on = models.DateField(null=True)

    # The list for the provincial platform, only on the instance that `send_batch` hands back; never a column.
    batch: bytes | None = None

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="inquiry_subject")]

    def __str__(self) -> str:
        return self.number


class InquirySource(models.Model):
    """One source of an inquiry: which delivery was searched, or why none could be."""

    personal_data: ClassVar[str] = "none"

    inquiry = models.ForeignKey("verification.Inquiry", on_delete=models.PROTECT, related_name="sources")
    source = models.CharField(max_length=40)
    extract = models.ForeignKey("verification.Extract", on_delete=models.PROTECT, null=True, related_name="+")
    # The partial deliveries that were searched beside it: the day each is of, and its id.
    parts = models.JSONField(default=list)
    answered = models.CharField(max_length=16, choices=Answered)
    persons = models.PositiveIntegerField(default=0)
    # Of those who consented, how many a register that answers person by person gave no proper answer about.
    unanswered = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    # Why it could not be searched, or not about everybody, as far as it said so; blank where nothing is known.
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "source"], name="inquiry_asks_a_source_once")]


class InquiryPerson(models.Model):
    """Somebody whom an inquiry is about. `withheld` names the sources that were not asked, for want of consent; `unanswered`
    those that answered about others of the inquiry, and not about this one.
    """

    personal_data: ClassVar[str] = "who was asked about, as member of which household, and what was not consented to"

    inquiry = models.ForeignKey("verification.Inquiry", on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="inquiries")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity)
    withheld = models.JSONField(default=list)
    unanswered = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "person", "household"], name="inquiry_names_a_person_once"),
        ]


class Hit(models.Model):
    """A row of a delivery that may be about a person: how sure, what agreed and what differed, what was delivered."""

    personal_data: ClassVar[str] = "the delivered row (encrypted): income, property, death, marriage of a person or of a namesake"

    inquiry = models.ForeignKey("verification.Inquiry", on_delete=models.PROTECT, related_name="hits")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="hits")
    source = models.CharField(max_length=40)
    extract = models.ForeignKey("verification.Extract", on_delete=models.PROTECT, related_name="hits")
    row = models.PositiveIntegerField()
    tier = models.CharField(max_length=6, choices=Tier)
    points = models.IntegerField()
    levels = models.JSONField()
    delivered_cipher = models.BinaryField()
    # Of a match that somebody must look at: what the record is known by when it comes again; a keyed seal, blank otherwise.
    record = models.CharField(max_length=64, blank=True, default="")
    # Whoever looked at a doubtful match and said whether it is the person.
    identified_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    identified_on = models.DateField(null=True)
    identified_because = models.CharField(max_length=200, blank=True)
    # Where they looked, if it was at the same record in another inquiry.
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carried_to")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["person", "source"], name="hit_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "person", "extract", "row"], name="hit_once_in_an_inquiry"),
            Unchanging(
                name="hit_never_changes",
                but=["tier", "identified_by_id", "identified_on", "identified_because", "carried_from_id"],
            ),
        ]


class Finding(models.Model):
    """What hits say against what was declared, and what it would change. Decided by two people; it changes no fact by itself."""

    personal_data: ClassVar[str] = "what a family declared and what was found about it, and the sum in question"

    inquiry = models.ForeignKey("verification.Inquiry", on_delete=models.PROTECT, related_name="findings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="findings")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, null=True, related_name="findings")
    kind = models.CharField(max_length=20, choices=FindingKind)
    hit = models.ForeignKey("verification.Hit", on_delete=models.PROTECT, related_name="findings")
    # The other side, where two sources contradict each other.
    against = models.ForeignKey("verification.Hit", on_delete=models.PROTECT, null=True, related_name="+")
    declared = models.CharField(max_length=200)
    found = models.CharField(max_length=200)
    # The fact that would be recorded if it is accepted: kind, value, first day.
    fact_kind = models.CharField(max_length=30, blank=True)
    fact_value = models.BigIntegerField(null=True)
    fact_from = models.DateField(null=True)
    # Fen a month, as the rules say on the declared and on the found; null where no benefit depends on it or it is unknown.
    amount_before = models.BigIntegerField(null=True)
    amount_after = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN)
    reply_due_on = models.DateField(null=True)
    # The finding of a later inquiry that goes on in its place, always the last of them.
    taken_up_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="takes_up")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "kind"], name="finding_state")]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "hit", "kind", "household"], name="finding_once"),
            Unchanging(name="finding_never_changes", but=["state", "reply_due_on", "taken_up_by_id"]),
        ]


class FindingStep(models.Model):
    """What somebody did about a finding, with the reason; one after the other, never changed."""

    personal_data: ClassVar[str] = "what a family answered to a finding"

    finding = models.ForeignKey("verification.Finding", on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=StepTaken)
    # What was proposed: accepted or rejected.
    proposal = models.CharField(max_length=10, choices=FindingState, blank=True)
    reason = models.CharField(max_length=500)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    taken_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [Unchanging(name="finding_step_never_changes")]


class VerificationReport(models.Model):
    """The report on one household (核对报告): number, validity, the paper, and the seal by which a copy is proved unchanged."""

    personal_data: ClassVar[str] = "what was found about a family"

    number = models.CharField(max_length=60, unique=True)
    inquiry = models.ForeignKey("verification.Inquiry", on_delete=models.PROTECT, related_name="reports")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="verification_reports")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=16, choices=VerificationResult)
    content = models.JSONField()
    seal = models.CharField(max_length=64)
    issued_on = models.DateField()
    issued_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            Unchanging(name="verification_report_never_changes"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("issued_on")), name="verification_report_holds_for_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class VerificationRequest(models.Model):
    """One request for the members of a household, at the stage of one case; made only with everybody's consent."""

    personal_data: ClassVar[str] = "which family was checked, when, who consented, and the summary of what was found"

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="verifications")
    purpose = models.CharField(max_length=80)
    occasion = models.CharField(max_length=10, choices=Occasion, default=Occasion.ENTRY)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    source = models.CharField(max_length=60, choices=SourceName)
    persons = models.PositiveSmallIntegerField()
    consented_by = models.JSONField(default=list)
    consent_on = models.DateField()
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VerificationState, default=VerificationState.REQUESTED)
    requested_on = models.DateField()
    requested_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    inquiry = models.ForeignKey("verification.Inquiry", on_delete=models.PROTECT, null=True, related_name="requests")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    report_number = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True)
    findings = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="verification_subject"),
            models.Index(fields=["purpose", "requested_on"], name="verification_purpose"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True)
                | models.Q(valid_until__gte=models.F("answered_on"), answered_on__gte=models.F("requested_on")),
                name="verification_answered_after_request",
            )
        ]

    def __str__(self) -> str:
        return self.report_number or f"核对请求 {self.pk}"
