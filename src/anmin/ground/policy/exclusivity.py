"""Which benefits one person may hold together, by date and paper; and the choices that are open where they may not.

`policy/exclusivity.yaml` is loaded and checked like the figures of the law. A pair that is not in it may be held together.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from anmin.base.errors import BadValue
from anmin.ground.policy.located import Located, read_mapping
from anmin.ground.policy.parameters import MATRIX, Document
from anmin.ground.policy.vocabulary import CONFIDENCE, ISSUERS

RELATIONS: dict[str, str] = {
    "both": "可以同时享受",
    "not_together": "不得同时享受",
    "difference": "按差额补足",
    "choose": "选择其一",
    "condition": "附条件同时享受",
}
"""What may be between two benefits of one person."""

MARKS: dict[str, str] = {"both": "✓", "not_together": "✗", "difference": "差额", "choose": "择一", "condition": "附条件"}
EXCLUDING = ("not_together", "choose")
"""Relations by which a person never holds both on one day."""

_FILE_KEYS = {"label", "parties", "values", "choices"}
_PARTY_KEYS = {"benefit", "fact", "label", "routes"}
_ROW_KEYS = {"pair", "value", "from", "issuer", "document", "published", "confidence", "note"}
_CHOICE_KEYS = {"label", "facts", "declined", "each", "source"}


@dataclass(frozen=True)
class Party:
    """One side of a pair: a benefit, or some routes of one, or a fact about the person."""

    name: str
    label: str
    benefit: str = ""
    fact: str = ""
    routes: tuple[str, ...] = ()

    def is_held_by(self, benefit: str, route: str) -> bool:
        """Whether holding a benefit by a route makes somebody this party."""
        return self.benefit == benefit and (not self.routes or route in self.routes)


@dataclass(frozen=True)
class Relation:
    """What is between two parties, since when, on which paper."""

    first: Party
    second: Party
    value: str
    valid_from: date
    issuer: str
    document: Document
    published: date
    confidence: str
    note: str = ""

    @property
    def label(self) -> str:
        return RELATIONS[self.value]

    @property
    def excludes(self) -> bool:
        return self.value in EXCLUDING


@dataclass(frozen=True)
class Choice:
    """Another way that is open to a family: facts that would be otherwise, or benefits that are not taken."""

    label: str
    source: str
    facts: Mapping[str, str] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    each: str = ""


@dataclass(frozen=True)
class Exclusivity:
    """The matrix: parties, what is between them, and the choices."""

    parties: Mapping[str, Party]
    relations: tuple[Relation, ...]
    choices: tuple[Choice, ...] = ()

    def between(self, first: str, second: str, on: date) -> Relation | None:
        """What is between two parties on a day; None where nothing is said, so that both may be held."""
        found = [
            each for each in self.relations if {each.first.name, each.second.name} == {first, second} and each.valid_from <= on
        ]
        return max(found, key=lambda each: each.valid_from, default=None)

    def in_force(self, on: date) -> tuple[Relation, ...]:
        """The relations of a day, each pair once."""
        made = (self.between(each.first.name, each.second.name, on) for each in self.relations)
        return tuple(dict.fromkeys(each for each in made if each is not None))

    def excluding(self, on: date) -> tuple[Relation, ...]:
        """The pairs of benefits that nobody holds together on a day."""
        return tuple(each for each in self.in_force(on) if each.excludes and each.first.benefit and each.second.benefit)

    def excluded_by(self, benefit: str, route: str, on: date) -> tuple[tuple[Party, Relation], ...]:
        """With whom a benefit by a route may not be held together: the other side of each such pair."""
        made = []
        for each in self.excluding(on):
            for one, other in ((each.first, each.second), (each.second, each.first)):
                if one.is_held_by(benefit, route):
                    made.append((other, each))
        return tuple(made)

    @classmethod
    def load(cls, root: Path) -> "Exclusivity":
        """The matrix of a policy folder.

        Refuses, with file, line and field: unknown keys, parties, relations, a pair with itself or twice from one day, no paper.
        """
        return _Reader(root / MATRIX).read()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Exclusivity:
        content = read_mapping(self.path)
        self._only(content, _FILE_KEYS)
        parties = {name: self._party(name, each, content) for name, each in self._part(content, "parties").items()}
        rows = content.get("values")
        if not isinstance(rows, list) or not all(isinstance(row, Located) for row in rows):
            self._refuse(content, "values", "应逐条写明两项待遇之间的关系")
        relations = tuple(self._relation(row, parties) for row in rows)
        seen: set[tuple[frozenset[str], date]] = set()
        for row, each in zip(rows, relations, strict=True):
            key = (frozenset((each.first.name, each.second.name)), each.valid_from)
            if key in seen:
                self._refuse(row, "pair", "与另一条重复，同一天只能有一种关系")
            seen.add(key)
        return Exclusivity(parties, relations, tuple(self._choice(each) for each in content.get("choices", ())))

    def _party(self, name: str, said: Any, around: Located) -> Party:
        if not isinstance(said, Located):
            self._refuse(around, "parties", f"“{name}”应写明待遇和名称")
        self._only(said, _PARTY_KEYS)
        if ("benefit" in said) == ("fact" in said):
            self._refuse(said, "label", "应写明一项待遇（benefit）或一项事实（fact）")
        return Party(
            name, self._text(said, "label"), said.get("benefit", ""), said.get("fact", ""), tuple(said.get("routes", ()))
        )

    def _relation(self, row: Located, parties: Mapping[str, Party]) -> Relation:
        self._only(row, _ROW_KEYS)
        pair = row.get("pair")
        if not isinstance(pair, list) or len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(parties):
            self._refuse(row, "pair", f"应写明两项不同的待遇，可选：{'、'.join(parties)}")
        document = row.get("document")
        if not isinstance(document, Located):
            self._refuse(row, "document", "没有注明依据的文件；没有依据的关系不能使用")
        return Relation(
            first=parties[pair[0]],
            second=parties[pair[1]],
            value=self._choice_of(row, "value", RELATIONS),
            valid_from=self._date(row, "from"),
            issuer=self._choice_of(row, "issuer", ISSUERS),
            document=Document(self._text(document, "title"), self._text(document, "number"), document.get("article", "")),
            published=self._date(row, "published"),
            confidence=self._choice_of(row, "confidence", CONFIDENCE),
            note=row.get("note", ""),
        )

    def _choice(self, said: Any) -> Choice:
        self._only(said, _CHOICE_KEYS)
        return Choice(
            self._text(said, "label"),
            self._text(said, "source"),
            dict(said.get("facts", {})),
            tuple(said.get("declined", ())),
            said.get("each", ""),
        )

    def _part(self, content: Located, key: str) -> Located:
        found = content.get(key)
        if not isinstance(found, Located) or not found:
            self._refuse(content, key, "没有填写")
        return found

    def _text(self, where: Located, key: str) -> str:
        found = where.get(key)
        if not isinstance(found, str) or not found.strip():
            self._refuse(where, key, "没有填写")
        return found.strip()

    def _date(self, where: Located, key: str) -> date:
        found = where.get(key)
        if isinstance(found, datetime) or not isinstance(found, date):
            self._refuse(where, key, "应为日期，写作 2023-07-01")
        return found

    def _choice_of(self, where: Located, key: str, choices: Mapping[str, str]) -> str:
        found = where.get(key)
        if not isinstance(found, str) or found not in choices:
            self._refuse(where, key, f"“{found}”不在可选范围内，可选：{'、'.join(choices)}")
        return found

    def _only(self, where: Located, allowed: Iterable[str]) -> None:
        for key in where:
            if key not in allowed:
                self._refuse(where, key, f"不认识这一项，可用的有：{'、'.join(sorted(allowed))}")

    def _refuse(self, where: Located, key: str, why: str) -> NoReturn:
        line = where.lines.get(key, where.line)
        raise BadValue(f"{self.path}：第 {line} 行“{key}”{why.rstrip('。')}。")


_open: Callable[[], Exclusivity] | None = None
_matrix: Exclusivity | None = None


def install(open_matrix: Callable[[], Exclusivity]) -> None:
    """From now on `exclusivity()` is what `open_matrix` gives; the assembly says where the file is."""
    global _open, _matrix  # one process has one matrix, as it has one law
    _open, _matrix = open_matrix, None


def exclusivity() -> Exclusivity:
    """The matrix in force in this process, opened when it is first asked for."""
    global _matrix  # as above
    if _matrix is None:
        if _open is None:
            raise RuntimeError("no matrix of exclusivity has been installed")
        _matrix = _open()
    return _matrix
