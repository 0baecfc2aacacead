"""One question to one source about many people: matched once, kept as hits under each inquiry that asked.

Nobody is compared whose consent does not name the source; who was left out is kept with the inquiry.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anmin.base.errors import BadValue, Refused
from anmin.ground.rows import insert
from anmin.ground.verification.answers import Standing
from anmin.ground.verification.carrying import carry_rulings
from anmin.ground.verification.consents import consented
from anmin.ground.verification.declarations import Listed
from anmin.ground.verification.matching import Prepared, match, prepare
from anmin.ground.verification.matching.vocabulary import FIELDS
from anmin.ground.verification.models import Extract, Hit, Inquiry, InquiryPerson, InquirySource
from anmin.ground.verification.persons import persons_table, their_side
from anmin.ground.verification.questions import put
from anmin.ground.verification.registry_interface import Answer, connections
from anmin.ground.verification.sameness import seal_of_record
from anmin.ground.verification.sealed import cipher_of
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.store import answer_kept, rows_of
from anmin.ground.verification.vocabulary import Answered, Tier

_AT_ONCE = 500
_LONGEST = 200
"""So much of a reason is kept with the source."""


class Asked(NamedTuple):
    """Somebody whom an inquiry (by its id) asks about, with the sources that may not be asked for want of consent, and those
    that answered about others and not about them.
    """

    inquiry_id: int
    person_id: int
    household_id: int | None
    capacity: str
    withheld: Sequence[str]
    unanswered: Sequence[str] = ()


def about(people: Mapping[int, Sequence[Listed]], *, on: date) -> list[Asked]:
    """The people of each inquiry, with the sources that they did not consent to; one query."""
    letters = consented({each.person_id for listed in people.values() for each in listed}, on=on)
    every = sorted(SOURCES)
    withheld: dict[frozenset[str], list[str]] = {}

    def left_out(person: int) -> list[str]:
        named = letters.get(person, frozenset())
        if named not in withheld:
            withheld[named] = [source for source in every if source not in named]
        return withheld[named]

    return [
        Asked(inquiry, each.person_id, each.household_id, each.capacity.value, left_out(each.person_id))
        for inquiry, listed in people.items()
        for each in listed
    ]


def asked_in(inquiry: Inquiry) -> list[Asked]:
    """The people an inquiry asks about, as they were written down when it was opened; one query."""
    columns = ("inquiry_id", "person_id", "household_id", "capacity", "withheld", "unanswered")
    return [Asked(*row) for row in inquiry.persons.order_by("id").values_list(*columns)]


def still_asked(people: Sequence[Asked], source: str) -> list[Asked]:
    """Those to be asked about at a source: who consented to it; where it has answered about some, the others only."""
    willing = [each for each in people if source not in each.withheld]
    begun = {each.inquiry_id for each in willing if source in each.unanswered}
    return [each for each in willing if each.inquiry_id not in begun or source in each.unanswered]


def keep_people(people: Iterable[Asked]) -> None:
    """The people are in the table."""
    rows = ((*each[:4], json.dumps(each.withheld), json.dumps(each.unanswered)) for each in people)
    insert(InquiryPerson, ("inquiry_id", "person_id", "household_id", "capacity", "withheld", "unanswered"), rows)


class Found(NamedTuple):
    """A hit before it is kept, in the order of its columns."""

    inquiry_id: int
    person_id: int
    source: str
    extract_id: int
    row: int
    tier: str
    points: int
    levels: str
    delivered_cipher: bytes
    identified_because: str = ""
    record: str = ""


@dataclass(frozen=True)
class Came:
    """What came of asking one source, unsaved: a line for each inquiry, the hits, and about whom it gave no proper answer."""

    source: str
    lines: list[InquirySource]
    hits: list[Found]
    unanswered: frozenset[tuple[int, int]] = frozenset()
    """Inquiry and person; only where the source has answered about others of the inquiry."""
    awaited: frozenset[tuple[int, int]] = frozenset()
    """Inquiry and person; those about whom a register is to be asked that answers later."""


class Search:
    """Sources are asked about the same people one after the other; what can be prepared once is. Leave it after the last."""

    def __init__(self, people: Sequence[Asked], answers: Mapping[str, Answer] | None = None) -> None:
        """`answers` were gathered before, over the wire or by exchange files; a register without one is unavailable."""
        self.answers = dict(answers or {})
        self._people = people
        self._inquiries = list(dict.fromkeys(each.inquiry_id for each in people))
        self._table = persons_table({each.person_id: each.household_id for each in people})
        self._prepared: dict[bytes, Prepared] = {}

    def __enter__(self) -> "Search":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for each in self._prepared.values():
            each.__exit__(kind, error, trace)

    def ask(self, standing: Standing) -> Came:
        """What came of asking; unsaved. What cannot be read is unavailable, never empty."""
        connection = connections().get(standing.source)
        if standing.source not in self.answers and connection is not None and connection.answers_later:
            return self._awaited(standing.source)
        if standing.source in self.answers or connection is not None:
            return self._taken_at_its_answer(standing.source)
        rows, answered, problem = None, standing.answered, ""
        if standing.extract is not None and answered is Answered.SEARCHED:
            rows, problem = _readable(standing.extract)
            answered = Answered.SEARCHED if rows is not None else Answered.UNAVAILABLE
        # What only tells of some people is searched even where the whole is missing: what it holds is so all the same.
        read = [(part, *_readable(part)) for part in standing.parts]
        problem = problem or next((why for _, _, why in read if why), "")
        parts = [(part, found) for part, found, _ in read if found is not None]
        willing = still_asked(self._people, standing.source) if rows is not None or parts else []
        asked = {(each.inquiry_id, each.person_id) for each in willing}
        hits: list[Found] = []
        for extract, table in ([(standing.extract, rows)] if rows is not None else []) + parts:
            if asked and extract is not None:
                hits += self._hits(standing.source, extract, table, asked)
        of_inquiry = Counter(inquiry for inquiry, _ in asked) if rows is not None else Counter()
        found = Counter(hit.inquiry_id for hit in hits)
        sources = [
            InquirySource(
                inquiry_id=inquiry,
                source=standing.source,
                extract=standing.extract,
                parts=[[part.as_of.isoformat(), part.pk] for part, _ in parts],
                answered=answered,
                persons=of_inquiry[inquiry],
                hits=found[inquiry],
                problem=problem[:_LONGEST],
            )
            for inquiry in self._inquiries
        ]
        return Came(standing.source, sources, hits)

    def _taken_at_its_answer(self, source: str) -> Came:
        """As `ask`. Whoever got no proper answer is kept as such; a source that answered about nobody was unavailable."""
        asked = {(each.inquiry_id, each.person_id) for each in still_asked(self._people, source)}
        answer = self.answers.get(source)
        known = answer.answered if answer is not None else frozenset()
        searched = {(inquiry, person) for inquiry, person in asked if person in known}
        missed = asked - searched
        silent = {inquiry for inquiry, _ in missed} - {inquiry for inquiry, _ in searched}
        extract = answer_kept(answer) if answer is not None and len(silent) < len(self._inquiries) else None
        hits: list[Found] = []
        if answer is not None and extract is not None and searched:
            hits = list(self._hits(source, extract, answer.rows, searched))
        of_inquiry, found = Counter(inquiry for inquiry, _ in searched), Counter(hit.inquiry_id for hit in hits)
        partly = frozenset((inquiry, person) for inquiry, person in missed if inquiry not in silent)
        lacking = Counter(inquiry for inquiry, _ in partly)
        whom: dict[int, list[int]] = {}
        for inquiry, person in missed:
            whom.setdefault(inquiry, []).append(person)
        sources = [
            InquirySource(
                inquiry_id=inquiry,
                source=source,
                extract=None if inquiry in silent else extract,
                answered=Answered.UNAVAILABLE if inquiry in silent else Answered.SEARCHED,
                persons=of_inquiry[inquiry],
                unanswered=lacking[inquiry],
                hits=found[inquiry],
                problem=answer.why(whom.get(inquiry, ()))[:_LONGEST] if answer is not None else "",
            )
            for inquiry in self._inquiries
        ]
        return Came(source, sources, hits, partly)

    def _awaited(self, source: str) -> Came:
        """As `ask`. Nobody has answered yet; the questions are put when this is kept, and sent once that is committed."""
        asked = {(each.inquiry_id, each.person_id) for each in still_asked(self._people, source)}
        numbers = zip(self._table.column("person_id").to_pylist(), self._table.column("identity_number").to_pylist(), strict=True)
        known = {person for person, number in numbers if number}
        awaited = frozenset((inquiry, person) for inquiry, person in asked if person in known)
        waiting, silent = {inquiry for inquiry, _ in awaited}, {inquiry for inquiry, _ in asked}

        def answered(inquiry: int) -> Answered:
            if inquiry in waiting:
                return Answered.AWAITED
            return Answered.UNAVAILABLE if inquiry in silent else Answered.SEARCHED

        lines = [
            InquirySource(inquiry_id=inquiry, source=source, answered=answered(inquiry), persons=0, unanswered=0, hits=0)
            for inquiry in self._inquiries
        ]
        return Came(source, lines, [], awaited=awaited)

    def _hits(self, source: str, extract: Extract, rows: pa.Table, asked: set[tuple[int, int]]) -> Iterator[Found]:
        persons = {person for _, person in asked}
        found = match(self._ours(persons), their_side(rows))
        if not len(found):
            return
        delivered = rows.take(pc.index_in(found.column("row"), value_set=rows.column("row").combine_chunks())).to_pylist()
        inquiries: dict[int, list[int]] = {}
        for inquiry, person in sorted(asked):
            inquiries.setdefault(person, []).append(inquiry)
        for each, row in zip(found.to_pylist(), delivered, strict=True):
            cipher = None
            # What nobody need look at is not looked for again.
            record = seal_of_record(source, row) if each["tier"] == Tier.QUEUE else ""
            for inquiry in inquiries.get(each["person_id"], ()):
                # The delivered row may be about a namesake: it is never kept in clear.
                cipher = cipher or cipher_of(row)
                yield Found(
                    inquiry,
                    each["person_id"],
                    source,
                    extract.pk,
                    each["row"],
                    each["tier"],
                    each["points"],
                    json.dumps({name: [each[f"{name}_level"], each[f"{name}_points"]] for name in FIELDS}),
                    cipher,
                    record=record,
                )

    def _ours(self, persons: set[int]) -> Prepared:
        chosen = np.isin(self._table.column("person_id").to_numpy(), np.fromiter(persons, np.int64, len(persons)))
        key = chosen.tobytes()
        if key not in self._prepared:
            self._prepared[key] = prepare(self._table.filter(pa.array(chosen)))
        return self._prepared[key]


def keep(came: Came) -> int:
    """What came of asking is kept; an answer that came late takes the place of "nothing was delivered".

    Of how many doubtful records it was said before whose they are; that holds here too.
    """
    InquirySource.objects.bulk_create(
        came.lines,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["inquiry", "source"],
        update_fields=["extract", "parts", "answered", "persons", "unanswered", "hits", "problem"],
    )
    insert(Hit, Found._fields, _not_yet_kept(came))
    _keep_unanswered(came.source, came.unanswered)
    put(came.source, came.awaited)
    doubtful = {each.inquiry_id for each in came.hits if each.tier == Tier.QUEUE}
    return carry_rulings(doubtful, came.source) if doubtful else 0


def _not_yet_kept(came: Came) -> list[Found]:
    """Without those of a partial delivery that was searched before, while the whole was missing."""
    parts = {extract for line in came.lines for _, extract in line.parts}
    if not parts:
        return came.hits
    inquiries = {line.inquiry_id for line in came.lines}
    if len(inquiries) > _AT_ONCE:
        return came.hits  # so many are only ever asked for the first time
    rows = Hit.objects.filter(inquiry_id__in=inquiries, extract_id__in=parts)
    kept = set(rows.values_list("inquiry_id", "person_id", "extract_id", "row"))
    return [each for each in came.hits if (each.inquiry_id, each.person_id, each.extract_id, each.row) not in kept]


def _keep_unanswered(source: str, whom: Iterable[tuple[int, int]]) -> None:
    ordered = sorted(whom)
    for start in range(0, len(ordered), _AT_ONCE):
        some = set(ordered[start : start + _AT_ONCE])
        inquiries, persons = {inquiry for inquiry, _ in some}, {person for _, person in some}
        rows = InquiryPerson.objects.filter(inquiry_id__in=inquiries, person_id__in=persons).order_by("id")
        missed = [row for row in rows if (row.inquiry_id, row.person_id) in some]
        for row in missed:
            row.unanswered = sorted({*row.unanswered, source})
        InquiryPerson.objects.bulk_update(missed, ["unanswered"], batch_size=_AT_ONCE)


def _readable(extract: Extract) -> tuple[pa.Table | None, str]:
    """The rows of a delivery, or why they cannot be read."""
    try:
        return rows_of(extract), ""
    except (Refused, BadValue) as error:
        return None, error.message
