"""What a file that was handed in really is, whatever its name says."""

from pathlib import PurePath

from anmin.base.errors import BadValue
from anmin.ground.documents.vocabulary import DOCX, FILE_KINDS, FileKind


def sniff(name: str, content: bytes) -> FileKind:
    """The kind of a file by its first bytes. Refuses what is none of the kinds, or another kind than its name says."""
    allowed = "、".join(kind.label for kind in FILE_KINDS)
    found = next((kind for kind in FILE_KINDS if content.startswith(kind.begins)), None)
    # Every office file is a zip; a Word document has this part in it.
    if found is not None and found.media_type == DOCX and b"word/document.xml" not in content:
        found = None
    if found is None:
        raise BadValue(f"文件“{name}”的内容不是允许的格式，只能上传：{allowed}。")
    if PurePath(name).suffix.lower() not in found.suffixes:
        raise BadValue(f"文件“{name}”的内容是{found.label}，与扩展名不符，请改正文件名后再上传。")
    return found
