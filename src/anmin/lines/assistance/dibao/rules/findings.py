"""What is to be said of a household besides the amount: a sentence for yes as well as for no, and what to look at."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding
from anmin.lines.assistance.dibao.rules.amounts import AMOUNT, EXTRAS
from anmin.lines.assistance.dibao.rules.assets import PROPERTY
from anmin.lines.assistance.dibao.rules.codes import WORK, YES_NO
from anmin.lines.assistance.dibao.rules.composition import MEMBERS
from anmin.lines.assistance.dibao.rules.facts import MEASURES
from anmin.lines.assistance.dibao.rules.income import INCOME
from anmin.lines.assistance.dibao.rules.routes import JIANGSU_2023, SINGLE_A, SINGLE_B

YES = YES_NO["yes"]


@finding(
    "household",
    severity="info",
    source=MEASURES,
    label="收入低于标准",
    sentence="月人均收入{income_per_capita}，低于低保标准{standard}。",
)
def income_below(o: Operators, within_income: Truth) -> Truth:
    return within_income


@finding(
    "household",
    severity="block",
    source=MEASURES,
    label="收入达到或超过标准",
    sentence="月人均收入{income_per_capita}，不低于低保标准{standard}。",
)
def income_over(o: Operators, within_income: Truth, in_grace: Truth, covered_persons: Number) -> Truth:
    return o.is_not(within_income | in_grace) & (covered_persons > 0)


@finding(
    "household",
    severity="block",
    source=MEMBERS,
    label="没有可保障的成员",
    sentence="成员均已享受特困供养、已死亡或依规不计入，没有可按低保保障的人。",
)
def nobody_covered(o: Operators, covered_persons: Number) -> Truth:
    return covered_persons == 0


@finding(
    "household",
    severity="info",
    source="《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）",
    label="转低保边缘认定",
    sentence="家庭收入{countable_income}在低保标准与低收入上限{family_margin}之间，财产符合规定，建议按低保边缘家庭认定。",
)
def margin_suggested(
    o: Operators,
    eligible: Truth,
    single_claim: Truth,
    within_income: Truth,
    countable_income: Number,
    family_margin: Number,
    property_refused: Truth,
) -> Truth:
    open_to_it = o.is_not(eligible) & o.is_not(single_claim) & o.is_not(property_refused)
    return open_to_it & o.is_not(within_income) & (countable_income < family_margin)


# ── members ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@finding(
    "person",
    severity="warning",
    source=MEMBERS,
    label="登记与规则不一致",
    sentence="{who}登记为“共同生活：{register_counted}”，按规则应为“{counted}”，请核实登记。",
)
def composition_differs(o: Operators, counted: Truth, register_counted: Number, register_counted_known: Truth) -> Truth:
    return register_counted_known & o.differ(counted, register_counted == YES)


@finding(
    "person",
    severity="warning",
    source=MEASURES,
    label="有劳动能力未就业",
    sentence="{who}有劳动能力而未就业，请核实原因并记录。",
)
def able_but_idle(o: Operators, covered: Truth, work_status: Number) -> Truth:
    return covered & (work_status == WORK["able_idle"])


@finding(
    "person",
    severity="warning",
    source=MEASURES,
    label="连续拒绝工作",
    sentence="{who}连续{work_refusals}拒绝介绍工作，已停发本人份额。",
)
def refused_work(o: Operators, refuses_work: Truth) -> Truth:
    return refuses_work


@finding(
    "person",
    severity="info",
    source=EXTRAS,
    label="已分类增发",
    sentence="{who}按低保标准的{extra_rate}增发{extra}。",
)
def extra_given(o: Operators, extra: Number, eligible: Truth, in_grace: Truth) -> Truth:
    return eligible & o.is_not(in_grace) & (extra > 0)


@finding(
    "supporter",
    severity="warning",
    source=INCOME,
    label="义务人有给付能力",
    sentence="{who}家庭收入高于保留额{supporter_kept}，按{support_taken}计入赡养、抚养、扶养费。",
)
def supporter_able(o: Operators, covered: Truth, support_computed: Number) -> Truth:
    return covered & (support_computed > 0)


# ── property ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@finding(
    "household",
    severity="warning",
    source=PROPERTY,
    label="金融资产超限",
    sentence="金融资产合计{financial_assets}，超过限额{financial_limit}。",
)
def too_much_saved(o: Operators, financial_over: Truth) -> Truth:
    return financial_over


@finding(
    "household",
    severity="warning",
    source=PROPERTY,
    label="住房超限",
    sentence="住房共{homes}（套），超过限额{homes_allowed}。",
)
def too_many_homes(o: Operators, homes_over: Truth) -> Truth:
    return homes_over


@finding(
    "household",
    severity="warning",
    source=PROPERTY,
    label="机动车超限",
    sentence="名下机动车共{vehicles}（辆），不在豁免范围内。",
)
def vehicle_held(o: Operators, vehicles_over: Truth) -> Truth:
    return vehicles_over


@finding(
    "household",
    severity="warning",
    source=PROPERTY,
    label="持有企业",
    sentence="有成员持有经营中的企业股份或任其法定代表人，请说明情况并存档。",
)
def company_found(o: Operators, company_held: Truth) -> Truth:
    return company_held


@finding(
    "household",
    severity="block",
    source=PROPERTY,
    label="财产不符合规定",
    sentence="家庭财产超过规定，不符合低保条件。",
)
def property_over(o: Operators, property_refused: Truth) -> Truth:
    return property_refused


# ── single persons ───────────────────────────────────────────────────────────────────────────────────────────────────


@finding(
    "household",
    severity="block",
    source=SINGLE_A + "；" + SINGLE_B,
    label="不符合单独申请的对象范围",
    sentence="申请人不属于可以单独申请的重残、重病或宗教教职人员。",
)
def single_not_open(o: Operators, single_claim: Truth, single_a_met: Truth, single_b_met: Truth) -> Truth:
    return single_claim & o.is_not(single_a_met | single_b_met)


@finding(
    "household",
    severity="block",
    source=SINGLE_B,
    label="家庭收入不在低收入范围",
    sentence="家庭收入{family_income}不在低保标准{family_line}与低收入上限{family_margin}之间，不能按低收入家庭单独保障。",
)
def family_outside_band(o: Operators, family_matters: Truth, family_in_band: Truth) -> Truth:
    return family_matters & o.is_not(family_in_band)


@finding(
    "household",
    severity="block",
    source=SINGLE_B,
    label="全家财产不符合规定",
    sentence="全家财产超过规定，不能按低收入家庭单独保障。",
)
def family_property_over(o: Operators, family_matters: Truth, family_property_refused: Truth) -> Truth:
    return family_matters & family_property_refused


@finding(
    "household",
    severity="info",
    source=MEASURES,
    label="可考虑整户申请",
    sentence="家庭收入{family_income}低于全家低保标准{family_line}，整户可能符合条件，请告知申请人。",
)
def whole_family_may_qualify(
    o: Operators, family_matters: Truth, family_income: Number, family_line: Number, family_property_refused: Truth
) -> Truth:
    return family_matters & (family_income < family_line) & o.is_not(family_property_refused)


@finding(
    "household",
    severity="info",
    source=SINGLE_A + "；" + SINGLE_B,
    label="按单人户保障",
    sentence="按单人户保障，只计算申请人本人的收入。",
)
def covered_alone(o: Operators, eligible: Truth, single_claim: Truth) -> Truth:
    return eligible & single_claim


# ── grace and what remains ───────────────────────────────────────────────────────────────────────────────────────────


@finding(
    "household",
    severity="info",
    source=JIANGSU_2023,
    label="渐退缓退期内",
    sentence="因就业收入超过标准，处于渐退缓退期第{grace_elapsed}（期限{grace_limit}），本月按原金额的{grace_rate}发放。",
)
def grace_running(o: Operators, in_grace: Truth) -> Truth:
    return in_grace


@finding(
    "household",
    severity="block",
    source=JIANGSU_2023,
    label="渐退缓退期满",
    sentence="渐退缓退期{grace_limit}已满，收入仍不低于标准，应停止保障。",
)
def grace_over(o: Operators, grace_claimed: Truth, grace_elapsed: Number, grace_limit: Number, within_income: Truth) -> Truth:
    return grace_claimed & (grace_elapsed > grace_limit) & o.is_not(within_income)


@finding(
    "household",
    severity="warning",
    source=JIANGSU_2023,
    label="可申请延长渐退缓退",
    sentence="渐退缓退期已满，家中有重残或重病成员，可按程序逐案申请延长。",
)
def grace_may_be_extended(
    o: Operators, grace_over: Truth, has_severe_member: Truth, grace_extended: Number, grace_extension_months: Number
) -> Truth:
    return grace_over & has_severe_member & (grace_extended < grace_extension_months)


@finding(
    "household",
    severity="block",
    source=AMOUNT,
    label="扣除后无应发金额",
    sentence="停发拒绝工作成员的份额后，家庭收入不低于其余成员的标准，本月没有应发金额。",
)
def nothing_left(o: Operators, meets_conditions: Truth, base_amount: Number) -> Truth:
    return meets_conditions & (base_amount == 0)
