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
            searched = inquiry.sources.filter(source=standing.source).first()
            before = _begun(inquiry, standing.source)
            if before is not None:
                # What it said about the others stands while the rest is awaited.
                put(came.source, came.awaited)
                if came.lines[0].answered != Answered.SEARCHED:
                    continue
                _join(before, came)
            keep(came)
            if searched is not None and searched.parts:
                _add_parts(searched)
    return _found(inquiry, on)


def take_more(inquiry: Inquiry, source: str, answer: Answer, whom: frozenset[int], *, on: date) -> int:
    """A source has answered about these people of an inquiry; how many findings were added.

    Once it has begun to answer, nobody else of the inquiry is looked at: a county's answers come in hundreds of messages.
    """
    standing = Standing(source, Answered.SEARCHED, None)
    before = _begun(inquiry, source)
    if before is None:
        return ask_again(inquiry, [standing], {source: answer}, on=on)
    with Search([each for each in asked_in(inquiry) if each.person_id in whom], {source: answer}) as search:
        came = search.ask(standing)
    (line,) = came.lines
    if line.answered != Answered.SEARCHED:
        return 0
    line.unanswered = before.unanswered - line.persons
    line.problem = before.problem if line.unanswered else ""
    _join(before, came, whom)
    keep(came)
    return _found(inquiry, on, whom)


def _begun(inquiry: Inquiry, source: str) -> InquirySource | None:
    """What a source has said so far, if not about everybody."""
    return inquiry.sources.filter(source=source, unanswered__gt=0).select_related("extract").first()


def _add_parts(before: InquirySource) -> None:
    """What was found in partial deliveries while the whole was missing still counts."""
    line = InquirySource.objects.get(pk=before.pk)
    line.parts = [*(each for each in before.parts if each not in line.parts), *line.parts]
    line.hits = line.inquiry.hits.filter(source=line.source).count()
    line.save(update_fields=["parts", "hits"])


def _found(inquiry: Inquiry, on: date, whom: frozenset[int] | None = None) -> int:
    request = inquiry.requests.first()
    programme = request.purpose.rpartition(".")[0] if request is not None else ""
    return len(find({inquiry.pk: programme}, on=on, persons=whom))


def _join(before: InquirySource, came: Came, whom: frozenset[int] | None = None) -> None:
    """What a source says about the rest is added to what it said about the others; the older of its two days counts for all."""
    (line,) = came.lines
    line.persons, line.hits = line.persons + before.persons, line.hits + before.hits
    if before.extract is not None and line.extract is not None and before.extract.as_of < line.extract.as_of:
        line.extract = before.extract
    rows = InquiryPerson.objects.filter(inquiry_id=before.inquiry_id).exclude(unanswered=[])
    if whom is not None:
        rows = rows.filter(person_id__in=whom)
    rest = [row for row in rows.order_by("id") if before.source in row.unanswered]
    for row in rest:
        row.unanswered = [each for each in row.unanswered if each != before.source]
    InquiryPerson.objects.bulk_update(rest, ["unanswered"], batch_size=_AT_ONCE)
