"""Totals after a list: 新建3座、改建5座，共8座; 收入25亿元，加上补助30亿元，收入总计55亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import chinese, subjects, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, amount, difference_hint, said
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.relations.slips import report_slip
from anmin.ground.reports.checking.relations.sumups import judge_afterwards
from anmin.ground.reports.checking.relations.wholes import OVERLAPPING
from anmin.ground.reports.checking.relations.wholes import slip_of as slip_in
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "list_total"
_CUE = re.compile(
    r"(?P<strong>合计|总计|共计|总共|小计|加总|加起来|加在一起|合并(?=为|$)|汇总|[两二三四五六七八九]项(?:合计|相加)|(?:两者|三者)(?:合计|相加))|(?P<plain>(?<![公一])共(?!产|青|同|建|享|有制|治))|(?P<weak>累计|总数|总额|总量|总)"
)
_LEADING = re.compile(
    r"^(?:收入|支出|资金|金额|投资|面积|人数|数量|投入|完成|办理|发放|建成|建设|新建|处理|办结|查处|整改|受理|涉及|里程|就|为|达到|达|计|有|约|的)++$"
)


_COUNTED_SUM = re.compile(
    r"^(?:以上|上述)?(?:各[项类种]|前述|([两二三四五六七八九十]|\d)(?:项|类|种|者|个|处|家|部分|批|方面|级|地|区|期))[\u4e00-\u9fff]{0,10}$"
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every total that a list leads up to is tried, but for those that were judged by how many items they name."""
    done = {told.numbers[0] for told in ledger.relations if told.rule in (RULE, "stock_and_flow")}
    for place, paragraph in enumerate(reading.paragraphs):
        for sentence in paragraph.sentences:
            if sentence.cut:
                continue
            judge_afterwards(sentence, reading.paragraphs, place, ledger)
            _judge_spans(sentence, ledger)
            for group in sentence.groups:
                levels = [number for number in group.numbers if is_plain_level(number) or _is_change(number)]
                for at, number in enumerate(levels[:200]):
                    if at >= 2 and number.key not in done and (cue := _CUE.search(_lead(number, levels[at - 1]))):
                        before = levels[max(0, at - 30) : at]
                        added = re.match(r"加上?|再加", levels[0].before) and sentence.index and not group.index
                        if added and _closed_with_earlier(number, before, paragraph, sentence, ledger):
                            continue
                        _judge_total(number, before, cue, sentence, ledger)


def _judge_total(whole: Number, before: Sequence[Number], cue: re.Match[str], sentence: Sentence, ledger: Ledger) -> None:
    items = [number for number in before if lists.can_be_part(number, whole)]
    items = _back_to_whole(items)
    if len(items) > 2 and items[-1].value == len(items) - 1 and whole.start - items[-1].end < 8:
        # 三个渠道合并6462个: how many there are is none of them.
        items = items[:-1]
    mains = [n for n in items if ledger.whole_of.get(n.key) not in items]
    if (counted := _COUNTED_SUM.match(re.sub(r"^.*[，。；：]", "", whole.before[: cue.start()]))) and counted[1]:
        wanted = int(counted[1]) if counted[1].isdigit() else chinese.value_of(counted[1])
        # 孤儿28人，其中集中养育9人；事实无人抚养儿童97人，两类儿童共125人: parts are not counted again.
        items = mains if len(mains) == wanted else items
    if not items and (not cue["weak"] or cue["weak"] == "累计"):
        # 结婚712对、离婚198对，共办理业务1063件: what was counted in one word is summed up in another.
        _judge_renamed(whole, before, sentence, ledger)
    if len(items) < 2 or whole.value is None:
        return
    count = lists.closing_suffix(whole, items)
    if count:
        _closed(whole, items[-count:], ledger)
        return
    if (count := lists.closing_prefix(whole, items)) and not (cue["strong"] and _is_whole_list(items, count, whole, sentence)):
        # 一、二、三季度分别为……，上半年合计: of a list the first may make up what is told behind it.
        _closed(whole, items[:count], ledger)
        return
    run = _run_before(items, sentence)
    if len(run) < 2 or not _is_sum(whole, run, cue, before, sentence):
        return
    if apart := next((list(c) for c in combinations(items[-8:], len(run)) if sum(n.value or 0 for n in c) == whole.value), None):
        # 昼间64个，达标62个；夜间64个，达标55个，昼夜合计达标117个: what stands between them is of something else.
        _closed(whole, apart, ledger)
        return
    first = items.index(run[0])
    if first and re.search(r"[，；。](?:再?加上?)[:：]?[^，。；\d]{0,12}$", sentence.between(items[first - 1], run[0])):
        # 本级收入238965万元，增长4%，加上：上年结转4550万元……总计: what is added to is in the sum.
        run = [items[first - 1], *run]
    value, interval = lists.sum_of(run)
    if value > (whole.value or 0) and lists.overlap(run) and not lists.is_nearly(whole, run):
        return
    told = sentence.text[max(0, run[0].start - sentence.start - 20) : whole.end - sentence.start]
    told += re.split("[；。]", sentence.text[whole.end - sentence.start :][:24], maxsplit=1)[0]
    if interval.meets(whole.interval) or OVERLAPPING.search(told):
        return
    if slip := slip_in(whole, run):
        report_slip(*slip[:3], ledger, slip[3])
        _judge_total(whole, before, cue, sentence, ledger)
        return
    gap = value - whole.value
    line = f"{lists.chain(run, whole)}，原文合计{said(whole)}，相差{amount(abs(gap), whole)}"
    proposal = f"请核对各项与合计；若各项无误，合计应为{amount(value, whole)}。{difference_hint(gap, whole)}"
    if found := lists.left_out(whole, run):
        kept, dropped = found
        line += f"；若不计{lists.names(dropped)}，则{lists.chain(kept, whole)}"
        proposal = f"合计可能漏计了{lists.names(dropped)}，请核对；若应计入，合计应为{amount(value, whole)}。"
    severity = Severity.ERROR if cue["strong"] else Severity.DOUBTFUL
    ledger.fails(RULE, severity, [whole, *run], line, proposal)


def _is_whole_list(items: Sequence[Number], count: int, whole: Number, sentence: Sentence) -> bool:
    """甲21.46亿元、乙17.92亿元、丙9.35亿元、丁8.67亿元，合计48.73亿元: the last of a list is not left out on purpose."""
    run = _run_before(items, sentence)
    if re.search(r"半年|季度|月|前[两二三四五]", whole.before):
        return False
    marks = {lists.strongest(a, b, sentence) for a, b in pairwise(run)}
    even = len(marks) == 1 or marks <= {0, 1}
    return run == list(items) and count < len(items) and even and "其中" not in sentence.between(items[0], whole)


_SPAN = re.compile(r"(?P<first>[一二三四]季度|[上下]半年|\d{1,2}月份?)")
_MADE_OF = {
    ("一季度", "二季度"): "上半年",
    ("一季度", "二季度", "三季度"): "前三季度",
    ("一季度", "二季度", "三季度", "四季度"): "全年",
    ("上半年", "下半年"): "全年",
}


def _judge_spans(sentence: Sentence, ledger: Ledger) -> None:
    """一季度42.6亿元，二季度51.3亿元，上半年93.9亿元: what is told of a time is the sum of what is told of its parts."""
    levels = [n for n in sentence.numbers if is_plain_level(n) and n.kind is Kind.MEASURE]
    for at, whole in enumerate(levels[:60]):
        for names, time in _MADE_OF.items():
            run = levels[max(0, at - len(names)) : at]
            if time not in whole.before or len(run) != len(names) or not all(lists.can_be_part(n, whole) for n in run):
                continue
            if all(name in n.before for name, n in zip(names, run, strict=True)):
                _judge_sum(whole, run, ledger)
    for run in sentence.runs:
        # 7月、8月、9月分别生产……，三季度累计生产……
        lead = sentence.text[max(0, run[0].start - sentence.start - 40) : run[0].start - sentence.start]
        after = next((n for n in levels if n.start >= run[-1].end), None)
        if len(_SPAN.findall(lead)) != len(run) or after is None or not all(is_plain_level(n) for n in run):
            continue
        if re.search("累计|合计|共|总计|季度|半年|全年", after.before) and lists.can_be_part(run[0], after):
            _judge_sum(after, run, ledger)


def _judge_sum(whole: Number, run: Sequence[Number], ledger: Ledger) -> None:
    value, interval = lists.sum_of(run)
    if interval.meets(whole.interval):
        _closed(whole, run, ledger)
    elif not any(n.hedge for n in (*run, whole)) and value * 8 <= (whole.value or 0) * 10 <= value * 12:
        line = f"{lists.chain(run, whole)}，原文{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
        proposal = f"各时段相加应是整个时段的数；若各时段无误，应为{amount(value, whole)}。"
        ledger.fails(RULE, Severity.ERROR, [whole, *run], line, proposal)


def _judge_renamed(whole: Number, before: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    run = before[-1:]
    for number in reversed(before[:-1]):
        if not lists.can_be_part(number, run[0]):
            break
        run = [number, *run]
    persons = (run[0].dimension, whole.dimension) == (units.PERSONS, "人次")
    if len(run) < 2 or run[0].kind is not Kind.MEASURE or not (persons or lists.are_things(run[0], whole)):
        return
    for items in (run[-count:] for count in range(len(run), 1, -1)):
        value, interval = lists.sum_of(items)
        if interval.meets(whole.interval):
            _closed(whole, items, ledger)
            return
    value, _ = lists.sum_of(run)
    if lists.is_nearly(whole, run) and not any(n.hedge for n in run) and not lists.overlap(run):
        line = f"{lists.chain(run, whole)}，原文合计{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
        proposal = f"请核对各项与合计；若各项无误，合计应为{amount(value, whole)}。"
        ledger.fails(RULE, Severity.DOUBTFUL, [whole, *run], line, proposal)


def _is_change(number: Number) -> bool:
    """减收5412万元, 减收1826万元: changes may be summed up like levels."""
    return number.measured and not number.weak and number.role is Role.CHANGE and number.kind is Kind.MEASURE and not number.base


def _lead(number: Number, previous: Number) -> str:
    """What leads up to a number; of the second of 3100户5110人 what leads up to the first."""
    if not number.before and previous.end == number.start:
        return previous.before
    return number.before


def _closed_with_earlier(
    whole: Number, before: Sequence[Number], paragraph: ReadParagraph, sentence: Sentence, ledger: Ledger
) -> bool:
    """加上……总计: the first item stands in a sentence before."""
    items = [number for number in before if lists.can_be_part(number, whole)]
    earlier = [
        number
        for other in paragraph.sentences
        if other.index < sentence.index
        for number in other.groups[0].numbers
        if is_plain_level(number) and lists.can_be_part(number, whole)
    ][-12:]
    # 加上转移性收入38.18亿元，其中……，收入合计: what its parts make up is counted once.
    once = items[:1] if re.search("其中|包括", sentence.between(items[0], whole)) else items
    for first in reversed(earlier):
        for added in (items, once):
            value, interval = lists.sum_of([first, *added])
            if lists.closes(whole, value, interval):
                _closed(whole, [first, *added], ledger)
                return True
    items = once
    main = next((number for number in earlier if not re.match(r"其中", number.before)), None)
    if main is not None and _CUE.search(whole.before) and items:
        value, _ = lists.sum_of([main, *items])
        line = (
            f"{lists.chain([main, *items], whole)}，原文合计{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
        )
        ledger.fails(
            RULE,
            Severity.DOUBTFUL,
            [whole, main, *items],
            line,
            f"请核对各项与合计；若各项无误，合计应为{amount(value, whole)}。",
        )
    return bool(earlier)


def _back_to_whole(items: Sequence[Number]) -> list[Number]:
    """The items behind the last total of the sentence."""
    for at in range(len(items) - 1, -1, -1):
        if (cue := _CUE.search(items[at].before)) and (cue["strong"] or cue["plain"]) and at:
            return list(items[at + 1 :])
    return list(items)


def _run_before(items: Sequence[Number], sentence: Sentence) -> list[Number]:
    """The items next to the total, back to a stronger mark than the one between the last two."""
    run = [items[-1]]
    strength = 0
    for item in reversed(items[:-1]):
        mark = lists.strongest(item, run[0], sentence)
        if len(run) == 1:
            strength = max(mark, 1)
        elif mark > strength:
            break
        run.insert(0, item)
    return run


def _are_quarters(run: Sequence[Number]) -> bool:
    """一季度…，二季度…，全年累计: quarters one after the other from the first."""
    said_of = "".join(match[1] for n in run if (match := re.search(r"([一二三四])季度[^，。；]{0,4}$", n.before)))
    return len(said_of) == len(run) >= 2 and "一二三四".startswith(said_of)


def _is_sum(whole: Number, run: Sequence[Number], cue: re.Match[str], before: Sequence[Number], sentence: Sentence) -> bool:
    """Whether the total is said of the list: nothing else is named in it, and the list is of one build."""
    if cue["weak"] and cue["weak"] != "累计" and (_ends_alike(cue, run) or list(run) in sentence.runs or _shares_name(cue, run)):
        return True
    if (years := re.search(r"([两二三四五])年(?:来|间)?$", cue.string[: cue.start()])) and cue["weak"] == "累计":
        # 2021年86.2亿元，2022年94.7亿元，2023年105.6亿元，三年累计286.5亿元.
        return chinese.value_of(years[1]) == len(run)
    if cue["weak"] and not (lists.is_nearly(whole, run) and not re.search("其中|占|[比较]", cue.string)):
        return cue["weak"] == "累计" and _are_quarters(run) and not re.search("其中", cue.string)
    lead = cue.string
    if (told := re.match(r"[两二三四五六七八九](?=项)|[两三](?=者)", cue[0])) and chinese.value_of(told[0]) == len(run):
        return True
    rest = re.sub(
        r"前[一二三]季度|[一二三四]季度|上半年|下半年|全年|\d{1,2}[-—至]\d{1,2}月", "", lead[: cue.start()] + lead[cue.end() :]
    )
    rest = subjects.key_of(rest.strip("，：的"))
    if counted := _COUNTED_SUM.match(rest):
        wanted = counted[1] and (int(counted[1]) if counted[1].isdigit() else chinese.value_of(counted[1]))
        return not wanted or wanted == len(run)
    shared = (
        not rest
        or (bool(cue["strong"]) and sum(rest[-2:] in item.before for item in run) >= 2)
        or bool(_LEADING.match(rest))
        or any(rest in item.before or rest in item.after for item in run)
        or lists.is_nearly(whole, run)
    )
    if not shared:
        return False
    # A number of another thing between the list and its total breaks them apart.
    if any(
        number.start > run[-1].start
        and number.dimension != whole.dimension
        and number not in run
        and number.end < whole.start - 1
        for number in before
        if number.end != whole.start and number.segment != run[-1].segment
    ):
        return False
    if lists.strongest(run[-1], whole, sentence) > 2 or whole.start - run[-1].end > 40:
        return False
    between = re.sub(r"（[^（）]*）", "", sentence.between(run[-1], whole))
    if re.search(r"其中|包括", between):
        return False
    span = sentence.text[max(0, run[0].start - sentence.start - 30) : run[0].start - sentence.start]
    return not re.search(r"其中|包括|含", span + "".join(item.before for item in run)) or bool(cue["strong"])


def _ends_alike(cue: re.Match[str], run: Sequence[Number]) -> bool:
    """金牌18枚、银牌23枚、铜牌31枚，奖牌总数: the total is called by the last word of all items."""
    lead = cue.string[: cue.start()]
    return len(run) >= 3 and bool(lead) and all(lists.label_of(item)[-1:] == lead[-1] for item in run)


def _shares_name(cue: re.Match[str], run: Sequence[Number]) -> bool:
    """职工医保参保12.86万人；居民医保参保68.42万人；基本医保参保总人数: four characters are in each item and in the total."""
    lead = cue.string[: cue.start()]
    pieces = {lead[at : at + 4] for at in range(len(lead) - 3)} | ({lead[-2:]} if len(lead) == 2 else set())
    return any(all(piece in lists.label_of(item) for item in run) for piece in pieces)


def _closed(whole: Number, parts: Sequence[Number], ledger: Ledger) -> None:
    value, _ = lists.sum_of(parts)
    line = lists.chain(parts, whole)
    if value == whole.value or whole.hedge or any(part.hedge for part in parts):
        ledger.holds(RULE, [whole, *parts], f"{line}，与合计{said(whole)}相符")
    else:
        gap = amount(abs(value - (whole.value or Fraction(0))), whole)
        ledger.rounds(RULE, [whole, *parts], f"{line}，合计为{said(whole)}，相差{gap}，在四舍五入范围内")
