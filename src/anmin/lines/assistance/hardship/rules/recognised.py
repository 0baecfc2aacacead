"""Who belongs to a family in hardship through unavoidable expenses (支出型、刚性支出困难家庭).

Income below what a resident had to dispose of last year, property within the limits, and unavoidable expenses of twelve months
that take up a set share of the income of those months. Basic living counts among them up to the dibao standard; aid for the same
expense is taken off.
"""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, count_of, finding, rule, total_of
from anmin.lines.assistance.hardship.rules.facts import HARDSHIP
from anmin.lines.assistance.margin.rules.recognised import LAYERS

MONTHS_OF_A_YEAR = 12
WHOLE = 1000
MOST_SHOWN = 10_000


@rule("person", source=LAYERS, label="可认定为刚性支出困难的成员")
def open_to_hardship(o: Operators, counted: Truth, already_tekun: Truth, already_dibao: Truth, already_margin: Truth) -> Truth:
    return counted & o.is_not(already_tekun | already_dibao | already_margin)


any_open_to_hardship = any_of("open_to_hardship", source=LAYERS, label="有可认定为刚性支出困难的成员")


@rule("household", source=HARDSHIP, label="家庭年收入", unit="CNY")
def yearly_income(o: Operators, family_income: Number) -> Number:
    return family_income * MONTHS_OF_A_YEAR


@rule("household", source=HARDSHIP, label="人均收入低于上年度人均可支配收入")
def below_disposable(o: Operators, yearly_income: Number, disposable_income: Number, counted_persons: Number) -> Truth:
    return yearly_income < disposable_income * counted_persons


# ── what had to be spent ─────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=HARDSHIP, label="本人刚性支出", unit="CNY")
def spent(o: Operators, expense_medical: Number, expense_education: Number, expense_rehabilitation: Number) -> Number:
    return expense_medical + expense_education + expense_rehabilitation


spent_by_family = total_of("spent", where="counted", source=HARDSHIP, label="医疗、教育、康复支出合计", unit="CNY")
aid_to_family = total_of("expense_aid", where="counted", source=HARDSHIP, label="已得专项救助合计", unit="CNY")


@rule("household", source=HARDSHIP, label="基本生活支出", unit="CNY")
def living_expense(o: Operators, family_line: Number, living_rate: Number) -> Number:
    return o.half_up(family_line * MONTHS_OF_A_YEAR, living_rate)


@rule("household", source=HARDSHIP, label="刚性支出总额", unit="CNY")
def rigid_spending(o: Operators, spent_by_family: Number, aid_to_family: Number, living_expense: Number) -> Number:
    return o.greatest(spent_by_family - aid_to_family, 0) + living_expense


@rule("household", source=HARDSHIP, label="除基本生活外有刚性支出")
def has_rigid_spending(o: Operators, spent_by_family: Number, aid_to_family: Number) -> Truth:
    return spent_by_family > aid_to_family


@rule("household", source=HARDSHIP, label="刚性支出占家庭收入的比例", unit="per_mille")
def spending_share(o: Operators, rigid_spending: Number, yearly_income: Number) -> Number:
    return o.least(o.shared(rigid_spending * WHOLE, o.greatest(yearly_income, 1)), MOST_SHOWN)


@rule("household", source=HARDSHIP, label="刚性支出达到规定比例")
def spends_enough(
    o: Operators, has_rigid_spending: Truth, rigid_spending: Number, yearly_income: Number, spending_ratio: Number
) -> Truth:
    return has_rigid_spending & (rigid_spending * WHOLE >= yearly_income * spending_ratio)


@rule("household", source=HARDSHIP, label="认定为刚性支出困难家庭")
def hardship_eligible(
    o: Operators,
    claimed_by_family: Truth,
    any_open_to_hardship: Truth,
    below_disposable: Truth,
    spends_enough: Truth,
    family_property_refused: Truth,
) -> Truth:
    return claimed_by_family & any_open_to_hardship & below_disposable & spends_enough & o.is_not(family_property_refused)


@rule("person", source=LAYERS, label="刚性支出困难家庭成员")
def hardship_granted(o: Operators, hardship_eligible: Truth, open_to_hardship: Truth) -> Truth:
    return hardship_eligible & open_to_hardship


hardship_persons = count_of("hardship_granted", source=LAYERS, label="刚性支出困难家庭人数")


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────────


@finding(
    "household",
    severity="info",
    source="江苏省支出型困难家庭认定有关规定（文号待核）",
    label="认定为支出型困难或刚性支出困难",
    sentence="近十二个月刚性支出{rigid_spending}，占家庭收入的{spending_share}（规定{spending_ratio}），认定有效期十二个月。",
)
def hardship_recognised(o: Operators, hardship_eligible: Truth) -> Truth:
    return hardship_eligible


@finding(
    "household",
    severity="block",
    source=HARDSHIP,
    label="人均收入不低于人均可支配收入",
    sentence="家庭月人均收入{family_income_per_head}，全年不低于上年度居民人均可支配收入{disposable_income}。",
)
def hardship_income_over(o: Operators, claimed_by_family: Truth, any_open_to_hardship: Truth, below_disposable: Truth) -> Truth:
    return claimed_by_family & any_open_to_hardship & o.is_not(below_disposable)


@finding(
    "household",
    severity="block",
    source=HARDSHIP,
    label="刚性支出未达到规定比例",
    sentence="刚性支出{rigid_spending}，占家庭收入的{spending_share}，未达到规定的{spending_ratio}，或没有医疗、教育、康复支出。",
)
def hardship_spends_less(
    o: Operators, claimed_by_family: Truth, any_open_to_hardship: Truth, below_disposable: Truth, spends_enough: Truth
) -> Truth:
    return claimed_by_family & any_open_to_hardship & below_disposable & o.is_not(spends_enough)


@finding(
    "household",
    severity="block",
    source=HARDSHIP,
    label="家庭财产超过刚性支出困难规定",
    sentence="家庭财产超过规定，不属于刚性支出困难家庭。",
)
def hardship_property_over(
    o: Operators, claimed_by_family: Truth, any_open_to_hardship: Truth, family_property_refused: Truth
) -> Truth:
    return claimed_by_family & any_open_to_hardship & family_property_refused


@finding(
    "household",
    severity="block",
    source=LAYERS,
    label="全体成员已在其他类别",
    sentence="共同生活的成员均已纳入特困、低保或低保边缘，每人只属一类。",
)
def hardship_held_already(o: Operators, has_family: Truth, any_open_to_hardship: Truth) -> Truth:
    return has_family & o.is_not(any_open_to_hardship)
