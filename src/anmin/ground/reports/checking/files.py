"""A file of whatever origin becomes a document, or is refused with a sentence that says what to do."""

import os
from pathlib import Path

from anmin.ground.reports.checking.texts import Document, Unreadable, document_of

BYTES_AT_MOST = 50 * 1024 * 1024
"""A file, pictures and all."""

CHARACTERS_AT_MOST = 5_000_000
"""Some five thousand printed pages. What is longer is refused rather than half read."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")

_TAKEN = "可以检查 .docx、.txt、.md 和 .html 文件。"
_SAVE_AS_DOCX = "请在 WPS 或 Word 中打开，另存为“.docx”格式后再检查；也可以全选复制，粘贴到页面里检查。"


def read_document(source: Path | bytes, name: str = "") -> Document:
    """The document in a .txt, .md, .html or .docx file, by what the file holds rather than by what it is called.

    Refuses, each with a sentence: what cannot be opened, an empty file, one over the limits, PDF and pictures, the old .doc,
    a file with a password, spreadsheets and archives, an archive that unpacks to far more than a report, binary rubbish.
    """
    if isinstance(source, Path):
        name = name or source.name
        content = _bytes_of(source)
    else:
        content = source
    if len(content) > BYTES_AT_MOST:
        raise too_large(len(content))
    if not content.strip():
        raise Unreadable("文件是空的，没有任何文字，请检查是否选错了文件。")
    if content.startswith(_ZIP):
        from anmin.ground.reports.checking.files_docx import document_of_docx  # the reader of XML is not needed for a text

        document = document_of_docx(content, name)
    else:
        _refuse_by_name(content)
        document = _document_of_bytes(content, name)
    return document


def document_of_pasted(text: str, name: str = "") -> Document:
    """The document in a text that somebody pasted. Refuses one that is empty or too long."""
    _refuse_length(text)
    if not text.strip():
        raise Unreadable("没有文字可以检查，请粘贴报告全文，或者选择一个文件。")
    return document_of(text, name)


def too_large(size: int) -> Unreadable:
    """The refusal of a file of so many bytes; of a stream only the limit and one byte are read, so its size is not known."""
    said = "文件" if size == BYTES_AT_MOST + 1 else f"文件大小为 {size / 1024 / 1024:.1f} MB，"
    return Unreadable(f"{said}超过 {BYTES_AT_MOST // 1024 // 1024} MB 的上限，请去掉图片，或者按章节拆成几个文件分别检查。")


def _bytes_of(path: Path) -> bytes:
    try:
        # Only a limited piece is read, for a device or a pipe has no size to ask for.
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > BYTES_AT_MOST:
                raise too_large(size)
            return file.read(BYTES_AT_MOST + 1)
    except FileNotFoundError:
        raise Unreadable(f"找不到文件“{path}”，请检查路径。") from None
    except OSError:
        raise Unreadable(f"“{path}”打不开：它是文件夹，或者没有读取权限。") from None


def _refuse_by_name(content: bytes) -> None:
    """Says what the file is, where that can be seen from its first bytes and it is nothing that can be read."""
    if content[:1024].lstrip().startswith(b"%PDF"):
        raise Unreadable(
            "这是 PDF 文件。PDF 里的文字和表格会被打散，扫描件里更只有图片，读出来的数字靠不住，所以不直接检查。"
            "请向起草人要 .docx 原稿；没有原稿的，在阅读器里全选复制、粘贴到页面检查，扫描件请先做文字识别（OCR）。"
        )
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("文件设有打开密码，无法读取。请在 WPS 或 Word 中去掉密码、重新保存后再检查。")
        if "Workbook".encode("utf-16-le") in content:
            raise Unreadable(f"这是旧版 Excel 表格（.xls）。请复制表格内容，粘贴到页面里检查。{_TAKEN}")
        raise Unreadable(f"这是旧版 .doc（或 .wps）文件，不能直接读取。{_SAVE_AS_DOCX}")
    if content.startswith(b"{\\rtf"):
        raise Unreadable(f"这是 RTF 文件，不能直接读取。{_SAVE_AS_DOCX}")
    if b"\nContent-Type: multipart/related" in content[:4096].replace(b"\r", b""):
        raise Unreadable(
            f"这是打包的网页（.mht），不能直接读取。请在浏览器中打开，另存为“.html”，或者全选复制、粘贴到页面里检查。{_TAKEN}"
        )
    if content.startswith(_PICTURES):
        raise Unreadable(f"这是图片，不是文字。请先做文字识别（OCR），再粘贴识别后的文字。{_TAKEN}")
    if content.startswith(_PACKED):
        raise Unreadable(f"这是压缩包。请先解压，再检查里面的文件。{_TAKEN}")


def _document_of_bytes(content: bytes, name: str) -> Document:
    from anmin.ground.reports.checking.files_text import decoded

    lowered = name.lower()
    start = content[:4096].lower()
    if lowered.endswith((".html", ".htm", ".xhtml")) or b"<html" in start or start.lstrip().startswith(b"<!doctype html"):
        from anmin.ground.reports.checking.files_html import declared_encoding, document_of_html

        text, notes = decoded(content, declared=declared_encoding(content))
        _refuse_length(text)
        document = document_of_html(text, name)
    else:
        text, notes = decoded(content)
        _refuse_length(text)
        document = document_of(text, name)
    if not document.blocks:
        raise Unreadable("文件里没有文字，请检查是否选错了文件。")
    return Document(document.name, document.blocks, (*notes, *document.notes), document.counted)


def _refuse_length(text: str) -> None:
    if len(text) > CHARACTERS_AT_MOST:
        raise Unreadable(
            f"全文有 {len(text):,} 个字符，超过 {CHARACTERS_AT_MOST // 10_000} 万字符的上限，请按章节拆成几个文件分别检查。"
        )
