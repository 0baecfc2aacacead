"""The half-year report: the draft from the records of this moment, and the reports as they were issued."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear, parse_period
from anmin.ground.documents.paper import Heading, Paper, Paragraph
from anmin.ground.indicators.figures import Figure
from anmin.ground.reports import actions, queries
from anmin.ground.reports.vocabulary import ReportFormat
from anmin.web import listing
from anmin.web.asking import may, why_not
from anmin.web.figures.views import figure_url
from anmin.web.middleware import ActingRequest
from anmin.web.periods import asked_period, neighbours
from anmin.web.reports.forms import ReportFilter
from anmin.web.reports.tables import ChangeTable, DraftFigureTable, IssuedTable
from anmin.web.templatetags.anmin import chinese_date

FORMATS = (
    (ReportFormat.DOCX, "Word 文档", "file-type-docx"),
    (ReportFormat.HTML, "网页", "file-text"),
    (ReportFormat.MARKDOWN, "纯文本", "file-description"),
)
_MEDIA = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.HTML: "text/html; charset=utf-8",
    ReportFormat.MARKDOWN: "text/markdown; charset=utf-8",
}
_HOME = {"label": "首页", "url": "/"}


def draft(request: ActingRequest) -> HttpResponse:
    """The report as the records have it now; every figure leads to its records."""
    on, period = clock.today(), _period(request)
    made = queries.draft(request.actor, period, on=on)
    before, after = neighbours(period, on)
    issued_before = queries.issued(request.actor).select_related("issued_by")
    table = listing.configured(request, IssuedTable(issued_before, prefix="issued-"), per_page=10)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(IssuedTable(issued_before), "已印发的工作总结")
    return render(
        request,
        "reports/draft.html",
        {
            "form": ReportFilter(request.GET or None, period=period),
            "period": period,
            "before": before,
            "after": after,
            "title": made.title,
            "blocks": _blocks(made.paper),
            "findings": made.findings,
            "doubts": made.doubts,
            "text": made.text,
            "left_out": made.left_out,
            "running": on < period.last_day,
            "figures": DraftFigureTable(
                [_row(each) for each in made.figures.values() if each.indicator.listed or each.value],
                prefix="figures-",
                orderable=False,
            ),
            "formats": [
                {"href": f"{reverse('report-file', args=[key])}?period={period}", "label": label, "icon": icon}
                for key, label, icon in FORMATS
            ],
            "may_issue": may(actions.issue_report, actor=request.actor),
            "why_not": why_not(actions.issue_report, actor=request.actor),
            "issued": table,
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "工作总结"}],
        },
    )


def draft_file(request: ActingRequest, format: str) -> HttpResponse:
    """The draft as a file."""
    made = queries.draft(request.actor, _period(request), on=clock.today())
    chosen = queries.as_format(format)
    return _download(queries.file_of(made, chosen), chosen, f"{made.title}（草稿）")


@require_POST
def issue(request: ActingRequest) -> HttpResponse:
    """The report has a number and is frozen."""
    period = parse_period(request.POST.get("period", ""))
    made = actions.issue_report(period=period, actor=request.actor, on=clock.today())
    messages.success(request, f"已印发《{made.title}》（{made.number}），文字和数字从此不变。")
    return redirect("report-issued", made.number)


def issued(request: ActingRequest, number: str) -> HttpResponse:
    """A report as it was issued, and what would read differently today."""
    report = queries.issued_report(request.actor, number)
    period = parse_period(report.period)
    changes = [
        {
            "label": each.label,
            "href": figure_url(each.id, period) if each.indicator else "",
            "then": each.then,
            "now": each.now,
            "what": "数值变化" if each.value_changed else "记录变化，数值未变",
        }
        for each in queries.changes_since(report)
    ]
    table = ChangeTable(changes, orderable=False)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "印发以来的变化")
    return render(
        request,
        "reports/issued.html",
        {
            "report": report,
            "blocks": _blocks(Paper.from_data(report.paper)),
            "untouched": queries.seal_of(report) == report.seal,
            "facts": [
                ("文号", report.number),
                ("期间", period.label),
                ("印发人", report.issued_by.name if report.issued_by else "系统"),
                ("印发日期", chinese_date(report.issued_on)),
                {"label": "封印", "value": report.seal, "wide": True, "copyable": True},
            ],
            "changes": changes,
            "table": table,
            "formats": [
                {"href": reverse("report-issued-file", args=[report.number, key]), "label": label, "icon": icon}
                for key, label, icon in FORMATS
            ],
            "export": listing.export_address(request),
            "breadcrumbs": [
                _HOME,
                {"label": "工作总结", "url": f"{reverse('report')}?period={period}"},
                {"label": report.number},
            ],
        },
    )


def issued_file(request: ActingRequest, number: str, format: str) -> HttpResponse:
    """An issued report as a file."""
    report = queries.issued_report(request.actor, number)
    chosen = queries.as_format(format)
    return _download(queries.issued_file(report, chosen), chosen, f"{report.title}（{report.number}）")


def _period(request: ActingRequest) -> HalfYear:
    period = asked_period(request.GET)
    if not isinstance(period, HalfYear):
        raise BadValue(f"工作总结按半年撰写，没有{period.label}的模板，请选择半年。")
    return period


def _blocks(paper: Paper) -> list[dict[str, Any]]:
    """The paper block by block, for the page."""
    made: list[dict[str, Any]] = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            made.append({"heading": block.text, "level": block.level})
        elif isinstance(block, Paragraph):
            made.append({"spans": block.spans})
    return made


def _row(each: Figure) -> dict[str, Any]:
    return {
        "label": each.label,
        "shown": each.shown,
        "rows": each.row_count,
        "href": figure_url(each.id, each.window.period),
    }


def _download(content: bytes, format: ReportFormat, title: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_MEDIA[format])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{title}.{format.value}')}"
    return answer
