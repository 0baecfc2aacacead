"""The rules as SQL, for an engine that shares no line of reckoning with ours: each body run once on symbols that write SQL.

`run_sql` answers as `batch.run` does, so one can stand in for the other: an auditor's second opinion on the same facts. DuckDB
works it; amounts are 64-bit whole numbers there, and what would pass them is an error, never a wrapped number.
"""

# ruff: noqa: S608  names of rules and facts are put together here, out of our own source; no value of a user is

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np

from anmin.base.errors import BadValue
from anmin.ground.policy.arrow import arrow
from anmin.ground.policy.batch import INNER, Batch, Result
from anmin.ground.policy.facts import MISSING, Fact, Undetermined
from anmin.ground.policy.operators import PER_MILLE, PLAIN, Operators
from anmin.ground.policy.rules import Rule
from anmin.ground.policy.ruleset import LEVELS, Plan

FLOOR = "CREATE OR REPLACE MACRO floor_div(a, b) AS (a // b) - CASE WHEN a % b <> 0 AND ((a < 0) <> (b < 0)) THEN 1 ELSE 0 END"
"""SQL cuts a quotient off towards zero; the rules round down."""


def run_sql(batch: Batch, plan: Plan, wanted: Collection[str]) -> Result:
    """What `batch.run` gives, reckoned by DuckDB. Refuses, in a sentence, where DuckDB is not installed."""
    plan = plan.reduced_to(wanted)
    return _Database(batch, plan).result(wanted)


class Sql:
    """A piece of SQL: a number, or a yes or no."""

    __hash__ = None  # type: ignore[assignment]  # equality makes a comparison, so a set of them would be nonsense

    def __init__(self, text: str) -> None:
        self.text = text

    def _with(self, sign: str, other: object) -> "Sql":
        return Sql(f"({self.text} {sign} {text(other)})")

    def _behind(self, sign: str, other: object) -> "Sql":
        return Sql(f"({text(other)} {sign} {self.text})")

    def __add__(self, other: object) -> "Sql":
        return self._with("+", other)

    def __radd__(self, other: object) -> "Sql":
        return self._behind("+", other)

    def __sub__(self, other: object) -> "Sql":
        return self._with("-", other)

    def __rsub__(self, other: object) -> "Sql":
        return self._behind("-", other)

    def __mul__(self, other: object) -> "Sql":
        return self._with("*", other)

    def __rmul__(self, other: object) -> "Sql":
        return self._behind("*", other)

    def __lt__(self, other: object) -> "Sql":
        return self._with("<", other)

    def __le__(self, other: object) -> "Sql":
        return self._with("<=", other)

    def __gt__(self, other: object) -> "Sql":
        return self._with(">", other)

    def __ge__(self, other: object) -> "Sql":
        return self._with(">=", other)

    def __eq__(self, other: object) -> "Sql":  # type: ignore[override]  # as columns do
        return self._with("=", other)

    def __ne__(self, other: object) -> "Sql":  # type: ignore[override]  # as columns do
        return self._with("<>", other)

    def __and__(self, other: object) -> "Sql":
        return self._with("AND", other)

    def __rand__(self, other: object) -> "Sql":
        return self._behind("AND", other)

    def __or__(self, other: object) -> "Sql":
        return self._with("OR", other)

    def __ror__(self, other: object) -> "Sql":
        return self._behind("OR", other)


def text(value: object) -> str:
    """A value in SQL; whole numbers are 64 bits wide."""
    if isinstance(value, Sql):
        return value.text
    if isinstance(value, bool | np.bool_):
        return "TRUE" if value else "FALSE"
    return f"{int(cast(int, value))}::BIGINT"


class _Words:
    """The vocabulary of the rules over SQL."""

    def either(self, condition: object, then: object, otherwise: object) -> Sql:
        return Sql(f"CASE WHEN {text(condition)} THEN {text(then)} ELSE {text(otherwise)} END")

    whichever = either

    def least(self, first: object, *others: object) -> Sql:
        return Sql(f"least({', '.join(map(text, (first, *others)))})")

    def greatest(self, first: object, *others: object) -> Sql:
        return Sql(f"greatest({', '.join(map(text, (first, *others)))})")

    def half_up(self, amount: object, rate: object, among: object = 1) -> Sql:
        a, r, n = text(amount), text(rate), text(among)
        return Sql(f"floor_div(2 * {a} * {r} + {PER_MILLE} * {n}, {2 * PER_MILLE} * {n})")

    def shared(self, amount: object, among: object) -> Sql:
        a, n = text(amount), text(among)
        return Sql(f"floor_div(2 * {a} + {n}, 2 * {n})")

    def round_up(self, amount: object, step: object) -> Sql:
        a, s = text(amount), text(step)
        return Sql(f"(floor_div({a} + {s} - 1, {s}) * {s})")

    def years(self, since: object, until: object) -> Sql:
        return Sql(f"floor_div({text(until)} - {text(since)}, 10000)")

    def is_not(self, condition: object) -> Sql:
        return Sql(f"(NOT {text(condition)})")

    def differ(self, first: object, second: object) -> Sql:
        return Sql(f"({text(first)} <> {text(second)})")

    def one_of(self, code: object, *codes: object) -> Sql:
        return Sql(f"({text(code)} IN ({', '.join(map(text, codes))}))")


WORDS = cast(Operators, _Words())


@dataclass
class _Level:
    """The table of a level as it stands: each step makes a wider one."""

    table: str
    columns: set[str] = field(default_factory=set)


class _Database:
    """One reckoning: facts in, one wider table a step, columns out."""

    def __init__(self, batch: Batch, plan: Plan) -> None:
        try:
            import duckdb
        except ImportError:
            raise BadValue("用 DuckDB 计算需要先安装：pip install 'anmin[duckdb]'。") from None
        self.batch, self.plan, self.rules = batch, plan, plan.rules
        self.sizes = {"household": batch.households, **{entity: int(batch.offsets[entity][-1]) for entity in INNER}}
        self.base: Any = duckdb.connect(":memory:")
        self.base.execute("SET threads = 1")
        self.base.execute(FLOOR)
        self.constants: dict[str, Any] = dict(plan.constants)
        self.levels = {entity: _Level(entity) for entity in LEVELS[1:]}
        self.statements: list[str] = [FLOOR]
        asked = {name for made in plan.order for name in plan.inputs(made)}
        gates = {f.missing.when for f in self.rules.facts.values() if isinstance(f.missing, Undetermined) and f.missing.when}
        self.asked = {name for name in asked if self._fact(name) is not None}
        self._load({cast(Fact, self._fact(name)).name for name in self.asked}, gates)

    def _fact(self, name: str) -> Fact | None:
        return self.rules.facts.get(name) or self.rules.facts.get(name.removesuffix("_known"))

    def _load(self, names: Collection[str], gates: Collection[str]) -> None:
        """The facts as tables: as recorded, as the rules see them, and whether they are recorded."""
        pa = arrow()
        for entity, level in self.levels.items():
            columns: dict[str, Any] = {"row": np.arange(self.sizes[entity], dtype=np.int64)}
            if entity in INNER:
                sizes = np.diff(self.batch.offsets[entity])
                columns["around"] = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
            seen = ["*"]
            for name in sorted(names):
                fact = self.rules.facts[name]
                if fact.entity != entity:
                    continue
                column = self.batch.columns.get(entity, {}).get(name)
                recorded = np.full(self.sizes[entity], MISSING, dtype=np.int64) if column is None else column.astype(np.int64)
                columns[f"{name} recorded"] = recorded
                raw = f'"{name} recorded"'
                allowed = f"{raw} BETWEEN {fact.least} AND {fact.most}"
                seen.append(f'CASE WHEN {allowed} THEN {raw} ELSE {fact.placeholder}::BIGINT END AS "{name}"')
                seen.append(f'{raw} <> {MISSING} AS "{fact.known}"')
                level.columns |= {name, fact.known}
            self.base.register(f"given_{entity}", pa.table(columns))
            self._do(f"CREATE TABLE {entity} AS SELECT {', '.join(seen)} FROM given_{entity}")

    def _do(self, statement: str) -> None:
        self.statements.append(statement)
        self.base.execute(statement)

    def result(self, wanted: Collection[str]) -> Result:
        left = list(self.plan.order)
        step = 0
        while left:
            ready = [made for made in left if all(self._is_there(name) for name in self.plan.inputs(made))]
            assert ready  # the plan has no circles
            step += 1
            for entity in LEVELS:
                self._step([made for made in ready if made.entity == entity], entity, step)
            left = [made for made in left if made not in ready]
        columns = {name: self._column(name) for name in wanted}
        lacking = self._lacking()
        undetermined = np.zeros(self.batch.households, dtype=np.bool_)
        for name, rows in lacking.items():
            undetermined[self._homes(rows, self.rules.facts[name].entity)] = True
        return Result(columns, undetermined, lacking)

    def _is_there(self, name: str) -> bool:
        if name in self.constants:
            return True
        return name in self.levels[self.rules.entity_of(name)].columns if self.rules.entity_of(name) in self.levels else False

    def _step(self, rules: Sequence[Rule], entity: str, step: int) -> None:
        """The table of a level, wider by the values of some rules that need only what is there."""
        plain: dict[str, str] = {}
        aggregates: list[Rule] = []
        for made in rules:
            if made.aggregate is not None:
                aggregates.append(made)
                continue
            version = made.version_for(self.plan.month)
            assert version is not None  # the plan holds only what is in force
            cells = [self._cell(name) for name in version.inputs]
            found: Any = version.body(PLAIN if not any(isinstance(each, Sql) for each in cells) else WORDS, *cells)
            if isinstance(found, Sql):
                plain[made.name] = found.text
            else:
                self.constants[made.name] = found
        if not plain and not aggregates:
            return
        level = self.levels[entity]
        named = [f'{sql} AS "{name}"' for name, sql in plain.items()]
        named += [f'{self._default(made)} AS "{made.name}"' for made in aggregates]
        joins = _around(entity, self.levels)
        if aggregates:
            inner = INNER[LEVELS.index(entity) - 1]
            parts = ", ".join(f'{self._aggregated(made)} AS "{made.name}"' for made in aggregates)
            source = f"{self.levels[inner].table} AS {inner}{_around(inner, self.levels)}"
            grouped = f"SELECT {inner}.around AS group_row, {parts} FROM {source} GROUP BY 1"
            joins += f" LEFT JOIN ({grouped}) AS inside ON inside.group_row = {entity}.row"
        table = f"{entity}_{step}"
        self._do(f"CREATE TABLE {table} AS SELECT {entity}.*, {', '.join(named)} FROM {level.table} AS {entity}{joins}")
        level.table = table
        level.columns |= {*plain, *(made.name for made in aggregates)}

    def _cell(self, name: str) -> Any:
        if name in self.constants:
            return self.constants[name]
        return Sql(f'{self.rules.entity_of(name)}."{name}"')

    def _aggregated(self, made: Rule) -> str:
        assert made.aggregate is not None
        of = self._cell(made.aggregate.of)
        where = text(self._cell(made.aggregate.where)) if made.aggregate.where else "TRUE"
        if made.aggregate.how in ("any", "count"):
            held = f"CASE WHEN {where} AND {text(of)} THEN 1 ELSE 0 END"
            return f"max({held}) = 1" if made.aggregate.how == "any" else f"sum({held})::BIGINT"
        value = f"CASE WHEN {where} THEN {self._number(made.aggregate.of, of)} ELSE 0 END"
        return f"greatest(max({value}), 0)" if made.aggregate.how == "maximum" else f"sum({value})::BIGINT"

    def _number(self, name: str, value: Any) -> str:
        """A yes counts as one where yeses are added up."""
        is_truth = name in self.rules.rules and self.rules.rules[name].unit == "truth"
        return f"({text(value)})::BIGINT" if is_truth else text(value)

    def _default(self, made: Rule) -> str:
        assert made.aggregate is not None
        return f'coalesce(inside."{made.name}", {"FALSE" if made.aggregate.how == "any" else "0"})'

    def _column(self, name: str) -> Any:
        entity = self.rules.entity_of(name)
        if name in self.constants:
            cell = self.constants[name]
            rows = self.sizes.get(entity, 1)
            return np.full(rows, cell, dtype=np.bool_ if isinstance(cell, bool) else np.int64)
        rows = self.base.execute(f'SELECT "{name}" FROM {self.levels[entity].table} ORDER BY row').fetchnumpy()[name]
        found = np.asarray(rows)
        return found if found.dtype == np.bool_ else found.astype(np.int64)

    # ── the gate ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _lacking(self) -> dict[str, Any]:
        """The rows of each fact that are missing where they matter, or impossible."""
        made: dict[str, Any] = {}
        for name in sorted({cast(Fact, self._fact(each)).name for each in self.asked if each in self.rules.facts}):
            fact = self.rules.facts[name]
            raw = f'{fact.entity}."{name} recorded"'
            wrong = f"({raw} <> {MISSING} AND {raw} NOT BETWEEN {fact.least} AND {fact.most})"
            if isinstance(fact.missing, Undetermined):
                matters = "TRUE" if fact.missing.when is None else text(self._cell(fact.missing.when))
                wrong += f" OR ({raw} = {MISSING} AND {matters})"
            source = f"{self.levels[fact.entity].table} AS {fact.entity}{_around(fact.entity, self.levels)}"
            found = self.base.execute(f"SELECT {fact.entity}.row FROM {source} WHERE {wrong} ORDER BY 1").fetchnumpy()["row"]
            if len(found):
                made[name] = np.asarray(found).astype(np.int64)
        return made

    def _homes(self, rows: Any, entity: str) -> Any:
        for level in reversed(INNER[: INNER.index(entity) + 1] if entity in INNER else ()):
            rows = np.searchsorted(self.batch.offsets[level], rows, side="right") - 1
        return rows


def _around(entity: str, levels: Mapping[str, _Level]) -> str:
    """The joins by which a row sees the groups it lies in."""
    made = ""
    while entity in INNER:
        outer = LEVELS[LEVELS.index(entity) - 1]
        made += f" JOIN {levels[outer].table} AS {outer} ON {outer}.row = {entity}.around"
        entity = outer
    return made


def statements(batch: Batch, plan: Plan, wanted: Collection[str]) -> list[str]:
    """The SQL of a month, statement by statement, as an auditor may run it."""
    database = _Database(batch, plan.reduced_to(wanted))
    database.result(wanted)
    return database.statements
