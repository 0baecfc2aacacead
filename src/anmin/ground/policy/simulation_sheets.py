"""A simulation as a spreadsheet: what was supposed, the totals each way, who enters and leaves."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from anmin.ground.policy.simulation import Mover, Simulated, Total

HEADINGS = ("户数（前）", "户数（后）", "人数（前）", "人数（后）", "金额（前，元）", "金额（后，元）", "增加（元）")
NOTE = "本表为测算结果，不改变任何登记、认定和发放。户数、人数为测算期末数，金额为测算期间合计。"


def write_workbook(made: Simulated, path: Path, names: Mapping[Any, str] | None = None) -> None:
    """The workbook is in the file."""
    path.write_bytes(workbook(made, names))


def workbook(made: Simulated, names: Mapping[Any, str] | None = None) -> bytes:
    """The simulation as the bytes of a workbook; `names` are what families and persons are to be called."""
    import xlsxwriter

    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet("测算说明")
    sheet.set_column(0, 0, 100)
    said = [change.sentence for change in made.changes]
    said.append(f"测算期间：{made.months[0].label}至{made.months[-1].label}，共{len(made.months)}个月。")
    said += made.left_out
    said += [f"不受影响的项目：{'、'.join(made.untouched)}。"] if made.untouched else []
    for row, text in enumerate([*said, NOTE]):
        sheet.write_string(row, 0, text)
    for title, totals in (
        ("分项目", made.by_programme()),
        ("逐月", made.by_month()),
        ("按地区", made.by_town()),
        ("按保障方式", made.by_category()),
        ("按资金来源", made.by_source()),
    ):
        _totals(book.add_worksheet(title), title, totals, bold, money)
    _movers(book.add_worksheet("进入和退出"), made, names or {}, bold, money)
    book.close()
    return held.getvalue()


def _totals(sheet: Any, title: str, totals: Sequence[Total], bold: Any, money: Any) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 7, 16)
    sheet.freeze_panes(1, 1)
    for column, heading in enumerate((title, *HEADINGS)):
        sheet.write_string(0, column, heading, bold)
    for row, total in enumerate(totals, start=1):
        before, after = total.before, total.after
        sheet.write_string(row, 0, total.label)
        counts = (before.households, after.households, before.persons, after.persons) if total.counted else ()
        for column, count in enumerate(counts, start=1):
            sheet.write_number(row, column, count)
        for column, fen in enumerate((before.fen, after.fen, total.more), start=5):
            sheet.write_number(row, column, fen / 100, money)


def _movers(sheet: Any, made: Simulated, names: Mapping[Any, str], bold: Any, money: Any) -> None:
    sheet.set_column(0, 6, 18)
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(("变化", "项目", "家庭", "人员", "地区", "从何月起", "调整前（元/月）", "调整后（元/月）")):
        sheet.write_string(0, column, heading, bold)
    for row, mover in enumerate(sorted(made.movers, key=_order), start=1):
        words = (
            "进入" if mover.enters else "退出",
            made.labels[mover.programme],
            names.get(("household", mover.household), str(mover.household)),
            "" if mover.person is None else names.get(("person", mover.person), str(mover.person)),
            mover.town,
            mover.month.label,
        )
        for column, word in enumerate(words):
            sheet.write_string(row, column, word)
        sheet.write_number(row, 6, mover.before / 100, money)
        sheet.write_number(row, 7, mover.after / 100, money)


def _order(mover: Mover) -> tuple[bool, str, str]:
    return (not mover.enters, mover.programme, mover.town)
