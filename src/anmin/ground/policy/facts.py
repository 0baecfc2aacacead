"""What the rules may ask, and the gate: what it means that a fact is missing.

No missing value enters a rule. Each fact declares, with its article, what its absence means: either a value that the law allows
to be taken (no disability is certified, so none counts), or that nothing can be decided until it is known. The second names a
rule that says for whom the fact matters at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from anmin.ground.policy.symbols import Code

MISSING = -1
"""In a column of facts: not known. No fact is ever negative."""

LARGEST_AMOUNT = 10**9 - 1
"""Ten million yuan less a fen: whatever is larger was mistyped, and products must stay inside 64 bits."""


class Codes(Mapping[str, Code]):
    """A code list: the code written in files, its number in a column, its Chinese label."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._codes = {code: Code(number, label) for number, (code, label) in enumerate(labels.items())}

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def name(self, number: int) -> str:
        """The code of a number in a column."""
        return list(self._codes)[number]

    def label(self, number: int) -> str:
        """The Chinese label of a number in a column."""
        return self._codes[self.name(number)].label


YES_NO = Codes({"no": "否", "yes": "是"})


@dataclass(frozen=True)
class Means:
    """A missing fact means this value, because the article says so."""

    value: int
    source: str
    because: str


@dataclass(frozen=True)
class Undetermined:
    """Nothing is decided while the fact is missing, for whom the named rule says it matters (always, when none is named)."""

    source: str
    when: str | None = None


@dataclass(frozen=True)
class Fact:
    """One input of the rules: on what level, in which unit, within which bounds, and what its absence means."""

    name: str
    entity: str
    label: str
    unit: str
    missing: Means | Undetermined
    least: int = 0
    most: int = LARGEST_AMOUNT
    codes: Codes | None = None
    kind: str = ""
    """What fills it out of the records: a kind of the register of facts (`income.wage`), `held.<benefit>`, a column of the
    register (`birth_on`), of a supporter (`supporter.income`) or of the claim (`claim.route`). Blank: only whoever asks knows."""
    at_entry: bool = False
    """Whether, in the month in which a benefit begins, what is so on its last day counts: for benefits that are due from the
    month of the application on, what opens them may have come about within it. What ends a benefit always counts from the next
    month."""

    def __post_init__(self) -> None:
        if self.codes is not None and self.most == LARGEST_AMOUNT:
            object.__setattr__(self, "most", len(self.codes) - 1)

    @property
    def placeholder(self) -> int:
        """What stands in the column where the fact is missing; decides nothing where the fact matters."""
        return self.missing.value if isinstance(self.missing, Means) else self.least

    @property
    def known(self) -> str:
        """The name under which a rule may ask whether the fact is recorded at all."""
        return f"{self.name}_known"
