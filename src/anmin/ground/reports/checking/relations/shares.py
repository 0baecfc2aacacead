"""Shares and rates: 占…的12%, 完成预算9.5万元的78%, 结案率95.2%, 三次产业结构, 城乡收入比."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import subjects, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.bracketed import base_in_bracket, in_bracket
from anmin.ground.reports.checking.relations.byplace import clause_of, inside_base, respectively, run_of_shares
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.naming import core_of, likeness, same_area
from anmin.ground.reports.checking.relations.owned import owner_of
from anmin.ground.reports.checking.relations.quotients import RULE, holds, judge_share, line_of
from anmin.ground.reports.checking.relations.rates import judge_rate, rate_name, visited
from anmin.ground.reports.checking.relations.siblings import judge_by_siblings
from anmin.ground.reports.checking.relations.structures import judge_structure, judge_sum_of_shares
from anmin.ground.reports.checking.relations.together import is_together, judge_of_all, judge_together
from anmin.ground.reports.checking.relations.untold import is_counted_otherwise, is_of_another_unit
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_OF = re.compile(
    r"(?P<verb>占到?|完成|达到?|为|是|相当于|恢复[至到])(?P<base>[^，。；]{0,40}?)(?:的(?:比重|比例)?)?(?:为|达到?|约为?|近|超过?|仅|均|分别|只有|高达)*+$"
)
_PLAIN_SHARE = re.compile(r"(?:占比|占|比重|比例|占到)(?:分别)?(?:为|达到?|约|近|超过?|仅|是)*+$")
_GENERIC_BASE = re.compile(
    r"^(?:总数量|总人数|总收入|总支出|总件数|全部|总数|总量|总额|总计|全年|总体|比重|比例|比为|其|总|比)*+$"
)
_BASE_NOISE = re.compile(
    r"全[市县区省镇乡]|全部|总数|总量|总额|总件数|总人数|总户数|总|的|比重|比例|同期|我[市县区省镇]|年度|数$|本级|目前|规模$|人数$"
)
_ITS_OWN = 0.8
_PLAN = re.compile(r"计划|任务|目标|预算(?!收入|支出|内|外)|预期|指标|进度")
_CALLED_AT_MOST = 12
_ABOVE_HUNDRED = re.compile(
    r"占比|占|比重|(?:合格|办结|整改|结案|优良|达标|覆盖|参保|缴费|签约|处置|化解|满意|及时|就业|入住|通过|巩固|普及|上岗|到位|公开|"
    r"回复|接种|签订|建档|收缴|回收|持证|成功|见面|知晓|检出|好评|优良|受检|参检|参考|到考|参会|出庭|年检|取证|网办|归集|受益|登记|采纳|销号)率"
    r"|优良(?:天数)?(?:比例|比率)"
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every share and rate whose numerator and denominator stand in the text is tried."""
    everywhere: dict[str, list[Number]] = {}
    for paragraph in reading.paragraphs:
        earlier: list[Number] = []
        for sentence in paragraph.sentences:
            _judge_sentence(paragraph, sentence, earlier, everywhere, ledger)
            for number in sentence.numbers:
                if _is_count(number) and number.group == 0 and len(everywhere) < 20_000:
                    label = _label(number)
                    for length in range(3, min(len(label), 9) + 1):
                        if label[-length - 1 : -length] in tuple("进非未不"):
                            # 进出口总值 is no 出口总值.
                            continue
                        everywhere.setdefault(label[-length:], []).append(number)
            earlier = (earlier + [number for number in sentence.numbers if _is_count(number)])[-40:]


def _label(number: Number) -> str:
    return _BASE_NOISE.sub("", subjects.key_of(subjects.trimmed(number.before)))


def _judge_sentence(
    paragraph: ReadParagraph,
    sentence: Sentence,
    earlier: Sequence[Number],
    everywhere: Mapping[str, Sequence[Number]],
    ledger: Ledger,
) -> None:
    siblings: list[tuple[Number, Number]] = []
    counts: list[Number] = []
    done: set[str] = set()
    for at, number in enumerate(sentence.numbers):
        if _is_count(number):
            counts.append(number)
        elif number.kind is Kind.STRUCTURE:
            judge_structure(number, paragraph, ledger)
        elif number.role is Role.SHARE and number.dimension == units.PERCENT and number.value is not None:
            if number.key in done:
                continue
            if (run := run_of_shares(sentence, at)) and (
                "分别" in number.before or (len(run) > 1 and inside_base(number, sentence))
            ):
                done.update(share.key for share in run)
                respectively(run, counts, [*earlier, *counts[-24:]], sentence, ledger)
                continue
            pool = [*earlier, *counts[-24:]]
            if _is_impossible(number, ledger) or (number.projected and _is_planned(number, sentence)):
                continue
            if is_together(number):
                judge_together(number, sentence, counts, pool, ledger)
                continue
            _share(number, at, sentence, pool, everywhere, siblings, ledger)
            rate = rate_name(number)
            if rate is not None or (rate := visited(number)) is not None:
                judge_rate(number, rate, sentence, counts, ledger)
    judge_sum_of_shares(sentence, ledger)
    judge_by_siblings(siblings, [*earlier[-16:], *counts[:24]], sentence, ledger)


def _is_planned(number: Number, sentence: Sentence) -> bool:
    """Whether the share, or what comes before it, is only planned."""
    if re.search(r"力争|确保|争取|预计|将|目标|预期|到20\d\d年", number.before):
        return True
    before = [n for n in sentence.numbers if n.start < number.start and n.measured and n.kind is Kind.MEASURE]
    return not before or (before[-1].projected and len(before) < 2)


def _is_count(number: Number) -> bool:
    return (
        number.measured
        and not number.weak
        and number.kind is Kind.MEASURE
        and number.role in (Role.LEVEL, Role.TARGET)
        and number.dimension not in (units.PERCENT, units.POINTS, units.TIMES, "‰")
    )


def _is_impossible(number: Number, ledger: Ledger) -> bool:
    if number.value is None or number.value <= 100 or not _ABOVE_HUNDRED.search(number.before[-9:]):
        return False
    if re.search(r"之和|合计|相加|完成|毛|相当|计划|预算|任务|目标|备案|拨备|流动性|偿付|为.{0,6}的", number.before):
        return False
    ledger.fails(
        RULE, Severity.ERROR, [number], f"{number.before[-6:]}{said(number)}超过100%", "占比和这类比率不会超过100%，请核对。"
    )
    return True


def _share(
    number: Number,
    at: int,
    sentence: Sentence,
    pool: Sequence[Number],
    everywhere: Mapping[str, Sequence[Number]],
    siblings: list[tuple[Number, Number]],
    ledger: Ledger,
) -> None:
    group = sentence.group_of(number)
    top = _numerator(number, sentence, pool)
    text = clause_of(number, sentence)
    if top is None or rate_name(number) is not None:
        return
    if re.match(r"[，；]?(?:(?:合计|总计|共计?)|累计[\u4e00-\u9fff]{0,6})占", text):
        return  # what else there was is told in words
    owner = owner_of(number)
    if owner is not None and owner[0][:2] not in top.before and likeness(owner[0], top) < _ITS_OWN:
        # 人员经费1642万元，公用经费220万元，人员经费占基本支出的88.2%: not of the last that was told.
        top = next((n for n in reversed(pool) if likeness(owner[0], n) >= _ITS_OWN and n.start < number.start), None)
        if top is None or (siblings and top.sentence != number.sentence):
            return  # 新设主体中企业占33.3%，个体工商户占66.4%: of those that are new
    base = _OF.search(text)
    inside = _inside(number, sentence, base)
    if inside is not None:
        before = [n for n in group.numbers if n.end <= inside.start and _is_count(n)]
        if (top := _numerator(inside, sentence, [n for n in pool if n.start < inside.start], inside.dimension)) is not None:
            _share_of_inside(number, top, inside, sentence, ledger)
        elif before and is_counted_otherwise(before[-1], inside) and inside.start <= before[-1].end + 16:
            # 修改312条，占登记表7487张的4.2%: both are counted, each in its own word.
            judge_share(number, before[-1], inside, ledger, Severity.DOUBTFUL)
        return
    if (given := base_in_bracket(number, top, sentence)) is not None:
        judge_share(number, top, given, ledger, Severity.ERROR)
        return
    bracket = in_bracket(number, sentence, at)
    if bracket is not None and bracket.dimension == top.dimension and _fits_base(bracket, base):
        judge_share(number, top, bracket, ledger, Severity.ERROR)
        return
    if (noun := _own_noun(number)) and (len(noun) < 2 or noun not in top.before + top.after[:12]):
        spoken_of = [n for n in sentence.numbers if n.start < number.start and _is_count(n) and _is_called(n, noun)]
        if not spoken_of:
            return
        top = spoken_of[-1]
    if len(noun) >= 2:
        # 公办62所……公办园1.04万人，占55.9%；公办园占比48.4%: which of those that are called so is meant shows from the figure.
        called = [n for n in sentence.numbers if n.start < number.start and _is_count(n) and noun[:2] in n.before]
        top = next((n for n in called for b in pool if b is not n and b.dimension == n.dimension and holds(number, n, b)), top)
    candidates = [n for n in pool if n is not top and n.dimension == top.dimension and n.per == top.per]
    # Of more than a thousand anything is a share.
    candidates = [n for n in candidates if n.interval.high is not None and not _is_sister(n, top, siblings, ledger)]
    for candidate in reversed(candidates):
        if holds(number, top, candidate):
            ledger.holds(RULE, [number, top, candidate], line_of(number, top, candidate) + "，与原文相符")
            siblings.append((number, top))
            return
    if _is_of_list(number, top, candidates, sentence, ledger) or is_of_another_unit(number, top, pool, base, ledger):
        return
    siblings.append((number, top))
    phrase = base["base"] if base and (base["verb"].startswith(("占", "完成")) or _PLAN.search(base["base"])) else ""
    core = _BASE_NOISE.sub("", phrase)
    if phrase and not _GENERIC_BASE.match(phrase):
        named = [n for n in candidates if _is_named(n, core) and same_area(phrase, n)]
        if not named and re.fullmatch("总[\u4e00-\u9fff]{1,3}", phrase):
            # 绿道总长412公里，新增占总长的20.9%.
            named, core = [n for n in candidates if phrase in n.before], phrase
        if _PLAN.search(core):
            named = [n for n in named if n.sentence != top.sentence or "；" not in sentence.between(n, top)]
            # A plan in a bracket is that of its own number; one with another count behind it is that count's.
            own = [n for n in candidates if n.start < top.start and n.sentence == top.sentence]
            named = [n for n in named if not n.group and own and n is own[-1]]
        if named and len(core) >= 2:
            judge_share(number, top, named[-1], ledger, Severity.ERROR)
        elif len(core) >= 3 and not _PLAN.search(core):
            _far_base(number, top, [n for n in everywhere.get(core[-9:], ()) if same_area(phrase, n)], ledger)
        return
    if not _PLAIN_SHARE.search(number.before) and not (phrase and _GENERIC_BASE.match(phrase)):
        return
    whole = ledger.whole_of.get(top.key)
    if whole is not None and (of := re.search("([\u4e00-\u9fff]{3,8})中", top.before)) and likeness(core_of(of[1]), whole) < 0.8:
        return  # 新设主体中第三产业3.88万户，占84.0%
    runs = sentence.runs if "其中" in top.before else []
    if (run := next((told for told in runs if whole in told or told[-1].segment == top.segment - 1), None)) is not None:
        judge_of_all(number, top, run, ledger)
        return
    if whole is not None and _is_share_of_share(number, top, whole, siblings):
        ledger.holds(RULE, [number, top, whole], f"{said(top)}与{said(whole)}同占一个总数，{said(number)}与之相称")
    elif whole is not None and whole.dimension == top.dimension and group is not None:
        own_share = any(above is whole for _, above in siblings)
        if own_share and whole.value and not is_misprint(number, (top.value or whole.value) / whole.value * 100):
            # 老年人84.77万人，占总人口的14.7%，其中市区24.24万人，占15.93%: each may be of the people that live there.
            return
        judge_share(number, top, whole, ledger, Severity.ERROR)
    elif whole is None and (only := _only_larger(number, top, sentence)) is not None:
        judge_share(number, top, only, ledger, Severity.DOUBTFUL)
    else:
        siblings.append((number, top))


def _is_sister(base: Number, top: Number, siblings: Sequence[tuple[Number, Number]], ledger: Ledger) -> bool:
    """合计8642万元，其中：拨款6127万元，占70.9%；其他196万元，占3.2%: where its sister is a share of the whole, so is this."""
    whole = ledger.whole_of.get(top.key)
    if whole is None or ledger.whole_of.get(base.key) is not whole:
        return False
    return any(ledger.whole_of.get(other.key) is whole and holds(share, other, whole) for share, other in siblings)


def _is_of_list(share: Number, top: Number, bases: Sequence[Number], sentence: Sentence, ledger: Ledger) -> bool:
    """位居前三的工单：甲783件、乙579件、丙562件，占工单总量的77%: of all that stand side by side."""
    run = [top]
    for number in reversed([n for n in sentence.numbers if n.end <= top.start and _is_count(n)]):
        if number.dimension != top.dimension or number.group != top.group or lists.strongest(number, run[0], sentence) != 1:
            break
        run.insert(0, number)
    value, interval = lists.sum_of(run)
    for base in bases if len(run) > 1 else ():
        if base not in run and (base.value or 0) >= value and (interval / base.interval).times(100).meets(share.interval):
            line = "+".join(said(n) for n in run)
            ledger.holds(RULE, [share, *run, base], f"（{line}）÷{said(base)}，与原文{said(share)}相符")
            return True
    return False


def _far_base(share: Number, top: Number, called: Sequence[Number], ledger: Ledger) -> None:
    """占常住人口的15.9%: of all that bear the name the one of which it holds; else the only one that is there."""
    alike = [n for n in called[-_CALLED_AT_MOST:] if n.dimension == top.dimension and n is not top]
    base = next((n for n in reversed(alike) if holds(share, top, n)), None)
    if base is None and len({n.value for n in alike}) == 1:
        base = alike[0]
    if base is not None:
        judge_share(share, top, base, ledger, Severity.ERROR)


def _share_of_inside(share: Number, top: Number, inside: Number, sentence: Sentence, ledger: Ledger) -> None:
    """新开工3600套，其中甲1250套、乙1480套、丙870套，占任务3500套的102.9%: behind a list the share may be of the whole."""
    if _is_of_list(share, top, [inside], sentence, ledger):
        return
    whole = ledger.whole_of.get(top.key)
    before = [n for n in sentence.numbers if n.start < inside.start and _is_count(n) and n.dimension == inside.dimension]
    if whole is not None and not holds(share, top, inside):
        fitting = next((n for n in (whole, *reversed(before)) if n is not top and holds(share, n, inside)), None)
        listed = [n for n in before if ledger.whole_of.get(n.key) is whole and n is not top]
        told_of_whole = bool(listed) and "；" not in sentence.between(listed[-1], top)
        told_of_whole = told_of_whole and bool(_PLAN.search(sentence.between(top, inside)))
        judge_share(share, fitting or (whole if told_of_whole else top), inside, ledger, Severity.ERROR)
        return
    judge_share(share, top, inside, ledger, Severity.ERROR)


def _is_called(number: Number, noun: str) -> bool:
    label = lists.label_of(number)
    if len(noun) < 2:
        return label.startswith(noun)
    # 高级职称1264人，高级职称人员占比; 公办园幼儿7286人，公办园在园幼儿占比: what begins alike and leaves nothing of it out.
    letters = iter(noun)
    return label.endswith(noun) or (
        label[:2] == noun[:2]
        and (len(label) > 2 or noun.startswith(label))
        and len(noun) <= len(label) + 4
        and not re.search("[与和及]", noun)
        and all(letter in letters for letter in label)
    )


_OWN_NOUN = re.compile(
    r"^(?:其中|，)?(?!(?:大?约|仅|只|均|各|已|也|即|约?共)占)(?P<noun>[\u4e00-\u9fff]{1,16}?)(?:占比|比重|比例|占)(?:为|达到?|约|超过|近|超|仅|高达)*$"
    r"|^(?:其中|，)?(?P<month>\d{1,2}月)(?:份|单月|当月)?占[^，。；\d]{1,12}的$"
)


def _own_noun(number: Number) -> str:
    """What a share names before 占比, or the month: it speaks of that, not of the number before it."""
    found = _OWN_NOUN.match(number.before)
    if found is None:
        return ""
    return found["month"] or ("" if re.match("占", found["noun"]) else found["noun"])


def _is_share_of_share(share: Number, top: Number, whole: Number, siblings: Sequence[tuple[Number, Number]]) -> bool:
    """60岁以上占23.89%，其中65岁以上占17.89%: both are shares of all, not the second of the first."""
    for other, above in siblings:
        if above is whole and other.value and whole.value and top.value and share.value:
            return abs(top.value / whole.value * other.value - share.value) <= share.quantum * 2
    return False


def _only_larger(number: Number, top: Number, sentence: Sentence) -> Number | None:
    """The one number of its unit before the numerator, where it is larger and the share follows at once."""
    before = [n for n in sentence.numbers if n.start < top.start and _is_count(n) and n.dimension == top.dimension]
    near = number.start - top.end <= 8 + len(_own_noun(number)) and top.group == number.group == 0
    if any(
        n.start < top.start and n.role is Role.SHARE and n.dimension == units.PERCENT and n.measured for n in sentence.numbers
    ):
        # What has a share of its own is a sibling, no base.
        return None
    if near and len(before) == 1 and (before[0].value or 0) > (top.value or 0) and top.start - before[0].end < 40:
        return before[0] if before[0].role is Role.LEVEL and before[0].projected == top.projected else None
    return None


def _inside(number: Number, sentence: Sentence, base: re.Match[str] | None) -> Number | None:
    """A denominator inside the phrase: 占全县213个行政村的45.5%."""
    if base is None:
        return None
    start = number.start - (len(clause_of(number, sentence)) - base.start("base"))
    for other in reversed(sentence.segments[number.segment].numbers):
        if (
            other.measured
            and start <= other.start < number.start
            and other.dimension != units.PERCENT
            and other.kind is Kind.MEASURE
            and "的" in sentence.between(other, number)
        ):
            return other
    return None


def _fits_base(bracket: Number, base: re.Match[str] | None) -> bool:
    phrase = _BASE_NOISE.sub("", base["base"]) if base else ""
    if re.match("作?为(?:底数|基数|分母)", bracket.after):
        return True
    return bool(phrase) and (phrase[-2:] in bracket.before or bool(_PLAN.search(bracket.before) and _PLAN.search(phrase)))


def _is_named(candidate: Number, core: str) -> bool:
    if len(core) < 2:
        return False
    label = subjects.key_of(candidate.before + candidate.after[:12])
    if _PLAN.search(core):
        planned = candidate.role is Role.TARGET or (candidate.role is Role.LEVEL and candidate.projected)
        return planned and bool(_PLAN.search(candidate.before))
    kept = core.removesuffix("保有量").removesuffix("收案")
    if kept != core and len(kept) >= 2 and re.sub(r"[其中，]", "", subjects.key_of(candidate.before)) == kept:
        return True
    core = subjects.key_of(core)
    own = re.sub(r"[其中，]", "", label)
    if re.search(f"[进非未不]{re.escape(core)}", own) and own.count(core) == 1:
        # 进出口 is no 出口, 非税收入 no 税收收入.
        return False
    return core in own and (own.endswith(core) or own.startswith(core) or len(own) <= len(core) + 6)


def _numerator(number: Number, sentence: Sentence, pool: Sequence[Number], dimension: str = "") -> Number | None:
    """What the share is of: the number the bracket stands behind, else the nearest level before it in the sentence."""
    group = sentence.group_of(number)
    own = [n for n in group.numbers if n.start < number.start and _is_count(n) and n.role is Role.LEVEL]
    if own and (not dimension or any(n.dimension == dimension for n in own)):
        return next(n for n in reversed(own) if not dimension or n.dimension == dimension)
    if group.index and group.anchor is not None and _is_count(group.anchor):
        return group.anchor
    if group.index and group.anchor is None:
        outside = [n for n in sentence.groups[group.parent].numbers if n.start < group.start and _is_count(n)]
        return outside[-1] if outside and group.start - outside[-1].end < 20 else None
    return None
