"""So many of one to one of the other: 生师比15.2∶1, 医护比1∶1.22, 城乡收入比1.72, 撬动比1∶4.2, 社工与对象之比为1∶15.

The name says of which two, mostly by one character each. Either way about, and of any two around that bear the names, what holds
is left in peace; it is wrong where the paragraph has but one number of each name, or where one digit is.
"""

from __future__ import annotations

import re
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, said
from anmin.ground.reports.checking.relations.naming import core_of, likeness
from anmin.ground.reports.checking.relations.quotients import RULE
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_FULL = str.maketrans("０１２３４５６７８９：∶．", "0123456789::.")
_LEADS = (
    r"(?:[\d.:]+|约|大约|近|为|达到?|是|至|到|由|从|的|缩小|下降|降低?|提高|提升|扩大|优化|调整|控制|保持|稳定|在|上升|改善|收窄|"
    r"上年)*+$"
)
_INITIALS = re.compile(
    rf"(?P<one>[\u4e00-\u9fff])(?P<two>[\u4e00-\u9fff])(?:人均)?(?:居民)?(?:可支配)?(?:收入|人数|人口|配置)?(?<!占)(?:比例|比值|比){_LEADS}"
)
_NAMED = re.compile(
    rf"(?P<one>[\u4e00-\u9fff]{{2,14}})[与和同](?P<two>[\u4e00-\u9fff]{{2,14}}?)(?:数|人数|数量)?(?:抚养|配备|配置)?(?:之比|的?比例|比例?){_LEADS}"
)
_LEVERED = re.compile(rf"(?:撬动|杠杆|拉动|带动|放大|投入产出|投产|配套|匹配)(?:效应|倍数|作用)?(?:比例?|率|比率){_LEADS}")
# 招录86名，报名4300人，竞争比例为1∶50.
_CONTESTED = re.compile(rf"(?:竞争|报录|录取|招录|考录|录考|报考)(?:比例?|比率)(?:平均)?{_LEADS}")
_OF_A_KIND = re.compile("(?:小学|初中|高中|中学|幼儿园|学前|[高中]职|大学|城区|城镇|农村|乡镇|公办|民办|县级|乡级)$")
_WHO = re.compile("(?<=[\u4e00-\u9fff]{2})(?:人员|人口|人数|数量|数)$")
_NEAR = 60
# What stands for a character where it is not itself in the words.
_SPOKEN = {
    "城": "城镇|城市",
    "乡": "农村|乡村",
    "男": "男",
    "女": "女",
    "生": "学生|在校|在读|小学生|中学生|高中生|初中生|幼儿|在园",
    "师": "教师|教职工|保教|专任|法律顾问",
    "幼": "幼儿|在园",
    "医": "医师|医生",
    "护": "护士|护理员|护工",
    "床": "床位|病床",
    "车": "车(?!位)",
    "桩": "桩",
    "警": "警",
    "房": "房",
    "干": "干部",
    "群": "群众",
    "科": "科",
    "管": "管理",
}


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every proportion that is named is held against the two numbers that it is of."""
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            continue
        for sentence in paragraph.sentences:
            for at, number in enumerate(sentence.numbers):
                told = _told(number, at, sentence)
                if told is not None:
                    _judge(number, *told, sentence, paragraph, ledger)


def _told(number: Number, at: int, sentence: Sentence) -> tuple[Interval, str] | None:
    """The proportion as one number, and the words that name it; None where it is none, or an earlier or a planned one."""
    lead = sentence.text[max(0, number.start - sentence.start - 40) : number.start - sentence.start]
    if re.search(r"[由从]$|上年为?$|去年为?$|同期为?$|不[高低]于$|不超过$|以[上下内]", lead) or number.hedge not in ("", "约"):
        return None
    if number.kind is Kind.STRUCTURE:
        figures = number.printed.translate(_FULL).split(":")
        if len(figures) != 2 or not all(re.fullmatch(r"\d+(?:\.\d+)?", figure) and Fraction(figure) for figure in figures):
            return None
        one, two = (Interval.about(Fraction(f), Fraction(1, 2 * 10 ** len(f.partition(".")[2]))) for f in figures)
        exact = [
            Interval(Fraction(f), Fraction(f)) if Fraction(f) == 1 else span for f, span in zip(figures, (one, two), strict=True)
        ]
        return exact[0] / exact[1], lead
    plain = number.kind is Kind.MEASURE and not number.unit and number.role is Role.LEVEL and number.quantum < 1
    return (number.interval, lead) if plain and number.value else None


def _judge(number: Number, ratio: Interval, lead: str, sentence: Sentence, paragraph: ReadParagraph, ledger: Ledger) -> None:
    named = _NAMED.search(lead)
    levered = _LEVERED.search(lead)
    contested = _CONTESTED.search(lead)
    initials = None if named or levered or contested else _INITIALS.search(lead)
    if not (named or levered or initials or contested):
        return
    around = paragraph.sentences[max(0, sentence.index - 3) : sentence.index + 2]
    near = [n for s in around for n in s.numbers[:_NEAR] if n is not number and _is_term(n)]
    if named is not None:
        ones, twos = (
            [n for n in near if likeness(core_of(_WHO.sub("", name)), n) >= 0.8] for name in (named["one"], named["two"])
        )
    elif contested is not None:
        ones, twos = (
            [n for n in near if re.search(words, n.before)] for words in ("招[录聘]|录[用取]|岗位|计划", "报名|报考|应聘")
        )
    elif initials is not None:
        ones, twos = (
            [n for n in near if re.search(_SPOKEN.get(name, name), n.before[-16:] + n.unit + n.after[:6])]
            for name in (initials["one"], initials["two"])
        )
    else:
        before = [n for n in sentence.numbers if n.end <= number.start and _is_term(n)][-2:]
        ones, twos = before[:1], before[1:]
    pairs = [(one, two) for one in ones for two in twos if one is not two and not (one in twos and two in ones)]
    for one, two in pairs:
        if any(_meets(ratio, *each) for each in ((one, two), (two, one))):
            ledger.holds(RULE, [number, one, two], f"{_line(ratio, one, two)}，与原文{said(number)}相符")
            return
    alike = [
        (one, two)
        for one, two in pairs
        if one.per == two.per and (one.place.block, one.sentence) == (two.place.block, two.sentence)
    ]
    alike = alike or [(one, two) for one, two in pairs if one.per == two.per]
    if initials is not None and (kind := _OF_A_KIND.search(lead[: initials.start()])):
        # 小学师生比 is not of all pupils.
        alike = [(one, two) for one, two in alike if kind[0] in one.before or kind[0] in two.before]
    if number.hedge or len({(one.value, two.value) for one, two in alike}) != 1:
        return
    one, two = alike[0]
    if not _is_near(ratio, one, two, 3 if levered else 10):
        return
    shown = _line(ratio, one, two)
    ledger.fails(RULE, Severity.ERROR, [number, one, two], f"{shown}，原文写{said(number)}", "请核对两个数和比值。")


def _is_term(number: Number) -> bool:
    return (
        (is_plain_level(number) or (number.kind is Kind.STANDARD and number.role is Role.LEVEL))
        and bool(number.value)
        and number.dimension not in ("%", "‰", "倍", "")
    )


def _sides(ratio: Interval, one: Number, two: Number) -> tuple[Number, Number]:
    """The two the way about that the ratio is printed: what is more than one has the larger above."""
    high, low = (one, two) if (one.value or 0) >= (two.value or 0) else (two, one)
    return (high, low) if (ratio.low or 0) >= 1 else (low, high)


def _meets(ratio: Interval, top: Number, bottom: Number) -> bool:
    return (top.interval / bottom.interval).meets(ratio)


def _is_near(ratio: Interval, one: Number, two: Number, times: int) -> bool:
    """Whether the two may be what is meant at all: a slip does not lead far."""
    top, bottom = _sides(ratio, one, two)
    middle = ((ratio.low or Fraction(0)) + (ratio.high or Fraction(0))) / 2
    return bool(middle) and Fraction(1, times) < (top.value or Fraction(0)) / (bottom.value or 1) / middle < times


def _line(ratio: Interval, one: Number, two: Number) -> str:
    top, bottom = _sides(ratio, one, two)
    if (ratio.low or 0) >= 1:
        return f"{said(top)}÷{said(bottom)}={decimal((top.value or Fraction(0)) / (bottom.value or 1), 2)}"
    return f"{said(top)}与{said(bottom)}之比为1∶{decimal((bottom.value or Fraction(0)) / (top.value or 1), 2)}"
