"""What cannot be of itself: more households than persons, a rank inside itself, a range from large to small, broken digits."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, said
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_HOUSEHOLDS, _RANK, _FULL, _RANGE, _MALFORMED = (
    "households_and_persons",
    "rank_in_itself",
    "full_rate_of_nothing",
    "range_order",
    "malformed_number",
)
_LEVELS = "省市县区镇乡州旗"
_RANKED = re.compile(
    r"(?:位居|位列|居于?|列|排名|排在?|名列|在|为|跃居|保持)?(?P<scope>全(?P<level>[省市县区镇乡州旗]))(?:同类\w{0,3}|各[^，。；]{1,6})?"
    r"(?:排名|位列|名列|排|居)?(?P<rank>第[一二三四五六七八九十\d]{1,3}(?:[位名]|(?=[，。；]|$))|首位|首|前列|前茅|榜首|之首|前[三五十]|领先|中上游)(?!批|家|个|次|例|条|产业|季度|届|轮|期)"
)
# Who is compared with the whole county is only a part of it.
_ABOVE_US = re.compile(
    r"(?:位列|排名?|列|居|在)全(?P<ranked>[省市县区镇乡州旗])\d{1,3}(?:个|家)[\u4e00-\u9fff]{1,8}第|(?:[比较占]|高于|低于|快于|慢于|好于|优于|超过)全(?P<level>[省市县区镇乡州旗])(?:平均|水平|的?\d|总)|全(?P<other>[省市县区镇乡州旗])平均"
)
_OWN = re.compile(r"全(?P<level>[省市县区镇乡州旗])|我(?P<mine>[省市县区镇乡州旗])(?!们)")
_RATE = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,14}率)(?:均|都|已|分别)*(?:为|是|达到?|实现|保持在|保持)*+$")
_PLACE_BELOW = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|村|社区|县|区|市)(?!级|域|委|政|场|内|划)")
_UPRIGHT = re.compile(r"确保|力争|争取|要|必须|将|目标|计划|预计|实现年|达到年|须|应|努力|推动|继续|进一步")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every sentence is looked at for what cannot be."""
    own = _own_level(reading)
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            _households(sentence, ledger)
            _ranges(sentence, ledger)
            _thresholds(sentence, ledger)
            _done_exceeds(sentence, ledger)
            _rank(sentence, own, ledger)
            _rank_of(sentence, ledger)
            _rank_moved(sentence, ledger)
            if not paragraph.forecast:
                _full_rates(sentence, paragraph, ledger)


def _households(sentence: Sentence, ledger: Ledger) -> None:
    """A household has at least one person, and whoever came once is at least one visit."""
    for left, right in zip(sentence.numbers, sentence.numbers[1:], strict=False):
        told_of = re.fullmatch(
            r"，?(?:[\u4e00-\u9fff]{0,6})(?:涉及|惠及|受益|受惠|覆盖)(?:群众|人口|居民|村民)?", sentence.between(left, right)
        )
        if not (left.measured and right.measured) or (right.start - left.end > 2 and not told_of) or left.weak or right.weak:
            continue
        between = sentence.between(left, right).strip("、，（(,")
        if (between and not told_of) or left.role is not right.role or left.value is None or right.value is None:
            continue
        pair = (left.dimension, right.dimension)
        if pair == (units.PERSONS, "户") and left.interval.is_below(right.interval):
            line = f"{said(left)}、{said(right)}：每户至少一人，户数不能多于人数"
            ledger.fails(_HOUSEHOLDS, Severity.ERROR, [right, left], line, "请核对两个数是否写反或写错。")
            continue
        if pair in (("户", units.PERSONS), ("户次", "人次"), (units.PERSONS, "人次"), ("家", "家次")):
            line = f"{said(left)}、{said(right)}"
            if right.interval.is_below(left.interval):
                reason = "每户至少一人" if pair[0] == "户" else "每人（家）至少一次"
                numbers = [left, right]
                ledger.fails(
                    _HOUSEHOLDS,
                    Severity.ERROR,
                    numbers,
                    f"{line}：{reason}，后一个数不能小于前一个",
                    "请核对两个数是否写反或写错。",
                )
            else:
                ledger.holds(_HOUSEHOLDS, [left, right], f"{said(left)}不多于{said(right)}")


def _ranges(sentence: Sentence, ledger: Ledger) -> None:
    for number in sentence.numbers:
        if number.kind is Kind.MALFORMED:
            line = f"“{number.printed}”不是规范的数字写法"
            ledger.fails(
                _MALFORMED, Severity.DOUBTFUL, [number], line, "请核对数位和分隔符：千分位逗号每三位一个，小数点只有一个。"
            )
        elif number.hedge == "区间" and number.interval.low is not None and number.interval.high is not None:
            if number.interval.high < number.interval.low:
                line = f"“{number.printed}”前大后小"
                ledger.fails(_RANGE, Severity.ERROR, [number], line, "区间应由小到大，请核对两端的数。")
        elif number.dimension == "元" and number.factor == 10**12 and (number.figure or 0) >= _TRILLIONS_AT_MOST:
            line = f"“{number.printed}”：比全国的经济总量还大"
            ledger.fails("unit_slip", Severity.ERROR, [number], line, "疑为单位写错，请核对是否应为万元或亿元。")
        elif _is_broken_count(number) and not _follows_average(number, sentence):
            line = f"“{number.printed}”：{number.unit}数不会有小数"
            ledger.fails(_MALFORMED, Severity.DOUBTFUL, [number], line, "请核对小数点或单位。")
        elif re.search(r"\d[ \u3000]+[,，.．]|\d[,，.．][ \u3000]+\d", number.printed):
            ledger.fails(_MALFORMED, Severity.DOUBTFUL, [number], f"“{number.printed}”中夹有空格", "请核对数字并去掉空格。")


_TRILLIONS_AT_MOST = 600
_AT_LEAST = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)(?P<unit>[万亿]?(?:元|岁|周岁|人|亩|张|平方米|吨|万|亿))(?:及|\(含\))?以上[^，、；\d]{0,12}$"
)


_DONE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4})?(?:已|均已)(?:整改|完成|办结|化解|销号|处置|建成|竣工|投用|修复|兑现)(?:到位|完成)?"
)


def _done_exceeds(sentence: Sentence, ledger: Ledger) -> None:
    """25个已整改28个: of what there is no more can be done."""
    for left, right in itertools.pairwise(sentence.numbers):
        plain = left.measured and right.measured and left.role is right.role is Role.LEVEL and left.dimension == right.dimension
        if plain and _DONE.fullmatch(sentence.between(left, right)) and left.interval.is_below(right.interval):
            line = f"共{said(left)}，已完成的却有{said(right)}"
            ledger.fails("parts_and_whole", Severity.ERROR, [right, left], line, "请核对两个数是否写反。")


def _thresholds(sentence: Sentence, ledger: Ledger) -> None:
    """Of what is counted from 50亿元 upwards there are no more than from 10亿元 upwards."""
    counts = [n for n in sentence.numbers if n.measured and n.kind is Kind.MEASURE and n.role is Role.LEVEL]
    for left, right in itertools.pairwise(counts):
        one, two = _AT_LEAST.search(left.before), _AT_LEAST.search(right.before)
        if not one or not two or one["unit"] != two["unit"] or left.dimension != right.dimension or right.start - left.end > 24:
            continue
        if float(two["figure"]) > float(one["figure"]) and left.interval.is_below(right.interval):
            line = f"{two['figure']}{two['unit']}以上的{said(right)}应包含在{one['figure']}{one['unit']}以上的{said(left)}之内"
            ledger.fails("parts_and_whole", Severity.ERROR, [right, left], line, "门槛更高的一档不会更多，请核对两个数。")


def _is_broken_count(number: Number) -> bool:
    """Half a person or half a station, where nothing says that it is an average."""
    if number.kind is not Kind.MEASURE or number.role not in (Role.LEVEL, Role.CHANGE) or number.figure is None or number.hedge:
        return False
    if number.factor != 1 or number.figure.denominator == 1 or number.dimension not in _WHOLE or number.per:
        return False
    return not re.search(r"均|每|平均|率|系数|折合|相当|[千百万亿](?=[人公车小时户辆吨台件])", number.before)


def _follows_average(number: Number, sentence: Sentence) -> bool:
    """每千人口医师3.46人、护士4.11人: the second is of each thousand, too; 比21.0个工作日缩短2.4个: of such days."""
    at = sentence.numbers.index(number)
    near = [n for n in sentence.numbers[max(0, at - 4) : at] if n.dimension == number.dimension]
    if any(n.unit != number.unit and n.unit.startswith(number.unit) for n in sentence.numbers[max(0, at - 2) : at]):
        return True
    return any(n.quantum < n.factor and n.figure is not None and n.figure.denominator != 1 for n in near)


_WHOLE = frozenset(
    {units.PERSONS, "户", "家", "个", "件", "起", "宗", "所", "座", "栋", "台", "辆", "处", "人次", "名", "对", "只", "头", "套"}
)


def _own_level(reading: Reading) -> str:
    """The level of the office's own area: the one whose whole it most often speaks of."""
    counted: Counter[str] = Counter()
    above: set[str] = set()
    for paragraph in reading.paragraphs[:200]:
        above.update(match["level"] or match["other"] or match["ranked"] for match in _ABOVE_US.finditer(paragraph.normal.text))
        for match in _OWN.finditer(paragraph.normal.text):
            if not _RANKED.match(paragraph.normal.text, match.start()):
                counted[match["level"] or match["mine"]] += 1
    for paragraph in reading.paragraphs[:2]:
        title = paragraph.normal.text[:40]
        if found := re.match(
            r"(?:关于)?[\u4e00-\u9fff]{1,6}?(?P<level>[市县区镇乡])(?=[^市县区镇乡]{0,14}(?:\d{4}|上半年|工作|总结|报告|公报))",
            title,
        ):
            counted[found["level"]] += 2
    counted = Counter({level: times for level, times in counted.items() if level not in above})
    if not counted:
        return ""
    (best, times), *rest = counted.most_common(2)
    return best if not rest or times > 2 * rest[0][1] else ""


def _rank(sentence: Sentence, own: str, ledger: Ledger) -> None:
    """An area that ranks itself within itself must mean the one above."""
    for match in _RANKED.finditer(sentence.text):
        level = match["level"]
        if "各" in match[0]:
            continue
        clause = _RANKED.sub("", _ABOVE_US.sub("", sentence.text[max(0, match.start() - 60) : match.start()]))
        mine = re.search(rf"(?:全|我){level}(?!{level})", clause)
        if not mine and level != own:
            continue
        if _is_below(clause, level) or re.search(r"其中|分列|分别", clause[-30:]):
            continue
        number = next(
            (n for n in sentence.numbers if n.start - sentence.start <= match.end() and n.end - sentence.start >= match.start()),
            None,
        )
        number = number or next((n for n in reversed(sentence.numbers) if n.end - sentence.start <= match.start()), None)
        anchor = words_of(sentence, match.start(), match.end(), number)
        line = f"“{match[0]}”：本地的数字在{match['scope']}范围内排位，范围说不通"
        ledger.fails(
            _RANK, Severity.DOUBTFUL, [anchor], line, "排位的范围应是上一级，请写明上一级的名称，例如“在全省（设区市）列第几位”。"
        )


_OF_SO_MANY = re.compile(
    r"(?:全[省市县区州国])?(?P<all>\d{1,3})(?:个|家|所)(?:县区|区县|县市区|市县|县|市|区|镇|乡|街道|部门|单位|城市|省|设区市|地市|州|企业|学校|医院|[\u4e00-\u9fff]{1,4}[局院队所关])(?:[（(][\u4e00-\u9fff]{1,6}[)）])?"
    r"(?:[^。；]{0,40}?(?:排名?|列|居|位[居列])(?:全[省市县区州国])?(?:并列)?|中)?第(?P<rank>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)?"
)


_ALL = re.compile(r"(?:全[省市县区]|辖区?)(?:共有?|现有|有)(?P<all>\d{1,3})个(?:县|市|区|镇|乡|街道)")
_LATER = re.compile(r"(?:列|居|排名?)第(?P<rank>\d{1,3})[位名]")


def _rank_of(sentence: Sentence, ledger: Ledger) -> None:
    """Of eleven counties none is the thirteenth; nor where the seven are counted once for several ranks."""
    ranks = [
        (match["all"], match["rank"], match.start("rank"), match.end("rank")) for match in _OF_SO_MANY.finditer(sentence.text)
    ]
    if (every := _ALL.search(sentence.text)) is not None:
        later = _LATER.finditer(sentence.text, every.end())
        ranks += [(every["all"], match["rank"], match.start("rank"), match.end("rank")) for match in later]
    for number, place, start, end in ranks:
        rank = int(place) if place.isdigit() else value_of(place)
        if rank is None or rank <= int(number):
            continue
        line = f"共{number}个，却列第{place}位"
        ledger.fails(_RANK, Severity.ERROR, [words_of(sentence, start, end)], line, "名次不会大于参加排名的个数，请核对。")


_MOVED = re.compile(
    r"第(?P<one>\d{1,3}|[一二三四五六七八九十]{1,3})[位名]?[^。；第]{0,24}第(?P<two>\d{1,3}|[一二三四五六七八九十]{1,3})[位名]?[^。；第\d]{0,8}?"
    r"(?:前移|后移|上升|下降|提升|前进|后退|退后|进|退|升|降)(?:了)?(?P<by>\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个)?(?:位次?|名次?)"
)


_MOVED_FROM = re.compile(
    r"第(?P<one>\d{1,3}|[一二三四五六七八九十]{1,3})[位名]?，(?:同?比|较)(?:上|去|前|同)[^，。；第\d]{0,8}?"
    r"(?:前移|后移|上升|下降|提升|前进|后退|退后|进|退|升|降)(?:了)?(?P<by>\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个)?(?:位次?|名次?)"
    r"[，（](?:上|去|前)[^，。；第\d]{0,8}第(?P<two>\d{1,3}|[一二三四五六七八九十]{1,3})[位名]?"
)


def _rank_moved(sentence: Sentence, ledger: Ledger) -> None:
    """列第4位，较4月的第7位前移2位."""
    for match in (*_MOVED.finditer(sentence.text), *_MOVED_FROM.finditer(sentence.text)):
        one, two, by = (int(word) if word.isdigit() else value_of(word) for word in (match["one"], match["two"], match["by"]))
        if one is not None and two is not None and by is not None and abs(one - two) != by:
            anchor = words_of(sentence, match.start("one"), match.end("by"), None)
            line = f"第{match['one']}位与第{match['two']}位相差{abs(one - two)}位，原文写{match['by']}位"
            ledger.fails(_RANK, Severity.ERROR, [anchor], line, "请核对前后两个位次和升降的位数。")


def _is_below(clause: str, level: str) -> bool:
    """Whether a smaller place is spoken of, which may well rank in the whole."""
    return any(level not in match[0][-1] and not match[0].startswith(("全", "我")) for match in _PLACE_BELOW.finditer(clause))


def _full_rates(sentence: Sentence, paragraph: ReadParagraph, ledger: Ledger) -> None:
    """A hundred per cent of something that is not counted anywhere near."""
    for at, number in enumerate(sentence.numbers):
        if number.dimension != units.PERCENT or number.value != 100 or number.role is not Role.SHARE or number.projected:
            continue
        rate = _RATE.search(number.before)
        clause = sentence.segments[number.segment].text
        if rate is None or _UPRIGHT.search(clause):
            continue
        if (
            none := re.search(
                rf"(?:未发生|没有发生|无|零)(?:新的?)?{rate['name'][:2]}", sentence.text[: number.start - sentence.start]
            )
        ) is not None:
            line = f"前文说“{none[0]}”，没有底数，谈不上{rate['name']}{said(number)}"
            ledger.fails(_FULL, Severity.DOUBTFUL, [number], line, "底数为零时不应写百分比，请核对。")
            continue
        near = [
            n
            for n in sentence.segments[number.segment].numbers
            if n is not number and n.measured and n.dimension != units.PERCENT
        ]
        near += [n for n in sentence.numbers[at + 1 : at + 4] if n.group and sentence.group_of(n).anchor is number]
        nothing = next(
            (n for n in sentence.numbers[max(0, at - 2) : at] if n.measured and n.value == 0 and units.is_counted(n.dimension)),
            None,
        )
        if nothing is not None and number.segment - nothing.segment <= 2:
            line = f"前文为{said(nothing)}，没有底数，谈不上{rate['name']}{said(number)}"
            ledger.fails(_FULL, Severity.DOUBTFUL, [number, nothing], line, "底数为零时不应写百分比，请核对。")
            continue
        short = len(rate["name"]) <= 4
        before = [
            n
            for n in sentence.numbers[max(0, at - 4) : at]
            if n.measured and units.is_counted(n.dimension) and number.segment - n.segment <= 3
        ]
        beside = [n for n in sentence.numbers if n is not number and n.role is Role.SHARE and n.dimension == units.PERCENT]
        if near or (short and before) or number.group or len(beside) >= 2:
            # In a row of rates nobody writes the counts.
            continue
        line = f"“{rate['name']}{said(number)}”没有写明底数是多少"
        ledger.asks(_FULL, [number], line, "请补上应办多少、已办多少；没有底数的百分之百无法核对。")
