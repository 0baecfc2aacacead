"""Facts from a file, one row a person: a blank cell says nothing, it does not say zero."""

from collections.abc import Callable
from dataclasses import dataclass, field

from anmin.ground.imports.forms import Counts, Incoming, Row
from anmin.ground.people.facts import contradiction
from anmin.ground.people.imports.plans import Plan, copies, lay, period_problem
from anmin.ground.people.imports.register import Register
from anmin.ground.people.models import Fact
from anmin.ground.people.timeline import Spell
from anmin.ground.people.vocabulary import FACT_KINDS
from anmin.ground.people.writing import Writing, chunks, write_facts

Key = tuple[int, str]

OF_WHICH = {"income.farming": "income.business", "income.pension_central": "income.pension"}
"""What is part of what: a part is never more than its whole."""


@dataclass
class Facts:
    """The plan for the table of facts, and how many rows are of people we do not know or look after."""

    plan: Plan[Key] = field(default_factory=Plan)
    unregistered: int = 0


def checker(*, passes_over_strangers: bool) -> Callable[[Incoming], Facts]:
    """How a file of facts is checked. A department's extract holds the whole county: strangers in it are counted, not refused."""

    def check(incoming: Incoming) -> Facts:
        register = Register(incoming, "identity_number")
        facts = Facts()
        told: list[tuple[Key, Spell]] = []
        kinds = [column.key for column in incoming.form.columns if column.key in FACT_KINDS]
        for row in incoming.sound:
            person = register.person(row["identity_number"])
            if passes_over_strangers and (person is None or not register.sees(person)):
                facts.unregistered += 1
                continue
            person = register.required(row, "identity_number")
            if person is None:
                continue
            register.check_name(row, person)
            if period_problem(incoming, row) or _problem_of_values(incoming, row, kinds):
                continue
            if person.died_on is not None and row["valid_from"] > person.died_on:
                incoming.wrong(row, "valid_from", f"该人员已于 {person.died_on} 死亡，不能记录此后的情况。")
                continue
            for kind in kinds:
                value = row[kind]
                if value is not None:
                    kept = value if isinstance(value, str) else int(value)
                    told.append(((person.pk, kind), Spell(row["valid_from"], row["valid_until"], kept, origin=row)))
        facts.plan = lay(incoming, _recorded(told), told, _say)
        return facts

    return check


def _problem_of_values(incoming: Incoming, row: Row, kinds: list[str]) -> bool:
    if all(row[kind] is None for kind in kinds):
        incoming.wrong(row, kinds[0], "本行没有填写任何内容；没有变化的人员不必列入。")
        return True
    for part, whole in OF_WHICH.items():
        if part in kinds and row[part] is not None:
            header = incoming.form.header(whole)
            if row[whole] is None:
                incoming.wrong(row, part, f"填写了其中项，却没有填写“{header}”。")
                return True
            if row[part] > row[whole]:
                incoming.wrong(row, part, f"大于“{header}”，其中项不能超过总额。")
                return True
    return False


def _recorded(told: list[tuple[Key, Spell]]) -> dict[Key, list[Spell]]:
    recorded: dict[Key, list[Spell]] = {}
    kinds = {kind for (_, kind), _ in told}
    for some in chunks(sorted({person_id for (person_id, _), _ in told})):
        rows = Fact.objects.filter(person_id__in=some, kind__in=kinds, superseded_at__isnull=True).order_by("valid_from")
        fields = ("id", "person_id", "kind", "amount", "code", "valid_from", "valid_until")
        for pk, person_id, kind, amount, code, since, until in rows.values_list(*fields):
            recorded.setdefault((person_id, kind), []).append(Spell(since, until, code if amount is None else amount, pk))
    return recorded


def _say(key: Key, kept: Spell) -> str:
    origin: Row | None = kept.origin
    if kept.id is None and origin is not None:
        return f"与第 {origin.number} 行的期间重叠。"
    return contradiction(FACT_KINDS[key[1]], kept)


def load_facts(facts: Facts, incoming: Incoming) -> Counts:
    """The facts are recorded with the file they came from."""
    plan = facts.plan
    rows: dict[int, Fact] = {}
    for some in chunks(plan.supersede):
        rows.update(Fact.objects.in_bulk(list(some)))
    batch_id = incoming.batch.pk if incoming.batch else None
    sender = incoming.form.sender
    at = Writing(Fact, list(rows.values()), copies(rows, plan)).carry_out(incoming.on)
    fresh = (
        (person_id, kind, spell, spell.origin.get("source") or sender)
        for (person_id, kind), spell in plan.write
        if spell.id is None
    )
    write_facts(fresh, recorded_at=at, batch_id=batch_id)
    return {**plan.counts, "不在册": facts.unregistered}
