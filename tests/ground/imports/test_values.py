"""Each kind of column reads what people write, and says what to mend."""

from datetime import date, datetime
from typing import Any

import pytest

from anmin.base.errors import BadValue
from anmin.ground.imports.forms import Column, Kind
from anmin.ground.imports.reading import Broken, Formula
from anmin.ground.imports.values import read_cell

ON = date(2024, 7, 1)
ROUNDED = "^是数字格式，电子表格只能保留 15 位有效数字，后几位可能已经丢失，请把该列设为“文本”格式后按原件重新填写。$"


def read(cell: Any, kind: Kind, **more: Any) -> Any:
    return read_cell(cell, Column("it", "列", kind, **more), ON)


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("320699190101010013", "identity_number", "320699190101010013"),
        ("32069919010101003x", "identity_number", "32069919010101003X"),
        ("６２２８ ０００１ ２３４５ ６７８９", "account", "6228000123456789"),
        ("2024-6-5", "date", date(2024, 6, 5)),
        ("2024年6月5日", "date", date(2024, 6, 5)),
        ("2024/06/05 0:00:00", "date", date(2024, 6, 5)),
        (20240605, "date", date(2024, 6, 5)),
        (datetime(2024, 6, 5, 8), "date", date(2024, 6, 5)),  # noqa: DTZ001  a spreadsheet knows no zone
        ("长期", "date", None),
        ("1,234.5", "yuan", 123450),
        (820, "yuan", 82000),
        (0.1, "yuan", 10),
        (2.0, "count", 2),
        ("３", "count", 3),
        ("是", "yes_no", True),
        ("×", "yes_no", False),
        (13800000005, "phone", "13800000005"),
        ("=1+1", "text", "=1+1"),
        (7, "text", "7"),
        ("", "text", None),
        (None, "yuan", None),
    ],
)
def test_read_cell_reads(cell: Any, kind: Kind, value: Any) -> None:
    assert read(cell, kind) == value


@pytest.mark.parametrize(
    ("cell", "kind", "sentence"),
    [
        (3.20699190101010013e17, "identity_number", ROUNDED),
        (320699190101010013, "identity_number", ROUNDED),
        (6228000123456789, "account", ROUNDED),
        ("320699190101010014", "identity_number", "校验码"),
        ("320699190102300010", "identity_number", "^身份证号码第7至14位不是真实存在的出生日期，请对照证件检查。$"),
        ("320699202408010010", "identity_number", "晚于 2024-07-01"),
        ("12345", "account", "^应为 16 至 19 位数字，现在是 5 位，请对照银行卡或社保卡检查。$"),
        ("2024-02-30", "date", "^“2024-02-30”不是真实存在的日期，请检查年月日。$"),
        ("去年", "date", "^“去年”不是日期，请写成 2024-06-30 的样子。$"),
        (45444, "date", "^“45444”不是日期"),
        ("1024-01-01", "date", "^日期 1024-01-01 不在 1900 年至 2200 年之间，请检查年份。$"),
        ("-5", "yuan", "^金额“-5”是负数，此处不能为负。$"),
        (datetime(2024, 6, 5), "yuan", "^被电子表格存成了日期"),  # noqa: DTZ001  likewise
        (datetime(2024, 6, 5), "text", "^被电子表格存成了日期 2024-06-05，请把该列设为“文本”格式后按原件重新填写。$"),  # noqa: DTZ001  likewise
        (1.5, "count", "^“1.5”应为整数，例如 0、1、2。$"),
        ("-1", "count", "^“-1”是负数，此处不能为负。$"),
        ("也许", "yes_no", "^“也许”应为“是”或“否”。$"),
        ("无", "phone", "^应为手机号码"),
        (Formula("D12"), "yuan", "^单元格 D12 是公式，请复制后用“选择性粘贴—数值”替换成结果再导入。$"),
        (Broken("D12", "#N/A"), "yuan", "^单元格 D12 显示为错误值 #N/A，请改为实际内容。$"),
        ("长" * 201, "text", "^内容有 201 个字，超过 200 个字，请缩短。$"),
        ("长" * 2001, "text", "^内容有 2001 个字，超过 2000 个字，请检查是否粘贴错误。$"),
    ],
)
def test_read_cell_refuses(cell: Any, kind: Kind, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        read(cell, kind)


def test_read_cell_lists_what_may_be_chosen_without_synonyms() -> None:
    with pytest.raises(BadValue, match=r"^“四肢”不是可选的内容，应为：视力、肢体。$"):
        read("四肢", "choice", choices={"视力": "visual", "肢体": "physical", "肢体残疾": "physical"})


def test_read_cell_refuses_a_count_beyond_the_column() -> None:
    with pytest.raises(BadValue, match=r"^31 超过此列可填的最大数 30，请检查。$"):
        read("31", "count", most=30)
