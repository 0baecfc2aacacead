"""Tekun, the margin of dibao and hardship once more, for OpenFisca-Core, in the same quick form as dibao in ``peer_rules``."""

import numpy as np
from peer_rules import (
    BLOCK,
    CHILD,
    HEAD,
    PARENT,
    SPOUSE,
    UNDETERMINED,
    Household,
    Person,
    Supporter,
    half_up,
    law,
    max_,
    min_,
    of_supporters,
    rule,
    where,
)

VISUAL, PHYSICAL, INTELLECTUAL, MENTAL, MULTIPLE = 1, 4, 5, 6, 7
GRANDCHILD, GRANDPARENT = 4, 6
OF_TEKUN, DIBAO_60, AGE_70, SEVERE_DISABLED = 1, 2, 3, 4
AT_HOME, RESIDENTIAL = 1, 2
MONTHS = 12


def first_day(period):
    return period.start.year * 10_000 + period.start.month * 100 + period.start.day


def of_tekun(parameters, period):
    return parameters(period).tekun


# ── tekun: without capacity, without means, without anybody who owes support ─────────────────────────────────────────────


@rule(Person, bool)
def present_here(person, period):
    gone = person("dead", period) | person("in_prison", period) | person("missing_person", period)
    return person("hukou_local", period) & ~gone


@rule(Person, bool)
def no_work_capacity(person, period, parameters):
    own = of_tekun(parameters, period)
    age, minor, held = person("age", period), person("minor", period), person("holds_tekun", period)
    level, kind, grade = person("schooling_level", period), person("disability_kind", period), person("disability_grade", period)
    at_school = (level >= 1) & (level <= 4)
    growing = (age < own.new_minor_age) | (held & (minor | at_school))
    grades = own.capacity_grades
    by_card = (kind == VISUAL) & (grade <= grades.visual)
    for of, limit in (
        (PHYSICAL, grades.physical),
        (INTELLECTUAL, grades.intellectual),
        (MENTAL, grades.mental),
        (MULTIPLE, grades.multiple),
    ):
        by_card |= (kind == of) & (grade <= limit)
    return (age >= own.elder_age) | growing | ((grade >= 1) & by_card) | person("capacity_lost", period)


@rule(Person)
def income_gross(person, period):
    made = person("wage", period) + max_(person("income_business", period), 0) + max_(person("income_property", period), 0)
    made += max_(person("income_pension", period), 0)
    return made + person("income_transfer_other", period) + person("income_support_received", period)


@rule(Person)
def tekun_income(person, period, parameters):
    evidenced = min_(max_(person("income_pension", period), 0), person("income_pension_central", period))
    return person("income_gross", period) - half_up(evidenced, of_tekun(parameters, period).central_pension_excluded)


@rule(Person, bool)
def without_means(person, period, parameters):
    own = law(parameters, period)
    severity = own.property_severity
    refused = np.zeros(person.count, dtype=bool)
    if severity.financial == BLOCK:
        refused |= person("assets_financial", period) > int(own.standard) * int(own.financial_months)
    if severity.homes == BLOCK:
        moved = person("assets_homes_relocation", period)
        refused |= person("assets_homes", period) > where(moved, int(own.homes_limit_relocation), int(own.homes_limit))
    if severity.vehicles == BLOCK:
        refused |= person("assets_vehicles", period) > int(own.vehicles_limit)
    if severity.company == BLOCK:
        refused |= person("assets_company", period)
    return (person("tekun_income", period) < int(own.standard)) & ~refused


@rule(Supporter, bool)
def supporter_unable(supporter, period, parameters):
    own = of_tekun(parameters, period)
    why = supporter("supporter_incapacity", period)
    low = max_(supporter("supporter_income", period), 0) * MONTHS < int(parameters(period).hardship.disposable_income) * max_(
        supporter("supporter_members", period), 1
    )
    age = (first_day(period) - supporter("supporter_birth_on", period)) // 10_000
    outright = (why == OF_TEKUN) | (why > SEVERE_DISABLED)
    by_age = ((why == DIBAO_60) & (age >= own.obligor_ages.dibao)) | ((why == AGE_70) & (age >= own.obligor_ages.elder) & low)
    return outright | by_age | ((why == SEVERE_DISABLED) & low)


@rule(Person)
def unable_supporters(person, period):
    return of_supporters(person, period, person.simulation.supporter("supporter_unable", period))


@rule(Person, bool)
def has_capable_supporter(person, period):
    return of_supporters(person, period, ~person.simulation.supporter("supporter_unable", period)) > 0


@rule(Person, bool)
def bound_by_duty(person, period):
    relation = person("relation", period)
    near = (relation == SPOUSE) | (relation == CHILD) | (relation == PARENT)
    further = (relation == HEAD) | (relation == GRANDCHILD) | (relation == GRANDPARENT)
    return near | person("legal_duty", period) | further


@rule(Person, bool)
def grown_and_bound(person, period):
    return person("bound_by_duty", period) & ~person("minor", period) & person("present_here", period)


@rule(Household)
def working_members(household, period):
    members = household.members
    return household.sum(members("grown_and_bound", period) & ~members("no_work_capacity", period))


@rule(Person, bool)
def capable_at_home(person, period):
    unfit = person("no_work_capacity", period) & person("without_means", period)
    return person("grown_and_bound", period) & ~unfit


@rule(Household)
def capable_members(household, period):
    return household.sum(household.members("capable_at_home", period))


@rule(Person, bool)
def looked_into(person, period):
    return (
        person("obligor_none", period) | (person("unable_supporters", period) >= 1) | person("holds_tekun", period)
    )  # fmt: skip


@rule(Person, bool)
def meets_tekun(person, period):
    relatives = person.household("capable_members", period) > person("capable_at_home", period)
    supported = person("has_capable_supporter", period) | (person("bound_by_duty", period) & relatives)
    fit = person("no_work_capacity", period) & person("without_means", period) & person("present_here", period)
    return fit & person("looked_into", period) & ~supported


@rule(Person, bool)
def tekun_candidate(person, period):
    working = person.household("working_members", period) >= 1
    supported = person("has_capable_supporter", period) | (person("bound_by_duty", period) & working)
    fit = person("no_work_capacity", period) & person("present_here", period)
    return fit & person("looked_into", period) & ~supported


@rule(Household, bool)
def candidates_at_home(household, period):
    return household.any(household.members("tekun_candidate", period))


@rule(Person, bool)
def means_unstated(person, period):
    unstated = person("income_wage", period) < 0
    for name in ("income_business", "income_property", "income_pension", "assets_financial"):
        unstated |= person(name, period) < 0
    return unstated


@rule(Household, bool)
def tekun_family_open(household, period, parameters):
    members = household.members
    relative = household.project(household("candidates_at_home", period))
    relative = relative & members("bound_by_duty", period) & members("present_here", period)
    grown = members("age", period) >= int(law(parameters, period).working_age)
    lacking = (members("tekun_candidate", period) | relative) & grown & members("means_unstated", period)
    supporter = household.simulation.supporter
    why = supporter("supporter_incapacity", period)
    unknown = (supporter("supporter_income", period) < 0) | (supporter("supporter_members", period) < 0)
    of_others = of_supporters(members, period, unknown & ((why == AGE_70) | (why == SEVERE_DISABLED))) > 0
    lacking |= of_others & members("no_work_capacity", period) & members("present_here", period)
    return household.any(lacking | (members("birth_on", period) < 0) | (members("relation", period) < 0))


@rule(Person, bool)
def tekun_open(person, period):
    meets = person("meets_tekun", period)
    kind = (person("hukou_kind", period) < 0) & ~person("land_contracted", period)
    return person.household("tekun_family_open", period) | (meets & (kind | (person("care_items_lost", period) < 0)))


@rule(Person, bool)
def tekun_eligible(person, period):
    chosen = person("child_benefit_chosen", period)
    holds = person("holds_child_stipend", period) > 0
    child = (person("minor", period) | holds) & where(chosen >= 0, chosen == 1, holds)
    return person("meets_tekun", period) & ~child & ~person("tekun_open", period)


@rule(Person)
def tekun_outcome(person, period):
    return where(person("tekun_open", period), UNDETERMINED, person("tekun_eligible", period))


@rule(Person, bool)
def in_residence(person, period):
    claim = person.household("support_claim", period)
    return where(claim == 0, person("residence_institution", period), claim == RESIDENTIAL)


@rule(Person)
def tekun_route(person, period):
    return person("tekun_eligible", period) * where(person("in_residence", period), RESIDENTIAL, AT_HOME)


@rule(Person)
def tekun_amount(person, period, parameters):
    own = of_tekun(parameters, period)
    urban = (person("hukou_kind", period) == 0) & ~person("land_contracted", period)
    basic = where(urban, int(own.basic_standard.urban), int(own.basic_standard.rural))
    basic = max_(basic - half_up(person("tekun_income", period), own.income_offset), 0)
    lost, standard = person("care_items_lost", period), int(law(parameters, period).standard)
    rates = own.care_rates
    full, partial, able = ((standard * int(rate) + 500) // 1000 for rate in (rates.full, rates.partial, rates.able))
    care = where(lost >= own.care_items.full, full, where(lost >= own.care_items.partial, partial, able))
    return person("tekun_eligible", period) * (basic + ~person("in_residence", period) * care)


# ── the margin of dibao, and hardship through unavoidable expenses: the whole family, whoever claims ──────────────────────


@rule(Household, bool)
def family_open(household, period, parameters):
    members = household.members
    grown = members("age", period) >= int(law(parameters, period).working_age)
    lacking = (grown & members("means_unstated", period)) | members("supporters_unstated", period)
    always = (members("birth_on", period) < 0) | (members("relation", period) < 0)
    return household.any(always | (lacking & members("counted", period)))


@rule(Person, bool)
def granted(person, period):
    return person("covered", period) & (person.household("outcome", period) == 1)


@rule(Person, bool)
def open_to_margin(person, period):
    return person("counted", period) & ~person("granted", period)


@rule(Household, bool)
def margin_eligible(household, period, parameters):
    own = law(parameters, period)
    line = int(own.standard) * household("counted_persons", period)
    income = household("family_income", period)
    in_band = (income >= line) & (income < half_up(line, own.margin_multiple))
    somebody = household.any(household.members("open_to_margin", period))
    return somebody & in_band & ~household("family_property_refused", period)


@rule(Household)
def margin_outcome(household, period):
    return where(household("family_open", period), UNDETERMINED, household("margin_eligible", period))


@rule(Person, bool)
def margin_granted(person, period):
    return person("open_to_margin", period) & (person.household("margin_outcome", period) == 1)


@rule(Person, bool)
def open_to_hardship(person, period):
    return person("open_to_margin", period) & ~person("margin_granted", period)


@rule(Household, bool)
def hardship_eligible(household, period, parameters):
    own, members = parameters(period).hardship, household.members
    persons, counted = household("counted_persons", period), members("counted", period)
    spent = members("expense_medical", period) + members("expense_education", period)
    left = household.sum((spent + members("expense_rehabilitation", period)) * counted)
    left -= household.sum(members("expense_aid", period) * counted)
    left = left.astype(np.int64)
    yearly = household("family_income", period).astype(np.int64) * MONTHS
    living = half_up(int(law(parameters, period).standard) * persons * MONTHS, own.living_rate)
    enough = (left > 0) & ((max_(left, 0) + living) * 1000 >= yearly * int(own.spending_ratio))
    somebody = household.any(members("open_to_hardship", period))
    poor = yearly < int(own.disposable_income) * persons
    return somebody & poor & enough & ~household("family_property_refused", period)


@rule(Household)
def hardship_outcome(household, period):
    return where(household("family_open", period), UNDETERMINED, household("hardship_eligible", period))


@rule(Person, bool)
def hardship_granted(person, period):
    return person("open_to_hardship", period) & (person.household("hardship_outcome", period) == 1)
