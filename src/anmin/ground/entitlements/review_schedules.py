"""The rhythm of reviews: every running entitlement is looked at again by the day that the last look set."""

from collections.abc import Iterator, Mapping
from datetime import date

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.actions import open_case
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.schedules.declarations import Due, Schedule

AHEAD = 1
"""Tasks are laid for this month and so many after it, so that a town can plan its visits."""


def review_schedule(
    benefit: str, label: str, *, basis: str, answers: Mapping[str, object], of_persons: bool = False, called: str = ""
) -> Schedule:
    """The schedule of a benefit's reviews, under `<benefit>.reviews`; it opens cases of the kind `<benefit>.review`.

    `answers` is what the first step of such a case is told when the schedule takes it; `called` what a task is called, by default
    the label with 复核. A family that has an open review keeps it and is not given a second.
    """
    kind = f"{benefit}.review"

    def due(on: date) -> Iterator[Due]:
        """The running entitlements whose review falls due until the end of next month; what is overdue among them."""
        rows = Entitlement.objects.filter(
            benefit=benefit, valid_until__isnull=True, review_due_on__lte=(Month.from_date(on) + AHEAD).last_day
        ).values_list("pk", "household__number", "holder__name", "review_class", "area_id", "review_due_on")
        for pk, number, holder, review_class, area_id, due_on in rows.iterator(chunk_size=2000):
            assert due_on is not None  # asked for above
            whose = holder if of_persons else f"{review_class}类家庭" if review_class else "家庭"
            which = "" if of_persons else f"：{number}户"
            yield Due(pk, f"{label}{whose}{called or '定期复核'}{which}", area_id, due_on)

    def start(entitlement_ids: list[int], actor: Actor, on: date) -> int:
        """Each of these entitlements has an open review; those that have one already keep it."""
        wanted = Entitlement.objects.filter(pk__in=entitlement_ids, valid_until__isnull=True).select_related(
            "household__area", "holder", "area"
        )
        open_ones = Case.objects.filter(kind=kind, closed_on__isnull=True)
        # A family is reviewed once; of a person's benefit each entitlement on its own.
        key = "entitlement_id" if of_persons else "household_id"
        busy = set(open_ones.values_list(key, flat=True))
        begun = 0
        for entitlement in wanted:
            mine = entitlement.pk if of_persons else entitlement.household_id
            if mine in busy:
                continue
            open_case(
                kind=kind,
                household=entitlement.household,
                applicant=entitlement.holder,
                entitlement=entitlement,
                data=dict(answers),
                actor=actor,
                on=on,
            )
            busy.add(mine)
            begun += 1
        return begun

    return Schedule(
        name=f"{benefit}.reviews",
        label=f"{label}定期复核",
        basis=basis,
        subject_kind="entitlements.entitlement",
        due=due,
        is_kept=still_held,
        start=start,
    )


def still_held(entitlement_ids: list[int]) -> Mapping[int, bool]:
    """A running entitlement that is no longer due was reviewed; of an ended one the review is dropped."""
    return {
        pk: valid_until is None
        for start in range(0, len(entitlement_ids), 2000)
        for pk, valid_until in Entitlement.objects.filter(pk__in=entitlement_ids[start : start + 2000]).values_list(
            "pk", "valid_until"
        )
    }
