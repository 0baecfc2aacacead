"""Parts against the whole: 其中, 包括, 分别为, brackets, and classifications that name everything.

A list behind 其中 need not be exhaustive: it is judged where it exceeds the whole, and where its words leave nothing out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Group, Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.changes import judge_changes, judge_growing
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph
from anmin.ground.reports.checking.relations.misprints import is_misprint, weight_of_equation
from anmin.ground.reports.checking.relations.naming import best_named
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.relations.wholes import OPEN_END, SURE, closed, judge_parts
from anmin.ground.reports.checking.vocabulary import Role

RULE = "parts_and_whole"
_MARKER = re.compile(
    r"其中|包括|(?<=，)含(?=[^，。；、\d税]{2,12}[\d.]+[^，。；、\d]{1,4}、[^，。；、\d]{1,12}\d)|(?<=[，：])分别[为是]|(?<!累计)(?<!总数)分别(?!达到?|增[至加]|[升降]至|提高)(?=[^，。；]{0,12}\d)|具体为|(?<=，)由(?=[^。；]{4,160}(?:组成|构成))|(?<!部)分(?:为|成(?!\d))(?!立)|"
    r"(?:(?<=[，；：。—])|^)(?P<view>(?:[\u4e00-\u9fff]{2,8}?(?=按))?(?:分|按|从)[^，。；：、\d]{1,10}?(?:看|来看|分|划分|分类|统计|说))(?=[，：])|"
    r"(?<=[个家所户名人件项起座处条元吨亩里米次例对辆）市县区村镇业])中，(?=[^，。；\d]{0,10}\d)|"
    r"(?:(?<=[，；：。])|^)(?P<of>[\u4e00-\u9fff]{2,16}?)中[，：]"
)


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
            _behind_colon(sentence, ledger)
            _out_of(sentence, ledger)
            judge_growing(sentence, ledger)
            if sentence.numbers:
                previous = sentence
        told = [n for sentence in paragraph.sentences for n in sentence.numbers if is_plain_level(n)]
        ledger.last_levels = (ledger.last_levels + told)[-40:]
        if told and not paragraph.normal.text.startswith("—"):
            ledger.topics = told[:6]


Counted = tuple[Number, Sequence[Number], Sequence[Number]]
"""A whole, its parts, the other numbers that could be the whole."""


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
            again = 0 <= mark >= place - sentence.start - 2
            _wholes(before, behind, sentence, ledger, across=across, marker=marker, again=again)


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
    before: Sequence[Number],
    behind: Sequence[Number],
    sentence: Sentence,
    ledger: Ledger,
    *,
    across: bool,
    marker: str,
    again: bool = False,
) -> None:
    """For each dimension among the parts, the nearest number before that can be their whole."""
    tried: set[tuple[str, str]] = set()
    found: list[Counted] = []
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
        if marker.startswith("分别") and sentence.runs:
            # 分别进出口27.9亿美元、26.4亿美元……；分别进口4.1亿美元、7.3亿美元……: each is of the one in its place.
            respective = {n.key for run in sentence.runs for n in run}
            candidates = [n for n in candidates if n.key not in respective]
        if not candidates:
            continue
        # What is only a ceiling (控制在4.5亿立方米以内) has no parts where something else is there.
        candidates = [n for n in candidates if n.hedge not in ("以内", "之内", "以下")] or candidates
        if across and _are_of_several(behind, candidates):
            continue
        if again:
            candidates = _not_divided_before(candidates, behind, ledger)
        meant = _meant(candidates, behind, sentence)
        whole = meant or _nearest(candidates, across=across)
        if whole.interval.is_below(first.interval) and ledger.is_part_of(whole, candidates):
            # 滞留1860万元，分别为940万元、580万元、340万元，其中一年以上的720万元.
            whole = next(n for n in candidates if ledger.is_part_of(whole, [n]))
        elif again and whole.interval.is_below(first.interval):
            # 参保41.26万人，未参保0.71万人；其中资助困难人员2.18万人.
            whole = next((n for n in reversed(candidates) if not n.interval.is_below(first.interval)), whole)
        # 受理764件，结案623件。其中民事642件，结案527件: what bears the name of another whole is a part of that one.
        taken = {n.before for n in before if n is not whole and is_plain_level(n) and n.before}
        summed = re.search(r"共|合计|总计", whole.before) and whole.value == max(n.value or 0 for n in candidates)
        if across and len(candidates) > 2 and whole is not candidates[0] and not (summed or meant):
            all_parts = [number for number in behind if is_plain_level(number) and lists.can_be_part(number, whole)]
            if not any(lists.closing_prefix(other, all_parts) for other in candidates):
                continue
        told = [
            number
            for number in behind
            if is_plain_level(number) and lists.can_be_part(number, whole) and (number is first or number.before not in taken)
        ]
        found.append((whole, told, candidates))
    for whole, listed, others in found:
        if marker.startswith("分别") and any(whole.interval.is_below(n.interval) for n in listed):
            # 创建18家、26个，累计分别达到73家和142个: what is larger is no part, and is told of something else.
            continue
        complete = (_says_all(marker) and not (across and "分别" in marker)) or _closes_in_another(listed, found)
        judge_parts(whole, listed, sentence, ledger, exhaustive=complete, across=across, others=others)
        judge_changes(whole, listed, sentence, ledger)


def _not_divided_before(candidates: list[Number], behind: Sequence[Number], ledger: Ledger) -> list[Number]:
    """其中普通程序256件、简易程序486件；其中市容类312件……: what was divided above is divided again, and not its last part."""
    parts = [n for n in behind if is_plain_level(n) and lists.can_be_part(n, candidates[-1])]
    above = [n for n in candidates if not ledger.is_part_of(n, candidates)]
    return candidates if lists.closing_prefix(candidates[-1], parts) else above


def _are_of_several(behind: Sequence[Number], candidates: Sequence[Number]) -> bool:
    """退回36件，重报35件。其中一次退回30件，一次重报28件: each bears the name of another of those before it."""
    parts = [n for n in behind if is_plain_level(n) and lists.can_be_part(n, candidates[0])][:8]
    names = {lists.label_of(n).removeprefix("共") for n in candidates}
    of = {
        name for n in parts for name in names if len(name) > 1 and lists.label_of(n) != name and lists.label_of(n).endswith(name)
    }
    return len(of) > 1


def _meant(candidates: Sequence[Number], behind: Sequence[Number], sentence: Sentence) -> Number | None:
    """Of several numbers that could be the whole, the one that the list makes up but for one digit, if none is made up fully."""
    if len({n.value for n in candidates}) < 2:
        return None
    parts = [n for n in behind if is_plain_level(n) and lists.can_be_part(n, candidates[0])]
    if any(lists.closing_prefix(n, parts) for n in candidates):
        return None
    run = lists.run_of(parts, sentence)
    meant = [n for n in candidates if len(run) >= 2 and (is_misprint(n, lists.sum_of(run)[0]) or _are_near(n, run))]
    return meant[-1] if len({n.value for n in meant}) == 1 else None


def _are_near(whole: Number, run: Sequence[Number]) -> bool:
    """Whether one slip of the finger in any of them would make a list its whole, and hardly by chance."""
    return weight_of_equation([(whole, -1), *((part, 1) for part in run)], rounded=True)[0] >= SURE


def _closes_in_another(parts: Sequence[Number], found: Sequence[Counted]) -> bool:
    """小学71所43518人、初中33所20965人 …: a list that leaves out no pupil leaves out no school."""
    return any(
        other is not parts and len(other) == len(parts) >= 3 and lists.closing_prefix(whole, other) == len(other)
        for whole, other, _ in found
    )


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
    named_so: list[Number] = []
    earlier = [n for other in paragraph.sentences if other.index < sentence.index for n in other.numbers if n.group == 0][-40:]
    pool = [n for n in (*earlier, *before) if is_plain_level(n) and lists.can_be_part(first, n)]
    whole = None
    if word["of"]:
        name = re.sub(r"^(?:在|全[市县区省]|其)+", "", word["of"])
        pool += [n for other in paragraph.sentences if other.index < sentence.index for n in other.numbers if n.group]
        if not any(n.before.endswith(name) for n in pool):
            # 法人单位中 may speak of what the paragraph before told.
            pool += [n for n in ledger.last_levels if lists.can_be_part(first, n)]
        named_so = [n for n in pool if n.before.endswith(name) and is_plain_level(n) and lists.can_be_part(first, n)]
        whole = named_so[-1] if named_so else best_named(name, pool)
    else:
        classified = [ledger.whole_of[n.key] for n in reversed(pool) if n.key in ledger.whole_of]
        whole = next((n for n in classified if lists.can_be_part(first, n)), None)
        if whole is None and pool:
            whole = _meant(pool, behind, sentence) or max(pool, key=lambda n: n.value or 0)
        run = lists.run_of([n for n in behind if lists.can_be_part(n, first)], sentence)
        value, interval = lists.sum_of(run)
        if whole is None:
            # 分货类看 at the beginning of a paragraph may be of what the paragraph before told.
            told = [
                n for n in reversed(ledger.last_levels) if lists.can_be_part(first, n) and len(re.sub(r"\D", "", n.printed)) > 3
            ]
            whole = next((n for n in told if lists.closes(n, value, interval) or is_misprint(n, value)), None)
            whole = whole or next((n for n in told if len(run) > 1 and _are_near(n, run)), None)
    if whole is None and not word["of"]:
        # ——从场所看，住宅219起……其他45起: of what the paragraph before began with, where nothing is left out.
        topic = next((n for n in ledger.topics if lists.can_be_part(first, n)), None)
        if topic is not None and len(run) > 2 and lists.is_rest(run[-1]):
            whole = topic if (topic.value or 0) * 9 <= value * 10 <= (topic.value or 0) * 11 else None
    if whole is not None:
        parts = [n for n in behind if is_plain_level(n) and lists.can_be_part(n, whole)]
        value, _ = lists.sum_of(lists.run_of(parts, sentence, whole))
        # What is looked at from another side may be another thing altogether: only a sum of like size speaks of it.
        run = lists.run_of(parts, sentence, whole)
        near = weight_of_equation([(whole, -1), *((part, 1) for part in run)])[0] >= 2 if len(run) > 1 else False
        alike = whole.value and whole.value * 7 <= value * 10 <= whole.value * 13
        if whole.value and not alike and not near and not lists.closing_prefix(whole, parts):
            return
        # What is called by its name is no other number that happens to be of the sum's size.
        # 按规模分 names every size; 从行业看 may name a few.
        full = (
            bool(word["view"]) and word["view"].endswith(("分", "划分")) and len(run) > 2 and not OPEN_END.search(sentence.text)
        )
        judge_parts(whole, parts, sentence, ledger, exhaustive=full, others=() if named_so else pool[-12:])
        judge_changes(whole, parts, sentence, ledger)


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
            judge_parts(whole, parts, sentence, ledger, exhaustive=not OPEN_END.search(text), bracket=True)


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
        value = lists.sum_of(run)[0]
        if not (whole.value or 0) * 6 <= value * 10 <= (whole.value or 0) * 16 or _is_account(numbers[:at], numbers[at:]):
            continue
        count = lists.closing_prefix(whole, following)
        if any(lists.closing_prefix(n, [whole, *following], 3) for n in numbers[:at] if lists.can_be_part(whole, n)):
            # 项目286个，前期142个，在建98个，竣工46个: the first of the list is no whole of the others.
            continue
        if count:
            closed(whole, following[:count], ledger, RULE)
        elif len(run) >= 2 and lists.exhausts(run) and _adjacent(whole, run[0], sentence):
            judge_parts(whole, run, sentence, ledger, exhaustive=True)


def _is_account(before: Sequence[Number], behind: Sequence[Number]) -> bool:
    """上年结转126件，新收1842件，已结1796件，未结172件: what was carried over is part of what was done and what remains."""
    alike = [n for n in before if n.dimension == behind[0].dimension]
    return any(re.search("结转|旧存|上年|去年", n.before) for n in alike[-2:])


def _behind_colon(sentence: Sentence, ledger: Ledger) -> None:
    """珍贵文物3127件（套）：一级86件、二级412件、三级2629件: three items or more behind a colon are all there is."""
    levels = [n for n in sentence.groups[0].numbers if is_plain_level(n)]
    for at, whole in enumerate(levels[:40]):
        behind = sentence.text[whole.end - sentence.start :][:8]
        if not re.match(r"(?:（[^）]{1,3}）)?(?:，[\u4e00-\u9fff]{2,4})?：", behind) or whole.key in ledger.failed:
            continue
        run = lists.run_of([n for n in levels[at + 1 : at + 20] if lists.can_be_part(n, whole)], sentence, whole)
        value = lists.sum_of(run)[0]
        told = any(ledger.whole_of.get(part.key) is whole for part in run) or not whole.value
        alike = (whole.value or 0) * 8 <= value * 10 <= (whole.value or 0) * 12
        if len(run) > 2 and not told and (alike or lists.is_nearly(whole, run)):
            judge_parts(whole, run, sentence, ledger, exhaustive=not OPEN_END.search(sentence.text))


_OUT_OF = re.compile(r"[\u4e00-\u9fff]{1,10}中，")


def _out_of(sentence: Sentence, ledger: Ledger) -> None:
    """148个问题中，立行立改的96个、分阶段整改的38个、持续整改的24个."""
    levels = [n for n in sentence.groups[0].numbers if is_plain_level(n)]
    for at, whole in enumerate(levels[:40]):
        told = _OUT_OF.match(sentence.text, whole.end - sentence.start)
        if told is None or whole.key in ledger.failed:
            continue
        run = lists.run_of([n for n in levels[at + 1 : at + 20] if lists.can_be_part(n, whole)], sentence, whole)
        free = run and not any(part.key in ledger.whole_of for part in run)
        if free and run[0].start - sentence.start - told.end() < 16 and len(run) > 1:
            judge_parts(whole, run, sentence, ledger)


def _complementary(numbers: Sequence[Number]) -> list[Number]:
    """The longest beginning of a list whose labels are opposites."""
    for count in range(min(len(numbers), 6), 1, -1):
        if lists.exhausts(numbers[:count]):
            return list(numbers[:count])
    return []


def _is_general(whole: Number, parts: Sequence[Number]) -> bool:
    """Whether the whole is none of the opposites itself."""
    # 第二产业…；第三产业…；第一产业…: one of the row is not the whole of the others.
    row = re.match("第[一二三]", lists.label_of(whole)) and re.match("第[一二三]", lists.label_of(parts[0]))
    both = "进出口" in lists.label_of(whole)
    return not row and (both or not any(lists.exhausts([whole, part]) for part in parts))


def _adjacent(whole: Number, part: Number, sentence: Sentence) -> bool:
    return part.start - whole.end < 45 and part.group == whole.group
