"""What is said to be the most or the least, against the list or the table it is said of; lists that are told in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Role, Severity

RULE = "repeated_figure"
_MOST = r"最[多高大快强长]|居首|[居列排][^，。；、\d]{0,8}(?:首位|之首|榜首)|[居列]第一|排名?第一|峰值|高峰|顶峰"
_LEAST = r"最[少低小慢短]|垫底|末位|谷底|低谷"
_SUPER = re.compile(rf"(?P<most>{_MOST})|(?P<least>{_LEAST})")
_ELSEWHERE = re.compile(r"历史|历年|历次|同期|以来|全[省国市]|最[高低](?:限|可|生活|不超)|不超过|至多|纪录|之一|累计|增量|平均")
_TIMES = r"日|月份?|季度|年级|周|组|批次?|期|标段|班|片区|轮"
_SPAN = re.compile(
    rf"(?:\d{{1,2}}月)?第?(?P<one>\d{{1,2}}|[一二三四五六七八九十])(?:{_TIMES})?(?:至|到|[-—–~～]{{1,2}})第?(?P<two>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?P<kind>{_TIMES})"
)
_SOME = re.compile(rf"(?P<n>\d|[两二三四五六七八九])(?:个)?(?P<kind>{_TIMES})")
_DIGITS = "零一二三四五六七八九十"
_PLAIN_NAME = re.compile(r"(?:其中|而|以及|和|与)?(?P<name>[\u4e00-\u9fff“”]{2,8})")


@dataclass(frozen=True, slots=True)
class Row:
    """Things of one kind and the number of each; `metric` is what is said of them around the names."""

    names: tuple[str, ...]
    numbers: tuple[Number, ...]
    metric: str

    def best(self, most: bool) -> int:
        order = sorted(range(len(self.numbers)), key=lambda at: self.numbers[at].value or 0)
        return order[-1 if most else 0]


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every list that tells numbers by name, and what the same paragraph says of the largest among them."""
    for paragraph in reading.paragraphs:
        before: list[Row] = []
        for sentence in paragraph.sentences if not paragraph.forecast else ():
            rows = rows_of(sentence)
            if _SUPER.search(sentence.text):
                _judge_named(sentence, rows or before, ledger)
                _judge_valued(sentence, rows or before, ledger)
            _judge_order(sentence, ledger)
            before = rows or before[-1:]


_NEAR = 4
"""Blocks between a table and what is said of it."""

_ALL = re.compile(r"合计|总计|小计|共计|全[省市县区镇乡]|平均|其中|其他|其它")


def judge_tables(reading: Reading, ledger: Ledger) -> None:
    """古镇接待人次居各景区之首, where the row of another is larger."""
    columns: dict[tuple[int, int], list[Number]] = {}
    for cell in reading.cells:
        ranked = re.search("排名|名次|位次|序号", cell.before.removeprefix(cell.subject))
        if cell.measured and not ranked and not _ALL.search(re.sub(r"\s", "", cell.subject)):
            columns.setdefault((cell.place.block, cell.place.column or 0), []).append(cell)
    rows: dict[int, list[Row]] = {}
    for (block, _), cells in columns.items():
        names = tuple(re.sub(r"[^\u4e00-\u9fff\d]", "", cell.subject) for cell in cells)
        if 2 < len(cells) <= _ROWS_AT_MOST and len(set(names)) == len(names) and len({cell.dimension for cell in cells}) == 1:
            rows.setdefault(block, []).append(Row(names, tuple(cells), cells[0].before.removeprefix(cells[0].subject)))
    for block, of_table in rows.items():
        for near in range(block - _NEAR, block + _NEAR + 1):
            paragraph = ledger.paragraphs.get(near)
            for sentence in paragraph.sentences if paragraph is not None and not paragraph.forecast else ():
                if _SUPER.search(sentence.text):
                    _judge_named(sentence, of_table, ledger, told=True)


_ROWS_AT_MOST = 40


def rows_of(sentence: Sentence) -> list[Row]:
    """Lists of three or more: told by 分别, or each number with its own name right before it."""
    rows = []
    for run in sentence.runs:
        opened = sentence.text[: run[0].start - sentence.start]
        opened = re.split("[。；]", opened)[-1]
        names = _names_before(opened.rpartition("分别")[0], len(run)) if len(run) > 2 else ()
        if len(run) > 2:
            rows.append(Row(names or ("",) * len(run), tuple(run), opened[-24:]))
    taken = {number.key for row in rows for number in row.numbers}
    groups: dict[tuple[str, Role, str, int], list[tuple[str, Number]]] = {}
    for number in sentence.numbers:
        named = _own_name(number)
        if number.measured and not number.weak and named and number.key not in taken and number.role in _ROLES:
            groups.setdefault((number.dimension, number.role, number.per, number.sign), []).append((named, number))
    for entries in groups.values():
        names = tuple(name for name, _ in entries)
        if len(entries) > 2 and len(set(names)) == len(names):
            metric = entries[0][1].before + entries[0][1].after[:6] + sentence.text[: entries[0][1].start - sentence.start][-24:]
            rows.append(Row(names, tuple(number for _, number in entries), metric))
    return rows


_ROLES = (Role.LEVEL, Role.SHARE, Role.RATE)


def _own_name(number: Number) -> str:
    text = re.sub(r"^.*?(?:其中|分别为|依次为|[：，])|[同环]比|[较比]上年", "", number.before)
    if _SUPER.search(text) or re.search(
        r"合计|总|共|平均|均|全[市县区省镇]|上年|去年|其他|其余|(?<!占)比(?!例|重)|较|同期", text
    ):
        return ""
    return text if re.match(r"[\u4e00-\u9fff“\d]{1,16}$", text) else ""


def _names_before(text: str, wanted: int) -> tuple[str, ...]:
    """柳河镇、石桥镇、南浦乡 or 1日至5日 right before 分别."""
    if span := next(reversed(list(_SPAN.finditer(text[-24:]))), None):
        one, two = (int(span[n]) if span[n].isdigit() else value_of(span[n]) or 0 for n in ("one", "two"))
        if two - one + 1 == wanted:
            return tuple(_called(at, span["kind"], span["one"].isdigit()) for at in range(one, two + 1))
        return ()
    ordinals = re.search(rf"(?P<all>[一二三四五六](?:[、和][一二三四五六]){{1,5}})(?P<kind>{_TIMES})[^，。；、\d]{{0,8}}$", text)
    if ordinals:
        told = re.split("[、和]", ordinals["all"])
        return tuple(f"{one}{ordinals['kind']}" for one in told) if len(told) == wanted else ()
    pieces = re.split("[、和与及]", re.split("[，：]", text.rstrip("，"))[-1])
    if len(pieces) == wanted and all(re.fullmatch(r"[\u4e00-\u9fff“”]{1,14}", piece) for piece in pieces):
        return tuple(re.sub("^其中", "", piece) for piece in pieces)
    if (some := next(reversed(list(_SOME.finditer(text[-14:]))), None)) and (
        int(some["n"]) if some["n"].isdigit() else value_of(some["n"])
    ) == wanted:
        return tuple(_called(at, some["kind"], False) for at in range(1, wanted + 1))
    return ()


def _called(at: int, kind: str, digits: bool) -> str:
    kind = {"月份": "月", "批次": "批"}.get(kind, kind)
    if digits or not 1 <= at <= 19:
        return f"{at}{kind}"
    return f"{_DIGITS[at] if at <= 10 else '十' + _DIGITS[at - 10]}{kind}"


def _judge_named(sentence: Sentence, rows: Sequence[Row], ledger: Ledger, *, told: bool = False) -> None:
    """柳河镇32件、石桥镇41件、南浦乡28件，柳河镇最多."""
    text = sentence.text
    for match in _SUPER.finditer(text):
        opened = max(text.rfind(mark, 0, match.start()) for mark in "，。；：（、") + 1
        front = text[opened : match.start()]
        behind = re.match(
            r"(?:[^，。；、\d]{0,8}?(?:的)?(?:是|为|在|出现在|发生在|系))(?P<name>[^，。；、（]{2,14})", text[match.end() :]
        )
        clause = front + match[0] + re.split("[，。；]", text[match.end() :])[0]
        if _ELSEWHERE.search(clause):
            continue
        for row in rows:
            at, called = _called_in(row, front)
            if at is None and behind:
                at, called = _called_in(row, behind["name"])
            if called and re.search("后|按|剔除|扣除|若|折算|综合", front.partition(called)[0]):
                continue
            called = re.sub("(?:同比)?(?:增长?|下?降|上?涨|占)$", "", called)
            measured = front.partition(called)[2] if called and called in front else front
            if at is None or not (_names_column(row, rows, clause) if told else _is_of(row, measured, match[0])):
                continue
            best = row.best(match["most"] is not None)
            number = row.numbers[at]
            apart = number.interval.is_below(row.numbers[best].interval) or row.numbers[best].interval.is_below(number.interval)
            if at != best and apart:
                words = words_of(sentence, opened, match.end())
                line = f"“{row.names[at]}”为{said(number)}，“{row.names[best]}”为{said(row.numbers[best])}，原文说“{clause}”"
                numbers = [words, number, row.numbers[best]]
                ledger.fails(RULE, Severity.DOUBTFUL, numbers, line, "请核对哪一项最多（少）。")
                return


def _names_column(row: Row, rows: Sequence[Row], clause: str) -> bool:
    """Whether two characters of the head of this column, and of no other, stand in what is said."""

    def named(other: Row) -> int:
        head = re.sub(r"[（(].*?[)）]|[^\u4e00-\u9fff]", "", other.metric)
        return sum(head[at : at + 2] in clause for at in range(len(head) - 1))

    return named(row) > 0 and all(named(other) < named(row) for other in rows if other is not row)


def _called_in(row: Row, text: str) -> tuple[int | None, str]:
    """Which of the things is named: by as much of its name as tells it from the others."""
    text = re.sub(r"(?<!\d)\d{1,2}月(?=\d)", "", text).replace("第", "").replace("月份", "月")
    owns = [re.sub(r"^\d{1,2}月(?=\d)", "", name).replace("第", "").replace("月份", "月") for name in row.names]
    found = []
    for own in owns:
        if timed := re.match(rf"(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:{_TIMES})", own):
            found.append(timed[0] if re.search(rf"(?<!\d){timed[0]}", text) else "")
        else:
            found.append(next((own[:size] for size in range(min(len(own), 12), 1, -1) if own[:size] in text), ""))
    if not any(found):
        # The first of a list often has the measure before its name: 老年人口占比城东街道28.6%，城西街道……
        ends = [own[-size:] for own in owns[:1] for size in range(min(len(own) - 1, 8), 1, -1)]
        found[:1] = [next((end for end in ends if end in text and not any(end in own for own in owns[1:])), "")]
    longest = max(found, key=len, default="")
    if not longest or sum(len(called) == len(longest) for called in found) > 1:
        return None, ""
    at = found.index(longest)
    shared = max((_shared(row.names[at], name) for i, name in enumerate(row.names) if i != at), default=0)
    return (at, longest) if len(longest) > shared or re.match(r"\d", row.names[at]) else (None, "")


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_of(row: Row, front: str, words: str) -> bool:
    """Whether the superlative speaks of what the list tells: 增速最快 of rates, 占比最高 of shares, 数量最多 of counts."""
    role = row.numbers[0].role
    moves = re.search("增[速幅长量]|降幅|下降|减少|涨|跌|同比|环比", front + words)
    if role is Role.RATE:
        return bool(moves) or words.endswith(("快", "慢"))
    if moves or (words.endswith(("快", "慢")) and not (role is Role.SHARE and "进度" in front)):
        return False
    share = re.search("占比|比重|份额|占", front)
    of_rate = re.search(r"([\u4e00-\u9fff])率", front)
    if role is Role.SHARE or row.numbers[0].dimension == units.PERCENT:
        return bool(share) or not of_rate or f"{of_rate[1]}率" in row.metric or "率" not in row.metric
    whole = re.search("总量|总数|总额|存量|累计", front)
    if share or of_rate or (whole and whole[0] not in row.metric):
        return False
    # Of two measures of the same things the one that is named is meant.
    told = re.sub(r"^.*?(?:[镇乡村县区市类组批日月]|季度)|的|为|其|中|数|量|人|以|达到?|出现|发生|单日|日|客流|居|各", "", front)
    return len(told) < 2 or any(told[at : at + 2] in row.metric for at in range(len(told) - 1))


def _judge_valued(sentence: Sentence, rows: Sequence[Row], ledger: Ledger) -> None:
    """分别接待12.3万、16.8万、14.2万人次，单日最高14.2万人次; 最高的是柳河镇，为98.2%；石桥镇98.6%."""
    for at, number in enumerate(sentence.numbers):
        place = number.start - sentence.start
        opened = max(sentence.text.rfind(mark, 0, place) for mark in "。；：、") + 1
        front = sentence.text[max(opened, place - 20) : place]
        found = next(reversed(list(_SUPER.finditer(front))), None)
        if not number.measured or found is None or number.value is None or re.search(r"\d", front[found.end() :]):
            continue
        if _ELSEWHERE.search(front):
            continue
        most = found["most"] is not None
        for row in rows:
            same = row.numbers[0].dimension == number.dimension and row.numbers[0].role is number.role
            if not same or number in row.numbers or number.start < row.numbers[-1].end:
                continue
            best = row.numbers[row.best(most)]
            equal = [n for n in row.numbers if n.value == number.value]
            if equal and best.value != number.value and _is_of(row, re.split("，", front[: found.start()])[-1], found[0]):
                line = f"所列各数中{'最大' if most else '最小'}的是{said(best)}，原文写{said(number)}"
                ledger.fails(RULE, Severity.DOUBTFUL, [number, best], line, "请核对最高（低）的数。")
        named = re.search(
            r"(?:是|为)(?P<name>[\u4e00-\u9fff]{2,8}?)(?:，[^，\d镇乡村县区市道]{0,4}|为|达到?|有|的)?$", front[found.end() :]
        )
        daily = re.search(r"单[日月]", front)
        for other in sentence.numbers[at + 1 : at + 12]:
            if not other.measured or (other.dimension, other.role) != (number.dimension, number.role):
                continue
            own = _PLAIN_NAME.fullmatch(other.before.strip("，；、"))
            like = named and own and own["name"][-1] == named["name"][-1]
            of_place = re.match(r"[；，、]?[\u4e00-\u9fff]{1,6}[镇乡村县区市道]", other.before)
            like = like or (named and of_place and named["name"][-1] in "镇乡村县区市道")
            like = like or (daily and re.match(r"(?:\d{1,2}月)?\d{1,2}日(?![至到—-])", other.before))
            beyond = number.interval.is_below(other.interval) if most else other.interval.is_below(number.interval)
            if like and beyond and not _SUPER.search(other.before):
                line = f"{said(other)}比所说{found[0]}的{said(number)}还{'大' if most else '小'}"
                ledger.fails(RULE, Severity.DOUBTFUL, [number, other], line, "请核对最高（低）的数。")
                break


_ORDERED = re.compile(
    r"(?:(?:居|排名?|列)?(?:在)?前(?:[二三四五六七八九十两]{1,2}|\d{1,2})(?:位|名|强)?"
    r"|(?P<down>[由从](?:高|多|大)[至到](?:低|少|小))|(?P<up>[由从](?:低|少|小)[至到](?:高|多|大)))"
    r"[^，。；：、\d]{0,12}?(?:是|为|：)：?"
)


def _judge_order(sentence: Sentence, ledger: Ledger) -> None:
    """居前三位的依次是食品320件、服装280件、家电340件."""
    for match in _ORDERED.finditer(sentence.text):
        listed = list(_listed_behind(sentence, match.end()))
        if len(listed) < 3:
            continue
        sign = -1 if match["up"] else 1
        wrong = [(one, two) for one, two in pairwise(listed) if ((two.value or 0) - (one.value or 0)) * sign > 0]
        if len(wrong) != 1:
            continue
        one, two = wrong[0]
        line = f"“{match[0].strip('：')}”所列不是按大小排列：{said(one)}之后是{said(two)}"
        ledger.fails("rank_in_itself", Severity.DOUBTFUL, [two, one], line, "请核对这几个数和先后次序。")


def _listed_behind(sentence: Sentence, place: int) -> Iterator[Number]:
    last: Number | None = None
    for number in sentence.numbers:
        start = number.start - sentence.start
        if start < place:
            continue
        between = sentence.between(last, number) if last else sentence.text[place:start]
        pattern = (
            r"[^，。；：、（）\d]{1,14}（?"
            if last is None
            else r"）?、[^，。；：、（）\d]{1,14}（?|）?[和及与][^，。；：、（）\d]{1,14}（?"
        )
        alike = last is None or (number.dimension, number.role) == (last.dimension, last.role)
        if not number.measured or not alike or number.hedge or not re.fullmatch(pattern, between):
            return
        yield number
        last = number
