"""Ranks: an area inside itself, a place behind the last, places gained or lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

_RANK = "rank_in_itself"
_LEVELS = "省市县区镇乡州旗"
_RANKED = re.compile(
    r"(?:位居|位列|居于?|列|排名|排在?|名列|在|为|跃居|保持)?(?P<scope>全(?P<level>[省市县区镇乡州旗]))(?:同类\w{0,3}|各[^，。；]{1,6})?"
    r"(?:排名|位列|名列|排|居)?(?P<rank>第[一二三四五六七八九十\d]{1,3}(?:[位名]|(?=[，。；]|$))|首位|首|前列|前茅|榜首|之首|前[三五十]|领先|中上游)(?!批|家|个|次|例|条|产业|季度|届|轮|期)"
)
# Who is compared with the whole county is only a part of it.
_ABOVE_US = re.compile(
    r"(?:位列|排名?|列|居|在)全(?P<ranked>[省市县区镇乡州旗])\d{1,3}(?:个|家)[\u4e00-\u9fff]{1,8}第|(?:[比较占]|高于|低于|快于|慢于|好于|优于|超过)全(?P<level>[省市县区镇乡州旗])(?:平均|水平|的?\d|总)|全(?P<other>[省市县区镇乡州旗])平均"
)
_OWN = re.compile(r"全(?P<level>[省市县区镇乡州旗])|我(?P<mine>[省市县区镇乡州旗])(?!们)")
_PLACE_BELOW = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|村|社区|县|区|市)(?!级|域|委|政|场|内|划)")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every sentence is looked at for ranks that cannot be."""
    own = _own_level(reading)
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            if "第" in sentence.text or "首" in sentence.text or "全" in sentence.text:
                _rank(sentence, own, ledger)
                _rank_of(sentence, ledger)
                _rank_moved(sentence, ledger)


def _own_level(reading: Reading) -> str:
    """The level of the office's own area: the one whose whole it most often speaks of."""
    counted: Counter[str] = Counter()
    above: set[str] = set()
    for paragraph in reading.paragraphs[:200]:
        above.update(match["level"] or match["other"] or match["ranked"] for match in _ABOVE_US.finditer(paragraph.normal.text))
        for match in _OWN.finditer(paragraph.normal.text):
            if not _RANKED.match(paragraph.normal.text, match.start()):
                counted[match["level"] or match["mine"]] += 1
    for paragraph in reading.paragraphs[:2]:
        title = paragraph.normal.text[:40]
        if found := re.match(
            r"(?:\d{4}年)?(?:关于)?[\u4e00-\u9fff]{1,6}?(?P<level>[市县区镇乡])(?=[^市县区镇乡]{0,14}(?:\d{4}|上半年|工作|总结|报告|公报|情况|通报|分析))",
            title,
        ):
            counted[found["level"]] += 2
    counted = Counter({level: times for level, times in counted.items() if level not in above})
    if not counted:
        return ""
    (best, times), *rest = counted.most_common(2)
    return best if not rest or times > 2 * rest[0][1] else ""


def _rank(sentence: Sentence, own: str, ledger: Ledger) -> None:
    """An area that ranks itself within itself must mean the one above."""
    for match in _RANKED.finditer(sentence.text):
        level = match["level"]
        if "各" in match[0]:
            continue
        clause = _RANKED.sub("", _ABOVE_US.sub("", sentence.text[max(0, match.start() - 60) : match.start()]))
        mine = re.search(rf"(?:全|我){level}(?!{level})", clause)
        if not mine and level != own:
            continue
        if _is_below(clause, level) or re.search(r"其中|分列|分别", clause[-30:]):
            continue
        number = next(
            (n for n in sentence.numbers if n.start - sentence.start <= match.end() and n.end - sentence.start >= match.start()),
            None,
        )
        number = number or next((n for n in reversed(sentence.numbers) if n.end - sentence.start <= match.start()), None)
        anchor = words_of(sentence, match.start(), match.end(), number)
        line = f"“{match[0]}”：本地的数字在{match['scope']}范围内排位，范围说不通"
        ledger.fails(
            _RANK, Severity.DOUBTFUL, [anchor], line, "排位的范围应是上一级，请写明上一级的名称，例如“在全省（设区市）列第几位”。"
        )


_OF_SO_MANY = re.compile(
    r"(?:全[省市县区州国])?(?P<all>\d{1,3})(?:个|家|所)(?:县区|区县|县市区|市县|县|市|区|镇|乡|街道|部门|单位|城市|省|设区市|地市|州|企业|学校|医院|[\u4e00-\u9fff]{1,4}[局院队所关])(?:[（(][\u4e00-\u9fff]{1,6}[)）])?"
    r"(?:[^。；]{0,40}?(?:排名?|列|居|位[居列])(?:全[省市县区州国])?(?:并列)?|中)?第(?P<rank>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)?"
)


_OF_ANY = re.compile(
    r"(?P<all>\d{1,3})(?:个|家|所|名|支)[\u4e00-\u9fff]{1,8}?(?:（[^（）]{1,6}）)?(?:中|里|内|考核中|排名中)?，?(?:我[市县区镇])?(?:排名?|列|居|位[列居])?第(?P<rank>\d{1,3}|[一二三四五六七八九十]{1,3})[位名]"
)
_ALL = re.compile(
    r"(?:(?:全[省市县区]|辖区?)(?:共有?|现有|有)|参评|参加)[\u4e00-\u9fff（）]{0,8}?(?P<all>\d{1,3})(?:个|家)(?:县|市|区|镇|乡|街道|单位|，)?"
)
_LATER = re.compile(r"(?:列|居|排名?|排在?)第(?P<rank>\d{1,3})[位名]")


def _rank_of(sentence: Sentence, ledger: Ledger) -> None:
    """Of eleven counties none is the thirteenth; nor where the seven are counted once for several ranks."""
    ranks = [
        (match["all"], match["rank"], match.start("rank"), match.end("rank")) for match in _OF_SO_MANY.finditer(sentence.text)
    ]
    ranks += [(match["all"], match["rank"], match.start("rank"), match.end("rank")) for match in _OF_ANY.finditer(sentence.text)]
    if (every := _ALL.search(sentence.text)) is not None:
        later = _LATER.finditer(sentence.text, every.end())
        ranks += [(every["all"], match["rank"], match.start("rank"), match.end("rank")) for match in later]
    for number, place, start, end in ranks:
        rank = int(place) if place.isdigit() else value_of(place)
        if rank is None or rank <= int(number):
            continue
        line = f"共{number}个，却列第{place}位"
        ledger.fails(_RANK, Severity.ERROR, [words_of(sentence, start, end)], line, "名次不会大于参加排名的个数，请核对。")


_N = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_UP = r"前移|上升|提升|前进|跃升|跃居|进位|上移|晋升|升|进(?![行入一步])"
_DOWN = r"后移|下降|后退|退后|下滑|滑落|下移|跌落|退居|退|降|跌"
_STEPS = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
_BY = r"(?:了)?(?P<by>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:位次?|名次?)"
_PLACES = (
    # 前移3位，由第9位升至第6位
    re.compile(rf"{_STEPS}{_BY}[，（](?:由|从)[^，。；第]{{0,14}}第(?P<was>{_N})[位名]?[^。；第]{{0,10}}第(?P<now>{_N})[位名]?"),
    # 由第8位升到第5位，前移3位
    re.compile(
        rf"(?:由|从)[^，。；第]{{0,14}}第(?P<was>{_N})[位名]?[^，。；第\d]{{0,6}}?{_STEPS}?[^，。；第\d]{{0,4}}第(?P<now>{_N})[位名]?(?:[，（][^，。；第\d]{{0,8}}?(?:{_UP}|{_DOWN}){_BY})?"
    ),
    # 列第4位，较上月的第7位前移3位
    re.compile(
        rf"第(?P<now>{_N})[位名]?[^。；第]{{0,10}}(?:较|比)[^，。；第]{{0,12}}第(?P<was>{_N})[位名]?[^，。；第\d]{{0,8}}?{_STEPS}{_BY}"
    ),
    # 列第3位，比上年后退2位（上年第1位)
    re.compile(
        rf"第(?P<now>{_N})[位名]?，(?:同?比|较)(?:上|去|前|同)[^，。；第\d]{{0,8}}?{_STEPS}{_BY}[，（](?:上|去|前)[^，。；第\d]{{0,8}}第(?P<was>{_N})[位名]?"
    ),
)


def _rank_moved(sentence: Sentence, ledger: Ledger) -> None:
    """列第4位，较4月的第7位前移2位; 由第3位上升至第6位."""
    told: set[int] = set()
    for match in _moves(sentence.text):
        was, now = _value(match["was"]), _value(match["now"])
        by = _value(match["by"]) if match["by"] else None
        if was is None or now is None or match.start("was") in told:
            continue
        told.add(match.start("was"))
        anchor = words_of(sentence, match.start(), match.end())
        verb = match["up"] or match["down"]
        if by is not None and abs(was - now) != by:
            line = f"第{match['was']}位与第{match['now']}位相差{abs(was - now)}位，原文写{match['by']}位"
            ledger.fails(_RANK, Severity.ERROR, [anchor], line, "请核对前后两个位次和升降的位数。")
        elif verb and was != now and (now < was) is not bool(match["up"]):
            line = f"由第{match['was']}位到第{match['now']}位是{'前移' if now < was else '后退'}，原文写“{verb}”"
            ledger.fails(_RANK, Severity.ERROR, [anchor], line, "请核对前后两个位次，或改正升降的用词。")


def _moves(text: str) -> Iterator[re.Match[str]]:
    for pattern in _PLACES:
        yield from pattern.finditer(text)


def _value(text: str) -> int | None:
    return int(text) if text.isdigit() else 2 if text == "两" else value_of(text)


def _is_below(clause: str, level: str) -> bool:
    """Whether a smaller place is spoken of, which may well rank in the whole."""
    return any(level not in match[0][-1] and not match[0].startswith(("全", "我")) for match in _PLACE_BELOW.finditer(clause))
