"""From what to what, and by how much, whatever the verbs: three numbers that are told in one breath.

`records` knows the words of growth. Here it is the build that speaks: 由…整合为…, 较上轮的…, 上年为… behind or before; tried only
for a change that no statement of growth has claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval, ratio
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.roles import DOWN, UP
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.directions import is_flow_since_a_day
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, decimals_of, percent, said
from anmin.ground.reports.checking.relations.levels import leads_elsewhere
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity, State

RULE = "growth"
# Wider than what makes a change of a number by itself: three numbers in one build say the rest.
_RISEN = rf"{UP}|增|升|提(?!前|供|取|出)|扩|拓展|延伸|高|多|超(?!员|载|速|标|市)|拉长|延长|快|上调|调[增高]|前移|追加|充实"
_FALLEN = rf"{DOWN}|减(?!免|排)|降|压|缩|低|少|跌|滑|落|精简|撤并?|节[约省]|短|慢|下[调浮]|调[减低]"
_MOVED = re.compile(
    rf"(?:(?P<up>{_RISEN})|(?P<down>{_FALLEN})|改善|优化|变[动化]|相差|好于|幅)"
    r"(?:[长加大高升多快出到少低小短慢减缩降速容编并了约近超达为率度幅比例数量额去至共个于]|幅度|全[市省县国]|平均|合计)*+$"
)
# 人均多办42件, 少发8起: the verb stands between.
_BY_VERB = re.compile(r"(?:(?P<up>多)|(?P<down>少))[\u4e00-\u9fff]{1,3}$")
_BEYOND = re.compile(r"[高低多少优好快慢大小]于|超出?|超过")
_BEYOND_WHOM = re.compile(rf"(?:{_BEYOND.pattern}|超|欠|短缺?)[\u4e00-\u9fff]{{2,10}}$")
_MOVES_IN = re.compile(rf"{_RISEN}|{_FALLEN}")
_NAMED_RATE = re.compile(r"[增降涨升跌减][速幅]|[\u4e00-\u9fff]率")
# What makes another statement of it: another comparison, a share, a mean, another measure.
_OTHER = re.compile(
    r"同比|环比|比(?![例重率])|较|其中|占|完成|年均|平均|每年|可比|同口径|不变价|名义|实际|剔除|累计增|力争|多增|少增|多降|少降"
    r"|目标|计划|拟|将|[到至]\w{0,3}$"
)
_YEAR = (
    r"(?:(?:19|20)\d{2}年(?:上半年|同期|底|末|\d{1,2}月[底末份]?)?|(?:\d[-—–])?\d{1,2}月份?|“?十[二三四]五”?[末初]?期?[末初]?)?"
)
_FROM = re.compile(rf"(?:^|[^自来服缘理])[由从](?!事|业|而|于)[^，。；：\d由从]{{0,14}}(?:{_YEAR}[^，。；：\d由从]{{0,10}})?$")
_TO = re.compile(
    rf"^(?:/\w{{1,3}})?(?:，|\w{{0,4}}的)?[^，。；：\d]{{0,8}}?[到至为成](?:了|约)?(?:{_YEAR}的?|[^，。；：\d、到至为成]{{0,6}}的?)$"
)
_COMPARED = r"(?:(?:(?<![占同环])|(?<=[同环])(?=比[上去\d]))比(?![重例率值])|较)"
_THAN = re.compile(
    rf"^[）]?(?:，(?:增速|增幅)?[居列][^，。；：\d]{{1,10}})?[，、：]?[^，。；：\d]{{0,6}}(?:{_COMPARED}|由|从|{_BEYOND.pattern})"
    rf"[^，。；：\d比较]{{0,8}}(?:{_YEAR}[^，。；：\d比较]{{0,10}})?$"
)
_STARTS_THAN = re.compile(rf"(?:^|[，；、：的])?(?:{_COMPARED}|与)[^，。；：\d比较]{{0,10}}(?:{_YEAR}[^，。；：\d比较]{{0,8}})?$")
_EARLIER_WORDS = (
    r"上一?年|去年|上一?[届轮期次季批周月]|上个?\w{0,2}[季轮期度月]|同期|年初|期初|前一?年|首[届轮次]|原(?:来|有|为)|此前|过去|往年"
    r"|整治前|改革前"
)
_EARLIER = re.compile(
    rf"(?:{_EARLIER_WORDS})(?!的?目标|旧存|结转|结余|滚存|遗留)[^，。；：\d]{{0,14}}$|(?:^|[，；（、])(?:而|且)?(?:19|20)\d{{2}}年[^，。；：\d]{{0,10}}$"
)
_TOLD_BEHIND = re.compile(
    r"^[，；（。]?(?:而|且|其中)?(?P<who>[^，。；：\d（）]{2,16}?)(?:分别)?(?:为|是|仅为?|只有|有|达到?|增速|均值|水平)?$"
)
_AGAINST = re.compile(
    r"(?:(?<![同环占])比|较|[高低多少快慢优好]于|超(?!出|过)|超过|低|超出|落后|欠|短)(?P<who>[\u4e00-\u9fff]{2,10}?)"
    r"(?:平均)?(?:水平|增速|均值)?(?:[增减升降提扩缩高低多少快慢]\w{0,4})?$"
)
_BECOMES = re.compile(
    r"^，?(?:现|今年|目前|本[届轮期次年]|当前|已|上半年)?[\u4e00-\u9fff]{0,6}?"
    r"(?:达到?|至|到|为|(?<=[届轮期次年])[\u4e00-\u9fff]{0,6})$"
)
_JUST_FROM = re.compile(rf"，[由从](?:(?:{_EARLIER_WORDS})(?:的?同期)?|(?:19|20)\d{{2}}年(?:同期|[底末])?)?的?")
_AS_MUCH_AS = re.compile(
    r"^，?(?:仅|约|只)?(?:[为是]|相当于|达到?)(?:[^，。；\d]{0,8}(?:平均|均值|水平|上年|去年|同期))[^，。；\d]{0,6}$"
)
_OTHER_WAY = re.compile(r"^[，；](?:转|退|注销|核减|调[出离]|[死脱]|报废|划|移|新(?:增|纳|进|招|购)|迁|淘汰|关|停)")
_GONE_OR_NEW = re.compile(r"新|消除|取消|砍|封|退|销|清|关|停|拆|脱|腾|盘活")
_BEHIND_YEAR = re.compile(r"^[，；（]?(?:而)?(?:19|20)\d{2}年(?:上半年|底|末|同期)?(?:为|是|仅为?|有)?$")
_OF_EARLIER = re.compile(
    r"(?:恢复|相当于|达到?|[为是])[^，。；\d]{0,4}(?:(?:19|20)\d{2}年|上年|去年)(?:同期)?[^，。；\d]{0,4}的$"
)
_TOLD_EARLIER = re.compile(rf"^[，；（]?(?:而)?(?:(?:19|20)\d{{2}}年|{_EARLIER_WORDS})[^，。；\d]{{0,8}}$")
_LEADS = re.compile(
    rf"^[，、（：]|{_EARLIER_WORDS}|今年|本[年月季期届轮]度?|目前|现在?|当前|年[末底]|(?:19|20)\d{{2}}年|\d{{1,2}}月[末底份]?|上半年|全年|[末底]"
    r"|数量?|总数|人数|为|是|有|仅|只|达到?|的|则|完成|实现|水平|共|累计"
)
_NEAR, _WINDOW = 34, 5


@dataclass(frozen=True, slots=True)
class _Move:
    """`level` has moved from `prior` by `change`; `way` are the words that say in which direction."""

    prior: Number
    level: Number
    change: Number | None
    way: str
    sure: bool = True


_IS_A_CHANGE = re.compile("(?:偏[多少高低]|[多少][增减]|净[增减])(?:了|约)?$")
_SETTLED = (State.HOLDS, State.ROUNDING, State.FAILS)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every change that nothing has claimed is tried against the two numbers beside it."""
    claimed = {key for relation in ledger.relations for key in relation.numbers[:1] if relation.rule in ("growth", "range_order")}
    # 由286家变动为294家, 新投产36家、关停28家: what stands in an account that was settled is no change of its own.
    claimed |= {
        key for told in ledger.relations if told.rule == "stock_and_flow" and told.state in _SETTLED for key in told.numbers
    }
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            numbers = [n for n in sentence.numbers if _is_told(n)]
            for move in _moves(numbers, sentence):
                if move.change is not None and is_flow_since_a_day(move.change, move.level):
                    continue
                if (move.change or move.level).key not in claimed and not leads_elsewhere(
                    move.prior, move.level, move.change, numbers
                ):
                    _judge(move, ledger)
                    claimed.add((move.change or move.level).key)


def _is_told(number: Number) -> bool:
    if number.weak or number.value is None or (number.projected and number.role is not Role.TARGET) or number.hedge == "区间":
        return False
    return number.measured or (number.kind is Kind.DURATION and "岁" not in number.unit)


def _key(number: Number) -> tuple[str, str]:
    """What two numbers must share to be compared; of times the unit, for a day is no working day."""
    if number.dimension == "时长" or number.unit == "天":
        return number.unit.removeprefix("个"), ""
    return number.dimension, ""


def _alike(one: Number, two: Number) -> bool:
    return (
        _key(one) == _key(two)
        and (one.per == two.per or not (one.per and two.per))
        and one.dimension not in (units.POINTS, units.TIMES)
        and (bool(one.dimension) or (one.factor > 1 and two.factor > 1))
    )


def _fits(change: Number, level: Number) -> bool:
    if level.dimension == units.PERCENT:
        return change.dimension == units.POINTS
    if level.dimension == "‰":
        return change.dimension == "千分点"
    return change.dimension in (units.PERCENT, units.TIMES) or (_key(change) == _key(level) and change.dimension != units.POINTS)


def _moves(numbers: Sequence[Number], sentence: Sentence) -> Iterator[_Move]:
    for at, first in enumerate(numbers):
        near = numbers[at + 1 : at + _WINDOW]
        if not near or near[0].start - first.end > _NEAR:
            continue
        second, behind = near[0], near[1:]
        between = sentence.between(first, second)
        if _alike(first, second) and second.role is not Role.CHANGE:
            yield from _two_told(first, second, behind, between, sentence)
            if at and _FROM.search(sentence.between(numbers[at - 1], first)):
                yield from _rate_before(numbers[at - 1], first, second, sentence)
        if _fits(second, first) and "；" not in between and (_verb(between) or _BEYOND_WHOM.search(between)):
            yield from _told_behind(first, second, behind, between, sentence)
        elif second.dimension in (units.PERCENT, units.TIMES) and _OF_EARLIER.search(between):
            yield from _of_earlier(first, second, behind, between, sentence)


def _two_told(first: Number, second: Number, behind: Sequence[Number], between: str, sentence: Sentence) -> Iterator[_Move]:
    before = sentence.text[: first.start - sentence.start][-30:]
    if second.role is Role.TIMES or first.role is Role.CHANGE or _IS_A_CHANGE.search(before):
        return
    if _FROM.search(before) and _TO.match(between):
        yield _Move(first, second, None, between)
        yield from _changes(first, second, behind, "", sentence, verb=re.sub("[到至为成了的]", "", between) or "变")
    elif _STARTS_THAN.search(before) or (first.role is Role.PRIOR and not _EARLIER.search(before)):
        return
    elif _THAN.match(between) and not _moves_in(between) and not _EARLIER.search(before):
        yield from _changes(second, first, behind, between, sentence)
    elif _AS_MUCH_AS.match(between) and behind and behind[0].dimension == units.PERCENT:
        if re.fullmatch("的[近约]?", sentence.between(second, behind[0])):
            yield _Move(second, first, behind[0], "为前者的")
    elif "；" not in between and not _MOVES_IN.search(between) and _same_thing(before, between):
        ago = [bool(_EARLIER.search(words)) for words in (before, between)]
        years = [re.findall(r"(?:19|20)\d{2}(?=年)", words)[-1:] for words in (before, between)]
        ago = [years[0] < years[1], years[1] < years[0]] if all(ago) and all(years) else ago
        if ago[0] != ago[1]:
            yield from _changes(*((first, second) if ago[0] else (second, first)), behind, "", sentence)


def _same_thing(before: str, between: str) -> bool:
    """去年末存栏18.6万头，今年出栏12.4万头: what is told second has a name of its own."""
    noun = _LEADS.sub("", between)
    return not noun or noun in before


def _moves_in(words: str) -> bool:
    return bool(_MOVES_IN.search(_NAMED_RATE.sub("", _BEYOND.sub("", words))))


def _changes(
    prior: Number, level: Number, behind: Sequence[Number], way: str, sentence: Sentence, *, verb: str = ""
) -> Iterator[_Move]:
    """What is said of the two right behind them: 减少58项，减幅17.8%; behind a `verb` said again, or any if a finger slipped."""
    last = max(prior.end, level.end)
    for at, change in enumerate(behind[:2]):
        words = sentence.text[last - sentence.start : change.start - sentence.start]
        after = behind[at + 1] if at + 1 < len(behind) else None
        if (words.startswith("、") and not at) or ("年" in words and "月" in level.per):
            return
        words = re.sub(r"^(?:/[\u4e00-\u9fff·]{1,3})?(?:的?(?:增速|水平|均值)|相比)?", "", words).lstrip("）)")
        if len(words) > 14 or not _fits(change, level) or _is_other(words, prior, sentence) or re.search("[；。（]", words):
            return
        if not words:
            way = "".join(_BEYOND.findall(way))
        said_so = _verb(words) or (not words and bool(way)) or bool(re.search(r"[是为]\w{0,4}的$", words))
        said_so = said_so or bool(set(verb) & set(words.lstrip("，")))
        if not said_so and not (verb and change.dimension == level.dimension and len(words) <= 7 and _GONE_OR_NEW.search(words)):
            return
        if _is_flow(change, after, level, prior, words, sentence):
            return
        yield _Move(prior, level, change, words if words and said_so else way, sure=bool(said_so))
        if not said_so:
            return
        last = change.end


def _is_flow(change: Number, after: Number | None, level: Number, prior: Number, words: str, sentence: Sentence) -> bool:
    """累计新增48人，转出22人; 新增111种谈判药品; 节约28万元 of a price: what came, beside what went."""
    if _key(change) != _key(level):
        return False
    if "新" in words and re.match("[\u4e00-\u9fff]{2}", change.after):
        return True
    if change.value is not None and change.value > 2 * max(level.value or 0, prior.value or 0):
        return True
    if after is None or _key(after) != _key(change):
        return False
    then = sentence.between(change, after)
    return then.startswith("、") or bool(_OTHER_WAY.match(then))


def _verb(words: str) -> re.Match[str] | None:
    return _MOVED.search(words) or _BY_VERB.search(words)


def _is_other(words: str, prior: Number, sentence: Sentence) -> bool:
    """Whether they begin another statement; 同比 does not where the earlier value is last year's."""
    before = sentence.text[: prior.start - sentence.start][-16:]
    of_years = re.search("(?:19|20)[0-9]{2}年", before) and not re.search("半年|季度|月", sentence.text)
    if (of_years or re.search("上年|去年|同期", before)) and not re.search("[上去]年[末底]", before):
        words = words.replace("同比", "").replace("多增", "增").replace("少增", "少")
    return bool(_OTHER.search(words))


def _rate_before(rate: Number, prior: Number, level: Number, sentence: Sentence) -> Iterator[_Move]:
    """化肥用量同比减少4.8%，由2.48万吨减至2.36万吨."""
    between = sentence.between(rate, prior)
    way = _way(rate, sentence)
    if (
        not _TO.match(sentence.between(prior, level))
        or not _JUST_FROM.fullmatch(between)
        or not (_verb(way) or _OF_EARLIER.search(way))
    ):
        return
    year, month = re.search("同比|[上去]年", way), re.search("环比|上月", way)
    if (
        _fits(rate, level)
        and not re.search("年均|可比|实际|名义|累计", way)
        and not ((month and re.search("[上去]年", between)) or (year and re.search("年初|上月|20[0-2]", between)))
    ):
        yield _Move(prior, level, rate, way)


def _told_behind(first: Number, change: Number, behind: Sequence[Number], between: str, sentence: Sentence) -> Iterator[_Move]:
    """98.6%，较上年提高0.4个百分点，上年98.2%; 比上轮的92.4%提高5.2个百分点，达到97.6%."""
    before = sentence.text[: first.start - sentence.start][-30:]
    if re.search("年均|平均每年|可比|名义|实际|累计增", between):
        return
    last, changes = change, [change]
    for number in behind[:2]:
        words = re.sub("^，[比较](?:上年|去年)(?:同期)?的?", "，", sentence.between(last, number))
        if _alike(first, number) and number.role is not Role.CHANGE and not _MOVED.search(_NAMED_RATE.sub("", words)[-3:]):
            if _STARTS_THAN.search(before) and len(between) <= 10 and "，" not in between and _becomes(words):
                yield from (_Move(first, number, each, _way(each, sentence)) for each in changes)
            elif _speaks_of(words, between, sentence):
                yield from (_Move(number, first, each, _way(each, sentence)) for each in changes)
            return
        if not _fits(number, first) or len(words) > 12 or _OTHER.search(words) or not _verb(words):
            return
        changes.append(number)
        last = number


def _becomes(words: str) -> bool:
    return bool(_BECOMES.match(words)) and not re.search("[比较]|其中|包括", words)


def _of_earlier(level: Number, share: Number, behind: Sequence[Number], between: str, sentence: Sentence) -> Iterator[_Move]:
    """接待186.2万人次，恢复至2019年同期的91.0%（2019年同期204.6万人次）."""
    prior = behind[0] if behind else None
    if prior is None or not _alike(level, prior) or level.dimension == units.PERCENT:
        return
    words = sentence.between(share, prior)
    year = re.search(r"(?:19|20)\d{2}年", between)
    if len(words) <= 16 and (year is None or year[0] in words) and _TOLD_EARLIER.match(words):
        yield _Move(prior, level, share, "为前者的")


def _way(change: Number, sentence: Sentence) -> str:
    return re.split(r"[，。；：\d]", sentence.text[: change.start - sentence.start])[-1]


def _speaks_of(words: str, between: str, sentence: Sentence) -> bool:
    """Whether what is told behind is what the change was against."""
    clause = re.split(r"[，；：]", between)[-1]
    if re.search(r"环比|上月|上季", clause) and not re.search(r"上月|上季", words):
        return False
    year = _BEHIND_YEAR.match(words)
    told = _TOLD_BEHIND.match(words)
    who = told["who"] if told else ""
    against = _AGAINST.search(clause)
    named = against["who"] if against else ""
    timely = re.match(_EARLIER_WORDS, named) or not named
    if year or re.match(rf"(?:{_EARLIER_WORDS})", who):
        other = year and re.search("同期", words) and not re.search("同期|同比", clause)
        return bool(timely) and not other and _same_time(named, who)
    return bool(named) and len(who) >= 2 and who[:2] == named[:2]


def _same_time(named: str, who: str) -> bool:
    """年初 is not 去年同期, but what names no time may be either."""
    return not (re.match("年初|期初", named) and re.match("上年|去年|同期", who) and not re.match("[上去]年[末底]", who))


def _bounds(number: Number) -> Interval:
    if number.kind is Kind.DURATION and number.value is not None and not number.hedge:
        half = number.quantum / 2 if number.quantum < 1 else Fraction(0)
        return Interval(number.value - half, number.value + half)
    return number.interval


def _judge(move: _Move, ledger: Ledger) -> None:
    prior, level, change = move.prior, move.level, move.change
    if not prior.value or not level.value or (level.dimension != units.PERCENT and not 1 < 20 * level.value / prior.value < 400):
        return
    if change is not None and re.search("[又再]", change.before):
        return  # 由11000个增加到12260个，今年上半年又增加380个
    if "口径" in move.way or any(n is not None and n.base == "REAL" for n in (prior, level, change)):
        return  # what is compared is not what is printed
    old, new = _bounds(prior), _bounds(level)
    if None in (old.low, old.high, new.low, new.high):
        return
    found = None if move.way.endswith("的") else _verb("".join(_BEYOND.findall(move.way)) or move.way)
    sign = (1 if found["up"] else -1 if found["down"] else 0) if found else 0
    went = level.value - prior.value
    wrong_way = sign and ((old.is_below(new) and sign < 0) or (new.is_below(old) and sign > 0))
    if (
        found
        and wrong_way
        and not re.search("埋深|[排位名]次", level.before)
        and prior.dimension != "时长"
        and level.kind is not Kind.DURATION
    ):
        line = f"由{said(prior)}到{said(level)}，实为{'上升' if went > 0 else '下降'}，原文写的是“{found[0]}”"
        numbers = [n for n in (change, level, prior) if n is not None]
        ledger.fails("range_order", Severity.ERROR, numbers, line, "请核对前后两个数是否写反，或改正升降的用词。")
        return
    if change is None or change.value is None:
        return
    gap = (new - old) if went >= 0 else (old - new)
    if change.dimension == units.PERCENT or change.dimension == units.TIMES:
        times = change.dimension == units.TIMES
        of_it = bool(re.search(r"[是为]\w{0,4}的$", move.way)) if not found else False
        real = ratio(old, new, of_it=of_it or (times and not found)).times(1 if times else 100)
        value = (level.value / prior.value) if of_it or (times and not found) else abs(went) / prior.value
        shown = f"{decimal(value, 2)}倍" if times else percent(value * 100)
        line = f"由{said(prior)}到{said(level)}，{'为原来的' if of_it else '变动'}{shown}"
        right = shown if times else percent(value * 100, max(decimals_of(change), 1))
    else:
        real, value = gap, abs(went)
        high, low = (level, prior) if went >= 0 else (prior, level)
        right = f"{decimal(value / (change.factor or 1), 4)}{change.unit}"
        line = f"{said(high)}-{said(low)}={right}"
    told = [change, level, prior]
    cut_off = change.dimension in (units.PERCENT, units.TIMES) and real.meets(
        Interval(change.value, change.value + change.quantum)
    )
    if real.meets(_bounds(change)) or cut_off:
        ledger.holds(RULE, told, f"{line}，与原文相符")
    elif move.sure or is_misprint(change, value):
        proposal = f"三个数中至少有一个不对；若前后两数无误，应为{right}。"
        meant = value * (100 if change.dimension == units.PERCENT else 1)
        ledger.fails(RULE, Severity.ERROR, told, f"{line}，原文写{said(change)}", proposal, meant=meant)
