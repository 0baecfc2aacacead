"""Lists whose whole was told a few numbers before, without 其中.

Stretches of time that follow each other and leave nothing out (节前、节中、节后), votes, and states of works.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, misprinted_digits
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "parts_and_whole"
_SERIES = (
    ("节前", "节中", "节后"),
    ("春季", "夏季", "秋季", "冬季"),
    ("前期", "中期", "后期"),
    ("上午", "下午", "晚上"),
    ("好评", "中评", "差评"),
)
_BEFORE = 40


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every series that a sentence tells in full."""
    pool: list[Number] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            levels = [number for number in sentence.numbers if is_plain_level(number)]
            for series in _SERIES:
                if series[0] in sentence.text and series[-1] in sentence.text:
                    _judge(series, levels, sentence, pool[-_BEFORE:], ledger)
            _judge_states(sentence, ledger)
            _judge_out_of(sentence, ledger)
            _judge_votes(levels, ledger)
            pool += levels


def _judge(series: Sequence[str], levels: Sequence[Number], sentence: Sentence, pool: Sequence[Number], ledger: Ledger) -> None:
    parts: list[Number] = []
    for name in series:
        part = next((n for n in levels if re.match(rf"(?:分别(?:为|是))?{name}", n.before) and n not in parts), None)
        if part is None or (parts and not lists.can_be_part(part, parts[0])):
            return
        parts.append(part)
    if any(part.key in ledger.whole_of for part in parts):
        return
    value, interval = lists.sum_of(parts)
    told = [n for n in (*pool, *levels) if n not in parts and lists.can_be_part(parts[0], n) and n.start != parts[0].start]
    for whole in reversed(told):
        if lists.closes(whole, value, interval):
            ledger.holds(RULE, [whole, *parts], f"{lists.chain(parts, whole)}，与总数{said(whole)}相符")
            return
    for whole in reversed(told):
        if lists.is_nearly(whole, parts) and not any(part.hedge for part in parts):
            gap = amount(abs(value - (whole.value or 0)), whole)
            line = f"{lists.chain(parts, whole)}，原文总数{said(whole)}，相差{gap}"
            ledger.fails(
                RULE, Severity.DOUBTFUL, [whole, *parts], line, "各时段前后相接，合起来应是总数；请核对总数和各时段的数。"
            )
            return


_VOTES = (re.compile("(?:同意|赞成)(?:票)?$"), re.compile("(?:反对|不同意)(?:票)?$"), re.compile("弃权(?:票)?$"))


def _judge_votes(levels: Sequence[Number], ledger: Ledger) -> None:
    """实到39人，同意36人、反对1人、弃权2人: whoever was there voted in one of three ways."""
    for at in range(1, len(levels) - 2):
        run = levels[at : at + 3]
        if not all(vote.search(n.before) for vote, n in zip(_VOTES, run, strict=True)):
            continue
        there = [n for n in levels[:at] if re.search("实到|到会|出席|参会|参加", n.before) and n.dimension == run[0].dimension]
        if there and there[-1].value != lists.sum_of(run)[0]:
            line = f"{lists.chain(run, there[-1])}，到会{said(there[-1])}"
            ledger.fails(RULE, Severity.ERROR, [there[-1], *run], line, "同意、反对和弃权之和应是到会人数，请核对。")


_THINGS = r"(?:的|项目|工程|案件|事项|隐患|问题)*$"
_STATES = (
    re.compile(
        rf"^(?:其中|已|现已|目前已)*(?:完工|竣工|建成|完成|办结|办理完毕|整改到位|整改|投用|交付|开工|启动|化解|销号|审结){_THINGS}"
    ),
    re.compile(
        rf"^(?:其中|目前)*(?:在建|正在(?:建设|施工|推进|办理|整改|实施|处理|化解)|推进中|施工中|整改中|开工在建){_THINGS}"
    ),
    re.compile(rf"^(?:尚|还有|仍有)?(?:有)?未(?:开工|完成|启动|动工|办结|整改|建成|实施|化解|销号|审结)(?:到位)?{_THINGS}"),
)


def _judge_states(sentence: Sentence, ledger: Ledger) -> None:
    """计划38座，完工29座，在建5座，未开工4座: done, being done and not begun are all there is.

    Two of the three are all only where one digit more or less makes them so.
    """
    numbers = [n for n in sentence.groups[0].numbers if n.measured and not n.weak and n.kind is Kind.MEASURE]
    for at, whole in enumerate(numbers[:60]):
        if whole.role not in (Role.LEVEL, Role.TARGET) or whole.value is None:
            continue
        run = [n for n in numbers[at + 1 : at + 5] if n.dimension == whole.dimension and n.role is Role.LEVEL][:3]
        states = [next((i for i, state in enumerate(_STATES) if state.match(n.before)), None) for n in run]
        size = 3 if states == [0, 1, 2] else 2 if states[:2] in ([0, 1], [0, 2]) else 0
        run = run[:size]
        if not size or ledger.whole_of.get(run[0].key, whole) is not whole or any(n.value == whole.value for n in run):
            continue
        value, interval = lists.sum_of(run)
        if interval.meets(whole.interval):
            ledger.holds(RULE, [whole, *run], f"{lists.chain(run, whole)}，与总数{said(whole)}相符")
        elif size == 3 or _is_slip(whole, run, value):
            gap = amount(abs(value - whole.value), whole)
            line = f"{lists.chain(run, whole)}，总数{said(whole)}，相差{gap}"
            severity = Severity.ERROR if size == 3 else Severity.DOUBTFUL
            ledger.fails(RULE, severity, [whole, *run], line, "已完成、正在做和未开始的合起来应是总数，请核对各数。")


_OUT_OF = re.compile(r"[\u4e00-\u9fff]{0,12}?[中里内]，?(?:目前|现|截至目前，?)?(?:已?有)?")
_STATE_OF = {
    "left": re.compile(r"(?:尚|还|仍|暂)?未(?!来)|[尚待]|其余|余下|剩[余下]|拟|计划"),
    "doing": re.compile(r"正(?=[在推实办整施])|在[建办审]|推进|进行|仍在|继续|持续|有序"),
    "done": re.compile(r"已|完成|办结|到位|竣工|交付|投[用产]|结案|移送|销号|通过|开工|启动"),
}


def _judge_out_of(sentence: Sentence, ledger: Ledger) -> None:
    """上述五个问题中，4个已完成整改，2个正在整改: out of so many each is in one state, said before its number or behind it."""
    numbers = [n for n in sentence.groups[0].numbers if n.measured and n.kind is Kind.MEASURE]
    for at, whole in enumerate(numbers[:60]):
        told = _OUT_OF.match(sentence.text, whole.end - sentence.start)
        if told is None or whole.role not in (Role.LEVEL, Role.TARGET) or not whole.value or whole.hedge:
            continue
        run: list[Number] = []
        states: list[str] = []
        for part in numbers[at + 1 : at + 5]:
            near = part.start - (run[-1].end if run else sentence.start + told.end()) < 24
            state = _state_of(part, sentence)
            if part.dimension != whole.dimension or part.role is not Role.LEVEL or not near or not state or state in states:
                break
            if "；" in sentence.between(whole, part):
                break
            run.append(part)
            states.append(state)
        if len(run) < 2 or "done" not in states:
            continue
        value, interval = lists.sum_of(run)
        if interval.meets(whole.interval):
            ledger.holds(RULE, [whole, *run], f"{lists.chain(run, whole)}，与总数{said(whole)}相符")
        elif value > whole.value or value * 3 > whole.value * 2:
            line = f"{lists.chain(run, whole)}，总数{said(whole)}，相差{amount(abs(value - whole.value), whole)}"
            severity = Severity.ERROR if value > whole.value else Severity.DOUBTFUL
            ledger.fails(RULE, severity, [whole, *run], line, "已完成、正在做和未完成的合起来应是总数，请核对各数。")


def _state_of(part: Number, sentence: Sentence) -> str:
    """Whether it is told of as done, being done or left."""
    behind = re.split("[，。；\\d]", sentence.text[part.end - sentence.start :][:16], maxsplit=1)[0]
    words = behind if len(part.before.strip("，、其中有")) < 2 else part.before
    return next((name for name, words_of in _STATE_OF.items() if words_of.search(words)), "")


def _is_slip(whole: Number, run: Sequence[Number], value: Fraction) -> bool:
    gap = (whole.value or Fraction(0)) - value
    parts = [(part, (part.value or Fraction(0)) + gap) for part in run]
    return is_misprint(whole, value) or any(misprinted_digits(part, meant) >= 2 for part, meant in parts)
