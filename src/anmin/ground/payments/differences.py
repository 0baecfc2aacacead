"""What a roll's lines are: for each entitlement and month, what is due now less what stands on approved rolls.

Set-wise: the rules run once for each month over all entitlements; a month is a row of numbers here, counted from the year 0.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Benefit, Bools, DueColumns, Ints
from anmin.ground.payments.seals import snapshot_text
from anmin.ground.payments.vocabulary import LineKind, NoticeKind

ENDLESS = 10**6


@dataclass(frozen=True)
class Ledger:
    """What a roll starts from: entitlements sorted by id with their months, suspensions, and what was already put on rolls.

    `first` and `last` are the first and last month the rolls pay; `suspended` are spells as (row, first, last); `already` has
    for each month with approved lines a column of fen; `covered` is how many persons the decisions cover in the roll's month.
    """

    ids: Ints
    area_ids: Ints
    routes: Sequence[str]
    first: Ints
    last: Ints
    suspended: Sequence[tuple[int, int, int]]
    already: Mapping[int, Ints]
    covered: Ints

    def suspended_in(self, month: int) -> Bools:
        """Which entitlements are suspended in a month."""
        held_back = np.zeros(len(self.ids), dtype=np.bool_)
        for row, first, last in self.suspended:
            if first <= month <= last:
                held_back[row] = True
        return held_back


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is written."""

    entitlement_id: int
    area_id: int
    for_month: str
    kind: LineKind
    persons: int
    due: int
    already: int
    snapshot: str

    @property
    def amount(self) -> int:
        return self.due - self.already


@dataclass
class Notice:
    """Why an entitlement is passed over, or should be looked at."""

    area_id: int
    months: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass
class Differences:
    """The lines of a roll in the order of entitlement and month, and its notices by entitlement and kind."""

    lines: list[Line]
    notices: dict[tuple[int, NoticeKind], Notice]


def index(day: date) -> int:
    """The month of a day as a number."""
    return day.year * 12 + day.month - 1


def as_month(number: int) -> Month:
    """The month of a number."""
    return Month(number // 12, number % 12 + 1)


def differences(
    benefit: Benefit,
    ledger: Ledger,
    month: Month,
    since: Month,
    known_at: datetime,
    told: Callable[[Month], None] | None = None,
) -> Differences:
    """The lines for all months from `since` to the roll's own, and the notices.

    Whoever is undetermined in a month has no line for it: unknown is not zero, and nothing is taken back on a guess.
    The roll's own month has a line whenever something is due, be the difference zero.
    """
    current = index(month.first_day)
    made = Differences([], {})
    ask = _asking(benefit, ledger, month, since, known_at)
    for number in range(index(since.first_day), current + 1):
        if told is not None:
            told(as_month(number))
        in_force = (ledger.first <= number) & (number <= ledger.last)
        held_back = ledger.suspended_in(number) & in_force
        asked = np.flatnonzero(in_force & ~held_back)
        already = ledger.already.get(number, np.zeros(len(ledger.ids), dtype=np.int64))
        if not asked.size and not held_back.any() and not already.any():
            continue
        columns = ask(ledger.ids[asked], as_month(number)) if asked.size else None
        _add_month(made, benefit, ledger, columns, asked, held_back, already, number, current)
    made.lines.sort(key=lambda line: (line.entitlement_id, line.for_month))
    return made


def _add_month(
    made: Differences,
    benefit: Benefit,
    ledger: Ledger,
    columns: DueColumns | None,
    asked: Ints,
    held_back: Bools,
    already: Ints,
    number: int,
    current: int,
) -> None:
    size = len(ledger.ids)
    due, persons = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    open_question = np.zeros(size, dtype=np.bool_)
    place = np.full(size, -1, dtype=np.int64)
    if columns is not None:
        if not np.array_equal(columns.entitlement_ids, ledger.ids[asked]):
            raise ValueError(f"{benefit.address} answered for other entitlements than it was asked about")
        due[asked] = np.where(columns.undetermined, 0, columns.amount)
        persons[asked] = columns.persons
        open_question[asked] = columns.undetermined
        place[asked] = np.arange(len(asked))
    _add_notices(made, ledger, columns, due, persons, open_question, held_back, place, number, current)
    wanted = ~open_question & ((due != already) | ((due > 0) & (number == current)))
    rows = np.flatnonzero(wanted)
    texts = _snapshots(ledger, columns, rows, place, held_back)
    for_month = str(as_month(number))
    owed = LineKind.REGULAR if number == current else LineKind.BACK_PAY
    cells = zip(
        ledger.ids[rows].tolist(), ledger.area_ids[rows].tolist(), persons[rows].tolist(), due[rows].tolist(),
        already[rows].tolist(), texts, strict=True,
    )  # fmt: skip
    for entitlement_id, area_id, heads, now, before, text in cells:
        kind = LineKind.RECOVERY if now < before else owed
        made.lines.append(Line(entitlement_id, area_id, for_month, kind, heads, now, before, text))


def _snapshots(ledger: Ledger, columns: DueColumns | None, rows: Ints, place: Ints, held_back: Bools) -> Iterator[str]:
    """What each amount rested on, as text: the parts by name, the route, the papers; or why nothing is due."""
    documents: Sequence[str] = columns.documents if columns is not None else ()
    parts = {name: column.tolist() for name, column in columns.parts.items()} if columns is not None else {}
    for row, at in zip(rows.tolist(), place[rows].tolist(), strict=True):
        said: dict[str, Any] = {"route": ledger.routes[row]}
        if at >= 0:
            said["parts"] = {name: column[at] for name, column in parts.items()}
            said["documents"] = documents
        else:
            said["not_due"] = "suspended" if held_back[row] else "not_in_force"
        yield snapshot_text(said)


def _add_notices(
    made: Differences,
    ledger: Ledger,
    columns: DueColumns | None,
    due: Ints,
    persons: Ints,
    open_question: Bools,
    held_back: Bools,
    place: Ints,
    number: int,
    current: int,
) -> None:
    month = str(as_month(number))

    def say(row: int, kind: NoticeKind, reasons: Sequence[str]) -> None:
        notice = made.notices.setdefault((int(ledger.ids[row]), kind), Notice(int(ledger.area_ids[row])))
        notice.months.append(month)
        notice.reasons.extend(reason for reason in reasons if reason not in notice.reasons)

    for row in np.flatnonzero(open_question).tolist():
        assert columns is not None  # an open question came from it
        say(row, NoticeKind.UNDETERMINED, columns.missing.get(int(place[row]), ("资料不全",)))
    if number != current:
        return
    determined = (place >= 0) & ~open_question
    for row in np.flatnonzero(determined & (due == 0)).tolist():
        say(row, NoticeKind.NOTHING_DUE, [NOTHING_DUE])
    for row in np.flatnonzero(determined & (due > 0) & (persons != ledger.covered)).tolist():
        say(row, NoticeKind.COVERAGE, [f"规则认定 {persons[row]} 人，决定保障 {ledger.covered[row]} 人"])
    for row in np.flatnonzero(held_back).tolist():
        say(row, NoticeKind.SUSPENDED, ["已决定暂停发放"])


NOTHING_DUE = "按现有情况本月没有应发金额：已经死亡、不再符合条件，或者差额为零；点开可看为什么，请复核后办理停发等手续"


def _asking(
    benefit: Benefit, ledger: Ledger, month: Month, since: Month, known_at: datetime
) -> Callable[[Ints, Month], DueColumns]:
    if benefit.over is not None:
        return benefit.over(ledger.ids, since, month, known_at)
    return lambda ids, each: benefit.due(ids, each, known_at)
