"""Reading tables of cells as families: keys, headings, values and periods checked, everything that is wrong named at once."""

import itertools
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anmin.ground.policy.batch import Column
from anmin.ground.policy.cells import FIRST, LAST, Cells, Coded, Faults, day, heading, number, numbers, parsed
from anmin.ground.policy.facts import MISSING, Fact
from anmin.ground.policy.families import FactTables, Names, Spells
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.programmes import PROGRAMMES

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

KEY_OF_LABEL = {table: {label: key for key, label in keys.items()} for table, keys in KEYS.items()}

_ADDRESS_OF = {label: address for address, label in PROGRAMMES.items()}
_BENEFITS = "请写项目的编号或名称，如 assistance.dibao 或最低生活保障"

ENTITY_OF = {"households": "household", "persons": "person", "supporters": "supporter"}


def tables_of(
    cells: Mapping[str, Cells],
    facts: Mapping[str, Fact],
    files: Mapping[str, str] | None = None,
    known: Mapping[str, Fact] | None = None,
) -> FactTables:
    """The families of five tables of cells; `files` are their names for messages. Facts that are only `known` are left alone.

    Refuses, all at once and with file, row and column: headings nobody knows, keys that are missing, doubled or lead nowhere,
    words that are no value of their fact, periods that overlap.
    """
    return _Reading(cells, facts, {**(known or {}), **facts}, {**TABLES, **(files or {})}).made()


class _ByKey(Mapping[str, Coded]):
    """A table whose keys go by their names, whichever way they were headed; each column is still read when it is asked for."""

    def __init__(self, table: str, cells: Cells) -> None:
        self.headings: dict[str, str] = {}
        self.doubled: list[tuple[str, str]] = []
        self._cells = cells
        for written in cells:
            key = KEY_OF_LABEL[table].get(written, written)
            if self.headings.setdefault(key, written) != written:
                self.doubled.append((self.headings[key], written))

    def __getitem__(self, key: str) -> Coded:
        return self._cells[self.headings[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.headings)

    def __len__(self) -> int:
        return len(self.headings)


class _Reading:
    def __init__(
        self, cells: Mapping[str, Cells], asked: Collection[str], facts: Mapping[str, Fact], files: Mapping[str, str]
    ) -> None:
        self.cells: dict[str, _ByKey] = {table: _ByKey(table, each) for table, each in cells.items()}
        self.asked, self.facts, self.files = asked, facts, files
        written = {(files[table], key): heading for table, each in self.cells.items() for key, heading in each.headings.items()}
        self.faults = Faults(headings=written)
        self.by_label = {(fact.entity, fact.label): fact for fact in facts.values()}

    def made(self) -> FactTables:
        for name in ("households", "persons"):
            if name not in self.cells:
                self.faults.add(self.files[name], None, "", f"缺少“{TABLES[name]}”表（{name}）")
        self.faults.close()
        self._check_headings()
        households = self.cells["households"]
        ids = self._key("households", "household", unique=True)
        place_of = dict(zip(ids, itertools.count()))
        home = self._places("persons", "household", place_of, "households")
        self.faults.close()
        order = np.argsort(home, kind="stable")
        home = home[order]
        person_ids = np.array(self._key("persons", "person"), dtype=object)[order]
        distinct = dict(zip(dict.fromkeys(person_ids.tolist()), itertools.count()))
        back = np.fromiter(map(distinct.__getitem__, person_ids.tolist()), dtype=np.int64, count=len(person_ids))
        self._check_twice_at_home(person_ids, home, back)
        kin = self._supporters(distinct, back)
        offsets = {"person": _offsets(np.bincount(home, minlength=len(ids))), "supporter": kin[1]}
        taken = {"household": None, "person": order, "supporter": kin[0]}
        columns = {
            entity: self._columns(table, entity, taken[entity]) for table, entity in ENTITY_OF.items() if table in self.cells
        }
        kindred = self.cells.get("supporters")
        spells = self._spells(place_of, distinct, back)
        holdings = self._holdings(distinct, back)
        self.faults.close()
        return FactTables(
            household_ids=np.array(ids, dtype=object),
            areas=_texts(households.get("area"), len(ids), None),
            person_ids=person_ids,
            person_names=_texts(self.cells["persons"].get("name"), len(person_ids), order),
            supporter_names=_texts(kindred.get("name") if kindred else None, len(kin[0]), kin[0]),
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
            doubled, of_fact = cells.doubled.copy(), dict[str, str]()
            for column in cells:
                if column in KEYS[table]:
                    continue
                fact = None if entity is None else self._fact(entity, column)
                if fact is None:
                    self.faults.add(self.files[table], None, column, "不认识这一列，请对照事实表说明检查列名")
                elif of_fact.setdefault(fact.name, column) != column:
                    doubled.append((of_fact[fact.name], column))
            for first, second in doubled:
                self.faults.add(self.files[table], None, second, f"与“{first}”是同一列，请删去一列")
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

        made = _looked_up(cells, among)
        for place in np.flatnonzero(made == -2).tolist():
            row = int(np.argmax(cells.places == place))
            self.faults.add(self.files[table], row, column, f"“{cells.words[place]}”不在“{TABLES[named]}”表中")
        return made[cells.places]

    def _check_twice_at_home(self, person_ids: Names, home: Ints, back: Ints) -> None:
        order = np.lexsort((back, home))
        again = (np.diff(home[order]) == 0) & (np.diff(back[order]) == 0)
        for name in person_ids[order[1:][again]].tolist():
            self.faults.add(self.files["persons"], None, "person", f"“{name}”在同一户中出现两次")

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
        for column in self.cells[table]:
            fact = self._fact(entity, column)
            if column in KEYS[table] or fact is None or fact.name not in self.asked:
                continue
            found = numbers(fact, column, self.cells[table][column], self.files[table], self.faults)
            found = found if rows is None else found[rows]
            made[fact.name] = found.astype(np.int32) if found.max(initial=0) <= np.iinfo(np.int32).max else found
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
            if fact.name not in self.asked:
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
        made = _looked_up(cells, among)
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
        pieces: dict[str, list[Ints]] = {}
        for place, word in enumerate(cells["benefit"].words):
            rows = np.flatnonzero(cells["benefit"].places == place)
            benefit = str(word) if str(word) in PROGRAMMES else _ADDRESS_OF.get(str(word))
            if benefit is None:
                self.faults.add(self.files["holdings"], int(rows[0]), "benefit", f"不认识“{word}”这项待遇，{_BENEFITS}")
                continue
            pieces.setdefault(benefit, []).append(rows[of[rows] >= 0])
        made = {}
        for benefit, found in pieces.items():
            rows = np.concatenate(found)
            share = Spells(of[rows], np.ones(len(rows), dtype=np.int64), first[rows], last[rows])
            made[benefit] = _repeated(share, back)
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


def _looked_up(cells: Coded, among: Mapping[str, int]) -> Ints:
    """The place of each word elsewhere, -2 where it is not there, and at the end what a blank cell is."""
    found = map(among.get, map(str, cells.words), itertools.repeat(-2))
    return np.append(np.fromiter(found, dtype=np.int64, count=len(cells.words)), MISSING)


def _offsets(counts: NDArray[Any]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
