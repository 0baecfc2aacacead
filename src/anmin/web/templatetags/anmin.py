"""The components every page is made of; `web/README.md` lists them, `templates/gallery.html` shows them.

A component gets plain values (numbers, dates, strings, dictionaries) and returns markup. None of them queries, none
of them decides: the view has done both before.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    DateField,
    FileInput,
    RadioSelect,
    Select,
)
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

UNKNOWN = "—"  # what is not known is shown as a dash, never as 0
SPRITE = "vendor/tabler-icons.svg"
FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000

# A change below half of the last digit shown is no change.
_FLAT = Decimal("0.05")


# --- numbers, money, days -------------------------------------------------------------------------------------------


def _fen(amount: Any) -> int | None:
    """Return whole fen from an int or from an object that carries `fen`; None stays unknown."""
    fen = getattr(amount, "fen", amount)
    return None if fen is None or fen == "" else int(fen)


@register.filter(name="money")
def money_text(amount: Any) -> str:
    """Return yuan with two decimals and thousands separators, as "1,640.00"; a dash when unknown."""
    fen = _fen(amount)
    if fen is None:
        return UNKNOWN
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'−' if fen < 0 else ''}{yuan:,}.{rest:02d}"


@register.filter
def wan(amount: Any, places: int = 2) -> str:
    """Return an amount of fen in units of ten thousand yuan (万元), rounded half up; a dash when unknown."""
    fen = _fen(amount)
    if fen is None:
        return UNKNOWN
    rounded = (Decimal(fen) / FEN_PER_WAN).quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)
    return f"{rounded:,}".replace("-", "−")


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """Return a number with thousands separators; a dash when unknown."""
    if value is None or value == "":
        return UNKNOWN
    if places is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)
    return f"{value:,}".replace("-", "−") if isinstance(value, int | float | Decimal) else str(value)


@register.filter
def chinese_date(day: date | None) -> str:
    """Return a day as 2024年6月30日; a dash when unknown."""
    return UNKNOWN if not day else f"{day.year}年{day.month}月{day.day}日"


@register.filter
def month_text(day: date | None) -> str:
    """Return the month of a day as 2024年6月; a dash when unknown."""
    return UNKNOWN if not day else f"{day.year}年{day.month}月"


@register.simple_tag
def money(amount: Any, unit: str = "元", signed: bool = False) -> SafeString:
    """Return a money cell: tabular figures, unit in grey, a sign in front when `signed`."""
    fen = _fen(amount)
    if fen is None:
        return format_html('<span class="money is-unknown" title="尚不清楚">{}</span>', UNKNOWN)
    sign = "+" if signed and fen > 0 else ""
    tone = " is-negative" if fen < 0 else ""
    return format_html(
        '<span class="money{}">{}{}</span>{}',
        tone,
        sign,
        money_text(fen),
        format_html('<span class="unit">{}</span>', unit) if unit else "",
    )


# --- small parts ----------------------------------------------------------------------------------------------------


# Remembered: a page has some forty. By type, too, as a text that is safe equals one that is not.
@register.simple_tag
@lru_cache(maxsize=1024, typed=True)
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """Return one icon of the sprite; without a `label` it is decoration and hidden from screen readers."""
    return format_html(
        '<svg class="icon {}" {} focusable="false"><use href="{}#{}"></use></svg>',
        css,
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        static(SPRITE),
        name,
    )


@register.inclusion_tag("components/badge.html")
def badge(text: Any, tone: str = "neutral", icon: str = "", dot: bool = False) -> dict[str, Any]:
    """A status in words. Tones: neutral, accent, info, success, warning, danger."""
    return {"text": text, "tone": tone or "neutral", "icon": icon, "dot": dot}


@register.inclusion_tag("components/clock.html")
def clock(
    working_days_left: int | None = None,
    due_on: date | None = None,
    state: str = "running",
    unit: str = "个工作日",
    soon: int = 2,
) -> dict[str, Any]:
    """A deadline. `state`: running, stopped (the clock stands still) or done. Late is red, within `soon` days is amber."""
    tone, text, mark = "neutral", "不计时", "clock"
    if state == "done":
        tone, text, mark = "success", "已办结", "check"
    elif state == "stopped":
        tone, text, mark = "info", "计时中止", "player-pause"
    elif working_days_left is not None:
        if working_days_left < 0:
            tone, text, mark = "danger", f"逾期 {-working_days_left} {unit}", "alert-circle"
        elif working_days_left == 0:
            tone, text, mark = "warning", "今天到期", "alarm"
        else:
            text = f"还剩 {working_days_left} {unit}"
            tone = "warning" if working_days_left <= soon else "neutral"
    return {"tone": tone, "text": text, "icon": mark, "due_on": due_on}


# --- blocks ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/stat_card.html")
def stat_card(
    label: str,
    value: Any,
    unit: str = "",
    change: Any = None,
    change_unit: str = "%",
    change_label: str = "较上年同期",
    better: str = "",
    href: str = "",
    icon: str = "",
    note: str = "",
    spark: Sequence[float | None] | None = None,
    tone: str = "",
) -> dict[str, Any]:
    """A key figure. `better` ("up" or "down") colours the change; without it a change is neither good nor bad."""
    direction = ""
    if change is not None:
        direction = "flat" if abs(Decimal(str(change))) < _FLAT else ("up" if change > 0 else "down")
    judged = "" if not better or direction in ("", "flat") else ("good" if direction == better else "bad")
    return {
        "label": label,
        "value": number(value) if not isinstance(value, str) else value,
        "unit": unit,
        "has_change": change is not None,
        "change": "持平" if direction == "flat" else f"{number(abs(change)) if change is not None else ''}{change_unit}",
        "direction": direction,
        "judged": judged,
        "change_label": change_label,
        "href": href,
        "icon": icon,
        "note": note,
        "spark": sparkline(spark) if spark else None,
        "tone": tone,
    }


def sparkline(values: Sequence[float | None], width: int = 104, height: int = 28) -> dict[str, str]:
    """Return the points of a small line over the known values, and where its last point lies."""
    known = [(place, float(value)) for place, value in enumerate(values) if value is not None]
    if not known:
        return {"points": "", "area": "", "x": "0", "y": "0"}
    low, high = min(value for _, value in known), max(value for _, value in known)
    span = (high - low) or 1
    step = (width - 6) / max(len(values) - 1, 1)
    points = [(3 + place * step, height - 4 - (value - low) / span * (height - 8)) for place, value in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    area = f"{points[0][0]:.1f},{height} {line} {points[-1][0]:.1f},{height}"
    return {"points": line, "area": area, "x": f"{points[-1][0]:.1f}", "y": f"{points[-1][1]:.1f}"}


@register.inclusion_tag("components/facts.html")
def facts(rows: Iterable[Any], columns: int = 2) -> dict[str, Any]:
    """A panel of labelled facts. A row is (label, value) or a dictionary: label, value, note, href, wide, copyable."""
    listed = [row if isinstance(row, Mapping) else {"label": row[0], "value": row[1]} for row in rows]
    return {"rows": listed, "columns": columns}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The actions of a case. An entry: at, title, actor, role, note, tone, icon, documents=[{label, href}]."""
    return {"entries": list(entries)}


@register.inclusion_tag("components/steps.html")
def steps(items: Iterable[Mapping[str, Any]], label: str = "办理进度") -> dict[str, Any]:
    """The progress of a case. A step: label, state (done, current, todo, skipped, failed), detail."""
    return {"items": list(items), "label": label}


@register.inclusion_tag("components/why.html")
def why(node: Mapping[str, Any], open_levels: int = 2) -> dict[str, Any]:
    """The reasons of an amount. A node: label, value, unit, formula, article, document, href, note, kind, inputs=[node].

    `kind`: rule (computed), parameter (set by a document), fact (recorded). `value` is text ready to read.
    """
    return {"node": node, "open": open_levels > 0, "below": open_levels - 1}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", icon: str = "inbox", action_label: str = "", action_href: str = "") -> dict[str, Any]:
    """What stands where a list would, when there is nothing to list."""
    return {
        "title": title,
        "text": text,
        "icon": icon,
        "action_label": action_label,
        "action_href": action_href,
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page", target: str = "", label: str = "") -> dict[str, Any]:
    """The pages of a list, keeping the rest of the query string; with `target` (a CSS selector) htmx swaps only that."""
    return {
        "request": context.get("request"),
        "page": page,
        "parameter": parameter,
        "target": target,
        "label": f"{label}翻页",
        "gap": page.paginator.ELLIPSIS,
        "range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }


@register.inclusion_tag("components/chart.html")
def chart(kind: str, data: Mapping[str, Any], id: str, title: str, height: int = 280, table: bool = True) -> dict[str, Any]:
    """A chart with its table beneath. `kind`: line, bar, map. `data`: categories, series=[{name, values}], unit.

    A map's data: areas (GeoJSON, each feature's properties.name), values=[{name, value, href}], unit.
    """
    if kind == "map":
        heads = ["区域", f"数值（{data.get('unit', '')}）"]
        rows = [[item["name"], number(item["value"])] for item in data["values"]]
    else:
        heads = ["", *(series["name"] for series in data["series"])]
        rows = [
            [category, *(number(series["values"][place]) for series in data["series"])]
            for place, category in enumerate(data["categories"])
        ]
    return {
        "kind": kind,
        "data": data,
        "id": id,
        "title": title,
        "height": height,
        "heads": heads,
        "rows": rows,
        "table": table,
    }


# --- forms ----------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    label: str = "",
    help: str = "",
    suffix: str = "",
    hide_label: bool = False,
    css: str = "",
) -> dict[str, Any]:
    """One form field with its label, help and error. Django itself ties help and error to the input (aria-describedby)."""
    widget = bound.field.widget
    choice = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    attributes: dict[str, Any] = {}
    if isinstance(widget, CheckboxInput):
        style = "form-check-input"
    elif choice:
        style = ""
        widget.attrs["class"] = "form-check-input"
    elif isinstance(widget, Select):
        style = "form-select"
    else:
        style = "form-control"
    if isinstance(bound.field, DateField) and getattr(widget, "input_type", "") in ("text", "date"):
        # A browser's date input understands ISO days only; the Chinese locale would write slashes.
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    if bound.errors:
        style += " is-invalid"
    given = widget.attrs.get("class", "")
    attributes["class"] = f"{style} {given}".strip()
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes) if not choice else bound,
        "label": label or bound.label,
        "help": help or bound.help_text,
        "suffix": suffix,
        "hide_label": hide_label,
        "css": css,
        "is_checkbox": isinstance(widget, CheckboxInput),
        "is_choice": choice,
        "is_file": isinstance(widget, FileInput),
        "errors": bound.errors,
    }


@register.inclusion_tag("components/fields.html")
def fields(form: Any) -> dict[str, Any]:
    """Every field of a form, after the faults that belong to no single field."""
    return {"form": form}


@register.inclusion_tag("components/filter_bar.html", takes_context=True)
def filter_bar(context: Context, form: Any, target: str = "", action: str = "", export: str = "") -> dict[str, Any]:
    """A row of filters sent by GET; with `target` (a CSS selector) htmx swaps only that part of the answer."""
    request = context.get("request")
    return {
        "form": form,
        "target": target,
        "action": action or (request.path if request else ""),
        "export": export,
        "request": request,
    }


@register.inclusion_tag("components/upload.html")
def upload(bound: BoundField, accept: str = "", hint: str = "") -> dict[str, Any]:
    """A file input one can drop a file on; its form needs `data-upload` to show the progress of the transfer."""
    return {"field": bound, "accept": accept, "hint": hint or bound.help_text, "errors": bound.errors}


# --- parts that only other components use ---------------------------------------------------------------------------


@register.inclusion_tag("components/why_node.html")
def why_branch(node: Mapping[str, Any], below: int) -> dict[str, Any]:
    """One node of the reasons and, under it, its own."""
    return {"node": node, "open": below > 0, "below": below - 1}


@register.simple_tag(takes_context=True)
def page_link(context: Context, parameter: str, page: int) -> str:
    """Return the query string of this request with another page."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[parameter] = str(page)
    return f"?{query.urlencode()}"
