"""A paper as PDF, set with the typeface that is shipped with the house, so that a bare machine gives the same sheet.

The trap: a missing typeface or glyph gives blank boxes and only a warning, so a warning is an error here.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

import typst

from anmin.base.errors import BadValue
from anmin.ground.documents.paper import Paper, chinese_date

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


def to_pdf(paper: Paper) -> bytes:
    """The bytes of a PDF that says what the paper says. Refuses a character the typeface does not have."""
    data = paper.as_data()
    for block in data["blocks"]:
        if block.get("on"):
            block["on"] = chinese_date(date.fromisoformat(block["on"]))
    written, warnings = typst.compile_with_warnings(
        _template(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        format="pdf",
    )
    # 仿宋 is listed first for offices that put their own font beside ours; not having it is no fault.
    faults = [warning.message for warning in warnings if "unknown font family: fangsong" not in warning.message.lower()]
    if faults:
        raise BadValue(f"生成 PDF 时发现字体缺失：{'；'.join(faults)}。请把文中的生僻字告知系统管理员。")
    assert isinstance(written, bytes)  # one file for PDF
    return written


@cache
def _template() -> bytes:
    return (HERE / "paper.typ").read_bytes()
