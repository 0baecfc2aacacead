"""What we write to another register, signed where we have a key, and the token that goes with it."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings

from anmin.base.dci import VERSION
from anmin.base.dci.posting import kept_token_at, token_at
from anmin.base.dci.signatures import sign
from anmin.ground.verification.registry_interface.answers import Person
from anmin.ground.verification.registry_interface.connections import Connection
from anmin.ground.verification.registry_interface.records import MOST_ROWS


def token(connection: Connection) -> str:
    """A new token of the register for us. Raises NotAnswered where it gives none."""
    declared = connection.declared
    return token_at(declared.token_url, declared.client_id, connection.secret, seconds=declared.seconds)


def kept_token(connection: Connection) -> str:
    """As `token`, the same one until it expires: for messages that are sent again where it is turned down."""
    declared = connection.declared
    return kept_token_at(declared.token_url, declared.client_id, connection.secret, seconds=declared.seconds)


def search(
    connection: Connection,
    references: Mapping[str, Person],
    *,
    transaction_id: str,
    ground: str,
    consented_on: Mapping[int, date],
    message_id: str = "",
) -> dict[str, Any]:
    """A question about each person, under the reference given to it, with the consent by which it is asked."""
    now, declared = _now(), connection.declared
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

    message = {"transaction_id": transaction_id, "search_request": [question(*each) for each in references.items()]}
    return envelope(connection, "search", message, count=len(references), message_id=message_id)


def subscribe(connection: Connection, references: Mapping[str, Person], *, transaction_id: str, ground: str) -> dict[str, Any]:
    """That we want to be told of the watched event about each person, under the reference given to it."""
    now, declared = _now(), connection.declared
    authorize = {"@type": "Authorize", "ts": now, "purpose": {"text": ground[:200], "code": declared.purpose_code}}

    def wish(reference: str, person: Person) -> dict[str, Any]:
        criteria = {
            "reg_event_type": declared.watched_event,
            "filter_type": "idtype-value",
            "filter": {"type": declared.identifier_type, "value": person["identity_number"]},
            "notify_record_type": declared.record_type or "Person",
            "authorize": authorize,
        }
        return {"reference_id": reference, "timestamp": now, "subscribe_criteria": criteria, "locale": "zho"}

    message = {"transaction_id": transaction_id, "subscribe_request": [wish(*each) for each in references.items()]}
    return envelope(connection, "subscribe", message, count=len(references))


def unsubscribe(connection: Connection, codes: Sequence[str], *, transaction_id: str) -> dict[str, Any]:
    """That we want to be told no more."""
    message = {"transaction_id": transaction_id, "timestamp": _now(), "subscription_codes": list(codes)}
    return envelope(connection, "unsubscribe", message, count=len(codes))


def envelope(
    connection: Connection, action: str, message: dict[str, Any], *, count: int = 1, message_id: str = ""
) -> dict[str, Any]:
    """Header and message. A register that answers later is told where its answer reaches us."""
    declared = connection.declared
    header: dict[str, Any] = {
        "version": VERSION,
        "message_id": message_id or str(uuid4()),
        "message_ts": _now(),
        "action": action,
        "sender_id": declared.client_id,
        "receiver_id": declared.receiver_id,
        "total_count": count,
        "is_msg_encrypted": False,
    }
    if connection.answers_later:
        header["sender_uri"] = connection.back(action)
    if settings.DCI_KEY is None:
        return {"header": header, "message": message}
    signature = sign(header, message, settings.DCI_KEY, key_id=settings.DCI_ID, at=int(time.time()))
    return {"signature": signature, "header": header, "message": message}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
