"""Three amounts that must agree wherever a paragraph tells them: 收入 is 支出 and 结余, 受理 is 旧存 and 新收.

Each law says how its whole, its one part and its other part are called. A paragraph in which they agree for some three is left in
peace; one that has each but once, or three that agree but for one digit, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from anmin.ground.reports.checking.findings import Number, Relation
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, is_one_slip
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity, State

RULE = "stock_and_flow"
_END = r"(?:总额|总值|总量|总计|合计|共计|人数|户数|金额|案件|完成|实现|达到?|共|约|为|是|有)*$"
_EACH_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class _Law:
    """How the three are called: the whole is the one and the other."""

    whole: re.Pattern[str]
    one: re.Pattern[str]
    other: re.Pattern[str]
    far: bool = False
    """Whether the three may stand in different paragraphs."""
    rule: str = RULE


def _law(whole: str, one: str, other: str, *, far: bool = False, rule: str = RULE) -> _Law:
    whole, one, other = (rf"(?:{name}){_END}" for name in (whole, one, other))
    return _Law(re.compile(whole), re.compile(one), re.compile(other), far, rule)


_LAWS = (
    _law(
        r"收入(?:总计|合计|总量)|总收入|可用资金",
        r"支出(?:总计|合计|总量)|总支出|实际支出",
        r"(?<!滚存)(?<!累计)(?:年终|当年|收支|净)?结余|(?:年终)?结转(?:下年)?(?:支出)?(?<!上年结转)|收支相抵.{0,6}|盈余",
    ),
    _law(r"(?<!进)出口", r"(?<!出)进口", r"顺差", rule="subtotal"),
    _law(r"(?<!出)进口", r"(?<!进)出口", r"逆差", rule="subtotal"),
    _law(
        r"(?:年末|期末|月末)(?:滚存|累计|账面)?(?:结余|余额|结存)|滚存结余(?<!年初滚存结余)(?<!上年滚存结余)|累计结余",
        r"(?:年初|期初|上年末?|上年度)(?:滚存|累计)?(?:结余|余额|结存)",
        r"(?:当年|本年|当期|本期|上半年|全年)(?:收支)?结余",
    ),
    _law(r"(?<!新)(?:受理|收)(?:各类|各种)*", r"(?:旧存|上年结转|上年度?旧存|结转)(?:各类)*", r"新收(?:各类|各种)*", far=True),
    _law(
        r"新(?:登记|增|设立?|办|开业|注册|成立|收治|入库|纳入)[\u4e00-\u9fff]{0,6}",
        r"(?:注销|吊销|撤销|退出|核减|迁出|退库|减少)[\u4e00-\u9fff]{0,6}",
        r"净增(?:加)?",
    ),
    _law(r"接通[件]?|参评|回收(?:有效)?问卷|评价", r"(?<!不)(?<!基本)满意", r"不满意"),
    _law(r"总?资产", r"总?负债", r"净资产|所有者权益(?:合计)?"),
    _law(r"应收[\u4e00-\u9fff]{0,4}", r"实收[\u4e00-\u9fff]{0,4}|已收", r"欠[缴收费款]|未收"),
    _law(r"出生(?:人口)?", r"死亡(?:人口)?", r"自然(?:增加|增长)(?:人口)?|净增(?:人口)?"),
    _law(r"死亡(?:人口)?", r"出生(?:人口)?", r"自然(?:减少|负增长)(?:人口)?"),
    _law(r"迁入(?:人口)?", r"迁出(?:人口)?", r"净迁入(?:人口)?|机械(?:增加|增长)(?:人口)?"),
    _law(
        r"核定编制|编制(?:数|总数)?(?:核定)?", r"实有(?:人员|在[编职岗册])?(?:人员)?|在[编职岗](?:人员)?", r"空编(?:数)?|空缺编制"
    ),
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every paragraph is looked at for the three of each law; some are looked for in the whole report."""
    everywhere: list[Number] = []
    for paragraph in reading.paragraphs:
        if paragraph.forecast or paragraph.heading:
            continue
        here = [n for sentence in paragraph.sentences for n in sentence.numbers if _is_amount(n)]
        everywhere += here if len(everywhere) < 4000 else []
        for law in _LAWS:
            _judge(law, here, ledger)
        _judge_year(here, ledger)
    for law in _LAWS:
        if law.far:
            _judge(law, everywhere, ledger, far=True)
    _judge_year(everywhere, ledger, far=True)


_CLOSING = re.compile(rf"(?:年末|期末|月末)(?:滚存|累计)?(?:结余|余额|结存|净资产){_END}")
_OPENING = re.compile(rf"(?:年初|期初|月初|上年末?|上年度)(?:滚存|累计)?(?:结余|余额|结存|结转|净资产){_END}")
_IN = re.compile(rf"(?:(?<!其他)收入|募集[\u4e00-\u9fff]{{0,4}}|归集|筹集[\u4e00-\u9fff]{{0,4}}){_END}")
_OUT = re.compile(rf"(?:支出|使用|拨付){_END}")


def _judge_year(numbers: Sequence[Number], ledger: Ledger, *, far: bool = False) -> None:
    """年初结余2838万元，募集2864万元，支出2416万元，年末结余3286万元, in whatever order a paragraph tells them."""
    closings, openings, came, went = (
        [n for n in numbers if name.search(n.before)][:_EACH_AT_MOST] for name in (_CLOSING, _OPENING, _IN, _OUT)
    )
    if far and not len(closings) == len(openings) == len(came) == len(went) == 1:
        return
    fours = [
        (closing, opening, one, other)
        for closing, opening, one, other in product(closings, openings, came, went)
        if closing.dimension == opening.dimension == one.dimension == other.dimension
    ]
    if not fours or any(n.key in told.numbers for told in ledger.relations if told.rule == RULE for n in closings):
        return
    for closing, opening, one, other in fours:
        if (opening.interval + one.interval - other.interval).meets(closing.interval):
            line = f"{said(opening)}+{said(one)}-{said(other)}，与{said(closing)}相符"
            ledger.holds(RULE, [closing, opening, one, other], line)
            return
    for closing, opening, one, other in fours:
        value = (opening.value or Fraction(0)) + (one.value or 0) - (other.value or 0)
        if not is_one_slip([(closing, -1), (opening, 1), (one, 1), (other, -1)]):
            continue
        line = f"{said(opening)}+{said(one)}-{said(other)}={amount(value, closing)}，原文写{said(closing)}"
        proposal = "年初结余加收入减支出应是年末结余；请核对，若另有收支，请写明。"
        ledger.fails(RULE, Severity.DOUBTFUL, [closing, opening, one, other], line, proposal)
        return


def _is_amount(number: Number) -> bool:
    return (
        number.measured
        and not number.weak
        and not number.hedge
        and not number.projected
        and number.kind is Kind.MEASURE
        and number.role in (Role.LEVEL, Role.CHANGE, Role.PRIOR)
        and (units.is_counted(number.dimension) or number.dimension in units.MONEY or number.factor > 1)
    )


def _judge(law: _Law, numbers: Sequence[Number], ledger: Ledger, *, far: bool = False) -> None:
    others = [n for n in numbers if law.other.search(n.before)][:_EACH_AT_MOST]
    if not others:
        return
    ones = [n for n in numbers if law.one.search(n.before) and n not in others][:_EACH_AT_MOST]
    wholes = [n for n in numbers if law.whole.search(n.before) and n not in others and n not in ones][:_EACH_AT_MOST]
    known = {key for told in ledger.relations if _is_settled(told) for key in told.numbers} if wholes and ones else set()
    threes = list(_threes(wholes, ones, others))
    agreeing = {n.key for three in threes if _agree(*three) for n in three}
    for whole, one, other in threes:
        keys = {whole.key, one.key, other.key}
        line = f"{said(one)}+{said(other)}={amount((one.value or Fraction(0)) + (other.value or Fraction(0)), whole)}"
        if _agree(whole, one, other):
            ledger.holds(law.rule, [whole, one, other], f"{line}，与{said(whole)}相符")
        elif not keys & (agreeing | known | ledger.failed) and _are_meant(whole, one, other, threes, far=far):
            severity = Severity.ERROR if len(threes) == 1 and not far else Severity.DOUBTFUL
            gap = amount(abs((one.value or Fraction(0)) + (other.value or 0) - (whole.value or 0)), whole)
            proposal = "这三个数应当相互衔接，请逐一核对。"
            ledger.fails(law.rule, severity, [other, whole, one], f"{line}，原文为{said(whole)}，相差{gap}", proposal)


def _is_settled(told: Relation) -> bool:
    return told.rule == RULE and told.state is not State.CANNOT_TELL


def _threes(
    wholes: Sequence[Number], ones: Sequence[Number], others: Sequence[Number]
) -> Iterator[tuple[Number, Number, Number]]:
    for whole, one, other in product(wholes, ones, others):
        alike = whole.dimension == one.dimension == other.dimension and whole.per == one.per == other.per
        if alike and not _is_of_another(whole, other):
            yield whole, one, other


def _is_of_another(whole: Number, other: Number) -> bool:
    """一般纳税人净增286户 is not what came of 新办市场主体 less what went."""
    noun = re.sub(r"^[，、其中]+|(?:净增|自然|净迁入|机械).*$", "", other.before)
    return "净" in other.before and len(noun) >= 3 and noun[-3:] not in whole.before


def _agree(whole: Number, one: Number, other: Number) -> bool:
    return (one.interval + other.interval).meets(whole.interval)


def _are_meant(whole: Number, one: Number, other: Number, threes: Sequence[tuple[Number, Number, Number]], *, far: bool) -> bool:
    """The only three there are, or three that agree but for one digit."""
    assert whole.value is not None and one.value is not None and other.value is not None  # noqa: PT018 -- told apart by type only
    slip = is_one_slip([(whole, -1), (one, 1), (other, 1)]) or any(
        is_misprint(number, meant)
        for number, meant in (
            (whole, one.value + other.value),
            (one, whole.value - other.value),
            (other, whole.value - one.value),
        )
    )
    return slip or (len(threes) == 1 and not far and whole.value > one.value and whole.value > other.value)
