"""Lists of numbers that may be added: which belong together, whether they exhaust a whole, whether they overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval, total
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import STRENGTH, Sentence
from anmin.ground.reports.checking.relations import classes
from anmin.ground.reports.checking.relations.ledger import amount, named, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, is_one_slip
from anmin.ground.reports.checking.relations.records import own_noun
from anmin.ground.reports.checking.vocabulary import Kind, Role

_AT_MOST = 60

# Groups of words of which each splits a whole: who names two of them (or all) has named everything.
_PAIRS = """
城/乡 城/农 男/女 公办/民办 公立/民营 公立/非公立 集中/分散 线上/线下 国有/民营 国有/非国有
国有/集体 实考/缺考 实到/缺席 实到/请假 参训/缺训 到会/请假 公有/非公有 税收/非税 进口/出口
入境/国内 境内/境外 国内/国外 省内/省外 市内/市外 县内/县外 区内/区外 本地/外地 职工/居民
新建/改建 新建/续建 新开工/续建 新建/改扩建 新收/旧存 新收/结转 旧存/新 住宅/非住宅 工业/农业
夏粮/秋粮 夏收/秋收 水田/旱地 客/货 地表水/地下水 居民/非居民 限额以上/限额以下 内资/外资
轻度/重度 社会团体/民办非企业 电脑/即开 基本支出/项目支出 人员经费/公用经费 首/续 上行/下行
餐饮收入/商品零售 商品零售/餐饮 机动车/非机动车 农业/非农业 达标/未达标 合格/不合格 动产/不动产
完工/在建 建成/在建 竣工/在建 已/正在 已/未 完成/未 有责/无责 自有/租赁 投诉/举报 事前/事后
工资/非工资 盈利/亏损 上涨/下降 上升/下降 增长企业/下降企业 市级/县区 部门预算/转移支付 本级/镇
本级/乡 本级/区级 本级/县区 县级/乡镇级 县级/乡级 全日制/非全日制 专任/兼职 专职/兼职 在编/编外
成人/儿童 老年/儿童 生产性/生活性 第一产业/第三产业 一般债/专项债 陆路/水路 公路/水路 内宾/外宾
团体/散客 门诊/住院 门急诊/住院 常住/流动 本市户籍/外 户籍/非户籍 汽油/柴油 高速/普通 主办/会办
主办/协办 主办件/会办件 轻工业/重工业 规模以上/规模以下 现场/网络 在职/退休 在职/离退休 有证/无证
上市/非上市 已婚/未婚 轮换/留任 公益性/经营性 学历/非学历 党内/党外 活期/定期 简易程序/一般程序
简易程序/普通程序 当场/限期 立行立改/限期 立即/限期 原粮/成品粮 自有/外包 首次/二手 增量/存量 有效/无效
在线/离线 分流/合流 牵头/配合 主办/配合 日间/夜间 白天/夜间 连任/新当选 连任/新任 续任/新任
新签/续签 自营/代理 商品类/服务类 城区/乡镇 有效/失效 应届/往届 独生/双女 顺产/剖宫产 初婚/再婚 首次/再次 线上/现场
短期贷款/中长期贷款 短期/中长期 中短期/长期 国家级/省级及以下 上半年/下半年 公用/专用 内贸/外贸 离休/退休 过夜/一日游
域内/域外 通过/退回 规上/规下 重点人群/一般人群 同意/反对 进港/出港 兼职/专职
购置/运行 站内/站外 院内/院外 报告书/报告表 新增/再融资 首套/二套 进境/出境 民警/辅警 民警/职工 上缴/留用 上解/留用
场内/场外 室内/室外 白班/夜班
"""
_OPPOSITES = tuple((pair.partition("/")[0], pair.partition("/")[2]) for pair in _PAIRS.split())
_OTHERS = re.compile(
    r"^(?:用于|投向|投入|涉及|来自|以|和|及)*+(?:其他|其它|其余|另外|余下|剩余)"
    r"|(?:[和及与、]|以及)(?:其他|其它)[\u4e00-\u9fff]{0,6}$"
)
# Who was graded is excellent, sufficient or not.
_GRADES = {"优秀", "合格", "不合"}
# Who names all of these has named everything.
_SET_WORDS = """
社会团体/民办非企业/基金会 社会团体/社会服务机构/基金会 公务员/事业/工勤 公务员/事业/编外 高一/高二/高三
七年级/八年级/九年级 初一/初二/初三 一产/二产/三产 一期/二期/三期 东部/中部/西部 基本满意/不满意/满意
一级/二级/三级 大型/中型/小型 甲类/乙类/丙类 A类/B类/C类 优秀/良好/合格 牧业/林业/渔业
第一产业/第二产业/第三产业 非常满意/满意/基本满意/不满意 优/良/轻度/中度
脱贫不稳定/边缘易致贫/突发严重困难 企业/个体工商户/合作社 工资性收入/经营净收入/转移净收入/财产净收入
人员经费/公用经费/项目支出 升学/就业/未就业 脱贫户/边缘户/突发
"""
_SETS = tuple(tuple(names.split("/")) for names in _SET_WORDS.split())
# What cuts across any classification, so that its count may overlap the others.
_CROSSING = re.compile(
    r"女(?!子监|方)|党员|少数民族|岁|残疾|学历|本科|大专|硕士|博士|以上|(?<!及)以下|职称|退役|贫困|脱贫|独生|外来|新增|示范"
)
_BREAKS = re.compile(
    r"^(?:全年|全[市县区省镇乡]|累计|共(?!产|青)|合计|总|今年|上半年|下半年|截至|目前|同时|此外|另(?!有)|同比|环比|[较比]|开展|组织|举办|投入|下拨|带动|惠及|涉及|服务(?!业|机构|站|中心)|覆盖|完成|实现|累计|年内|当年|本年|新登记|注销|撤销|退出|迁出|转出|移出|"
    r"实施|处置|处罚|启动|转移|设置|储备|推广|落实|争取|出台|制定|签订|引进|接待|吸引|培训(?!机构)|出动|查处|整改|其中|减少|增加|净增|每|平均|按|已(?!婚|办|完|建)|预计|计划|拟|受理|发放|发出|查处|处理|收缴|挽回|为|帮助|让|使|通过)"
)


def is_rest(number: Number) -> bool:
    """甲612人、乙74人，其他410人: what is left may be set off."""
    return bool(_OTHERS.search(number.before))


def run_of(numbers: Sequence[Number], sentence: Sentence, whole: Number | None = None) -> list[Number]:
    """The first numbers of a list that surely belong together: the mark between two is never stronger than the first."""
    run: list[Number] = []
    strength = 0
    for number in numbers[:_AT_MOST]:
        if run:
            mark = strongest(run[-1], number, sentence)
            if len(run) == 1:
                if mark == 3 and _begins_anew(run[0], number, sentence):
                    break
                strength = mark
            elif mark > strength and not (mark == 2 and is_rest(number)):
                break
            # 讲座82场、培训64场: between 、 a verb is a name.
            if _is_parted(run[-1], number, sentence) or (
                breaks(number, run[0]) and (mark != 1 or (len(label_of(number)) > 4 and "其他" not in label_of(number)))
            ):
                break
            if whole is not None and _says_again(number, whole, run[0], mark):
                break
        run.append(number)
    return run


_VERB_WORDS = """
查处 办理 发放 完成 建成 受理 开展 检查 实施 新建 改造 救助 培训 组织 排查 整改
投入 接待 承担 签订 调解 登记 制定 出台 评选 征集 起诉 审结 立案 抓获 新增 发展 安排 征收 销售 生产 种植 举办 出动 处罚
"""
VERBS = frozenset(_VERB_WORDS.split())


def _is_parted(left: Number, right: Number, sentence: Sentence) -> bool:
    """Whether something else is told between two numbers: 改建94公里，里程净增32公里，实施防护工程58公里."""
    if not right.segment:
        return False
    told = (n for n in sentence.segments[right.segment - 1].numbers if left.end <= n.start < right.start)
    return any(n.role is Role.CHANGE and n.dimension == left.dimension and own_noun(n) for n in told)


def _says_again(number: Number, whole: Number, first: Number, mark: int) -> bool:
    """A number that is led up to with the verb of the whole begins another account: 查处酒驾384起，其中…，查处超载…"""
    head = whole.before[-2:]
    if _are_bands(label_of(first), label_of(number)):
        return False
    if mark == 3 and len(head) == 2 and label_of(number).endswith(head) and not label_of(first).endswith(head):
        return True
    verb = re.sub(r"^(?:全[市县区省]|上半年|全年|共|累计|已)+", "", whole.before)[:2]
    return verb in VERBS and number.before.startswith(verb) and not label_of(first).startswith(verb)


def _begins_anew(first: Number, second: Number, sentence: Sentence) -> bool:
    """A semicolon behind the first part ends the list, unless 其中 was set off by a mark or both parts are of one kind."""
    before = sentence.text[max(0, first.start - sentence.start - 30) : first.start - sentence.start]
    if re.search(r"(?:其中|包括|看|分)[：，]", before):
        return False
    if label_of(first)[:1] == label_of(second)[:1] == "第" or _are_bands(label_of(first), label_of(second)):
        # 第一产业增加值完成……；第二产业完成增加值……
        return False
    half, _, _ = sentence.between(first, second).partition("；")
    behind = sentence.text[second.end - sentence.start :][:12]
    if re.search(r"^[^，；]{0,2}，?(?:占|同比|比|较|增长|增加|下降)", half) and re.match(
        r"[^，；。]{0,2}，?(?:占|同比|比|较|增长|增加|下降)", behind
    ):
        # 财政2318万元，占60%；村民846万元，占21.9%: of each the same is told.
        return False
    if not re.search(r"\d", sentence.between(first, second).partition("；")[0]):
        # Of each kind 死亡 …人 is told again: the list goes on.
        alike = len(label_of(first)) > 2 and label_of(first)[-2:] == label_of(second)[-2:]
        return not alike and (not first.before or label_of(first) != label_of(second))
    return label_of(first)[-1:] != label_of(second)[-1:]


def strongest(left: Number, right: Number, sentence: Sentence) -> int:
    """The strongest mark between two numbers of the same bracket: 、 before ， before ；."""
    marks = [
        STRENGTH.get(segment.mark, 2)
        for segment in sentence.segments[left.segment + 1 : right.segment + 1]
        if segment.group == right.group
    ]
    return max(marks, default=0)


def breaks(number: Number, first: Number) -> bool:
    """Whether a number begins something else, by the words it is led up to with; 转移登记 behind 首次登记 does not."""
    if not _BREAKS.match(number.before) or _BREAKS.match(re.sub(r"^其中[:：]?", "", first.before)):
        return False
    noun, other = label_of(number), label_of(first)
    return not (3 <= len(noun) <= 6 and len(other) <= 6 and noun[-2:] == other[-2:])


def sum_of(numbers: Sequence[Number]) -> tuple[Fraction, Interval]:
    return sum((number.value or Fraction(0) for number in numbers), Fraction(0)), total(number.interval for number in numbers)


def closing_prefix(whole: Number, parts: Sequence[Number], at_least: int = 2) -> int:
    """How many of the first parts make up the whole; 0 where none do."""
    value, interval = Fraction(0), Interval(Fraction(0), Fraction(0))
    for count, part in enumerate(parts[:_AT_MOST], 1):
        if part.interval.low is None or part.interval.high is None or part.hedge in ("以内", "之内", "以下"):
            # 控制在71.9亿元以内: with what has only one bound anything closes.
            break
        value += part.value or Fraction(0)
        interval = interval + part.interval
        if count >= at_least and closes(whole, value, interval):
            return count
    return 0


def closing_suffix(whole: Number, parts: Sequence[Number], at_least: int = 2) -> int:
    return closing_prefix(whole, list(reversed(parts)), at_least)


def closes(whole: Number, value: Fraction, interval: Interval) -> bool:
    return value == whole.value or (interval.meets(whole.interval) and not touches(interval, whole.interval))


def touches(left: Interval, right: Interval) -> bool:
    """Whether two intervals have no more than a bound in common, which rounding half up leaves to one of them only."""
    return (left.low is not None and left.low == right.high) or (right.low is not None and right.low == left.high)


def exhausts(parts: Sequence[Number]) -> bool:
    """Whether the labels name everything: opposites, or a rest at the end."""
    return name_everything([label_of(part) for part in parts])


def name_everything(labels: Sequence[str]) -> bool:
    if len(labels) < 2:
        return False
    if any(_OTHERS.search(label) for label in labels[1:]) or {label[:2] for label in labels} >= _GRADES:
        return True
    if len(labels) == 2 and _are_bands(*labels):
        return True
    found, together = 0, "|".join(labels)
    if any(len(labels) == len(names) and all(name in together for name in names) for names in _SETS):
        return True
    if _is_denied(labels[0], labels[-1]) and all(labels[0][-2:] in label for label in labels):
        # 采纳、部分采纳、未采纳.
        return True
    if len(labels) == 2 and _is_denied(*labels):
        return True
    for left, right in _OPPOSITES:
        if left not in together or right not in together:
            continue
        at = [i for i, label in enumerate(labels) if left in label and not (right in label and len(right) > len(left))]
        other = [i for i, label in enumerate(labels) if right in label and i not in at]
        if at and other:
            found = max(found, 2)
            if len(labels) == 2:
                return True
    if found and len(labels) > 2:
        return all(_shares_opposite(label, labels) for label in labels)
    return False


def _are_bands(one: str, other: str) -> bool:
    """5千万以上 and 5千万以下."""
    found = [
        re.search(
            r"(?P<at>[\d.〇一二两三四五六七八九十百千万亿]+[\u4e00-\u9fff]{0,3}?)(?:\(含\)|（含）|及)?以(?P<side>[上下])", label
        )
        for label in (one, other)
    ]
    left, right = found
    return bool(left and right and left["at"] == right["at"] and left["side"] != right["side"])


def _is_denied(one: str, other: str) -> bool:
    """护理型 and 非护理型, 达标 and 未达标: the one is the other with a word that denies it."""
    return any(
        len(plain) > 1 and re.search(rf"(?:非|不|未|无){re.escape(plain[:2].removeprefix('有'))}", denied)
        for plain, denied in ((one, other), (other, one))
    )


def are_opposites(one: str, other: str) -> bool:
    """Whether two heads split a whole: 其中：男 and 其中：女."""
    one, other = (re.sub(r"[（(][^）)]*[）)]|其中[:：]?|\s", "", head) for head in (one, other))
    return any(
        (one.startswith(left) and other.startswith(right)) or (one.startswith(right) and other.startswith(left))
        for left, right in _OPPOSITES
    )


def _shares_opposite(label: str, labels: Sequence[str]) -> bool:
    for left, right in _OPPOSITES:
        for one, other in ((left, right), (right, left)):
            if one in label and any(other in another for another in labels if another != label):
                return True
    return False


def covers_months(parts: Sequence[Number], months: int) -> bool:
    """Whether the parts are the quarters or the months of the period, all of them: 一季度 and 二季度 of a half-year."""
    quarters = [match[1] for part in parts if (match := re.search(r"([一二三四])季度", label_of(part)))]
    named = [int(match[1]) for part in parts if (match := re.match(r"(?:其中)?(\d{1,2})月", label_of(part)))]
    if len(named) == len(parts) == months > 2 and named == list(range(named[0], named[0] + months)):
        return True
    return len(quarters) == len(parts) and months % 3 == 0 and "".join(quarters) == "一二三四"[: months // 3] and months > 3


def label_of(number: Number) -> str:
    return re.sub(r"^.*(?:其中|包括|分别为|分别是)[:：，]?", "", number.before) or number.subject


def overlap(parts: Sequence[Number]) -> bool:
    """Whether some part may count what another counts, too."""
    if len(parts) < 2 or exhausts(parts) or classes.are_steps([label_of(part) for part in parts]):
        return False
    if sum(bool(_STAGES.search(label_of(part))) for part in parts) > 1:
        return True
    if len({match[0] for part in parts if (match := _PUPILS.search(label_of(part)))}) > 1:
        # 招生1099人，在校生9902人，毕业生2474人.
        return True
    crossing = {match[0] if (match := _CROSSING.search(label_of(part))) else "" for part in parts}
    if crossing <= {"以上", "以下", ""} and len(crossing) == 3:
        # From 以下 over what lies between to 以上: a scale.
        return False
    # Bands of age may follow each other; a band of age and women cannot, nor can 10亿元以上 and 50亿元以上.
    return crossing != {""} and (len(crossing) > 1 or crossing <= {"以上", "以下"})


# Who was arrested may be indicted, too.
_STAGES = re.compile(r"(?:批准)?逮捕|批捕|移送(?:审查)?起诉|(?<!不)(?:提起公诉|起诉)|判处|判决|刑拘|刑事拘留")
_PUPILS = re.compile(r"招生|在校|毕业|在园|入园")
_ASIDE = re.compile(
    r"女|党员|少数民族|未成年|老年|残疾|儿童|青年|青少年|困难|重点|贫困|脱贫|低保|退役|留守|农村|学生|职工|外籍|外来|岁|以上|以下|新增|党|团员|学历|职称|特殊|重度"
)


def is_aside(dropped: Sequence[Number], kept: Sequence[Number]) -> bool:
    """Whether what was left out is a group of people or things that cuts across what was kept."""
    return all(_ASIDE.search(label_of(part)) for part in dropped) and not any(_ASIDE.search(label_of(part)) for part in kept)


def is_nearly(whole: Number, run: Sequence[Number]) -> bool:
    """Whether the list makes up the total but for one slip of the finger, in any of them: then it is meant as the sum."""
    return is_misprint(whole, sum_of(run)[0]) or is_one_slip([(whole, -1), *((part, 1) for part in run)])


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
        and not (number.kind is Kind.STANDARD and re.search("均|亩产|单产", number.before))
        and number.role is whole.role
        and number.dimension == whole.dimension
        and (number.per == whole.per or _is_source_of_average(number, whole))
    )


def _is_source_of_average(number: Number, whole: Number) -> bool:
    """人均可支配收入 is made up of 工资性收入, 经营净收入 …, though not of what others have on average."""
    return (
        whole.kind is Kind.STANDARD
        and "人均" in whole.before
        and number.kind is Kind.MEASURE
        and not number.per
        and not re.search(r"居民|城|农村|乡|均", number.before)
    )


def of_role(numbers: Sequence[Number], role: Role) -> list[Number]:
    return [number for number in numbers if number.role is role and number.measured and not number.weak]


def are_things(part: Number, whole: Number) -> bool:
    """搜救行动186次 by kind is told in 起: what is counted may be counted in another word."""
    return (
        units.is_counted(part.dimension)
        and units.is_counted(whole.dimension)
        and units.PERSONS not in (part.dimension, whole.dimension)
        and whole.kind is Kind.MEASURE
        and whole.role is Role.LEVEL
        and not whole.per
    )


def is_rated_in_part(run: Sequence[Number], sentence: Sentence) -> bool:
    """体检38.9万人，体检率73.4%，检出异常14.6万人: one of them is what was done with the whole, and no kind of it."""
    rates = [n for n in sentence.numbers if n.role is Role.SHARE and re.search("率(?:为|达到?)?$", n.before)]
    rated = [any(0 <= rate.start - n.end < 12 for rate in rates) for n in run]
    return any(rated) and not all(rated)


def goes_on_to(whole: Number, run: Sequence[Number], around: Sequence[Number]) -> bool:
    """甲460件、乙38件、丙3件、丁4件，戊1件: what stands behind a comma may be the last of the list."""
    last = run[-1]
    behind = [n for n in around if n.place.block == last.place.block and n.sentence == last.sentence and n.start > last.start][:2]
    alike = [n for n in behind if n is not whole and can_be_part(n, run[0])]
    return any(closes(whole, *sum_of([*run, *alike[:count]])) for count in range(1, len(alike) + 1))
