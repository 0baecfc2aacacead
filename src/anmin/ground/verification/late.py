"""Sources that could not answer when an inquiry was made, or not about everybody, answer later; inside an action only."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from anmin.ground.verification.answers import Standing
from anmin.ground.verification.asking import Came, Search, asked_in, keep
from anmin.ground.verification.findings import find
from anmin.ground.verification.models import Inquiry, InquiryPerson, InquirySource
from anmin.ground.verification.questions import put
from anmin.ground.verification.registry_interface import Answer
from anmin.ground.verification.vocabulary import Answered

_AT_ONCE = 500


def waiting_in(inquiry: Inquiry) -> QuerySet[InquirySource]:
    """The sources of an inquiry that were not searched, or gave no answer about somebody."""
    return inquiry.sources.filter(~Q(answered=Answered.SEARCHED) | Q(unanswered__gt=0)).order_by("source")


def ask_again(inquiry: Inquiry, sources: Sequence[Standing], answers: Mapping[str, Answer], *, on: date) -> int:
    """The sources have been asked about everybody in the inquiry, or taken at their answers; how many findings were added."""
    with Search(asked_in(inquiry), answers) as search:
        for standing in sources:
            came = search.ask(standing)
            before = inquiry.sources.filter(source=standing.source, unanswered__gt=0).select_related("extract").first()
            if before is not None:
                # What it said about the others stands while the rest is awaited.
                put(came.source, came.awaited)
                if came.lines[0].answered != Answered.SEARCHED:
                    continue
                _join(before, came)
            keep(came)
    request = inquiry.requests.first()
    return len(find({inquiry.pk: request.purpose.rpartition(".")[0] if request is not None else ""}, on=on))


def _join(before: InquirySource, came: Came) -> None:
    """What a source says about the rest is added to what it said about the others; the older of its two days counts for all."""
    (line,) = came.lines
    line.persons, line.hits = line.persons + before.persons, line.hits + before.hits
    if before.extract is not None and line.extract is not None and before.extract.as_of < line.extract.as_of:
        line.extract = before.extract
    rest = [
        row
        for row in InquiryPerson.objects.filter(inquiry_id=before.inquiry_id).exclude(unanswered=[]).order_by("id")
        if before.source in row.unanswered
    ]
    for row in rest:
        row.unanswered = [each for each in row.unanswered if each != before.source]
    InquiryPerson.objects.bulk_update(rest, ["unanswered"], batch_size=_AT_ONCE)
