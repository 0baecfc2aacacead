"""How a figure is printed: unit, decimals, 约 and 余, the change against last year. Every word is made by rule, none is typed.

A format is written after the id: `万元,0` · `元` · `约,100` · `余,100` · `万元,1,约` · `same_period_change`.
"""

import re
from dataclasses import dataclass

from anmin.base.errors import BadValue
from anmin.base.money import half_up
from anmin.ground.indicators.declarations import Indicator
from anmin.ground.indicators.figures import Figure
from anmin.ground.indicators.vocabulary import Kind, Unit

SAME_PERIOD_CHANGE = "same_period_change"
MONEY_UNITS = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
_FORMAT = re.compile(r"(?:(?P<unit>元|万元|亿元)(?:,(?P<decimals>[0-3]))?)?,?(?:(?P<hedge>[约余])(?:,(?P<step>[1-9]\d*))?)?")


@dataclass(frozen=True)
class Format:
    """A parsed format. Without decimals an amount is printed as exactly as it needs, to the fen; in 万元, to two decimals."""

    unit: str = ""
    decimals: int | None = None
    hedge: str = ""
    step: int = 1
    change: bool = False

    @classmethod
    def parse(cls, text: str, indicator: Indicator) -> "Format":
        """The format, fit for the indicator.

        Refuses: words that are no format, a unit of money for what is not money, 约 or 余 for a number of heads without a step.
        """
        if text == SAME_PERIOD_CHANGE:
            return cls(change=True)
        match = _FORMAT.fullmatch(text)
        if match is None or text.startswith(",") or text.endswith(","):
            raise BadValue(
                f"“{indicator.id}”的格式“{text}”无法识别，请写成 万元,0、元、约,100、余,100 或 {SAME_PERIOD_CHANGE} 的样子。"
            )
        unit, decimals, hedge, step = match.groups()
        if unit and not indicator.unit.fen:
            raise BadValue(f"“{indicator.label}”不是金额，不能按“{unit}”打印。")
        if hedge and not step and not (unit and decimals):
            raise BadValue(f"“{indicator.label}”写了“{hedge}”，请同时写明取整到多少，例如 {hedge},100。")
        return cls(unit or "", int(decimals) if decimals else None, hedge or "", int(step) if step else 1)


PLAIN = Format()


def printed(figure: Figure, form: Format) -> str | None:
    """The figure in words of the report; None when it (or last year's, for a change) is not known."""
    if form.change:
        return _change(figure)
    return None if figure.value is None else _number(figure.value, figure.indicator, form)


def _number(value: int, indicator: Indicator, form: Format) -> str:
    if not indicator.unit.fen:
        rounded = _rounded(value, form.step, form.hedge)
        return _hedged(str(rounded), indicator.unit.label, form.hedge, exact=rounded == value)
    name = form.unit or ("万元" if indicator.unit is Unit.WAN_YUAN else "元")
    size = MONEY_UNITS[name]
    decimals = form.decimals
    if decimals is None:
        decimals = 0 if form.hedge else 2
    # The smallest step printed, in fen: 万元 with one decimal is 1000 yuan. 元 below the fen does not exist.
    quantum = max(size * form.step // 10**decimals, 1)
    rounded = _rounded(value, quantum, form.hedge)
    text = _decimal(rounded, size, decimals)
    if form.decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    label = indicator.unit.label if not form.unit and indicator.unit is not Unit.WAN_YUAN else name
    return _hedged(text, label, form.hedge, exact=rounded == value)


def _rounded(value: int, quantum: int, hedge: str) -> int:
    """To the step: downwards for 余 (there are that many and more), else half up."""
    return value // quantum * quantum if hedge == "余" else half_up(value, quantum) * quantum


def _hedged(number: str, unit: str, hedge: str, *, exact: bool) -> str:
    """约 stands before, 余 between number and unit; neither where the number is exact."""
    if exact or not hedge:
        return number + unit
    return f"约{number}{unit}" if hedge == "约" else f"{number}余{unit}"


def _decimal(value: int, size: int, decimals: int) -> str:
    whole, rest = divmod(half_up(abs(value) * 10**decimals, size), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def _change(figure: Figure) -> str | None:
    """增加 385 人、增长 6.7%: against the same part of last year (同比)."""
    change, rate = figure.change, figure.change_per_mille
    if change is None:
        return None
    indicator = figure.indicator
    if change == 0:
        return "与上年同期持平"
    if indicator.kind in (Kind.STANDARD, Kind.RATIO):
        plain_yuan = Format(unit="元") if indicator.unit.fen else PLAIN
        return f"比上年同期{'提高' if change > 0 else '降低'}{_number(abs(change), indicator, plain_yuan)}"
    # What was printed in whole 万元 allows no finer difference.
    coarse = (
        bool(figure.previous_document) and indicator.unit is Unit.WAN_YUAN and (figure.previous or 0) % MONEY_UNITS["万元"] == 0
    )
    amount = _number(abs(change), indicator, Format(unit="万元", decimals=0) if coarse else PLAIN)
    said = f"比上年同期{'增加' if change > 0 else '减少'}{amount}"
    if rate is None:
        return said  # last year there were none: a percentage of nothing is none
    whole, tenth = divmod(abs(rate), 10)
    return f"{said}、{'增长' if change > 0 else '下降'}{whole}.{tenth}%"
