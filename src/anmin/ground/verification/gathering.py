"""The registers that are asked over the wire are asked before anything is written: no transaction waits for another office."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from anmin.ground.verification.asking import Asked, about, asked_in, still_asked
from anmin.ground.verification.homes import members_on, people_of
from anmin.ground.verification.late import waiting_in
from anmin.ground.verification.models import Consent, Inquiry, VerificationRequest
from anmin.ground.verification.persons import persons_table
from anmin.ground.verification.registry_interface import Answer, ask, connections

_AT_ONCE = 500


def gather(people: Sequence[Asked], *, ground: str, on: date, sources: Iterable[str] | None = None) -> dict[str, Answer]:
    """By source that is asked over the wire and answers at once (of those named, or all), its answer about whoever consented.

    Nobody else is asked about. Always returns: who got no answer stands in it with the reason.
    """
    named = None if sources is None else set(sources)
    wanted = {name: each for name, each in connections().items() if not each.answers_later and (named is None or name in named)}
    answers: dict[str, Answer] = {}
    for source, connection in wanted.items():
        homes = {each.person_id: each.household_id for each in still_asked(people, source)}
        if homes:
            persons = persons_table(homes).to_pylist()
            answers[source] = ask(connection, persons, ground=ground, consented_on=signed(homes, source, on), on=on)
    return answers


def gather_for(requests: Sequence[VerificationRequest], *, ground: str, on: date) -> dict[str, Answer]:
    """The answers about the families of requests and their supporters, for `run_requests`."""
    if not connections():
        return {}
    wanted = sorted({request.household_id for request in requests})
    people: list[Asked] = []
    for start in range(0, len(wanted), _AT_ONCE):
        people += about({0: people_of(members_on(on).filter(household_id__in=wanted[start : start + _AT_ONCE]), on)}, on=on)
    return gather(people, ground=ground, on=on)


def gather_late(inquiry: Inquiry, *, on: date) -> dict[str, Answer]:
    """What the registers answer now that could not when the inquiry was made, or not about all, for `ask_late_sources`."""
    waiting = waiting_in(inquiry).values_list("source", flat=True)
    return gather(asked_in(inquiry), ground=inquiry.ground, on=on, sources=list(waiting))


def signed(homes: Iterable[int], source: str, on: date) -> dict[int, date]:
    """By person, since when the letter holds by which the source may be asked."""
    in_force = Consent.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on), valid_from__lte=on, valid_until__gte=on
    )
    ids = list(homes)
    found: dict[int, date] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = in_force.filter(person_id__in=ids[start : start + _AT_ONCE]).order_by("valid_from", "id")
        for person, sources, since in rows.values_list("person_id", "sources", "valid_from"):
            if source in sources:
                found.setdefault(person, since)
    return found
