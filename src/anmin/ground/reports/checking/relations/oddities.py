"""What cannot be of itself: more households than persons, a range from large to small, broken digits."""

from __future__ import annotations

import itertools
import re

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_HOUSEHOLDS, _RANGE, _MALFORMED = "households_and_persons", "range_order", "malformed_number"


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every sentence is looked at for what cannot be."""
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            _households(sentence, ledger)
            _ranges(sentence, ledger)
            _thresholds(sentence, ledger)
            _done_exceeds(sentence, ledger)
            _broken(sentence, ledger)


def _households(sentence: Sentence, ledger: Ledger) -> None:
    """A household has at least one person, and whoever came once is at least one visit."""
    for left, right in zip(sentence.numbers, sentence.numbers[1:], strict=False):
        told_of = re.fullmatch(
            r"，?(?:[\u4e00-\u9fff]{0,6})(?:涉及|惠及|受益|受惠|覆盖)(?:群众|人口|居民|村民)?", sentence.between(left, right)
        )
        if not (left.measured and right.measured) or (right.start - left.end > 2 and not told_of) or left.weak or right.weak:
            continue
        between = sentence.between(left, right).strip("、，（(,")
        if (between and not told_of) or left.role is not right.role or left.value is None or right.value is None:
            continue
        pair = (left.dimension, right.dimension)
        alone = sentence.text[right.end - sentence.start : right.end - sentence.start + 1] in "，。；、）"
        if pair == ("人次", units.PERSONS) and alone and left.interval.is_below(right.interval):
            line = f"{said(left)}、{said(right)}：每人至少一次，人数不能多于人次"
            ledger.fails(_HOUSEHOLDS, Severity.ERROR, [right, left], line, "请核对两个数是否写反或写错。")
            continue
        if pair == (units.PERSONS, "户") and left.interval.is_below(right.interval):
            line = f"{said(left)}、{said(right)}：每户至少一人，户数不能多于人数"
            ledger.fails(_HOUSEHOLDS, Severity.ERROR, [right, left], line, "请核对两个数是否写反或写错。")
            continue
        if pair in (
            ("户", units.PERSONS),
            ("户次", "人次"),
            (units.PERSONS, "人次"),
            ("家", "家次"),
            ("批", "人次"),
            ("批", units.PERSONS),
            ("批次", "人次"),
        ):
            line = f"{said(left)}、{said(right)}"
            if right.interval.is_below(left.interval):
                reason = {"户": "每户至少一人", "批": "每批至少一人", "批次": "每批至少一人"}.get(pair[0], "每人（家）至少一次")
                numbers = [left, right]
                ledger.fails(
                    _HOUSEHOLDS,
                    Severity.ERROR,
                    numbers,
                    f"{line}：{reason}，后一个数不能小于前一个",
                    "请核对两个数是否写反或写错。",
                )
            else:
                ledger.holds(_HOUSEHOLDS, [left, right], f"{said(left)}不多于{said(right)}")


def _ranges(sentence: Sentence, ledger: Ledger) -> None:
    for number in sentence.numbers:
        if number.kind is Kind.MALFORMED:
            line = f"“{number.printed}”不是规范的数字写法"
            ledger.fails(
                _MALFORMED, Severity.DOUBTFUL, [number], line, "请核对数位和分隔符：千分位逗号每三位一个，小数点只有一个。"
            )
        elif number.hedge == "区间" and number.interval.low is not None and number.interval.high is not None:
            if number.interval.high < number.interval.low:
                line = f"“{number.printed}”前大后小"
                ledger.fails(_RANGE, Severity.ERROR, [number], line, "区间应由小到大，请核对两端的数。")
        elif number.dimension == "元" and number.factor == 10**12 and (number.figure or 0) >= _TRILLIONS_AT_MOST:
            line = f"“{number.printed}”：比全国的经济总量还大"
            ledger.fails("unit_slip", Severity.ERROR, [number], line, "疑为单位写错，请核对是否应为万元或亿元。")
        elif _is_broken_count(number) and not _follows_average(number, sentence):
            line = f"“{number.printed}”：{number.unit}数不会有小数"
            ledger.fails(_MALFORMED, Severity.DOUBTFUL, [number], line, "请核对小数点或单位。")
        elif re.search(r"\d[ \u3000]+[,，.．]|\d[,，.．][ \u3000]+\d", number.printed) and number.start:
            ledger.fails(_MALFORMED, Severity.DOUBTFUL, [number], f"“{number.printed}”中夹有空格", "请核对数字并去掉空格。")


_TRILLIONS_AT_MOST = 600
_AT_LEAST = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)(?P<unit>[万亿]?(?:元|岁|周岁|人|亩|张|平方米|吨|万|亿))(?:及|\(含\))?以上[^，、；\d]{0,12}$"
)


_DONE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4})?(?:已|均已)(?:整改|完成|办结|化解|销号|处置|建成|竣工|投用|修复|兑现)(?:到位|完成)?"
)


def _done_exceeds(sentence: Sentence, ledger: Ledger) -> None:
    """25个已整改28个: of what there is no more can be done."""
    for left, right in itertools.pairwise(sentence.numbers):
        plain = left.measured and right.measured and left.role is right.role is Role.LEVEL and left.dimension == right.dimension
        if plain and _DONE.fullmatch(sentence.between(left, right)) and left.interval.is_below(right.interval):
            line = f"共{said(left)}，已完成的却有{said(right)}"
            ledger.fails("parts_and_whole", Severity.ERROR, [right, left], line, "请核对两个数是否写反。")


def _thresholds(sentence: Sentence, ledger: Ledger) -> None:
    """Of what is counted from 50亿元 upwards there are no more than from 10亿元 upwards."""
    counts = [n for n in sentence.numbers if n.measured and n.kind is Kind.MEASURE and n.role is Role.LEVEL]
    for left, right in itertools.pairwise(counts):
        one, two = _AT_LEAST.search(left.before), _AT_LEAST.search(right.before)
        if not one or not two or one["unit"] != two["unit"] or left.dimension != right.dimension or right.start - left.end > 24:
            continue
        if float(two["figure"]) > float(one["figure"]) and left.interval.is_below(right.interval):
            line = f"{two['figure']}{two['unit']}以上的{said(right)}应包含在{one['figure']}{one['unit']}以上的{said(left)}之内"
            ledger.fails("parts_and_whole", Severity.ERROR, [right, left], line, "门槛更高的一档不会更多，请核对两个数。")


def _is_broken_count(number: Number) -> bool:
    """Half a person or half a station, where nothing says that it is an average."""
    if number.kind is not Kind.MEASURE or number.role not in (Role.LEVEL, Role.CHANGE) or number.figure is None or number.hedge:
        return False
    if number.factor != 1 or number.figure.denominator == 1 or number.dimension not in _WHOLE or number.per:
        return False
    return not re.search(r"均|每|平均|率|系数|折合|相当|[千百万亿](?=[人公车小时户辆吨台件])", number.before)


def _follows_average(number: Number, sentence: Sentence) -> bool:
    """每千人口医师3.46人、护士4.11人: the second is of each thousand, too; 比21.0个工作日缩短2.4个: of such days."""
    at = sentence.numbers.index(number)
    near = [n for n in sentence.numbers[max(0, at - 4) : at] if n.dimension == number.dimension]
    if any(n.unit != number.unit and n.unit.startswith(number.unit) for n in sentence.numbers[max(0, at - 2) : at]):
        return True
    return any(n.quantum < n.factor and n.figure is not None and n.figure.denominator != 1 for n in near)


_WHOLE = frozenset(
    {units.PERSONS, "户", "家", "个", "件", "起", "宗", "所", "座", "栋", "台", "辆", "处", "人次", "名", "对", "只", "头", "套"}
)


_BROKEN = (
    (re.compile(r"(?<![\d.A-Za-z])\.\d{1,4}(?=%|[万亿]|元|个百分点)"), "小数点前缺数字"),
    (re.compile(r"(?<=[\u4e00-\u9fff])\d{1,8}\.(?=%|[万亿]?元|[万亿]?[人户亩吨]|个百分点)"), "小数点后缺数字"),
    (re.compile(r"(?<![A-Za-z\d])(?:\d+[OolI]|[OolI]\d)[\dOolI]*(?:\.\d+)?(?=%|[万亿]|元|人|户|个|件|亩)"), "数字中混有字母"),
    (re.compile(r"\d(?:万万|亿亿|亿万|千千)(?=元|人|户|亩|吨|[，。；、])"), "数位重复"),
    (re.compile(r"\d%%|%个百分点|\d个%"), "百分号有误"),
    (re.compile(r"(?<![\d,，、第])\d,\d{1,2}(?=[万亿]?元|%)"), "千分位逗号有误"),
)


def _broken(sentence: Sentence, ledger: Ledger) -> None:
    """.5%, 8.%, 1O8万元, 12万万元, 5%%: no number is written so."""
    for pattern, reason in _BROKEN:
        for match in pattern.finditer(sentence.text):
            words = words_of(sentence, match.start(), match.end())
            ledger.fails(_MALFORMED, Severity.DOUBTFUL, [words], f"“{match[0]}”：{reason}", "请核对数字。")
