"""Families as tables: what the rules ask of households, persons and those who owe support, without any database.

`FactTables` holds them in columns, with what changes over time as spells and what is held as holdings; `on` gives the facts
of a month as the engine reads them. Files are read by `table_files`; the platform writes its own tables in the same form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from anmin.base.periods import Month
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.cells import FIRST, LAST, Cells, Coded, Faults, day, heading, number, numbers, parsed
from anmin.ground.policy.facts import MISSING, Fact
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.ruleset import LEVELS

HELD = "held."
"""A fact of this kind says whether the person is covered by a benefit."""

TABLES: dict[str, str] = {
    "households": "家庭",
    "persons": "成员",
    "supporters": "义务人",
    "facts": "随时间变化的事实",
    "holdings": "在享待遇",
}
"""The tables of a folder; the first two must be there."""

KEYS: dict[str, dict[str, str]] = {
    "households": {"household": "家庭编号", "area": "所属地区"},
    "persons": {"person": "人员编号", "household": "家庭编号", "name": "姓名"},
    "supporters": {"supporter": "义务人编号", "person": "被赡养、抚养、扶养人编号", "name": "姓名"},
    "facts": {
        "household": "家庭编号",
        "person": "人员编号",
        "fact": "事实",
        "value": "数值",
        "valid_from": "起始日期",
        "valid_until": "截止日期",
    },
    "holdings": {
        "person": "人员编号",
        "benefit": "待遇",
        "route": "方式",
        "valid_from": "起始日期",
        "valid_until": "截止日期",
    },
}
"""The columns that are no facts."""

NEEDED: dict[str, tuple[str, ...]] = {
    "households": ("household",),
    "persons": ("person", "household"),
    "supporters": ("person",),
    "facts": ("fact", "value"),
    "holdings": ("person", "benefit"),
}

ENTITY_OF = {"households": "household", "persons": "person", "supporters": "supporter"}

Names = NDArray[Any]


@dataclass(frozen=True)
class Spells:
    """Values over time: which row, which value, from which to which day (as 20240701, the last included)."""

    rows: Ints
    values: Ints
    first: Ints
    last: Ints

    def on(self, day_number: int) -> Bools:
        """Which of them are in force on a day."""
        return (self.first <= day_number) & (day_number <= self.last)


@dataclass(frozen=True)
class Snapshot:
    """Many families on the first day of a month: their facts, who and where they are, and what they hold.

    `held` says of each person whether a benefit covers them; None where nothing is known of holdings. A family stands in a
    second row where two of its members each hold something of their own; such rows are `again`.
    """

    month: Month
    batch: Batch
    household_ids: Names
    areas: Names
    person_ids: Names
    person_names: Names
    held: Mapping[str, Bools] | None
    again: Bools

    @property
    def household_of_person(self) -> Ints:
        """The row of the household of each person."""
        return np.repeat(np.arange(self.batch.households, dtype=np.int64), np.diff(self.batch.offsets["person"]))


class Families(Protocol):
    """Where families come from: a folder of tables, or the register."""

    def snapshot(self, month: Month, facts: Iterable[Fact]) -> Snapshot:
        """The families on the first day of a month, with the facts that are asked for."""


@dataclass(frozen=True)
class FactTables:
    """Many families in columns; persons sorted by household, supporters by person, as in a `Batch`.

    `columns` are the facts that hold throughout, by level and name; `spells` those with a period, which win on the days they
    cover. `holdings` are the persons covered by a benefit over time; None when no table of holdings was given.
    """

    household_ids: Names
    areas: Names
    person_ids: Names
    person_names: Names
    supporter_names: Names
    offsets: Mapping[str, Ints]
    columns: Mapping[str, Mapping[str, Column]]
    spells: Mapping[str, Mapping[str, Spells]] = field(default_factory=dict)
    holdings: Mapping[str, Spells] | None = None

    @property
    def households(self) -> int:
        return len(self.household_ids)

    @property
    def persons(self) -> int:
        return len(self.person_ids)

    @property
    def household_of_person(self) -> Ints:
        """The row of the household of each person."""
        return np.repeat(np.arange(self.households, dtype=np.int64), np.diff(self.offsets["person"]))

    def rows(self, entity: str) -> int:
        return self.households if entity == "household" else int(self.offsets[entity][-1])

    def snapshot(self, month: Month, facts: Iterable[Fact]) -> Snapshot:
        """The families on the first day of a month, with the facts that are asked for."""
        held = None
        if self.holdings is not None:
            held = {benefit: np.zeros(self.persons, dtype=np.bool_) for benefit in self.holdings}
            for benefit, share in self.holdings.items():
                held[benefit][share.rows[share.on(_number(month.first_day))]] = True
        return Snapshot(
            month,
            self.on(month, facts),
            self.household_ids,
            self.areas,
            self.person_ids,
            self.person_names,
            held,
            np.zeros(self.households, dtype=np.bool_),
        )

    def on(self, month: Month, facts: Iterable[Fact]) -> Batch:
        """The facts as they are on the first day of a month, those only that are asked for."""
        first = _number(month.first_day)
        columns: dict[str, dict[str, Column]] = {entity: {} for entity in LEVELS[1:]}
        for fact in facts:
            column = self._column(fact, first)
            if column is not None:
                columns[fact.entity][fact.name] = column
        return Batch(self.households, self.offsets, columns)

    def _column(self, fact: Fact, first: int) -> Column | None:
        column = self.columns.get(fact.entity, {}).get(fact.name)
        spells = self.spells.get(fact.entity, {}).get(fact.name)
        if spells is None and column is None and fact.kind.startswith(HELD) and self.holdings is not None:
            held = np.zeros(self.rows(fact.entity), dtype=np.int64)
            share = self.holdings.get(fact.kind.removeprefix(HELD))
            if share is not None:
                held[share.rows[share.on(first)]] = 1
            return held
        if spells is None:
            return column
        made = np.full(self.rows(fact.entity), MISSING, dtype=np.int64) if column is None else column.astype(np.int64)
        now = spells.on(first)
        made[spells.rows[now]] = spells.values[now]
        return made


def tables_of(cells: Mapping[str, Cells], facts: Mapping[str, Fact], files: Mapping[str, str] | None = None) -> FactTables:
    """The families of five tables of cells; `files` are their names for messages.

    Refuses, all at once and with file, row and column: headings nobody knows, keys that are missing, doubled or lead nowhere,
    words that are no value of their fact, periods that overlap.
    """
    return _Reading(cells, facts, {**{name: TABLES[name] for name in TABLES}, **(files or {})}).made()


class _Reading:
    def __init__(self, cells: Mapping[str, Cells], facts: Mapping[str, Fact], files: Mapping[str, str]) -> None:
        self.cells, self.facts, self.files = cells, facts, files
        self.faults = Faults()
        self.by_label = {(fact.entity, fact.label): fact for fact in facts.values()}

    def made(self) -> FactTables:
        for name in ("households", "persons"):
            if name not in self.cells:
                self.faults.add(self.files[name], None, "", f"缺少“{TABLES[name]}”表（{name}）")
        self.faults.close()
        self._check_headings()
        households = self.cells["households"]
        ids = self._key("households", "household", unique=True)
        place_of = {name: row for row, name in enumerate(ids)}
        home = self._places("persons", "household", place_of, "households")
        self.faults.close()
        order = np.argsort(home, kind="stable")
        home = home[order]
        person_ids = np.array(self._key("persons", "person"), dtype=object)[order]
        self._check_twice_at_home(person_ids, home)
        distinct = {name: place for place, name in enumerate(dict.fromkeys(person_ids.tolist()))}
        back = np.array([distinct[name] for name in person_ids.tolist()], dtype=np.int64)
        kin = self._supporters(distinct, back)
        offsets = {"person": _offsets(np.bincount(home, minlength=len(ids))), "supporter": kin[1]}
        taken = {"household": None, "person": order, "supporter": kin[0]}
        columns = {
            entity: self._columns(table, entity, taken[entity]) for table, entity in ENTITY_OF.items() if table in self.cells
        }
        spells = self._spells(place_of, distinct, back)
        holdings = self._holdings(distinct, back)
        self.faults.close()
        return FactTables(
            household_ids=np.array(ids, dtype=object),
            areas=_texts(households.get("area"), len(ids), None),
            person_ids=person_ids,
            person_names=_texts(self.cells["persons"].get("name"), len(person_ids), order),
            supporter_names=_texts(self.cells.get("supporters", {}).get("name"), len(kin[0]), kin[0]),
            offsets=offsets,
            columns=columns,
            spells=spells,
            holdings=holdings,
        )

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _check_headings(self) -> None:
        for table, cells in self.cells.items():
            for column in NEEDED[table]:
                if column not in cells:
                    self.faults.add(self.files[table], None, column, f"缺少这一列（{KEYS[table][column]}）")
            entity = ENTITY_OF.get(table)
            for column in cells:
                if column not in KEYS[table] and (entity is None or self._fact(entity, column) is None):
                    self.faults.add(self.files[table], None, column, "不认识这一列，请对照事实表说明检查列名")
        self.faults.close()

    def _fact(self, entity: str, column: str) -> Fact | None:
        """The fact a heading means: its name or its Chinese label."""
        fact = self.facts.get(heading(column))
        if fact is not None and fact.entity == entity:
            return fact
        return self.by_label.get((entity, heading(column)))

    def _key(self, table: str, column: str, *, unique: bool = False) -> list[str]:
        cells = self.cells[table][column]
        for row in np.flatnonzero(cells.places < 0).tolist():
            self.faults.add(self.files[table], row, column, f"没有填写{KEYS[table][column]}")
        if unique:
            found = cells.places[cells.places >= 0]
            if len(np.unique(found)) != len(found):
                counts = np.bincount(found)
                for place in np.flatnonzero(counts > 1).tolist():
                    row = int(np.flatnonzero(cells.places == place)[1])
                    self.faults.add(self.files[table], row, column, f"“{cells.words[place]}”重复，一户只写一行")
        return cells.texts()

    def _places(self, table: str, column: str, among: Mapping[str, int], named: str) -> Ints:
        """Where the words of a key stand in another table; a word that is not there is a fault."""
        cells = self.cells[table][column]
        for row in np.flatnonzero(cells.places < 0).tolist():
            self.faults.add(self.files[table], row, column, f"没有填写{KEYS[table][column]}")

        def found(word: Any) -> int:
            place = among.get(str(word))
            return place if place is not None else -2

        made = np.array([*(found(word) for word in cells.words), MISSING], dtype=np.int64)
        for place in np.flatnonzero(made == -2).tolist():
            row = int(np.argmax(cells.places == place))
            self.faults.add(self.files[table], row, column, f"“{cells.words[place]}”不在“{TABLES[named]}”表中")
        return made[cells.places]

    def _check_twice_at_home(self, person_ids: Names, home: Ints) -> None:
        seen: set[tuple[str, int]] = set()
        for pair in zip(person_ids.tolist(), home.tolist(), strict=True):
            if pair in seen:
                self.faults.add(self.files["persons"], None, "person", f"“{pair[0]}”在同一户中出现两次")
            seen.add(pair)

    def _supporters(self, distinct: Mapping[str, int], back: Ints) -> tuple[Ints, Ints]:
        """The rows of the supporters of every person in order, those of a person in two households twice; their offsets."""
        if "supporters" not in self.cells:
            return np.zeros(0, dtype=np.int64), np.zeros(len(back) + 1, dtype=np.int64)
        of = self._places("supporters", "person", distinct, "persons")
        self.faults.close()
        order = np.argsort(of, kind="stable")
        counts = np.bincount(of, minlength=len(distinct)).astype(np.int64)
        starts, each = _offsets(counts)[:-1], counts[back]
        offsets = _offsets(each)
        taken = np.repeat(starts[back] - offsets[:-1], each) + np.arange(offsets[-1], dtype=np.int64)
        return order[taken], offsets

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _columns(self, table: str, entity: str, rows: Ints | None) -> dict[str, Column]:
        made: dict[str, Column] = {}
        for column, cells in self.cells[table].items():
            fact = self._fact(entity, column)
            if column in KEYS[table] or fact is None:
                continue
            found = numbers(fact, column, cells, self.files[table], self.faults)
            made[fact.name] = found if rows is None else found[rows]
        return made

    def _spells(self, homes: Mapping[str, int], distinct: Mapping[str, int], back: Ints) -> dict[str, dict[str, Spells]]:
        made: dict[str, dict[str, Spells]] = {"household": {}, "person": {}, "supporter": {}}
        cells = self.cells.get("facts")
        if cells is None:
            return made
        file = self.files["facts"]
        first, last = self._period("facts", cells)
        blank = Coded(np.full(len(cells["fact"]), MISSING, dtype=np.int64), ())
        whose = {
            "household": self._owners(cells.get("household", blank), homes, "household"),
            "person": self._owners(cells.get("person", blank), distinct, "person"),
        }
        pieces: dict[str, list[tuple[Ints, Ints]]] = {}
        for place, word in enumerate(cells["fact"].words):
            rows = np.flatnonzero(cells["fact"].places == place)
            named = heading(str(word))
            fact = self.facts.get(named) or next((each for each in self.facts.values() if each.label == named), None)
            if fact is None or fact.entity not in whose:
                self.faults.add(file, int(rows[0]), "fact", f"“{word}”不是家庭或成员的事实，请对照事实表说明检查")
                continue
            of = whose[fact.entity][rows]
            for row in rows[of < 0].tolist():
                self.faults.add(file, row, fact.entity, f"没有填写{KEYS['facts'][fact.entity]}")
            values = self._values(fact, str(word), cells["value"].take(rows), rows)
            pieces.setdefault(fact.name, []).append((rows, values))
        for name, found in pieces.items():
            # One fact may stand under its name here and under its label there.
            fact = self.facts[name]
            rows = np.concatenate([rows for rows, _ in found])
            values = np.concatenate([values for _, values in found])
            spells = Spells(whose[fact.entity][rows], values, first[rows], last[rows])
            self._check_overlap(spells, rows, fact.label)
            made[fact.entity][name] = _repeated(spells, back) if fact.entity == "person" else spells
        return made

    def _values(self, fact: Fact, word: str, cells: Coded, rows: Ints) -> Ints:
        made = np.full(len(cells), MISSING, dtype=np.int64)
        for place in np.unique(cells.places[cells.places >= 0]).tolist():
            here = cells.places == place
            try:
                made[here] = number(fact, cells.words[place], in_fen=word != heading(word))
            except ValueError as error:
                self.faults.add(self.files["facts"], int(rows[np.argmax(here)]), "value", str(error))
        return made

    def _owners(self, cells: Coded, among: Mapping[str, int], column: str) -> Ints:
        made = np.array([*(among.get(str(word), -2) for word in cells.words), MISSING], dtype=np.int64)
        for place in np.flatnonzero(made == -2).tolist():
            named = "households" if column == "household" else "persons"
            row = int(np.argmax(cells.places == place))
            self.faults.add(self.files["facts"], row, column, f"“{cells.words[place]}”不在“{TABLES[named]}”表中")
        return made[cells.places]

    def _holdings(self, distinct: Mapping[str, int], back: Ints) -> dict[str, Spells] | None:
        cells = self.cells.get("holdings")
        if cells is None:
            return None
        of = self._places("holdings", "person", distinct, "persons")
        first, last = self._period("holdings", cells)
        made = {}
        for place, benefit in enumerate(cells["benefit"].words):
            rows = np.flatnonzero((cells["benefit"].places == place) & (of >= 0))
            share = Spells(of[rows], np.ones(len(rows), dtype=np.int64), first[rows], last[rows])
            made[str(benefit)] = _repeated(share, back)
        return made

    def _period(self, table: str, cells: Cells) -> tuple[Ints, Ints]:
        rows = len(next(iter(cells.values())))
        made = []
        for column, blank in (("valid_from", FIRST), ("valid_until", LAST)):
            given = cells.get(column)
            made.append(
                np.full(rows, blank, dtype=np.int64)
                if given is None
                else parsed(given, day, column, self.files[table], self.faults, blank)
            )
        for row in np.flatnonzero(made[0] > made[1]).tolist():
            self.faults.add(self.files[table], row, "valid_until", "早于起始日期，请检查")
        return made[0], made[1]

    def _check_overlap(self, spells: Spells, rows: Ints, label: str) -> None:
        order = np.lexsort((spells.first, spells.rows))
        same = (spells.rows[order][1:] == spells.rows[order][:-1]) & (spells.first[order][1:] <= spells.last[order][:-1])
        for place in np.flatnonzero(same).tolist():
            self.faults.add(self.files["facts"], int(rows[order[place + 1]]), "valid_from", f"“{label}”的期间与另一行重叠")


def _repeated(spells: Spells, back: Ints) -> Spells:
    """Spells of distinct persons as spells of rows: a person in two households has two."""
    if len(back) == 0 or int(back.max()) + 1 == len(back):
        return spells  # everybody once, in this order
    order = np.argsort(back, kind="stable")
    counts = np.bincount(back).astype(np.int64)
    starts, each = _offsets(counts)[:-1], counts[spells.rows]
    offsets = _offsets(each)
    taken = np.repeat(starts[spells.rows] - offsets[:-1], each) + np.arange(offsets[-1], dtype=np.int64)
    again = np.repeat(np.arange(len(spells.rows)), each)
    return Spells(order[taken], spells.values[again], spells.first[again], spells.last[again])


def _texts(cells: Coded | None, rows: int, order: Ints | None) -> Names:
    made = np.array(cells.texts() if cells is not None else [""] * rows, dtype=object)
    return made if cells is None or order is None else made[order]


def _offsets(counts: NDArray[Any]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _number(on: date) -> int:
    return on.year * 10_000 + on.month * 100 + on.day
