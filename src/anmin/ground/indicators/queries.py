"""Figures and the rows behind them, as far as the asker may see. A handful of statements for all of a county's figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from anmin.base.errors import BadValue
from anmin.base.periods import Month, Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.models import Area
from anmin.ground.indicators.declarations import INDICATORS, Balance, Indicator, Window
from anmin.ground.indicators.figures import Figure, Listing
from anmin.ground.indicators.measures import Rows, Select, answers, whether_any
from anmin.ground.indicators.models import PublishedFigure


def figures(
    actor: Actor, period: Period, *, on: date | None = None, ids: Iterable[str] | None = None, last_year: bool = True
) -> list[Figure]:
    """Every listed figure (or those named) of the period, each with last year's value, many by one statement; one more
    where last year has no records and what was printed then is looked up.

    While the period runs, give the business day `on`: stocks are then those of that day, and each figure says so.
    Refuses: an id nobody declared.
    """
    chosen = listed() if ids is None else [INDICATORS[id] for id in ids]
    window = Window.of(period, on)
    before = _year_before(window)
    asked = [(indicator, actor, window) for indicator in chosen]
    if last_year:
        asked += [(indicator, actor, before) for indicator in chosen]
    found = _measured(asked)
    earlier = found[len(chosen) :] if last_year else [(None, 0)] * len(chosen)
    made = [
        Figure(indicator, window, value, rows, previous)
        for indicator, (value, rows), (previous, _) in zip(chosen, found, earlier, strict=False)
    ]
    return _with_published(actor, made, before) if last_year and not before.running else made


def _with_published(actor: Actor, made: list[Figure], before: Window) -> list[Figure]:
    """Where last year was before our records, what the bureau printed of it; for those who see the whole county."""
    unknown = [each.id for each in made if each.previous is None]
    if not unknown or not any(path.count("/") <= 1 for path in actor.scope):
        return made
    printed = {each.figure: each for each in PublishedFigure.objects.filter(period=str(before.period), figure__in=unknown)}
    return [
        replace(each, previous=printed[each.id].value, previous_document=printed[each.id].document)
        if each.previous is None and each.id in printed
        else each
        for each in made
    ]


def listed() -> list[Indicator]:
    """The figures that a list of figures shows, in its order; nothing is counted."""
    return [each for each in INDICATORS.values() if each.listed]


def ids() -> list[str]:
    """The id of every declared figure, in the order of declaration; the parts too, which `figures` leaves out."""
    return list(INDICATORS)


def figure(actor: Actor, id: str, period: Period, *, on: date | None = None) -> Figure:
    """One figure of the period with last year's value."""
    return figures(actor, period, on=on, ids=[id])[0]


def rows(actor: Actor, id: str, period: Period, *, on: date | None = None) -> Rows:
    """The records behind a figure, as far as the actor may see them: the very queryset the number is measured on.

    Refuses: a figure that is stated in a document and has no records; `listing` shows where it stands.
    """
    indicator = INDICATORS[id]
    if indicator.rows is None:
        raise BadValue(f"“{indicator.label}”是政策标准，没有逐条记录，请查看其文件依据。")
    return indicator.rows(actor, Window.of(period, on))


def listing(actor: Actor, id: str, period: Period, *, on: date | None = None, sort: int = 0) -> Listing:
    """The figure with its rows cell by cell, ready to be paged through.

    `sort` is the number of the column, counted from 1, by which the rows are ordered; negative for the other way round.
    """
    indicator = INDICATORS[id]
    window = Window.of(period, on)
    asked = figure(actor, id, period, on=on)
    if indicator.rows is not None:
        found = indicator.rows(actor, window)
        if 0 < abs(sort) <= len(indicator.columns):
            field = indicator.columns[abs(sort) - 1].field
            found = found.order_by(f"-{field}" if sort < 0 else field, "pk")
        return Listing(asked, found)
    stated = indicator.stated(window) if indicator.stated else None
    return Listing(asked, None, stated.line if stated else (), stated.headers if stated else ())


@dataclass(frozen=True)
class AreaValue:
    """What a figure is in one town."""

    area: Area
    value: int | None
    shown: str


def by_town(actor: Actor, id: str, period: Period, *, on: date | None = None) -> list[AreaValue]:
    """The figure in each town the actor may see, by two statements; nothing for a figure that is the same everywhere."""
    indicator = INDICATORS[id]
    if indicator.rows is None or indicator.measure is None or not indicator.area:
        return []
    window = Window.of(period, on)
    towns = list(areas.towns(actor, on=window.last_day))
    all_rows = indicator.rows(actor, window)
    selects: list[Select] = [whether_any(indicator.evidence(window))] if indicator.evidence else []
    known_at = len(selects)
    lengths = []
    for town in towns:
        needed = indicator.measure.selects(all_rows.filter(**{f"{indicator.area}__path__startswith": town.path}))
        lengths.append(sum(len(each.functions) for each in needed))
        selects.extend(needed)
    found = answers(selects)
    known = not indicator.evidence or found[0] > 0
    values: list[AreaValue] = []
    place = known_at
    for town, length in zip(towns, lengths, strict=True):
        value = indicator.measure.value(found[place : place + length]) if known else None
        values.append(AreaValue(town, value, indicator.shown(value)))
        place += length
    return values


def series(actor: Actor, id: str, periods: Sequence[Period], *, on: date | None = None) -> list[Figure]:
    """The figure in each of the periods, by one statement; periods that have not begun on the day `on` are left out.

    `period.months` gives the months of a period.
    """
    indicator = INDICATORS[id]
    windows = [Window.of(period, on) for period in periods if on is None or period.first_day <= on]
    found = _measured([(indicator, actor, window) for window in windows])
    return [Figure(indicator, window, value, count) for window, (value, count) in zip(windows, found, strict=True)]


def months_back(last: Month, count: int) -> list[Month]:
    """The months up to and with the last, oldest first; for `series`."""
    return [last - back for back in range(count - 1, -1, -1)]


@dataclass(frozen=True)
class BalanceCheck:
    """Opening, entries, exits and closing of a stock in a window, and whether they meet."""

    balance: Balance
    opening: int
    entries: int
    exits: int
    closing: int

    @property
    def holds(self) -> bool:
        return self.opening + self.entries - self.exits == self.closing

    @property
    def sentence(self) -> str:
        """The account in words."""
        verdict = "相符" if self.holds else f"相差 {self.opening + self.entries - self.exits - self.closing}"
        account = f"期初 {self.opening} + 新增 {self.entries} − 核减 {self.exits}"
        return f"{self.balance.label}：{account} 与期末 {self.closing} {verdict}"


def balances(actor: Actor, period: Period, *, on: date | None = None) -> list[BalanceCheck]:
    """The check of every declared balance of the period; a balance with an unknown part is left out."""
    window = Window.of(period, on)
    eve = Window(period, window.eve, window.eve)
    declared = INDICATORS.balances
    asked = [(INDICATORS[id], actor, window) for balance in declared for id in (balance.stock, balance.entries, balance.exits)]
    values = [value for value, _ in _measured(asked)]
    # Nothing need have been recorded on the eve for the opening to be counted: the families brought along stood then.
    openings = [value for value, _ in _measured([(INDICATORS[each.stock], actor, eve) for each in declared], whatever=True)]
    checks = []
    for place, (balance, opening) in enumerate(zip(declared, openings, strict=True)):
        closing, entries, exits = values[place * 3 : place * 3 + 3]
        if closing is not None and entries is not None and exits is not None and opening is not None:
            checks.append(BalanceCheck(balance, opening, entries, exits, closing))
    return checks


def fingerprint(actor: Actor, id: str, period: Period, *, on: date | None = None) -> str:
    """A hash of which records stand behind the figure: another record in, or one out, gives another hash."""
    indicator = INDICATORS[id]
    window = Window.of(period, on)
    digest = sha256()
    if indicator.rows is None:
        stated = indicator.stated(window) if indicator.stated else None
        digest.update("\0".join(stated.line if stated else ()).encode())
        return digest.hexdigest()
    for key in indicator.rows(actor, window).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000):
        digest.update(b"%d," % key)
    return digest.hexdigest()


def _measured(asked: Sequence[tuple[Indicator, Actor, Window]], whatever: bool = False) -> list[tuple[int | None, int]]:
    """Value and number of rows of each, many by one statement; None where nothing is recorded, but for `whatever`."""
    selects: list[Select] = []
    spans: list[tuple[int, int]] = []
    kept: dict[object, Select] = {}
    length = 0
    for indicator, actor, window in asked:
        start = length
        if indicator.rows is not None and indicator.measure is not None:
            needed = list(indicator.measure.selects(indicator.rows(actor, window)))
            if indicator.evidence and not whatever:
                key = (indicator.evidence, window)
                kept[key] = kept.get(key) or whether_any(indicator.evidence(window))
                needed.insert(0, kept[key])
            selects += needed
            length += sum(len(each.functions) for each in needed)
        spans.append((start, length))
    found = answers(selects)
    measured: list[tuple[int | None, int]] = []
    for (indicator, _, window), (start, end) in zip(asked, spans, strict=True):
        if indicator.measure is None:
            stated = indicator.stated(window) if indicator.stated else None
            measured.append((stated.value, 1) if stated else (None, 0))
            continue
        numbers = found[start:end]
        known = numbers.pop(0) > 0 if indicator.evidence and not whatever else True
        measured.append((indicator.measure.value(numbers) if known else None, numbers[0]))
    return measured


def _year_before(window: Window) -> Window:
    """The same days of the year before: as far into the period as this one has got."""
    period = window.period.previous_year()
    if not window.running:
        return Window.of(period)
    day = window.last_day
    leap = day.month == 2 and day.day == 29
    return Window(period, period.first_day, day.replace(year=day.year - 1, day=28 if leap else day.day), running=True)
