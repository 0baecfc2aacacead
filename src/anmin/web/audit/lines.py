"""Lines of the log as they are read: in a list, and along the course of a record."""

from collections.abc import Iterable
from typing import Any

from anmin.ground.audit.vocabulary import subject_label, verb_label

_TONES = {
    "staff.sign_in_failed": "danger",
    "staff.deactivated": "warning",
    "person.identity_number_revealed": "warning",
    "roll.discarded": "warning",
    "fact.withdrawn": "warning",
    "roll.approved": "success",
    "entitlement.started": "success",
    "entitlement.ended": "danger",
}


def tone(verb: str) -> str:
    """The tone of a verb's badge."""
    return _TONES.get(verb, "neutral")


def verb_of(line: Any) -> str:
    """What was done, in words."""
    return verb_label(line.verb)


def subject_of(line: Any) -> str:
    """To which record, by its kind and internal number."""
    label = subject_label(line.subject_kind)
    return f"{label} #{line.subject_id}" if line.subject_id else label


def as_entries(lines: Iterable[Any]) -> list[dict[str, Any]]:
    """Lines of the log as the entries of a timeline."""
    return [
        {
            "at": line.at,
            "title": verb_label(line.verb),
            "actor": line.actor_name,
            "note": line.summary,
            "tone": tone(line.verb),
        }
        for line in lines
    ]
