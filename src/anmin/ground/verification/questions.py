"""Messages that another register answers later: put inside an action, sent once it is committed, open until answered."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.db.models import QuerySet

from anmin.base import clock
from anmin.base.dci.messages import MOST_ITEMS
from anmin.ground.verification.models import Inquiry, InquirySource, RegistryQuestion
from anmin.ground.verification.vocabulary import OUTSTANDING, Answered, QuestionState

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4), timedelta(hours=20))
"""After each time that it could not be sent; after the last one it is given up."""
ASKED_AFTER = timedelta(hours=4)
"""How long an answer is waited for before the register is asked what became of it; and each day after that."""
GIVEN_UP_AFTER = timedelta(days=30)
_AT_ONCE = 500


def put(source: str, whom: Iterable[tuple[int, int]]) -> None:
    """About each (inquiry, person) a question waits to be sent, twenty a message; inside an action only."""
    of_inquiry: dict[int, list[int]] = {}
    for inquiry, person in sorted(whom):
        of_inquiry.setdefault(inquiry, []).append(person)
    now = clock.true_instant()
    RegistryQuestion.objects.bulk_create(
        (
            RegistryQuestion(
                inquiry_id=inquiry,
                source=source,
                transaction_id=str(uuid4()),
                references={str(uuid4()): person for person in people[start : start + MOST_ITEMS]},
                put_at=now,
                next_try_at=now,
            )
            for inquiry, people in of_inquiry.items()
            for start in range(0, len(people), MOST_ITEMS)
        ),
        batch_size=_AT_ONCE,
    )


def outstanding() -> QuerySet[RegistryQuestion]:
    """The questions that are not answered and not given up, the oldest first."""
    return RegistryQuestion.objects.filter(state__in=OUTSTANDING).select_related("inquiry").order_by("id")


def awaited(inquiry: Inquiry) -> dict[str, set[int]]:
    """By source that answers later, the people of an inquiry about whom its answer is awaited; one query."""
    found: dict[str, set[int]] = {}
    for each in outstanding().filter(inquiry=inquiry):
        found.setdefault(each.source, set()).update(
            person for reference, person in each.references.items() if reference not in each.answered
        )
    return found


def close(question: RegistryQuestion, problem: str) -> None:
    """The question is waited for no more; a source of which nothing else is awaited was unavailable. Inside an action only."""
    question.state, question.done_at, question.problem = QuestionState.WITHOUT, clock.true_instant(), problem[:120]
    question.save(update_fields=["state", "done_at", "problem"])
    if not outstanding().filter(inquiry=question.inquiry_id, source=question.source).exists():
        InquirySource.objects.filter(inquiry=question.inquiry_id, source=question.source, answered=Answered.AWAITED).update(
            answered=Answered.UNAVAILABLE
        )
