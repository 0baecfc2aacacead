"""How many points are announced, and how far their ordinals reach: in one paragraph, in those behind it, in those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "listed_items"
_N = r"[两二三四五六七八九十]|十[一二三四五]|(?<![\d.])\d{1,2}"
_ORDER = "一二三四五六七八九十"
_FORMS: tuple[tuple[str, ...], ...] = (
    tuple(f"{n}是" for n in _ORDER),
    tuple(f"{n}要" for n in _ORDER),
    tuple(f"（{n}）" for n in _ORDER),
    tuple(f"第{n}，" for n in _ORDER),
    tuple(f"第{n}、" for n in _ORDER),
    tuple(f"其{n}，" for n in _ORDER),
    tuple(f"（{n}）" for n in range(1, 11)),
    tuple(f"{n}." for n in range(1, 11)),
    tuple(f"{n}、" for n in range(1, 11)),
    tuple("①②③④⑤⑥⑦⑧⑨⑩"),
)
_OPENED = r"(?=一是|一要|（一）|[第其]一[，、]|首先|（1）|①|1[.、])"
_ANNOUNCED = re.compile(
    rf"(?P<n>{_N})(?:个方面|项(?:举措|措施|工作|任务|重点)|个(?:重点|着力点|环节|问题|到位|一批)|点(?:要求|意见|建议)|条(?:举措|措施|意见)|方面)[^。；，：]{{0,10}}[：。，]"
    rf"|(?P<m>{_N})大[^。；，：]{{2,10}}[：]"
    rf"|(?P<k>{_N})(?:个|项|条|点|件|步|道|招|方面|大|类|种)[^。；，：、\d]{{0,10}}[：。，；—]+{_OPENED}"
)
_SERIES = re.compile(r"首先|其次|再次|再者|再有|最后")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every announced number of points is held against the ordinals."""
    for paragraph in reading.paragraphs:
        _within(paragraph, ledger)
        _by_times(paragraph, ledger)
        _looked_back(paragraph, ledger)
    _behind(reading.paragraphs, ledger)
    _before(reading.paragraphs, ledger)


def _value(text: str) -> int | None:
    return int(text) if text.isdigit() else value_of(text)


def _tell(paragraph: ReadParagraph, start: int, end: int, line: str, ledger: Ledger) -> None:
    sentence = next((s for s in paragraph.sentences if s.start <= start < s.end), None)
    if sentence is not None:
        words = words_of(sentence, start - sentence.start, min(end, sentence.end) - sentence.start)
        ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致。")


def _within(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """三个方面：一是……二是……: the ordinals reach as far as was announced."""
    text = paragraph.normal.text
    match = _ANNOUNCED.search(text)
    if match is None or not paragraph.sentences:
        return
    wanted = _value(match["n"] or match["m"] or match["k"])
    reached, last = _reached(text, match.start() + 1, match.end())
    if reached < 2 or wanted is None or reached == wanted or wanted < 2 or wanted > 10:
        return
    line = f"写明{match[0].rstrip('：。，')}，{'只' if reached < wanted else ''}列到“{last}”"
    _tell(paragraph, match.start(), match.end(), line, ledger)


_TIMES = re.compile(rf"(?P<n>{_N})个?(?P<c>期|次|批|轮|场|阶段|步|组)[^。；：\\d]{{0,8}}[：，（。](?=第一(?P=c))")


def _by_times(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """举办培训班4期：第一期3月12日开班，第二期……"""
    text = paragraph.normal.text
    for match in _TIMES.finditer(text):
        reached, at = 0, match.end()
        while (found := text.find(f"第{_ORDER[reached]}{match['c']}", at)) >= 0 and reached < 9:
            reached, at = reached + 1, found
        wanted = _value(match["n"])
        # Behind a comma some may stand for all: 培训6期，第一期86人，第二期92人.
        listed = text[match.end() - 1] in "：（" or (wanted is not None and reached > wanted)
        if wanted is not None and 1 < reached != wanted and wanted <= 10 and listed:
            line = f"写明{match['n']}{match['c']}，列到第{_ORDER[reached - 1]}{match['c']}"
            _tell(paragraph, match.start(), match.end(), line, ledger)


_LOOKS_BACK = re.compile(
    rf"(?:上述|以上|前述)(?P<n>{_N})(?:个|项|条|点|类)(?:方面)?(?:的)?(?:问题|措施|工作|任务|举措|建议|意见|做法|短板|不足)"
)


def _looked_back(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """一是……；二是……；三是……。针对上述四个问题."""
    text = paragraph.normal.text
    for match in _LOOKS_BACK.finditer(text):
        at = text.rfind("一是", 0, match.start())
        reached = 0
        while 0 <= at < match.start() and reached < 9:
            reached += 1
            at = text.find(f"{_ORDER[reached]}是", at, match.start())
        wanted = _value(match["n"])
        if reached > 1 and wanted is not None and wanted != reached and not _ANNOUNCED.search(text[: match.start()]):
            line = f"写明{match[0]}，前文列到“{_ORDER[reached - 1]}是”"
            _tell(paragraph, match.start(), match.end(), line, ledger)


def _reached(text: str, at: int, end: int) -> tuple[int, str]:
    """How far the ordinals reach that begin right behind an announcement, else those that begin anywhere behind it."""
    opened = text[end : end + 6].lstrip("：，")
    if re.match("第一、第|一、二", opened):
        # 四个方面中，第一、第二项已完成.
        return 0, ""
    if opened.startswith("首先"):
        found = [m[0] for m in _SERIES.finditer(text, end)]
        return (len(found), found[-1]) if len(set(found)) == len(found) else (0, "")
    form = next((form for form in _FORMS if opened.startswith(form[0])), None)
    if form is None:
        form = _FORMS[1] if "一是" not in text[at:] and "一要" in text[at:] else _FORMS[0]
    reached = 0
    for name in form:
        found_at = text.find(name, at)
        if found_at < 0:
            break
        reached, at = reached + 1, found_at
    return reached, form[reached - 1].rstrip("，、.") if reached else ""


_ORDINAL = re.compile(
    r"^(?:（(?P<a>[一二三四五六七八九十])）|(?P<b>[一二三四五六七八九十])是|(?P<c>[一二三四五六七八九十])、|（(?P<d>\d{1,2})）|(?P<e>\d{1,2})[.．、](?!\d)|第(?P<f>[一二三四五六七八九十])[，、]|(?P<g>[①②③④⑤⑥⑦⑧⑨⑩]))"
)
_RANKS = "cafbedg"
"""Forms from the larger division to the smaller; a paragraph that begins with one above it ends a list."""

_COMES = re.compile(rf"(?P<n>{_N})(?:个?方面|[个项条点类种件大])[^，。；：、\d]{{0,12}}?(?:如下)?(?P<mark>[：。])?$")
_FOLLOWS = re.compile(r"以下|如下|下列|[：]$")


def _ordinal(text: str) -> tuple[str, int] | None:
    match = _ORDINAL.match(text)
    if match is None or match.lastgroup is None:
        return None
    told = match[match.lastgroup]
    value = "①②③④⑤⑥⑦⑧⑨⑩".find(told) + 1 if match.lastgroup == "g" else _value(told)
    return (match.lastgroup, value) if value else None


def _behind(paragraphs: Sequence[ReadParagraph], ledger: Ledger) -> None:
    """主要存在以下四类问题： and then （一） to （五）, a paragraph each or with paragraphs of their own."""
    for at, paragraph in enumerate(paragraphs[:-2]):
        text = paragraph.normal.text
        told = _COMES.search(text[-40:])
        first = _ordinal(paragraphs[at + 1].normal.text) if told else None
        wanted = _value(told["n"]) if told else None
        if told is None or first is None or first[1] != 1 or wanted is None or not 2 <= wanted <= 10:
            continue
        own = _ordinal(text)
        if own is not None and _RANKS.index(own[0]) >= _RANKS.index(first[0]):
            continue
        opens = first[0] in "bfg" or (len(text) <= 30 and re.search("围绕|抓好|做好|重点|采取|实施|推进", text))
        if not _FOLLOWS.search(text[-40:]) and not (opens and told["mark"]):
            continue
        values = list(_run(paragraphs[at + 1 : at + 1 + _RUN_AT_MOST], first[0]))
        if values != list(range(1, len(values) + 1)) or len(values) < 2 or len(values) == wanted:
            continue
        start = len(text) - len(text[-40:]) + told.start("n")
        line = f"写明{told[0].rstrip('：。')}，列到第{len(values)}项"
        _tell(paragraph, start, len(text), line, ledger)


_RUN_AT_MOST = 60
"""Paragraphs in which a list that was announced comes to its end."""


def _run(paragraphs: Sequence[ReadParagraph], form: str) -> Iterator[int]:
    """The ordinals of that form up to where a larger division, or the same form from one, begins."""
    last = 0
    for paragraph in paragraphs:
        found = _ordinal(paragraph.normal.text)
        if found is None:
            if paragraph.heading or paragraph.normal.text.startswith(("以上", "上述", "【", "■", "▲", "●")):
                return
            continue
        if found[0] == form:
            if found[1] <= last:
                return
            last = found[1]
            yield last
        elif _RANKS.index(found[0]) < _RANKS.index(form):
            return


_SUMMED_UP = re.compile(
    rf"(?:[一二三四五六七八九十]、)?(?:以上|上述|前述|这)(?P<n>{_N})(?:个?方面|项|条|点|类|个|大)[^，。；]{{0,8}}(?=[，。；的是]|工作|问题|措施)"
)


def _before(paragraphs: Sequence[ReadParagraph], ledger: Ledger) -> None:
    """一是…… to 四是…… a paragraph each, and then 以上五个方面: as many as were told."""
    reached: dict[str, int] = {}
    for paragraph in paragraphs:
        text = paragraph.normal.text
        told, found = _SUMMED_UP.match(text), _ordinal(text)
        wanted = _value(told["n"]) if told else None
        if told and wanted and reached:
            lists = [(form, count) for form, count in reached.items() if count > 1 and not (found and form == found[0])]
            if lists and wanted not in {count for _, count in lists}:
                _tell(paragraph, told.start(), told.end(), f"写明{told[0]}，前文列到第{lists[-1][1]}项", ledger)
        if found:
            form, value = found
            # A larger division ends the lists inside the one before it.
            kept = {f: n for f, n in reached.items() if _RANKS.index(f) < _RANKS.index(form)}
            goes_on = value == 1 or value == reached.get(form, -1) + 1
            reached = kept | ({form: value} if goes_on else {})
        elif told or (paragraph.heading and not found):
            reached = {}
