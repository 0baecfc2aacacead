"""A Word file becomes a document as its reader sees it once every tracked change is accepted.

The parts are read as the XML they are, not through a library of styles: what is deleted, hidden or drawn a second time for
older programs must be seen to be left out.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from anmin.ground.reports.checking.files_grid import Block
from anmin.ground.reports.checking.files_numbering import Numbering, name_of, numbering_of, said_in
from anmin.ground.reports.checking.files_word import Reader, styles_of
from anmin.ground.reports.checking.texts import Document, Paragraph, Unreadable

PART_AT_MOST = 80 * 1024 * 1024
"""The text of a report of thousands of pages, unpacked. An archive that unpacks to more is no report."""

_DAMAGED = "Word 文件已损坏，无法读取。请在 WPS 或 Word 中打开并修复，另存为“.docx”后再检查。"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError, RuntimeError),
    *(ValueError, OverflowError, struct.error),  # a directory that points before the file, or is cut in the middle
)


def document_of_docx(content: bytes, name: str = "") -> Document:
    """The document in a Word file; `counted` in paragraphs.

    Refuses: archives that are something else, one with a password, a damaged one, one that unpacks to more than any report.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _document(archive, name)
    except etree.LxmlError:
        raise Unreadable(_DAMAGED) from None
    except _BROKEN:
        raise Unreadable(_DAMAGED) from None


def _document(archive: zipfile.ZipFile, name: str) -> Document:
    main = _main_part(archive)
    related = _related(archive, main)
    numbering = numbering_of(_root(archive, related["numbering"])) if "numbering" in related else Numbering()
    styles = styles_of(_root(archive, related["styles"])) if "styles" in related else {}
    reader = Reader(numbering, styles)
    for element in _top_of_body(archive, main):
        reader.block(element, reader.blocks)
    reader.end_carried(reader.blocks)
    for kind, title in (("footnotes", "脚注"), ("endnotes", "尾注")):
        if kind in related:
            _add_notes(reader, _root(archive, related[kind]), title)
    blocks = reader.blocks
    if not blocks:
        pictures = "里面只有图片，没有文字，可能是扫描件；请先做文字识别（OCR）。" if reader.pictures else "里面没有文字。"
        raise Unreadable(f"Word 文件{pictures}")
    if "comments" in related:
        reader.note("批注没有检查。")
    return Document(name, tuple(blocks), tuple(reader.said()), counted="段")


def _main_part(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if any(each.flag_bits & 1 for each in archive.infolist()):
        raise Unreadable("压缩包设有密码，无法读取。请去掉密码后再检查。")
    found = next((target for kind, target in _relations(archive, "") if kind == "officeDocument"), "word/document.xml")
    if found.startswith("xl/"):
        raise Unreadable("这是 Excel 表格。请复制其中的表格，粘贴到页面里检查；报告正文请用 .docx、.txt、.md 或 .html 文件。")
    if found.startswith("ppt/"):
        raise Unreadable("这是演示文稿。请把文字复制出来，粘贴到页面里检查。")
    if found in names:
        return found
    if "mimetype" in names or "content.xml" in names:
        raise Unreadable("这是 OpenDocument 文件。请在 WPS 或 Word 中打开，另存为“.docx”格式后再检查。")
    raise Unreadable("这是压缩包，不是 Word 文件。请先解压，再检查里面的文件。")


def _related(archive: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    """The parts that belong to a part, by their kind."""
    folder = posixpath.dirname(part)
    found = {kind: posixpath.normpath(posixpath.join(folder, target)) for kind, target in _relations(archive, part)}
    names = set(archive.namelist())
    return {kind: target for kind, target in found.items() if target in names}


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    folder, file = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in archive.namelist():
        return
    for element in _root(archive, path):
        if said_in(element, "TargetMode") != "External":
            target = said_in(element, "Target")
            yield said_in(element, "Type").rpartition("/")[2], target.removeprefix("/") if not part else target


def _root(archive: zipfile.ZipFile, part: str) -> Any:
    content = _Limited(archive, part).everything()
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _top_of_body(archive: zipfile.ZipFile, part: str) -> Iterator[Any]:
    """The paragraphs and tables of the body one after the other, each forgotten when the next is asked for."""
    events = etree.iterparse(_Limited(archive, part), events=("end",), resolve_entities=False, no_network=True)
    for _, element in events:
        parent = element.getparent()
        if parent is None or name_of(parent) != "body":
            continue
        if element.getroottree().docinfo.doctype:
            # No program that writes such files declares anything; what would hide behind it stays unread.
            raise Unreadable(_DAMAGED)
        yield element
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def _add_notes(reader: Reader, root: Any, title: str) -> None:
    """The notes at the foot, behind the text that they belong to."""
    made: list[Block] = []
    for element in root:
        # The line above the notes is stored as a note of its own.
        if not said_in(element, "type") or said_in(element, "type") == "normal":
            for each in element:
                reader.block(each, made)
    reader.end_carried(made)
    if made:
        reader.blocks.append(Paragraph(title, made[0].line, heading=True))
        reader.blocks.extend(made)
        reader.note(f"{title}排在正文之后检查。")


class _Limited:
    """A part of an archive as it is unpacked, up to the limit: what the archive says of its size is not believed."""

    def __init__(self, archive: zipfile.ZipFile, part: str) -> None:
        self.file = archive.open(part)
        self.left = PART_AT_MOST

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(min(size, self.left + 1) if size >= 0 else self.left + 1)
        self.left -= len(piece)
        if self.left < 0:
            raise Unreadable(f"文件解开后超过 {PART_AT_MOST // 1024 // 1024} MB，不像一份报告，没有读取。请拆开后再检查。")
        return piece

    def everything(self) -> bytes:
        return self.read()
