"""What a number says of its subject, told by the words before it: a level, a change, a rate, a share, an earlier value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.vocabulary import Kind, Role

UP = (
    r"(?:增长|增加|(?<![新扩])增(?!设|强|进|补|发放|派|值|殖)|上升|提高|(?<![造治质整优转])提升|扩大|上涨|上浮|净增|增收|超收|增支|超支|(?<=[期年月度末初底季届轮])新增|增量|攀升|回升|多出|提标|增产"
    r"|^多[卖收支花销产用出种养]?|(?<=[比期年月度])多(?![数为年方家次])[\u4e00-\u9fff]{0,3}|升高|偏多|偏高|增幅|升幅|扩幅|增速|涨幅|涨|加快)"
)
DOWN = (
    r"(?:减少|下降|降低|(?<![核削缩裁消])减(?!免|排|半|负|灾)|(?<![沉])降(?!水|雨)|回落|下滑|缩减|压减"
    r"|^少[卖收支花销产用出种养]?|(?<=[比期年月度])少(?![数为年儿])[\u4e00-\u9fff]{0,3}|缩小|净减|偏少|偏低|减收|短收|减产|减支|^低(?=$)|节支|下跌|跌幅|降幅|减幅|缩幅|收窄|萎缩)"
)
_FILL = r"(?:了|约|近|超过|超|达到|达|为|高达|的幅度|幅度|率|速度|共|合计|数|逾|至少|均|分别|再|额|量)*+"
_CHANGE = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN})){_FILL}$")
_TO = re.compile(
    rf"(?:(?P<up>{UP})(?<![幅速量])|(?P<down>{DOWN})(?<![幅速量])|调整|发展|拓展|扩展|调高|提标|扩|压缩|缩短)(?:了|约)?(?:到|至|为)(?:了|约|近|现在的|目前的|今年的|本年的|\d{{4}}年(?:末|底)?的?)*+$"
)
_PRIOR = re.compile(
    r"(?:(?<=[比较与])(?:(?:19|20)\d{2}年(?:同期|末|底)?|\d{1,2}月(?:份|末|底)?|[一二三四]季度末?)(?=的)|(?:上年|去年)同期(?:完成|实现|累计|共)*|上年|去年|上年度|同期|上期|上月|上季度?|年初|期初|上年末|去年末|上年底|去年底|基期|(?<![比较与])常年(?:同期)?|多年平均)(?:上半年|下半年|全年|前?[一二三四]季度|\d{1,2}[-—–至]\d{1,2}月)?的?(?:数|数为|基数|水平|末|人数|户数|总数|总额|余额)?(?:分别|为|是|的|仅|仅为|只有|有|约)*+$"
)
# 订单少于上年同期的有21家 is of now.
_AGAINST_PRIOR = re.compile(r"[多少高低好差]于(?:上年|去年)?同期的[\u4e00-\u9fff]{0,4}$")
# 比上年预算73.2万元减少4.7万元: what stood there the year before, by whatever name.
_THAN = re.compile(
    r"[比较与](?:上年度?同期|去年同期|上年度?|去年|上月|上季度?|上期|(?:19|20)\d{2}年(?:同期)?)的?"
    r"(?:(?![增减多少升降涨扩净提下上偏高低回缩加翻持相大小略])[\u4e00-\u9fff]){1,8}$"
)
# 比689件增加53件, 较多年同期均值152.8毫米偏多: what is compared with, where something that moved follows.
_COMPARED = re.compile(
    r"(?:^|[，、的])(?:比|较|相比|相较于?|与)(?:(?:(?:19|20)\d{2}年)?[^，。；、：\d比较]{0,14}(?:年|期|值|月|末|底|初|度|数|均|届|前|周|的))?$|(?:与|[比较])(?:19|20)\d{2}年[^，。；、：\d比较]{0,14}的$|[比较]$"
)
_MOVES = re.compile(rf"(?:相比|相较)$|(?:相比|相较)?，?(?:{UP}|{DOWN}|多|少|高|低|净增|扩|缩|收窄|翻)")
_RATE_THEN = re.compile(r"^(?:而|且)?(?:上一?年度?|去年)(?:同期)?[\u4e00-\u9fff]{0,6}(?:率|占比|比重|比例)(?:为|是|仅为)?$")
_IN_YEAR = re.compile(r"^(?:(?:19|20)\d{2}年(?:度|末|底|同期)?(?:为|是|有|仅|的)?|(?:\d{1,2}月份?|[一二三四]季度)[为是])$")
_FROM = re.compile(r"(?:^|[^自来服])[由从](?!事|业|而|于)[^由从]{0,24}$")
_REACHES = re.compile(r"(?:到|至|为)(?:了|约|近|\d{4}年(?:末|底)?的?|现在的|目前的|今年的|本年的|上半年的)*+$")
_TARGET = re.compile(
    r"(?:目标任务|年度任务|任务数|任务|目标数?|计划数?|预算数?|年初预算|调整预算|预算调整数?|指标|预期|应有|(?<![对供相适响反效])应)(?:为|是|的|共|约)?$"
)
# 全年完成造林任务3.86万亩 is what was done.
_TASK_DONE = re.compile(
    r"(?:重点|承担|承接|改革|督办|交办)[^，。；]{0,6}任务$|完成(?!年度|全年|目标|上级|省|市|计划)[\u4e00-\u9fff]{2,6}任务$"
)
_RANK = re.compile(r"(?:第|排名|[位稳高跃名荣]居|[位名]列|(?:列|居|排)(?=全|前)|排)(?:全[省市国县区州]|全国|前)?第?$")
# A change of a change: 同比多增4亿元.
_SECOND = re.compile(r"(?:多|少)(?:增加?|减少?|降|涨|发放?)(?:了|约)?$")
_REAL = re.compile(r"可比|同口径|不变价|剔除|(?<!加计)扣除|实际增|名义|年均|平均每年|两年平均|累计增长")
_BASES = (
    ("M", re.compile(r"环比|上月|上季|上个月|[比较与](?:[一二三四]季度|\d{1,2}月)")),
    ("S", re.compile(r"年初|上年末|去年末|上年底|去年底|期初")),
    ("Y", re.compile(r"同比|同期")),
    ("L", re.compile(r"(?:上年|去年|上一年度?)(?!同期|末|底)")),
    ("X", re.compile(r"\d{4}年|“?十[二三四]五|前年|疫情前")),
)
_PER_BEFORE = re.compile(
    r"(?:平均)?每(?P<each>[^，。；、每\d]{1,5}?)(?:每(?P<time>月|年|天|日|次|季度|学期|学年))?"
    r"(?:的?(?:标准)?(?:为|按|是|各|可|最高|最低|一次性|予以|给予|分别|平均|补助|补贴|发放|奖励|资助|慰问金?|救助|领取|增加|享受|缴费|缴纳|产|约|近|达到|达|收费|不低于|不少于|节约|提高|培训|成本|投入|造价|服务|覆盖|管理|负责|接待|办理|联系|扶持|定额|奖补|筹资|"
    r"投资|单价|价格|价值|售价|市场价|费用|销售|增收|收入|吸纳|带动|减免|发|赔付|罚款|租金|结案|审理|耗时|用时|贷款|授信|实现|产出|支付|支出|需|计|价|[^，。、\d每]{0,4}[金费]))*+$"
)
_AVERAGE = re.compile(
    r"(?:(?P<each>[人户亩床站班件镇村例场期座席箱笔次台辆所家校单批起篇案企店车生师项园机宗栋头只羽株院馆社册份吨条票组队处片对具票枚棵盏幢段根尊封趟航题课单册团厅室套间]|[人户艘台辆架班批家件]次)均(?!衡|线|等)[^，。；、\d]{0,10}|"
    r"单(?P<of>[箱株个户台辆笔床件体店])[\u4e00-\u9fff]{2,6}|"
    r"(?P<yield>亩产|单产)[^，。；、\d]{0,6}|均价[^，。；、\d]{0,6}|单价[^，。；、\d]{0,4}|"
    r"(?P<daily>[日月年])均(?!衡)[^，。；、\d]{0,10})$"
)
# 平均每座充电站配桩11.5个: what is counted is named behind the unit, and then what each of them has.
_MEAN_OF_EACH = re.compile(
    r"(?:平均)?每(?P<each>人次|公里|平方米|[个座家户名位所台辆场期件起处栋套间张条笔村镇站亩])[\u4e00-\u9fff]{2,12}$"
)
# 每招用1人补助1500元.
_FOR_ONE = re.compile(r"每[^，。；、\d]{0,6}1(?P<each>[人名户家个台辆亩吨件套张只头对])[\u4e00-\u9fff]{0,8}$")
_STANDARD = re.compile(
    r"标准(?:分别)?(?:为|是|由|从|达|达到|提高到|提高至|提高|增至|统一为|调整为|上调至|不低于|的)?(?:原来的|原)?$"
)
# 保洁员42名，月工资2400元.
_MONTHLY = re.compile(r"(?<![\d个本当上单每按])月(?:工资|薪酬?|报酬|岗位补[贴助])(?:标准)?(?:为|是|按|约)*$")
_FUTURE = re.compile(
    r"预计|力争|确保|争取(?!.{0,10}(?:资金|到位|项目|债券|补助|上级|中央|省级))|(?<!年度)(?<!年初)(?<!列入)(?<!纳入)(?<!按)计划(?!生育|单列|完成|内|的|安排|投资|总|任务|数)|拟(?!定)|将(?!.{0,6}(?:纳入|列为))|目标(?:是|为)|预期"
)
_COUNTED_DAYS = re.compile(
    r"[天日]数(?:共|为|达到?|有|共计)*$|(?:合计|总计)(?:为|达到?|有)*$|(?:优良|有效|监测|达标|污染|晴好)(?:天|日)$|(?:^|其中|全[年市县区省]|上半年|季度|共)[优良]$|(?:轻|中|重)度(?:及以上)?污染$|占用(?:总?床日)?$"
)
_HOURS = re.compile(r"(?:时长|工时|学时|课时|机时|时数|小时数|总时间)(?:共|共计|合计|累计|达到?|为)*+$")
_TIMES = frozenset({"月", "年", "天", "日", "学期", "学年", "季度"})


def settle(number: Number, before: str, context: str) -> None:
    """The role, sign, base and kind of a number.

    `before` is what stands between it and the number or mark before it, `context` the clause so far together with clauses
    without numbers before it.
    """
    number.projected = bool(_FUTURE.search(context[-60:]))
    number.base = _base(context)
    if number.dimension == "时长":
        moved = _PRIOR.search(before) or (_CHANGE.search(before) and re.search("[比较]|同比", context))
        hours = number.unit in ("小时", "个小时", "学时", "课时")
        if number.factor >= 10**4 or (hours and (_AVERAGE.search(before) or _HOURS.search(before))):
            # 服务时长4.26万小时 is an amount.
            number.dimension = "小时"
            number.interval = (
                Interval.about(number.value, number.quantum / 2)
                if number.value is not None and not number.hedge
                else number.interval
            )
            _settle_price(number, before)
            _settle_role(number, before, changed=bool(_CHANGE.search(before)))
            return
        if number.unit != "天" or not (_COUNTED_DAYS.search(before) or moved):
            number.kind, number.role = Kind.DURATION, Role.OTHER
            return
        # 优良天数156天 are counted like anything else.
        number.dimension = "天"
        _count_days(number)
    if number.dimension == units.PERCENT and number.group and number.after.startswith("部分"):
        # 国内增值税（50%部分）.
        number.kind, number.role = Kind.RATIO, Role.OTHER
        return
    _settle_price(number, before)
    if second := _SECOND.search(before):
        # 每月少发60元，共少发1.26万元 is what was not paid, and no change of a change.
        number.role = Role.LEVEL if "发" in second[0] and not re.search("比|较", before) else Role.OTHER
        return
    if _RANK.search(before) and number.dimension in (units.PERSONS, "", "次", "家"):
        number.kind, number.role = Kind.ORDINAL, Role.RANK
        return
    if to := _TO.search(before):
        number.role = Role.LEVEL
        number.sign = 1 if to["up"] else -1 if to["down"] else 0
        if number.dimension == units.PERCENT:
            number.role = Role.SHARE
        return
    change = _CHANGE.search(before)
    if change is None and number.figure is not None and number.figure < 0 and number.dimension == units.PERCENT:
        number.role, number.sign = Role.RATE, -1
        return
    if change:
        number.sign = 1 if change["up"] else -1
        if number.figure is not None and number.figure < 0:
            number.sign = -1
    _settle_role(number, before, changed=bool(change))


def _count_days(number: Number) -> None:
    """Whole days are counted, not rounded."""
    if number.value is not None and number.quantum == 1 and not number.hedge:
        number.interval = Interval(number.value, number.value)


def _settle_role(number: Number, before: str, *, changed: bool) -> None:
    earlier = _PRIOR.search(before) and not _AGAINST_PRIOR.search(before)
    if number.dimension in (units.POINTS, "千分点"):
        number.role = Role.POINTS
    elif number.dimension in (units.PERCENT, "‰"):
        number.kind = Kind.RATIO
        number.role = Role.PRIOR if earlier or _RATE_THEN.search(before) else Role.RATE if changed else Role.SHARE
    elif number.dimension == units.TIMES:
        number.role = Role.RATE if changed else Role.TIMES
        number.kind = Kind.RATIO
    elif (
        earlier
        or _THAN.search(before)
        or (number.group and _IN_YEAR.match(before))
        or (_COMPARED.search(before) and not changed and _MOVES.match(number.after))
    ):
        number.role = Role.PRIOR
    elif _TARGET.search(before) and "关于" not in before[-12:] and not _TASK_DONE.search(before):
        number.role = Role.TARGET
    elif changed:
        number.role = Role.CHANGE
    else:
        number.role = Role.LEVEL


def _settle_price(number: Number, before: str) -> None:
    """A standard, a price or an average, and what it is for; an average of people is rounded, though people are whole."""
    _settle_each(number, before)
    if number.kind is Kind.STANDARD and number.exact and number.value is not None:
        number.interval = Interval.about(number.value, number.quantum / 2)


def _settle_each(number: Number, before: str) -> None:
    if number.per:
        number.kind = Kind.STANDARD
        return
    if number.dimension in (units.PERCENT, units.POINTS, units.TIMES):
        return
    if one := _FOR_ONE.search(before):
        number.per, number.kind = one["each"], Kind.STANDARD
    elif (mean := _MEAN_OF_EACH.search(before)) and not ((told := _PER_BEFORE.search(before)) and told["time"]):
        number.per, number.kind = mean["each"].removeprefix("个") or "个", Kind.STANDARD
    elif each := _PER_BEFORE.search(before):
        number.per = _unit_of(each["each"])
        if each["time"]:
            number.per = f"{number.per}·{each['time']}"
        elif number.per in _TIMES and (of := re.search(r"([人户生床])均?$", before[: each.start()])):
            number.per = f"{of[1]}·{number.per}"
        number.kind = Kind.STANDARD
    elif average := _AVERAGE.search(before):
        number.kind = Kind.STANDARD
        number.per = average["each"] or average["of"] or ("亩" if average["yield"] else average["daily"] or "单价")
    elif number.dimension in units.MONEY and number.factor <= 10**4 and _MONTHLY.search(before):
        number.per, number.kind = "人·月", Kind.STANDARD
    elif number.dimension in units.MONEY and _STANDARD.search(before):
        number.kind = Kind.STANDARD


def _unit_of(each: str) -> str:
    """What a price is for: 户 of 每户搬迁补助, 考场 of 每个考场."""
    if units.known(each):
        return each
    prefix = next((each[:size] for size in (3, 2, 1) if units.known(each[:size])), "")
    return prefix if prefix and prefix != "个" else each.removeprefix("个") or "个"


def mark_earlier(number: Number, before: str, following: Number | None, following_before: str) -> None:
    """From 120 to 150: the first is the earlier value, the second the level."""
    if following is None or number.role not in (Role.LEVEL, Role.SHARE, Role.PRIOR):
        return
    if following.dimension == number.dimension and _FROM.search(before) and _REACHES.search(following_before):
        number.role = Role.PRIOR
        if number.per and not following.per:
            following.per, following.kind, following.interval = (
                number.per,
                number.kind,
                Interval.about(following.value or Fraction(0), following.quantum / 2),
            )
        following.role = Role.LEVEL if number.dimension != units.PERCENT else Role.SHARE


_SHORTER = re.compile(r"(?:缩短|压缩|压减|减少|精简|延长|提高|提速|增加|减)(?:率|比例|幅度)?(?:了|约|为|达到?)?$")


def mark_times(numbers: Sequence[Number]) -> None:
    """办理时限由20天压缩至12天，压缩8天: times that moved are reckoned with like any level."""
    for at, number in enumerate(numbers[:-1]):
        following = numbers[at + 1]
        if number.kind is not Kind.DURATION or following.unit != number.unit or following.start - number.end > 14:
            continue
        if not _FROM.search(number.before) or not _REACHES.search(following.before) or number.figure is None:
            continue
        for each, role in ((number, Role.PRIOR), (following, Role.LEVEL)):
            each.kind, each.role = Kind.MEASURE, role
            _count_days(each)
        following.sign = -1 if re.search("缩短|压|减|精简|降", following.before) else 1
        for change in numbers[at + 2 : at + 4]:
            if change.start - following.end > 24 or not _SHORTER.search(change.before):
                continue
            if change.unit == number.unit and change.kind is Kind.DURATION:
                change.kind, change.role, change.sign = Kind.MEASURE, Role.CHANGE, following.sign
                _count_days(change)
            elif change.dimension == units.PERCENT:
                change.kind, change.role, change.sign = Kind.RATIO, Role.RATE, following.sign


def mark_bracketed(numbers: Sequence[Number], before: str) -> None:
    """较常年同期（386.4毫米）偏多: what stands in the bracket is the earlier value."""
    if len(numbers) == 1 and numbers[0].role is Role.LEVEL and _BEFORE_BRACKET.search(before):
        numbers[0].role, numbers[0].base = Role.PRIOR, _base(before)


_BEFORE_BRACKET = re.compile(
    r"[比较与](?:(?:上年|去年|常年|历史|多年)?(?:同期)?(?:均值|平均)?[\u4e00-\u9fff]{0,8}?|上月|上季度?|年初|(?:上|去)年末|\d{4}年(?:同期|末|底)?)(?<![比较与])$"
)


def _base(context: str) -> str:
    """Against what a change is measured.

    Y the same time last year, L last year, M the month before, S the beginning of the period, X another year.
    """
    said = context[-40:]
    if _REAL.search(said):
        return "REAL"
    place, found = -1, ""
    for name, pattern in _BASES:
        for match in pattern.finditer(said):
            if match.start() > place:
                place, found = match.start(), name
    if found == "X" and (year := re.search(r"(?:比|较|与)(\d{4})年", said)):
        return f"X{year[1]}"
    if found == "X":
        return "X" if re.search(r"[比较与]“?(?:十[二三四]五|前年|疫情前)", said) else ""
    return found
