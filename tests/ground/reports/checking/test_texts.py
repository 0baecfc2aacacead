"""Plain texts become paragraphs and tables, each on its line."""

import time

import pytest

from anmin.ground.reports.checking.texts import Paragraph, Table, document_of


def _said(text: str, name: str = "") -> list[object]:
    return [block.text if isinstance(block, Paragraph) else list(block.rows) for block in document_of(text, name).blocks]


def test_each_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    blocks = document_of("全县共有12户。\n\n其中城市3户。\r\n").blocks
    assert blocks == (Paragraph("全县共有12户。", 1), Paragraph("其中城市3户。", 3))


def test_text_is_kept_as_it_is_printed() -> None:
    assert _said("　　共１２３户\u200b，1．2万元 。") == ["　　共１２３户\u200b，1．2万元 。"]


@pytest.mark.parametrize(
    ("line", "heading"), [("一、主要工作", True), ("（二）存在问题", True), ("一是救助12户。", False), ("12户", False)]
)
def test_numbered_short_lines_are_headings(line: str, heading: bool) -> None:
    assert [block.heading for block in document_of(line).blocks if isinstance(block, Paragraph)] == [heading]


def test_marked_table_has_its_rows_its_lines_and_its_caption() -> None:
    text = "# 情况\n\n正文。\n表1 救助人数\n| 项目 | 人数 |\n|---|---:|\n| **合计** | 5 |\n| 甲\\|乙 |\n\n完。"
    table = next(block for block in document_of(text).blocks if isinstance(block, Table))
    assert table.rows == (("项目", "人数"), ("合计", "5"), ("甲|乙", ""))
    assert ([table.line_of(row) for row in range(3)], table.caption) == ([5, 7, 8], "表1 救助人数")


def test_sentence_of_numbers_in_a_cell_follows_its_table_after_the_words_of_its_row_and_column() -> None:
    text = "| 序号 | 事项 | 进展 |\n|---|---|---|\n| 1 | 桥梁 | 建成5座，其中公路桥2座。 |\n| 2 | 道路 | 1,234,567元 |"
    table, sentence = document_of(text).blocks
    assert isinstance(table, Table)
    assert sentence == Paragraph("桥梁 进展：建成5座，其中公路桥2座。", 3)


def test_sentence_that_a_merged_cell_repeats_follows_once() -> None:
    text = "事项\t进展\t说明\n桥梁\t建成5座，通车4座\t建成5座，通车4座"
    assert _said(text)[1:] == ["桥梁 进展：建成5座，通车4座"]


def test_marks_of_markdown_are_no_text() -> None:
    text = "# 标题 #\n- 共**12**户，见[附件](https://example.invalid/a)。"
    assert _said(text, "a.md") == ["标题", "共12户，见附件。"]


def test_marks_stay_in_a_text_that_is_not_markdown() -> None:
    assert _said("**市共有12户，- 5户。") == ["**市共有12户，- 5户。"]


def test_lines_of_cells_pasted_from_a_spreadsheet_are_a_table() -> None:
    assert _said("项目\t一季度\t二季度\n合计\t3\t4\n完。") == [[("项目", "一季度", "二季度"), ("合计", "3", "4")], "完。"]


def test_indents_by_tabs_are_no_table() -> None:
    assert _said("\t共有3户。\n\t其中1户。") == ["\t共有3户。", "\t其中1户。"]


def test_lines_broken_at_the_margin_are_joined_and_keep_their_numbers() -> None:
    first = "2023年以来，全区共有社区卫生服务机构一百二十余家，全年累计完成签约服务12"
    text = (
        f"{first}\n34人次，同比增长百分之三点五，家庭医生签约覆盖率稳步提高，全年累计新增床\n位35张，新建病房。\n　　二是推进。"
    )
    joined, second = document_of(text).blocks
    assert isinstance(joined, Paragraph)
    assert "完成签约服务1234人次，同比" in joined.text
    assert [joined.line_at(at) for at in (0, len(first) - 1, len(first), len(joined.text) - 1)] == [1, 1, 2, 3]
    assert second == Paragraph("　　二是推进。", 4)


def test_paragraphs_that_only_lack_their_full_stop_are_not_joined() -> None:
    lines = ["全区共有社区卫生服务机构一百二十余家，全年累计完成签约服务1234人次" + "，进展顺利" * extra for extra in (0, 9, 30)]
    assert _said("\n".join(lines)) == lines


def test_time_grows_with_the_text_only() -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        document_of(text)
        return time.process_time() - began

    for piece in (
        "全县共有12户",
        "|",
        "a\tb\n",
        "[",
        "**",
        "# ",
        "一、",
        "全区共有社区卫生服务机构一百二十余家，全年累计完成签约\n",
        "| a |\n|-|\n",
    ):
        assert seconds(piece * 40_000) < 25 * seconds(piece * 4_000) + 0.5, piece
