"""What a chain decides, as rows: one for each family, or person of it, and programme; with the reasons in words."""

from collections.abc import Iterator, Sequence

import numpy as np

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Assessed
from anmin.ground.policy.cells import Coded, Part
from anmin.ground.policy.chain import Decided
from anmin.ground.policy.families import Snapshot
from anmin.ground.policy.months import mark_rows
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.vocabulary import OUTCOMES

COLUMNS: dict[str, str] = {
    "household": "家庭编号",
    "person": "人员编号，按人计算的项目才有",
    "programme": "项目",
    "month": "月份",
    "outcome": "结论：" + "、".join(f"{code}（{label}）" for code, label in OUTCOMES.items()),
    "amount": "月金额（元；Parquet 中为 amount_fen，单位为分）",
    "route": "方式",
    "reasons": "理由，缺少事实时列出所缺",
}
"""The columns of a result and what they say."""

REPEATED = ("programme", "month", "outcome", "route", "reasons")
"""The columns in which few words stand in many rows."""

SEPARATOR = "；"


def result_parts(decided: Decided, families: Snapshot, *, granted_only: bool = False) -> Iterator[Part]:
    """The rows of a month in columns, one programme after another; amounts in fen.

    With `granted_only`, only what is granted or cannot be decided.
    """
    outcomes = list(OUTCOMES)
    for address, found in decided.assessed.items():
        rows = np.flatnonzero(found.outcome != 0) if granted_only else np.arange(len(found.outcome))
        of_person = found.programme.unit == "person"
        home = families.household_of_person[rows] if of_person else rows
        routes = [*(found.programme.routes or ()), ""]
        yield {
            "household": Coded(home, families.household_ids),
            "person": Coded(rows, families.person_ids) if of_person else _same("", len(rows)),
            "programme": _same(address, len(rows)),
            "month": _same(str(decided.month), len(rows)),
            "outcome": Coded(found.outcome[rows], outcomes),
            "amount": found.amount[rows],
            "route": Coded(np.minimum(found.route[rows], len(routes) - 1), routes),
            "reasons": reasons_of(found, decided, rows),
        }


def _same(word: str, rows: int) -> Coded:
    return Coded(np.zeros(rows, dtype=np.int8), [word])


def reasons_of(found: Assessed, decided: Decided, rows: Ints) -> Coded:
    """The reasons for some units: what is lacking where nothing can be decided, otherwise the labels of its findings."""
    made = _findings_of(found, rows)
    open_question = np.flatnonzero(found.undetermined[rows])
    lacking = _lacking(found, decided, rows[open_question])
    places = made.places.copy()
    places[open_question] = lacking.places + len(made.words)
    return Coded(places, [*made.words, *(f"缺少：{word}" for word in lacking.words)])


def findings_of(found: Assessed, rows: Ints) -> list[str]:
    """The labels of the findings about some units of whom nothing is lacking."""
    return _findings_of(found, rows).texts()


def _findings_of(found: Assessed, rows: Ints) -> Coded:
    rules = found.programme.rules
    labels = [rules.rules[name].label for name in found.findings]
    return _joined([held[rows] for held in found.findings.values()], labels, len(rows), SEPARATOR)


AT_ONCE = 4
"""Columns that are told apart in one step."""


def _joined(columns: Sequence[Bools], labels: Sequence[str], rows: int, separator: str) -> Coded:
    """For each row the labels of the columns that hold; each combination is put into words once."""
    kinds, places = np.zeros((1, 0), dtype=np.bool_), np.zeros(rows, dtype=np.int64)
    for first in range(0, len(columns), AT_ONCE):
        some = columns[first : first + AT_ONCE]
        # Numbered afresh at each step: all combinations that could be would not fit a number, those that are do.
        number = places
        for column in some:
            number = number * 2 + column
        room = len(kinds) << len(some)
        met = np.flatnonzero(np.bincount(number, minlength=room))
        renumbered = np.zeros(room, dtype=np.int64)
        renumbered[met] = np.arange(len(met))
        places = renumbered[number]
        bits = met[:, None] >> np.arange(len(some))[::-1] & 1
        kinds = np.column_stack([kinds[met >> len(some)], bits == 1])
    words = [separator.join(label for label, holds in zip(labels, row, strict=True) if holds) for row in kinds.tolist()]
    return Coded(places, words)


def _lacking(found: Assessed, decided: Decided, units: Ints) -> Coded:
    """The labels of what is missing about some units, in the order in which the facts are declared, whichever engine decided."""
    columns: dict[str, Bools] = {}
    batch = decided.batch
    for name, fact in found.programme.rules.facts.items():
        if name not in found.lacking:
            continue
        homes = np.zeros(batch.households, dtype=np.bool_)
        mark_rows(homes, batch, fact.entity, found.lacking[name])
        # What is missing of one member may leave the others of the family undecided as well.
        about = (homes if found.programme.unit == "household" else homes[batch.household_of_person])[units]
        columns[fact.label] = columns[fact.label] | about if fact.label in columns else about
    return _joined(list(columns.values()), list(columns), len(units), "、")


def in_yuan(part: Part) -> Part:
    """The same rows with amounts in yuan, for people."""
    amount = part["amount"]
    assert not isinstance(amount, Coded)
    sums, places = np.unique(amount, return_inverse=True)
    return {**part, "amount": Coded(places, [format_yuan(each, grouped=False) for each in sums.tolist()])}


def in_fen(part: Part) -> Part:
    """The same rows with the amounts named as fen, for programs."""
    return {("amount_fen" if name == "amount" else name): column for name, column in part.items()}
