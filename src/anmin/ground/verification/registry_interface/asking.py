"""One register is asked about many people: twenty a message, one after the other, in time. No answer is never "nothing found".

Late, never, garbled, unsigned, about somebody else: whoever got no proper answer is named with the reason, and that is all.
Who says that it is asked too often (429) is left alone for as long as it says, and asked again; that is no failure.
Whose consent is lacking is not asked about; the caller has seen to that.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from anmin.base.dci.messages import MOST_ITEMS
from anmin.base.dci.posting import NotAnswered, Reply, post_json
from anmin.ground.verification.registry_interface import messages
from anmin.ground.verification.registry_interface.answers import Answer, Person, Progress, items_of
from anmin.ground.verification.registry_interface.connections import Connection

PATIENCE = 300.0
"""For so many seconds altogether a register that is asked too often is waited for; whoever is left then can be asked again."""


def ask(connection: Connection, persons: Sequence[Person], *, ground: str, consented_on: Mapping[int, date], on: date) -> Answer:
    """The register's answer about the persons; always returns, whatever the register does."""
    progress, transaction_id = Progress(), str(uuid4())
    post = _Patient(connection)
    with_number = [each for each in persons if each["identity_number"]]
    for each in persons:
        if not each["identity_number"]:
            progress.failed[each["person_id"]] = "本系统没有身份证号码，无法查询"
    try:
        token = messages.token(connection) if with_number else ""
        for start in range(0, len(with_number), MOST_ITEMS):
            references = {str(uuid4()): each for each in with_number[start : start + MOST_ITEMS]}
            body = messages.search(
                connection, references, transaction_id=transaction_id, ground=ground, consented_on=consented_on
            )
            reply = post(body, token)
            progress.take(connection, items_of(connection, reply, transaction_id), references, on)
    except NotAnswered as error:
        # Who does not answer once is not waited for again: everybody else in the queue would wait too.
        for each in with_number:
            if each["person_id"] not in progress.answered:
                progress.failed.setdefault(each["person_id"], error.sentence)
    return progress.answer(connection, transaction_id, on)


class _Patient:
    """Sends messages, and the same one again after a while where the register says that it is asked too often."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._left = PATIENCE

    def __call__(self, body: dict[str, Any], token: str) -> Reply:
        while True:
            seconds = self._connection.declared.seconds
            reply = post_json(self._connection.search_url, body, seconds=seconds, token=token)
            # A second at least is counted: who says "at once" and never means it is not asked for ever.
            wait = max(reply.wait, 1.0)
            if reply.status != 429 or wait > self._left:
                return reply
            self._left -= wait
            time.sleep(reply.wait)
