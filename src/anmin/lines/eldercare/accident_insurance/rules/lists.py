"""Two lists without anybody on both: from 90 on the Charity Federation insures everyone, from 60 on the city those in need."""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.eldercare.accident_insurance.rules.codes import ROUTE

YES = YES_NO["yes"]
ANKANG = "“安康关爱行动”（海安市，文号待核）"
CHARITY = "海安市慈善总会九十岁以上老人意外伤害保险（文号待核）"


@rule("person", source=ANKANG, label="名单基准日的周岁", unit="years")
def age(o: Operators, birth_on: Number, first_day: Number) -> Number:
    return o.years(birth_on, first_day)


@rule("person", source=ANKANG, label="健在的本地户籍老人")
def here(o: Operators, hukou_local: Number, dead: Number) -> Truth:
    return (hukou_local == YES) & (dead != YES)


@rule("person", source=CHARITY, label="列入慈善总会名单")
def by_charity(o: Operators, here: Truth, age: Number, ages_charity: Number) -> Truth:
    return here & (age >= ages_charity)


@rule("person", source=ANKANG, label="符合安康关爱条件")
def in_need(o: Operators, here: Truth, age: Number, ages_ankang: Number, holds_dibao: Number, holds_tekun: Number) -> Truth:
    return here & (age >= ages_ankang) & ((holds_dibao == YES) | (holds_tekun == YES))


@rule("person", source=ANKANG, label="列入保险名单")
def eligible(o: Operators, by_charity: Truth, in_need: Truth) -> Truth:
    return by_charity | in_need


@rule("person", source=ANKANG + "；" + CHARITY, label="列入的名单", unit="code")
def route(o: Operators, by_charity: Truth, in_need: Truth) -> Number:
    return o.either(by_charity, ROUTE["charity"], o.either(in_need, ROUTE["ankang"], ROUTE["none"]))


@rule("person", source=ANKANG + "；" + CHARITY, label="每年保费", unit="CNY")
def premium(o: Operators, by_charity: Truth, in_need: Truth, premiums_charity: Number, premiums_ankang: Number) -> Number:
    return o.either(by_charity, premiums_charity, o.either(in_need, premiums_ankang, 0))


@finding(
    "person",
    severity="info",
    source=CHARITY,
    label="由慈善总会投保",
    sentence="{who}同时符合安康关爱条件，由慈善总会统一投保，不重复列入。",
)
def on_one_list_only(o: Operators, by_charity: Truth, in_need: Truth) -> Truth:
    return by_charity & in_need
