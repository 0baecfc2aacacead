"""Rates whose name alone says what they are of: 存贷比, 不良贷款率, 恩格尔系数, 药占比.

Every pair around that bears the two names is tried; a rate is wrong where its paragraph, or else the whole report, has but one
number of each name and they make another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.ledger import (
    Ledger,
    Reading,
    ReadParagraph,
    decimals_of,
    percent,
    said,
    same_measure,
)
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.quotients import RULE, holds, judge_share, line_of
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_END = r"(?:总额|总量|总计|合计|余额|完成|实现|共|约|为|达到?|是)*$"


@dataclass(frozen=True, slots=True)
class _Law:
    """A name, and how numerator and denominator are called; compiled when first asked, for most reports know few of them."""

    name: str
    top: str
    bottom: str
    mixed: bool = False
    """Whether the one is counted in another unit than the other: 入住2136人 of 床位4216张."""
    less: bool = False
    """Whether the rate is of what the one differs from the other: 审减率 of 送审 and 审定."""
    loose: bool = False
    """Whether its words say so little that only a rate that is right but for one digit is told."""


def _law(name: str, top: str, bottom: str, *, mixed: bool = False, less: bool = False, loose: bool = False) -> _Law:
    name, top, bottom = rf"(?:{name})(?:为|达到?|是|约)?$", rf"(?:{top}){_END}", rf"(?:{bottom}){_END}"
    return _Law(name, top, bottom, mixed, less, loose)


_LAWS = (
    _law("存贷比", "贷款", "存款"),
    _law("不良(?:贷款)?率", "不良贷款", "(?<!不良|新增|发放|投放)贷款"),
    _law("恩格尔系数", "食品(?:烟酒)?(?:类)?(?:消费)?支出", "(?<!食品)消费(?:性)?支出"),
    _law("药占比|药品占比", "药品(?:收入|费用?)?", "(?:医疗|业务|医药)(?:总)?收入"),
    _law("耗占比|耗材占比", "(?:卫生)?(?:材料|耗材)(?:收入|费用?)?", "(?:医疗|业务|医药)(?:总)?收入"),
    _law("资产负债率|(?<!资产)负债率", "负债", "资产"),
    _law("产销率", "销售产值", "(?<!销售)产值"),
    _law("税(?:收|比)占比|税占比", "(?<!非)税收(?:收入)?", "(?:公共)?(?:财政|预算)收入"),
    _law("机械化率|机械化水平", "机(?:收|播|耕|械作业)面积", "(?:作业|播种|种植|收获)面积"),
    _law("入住率", "入住(?:老年人|老人|人数|人员|对象)?", "床位(?:数)?", mixed=True),
    _law("(?:简单)?赔付率", "(?:赔款|赔付)(?:支出|金额)?", "保费(?:总额|总收入|收入)?"),
    _law("产销差率", "售水(?:总)?量?", "供水(?:总)?量?", less=True),
    _law("产销差率", "产销差(?:水量|量)?", "供水(?:总)?量?"),
    _law("漏损率", "漏损(?:水)?量?", "供水(?:总)?量?"),
    _law("森林覆盖率", "森林面积", "(?:国土|土地|区域|国土总|土地总)面积"),
    _law("绿化覆盖率", "绿化覆盖面积", "建成区(?:总)?面积"),
    _law("绿地率", "绿地面积", "建成区(?:总)?面积"),
    _law("编制使用率", "在编(?:人员|人数|在岗)?", "编制(?:数|总数)?", mixed=True),
    _law("离结(?:率|比)", "离婚(?:登记)?", "(?<!离)结婚(?:登记)?"),
    _law(
        "(?:自来水)?普及率|(?:气化|供水普及)率",
        "(?:受益|供水|用水|用气|通水)(?:人口|人数|户数)",
        "(?:农村|城区|总|服务)?人口|总?户数",
    ),
    _law("[审核]减率", "(?<!送)[审核]减(?:资金|金额)?", "送审(?:金额|造价|总额)?"),
    _law("[审核]减率", "审定(?:金额|造价|总额)?", "送审(?:金额|造价|总额)?", less=True),
    _law("溢价率", "成交(?:总)?(?:价款?|金额|总价)?", "(?:起拍|起始|挂牌|出让底)(?:总)?(?:价|金额|总价)?", less=True),
    _law(
        "(?:资金)?(?:节约|节支)率",
        "(?:成交|中标|实际采购|采购合同)(?:金额|总额)?",
        "(?:采购)?(?:预算|控制价)(?:金额|总额)?",
        less=True,
    ),
    _law("入户率", "入户|用户", "总?户数"),
    _law("住院(?:患者)?(?:病死|死亡)率|病死率", "死亡", "(?:住院|出院)(?:患者|病人|人数|人次)?", mixed=True),
    _law("亏损面", "亏损(?:企业)?(?:数)?", "(?<!亏损)企业(?:总数|数)?"),
    _law("(?:病床|床位)使用率", "(?:实际)?占用(?:总)?床日数?", "开放(?:总)?床日数?"),
    _law("医保结余率|结余率", "结余", "收入"),
    _law("接通率", "接通", "接听(?!.*接通)"),
    _law("接通率", "接听|接通", "来电|呼入|拨打|接入"),
    _law("代偿率", "代偿", "(?:在保|担保)"),
    _law("追偿率", "追偿", "代偿"),
    _law("利润率|净利率", "(?<!毛)(?:净)?利润", "(?:营业|销售|主营业务)收入"),
    _law("毛利率", "毛利润?", "(?:营业|销售|主营业务)收入"),
    _law("财政自给率", "(?:公共预算|财政)收入", "(?:公共预算|财政)支出"),
    _law(
        "老龄化(?:率|程度|水平)|老年人口占比",
        "60(?:周)?岁(?:及)?以上(?:户籍)?(?:的)?(?:老年人口?|老人|人口)?",
        "(?:户籍|总|常住)人口",
    ),
    _law("(?:到岗|上岗)率", "(?:到岗|上岗)", "岗位", mixed=True),
    _law("出租率", "已出租(?:面积)?", "可出租(?:面积)?", loose=True),
    _law("(?:到会|出席|参会|实到)率", "实到|出席|参会", "应到|应出席|应参会", loose=True),
    _law("(?:参训|参加|参考|到考|参检)率", "参训|实训|参加|实考|参考|参检|实检", "应训|应参训|应参加|报名|应考|应检", loose=True),
    _law(
        "(?:发放|兑付|兑现|拨付|支付|支出)(?:率|进度)",
        "(?:已)?(?:发放|兑付|兑现|拨付|支付|支出)",
        "应发|应兑付|下达|到位|安排",
        loose=True,
    ),
    _law("升学率", "升入[\u4e00-\u9fff]{0,6}|录取", "毕业(?:生)?", loose=True),
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every rate of such a name that stands in no relation yet."""
    done = {key for relation in ledger.relations if relation.rule == RULE for key in relation.numbers[:1]} | ledger.failed
    failed = set(ledger.failed)
    everywhere = [n for paragraph in reading.paragraphs[:400] for n in _levels(paragraph)]
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                if (
                    number.role not in (Role.SHARE, Role.RATE)
                    or number.dimension != units.PERCENT
                    or number.key in (failed if _CUT.search(number.before) else done)
                    or number.hedge
                ):
                    continue
                for law in _LAWS:
                    if re.search(law.name, number.before) and _judge(number, law, _levels(paragraph), everywhere, ledger):
                        break


_CUT = re.compile("[审核]减率(?:为|达到?)?$")
"""Of what was sent in, whatever else would make it hold: what was passed is near enough to be taken for it."""


def _levels(paragraph: ReadParagraph) -> list[Number]:
    return [n for sentence in paragraph.sentences for n in sentence.numbers if is_plain_level(n) and n.kind is not Kind.STRUCTURE]


def _is_beyond(rate: Number, top: Number, bottom: Number) -> bool:
    """Whether the pair makes well over a hundred per cent of a rate that is printed as less."""
    return (rate.value or 0) <= 100 and 5 * (top.value or 0) > 6 * (bottom.value or 0)


def _judge(rate: Number, law: _Law, near: Sequence[Number], everywhere: Sequence[Number], ledger: Ledger) -> bool:
    """Whether there was a pair of the law's names."""
    for pool in (near, everywhere):
        tops = [n for n in pool if re.search(law.top, n.before)]
        bottoms = [n for n in pool if re.search(law.bottom, n.before) and n not in tops]
        pairs = [(top, bottom) for top in tops for bottom in bottoms if law.mixed or same_measure(top, bottom)]
        for top, bottom in pairs:
            if _holds_less(rate, top, bottom) if law.less else holds(rate, top, bottom):
                line = f"{said(top)}与{said(bottom)}之差" if law.less else line_of(rate, top, bottom)
                ledger.holds(RULE, [rate, top, bottom], f"{line}，与原文相符")
                return True
        if len(pairs) == 1 and law.less:
            _judge_less(rate, *pairs[0], ledger)
            return True
        if len(pairs) == 1 and _is_beyond(rate, *pairs[0]):
            # 供水人口34.62万人 and 规模化工程覆盖人口20.77万人 make no 普及率96.5%.
            return False
        if len(pairs) == 1 and not law.loose:
            judge_share(rate, *pairs[0], ledger, Severity.DOUBTFUL if law.mixed else Severity.ERROR)
            return True
        for top, bottom in pairs:
            if top.value and bottom.value and is_misprint(rate, top.value / bottom.value * 100):
                judge_share(rate, top, bottom, ledger, Severity.DOUBTFUL)
                return True
        if pairs:
            return True
    return False


def _holds_less(rate: Number, one: Number, base: Number) -> bool:
    high, low = (one, base) if (one.value or 0) >= (base.value or 0) else (base, one)
    return ((high.interval - low.interval) / base.interval).times(100).meets(rate.interval)


def _judge_less(rate: Number, one: Number, base: Number, ledger: Ledger) -> None:
    if not base.value or one.value is None or one.hedge or base.hedge:
        return
    real = percent(abs(one.value - base.value) / base.value * 100, max(decimals_of(rate), 1))
    high, low = (one, base) if one.value >= base.value else (base, one)
    line = f"（{said(high)}-{said(low)}）÷{said(base)}={real}，原文写{said(rate)}"
    ledger.fails(RULE, Severity.ERROR, [rate, one, base], line, f"若两数无误，应为{real}；请核对。")
