"""Machines of other offices, what passed between them and us, what they subscribed to, and answers on their way."""

from typing import Any, ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging
from anmin.ground.registry.vocabulary import CallbackState, Event, Register


class RegistryClient(models.Model):
    """The machine of an office that may ask: which registers, where, on what ground, from when to when."""

    personal_data: ClassVar[str] = "name and telephone of the contact at the other office"

    client_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    contact = models.CharField(max_length=100, blank=True)
    # SHA-256 of a secret of 256 random bits that we made: nothing to guess, so nothing to slow down.
    secret_hash = models.CharField(max_length=64)
    secret_made_at = models.DateTimeField()
    registers = models.JSONField()
    areas = models.ManyToManyField("areas.Area", related_name="+")
    basis = models.CharField(max_length=200)
    purpose = models.CharField(max_length=100)
    purpose_code = models.CharField(max_length=60)
    needs_consent = models.BooleanField(default=True)
    identity_numbers = models.BooleanField(default=False)
    # Where call-backs may go: an address and everything below it.
    callback_uri = models.CharField(max_length=200, blank=True)
    # PEM of the key that verifies its messages; without one it may not send signatures.
    verification_key = models.TextField(blank=True)
    # What a client on trial may write in place of a signature: one word or several.
    placeholder = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    revoked_on = models.DateField(null=True)
    revoked_because = models.CharField(max_length=200, blank=True)
    registered_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    registered_on = models.DateField()

    # In clear, only on the instance that the action hands back; never a column.
    secret: str | None = None

    class Meta:
        ordering = ["client_id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(valid_until__gte=models.F("valid_from")), name="client_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(verification_key="") | models.Q(placeholder=""), name="client_signs_or_is_on_trial"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Exchange(models.Model):
    """One message of a client and what became of it, question by question; not what was asked or found."""

    personal_data: ClassVar[str] = "none: counts and codes"

    client = models.ForeignKey("registry.RegistryClient", on_delete=models.PROTECT, related_name="exchanges")
    register = models.CharField(max_length=8, choices=Register)
    action = models.CharField(max_length=40)
    message_id = models.CharField(max_length=99)
    transaction_id = models.CharField(max_length=99)
    correlation_id = models.CharField(max_length=36, unique=True)
    received_at = models.DateTimeField()
    # One object a question: reference_id, status, reason, shown, total.
    items = models.JSONField(default=list)
    shown = models.PositiveIntegerField(default=0)

    # What was answered, only on the instance that an action hands back; never a column.
    answer: dict[str, Any] | None = None

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["client", "received_at"], name="exchange_of_client"),
            models.Index(fields=["client", "transaction_id"], name="exchange_of_transaction"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["client", "message_id"], name="message_is_taken_once"),
            Unchanging(name="exchange_never_changes"),
        ]

    def __str__(self) -> str:
        return self.correlation_id


class Subscription(models.Model):
    """That a client wants to hear of an event about a person or a household, until it has enough."""

    personal_data: ClassVar[str] = "that another office follows a person or a family"

    client = models.ForeignKey("registry.RegistryClient", on_delete=models.PROTECT, related_name="subscriptions")
    code = models.CharField(max_length=36, unique=True)
    event = models.CharField(max_length=20, choices=Event)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, null=True, related_name="+")
    callback_uri = models.CharField(max_length=200)
    # Up to when what happened has been told.
    told_until = models.DateTimeField()
    subscribed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(household__isnull=True), name="subscription_is_about_one"
            ),
            models.UniqueConstraint(
                fields=["client", "event", "person"], condition=models.Q(ended_at__isnull=True), name="person_subscribed_once"
            ),
            models.UniqueConstraint(
                fields=["client", "event", "household"],
                condition=models.Q(ended_at__isnull=True),
                name="household_subscribed_once",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Callback(models.Model):
    """An answer on its way to a client: encrypted while it waits, blank once it has arrived or was given up."""

    personal_data: ClassVar[str] = "what was found about people (encrypted), until it has been delivered"

    client = models.ForeignKey("registry.RegistryClient", on_delete=models.PROTECT, related_name="callbacks")
    uri = models.CharField(max_length=300)
    action = models.CharField(max_length=40)
    correlation_id = models.CharField(max_length=36)
    body_cipher = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=CallbackState, default=CallbackState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="callback_due")]

    def __str__(self) -> str:
        return self.correlation_id
