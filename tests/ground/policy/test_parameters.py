"""Dated parameters: which row counts when, what was known when, and every fault a file is refused for."""

from datetime import date
from pathlib import Path

import pytest

from anmin.base.errors import BadValue
from anmin.ground.policy.parameters import Document, Parameters

POLICY = Path(__file__).parents[3] / "policy"


def row(valid_from: str = "2023-07-01", value: str = "820", **other: str) -> str:
    fields = {
        "from": valid_from,
        "value": value,
        "issuer": "municipal",
        "document": "{title: 通知, number: 文号一}",
        "published": "2023-07-12",
        "confidence": "stated",
        **other,
    }
    return "\n".join(f"{'  - ' if name == 'from' else '    '}{name}: {text}" for name, text in fields.items() if text)


def write(root: Path, text: str, name: str = "assistance/dibao/standard.yaml") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load(root: Path, *rows: str, head: str = "label: 低保标准\nunit: CNY/person/month") -> Parameters:
    write(root, head + "\nvalues:\n" + "\n".join(rows) + "\n")
    return Parameters.load(root)


def test_value_is_the_row_in_force_on_the_day(tmp_path: Path) -> None:
    made = load(tmp_path, row("2022-07-01", "780", published="2022-07-20"), row())
    days = [date(2022, 7, 1), date(2023, 6, 30), date(2023, 7, 1), date(2030, 1, 1)]
    assert [made.value("assistance.dibao.standard", on=day) for day in days] == [78_000, 78_000, 82_000, 82_000]


def test_value_published_later_is_invisible_before(tmp_path: Path) -> None:
    made = load(tmp_path, row("2022-07-01", "780", published="2022-07-20"), row())
    july = date(2023, 7, 1)
    known = [date(2023, 7, 11), date(2023, 7, 12)]
    assert [made.number("assistance.dibao.standard", on=july, known_on=day) for day in known] == [78_000, 82_000]


def test_day_before_the_first_row_is_refused_by_name_month_and_first_day(tmp_path: Path) -> None:
    made = load(tmp_path, row())
    with pytest.raises(BadValue) as refused:
        made.value("assistance.dibao.standard", on=date(2023, 6, 1))
    assert str(refused.value) == (
        "“低保标准”从2023年7月1日起才有数值，无法用于2023年6月。请改选2023年7月或以后的月份，或先补录更早的标准及其文件。"
    )


def test_day_on_which_nothing_was_known_is_refused(tmp_path: Path) -> None:
    made = load(tmp_path, row())
    with pytest.raises(BadValue, match=r"^截至2023年7月11日，“低保标准”还没有公布过任何数值"):
        made.value("assistance.dibao.standard", on=date(2023, 7, 1), known_on=date(2023, 7, 11))


def test_entry_tells_the_whole_row(tmp_path: Path) -> None:
    made = load(tmp_path, row(note="全市统一")).entry("assistance.dibao.standard", on=date(2024, 1, 1))
    assert made.as_dict() == {
        "address": "assistance.dibao.standard",
        "label": "低保标准",
        "unit": "CNY/person/month",
        "value": 82_000,
        "shown": "820.00元/人·月",
        "valid_from": "2023-07-01",
        "published": "2023-07-12",
        "issuer": "设区市级",
        "document": "《通知》（文号一）",
        "confidence": "文件原文",
        "note": "全市统一",
    }


def test_table_is_one_value_with_labelled_rows(tmp_path: Path) -> None:
    head = "label: 增发比例\nunit: per_mille\nrows: {elder: 老年人, minor: 未成年人}"
    made = load(tmp_path, row(value="{elder: 100, minor: 105}"), head=head)
    assert made.table("assistance.dibao.standard", on=date(2024, 1, 1)) == {"elder": 100, "minor": 105}
    assert made.entry("assistance.dibao.standard", on=date(2024, 1, 1)).shown() == "老年人 10%；未成年人 10.5%"


def test_asking_a_table_for_a_number_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    made = load(tmp_path, row())
    with pytest.raises(TypeError):
        made.table("assistance.dibao.standard", on=date(2024, 1, 1))


def test_change_makes_a_copy_and_leaves_the_original(tmp_path: Path) -> None:
    made = load(tmp_path, row())
    address = "assistance.dibao.standard"
    changed = made.with_change(address, date(2024, 7, 1), 85_000, Document("通知", "文号二"), date(2024, 8, 20))
    assert made.changes(address) == (date(2023, 7, 1),)
    assert changed.changes(address) == (date(2023, 7, 1), date(2024, 7, 1))
    assert changed.value(address, on=date(2024, 7, 1), known_on=date(2024, 8, 19)) == 82_000


def test_change_on_the_same_day_replaces_the_row(tmp_path: Path) -> None:
    made = load(tmp_path, row())
    changed = made.with_change("assistance.dibao.standard", date(2023, 7, 1), 83_000, Document("通知", "二"), date(2023, 7, 1))
    assert changed.value("assistance.dibao.standard", on=date(2024, 1, 1)) == 83_000


def test_unknown_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"没有名为“assistance\.dibao\.other”的政策参数"):
        load(tmp_path, row()).value("assistance.dibao.other", on=date(2024, 1, 1))


def test_worked_cases_beside_the_values_are_not_values(tmp_path: Path) -> None:
    write(tmp_path, "标题: 案例", "assistance/dibao/cases/one.yaml")
    assert list(load(tmp_path, row())) == ["assistance.dibao.standard"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (row(document=""), r"第 4 行“document”没有注明依据的文件"),
        (row(document="{title: 通知}"), r"第 7 行“number”没有填写"),
        (row(document="{title: 通知, number: 一, url: x}"), r"第 7 行“url”不认识这一项"),
        (row(published=""), r"“published”应为日期"),
        (row(published="很久以前"), r"第 8 行“published”应为日期"),
        (row("2023-07-01 10:00:00"), r"第 4 行“from”应为日期"),
        (row(value=""), r"“value”没有填写数值"),
        (row(value="-1"), r"第 5 行“value”金额“-1”是负数"),
        (row(value="820.005"), r"第 5 行“value”金额“820\.005”的小数超过两位"),
        (row(value="yes"), r"第 5 行“value”金额应为数字"),
        (row(value="[1, 2]"), r"第 5 行“value”应为以元为单位的金额"),
        (row(value="{a: 1}"), r"第 5 行“value”的分类应与 rows"),
        (row(issuer="village"), r"第 6 行“issuer”“village”不在可选范围内"),
        (row(confidence="sure"), r"“confidence”“sure”不在可选范围内"),
        (row(author="me"), r"第 10 行“author”不认识这一项"),
        (row() + "\n" + row(), r"第 10 行“from”2023-07-01 重复"),
        (row() + "\n" + row("2022-07-01"), r"第 10 行“from”日期应从早到晚排列"),
        (row() + "\n    value: 900", r"第 10 行重复填写了“value”"),
        ("  - 820", r"第 3 行“values”应至少有一条"),
    ],
)
def test_file_with_a_fault_is_refused_by_line_and_field(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(BadValue, match=r"standard\.yaml：.*" + why):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("head", "value", "why"),
    [
        ("label: 标准\nunit: yuan", "820", r"第 2 行“unit”“yuan”不在可选范围内"),
        ("unit: months", "6", r"“label”没有填写"),
        ("label: 比例\nunit: per_mille", "0.3", r"“value”应为整数"),
        ("label: 比例\nunit: per_mille", "-1", r"“value”不能是负数"),
        ("label: 比例\nunit: per_mille", "10000", r"“value”应小于 10000"),
        ("label: 开关\nunit: count", "true", r"“value”应为整数"),
        ("label: 层级\nunit: code", "12", r"“value”应为一个代码"),
        ("label: 标准\nunit: months\nowner: me", "1", r"第 3 行“owner”不认识这一项"),
        ("label: 表\nunit: months\nrows: {a: 甲}", "6", r"“value”的分类应与 rows"),
        ("label: 表\nunit: months\nrows: [a]", "6", r"第 3 行“rows”应逐行写明"),
        ("label: 期限\nunit: months\npurpose: fun", "6", r"第 3 行“purpose”“fun”不在可选范围内"),
    ],
)
def test_head_with_a_fault_is_refused_by_line_and_field(tmp_path: Path, head: str, value: str, why: str) -> None:
    with pytest.raises(BadValue, match=why):
        load(tmp_path, row(value=value), head=head)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("label: [未完\n", r"第 \d+ 行的格式有误"),
        ("- 820\n", r"文件内容应为"),
        ("1: 2\n", r"第 1 行的键“1”应为文字"),
    ],
)
def test_file_that_is_not_a_mapping_is_refused(tmp_path: Path, content: str, why: str) -> None:
    write(tmp_path, content)
    with pytest.raises(BadValue, match=why):
        Parameters.load(tmp_path)


def test_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "").write_bytes("label: 低保标准".encode("gbk"))
    with pytest.raises(BadValue, match=r"不是 UTF-8 编码"):
        Parameters.load(tmp_path)


@pytest.mark.parametrize("name", ["standard.yaml", "Assistance/dibao/standard.yaml", "assistance/dibao/my-standard.yaml"])
def test_file_in_the_wrong_place_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, "label: 低保标准", name)
    with pytest.raises(BadValue, match=r"参数文件应放在"):
        Parameters.load(tmp_path)


def test_missing_or_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"没有找到政策文件夹"):
        Parameters.load(tmp_path / "nowhere")
    with pytest.raises(BadValue, match=r"没有任何参数文件"):
        Parameters.load(tmp_path)


@pytest.mark.capability("SA-15")
def test_dibao_standard_has_its_known_history() -> None:
    made = Parameters.load(POLICY)["assistance.dibao.standard"]
    assert [(row.valid_from, row.value, row.confidence) for row in made.entries] == [
        (date(2020, 7, 1), 71_000, "assumed"),
        (date(2021, 7, 1), 75_000, "assumed"),
        (date(2022, 7, 1), 78_000, "assumed"),
        (date(2023, 7, 1), 82_000, "stated"),
    ]


def test_every_value_in_the_house_has_a_document_and_is_known_by_now() -> None:
    for parameter in Parameters.load(POLICY).values():
        for entry in parameter.entries:
            assert entry.document.title
            assert entry.document.number
            assert entry.published.year < 2027
