"""Choosing a period: a field that offers the half-years, quarters, years and months up to the business day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from anmin.base import clock
from anmin.base.periods import HalfYear, Month, Period, Quarter, Year, parse_period

_KINDS: tuple[tuple[str, type[Period], int], ...] = (
    ("半年", HalfYear, 6),
    ("季度", Quarter, 8),
    ("年度", Year, 4),
    ("月份", Month, 24),
)
_STILL_ABOUT_THE_LAST = timedelta(days=60)


def latest_half_year(on: date) -> HalfYear:
    """The half-year people talk about: for two months after its end it is still the last one."""
    return HalfYear.from_date(on - _STILL_ABOUT_THE_LAST)


def asked_period(given: Mapping[str, str], default: Period | None = None) -> Period:
    """The period an address names (`?period=2024H1`), else the half-year people talk about. Refuses what is no period."""
    text = given.get("period", "").strip()
    return parse_period(text) if text else default or latest_half_year(clock.today())


def choices(on: date, besides: Period | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods to choose from, by kind, the latest first; `besides` is among them however old it is."""
    groups = []
    for label, kind, count in _KINDS:
        current = kind.from_date(on)
        offered = [current - back for back in range(count)]
        if besides is not None and type(besides) is kind and besides not in offered:
            offered.append(besides)
        groups.append((label, [(str(period), period.label) for period in offered]))
    return groups


class PeriodField(forms.ChoiceField):
    """One of the periods."""

    def __init__(self, *, besides: Period | None = None, **options: Any) -> None:
        options.setdefault("label", "期间")
        super().__init__(choices=choices(clock.today(), besides), required=False, **options)


def neighbours(period: Period, on: date) -> tuple[Period, Period | None]:
    """The period before, and the one after where it has begun."""
    after = period.next()
    return period.previous(), after if after.first_day <= on else None
