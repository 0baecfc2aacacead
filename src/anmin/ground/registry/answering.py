"""One question of a message and its answer: consent, conditions, page, records."""

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


def replies(asker: Asker, client: RegistryClient, register: Register, questions: list[Question], on: date) -> list[Reply]:
    """The answer to each question; one that cannot be answered is rejected with its reason, and the others are answered."""
    answered: list[Reply] = []
    seen: set[str] = set()
    for question in questions:
        try:
            if question.reference_id in seen:
                raise QuestionRejected(Reason.REFERENCE, "同一报文中的请求编号（reference_id）重复。")
            seen.add(question.reference_id)
            criteria = question.search_criteria
            check_consent(client, criteria.consent, criteria.authorize)
            answered.append(_succeeded(question.reference_id, register, _page(asker, client, register, question, on)))
        except QuestionRejected as error:
            answered.append(rejected(question.reference_id, error))
    return answered


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


def _page(asker: Asker, client: RegistryClient, register: Register, question: Question, on: date) -> Page:
    criteria = question.search_criteria
    tree, collection = tree_of(criteria.query_type, criteria.query)
    asked = question.page
    size, number = (asked.page_size, asked.page_number) if asked else (PAGE_SIZE, 1)
    if size > LARGEST_PAGE:
        raise QuestionRejected(Reason.PAGE, f"每页最多 {LARGEST_PAGE} 条，请分页查询。")
    of_households = _wants_households(register, criteria, collection, tree)
    rows: Any
    if of_households:
        rows = searching.ordered(searching.households(asker, tree, on), criteria.sort, searching.HOUSEHOLD_ORDER)
    else:
        rows = searching.ordered(searching.persons(asker, register, tree, on), criteria.sort, searching.PERSON_ORDER)
    total = rows.count()
    if total > settings.DCI_MOST_RECORDS:
        raise QuestionRejected(Reason.TOO_MANY, f"查到 {total} 条，超过 {settings.DCI_MOST_RECORDS} 条的上限，请增加查询条件。")
    found = list(rows[(number - 1) * size : number * size]) if (number - 1) * size < total else []
    if of_households:
        records = [
            wire.household_record(each, on)
            for each in household_records(asker, found, in_full=client.identity_numbers, on=on)
        ]  # fmt: skip
        return Page(GROUP, records, size, number, total)
    records = [
        wire.person_record(register, each, on) for each in person_records(asker, found, in_full=client.identity_numbers, on=on)
    ]
    return Page(RECORD_TYPES[register], records, size, number, total)


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
