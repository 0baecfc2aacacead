"""Lists that no total has claimed: 新建612宗、改扩建384宗、翻建152宗, when 批准1138宗 was told two sentences before.

Tried last. Nothing announces such a list, so it is weighed: what its place and its labels speak for its being all there is of
a whole (it follows at once, it ends with 其他, its labels end alike), and how unlikely it is by chance that one misprint makes
it close. A list may stand in one sentence or be told a sentence each. Any reading that closes is believed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import chinese
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import classes, lists
from anmin.ground.reports.checking.relations.directions import direction_of
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, weight_of_equation
from anmin.ground.reports.checking.relations.naming import core_of
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.relations.wholes import OPEN_END, OVERLAPPING
from anmin.ground.reports.checking.vocabulary import Kind, Severity, State

RULE = "parts_and_whole"
_SUMS = frozenset({RULE, "list_total", "subtotal", "stock_and_flow"})
_BEFORE, _BEHIND = 40, 6
_ITEMS_AT_LEAST, _ITEMS_AT_MOST = 3, 20
_ENOUGH = 2.0
# What comes in, goes out and is left over is no list of like things.
_ACCOUNT = re.compile(r"收入.*支出|支出.*收入|结余|余额|年初|期初|年末|期末|上年|去年|新增|减少|受理.*(?:审结|办结|结案)|累计")
_DONE = re.compile("审结|办结")
_GOES_ON = re.compile(
    r"^.{0,8}(?:其余|其他|其它|剩余|余下|等|还有|以及|居前|略|(?:合计|共计?|总共)占)|^，[两三四五六七八][^，。；\d]{0,4}占"
)
# Between sentences 主要 is said of what an item is, not of which items there are.
_OPEN = re.compile(r"(?<![高中])等(?![级待候距])|如|例如|特别是|尤其|居前|包括")
_BY_KIND = re.compile(r"(?:[按从分][^，。；：\d]{1,10}?(?:看|来看|分|划分|统计)|其中)[，：:]?[^，。；\d]{0,10}$")
_SUMMED = re.compile(r"共|合计|总计|总数|总量|总额|全[市县区省镇乡州院校局]")
_TOTAL = re.compile(r"合计|总计|共(?!同|享|建|有)|总数|总量|总额|累计")
_PARTED = re.compile(r"其中|包括")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every list that stands in no sum yet is held against the numbers around it."""
    claimed = {
        key for told in ledger.relations if told.rule in _SUMS and told.state is not State.CANNOT_TELL for key in told.numbers
    }
    parts = {
        key for told in ledger.relations if told.rule in _SUMS and told.state is not State.CANNOT_TELL for key in told.numbers[1:]
    }
    levels: list[Number] = []
    found: list[tuple[list[Number], Number | None, Sentence, int]] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            here = [number for number in sentence.numbers if is_plain_level(number)]
            if not paragraph.forecast and not sentence.cut and len(here) > 1:
                for dimension in dict.fromkeys(number.dimension for number in here):
                    runs = _runs([n for n in here if n.dimension == dimension], sentence, claimed, reading.months)
                    found += [(run, only, sentence, len(levels) + here.index(run[0])) for run, only in runs]
            levels += here
    items = {number.key for run, only, _, _ in found if only is None for number in run}
    for run, only, sentence, at in found:
        around = [n for n in levels[max(0, at - _BEFORE) : at + len(run) + _BEHIND] if n not in run]
        if only is None:
            _judge(run, sentence, around, items, ledger)
        elif not any(lists.closes(n, *lists.sum_of([only, *run])) for n in around if lists.can_be_part(only, n)):
            _judge(run, sentence, [only], set(), ledger)
    parts -= ledger.open_parts
    for paragraph in reading.paragraphs:
        if not paragraph.forecast and not paragraph.heading:
            _judge_apart([(n, s) for s in paragraph.sentences[:60] for n in _mains(s)], parts, ledger)
    for stanza in _stanzas(reading.paragraphs):
        _judge_apart(stanza, parts, ledger)


def _runs(
    levels: Sequence[Number], sentence: Sentence, claimed: set[str], months: int
) -> Iterator[tuple[list[Number], Number | None]]:
    """Numbers of one unit one after the other, no mark between two of them stronger than that between the first two.

    Two will do where they leave nothing out. Of a list whose first number is near the sum of the others that is the whole.
    """
    at = 0
    while at < len(levels):
        run, strength = [levels[at]], 2
        for number in levels[at + 1 : at + _ITEMS_AT_MOST]:
            mark = lists.strongest(run[-1], number, sentence)
            rest = mark == 2 and lists.is_rest(number)
            if not lists.can_be_part(number, run[0]) or number.group != run[0].group or (mark > strength and not rest):
                break
            strength = max(mark, 1) if len(run) == 1 else strength
            run.append(number)
        at += len(run)
        enough = len(run) >= _ITEMS_AT_LEAST or lists.covers_months(run, months) or (len(run) == 2 and lists.exhausts(run))
        if enough and not any(number.hedge or number.key in claimed for number in run):
            # 收到申请426件，受理378件，不予受理31件，其他处理17件: the first of them may be the whole of the others.
            parts = lists.run_of(run[1:], sentence, run[0])
            first = run[:-1]
            if len(parts) >= 2 and (_is_near(run[0], lists.sum_of(parts)[0]) or lists.is_nearly(run[0], parts)):
                yield parts, run[0]
                if len(parts) < _ITEMS_AT_LEAST or not lists.closes(run[0], *lists.sum_of(parts)):
                    yield run, None
            elif (len(first) >= _ITEMS_AT_LEAST or lists.exhausts(first)) and _is_near(run[-1], lists.sum_of(first)[0]):
                yield first, None
            else:
                yield run, None


def _judge(run: Sequence[Number], sentence: Sentence, around: Sequence[Number], items: set[str], ledger: Ledger) -> None:
    labels = "".join(lists.label_of(number) for number in run)
    behind = sentence.text[run[-1].end - sentence.start :]
    lead = _lead(run[0], sentence)
    text = lead + labels + behind[:20]
    if _ACCOUNT.search(labels) or (_DONE.search(labels) and _tail(run) < 2) or OVERLAPPING.search(text):
        return
    if not lists.is_rest(run[-1]) and (_GOES_ON.match(behind) or OPEN_END.search(text)):
        return
    if "依次" in lead or lists.is_rated_in_part(run, sentence) or any(n.per for n in run):
        return
    by_kind = bool(_BY_KIND.search(lead))
    wholes = [n for n in around if lists.can_be_part(run[0], n) or (by_kind and lists.are_things(run[0], n))]
    if any(lists.can_be_part(run[0], n) and lists.sum_of(run)[0] < (n.value or 0) for n in wholes):
        wholes = [n for n in wholes if lists.can_be_part(run[0], n)]  # of what is counted alike
    value, interval = lists.sum_of(run)
    if lists.overlap(run) or any(lists.closes(whole, value, interval) for whole in wholes):
        return
    if any(_TIMED.search(lists.label_of(n)) for n in run) and not lists.covers_months(run, ledger.months):
        return  # 总投资6.2亿元，当年完成1.8亿元，累计完成4.7亿元
    near = [
        n
        for n in wholes
        if n.value and not n.hedge and (_is_near(n, value) or _is_slip(n, run, around))
        if _may_be_whole(n, run, lead, ledger)
    ]
    if any(lists.goes_on_to(n, run, around) for n in near) or _MAIN_KINDS.search(lead):
        return
    scored = [
        (_score(n, run, ledger, leads=_leads(n, run, around) and n.key not in items, ends=behind[:1] in "。；，）"), n)
        for n in near
    ]
    if not scored:
        return
    best = max(score for score, _ in scored)
    meant = [n for score, n in scored if score > best - 0.3]
    if best - log10(len(near)) / 2 < _ENOUGH or len({n.value for n in meant}) != 1:
        return
    whole = next((n for n in meant if lists.can_be_part(run[0], n)), meant[0])
    _tell(whole, run, ledger)


_LEVEL = re.compile(r"^(?:安排|争取|下达|其中|投入|到位)*(?:中央|国家|省|市|县|区|乡|镇|村)")
_TIMED = re.compile(r"累计|当年|本年|当月|当季|年内|本期")
_MAIN_KINDS = re.compile(r"(?:[两二三四五六七八九十]大(?!类)|主要)[\u4e00-\u9fff]{1,10}[：，]?[\u4e00-\u9fff]{0,6}$")


_NAMED = re.compile(r"(?:(?<=[，。；：])|^)([\u4e00-\u9fff]{2,8}?)中[，：]?[\u4e00-\u9fff]{0,8}$")
_KINDS = re.compile(r"(?P<n>\d{1,2}|[两二三四五六七八九十])(?:大?[种类项]|个[品种类]{1,2})[\u4e00-\u9fff]{0,6}$")


def _may_be_whole(whole: Number, run: Sequence[Number], lead: str, ledger: Ledger) -> bool:
    """Not one of a row itself (医院986人次), nor where the list is of another (商品类中) or of fewer kinds (5种872例)."""
    paragraph = ledger.paragraphs.get(whole.place.block)
    text = paragraph.normal.text if paragraph else ""
    if any(lists.label_of(n) == lists.label_of(whole) for n in run) or re.match("[，（]占", text[whole.end : whole.end + 2]):
        return False
    if whole.place.block == run[0].place.block and re.fullmatch("、[^，。；、：]*", text[whole.end : run[0].start]):
        return False  # 一般公共服务612万元、文化1248万元、社保112万元: one of the row itself
    if _LEVEL.match(lists.label_of(whole)) and all(_LEVEL.match(lists.label_of(n)) for n in run):
        return False  # 中央资金2400万元、省级资金1800万元、县级配套800万元
    named, kinds = _NAMED.search(lead), _KINDS.search(text[max(0, whole.start - 12) : whole.start])
    of = re.sub(r"^[\d一二三四五六七八九十]*大?类|^其$", "", named[1]) if named else ""
    if of and not re.search(rf"(?<!非){of[:2]}", whole.before):
        return False
    return not kinds or (int(kinds["n"]) if kinds["n"].isdigit() else chinese.value_of(kinds["n"])) == len(run)


def _lead(first: Number, sentence: Sentence) -> str:
    return sentence.text[max(0, first.start - sentence.start - 30) : first.start - sentence.start]


def _tell(whole: Number, run: Sequence[Number], ledger: Ledger) -> None:
    value, _ = lists.sum_of(run)
    line = f"{lists.chain(run, whole)}，文中有{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
    proposal = f"这几项看来是{said(whole)}的全部分项，请核对总数和各分项。"
    weight, _ = weight_of_equation([(whole, -1), *((part, 1) for part in run)])
    sure = weight >= (1.4 if _names_all(run, ledger) else 2.3)
    ledger.fails(RULE, Severity.ERROR if sure else Severity.DOUBTFUL, [whole, *run], line, proposal)


def _names_all(run: Sequence[Number], ledger: Ledger) -> bool:
    labels = [lists.label_of(n) for n in run]
    return lists.is_rest(run[-1]) or lists.exhausts(run) or classes.are_steps(labels) or lists.covers_months(run, ledger.months)


def _is_near(whole: Number, value: Fraction) -> bool:
    return (whole.value or 0) * 8 <= value * 10 <= (whole.value or 0) * 12


def _is_slip(whole: Number, run: Sequence[Number], around: Sequence[Number]) -> bool:
    """Whether one misprint, of a first digit it may be, makes a list close the whole that it follows at once."""
    told = [(whole, -1), *((part, 1) for part in run)]
    return len(run) >= _ITEMS_AT_LEAST and _leads(whole, run, around) and weight_of_equation(told)[0] >= 1.4


def _leads(whole: Number, run: Sequence[Number], around: Sequence[Number]) -> bool:
    """Whether the list follows its whole at once, nothing else of its unit standing between."""
    between = [n for n in around if n.dimension == whole.dimension and _order(whole) < _order(n) < _order(run[0])]
    near = whole.place.block == run[0].place.block and 0 <= run[0].sentence - whole.sentence <= 1
    return near and not between and whole.start < run[0].start and not run[0].group and not whole.group


def _order(number: Number) -> tuple[int, int]:
    return number.place.block, number.start


def _score(whole: Number, run: Sequence[Number], ledger: Ledger, *, leads: bool, ends: bool) -> float:
    """What speaks for a list being all there is of a whole."""
    weight, misprinted = weight_of_equation([(whole, -1), *((part, 1) for part in run)])
    if misprinted is not None and len(re.sub(r"\D", "", misprinted.printed)) < 3:
        # Of two digits too many are near another, though not changed about in what follows its whole at once.
        beside = leads and ends and whole.sentence == run[0].sentence
        weight = min(weight, 1.3 if beside else 0.7)
    labels = [lists.label_of(n) for n in run]
    value = lists.sum_of(run)[0]
    keys = {whole.key, *(n.key for n in run)}
    weighed = any(set(told.numbers) == keys for told in ledger.relations if told.rule == RULE)
    if weight < _ENOUGH - 0.5 and weighed:
        return 0.0
    if not weight and not leads and not (_SUMMED.search(whole.before) and whole.start > run[-1].start):
        return 0.0
    if len(run) >= _ITEMS_AT_LEAST and is_misprint(whole, value):
        # Of a rounded whole (1.37万) and exact parts less is said by it.
        weight += 0.9 if whole.quantum <= run[0].quantum else 0.3
    rest = lists.is_rest(run[-1])
    score = weight + 0.9 * leads + 0.3 * ends + 1.2 * _names_all(run, ledger)
    score += 0.6 * (not rest and "其他" in labels[-1]) + 0.3 * min(len(run) - 2, 2) + _likeness(whole, run, sure=weight > 0)
    summed = bool(_SUMMED.search(whole.before))
    score += (
        0.2 * summed
        - 0.4 * (not summed and _order(whole) > _order(run[0]))
        - 0.4 * (whole.sentence != run[0].sentence and not leads)
    )
    # What exceeds the whole is no list of some of it; what falls far short may well be.
    full = value / (whole.value or 1)
    score += 0.5 * leads if full > 1 else 0.3 * leads if full > Fraction(95, 100) else 0.0 if full > Fraction(9, 10) else -0.5
    score -= 0.8 * (weight < 1.4 and full < Fraction(17, 20) and not rest)
    moved = sum(bool(direction_of(n)) for n in run)
    if moved * 2 >= len(run) and {direction_of(n) for n in (whole, *run)} >= {1, -1}:
        # 招聘214人，退休186人，调出39人，调入25人: an account, and no list.
        return 0.0
    score -= (0.3 if weight else 1.0) * (moved * 2 >= len(run) and not rest) + 0.8 * any(
        len(label) > 14 or len(label) < 2 for label in labels
    )
    return score


def _likeness(whole: Number, run: Sequence[Number], *, sure: bool) -> float:
    """What it speaks for that all items end alike (县道、乡道), and as their whole (产业项目完成投资, of 完成投资).

    A whole that has more words than their common end is one of a row: 产业项目完成投资 is no whole of 民生项目完成投资.
    """
    core = core_of(lists.label_of(whole))
    core = core[2:] if core[:2] in lists.VERBS else core
    most = max(len(lists.label_of(n)) for n in run)
    shared = _tail([*run, whole])
    if shared >= 2 and len(core) <= shared + 1:
        return 0.6
    if shared and (shared > 3 or len(core) <= most):
        return -1.0 * (not sure)
    return 0.2 * min(_tail(run), 2)


def _tail(numbers: Sequence[Number]) -> int:
    """How many characters the labels have in common at their end."""
    bare = [re.sub(r"[了共约为达到的]+$", "", core_of(lists.label_of(n)))[::-1] for n in numbers]
    return next((at for at, each in enumerate(zip(*bare, strict=False)) if len(set(each)) > 1), min(map(len, bare)))


_NUMBERED = re.compile(r"^(?:第?[一二三四]季度|（[一二三四五六七八九十]）|\d{1,2}[.．、]|——|[一二三四五六七八九十]是|[①-⑳])")
Told = tuple[Number, Sentence]


def _stanzas(paragraphs: Sequence[ReadParagraph]) -> Iterator[list[Told]]:
    """What a paragraph begins with, and what each of the numbered paragraphs behind it does: （一）社会团体486家……"""
    at = 0
    while at < len(paragraphs):
        size = 1
        while at + size < len(paragraphs) and _NUMBERED.match(paragraphs[at + size].normal.text):
            size += 1
        stanza = paragraphs[at : at + size]
        firsts = [[(n, s) for s in each.sentences[:3] for n in _mains(s)] for each in stanza[: _ITEMS_AT_MOST + 1]]
        if size > _ITEMS_AT_LEAST and not stanza[0].forecast:
            for dimension in dict.fromkeys(n.dimension for n, _ in firsts[0][:6]):
                told = [next(((n, s) for n, s in each if n.dimension == dimension), None) for each in firsts]
                yield [each for each in told if each is not None] if all(told) else []
        at += size


def _judge_apart(told: Sequence[Told], claimed: set[str], ledger: Ledger) -> None:
    """小学98所。初中32所，普通高中10所: items that are told over sentences, of what was told before them."""
    mains: dict[tuple[str, str], list[Told]] = {}
    for number, sentence in told:
        mains.setdefault((number.dimension, number.per), []).append((number, sentence))
    for alike in mains.values():
        at = 0
        while at < len(alike) - 2:
            before = [number for number, _ in alike[max(0, at - _BEHIND) : at]]
            at += _judge_from(alike[at : at + _ITEMS_AT_MOST], before, claimed, ledger) or 1
        for at in range(_ITEMS_AT_LEAST, len(alike)):
            if _TOTAL.search(alike[at][0].before) and alike[at][0].key not in ledger.failed:
                # 一季度86起。二季度92起。三季度78起。……全年共340起: what sums up may be told last.
                _judge_from(alike[max(0, at - _ITEMS_AT_MOST) : at + 1][::-1], [n for n, _ in alike[at + 1 :]], claimed, ledger)


def _mains(sentence: Sentence) -> Iterator[Number]:
    """The levels of a sentence that are no parts of those told before them in it."""
    until = -1
    for number in sentence.groups[0].numbers[:40]:
        if not is_plain_level(number) or number.kind is not Kind.MEASURE or len(number.before.strip("、，")) < 2:
            continue
        if number.after.startswith("的"):
            continue
        place = number.start - sentence.start
        mark = max((match.end() for match in _PARTED.finditer(sentence.text, 0, place)), default=-1)
        if mark >= 0 and mark > until and number.segment and "；" not in sentence.text[mark:place]:
            if sentence.text[:mark].strip("其中包括，：") == "":
                yield number
            continue
        yield number


def _is_one_of_a_row(told: Sequence[Told], items: Sequence[Number]) -> bool:
    """按期回复2424件、逾期回复71件。求决类1878件……: what stands side by side with another is no whole of what comes behind."""
    whole, sentence = told[0]
    beside = [n for n in sentence.numbers if n is not whole and n.dimension == whole.dimension and n.group == whole.group]
    pairs = [(n, whole) if n.start < whole.start else (whole, n) for n in beside]
    return any(right.start - left.end < 24 and lists.strongest(left, right, sentence) == 1 for left, right in pairs) or (
        bool(_tail([*items, whole])) and _tail(items) == _tail([*items, whole]) and not _SUMMED.search(whole.before)
    )


def _judge_from(told: Sequence[tuple[Number, Sentence]], before: Sequence[Number], claimed: set[str], ledger: Ledger) -> int:
    """The first is held against those behind it; how many of them it has settled."""
    whole = told[0][0]
    value, items, ends = Fraction(0), list[Number](), list[int]()
    for number, _ in told[1:]:
        value += number.value or 0
        if not lists.can_be_part(number, whole) or value > (whole.value or 0) * 3 or number.hedge:
            break
        if items and (_TOTAL.search(number.before) or re.search("全[市县区省镇乡州院校局]", number.before)):
            break
        items.append(number)
        interval = lists.sum_of(items)[1]
        if len(items) >= 2 and lists.closes(whole, value, interval):
            return len(items) + 1
        ends.append(len(items))
    if len(items) < 2 or whole.hedge or (items[-1].place.block, items[-1].sentence) == (whole.place.block, whole.sentence):
        return 0
    if _is_one_of_a_row(told, items):
        return 0
    size = next((n for n in ends if n > 1 and lists.is_rest(items[n - 1])), len(items))
    run = items[:size]
    labels = "".join(lists.label_of(n) for n in run)
    # What is said of the items; of the last only up to its clause's end.
    last = told[size][1]
    behind = last.text[run[-1].end - last.start :]
    text = "".join(dict.fromkeys(s.text for n, s in told[:size] if s is not last))
    text += last.text[: run[-1].end - last.start] + re.split("[，。；]", behind, maxsplit=1)[0]
    if (
        any(n.key in claimed for n in run)
        or any(lists.closing_prefix(n, some) for n in before for some in (items, items[1:]))
        or _ACCOUNT.search(labels)
        or OVERLAPPING.search(text)
    ):
        return 0
    if not lists.is_rest(run[-1]) and (_GOES_ON.match(behind) or _OPEN.search(text) or lists.overlap(run)):
        return 0
    value = lists.sum_of(run)[0]
    score = _score(whole, run, ledger, leads=True, ends=size == len(told) - 1) - (0.8 if before else 0.3)
    # Numbered paragraphs tell all there is.
    score += 0.5 * (whole.place.block != run[-1].place.block)
    # A list that ends with what is left is of its whole, however far off.
    near = _is_near(whole, value) or (
        not before and ((lists.is_rest(run[-1]) and value * 2 < (whole.value or 0) * 3) or _is_slip(whole, run, run))
    )
    bound = weight_of_equation([(whole, -1), *((part, 1) for part in run)])[0] or _tail(run) or _names_all(run, ledger)
    bound = bound or whole.place.block != run[-1].place.block
    if near and bound and score >= _ENOUGH and _may_be_whole(whole, run, _lead(run[0], told[1][1]), ledger):
        _tell(whole, run, ledger)
        return size + 1
    return 0
