"""What was found to be so is recorded as a fact, in two times, with its evidence as the source."""

from datetime import date, timedelta

from anmin.ground.accounts.gate import Actor
from anmin.ground.people.actions import correct_fact, record_death, record_fact
from anmin.ground.people.columns import CODES
from anmin.ground.people.models import Fact
from anmin.ground.people.vocabulary import FACT_KINDS
from anmin.ground.verification.models import Finding
from anmin.ground.verification.sources import SOURCES

DEAD = "status.dead"
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
    if finding.fact_kind not in FACT_KINDS:
        return "义务人的收入请在家庭档案中更正"
    source = source_text(finding)
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


def _value(kind: str, value: int) -> int | str | bool:
    declared = FACT_KINDS[kind]
    if declared.shape == "code":
        return next(code for code, number in CODES[kind].items() if number == value)
    return bool(value) if declared.shape == "yes_no" else value
