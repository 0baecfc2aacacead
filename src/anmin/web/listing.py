"""What every list does the same way: sorting, paging, and the same rows as an Excel file."""

import io
from datetime import date
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django_tables2 import RequestConfig, Table

from anmin.base import clock

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def configured(request: HttpRequest, table: Table, *, per_page: int = PER_PAGE) -> Table:
    """The table sorted and paged as the address says; a page beyond the last is the last."""
    RequestConfig(request, paginate={"per_page": per_page, "silent": True}).configure(table)
    return table


def wants_xlsx(request: HttpRequest) -> bool:
    """True when the address asks for the list as a file (`?export=xlsx`)."""
    return request.GET.get("export") == "xlsx"


def export_address(request: HttpRequest) -> str:
    """The address of this very list, filtered as it is, as a file."""
    query = request.GET.copy()
    query.pop("page", None)
    query["export"] = "xlsx"
    return f"?{query.urlencode()}"


def as_xlsx(table: Table, title: str) -> HttpResponse:
    """All rows of the table, in its order, as a workbook named by title and business day.

    Text is written as text: a name that begins with "=" stays a name.
    """
    return xlsx_response(list(table.as_values()), title)


def xlsx_response(rows: list[list[Any]], title: str, *, note: str = "") -> HttpResponse:
    """Rows, the first of them the headings, as a workbook to download."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    widths: dict[int, int] = {}
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            widths[column] = max(widths.get(column, 0), sum(2 if ord(c) > 0xFF else 1 for c in str(value or "")))
            if line == 0:
                sheet.write_string(line, column, str(value), heading)
            elif value is None:
                continue
            elif isinstance(value, bool):
                sheet.write_string(line, column, "是" if value else "否")
            elif isinstance(value, int | float):
                sheet.write_number(line, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            else:
                sheet.write_string(line, column, str(value))
    for column, width in widths.items():
        sheet.set_column(column, column, min(max(width + 2, 8), 48))
    sheet.freeze_panes(1, 0)
    if rows and rows[0]:
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
    if note:
        sheet.write_string(len(rows) + 1, 0, note)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    name = quote(f"{title}-{clock.today():%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
