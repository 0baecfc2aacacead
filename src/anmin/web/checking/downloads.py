"""The result of a check as a file: JSON for a machine, a workbook or a Word file for a person."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpResponse

from anmin.base import clock
from anmin.ground.documents.paper import Heading, Paper, Paragraph, Span, Table, text
from anmin.ground.reports import queries, writers
from anmin.ground.reports.checking.findings import Checked
from anmin.ground.reports.checking.telling import count_of, in_reading_order, off_said
from anmin.ground.reports.checking.texts import Document
from anmin.ground.reports.comparison import Compared
from anmin.ground.reports.vocabulary import ReportFormat
from anmin.web import listing
from anmin.web.checking.shown import FINDING_HEADERS, finding_row

TITLE = "核数结果"
FORMATS = (
    ("docx", "Word 文档", "file-type-docx"),
    ("xlsx", "Excel 表格", "file-spreadsheet"),
    ("json", "JSON 数据", "database"),
)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_of(format: str, document: Document, checked: Checked, compared: Sequence[Compared] | None) -> HttpResponse:
    """The result in the format that was asked for. Refuses any other."""
    if format == "json":
        said = checked.as_json() | {"counted": document.counted}
        if compared is not None:
            said["compared"] = [each.as_json() for each in compared]
        return _download(json.dumps(said, ensure_ascii=False, indent=2).encode(), "application/json", "json")
    if format == "xlsx":
        rows: list[list[str | int]] = [list(FINDING_HEADERS), *_rows(document, checked)]
        rows += [["", "记录对照", "不一致", "", each.printed, each.sentence, ""] for each in compared or () if each.differs]
        note = "　".join([count_of(checked).said, *off_said(checked)])
        return listing.xlsx_response(rows, TITLE, note=note)
    queries.as_format(format)
    return _download(writers.write(_paper(document, checked, compared), ReportFormat.DOCX), _DOCX, "docx")


def _rows(document: Document, checked: Checked) -> list[list[str | int]]:
    return [finding_row(document, number, each) for number, each in enumerate(in_reading_order(checked.findings), start=1)]


def _paper(document: Document, checked: Checked, compared: Sequence[Compared] | None) -> Paper:
    count = count_of(checked)
    blocks: list[Heading | Paragraph | Table] = [text(f"{document.name}。{count.over}{count.said}")]
    blocks += [text(f"{each}。" if not each.endswith("。") else each) for each in (*checked.notes, *off_said(checked))]
    for row in _rows(document, checked):
        number, label, title, place, quotation, arithmetic, proposal = map(str, row)
        blocks.append(Paragraph((Span(f"{number}. {label}　{title}　{place}", bold=True),)))
        blocks += [text(f"原文：{quotation}"), text(f"核算：{arithmetic}")]
        if proposal:
            blocks.append(text(f"建议：{proposal}"))
    if compared:
        blocks.append(Heading("与平台记录对照"))
        blocks += [text(each.sentence) for each in compared]
    return Paper(TITLE, tuple(blocks))


def _download(content: bytes, kind: str, suffix: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{TITLE}-{clock.today():%Y%m%d}.{suffix}')}"
    return answer
