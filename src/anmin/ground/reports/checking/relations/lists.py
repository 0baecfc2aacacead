"""Lists of numbers that may be added: which belong together, whether they exhaust a whole, whether they overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval, total
from anmin.ground.reports.checking.numerals.sentences import STRENGTH, Sentence
from anmin.ground.reports.checking.relations.ledger import amount, named, said
from anmin.ground.reports.checking.vocabulary import Role

_AT_MOST = 60

# Groups of words of which each splits a whole: who names two of them (or all) has named everything.
_OPPOSITES = (
    ("城", "乡"), ("城", "农"), ("城镇", "乡村"), ("城区", "乡镇"), ("城市", "农村"), ("男", "女"), ("公办", "民办"), ("公立", "民营"),
    ("公立", "非公立"), ("集中", "分散"), ("线上", "线下"), ("网上", "窗口"), ("国有", "民营"), ("国有", "非国有"), ("公有", "非公有"),
    ("税收", "非税"), ("进口", "出口"), ("入境", "国内"), ("境内", "境外"), ("国内", "国外"), ("省内", "省外"), ("市内", "市外"),
    ("县内", "县外"), ("区内", "区外"), ("本地", "外地"), ("本市", "外省"), ("职工", "居民"), ("新建", "改建"), ("新建", "续建"),
    ("新建", "改造"), ("新建", "改扩建"), ("新建", "修缮"), ("新收", "旧存"), ("新收", "结转"), ("旧存", "新"), ("上年结转", "新收"),
    ("一审", "二审"), ("刑事", "民"), ("住宅", "非住宅"), ("住宅", "商业"), ("第一产业", "第二产业"), ("第二产业", "第三产业"),
    ("工业", "农业"), ("夏粮", "秋粮"), ("夏", "秋"), ("早稻", "晚稻"), ("水田", "旱地"), ("小学", "初中"), ("初中", "高中"), ("客", "货"),
    ("门诊", "住院"), ("门急诊", "住院"), ("地表水", "地下水"), ("居民", "非居民"), ("居民", "工商"), ("居民", "企业"), ("生活", "工业"), ("企业", "个体"),
    ("个人", "单位"), ("个人", "企业"), ("个人", "团体"), ("中央", "省"), ("省", "市"), ("市级", "县级"), ("市本级", "县"), ("市本级", "区"), ("省级", "县"),
    ("财政", "自筹"), ("财政", "社会"), ("专项", "一般"), ("限额以上", "限额以下"), ("重大", "一般"), ("一般", "较大"), ("已", "未"),
    ("有", "无"), ("内资", "外资"), ("中型", "大型"), ("小型", "中型"), ("小型", "微型"), ("轻度", "重度"), ("轻度", "中度"), ("一级", "二级"),
    ("二级", "三级"), ("一类", "二类"), ("二类", "三类"), ("甲类", "乙类"), ("一等", "二等"), ("常住", "户籍外"), ("干线", "支线"),
    ("国道", "省道"), ("省道", "县道"), ("县道", "乡道"), ("高速", "普通"), ("社会团体", "民办非企业"), ("社会团体", "社会服务机构"), ("电脑", "即开"),
    ("一季度", "二季度"), ("上半年", "下半年"), ("1月", "2月"), ("商品房", "二手房"), ("新房", "二手"), ("基本支出", "项目支出"), ("人员经费", "公用"),
    ("初次", "再次"), ("首次", "复"), ("普通", "职业"), ("普通", "特殊"), ("理论", "实操"), ("南", "北"), ("东", "西"), ("上行", "下行"), ("简易", "普通"),
    ("简易", "一般"), ("国家级", "省级"), ("本级", "上级"), ("本级", "镇"), ("本级", "乡"), ("本级", "区"), ("批发", "零售"), ("餐饮", "商品"), ("餐饮收入", "商品零售"),
    ("工程", "货物"), ("集体", "个人"), ("机动车", "非机动车"), ("单位", "居民"), ("单位", "个人"), ("福利彩票", "体育彩票"), ("养老", "医疗"), ("第一批", "第二批"), ("首批", "第二批"),
    ("中小学", "幼儿园"), ("公费", "自费"), ("机关", "企业"), ("农业", "非农业"), ("农业", "二三产"), ("优", "良"), ("达标", "未达标"), ("合格", "不合格"), ("动产", "不动产"),
)  # fmt: skip
_OTHERS = re.compile(r"^(?:和|及)?(?:其他|其它|其余|另外|余下|剩余)")
# What cuts across any classification, so that its count may overlap the others.
_CROSSING = re.compile(
    r"女(?!子监|方)|党员|少数民族|岁|残疾|老年|未成年|学历|本科|大专|硕士|博士|以上|以下|困难|重点|高级|职称|退役|退休|贫困|低保|脱贫|留守|独生|外来|流动|青年|青少年|归侨|台胞|新增|优秀|省级|国家级|示范|特级|重大|涉|含"
)
_BREAKS = re.compile(
    r"^(?:全年|全[市县区省镇乡]|累计|共(?!产|青)|合计|总|今年|上半年|下半年|截至|目前|同时|此外|另(?!有)|同比|环比|[较比]|开展|组织|举办|投入|下拨|带动|惠及|涉及|服务|覆盖|完成|实现|累计|年内|当年|本年|新登记|注销|撤销|"
    r"吸引|培训|出动|查处|整改|其中|减少|增加|净增|每|平均|按|已(?!婚|办|完|建)|预计|计划|拟|受理|发放|发出|查处|处理|收缴|挽回|为|帮助|让|使|通过)"
)


def run_of(numbers: Sequence[Number], sentence: Sentence) -> list[Number]:
    """The first numbers of a list that surely belong together: the mark between two is never stronger than the first."""
    run: list[Number] = []
    strength = 0
    for number in numbers[:_AT_MOST]:
        if run:
            mark = strongest(run[-1], number, sentence)
            if len(run) == 1:
                strength = mark
            elif mark > strength:
                break
            if breaks(number, run[0]):
                break
        run.append(number)
    return run


def strongest(left: Number, right: Number, sentence: Sentence) -> int:
    """The strongest mark between two numbers of the same bracket: 、 before ， before ；."""
    marks = [
        STRENGTH.get(segment.mark, 2)
        for segment in sentence.segments[left.segment + 1 : right.segment + 1]
        if segment.group == right.group
    ]
    return max(marks, default=0)


def breaks(number: Number, first: Number) -> bool:
    """Whether a number begins something else, by the words it is led up to with."""
    return bool(_BREAKS.match(number.before)) and _BREAKS.match(number.before) is not None and not _BREAKS.match(
        re.sub(r"^其中[:：]?", "", first.before)
    )


def sum_of(numbers: Sequence[Number]) -> tuple[Fraction, Interval]:
    return sum((number.value or Fraction(0) for number in numbers), Fraction(0)), total(number.interval for number in numbers)


def closing_prefix(whole: Number, parts: Sequence[Number], at_least: int = 2) -> int:
    """How many of the first parts make up the whole; 0 where none do."""
    value, interval = Fraction(0), Interval(Fraction(0), Fraction(0))
    for count, part in enumerate(parts[:_AT_MOST], 1):
        value += part.value or Fraction(0)
        interval = interval + part.interval
        if count >= at_least and closes(whole, value, interval):
            return count
    return 0


def closing_suffix(whole: Number, parts: Sequence[Number], at_least: int = 2) -> int:
    return closing_prefix(whole, list(reversed(parts)), at_least)


def closes(whole: Number, value: Fraction, interval: Interval) -> bool:
    return value == whole.value or interval.meets(whole.interval)


def exhausts(parts: Sequence[Number]) -> bool:
    """Whether the labels name everything: opposites, or a rest at the end."""
    labels = [label_of(part) for part in parts]
    if len(labels) < 2:
        return False
    if any(_OTHERS.match(label) for label in labels[1:]):
        return True
    found = 0
    for left, right in _OPPOSITES:
        at = [i for i, label in enumerate(labels) if left in label and not (right in label and len(right) > len(left))]
        other = [i for i, label in enumerate(labels) if right in label and i not in at]
        if at and other:
            found = max(found, 2)
            if len(labels) == 2:
                return True
    if found and len(labels) > 2:
        return all(_shares_opposite(label, labels) for label in labels)
    return False


def _shares_opposite(label: str, labels: Sequence[str]) -> bool:
    for left, right in _OPPOSITES:
        for one, other in ((left, right), (right, left)):
            if one in label and any(other in another for another in labels if another != label):
                return True
    return False


def label_of(number: Number) -> str:
    return re.sub(r"^.*(?:其中|包括|分别为|分别是)[:：，]?", "", number.before) or number.subject


def overlap(parts: Sequence[Number]) -> bool:
    """Whether some part may count what another counts, too."""
    if len(parts) < 2 or exhausts(parts):
        return False
    crossing = [bool(_CROSSING.search(label_of(part))) for part in parts]
    return any(crossing)


def left_out(whole: Number, parts: Sequence[Number]) -> tuple[list[Number], list[Number]] | None:
    """One or two parts without which the others make up the whole exactly: (those counted, those left out)."""
    if len(parts) > 12 or whole.value is None:
        return None
    for size in (1, 2):
        if len(parts) - size < 2:
            break
        for dropped in combinations(parts, size):
            kept = [part for part in parts if part not in dropped]
            if sum((part.value or Fraction(0) for part in kept), Fraction(0)) == whole.value:
                return kept, list(dropped)
    return None


def chain(parts: Sequence[Number], like: Number) -> str:
    """The parts added up in one line, in the unit of the whole where it can be done."""
    value, _ = sum_of(parts)
    if len(parts) > 12:
        shown = "+".join(said(part) for part in parts[:10]) + f"+……（共{len(parts)}项）"
    else:
        shown = "+".join(said(part) for part in parts)
    return f"{shown}={amount(value, like)}"


def names(parts: Sequence[Number]) -> str:
    return "、".join(named(part) for part in parts[:6])


def can_be_part(number: Number, whole: Number) -> bool:
    return (
        number.measured
        and not number.weak
        and number.role is whole.role
        and number.dimension == whole.dimension
        and number.per == whole.per
    )


def of_role(numbers: Sequence[Number], role: Role) -> list[Number]:
    return [number for number in numbers if number.role is role and number.measured and not number.weak]
