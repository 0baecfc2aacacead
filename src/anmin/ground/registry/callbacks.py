"""Answers on their way: kept encrypted with the message that caused them, sent when that is committed, tried again for a day."""

import json
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

from django.db import connection, transaction

from anmin.base import clock
from anmin.base.dci.posting import NotAnswered, post_json
from anmin.ground.people import secrecy
from anmin.ground.registry.models import Callback, RegistryClient
from anmin.ground.registry.passes import pass_for
from anmin.ground.registry.vocabulary import CallbackState

SECONDS = 10.0
PUT_OFF = "对方请我们稍后再送"
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4), timedelta(hours=20))
"""After each failure; after the last one it is given up."""
PUT_OFF_FOR = timedelta(days=1)
"""Who asks us to wait is waited for so long without a failure being counted."""


def queue(
    client: RegistryClient, uri: str, kind: str, correlation_id: str, answer: dict[str, Any], *, soon: bool = True
) -> Callback:
    """The answer will be sent once the running transaction is committed; inside an action only.

    With `soon` a thread does it; an errand, whose process may end before its threads do, sends what it has queued itself.
    """
    now = clock.true_instant()
    callback = Callback.objects.create(
        client=client,
        uri=uri,
        action=kind,
        correlation_id=correlation_id,
        body_cipher=secrecy.encrypt(json.dumps(answer, ensure_ascii=False)),
        made_at=now,
        next_try_at=now,
    )
    if soon:
        transaction.on_commit(lambda: _soon(callback.pk))
    return callback


def due(now: datetime) -> list[Callback]:
    """Those that wait and may be tried now, the oldest first; none of a client that was put out."""
    rows = Callback.objects.filter(state=CallbackState.WAITING, next_try_at__lte=now, client__revoked_on__isnull=True)
    return list(rows.select_related("client").order_by("id")[:500])


def send(callback: Callback) -> tuple[str, bool]:
    """Sends one: blank when it arrived, otherwise what was wrong; and whether we were only asked to wait. Writes nothing."""
    assert callback.body_cipher is not None  # it waits
    try:
        token = pass_for(callback.client.client_id, seconds=SECONDS)
        reply = post_json(callback.uri, json.loads(secrecy.decrypt(callback.body_cipher)), seconds=SECONDS, token=token)
    except NotAnswered as error:
        return error.sentence, False
    if reply.status == 429:
        return PUT_OFF, True
    if not 200 <= reply.status < 300:
        return f"对方以 {reply.status} 答复", False
    said = (reply.body or {}).get("message")
    refused = isinstance(said, dict) and said.get("ack_status") in ("ERR", "NACK")
    return "对方收到后没有接收" if refused else "", False


def _soon(pk: int) -> None:
    """In a thread of its own: who asked does not wait for its own answer to arrive. What fails here is tried again later."""

    def run() -> None:
        from anmin.ground.registry.errands import deliver

        try:
            callback = Callback.objects.select_related("client").filter(pk=pk, state=CallbackState.WAITING).first()
            if callback is not None:
                deliver(callback)
        finally:
            connection.close()

    Thread(target=run, name="registry-callback", daemon=True).start()
