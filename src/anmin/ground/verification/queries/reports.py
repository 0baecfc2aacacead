"""The reports one may see; and, for whoever holds a paper, whether it stands as it was issued."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.models import VerificationReport
from anmin.ground.verification.queries.scope import within
from anmin.ground.verification.reports.proof import SHORT, seal_of, typed


def reports(actor: Actor, *, text: str = "", result: str = "", area: str = "") -> QuerySet[VerificationReport]:
    """The reports on households the actor may see, the newest first; by number, household or head, result, area."""
    rows = VerificationReport.objects.filter(within(actor)).select_related("household__head", "area", "inquiry", "document")
    if text := text.strip():
        rows = rows.filter(
            Q(number__contains=text)
            | Q(household__number__istartswith=text)
            | Q(household__head__name__contains=text)
            | Q(household__head__initials__startswith=text.lower())
        )
    if result:
        rows = rows.filter(result=result)
    if area:
        rows = rows.filter(area__path__startswith=area)
    return rows.order_by("-id")


def report(actor: Actor, number: str) -> VerificationReport | None:
    """The report with this number; None for who may not see the household."""
    return reports(actor).filter(number=number).first()


@dataclass(frozen=True)
class Proof:
    """Whether a paper is a report of ours and unchanged. Of the family nobody is named; what the paper says in sum is told to
    whoever holds it, so that another result under the same code is seen.
    """

    known: bool
    unchanged: bool
    number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    result: str = ""
    persons: int = 0
    findings: int = 0


def proves(number: str, seal: str) -> Proof:
    """What can be said of a paper with that number and seal (the whole, or its printed beginning) without knowing who asks.

    Days, result and counts are told only where number and seal fit together; a number alone proves nothing and tells nothing.
    """
    given = typed(seal)
    found = VerificationReport.objects.filter(number="".join(number.split())).first()
    if found is None or len(given) < SHORT or not found.seal.startswith(given):
        return Proof(known=found is not None and len(given) >= SHORT, unchanged=False)
    return _proof_of(found)


def proves_file(sha256: str) -> Proof:
    """Whether a file is, to the last byte, the one we issued as a report, without knowing who asks."""
    found = VerificationReport.objects.filter(document__files__sha256=sha256).order_by("-id").first()
    return Proof(known=False, unchanged=False) if found is None else _proof_of(found)


def _proof_of(found: VerificationReport) -> Proof:
    # What is kept is sealed anew: a change in the database shows here as well.
    if seal_of(found.content) != found.seal:
        return Proof(known=True, unchanged=False)
    return Proof(
        known=True,
        unchanged=True,
        number=found.number,
        issued_on=found.issued_on,
        valid_until=found.valid_until,
        result=str(found.content["result"]),
        persons=len(found.content["persons"]),
        findings=len(found.content["findings"]),
    )
