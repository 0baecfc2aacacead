"""What is found again is not asked again: open findings go on in the later inquiry, what was said of a doubtful record holds.

Inside an action only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from anmin.ground.verification.models import Finding, FindingStep, Hit, Inquiry
from anmin.ground.verification.sameness import Mark, mark_of
from anmin.ground.verification.sealed import delivered
from anmin.ground.verification.vocabulary import CLOSED, FindingKind, FindingState, StepTaken, Tier

_AT_ONCE = 500

TOLD_AS_A_WHOLE = frozenset(
    {
        FindingKind.UNDECLARED_VEHICLE,
        FindingKind.UNDECLARED_HOME,
        FindingKind.WAGE,
        FindingKind.PENSION,
        FindingKind.DEPOSIT,
    }
)
"""Kinds of which one finding says everything there is of a person, whichever of the records it points to."""


# --- findings ------------------------------------------------------------------------------------------------------


def take_up(made: Sequence[Finding], on: date) -> int:
    """Open findings of earlier inquiries of which these say the same are closed, and go on in them; how many.

    The same: of the same person in the same family, by the same rule, of the same record. Where the words are the same too, it
    goes on where it stood (asked, answered, proposed); where the record has changed, it begins anew, but the family's days to
    answer run on. Three queries for five hundred, and those that write.
    """
    taken: list[tuple[Finding, Finding]] = []
    for start in range(0, len(made), _AT_ONCE):
        taken += _pairs(made[start : start + _AT_ONCE])
    if not taken:
        return 0
    numbers = dict(Inquiry.objects.filter(pk__in={new.inquiry_id for _, new in taken}).values_list("id", "number"))
    for before, after in taken:
        if (before.found == after.found and before.declared == after.declared) or before.state == FindingState.ASKED:
            after.state, after.reply_due_on = before.state, before.reply_due_on
    newer = {before.pk: after for before, after in taken}
    gone = [before for before, _ in taken]
    for start in range(0, len(gone), _AT_ONCE):
        some = [each.pk for each in gone[start : start + _AT_ONCE]]
        for earlier in Finding.objects.filter(taken_up_by_id__in=some).order_by("id"):
            newer[earlier.pk] = newer[int(earlier.taken_up_by_id or 0)]
            gone.append(earlier)
    for each in gone:
        each.state, each.taken_up_by = FindingState.CARRIED, newer[each.pk]
    Finding.objects.bulk_update(gone, ["state", "taken_up_by"], batch_size=_AT_ONCE)
    Finding.objects.bulk_update([after for _, after in taken], ["state", "reply_due_on"], batch_size=_AT_ONCE)
    FindingStep.objects.bulk_create(
        [
            FindingStep(
                finding=before,
                step=StepTaken.CARRIED,
                reason=f"{numbers[after.inquiry_id]}再次核对时发现，并入其中办理，不重复列出",
                taken_on=on,
            )
            for before, after in taken
        ],
        batch_size=_AT_ONCE,
    )
    return len(taken)


def _pairs(made: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """Each finding that goes on in one of these, with it."""
    open_before = Finding.objects.filter(person_id__in={each.person_id for each in made}).exclude(state__in=CLOSED)
    before: dict[tuple[Any, ...], list[Finding]] = defaultdict(list)
    for each in open_before.order_by("id"):
        before[_whose(each)].append(each)
    maybe = [
        (old, new) for new in made for old in before.get(_whose(new), ()) if old.pk < new.pk and old.inquiry_id != new.inquiry_id
    ]
    marks = _marks({hit for old, new in maybe if _needs_marks(old, new) for hit in (old.hit_id, new.hit_id)})
    found: dict[int, tuple[Finding, Finding]] = {}
    for old, new in maybe:
        if _needs_marks(old, new) and marks[old.hit_id] != marks[new.hit_id]:
            continue
        # Where several inquiries found it at once, it goes on in the last.
        found[old.pk] = (old, new)
    return list(found.values())


def _whose(finding: Finding) -> tuple[Any, ...]:
    return finding.person_id, finding.household_id, finding.kind


def _needs_marks(old: Finding, new: Finding) -> bool:
    return old.found != new.found and new.kind not in TOLD_AS_A_WHOLE


def _marks(hits: Collection[int]) -> Mapping[int, tuple[str, Mark]]:
    found: dict[int, tuple[str, Mark]] = {}
    ordered = sorted(hits)
    for start in range(0, len(ordered), _AT_ONCE):
        rows = Hit.objects.filter(pk__in=ordered[start : start + _AT_ONCE]).values_list("id", "source", "delivered_cipher")
        for pk, source, cipher in rows:
            found[pk] = (source, mark_of(source, delivered(cipher)))
    return found


def steps_of(finding: Finding) -> QuerySet[FindingStep]:
    """What was done about a finding, in earlier inquiries too where it was found before."""
    return FindingStep.objects.filter(Q(finding=finding) | Q(finding__taken_up_by=finding)).order_by("id")


# --- doubtful records ----------------------------------------------------------------------------------------------


def carry_rulings(inquiries: Collection[int], source: str) -> int:
    """Of doubtful records that somebody looked at in an earlier inquiry, what they said holds here too; of how many.

    Only where the same fields agree and differ as they did then: what has been corrected on our side is looked at anew.
    """
    carried: list[Hit] = []
    ordered = sorted(inquiries)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        new = Hit.objects.filter(inquiry_id__in=some, source=source, tier=Tier.QUEUE, carried_from=None).exclude(record="")
        carried += _ruled(list(new.order_by("id")))
    Hit.objects.bulk_update(
        carried, ["tier", "identified_by", "identified_on", "identified_because", "carried_from"], batch_size=_AT_ONCE
    )
    return len(carried)


def _ruled(new: Sequence[Hit]) -> list[Hit]:
    if not new:
        return []
    ids = {each.pk for each in new}
    latest: dict[tuple[int, str], Hit] = {}
    for chunk in range(0, len(new), _AT_ONCE):
        some = new[chunk : chunk + _AT_ONCE]
        rows = Hit.objects.filter(
            person_id__in={each.person_id for each in some}, record__in={each.record for each in some}
        ).exclude(inquiry_id__in={each.inquiry_id for each in some})
        for row in rows.order_by("id"):
            latest[row.person_id, row.record] = row
    found = []
    for each in new:
        before = latest.get((each.person_id, each.record))
        # Reopened, it waits for somebody to look again, and nothing is carried from it.
        if before is None or before.pk in ids or before.identified_on is None or _agreed(before) != _agreed(each):
            continue
        rule_like(each, before)
        found.append(each)
    return found


def rule_like(hit: Hit, ruled: Hit) -> None:
    """The hit bears what was said of the other one: by whom, when and why; unsaved."""
    hit.tier, hit.identified_because = ruled.tier, ruled.identified_because
    hit.identified_by_id, hit.identified_on = ruled.identified_by_id, ruled.identified_on
    hit.carried_from_id = ruled.carried_from_id or ruled.pk


def same_record(hit: Hit) -> Iterable[Hit]:
    """The other matches of the same record with the same person that wait for somebody to look, in whatever inquiry."""
    if not hit.record:
        return []
    rows = Hit.objects.select_for_update().filter(person_id=hit.person_id, record=hit.record, tier=Tier.QUEUE)
    return [each for each in rows.exclude(pk=hit.pk).order_by("id") if _agreed(each) == _agreed(hit)]


def _agreed(hit: Hit) -> dict[str, int]:
    return {name: int(said[0]) for name, said in hit.levels.items()}
