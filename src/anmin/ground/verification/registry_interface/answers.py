"""What came back from a register: whose it is, read person by person. No answer is never "nothing found".

Garbled, unsigned, about somebody else: whoever got no proper answer is named with the reason, and that is all.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from anmin.base.dci.messages import AnswerEnvelope, AnswerItem
from anmin.base.dci.posting import NotAnswered, Reply
from anmin.base.dci.signatures import holds
from anmin.base.errors import BadValue
from anmin.ground.imports.forms import covered
from anmin.ground.verification.deliveries import TYPES
from anmin.ground.verification.registry_interface.connections import Connection
from anmin.ground.verification.registry_interface.records import NotTheirs, rows_of
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
            words += f"，{len(self.failed)} 人没有得到有效答复（{self.why(self.failed)}），不视为未查到"
        return words + "。"

    def why(self, persons: Iterable[int]) -> str:
        """Why those of the persons who got no proper answer got none; naming nobody."""
        return "；".join(sorted({self.failed[each] for each in persons if each in self.failed})[:3])


@dataclass
class Progress:
    """What has come so far: rows, who was answered, who was not and why."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)

    def take(self, connection: Connection, items: Sequence[AnswerItem], references: Mapping[str, Person], on: date) -> None:
        """Each person's part of an answer is taken, or why it cannot be."""
        for reference, person in references.items():
            same = [each for each in items if each.reference_id == reference]
            try:
                self.rows += _rows(connection, same, person, on)
                self.answered.add(person["person_id"])
            except NotTheirs:
                self.failed[person["person_id"]] = "答复的是其他人的记录"
            except NotAnswered as error:
                self.failed[person["person_id"]] = error.sentence
            except BadValue as error:
                self.failed[person["person_id"]] = covered(f"答复的内容无法读取：{error.message.removesuffix('。')}")

    def take_records(self, connection: Connection, records: Sequence[Mapping[str, Any]], person: Person, on: date) -> None:
        """What is told of a person without a question is taken, or why it cannot be."""
        try:
            rows = [row for record in records for row in rows_of(connection, record, person, on)]
        except NotTheirs:
            self.failed[person["person_id"]] = "通知中的是其他人的记录"
        except BadValue as error:
            self.failed[person["person_id"]] = covered(f"通知的内容无法读取：{error.message.removesuffix('。')}")
        else:
            self.rows += rows
            self.answered.add(person["person_id"])

    def answer(self, connection: Connection, transaction_id: str, on: date) -> Answer:
        """All of it, as the sources are taken at their answers."""
        return Answer(
            connection.source,
            _table(connection, self.rows),
            frozenset(self.answered),
            dict(self.failed),
            on,
            transaction_id,
        )


def _rows(connection: Connection, same: list[AnswerItem], person: Person, on: date) -> list[dict[str, Any]]:
    if len(same) != 1:
        raise NotAnswered("答复中没有这个人的查询结果" if not same else "答复中这个人的查询结果重复")
    (item,) = same
    if item.status != "succ" or item.data is None:
        # Another office may quote the number it was asked about; this goes into the log and onto pages.
        said = covered(item.status_reason_message or item.status_reason_code or item.status)
        raise NotAnswered(f"对方没有答复：{said[:60]}")
    records = item.data.reg_records if isinstance(item.data.reg_records, list) else [item.data.reg_records]
    if item.pagination is not None and item.pagination.total_count > len(records):
        raise NotAnswered("对方没有给出全部记录")
    return [row for record in records if record for row in rows_of(connection, record, person, on)]


def items_of(connection: Connection, reply: Reply, transaction_id: str) -> list[AnswerItem]:
    """The answers of a message that came at once. Raises NotAnswered for any other message."""
    body = accepted(reply)
    try:
        envelope = AnswerEnvelope.model_validate(body, strict=False)
    except ValidationError:
        raise NotAnswered("答复不符合登记接口规范") from None
    if connection.key is not None:
        said = (envelope.signature or "", body["header"], body["message"])
        if not holds(*said, connection.key, now=int(time.time())):
            raise NotAnswered("答复的签名无效")
    if envelope.message.transaction_id != transaction_id:
        raise NotAnswered("答复的不是这一次查询")
    return envelope.message.search_response


def accepted(reply: Reply) -> dict[str, Any]:
    """The message that came back. Raises NotAnswered for none, and for a refusal."""
    if reply.body is None:
        raise NotAnswered(f"答复不是约定的报文（{reply.status}）")
    refusal = reply.body.get("message")
    if isinstance(refusal, dict) and refusal.get("ack_status") in ("ERR", "NACK"):
        error = refusal.get("error")
        code = str(error.get("code", "")) if isinstance(error, dict) else ""
        raise NotAnswered(f"对方拒绝了查询（{covered(code)[:60] or reply.status}）")
    if not 200 <= reply.status < 300:
        raise NotAnswered(f"对方以 {reply.status} 答复")
    return reply.body


def _table(connection: Connection, rows: list[dict[str, Any]]) -> pa.Table:
    """As a department's file would be read: the fields of the source, and `row` counted from 1."""
    columns: dict[str, pa.Array] = {"row": pa.array(range(1, len(rows) + 1), pa.int64())}
    for each in SOURCES[connection.source].columns:
        columns[each.name] = pa.array([row[each.name] for row in rows], TYPES[each.shape])
    return pa.table(columns)
