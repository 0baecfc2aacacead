"""Deciding a folder of tables by one of three engines; all write the same rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.assessing import OUTCOME, Engine
from anmin.ground.policy.batch import run
from anmin.ground.policy.chain import Chain, decide
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.results import in_fen, in_yuan, result_rows
from anmin.ground.policy.table_files import read_tables, write_table


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
    engine: str = "numpy",
    known_on: date | None = None,
    granted_only: bool = False,
) -> str:
    """The decisions are in the file; returns a sentence that says how many.

    Refuses tables with faults, a month before the first value of a parameter, an ending that is neither .csv nor .parquet.
    """
    if engine != "spark" and out.suffix not in (".csv", ".parquet"):
        raise BadValue(f"结果文件应以 .csv 或 .parquet 结尾，现在是“{out.name}”。")
    return ENGINES[engine](Task(chain, folder, month, parameters, out, known_on, granted_only))


def _numpy(task: Task) -> str:
    return _in_process(task, run)


def _in_process(task: Task, engine: Engine) -> str:
    facts = task.chain.facts
    families = read_tables(task.folder, facts).snapshot(task.month, facts.values())
    found = decide(task.chain, families.batch, task.month, task.parameters, task.known_on, with_findings=True, engine=engine)
    rows = result_rows(found, families, granted_only=task.granted_only)
    write_table(task.out, in_yuan(rows) if task.out.suffix == ".csv" else in_fen(rows))
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

    return _in_process(task, run_sql)


ENGINES: dict[str, Callable[[Task], str]] = {"numpy": _numpy, "spark": _spark, "duckdb": _duckdb}
"""By what the rules are worked."""
