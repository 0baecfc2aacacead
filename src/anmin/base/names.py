"""Personal names: one form to keep and show, one key to match, initials to search, a mask to publish.

The kept form is the name on the card: traditional and variant characters stay. Only ``match_key`` folds them, and only
character by character; a key that agrees says "perhaps the same name", never "the same person".
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from anmin.base.errors import BadValue

INTERPUNCT = "·"
LONGEST = 60

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"  # private use: rare names of old fonts
_DOTS = re.compile(r"\s*[·•‧∙⋅・･●▪﹒᛫]\s*")
_STOP_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s*\\.\\s*(?=[{_HAN}])")
_SPACE_AT_HAN = re.compile(f"(?<=[{_HAN}])\\s+|\\s+(?=[{_HAN}])")
_INVISIBLE_EDGE = " \t\r\n\u3000\u200b\ufeff"
_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # chooses a printed shape of the character before it
_GLYPH = re.compile(f"[^\u0300-\u036f{_SELECTOR}][\u0300-\u036f{_SELECTOR}]*")
_SELECTORS = re.compile(f"[{_SELECTOR}]")
_HAN_ONLY = re.compile(f"[{_HAN}{_SELECTOR}]+")

# What opencc leaves alone: shapes of one character that card offices and old fonts mix up. Surnames that only sound or
# look alike (肖 and 萧, 付 and 傅, 闫 and 阎) are different names and stay apart.
_VARIANTS = str.maketrans(
    "峯戸靑愼鉄銕珮寳徳髙甦囌堃喆迺崐邨澂竝晧煇畧眞淸郞囯囶㛃",
    "峰户青慎铁铁佩宝德高苏苏坤哲乃昆村澄并皓辉略真清郎国国洁",
)

_COMPOUND_SURNAMES = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 "
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 羊舌 微生 左丘 西门 第五 拓跋 夹谷 宰父 谷梁 轩辕 贺兰 "
    "纳兰 完颜"
)
_COMPOUNDS = frozenset(_COMPOUND_SURNAMES.split())

# Where the surname's reading begins with another letter than the character's; pypinyin reads characters, not surnames.
_SURNAME_INITIALS = {
    surname: initial
    for initial, surnames in {
        "b": "秘",
        "c": "种重",
        "g": "句",
        "k": "阚",
        "n": "佴乜",
        "o": "区",
        "p": "繁",
        "q": "仇覃",
        "s": "单折召",
        "x": "解郇",
        "y": "乐",
        "z": "曾查翟祭",
    }.items()
    for surname in surnames
}
_COMPOUND_INITIALS = {"万俟": "mq", "尉迟": "yc", "澹台": "tt"}


def normalise_name(text: str) -> str:
    """The name as it is kept and shown: half-width Latin, one kind of interpunct, no blanks inside a Chinese name.

    Refuses: nothing written, control and invisible characters, digits, garbled places (``?``, ``�``) where a rare character
    was lost, masks and notes in brackets, anything else that no name contains, over 60 characters.
    """
    name = unicodedata.normalize("NFKC", text.strip(_INVISIBLE_EDGE)).strip(_INVISIBLE_EDGE)
    if not name:
        raise BadValue("姓名没有填写。")
    if any(unicodedata.category(character) in ("Cc", "Cf") for character in name):
        raise BadValue("姓名中有看不见的控制字符（可能是复制时带入的），请删除后重新输入。")
    if any(unicodedata.category(character) == "Nd" for character in name):
        raise BadValue(f"姓名“{_shortened(name)}”中有数字，请填写证件上的姓名。")
    if any(character in "?\ufffd" or unicodedata.category(character) == "Cs" for character in name):
        raise BadValue("姓名中有乱码或问号，可能是生僻字在导出时丢失，请对照证件补上。")
    name = _SPACE_AT_HAN.sub("", _STOP_BETWEEN_HAN.sub(INTERPUNCT, _DOTS.sub(INTERPUNCT, name)))
    name = re.sub(r"\s+", " ", name.replace("\u2019", "'").replace("\u2018", "'"))
    for character in name:
        if not (_is_letter(character) or character in "·'-. "):
            raise BadValue(f"姓名“{_shortened(name)}”中的“{character}”不是姓名用字，请删除备注和符号后重新填写。")
    if not _is_letter(name[0]) or not (_is_letter(name[-1]) or name[-1] == "."):
        raise BadValue(f"姓名“{_shortened(name)}”的开头或结尾有多余的符号，请对照证件检查。")
    if len(name) > LONGEST:
        raise BadValue(f"姓名超过{LONGEST}个字，请检查是否混入了其他内容。")
    return name


def match_key(name: str) -> str:
    """What two spellings of one name have in common: simplified characters, no interpunct, blanks, case or shape selectors.

    Takes any text, also one ``normalise_name`` would refuse, because the other side of a match is somebody else's file.
    """
    folded = "".join(map(_folded, unicodedata.normalize("NFKC", name)))
    return "".join(character for character in folded if character.isalpha() or character == "〇")


def pinyin_initials(name: str) -> str:
    """The first letters a clerk types to find the name: ``zjh``; surnames by their reading as surnames (单 is s).

    For searching only. A given name with two readings (乐, 长) has the more common one; a character without a reading is
    left out; of a Latin word the first letter counts.
    """
    plain = _SELECTORS.sub("", unicodedata.normalize("NFKC", name))
    parts = re.findall(f"[{_HAN}]|[^\\W\\d_{_HAN}]+", plain)
    # Alone, or in a longer transcription, the first character is no surname.
    if len(parts) > 1 and not _DOTS.search(plain):
        compound = _COMPOUND_INITIALS.get(match_key("".join(parts[:2])))
        if compound is not None:
            return compound + "".join(map(_initial, parts[2:]))
        surname = _SURNAME_INITIALS.get(match_key(parts[0]))
        if surname is not None:
            return surname + "".join(map(_initial, parts[1:]))
    return "".join(map(_initial, parts))


def mask_name(name: str) -> str:
    """The name as it may stand on a public sheet: the surname stays, ``张**``, ``欧阳*``.

    Of a name with interpuncts or in Latin letters only the very first character stays and the shape is kept
    (``买**·**``); a single character is covered.
    """
    glyphs = _GLYPH.findall(name)
    if len(glyphs) <= 1:
        return "*" * len(glyphs)
    kept = 2 if len(glyphs) > 2 and _HAN_ONLY.fullmatch(name) and match_key("".join(glyphs[:2])) in _COMPOUNDS else 1
    return "".join(glyph if place < kept or glyph in (INTERPUNCT, " ", "-") else "*" for place, glyph in enumerate(glyphs))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _folded(character: str) -> str:
    # One character at a time, remembered: opencc's phrases must not join surname and given name.
    if character.isascii():
        return character.lower()
    simplified = _converter().convert(character.translate(_VARIANTS))
    # Twice: 薴 becomes 苧, which as a traditional character is itself written 苎.
    return str(_converter().convert(simplified)).casefold()


@cache
def _initial(part: str) -> str:
    if part[0].isascii():
        return part[0].lower()
    # Its dictionary takes a fifth of the time a command needs to start, and few commands bring in names.
    from pypinyin import Style, lazy_pinyin

    reading = "".join(lazy_pinyin(part, style=Style.FIRST_LETTER, errors="ignore"))
    if reading:
        return reading[0]
    latin = unicodedata.normalize("NFD", part)[0].lower()
    return latin if latin.isascii() else ""


def _is_letter(character: str) -> bool:
    # "Cn" too: Python's tables are older than the newest Chinese characters.
    return character == "〇" or unicodedata.category(character)[0] in "LM" or unicodedata.category(character) in ("Co", "Cn")


def _shortened(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
