"""The OpenAPI document of what is served, from the shapes that messages are checked by."""

from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from anmin.base.dci import VERSION
from anmin.base.dci.messages import (
    AnswerEnvelope,
    Back,
    Envelope,
    Notice,
    OnSearch,
    OnStatus,
    OnSubscribe,
    OnUnsubscribe,
    Search,
    StatusSearch,
    Subscribe,
    TxnStatus,
    Unsubscribe,
)
from anmin.ground.registry.vocabulary import Fault, Register

_ALL = tuple(Register)
_BACKS: tuple[tuple[str, Any, str], ...] = (
    ("registry/on-search", Back[OnSearch], "The answer to a search of ours"),
    ("registry/txn/on-status", Back[OnStatus], "What became of a search of ours"),
    ("registry/on-subscribe", Back[OnSubscribe], "The answer to a subscription of ours"),
    ("registry/on-unsubscribe", Back[OnUnsubscribe], "That a subscription of ours has ended"),
    ("registry/notify", Back[Notice], "An event about a person we watch"),
)
_PATHS: tuple[tuple[str, Any, tuple[Register, ...], str], ...] = (
    ("registry/sync/search", Envelope[Search], _ALL, "Search and answer at once"),
    ("registry/search", Envelope[Search], _ALL, "Search; the answer goes to the call-back address"),
    ("registry/sync/txn/status", Envelope[TxnStatus], _ALL, "What became of earlier messages, at once"),
    (
        "registry/txn/status",
        Envelope[TxnStatus],
        _ALL,
        "What became of earlier messages, to the call-back address",
    ),
    ("registry/subscribe", Envelope[Subscribe], (Register.SOCIAL,), "Be told of events about a person or a household"),
    ("registry/unsubscribe", Envelope[Unsubscribe], (Register.SOCIAL,), "Be told no more"),
    ("registry/sync/disabled", Envelope[StatusSearch], (Register.DISABILITY,), "Whether a person is recorded as disabled"),
    ("registry/sync/get-disability-details", Envelope[StatusSearch], (Register.DISABILITY,), "A person's disability"),
)


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    shapes = list({shape for _, shape, _, _ in _PATHS} | {shape for _, shape, _ in _BACKS} | {AnswerEnvelope})
    shapes.sort(key=lambda shape: str(shape.__name__))
    names, schemas = models_json_schema(
        [(shape, "validation") for shape in shapes], ref_template="#/components/schemas/{model}"
    )  # fmt: skip
    components = schemas.get("$defs", {})
    paths = {
        f"/{register.value}/{path}": {"post": _operation(summary, names[(shape, "validation")], register.value)}
        for path, shape, registers, summary in _PATHS
        for register in registers
    } | {f"/back/{path}": {"post": _operation(summary, names[(shape, "validation")], "back")} for path, shape, summary in _BACKS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Anmin registry interface", "version": VERSION},
        "servers": [{"url": "/api/dci"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": {**components, "Refused": _REFUSED},
            "securitySchemes": {
                "bearer": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "/api/dci/oauth2/token", "scopes": {}}},
                }
            },
        },
    }


def _operation(summary: str, shape: dict[str, Any], tag: str) -> dict[str, Any]:
    refused = {"description": "Refused", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}}}
    return {
        "summary": summary,
        "tags": [tag],
        "requestBody": {"required": True, "content": {"application/json": {"schema": shape}}},
        "responses": {
            "200": {"description": "Answered or acknowledged", "content": {"application/json": {"schema": {"type": "object"}}}},
            **{str(status): refused for status in (400, 401, 403, 405, 413, 415, 429)},
        },
    }


_REFUSED: dict[str, Any] = {
    "type": "object",
    "required": ["message", "errors"],
    "properties": {
        "message": {
            "type": "object",
            "required": ["ack_status", "timestamp", "correlation_id", "error"],
            "properties": {
                "ack_status": {"const": "ERR"},
                "timestamp": {"type": "string", "format": "date-time"},
                "correlation_id": {"type": "string", "maxLength": 99},
                "error": {
                    "type": "object",
                    "properties": {"code": {"enum": [each.value for each in Fault]}, "message": {"type": "string"}},
                },
            },
        },
        "errors": {"type": "array"},
    },
}
