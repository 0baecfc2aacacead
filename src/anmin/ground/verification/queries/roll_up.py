"""What an inquiry says of one household: everybody in it against every source, and the findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.people.models import Household, Person
from anmin.ground.verification.models import Finding, Hit, Inquiry, InquiryPerson, InquirySource
from anmin.ground.verification.queries.findings import findings
from anmin.ground.verification.queries.scope import sees, within
from anmin.ground.verification.questions import awaited
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import CLOSED, Answered, Capacity, FindingState, PersonAnswer, Tier


def households_of(actor: Actor, inquiry: Inquiry) -> QuerySet[Household]:
    """The households an inquiry asks about, as far as the actor may see them, by number."""
    rows = Household.objects.filter(within(actor), pk__in=inquiry.persons.order_by().values("household_id"))
    return rows.select_related("head", "area").order_by("number")


def inquiries_about(actor: Actor, household: Household) -> QuerySet[Inquiry]:
    """The inquiries that asked about a household, the latest first, those of the whole county too; none where it is not seen."""
    if not sees(actor, household.area.path):
        return Inquiry.objects.none()
    asked = InquiryPerson.objects.filter(household=household).order_by().values("inquiry_id")
    return Inquiry.objects.filter(pk__in=asked).select_related("area", "asked_by").order_by("-id")


@dataclass(frozen=True)
class PersonAnswers:
    """One person of an inquiry: as what, and what each source answered about them."""

    person: Person
    capacity: str
    answers: list[tuple[str, PersonAnswer, date | None]]
    """Label of the source, answer, the day the data are of that say so."""


@dataclass(frozen=True)
class RollUp:
    """What an inquiry says of one household: its people against the sources, its findings, what still waits."""

    household: Household
    inquiry: Inquiry
    people: list[PersonAnswers]
    findings: list[Finding]
    """Those that a later inquiry took up, as they stand there."""
    queue: int
    days: list[tuple[date | None, list[str]]]
    """Of each source, in the order of the answers: the day its whole data are of, and the days of partial ones beside it."""
    partly: bool = False
    """Whether of some source only partial deliveries could be searched."""

    @property
    def waiting(self) -> int:
        return sum(each.state not in CLOSED for each in self.findings)

    @property
    def accepted(self) -> int:
        return sum(each.state == FindingState.ACCEPTED for each in self.findings)

    @property
    def incomplete(self) -> bool:
        """Whether some source could not answer about somebody; then nothing found is not nothing there."""
        answered = (PersonAnswer.FOUND, PersonAnswer.NOTHING)
        return self.partly or any(answer not in answered for each in self.people for _, answer, _ in each.answers)


def household_roll_up(actor: Actor, household: Household, inquiry: Inquiry) -> RollUp | None:
    """The household's part of an inquiry; None for who may not see the household. Six queries, whatever its size."""
    if not sees(actor, household.area.path):
        return None
    people = list(InquiryPerson.objects.filter(inquiry=inquiry, household=household).select_related("person").order_by("id"))
    asked = list(InquirySource.objects.filter(inquiry=inquiry).select_related("extract").order_by("id"))
    hits = list(Hit.objects.filter(inquiry=inquiry, person_id__in=[each.person_id for each in people]).select_related("extract"))
    found: dict[tuple[int, str], date] = {}
    for each in hits:
        if each.tier != Tier.NOT_THE_PERSON:
            whose = (each.person_id, each.source)
            found[whose] = max(found.get(whose, date.min), each.extract.as_of)
    waited_for = awaited(inquiry)
    order = {source: place for place, source in enumerate(SOURCES)}
    asked.sort(key=lambda each: order[each.source])
    return RollUp(
        household=household,
        inquiry=inquiry,
        people=[
            PersonAnswers(each.person, str(Capacity(each.capacity).label), _answers(each, asked, found, waited_for))
            for each in people
        ],
        findings=list(findings(actor, inquiry=inquiry).filter(household=household)),
        queue=sum(each.tier == Tier.QUEUE for each in hits),
        days=[(each.extract.as_of if each.extract is not None else None, [day for day, _ in each.parts]) for each in asked],
        partly=any(each.parts and each.answered != Answered.SEARCHED for each in asked),
    )


def _answers(
    person: InquiryPerson, asked: list[InquirySource], found: Mapping[tuple[int, str], date], waited_for: dict[str, set[int]]
) -> list[tuple[str, PersonAnswer, date | None]]:
    return [
        (
            SOURCES[each.source].label,
            _answer(person, each, found, waited_for),
            found.get((person.person_id, each.source)) or (each.extract.as_of if each.extract is not None else None),
        )
        for each in asked
    ]


def _answer(
    person: InquiryPerson, source: InquirySource, found: Mapping[tuple[int, str], date], waited_for: dict[str, set[int]]
) -> PersonAnswer:
    if source.source in person.withheld:
        return PersonAnswer.NO_CONSENT
    if person.person_id in waited_for.get(source.source, ()):
        return PersonAnswer.AWAITED
    if source.parts and (person.person_id, source.source) in found:
        # A partial delivery holds it, whatever became of the whole one.
        return PersonAnswer.FOUND
    if source.answered == Answered.AWAITED:
        # Somebody of whom the register could not be asked, or said that it knows nothing to say, while others are awaited.
        return PersonAnswer.UNAVAILABLE
    if source.answered != Answered.SEARCHED:
        return PersonAnswer(source.answered)
    if source.source in person.unanswered:
        return PersonAnswer.UNAVAILABLE
    return PersonAnswer.FOUND if (person.person_id, source.source) in found else PersonAnswer.NOTHING
