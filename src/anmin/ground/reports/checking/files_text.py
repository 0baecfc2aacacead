"""Bytes become characters: UTF-8, UTF-16, GBK, and texts that somebody glued together from two of them."""

import re

from anmin.ground.reports.checking.texts import Unreadable

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")
_STRANGE = re.compile(r"[^\t\n\r -~\xa0-\xff\u2000-\u27bf\u3000-\u303f\u3200-\u33ff\u4e00-\u9fff\ufe30-\ufe4f\uff00-\uffef]")
"""Characters that Chinese offices do not write; a wrong guess at the encoding is full of them."""
_HAN = re.compile(r"[\u4e00-\u9fff]")

_UNKNOWN = "文字编码无法识别，或者根本不是文字文件。请用记事本打开，另存为“UTF-8”编码后再检查；Word 文档请另存为“.docx”格式。"
_NAMED_AT_MOST = 5


def decoded(content: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The text, and what its reader must be told of how it was decoded.

    A text of two encodings is taken line by line; what is in neither is shown as �, and said. Refuses what is no text:
    control characters all over, or more than a few lines that nobody can read.
    """
    notes: tuple[str, ...] = ()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _likely(content.decode("utf-16", errors="replace"))
    elif (order := _silent_utf16(content)) is not None:
        text = _likely(content.decode(order, errors="replace"))
    else:
        text, notes = _eight_bits(content, declared)
    return _plain(text), notes


def _silent_utf16(content: bytes) -> str | None:
    """The byte order of a text in UTF-16 that does not say so: line ends and digits have an empty half, always the same one."""
    sample = content[: 4096 & ~1]
    if b"\x00" not in sample:
        return None
    units = len(sample) // 2
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high * 50 > units and low * 20 < high:
        return "utf-16-le"
    if low * 50 > units and high * 20 < low:
        return "utf-16-be"
    return None


def _eight_bits(content: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if not _is_nearly_utf8(content):
        for encoding in dict.fromkeys(("gb18030", declared or "gb18030")):
            try:
                text = content.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
            if len(_ODD.findall(text)) * 100 <= len(text):
                return _likely(text), ()
    return _line_by_line(content)


def _line_by_line(content: bytes) -> tuple[str, tuple[str, ...]]:
    pieces: list[str] = []
    other: list[int] = []
    broken: list[int] = []
    utf8 = 0
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            pieces.append(line.decode("utf-8"))
            utf8 += not line.isascii()
            continue
        except UnicodeDecodeError:
            pass
        # A line of UTF-8 that was hurt often passes for GBK, and reads like nothing.
        encoding = "utf-8" if _is_nearly_utf8(line) else "gb18030"
        try:
            pieces.append(line.decode(encoding))
            other.append(number)
        except UnicodeDecodeError:
            readings = [line.decode(each, errors="replace") for each in ("utf-8", "gb18030")]
            pieces.append(min(readings, key=lambda text: text.count("\ufffd")))
            broken.append(number)
    text = "\n".join(pieces)
    if text.count("\ufffd") * 4 > len(_HAN.findall(text)):
        raise Unreadable(_UNKNOWN)
    notes = []
    if other and utf8:
        notes.append(f"文件里混有两种编码，{_said(other)}按 GBK 读取，其余按 UTF-8 读取。")
    if broken:
        notes.append(f"{_said(broken)}有无法识别的字节，以“�”代替，这些地方的数字请人工核对。")
    return text, tuple(notes)


def _is_nearly_utf8(content: bytes) -> bool:
    """Whether it reads as Chinese in UTF-8 but for a few bytes; GBK read so is holes and hardly a character."""
    text = content.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 4 <= len(_HAN.findall(text))


def _said(numbers: list[int]) -> str:
    named = "、".join(map(str, numbers[:_NAMED_AT_MOST]))
    return f"第 {named} 行" + (f"等 {len(numbers)} 行" if len(numbers) > _NAMED_AT_MOST else "")


def _likely(text: str) -> str:
    """The text, where the encoding was guessed. Refuses what looks like no Chinese text at all."""
    if len(_STRANGE.findall(text)) * 4 > len(text):
        raise Unreadable(_UNKNOWN)
    return text


def _plain(text: str) -> str:
    """The text without stray control characters. Refuses one that is full of them."""
    found = len(_CONTROL.findall(text))
    if found * 100 > len(text) or len(_ODD.findall(text)) * 4 > len(text):
        raise Unreadable(_UNKNOWN)
    return _CONTROL.sub(" ", text) if found else text
