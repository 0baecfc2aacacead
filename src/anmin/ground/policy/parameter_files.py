"""Reading one parameter file: every fault is refused with the file, the line and the field.

A value without a document is refused: a figure nobody can trace must not pay anybody.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from anmin.base.errors import BadValue
from anmin.base.money import parse_yuan
from anmin.ground.policy.located import Located, read_mapping
from anmin.ground.policy.parameters import Document, Entry, Parameter, Scalar, Value, is_money
from anmin.ground.policy.vocabulary import CONFIDENCE, ISSUERS, PURPOSES, UNITS

LARGEST_RATE = 10_000
"""Rates stay below ten thousand per mille, so that amount times rate stays far inside 64 bits."""

_FILE_KEYS = {"label", "unit", "purpose", "note", "rows", "values"}
_ROW_KEYS = {"from", "value", "issuer", "document", "published", "confidence", "note"}
_DOCUMENT_KEYS = {"title", "number", "article"}


def read_parameter(path: Path, *, root: Path) -> Parameter:
    """The parameter of one file; its address is its path below ``root``.

    Refuses: unknown or missing keys, an unknown unit, issuer or confidence, no values, dates that are not dates, not sorted or
    given twice, a value that is negative or does not fit the unit, a table whose keys change between dates, a value without
    title and number of a document.
    """
    parts = path.relative_to(root).with_suffix("").parts
    if len(parts) < 3 or not all(part.isidentifier() and part.islower() for part in parts):
        raise BadValue(f"{path}：参数文件应放在“业务/项目/名称.yaml”下，名称只用小写英文字母、数字和下划线。")
    return _Reader(path, ".".join(parts)).read()


class _Reader:
    def __init__(self, path: Path, address: str) -> None:
        self.path = path
        self.address = address

    def read(self) -> Parameter:
        content = read_mapping(self.path)
        self._only(content, _FILE_KEYS)
        label = self._text(content, "label")
        unit = self._choice(content, "unit", UNITS)
        purpose = self._choice(content, "purpose", PURPOSES) if "purpose" in content else "amount"
        labels = self._labels(content)
        rows = content.get("values")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, Located) for row in rows):
            self._refuse(content, "values", "应至少有一条带日期的数值")
        entries = tuple(self._entry(row, label, unit, labels) for row in rows)
        for row, earlier, later in zip(rows[1:], entries, entries[1:], strict=False):
            if earlier.valid_from == later.valid_from:
                self._refuse(row, "from", f"{later.valid_from} 重复，同一天只能有一个数值")
            if earlier.valid_from > later.valid_from:
                self._refuse(row, "from", "日期应从早到晚排列")
        note = self._text(content, "note") if "note" in content else ""
        return Parameter(self.address, label, unit, entries, purpose, note, labels, str(self.path))

    def _entry(self, row: Located, label: str, unit: str, labels: Mapping[str, str]) -> Entry:
        self._only(row, _ROW_KEYS)
        return Entry(
            address=self.address,
            label=label,
            unit=unit,
            value=self._value(row, unit, labels),
            valid_from=self._date(row, "from"),
            issuer=self._choice(row, "issuer", ISSUERS),
            document=self._document(row),
            published=self._date(row, "published"),
            confidence=self._choice(row, "confidence", CONFIDENCE),
            note=self._text(row, "note") if "note" in row else "",
            rows=labels,
        )

    def _labels(self, content: Located) -> dict[str, str]:
        """The Chinese names of a table's rows; none for a single value."""
        found = content.get("rows", Located())
        if not isinstance(found, Located):
            self._refuse(content, "rows", "应逐行写明分类的中文名称")
        return {key: self._text(found, key) for key in found}

    def _document(self, row: Located) -> Document:
        found = row.get("document")
        if not isinstance(found, Located):
            self._refuse(row, "document", "没有注明依据的文件；没有依据的数值不能使用")
        self._only(found, _DOCUMENT_KEYS)
        article = self._text(found, "article") if "article" in found else ""
        return Document(self._text(found, "title"), self._text(found, "number"), article)

    def _value(self, row: Located, unit: str, labels: Mapping[str, str]) -> Value:
        if "value" not in row:
            self._refuse(row, "value", "没有填写数值")
        raw = row["value"]
        if isinstance(raw, Located):
            if not raw or set(raw) != set(labels):
                self._refuse(row, "value", "的分类应与 rows 中写明的各项相同")
            return {key: self._scalar(raw, key, each, unit) for key, each in raw.items()}
        if labels:
            self._refuse(row, "value", "的分类应与 rows 中写明的各项相同")
        return self._scalar(row, "value", raw, unit)

    def _scalar(self, where: Located, key: str, raw: Any, unit: str) -> Scalar:
        if unit == "code":
            if not isinstance(raw, str) or not raw.isidentifier():
                self._refuse(where, key, "应为一个代码")
            return raw
        if is_money(unit):
            if not isinstance(raw, int | float | str):
                self._refuse(where, key, "应为以元为单位的金额")
            return self._checked(where, key, lambda: parse_yuan(raw))
        if isinstance(raw, bool) or not isinstance(raw, int):
            self._refuse(where, key, "应为整数")
        if raw < 0:
            self._refuse(where, key, "不能是负数")
        if raw >= LARGEST_RATE:
            self._refuse(where, key, f"应小于 {LARGEST_RATE}，请检查单位")
        return raw

    def _date(self, where: Located, key: str) -> date:
        found = where.get(key)
        if isinstance(found, datetime) or not isinstance(found, date):
            self._refuse(where, key, "应为日期，写作 2023-07-01")
        return found

    def _text(self, where: Located, key: str) -> str:
        found = where.get(key)
        if not isinstance(found, str) or not found.strip():
            self._refuse(where, key, "没有填写")
        return found.strip()

    def _choice(self, where: Located, key: str, choices: Mapping[str, str]) -> str:
        found = where.get(key)
        if not isinstance(found, str) or found not in choices:
            self._refuse(where, key, f"“{found}”不在可选范围内，可选：{'、'.join(choices)}")
        return found

    def _only(self, where: Located, allowed: Collection[str]) -> None:
        for key in where:
            if key not in allowed:
                self._refuse(where, key, f"不认识这一项，可用的有：{'、'.join(sorted(allowed))}")

    def _checked(self, where: Located, key: str, read: Callable[[], int]) -> int:
        try:
            return read()
        except BadValue as error:
            self._refuse(where, key, str(error))

    def _refuse(self, where: Located, key: str, why: str) -> NoReturn:
        line = where.lines.get(key, where.line)
        raise BadValue(f"{self.path}：第 {line} 行“{key}”{why.rstrip('。')}。")
