"""What is told of a number: its words as pairs of characters, and how well those of two numbers agree.

How well is a power of ten: by how much oftener words agree so far where two numbers are one and the same (told twice with one
value) than where they only look alike. It was reckoned on pairs of equal numbers and on pairs a slip apart, of invented reports
and of published ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Reading
from anmin.ground.reports.checking.relations.slipped import digits_of
from anmin.ground.reports.checking.vocabulary import Kind, Role

_NOISE = re.compile(
    r"全[市县区省镇乡州国院校局村街馆]|我[市县区省镇乡院校局馆]|本[市县区省镇乡院校局馆级]|上半年|全年|今年以来|今年|目前|截至|累计|共计|合计|总计|"
    r"达到|完成|实现|同比|比上年|增长|下降|其中|年底|年末|[“”\"'《》（）()\s◇◆●〔〕]|在(?![校园册岗编院训保建])|[的了为达共有是仅只约已均各和与及等将以从由对被把个月年日]|\d+"
)
_NO_NAME = re.compile(
    r"[（(].*?[)）]|本[年期月季]度?|当[年期月]|[一二三四]季度|前三季度|上半年|\d+[年月]?|数量|[-—–~～至年月]|[小合总]计"
)
_NOUN_END = re.compile(r"[，。；、（）：！？\d]|(?<!^)(?:人均|平均|均|全部|已|占|被|进行|开展|购买|实现)")
_TAKEN_UP = re.compile(r"上述|针对|面对|围绕|现有|全部|这|该|所有")
_PERHAPS = re.compile(r"[对按以]")
_SO_FAR = re.compile(r"目前|现有|已|上半年|今年以来|截至|仍有|仅有?")
_OF_THEM = re.compile(r"中(?!心|小|型|央|学)|里$|计算|的水平")
_EACH = re.compile(r"全部|均|都|各自|逐|全覆盖|实现")
_PLACE = re.compile(r"^[，、]?(?:全[市县区省镇乡州院校局村街馆]|(?:我|本)[市县区镇乡院校局村街]|学校|目前|现有|共有|共)*")
_SO_MANY = re.compile(r"(?:共有|现有|共|有|达到?|总数)*$")
_ON_TOP = re.compile(r"^的?基础上")
_ALL = re.compile(
    r"(?:全[市县区省镇乡州院校局村街馆园区]|下?辖|(?:我|本)[市县区镇乡院校局村街]|全[\u4e00-\u9fff]?系统)(?:共|共有|现有|有|共?辖|下辖|现辖|的|所有|全部)*$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_BEFORE_NOW = re.compile(r"去年|上年|同期|上月|上季|往年|前年|年初|期初")
_TOTAL = re.compile(r"合\s*计|总\s*计|共计|总数|全[省市县区镇乡州国]")
_CHANGED = re.compile(r"增|减|变动")
_PLANNED = re.compile(r"计划|预算|目标|任务")
_DONE = re.compile(r"完成|执行|实际")
_TRADE = re.compile(r"进出口|出口|进口")
_COMMON = frozenset(
    re.findall(
        "..",
        "资金收入支出人员项目企业单位工作情况服务问题投资面积建设管理人口金额总额数量占比比重人数户数发放机构平均每人年度案件万元亿元人次",
    )
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
MOST_AGREEMENT = 1.9
_STANDING = (Role.LEVEL, Role.SHARE, Role.PRIOR, Role.TARGET)


@dataclass
class Told:
    """A number with the words that say what it is of: near it, and in the wide. A cell has no sentence (-1)."""

    number: Number
    digits: str
    sentence: int
    before: str
    behind: str
    around: tuple[str, ...] = ()
    definite: float = 0.0
    """How plainly it speaks of what was told before: 在上半年468.3万人次的基础上, 8462户家庭中."""
    all_of: str = ""
    """村 in 全镇15个村: what there is one number of in a report."""
    each: bool = False
    """Whether something is said of each of them: 全镇15个村均."""
    aside: str = ""
    """Of an earlier time, or planned; nothing where it says how many there are."""
    year: str = ""
    """The year it is said to be of, or else that of the report."""
    beside: tuple[str, str] = ("", "")
    """The figures told right before and right behind it in its sentence."""

    @property
    def name(self) -> str:
        return self.before + self.behind

    @property
    def noun(self) -> str:
        """危险化学品企业 in 全县危险化学品企业42家."""
        bare = _SO_MANY.sub("", _PLACE.sub("", self.before))
        return bare if re.fullmatch(r"[\u4e00-\u9fff]{2,12}", bare) else ""

    @property
    def in_table(self) -> bool:
        return self.sentence < 0

    @cached_property
    def near(self) -> frozenset[str]:
        if self.in_table:
            return _pairs(_NO_NAME.sub("", self.before)) or self.wide
        return _pairs(_NOISE.sub("", self.before)[-12:]) | _pairs(_NOISE.sub("", self.behind)[:6])

    @cached_property
    def wide(self) -> frozenset[str]:
        if self.in_table:
            return _pairs(_NO_NAME.sub("", self.before)) | _pairs(_NO_NAME.sub("", self.behind))
        counted = _NOISE.sub("", self.before)[-1:] + self.number.unit.lstrip("万亿")
        return self.near.union(_pairs(counted), *map(_pairs, self.around))


def _pairs(text: str) -> frozenset[str]:
    """The pairs of characters in a row, without what every phrase may have."""
    return frozenset(run[at : at + 2] for run in _CHINESE.findall(_NOISE.sub("", text)) for at in range(len(run) - 1))


def all_told(reading: Reading) -> Iterator[Told]:
    """Every number that says how many there are, with its words; the cells of tables behind the text."""
    of_report = main_year(reading)
    for paragraph in reading.paragraphs:
        head = paragraph.normal.text[:14]
        for sentence in paragraph.sentences:
            if sentence.numbers:
                for told in _told_in(sentence, head, forecast=paragraph.forecast):
                    told.year = year_of(told.before, of_report)
                    yield told
    for cell in reading.cells:
        if cell.measured and cell.value:
            head = cell.before.removeprefix(cell.subject)
            if not _CHANGED.search(head + cell.subject):
                row = re.sub(r"^[一二三四五六七八九十\d]+[、.．]", "", cell.subject)
                if not _pairs(_NO_NAME.sub("", row)) and not _TOTAL.search(row):
                    continue
                planned = _PLANNED.search(head) and not _DONE.search(head)
                aside = "earlier" if _BEFORE_NOW.search(head + row) else "planned" if planned else ""
                year = (_YEAR.findall(cell.period) or [""])[0]
                yield Told(cell, digits_of(cell), -1, row, head, aside=aside, year=year)


def year_of(before: str, of_report: str) -> str:
    """The year that stands before a number, or else that of the report."""
    named = _YEAR.search(before)
    return named[0] if named else of_report


def main_year(reading: Reading) -> str:
    """The year that a report speaks of most: one given out in January tells of the year before."""
    named = [found for paragraph in reading.paragraphs for found in _YEAR.findall(paragraph.normal.text)]
    if reading.period:
        named.append(str(reading.period.first.year))
    return max(sorted(set(named)), key=named.count) if len(named) > 1 else ""


def _told_in(sentence: Sentence, head: str, *, forecast: bool) -> Iterable[Told]:
    text, end, before = sentence.text, 0, ""
    topic = text[: sentence.numbers[0].start - sentence.start][-24:]
    measured = [number for number in sentence.numbers if number.measured and not number.weak]
    figures = ["", *(digits_of(number) + number.dimension for number in measured), ""]
    beside = {number.key: (figures[at], figures[at + 2]) for at, number in enumerate(measured)}
    for number in sentence.numbers:
        start, last = number.start - sentence.start, end
        if number.key in beside:
            end = number.end - sentence.start
        spoken = re.split(r"[，。；：！？]", text[max(last, start - 40) : start])[-1][-20:]
        # 拆除违法建设386处、4.86万平方米: both are of the one.
        before = before if last and text[last:start] in ("", "、", "，") and number.key in beside else spoken
        if not _is_told(number):
            continue
        clause = text[number.end - sentence.start :][:28]
        behind = _NOUN_END.split(clause[:16], maxsplit=1)[0]
        if _ON_TOP.search(behind):
            definite = 1.7
        elif _OF_THEM.search(behind) or _TAKEN_UP.match(before) or (before.endswith("的") and number.kind is Kind.MEASURE):
            definite = 1.0
        else:
            definite = 0.4 * (behind.startswith("的") or bool(_PERHAPS.match(before)) or (not before and len(behind) > 1))
        if forecast and not definite and not _SO_FAR.search(before):
            continue
        around = (topic, head, re.split(r"[。；\d]", clause, maxsplit=1)[0])
        noun = re.fullmatch(r"[\u4e00-\u9fff]{1,12}", behind.removesuffix("中"))
        of_all = bool(noun and _ALL.search(before) and units.is_counted(number.dimension) and number.exact)
        said_of = clause[len(behind) :]
        all_of = behind.removesuffix("中") if of_all and not said_of.startswith("（") else ""
        earlier = number.role is Role.PRIOR or _BEFORE_NOW.search(before)
        aside = "earlier" if earlier else "planned" if number.role is Role.TARGET else ""
        yield Told(
            number,
            digits_of(number),
            sentence.index,
            before,
            behind,
            around,
            definite,
            all_of,
            bool(_EACH.match(said_of)),
            aside,
            "",
            beside[number.key],
        )


def _is_told(number: Number) -> bool:
    return (
        number.measured
        and not number.weak
        and number.hedge not in ("区间", "以上", "以下", "以内")
        and number.role in _STANDING
        and bool(number.value)
        and (bool(number.dimension) or number.factor > 1)
    )


class Words:
    """How rare the pairs of characters of a report are, and so how much they say."""

    def __init__(self, reading: Reading) -> None:
        self._counted: Counter[str] = Counter()
        self._weights: dict[str, float] = {}
        self._sentences = 20
        for paragraph in reading.paragraphs:
            self._sentences += len(paragraph.sentences)
            for sentence in paragraph.sentences:
                self._counted.update(_pairs(sentence.text))

    def weight(self, pairs: Iterable[str]) -> float:
        return sum(map(self._weight, pairs))

    def _weight(self, pair: str) -> float:
        if pair not in self._weights:
            found = self._counted[pair] + 0.5 + 4 * (pair in _COMMON)
            self._weights[pair] = min(log10(self._sentences / found), 2.0)
        return self._weights[pair]

    def agreement(self, one: Told, other: Told) -> float:
        """How far the words of two numbers speak for one thing, as a power of ten; against it where below nothing."""
        mine, theirs = self.weight(one.near), self.weight(other.near)
        short, long = (one, other) if mine <= theirs else (other, one)
        least, most = min(mine, theirs), max(mine, theirs)
        told = -0.85 - 0.7 * (not least)
        told += 0.44 * (self.weight(short.near & long.near) / least if least else 0.4)
        told += 0.79 * (self.weight(short.near & long.wide) / least if least else 0.4)
        told += 1.5 * (self.weight(long.near & short.wide) / most if most else 0.4)
        return told - 3 * (_trade(one.name) != _trade(other.name))

    def covers(self, text: Told, cell: Told) -> bool:
        """Whether a text names the row of a cell."""
        return self.weight(cell.near & text.wide) >= 0.4 * self.weight(cell.near)

    def specific(self, one: Told, other: Told) -> float:
        """How much the words say that both have."""
        return self.weight((one.near & other.wide) | (other.near & one.wide))


def stand_alike(one: Told, other: Told) -> bool:
    """Whether one and the same figure stands right before, or right behind, both: 86件，罚款42.6万元 and 68件，罚款42.6万元."""
    return any(mine == theirs and len(mine) > 2 for mine, theirs in zip(one.beside, other.beside, strict=True))


def _trade(words: str) -> str:
    """进出口 is neither 出口 nor 进口."""
    found = _TRADE.search(words)
    return found[0] if found else ""
