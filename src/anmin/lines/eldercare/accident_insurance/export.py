"""A list of insured elders as the workbook that is sent."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from anmin.base.money import format_yuan
from anmin.lines.eldercare.accident_insurance.queries import Insured, Roster

HEADERS = ("序号", "姓名", "身份证号", "出生日期", "周岁", "镇（街道）", "村（社区）", "名单", "保费（元）")


def workbook(listed: Roster) -> bytes:
    """The list as a workbook, with masked identity numbers. Words stay words: a name never turns into a formula."""
    held = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("保险名单")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(HEADERS) - 1, 16)
        for place, header in enumerate(HEADERS):
            sheet.write_string(0, place, header, bold)
        for number, line in enumerate(listed.lines, 1):
            for place, cell in enumerate(_cells(number, line)):
                sheet.write_string(number, place, cell)
        sheet.write_string(len(listed.lines) + 2, 0, f"名单基准日：{listed.on}；共{len(listed.lines)}人，")
        sheet.write_string(len(listed.lines) + 2, 3, f"年保费合计{format_yuan(listed.premium)}元。")
    return held.getvalue()


def _cells(number: int, line: Insured) -> Sequence[str]:
    return (
        str(number),
        line.name,
        line.identity_mask,
        line.birth_on.isoformat(),
        str(line.age),
        line.town,
        line.village,
        line.which,
        format_yuan(line.premium),
    )
