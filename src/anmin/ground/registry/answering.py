"""The questions of a message and their answers: consent, conditions, page, records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from anmin.base.dci.messages import Consent, Criteria, Question
from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.ground.registry import searching, wire
from anmin.ground.registry.asker import Asker
from anmin.ground.registry.conditions import Identified, Tree, tree_of
from anmin.ground.registry.models import RegistryClient
from anmin.ground.registry.records import household_records, person_records
from anmin.ground.registry.refusals import QuestionRejected
from anmin.ground.registry.vocabulary import GROUP, HOUSEHOLD_TYPES, NUMBER_TYPES, RECORD_TYPES, Outcome, Reason, Register

PAGE_SIZE = 50
LARGEST_PAGE = 100
_AT_ONCE = 500


@dataclass(frozen=True)
class Reply:
    """The answer to one question in the standard's shape, and what is kept of it."""

    wire: dict[str, Any]
    kept: dict[str, Any]

    @property
    def shown(self) -> int:
        return int(self.kept.get("shown", 0))

    @property
    def succeeded(self) -> bool:
        return bool(self.kept["status"] == Outcome.SUCCEEDED.value)


@dataclass(frozen=True)
class Page:
    """The records of one page, their kind, and how many there are in all."""

    record_type: str
    records: list[dict[str, Any]]
    size: int
    number: int
    total: int


@dataclass(frozen=True)
class _Asked:
    """A question that can be answered: its conditions, of what they are, and which page is wished for."""

    question: Question
    tree: Tree
    of_households: bool
    size: int
    number: int

    @property
    def identity_number(self) -> str | None:
        """Whose number it asks about, where it asks about nothing else: such questions are answered together."""
        if not isinstance(self.tree, Identified) or self.of_households or self.question.search_criteria.sort:
            return None
        return self.tree.value if self.tree.kind in NUMBER_TYPES - HOUSEHOLD_TYPES else None


@dataclass(frozen=True)
class _Found:
    """The persons, or households, of one page, and how many there are in all."""

    asked: _Asked
    rows: Sequence[Any]
    total: int


def replies(asker: Asker, client: RegistryClient, register: Register, questions: list[Question], on: date) -> list[Reply]:
    """The answer to each question; one that cannot be answered is rejected with its reason, and the others are answered.

    Those who are asked about by their number are looked up together, and what is told of everybody is read together.
    """
    read = _read(client, register, questions)
    known = searching.persons_by_number(
        asker, register, [number for each in read if isinstance(each, _Asked) and (number := each.identity_number)], on
    )
    found: list[_Found | QuestionRejected] = []
    for each in read:
        try:
            found.append(_look_up(asker, register, each, known, on) if isinstance(each, _Asked) else each)
        except QuestionRejected as error:
            found.append(error)
    records = _Records(asker, client, register, [each for each in found if isinstance(each, _Found)], on)
    return [
        _succeeded(question.reference_id, register, records.page(each))
        if isinstance(each, _Found)
        else rejected(question.reference_id, each)
        for question, each in zip(questions, found, strict=True)
    ]


def _read(client: RegistryClient, register: Register, questions: list[Question]) -> list[_Asked | QuestionRejected]:
    read: list[_Asked | QuestionRejected] = []
    seen: set[str] = set()
    for question in questions:
        try:
            if question.reference_id in seen:
                raise QuestionRejected(Reason.REFERENCE, "同一报文中的请求编号（reference_id）重复。")
            seen.add(question.reference_id)
            criteria = question.search_criteria
            check_consent(client, criteria.consent, criteria.authorize)
            read.append(_asked(register, question))
        except QuestionRejected as error:
            read.append(error)
    return read


def rejected(reference_id: str, error: QuestionRejected) -> Reply:
    """The answer to a question that cannot be answered."""
    return Reply(
        wire={
            "reference_id": reference_id,
            "timestamp": wire.moment(),
            "status": Outcome.REJECTED.value,
            "status_reason_code": error.reason.value,
            "status_reason_message": error.message[:999],
        },
        kept={"reference_id": reference_id, "status": Outcome.REJECTED.value, "reason": error.reason.value},
    )


def _succeeded(reference_id: str, register: Register, page: Page) -> Reply:
    return Reply(
        wire={
            "reference_id": reference_id,
            "timestamp": wire.moment(),
            "status": Outcome.SUCCEEDED.value,
            "data": wire.data(register, page.record_type, page.records),
            "pagination": {"page_size": page.size, "page_number": page.number, "total_count": page.total},
        },
        kept={
            "reference_id": reference_id, "status": Outcome.SUCCEEDED.value, "shown": len(page.records), "total": page.total,
        },
    )  # fmt: skip


def check_consent(client: RegistryClient, consent: Consent | None, authorize: Consent | None) -> None:
    """Who has no statutory basis shows the consent of the person to the purpose that was agreed, given before now."""
    if not client.needs_consent:
        return
    if consent is None:
        raise QuestionRejected(Reason.CRITERIA, "没有附本人同意（consent），不能查询。")
    if consent.purpose.code != client.purpose_code:
        raise QuestionRejected(Reason.CRITERIA, f"同意书的目的代码与授权的目的（{client.purpose_code}）不一致，不能查询。")
    if consent.ts is None or consent.ts > datetime.now(consent.ts.tzinfo):
        raise QuestionRejected(Reason.CRITERIA, "同意书没有时间，或者时间在将来，不能查询。")


def _asked(register: Register, question: Question) -> _Asked:
    criteria = question.search_criteria
    tree, collection = tree_of(criteria.query_type, criteria.query)
    page = question.page
    size, number = (page.page_size, page.page_number) if page else (PAGE_SIZE, 1)
    if size > LARGEST_PAGE:
        raise QuestionRejected(Reason.PAGE, f"每页最多 {LARGEST_PAGE} 条，请分页查询。")
    return _Asked(question, tree, _wants_households(register, criteria, collection, tree), size, number)


def _look_up(asker: Asker, register: Register, asked: _Asked, known: Mapping[str, Sequence[Any]], on: date) -> _Found:
    rows: Any
    first, last = (asked.number - 1) * asked.size, asked.number * asked.size
    if (number := asked.identity_number) is not None:
        rows = known.get(number, ())
        return _Found(asked, rows[first:last], len(rows))
    sort = asked.question.search_criteria.sort
    if asked.of_households:
        rows = searching.ordered(searching.households(asker, asked.tree, on), sort, searching.HOUSEHOLD_ORDER)
    else:
        rows = searching.ordered(searching.persons(asker, register, asked.tree, on), sort, searching.PERSON_ORDER)
    total = rows.count()
    if total > settings.DCI_MOST_RECORDS:
        raise QuestionRejected(Reason.TOO_MANY, f"查到 {total} 条，超过 {settings.DCI_MOST_RECORDS} 条的上限，请增加查询条件。")
    return _Found(asked, list(rows[first:last]) if first < total else [], total)


class _Records:
    """What is told of everybody found in a message, read a few hundred at a time."""

    def __init__(self, asker: Asker, client: RegistryClient, register: Register, found: Sequence[_Found], on: date) -> None:
        self._register = register
        self._told: dict[tuple[bool, int], dict[str, Any]] = {}
        for of_households in (False, True):
            some = {row.pk: row for each in found if each.asked.of_households is of_households for row in each.rows}
            rows = list(some.values())
            for start in range(0, len(rows), _AT_ONCE):
                self._read(asker, client, rows[start : start + _AT_ONCE], of_households, on)

    def _read(self, asker: Asker, client: RegistryClient, rows: list[Any], of_households: bool, on: date) -> None:
        in_full = client.identity_numbers
        if of_households:
            for home in household_records(asker, rows, in_full=in_full, on=on):
                self._told[True, home.household.pk] = wire.household_record(home, on)
        else:
            for one in person_records(asker, rows, in_full=in_full, on=on):
                self._told[False, one.person.pk] = wire.person_record(self._register, one, on)

    def page(self, found: _Found) -> Page:
        asked = found.asked
        kind = GROUP if asked.of_households else RECORD_TYPES[self._register]
        records = [self._told[asked.of_households, row.pk] for row in found.rows]
        return Page(kind, records, asked.size, asked.number, found.total)


def _wants_households(register: Register, criteria: Criteria, collection: str, tree: Tree) -> bool:
    """Only the social register knows households; what is said plainly goes before what the identifier suggests."""
    if register is not Register.SOCIAL:
        return False
    if criteria.response_entity is not None:
        return criteria.response_entity == GROUP
    for said in (collection, criteria.reg_record_type):
        if said:
            return said.rpartition(":")[2] == GROUP
    return isinstance(tree, Identified) and means_household(tree)


def means_household(asked: Identified) -> bool:
    """Whether the identifier is a household's number: by its kind, or because it can be no citizen's."""
    if asked.kind not in NUMBER_TYPES:
        return asked.kind in HOUSEHOLD_TYPES
    if asked.kind not in HOUSEHOLD_TYPES:
        return False
    try:
        normalise_identity_number(asked.value)
    except BadValue:
        return True
    return False
