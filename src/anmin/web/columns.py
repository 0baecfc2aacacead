"""The table and the columns that look the same on every page; django-tables2 itself publishes no types."""

from collections.abc import Callable, Mapping
from typing import Any

import django_tables2
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from anmin.web.templatetags import anmin as components

_RIGHT = {kind: {"class": "is-number"} for kind in ("th", "td", "tf")}


class Table(django_tables2.Table):  # type: ignore[misc]  # publishes no types
    """A list; its template comes from the setting DJANGO_TABLES2_TEMPLATE."""


class Column(django_tables2.Column):  # type: ignore[misc]  # publishes no types
    """Text as it is; a dash when unknown."""

    def value(self, value: Any) -> Any:
        """Return what a spreadsheet is given: the value itself, without markup."""
        return value


class NumberColumn(Column):
    """Right-aligned figures with thousands separators; a dash when unknown."""

    def __init__(self, *args: Any, places: int | None = None, **options: Any) -> None:
        options.setdefault("attrs", _RIGHT)
        super().__init__(*args, **options)
        self.places = places

    def render(self, value: Any) -> str:
        """Return the figure as text."""
        return components.number(value, self.places)


class MoneyColumn(Column):
    """Right-aligned yuan from whole fen; put 元 into the header (`verbose_name="金额（元）"`)."""

    def __init__(self, *args: Any, signed: bool = False, **options: Any) -> None:
        options.setdefault("attrs", _RIGHT)
        super().__init__(*args, **options)
        self.signed = signed

    def render(self, value: Any) -> SafeString:
        """Return the amount without its unit."""
        return components.money(value, unit="", signed=self.signed)

    def value(self, value: Any) -> float | None:
        """Return the amount in yuan, as a number."""
        fen = getattr(value, "fen", value)
        return None if fen is None else fen / components.FEN_PER_YUAN


class DayColumn(Column):
    """A day as 2024-06-30, which sorts and compares at a glance."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("attrs", {"td": {"class": "is-date"}})
        super().__init__(*args, **options)

    def render(self, value: Any) -> str:
        """Return the day in ISO form."""
        return f"{value:%Y-%m-%d}"


class BadgeColumn(Column):
    """A status badge. `tones` maps a value to its tone, or is a function of the record; `labels` maps it to words."""

    def __init__(
        self,
        *args: Any,
        tones: Mapping[Any, str] | Callable[[Any], str] | None = None,
        labels: Mapping[Any, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.tones = tones
        self.labels = labels or {}

    def render(self, value: Any, record: Any) -> SafeString:
        """Return the badge."""
        tone = self.tones(record) if callable(self.tones) else (self.tones or {}).get(value, "neutral")
        text = self.labels.get(value, getattr(value, "label", value))
        return render_to_string("components/badge.html", components.badge(text, tone))

    def value(self, value: Any) -> Any:
        """Return the words of the badge."""
        return self.labels.get(value, getattr(value, "label", value))


class ClockColumn(Column):
    """A deadline chip; the cell's value is a mapping with the arguments of the `clock` component, or None."""

    def render(self, value: Mapping[str, Any]) -> SafeString:
        """Return the chip."""
        return render_to_string("components/clock.html", components.clock(**value))

    def value(self, value: Mapping[str, Any]) -> str:
        """Return the words of the chip."""
        return str(components.clock(**value)["text"])


class LinkColumn(Column):
    """Text that leads to the record's page; `href` is a function of the record."""

    def __init__(self, *args: Any, href: Callable[[Any], str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.href = href

    def render(self, value: Any, record: Any) -> SafeString:
        """Return the link; plain text where the record has no page."""
        href = self.href(record)
        return format_html('<a href="{}">{}</a>', href, value) if href else format_html("{}", value)
