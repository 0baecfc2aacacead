"""The rhythm of dibao: every family is looked at again by its class, yearly or half-yearly."""

from collections.abc import Iterator, Mapping
from datetime import date

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.actions import open_case
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.schedules.declarations import Due, Schedule
from anmin.lines.assistance.dibao.vocabulary import BASIS, BENEFIT, REVIEW, ReviewOccasion

AHEAD = 1
"""Tasks are laid for this month and so many after it, so that a town can plan its visits."""


def due_reviews(on: date) -> Iterator[Due]:
    """The running entitlements whose review falls due until the end of next month; what is overdue among them."""
    rows = Entitlement.objects.filter(
        benefit=BENEFIT, valid_until__isnull=True, review_due_on__lte=(Month.from_date(on) + AHEAD).last_day
    ).values_list("pk", "household__number", "review_class", "area_id", "review_due_on")
    for pk, number, review_class, area_id, due_on in rows.iterator(chunk_size=2000):
        assert due_on is not None  # asked for above
        yield Due(pk, f"低保{review_class}类家庭定期复核：{number}户", area_id, due_on)


def still_held(entitlement_ids: list[int]) -> Mapping[int, bool]:
    """A running entitlement that is no longer due was reviewed; of an ended one the review is dropped."""
    return {
        pk: valid_until is None
        for start in range(0, len(entitlement_ids), 2000)
        for pk, valid_until in Entitlement.objects.filter(pk__in=entitlement_ids[start : start + 2000]).values_list(
            "pk", "valid_until"
        )
    }


def open_reviews(entitlement_ids: list[int], actor: Actor, on: date) -> int:
    """Each of these families has an open review; those that have one already keep it."""
    wanted = Entitlement.objects.filter(pk__in=entitlement_ids, valid_until__isnull=True).select_related(
        "household__area", "holder", "area"
    )
    busy = set(Case.objects.filter(kind=REVIEW, closed_on__isnull=True).values_list("household_id", flat=True))
    begun = 0
    for entitlement in wanted:
        if entitlement.household_id in busy:
            continue
        open_case(
            kind=REVIEW,
            household=entitlement.household,
            applicant=entitlement.holder,
            entitlement=entitlement,
            data={"occasion": ReviewOccasion.PERIODIC},
            actor=actor,
            on=on,
        )
        busy.add(entitlement.household_id)
        begun += 1
    return begun


DIBAO_REVIEWS = Schedule(
    name="assistance.dibao.reviews",
    label="低保定期复核",
    basis=BASIS,
    subject_kind="entitlements.entitlement",
    due=due_reviews,
    is_kept=still_held,
    start=open_reviews,
)

SCHEDULES = (DIBAO_REVIEWS,)
