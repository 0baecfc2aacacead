"""Judging a whole against its parts: exceeded, fallen short, closed by rounding, closed in another unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import subjects, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, amount, difference_hint, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, weight_of_equation
from anmin.ground.reports.checking.relations.slips import in_unit, part_slip, report_slip
from anmin.ground.reports.checking.vocabulary import Role, Severity

RULE = "parts_and_whole"
OPEN_END = re.compile(
    r"(?<![高中])等(?![级待候距])|[高中]等(?![级职专教院学])|主要|部分(?![组构采完整办落达])|例如|如|比如|特别是|尤其"
)
OVERLAPPING = re.compile(
    r"交叉|重复|并处|兼[有任报享]|双重|分计|左右岸|双向|叠加|重叠|去重|不重|既.{0,8}又|同时(?:享|为|是|属|具|涉|从)|有的.{0,6}(?:两|多)|部分人员|不含|不包括|不计入|已含|含在|包含在"
)
_ENOUGH = 1.85
"""What must speak for a list that leaves nothing out, in powers of ten."""
SURE = 2.2
"""One slip in a figure of four digits, or two digits changed about in one of three: so near nothing comes by chance."""
_LONGER_AT_MOST = 10
_GONE = re.compile(r"^(?:退|注销|减少|流出|迁出|转出|死亡|核减|扣)")
_SIFTED = r"有效|合格|达标|通过|符合|实际|正式|规范|在册|在岗|活跃"
_NOT_PARTS = re.compile(
    r"双重|双开|双立案|兼任|既|又|同时|重复|交叉|盈利企业|盈亏|不含|未含|除外|剔除|不重复|去重|同属|均属|可多选|多选|部分结合|共用|重合|符合多项|同一(?:对象|机构|企业|个?人)|都参加|均参加|并处|应[\u4e00-\u9fff]{1,4}\d[^；]{0,14}实[\u4e00-\u9fff]{1,4}(?=\d)"
)


def judge_parts(
    whole: Number,
    parts: Sequence[Number],
    sentence: Sentence,
    ledger: Ledger,
    *,
    exhaustive: bool = False,
    across: bool = False,
    bracket: bool = False,
    others: Sequence[Number] = (),
    planned: bool = False,
) -> None:
    """The parts may not exceed the whole, and must make it up where they are all there are."""
    if not parts or whole.value is None or re.search("净[增减流迁]|平均", whole.before):
        # What came and what went are no parts of the net.
        return
    rule = RULE
    if len(parts) < 60:
        ledger.whole_of.update((part.key, whole) for part in parts)
    count = lists.closing_prefix(whole, parts)
    rest = 0 < count < len(parts) and lists.is_rest(parts[count]) and lists.run_of(parts, sentence, whole) == list(parts)
    if count and not rest:
        for part in parts[count:]:
            shared = re.match("[，（]占", sentence.text[part.end - sentence.start :])
            if not shared and part.group == parts[count - 1].group and lists.strongest(parts[count - 1], part, sentence) > 2:
                # What stands behind a semicolon, and behind a list that closes, is none of it.
                ledger.whole_of.pop(part.key, None)
        closed(whole, parts[:count], ledger, rule)
        _judge_again(whole, parts[count:], sentence, ledger)
        return
    for other in reversed(others):
        if other is not whole and (count := lists.closing_prefix(other, parts)):
            closed(other, parts[:count], ledger, rule)
            return
    run = lists.run_of(parts, sentence, whole)
    if len(run) == 2 and (run[0].value or 0) - (run[1].value or 0) == whole.value and run[1].value:
        # 新增30.2亿元，其中投放42.8亿元，收回12.6亿元: what came less what went.
        ledger.holds(rule, [whole, *run], f"{said(run[0])}-{said(run[1])}={said(whole)}")
        return
    if len(run) == 3 and lists.exhausts(run[:2]) and lists.sum_of(run[1:])[0] == run[0].value:
        # 其中出口61.2亿元；进口25.2亿元；顺差36.0亿元: what two of a pair differ by is no third.
        run = run[:2]
    if len(run) > 2 and lists.sum_of(run[1:])[0] == run[0].value:
        # 有效回访246件，表示满意的240件、一般的5件、不满意的1件: the first is divided once more.
        closed(run[0], run[1:], ledger, rule)
        run = run[:1]
    gone = [n for n in run if _GONE.search(lists.label_of(n))]
    if gone and len(gone) < len(run) and sum((n.value or 0) * (-1 if n in gone else 1) for n in run) == whole.value:
        # 参保41.2万人，其中续保38.6万人，新参保2.9万人，退保0.3万人: what came less what went.
        ledger.holds(rule, [whole, *run], f"增减相抵为{said(whole)}，与原文相符")
        return
    run = _told_in_full(whole, _named_in_full(whole, run), parts)
    huge = next((at for at, part in enumerate(run) if at and (part.value or 0) > 2 * whole.value), len(run))
    if huge < len(run) and (slip := slip_of(whole, run)):
        # 920万元、县级配套638.5亿元 of 1558.5万元.
        report_slip(*slip[:3], ledger, slip[3])
        return
    full, _ = weight_of_equation([(whole, -1), *((part, 1) for part in run)])
    mark = lists.strongest(run[0], run[huge], sentence) if huge < len(run) else 0
    if huge < len(run) and not (bracket and mark < 3) and ((full < _ENOUGH and mark != 1) or mark > 2):
        run = run[:huge]
    exhaustive = exhaustive or _names_all(whole, run)
    since = whole.start if whole.place.block == sentence.block and whole.sentence == sentence.index else 0
    text = sentence.text[max(0, run[0].start - 30 - sentence.start, since - sentence.start) : run[-1].end - sentence.start]
    behind = sentence.text[run[-1].end - sentence.start :][:4]
    text += behind if "同时" in behind else re.split("[，；。]", behind, maxsplit=1)[0]
    text = re.sub("（[^（）]*）", "", text)
    value, interval = lists.sum_of(run)
    if sentence.text[run[-1].end - sentence.start : run[-1].end - sentence.start + 1] == "（":
        text += sentence.text[run[-1].end - sentence.start : run[-1].end - sentence.start + 24].partition("）")[0]
    if _are_siblings(whole, run, value):
        return
    said_of_all = sentence.text[run[-1].end - sentence.start :][:40]
    bracket_behind = _NOT_PARTS.search(said_of_all.partition("）")[0]) if said_of_all.startswith("（") else None
    noted = bracket_behind or (
        since and _NOT_PARTS.search(sentence.text[whole.end - sentence.start : run[0].start - sentence.start])
    )
    if noted or _of_two_kinds([lists.label_of(n) for n in run]):
        ledger.unclear(rule, [whole, *run], f"{lists.chain(run, whole)}，总数{said(whole)}，各项可能交叉，未作判断")
        return
    text += _said_behind(run[-1], sentence)
    # 预计完成64000万元，其中税收34000万元: what is expected of the whole is expected of its parts.
    apart = whole.projected != run[0].projected and not (whole.projected and whole.sentence == run[0].sentence)
    staffed = "编制" in whole.before and re.search("编外|聘用|退休|借用", text)
    if staffed or _NOT_PARTS.search(text) or (apart and not planned):
        ledger.unclear(rule, [whole, *run], f"{lists.chain(run, whole)}，总数{said(whole)}，各项可能交叉，未作判断")
        return
    if len(run) > 1 and not interval.meets(whole.interval) and (slip := slip_of(whole, run)):
        report_slip(*slip[:3], ledger, slip[3])
        judge_parts(whole, parts, sentence, ledger, exhaustive=exhaustive, across=across, bracket=bracket, others=others)
        return
    if len(run) == 1 and (off := part_slip(whole, run[0])):
        report_slip(run[0], off, [whole], ledger)
    elif _is_flow_slip(whole, run):
        ledger.unclear(rule, [whole, *run], f"{said(run[0])}远大于{said(whole)}，应属另一总数，未作判断")
    elif whole.interval.is_below(run[0].interval):
        _part_exceeds(whole, run[0], run, ledger, rule)
    elif len(run) > 1 and (
        whole.interval.is_below(interval) or (value > whole.value and lists.touches(interval, whole.interval))
    ):
        _sum_exceeds(whole, run, value, sentence, ledger, rule)
    elif len(run) > 1 and interval.is_below(whole.interval):
        far = not exhaustive and value * 4 < (whole.value or 0) * 3 and not lists.is_rest(run[-1])
        if far and not weight_of_equation([(whole, -1), *((part, 1) for part in run)])[0]:
            ledger.unclear(rule, [whole, *run], f"{lists.chain(run, whole)}，小于总数{said(whole)}，原文未必列全")
        elif (exhaustive or lists.exhausts(run) or lists.covers_months(run, ledger.months)) and not planned:
            behind = sentence.text[run[-1].end - sentence.start : run[-1].end - sentence.start + 12]
            if re.match(r".{0,4}(?:其余|其他|其它|剩余|余下|等|还有)", behind) or (
                OPEN_END.search(text) and not lists.exhausts(run)
            ):
                ledger.unclear(rule, [whole, *run], f"{lists.chain(run, whole)}，小于总数{said(whole)}，原文未列全")
                return
            if _is_rest_of_another(whole, run[-1], [*others, *sentence.numbers]):
                return
            _falls_short(whole, run, value, ledger, rule, sure=exhaustive or lists.exhausts(run) or bracket)
        elif _is_meant_in_full(whole, value, run, text, sentence):
            _falls_short(whole, run, value, ledger, rule, sure=False)
        else:
            ledger.open_parts.update(part.key for part in run)
            ledger.holds(rule, [whole, *run], f"{lists.chain(run, whole)}，未超过总数{said(whole)}（其中各项不必列全）")
    elif len(run) == 1:
        ledger.holds(rule, [whole, *run], f"{said(run[0])}未超过总数{said(whole)}")


def _told_in_full(whole: Number, run: list[Number], parts: Sequence[Number]) -> list[Number]:
    """其中综合利用41.31万吨，处置6.42万吨，贮存0.87万吨: what looks like another account is of the list if one slip shows it."""
    if lists.is_nearly(whole, run) or any(n.group != run[0].group or n.sentence != run[0].sentence for n in run):
        return run
    longer = [list(parts[:size]) for size in range(len(run) + 1, min(len(parts), _LONGER_AT_MOST) + 1)]
    longer = [some for some in longer if all(n.group == run[0].group and n.sentence == run[0].sentence for n in some)]
    weighed = [(weight_of_equation([(whole, -1), *((n, 1) for n in some)])[0], some) for some in longer]
    weight, told = max(weighed, key=lambda each: each[0], default=(0.0, run))
    return told if weight >= SURE and not lists.overlap(told) else run


def _named_in_full(whole: Number, run: Sequence[Number]) -> list[Number]:
    """其中男性19864人，女性18778人，常住人口31286人: what stands behind names that leave nothing out is none of the list."""
    if len(run) < 3 or lists.exhausts(run):
        return list(run)
    value, _ = lists.sum_of(run)
    named = next((run[:size] for size in range(len(run) - 1, 1, -1) if lists.exhausts(run[:size])), run)
    far = value * 10 > (whole.value or 0) * 12
    return list(named if far or (lists.is_nearly(whole, named) and not lists.is_nearly(whole, run)) else run)


def _judge_again(whole: Number, parts: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """其中市级5.2万吨、县级3.4万吨，原粮7.5万吨、成品粮1.1万吨: behind a list that closed the whole is divided again."""
    run = lists.run_of(parts, sentence, whole) if len(parts) >= 2 else []
    if len(run) < 2 or run[0].group != whole.group or "；" in sentence.between(whole, run[0]) or lists.overlap(run):
        return
    value, interval = lists.sum_of(run)
    if lists.closes(whole, value, interval):
        closed(whole, run, ledger, RULE)
    elif (lists.is_nearly(whole, run) or lists.exhausts(run)) and not any(part.hedge for part in run):
        line = f"{lists.chain(run, whole)}，原文总数{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
        ledger.fails(RULE, Severity.DOUBTFUL, [whole, *run], line, "这几项看来是对同一总数的另一种划分，请核对总数和各分项。")


def _names_all(whole: Number, run: Sequence[Number]) -> bool:
    """承办建议和提案210件，其中建议86件，提案124件: the name of the whole is the names of its parts."""
    names = [subjects.trimmed(lists.label_of(part)) for part in run]
    if len(set(names)) < len(run) or len(run) < 2 or not all(name and name in whole.before for name in names):
        return False
    joints = len(re.findall(r"[、和与及]", whole.before))
    return joints == len(names) - 1 or "".join(names) in whole.before


def _said_behind(last: Number, sentence: Sentence) -> str:
    """What is said of a list right behind it, where it says that its items overlap: 两类政策有交叉享受情形."""
    behind = sentence.text[last.end - sentence.start : last.end - sentence.start + 36]
    found = OVERLAPPING.search(re.split(r"\d", behind, maxsplit=1)[0])
    return "重复" if found else ""


def _are_siblings(whole: Number, run: Sequence[Number], value: Fraction) -> bool:
    """居民养老保险参保88万人，工伤、失业保险参保分别为42万人和38万人: what is named alike and is no part of it."""
    if "分别" not in run[0].before or not whole.value or len(run) < 2:
        return False
    subject, other = subjects.trimmed(whole.before), subjects.trimmed(run[0].before)
    alike = len(subject) > 3 and len(other) > 3 and subject[-3:] == other[-3:]
    return alike and not whole.value * 9 <= value * 10 <= whole.value * 11


def _is_meant_in_full(whole: Number, value: Fraction, run: Sequence[Number], text: str, sentence: Sentence) -> bool:
    """Whether a list that falls short was meant to be all there is: by its build, and by how near one misprint comes."""
    if not whole.value or len(run) < 2 or OPEN_END.search(text) or lists.overlap(run):
        return False
    weight, _ = weight_of_equation([(whole, -1), *((part, 1) for part in run)], rounded=True)
    if not weight:
        return False
    labels = [lists.label_of(part) for part in run]
    behind = sentence.text[run[-1].end - sentence.start :][:1]
    points = 0.5 * (len({label[-1:] for label in labels}) == 1 and all(labels)) + 0.3 * min(len(run) - 2, 2)
    points += 0.8 * bool(re.search("其他|其它|其余", labels[-1]))
    points += 0.4 if value * 10 >= whole.value * 8 else -0.5 if value * 2 < whole.value else 0.0
    points += 0.3 * (behind in "。；）") - 1.0 * any(lists.is_aside([part], [n for n in run if n is not part]) for part in run)
    return weight + points - log10(len(run) + 1) >= _ENOUGH


def _is_flow_slip(whole: Number, run: Sequence[Number]) -> bool:
    """A first part far above its whole, alone, most likely belongs to something else."""
    return len(run) == 1 and (run[0].value or 0) > 20 * (whole.value or 0) and not units.is_counted(whole.dimension)


def closed(whole: Number, parts: Sequence[Number], ledger: Ledger, rule: str) -> None:
    value, _ = lists.sum_of(parts)
    line = f"{lists.chain(parts, whole)}"
    if value == whole.value or whole.hedge or any(part.hedge for part in parts):
        ledger.holds(rule, [whole, *parts], f"{line}，与总数{said(whole)}相符")
    else:
        gap = amount(abs(value - (whole.value or Fraction(0))), whole)
        ledger.rounds(rule, [whole, *parts], f"{line}，总数为{said(whole)}，相差{gap}，在四舍五入范围内")


def _part_exceeds(whole: Number, part: Number, run: Sequence[Number], ledger: Ledger, rule: str) -> None:
    line = f"其中一项{said(part)}大于总数{said(whole)}"
    ledger.fails(rule, Severity.ERROR, [whole, part], line, "部分不能大于总体，请核对这两个数及其单位。")


def slip_of(whole: Number, run: Sequence[Number]) -> tuple[Number, Fraction, list[Number], str] | None:
    """One number of the list in another unit of the same dimension that would make the sum close."""
    if whole.value is None or not units.dimension_of(whole.unit) or len(run) < 2:
        return None
    for number in (*run, whole):
        for slip in (Fraction(10**4), Fraction(1, 10**4), Fraction(10**8), Fraction(1, 10**8)):
            if (slip < 1 and number.factor < 10**4) or number.read_as:
                continue
            if number is not whole and (number.value or Fraction(0)) * slip * 50 < whole.value:
                continue
            changed = (number.value or Fraction(0)) * (slip - 1)
            value, _interval = lists.sum_of(run)
            slack = sum((n.quantum for n in (*run, whole) if n is not number), Fraction(0)) / 2 + number.quantum * slip
            gap = value - whole.value + (changed if number is not whole else -changed)
            if abs(gap) <= slack and abs(gap) * 50 <= max(whole.value, (number.value or Fraction(0)) * slip):
                right = in_unit(number, slip)
                others = [n for n in (whole, *run) if n is not number]
                proof = (
                    f"各项{'、'.join(said(n) for n in run)}，总数{said(whole)}；把{said(number)}读作{right}，各项相加与总数相符"
                )
                return number, slip, others, proof
    return None


def _sum_exceeds(whole: Number, run: Sequence[Number], value: Fraction, sentence: Sentence, ledger: Ledger, rule: str) -> None:
    numbers = [whole, *run]
    full, _ = weight_of_equation([(whole, -1), *((part, 1) for part in run)], rounded=True)
    behind = sentence.text[run[-1].end - sentence.start :]
    said_so = re.search("相加|加总|重复|交叉|同时|兼", behind)
    if said_so and any(n.value == value and n.start > run[-1].end and n.dimension == whole.dimension for n in sentence.numbers):
        # 有9名同时接受两类康复，故类别相加为173名.
        ledger.unclear(rule, numbers, f"{lists.chain(run, whole)}，总数{said(whole)}，原文已写明两数")
        return
    line = f"{lists.chain(run, whole)}，原文总数{said(whole)}，多出{amount(value - (whole.value or Fraction(0)), whole)}"
    if (found := lists.left_out(whole, run)) and lists.is_aside(found[1], found[0]) and len(found[1]) == 1:
        ledger.holds(
            rule,
            [whole, *found[0]],
            f"{lists.chain(found[0], whole)}，与总数{said(whole)}相符（{lists.names(found[1])}另有交叉）",
        )
    elif found:
        kept, dropped = found
        line += f"；若不计{lists.names(dropped)}，则{lists.chain(kept, whole)}，与总数相符"
        proposal = f"总数可能漏计了{lists.names(dropped)}：请核对总数是否应为{amount(value, whole)}，或该项不属于这一总数。"
        ledger.fails(rule, Severity.ERROR, numbers, line, proposal)
    elif full < SURE and all(not n.before.strip("，、；其中：") and len(n.after.strip()) > 3 for n in run):
        # 其中4个项目多计工程款386.2万元，3个项目管护责任未落实: of one and the same both may be said.
        ledger.unclear(rule, numbers, f"{line}；所述情形可能出在同一对象上，未作判断")
    elif (
        full < SURE
        and len(run) > 2
        and lists.sum_of(run[1:])[0] <= (run[0].value or 0)
        and re.match(_SIFTED, lists.label_of(run[0]))
    ):
        # 接警42860起，其中有效警情31240起，刑事486起、治安2864起……: what was sifted out is divided once more.
        ledger.unclear(rule, numbers, f"{line}；后几项也可能是前一项的分项，未作判断")
    elif (
        any(lists.strongest(a, b, sentence) == 3 for a, b in pairwise(run))
        and (
            (value * 10 > (whole.value or 0) * 11 and not lists.exhausts(run))
            or (
                lists.strongest(run[0], run[1], sentence) == 3
                and "占" in sentence.between(run[0], run[1])
                and not is_misprint(whole, value)
                and not lists.is_rest(run[-1])
            )
        )
        and full < SURE
    ):
        # Behind a semicolon, and far too much: something else is told there.
        ledger.unclear(rule, numbers, f"{line}；后项未必属于这一总数，未作判断")
    elif over := next(
        (n for n in run[1:] if whole.interval.is_below(n.interval) and lists.strongest(run[0], n, sentence) == 1), None
    ):
        _part_exceeds(whole, over, run, ledger, rule)
    elif (
        (lists.overlap(run) and not is_misprint(whole, value) and full < _ENOUGH)
        or (not is_misprint(whole, value) and _each_share_holds(whole, run, sentence))
        or any(part.value == whole.value for part in run)
    ):
        ledger.unclear(rule, numbers, f"{line}；各项可能交叉统计，未作判断")
    else:
        hint = difference_hint(value - (whole.value or Fraction(0)), whole)
        ledger.fails(rule, Severity.ERROR, numbers, line, f"分项之和不能大于总数，请核对总数和各分项。{hint}")


def _each_share_holds(whole: Number, run: Sequence[Number], sentence: Sentence) -> bool:
    """Whether each part is said to be a share of the whole that it is, and they make more than it: then they overlap."""
    told = Fraction(0)
    for part in run:
        shares = [
            n
            for n in sentence.numbers
            if part.end <= n.start < part.end + 12 and n.role is Role.SHARE and n.dimension == units.PERCENT and "占" in n.before
        ]
        if not shares or not (part.interval / whole.interval).times(100).meets(shares[0].interval):
            return False
        told += shares[0].value or Fraction(0)
    return told > 101


_TIMES = re.compile("清明|春节|国庆|中秋|端午|重阳|假期|[上下]半年|[一二三四]季度")


def _of_two_kinds(labels: Sequence[str]) -> bool:
    """其中清明前后5.1万人次、学生4.4万人次: a time and a kind of people cut across each other."""
    times = [bool(_TIMES.search(label)) for label in labels]
    return any(times) and not all(times)


def _is_rest_of_another(whole: Number, rest: Number, around: Sequence[Number]) -> bool:
    """发现118条，已整改113条，其中消防类47条、食品类32条，其余5条: what is left of all, and no kind of what was done."""
    left = [n for n in around if n.start < whole.start and lists.can_be_part(whole, n) and n.value is not None]
    return lists.is_rest(rest) and any((n.value or 0) - (whole.value or 0) == rest.value for n in left)


def _falls_short(whole: Number, run: Sequence[Number], value: Fraction, ledger: Ledger, rule: str, *, sure: bool) -> None:
    gap = (whole.value or Fraction(0)) - value
    line = f"{lists.chain(run, whole)}，原文总数{said(whole)}，少{amount(gap, whole)}"
    hint = difference_hint(gap, whole)
    severity = Severity.ERROR if sure else Severity.DOUBTFUL
    proposal = f"所列各项看来已列全，请核对总数和各分项，或写明还有{amount(gap, whole)}属于哪一类。{hint}"
    ledger.fails(rule, severity, [whole, *run], line, proposal)
