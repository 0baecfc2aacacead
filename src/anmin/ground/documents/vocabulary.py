"""Kinds of files and what they are called."""

from dataclasses import dataclass

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"

UPLOADED = "upload"
CHECKS = "verification."
"""How the kinds of papers begin that tell what other departments know of a family."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that may be handed in, known by its first bytes."""

    media_type: str
    suffixes: tuple[str, ...]
    label: str
    begins: bytes


FILE_KINDS = (
    FileKind(PDF, (".pdf",), "PDF", b"%PDF-"),
    FileKind(JPEG, (".jpg", ".jpeg"), "JPEG 图片", b"\xff\xd8\xff"),
    FileKind(PNG, (".png",), "PNG 图片", b"\x89PNG\r\n\x1a\n"),
    FileKind(DOCX, (".docx",), "Word 文档", b"PK\x03\x04"),
)
