"""The empty file of a form, to be filled in: headers with drop-down lists, and a sheet that explains each column."""

import io

import xlsxwriter

from anmin.ground.imports.forms import KIND_LABELS, Column, ImportForm
from anmin.ground.imports.values import main_choices
from anmin.ground.imports.workbooks import NOTES_SHEET

_TEXT_KINDS = frozenset({"identity_number", "account", "phone", "text", "name", "town", "village", "date"})
_ROWS_PREPARED = 5_000


def template(form: ImportForm) -> bytes:
    """An XLSX workbook that the form itself accepts once it is filled in."""
    buffer = io.BytesIO()
    # No strings_to_formulas: an example such as "=…" must stay text.
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
    required = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "font_color": "#B42318"})
    # Text format keeps the spreadsheet from rounding identity numbers and from turning numbers into dates.
    text, plain = book.add_format({"num_format": "@"}), book.add_format()
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(form.label[:31])
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(form.columns):
        sheet.write_string(0, place, column.header, required if column.required else head)
        width = max(12, len(column.header) * 2 + 4, 22 if column.kind in {"identity_number", "account"} else 0)
        sheet.set_column(place, place, width, text if column.kind in _TEXT_KINDS else plain)
        allowed = _allowed(column)
        # Excel takes lists of at most 255 characters.
        if allowed and len(",".join(allowed)) <= 255:
            sheet.data_validation(1, place, _ROWS_PREPARED, place, {"validate": "list", "source": allowed})
    notes = book.add_worksheet(NOTES_SHEET)
    notes.set_column(0, 0, 26)
    notes.set_column(1, 2, 22)
    notes.set_column(3, 3, 70, wrapped)
    notes.write_string(0, 0, f"{form.label}（报送单位：{form.sender}）", head)
    lines = [
        "不要改动列名；可以调整列的顺序，可以删除不用的选填列。",
        "整份文件要么全部导入，要么一行也不导入；有错误时会逐行列出。",
        "不知道的内容请留空，留空表示“不清楚”，不表示 0。",
        *form.notes,
    ]
    for number, line in enumerate(lines, 1):
        notes.write_string(number, 0, line)
    start = len(lines) + 2
    for place, title in enumerate(("列名", "是否必填", "示例", "填写要求")):
        notes.write_string(start, place, title, head)
    for number, column in enumerate(form.columns, start + 1):
        for place, said in enumerate((column.header, "必填" if column.required else "选填", column.example, _explained(column))):
            notes.write_string(number, place, said)
    book.close()
    return buffer.getvalue()


def _allowed(column: Column) -> list[str]:
    if column.kind == "yes_no":
        return ["是", "否"]
    return main_choices(column) if column.kind == "choice" else []


def _explained(column: Column) -> str:
    parts = [KIND_LABELS[column.kind]]
    if column.kind == "choice":
        parts = [f"填写以下之一：{'、'.join(main_choices(column))}"]
    if column.note:
        parts.append(column.note)
    return "；".join(parts)
