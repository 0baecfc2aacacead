"""Accounts that a paragraph closes: what there was, came and went is what there is; what there was less what is done is the rest.

No verb need be known. What stands between a beginning and an end has come or gone; of the numbers before a rest one is the whole
and one what was done with it. Every way to read them is tried: one that closes is believed, else the likeliest is told where its
build speaks for it (its words, its place) together with how near it comes: one figure misprinted, one left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, product
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import NOTHING, Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.directions import direction_of
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import weight_of_equation
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity, State

_BEGINS = re.compile(
    r"年初|期初|月初|季初|(?:上|去)年(?:度)?[末底]|上月末|上期末|上年(?:度)?(?:结转|结余|结存)|旧存|原有|结转(?!下年)"
)
_ENDS = re.compile(
    r"年末|期末|月末|季末|\d月末|[年月]底(?!前)|年终|期满|现有|现存|结存|余额|尚有|仍有|还有|在册|总数"
    r"|目前(?!.{0,4}已)|截至"
)
_REST = re.compile(
    r"(?P<rest>其余|^余$|剩余|余下|剩下|(?<!上年)(?<!上年度)(?<!年初)(?<!历年)结余|节余|节约|核减|审减|缺口|缺额|差额|富余|空[编缺岗额]|空间|结存|(?<!上年)(?<!年度)(?<!年初)(?<!上期)(?<!上季度)(?<!上季)(?<!上月)(?<!上周)(?<!结余)结转|利润|亏损|盈利|盈余|库存|溢价|差价|缺[考编席勤岗额]|缓缴|请假|净[值资额利]|毛利|追加|调[增减]|闲置|空置|滞销|[少多][拨发计缴付列])"
    r"|(?P<still>(?:尚|仍|(?<![返归偿])还(?!本|款|贷|清|建|债|息))(?:有|剩|差|需|欠|余|未|缺)?|欠[缴收费款]?|(?:^|跨年)(?:续|在)[营办建册库读管途售保租]|(?<![从并])未[\u4e00-\u9fff]{1,3}(?<!未来)|正在|(?<![对招接优])待(?!遇)[\u4e00-\u9fff]{1,4}$)"
    r"|(?P<net>净增|净减|净流入|净流出|净迁[入出]|净新增|顺差|逆差|自然增|自然减)"
    r"|(?P<than>(?:高出|高于|低于|多于|少于|快于|慢于|超出|相差|差距|差)[\u4e00-\u9fff]{0,8}$|高[^，。；]{1,8}$)"
)
_DONE = re.compile(
    r"已|实|到|缴|折旧|成本|费用|负债|余额|报废|回收|损毁|销售|完成|实际|办结|整改|支出|补退|化解|处置|销号|到位|使用|审结|改造|核销|发放|回收|实收|结案|执行|退出|注销|占用|清退|拆除|审定|收回"
)
_ALL = re.compile(
    r"共|原值|资产|限额|批复|收入|调整|编制|总|应|计划|任务|发现|查出|排查|下达|到位|预算|发行|筹集|收到|受理|核定|梳理|累计|送审|签订|需|反馈|交办|摸排"
)
_LEFT = re.compile(r"结余|结转下年|(?:尚|仍|还)有|未使用|未支出|剩余|结转$")
_NEAR_AT_MOST, _FAR_AT_MOST = 14, 1500
_ENOUGH = 2.0
_CLEAR = 2.3
"""What the build alone must speak for an account that no single misprint would close."""


@dataclass(frozen=True, slots=True)
class _Guess:
    """One way to read an account: its terms with their signs, what its build speaks for it, and how near it comes."""

    terms: tuple[tuple[Number, int], ...]
    points: float
    dropped: Number | None = None

    @property
    def numbers(self) -> list[Number]:
        return [number for number, _ in self.terms]


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every end and every rest that closes no account yet is held against what its paragraph tells."""
    done = {
        key
        for told in ledger.relations
        if told.rule in ("stock_and_flow", "subtotal") and told.state in (State.HOLDS, State.ROUNDING, State.FAILS)
        for key in told.numbers
    }
    # 新开工86个，同比多开工15个，上年同期71个: what two times differ by has neither come nor gone.
    growths = [told.numbers for told in ledger.relations if told.rule == "growth" and told.state is State.HOLDS]
    moved = {keys[0] for keys in growths if len(keys) == 3}
    before: list[Number] = []
    told: list[Number] = []
    for paragraph in reading.paragraphs:
        if paragraph.forecast or paragraph.heading:
            continue
        own: list[Number] = []
        for sentence in paragraph.sentences:
            numbers = [n for n in sentence.numbers if _is_amount(n)]
            if not sentence.cut:
                done |= _judge_round([n for n in numbers if n.key not in moved][:40], ledger)
                for at, number in enumerate(numbers[:80]):
                    if number.key in done or number.key in ledger.failed:
                        continue
                    label = _label(number, numbers[:at])
                    ended = number.group == 0 and bool(_ENDS.search(label) or _ENDS.search(_clause(number, ledger)))
                    if ended and _judge_end(number, [*own, *numbers[:at]], ledger):
                        continue
                    if _judge_net(number, numbers, ledger):
                        continue
                    if (word := _REST.search(label) or _told_behind(number)) is not None:
                        _judge_rest(number, word, [*own, *numbers[:at]], before, sentence, ledger)
            own += numbers
        before = own[-_NEAR_AT_MOST:]
        told += own
    done |= {key for each in ledger.relations if each.rule in ("stock_and_flow", "subtotal") for key in each.numbers}
    for number in told[:_FAR_AT_MOST]:
        if number.key not in done and number.key not in ledger.failed and len(re.sub(r"\D", "", number.printed)) > 3:
            _judge_far(number, told[:_FAR_AT_MOST], ledger)


def _judge_far(number: Number, told: Sequence[Number], ledger: Ledger) -> None:
    """年末尚有271.95万元结转 of what a section before received and spent; 比上年末增加136.7万元 of 上年结转126.4万元.

    Of four digits at least, and only where one slip of the finger makes it close.
    """
    since = number.role is Role.CHANGE and number.base == "S"
    if not since and not (number.role is Role.LEVEL and _LEFT.search(number.before[-10:] + number.after[:2])):
        return
    alike = _alike(number, told)
    at = alike.index(number)
    if since:
        # What stands right before the change is what there is now.
        level = alike[at - 1] if at else None
        if level is None or level.sentence != number.sentence or level.place.block != number.place.block:
            return
        begins = [n for n in alike if n is not level and _BEGINS.search(n.before)]
        guesses = [_Guess(((number, -number.sign), (level, 1), (begin, -1)), 0.6) for begin in begins]
    else:
        pairs = [(high, low) for high, low in pairwise(alike) if low.sentence == high.sentence and number not in (high, low)]
        guesses = [
            _Guess(((number, -1), (high, 1), (low, -1)), 0.3)
            for high, low in pairs
            if (high.value or 0) > (low.value or 0) and (_DONE.search(low.before) or direction_of(low) < 0)
        ]
    _settle(number, guesses, "stock_and_flow", ledger)


_BEHIND = re.compile(r"^(?:\w{0,2}的?)??(?=(?:正在|尚未|仍未|还未|未(?!来)|仍在|待))")


def _told_behind(number: Number) -> re.Match[str] | None:
    """答复178件，8件正在办理中: what is left may be said behind the number."""
    begun = number.before.strip("，、但仅另有还") == "" and _BEHIND.match(number.after)
    return _REST.search(number.after[:8]) if begun else None


_NET = re.compile(r"净[增减流迁新]")


def _judge_net(net: Number, numbers: Sequence[Number], ledger: Ledger) -> bool:
    """较年初净增86名，其中发展142名，转出38名，去世18名: what came and went, all of it, behind the net or before it."""
    named = bool(_NET.search(net.before))
    if not named and not (net.role is Role.CHANGE and net.base == "S"):
        return False
    alike = _alike(net, numbers)
    at = alike.index(net) if net in alike else -1
    behind, before = _flows(alike[at + 1 :]), _flows(alike[:at][::-1]) if named else []
    sign = -1 if re.search("净减|净流出|净迁出", net.before) or net.sign < 0 else 1
    guesses = [
        _Guess(((net, -sign), *((n, direction_of(n)) for n in flows)), 1.6 + 0.4 * len(flows))
        for flows in (behind, before)
        if len({direction_of(n) for n in flows}) == 2
    ]
    return at >= 0 and bool(guesses) and _settle(net, guesses, "stock_and_flow", ledger)


def _flows(numbers: Sequence[Number]) -> list[Number]:
    """What surely came or went, up to the first number of which that is not said."""
    flows: list[Number] = []
    for number in numbers[:8]:
        if number.role is not Role.LEVEL or not direction_of(number) or _ENDS.search(number.before) or _NET.search(number.before):
            break
        flows.append(number)
    return flows


def _is_amount(number: Number) -> bool:
    return (
        number.measured
        and not number.weak
        and not number.hedge
        and not number.projected
        and number.kind is not Kind.STANDARD
        and bool(number.dimension)
        and (
            number.role in (Role.LEVEL, Role.PRIOR, Role.CHANGE, Role.TARGET)
            or number.role in (Role.SHARE, Role.RATE, Role.POINTS)
        )
    )


def _label(number: Number, before: Sequence[Number]) -> str:
    """The words before it; of the second of 15户、18.2万元 those of the first."""
    if len(number.before) <= 1 and before and number.start - before[-1].end <= 1 and number.dimension != before[-1].dimension:
        return before[-1].before
    return number.before[-16:]


def _clause(number: Number, ledger: Ledger) -> str:
    """What leads up to it from the number or the half sentence before: 期初，仓库共有."""
    paragraph = ledger.paragraphs.get(number.place.block)
    text = paragraph.normal.text[max(0, number.start - 24) : number.start] if paragraph else number.before
    return re.split(r"[。；\d]", text)[-1]


def _begins(number: Number, ledger: Ledger) -> bool:
    return bool(_BEGINS.search(number.before) or _BEGINS.search(_clause(number, ledger)))


def _alike(number: Number, others: Sequence[Number]) -> list[Number]:
    return [
        n
        for n in others
        if n.dimension == number.dimension and n.per == number.per and n.role not in (Role.SHARE, Role.RATE, Role.POINTS)
    ]


def _judge_end(end: Number, before: Sequence[Number], ledger: Ledger) -> bool:
    """Everything of its unit from the beginning on has come or gone, whatever its verb; whether it was settled."""
    if end.role is not Role.LEVEL:
        return False
    alike = [n for n in _alike(end, before) if n.group == 0]
    here = [n for n in alike if n.sentence == end.sentence and n.place.block == end.place.block]
    begin = next((n for n in reversed(alike) if _begins(n, ledger) and n.role in (Role.LEVEL, Role.PRIOR)), None)
    years = [(match[1], n) for n in alike if (match := _YEAR_END.search(n.before)) and re.search("[末底]", n.before)]
    told_now = re.search(r"20\d\d年|目前|现有", end.before)
    if begin is None and told_now and len(years) == 1 and years[0][0] not in end.before:
        # 2023年底142个。2024年新设28个，撤并36个。目前134个.
        begin = years[0][1]
    if begin is None and len(here) >= 3 and {direction_of(n) for n in here[1:]} == {1, -1}:
        # 采暖季前储气4180万立方米，期间补充1260万立方米、采出3915万立方米，季末结存: what is told first was there.
        begin = here[0]
    if begin is None or begin.sentence < end.sentence - 4:
        return False
    at, announced = alike.index(begin), _begins(begin, ledger)
    moved = [n for n in alike[at + 1 :] if ledger.whole_of.get(n.key) not in alike]
    if any(_ENDS.search(n.before) for n in moved):
        return False
    # 立案312件，加上年结转27件: what came may be told before what there was.
    first = [n for n in alike[:at] if n.sentence == begin.sentence and n.place.block == begin.place.block][-2:]
    lead = [n for n in alike[:at] if n not in first][:1]
    guesses: list[_Guess] = []
    sure = [n for n in moved if direction_of(n)]
    if 0 < len(sure) < len(moved) and _closes(((end, -1), (begin, 1), *((n, direction_of(n)) for n in sure))):
        # 新建86公里，改造124公里: what was only bettered has not come.
        return True
    for flows in ([*moved], [*first, *moved], [*lead, *moved], [*lead, *first, *moved]):
        words = [direction_of(n) for n in flows]
        if not flows or any(n.role is Role.PRIOR for n in flows) or (len(flows) > 4 and not all(words)) or len(flows) > 10:
            continue
        for signs in product((1, -1), repeat=len(flows)) if len(flows) <= 4 else [words]:
            known = sum(a == b for a, b in zip(words, signs, strict=True))
            against = sum(b not in (a, 0) for a, b in zip(signs, words, strict=True))
            points = 1.0 + 0.7 * known - 2.0 * against - 0.4 * (flows != moved) - 0.5 * (not announced)
            terms = ((end, -1), (begin, 1), *zip(flows, signs, strict=True))
            guesses.append(_Guess(terms, points))
    return _settle(end, guesses, "stock_and_flow", ledger)


_REACHED = re.compile(r"(?:[至到为达]|达到)(?:了|目前的?|现在的?|\d{4}年[末底]的?)*$")


def _judge_round(numbers: Sequence[Number], ledger: Ledger) -> set[str]:
    """In one sentence and whatever order: one beginning, one end, and between them what surely came or went. What was settled."""
    settled: set[str] = set()
    told = [n for n in numbers if n.group == 0 and n.role in (Role.LEVEL, Role.PRIOR, Role.CHANGE, Role.TARGET)]
    for dimension in dict.fromkeys(n.dimension for n in told):
        alike = [n for n in told if n.dimension == dimension and not n.per and n.key not in ledger.whole_of]
        years = {match[1] for n in alike if (match := _YEAR_END.search(n.before))}
        first = min(years) if len(years) > 1 else ""
        begins = [n for n in alike if _is_begin(n, first)]
        if not 3 <= len(alike) <= 6 or len(begins) != 1:
            continue
        begin = begins[0]
        ends = [n for n in alike if n is not begin and (_is_end(n) or not direction_of(n))]
        flows = [n for n in alike if n is not begin and n not in ends]
        if len(ends) != 1 or not flows or any(n.role is Role.PRIOR for n in (*ends, *flows)):
            continue
        if moved := [n for n in flows if _NET.search(n.before) or (n.role is Role.CHANGE and n.base)]:
            # 回收2.27亿元，余额128.64亿元，比年初的127.29亿元净增1.35亿元: the net is all that moved.
            flows = moved[:1]
        signs = [direction_of(n) for n in flows]
        points = 0.6 + 0.4 * len(flows) + 0.6 * (len(set(signs)) > 1) + 0.3 * _is_end(ends[0])
        guess = _Guess(((ends[0], -1), (begin, 1), *zip(flows, signs, strict=True)), points)
        if _closes_without(begin, [n for n in alike if n is not begin]):
            continue
        if _settle(ends[0], [guess], "stock_and_flow", ledger):
            settled.add(ends[0].key)
    return settled


def _closes_without(begin: Number, others: Sequence[Number]) -> bool:
    """上年结转86件，受理1286件，办结1240件，调解412件，判决828件，未结132件: some of them close it, the rest is of those."""
    for end in others:
        flows = [n for n in others if n is not end]
        # 预算1.2亿元，追加0.3亿元，调整后1.5亿元，支出1.42亿元: behind the end something else is told.
        for size in range(1 if flows[-1].start > end.start else 2, len(flows)):
            for chosen in combinations(flows, size):
                if _closes(((end, -1), (begin, 1), *((n, direction_of(n) or 1) for n in chosen))):
                    return True
    return False


_YEAR_END = re.compile(r"(20\d\d)年(?:度|[末底])?")


def _is_begin(number: Number, first_year: str) -> bool:
    if number.role is Role.CHANGE:
        return False
    told = bool(_BEGINS.search(number.before)) or number.role is Role.PRIOR
    year = _YEAR_END.search(number.before)
    return told or bool(first_year and year and year[1] == first_year and re.search("[末底]", number.before))


def _is_end(number: Number) -> bool:
    if number.role not in (Role.LEVEL, Role.TARGET):
        return False
    named = bool(_ENDS.search(number.before) or _REACHED.search(number.before))
    word = _REST.search(number.before)
    named = named or (word is not None and (bool(word["still"]) or not direction_of(number)))
    return bool(number.sign or named or re.search(r"保有量|总量$|总数$|规模$", number.before))


def _judge_rest(
    rest: Number, word: re.Match[str], own: Sequence[Number], earlier: Sequence[Number], sentence: Sentence, ledger: Ledger
) -> None:
    """The whole and what was done stand somewhere before it, most likely side by side."""
    if rest.role is Role.POINTS:
        alike = [n for n in own if n.role in (Role.SHARE, Role.RATE) and n.dimension == units.PERCENT][-4:]
    elif rest.role in (Role.SHARE, Role.RATE):
        if word["than"]:
            _judge_percent_of_points(rest, own, ledger)
        return
    elif rest.role is Role.PRIOR:
        return
    else:
        alike = [n for n in _alike(rest, own) if n.role is not Role.PRIOR][-_NEAR_AT_MOST:]
        if len(alike) < 2 or word["still"]:
            alike = [*_alike(rest, earlier)[-4:], *alike]
    guesses = [_Guess(((rest, -1), (high, 1), (low, -1)), points) for high, low, points in _pairs(rest, word, alike, sentence)]
    _settle(
        rest,
        guesses,
        "subtotal" if word["rest"] and word["rest"] != "结余" else "growth" if word["than"] else "stock_and_flow",
        ledger,
    )


def _judge_percent_of_points(rest: Number, own: Sequence[Number], ledger: Ledger) -> None:
    """增长6.7%……增长4.9%，快于城镇1.8%: what lies between two percentages is told in points."""
    rates = [n for n in own if n.role in (Role.SHARE, Role.RATE) and n.dimension == units.PERCENT][-4:]
    for one, other in combinations(rates, 2):
        if rest.dimension == units.PERCENT and abs((one.value or 0) - (other.value or 0)) == rest.value:
            line = f"{said(one)}与{said(other)}相差{said(rest)[:-1]}个百分点，原文写作{said(rest)}"
            ledger.fails("unit_slip", Severity.DOUBTFUL, [rest, one, other], line, "两个百分数之差应写“个百分点”。")
            return


def _pairs(
    rest: Number, word: re.Match[str], alike: Sequence[Number], sentence: Sentence
) -> Iterator[tuple[Number, Number, float]]:
    last = list(alike[-2:])
    for one, other in combinations(alike, 2):
        high, low = (one, other) if (one.value or 0) >= (other.value or 0) else (other, one)
        beside = one is last[0] and other is last[1]
        here = all(n.place.block == rest.place.block and n.sentence == rest.sentence for n in (one, other))
        points = 0.3 * here + (1.0 if beside else 0.0)
        if word["rest"] or word["still"]:
            done = bool(_DONE.search(low.before)) or direction_of(low) < 0
            points += 0.7 * done + 0.4 * bool(_ALL.search(high.before)) - 1.0 * (bool(word["still"]) and not done)
            # 当年受理68215件，审结65037件，未结5278件: some may have been carried over.
            carried = re.search("受理|收[案件到]|新收|立案", high.before) and (rest.value or 0) > (high.value or 0) - (
                low.value or 0
            )
            points -= 1.0 * bool(word["still"] and carried)
            points -= 0.6 * (high is other and not _ALL.search(high.before)) + 1.0 * bool(_REST.search(low.before))
        elif word["than"]:
            points -= 1.0 * (not beside)
        elif word["net"]:
            signs = {direction_of(one), direction_of(other)}
            points += 0.6 * (signs == {1, -1}) + 0.4 * beside - 1.0 * (len(signs - {0}) < 2 and not beside)
            points -= 1.0 * bool(_REST.search(one.before) or _REST.search(other.before))
        yield high, low, points


def _settle(judged: Number, guesses: Sequence[_Guess], rule: str, ledger: Ledger) -> bool:
    """One reading that closes is believed; else the likeliest is told where enough speaks for it. Whether either was so."""
    for guess in guesses:
        if _closes(guess.terms):
            ledger.holds(rule, guess.numbers, f"{_line(guess)}，与原文{said(judged)}相符")
            return True
    best: tuple[float, _Guess, float] | None = None
    for guess in guesses:
        weight, _ = weight_of_equation(guess.terms)
        weight = max(weight, _left_out(guess))
        if not weight and guess.points < _CLEAR:
            continue
        score = guess.points + weight - log10(max(len(guesses), 1)) / 2 * bool(weight)
        if best is None or score > best[0]:
            best = (score, guess, weight)
    if best is None or best[0] < _ENOUGH or any(n.key in ledger.failed for n in best[1].numbers):
        return False
    guess = best[1]
    sure = bool(best[2]) and best[0] >= _ENOUGH + 1
    value = sum(((n.value or Fraction(0)) * sign for n, sign in guess.terms[1:]), Fraction(0))
    proposal = f"若其余各数无误，应为{amount(value, judged)}；请逐一核对这几个数，若另有增减，请写明。"
    severity = Severity.ERROR if sure else Severity.DOUBTFUL
    ledger.fails(rule, severity, guess.numbers, f"{_line(guess)}，原文写{said(judged)}", proposal)
    return True


def _left_out(guess: _Guess) -> float:
    """How unlikely it is by chance that the account closes once one of its terms is left out."""
    if len(guess.terms) < 4:
        return 0.0
    for at in range(1, len(guess.terms)):
        if _closes((*guess.terms[:at], *guess.terms[at + 1 :])):
            return float(len(re.sub(r"\D", "", guess.terms[0][0].printed))) - 0.5
    return 0.0


def _closes(terms: Sequence[tuple[Number, int]]) -> bool:
    total: Interval = NOTHING
    for number, sign in terms:
        total = total + number.interval if sign > 0 else total - number.interval
    return total.meets(NOTHING)


def _line(guess: _Guess) -> str:
    (judged, _), (first, _), *others = guess.terms
    value = sum(((n.value or Fraction(0)) * sign for n, sign in guess.terms[1:]), Fraction(0))
    shown = said(first) + "".join(f"{'+' if sign > 0 else '-'}{said(n)}" for n, sign in others)
    return f"{shown}={amount(value, judged)}"
