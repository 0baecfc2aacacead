"""What was done till a month's end, what the next one added, what was done till its end: 前4个月124万元, 前5个月163万元.

The three may stand in any order, in one sentence or over a few. Which time a number is of is told by its own words or by those
that its sentence began with. Two ends that follow each other announce the account, whatever else closes beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import chinese
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import weight_of_equation
from anmin.ground.reports.checking.relations.naming import core_of
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE, OF_STRETCHES = "stock_and_flow", "list_total"
_TO = "[-—–~～至到]"
_TIME = re.compile(
    rf"(?P<past>(?:截[至止])?上(?:个)?(?:月|周|季度?|期|旬)(?:[末底]|(?=累计|结|余))|此前|历年|以前年度|往年|前期|(?:截[至止])?[上去]年(?:度)?[末底])"
    rf"|(?P<now>(?<!截至)(?<!截止)(?:本(?:月|周|季度?|期|旬|年度?)|当(?:月|年|季|期|周))(?![末底])|今年(?!以来)|年内)"
    rf"|(?P<reached>截[至止](?:目前|今|本[月周期季])|(?:开工|启动|实施|成立|建[设成]|开展|项目)(?:至今|以来)|(?:本|当)[月周期季][末底]|至今)"
    rf"|(?:前|头)(?P<first>[两二三四五六七八九十]|1?\d)个月|(?<!\d)1(?:月份?)?{_TO}(?P<to>1?\d)月|前(?P<quarters>[二三两])季度"
    rf"|(?P<half>上半年)|(?P<whole>20\d\d年(?:度)?(?!\d|[末底初]|[一二三四上下]))|(?P<year>全年(?!目标|计划|任务))|截[至止到](?:20\d\d年)?(?P<until>1?\d)月(?:\d+日|[底末份])?|(?<!\d)(?P<end>1?\d)月[底末]"
    rf"|(?P<quarter>[一二三四])季度(?![末底])|(?P<later>下半年)|(?<!\d)(?P<from>[2-9]|1[0-2])月?{_TO}(?P<till>1?\d)月|(?<!\d)(?P<month>1?\d)月(?:份|(?![\d末底初中上下]))"
)
_OTHER_YEAR = re.compile(r"[去上]年(?!度?[末底])|同期|同比|环比|计划|目标|任务|预计|拟|力争|将")
_CUMULATED = re.compile(r"累计|以来|至今|总计|合计|共")
_NOISE = re.compile(rf"{_TIME.pattern}|累计|以来|全[市县区省镇乡]|[新共再又已]|其中|[初末底份年月日的了为达有，、：（）]")
_AT_MOST, _APART, _ONE_SLIP = 60, 2, 1.4

PAST, NOW, REACHED, UNTOLD = -1, -2, -3, -4


@dataclass(frozen=True, slots=True)
class _Told:
    """A level and the months it is of: from the first behind `since` to the last; what is not named by number is below nought."""

    number: Number
    since: int
    until: int
    lead: str
    own: bool = True

    @property
    def name(self) -> str:
        return _NOISE.sub("", core_of(_TIME.sub("", self.lead)))


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every end of a stretch of time is held against the end before it and what came between."""
    recent: list[_Told] = []
    for paragraph in reading.paragraphs:
        if paragraph.forecast or paragraph.heading:
            continue
        here = [told for sentence in paragraph.sentences if not sentence.cut for told in _told(sentence)]
        recent = [t for t in recent if paragraph.block - t.number.place.block <= _APART][-_AT_MOST:]
        for dimension in dict.fromkeys((t.number.dimension, t.number.per) for t in here):
            alike = [t for t in here if (t.number.dimension, t.number.per) == dimension][:_AT_MOST]
            before = [t for t in recent if (t.number.dimension, t.number.per) == dimension]
            for after in alike:
                for ending in alike:
                    if after is not ending and _follows(ending, after):
                        _judge(ending, after, alike, before, ledger)
        recent += here


def _told(sentence: Sentence) -> Iterator[_Told]:
    since, until, last = UNTOLD, UNTOLD, 0
    for number in sentence.groups[0].numbers[:80]:
        if not _is_amount(number):
            continue
        lead = re.split("[；。]", sentence.text[last : number.start - sentence.start])[-1][-48:]
        last = number.end - sentence.start
        own = [span for match in _TIME.finditer(lead) if (span := _span_of(match))]
        if own:
            since, until = own[-1]
        if until == REACHED and not _CUMULATED.search(lead):
            continue
        if _OTHER_YEAR.search(lead):
            continue
        if not own and re.search("累计|以来|至今", lead):
            yield _Told(number, PAST, REACHED, lead)
            continue
        yield _Told(number, since, until, lead, own=bool(own))


def _is_amount(number: Number) -> bool:
    """A level, what was 新增, or what there was at the end before (上月末为25.22亿元)."""
    if number.kind is not Kind.MEASURE or not number.measured or number.weak or number.hedge or number.projected:
        return False
    added = number.role is Role.CHANGE and not number.base and number.sign > 0
    was = number.role is Role.PRIOR and re.search("[末底]|此前", number.before) is not None
    return is_plain_level(number) or added or was


def _span_of(match: re.Match[str]) -> tuple[int, int] | None:
    if match["past"]:
        return PAST, PAST
    if match["now"]:
        return NOW, NOW
    if match["reached"]:
        return PAST, REACHED
    if match["half"] or match["year"] or match["whole"] or match["quarters"]:
        return 0, 6 if match["half"] else 12 if match["year"] or match["whole"] else 9 if match["quarters"] == "三" else 6
    if match["later"]:
        return 6, 12
    if match["quarter"]:
        at = "一二三四".index(match["quarter"])
        return 3 * at, 3 * at + 3
    if match["from"]:
        return (int(match["from"]) - 1, int(match["till"])) if int(match["from"]) < int(match["till"]) <= 12 else None
    if match["month"]:
        return (int(match["month"]) - 1, int(match["month"])) if int(match["month"]) <= 12 else None
    told = match["first"] or match["to"] or match["until"] or match["end"]
    until = int(told) if told.isdigit() else chinese.value_of(told) or 0
    return (0, until) if until <= 12 else None


def _follows(ending: _Told, after: _Told) -> bool:
    """Whether both are counted from one beginning, and the one ends before the other."""
    if abs(ending.number.sentence - after.number.sentence) > _APART or not (ending.own and (after.own or after.until == 12)):
        return False
    if (after.number.value or 0) <= 0 or not _may_be_one(ending, after):
        return False
    if ending.since == ending.until == PAST:
        return after.until == REACHED or (after.since == 0 and _CUMULATED.search(after.lead + ending.lead) is not None)
    if ending.since != 0:
        return False
    return (after.since == 0 and ending.until < after.until) or (after.until == REACHED and "累计" in ending.lead + after.lead)


def _judge(ending: _Told, after: _Told, alike: Sequence[_Told], before: Sequence[_Told], ledger: Ledger) -> None:
    between = [t for t in alike if t is not ending and t is not after and _comes_between(t, ending, after)]
    if not between and ending.since == 0 and after.since == 0:
        between = [t for t in before if _comes_between(t, ending, after)]
    between = [t for t in between if _may_be_one(t, ending) and _may_be_one(t, after)]
    if not between or after.number.key in ledger.failed:
        return
    named = any(word in ending.lead + after.lead for word in ("末", "底", "累计", "结余", "年初", "此前", "以来", "截"))
    rule = RULE if named else OF_STRETCHES
    threes = [(after.number, ending.number, t.number) for t in between]
    for whole, one, other in threes:
        if (one.interval + other.interval).meets(whole.interval):
            ledger.holds(rule, [whole, one, other], f"{said(one)}+{said(other)}，与{said(whole)}相符")
            return
    own = [three for t, three in zip(between, threes, strict=True) if t.until == after.until or (t.own and t.until == NOW)]
    called = [three for t, three in zip(between, threes, strict=True) if t.name and t.name[-2:] in ending.lead]
    chosen = next((some for some in (own, called, threes) if len(some) == 1), [])
    weighed = max(((weight_of_equation([(w, -1), (a, 1), (b, 1)])[0], (w, a, b)) for w, a, b in threes), key=lambda each: each[0])
    whole, one, other = weighed[1] if weighed[0] >= _ONE_SLIP or not chosen else chosen[0]
    value = (one.value or Fraction(0)) + (other.value or Fraction(0))
    if not (weighed[0] >= _ONE_SLIP or (chosen and _is_sure(ending, after) and _is_near(whole, value))):
        return
    gap = amount(abs(value - (whole.value or 0)), whole)
    line = f"{said(one)}+{said(other)}={amount(value, whole)}，原文写{said(whole)}，相差{gap}"
    proposal = f"上期末的累计数加本期数应是本期末的累计数；若前两数无误，应为{amount(value, whole)}。"
    severity = Severity.ERROR if weighed[0] >= _ONE_SLIP else Severity.DOUBTFUL
    ledger.fails(rule, severity, [whole, one, other], line, proposal)


def _comes_between(told: _Told, ending: _Told, after: _Told) -> bool:
    if told.until == PAST or told.until == REACHED or (told.since == 0 and told.until != after.until and told.until > 0):
        return False
    if told.until > 0 and after.until > 0:
        return told.until == after.until and (ending.until < 0 or told.since == ending.until)
    if told.until > 0:
        return told.since > 0 and (ending.until < 0 or told.since == ending.until)
    # What is said of this month, or of no time, may be what the month between two ends has added.
    months = 3 if "季" in told.lead else 1
    single = after.until - ending.until == months or ending.until < 0 or after.until < 0
    return single and (told.until == NOW or (told.until == UNTOLD and bool(told.name) and told.name[-2:] in ending.lead))


def _may_be_one(one: _Told, other: _Told) -> bool:
    """Whether both are called alike, or one of them has no name of its own."""
    left, right = one.name, other.name
    return len(left) < 2 or len(right) < 2 or any(left[at : at + 2] in right for at in range(len(left) - 1))


def _is_sure(ending: _Told, after: _Told) -> bool:
    return ending.since == after.since == 0 or ending.until == PAST


def _is_near(whole: Number, value: Fraction) -> bool:
    return (whole.value or 0) * 7 <= value * 10 <= (whole.value or 0) * 14
