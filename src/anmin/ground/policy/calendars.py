"""Holiday notices that came after the calendar package was made: one file a year in `policy/calendars/`.

year: 2027
document: {title: 国务院办公厅关于2027年部分节假日安排的通知, number: 国办发明电〔2026〕…号}
days_off: {2027-01-01: 元旦}
days_worked: [2027-02-06]
"""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from anmin.base.errors import BadValue
from anmin.base.workdays import load_notice


def load_calendars(folder: Path) -> list[int]:
    """The years whose notices were read from the folder; working days of these years follow them from now on.

    Raises BadValue naming the file when a notice has no document, a day is not of its year, or a word is unknown.
    """
    years = []
    for path in sorted(folder.glob("*.yaml")):
        notice = yaml.safe_load(path.read_text(encoding="utf-8"))
        years.append(_load(path.name, notice))
    return years


def _load(name: str, notice: Any) -> int:
    if not isinstance(notice, dict) or set(notice) != {"year", "document", "days_off", "days_worked"}:
        raise BadValue(f"节假日文件 {name} 应包含且只包含：year、document、days_off、days_worked。")
    document = notice["document"]
    if not isinstance(document, dict) or not document.get("title") or not document.get("number"):
        raise BadValue(f"节假日文件 {name} 没有写明国务院办公厅通知的标题和文号，不能采用。")
    year = notice["year"]
    for day in [*notice["days_off"], *notice["days_worked"]]:
        if not isinstance(day, date) or not isinstance(year, int) or abs(day.year - year) > 1:
            raise BadValue(f"节假日文件 {name} 中的日期 {day} 不属于 {year} 年的安排。")
    load_notice(year, days_off=notice["days_off"], days_worked=notice["days_worked"])
    return int(year)
