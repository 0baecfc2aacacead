"""The rows of a file laid over what is recorded: which rows are superseded and which are written, or why it cannot be."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from anmin.ground.imports.forms import Counts, Incoming, Row
from anmin.ground.people.timeline import Overlap, Spell, correct, difference, record, shown, supplant
from anmin.ground.people.writing import copy_of

K = TypeVar("K", bound=Hashable)


@dataclass
class Plan(Generic[K]):
    """What is to be superseded (numbers of rows) and written (spells by their key), and how many rows told nothing new."""

    supersede: list[int] = field(default_factory=list)
    write: list[tuple[K, Spell]] = field(default_factory=list)
    known: dict[K, list[Spell]] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def counts(self) -> Counts:
        """For the audit line; pieces of what was recorded before are not counted as new."""
        fresh = sum(spell.id is None for _, spell in self.write)
        return {"新记录": fresh, "变更或更正": len(self.supersede), "与已有记录相同": self.unchanged}


def lay(
    incoming: Incoming,
    recorded: Mapping[K, list[Spell]],
    told: Iterable[tuple[K, Spell]],
    say: Callable[[K, Spell], str],
) -> Plan[K]:
    """The plan for all spells of the file. `spell.origin` is its row; `say` gives the sentence for days that are taken.

    Two spells of one key in one file must not share a day: which of them should hold?
    """
    by_key: dict[K, list[Spell]] = {}
    for key, spell in told:
        by_key.setdefault(key, []).append(spell)
    plan: Plan[K] = Plan()
    said: set[tuple[int, int]] = set()
    for key, spells in by_key.items():
        before = recorded.get(key, [])
        if not before and len(spells) == 1:
            # Nearly all of a first file: nothing to lay it over.
            plan.write.append((key, spells[0]))
            plan.known[key] = spells
            continue
        if len(spells) > 1:
            spells = _apart(incoming, spells, said)
        after = before
        for spell in spells:
            row: Row = spell.origin
            try:
                lay_over = supplant if row.get("supplants") else correct if row.get("corrects") else record
                change = lay_over(after, spell)
            except Overlap as overlap:
                incoming.wrong(row, "valid_from", say(key, overlap.kept))
                continue
            if change.is_nothing:
                plan.unchanged += 1
            else:
                after = [*(each for each in after if each not in change.supersede), *change.write]
        if after is not before:
            whole = difference(before, after)
            plan.supersede.extend(spell.id for spell in whole.supersede if spell.id is not None)
            plan.write.extend((key, spell) for spell in whole.write)
        plan.known[key] = after
    return plan


def _apart(incoming: Incoming, spells: list[Spell], said: set[tuple[int, int]]) -> list[Spell]:
    """The spells by their beginning; those that share a day with an earlier one are reported and left out.

    `said`: a row tells many things at once; that two rows overlap is said once, not once for each of them.
    """
    kept: list[Spell] = []
    for spell in sorted(spells, key=lambda each: (each.valid_from, each.origin.number)):
        if kept and kept[-1].overlaps(spell):
            other: Row = kept[-1].origin
            pair = (spell.origin.number, other.number)
            if spell.origin is not other and pair not in said:
                said.add(pair)
                incoming.wrong(
                    spell.origin,
                    "valid_from",
                    f"与第 {other.number} 行（{shown(kept[-1])}）说的是同一内容而期间重叠，请填写截止日期或只保留一行。",
                )
        else:
            kept.append(spell)
    return kept


def period_problem(incoming: Incoming, row: Row) -> bool:
    """Whether the end of the row's period lies before its beginning; the problem is added."""
    since, until = row["valid_from"], row["valid_until"]
    if until is not None and until < since:
        incoming.wrong(row, "valid_until", f"截止日期 {until} 早于起始日期 {since}，请检查。")
        return True
    return False


def copies(rows: Mapping[int, Any], plan: Plan[Any]) -> list[Any]:
    """Unsaved copies of recorded rows with the periods that stay true."""
    return [copy_of(rows[spell.id], spell) for _, spell in plan.write if spell.id is not None]
