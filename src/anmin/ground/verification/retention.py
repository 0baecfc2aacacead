"""What departments delivered is kept only so long (数据保存期限), and what nobody took in only for a day."""

from datetime import date

from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.actions.extracts import delete_rows
from anmin.ground.verification.models import Extract
from anmin.ground.verification.waiting import sweep

REASON = "保存期限届满"


def delete_expired(*, actor: Actor, on: date) -> list[Extract]:
    """The rows of every delivery whose time is over are gone, each with its line in the log; those are given back.

    So are uploads whose columns nobody confirmed within a day.
    """
    sweep()
    over = Extract.objects.filter(keep_until__lt=on).exclude(kept_as="").order_by("id")
    return [delete_rows(extract=each, reason=REASON, actor=actor, on=on) for each in over]
