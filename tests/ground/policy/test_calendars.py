"""Holiday notices as files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from anmin.base.errors import BadValue
from anmin.base.workdays import CalendarUnknown, add_workdays, forget_notices
from anmin.ground.policy.calendars import load_calendars

NOTICE = """
year: 2027
document: {title: 关于2027年部分节假日安排的通知（测试）, number: 测试〔2026〕1号}
days_off: {2027-01-01: 元旦}
days_worked: [2027-01-03]
"""


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    forget_notices()


def test_a_year_without_a_notice_is_refused_until_its_file_is_there(tmp_path: Path) -> None:
    with pytest.raises(CalendarUnknown):
        add_workdays(date(2026, 12, 31), 1)
    (tmp_path / "2027.yaml").write_text(NOTICE, encoding="utf-8")
    assert load_calendars(tmp_path) == [2027]
    assert add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 3)


def test_a_notice_without_a_document_is_refused_with_its_file_named(tmp_path: Path) -> None:
    (tmp_path / "2027.yaml").write_text(NOTICE.replace("number: 测试〔2026〕1号", "number: ''"), encoding="utf-8")
    with pytest.raises(BadValue, match=r"2027\.yaml 没有写明"):
        load_calendars(tmp_path)


def test_a_day_of_another_year_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2027.yaml").write_text(NOTICE.replace("2027-01-03", "2024-01-03"), encoding="utf-8")
    with pytest.raises(BadValue, match="2024-01-03 不属于 2027 年"):
        load_calendars(tmp_path)
