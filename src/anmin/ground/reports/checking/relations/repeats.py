"""The same figure said twice: same subject, unit, period and area, and two values that cannot be one.

What is counted is told before the number (养老机构68家) or behind it (66家养老机构). Said in the same words, two values are held
against each other where they are of one size; said in other words, where they are so near, and so alike in their digits, that
one of them is the other mistyped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import subjects
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.told import main_year, year_of
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "repeated_figure"
# Verbs and nouns that every programme of an office uses for its own.
_COMMON = re.compile(
    r"^(?:"
    r"执法人员|增加值|老年人|培训班|检查组|新增|发放|完成|开展|出动|查处|投入|检查|组织|举办|培训|"
    r"排查|发现|整改|建设|建成|办理|处理|受理|落实|争取|下达|拨付|实现|印发|制定|接待|走访|慰问|"
    r"新建|改造|资助|救助|惠及|覆盖|服务|参加|参与|召开|立案|办结|受益|涉及|实施|累计|安排|补助|"
    r"资金|投资|案件|隐患|问题|人员|活动|执法|群众|项目|企业|各类|宣传|资料|政策|困难|工作|会议|"
    r"结余|结转|合计|总计|年终|转移性|上级|收支|次数|面积|建筑|学位|参训|产值|收入|支出|学生|老人|对象|车辆|单位|场所|经费|金额|医院|学校|设施|安全|共|"
    r"总"
    r")*+$"
)
_AVERAGE = re.compile(r"平均|人均|户均|均|每")
_ASIDE = re.compile(
    r"^，?(?:加上?|减去?|扣除)|去年|上年|同期|往年|历年|较|比(?!例|重)|其中|计划|目标|任务|预算|截至(?=\d{4})|年初|期初|原|调整"
)
_BUT_PARTS = re.compile(_ASIDE.pattern.replace("其中|", ""))
_BUCKET = 12
_LIGHT = re.compile(
    r"^(?:\d{4}年|截至[^，]{0,8}?[底末日]|今年|全年|本年|上半年|目前|现在|现|共|有|全[市县区省镇乡村院校局街]|我[市县区省镇乡村院校局街]|本[市县区省镇乡村院校局街]|"
    r"辖区|拥有|已|累计|合计|约|按|以|对|为|在|将|给|向|使|让|这|该|上述|全部|全体|所有|的|内|各类|共计|总计|面对|由|从|和|与|及|其|把|是|达|登记|在册)++"
)
_VERB = re.compile(
    r"^(?:实施|推进|安排|确定|完成|建成|新建|建设|开工|发放|投入|实现|组织|开展|举办|接待|服务|帮助|救助|资助|慰问|走访|培训|管理|联系|纳入|保障|覆盖|受理)++"
)
_DEFINITE = re.compile(r"^(?:等|工作|活动|的|中|里|内|均|全部|已|共|，|。|；|平均|人均|计算|及其|和|与|、|$)")


@dataclass(slots=True)
class _Index:
    """What was told, under the names it goes by."""

    year: str
    """The year of the report."""
    before: dict[tuple[str, str, str], list[tuple[str, Number, Sentence]]] = field(default_factory=dict)
    behind: dict[tuple[str, str, str], list[tuple[str, Number, Sentence]]] = field(default_factory=dict)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every figure is held against the first of its name, and against those that go by the same name elsewhere."""
    seen: dict[tuple[str, str, str], tuple[Number, Sentence]] = {}
    index = _Index(main_year(reading))
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                if paragraph.forecast and re.search("针对|面对|围绕|现有|全部|目前", number.before):
                    # Of plans only what is as good as the same number is taken for it: 针对8462户在保家庭.
                    _judge_renamed(number, sentence, index, ledger, only_alike=True)
                if paragraph.forecast:
                    continue
                # A part is said of its whole: 经营净收入 of the towns, and of the villages.
                # 按时办结率达到100%的11个: what others have to be like to be counted is told of none.
                like = number.after.startswith("的") and number.role is Role.SHARE
                key = _key(number, sentence) if number.key not in ledger.whole_of and not like else None
                if key is not None:
                    first, where = seen.setdefault(key, (number, sentence))
                    one_year = year_of(number.before, index.year) == year_of(first.before, index.year)
                    if where is not sentence and one_year and not _are_headed_apart(sentence, where, ledger):
                        _judge(number, first, sentence, where, ledger)
                _judge_renamed(number, sentence, index, ledger)


def _key(number: Number, sentence: Sentence) -> tuple[str, str, str] | None:
    if number.group or not _is_told(number, sentence):
        return None
    before = sentence.text[: number.start - sentence.start]
    # 护送返乡的有57人次为跨省 are some of them; 力争……土地托管面积达到28万亩 is of next year.
    if "其中" in before or before.endswith(("的有", "已有")) or re.search("力争|争取(?!资金|项目)|确保", before):
        return None
    subject = subjects.key_of(number.subject)
    subject = re.sub(r"[^\u4e00-\u9fff]", "", subject)
    # An average is of whatever was spoken of last, in every paragraph of something else.
    subject = re.sub(r"标准|每[人户月年日天亩次]", "", subject)
    if len(subject) < 4 or _COMMON.match(subject) or _AVERAGE.match(subject):
        return None
    return subject, number.dimension, number.per


_HEAD = re.compile(
    r"^(?:（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、|——|●|【)(?P<of>[\u4e00-\u9fff、]{2,10})[。：】]"
)


def _are_headed_apart(one: Sentence, other: Sentence, ledger: Ledger) -> bool:
    """（一）小学。……校舍建筑面积27.06万平方米。（二）初中。……校舍建筑面积22.14万平方米."""
    heads = [_HEAD.match(p.normal.text) for s in (one, other) if (p := ledger.paragraphs.get(s.block)) is not None]
    return len(heads) == 2 and None not in heads and heads[0]["of"] != heads[1]["of"]  # type: ignore[index]  # None is told apart


def _is_told(number: Number, sentence: Sentence, aside: re.Pattern[str] = _ASIDE) -> bool:
    """Whether it says how many there are now: no plan, no earlier value, no change."""
    if not number.measured or number.weak or number.projected or (number.kind is Kind.RATIO and not _is_rate(number)):
        return False
    if number.role not in (Role.LEVEL, Role.SHARE) or not number.value:
        return False
    said_before = number.before or number.subject
    near = sentence.text[max(0, number.start - sentence.start - 16) : number.start - sentence.start]
    return not aside.search(said_before) and not aside.search(near)


def _is_rate(number: Number) -> bool:
    return number.subject.endswith("率")


def _judge(number: Number, first: Number, sentence: Sentence, where: Sentence, ledger: Ledger) -> None:
    if number.interval.meets(first.interval):
        ledger.holds(RULE, [number, first], f"{said(number)}与前文{said(first)}一致")
    elif _may_be_one(number, first, sentence, where) and number.value is not None and first.value is not None:
        low, high = sorted((number.value, first.value))
        if re.match("共|合计|累计|总共", number.before) and number.value > first.value:
            # 共追回资金39.63万元, of which some was told before.
            return
        # 小学在校生5.12万人，专任教师2913人: behind another number it may be of what that was said of.
        alone = sentence.numbers[0] is number or low * 5 >= high * 4
        if low * 3 >= high and alone:
            _tell(number, first, number.subject, ledger)


def _may_be_one(number: Number, first: Number, sentence: Sentence, where: Sentence) -> bool:
    """Whether nothing says that the two are of different times or places."""
    if number.period != first.period and number.period and first.period and not _same_period(number.period, first.period):
        return False
    return _places(number, sentence) == _places(first, where)


def _tell(number: Number, first: Number, name: str, ledger: Ledger) -> None:
    if ledger.are_compared(number, first):
        return
    line = f"“{name}”前文为{said(first)}（第{first.place.line}行），此处为{said(number)}"
    numbers = [number, first]
    ledger.fails(RULE, Severity.DOUBTFUL, numbers, line, "同一数字前后不一致，请核对；若时间、范围或口径不同，请写明。")


def _judge_renamed(number: Number, sentence: Sentence, index: _Index, ledger: Ledger, *, only_alike: bool = False) -> None:
    """The same thing by the same name on the other side of the number, or behind another verb."""
    if not _is_told(number, sentence, _BUT_PARTS) or number.kind is Kind.STANDARD or not _is_long(number):
        return
    for name, first, where in _same_name(number, index):
        if where is sentence or first.dimension != number.dimension or first.per != number.per:
            continue
        if number.interval.meets(first.interval):
            break
        if year_of(number.before, index.year) != year_of(first.before, index.year):
            continue
        parted = number.key in ledger.whole_of or first.key in ledger.whole_of or _years(number) != _years(first)
        near = _are_alike(number, first) or (len(name) >= 4 and not (parted or only_alike) and _are_near(number, first))
        if near and _may_be_one(number, first, sentence, where):
            _tell(number, first, name, ledger)
            break
    before, behind = _name_before(number), _name_behind(number)
    if len(before) >= 3:
        index.before.setdefault((number.dimension, number.per, before[:2]), []).append((before, number, sentence))
    if len(behind) >= 2:
        index.behind.setdefault((number.dimension, number.per, behind[:2]), []).append((behind, number, sentence))


def _are_alike(number: Number, first: Number) -> bool:
    """Of one size, and one slip of the finger apart."""
    low, high = sorted((number.value or Fraction(0), first.value or Fraction(0)))
    if high * 4 > low * 5 or number.hedge or first.hedge:
        return False
    if number.quantum == first.quantum and max(low, high) < 100 * number.quantum:
        # Of two digits the first at least is the same.
        return low // (10 * number.quantum) == high // (10 * number.quantum) and low > 20 * number.quantum
    return is_misprint(number, first.value or Fraction(0))


def _years(number: Number) -> set[str]:
    return set(re.findall(r"\d{4}", number.period))


def _are_near(number: Number, first: Number) -> bool:
    """Within a twentieth of each other, and told to three digits: what nobody counted twice on purpose."""
    low, high = sorted((number.value or Fraction(0), first.value or Fraction(0)))
    exact = not (number.hedge or first.hedge) and all(len(re.sub(r"\D", "", n.printed).strip("0")) >= 3 for n in (number, first))
    return exact and high * 19 <= low * 20


def _is_long(number: Number) -> bool:
    """Two digits at the least: of single ones many are near each other."""
    return len(re.sub(r"\D", "", number.printed).strip("0")) >= 2


def _same_name(number: Number, index: _Index) -> Iterator[tuple[str, Number, Sentence]]:
    before, behind = _name_before(number), number.after
    mark = (number.dimension, number.per)
    if len(before) >= 3:
        for name, first, where in index.before.get((*mark, before[:2]), [])[-_BUCKET:]:
            if name == before:
                yield name, first, where
        for name, first, where in index.behind.get((*mark, before[:2]), [])[-_BUCKET:]:
            if len(before) >= 4 and name.startswith(before) and _DEFINITE.match(name[len(before) :]):
                yield before, first, where
    behind = _name_behind(number)
    if len(behind) >= 3:
        for name, first, where in index.before.get((*mark, behind[:2]), [])[-_BUCKET:]:
            if len(name) >= 3 and behind.startswith(name):
                yield name, first, where


def _name_before(number: Number) -> str:
    """养老机构 in 全市现有养老机构68家."""
    phrase = subjects.trimmed(re.sub(r"^.*(?:[，；：]|其中)", "", number.before))
    phrase = _LIGHT.sub("", phrase)
    phrase = re.sub(r"(?<=[\u4e00-\u9fff]{3})[数量]$", "", _LIGHT.sub("", _VERB.sub("", phrase)))
    return "" if _COMMON.match(phrase) or _AVERAGE.search(phrase) else phrase


def _name_behind(number: Number) -> str:
    """养老机构平均入住率 in 66家养老机构平均入住率: the name and what is said of it."""
    return _LIGHT.sub("", re.sub(r"^(?:的|各类)", "", number.after))[:16]


def _same_period(left: str, right: str) -> bool:
    whole = ("今年以来", "全年", "上半年")
    years = [set(re.findall(r"\d{4}", word)) for word in (left, right)]
    if all(years) and years[0] != years[1]:
        return False
    left, right = (re.sub(r"\d{4}年?|截至|[底末份]", "", word) for word in (left, right))
    return left == right or not left or not right or (left in whole and right in whole)


def _places(number: Number, sentence: Sentence) -> str:
    """The smaller places named before a number, which make it another's."""
    before = sentence.text[: number.start - sentence.start]
    found = re.findall(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|村|社区|县|分局|支队|中心|院|园区|开发区)(?![级域内])", before[-60:])
    return found[-1] if found else ""
