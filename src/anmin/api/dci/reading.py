"""A request becomes a message of a client, or a fault in the standard's words."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from pydantic import ValidationError

from anmin.base import clock
from anmin.base.dci.messages import Envelope, Header, Message
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.registry import queries
from anmin.ground.registry.asker import Asker
from anmin.ground.registry.clients import check_message
from anmin.ground.registry.refusals import MessageRefused
from anmin.ground.registry.vocabulary import Fault

MOST_BYTES = 256 * 1024

Body = TypeVar("Body", bound=Message)
Whole = TypeVar("Whole", bound=Message)


class Unreadable(MessageRefused):
    """A message that was not even looked at; the status of HTTP says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(Fault.BAD, message)
        self.status = status


@dataclass(frozen=True)
class Caller:
    """Who sent a request: the client, and it as an actor."""

    client: Any
    asker: Asker


@dataclass(frozen=True)
class Received(Generic[Body]):
    """A message that may be answered."""

    caller: Caller
    header: Header
    message: Body


def caller_of(request: HttpRequest) -> Caller:
    """The client whose token the request bears. Refuses everybody else."""
    kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
    found = None
    if kind.lower() == "bearer" and bearer and len(bearer) < 2_000:
        found = queries.asker_with(bearer.strip(), actor=SYSTEM, now=int(time.time()), on=clock.today())
    if found is None:
        raise MessageRefused(Fault.UNAUTHORISED, "没有访问令牌，或者令牌无效、已经过期。")
    return Caller(*found)


def content_of(request: HttpRequest, most: int = MOST_BYTES) -> dict[str, Any]:
    """The JSON object of a request. Refuses another kind of content, too much of it, and what is no object."""
    if request.content_type != "application/json":
        raise Unreadable(415, "请求的 Content-Type 应为 application/json。")
    body = request.read(most + 1)
    if len(body) > most:
        raise Unreadable(413, f"报文超过 {most // 1024} KB 的上限。")
    if b"\\u0000" in body:
        # No text of ours holds it, and PostgreSQL takes none that does.
        raise Unreadable(400, "报文中有空字符（\\u0000）。")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable(400, "报文不是有效的 JSON。") from None
    if not isinstance(said, dict):
        raise Unreadable(400, "报文应为 JSON 对象。")
    return said


def received(request: HttpRequest, caller: Caller, shape: type[Envelope[Body]], action: str) -> Received[Body]:
    """The message of a request, of the shape it must have and truly of this client."""
    raw = content_of(request)
    envelope = shaped(shape, raw)
    check_message(caller.client, envelope.header, raw, envelope.signature, action, now=datetime.now(UTC))
    return Received(caller, envelope.header, envelope.message)


def shaped(shape: type[Whole], raw: dict[str, Any]) -> Whole:
    """The message of the shape it must have. Refuses any other, naming the places."""
    try:
        return shape.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        raise MessageRefused(Fault.BAD, _told(error)) from None


def _told(error: ValidationError) -> str:
    """Which places are wrong and how, never what stood there."""
    faults = [
        f"{'.'.join(str(step) for step in each['loc'])}：{_WORDS.get(each['type'], each['msg'])}"
        for each in error.errors(include_url=False, include_context=False, include_input=False)[:5]
    ]
    return f"报文不符合规范：{'；'.join(faults)}。"


_WORDS = {
    "missing": "缺少",
    "string_too_long": "过长",
    "string_too_short": "为空",
    "string_type": "应为文本",
    "string_pattern_mismatch": "格式不对",
    "int_type": "应为整数",
    "greater_than_equal": "过小",
    "less_than_equal": "过大",
    "datetime_from_date_parsing": "不是带时区的时间",
    "datetime_parsing": "不是带时区的时间",
    "datetime_type": "不是带时区的时间",
    "timezone_aware": "没有时区",
    "literal_error": "不在允许的取值之中",
    "too_long": "项数过多",
    "too_short": "没有内容",
    "model_type": "应为对象",
    "dict_type": "应为对象",
    "list_type": "应为列表",
    "json_invalid": "不是有效的 JSON",
}
"""The kinds of mistakes that `pydantic` names, in our words."""
