"""One register is asked about many people: twenty a message, one after the other, in time. No answer is never "nothing found".

Late, never, garbled, unsigned, about somebody else: whoever got no proper answer is named with the reason, and that is all.
Whose consent is lacking is not asked about; the caller has seen to that.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pyarrow as pa
from django.conf import settings
from pydantic import ValidationError

from anmin.base.dci import VERSION
from anmin.base.dci.messages import MOST_ITEMS, AnswerEnvelope, AnswerItem
from anmin.base.dci.posting import NotAnswered, Reply, post_form, post_json
from anmin.base.dci.signatures import holds, sign
from anmin.base.errors import BadValue
from anmin.ground.verification.deliveries import TYPES
from anmin.ground.verification.registry_interface.connections import Connection
from anmin.ground.verification.registry_interface.records import MOST_ROWS, NotTheirs, rows_of
from anmin.ground.verification.sources import SOURCES

Person = Mapping[str, Any]
"""A row of `matching.columns.PERSONS`."""


@dataclass(frozen=True)
class Answer:
    """What a register answered: the rows of those it knows, who was answered at all, and who was not, with the reason."""

    source: str
    rows: pa.Table
    answered: frozenset[int]
    failed: Mapping[int, str]
    asked_on: date
    transaction_id: str
    way: str = "登记接口"
    as_of: date | None = None

    @property
    def sentence(self) -> str:
        """In plain words, what came of it."""
        label = SOURCES[self.source].label
        words = f"向{self.way}查询{label} {len(self.answered) + len(self.failed)} 人，答复 {len(self.answered)} 人"
        if self.failed:
            why = "；".join(sorted(set(self.failed.values()))[:3])
            words += f"，{len(self.failed)} 人没有得到有效答复（{why}），不视为未查到"
        return words + "。"


@dataclass
class _Progress:
    rows: list[dict[str, Any]] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)


def ask(connection: Connection, persons: Sequence[Person], *, ground: str, consented_on: Mapping[int, date], on: date) -> Answer:
    """The register's answer about the persons; always returns, whatever the register does."""
    progress, transaction_id = _Progress(), str(uuid4())
    with_number = [each for each in persons if each["identity_number"]]
    for each in persons:
        if not each["identity_number"]:
            progress.failed[each["person_id"]] = "本系统没有身份证号码，无法查询"
    try:
        token = _token(connection) if with_number else ""
        for start in range(0, len(with_number), MOST_ITEMS):
            some = with_number[start : start + MOST_ITEMS]
            _ask_some(connection, token, some, transaction_id, ground, consented_on, on, progress)
    except NotAnswered as error:
        # Who does not answer once is not waited for again: everybody else in the queue would wait too.
        for each in with_number:
            if each["person_id"] not in progress.answered:
                progress.failed.setdefault(each["person_id"], error.sentence)
    return Answer(
        connection.source,
        _table(connection, progress.rows),
        frozenset(progress.answered),
        dict(progress.failed),
        on,
        transaction_id,
    )


def _token(connection: Connection) -> str:
    declared = connection.declared
    fields = {"grant_type": "client_credentials", "client_id": declared.client_id, "client_secret": connection.secret}
    reply = post_form(declared.token_url, fields, seconds=declared.seconds)
    token = (reply.body or {}).get("access_token")
    if reply.status != 200 or not isinstance(token, str) or not token.isascii() or not token:
        raise NotAnswered(f"没有取得访问令牌（{reply.status}）")
    return token


def _ask_some(
    connection: Connection,
    token: str,
    persons: Sequence[Person],
    transaction_id: str,
    ground: str,
    consented_on: Mapping[int, date],
    on: date,
    progress: _Progress,
) -> None:
    references = {str(uuid4()): each for each in persons}
    body = _message(connection, references, transaction_id, ground, consented_on)
    reply = post_json(connection.search_url, body, seconds=connection.declared.seconds, token=token)
    items = _items(connection, reply, transaction_id)
    for reference, person in references.items():
        same = [each for each in items if each.reference_id == reference]
        try:
            progress.rows += _rows(connection, same, person, on)
            progress.answered.add(person["person_id"])
        except NotTheirs:
            progress.failed[person["person_id"]] = "答复的是其他人的记录"
        except NotAnswered as error:
            progress.failed[person["person_id"]] = error.sentence
        except BadValue as error:
            progress.failed[person["person_id"]] = f"答复的内容无法读取：{error.message.removesuffix('。')}"


def _rows(connection: Connection, same: list[AnswerItem], person: Person, on: date) -> list[dict[str, Any]]:
    if len(same) != 1:
        raise NotAnswered("答复中没有这个人的查询结果" if not same else "答复中这个人的查询结果重复")
    (item,) = same
    if item.status != "succ" or item.data is None:
        said = item.status_reason_message or item.status_reason_code or item.status
        raise NotAnswered(f"对方没有答复：{said[:60]}")
    records = item.data.reg_records if isinstance(item.data.reg_records, list) else [item.data.reg_records]
    if item.pagination is not None and item.pagination.total_count > len(records):
        raise NotAnswered("对方没有给出全部记录")
    return [row for record in records if record for row in rows_of(connection, record, person, on)]


def _items(connection: Connection, reply: Reply, transaction_id: str) -> list[AnswerItem]:
    if reply.body is None:
        raise NotAnswered(f"答复不是约定的报文（{reply.status}）")
    refusal = reply.body.get("message")
    if isinstance(refusal, dict) and refusal.get("ack_status") == "ERR":
        error = refusal.get("error")
        code = str(error.get("code", "")) if isinstance(error, dict) else ""
        raise NotAnswered(f"对方拒绝了查询（{code[:60] or reply.status}）")
    if reply.status != 200:
        raise NotAnswered(f"对方以 {reply.status} 答复")
    try:
        envelope = AnswerEnvelope.model_validate(reply.body, strict=False)
    except ValidationError:
        raise NotAnswered("答复不符合登记接口规范") from None
    if connection.key is not None:
        said = (envelope.signature or "", reply.body["header"], reply.body["message"])
        if not holds(*said, connection.key, now=int(time.time())):
            raise NotAnswered("答复的签名无效")
    if envelope.message.transaction_id != transaction_id:
        raise NotAnswered("答复的不是这一次查询")
    return envelope.message.search_response


def _message(
    connection: Connection,
    references: Mapping[str, Person],
    transaction_id: str,
    ground: str,
    consented_on: Mapping[int, date],
) -> dict[str, Any]:
    now, declared = datetime.now(UTC).isoformat(timespec="milliseconds"), connection.declared
    purpose = {"text": ground[:200], "code": declared.purpose_code}

    def question(reference: str, person: Person) -> dict[str, Any]:
        criteria: dict[str, Any] = {
            "query_type": "idtype-value",
            "query": {"type": declared.identifier_type, "value": person["identity_number"]},
            "pagination": {"page_size": MOST_ROWS // 2, "page_number": 1},
            "authorize": {"@type": "Authorize", "ts": now, "purpose": purpose},
        }
        if declared.record_type:
            criteria["reg_record_type"] = declared.record_type
        if (day := consented_on.get(person["person_id"])) is not None:
            criteria["consent"] = {"@type": "Consent", "ts": f"{day.isoformat()}T00:00:00+08:00", "purpose": purpose}
        return {"reference_id": reference, "timestamp": now, "search_criteria": criteria, "locale": "zho"}

    header = {
        "version": VERSION,
        "message_id": str(uuid4()),
        "message_ts": now,
        "action": "search",
        "sender_id": declared.client_id,
        "receiver_id": declared.receiver_id,
        "total_count": len(references),
        "is_msg_encrypted": False,
    }
    message = {"transaction_id": transaction_id, "search_request": [question(*each) for each in references.items()]}
    if settings.DCI_KEY is None:
        return {"header": header, "message": message}
    signature = sign(header, message, settings.DCI_KEY, key_id=settings.DCI_ID, at=int(time.time()))
    return {"signature": signature, "header": header, "message": message}


def _table(connection: Connection, rows: list[dict[str, Any]]) -> pa.Table:
    """As a department's file would be read: the fields of the source, and `row` counted from 1."""
    columns: dict[str, pa.Array] = {"row": pa.array(range(1, len(rows) + 1), pa.int64())}
    for each in SOURCES[connection.source].columns:
        columns[each.name] = pa.array([row[each.name] for row in rows], TYPES[each.shape])
    return pa.table(columns)
