"""What a price, a standard or an average is for: heads, households, cases, 亩; and which numbers count those."""

from __future__ import annotations

import re
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.ledger import said
from anmin.ground.reports.checking.vocabulary import Kind, Role

AVERAGE = re.compile(r"均(?!为|达|按|享|可|已|给|发|予)|平均|亩产|单产|场均|均价")
_PEOPLE = frozenset({"人", "名", "位", "生", "学生", "户", "家庭", "例", "人次", "老人", "对象"})

# What an office counts in another word than it divides by: 案均 of 623件, 企均 of 386家.
_COUNTED_AS = {
    each: frozenset(told.split())
    for each, told in {
        "案": "件 起 宗 例",
        "企": "家 户",
        "户": "家",
        "店": "家 个",
        "车": "辆 台",
        "师": "人",
        "园": "所 个 家",
        "项": "个 项",
        "次": "人次 次 家次 户次 场次",
        "餐": "人次 份 次",
        "镇": "个",
        "村": "个",
        "校": "所 个",
    }.items()
}

# What counts anything that is named before it.
_ANY = frozenset({"个", "家", "所", "支", "座", "处", "项", "条"})


def counts_of(number: Number, each: str) -> bool:
    """Whether a number counts what a price or an average is for."""
    if number.kind is Kind.DURATION and each == "小时" and number.value:
        # 请挖机46小时，每小时260元.
        return number.unit.removeprefix("个") == each
    if each == "小时" and number.dimension == each:
        return number.measured and number.role is Role.LEVEL and number.kind is Kind.MEASURE
    if not number.measured or number.weak or number.role not in (Role.LEVEL,) or number.kind is not Kind.MEASURE:
        return False
    if (
        not number.dimension
        and each
        and re.search(f"{each}(?:数|总数|数量)?$|人次(?:数)?$" if each == "次" else f"{each}(?:数|总数|数量)$", number.before)
    ):
        # 门诊人次86.4万，次均费用222.2元.
        return True
    if number.dimension in _ANY and each and re.search(f"{re.escape(each)}[\u4e00-\u9fff]?$", number.before):
        # 开设班次164个，班均30人; 岗位386个, 团队36个, 队伍286支.
        return True
    if each in ("生", "学生", "老人", "对象", "名", "位", "人"):
        return number.dimension == units.PERSONS or (number.dimension == "人次" and "人数" in number.before)
    if number.dimension in _COUNTED_AS.get(each, ()):
        return True
    if each == "单价":
        return units.is_counted(number.dimension) or number.dimension in ("千克", "平方米", "米", "立方米")
    if number.dimension == f"{units.dimension_of(each)[0]}次":
        return True
    if each == "亩":
        return number.unit.endswith("亩")
    if each in ("平方米", "平米"):
        return number.unit.endswith("平方米")
    if number.dimension in ("个", "家", "所") and number.after.startswith(each):
        return True
    return units.dimension_of(each)[0] == number.dimension and number.factor >= 1


def is_price(number: Number) -> bool:
    """Whether it is a price, a standard or an average of something."""
    return number.kind is Kind.STANDARD and bool(number.per) and number.role is Role.LEVEL and bool(number.value)


def area_factor(count: Number, price: Number) -> Fraction:
    """A price for each 亩 is multiplied by 亩, not by square metres."""
    each = price.per.partition("·")[0]
    if each == "单价":
        return 1 / units.dimension_of(count.unit.lstrip("万亿"))[1]
    size = units.dimension_of(each)[1] if count.dimension == units.dimension_of(each)[0] else Fraction(1)
    return 1 / size if size else Fraction(1)


def rule_of(price: Number) -> str:
    """The rule that judges it: people and time, or things."""
    each, _, time = price.per.partition("·")
    if re.search("均[\u4e00-\u9fff]{0,6}$", price.before) and not re.search("标准|按", price.before):
        # What comes out at so much for each is no standard that somebody laid down.
        return "count_times_price"
    return "standard_times_people" if time or each in _PEOPLE else "count_times_price"


def product_of(count: Number, price: Number, times: int | Fraction) -> Interval:
    each = price.interval
    if price.value is not None and price.figure is not None and price.figure.denominator == 1 and not price.hedge:
        # 每人1万元 is a rate that somebody laid down; an average would be told to a digit or two.
        each = each if AVERAGE.search(price.before) else Interval(price.value, price.value)
    return (count.interval * each).times(area_factor(count, price) * times)


def value_of_product(count: Number, price: Number) -> Fraction:
    return (count.value or Fraction(0)) * (price.value or Fraction(0)) * area_factor(count, price)


def multiplied(count: Number, price: Number, times: int | Fraction, time: str) -> str:
    unit = {"月": "个月", "学期": "个学期", "年": "年"}.get(time, "次")
    factor = f"×{times}{unit}" if time and times > 1 else ""
    return f"{said(count)}×{said(price)}{factor}"
