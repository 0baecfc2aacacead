"""Stock and flow: at the beginning, in, out, at the end; income less outgo is what is left; entries less exits are the net."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval, total
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.directions import NET, NET_DOWN, direction_of
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, is_one_slip
from anmin.ground.reports.checking.relations.naming import may_be_one_name
from anmin.ground.reports.checking.relations.remainders import judge_cut, judge_remains
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "stock_and_flow"
_OPENING = re.compile(
    r"年初|期初|月初|季初|上年末|上年底|去年底|去年末|上期末|上年结[转余存]|年初结[转余]|旧存|上年度?结转|期初余额|原有|上月末|存量"
)
_CLOSING = re.compile(
    r"年末|期末|月末|季末|结存|余额|现有|目前(?!.{0,4}已)|(?:月|年)底(?!前)|年终|滚存|在册|截至|尚有|库存|结转下年|期末余额|实有"
)
# 期末新增 is what came, though the end is named.
_MOVED = re.compile(
    r"新增|本年下达|到位资金|新收|新登记|新成立|新设|新纳入|纳入|增加|迁入|转入|调入|新入|招录|购入|购进|本年收入|收入|出生|引进|招聘|招收|录用|新进|接收|收治|入库|归集|缴存|筹集|募集|轮入|收进|补库|新办|新开|受理|新建|入职|新招|发展(?!中)"
    r"|减少|注销|核减|退出|清退|清理|调出|迁出|转出|死亡|本年支出|支出|报废|销毁|移出|剔除|撤销|撤并|核销|退休|停业|拆除|取消|解除|解矫|毕业|结业|提取|支取|出库|轮出|领用|消耗|投放|离职|流出|办结|审结|出院|关闭|关停|停办|裁撤|淘汰|解散|终止|销号|摘牌|吊销|偿还|归还|辞职|调离"
)
_REST = re.compile(r"结余|节余|缺口|赤字|盈余|当年结转|收支差|亏损|顺差|逆差|结转下年|年终结转")
_INCOME = re.compile(r"(?:收入|进口|出口)(?:总量|总计|合计|总额|完成|决算|为|达到?|的)*+$")
_OUTGO = re.compile(r"(?:支出|进口|出口)(?:总量|总计|合计|总额|完成|决算|为|达到?|的)*+$")


@dataclass(slots=True)
class _Flow:
    """The numbers of one unit in a sentence, sorted by what they say."""

    opening: list[Number] = field(default_factory=list)
    closing: list[Number] = field(default_factory=list)
    came: list[Number] = field(default_factory=list)
    went: list[Number] = field(default_factory=list)
    net: list[Number] = field(default_factory=list)

    @property
    def numbers(self) -> list[Number]:
        return [*self.opening, *self.came, *self.went, *self.closing, *self.net]


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every account of a stock, and every rest of income and outgo, is tried."""
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            continue
        _judge_told_apart(paragraph, ledger)
        for sentence in paragraph.sentences:
            for flows in _flows(sentence, ledger):
                for flow in flows.values():
                    _judge_flow(flow, sentence, ledger)
                for dimension, flow in flows.items():
                    _judge_elsewhere(flow, dimension, flows, paragraph, sentence, ledger)
            _judge_moved(sentence, ledger)
            _judge_rest(sentence, ledger)
            _judge_net_of_bracket(sentence, ledger)
            judge_remains(sentence, ledger)
            judge_cut(sentence, ledger)


def _flows(sentence: Sentence, ledger: Ledger) -> list[dict[str, _Flow]]:
    """The accounts of a sentence: between two semicolons each unit has its own."""
    blocks: list[dict[str, _Flow]] = [{}]
    kind, last_segment = "", -1
    for number in sentence.numbers[:120]:
        if number.group or number.segment == last_segment:
            pass
        elif any(segment.mark == "；" for segment in sentence.segments[last_segment + 1 : number.segment + 1]):
            blocks.append({})
        if not number.measured or number.weak or number.kind is not Kind.MEASURE or number.group or number.projected:
            continue
        if number.role not in (Role.LEVEL, Role.CHANGE, Role.PRIOR):
            continue
        if number.before or number.segment != last_segment:
            kind = _kind(number)
        last_segment = number.segment
        if kind and not (kind in ("came", "went") and _is_part_of(number, ledger.whole_of.get(number.key), blocks[-1])):
            getattr(blocks[-1].setdefault(number.dimension, _Flow()), kind).append(number)
    for earlier, later in pairwise(blocks):
        for dimension, flow in later.items():
            before = earlier.get(dimension)
            if before is not None and _goes_on(before, flow):
                flow.opening = [*before.opening, *flow.opening]
                flow.came, flow.went = [*before.came, *flow.came], [*before.went, *flow.went]
    return blocks


_JOINED = re.compile(r"(?:招生|招收|新生|入学|入职|新招|转入|迁入)(?:共|了)?$")
_LEFT = re.compile(r"(?:毕业|结业|退休|离职|转出|迁出)(?:学?生)?(?:共|了)?$")


def _judge_moved(sentence: Sentence, ledger: Ledger) -> None:
    """招生2860人，毕业2614人，在校生由8642人增加到8888人: told where one digit makes it so, for some come and go unsaid."""
    numbers = [n for n in sentence.numbers if n.measured and n.kind is Kind.MEASURE and not n.group]
    for prior, level in pairwise(numbers):
        if prior.role is not Role.PRIOR or level.role is not Role.LEVEL or not level.sign or prior.dimension != level.dimension:
            continue
        came = [n for n in numbers if n.dimension == level.dimension and _JOINED.search(n.before)]
        went = [n for n in numbers if n.dimension == level.dimension and _LEFT.search(n.before)]
        if len(came) != 1 or len(went) != 1:
            continue
        real, value, line = _balance(_Flow(opening=[prior], came=came, went=went), level)
        if real.meets(level.interval):
            ledger.holds(RULE, [level, prior, *came, *went], f"{line}，与原文{said(level)}相符")
        elif is_misprint(level, value) or is_one_slip(
            [(level, -1), (prior, 1), *((n, 1) for n in came), *((n, -1) for n in went)]
        ):
            numbers = [level, prior, *came, *went]
            ledger.fails(RULE, Severity.DOUBTFUL, numbers, f"{line}，原文写{said(level)}", "请核对；若另有增减，请写明。")
            return


_BEGINS = re.compile(r"年初|期初|上年末|上年底")
_ENDS = re.compile(r"年末|期末|年底(?!前)")


def _judge_told_apart(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """年初案卷81524卷、213680件。接收2318卷、28460件；销毁407卷。年末案卷83435卷、242140件: each unit has its account.

    Told where one digit closes it, and another unit is accounted for, or nothing else moved.
    """
    opens = [s for s in paragraph.sentences if _BEGINS.search(s.text) and not _ENDS.search(s.text)]
    closes = [s for s in paragraph.sentences if _ENDS.search(s.text) and not _BEGINS.search(s.text)]
    if len(opens) != 1 or len(closes) != 1 or not opens[0].index < closes[0].index:
        return
    accounts: dict[str, _Flow] = {}
    for sentence in paragraph.sentences[opens[0].index : closes[0].index + 1]:
        kind = "opening" if sentence is opens[0] else "closing" if sentence is closes[0] else ""
        for number in sentence.groups[0].numbers[:40]:
            if not number.measured or number.weak or number.kind is not Kind.MEASURE or number.role is not Role.LEVEL:
                continue
            if sentence not in (opens[0], closes[0]):
                told = _kind(number)
                kind = told if told in ("came", "went") else "" if number.before and _is_new(number, sentence) else kind
            if kind:
                told_so = getattr(accounts.setdefault(number.dimension, _Flow()), kind)
                # 年末，机构33家、床位4736张，其中护理型2864张: what there is is told first.
                told_so += [number] if kind in ("came", "went") or not told_so else []
    whole = [a for a in accounts.values() if len(a.opening) == len(a.closing) == 1 and 0 < len(a.came) + len(a.went) <= 4]
    balanced = [a for a in whole if _balance(a, a.closing[0])[0].meets(a.closing[0].interval)]
    for account in whole:
        closing = account.closing[0]
        numbers = [closing, *account.opening, *account.came, *account.went]
        _, value, line = _balance(account, closing)
        if account in balanced:
            ledger.holds(RULE, numbers, f"{line}，与原文{said(closing)}相符")
        elif _is_slip(account, closing, value) and (balanced or (account.came and account.went)):
            proposal = f"若其余各数无误，应为{amount(value, closing)}；请核对期初、增加、减少和期末各数。"
            ledger.fails(RULE, Severity.ERROR, numbers, f"{line}，原文写{said(closing)}", proposal)


def _is_slip(account: _Flow, closing: Number, value: Fraction) -> bool:
    """Whether one slip of the finger, in the end or in what it comes from, would close the account."""
    came = [(n, 1) for n in (*account.opening, *account.came)]
    return is_misprint(closing, value) or is_one_slip([(closing, -1), *came, *((n, -1) for n in account.went)])


def _is_new(number: Number, sentence: Sentence) -> bool:
    """Whether a semicolon or a word of its own parts a number from what was moved before it."""
    return sentence.segments[number.segment].mark == "；" or len(number.before) > 6


def _judge_net_of_bracket(sentence: Sentence, ledger: Ledger) -> None:
    """净减少27人（新进214人，退休241人）: the bracket tells what came and what went."""
    for group in sentence.groups[1:]:
        net = group.anchor
        if net is None or not NET.search(net.before) or len(group.numbers) != 2 or not net.measured:
            continue
        if any(n.dimension != net.dimension or n.kind is not Kind.MEASURE for n in group.numbers):
            continue
        kinds = {kind: n for n in group.numbers if (kind := _kind(n))}
        if set(kinds) == {"came", "went"}:
            _judge_flow(_Flow(came=[kinds["came"]], went=[kinds["went"]], net=[net]), sentence, ledger)


def _is_part_of(number: Number, whole: Number | None, block: dict[str, _Flow]) -> bool:
    """招聘142人，其中公开招聘96人: what is counted in what came already."""
    flow = block.get(number.dimension)
    return whole is not None and flow is not None and (whole in flow.came or whole in flow.went)


def _goes_on(before: _Flow, flow: _Flow) -> bool:
    """Whether an account is closed only behind the semicolon: its end, or the net of what came and went."""
    if before.opening and not before.closing and flow.closing and not flow.opening:
        return True
    one_side = 1 <= len(flow.came) + len(flow.went) <= 3 and not (before.opening or before.net or before.closing)
    return bool(flow.net) and one_side and len(before.came) + len(before.went) == 1 and bool(before.came) != bool(flow.came)


def _kind(number: Number) -> str:
    """What a number says, by the last of the telling words before it."""
    before = number.before
    if NET.search(before) and not re.search(r"同比|环比|同期", before):
        return "net"
    if re.search(r"同比|环比|[比较](?:上年|去年|年初|上月|同期)|(?:增加|减少|增长|下降)(?:到|至|为)|[由从]", before):
        return ""
    if _OPENING.search(before):
        return "opening"
    if _CLOSING.search(before) and not _MOVED.search(before[-6:]):
        return "closing"
    return {1: "came", -1: "went"}.get(direction_of(number), "")


def _judge_flow(flow: _Flow, sentence: Sentence, ledger: Ledger) -> bool:
    """In one sentence: beginning, in and out, end; or in and out, and the net of both."""
    if len(flow.net) == 1 and len(flow.came) == 1 and 1 <= len(flow.went) <= 3:
        net = flow.net[0]
        alike = [n for n in sentence.numbers if n.dimension == net.dimension and n is not net and n.value]
        beside = [pair for pair in pairwise(alike) if not all(n in (*flow.came, *flow.went) for n in pair)]
        if any(abs((one.value or 0) - (two.value or 0)) == net.value for one, two in beside):
            return False  # 由年初的1875人增至1898人，净增23人
        sign = -1 if NET_DOWN.search(net.before) else 1
        account = _Flow(came=flow.came, went=flow.went)
        real, value, line = _balance(account, net)
        _settle(
            net, [net, *flow.came, *flow.went], real.times(sign) if sign > 0 else -real, value * sign, line, ledger, sure=True
        )
        return True
    if len(flow.opening) == 1 and len(flow.closing) == 1 and (flow.came or flow.went):
        if len(flow.came) > 4 or len(flow.went) > 4:
            return False
        real, value, line = _balance(flow, flow.closing[0])
        unnamed = [
            n
            for n in sentence.groups[0].numbers[:60]
            if n.dimension == flow.closing[0].dimension and n.role is Role.LEVEL and n not in flow.numbers
        ]
        if any((real + n.interval).meets(flow.closing[0].interval) for n in unnamed):
            # 今年发展186名 has come, too, whatever its verb.
            return False
        asked = [n for n in flow.came if re.search("收到|申请|接到", n.before)]
        if asked and any(re.search("受理|立案", n.before) for n in flow.came):
            # 收到申请97件，受理88件，上年结转12件……: what was asked for is not what came.
            flow.came = [n for n in flow.came if n not in asked]
            real, value, line = _balance(flow, flow.closing[0])
        sure = bool(flow.came) and bool(flow.went) and len(flow.came) + len(flow.went) <= 4
        # 年初38个，新增6个，6月末达到46个: who left may go unsaid, but not who came.
        added = bool(flow.came) and not flow.went and all("新" in n.before and n.exact for n in flow.came)
        sure = sure or (added and real.is_below(flow.closing[0].interval))
        sure = sure and may_be_one_name(flow.opening[0], flow.closing[0])
        return _settle(
            flow.closing[0], [flow.closing[0], *flow.opening, *flow.came, *flow.went], real, value, line, ledger, sure=sure
        )
    return False


def _balance(flow: _Flow, like: Number) -> tuple[Interval, Fraction, str]:
    value = sum((n.value or Fraction(0) for n in (*flow.opening, *flow.came)), Fraction(0))
    value -= sum((n.value or Fraction(0) for n in flow.went), Fraction(0))
    real = total(n.interval for n in (*flow.opening, *flow.came)) - total(n.interval for n in flow.went)
    shown = "+".join(said(n) for n in (*flow.opening, *flow.came)) + "".join(f"-{said(n)}" for n in flow.went)
    return real, value, f"{shown}={amount(value, like)}"


def _settle(
    judged: Number, numbers: Sequence[Number], real: Interval, value: Fraction, line: str, ledger: Ledger, *, sure: bool
) -> bool:
    if real.meets(judged.interval):
        if value == judged.value or any(number.hedge for number in numbers):
            ledger.holds(RULE, numbers, f"{line}，与原文{said(judged)}相符")
        else:
            ledger.rounds(RULE, numbers, f"{line}，原文为{said(judged)}，在四舍五入范围内")
        return True
    if not sure:
        ledger.unclear(RULE, numbers, f"{line}，原文为{said(judged)}，增减未必列全")
        return False
    proposal = f"若其余各数无误，应为{amount(value, judged)}；请核对期初、增加、减少和期末各数。"
    ledger.fails(RULE, Severity.ERROR, numbers, f"{line}，原文写{said(judged)}", proposal)
    return False


def _judge_elsewhere(
    flow: _Flow, dimension: str, flows: dict[str, _Flow], paragraph: ReadParagraph, sentence: Sentence, ledger: Ledger
) -> None:
    """The end of the account stands in another sentence of the paragraph; what a second unit proves holds for the first."""
    if len(flow.opening) != 1 or flow.closing or not flow.came or not flow.went or len(flow.came) + len(flow.went) > 4:
        return
    words = _words(flow.opening[0], sentence)
    if len(words) < 2:
        return
    candidates = [
        number
        for other in paragraph.sentences
        if other is not sentence
        for number in other.numbers
        if number.measured and not number.group and number.role is Role.LEVEL and number.dimension == dimension
        if words[-2:] in _said_before(number, other)
    ]
    # 农村低保6218户 is the end of 农村低保年初…, 城市低保863户 is not.
    named = [n for n in candidates if words in _own_words(n, paragraph)]
    candidates = named if 0 < len(named) < len(candidates) else candidates
    if not candidates:
        return
    real, value, line = _balance(flow, candidates[0])
    for number in candidates:
        if real.meets(number.interval):
            ledger.holds(RULE, [number, *flow.numbers], f"{line}，与原文{said(number)}相符")
            return
    closing = candidates[0]
    known = len(candidates) == 1 or _CLOSING.search(closing.before)
    if known or _second_unit_holds(closing, dimension, flows, paragraph):
        _settle(closing, [closing, *flow.numbers], real, value, line, ledger, sure=True)


def _words(number: Number, sentence: Sentence) -> str:
    return re.sub(
        r"[^\u4e00-\u9fff]|年初|期初|上年末|上年底|在册|去年底|去年末|共|有|为|结存|结余|余额|原|人数|数|户|人$",
        "",
        _said_before(number, sentence),
    )


def _said_before(number: Number, sentence: Sentence | None) -> str:
    """The words before it, or before the number it follows without a word between."""
    if number.before or sentence is None:
        return number.before
    return sentence.segments[number.segment].text


def _own_words(number: Number, paragraph: ReadParagraph) -> str:
    """The words before it, or before the first of the numbers that it follows without a word between: 6218户11537人."""
    sentence = next(other for other in paragraph.sentences if other.index == number.sentence)
    chain = [n for n in sentence.numbers if n.end <= number.start]
    while not number.before and chain and chain[-1].end == number.start:
        number = chain.pop()
    return number.before


def _second_unit_holds(closing: Number, dimension: str, flows: dict[str, _Flow], paragraph: ReadParagraph) -> bool:
    beside = [
        number
        for sentence in paragraph.sentences
        if sentence.index == closing.sentence
        for number in sentence.segments[closing.segment].numbers
        if number.dimension != dimension
    ]
    for number in beside:
        other = flows.get(number.dimension)
        if other and len(other.opening) == 1 and _balance(other, number)[0].meets(number.interval):
            return True
    return False


def _judge_rest(sentence: Sentence, ledger: Ledger) -> None:
    """What is left of income after outgo, in one sentence and without a stock carried over."""
    numbers = [
        n for n in sentence.groups[0].numbers if n.measured and n.kind is Kind.MEASURE and n.role in (Role.LEVEL, Role.CHANGE)
    ]
    for at, rest in enumerate(numbers[:60]):
        if at < 2 or not _REST.search(rest.before) or _OPENING.search(rest.before) or re.search("滚存|累计|年末", rest.before):
            continue
        before = [n for n in numbers[max(0, at - 6) : at] if n.dimension == rest.dimension and n.role is Role.LEVEL]
        half = [n for n in before if lists.strongest(n, rest, sentence) < 3]
        before = half if len(half) == 2 else before
        income = [n for n in before if _INCOME.search(n.before)]
        outgo = [n for n in before if _OUTGO.search(n.before) and n not in income]
        if len(income) != 1 or len(outgo) != 1 or lists.strongest(income[0], rest, sentence) > 3:
            continue
        gap = (income[0].value or Fraction(0)) - (outgo[0].value or Fraction(0))
        if len(before) > 2 or _OPENING.search(sentence.text):
            continue
        if gap < 0 and re.search("结余|节余|盈余", rest.before) and abs(gap) == rest.value and not rest.hedge:
            line = f"收入{said(income[0])}小于支出{said(outgo[0])}，不是结余，是收不抵支{said(rest)}"
            ledger.fails(RULE, Severity.ERROR, [rest, *before], line, "请核对收入、支出两数是否写反，或把“结余”改为“缺口”。")
            continue
        high, low = (income[0], outgo[0]) if gap >= 0 else (outgo[0], income[0])
        real = high.interval - low.interval
        line = f"{said(high)}-{said(low)}={amount(abs(gap), rest)}"
        _settle(rest, [rest, *before], real, abs(gap), line, ledger, sure=True)
