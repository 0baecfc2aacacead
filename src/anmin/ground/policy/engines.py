"""Deciding a folder of tables by one of several engines; all write the same rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.assessing import OUTCOME
from anmin.ground.policy.batch import Batch
from anmin.ground.policy.chain import Chain, Decided, decide
from anmin.ground.policy.compiled.engine import Compiled, Compiler
from anmin.ground.policy.compiled.machine import installed
from anmin.ground.policy.layouts import layouts_of
from anmin.ground.policy.months import mark, rows_within, some_of
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.results import REPEATED, in_fen, in_yuan, result_parts
from anmin.ground.policy.table_files import read_tables, write_parts

WORTH_COMPILING = 300_000
"""From so many families on, a program is sooner compiled and run than the rules are worked without one."""


@dataclass(frozen=True)
class Task:
    """What is to be decided, and where to."""

    chain: Chain
    folder: Path
    month: Month
    parameters: Parameters
    out: Path
    known_on: date | None
    granted_only: bool


def assess_folder(
    chain: Chain,
    folder: Path,
    month: Month,
    parameters: Parameters,
    out: Path,
    *,
    engine: str = "auto",
    known_on: date | None = None,
    granted_only: bool = False,
) -> str:
    """The decisions are in the file; returns a sentence that says how many.

    Left to itself (`auto`) it compiles where there are many families and a compiler, and works with numpy otherwise.
    Refuses tables with faults, a month before the first value of a parameter, an ending that is neither .csv nor .parquet.
    """
    if engine != "spark" and out.suffix not in (".csv", ".parquet"):
        raise BadValue(f"结果文件应以 .csv 或 .parquet 结尾，现在是“{out.name}”。")
    return ENGINES[engine](Task(chain, folder, month, parameters, out, known_on, granted_only))


def _auto(task: Task) -> str:
    return _in_process(task, _best)


def _best(task: Task, batch: Batch) -> Decided:
    return (_by_program if batch.households >= WORTH_COMPILING and installed() else _with_numpy)(task, batch)


def _numpy(task: Task) -> str:
    return _in_process(task, _with_numpy)


def _with_numpy(task: Task, batch: Batch) -> Decided:
    return decide(task.chain, batch, task.month, task.parameters, task.known_on, with_findings=True)


def _compiled(task: Task) -> str:
    return _in_process(task, _by_program)


def _by_program(task: Task, batch: Batch) -> Decided:
    """By a compiled program; it does not say what is missing, so families with an open question are asked again without it."""
    facts = task.chain.facts
    layout = layouts_of({task.month: batch}, facts)[task.month].with_room()
    ready = Compiled(Compiler(), task.chain, layout, task.month, task.parameters, task.known_on, with_findings=True)
    made = ready.decided(batch)
    open_question = np.zeros(batch.households, dtype=np.bool_)
    for found in made.values():
        mark(open_question, batch, found.programme.unit, found.undetermined)
    rows = rows_within(batch, np.flatnonzero(open_question))
    again = _with_numpy(task, some_of(batch, rows)).assessed
    for address, found in made.items():
        lacking = {name: rows[facts[name].entity][each] for name, each in again[address].lacking.items()}
        made[address] = replace(found, lacking=lacking)
    return Decided(task.month, batch, made)


def _in_process(task: Task, deciding: Callable[[Task, Batch], Decided]) -> str:
    facts = task.chain.facts
    families = read_tables(task.folder, facts, task.chain.known_facts).snapshot(task.month, facts.values())
    found = deciding(task, families.batch)
    parts = result_parts(found, families, granted_only=task.granted_only)
    write_parts(task.out, map(in_yuan if task.out.suffix == ".csv" else in_fen, parts), repeated=REPEATED)
    return _told(task, families.batch.households, [each.outcome for each in found.assessed.values()])


def _told(task: Task, households: int, outcomes: list[Ints]) -> str:
    parts = []
    for programme, outcome in zip(task.chain.values(), outcomes, strict=True):
        what = "户" if programme.unit == "household" else "人"
        granted = int((outcome == OUTCOME["eligible"]).sum())
        open_question = int((outcome == OUTCOME["undetermined"]).sum())
        more = f"（另有 {open_question} {what}暂不能认定）" if open_question else ""
        parts.append(f"{programme.label} {granted} {what}{more}")
    return f"{task.month.label}，{households} 户：{'；'.join(parts)}。结果已写入 {task.out}。"


def _spark(task: Task) -> str:
    from anmin.ground.policy.spark import assess_with_spark

    return assess_with_spark(
        task.chain, task.folder, task.month, task.parameters, task.out, task.known_on, granted_only=task.granted_only
    )


def _duckdb(task: Task) -> str:
    from anmin.ground.policy.sql import run_sql

    def deciding(task: Task, batch: Batch) -> Decided:
        return decide(task.chain, batch, task.month, task.parameters, task.known_on, with_findings=True, engine=run_sql)

    return _in_process(task, deciding)


ENGINES: dict[str, Callable[[Task], str]] = {
    "auto": _auto,
    "numpy": _numpy,
    "compiled": _compiled,
    "spark": _spark,
    "duckdb": _duckdb,
}
"""By what the rules are worked."""
