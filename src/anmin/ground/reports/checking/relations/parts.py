"""Parts against the whole: 其中, 包括, 分别为, brackets, and classifications that name everything.

A list behind 其中 need not be exhaustive: it is judged where it exceeds the whole, and where its words leave nothing out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Group, Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.growth import in_unit, report_slip
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, amount, difference_hint, said
from anmin.ground.reports.checking.relations.records import Record, is_plain_level, records_of
from anmin.ground.reports.checking.vocabulary import Role, Severity

RULE = "parts_and_whole"
_MARKER = re.compile(
    r"其中|包括|(?<=[，：])分别[为是]|分别(?=[^，。；]{0,12}\d)|具体为|(?<=，)由(?=[^。；]{4,160}(?:组成|构成))|分(?:为|成)|"
    r"(?:(?<=[，；：。])|^)(?P<view>(?:分|按|从)[^，。；：、\d]{1,10}?(?:看|来看|分|划分|统计|说))(?=[，：])|"
    r"(?<=[个家所户名人件项起座处条）市县区村镇业])中，(?=[^，。；\d]{0,10}\d)|"
    r"(?:(?<=[，；：。])|^)(?P<of>[\u4e00-\u9fff]{2,16}?)中[，：]"
)
_OPEN_END = re.compile(r"等(?![级待候距])|主要|部分(?![组构])|例如|如|比如|特别是|尤其")
_NOT_PARTS = re.compile(r"既|又|同时|重复|交叉|不含|未含|除外|剔除|不重复|去重")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every whole with its parts is tried, within a sentence and from one sentence to the next."""
    for paragraph in reading.paragraphs:
        previous: Sentence | None = None
        for sentence in paragraph.sentences:
            for group in sentence.groups:
                if group.index and group.numbers:
                    _bracket(sentence, group, ledger)
                if group.numbers:
                    _marked(sentence, group, previous, paragraph, ledger)
            _unmarked(sentence, ledger)
            if previous is not None:
                _bare_states(sentence, previous, ledger)
            if sentence.numbers:
                previous = sentence


def _marked(sentence: Sentence, group: Group, previous: Sentence | None, paragraph: ReadParagraph, ledger: Ledger) -> None:
    """Lists behind 其中 and its like."""
    start = group.start - sentence.start
    end = max((right for segment in group.segments for _, right in segment.pieces), default=sentence.end) - sentence.start
    places = [match.start() + sentence.start for match in _MARKER.finditer(sentence.text, max(start, 0), max(start, end))]
    places = [place for place in places if _group_at(sentence, place) == group.index]
    for at, place in enumerate(places[:40]):
        word = _MARKER.match(sentence.text, place - sentence.start)
        until = places[at + 1] if at + 1 < len(places) and places[at + 1] - place > 2 else sentence.end
        behind = [number for number in group.numbers if place <= number.start < until]
        before = [number for number in group.numbers if number.start < place][-12:]
        across = False
        mark = sentence.text.rfind("；", 0, place - sentence.start)
        block = [number for number in before if number.start - sentence.start > mark]
        # What stands before a semicolon is spoken of no more, unless 其中 follows the semicolon itself.
        before = block if block or place - sentence.start - mark > 2 else before
        if word is not None and (word["of"] or word["view"]) and not group.index:
            _viewed(word, behind, before, sentence, paragraph, ledger)
            continue
        if not before and group.index and group.anchor is not None:
            before = [number for number in sentence.groups[group.parent].numbers if number.start < place][-4:]
        if not before and previous is not None and not group.index:
            # A sentence that begins with 其中 speaks of the one before it.
            before = [number for number in previous.numbers if number.group == 0][-14:]
            across = True
        if behind and before:
            marker = word[0] if word else ""
            _wholes(before, behind, sentence, ledger, across=across, marker=marker)


def _group_at(sentence: Sentence, place: int) -> int:
    for segment in sentence.segments:
        for left, right in segment.pieces:
            if left <= place < right:
                return segment.group
    # A marker that begins with the mark before it.
    for segment in sentence.segments:
        for left, right in segment.pieces:
            if left <= place + 1 < right:
                return segment.group
    return -1


def _wholes(
    before: Sequence[Number], behind: Sequence[Number], sentence: Sentence, ledger: Ledger, *, across: bool, marker: str
) -> None:
    """For each dimension among the parts, the nearest number before that can be their whole."""
    tried: set[tuple[str, str]] = set()
    lead = next((number for number in behind if number.measured and not number.weak and number.role is not Role.LIMIT), None)
    if lead is None or not is_plain_level(lead):
        # 其中制造业贷款增加6亿元: what follows is no list of levels.
        return
    for first in behind[:8]:
        mark = (first.dimension, first.per)
        if mark in tried or not is_plain_level(first):
            continue
        if mark != (lead.dimension, lead.per) and first.segment != lead.segment and not _is_told_of_each(first, behind):
            continue
        tried.add(mark)
        candidates = [number for number in before if is_plain_level(number) and lists.can_be_part(first, number)]
        if not candidates:
            continue
        whole = _nearest(candidates, across=across)
        # 受理764件，结案623件。其中民事642件，结案527件: what bears the name of another whole is a part of that one.
        taken = {n.before for n in before if n is not whole and is_plain_level(n) and n.before}
        if across and len(candidates) > 2 and whole is not candidates[0]:
            parts = [number for number in behind if is_plain_level(number) and lists.can_be_part(number, whole)]
            if not any(lists.closing_prefix(other, parts) for other in candidates):
                continue
        parts = [
            number
            for number in behind
            if is_plain_level(number) and lists.can_be_part(number, whole) and (number is first or number.before not in taken)
        ]
        judge_parts(whole, parts, sentence, ledger, exhaustive=_says_all(marker), across=across, others=candidates)
        _judge_changes(whole, parts, sentence, ledger)


def _is_told_of_each(first: Number, behind: Sequence[Number]) -> bool:
    """其中甲类42个、资金68万元，乙类44个、资金58万元: a second unit belongs to the list where its words come again."""
    return sum(number.before == first.before and number.dimension == first.dimension for number in behind) >= 2


def _says_all(marker: str) -> bool:
    return marker.startswith(("分为", "分成", "具体为", "由")) or "分别" in marker


def _viewed(
    word: re.Match[str],
    behind: Sequence[Number],
    before: Sequence[Number],
    sentence: Sentence,
    paragraph: ReadParagraph,
    ledger: Ledger,
) -> None:
    """A further classification (按等级分) is of the whole that was classified before; 医院中 is of what was called 医院."""
    first = next((number for number in behind[:8] if is_plain_level(number)), None)
    if first is None:
        return
    earlier = [n for other in paragraph.sentences if other.index < sentence.index for n in other.numbers if n.group == 0][-40:]
    pool = [n for n in (*earlier, *before) if is_plain_level(n) and lists.can_be_part(first, n)]
    whole = None
    if word["of"]:
        name = re.sub(r"^(?:在|全[市县区省]|其)+", "", word["of"])
        pool += [n for other in paragraph.sentences if other.index < sentence.index for n in other.numbers if n.group]
        named_so = [n for n in pool if n.before.endswith(name) and is_plain_level(n) and lists.can_be_part(first, n)]
        whole = named_so[-1] if named_so else None
    else:
        classified = [ledger.whole_of[n.key] for n in reversed(pool) if n.key in ledger.whole_of]
        whole = next((n for n in classified if lists.can_be_part(first, n)), None)
        if whole is None and pool:
            whole = max(pool, key=lambda n: n.value or 0)
    if whole is not None:
        parts = [n for n in behind if is_plain_level(n) and lists.can_be_part(n, whole)]
        value, _ = lists.sum_of(lists.run_of(parts, sentence, whole))
        # What is looked at from another side may be another thing altogether: only a sum of like size speaks of it.
        if whole.value and not whole.value * 7 <= value * 10 <= whole.value * 13 and not lists.closing_prefix(whole, parts):
            return
        judge_parts(whole, parts, sentence, ledger, others=pool[-12:])
        _judge_changes(whole, parts, sentence, ledger)


_STATE = re.compile(
    r"^(?:截至[^，]{0,10}|目前|现)?(?:已|正在|尚|其余|首次|首|续|新)?(?:完工|竣工|建成|在建|开工|未开工|完成|办结|整改|整改到位|整改中|审结|未结|办理|处理|修复|贷|办|投用|启用|推进|实施)(?:的|中)?$"
)


def _bare_states(sentence: Sentence, previous: Sentence, ledger: Ledger) -> None:
    """完工36个、在建6个 at the beginning of a sentence speaks of the whole in the sentence before."""
    levels = [n for n in sentence.groups[0].numbers[:6] if is_plain_level(n)]
    run = [n for n in levels[:4] if _STATE.match(n.before)]
    if len(run) < 2 or levels[: len(run)] != run or not lists.exhausts(run):
        return
    wholes = [n for n in previous.groups[0].numbers if is_plain_level(n) and lists.can_be_part(run[0], n)]
    run = lists.run_of([n for n in run if wholes and lists.can_be_part(n, wholes[0])], sentence)
    if len(wholes) == 1 and len(run) >= 2:
        judge_parts(wholes[0], run, sentence, ledger, planned=wholes[0].projected)


def _nearest(candidates: Sequence[Number], *, across: bool) -> Number:
    """The whole: the nearest before; of a sentence before, the one said first, for what follows it is often said of it."""
    if not across or len(candidates) == 1:
        return candidates[-1]
    return (
        candidates[0] if candidates[0].value and candidates[0].value >= max(c.value or 0 for c in candidates) else candidates[-1]
    )


def _bracket(sentence: Sentence, group: Group, ledger: Ledger) -> None:
    """A bracket with several numbers of its anchor's unit, without 其中, names the parts."""
    anchor = group.anchor
    if anchor is None or not is_plain_level(anchor):
        return
    text = "".join(segment.text for segment in group.segments)
    if _MARKER.search(text) and "分别" not in text:
        return
    chain = [
        number
        for number in sentence.groups[group.parent].numbers
        if number.segment == anchor.segment and number.end <= group.start
    ]
    for whole in chain[-3:]:
        parts = [n for n in group.numbers if is_plain_level(n) and lists.can_be_part(n, whole)] if is_plain_level(whole) else []
        if len(parts) >= 2 and not re.search(r"去年|上年|同期|原|此前|最", text):
            judge_parts(whole, parts, sentence, ledger, exhaustive=not _OPEN_END.search(text), bracket=True)


def _unmarked(sentence: Sentence, ledger: Ledger) -> None:
    """A whole followed by parts whose words leave nothing out: 第一产业…，第二产业…，第三产业…"""
    numbers = [number for number in sentence.groups[0].numbers if is_plain_level(number)]
    for at, whole in enumerate(numbers[:40]):
        following = [number for number in numbers[at + 1 : at + 14] if lists.can_be_part(number, whole)]
        if whole.key in ledger.whole_of or (following and lists.strongest(whole, following[0], sentence) < 2):
            continue
        if len(following) < 2 or _MARKER.search(sentence.between(whole, following[0])):
            continue
        run = _complementary(following)
        if len(run) < 2 or whole in run or not _is_general(whole, run):
            continue
        if any((part.value or 0) > (whole.value or 0) for part in run[:1]):
            continue
        count = lists.closing_prefix(whole, following)
        if count:
            _closed(whole, following[:count], ledger, RULE)
        elif len(run) >= 2 and lists.exhausts(run) and _adjacent(whole, run[0], sentence):
            judge_parts(whole, run, sentence, ledger, exhaustive=True)


def _complementary(numbers: Sequence[Number]) -> list[Number]:
    """The longest beginning of a list whose labels are opposites."""
    for count in range(min(len(numbers), 6), 1, -1):
        if lists.exhausts(numbers[:count]):
            return list(numbers[:count])
    return []


def _is_general(whole: Number, parts: Sequence[Number]) -> bool:
    """Whether the whole is none of the opposites itself."""
    return not any(lists.exhausts([whole, part]) for part in parts)


def _adjacent(whole: Number, part: Number, sentence: Sentence) -> bool:
    return part.start - whole.end < 45 and part.group == whole.group


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
    if not parts or whole.value is None:
        return
    rule = RULE
    if len(parts) < 60:
        ledger.whole_of.update((part.key, whole) for part in parts)
    count = lists.closing_prefix(whole, parts)
    if count:
        _closed(whole, parts[:count], ledger, rule)
        return
    for other in reversed(others):
        if other is not whole and (count := lists.closing_prefix(other, parts)):
            _closed(other, parts[:count], ledger, rule)
            return
    run = lists.run_of(parts, sentence, whole)
    huge = next((at for at, part in enumerate(run) if at and (part.value or 0) > 2 * whole.value), len(run))
    run = run[:huge]
    text = sentence.text[max(0, run[0].start - 30 - sentence.start) : run[-1].end - sentence.start + 4]
    value, interval = lists.sum_of(run)
    if _NOT_PARTS.search(text) or (whole.projected != run[0].projected and not planned):
        ledger.unclear(rule, [whole, *run], f"{lists.chain(run, whole)}，总数{said(whole)}，各项可能交叉，未作判断")
        return
    if len(run) > 1 and not interval.meets(whole.interval) and (slip := _slip(whole, run)):
        report_slip(*slip[:3], ledger, slip[3])
        judge_parts(whole, parts, sentence, ledger, exhaustive=exhaustive, across=across, bracket=bracket, others=others)
        return
    if whole.interval.is_below(run[0].interval) and not _is_flow_slip(whole, run):
        _part_exceeds(whole, run[0], run, ledger, rule)
    elif len(run) > 1 and (
        whole.interval.is_below(interval) or (value > whole.value and lists.touches(interval, whole.interval))
    ):
        _sum_exceeds(whole, run, value, sentence, ledger, rule)
    elif len(run) > 1 and interval.is_below(whole.interval):
        if (exhaustive or lists.exhausts(run) or lists.covers_months(run, ledger.months)) and not planned:
            behind = sentence.text[run[-1].end - sentence.start : run[-1].end - sentence.start + 12]
            if re.match(r".{0,4}(?:其余|其他|其它|剩余|余下|等|还有)", behind) or (
                _OPEN_END.search(text) and not lists.exhausts(run)
            ):
                ledger.unclear(rule, [whole, *run], f"{lists.chain(run, whole)}，小于总数{said(whole)}，原文未列全")
                return
            _falls_short(whole, run, value, ledger, rule, sure=exhaustive or lists.exhausts(run) or bracket)
        elif _misses_by_one_digit(whole, value, run, text):
            _falls_short(whole, run, value, ledger, rule, sure=False)
        else:
            ledger.holds(rule, [whole, *run], f"{lists.chain(run, whole)}，未超过总数{said(whole)}（其中各项不必列全）")
    elif len(run) == 1:
        ledger.holds(rule, [whole, *run], f"{said(run[0])}未超过总数{said(whole)}")


def _misses_by_one_digit(whole: Number, value: Fraction, run: Sequence[Number], text: str) -> bool:
    """Nearly all of the whole is listed, and what is missing is one round step: more likely one wrong digit than a category."""
    if not whole.value or not whole.quantum or whole.hedge or len(run) < 2 or _OPEN_END.search(text) or lists.overlap(run):
        return False
    missing = (whole.value - value) / whole.quantum
    if (
        missing.denominator == 1
        and missing % 9 == 0
        and value * 10 >= whole.value * 8
        and _swapped(whole, run, whole.value - value)
    ):
        return True
    if missing.denominator != 1 or missing < 10 or value * 10 < whole.value * 8:
        return False
    return len(str(int(missing)).rstrip("0")) == 1


def _swapped(whole: Number, run: Sequence[Number], gap: Fraction) -> bool:
    """Whether two neighbouring digits of one number, changed about, close the gap."""
    for number in (whole, *run):
        digits = [c for c in number.printed if c.isdigit()]
        step = number.quantum
        for at in range(len(digits) - 1):
            difference = int(digits[at]) - int(digits[at + 1])
            if difference and abs(difference) * 9 * step * 10 ** (len(digits) - at - 2) == abs(gap):
                return True
    return False


def _is_flow_slip(whole: Number, run: Sequence[Number]) -> bool:
    """A first part far above its whole, alone, most likely belongs to something else."""
    return len(run) == 1 and (run[0].value or 0) > 20 * (whole.value or 0) and not units.is_counted(whole.dimension)


def _closed(whole: Number, parts: Sequence[Number], ledger: Ledger, rule: str) -> None:
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


def _slip(whole: Number, run: Sequence[Number]) -> tuple[Number, Fraction, list[Number], str] | None:
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
            slack = sum((n.quantum for n in (*run, whole)), Fraction(0)) / 2 + number.quantum * (slip if slip > 1 else 1)
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
    elif lists.overlap(run) or _each_share_holds(whole, run, sentence) or any(part.value == whole.value for part in run):
        ledger.unclear(rule, numbers, f"{line}；各项可能交叉统计，未作判断")
    else:
        hint = difference_hint(value - (whole.value or Fraction(0)), whole)
        ledger.fails(rule, Severity.ERROR, numbers, line, f"分项之和不能大于总数，请核对总数和各分项。{hint}")


def _each_share_holds(whole: Number, run: Sequence[Number], sentence: Sentence) -> bool:
    """Whether each part is said to be a share of the whole that it is: then the parts overlap, and nothing is wrong."""
    for part in run:
        shares = [
            n
            for n in sentence.numbers
            if part.end <= n.start < part.end + 12 and n.role is Role.SHARE and n.dimension == units.PERCENT and "占" in n.before
        ]
        if not shares or not (part.interval / whole.interval).times(100).meets(shares[0].interval):
            return False
    return True


def _falls_short(whole: Number, run: Sequence[Number], value: Fraction, ledger: Ledger, rule: str, *, sure: bool) -> None:
    gap = (whole.value or Fraction(0)) - value
    line = f"{lists.chain(run, whole)}，原文总数{said(whole)}，少{amount(gap, whole)}"
    hint = difference_hint(gap, whole)
    severity = Severity.ERROR if sure else Severity.DOUBTFUL
    proposal = f"所列各项看来已列全，请核对总数和各分项，或写明还有{amount(gap, whole)}属于哪一类。{hint}"
    ledger.fails(rule, severity, [whole, *run], line, proposal)


def _judge_changes(whole: Number, parts: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """Where the levels of the parts make up the level of the whole, their changes make up its change."""
    count = lists.closing_prefix(whole, parts)
    if not count:
        return
    chosen = parts[:count]
    found = {id(record.level): record for record in records_of(sentence)} | _records_before(whole, sentence, ledger)
    record = found.get(id(whole))
    if record is None or len(record.changes) != 1:
        return
    total_change = record.changes[0]
    changes: list[Number] = []
    for part in chosen:
        own = found.get(id(part))
        if own is None or len(own.changes) != 1 or own.changes[0].dimension != total_change.dimension:
            return
        if own.changes[0].base and total_change.base and own.changes[0].base != total_change.base:
            return
        changes.append(own.changes[0])
    value = sum((_signed(change) for change in changes), Fraction(0))
    slack = sum((change.quantum for change in (*changes, total_change)), Fraction(0)) / 2
    wanted = _signed(total_change)
    shown = "+".join(said(change) if change.sign >= 0 else f"（-{said(change)}）" for change in changes)
    line = f"各分项增减相加：{shown}={amount(value, total_change)}"
    numbers = [total_change, *changes, whole, *chosen]
    if any(change.hedge for change in (*changes, total_change)):
        return
    if abs(value - wanted) <= slack:
        if value == wanted:
            ledger.holds(RULE, numbers, f"{line}，与总增减{said(total_change)}相符")
        else:
            ledger.rounds(RULE, numbers, f"{line}，总数为{said(total_change)}，在四舍五入范围内")
        return
    line += (
        f"，原文总的{'增量' if wanted >= 0 else '减量'}为{said(total_change)}，相差{amount(abs(value - wanted), total_change)}"
    )
    proposal = "分项之和等于总数，分项的增减之和也应等于总增减；请核对各项增减数和总增减数。"
    ledger.fails(RULE, Severity.ERROR, numbers, line, proposal)


def _records_before(whole: Number, sentence: Sentence, ledger: Ledger) -> dict[int, Record]:
    """The statements of the sentence that holds the whole, where that is an earlier one."""
    if whole.sentence == sentence.index:
        return {}
    paragraph = ledger.paragraphs.get(sentence.block)
    if paragraph is None:
        return {}
    for other in paragraph.sentences:
        if other.index == whole.sentence:
            return {id(record.level): record for record in records_of(other)}
    return {}


def _signed(change: Number) -> Fraction:
    return (change.value or Fraction(0)) * (change.sign or 1)
