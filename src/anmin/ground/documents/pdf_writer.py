"""A paper as PDF, set with the typeface that is shipped with the house, so that a bare machine gives the same sheet.

The trap: a character the typeface does not have is printed as a blank box without a word, so every one is looked up before.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

import segno
import typst
from fontTools.ttLib import TTFont

from anmin.base.errors import BadValue
from anmin.ground.documents.paper import Paper, chinese_date

TEMPLATE = Path(__file__).with_name("paper.typ")
FONTS = TEMPLATE.with_name("fonts")
TYPEFACE = FONTS / "NotoSerifSC-Regular.ttf"


class MissingGlyph(BadValue):
    """The paper holds characters that cannot be printed in PDF; .docx leaves them to the fonts of the office."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(f"文中的生僻字“{characters}”在 PDF 字体中没有，请改用 Word 格式打印。")


def to_pdf(paper: Paper) -> bytes:
    """The bytes of a PDF that says what the paper says. Refuses characters the typeface does not have."""
    data = paper.as_data()
    for block in data["blocks"]:
        if block.get("on"):
            block["on"] = chinese_date(date.fromisoformat(block["on"]))
        if block["kind"] == "QrCode":
            block["drawn"] = segno.make(block["content"], error="m").svg_inline(scale=4, border=1)
    said = json.dumps(data, ensure_ascii=False)
    if lacking := "".join(sorted({each for each in said if ord(each) not in _glyphs()})):
        raise MissingGlyph(lacking)
    written, warnings = typst.compile_with_warnings(
        TEMPLATE, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"paper": said}, format="pdf"
    )
    if warnings:
        raise BadValue(f"生成 PDF 时出现问题：{'；'.join(warning.message for warning in warnings)}。请联系系统管理员。")
    assert isinstance(written, bytes)  # a PDF is one file
    return written


@cache
def _glyphs() -> frozenset[int]:
    with TTFont(TYPEFACE, lazy=True) as typeface:
        return frozenset(typeface.getBestCmap())
