"""Other offices' registers that answer later, or tell of events: what they were asked, and what became of it."""

from typing import ClassVar

from django.db import models

from anmin.ground.verification.vocabulary import QuestionState, WatchState


class RegistryQuestion(models.Model):
    """A message to a register that answers later: about whom of an inquiry it asks, whether it was sent, what became of it."""

    personal_data: ClassVar[str] = "that another office is asked about somebody; neither their number nor what was answered"

    inquiry = models.ForeignKey("verification.Inquiry", on_delete=models.PROTECT, related_name="questions")
    source = models.CharField(max_length=40)
    transaction_id = models.CharField(max_length=36, unique=True)
    # As the register acknowledged it; blank until then.
    correlation_id = models.CharField(max_length=99, blank=True)
    # By the reference of each question, the id of the person it is about; and those that have been answered.
    references = models.JSONField()
    answered = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.TO_SEND)
    put_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    # When it is sent, or sent again; once it is sent, when the register is asked what became of it.
    next_try_at = models.DateTimeField()
    # The transaction of the latest question what became of it.
    status_transaction_id = models.CharField(max_length=36, blank=True)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="registry_question_due"),
            models.Index(fields=["status_transaction_id"], name="registry_question_status"),
        ]

    def __str__(self) -> str:
        return self.transaction_id


class RegistryWatch(models.Model):
    """That another register is to tell us of an event about a person on a roll (a death), until they are on none."""

    personal_data: ClassVar[str] = "who is watched at which office; neither their number nor what happened"

    source = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="registry_watches")
    reference_id = models.CharField(max_length=36, unique=True)
    # Of the message by which it was last asked for, or given up.
    transaction_id = models.CharField(max_length=36)
    # Under which the register knows it; blank until it has said so.
    code = models.CharField(max_length=99, blank=True)
    state = models.CharField(max_length=10, choices=WatchState, default=WatchState.TO_SEND)
    put_on = models.DateField()
    next_try_at = models.DateTimeField()
    problem = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="registry_watch_due"),
            models.Index(fields=["transaction_id"], name="registry_watch_transaction"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "person"],
                condition=~models.Q(state__in=[WatchState.ENDED, WatchState.REFUSED]),
                name="person_watched_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference_id
