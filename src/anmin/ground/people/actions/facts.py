"""Facts are recorded, corrected and withdrawn; what was known before stays readable."""

from datetime import date
from typing import Any

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.people.facts import Value, check_fact, contradiction, fact_words, new_fact
from anmin.ground.people.models import Fact, Person
from anmin.ground.people.permissions import may_change_person, may_correct_fact
from anmin.ground.people.timeline import Change, Overlap, Spell, correct, record, shown
from anmin.ground.people.vocabulary import FACT_KINDS
from anmin.ground.people.writing import Writing, pieces, spell_of_fact, told_in_chinese

UNCHANGED = object()


@action("fact.recorded", permission=may_change_person)
def record_fact(
    *,
    person: Person,
    kind: str,
    value: Value,
    valid_from: date,
    valid_until: date | None = None,
    source: str,
    actor: Actor,
    on: date,
) -> Fact:
    """The fact is known from now on; one that held until further notice ends the day before where the new one differs.

    Basis: 《最低生活保障审核确认办法》（民发〔2021〕57号）第三十二条 (changes are reported and recorded).
    `value` is fen, a count, a yes/no or a code, as the kind asks. Refuses an unknown kind or code, a negative amount, an end
    before its beginning, a time after death, and days for which something else is recorded (that takes `correct_fact`).
    """
    declared, kept = check_fact(person, kind, value, valid_from, valid_until, source)
    current = _current(person.pk, kind)
    try:
        change = record([spell_of_fact(row) for row in current], Spell(valid_from, valid_until, kept))
    except Overlap as overlap:
        raise BadValue(contradiction(declared, overlap.kept)) from None
    period = shown(Spell(valid_from, valid_until, kept))
    remark(f"记录 {person.name} 的{declared.label}：{fact_words(declared, kept)}，{period}", kind=kind)
    return _carried_out(person.pk, kind, current, change, source=source, on=on, around=valid_from)


@action("fact.corrected", permission=may_correct_fact)
def correct_fact(
    *,
    fact: Fact,
    value: Value,
    valid_from: date | None = None,
    valid_until: Any = UNCHANGED,
    source: str,
    actor: Actor,
    on: date,
) -> Fact:
    """The fact was wrong: for its days, or for those given, the new value is known; outside them the old one stays.

    What was paid on the old value is settled by the next roll as back-pay or recovery.
    Refuses what `record_fact` refuses, and a fact that was already corrected.
    """
    if fact.superseded_at is not None:
        raise BadValue("这条记录已被更正过，请刷新后更正最新的一条。")
    since = fact.valid_from if valid_from is None else valid_from
    until = fact.valid_until if valid_until is UNCHANGED else valid_until
    declared, kept = check_fact(fact.person, fact.kind, value, since, until, source)
    current = _current(fact.person_id, fact.kind)
    others = [row for row in current if row.pk != fact.pk]
    new = Spell(since, until, kept)
    for row in others:
        if spell_of_fact(row).overlaps(new):
            raise BadValue(contradiction(declared, spell_of_fact(row)))
    change = correct([spell_of_fact(row) for row in current], new)
    remark(
        f"更正 {fact.person.name} 的{declared.label}：{fact_words(declared, spell_of_fact(fact).value)}"
        f" 改为 {fact_words(declared, kept)}，{shown(new)}",
        kind=fact.kind,
        corrected=fact.pk,
    )
    return _carried_out(fact.person_id, fact.kind, current, change, source=source, on=on, around=since)


@action("fact.withdrawn", permission=may_correct_fact)
def withdraw_fact(*, fact: Fact, reason: str, actor: Actor, on: date) -> Fact:
    """The fact should never have been recorded and counts no more: for its days nothing is known.

    Refuses a fact that is superseded already, one without a reason, and a death.
    """
    if fact.superseded_at is not None:
        raise BadValue("这条记录已被更正过，无需撤回。")
    if not reason.strip():
        raise BadValue("请填写撤回的理由。")
    if fact.kind == "status.dead":
        raise BadValue("死亡记录不在这里撤回，登记有误的由科室撤销死亡登记。")
    fact.superseded_at = Writing(Fact, [fact], []).carry_out(on)
    declared = FACT_KINDS[fact.kind]
    remark(f"撤回 {fact.person.name} 的{declared.label}（{shown(spell_of_fact(fact))}），理由：{reason.strip()}", kind=fact.kind)
    return fact


def _current(person_id: int, kind: str) -> list[Fact]:
    return list(Fact.objects.filter(person_id=person_id, kind=kind, superseded_at__isnull=True).order_by("valid_from"))


def _carried_out(person_id: int, kind: str, current: list[Fact], change: Change, *, source: str, on: date, around: date) -> Fact:
    if change.is_nothing:
        return next(row for row in current if row.valid_from <= around <= (row.valid_until or date.max))
    gone = {spell.id for spell in change.supersede}
    superseded = [row for row in current if row.pk in gone]
    written = [row for old in superseded for row in pieces(old, change)]
    fresh = [new_fact(person_id, kind, spell, source) for spell in change.write if spell.id is None]
    with told_in_chinese():
        Writing(Fact, superseded, [*written, *fresh]).carry_out(on)
    return fresh[0]
