"""A hundred per cent of nothing: of what did not happen, and of what is counted nowhere near."""

from __future__ import annotations

import re

from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.vocabulary import Role, Severity

_FULL = "full_rate_of_nothing"
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,14}率)(?:均|都|已|分别)*(?:为|是|达到?|实现|保持在|保持)*+$")
_UPRIGHT = re.compile(r"确保|力争|争取|要|必须|将|目标|计划|预计|实现年|达到年|须|应|努力|推动|继续|进一步")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every rate of a hundred per cent is asked what it is of."""
    for paragraph in reading.paragraphs:
        before = ""
        for sentence in paragraph.sentences if not paragraph.forecast else ():
            _full_rates(sentence, before, ledger)
            before = sentence.text


_NONE = re.compile(
    r"(?:未(?:新?发生|出现|接到|收到|受理|发现|立案|查处|办理)|没有(?:发生|出现|接到|收到|受理|发现|新增)?|[尚均]?无(?!线|人机|障|偿|害|缝|烟|纸|证|牌|废|疫|籍|法|论|需|记名)|零(?!售|散|星|工|用工|距|的))"
    r"(?:一?[起例件宗次个])?(?P<what>[^，。；、\d]{2,18})"
)
_NONE_BEHIND = re.compile(r"(?P<what>[^，。；、\d]{2,14})(?:为零|为0|数为零|均?未发生|零发生|零报告)")
_KINDS = re.compile(r"较大|重大|重特大|特大|恶性|超期|逾期|新增|严重|一般|死亡|责任|群体|新发|越级|二次|重复")
_GENERIC = frozenset({"案件", "事件", "问题", "工作", "情况", "人员", "项目", "单位", "企业", "服务", "申请"})


def _of_nothing(name: str, text: str) -> str:
    """The words by which there was none of what a rate is of: 未发生森林火灾 before 火灾案件查处率."""
    core = name.removesuffix("率")
    pairs = {core[at : at + 2] for at in range(len(core) - 1)}
    telling = pairs - _GENERIC or pairs
    for match in (*_NONE.finditer(text), *_NONE_BEHIND.finditer(text)):
        what = match["what"]
        if set(_KINDS.findall(what)) - set(_KINDS.findall(core)) or match[0].startswith(("零事故", "零伤亡")):
            continue
        alike = any(pair in what for pair in telling) or (core[:2] in _GENERIC and core[:2] in match[0])
        if alike and not re.search("率|漏|不(?!合格)", what):
            return match[0]
    return ""


def _full_rates(sentence: Sentence, before: str, ledger: Ledger) -> None:
    """A hundred per cent of something that is not counted anywhere near."""
    for at, number in enumerate(sentence.numbers):
        if number.dimension != units.PERCENT or number.value != 100 or number.role is not Role.SHARE or number.projected:
            continue
        rate = _RATE.search(number.before)
        clause = sentence.segments[number.segment].text
        if rate is None or _UPRIGHT.search(clause):
            continue
        told = sentence.text[: number.start - sentence.start]
        told = told[: len(told) - len(rate[0])] if told.endswith(rate[0]) else told
        if none := _of_nothing(rate["name"], told or before):
            line = f"前文说“{none}”，没有底数，谈不上{rate['name']}{said(number)}"
            ledger.fails(_FULL, Severity.DOUBTFUL, [number], line, "底数为零时不应写百分比，请核对。")
            continue
        near = [
            n
            for n in sentence.segments[number.segment].numbers
            if n is not number and n.measured and n.dimension != units.PERCENT
        ]
        near += [n for n in sentence.numbers[at + 1 : at + 4] if n.group and sentence.group_of(n).anchor is number]
        nothing = next(
            (n for n in sentence.numbers[max(0, at - 2) : at] if n.measured and n.value == 0 and units.is_counted(n.dimension)),
            None,
        )
        if nothing is not None and number.segment - nothing.segment <= 2:
            line = f"前文为{said(nothing)}，没有底数，谈不上{rate['name']}{said(number)}"
            ledger.fails(_FULL, Severity.DOUBTFUL, [number, nothing], line, "底数为零时不应写百分比，请核对。")
            continue
        short = len(rate["name"]) <= 4
        counted = [
            n
            for n in sentence.numbers[max(0, at - 4) : at]
            if n.measured and units.is_counted(n.dimension) and number.segment - n.segment <= 3
        ]
        beside = [n for n in sentence.numbers if n is not number and n.role is Role.SHARE and n.dimension == units.PERCENT]
        if near or (short and counted) or number.group or len(beside) >= 2:
            # In a row of rates nobody writes the counts.
            continue
        line = f"“{rate['name']}{said(number)}”没有写明底数是多少"
        ledger.asks(_FULL, [number], line, "请补上应办多少、已办多少；没有底数的百分之百无法核对。")
