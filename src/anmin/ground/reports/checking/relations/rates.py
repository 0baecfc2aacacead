"""Named rates: 结案率95.2%, whose numerator and denominator stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import total
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, percent, said
from anmin.ground.reports.checking.relations.lists import are_opposites, label_of
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.quotients import (
    RULE,
    are_sisters,
    holds,
    holds_of_both,
    is_slipped,
    judge_share,
    line_of,
)
from anmin.ground.reports.checking.vocabulary import Role, Severity

_NAMED_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,10}(?:率|进度))(?:均|分别)?(?:为|是|达到?|约|近|超过?|仅|保持在|稳定在|高达|提高到|提升[至到])*+$"
)
NO_FRACTION = re.compile(
    r"增长|产销差|利用|出租|入住|失业|自然增|死亡率|出生|死亡|发病|转化|床位|使用率|负债|利润|毛|收视|上座|综合|覆盖|普及|城镇化|机械化|自给|储备|满意|知晓|支持|好评|接通|参训|平均|覆盖面|贡献|收益|利率|费率|漏损|回报|毛利|不良|流失|升学|巩固|达产|电子|非接触"
)


def rate_name(number: Number) -> str | None:
    rate = _NAMED_RATE.search(number.before)
    return rate["name"] if rate and "占" not in number.before else None


_REFUSED = re.compile(r"不(?:批?准?逮?捕|起?诉)率$")
_TAKEN = re.compile("(?:全年|累计|共|总)*(?:受理|接收|收到|排查(?:出)?|报名|接报|收案|登记)[\u4e00-\u9fff]{0,4}$")
_MUST = re.compile("应(?![急用对届征聘])[\u4e00-\u9fff]{1,3}$|应缴纳?[\u4e00-\u9fff]{0,8}$|需求(?:人数|数|量)?$")


def visited(number: Number) -> str | None:
    """走访比例, 抽查比例: the share of those that were due to be."""
    told = _DUE_SHARE.search(number.before)
    return told["name"] if told else None


_DUE_SHARE = re.compile(r"(?P<name>(?:走访|抽查|检查|核查|随访|回访|核验|排查|接种|参与|整改|办结)比(?:例|率))(?:为|达到?)?$")


def judge_rate(share: Number, name: str, sentence: Sentence, counts: Sequence[Number], ledger: Ledger) -> None:
    """结案率: the number whose words share the rate's verb, by the one of its unit before it."""
    group = sentence.group_of(share)
    own = [n for n in counts if n.group == group.index or (group.anchor is not None and n is group.anchor)]
    own = own or list(counts)
    pairs = list(_pairs(_beside(share, name, sentence, own) or own[-8:]))
    if not share.hedge and _is_swapped(share, name, stem_of(name), own, ledger):
        return
    for top, bottom in pairs:
        if are_sisters(top, bottom, own, ledger) or _is_other_part(share, top, own, name):
            continue
        if holds(share, top, bottom):
            ledger.holds(RULE, [share, top, bottom], line_of(share, top, bottom) + f"，与原文{name}{said(share)}相符")
            return
        if are_opposites(label_of(top), label_of(bottom)) and holds_of_both(share, top, bottom):
            # 集中供养1286人，分散供养2142人，集中供养率37.5%.
            ledger.holds(RULE, [share, top, bottom], f"{said(top)}÷（{said(top)}+{said(bottom)}），与原文{said(share)}相符")
            return
        rest = _complement(share, top, bottom)
        if rest:
            ledger.holds(RULE, [share, top, bottom], rest)
            return
    if re.match("（以[^（）]{2,10}为(?:基数|分母|底数)", sentence.text[share.end - sentence.start :][:20]):
        return  # 筛查率99.7%（以活产数为基数）
    if _REFUSED.search(name):
        return  # of those refused and those granted together
    if not share.hedge and _of_bracket(share, name, sentence, own, ledger):
        return
    if share.hedge:
        return
    stem = stem_of(name)
    told = _due_later(share, stem, sentence, own) or _told_after(share, stem, sentence, own)
    if told is not None:
        judge_share(share, *told, ledger, Severity.DOUBTFUL)
        return
    divided = _divided(own, ledger)
    own = [n for n in own if n not in divided or name[:-1] in n.before]
    pairs = list(_pairs(_beside(share, name, sentence, own) or own[-8:]))
    alike = [n for n in own if n.dimension == own[-1].dimension and n.per == own[-1].per][-2:]
    if NO_FRACTION.search(name) and not (len(alike) > 1 and _is_named_after(alike[1], alike[0], name, share, divided)):
        # 保洁面积1264万平方米，其中机械化清扫1087万平方米，机械化率86.0%: but of a part and its whole right before it.
        last = own[-1] if own else None
        whole = ledger.whole_of.get(last.key) if last is not None else None
        if last is not None and whole is not None and name[:-1] in last.before and share.segment - last.segment <= 1:
            judge_share(share, last, whole, ledger, Severity.ERROR)
        return
    if (
        share.value == 100
        and not any(_MUST.search(bottom.before) for _, bottom in pairs)
        and not any(top.value and bottom.value and top.value * 5 > bottom.value * 4 for top, bottom in pairs)
        # 挂牌督办3处，已整改2处，整改率100%: of the two that stand right before it.
        and not (
            len(own) > 1 and own[-1].segment - own[-2].segment == 1 == share.segment - own[-1].segment and stem in own[-1].before
        )
    ):
        return  # 参保62.4万人……资助困难群众3.86万人，资助率100%: of those who were due, and nobody else
    if share.value == 100 and re.search(r"全部|(?<![平人户件日月])均|全覆盖", sentence.text):
        return
    if _of_several(share, own, ledger):
        return
    # 按期办结率 is of what was done, and of how much of it in time nothing is said.
    timely = bool(TIMELY.search(name))
    for top, bottom in pairs:
        if share.segment - top.segment > 2 and top is not own[-1]:
            continue
        if ledger.is_part_of(bottom, own) and not ledger.is_part_of(top, [bottom]):
            continue  # 隐患1274条，其中重大9条、一般1265条。已整改1146条: the parts give way to their whole
        label = top.before + (top.after[:6] if top.segment != share.segment else "")
        planned = bottom.projected and re.search(r"完成|开工|竣工|建成|落实|达成", name)
        # 实际利用外资4862万美元，年度任务8000万美元，完成率60.8%.
        aim = "完成" in name and {id(top), id(bottom)} == {id(n) for n in own[-2:]}
        aim = aim and (bottom.role is Role.TARGET or bool(re.search("任务|计划|目标", bottom.before)))
        due = (_is_done_of_due(top, bottom) and top.start > bottom.start) or aim
        # 取得证书1124人，取证率: each of its two characters, in their order.
        called = stem in label or name[:-1].startswith(label_of(top)[-4:] or "\0") or _is_abbreviated(stem, label, bottom)
        called = called or _reaches(top, bottom, name)
        full = name[:-1]
        # 帮扶就业率 of those without work (未就业): the words that the part has in full are not held against the base.
        if (
            (not called and not due)
            or (
                (full if full in label else stem) in (bottom.before.strip("、，") or bottom.subject)
                and not ((due or called) and (_MUST.search(bottom.before) or f"应{stem}" in bottom.before))
            )
            or (bottom.projected != top.projected and not planned)
        ):
            continue
        if stem.endswith("结") and (re.search(r"新收|新增|新受理|当年|立案", bottom.before) or "未" in label):
            # What was carried over from last year is counted in, too.
            if is_misprint(share, (top.value or Fraction(0)) / (bottom.value or Fraction(1)) * 100):
                judge_share(share, top, bottom, ledger, Severity.DOUBTFUL)
            return
        if re.match(r"累计", bottom.before) and bottom.start > top.start:
            continue
        if (
            timely
            and full not in label
            and not is_misprint(share, (top.value or Fraction(0)) / (bottom.value or Fraction(1)) * 100)
        ):
            continue
        told_of = sentence.between(bottom, share)
        own_part = ledger.is_part_of(top, [bottom]) and told_of.count("其中") == 1
        listed = [n for n in counts if bottom.end < n.start and "其中" in n.before and ledger.is_part_of(n, [bottom, top])]
        own_part = own_part or len(listed) == told_of.count("其中")
        if re.search(r"不含|未含|剔除", told_of) or ("其中" in told_of and not own_part):
            return
        if (f"不{stem}" in label or f"未{stem}" in label) and not re.match("不|未", name):
            value = (1 - (top.value or Fraction(0)) / (bottom.value or Fraction(1))) * 100
            line = f"（{said(bottom)}-{said(top)}）÷{said(bottom)}={percent(value)}，原文写{said(share)}"
            ledger.fails(RULE, Severity.ERROR, [share, top, bottom], line, f"应为{percent(value, 1)}，请核对。")
        elif (top.value or 0) <= (bottom.value or 0) or "完成" in name or is_slipped(share, top, bottom):
            judge_share(share, top, bottom, ledger, Severity.ERROR)
        return


def _is_other_part(share: Number, top: Number, own: Sequence[Number], name: str) -> bool:
    """当场整改139个……累计整改200个，整改率: what bears the name right before the rate is its part, and no other that bears it."""
    last = own[-1]
    beside = last is not top and share.start - last.end <= len(name) + 1 and label_of(last).endswith(name[:-1])
    return beside and not re.search("[未不应]", last.before) and name[:-1] in top.before


def _divided(counts: Sequence[Number], ledger: Ledger) -> list[Number]:
    """The parts of what is divided in full: 支出4326万元，其中工资2164万元、项目2162万元 is spoken of as the whole."""
    parts: dict[str, list[Number]] = {}
    for number in counts:
        if (whole := ledger.whole_of.get(number.key)) is not None:
            parts.setdefault(whole.key, []).append(number)
    values = {n.key: n.value for n in counts}
    full = [told for key, told in parts.items() if len(told) > 1 and values.get(key) == sum(n.value or 0 for n in told)]
    return [part for told in full for part in told]


def _beside(share: Number, name: str, sentence: Sentence, own: Sequence[Number]) -> Sequence[Number]:
    """服务点126个；180个村已覆盖108个，覆盖率70.0%: two of one unit right before it, the last called like the rate."""
    here = [n for n in own[-3:] if not re.search("[；。]", sentence.between(n, share))]
    if len(here) != 2 or here[0].dimension != here[1].dimension or here[0].per != here[1].per:
        return ()
    alike = stem_of(name) in here[1].before and (here[1].value or 0) <= (here[0].value or 0) and here[1].role is Role.LEVEL
    return here if alike and here[0].role is Role.LEVEL else ()


def _is_named_after(top: Number, bottom: Number, name: str, share: Number, divided: Sequence[Number] = ()) -> bool:
    """客户42.6万户，智能电表41.8万户，智能电表覆盖率: a name that begins with all the words of the last of the two."""
    label = label_of(top)
    next_to = top.segment - bottom.segment <= 1 or any(bottom.end < n.start < top.start for n in divided)
    near = share.segment - top.segment <= 1 and next_to and top.group == bottom.group
    alike = top.dimension == bottom.dimension and top.per == bottom.per and (top.value or 0) <= (bottom.value or 0)
    called = (len(label) > 2 and name.startswith(label)) or _is_done_of_due(top, bottom) or _reaches(top, bottom, name)
    called = called and bool(re.search("覆盖|普及|入住|出租|利用|使用|转化|接通|参训|知晓", name))
    return near and alike and called and "其中" not in share.before


def _reaches(top: Number, bottom: Number, name: str) -> bool:
    """社会组织486家，已建立党组织的312家，党组织覆盖率: what has spread is called so in the part only."""
    spread = re.sub("(?:全|总)?(?:覆盖|普及|参与)率$", "", name)
    counted = units.is_counted(top.dimension) and len(spread) > 1 and spread != name
    return counted and spread in top.before and spread not in bottom.before


def _due_later(share: Number, stem: str, sentence: Sentence, own: Sequence[Number]) -> tuple[Number, Number] | None:
    """走访18642户，走访率77.1%，全县应走访24186户: what was due is told behind the rate."""
    done = [n for n in own if stem in n.before and n.role is Role.LEVEL]
    if not done or done[-1].hedge:
        return None
    part = done[-1]
    rest = label_of(part).replace(stem, "", 1)[:2]
    due = [
        n
        for n in sentence.numbers
        if 0 < n.start - share.end < 16 and n.measured and n.dimension == part.dimension and not n.hedge
    ]
    # 培训合格2146人，合格率96.4%，共培训2226人; 化解4862件，化解率98.2%，受理4951件.
    taken = [n for n in due[:1] if (len(rest) == 2 and rest in n.before) or _TAKEN.match(n.before)]
    due = [n for n in due if f"应{stem}" in n.before or _MUST.search(n.before)] or [
        n
        for n in taken
        if share.group == n.group and 5 * (n.value or 0) >= 4 * (part.value or 0) and "；" not in sentence.between(share, n)
    ]
    return (part, due[0]) if due else None


def _told_after(share: Number, stem: str, sentence: Sentence, own: Sequence[Number]) -> tuple[Number, Number] | None:
    """消费券核销率84.1%，共发放2600万元，核销2186万元: a rate that opens its sentence is of the two right behind it."""
    after = [n for n in sentence.numbers if n.start > share.start][:2]
    if (
        own
        or len(after) < 2
        or "分别" in sentence.between(share, after[1])
        or any(n.role is not Role.LEVEL or not n.measured or n.hedge or n.group for n in after)
    ):
        return None
    low, high = sorted(after, key=lambda n: n.value or Fraction(0))
    called = stem in low.before and stem not in high.before
    if re.search(f"[不未无]{stem}", low.before) or not (called or (_is_done_of_due(low, high) and "应" in high.before)):
        return None
    alike = low.dimension == high.dimension and low.per == high.per and after[0].start - share.end < 16
    return (low, high) if alike and "；" not in sentence.between(share, after[1]) else None


def _is_abbreviated(stem: str, label: str, bottom: Number) -> bool:
    return (
        len(stem) == 2
        and not re.match("[不未无非]", stem)
        and bool(re.search(f"{stem[0]}.{{0,4}}{stem[1]}", label[-10:]))
        and stem[1] not in bottom.before
    )


TIMELY = re.compile(r"按时|按期|及时|准时|限时|如期|提前|一次性?|首次|首问|当场|当日|审限内")


def _is_swapped(share: Number, name: str, stem: str, own: Sequence[Number], ledger: Ledger) -> bool:
    """授信12.8亿元、放款14.6亿元，放款率87.7%: the rate holds only if the one that it is called after is the base."""
    for other, called in pairwise(own[-4:]):
        if stem in called.before and stem not in other.before and name[:-1] not in other.before and called.role is Role.LEVEL:
            exceeds = other.interval.is_below(called.interval) and other.dimension == called.dimension
            if exceeds and holds(share, other, called) and share.segment - called.segment <= 1:
                line = f"{said(called)}大于{said(other)}；{said(other)}÷{said(called)}才得{said(share)}"
                proposal = f"{name}的分子应不大于分母，两个数可能写反了，请核对。"
                ledger.fails(RULE, Severity.ERROR, [share, called, other], line, proposal)
                return True
    return False


def _of_several(share: Number, own: Sequence[Number], ledger: Ledger) -> bool:
    """检出宫颈癌38人、乳腺癌11人，检出率1.08%: the last two or three together."""
    for size in (2, 3, 4):
        run = list(own[-size:])
        if len(run) < size or len({n.dimension for n in run}) > 1 or any(n.segment < share.segment - size for n in run):
            return False
        together = total(n.interval for n in run)
        for base in own[: -size or None]:
            if base.dimension == run[0].dimension and base.value and (together / base.interval).times(100).meets(share.interval):
                ledger.holds(
                    RULE, [share, *run, base], f"（{'+'.join(said(n) for n in run)}）÷{said(base)}，与原文{said(share)}相符"
                )
                return True
    return _of_prizes(share, own, ledger)


def _of_prizes(share: Number, own: Sequence[Number], ledger: Ledger) -> bool:
    """作品312件，评出一等奖28件、二等奖56件、三等奖84件，获奖率53.8%: all that bear one last word, by what stands before them."""
    last = label_of(own[-1])[-1:] if own else ""
    size = next(
        (at for at, n in enumerate(reversed(own)) if label_of(n)[-1:] != last or n.dimension != own[-1].dimension), len(own)
    )
    run, before = own[len(own) - size :], own[: len(own) - size]
    if size < 3 or not before or before[-1].dimension != own[-1].dimension or not before[-1].value:
        return False
    value = sum((n.value or Fraction(0) for n in run), Fraction(0)) / before[-1].value * 100
    if share.segment - run[-1].segment > 1 or not is_misprint(share, value):
        return False
    line = f"（{'+'.join(said(n) for n in run)}）÷{said(before[-1])}={percent(value)}，原文写{said(share)}"
    ledger.fails(RULE, Severity.DOUBTFUL, [share, *run, before[-1]], line, "请核对各项、总数和比率。")
    return True


def _of_bracket(share: Number, name: str, sentence: Sentence, own: Sequence[Number], ledger: Ledger) -> bool:
    """覆盖率75.6%（168个村居）: a count behind the rate is what it is of, or what it counts."""
    for group in sentence.groups[1:]:
        if group.anchor is not share or len(group.numbers) != 1:
            continue
        beside = group.numbers[0]
        text = "".join(segment.text for segment in group.segments)
        if beside.role is not Role.LEVEL or not beside.measured or re.search(r"不|未|无|上年|去年|同期|其中|增|减|提高", text):
            return False
        alike = [n for n in own[-4:] if n.dimension == beside.dimension and n.per == beside.per and n.role is Role.LEVEL]
        if not alike or alike[-1].value is None or beside.value is None or name.startswith("增长"):
            return False
        # 参保42.36万人，其中职工10.84万人、居民31.52万人，参保率96.0%（常住人口44.13万人）: of the whole or of the last.
        pairs = [sorted((n, beside), key=lambda n: n.value or Fraction(0)) for n in reversed(alike)]
        low, high = next((pair for pair in pairs if holds(share, *pair)), pairs[0])
        far_off = not holds(share, low, high) and (
            share.value is None
            or share.value == 100
            or not share.value <= 200 * (low.value or 0) / (high.value or 1) <= 4 * share.value
        )
        if far_off or "；" in sentence.between(alike[-1], share):
            # 完成项目14个；覆盖率100%（168个村）: of something that is not said.
            return True
        whole = ledger.whole_of.get(alike[-1].key)
        if beside is high and whole is not None and not holds(share, low, high) and holds(share, whole, high):
            # 参保42.36万人，其中职工10.84万人、居民31.52万人，参保率96.0%（常住人口44.13万人）.
            low = whole
        judge_share(share, low, high, ledger, Severity.ERROR)
        return True
    return False


_DUE = (
    (re.compile("应|报名|可"), re.compile("实|已|(?<!应)参加")),
    (re.compile("计划|任务|目标"), re.compile("完成|已|实现|开工|竣工")),
    (re.compile("配租|分配|签约|核准|核定|登记|规模|定额|编制|录取|注册"), re.compile("实际|实有|实存|报到|到岗")),
    (re.compile("开放|可用|额定"), re.compile("占用|使用")),
    (re.compile("预算|下达|额度|安排|到位|指标|拨付|计划"), re.compile("支出|支付|执行|使用|兑付|拨付|列支")),
)


def _is_done_of_due(top: Number, bottom: Number) -> bool:
    """应收 and 实收, 计划 and 完成: the one is the other's base whatever the rate is called."""
    return any(due.search(bottom.before) and done.search(top.before) for due, done in _DUE)


def stem_of(name: str) -> str:
    stem = re.sub(
        r"^(?:按时|按期|及时|综合|总|平均|整体|案件|项目|问题|目标|年度|投资|隐患|法定审限内|审限内|抽检|总体|任务|计划|累计)+",
        "",
        name.removesuffix("比例").removesuffix("比率").removesuffix("率") if "比" in name else name[:-1],
    )
    stem = {"执行": "支出", "预算执行": "支出", "结案": "结", "破案": "破", "执结": "执结", "审结": "审结"}.get(stem, stem)
    # 新能源化率 of 新能源公交车.
    return stem[:-1][-3:] if re.fullmatch("[\u4e00-\u9fff]{2,}化", stem) else stem[-2:] if len(stem) > 2 else stem or "\0"


def _pairs(counts: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """(numerator, denominator): each number with those of its unit before it, the nearest first."""
    for at in range(len(counts) - 1, 0, -1):
        for other in range(at - 1, -1, -1):
            # 培训4286人次，取得证书3642人，取证率85.0%.
            visits = at - other == 1 and (counts[other].dimension, counts[at].dimension) == ("人次", "人")
            if (visits or counts[at].dimension == counts[other].dimension) and counts[at].per == counts[other].per:
                yield counts[at], counts[other]
                if counts[other].role is Role.LEVEL and (counts[other].value or 0) < (counts[at].value or 0):
                    yield counts[other], counts[at]


def _complement(share: Number, top: Number, bottom: Number) -> str:
    """What is left: nine faulty of 235 are 96.2 % without fault."""
    if not re.search(r"不|未|无", top.before[-8:]) or not bottom.value or share.value is None:
        return ""
    rest = bottom.interval - top.interval
    if (rest / bottom.interval).times(100).meets(share.interval):
        return f"（{said(bottom)}-{said(top)}）÷{said(bottom)}，与原文{said(share)}相符"
    return ""
