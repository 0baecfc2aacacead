"""The same figure said twice: same subject, unit, period and area, and two values that cannot be one."""

from __future__ import annotations

import re

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import subjects
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "repeated_figure"
# Verbs and nouns that every programme of an office uses for its own.
_COMMON = re.compile(
    r"^(?:"
    r"执法人员|增加值|老年人|培训班|检查组|新增|发放|完成|开展|出动|查处|投入|检查|组织|举办|培训|"
    r"排查|发现|整改|建设|建成|办理|处理|受理|落实|争取|下达|拨付|实现|印发|制定|接待|走访|慰问|"
    r"新建|改造|资助|救助|惠及|覆盖|服务|参加|参与|召开|立案|办结|受益|涉及|实施|累计|安排|补助|"
    r"资金|投资|案件|隐患|问题|人员|活动|执法|群众|项目|企业|各类|宣传|资料|政策|困难|工作|会议|"
    r"次数|面积|建筑|学位|参训|产值|收入|支出|学生|老人|对象|车辆|单位|场所|经费|金额|医院|学校|设施|安全|共|"
    r"总"
    r")*+$"
)
_AVERAGE = re.compile(r"平均|人均|户均|均|每")
_ASIDE = re.compile(r"去年|上年|同期|往年|历年|较|比|其中|计划|目标|任务|预算|截至(?=\d{4})|年初|期初|原|调整")
_DISTINCT = re.compile(
    r"[一二三四五六七八九十]是|分别|每|平均|均|第[一二三四五六七八九十]|(?:镇|乡|街道|村|社区|县|区)(?=[^域内])"
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every figure is held against the first of its name."""
    seen: dict[tuple[str, str, str], tuple[Number, Sentence]] = {}
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            continue
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                key = _key(number, sentence)
                # A part is said of its whole: 经营净收入 of the towns, and of the villages.
                if key is None or number.key in ledger.whole_of:
                    continue
                if key not in seen:
                    seen[key] = (number, sentence)
                    continue
                first, where = seen[key]
                if where is not sentence:
                    _judge(number, first, sentence, where, ledger)


def _key(number: Number, sentence: Sentence) -> tuple[str, str, str] | None:
    if (
        not number.measured
        or number.weak
        or number.group
        or number.projected
        or (number.kind is Kind.RATIO and not _is_rate(number))
    ):
        return None
    if number.role not in (Role.LEVEL, Role.SHARE) or not number.value:
        return None
    said_before = number.before or number.subject
    if _ASIDE.search(said_before) or _ASIDE.search(
        sentence.text[max(0, number.start - sentence.start - 16) : number.start - sentence.start]
    ):
        return None
    if "其中" in sentence.text[: number.start - sentence.start]:
        return None
    subject = subjects.key_of(number.subject)
    subject = re.sub(r"[^\u4e00-\u9fff]", "", subject)
    # An average is of whatever was spoken of last, in every paragraph of something else.
    if len(subject) < 4 or _COMMON.match(subject) or _AVERAGE.match(subject):
        return None
    return subject, number.dimension, number.per


def _is_rate(number: Number) -> bool:
    return number.subject.endswith("率")


def _judge(number: Number, first: Number, sentence: Sentence, where: Sentence, ledger: Ledger) -> None:
    numbers = [number, first]
    if number.interval.meets(first.interval):
        ledger.holds(RULE, numbers, f"{said(number)}与前文{said(first)}一致")
        return
    if number.period != first.period and number.period and first.period and not _same_period(number.period, first.period):
        return
    if _places(number, sentence) != _places(first, where) or number.value is None or first.value is None:
        return
    low, high = sorted((number.value, first.value))
    if low * 3 < high:
        return
    line = f"“{number.subject}”前文为{said(first)}（第{first.place.line}行），此处为{said(number)}"
    ledger.fails(RULE, Severity.DOUBTFUL, numbers, line, "同一数字前后不一致，请核对；若时间、范围或口径不同，请写明。")


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
