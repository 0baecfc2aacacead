"""A form: the columns of a file that somebody sends, and what becomes of its rows.

A room declares its forms as `ImportForm` constants; the assembly registers them here. Nothing in this room knows what a
form is about.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.imports.models import ImportBatch

Kind = Literal[
    "text", "name", "identity_number", "account", "phone", "date", "yuan", "count", "yes_no", "choice", "town", "village"
]

KIND_LABELS: dict[Kind, str] = {
    "text": "文字",
    "name": "姓名",
    "identity_number": "身份证号（文本格式）",
    "account": "账号（文本格式）",
    "phone": "电话",
    "date": "日期，如 2024-06-30",
    "yuan": "金额（元），如 1234.50",
    "count": "整数",
    "yes_no": "是 或 否",
    "choice": "从列出的词中选一个",
    "town": "镇街名称",
    "village": "村居名称",
}

PROBLEMS_KEPT = 500
"""A file with more problems than this was made from the wrong source; the rest is counted, not kept."""

_NUMBER_OF_A_PERSON = re.compile(r"\d{14,18}[\dXx]")


def covered(sentence: str) -> str:
    """The sentence with identity numbers and accounts masked.

    A file without headings, or with its columns shifted, puts them where a name or a date is expected, and sentences quote
    what they found; they are kept, shown and exported.
    """
    return _NUMBER_OF_A_PERSON.sub(lambda found: f"{found[0][:3]}{'*' * (len(found[0]) - 7)}{found[0][-4:]}", sentence)


@dataclass(frozen=True)
class Column:
    """One column: the key its value goes by, its Chinese header, what may stand in it."""

    key: str
    header: str
    kind: Kind = "text"
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)
    longest: int = 200
    most: int = 1_000_000
    example: str = ""
    note: str = ""


@dataclass(frozen=True)
class Place:
    """Two columns that together name a village; the row carries it under `into`. Without `required` both may be blank;
    without `in_scope` it may be anywhere in the county.
    """

    town: str = "town"
    village: str = "village"
    into: str = "area"
    required: bool = True
    in_scope: bool = True


@dataclass(slots=True)
class Row:
    """A row of the file: its number as the spreadsheet shows it, its values by key, and whether all of them could be read."""

    number: int
    values: dict[str, Any]
    sound: bool = True

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str) -> Any:
        return self.values.get(key)


class Problems:
    """Everything found wrong with a file: all counted, the first five hundred kept as sentences."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.count = 0

    def add(self, row: Row | int, field_name: str, message: str) -> None:
        """Keeps `第 12 行“身份证号”：…` and remembers that the row is not sound."""
        number = row if isinstance(row, int) else row.number
        if isinstance(row, Row):
            row.sound = False
        self.add_sentence(f"第 {number} 行“{field_name}”：{message}" if field_name else f"第 {number} 行：{message}")

    def add_sentence(self, sentence: str) -> None:
        self.count += 1
        if len(self.sentences) < PROBLEMS_KEPT:
            self.sentences.append(covered(sentence))

    def __bool__(self) -> bool:
        return self.count > 0


@dataclass
class Incoming:
    """What a form's check and load are given. `sound` are the rows without a problem so far."""

    form: "ImportForm"
    rows: list[Row]
    problems: Problems
    actor: Actor
    on: date
    batch: ImportBatch | None = None

    @property
    def sound(self) -> list[Row]:
        return [row for row in self.rows if row.sound]

    def wrong(self, row: Row, key: str, message: str) -> None:
        """Adds a problem under the Chinese header of the column with this key."""
        self.problems.add(row, self.form.header(key), message)


Counts = dict[str, int]
"""What was done, in Chinese words with numbers, for the audit line: {"新登记": 12, "更新": 3}."""


@dataclass(frozen=True)
class ImportForm:
    """The declaration of a form.

    `check` looks at the rows that could be read, adds every problem it finds and returns a plan; `load` carries the plan out
    and is called only when the whole file has no problem. Neither may ask the database once per row.
    """

    name: str
    label: str
    sender: str
    columns: tuple[Column, ...]
    check: Callable[[Incoming], Any]
    load: Callable[[Any, Incoming], Counts]
    places: tuple[Place, ...] = ()
    roles: tuple[Role, ...] = (Role.TOWN_CLERK, Role.SECTION_REVIEWER)
    row_limit: int = 200_000
    notes: tuple[str, ...] = ()

    def header(self, key: str) -> str:
        return next((column.header for column in self.columns if column.key == key), key)


FORMS: dict[str, ImportForm] = {}
"""Every form by its name, in the order in which the files build on one another."""


def register(forms: Iterable[ImportForm]) -> None:
    """The forms can be brought in from now on. Registering the same form again changes nothing."""
    for form in forms:
        if FORMS.get(form.name, form) is not form:
            raise ValueError(f"two forms claim the name {form.name}")
        FORMS[form.name] = form


def form_named(name: str) -> ImportForm:
    """The form with that name. Refuses one that does not exist, with the nearest names."""
    if name not in FORMS:
        near = get_close_matches(name, FORMS, n=3, cutoff=0.3)
        hint = f"相近的有：{'、'.join(near)}" if near else f"可用的有：{'、'.join(FORMS)}"
        raise BadValue(f"没有名为“{name}”的导入表，{hint}。")
    return FORMS[name]


def labels() -> dict[str, str]:
    """What every form is called, by its name."""
    return {form.name: form.label for form in FORMS.values()}
