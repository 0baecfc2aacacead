"""What was found to be so is recorded as a fact, in two times, with its evidence as the source; and taken back if it was not."""

from datetime import date, timedelta

from django.db.models import Q

from anmin.base.money import format_yuan
from anmin.ground.accounts.gate import Actor
from anmin.ground.people.actions import (
    correct_fact,
    correct_supporter_income,
    record_death,
    record_fact,
    withdraw_death,
    withdraw_fact,
)
from anmin.ground.people.columns import CODES
from anmin.ground.people.models import Fact, HouseholdMember, Supporter
from anmin.ground.people.vocabulary import FACT_KINDS
from anmin.ground.verification.models import Finding
from anmin.ground.verification.sources import SOURCES

DEAD = "status.dead"
SUPPORTERS_INCOME = "supporter.income"
_LONGEST = 60


def source_text(finding: Finding) -> str:
    """Where the fact comes from, as it stands beside it: the source, its day, the inquiry."""
    label = SOURCES[finding.hit.source].label
    return f"核对{finding.inquiry.number}：{label}，截至{finding.hit.extract.as_of}"[:_LONGEST]


def record_what_was_found(finding: Finding, *, actor: Actor, on: date) -> str:
    """The fact of the finding is known for its days; what was recorded for them before is corrected and stays readable.

    Gives back the sentence that says what was recorded; blank where nothing of it is a fact of the register.
    """
    if not finding.fact_kind or finding.fact_value is None or finding.fact_from is None:
        return ""
    source = source_text(finding)
    if finding.fact_kind == SUPPORTERS_INCOME:
        return _record_income(finding, finding.fact_value, finding.fact_from, source, actor, on)
    if finding.fact_kind == DEAD:
        record_death(person=finding.person, died_on=finding.fact_from, source=source, actor=actor, on=on)
        return f"已登记{finding.fact_from}死亡"
    value = _value(finding.fact_kind, finding.fact_value)
    since = max(finding.fact_from, finding.person.birth_on)
    known = list(
        Fact.objects.filter(person_id=finding.person_id, kind=finding.fact_kind, superseded_at__isnull=True)
        .select_related("person__area")
        .order_by("valid_from")
    )
    later = [row for row in known if row.valid_until is None or row.valid_until >= since]
    if not later or later[0].valid_from > since:
        until = later[0].valid_from - timedelta(days=1) if later else None
        record_fact(
            person=finding.person,
            kind=finding.fact_kind,
            value=value,
            valid_from=since,
            valid_until=until,
            source=source,
            actor=actor,
            on=on,
        )
    for row in later:
        correct_fact(fact=row, value=value, valid_from=max(since, row.valid_from), source=source, actor=actor, on=on)
    return f"自{since}起记录{FACT_KINDS[finding.fact_kind].label}"


def undo_what_was_recorded(finding: Finding, *, actor: Actor, on: date) -> str:
    """For the days of the finding's fact, what was known before it was accepted is known again, or nothing where nothing was.

    What somebody has corrected since stays as they left it. Gives back the sentence that says what was undone, or why not.
    """
    if not finding.fact_kind or finding.fact_value is None or finding.fact_from is None:
        return ""
    if finding.fact_kind == SUPPORTERS_INCOME:
        return _undo_income(finding, finding.fact_value, actor, on)
    if finding.fact_kind == DEAD:
        return _undo_death(finding, actor, on)
    source = source_text(finding)
    rows = list(Fact.objects.filter(person_id=finding.person_id, kind=finding.fact_kind, source=source).order_by("id"))
    label = FACT_KINDS[finding.fact_kind].label
    if not any(row.superseded_at is None for row in rows):
        return f"{label}在认定后已另行更正，保持现状"
    learned = min(row.recorded_at for row in rows)
    before = Fact.objects.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gte=learned),
        person_id=finding.person_id,
        kind=finding.fact_kind,
        id__lt=rows[0].pk,
    ).exclude(source=source)
    for old in before.order_by("valid_from", "id"):
        value: int | str | bool = _value(old.kind, int(old.amount)) if old.amount is not None else str(old.code)
        for row in _standing(finding, source):
            since, until = max(old.valid_from, row.valid_from), min(old.valid_until or date.max, row.valid_until or date.max)
            if since <= until:
                last = None if until == date.max else until
                correct_fact(
                    fact=row, value=value, valid_from=since, valid_until=last, source=old.source, actor=actor, on=on
                )  # fmt: skip
    for row in _standing(finding, source):
        withdraw_fact(fact=row, reason=f"{source}，重新核查", actor=actor, on=on)
    return f"{label}已恢复为认定之前的记录"


def _undo_death(finding: Finding, actor: Actor, on: date) -> str:
    source = source_text(finding)
    if not _standing(finding, source):
        return "死亡登记另有来源，保持现状"
    withdraw_death(person=finding.person, reason=f"{source}，重新核查", actor=actor, on=on)
    return "死亡登记已撤销，因此终止的情况恢复为登记之前的记录；已经停发的待遇另行办理"


def _standing(finding: Finding, source: str) -> list[Fact]:
    found = Fact.objects.filter(person_id=finding.person_id, kind=finding.fact_kind, source=source, superseded_at__isnull=True)
    return list(found.select_related("person__area").order_by("valid_from"))


def _duties(finding: Finding, since: date) -> list[Supporter]:
    """What the person owes the members of the finding's household from a day on."""
    members = HouseholdMember.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=since), household=finding.household, superseded_at__isnull=True
    )
    rows = Supporter.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=since),
        obligor_id=finding.person_id,
        dependant_id__in=members.order_by().values("person_id"),
        superseded_at__isnull=True,
    )
    return list(rows.select_related("dependant__area", "obligor").order_by("id"))


def _record_income(finding: Finding, fen: int, since: date, source: str, actor: Actor, on: date) -> str:
    # One of several earners never makes a supporter's household poorer than it was said to be.
    poorer = [row for row in _duties(finding, since) if row.household_income is None or row.household_income < fen]
    for row in poorer:
        correct_supporter_income(
            supporter=row, household_income=fen, valid_from=max(since, row.valid_from), source=source, actor=actor, on=on
        )
    return f"自{since}起义务人家庭月收入按{format_yuan(fen)}元记录" if poorer else "义务人家庭月收入没有变化"


def _undo_income(finding: Finding, fen: int, actor: Actor, on: date) -> str:
    undone = 0
    for row in _duties(finding, finding.fact_from or on):
        before = (
            Supporter.objects.filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=row.valid_from),
                dependant_id=row.dependant_id,
                obligor_id=row.obligor_id,
                superseded_at__lte=row.recorded_at,
                valid_from__lte=row.valid_from,
            )
            .order_by("-superseded_at", "-id")
            .first()
        )
        if row.household_income == fen and before is not None and before.household_income != fen:
            correct_supporter_income(
                supporter=row, household_income=before.household_income, valid_from=row.valid_from,
                source=f"重新核查{finding.inquiry.number}", actor=actor, on=on,
            )  # fmt: skip
            undone += 1
    return "义务人家庭月收入已恢复为认定之前的记录" if undone else "义务人家庭月收入没有可以恢复的记录，保持现状"


def _value(kind: str, value: int) -> int | str | bool:
    declared = FACT_KINDS[kind]
    if declared.shape == "code":
        return next(code for code, number in CODES[kind].items() if number == value)
    return bool(value) if declared.shape == "yes_no" else value
