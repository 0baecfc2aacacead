"""The template is read whole: what is wrong in it is told with its place before anything is printed."""

from pathlib import Path
from typing import Any

import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear
from anmin.ground.reports import template

pytestmark = pytest.mark.capability("RP-01")

PERSONS = "assistance.dibao.persons"


def paragraph(*sentences: dict[str, Any], title: str = "报告", **keys: Any) -> dict[str, Any]:
    return {"title": title, "period": "half_year", "blocks": [{"lead": "首句。", "sentences": list(sentences)}], **keys}


def test_figures_are_listed_in_the_order_of_first_use() -> None:
    found = template.parse(
        paragraph(
            {"text": "共{assistance.dibao.persons}[，{assistance.dibao.funds:万元,0}]。"},
            {"text": "{clauses}。", "clauses": ["{assistance.dibao.grace.households}", "其中{assistance.dibao.persons}"]},
        ),
        "模板",
    )
    assert found.figures == (PERSONS, "assistance.dibao.funds", "assistance.dibao.grace.households")
    assert found.period is HalfYear


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "应写成“名称: 内容”"),
        ({"title": "报告", "period": "half_year"}, "缺少 blocks"),
        (paragraph({"text": "无"}, colour="red"), "不认识的项目 colour"),
        (paragraph({"text": "无"}, period="week"), "现在是“week”"),
        (paragraph({"text": 3}), "第 1 段第 1 句：应为文字"),
        (paragraph({"text": "共{assistance.dibao.dogs}"}), "没有编号为“assistance.dibao.dogs”的指标"),
        (paragraph({"text": "共{assistance.dibao.persons:万元}"}), "第 1 句：“城乡低保人数”不是金额"),
        (paragraph({"text": "共{assistance.dibao.persons"}), "括号没有成对出现"),
        (paragraph({"text": "共[{assistance.dibao.persons}"}), "括号没有成对出现"),
        (paragraph({"text": "共[[{assistance.dibao.persons}]]"}), "括号没有成对出现"),
        (paragraph({"text": "{period.__class__}"}), "没有编号为“period.__class__”的指标"),
        (paragraph({"text": "共{}"}), "“{}”无法识别"),
        (paragraph({"text": "无", "unknown": "zero"}), "现在是“zero”"),
        (paragraph({"text": "其中{clauses}"}), "两者须同时出现"),
        (paragraph({"text": "其中", "clauses": ["{assistance.dibao.persons}"]}), "两者须同时出现"),
        (paragraph({"text": "{clauses}", "clauses": ["没有数字"]}), "有且只有一个数字"),
        (
            paragraph({"text": "{assistance.dibao.funds:万元,0}"}, {"text": "{assistance.dibao.funds:万元,1}"}),
            "“assistance.dibao.funds”用了两种打印格式",
        ),
    ],
)
def test_faulty_template_is_refused_with_the_place(data: Any, sentence: str) -> None:
    with pytest.raises(BadValue) as refusal:
        template.parse(data, "模板")
    assert sentence in refusal.value.message
    assert refusal.value.message.startswith("模板")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="没有找到报告模板"):
        template.read(tmp_path / "half_year.yaml")


def test_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    faulty = tmp_path / "half_year.yaml"
    faulty.write_text("title: [", encoding="utf-8")
    with pytest.raises(BadValue, match="不是有效的 YAML"):
        template.read(faulty)


def test_edited_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "half_year.yaml"
    file.write_text("title: 甲\nperiod: half_year\nblocks: []\n", encoding="utf-8")
    before = template.read(file).title[0].text
    file.write_text("title: 乙报告\nperiod: half_year\nblocks: []\n", encoding="utf-8")
    assert (before, template.read(file).title[0].text) == ("甲", "乙报告")
