"""What may be recorded as a fact, how its row keeps it, and how it is told."""

from datetime import date
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan
from anmin.ground.people.models import Fact, Person
from anmin.ground.people.timeline import Spell, shown
from anmin.ground.people.vocabulary import FACT_KINDS, FactKind

Value = int | bool | str


def check_fact(
    person: Person, kind: str, value: Value, valid_from: date, valid_until: date | None, source: str
) -> tuple[FactKind, Value]:
    """The declaration of the kind and the value as it is kept. Refuses everything that needs no other fact to be seen."""
    declared = FACT_KINDS.get(kind)
    if declared is None:
        raise BadValue(f"没有名为“{kind}”的情况种类。")
    if kind == "status.dead":
        raise BadValue("死亡请使用死亡登记，不能作为一般情况记录。")
    if not source.strip():
        raise BadValue("请填写来源。")
    if valid_until is not None and valid_until < valid_from:
        raise BadValue(f"截止日期 {valid_until} 早于起始日期 {valid_from}，请检查后重新填写。")
    if person.died_on is not None and valid_from > person.died_on:
        raise BadValue(f"{person.name} 已于 {person.died_on} 死亡，不能记录此后的情况。")
    return declared, kept_value(declared, value)


def kept_value(declared: FactKind, value: Value) -> Value:
    """The value as a row keeps it: a code, or a whole number. Refuses what does not fit the kind."""
    if declared.shape == "code":
        if declared.codes is None or value not in declared.codes.values:
            raise BadValue(f"“{value}”不是{declared.label}可选的内容。")
        return str(value)
    if isinstance(value, str) or not isinstance(value, int):
        raise BadValue(f"{declared.label}应为数字。")
    if declared.shape == "yes_no" and value not in (0, 1):
        raise BadValue(f"{declared.label}应为“是”或“否”。")
    if value < 0:
        raise BadValue(f"{declared.label}不能为负数。")
    if declared.name == "disability.grade" and not 1 <= value <= 4:
        raise BadValue("残疾等级应为一级至四级。")
    return int(value)


def fact_words(declared: FactKind, value: Any) -> str:
    """The value in Chinese."""
    if declared.codes is not None:
        return str(declared.codes(value).label)
    if declared.shape == "fen":
        return f"{format_yuan(value)} 元"
    if declared.shape == "yes_no":
        return "是" if value else "否"
    return str(value)


def contradiction(declared: FactKind, kept: Spell) -> str:
    """The sentence for days that are taken."""
    return (
        f"{shown(kept)} 已记录{declared.label}为 {fact_words(declared, kept.value)}，与新填写的期间重叠；"
        "情况有变化的，起始日期应在其后；原来记错的，请使用更正。"
    )


def new_fact(person_id: int, kind: str, spell: Spell, source: str, batch_id: int | None = None) -> Fact:
    """An unsaved row for a spell."""
    value = spell.value
    return Fact(
        person_id=person_id,
        kind=kind,
        amount=None if isinstance(value, str) else value,
        code=value if isinstance(value, str) else None,
        valid_from=spell.valid_from,
        valid_until=spell.valid_until,
        source=source,
        batch_id=batch_id,
    )
