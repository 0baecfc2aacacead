"""Units that do not fit: an amount of a few yuan among amounts in 万元."""

from __future__ import annotations

import re
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.heads import area_factor, counts_of, is_price
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, amount, said
from anmin.ground.reports.checking.relations.lists import label_of
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "unit_slip"
_PRICE = re.compile(
    r"每|均|单价|价格|(?<!财产)价值|票|标准|收费|起步|面[值额]|最高|最低|不足|低于|定额|[元/]|奖励|罚款|工本|押金|门槛|月租|限额|以[上下]"
)
# What is told of the work of half a year: no office saved goods of a few hundred yuan in all.
_COLLECTIVE = re.compile(
    r"挽回|挽损|追赃|追缴|抢救财产|罚没|直接经济损失|总投资|总产值|营业收入|销售收入|销售额|争取(?:上级)?资金|到位资金|标的额|成交额"
)
_BESIDE = 8
_SIZES = (Fraction(1, 10**4), Fraction(10**4), Fraction(1, 10**6))
_ADDED = re.compile(
    r"(?:新建|新增|新改建|新(?=[\u4e00-\u9fff]{2})|当年(?:建成|完成)?|本年(?:建成|完成)?)(?P<noun>[\u4e00-\u9fff]{2,12})$"
)
_SUMS = re.compile(
    r"发放|投入|完成|支出|收入|拨付|下达|筹集|争取|投资|安排|总额|共|合计|总|销售|征收|组织|救助|补助|补贴|兑付|实现|资金|经费|金额|财产价值|损|款|额|费$"
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every total of money is held against the units of the totals beside it."""
    told = [
        n
        for paragraph in reading.paragraphs
        for s in paragraph.sentences
        for n in s.numbers
        if _is_amount(n) and n.factor >= 10**4
    ][:2]
    claimed = {key for relation in ledger.relations for key in relation.numbers[:1]}
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            _among_siblings(sentence, ledger)
        _among_means(paragraph, claimed, ledger)
        _all_so_far(paragraph, ledger)
        amounts = [n for sentence in paragraph.sentences for n in sentence.numbers if _is_amount(n)]
        large = [n for n in amounts if n.factor >= 10**4]
        large = large or told
        for number in amounts[:400]:
            if number.factor == 1 and number.key not in ledger.failed and _is_too_small(number, paragraph):
                if not large:
                    _without_like(number, paragraph, ledger)
                    continue
                if len(large) < 2 and abs(large[0].start - number.start) > 60:
                    continue
                if large[0].place.block != number.place.block and not _COLLECTIVE.search(number.before):
                    continue
                nearest = sorted(large, key=lambda n: abs(n.start - number.start))[:2]
                right = in_unit(number, nearest[0].factor / number.factor)
                line = f"上下文的金额为{'、'.join(said(n) for n in nearest)}，此处为{said(number)}，单位不一致且数额过小"
                ledger.fails(RULE, Severity.DOUBTFUL, [number, *nearest], line, f"疑为单位写错，请核对是否应为{right}。")


def _among_siblings(sentence: Sentence, ledger: Ledger) -> None:
    """一季度3.2亿元，二季度4.1亿元，三季度4.6万元: like figures in a list, one of them in another power of ten."""
    numbers = [n for n in sentence.groups[0].numbers[:80] if n.measured and n.kind is Kind.MEASURE and n.figure]
    for at in range(len(numbers) - 2):
        run = numbers[at : at + 1]
        for number in numbers[at + 1 : at + 12]:
            joined = 0 < number.start - run[-1].end <= 12 and number.segment - run[-1].segment == 1
            if not joined or number.dimension != run[0].dimension or number.role is not Role.LEVEL or number.per != run[0].per:
                break
            run.append(number)
        factors = [n.factor for n in run]
        usual = max(set(factors), key=factors.count)
        odd = [n for n in run if n.factor != usual]
        if len(run) < 3 or len(odd) != 1 or run[0].role is not Role.LEVEL or odd[0].key in ledger.failed:
            continue
        number, others = odd[0], [n for n in run if n is not odd[0]]
        figures = [n.figure or Fraction(0) for n in others]
        named = all(1 < len(n.before) <= 8 and not _PRICE.search(n.before) and not n.hedge for n in run)
        alike = max(figures) <= 20 * min(figures)
        like = alike and min(figures) <= 3 * (number.figure or 0) and (number.figure or 0) <= 3 * max(figures)
        # 12.86万栋 beside 286栋 cannot be 12.86栋.
        whole = not units.is_counted(number.dimension) or usual > 1 or (number.figure or Fraction(0)).denominator == 1
        if named and like and whole and number.factor / usual not in (10, Fraction(1, 10)):
            right = in_unit(number, usual / number.factor)
            line = f"并列的各项为{'、'.join(said(n) for n in others[:5])}，此处为{said(number)}，数字相近而单位不同"
            ledger.fails(RULE, Severity.DOUBTFUL, [number, *others], line, f"疑为单位写错，请核对是否应为{right}。")
            return


def _among_means(paragraph: ReadParagraph, claimed: set[str], ledger: Ledger) -> None:
    """税收4.12亿元；按工业用地2215亩计算，亩均税收18.6亿元: an average that two numbers before it make in another unit."""
    told: list[Number] = []
    for number in (n for sentence in paragraph.sentences for n in sentence.numbers):
        if not number.measured or number.hedge:
            continue
        told = [*told, number][-_BESIDE:]
        digits = len(number.printed.strip("0.亿万元"))
        if not is_price(number) or number.key in claimed or digits < 2:
            continue
        each = number.per.partition("·")[0]
        for total in told:
            if total.dimension != number.dimension or total.per or total.role is not Role.LEVEL or not total.value:
                continue
            for count in (n for n in told if counts_of(n, each) and n is not total):
                # Of two digits only what the two numbers right before it make.
                if digits < 3 and not (total in told[-3:-1] and count in told[-3:-1]):
                    continue
                mean = (total.interval / count.interval).times(1 / area_factor(count, number))
                slip = next((s for s in _SIZES if mean.meets(number.interval.times(s))), None)
                if slip is not None and (slip > 1 or number.factor >= 10**4) and number.key not in ledger.failed:
                    report_slip(number, slip, [total, count], ledger)


def _all_so_far(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """新建高标准农田3.2万亩，累计建成高标准农田41.5亩: all that was built is no less than what was added to it."""
    added: dict[str, Number] = {}
    for number in (n for sentence in paragraph.sentences for n in sentence.numbers):
        if not number.measured or number.role is not Role.LEVEL or number.hedge or number.per:
            continue
        if told := _ADDED.search(number.before):
            added[told["noun"]] = number
            continue
        for noun, new in added.items():
            called = number.before.endswith(noun) and re.search("累计|总数|共有", number.before)
            if called and number.dimension == new.dimension and number.interval.is_below(new.interval):
                slip = new.factor / number.factor
                if slip > 1 and (number.value or 0) * slip >= (new.value or 0):
                    report_slip(number, slip, [new], ledger, f"累计{said(number)}，少于当年新增的{said(new)}")


def _without_like(number: Number, paragraph: ReadParagraph, ledger: Ledger) -> None:
    """投入资金1246.8元, where thousands of things are told of in the sentence: tenths of a yuan stand in no account."""
    sentence = next((s for s in paragraph.sentences if s.start <= number.start < s.end), None)
    if (
        number.quantum != Fraction(1, 10)
        or sentence is None
        or not any((n.value or 0) >= 1000 for n in sentence.numbers if _is_many(n))
    ):
        return
    line = f"{said(number)}带一位小数，又与成千的数量并列，像是以万元计的数"
    ledger.fails(RULE, Severity.DOUBTFUL, [number], line, f"疑为单位写错，请核对是否应为{in_unit(number, Fraction(10**4))}。")


def _is_amount(number: Number) -> bool:
    return number.measured and number.kind is Kind.MEASURE and number.role is Role.LEVEL and number.dimension in units.MONEY


def _is_too_small(number: Number, paragraph: ReadParagraph) -> bool:
    if not number.figure or number.hedge or number.group or _PRICE.search(number.before):
        return False
    sentence = next((s for s in paragraph.sentences if s.start <= number.start < s.end), None)
    clause = sentence.segments[number.segment].text if sentence else ""
    if re.search(r"每|均|单价|标准|/", clause):
        return False
    # Nobody writes tenths of a yuan; and a sum of many cases is not of a few thousand.
    tenths = number.figure.denominator != 1 and number.quantum == Fraction(1, 10) and number.figure >= 10
    if not (tenths or _SUMS.search(number.before)):
        return False
    many = bool(_COLLECTIVE.search(number.before)) and sentence is not None and any(_is_many(n) for n in sentence.numbers)
    fraction = number.figure.denominator != 1
    return (fraction and number.figure < 10_000) or number.figure < 100 or tenths or (many and number.figure < 10_000)


def _is_many(number: Number) -> bool:
    return number.measured and number.role is Role.LEVEL and units.is_counted(number.dimension) and (number.value or 0) >= 100


def part_slip(whole: Number, part: Number) -> Fraction | None:
    """损失864.2万元，其中百万元以上的426.8亿元: a part far above its whole, or next to nothing of it, that fits in its unit."""
    if not units.dimension_of(whole.unit) or whole.factor == part.factor or whole.per != part.per:
        return None
    if whole.hedge or part.hedge or not part.value:
        return None
    slip, real = whole.factor / part.factor, (part.figure or 0) / (whole.figure or 1)
    far = part.value > 100 * (whole.value or 0) or (slip == 10**4 and part.value * 10**4 < (whole.value or 0) * 2)
    named = bool(part.before) and len(label_of(part)) > 1 and not _PRICE.search(part.before)
    return slip if far and named and Fraction(1, 20) <= real <= 1 else None


def report_slip(number: Number, slip: Fraction, others: list[Number], ledger: Ledger, proof: str = "") -> None:
    """The number fits its surroundings in another unit; from here on it is read in that unit."""
    right = in_unit(number, slip)
    line = proof or f"{said(number)}与{'、'.join(said(other) for other in others)}放在一起不成立，按{right}计算则相符"
    ledger.fails("unit_slip", Severity.ERROR, [number, *others], line, f"疑为单位写错：{said(number)}应为{right}，请核对。")
    if number.value is not None and number.figure is not None:
        # What was printed without a multiplier was rounded where its neighbours were.
        number.value, number.factor = number.value * slip, number.factor * slip
        number.quantum *= slip
        number.interval = Interval.about(number.value, number.quantum / 2)
        number.unit, number.read_as = right.lstrip("-0123456789."), right


def in_unit(number: Number, slip: Fraction) -> str:
    """The figure with the unit that is so many times as large."""
    factor = number.factor * slip
    sizes = {10**4: "万", 10**8: "亿", 1: ""}
    bare = number.unit.lstrip("万亿")
    if bare == "平方公里" and slip == Fraction(1, 10**6):
        return f"{decimal(number.figure or Fraction(0))}平方米"
    if int(factor) in sizes and factor.denominator == 1:
        return f"{decimal(number.figure or Fraction(0))}{sizes[int(factor)]}{bare}"
    return amount((number.value or Fraction(0)) * slip, number)
