"""The messages as they come in: what each must hold and how long it may be. What the standard does not name is passed over."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from anmin.base.dci import VERSION

MOST_ITEMS = 20
"""How many questions one message may hold."""

Code = Annotated[str, StringConstraints(min_length=1, max_length=99)]
Text = Annotated[str, StringConstraints(max_length=999)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
Status = Literal["rcvd", "pdng", "succ", "rjct"]
Plain = str | int | float | bool
QueryType = Literal["idtype-value", "expression", "predicate"]
Action = Literal["search", "subscribe", "unsubscribe", "txn-status"]


class Message(BaseModel):
    """Anything of the standard: types are taken at their word, other names are left alone."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Header(Message):
    """Who sends what to whom."""

    version: Text = VERSION
    message_id: Code
    message_ts: AwareDatetime
    action: Action
    sender_id: Code
    sender_uri: Text | None = None
    receiver_id: Code | None = None
    total_count: int = Field(ge=0)
    is_msg_encrypted: bool = False


class Pagination(Message):
    """Which page, counted from 1."""

    page_size: int = Field(ge=1, le=2**31 - 1)
    page_number: int = Field(default=1, ge=1, le=2**31 - 1)


class Purpose(Message):
    """What for: words, and a code agreed between the two."""

    text: Text = ""
    code: Text = ""


class Consent(Message):
    """That the person agreed: when, and to what purpose."""

    ts: AwareDatetime | None = None
    purpose: Purpose = Purpose()


class Sort(Message):
    attribute_name: Code
    sort_order: Literal["asc", "desc"] = "asc"


class Expression(Message):
    """One comparison of a predicate."""

    attribute_name: Code
    operator: Literal["gt", "lt", "eq", "ge", "le", "in"]
    attribute_value: Plain | list[Plain]


class Predicate(Message):
    """Two comparisons and how they are joined; several predicates hold together."""

    seq_num: float | int | None = None
    expression1: Expression
    condition: Literal["and", "or", "not"] | None = None
    expression2: Expression | None = None


class IdTypeValue(Message):
    """A kind of identifier and its value."""

    type: Code
    value: Annotated[str, StringConstraints(min_length=1, max_length=99)] | int


class Criteria(Message):
    """What is looked for. The shape of `query` follows `query_type`; `query_in` of the registry reads it."""

    reg_type: Text = ""
    reg_record_type: Text = ""
    response_entity: Literal["Group", "Member"] | None = None
    query_type: QueryType
    query: dict[str, Any] | list[Any]
    sort: list[Sort] = Field(default=[], max_length=5)
    pagination: Pagination | None = None
    consent: Consent | None = None
    authorize: Consent | None = None


class Question(Message):
    """One search out of a message."""

    reference_id: Code
    timestamp: AwareDatetime
    search_criteria: Criteria
    # The standard puts it into the criteria; its examples and the compliance suite put it here.
    pagination: Pagination | None = None
    locale: Locale | None = None

    @property
    def page(self) -> Pagination | None:
        return self.search_criteria.pagination or self.pagination


class Search(Message):
    transaction_id: Code
    search_request: list[Question] = Field(min_length=1, max_length=MOST_ITEMS)


class StatusCriteria(Message):
    """What the disability registry is asked about one person."""

    query_type: QueryType = "expression"
    query: dict[str, Any] | list[Any]
    consent: Consent | None = None
    authorize: Consent | None = None


class StatusSearch(Message):
    transaction_id: Code
    disabled_criteria: StatusCriteria


class SubscribeCriteria(Message):
    """Of which events one wants to hear, about whom."""

    reg_event_type: Code
    filter_type: QueryType | Literal["graphql"] = "idtype-value"
    filter: dict[str, Any] | list[Any]
    notify_record_type: Code
    consent: Consent | None = None
    authorize: Consent | None = None


class Wish(Message):
    """One subscription out of a message."""

    reference_id: Code
    timestamp: AwareDatetime
    subscribe_criteria: SubscribeCriteria
    locale: Locale | None = None


class Subscribe(Message):
    transaction_id: Code
    subscribe_request: list[Wish] = Field(min_length=1, max_length=MOST_ITEMS)


class Unsubscribe(Message):
    transaction_id: Code
    timestamp: AwareDatetime
    subscription_codes: list[Code] = Field(min_length=1, max_length=100)


class StatusQuestion(Message):
    """By what a former message is asked about."""

    reference_id: Code
    txn_type: Literal["search", "subscribe", "receipt"]
    attribute_type: Literal["transaction_id", "reference_id_list", "correlation_id"]
    attribute_value: Code | Annotated[list[Code], Field(min_length=1, max_length=100)]
    locale: Locale | None = None


class TxnStatus(Message):
    transaction_id: Code
    txnstatus_request: StatusQuestion


Body = TypeVar("Body", bound=Message)


class Envelope(Message, Generic[Body]):
    """Signature, header and message, as everything travels."""

    signature: Annotated[str, StringConstraints(max_length=8_000)] | None = None
    header: Header
    message: Body


# --- what another registry answers ---------------------------------------------------------------------------------


class AnswerHeader(Message):
    message_id: Code
    message_ts: AwareDatetime
    action: Code
    status: Status
    sender_id: Code | None = None


class Found(Message):
    reg_records: list[dict[str, Any]] | dict[str, Any]


class AnsweredPage(Message):
    page_size: float | int
    page_number: float | int
    total_count: float | int


class AnswerItem(Message):
    reference_id: Code
    timestamp: AwareDatetime
    status: Status
    status_reason_code: Text | None = None
    status_reason_message: Text | None = None
    data: Found | None = None
    pagination: AnsweredPage | None = None


class Answer(Message):
    transaction_id: Code
    correlation_id: Code
    search_response: list[AnswerItem]


class AnswerEnvelope(Message):
    signature: str | None = None
    header: AnswerHeader
    message: Answer


# --- what another registry sends back later ------------------------------------------------------------------------


class BackHeader(Message):
    """Who sends what back to whom; an answer to a subscription need not say a status."""

    version: Text = VERSION
    message_id: Code
    message_ts: AwareDatetime
    action: Code
    status: Status | None = None
    sender_id: Code | None = None
    receiver_id: Code | None = None
    is_msg_encrypted: bool = False


class OnSearch(Message):
    transaction_id: Code
    correlation_id: Code
    search_response: list[AnswerItem] = Field(max_length=MOST_ITEMS * 5)


class Standing(Message):
    """What became of a former search, question by question."""

    transaction_id: Code
    correlation_id: Code | None = None
    search_response: list[AnswerItem] = Field(default=[], max_length=MOST_ITEMS * 5)


class StatusAnswer(Message):
    txn_type: Literal["search"]
    txn_status: Standing


class OnStatus(Message):
    transaction_id: Code
    correlation_id: Code
    txnstatus_response: StatusAnswer


class SubscriptionTold(Message):
    code: Code
    status: Literal["subscribe", "unsubscribe"]


class SubscribedItem(Message):
    reference_id: Code
    timestamp: AwareDatetime
    status: Status
    status_reason_code: Text | None = None
    status_reason_message: Text | None = None
    subscriptions: list[SubscriptionTold] = Field(default=[], max_length=MOST_ITEMS)


class OnSubscribe(Message):
    transaction_id: Code
    correlation_id: Code
    subscribe_response: list[SubscribedItem] = Field(max_length=MOST_ITEMS * 5)


class OnUnsubscribe(Message):
    transaction_id: Code
    correlation_id: Code
    timestamp: AwareDatetime
    status: Status
    subscription_status: list[SubscriptionTold] = Field(default=[], max_length=100)


class NoticeData(Message):
    reg_event_type: Text | None = None
    reg_record_type: Text
    reg_records: dict[str, Any] | list[dict[str, Any]]


class NoticeItem(Message):
    reference_id: Code
    timestamp: AwareDatetime
    data: NoticeData

    @property
    def records(self) -> list[dict[str, Any]]:
        said = self.data.reg_records
        return said if isinstance(said, list) else [said]


class Notice(Message):
    """What happened, event by event; it answers no question."""

    transaction_id: Code
    notify_event: list[NoticeItem] = Field(max_length=MOST_ITEMS)


class Back(Message, Generic[Body]):
    """Signature, header and message of what is sent back."""

    signature: Annotated[str, StringConstraints(max_length=8_000)] | None = None
    header: BackHeader
    message: Body
