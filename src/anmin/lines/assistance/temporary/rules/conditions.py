"""Whether a family may be aided: how often, for which event, and for expenses, by which means."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import count_of, finding, rule
from anmin.lines.assistance.temporary.rules.facts import AID, MEASURES, OPINIONS, YES

MONTHS_OF_A_YEAR = 12
WHOLE = 1000


@rule("household", source=OPINIONS, label="已提出临时救助申请")
def applied(o: Operators, aid_kind: Number) -> Truth:
    return aid_kind != AID["none"]


@rule("household", source=OPINIONS, label="属支出型")
def by_expenditure(o: Operators, aid_kind: Number) -> Truth:
    return aid_kind == AID["expenditure"]


@rule("person", source=OPINIONS, label="列入受助人数")
def aided(o: Operators, aid_for: Number) -> Truth:
    return aid_for == YES


aided_persons = count_of("aided", source=OPINIONS, label="受助人数")


@rule("household", source=OPINIONS, label="经一事一议同意")
def deliberated(o: Operators, deliberated_amount: Number) -> Truth:
    return deliberated_amount > 0


@rule("household", source=OPINIONS, label="次数在年度限额内")
def within_times(o: Operators, aids_before: Number, times_a_year: Number) -> Truth:
    return aids_before < times_a_year


@rule("household", source=OPINIONS, label="不属重复救助")
def new_event(o: Operators, same_event_aided: Number) -> Truth:
    return same_event_aided != YES


@rule("month", source=OPINIONS, label="支出型收入上限")
def income_limit(o: Operators, disposable_income: Number) -> Number:
    return o.half_up(disposable_income, WHOLE, MONTHS_OF_A_YEAR)


@rule("household", source=OPINIONS, label="收入在支出型范围内")
def income_fits(o: Operators, by_expenditure: Truth, aid_income: Number, income_limit: Number) -> Truth:
    return o.is_not(by_expenditure) | (aid_income < income_limit)


@rule("household", source=OPINIONS, label="财产符合支出型规定")
def assets_fit(o: Operators, by_expenditure: Truth, aid_assets_over: Number) -> Truth:
    return o.is_not(by_expenditure) | (aid_assets_over != YES)


@rule("household", source=OPINIONS, label="符合一般条件")
def fits(o: Operators, within_times: Truth, new_event: Truth, income_fits: Truth, assets_fit: Truth) -> Truth:
    return within_times & new_event & income_fits & assets_fit


@rule("household", source=MEASURES, label="可以给予临时救助")
def eligible(o: Operators, applied: Truth, aided_persons: Number, aid_need: Number, fits: Truth, deliberated: Truth) -> Truth:
    return applied & (aided_persons >= 1) & (aid_need > 0) & (fits | deliberated)


@finding(
    "household",
    severity="block",
    source=OPINIONS,
    label="年度次数已满",
    sentence="本年度已救助{aids_before}，达到每年{times_a_year}的限额；确有困难的，可以提请一事一议。",
)
def too_often(o: Operators, applied: Truth, within_times: Truth, deliberated: Truth) -> Truth:
    return applied & o.is_not(within_times | deliberated)


@finding(
    "household",
    severity="block",
    source=OPINIONS,
    label="同一事由已救助",
    sentence="同一事由只救助一次，本户已因这一事由得到救助；确有困难的，可以提请一事一议。",
)
def aided_before(o: Operators, applied: Truth, new_event: Truth, deliberated: Truth) -> Truth:
    return applied & o.is_not(new_event | deliberated)


@finding(
    "household",
    severity="block",
    source=OPINIONS,
    label="收入超过支出型上限",
    sentence="核对后的家庭月人均收入{aid_income}，不低于上年度居民人均可支配收入的月均数{income_limit}。",
)
def income_over(o: Operators, applied: Truth, income_fits: Truth, deliberated: Truth) -> Truth:
    return applied & o.is_not(income_fits | deliberated)


@finding(
    "household",
    severity="block",
    source=OPINIONS,
    label="财产超过规定",
    sentence="家庭财产超过规定，不符合支出型临时救助条件。",
)
def assets_over(o: Operators, applied: Truth, assets_fit: Truth, deliberated: Truth) -> Truth:
    return applied & o.is_not(assets_fit | deliberated)
