"""The list behind a figure as an XLSX workbook: a sheet of rows, and a sheet that says what is counted and as of when."""

from datetime import date
from io import BytesIO

import xlsxwriter

from anmin.ground.indicators.declarations import Column
from anmin.ground.indicators.figures import Cell, Listing
from anmin.ground.indicators.vocabulary import CellKind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEN_PER_YUAN = 100


def workbook(listing: Listing) -> bytes:
    """The workbook's bytes. Words stay words: a certificate number never turns into a number, nor a name into a formula."""
    figure = listing.figure
    held = BytesIO()
    with xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        bold, day, money = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "#,##0.00"}),
        )
        sheet = book.add_worksheet("明细")
        for place, header in enumerate(listing.headers):
            sheet.write_string(0, place, header, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(listing.headers) - 1, 0), 16)
        for number, line in enumerate(listing[:], start=1):
            for place, cell in enumerate(line):
                column = listing.columns[place] if listing.columns else None
                _write(sheet, number, place, cell, column, day, money)
        about = book.add_worksheet("口径")
        about.set_column(0, 0, 12)
        about.set_column(1, 1, 90)
        lines = (
            ("指标", figure.label),
            ("编号", figure.id),
            ("期间", figure.window.label),
            ("数值", figure.shown),
            ("记录条数", str(figure.row_count)),
            ("口径", figure.definition),
            ("依据", figure.indicator.basis or "—"),
        )
        for number, (label, text) in enumerate(lines):
            about.write_string(number, 0, label, bold)
            about.write_string(number, 1, text)
    return held.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    place: int,
    cell: Cell,
    column: Column | None,
    day: xlsxwriter.format.Format,
    money: xlsxwriter.format.Format,
) -> None:
    if column is not None and cell.value is not None:
        if column.kind is CellKind.MONEY:
            sheet.write_number(row, place, cell.value / FEN_PER_YUAN, money)
            return
        if column.kind is CellKind.NUMBER:
            sheet.write_number(row, place, cell.value)
            return
        if isinstance(cell.value, date):
            sheet.write_datetime(row, place, cell.value, day)
            return
    sheet.write_string(row, place, cell.shown)
