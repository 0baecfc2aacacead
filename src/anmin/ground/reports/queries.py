"""The report as it reads now, the reports as they were issued, and what would read differently today."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear, Period, parse_period
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper
from anmin.ground.indicators import queries as indicators
from anmin.ground.indicators.declarations import INDICATORS, Indicator
from anmin.ground.reports import drafts, template, writers
from anmin.ground.reports.models import IssuedReport
from anmin.ground.reports.vocabulary import ReportFormat

TEMPLATES: Mapping[type[Period], str] = {HalfYear: "half_year.yaml"}


def draft(actor: Actor, period: Period, *, on: date | None = None) -> drafts.Draft:
    """The report of the period as the records the actor may see have it; while the period runs, give the business day `on`.

    Refuses: a period for which the county has no template, and a faulty template.
    """
    us = authority()
    return drafts.written(template.read(_path(period)), actor, period, {"county": us.county, "authority": us.name}, on=on)


def written(actor: Actor, period: Period, format: ReportFormat | str, *, on: date | None = None) -> bytes:
    """The draft as a file in one of the formats."""
    return file_of(draft(actor, period, on=on), format)


def file_of(draft: drafts.Draft, format: ReportFormat | str) -> bytes:
    """A draft that was written before, as a file."""
    return writers.write(draft.paper, as_format(format))


def as_format(text: ReportFormat | str) -> ReportFormat:
    """The format a person named. Refuses any other."""
    try:
        return ReportFormat(text)
    except ValueError:
        known = "、".join(f"{each.value}（{each.label}）" for each in ReportFormat)
        raise BadValue(f"没有“{text}”这种格式，请从 {known} 中选择。") from None


def issued(actor: Actor) -> QuerySet[IssuedReport]:
    """The issued reports, the latest first. They hold figures of the county and nobody's name, so all staff may read them."""
    return IssuedReport.objects.all() if actor.roles else IssuedReport.objects.none()


def issued_report(actor: Actor, number: str) -> IssuedReport:
    """The issued report with the number. Refuses a number nobody gave."""
    found = issued(actor).filter(number=number).first()
    if found is None:
        raise BadValue(f"没有文号为“{number}”的已印发报告，请核对文号。")
    return found


def issued_file(report: IssuedReport, format: ReportFormat | str) -> bytes:
    """The issued report as a file, as it was issued."""
    return writers.write(Paper.from_data(report.paper).numbered(report.number), as_format(format))


@dataclass(frozen=True)
class Change:
    """A figure that would read differently, or stands on other rows, than when the report was issued."""

    indicator: Indicator | None
    id: str
    label: str
    then: str
    now: str
    value_changed: bool
    rows_changed: bool


def changes_since(report: IssuedReport) -> list[Change]:
    """Which figures of an issued report are different now: another value, another value of last year, or other rows behind it.

    Counted for the same days and the same areas as at the issue, so that only changes of the records show.
    """
    reader = Actor(id=None, name="", roles=tuple((Role.LEADER, path) for path in report.scope))
    then = report.figures
    now = frozen_figures(reader, parse_period(report.period), [id for id in INDICATORS if id in then], on=report.issued_on)
    changes = []
    # In the order of declaration: PostgreSQL gives the keys back in its own.
    for id in (*now, *(id for id in then if id not in now)):
        before, after = then[id], now.get(id)
        if after is None:
            changes.append(Change(None, id, before["label"], before["shown"], "指标已停用", True, False))
        elif after != before:
            changed = (after["value"], after["previous"]) != (before["value"], before["previous"])
            rows_changed = after["rows_hash"] != before["rows_hash"]
            changes.append(Change(INDICATORS[id], id, before["label"], before["shown"], after["shown"], changed, rows_changed))
    return changes


def frozen_figures(actor: Actor, period: Period, ids: list[str], *, on: date) -> dict[str, dict[str, Any]]:
    """What is kept of each figure when a report is issued: value, last year's value, definition, and the hash of its rows."""
    day = min(on, period.last_day)
    return {
        figure.id: {
            "label": figure.label,
            "value": figure.value,
            "previous": figure.previous,
            "shown": figure.shown,
            "unit": figure.unit,
            "definition": figure.definition,
            "rows": figure.row_count,
            "rows_hash": indicators.fingerprint(actor, figure.id, period, on=day),
        }
        for figure in indicators.figures(actor, period, on=day, ids=ids)
    }


def seal_of(report: IssuedReport) -> str:
    """The hash over everything an issued report says."""
    said = [
        report.number,
        report.period,
        report.title,
        report.text,
        report.paper,
        report.figures,
        report.scope,
        report.issued_by_id,
        report.issued_on.isoformat(),
    ]
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _path(period: Period) -> Path:
    name = TEMPLATES.get(type(period))
    if name is None:
        raise BadValue(f"本县没有{period.label}这类期间的报告模板，请改选半年，例如 2024H1。")
    return Path(settings.COUNTY_DIR) / "report" / name
