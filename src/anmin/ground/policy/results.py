"""What a chain decides, as rows: one for each family, or person of it, and programme; with the reasons in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Assessed
from anmin.ground.policy.chain import Decided
from anmin.ground.policy.families import Snapshot
from anmin.ground.policy.operators import Ints
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

SEPARATOR = "；"


def result_rows(decided: Decided, families: Snapshot, *, granted_only: bool = False) -> dict[str, list[Any]]:
    """All rows of a month in columns, programme after programme; amounts in fen.

    With `granted_only`, only what is granted or cannot be decided.
    """
    made: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for address, found in decided.assessed.items():
        rows = np.flatnonzero(found.outcome != 0) if granted_only else np.arange(len(found.outcome))
        of_person = found.programme.unit == "person"
        home = families.household_of_person[rows] if of_person else rows
        made["household"] += families.household_ids[home].tolist()
        made["person"] += families.person_ids[rows].tolist() if of_person else [""] * len(rows)
        made["programme"] += [address] * len(rows)
        made["month"] += [str(decided.month)] * len(rows)
        outcomes = list(OUTCOMES)
        made["outcome"] += [outcomes[each] for each in found.outcome[rows].tolist()]
        made["amount"] += found.amount[rows].tolist()
        routes = list(found.programme.routes or ())
        made["route"] += [routes[each] if routes and each < len(routes) else "" for each in found.route[rows].tolist()]
        reasons = reasons_of(found, decided)
        made["reasons"] += [reasons[each] for each in rows.tolist()]
    return made


def reasons_of(found: Assessed, decided: Decided) -> list[str]:
    """The reasons for each unit: what is lacking where nothing can be decided, otherwise the labels of its findings."""
    texts = findings_of(found, np.arange(len(found.outcome), dtype=np.int64))
    lacking = _lacking(found, decided)
    for row in np.flatnonzero(found.undetermined).tolist():
        texts[row] = "缺少：" + "、".join(lacking.get(row, ()))
    return texts


def findings_of(found: Assessed, rows: Ints) -> list[str]:
    """The labels of the findings about some units of whom nothing is lacking."""
    rules = found.programme.rules
    labels = [rules.rules[name].label for name in found.findings]
    return _joined([held[rows] for held in found.findings.values()], labels, len(rows))


def _joined(columns: Sequence[Any], labels: Sequence[str], rows: int) -> list[str]:
    """For each row the labels of the columns that hold; each combination is put into words once."""
    if not columns:
        return [""] * rows
    packed = np.packbits(np.stack(columns, axis=1), axis=1)
    kinds, back = np.unique(packed, axis=0, return_inverse=True)
    held = np.unpackbits(kinds, axis=1, count=len(labels))
    words = [SEPARATOR.join(label for label, holds in zip(labels, row, strict=True) if holds) for row in held.tolist()]
    return [words[each] for each in back.reshape(-1).tolist()]


def _lacking(found: Assessed, decided: Decided) -> Mapping[int, list[str]]:
    """The labels of what is missing about each unit, in the order in which the facts are declared, whichever engine decided."""
    made: dict[int, list[str]] = {}
    offsets = decided.batch.offsets
    unit = found.programme.unit
    for name, fact in found.programme.rules.facts.items():
        if name not in found.lacking:
            continue
        for row in _unit_rows(found.lacking[name], fact.entity, unit, offsets).tolist():
            said = made.setdefault(row, [])
            if fact.label not in said:
                said.append(fact.label)
    return made


def _unit_rows(rows: Ints, entity: str, unit: str, offsets: Mapping[str, Ints]) -> Ints:
    """The units that rows of a level are about: those around them, or all persons of a household."""
    if entity == "supporter":
        rows, entity = np.searchsorted(offsets["supporter"], rows, side="right") - 1, "person"
    if unit == "household":
        return rows if entity == "household" else np.searchsorted(offsets["person"], rows, side="right") - 1
    of = offsets["person"]
    homes = rows if entity == "household" else np.unique(np.searchsorted(of, rows, side="right") - 1)
    # What is missing of one member may leave the others of the family undecided as well.
    return np.concatenate([np.arange(of[home], of[home + 1]) for home in homes.tolist()] or [np.zeros(0, dtype=np.int64)])


def in_yuan(rows: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """The same rows with amounts in yuan, for people."""
    return {**rows, "amount": [format_yuan(each, grouped=False) for each in rows["amount"]]}


def in_fen(rows: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """The same rows with the amounts named as fen, for programs."""
    return {("amount_fen" if name == "amount" else name): column for name, column in rows.items()}
