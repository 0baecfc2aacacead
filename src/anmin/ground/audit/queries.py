"""What the log says, and whether it still holds together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.audit import chain
from anmin.ground.audit.chain import Break
from anmin.ground.audit.models import AuditLine

READS_EVERYTHING = (Role.AUDITOR, Role.ADMINISTRATOR)


def lines(
    actor: Actor,
    *,
    verb: str = "",
    subject: tuple[str, int | str] | None = None,
    since: date | None = None,
    until: date | None = None,
    text: str = "",
) -> QuerySet[AuditLine]:
    """The lines of the log, the latest first.

    The auditor and the administrator read all of them, everybody else the lines of the own doings. `verb` is a verb or the
    first part of one (`staff` for `staff.signed_in`), `subject` the kind and the number of a record, the business days are
    included at both ends, `text` is looked for in the summary, the basis and the name of who acted.
    """
    rows = AuditLine.objects.order_by("-sequence").select_related("area")
    if not actor.has(*READS_EVERYTHING):
        # The system has no number: a nameless actor must not find the lines of the system.
        rows = rows.filter(actor_id=actor.id) if actor.id is not None else rows.none()
    if verb:
        rows = rows.filter(Q(verb=verb) | Q(verb__startswith=f"{verb}."))
    if subject is not None:
        kind, number = subject
        rows = rows.filter(subject_kind=kind, subject_id=str(number))
    if since is not None:
        rows = rows.filter(on__gte=since)
    if until is not None:
        rows = rows.filter(on__lte=until)
    if text:
        rows = rows.filter(Q(summary__contains=text) | Q(basis__contains=text) | Q(actor_name__contains=text))
    return rows


def about(actor: Actor, records: Mapping[str, Iterable[int | str]]) -> QuerySet[AuditLine]:
    """The lines the actor may read about any of the records, given as numbers by kind; the latest first."""
    concerned = Q(pk__in=[])
    for kind, numbers in records.items():
        concerned |= Q(subject_kind=kind, subject_id__in=[str(number) for number in numbers])
    return lines(actor).filter(concerned)


def verbs(actor: Actor) -> list[str]:
    """The verbs that occur in the lines the actor may read, for a filter."""
    return list(lines(actor).order_by("verb").values_list("verb", flat=True).distinct())


def breaks(passed: Callable[[int], None] | None = None) -> Iterator[Break]:
    """Each place where the chain does not hold; nothing when it is whole. Anybody may ask: the answer names no record."""
    return chain.breaks(passed)


def length() -> int:
    """How many lines the log has."""
    return chain.length()


def last_seal() -> str:
    """The seal at the end of the log: noted elsewhere, it shows later that nobody put an older state back."""
    return chain.last_seal()


def holds_seal(seal: str) -> bool:
    """Whether a seal noted elsewhere is still in the log."""
    return chain.holds_seal(seal)
