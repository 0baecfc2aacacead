"""Income that counts (家庭收入): the kinds, what is exempt, the costs of work, and what supporters elsewhere owe."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule, total_of
from anmin.lines.assistance.dibao.rules.codes import WORK, YES_NO
from anmin.lines.assistance.dibao.rules.facts import MEASURES

INCOME = MEASURES + "第十三条"
YES = YES_NO["yes"]


@rule("month", source="《江苏省2020年社会救助工作安排》（文号待核）", label="就业成本抵扣上限")
def employment_cost_limit(o: Operators, standard: Number, employment_cost_rate: Number) -> Number:
    return o.half_up(standard, employment_cost_rate)


@rule("person", source=INCOME, label="残疾人工资豁免")
def wage_exempt(o: Operators, income_wage: Number, disability_grade: Number, disabled_wage_exempt: Number) -> Number:
    return o.either(disability_grade >= 1, o.half_up(income_wage, disabled_wage_exempt), 0)


@rule("person", source="《江苏省2020年社会救助工作安排》（文号待核）", label="就业成本抵扣")
def employment_cost(o: Operators, income_wage: Number, wage_exempt: Number, employment_cost_limit: Number) -> Number:
    return o.least(income_wage - wage_exempt, employment_cost_limit)


@rule("person", source=INCOME, label="计入的工资性收入")
def wage_counted(o: Operators, income_wage: Number, wage_exempt: Number, employment_cost: Number) -> Number:
    return income_wage - wage_exempt - employment_cost


@rule("person", source=INCOME, label="老年人自给自足种养豁免")
def farming_exempt(
    o: Operators,
    age: Number,
    farming_exempt_age: Number,
    income_farming: Number,
    income_business: Number,
    elder_farming_exempt: Number,
) -> Number:
    evidenced = o.least(income_farming, income_business)
    return o.either(age >= farming_exempt_age, o.half_up(evidenced, elder_farming_exempt), 0)


@rule("person", source=INCOME, label="中央基础养老金豁免")
def pension_exempt(
    o: Operators, income_pension: Number, income_pension_central: Number, central_pension_exempt: Number
) -> Number:
    return o.least(income_pension, income_pension_central, central_pension_exempt)


@rule("person", source=INCOME, label="豁免收入合计")
def exempted(o: Operators, wage_exempt: Number, farming_exempt: Number, pension_exempt: Number, income_exempt: Number) -> Number:
    return wage_exempt + farming_exempt + pension_exempt + income_exempt


@rule("person", source=MEASURES, label="有劳动能力未就业的推定收入")
def imputed_income(
    o: Operators, work_status: Number, income_wage: Number, income_business: Number, idle_income: Number
) -> Number:
    lacking = o.greatest(idle_income - income_wage - income_business, 0)
    return o.either(work_status == WORK["able_idle"], lacking, 0)


# ── what those who owe support and live elsewhere must or do give (赡养、抚养、扶养费) ───────────────────────────────────────


@rule("supporter", source=INCOME, label="义务人家庭的生活保留额")
def supporter_kept(o: Operators, standard: Number, supporter_members: Number, support_capacity_multiple: Number) -> Number:
    return o.half_up(standard * supporter_members, support_capacity_multiple)


@rule("supporter", source=INCOME, label="义务人家庭收入超出部分")
def supporter_excess(o: Operators, supporter_income: Number, supporter_kept: Number) -> Number:
    return o.greatest(supporter_income - supporter_kept, 0)


@rule("supporter", source=INCOME, label="按收入计算的应给付额")
def support_computed(
    o: Operators, supporter_excess: Number, support_share: Number, supporter_dependants: Number, supporter_exempt: Number
) -> Number:
    share = o.half_up(supporter_excess, support_share, among=supporter_dependants)
    return o.either(supporter_exempt == YES, 0, share)


@rule("supporter", source=INCOME, label="应给付的赡养、抚养、扶养费")
def support_due(
    o: Operators, supporter_court_amount: Number, supporter_court_amount_known: Truth, support_computed: Number
) -> Number:
    return o.either(supporter_court_amount_known, supporter_court_amount, support_computed)


@rule("supporter", source=INCOME, label="认定的赡养、抚养、扶养费")
def support_taken(o: Operators, support_due: Number, supporter_actual_amount: Number) -> Number:
    return o.greatest(support_due, supporter_actual_amount)


supporters_total = total_of("support_taken", source=INCOME, label="各义务人赡养、抚养、扶养费")


@rule("person", source=INCOME, label="计入的赡养、抚养、扶养费")
def support_counted(o: Operators, supporters_total: Number, income_support_received: Number) -> Number:
    return o.greatest(supporters_total, income_support_received)


# ── a person's and a household's income ──────────────────────────────────────────────────────────────────────────────


@rule("person", source=INCOME, label="个人计入收入")
def personal_income(
    o: Operators,
    wage_counted: Number,
    income_business: Number,
    farming_exempt: Number,
    imputed_income: Number,
    income_property: Number,
    income_pension: Number,
    pension_exempt: Number,
    support_counted: Number,
    income_transfer_other: Number,
) -> Number:
    earned = wage_counted + (income_business - farming_exempt) + imputed_income
    return earned + income_property + (income_pension - pension_exempt) + support_counted + income_transfer_other


countable_income = total_of("personal_income", where="covered", source=INCOME, label="保障对象计入收入")
family_income = total_of("personal_income", where="counted", source=INCOME, label="家庭计入收入")
exempted_income = total_of("exempted", where="covered", source=INCOME, label="家庭豁免收入")


@rule("household", source=MEASURES, label="低保标准合计")
def income_line(o: Operators, standard: Number, covered_persons: Number) -> Number:
    return standard * covered_persons


@rule("household", source=MEASURES, label="月人均收入", unit="CNY/person/month")
def income_per_capita(o: Operators, countable_income: Number, covered_persons: Number) -> Number:
    return o.shared(countable_income, o.greatest(covered_persons, 1))


@rule("household", source=MEASURES, label="收入低于低保标准")
def within_income(o: Operators, countable_income: Number, income_line: Number) -> Truth:
    return countable_income < income_line


# ── for whom a missing sum leaves everything open ───────────────────────────────────────────────────────────────────


@rule("person", source=INCOME, label="需要掌握其经济状况")
def means_matter(o: Operators, covered: Truth, counted: Truth, family_matters: Truth) -> Truth:
    return covered | (counted & family_matters)


@rule("person", source="《劳动法》第十五条；" + INCOME, label="需要申报收入和财产")
def income_matters(o: Operators, means_matter: Truth, age: Number, working_age: Number) -> Truth:
    return means_matter & (age >= working_age)


@rule("supporter", source=INCOME, label="需要掌握义务人收入")
def supporter_matters(o: Operators, means_matter: Truth, supporter_exempt: Number, supporter_court_amount_known: Truth) -> Truth:
    return means_matter & (supporter_exempt != YES) & o.is_not(supporter_court_amount_known)
