"""Monthly rolls, their lines, the payments made of them, bank files out and returns in, recoveries."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.ground.payments.vocabulary import ChangeKind, ChangeState, LineKind, NoticeKind, PaymentState, RollState

_ROLL_IS_FROZEN = "EXISTS (SELECT 1 FROM payments_roll WHERE id = {row}roll_id AND state = 'approved')"


class Roll(models.Model):
    """The roll of one benefit for one month: there is one, or none. Approval freezes it with the hash of its lines."""

    personal_data: ClassVar[str] = "none of its own; its lines have"

    benefit = models.CharField(max_length=60)
    month = models.CharField(max_length=7)
    state = models.CharField(max_length=10, choices=RollState, default=RollState.GENERATED)
    generated_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    generated_on = models.DateField()
    known_at = models.DateTimeField()
    checked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    approved_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField(null=True)
    pay_on = models.DateField()
    rules_version = models.CharField(max_length=64)
    line_count = models.PositiveIntegerField(default=0)
    household_count = models.PositiveIntegerField(default=0)
    person_count = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["benefit", "month"]
        constraints = [
            models.UniqueConstraint(fields=["benefit", "month"], name="one_roll_per_benefit_and_month"),
            # Two open rolls would each count the other's months as unpaid, and pay them twice.
            models.UniqueConstraint(fields=["benefit"], condition=~models.Q(state="approved"), name="one_open_roll_per_benefit"),
            Unchanging(name="approved_roll_never_changes", while_="{row}state = 'approved'"),
        ]

    def __str__(self) -> str:
        return f"{self.month} 发放名册"


class RollLine(models.Model):
    """What one entitlement gains or loses for one month: due by what is known now, less what was already on approved rolls.

    `snapshot` is a copy of what the amount rested on; `seal` is the hash of the line.
    """

    personal_data: ClassVar[str] = "a family's countable income and benefit in a month"

    roll = models.ForeignKey("payments.Roll", on_delete=models.CASCADE, related_name="lines")
    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="roll_lines")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    for_month = models.CharField(max_length=7)
    kind = models.CharField(max_length=10, choices=LineKind)
    persons = models.PositiveSmallIntegerField()
    due = models.BigIntegerField()
    already = models.BigIntegerField()
    amount = models.BigIntegerField()
    snapshot = models.JSONField()
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["roll_id", "entitlement_id", "for_month"]
        constraints = [
            models.UniqueConstraint(fields=["roll", "entitlement", "for_month"], name="one_line_per_month"),
            models.CheckConstraint(condition=models.Q(amount=models.F("due") - models.F("already")), name="line_is_a_difference"),
            Unchanging(name="frozen_line_never_changes", while_=_ROLL_IS_FROZEN),
        ]


class RollNotice(models.Model):
    """An entitlement that the roll passes over, or that somebody should look at, with the reason in words."""

    personal_data: ClassVar[str] = "what is not known about a family"

    roll = models.ForeignKey("payments.Roll", on_delete=models.CASCADE, related_name="notices")
    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    months = models.JSONField(default=list)
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["roll_id", "kind", "entitlement_id"]
        constraints = [
            models.UniqueConstraint(fields=["roll", "entitlement", "kind"], name="one_notice_of_a_kind"),
            Unchanging(name="frozen_notice_never_changes", while_=_ROLL_IS_FROZEN),
        ]


class Recovery(models.Model):
    """Money to be got back from a family: opened by an approved recovery line, closed by offsets or repayment."""

    personal_data: ClassVar[str] = "that a family was overpaid, and by how much"

    line = models.OneToOneField("payments.RollLine", on_delete=models.PROTECT, related_name="recovery")
    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="recoveries")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    recovered = models.BigIntegerField(default=0)
    consent_on = models.DateField(null=True)
    opened_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recovered__gte=0) & models.Q(recovered__lte=models.F("amount")),
                name="recovery_within_amount",
            )
        ]


class Repayment(models.Model):
    """Part of a recovery that came back: held back from a payment, or paid in by the family."""

    personal_data: ClassVar[str] = "that a family paid money back"

    recovery = models.ForeignKey("payments.Recovery", on_delete=models.PROTECT, related_name="repayments")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, null=True, related_name="offsets")
    amount = models.BigIntegerField()
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="repayment_is_positive"),
            Unchanging(name="repayment_never_changes"),
        ]


class Payment(models.Model):
    """Money owed to one payee out of one roll: the sum of its positive lines less what is offset against a recovery."""

    personal_data: ClassVar[str] = "payee and masked account"

    roll = models.ForeignKey("payments.Roll", on_delete=models.PROTECT, related_name="payments")
    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, related_name="payments")
    payee = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    gross = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    net = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=PaymentState, default=PaymentState.DUE)
    paid_on = models.DateField(null=True)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "paid_on"], name="payment_state_paid")]
        constraints = [
            models.UniqueConstraint(fields=["roll", "entitlement"], name="one_payment_per_roll"),
            models.CheckConstraint(
                condition=models.Q(net=models.F("gross") - models.F("offset")) & models.Q(net__gte=0),
                name="payment_net_is_gross_less_offset",
            ),
        ]


class BankFile(models.Model):
    """A file of payments sent to the bank, with its control totals; a payment that failed goes out again in a later one."""

    personal_data: ClassVar[str] = "the file in the data folder holds names and accounts"

    number = models.CharField(max_length=40, unique=True)
    roll = models.ForeignKey("payments.Roll", on_delete=models.PROTECT, related_name="bank_files")
    made_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    held_back = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)

    # The file itself, only on the instance that `fetch_bank_file` hands back; never a column.
    content: bytes = b""

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number


class BankFileLine(models.Model):
    """One payment in one bank file, with the reference by which the bank's answer finds it."""

    personal_data: ClassVar[str] = "none of its own; the payment has"

    file = models.ForeignKey("payments.BankFile", on_delete=models.PROTECT, related_name="lines")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="bank_lines")
    reference = models.CharField(max_length=40, unique=True)
    amount = models.BigIntegerField()
    succeeded = models.BooleanField(null=True)
    failure = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            # Only what the bank refused may go out again: a payment is paid at most once.
            models.UniqueConstraint(
                fields=["payment"],
                condition=models.Q(succeeded__isnull=True) | models.Q(succeeded=True),
                name="payment_sent_once",
            )
        ]


class BankReturn(models.Model):
    """A return file of the bank; the same file counts once."""

    personal_data: ClassVar[str] = "none"

    file = models.ForeignKey("payments.BankFile", on_delete=models.PROTECT, related_name="returns")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    succeeded = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    brought_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    brought_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file_name


class PayoutChange(models.Model):
    """Money is to go elsewhere than before: to another account of a person, or for an entitlement to another person.

    Nothing is sent there before somebody other than who changed it has confirmed it; refused, all is as it was.
    """

    personal_data: ClassVar[str] = "the account of before (encrypted), masks of both, who is paid for whom"

    kind = models.CharField(max_length=8, choices=ChangeKind)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    entitlement = models.ForeignKey("entitlements.Entitlement", on_delete=models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    person_before = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    cipher_before = models.BinaryField(null=True)
    mask_before = models.CharField(max_length=24, blank=True)
    mask = models.CharField(max_length=24, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    changed_on = models.DateField()
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.WAITING)
    settled_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(kind="account", state="waiting"), name="one_account_waits_per_person"
            ),
            models.UniqueConstraint(
                fields=["entitlement"], condition=models.Q(kind="payee", state="waiting"), name="one_payee_waits_per_entitlement"
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True) | ~models.Q(settled_by=models.F("changed_by")),
                name="change_settled_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="account", entitlement__isnull=True) | models.Q(kind="payee", entitlement__isnull=False),
                name="change_of_payee_names_the_benefit",
            ),
        ]

    def __str__(self) -> str:
        return f"{ChangeKind(self.kind).label} {self.person.name}"
