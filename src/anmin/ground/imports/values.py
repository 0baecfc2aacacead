"""One cell becomes one value of its column's kind, or a sentence that says what to mend."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.money import parse_yuan
from anmin.base.names import normalise_name
from anmin.ground.imports.forms import Column, Kind
from anmin.ground.imports.reading import CELL_AT_MOST, Broken, Cell, Formula

_YES = frozenset({"是", "有", "Y", "YES", "1", "√", "TRUE"})
_NO = frozenset({"否", "无", "N", "NO", "0", "×", "FALSE"})
_OPEN_END = frozenset({"长期", "至今", "无", "永久"})
_DATE = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?")
_DATE_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PHONE = re.compile(r"\+?[0-9][0-9()\- ]{5,18}[0-9]")
_BLANKS = re.compile(r"\s+")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 12, 31)

_AS_TEXT = "请把该列设为“文本”格式后按原件重新填写"


def read_cell(cell: Cell, column: Column, on: date) -> Any:
    """The value of the cell; None when it is blank and need not be filled.

    Refuses: a blank where something is required, a formula, an error value, and whatever the column's kind refuses.
    """
    if cell is None or cell == "":
        if column.required:
            raise BadValue("没有填写，此列为必填。")
        return None
    if isinstance(cell, Formula):
        raise BadValue(f"单元格 {cell.place} 是公式，请复制后用“选择性粘贴—数值”替换成结果再导入。")
    if isinstance(cell, Broken):
        raise BadValue(f"单元格 {cell.place} 显示为错误值 {cell.shown}，请改为实际内容。")
    if isinstance(cell, str) and len(cell) > CELL_AT_MOST:
        raise BadValue(f"内容有 {len(cell)} 个字，超过 {CELL_AT_MOST} 个字，请检查是否粘贴错误。")
    return _READERS[column.kind](cell, column, on)


def _text(cell: Cell, column: Column, on: date) -> str:
    text = _written(cell)
    if len(text) > column.longest:
        raise BadValue(f"内容有 {len(text)} 个字，超过 {column.longest} 个字，请缩短。")
    # Kept as it is: a leading = + - @ is text here, and is defused where files are written, not where they are read.
    return text


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime | date):
        raise BadValue(f"被电子表格存成了日期 {cell:%Y-%m-%d}，{_AS_TEXT}。")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return str(int(cell)) if cell == int(cell) else repr(cell)
    raise BadValue("内容无法识别，请重新填写。")


def _name(cell: Cell, column: Column, on: date) -> str:
    return normalise_name(_written(cell))


def _identity_number(cell: Cell, column: Column, on: date) -> str:
    if not isinstance(cell, str):
        raise BadValue(f"是数字格式，电子表格只能保留 15 位有效数字，后几位可能已经丢失，{_AS_TEXT}。")
    return normalise_identity_number(cell, on=on)


def _account(cell: Cell, column: Column, on: date) -> str:
    if not isinstance(cell, str):
        raise BadValue(f"是数字格式，电子表格只能保留 15 位有效数字，后几位可能已经丢失，{_AS_TEXT}。")
    account = re.sub(r"[\s'\u2018\u2019-]+", "", unicodedata.normalize("NFKC", cell))
    if not account.isascii() or not account.isdigit():
        raise BadValue(f"应当全部是数字，{_AS_TEXT}。")
    # No check digit: Luhn does not hold for every Chinese account.
    if not 16 <= len(account) <= 19:
        raise BadValue(f"应为 16 至 19 位数字，现在是 {len(account)} 位，请对照银行卡或社保卡检查。")
    return account


def _phone(cell: Cell, column: Column, on: date) -> str:
    text = unicodedata.normalize("NFKC", _written(cell)).strip()
    if not _PHONE.fullmatch(text):
        raise BadValue("应为手机号码或带区号的固定电话，例如 13800000000、0513-80000000；只填一个号码。")
    return text


def _date(cell: Cell, column: Column, on: date) -> date | None:
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        text = unicodedata.normalize("NFKC", _written(cell)).strip()
        if text in _OPEN_END and not column.required:
            return None
        match = _DATE.fullmatch(text) or _DATE_DIGITS.fullmatch(text)
        if match is None:
            raise BadValue(f"“{_shortened(text)}”不是日期，请写成 2024-06-30 的样子。")
        try:
            found = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise BadValue(f"“{_shortened(text)}”不是真实存在的日期，请检查年月日。") from None
    if not _EARLIEST <= found <= _LATEST:
        raise BadValue(f"日期 {found} 不在 1900 年至 2200 年之间，请检查年份。")
    return found


def _yuan(cell: Cell, column: Column, on: date) -> int:
    if isinstance(cell, datetime | date):
        raise BadValue("被电子表格存成了日期，请把该列设为“常规”或“数值”格式后重新填写金额。")
    if isinstance(cell, str | int | float):
        return parse_yuan(cell)
    raise BadValue("金额无法识别，请重新填写。")


def _count(cell: Cell, column: Column, on: date) -> int:
    text = unicodedata.normalize("NFKC", _written(cell)).strip()
    if re.fullmatch(r"-[0-9.]+", text):
        raise BadValue(f"“{_shortened(text)}”是负数，此处不能为负。")
    if not re.fullmatch(r"[0-9]{1,9}(?:\.0+)?", text):
        raise BadValue(f"“{_shortened(text)}”应为整数，例如 0、1、2。")
    number = int(text.split(".")[0])
    if number > column.most:
        raise BadValue(f"{number} 超过此列可填的最大数 {column.most}，请检查。")
    return number


def _yes_no(cell: Cell, column: Column, on: date) -> bool:
    if isinstance(cell, bool):
        return cell
    text = unicodedata.normalize("NFKC", _written(cell)).strip().upper()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise BadValue(f"“{_shortened(text)}”应为“是”或“否”。")


def _choice(cell: Cell, column: Column, on: date) -> Any:
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", _written(cell)))
    for label, value in column.choices.items():
        if text == unicodedata.normalize("NFKC", label):
            return value
    raise BadValue(f"“{_shortened(text)}”不是可选的内容，应为：{'、'.join(main_choices(column))}。")


def main_choices(column: Column) -> list[str]:
    """The first word for each value; the others are synonyms."""
    first: dict[Any, str] = {}
    for label, value in column.choices.items():
        first.setdefault(value, label)
    return list(first.values())


def _area_name(cell: Cell, column: Column, on: date) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", _written(cell)))


def _shortened(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"


_READERS: dict[Kind, Callable[[Cell, Column, date], Any]] = {
    "text": _text,
    "name": _name,
    "identity_number": _identity_number,
    "account": _account,
    "phone": _phone,
    "date": _date,
    "yuan": _yuan,
    "count": _count,
    "yes_no": _yes_no,
    "choice": _choice,
    "town": _area_name,
    "village": _area_name,
}
