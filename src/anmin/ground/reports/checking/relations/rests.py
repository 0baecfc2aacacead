"""What is left, and what came less what went: a rest against its whole and what was done, a net against what moved.

No verb need be known: every pair of numbers before a rest is tried. What stands far off is held against it by its digits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, groupby, product

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.directions import BEGINS, ENDS, NET, NET_DOWN, direction_of
from anmin.ground.reports.checking.relations.guesses import Guess, alike_of, closes, settle
from anmin.ground.reports.checking.relations.ledger import Ledger, amount, said
from anmin.ground.reports.checking.relations.misprints import is_one_slip, weight_of_equation
from anmin.ground.reports.checking.vocabulary import Role, Severity

REST = re.compile(
    r"(?P<rest>其余|^余$|剩余|余下|剩下|(?<!上年)(?<!上年度)(?<!年初)(?<!历年)结余|节余|节约|核减|审减|缺口|缺额|差额|富余|空[编缺岗额]|空间|结存|(?<!上年)(?<!年度)(?<!年初)(?<!上期)(?<!上季度)(?<!上季)(?<!上月)(?<!上周)(?<!结余)结转|利润|亏损|盈利|盈余|库存|溢价|差价|缺[考编席勤岗额]|缓缴|请假|净[值资额利]|毛利|追加|调[增减]|闲置|空置|滞销|[少多][拨发计缴付列])"
    r"|(?P<still>(?:尚|仍|(?<![返归偿])还(?!本|款|贷|清|建|债|息))(?:有|剩|差|需|欠|余|未|缺)?|欠[缴收费款]?|(?:^|跨年)(?:续|在)[营办建册库读管途售保租]|(?<![从并])未[\u4e00-\u9fff]{1,3}(?<!未来)|正在|(?<![对招接优])待(?!遇)[\u4e00-\u9fff]{1,4}$)"
    r"|(?P<net>净增|净减|净[流迁转调][入出]|净新增|顺差|逆差|自然增|自然减)"
    r"|(?P<than>(?:高出|高于|低于|多于|少于|快于|慢于|超出|相差|差距|差)[\u4e00-\u9fff]{0,8}$|高(?![标级校中速新龄铁层质血考温原风危端等])[^，。；]{1,8}$)"
)
_DONE = re.compile(
    r"已|实|到|缴|折旧|成本|费用|负债|余额|报废|回收|损毁|销售|完成|实际|办结|整改|支出|补退|化解|处置|销号|到位|使用|审结|改造|核销|发放|回收|实收|结案|执行|退出|注销|占用|清退|拆除|审定|收回"
)
_ALL = re.compile(
    r"共|原值|资产|限额|批复|收入|调整|编制|总|应|计划|任务|发现|查出|排查|下达|到位|预算|发行|筹集|收到|受理|核定|梳理|累计|送审|签订|需|反馈|交办|摸排"
)
_LEFT = re.compile(r"(?<!上年)(?<!上年度)(?<!年初)(?<!历年)结余|结转下年|(?:尚|仍|还)有|未使用|未支出|剩余|结转$")
_BEHIND = re.compile(r"^(?:\w{0,2}的?)??(?=(?:正在|尚未|仍未|还未|未(?!来)|仍在|待))")
_ONE_SLIP = 1.4
NEAR_AT_MOST, FAR_AT_MOST, _PAIRS_AT_MOST = 14, 1500, 300


def judge_rest(
    rest: Number, word: re.Match[str], own: Sequence[Number], earlier: Sequence[Number], sentence: Sentence, ledger: Ledger
) -> None:
    """The whole and what was done stand somewhere before it, most likely side by side."""
    if re.search("最[高多大低少小]|峰值|[上去]年", rest.before):
        return
    if rest.role is Role.POINTS:
        alike = [n for n in own if n.role in (Role.SHARE, Role.RATE) and n.dimension == units.PERCENT][-4:]
    elif rest.role in (Role.SHARE, Role.RATE):
        if word["than"]:
            _judge_percent_of_points(rest, own, ledger)
        return
    elif rest.role is Role.PRIOR:
        return
    else:
        alike = [n for n in alike_of(rest, own) if n.role is not Role.PRIOR][-NEAR_AT_MOST:]
        if len(alike) < 2 or word["still"]:
            alike = [*alike_of(rest, earlier)[-4:], *alike]
    guesses = [Guess(((rest, -1), (high, 1), (low, -1)), points) for high, low, points in _pairs(rest, word, alike, sentence)]
    behind = alike_of(rest, [n for n in sentence.numbers if n.start > rest.end])[:3]
    for guess in guesses:
        (_, (high, _), (low, _)) = guess.terms[:3]
        states = [low, rest, *behind]
        if any(closes(((high, -1), *((n, 1) for n in states[:size]))) for size in range(3, len(states) + 1)):
            return  # 立项21个。已完工12个、在建7个、未开工2个
    carried = next((n for n in alike if re.search("结转|旧存", n.before)), None)
    both = [(*each.terms, (carried, 1)) for each in guesses if carried not in each.numbers] if carried and word["still"] else []
    if any(closes(terms) for terms in both):
        # 受理286件，上年结转24件，审结272件……未审结38件: what was carried over is in it.
        return
    if (word["still"] or word["rest"]) and _in_another_unit(rest, guesses, ledger):
        return
    settle(
        rest,
        guesses,
        "subtotal" if word["rest"] and word["rest"] != "结余" else "growth" if word["than"] else "stock_and_flow",
        ledger,
    )


def _in_another_unit(rest: Number, guesses: Sequence[Guess], ledger: Ledger) -> bool:
    """计划19.2亿元，完成8.64亿元，还需完成10.56万元: what is left, but for its unit."""
    if rest.factor not in (10**4, 10**8) or len(re.sub(r"\D", "", rest.printed)) < 3:
        return False
    other = 10**4 if rest.factor == 10**4 else Fraction(1, 10**4)
    for guess in guesses:
        (_, (high, _), (low, _)) = guess.terms
        meant = (high.value or Fraction(0)) - (low.value or 0)
        if high.unit == low.unit != rest.unit and meant and meant == (rest.value or 0) * other:
            line = f"{said(high)}-{said(low)}={amount(meant, high)}，原文写{said(rest)}"
            ledger.fails("unit_slip", Severity.ERROR, [rest, high, low], line, f"应为{amount(meant, high)}，请核对计量单位。")
            return True
    return False


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
            points -= 0.6 * (high is other and not _ALL.search(high.before)) + 1.0 * bool(REST.search(low.before))
        elif word["than"]:
            points += 1.6 if _names_both(rest, one, other) else -1.0 * (not beside)
        elif word["net"]:
            signs = {direction_of(one), direction_of(other)}
            points += 0.6 * (signs == {1, -1}) + 0.4 * beside - 1.0 * (len(signs - {0}) < 2 and not beside)
            points -= 1.0 * bool(REST.search(one.before) or REST.search(other.before))
        yield high, low, points


_NAMED_BOTH = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2})(?:高出|高于|低于|多于|少于|超出|超过|大于|小于|比)(?P<other>[\u4e00-\u9fff]{2})"
)


def _names_both(rest: Number, one: Number, other: Number) -> bool:
    """债务限额118.6亿元，余额低于限额6.13亿元: the difference names what it lies between."""
    told = _NAMED_BOTH.search(rest.before)
    if told is None:
        return False
    ends = {number.before.rstrip("为达约共有")[-2:] for number in (one, other)}
    ends |= {number.before[-6:] for number in (one, other)}
    return all(any(name in end for end in ends) for name in (told["one"], told["other"]))


def told_behind(number: Number) -> re.Match[str] | None:
    """答复178件，8件正在办理中: what is left may be said behind the number."""
    begun = number.before.strip("，、但仅另有还") == "" and _BEHIND.match(number.after)
    return REST.search(number.after[:8]) if begun else None


def judge_net(net: Number, numbers: Sequence[Number], ledger: Ledger) -> bool:
    """较年初净增86名，其中发展142名，转出38名，去世18名: what came and went, all of it, behind the net or before it."""
    named = bool(NET.search(net.before))
    alike = alike_of(net, numbers)
    at = alike.index(net) if net in alike else -1
    # 比上年增加622人，其中招生4286人，毕业及流失3664人.
    divided = net.role is Role.CHANGE and bool(net.base) and any("其中" in n.before for n in alike[at + 1 : at + 2])
    if not named and not divided and not (net.role is Role.CHANGE and net.base == "S"):
        return False
    behind, before = _flows(alike[at + 1 :]), _flows(alike[:at][::-1]) if named else []
    sign = -1 if NET_DOWN.search(net.before) or net.sign < 0 else 1
    guesses = [
        Guess(((net, -sign), *((n, direction_of(n)) for n in flows)), 1.6 + 0.4 * len(flows))
        for flows in (behind, before)
        if len({direction_of(n) for n in flows}) == 2
    ]
    if divided and not named and net.base != "S":
        # What a year differs by from another is made up of flows only where one slip shows it.
        guesses = [each for each in guesses if closes(each.terms) or is_one_slip(each.terms)]
    return at >= 0 and bool(guesses) and settle(net, guesses, "stock_and_flow", ledger)


def judge_since(change: Number, numbers: Sequence[Number], earlier: Sequence[Number], ledger: Ledger) -> None:
    """在保2146户。新增86户，退出34户，比年初的2094户净增52户: what there is was told in a sentence before.

    That what came less what went is the net, too, says nothing of it.
    """
    at = next((place for place, each in enumerate(numbers) if each is change), 0)
    prior = numbers[at - 1] if at else change
    if prior.role is not Role.PRIOR or change.role is not Role.CHANGE or not change.sign or change.start - prior.end > 8:
        return
    if prior.dimension != change.dimension or ledger.are_compared(change, prior) or not (prior.value and change.value):
        return
    if re.search("[比较]", change.before) or any(_is_stock(n) for n in alike_of(change, numbers[: at - 1])[-1:]):
        # What there is stands right before it: growth speaks of that.
        return
    here = [n for n in alike_of(change, numbers[: at - 1]) if _is_stock(n)]
    levels = [n for n in here or alike_of(change, earlier) if _is_stock(n)][-6:]
    levels = [n for n in levels if (prior.value or 0) * 6 <= (n.value or 0) * 10 <= (prior.value or 0) * 16]
    sums = [((level, -1), (prior, 1), (change, change.sign)) for level in levels]
    for level, terms in zip(levels, sums, strict=True):
        if closes(terms):
            line = f"{said(level)}，比{said(prior)}{'多' if change.sign > 0 else '少'}{said(change)}，三数相符"
            ledger.holds("stock_and_flow", [prior, level, change], line)
            return
    weighed = [(weight_of_equation(terms), level) for level, terms in zip(levels, sums, strict=True)]
    (weight, misprinted), level = max(weighed, key=lambda each: each[0][0], default=((0.0, None), change))
    if not weighed or ledger.failed & {level.key, prior.key, change.key} or not (weight >= _ONE_SLIP or len(levels) == 1):
        return
    real = (level.value or Fraction(0)) - prior.value
    told = f"{'增' if change.sign > 0 else '减'}{said(change)}"
    line = f"{said(level)}-{said(prior)}={'-' if real < 0 else ''}{amount(abs(real), change)}，原文写{told}"
    first = misprinted if misprinted is not None and misprinted is not change else prior
    others = [n for n in (level, prior, change) if n is not first]
    severity = Severity.ERROR if weight >= _ONE_SLIP else Severity.DOUBTFUL
    ledger.fails("stock_and_flow", severity, [first, *others], line, "请核对期初、期末两数和净增减数。")


def _is_stock(number: Number) -> bool:
    return number.role is Role.LEVEL and not direction_of(number)


def _flows(numbers: Sequence[Number]) -> list[Number]:
    """What surely came or went, up to the first number of which that is not said."""
    flows: list[Number] = []
    for number in numbers[:8]:
        if number.role is not Role.LEVEL or not direction_of(number) or ENDS.search(number.before) or NET.search(number.before):
            break
        flows.append(number)
    return flows


def is_left(number: Number) -> bool:
    """Whether it is told as what is left: 尚有271.95万元, 剩余的2714人."""
    return (
        number.measured
        and not number.weak
        and not number.hedge
        and number.role in (Role.LEVEL, Role.CHANGE)
        and _LEFT.search(number.before[-10:] + number.after[:2]) is not None
    )


_CAME_IN = re.compile(r"(?:收入|筹集|募集|到位|下达|归集)[\u4e00-\u9fff]{0,6}$")
_WENT_OUT = re.compile(r"(?:支出|使用|拨付|发放)[\u4e00-\u9fff]{0,6}$")


def judge_far(number: Number, told: Sequence[Number], ledger: Ledger) -> None:
    """年末尚有271.95万元结转 of what a section before received and spent; 比上年末增加136.7万元 of 上年结转126.4万元.

    Of three digits at least where the change is told, or what came in and went out; else of four. Only where one slip of the
    finger makes it close.
    """
    since = number.role is Role.CHANGE and number.base == "S"
    long = len(re.sub(r"\D", "", number.printed)) >= 4
    if not since and not is_left(number):
        return
    alike = alike_of(number, told)
    at = alike.index(number)
    if since:
        # What stands right before the change is what there is now.
        level = alike[at - 1] if at else None
        if level is None or level.sentence != number.sentence or level.place.block != number.place.block:
            return
        begins = [n for n in alike if n is not level and n.role is not Role.CHANGE and BEGINS.search(n.before)]
        guesses = [Guess(((number, -number.sign), (level, 1), (begin, -1)), 0.6) for begin in begins]
    else:
        blocks = [list(each) for _, each in groupby((n for n in alike if n is not number), key=lambda n: n.place.block)]
        pairs = [
            (one, other) if (one.value or 0) > (other.value or 0) else (other, one)
            for each in blocks
            for one, other in combinations(each[:8], 2)
            if long and (one is each[0] or other.start - one.end < 40)
        ][:_PAIRS_AT_MOST]
        guesses = [
            Guess(((number, -1), (high, 1), (low, -1)), 0.3)
            for high, low in pairs
            if _DONE.search(low.before) or direction_of(low) < 0 or (high.role is Role.TARGET and low.role is Role.LEVEL)
        ]
        # 收入3862万元，其中…… (a section on) 支出3746万元：…… 收支相抵，结余116万元.
        came, went = ([each[0] for each in blocks if word.search(each[0].before)][-4:] for word in (_CAME_IN, _WENT_OUT))
        guesses += [
            Guess(((number, -1), (one, 1), (other, -1)), 0.6)
            for one, other in product(came, went)
            if one.place.block != other.place.block and (one.value or 0) > (other.value or 0)
        ]
    settle(number, guesses, "stock_and_flow", ledger)
