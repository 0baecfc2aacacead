"""The figures of the allowances by age: those every benefit has, by band, and the ages of the law."""

from datetime import date

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.indicators import Register, Words, share_columns
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountRows
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.payments.indicators import benefit_indicators
from anmin.ground.policy.book import policy
from anmin.lines.eldercare.allowance.vocabulary import BASIS, BENEFIT, FULL, LABEL

_WORDS = Words(FULL, everybody="享受" + FULL, money=FULL, funds="尊老金、长寿金发放额", basis=BASIS)
_EVERY = benefit_indicators(BENEFIT, LABEL, words=_WORDS)
_REGISTER = Register(BENEFIT)
_COLUMNS = (*share_columns({}), Column("出生日期", "person__birth_on", CellKind.DATE))

BANDS = {"first": ("first", "second"), "second": ("second", "longevity"), "longevity": ("longevity", "")}
NAMES = {"first": "尊老金第一档", "second": "尊老金第二档", "longevity": "长寿金"}


def _born_by(window: Window, band: str) -> date | None:
    """The last date of birth of whoever had reached a band by the end of the period's last month; none above the last band."""
    if not band:
        return None
    ages = policy().entry(f"{BENEFIT}.ages", on=window.last_day).value
    assert isinstance(ages, dict)  # a table of bands
    # The end of the month, for the allowance counts from the month of the birthday; the 31st of every month is past its last day.
    year, month = window.last_day.year - int(ages[band]), window.last_day.month
    return date(year, month, _last_day(year, month))


def _last_day(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def _in_band(band: str, actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    held = _REGISTER.persons(actor, window)
    lowest, next_band = (_born_by(window, each) for each in BANDS[band])
    held = held.filter(person__birth_on__lte=lowest)
    return held.filter(person__birth_on__gt=next_band) if next_band is not None else held


def _stock(band: str) -> Indicator:
    return Indicator(
        id=f"{BENEFIT}.{band}.persons",
        label=f"享受{NAMES[band]}人数",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition=f"期末当日享受{FULL}、期末当月已达到{NAMES[band]}年龄（未到更高一档）的人数。",
        basis=BASIS,
        rows=lambda actor, window: _in_band(band, actor, window),
        measure=CountRows(),
        evidence=_REGISTER.kept,
        columns=_COLUMNS,
        area="entitlement__area",
        part_of=f"{BENEFIT}.persons",
        listed=band == "longevity",
    )


INDICATORS = (*_EVERY.indicators, *(_stock(band) for band in BANDS))
BALANCES = _EVERY.balances

__all__ = ["BALANCES", "INDICATORS"]
