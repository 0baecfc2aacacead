"""Rows that wait to be sent to another system, and more than one process that would send them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from anmin.base import clock

CLAIMED_FOR = timedelta(minutes=15)
"""Longer than one message may take; whoever stopped in the middle is followed by the next errand after it."""


def claimed(rows: Sequence[Any]) -> bool:
    """Whether these rows are ours to send: they stand as they were read, and nobody else sends them meanwhile.

    Each has `next_try_at` and `state`. All or none; what comes of the sending says when they are due again.
    """
    (model,) = {type(each) for each in rows}
    until = clock.true_instant() + CLAIMED_FOR
    with transaction.atomic():
        # One statement decides: of two that read the same rows, the second changes none.
        mine = 0
        for moment, state in {(each.next_try_at, each.state) for each in rows}:
            keys = [each.pk for each in rows if (each.next_try_at, each.state) == (moment, state)]
            unchanged = model._default_manager.filter(pk__in=keys, state=state, next_try_at=moment)
            mine += unchanged.update(next_try_at=until)
        if mine != len(rows):
            transaction.set_rollback(True)
            return False
    return True
