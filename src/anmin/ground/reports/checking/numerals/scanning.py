"""Finding the numbers of a text, each with its unit, and leaving alone what only looks like one.

One pass from left to right; no expression here can look at a character more than a few times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from anmin.ground.reports.checking.numerals import chinese, units
from anmin.ground.reports.checking.vocabulary import Kind

_TO = r"[-—–~～至到]{1,2}"
_YEAR = r"(?:19|20)\d{2}"
_LATIN_UNITS = r"(?:km²|km2|m²|m³|km|kg|TEU|GB|TB|MB|kWh|MWh|kW|MW|mm|cm|mg|m|t)(?![A-Za-z])"
_PERIOD_PART = r"(?:第?[一二三四1-4]季度|上半年|下半年|前[一二三]季度)"

_TOKEN = re.compile(
    rf"""
     (?P<document>〔\s?\d{{4}}\s?〕\s?第?\d{{1,6}}号|(?:GB|DB\d*|ISO|CJJ|JGJ|MZ)(?:/T)?\s?\d[\d.\-—]*)
    |(?P<link>https?://[\x21-\x7e]+|[A-Za-z][\w.]{{0,40}}@[\w.]+)
    |(?P<date>{_YEAR}{_TO}{_YEAR}(?:学)?年度?
        |{_YEAR}年度?(?:{_PERIOD_PART}|\d{{1,2}}(?:{_TO}\d{{1,2}})?月份?(?:\d{{1,2}}[日号])?)?
             (?:{_TO}(?:{_YEAR}年)?(?:\d{{1,2}}月)(?:\d{{1,2}}[日号])?|{_TO}\d{{1,2}}[日号])?
        |\d{{1,2}}月份?(?:\d{{1,2}}[日号])?{_TO}\d{{1,2}}月份?(?:\d{{1,2}}[日号])?
        |\d{{1,2}}{_TO}\d{{1,2}}月份?|\d{{1,2}}月份?\d{{1,2}}[日号](?:{_TO}\d{{1,2}}[日号])?|\d{{1,2}}月(?:份|底|末|初)?
        |{_YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}日(?![均内])
        |(?<!比)(?<!比为)(?<!比例)(?<!比例为)(?<!比达到)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![.:\d])
        |[一二]〇?[零〇○一二三四五六七八九]{{2,3}}年(?:[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日)?)?)
    |(?P<structure>\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){{1,9}})
    |(?P<name>[A-Za-z][A-Za-z.\-]{{0,12}}\d[\w.\-]{{0,12}}
        |\d{{1,6}}(?:\.\d+)?(?!{_LATIN_UNITS})[A-Za-z][A-Za-z0-9]{{0,8}}(?!\.\d)(?:\+)?级?
        |\d+(?:\.\d+)?[+×xX*](?=[\dNXn])[\dNXn]{{1,4}}(?:[+×][\dNXn]{{1,4}}){{0,9}}(?:小时|行动|工程|体系)?
        |(?:12345|123\d\d|110|119|120|122|114|96\d{{3}}|400-?\d{{3,4}}-?\d{{3,4}})(?=[”"]?(?:热线|平台|电话|急救|接处?警|指挥|报警|服务热线|便民|政务))
        |0\d{{2,3}}-\d{{7,8}}|1[3-9]\d{{9}}(?!\d)
        |\d{{1,4}}(?:强(?!度)|号(?![召])|版本?(?![画])|弄|路公交|型|式))
    |(?P<ordinal>第(?:\d{{1,6}}|[零〇一二三四五六七八九十百]{{1,5}})(?:产业|季度|个|次|届|期|批次?|位|名|轮|条|款|项|号|方|线|步|人民|中学|小学|医院)?)
    |(?P<part>(?:百分之|千分之)(?P<over>\d+(?:\.\d+)?|[零一二三四五六七八九十百]{{1,7}}(?:点[零一二三四五六七八九]{{1,4}})?)
        |(?P<below>[二三四五六七八九十]{{1,2}})分之(?P<above>[一二三四五六七八九十]{{1,2}}))
    |(?P<doubling>翻了?(?P<times>[一两二三]|\d)?番)
    |(?P<digits>\d[\d,.]*)
    |(?P<chinese>[零〇一二两三四五六七八九十百千万亿]{{1,15}}(?:点[零一二三四五六七八九]{{1,4}}(?=[万亿百千个%倍]))?)
    """,
    re.VERBOSE | re.ASCII,
)
_SIZED = re.compile(
    rf"(?P<m1>{units.MULTIPLIER_PATTERN})?(?:(?P<d2>\d{{1,4}})(?P<m2>千万|百万|万|千|百))?(?P<hedge>[余多几来](?!元化|年生|部门|层次|措|方|样|种形))?"
    rf"(?P<m3>{units.MULTIPLIER_PATTERN})?(?P<unit>{_LATIN_UNITS}|{units.UNIT_PATTERN})?"
)
_PER = re.compile(
    r"[/每](?P<per>(?:平方米|立方米|千瓦时|公斤|公里|小时|人次|人份|课时|剂次|学期|学年|平米|千克|人|户|亩|吨|月|年|天|次|日|床|张|个|家|件|台|套|间|名|生|位|份|村|只|头|斤|度|升|剂|支|株|盏|辆|条|册|瓶|盒|场|座|处)"
    r"(?:[·•/.・]?[每]?(?:人|月|年|天|次|日|户|床|学年|学期))?)"
)
_RANGE = re.compile(r"(?P<to>[-—–~～]{1,2}|至|到)(?=\d)")
_BEHIND = re.compile(
    r"(?:(?:及|或|含|\(含\)|（含）)?(?P<limit>以上|以下|以内|之内|以外)|(?P<hedge>左右|上下|之多|有余|多|余)(?![元样种层发功边少年出于]|[\u4e00-\u9fff]{0,2}\d))"
)
_FOR_EACH = re.compile(r"每[^，。；、\d]{0,6}$")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_HEAD_MARK = re.compile(r"(?:^|(?<=[。；：，]))(?:（?\d{1,2}）|\d{1,2}[.、](?!\d)|\d{1,2}(?:\.\d{1,2}){2,3}(?=[\u4e00-\u9fff]))")
# After these a one-figure Chinese numeral is part of a word.
_WORD_BEFORE = frozenset("第每同统唯之某另这那哪初任单万专如惟划归整合联逐进")
_IDIOMS = re.compile(
    r"[一二两三四五六七八九十百千万]{1,6}+(?:体化|站式|揽子|系列|定|些|般|起(?!事|案|火)|直|致|样|贯|律|切|旦|线|流|手|把手|方面(?=是|要)|带一路|分(?!钟|之)|足|全|五规划|四五|三五)"
)
_TENTHS_BEFORE = re.compile(r"(?:占|占比|比例|近|超|超过|达|达到|约|有|过|增长|下降|提高|降低|减少|上升|增加|的|逾)了?$")
_TENTHS_AFTER = frozenset("立为员果绩功长本效熟都年人品就交套份型员语百千")
_QUOTED = re.compile(r"[“\"「『‘]([^”\"」』’“]{1,24})[”\"」』’]")


@dataclass(slots=True)
class Token:
    """A number as it stands: places in the text as it is read, figure and unit."""

    start: int
    end: int
    kind: Kind
    figure: Fraction | None = None
    upper: Fraction | None = None
    step: Fraction = Fraction(1)
    unit: str = ""
    multiplier: Fraction = Fraction(1)
    per: str = ""
    hedge: str = ""
    limit: str = ""
    weak: bool = False
    parts: tuple[Fraction, ...] = ()


def tokens(text: str) -> Iterator[Token]:
    """The numbers of a text in the order in which they stand, dates, names and document numbers among them."""
    quoted = {place for match in _QUOTED.finditer(text) if _is_name(match[1]) for place in range(match.start(), match.end())}
    marks = {match.start() + len(match[0]) - len(match[0].lstrip("（")): match.end() for match in _HEAD_MARK.finditer(text)}
    at = 0
    while match := _TOKEN.search(text, at):
        start, end = match.span()
        group = match.lastgroup or ""
        if group in ("over", "above", "below", "times"):
            group = "doubling" if match["doubling"] else "part"
        if start in marks and group in ("digits", "structure", "name"):
            at = max(marks[start], start + 1)
            yield Token(start, at, Kind.ORDINAL)
            continue
        token = _read(text, match, group, start, end)
        at = max(token.end if token else end, start + 1)
        if token is None:
            continue
        if start in quoted or (
            token.figure == 1
            and token.unit in units.COUNTED
            and token.multiplier == 1
            and _FOR_EACH.search(text[max(0, start - 8) : start])
        ):
            # 每招用1人 is what something is paid for.
            token.kind = Kind.NAME
        yield token


def _is_name(quotation: str) -> bool:
    """Whether what stands in quotation marks is a name or a slogan: short, without an amount or a share."""
    return not re.search(r"\d[\d.,]*(?:余|多|万|亿)*(?:元|%|人次|户|吨|亩|万|亿|公里|人)", quotation) and "。" not in quotation


def _read(text: str, match: re.Match[str], group: str, start: int, end: int) -> Token | None:
    if group == "digits":
        return _digits(text, match["digits"], start)
    if group == "chinese":
        return _chinese(text, match["chinese"], start)
    if group == "part":
        return _part(text, match)
    if group == "doubling":
        return _doubling(match)
    if group == "structure":
        parts = tuple(Fraction(part) for part in match["structure"].split(":"))
        return Token(start, end, Kind.STRUCTURE, parts=parts)
    if group == "ordinal" and text[end : end + 1] in ("万", "亿"):
        return None
    kinds = {"document": Kind.DOCUMENT, "date": Kind.DATE, "ordinal": Kind.ORDINAL}
    return Token(start, end, kinds.get(group, Kind.NAME))


def _digits(text: str, raw: str, start: int) -> Token:
    raw = raw.rstrip(",.")
    grouped = _GROUPED.fullmatch(raw)
    if not grouped and not _PLAIN.fullmatch(raw):
        return _irregular(text, raw, start)
    end = start + len(raw)
    decimals = len(raw.partition(".")[2])
    figure = Fraction(int(re.sub("[,.]", "", raw)), 10**decimals) if len(raw) <= 40 else Fraction(0)
    if len(raw) > 40 or (len(raw) > 1 and raw[0] == "0" and raw[1] != "."):
        return Token(start, end, Kind.NAME)
    token = Token(start, end, Kind.MEASURE, figure, step=Fraction(1, 10**decimals))
    _take_unit(text, token)
    if start and text[start - 1] in "+-" and not (start > 1 and text[start - 2].isalnum() and text[start - 2].isascii()):
        token.start, token.figure = start - 1, -figure if text[start - 1] == "-" else figure
    if (to := _RANGE.match(text, token.end)) and text[max(0, start - 8) : start].rfind("由") < 0:
        _take_range(text, token, to)
    return token


def _irregular(text: str, raw: str, start: int) -> Token:
    """What has marks among its digits that no number has: separate numbers where one comma may be a pause, else a mistake."""
    if raw.count(",") == 1 and raw.count(".") <= 2:
        left, right = raw.split(",")
        if len(right.partition(".")[0]) < 3 or len(left) > 4 or "." in left:
            token = _digits(text, left, start)
            # 12,86家, 7,68.0万元: of a pause between two numbers the first would have a unit, or they would be ordinals.
            whole, point, _ = right.partition(".")
            # 2,34吨 behind a word: a pause would be written 、.
            spoken = "\u4e00" <= text[start - 1 : start] <= "\u9fff" and text[start - 1 : start] not in "第和与及或"
            counted = len(whole) == 2 and (1 if point or spoken else 2) <= len(left) < 4
            counted = counted and text[start - 1 : start] not in ("第", "、", "至", "-", "(", "（")
            sized = _SIZED.match(text, start + len(raw))
            if not counted or token.unit or sized is None or not sized["unit"]:
                return token
    if raw.count(".") >= 2 and "," not in raw and ".." not in raw:
        # 3.2.1 numbers a section or a version.
        token = Token(start, start + len(raw), Kind.NAME)
        _take_unit(text, token)
        if token.unit:
            token.kind = Kind.MALFORMED
        return token
    token = Token(start, start + len(raw), Kind.MALFORMED)
    digits = raw.replace(",", "")
    if _PLAIN.fullmatch(digits) and len(digits) <= 40:
        token.figure = Fraction(digits)
    _take_unit(text, token)
    return token


def _take_unit(text: str, token: Token) -> None:
    """The multiplier, the hedge inside and the unit behind the digits."""
    if text[token.end : token.end + 1] in ("%", "‰"):
        token.unit = text[token.end]
        token.end += 1
        _take_behind(text, token)
        return
    match = _SIZED.match(text, token.end)
    if match is None or match.end() == match.start():
        return
    token.hedge = match["hedge"] or ""
    first, third = units.MULTIPLIERS[match["m1"] or ""], units.MULTIPLIERS[match["m3"] or ""]
    if match["d2"] and token.figure is not None:
        # 3亿5千万: the second figure counts steps of its own.
        second = units.MULTIPLIERS[match["m2"]]
        token.figure = token.figure * first / second + Fraction(match["d2"])
        first = second
    elif match["d2"]:
        return
    token.multiplier = first * third
    token.unit = match["unit"] or ""
    token.end = match.end()
    if token.unit == "成" and not _is_tenths(text, token):
        token.unit, token.end = "", token.end - 1
    per = _PER.match(text, token.end)
    if per and per[0] != f"每{token.unit}":
        # In 2846户每户3000元 the second word begins the price.
        token.per = per["per"].strip("每·•/.・")
        token.end = per.end()
    _take_behind(text, token)


def _is_tenths(text: str, token: Token) -> bool:
    return text[token.end : token.end + 1] not in _TENTHS_AFTER or not text[token.end : token.end + 1]


def _take_behind(text: str, token: Token) -> None:
    if behind := _BEHIND.match(text, token.end):
        if behind["limit"]:
            token.limit = behind["limit"]
        elif token.unit or behind["hedge"] not in ("多", "余"):
            token.hedge = token.hedge or behind["hedge"]
        token.end = behind.end()


def _take_range(text: str, token: Token, to: re.Match[str]) -> None:
    following = _TOKEN.match(text, to.end())
    if following is None or following.lastgroup != "digits":
        return
    other = _digits_alone(text, following["digits"], to.end())
    if other is None or (token.unit and (token.unit != other.unit)) or not other.unit:
        return
    if to["to"] in ("到", "至") and re.search(r"[从由自][^，。；]{0,12}$", text[max(0, token.start - 14) : token.start]):
        return
    if token.figure is not None and not token.unit:
        token.figure = token.figure * (token.multiplier / other.multiplier if token.multiplier > 1 else 1)
    token.upper, token.unit, token.multiplier = other.figure, other.unit, other.multiplier
    token.per, token.end, token.limit = other.per, other.end, other.limit
    token.hedge = ""


def _digits_alone(text: str, raw: str, start: int) -> Token | None:
    raw = raw.rstrip(",.")
    if not _PLAIN.fullmatch(raw) or len(raw) > 40:
        return None
    token = Token(start, start + len(raw), Kind.MEASURE, Fraction(raw))
    _take_unit(text, token)
    return token


def _chinese(text: str, raw: str, start: int) -> Token | None:
    whole, _, point = raw.partition("点")
    before = text[start - 1 : start]
    if before == "第" or (before and before in _WORD_BEFORE and len(raw) == 1):
        return None
    if _IDIOMS.match(text, start):
        return None
    # The last 万, 亿, 千 may belong to the unit: 三千万元 is one number either way.
    value = chinese.value_of(whole)
    if value is None:
        return None
    figure = Fraction(value)
    if point:
        figure += Fraction(int("".join(str(chinese.DIGITS[c]) for c in point)), 10 ** len(point))
    if raw == "一":
        # 一次性, 一批, 一个: an article, no count.
        return None
    token = Token(start, start + len(raw), Kind.MEASURE, figure, weak=len(raw) == 1)
    if whole[-1] in "万亿" and len(whole) > 1:
        token.step = Fraction({"万": 10**4, "亿": 10**8}[whole[-1]])
    _take_unit(text, token)
    if not token.unit:
        return None
    if token.unit == "成" and not _TENTHS_BEFORE.search(text[max(0, start - 4) : start]):
        return None
    token.weak = token.weak and token.unit not in ("成", "倍")
    if token.weak and token.unit in (
        "日",
        "年",
        "月",
        "周",
        "分",
        "级",
        "线",
        "路",
        "方",
        "度",
        "步",
        "关",
        "句",
        "板",
        "国",
        "点",
    ):
        return None
    return token


def _part(text: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    if match["below"]:
        below, above = chinese.value_of(match["below"]), chinese.value_of(match["above"])
        if not below or not above:
            return None
        token = Token(start, end, Kind.MEASURE, Fraction(above * 100, below), step=Fraction(1), unit="%", hedge="约")
        _take_behind(text, token)
        return token
    over = match["over"]
    if over[0].isdigit():
        figure, step = Fraction(over), Fraction(1, 10 ** len(over.partition(".")[2]))
    else:
        whole, _, point = over.partition("点")
        value = 100 if whole == "百" else chinese.value_of(whole)
        if value is None:
            return None
        figure, step = Fraction(value), Fraction(1, 10 ** len(point))
        if point:
            figure += Fraction(int("".join(str(chinese.DIGITS[c]) for c in point)), 10 ** len(point))
    unit = "%" if match[0].startswith("百") else "‰"
    token = Token(start, end, Kind.MEASURE, figure, step=step, unit=unit)
    _take_behind(text, token)
    return token


def _doubling(match: re.Match[str]) -> Token:
    times = match["times"]
    power = 1 if not times else int(times) if times.isdigit() else chinese.DIGITS[times]
    return Token(match.start(), match.end(), Kind.MEASURE, Fraction(2**power), unit="倍", hedge="番")
