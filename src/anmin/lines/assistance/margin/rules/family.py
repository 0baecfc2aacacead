"""A whole family's income and property, by dibao's rules; both kinds of low-income families are measured by them."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.dibao.rules.assets import (
    family_company,
    family_financial,
    family_homes,
    family_property_refused,
    family_relocated,
    family_vehicles,
    financial_limit_per_head,
    has_company,
    has_relocation_home,
)
from anmin.lines.assistance.dibao.rules.codes import YES_NO
from anmin.lines.assistance.dibao.rules.composition import (
    age,
    counted,
    counted_persons,
    has_duty,
    in_schooling,
    left_out,
    lives_apart,
    minor,
)
from anmin.lines.assistance.dibao.rules.facts import MEASURES
from anmin.lines.assistance.dibao.rules.income import (
    employment_cost,
    employment_cost_limit,
    family_income,
    farming_exempt,
    imputed_income,
    pension_exempt,
    personal_income,
    support_computed,
    support_counted,
    support_due,
    support_taken,
    supporter_excess,
    supporter_kept,
    supporters_total,
    wage_counted,
    wage_exempt,
)
from anmin.lines.assistance.dibao.rules.routes import family_line

YES = YES_NO["yes"]


@rule("household", source=MEASURES, label="家庭月人均收入", unit="CNY/person/month")
def family_income_per_head(o: Operators, family_income: Number, counted_persons: Number) -> Number:
    return o.shared(family_income, o.greatest(counted_persons, 1))


@rule("household", source=MEASURES, label="有共同生活的家庭成员")
def has_family(o: Operators, counted_persons: Number) -> Truth:
    return counted_persons >= 1


@rule("person", source=MEASURES, label="需要掌握家庭成员收入和财产")
def family_means_matter(o: Operators, counted: Truth, age: Number, working_age: Number) -> Truth:
    return counted & (age >= working_age)


@rule("supporter", source=MEASURES, label="需要掌握家庭成员义务人收入")
def family_supporter_matters(
    o: Operators, counted: Truth, supporter_exempt: Number, supporter_court_amount_known: Truth
) -> Truth:
    return counted & (supporter_exempt != YES) & o.is_not(supporter_court_amount_known)


__all__ = [
    "age", "counted", "counted_persons", "employment_cost", "employment_cost_limit", "family_company", "family_financial",
    "family_homes", "family_income", "family_income_per_head", "family_line", "family_means_matter",
    "family_property_refused", "family_relocated", "family_supporter_matters", "family_vehicles", "farming_exempt",
    "financial_limit_per_head", "has_company", "has_duty", "has_family", "has_relocation_home", "imputed_income", "in_schooling",
    "left_out", "lives_apart", "minor", "pension_exempt", "personal_income", "support_computed", "support_counted", "support_due",
    "support_taken", "supporter_excess", "supporter_kept", "supporters_total", "wage_counted", "wage_exempt",
]  # fmt: skip
