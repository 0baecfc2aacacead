"""The stipend of children, both subsidies for the disabled and the allowance by age once more, for OpenFisca-Core."""

import numpy as np
from peer_layers import INTELLECTUAL, MENTAL, MULTIPLE, PHYSICAL, VISUAL, first_day
from peer_rules import (
    CHILD,
    EMPLOYED,
    GRANDCHILD,
    HEAD,
    PARENT,
    SPOUSE,
    UNDETERMINED,
    Household,
    Person,
    half_up,
    max_,
    min_,
    rule,
    where,
)

GRANDPARENT, SIBLING, OTHER_KIN = 6, 7, 8
NOT_FOUND, SEVERE_PARENT, NO_CAPACITY = 3, 6, 9
NO_CATEGORY, ORPHAN, NO_GUARDIAN, UNABLE_PARENTS, SEVERE, POOR, OTHER = range(7)
BY_INSTITUTION, BY_HIV = 1, 6
DIBAO_SEVERE, DIBAO_OTHER, NO_INCOME, SEVERAL, ELDERS, GRADE_THREE = range(1, 7)
MONTH_OVER = 30


# ── children ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Person, bool)
def recognised_poor(person, period):
    lowest = person("granted", period) | person("tekun_eligible", period)
    return lowest | person("margin_granted", period) | person("hardship_granted", period)


@rule(Household, bool)
def poor_family(household, period):
    return household.any(household.members("recognised_poor", period))


@rule(Person)
def by_parents(person, period):
    father, mother = person("child_father", period), person("child_mother", period)
    lost = (father >= 1) & (father <= NOT_FOUND) & (mother >= 1) & (mother <= NOT_FOUND)
    both = (father >= 1) & (mother >= 1)
    unfit = (father == SEVERE_PARENT) | (father == NO_CAPACITY) | (mother == SEVERE_PARENT) | (mother == NO_CAPACITY)
    kind = where(both & ~unfit, NO_GUARDIAN, both * UNABLE_PARENTS)
    return where(lost | person("child_abandoned", period), ORPHAN, kind) * ~person("child_adopted", period)


@rule(Person)
def category(person, period, parameters):
    own = parameters(period).stipend
    age, family = person("age", period), person("by_parents", period)
    minor = age < own.adult_age
    kind, grade = person("disability_kind", period), person("disability_grade", period)
    studies = ~minor & (person("schooling_level", period) > 0) & (age < own.study_age) & (int(own.study_extension) == 1)
    child = minor | (studies & (family > 0) & person("holds_child_stipend", period))
    child &= person("hukou_local", period) & ~person("dead", period)
    disabled = (grade == 1) | (grade == 2) | ((grade >= 3) & ((kind == INTELLECTUAL) | (kind == MENTAL)))
    injury = person("child_vaccine_injury", period)
    ill = person("illness_severe", period) | person("child_hiv", period) | ((injury >= 1) & (injury <= 3))
    last = where(person.household("poor_family", period), POOR, person("child_other_hardship", period) * OTHER)
    last = where(disabled | ill | person("child_vagrant", period), SEVERE, last)
    return child * where(family > 0, family, last)


@rule(Person, bool)
def in_institution(person, period):
    return (person("category", period) == ORPHAN) & (person("child_placement", period) == 0)


@rule(Person)
def full_stipend(person, period, parameters):
    own = parameters(period).stipend
    rates, at_home = own.rates, int(own.standards.at_home)
    category = person("category", period)
    rate = (category == ORPHAN) * int(rates.orphan)
    for kind, its_rate in (
        (NO_GUARDIAN, rates.no_guardian),
        (UNABLE_PARENTS, rates.unable),
        (SEVERE, rates.severe),
        (POOR, rates.poor),
        (OTHER, rates.other),
    ):
        if its_rate:
            rate += (category == kind) * int(its_rate)
    rate = max_(rate, ((category > 0) & person("child_hiv", period)) * int(rates.hiv))
    alone = (category == NO_GUARDIAN) | (category == UNABLE_PARENTS)
    rate = max_(rate, (alone & person.household("poor_family", period)) * int(rates.unattended_poor))
    return where(person("in_institution", period), int(own.standards.institution), (at_home * rate + 500) // 1000)


@rule(Person, bool)
def keeps_tekun(person, period):
    return person("tekun_eligible", period) & (person("child_benefit_chosen", period) != 1)


@rule(Person, bool)
def difference_matters(person, period):
    held = person("granted", period) | person("holds_living", period)
    return (person("full_stipend", period) > 0) & ~person("keeps_tekun", period) & held


@rule(Person, bool)
def stipend_open(person, period):
    unstated = person("child_other_benefits", period) < 0
    return (person("difference_matters", period) & unstated) | (person("birth_on", period) < 0)


@rule(Person)
def stipend_amount(person, period):
    given = person("difference_matters", period) * max_(person("child_other_benefits", period), 0)
    due = max_(person("full_stipend", period) - given, 0)
    return (~person("keeps_tekun", period) & ~person("stipend_open", period)) * due


@rule(Person)
def stipend_outcome(person, period):
    return where(person("stipend_open", period), UNDETERMINED, person("stipend_amount", period) > 0)


@rule(Person)
def stipend_route(person, period):
    category = person("category", period)
    kind = where((category >= NO_GUARDIAN) & (category <= SEVERE), category + 1, 0)
    kind = where(category == ORPHAN, 2, where(person("child_hiv", period) & (category > 0), BY_HIV, kind))
    return (person("stipend_amount", period) > 0) * where(person("in_institution", period), BY_INSTITUTION, kind)


# ── the disabled ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Person, bool)
def severe_grade(person, period):
    grade = person("disability_grade", period)
    return (grade == 1) | (grade == 2)


@rule(Person, bool)
def card_open(person, period):
    barred = person("dead", period) | person("in_prison", period) | person("tekun_eligible", period)
    return person("hukou_local", period) & ~(barred | person("injury_nursing", period))


@rule(Person, bool)
def open_to_living(person, period):
    orphan = (person("stipend_outcome", period) == 1) & (person("category", period) == ORPHAN)
    card = person("disability_grade", period) >= 1
    return card & person("card_open", period) & ~(orphan | person("residence_institution", period))


@rule(Person, bool)
def outside_dibao(person, period):
    return person("open_to_living", period) & ~person("granted", period)


@rule(Person, bool)
def heavily(person, period):
    kind = person("disability_kind", period)
    kinds = (kind == VISUAL) | ((kind >= PHYSICAL) & (kind <= MULTIPLE))
    return person("severe_grade", period) & kinds


@rule(Person, bool)
def third_of_the_mind(person, period):
    kind = person("disability_kind", period)
    return (person("disability_grade", period) == 3) & ((kind == INTELLECTUAL) | (kind == MENTAL))


@rule(Person, bool)
def lives_here(person, period):
    return person("register_counted", period) & ~person("dead", period)


@rule(Household)
def family_size(household, period):
    return household.sum(household.members("lives_here", period))


@rule(Household, bool)
def several_disabled(household, period, parameters):
    members = household.members
    disabled = household.sum(members("lives_here", period) & (members("disability_grade", period) >= 1))
    return disabled >= parameters(period).living.several_least


@rule(Person, bool)
def old(person, period, parameters):
    return (person("age", period) >= parameters(period).living.elder_age) & person("lives_here", period)


@rule(Person, bool)
def kept_by_elders(person, period):
    relation, old, household = person("relation", period), person("old", period), person.household
    at_head = household.any(old & ((relation == HEAD) | (relation == SPOUSE)))
    above = household.any(old & ((relation == PARENT) | (relation == GRANDPARENT)))
    beside = ((relation >= CHILD) & (relation <= GRANDCHILD)) | (relation == SIBLING) | (relation == OTHER_KIN)
    of_head = (relation == HEAD) | (relation == SPOUSE)
    kept = (beside & (at_head | above)) | (of_head & above)
    return kept & ~old & (person("work_status", period) != EMPLOYED)


@rule(Person, bool)
def in_such_a_family(person, period, parameters):
    low = person("disability_grade", period) <= parameters(period).living.family_lowest_grade
    situation = person.household("several_disabled", period) | person("kept_by_elders", period)
    return person("outside_dibao", period) & low & situation


@rule(Person, bool)
def no_fixed_income(person, period):
    return person("income_fixed", period) != 1


@rule(Person, bool)
def income_in_question(person, period):
    without = person("outside_dibao", period) & person("heavily", period) & person("no_fixed_income", period)
    return person("in_such_a_family", period) & ~person("margin_granted", period) & ~without


@rule(Person, bool)
def living_means_matter(person, period, parameters):
    asked = person.household.any(person("income_in_question", period))
    grown = person("age", period) >= int(parameters(period).dibao.working_age)
    return asked & person("lives_here", period) & grown


@rule(Household)
def living_income(household, period, parameters):
    members = household.members
    evidenced = min_(max_(members("income_pension", period), 0), members("income_pension_central", period))
    exempt = min_(evidenced, int(parameters(period).dibao.central_pension_exempt))
    return household.sum((members("income_gross", period) - exempt) * members("living_means_matter", period))


@rule(Household, bool)
def living_open(household, period):
    members = household.members
    fixed = members("heavily", period) | members("third_of_the_mind", period)
    fixed = fixed & members("outside_dibao", period) & (members("income_fixed", period) < 0)
    unstated = members("income_wage", period) < 0
    for name in ("income_business", "income_property", "income_pension"):
        unstated |= members(name, period) < 0
    always = (members("birth_on", period) < 0) | (members("relation", period) < 0)
    return household.any(always | fixed | (unstated & members("living_means_matter", period)))


@rule(Person, bool)
def by_family(person, period, parameters):
    own = parameters(period).dibao
    line = half_up(int(own.standard) * person.household("family_size", period), own.margin_multiple)
    below = person.household("living_income", period) < line
    low = person("margin_granted", period) | (person("income_in_question", period) & below)
    return person("in_such_a_family", period) & low


@rule(Person, bool)
def living_third(person, period):
    return person("outside_dibao", period) & person("third_of_the_mind", period) & person("no_fixed_income", period)


@rule(Person)
def living_rate(person, period, parameters):
    rates = parameters(period).living.rates
    in_dibao = person("open_to_living", period) & person("granted", period)
    rate = in_dibao * where(person("severe_grade", period), int(rates.dibao_severe), int(rates.dibao_other))
    without = person("outside_dibao", period) & person("heavily", period) & person("no_fixed_income", period)
    for holds, its_rate in (
        (without, rates.no_income),
        (person("by_family", period), rates.family),
        (person("living_third", period), rates.grade_three),
    ):
        rate = max_(rate, holds * int(its_rate))
    return ~person.household("living_open", period) * rate


@rule(Person)
def living_amount(person, period, parameters):
    return (int(parameters(period).dibao.standard) * person("living_rate", period) + 500) // 1000


@rule(Person)
def living_outcome(person, period):
    return where(person.household("living_open", period), UNDETERMINED, person("living_amount", period) > 0)


@rule(Person)
def living_route(person, period, parameters):
    rates, rate = parameters(period).living.rates, person("living_rate", period)
    without = person("heavily", period) & person("no_fixed_income", period) & (rate == int(rates.no_income))
    family = where(person.household("several_disabled", period), SEVERAL, ELDERS)
    of_family = person("by_family", period) & (rate == int(rates.family))
    outside = where(without, NO_INCOME, where(of_family, family, person("living_third", period) * GRADE_THREE))
    inside = where(person("severe_grade", period), DIBAO_SEVERE, DIBAO_OTHER)
    held = person("granted", period) & person("open_to_living", period)
    return (rate > 0) * where(held, inside, outside * person("outside_dibao", period))


@rule(Person, bool)
def open_to_nursing(person, period, parameters):
    proven = person("care_proof", period) | (int(parameters(period).nursing.proof_required) == 0)
    return person("severe_grade", period) & person("card_open", period) & proven


@rule(Person)
def nursing_rate(person, period, parameters):
    rates = parameters(period).nursing.rates
    return where(max_(person("hukou_kind", period), 0) == 0, int(rates.urban), int(rates.rural))


@rule(Person)
def nursing_outcome(person, period):
    opened, other = person("open_to_nursing", period), person("care_other_amount", period)
    compared = person("care_other_benefit", period)
    unknown = opened & ((person("hukou_kind", period) < 0) | (compared & (other < 0)))
    higher = compared & (other >= person("nursing_rate", period))
    return where(unknown, UNDETERMINED, opened & ~higher)


@rule(Person)
def nursing_amount(person, period):
    return (person("nursing_outcome", period) == 1) * person("nursing_rate", period)


@rule(Person)
def nursing_route(person, period):
    return (person("nursing_outcome", period) == 1) * (1 + (person("hukou_kind", period) == 1))


# ── elders ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Person)
def age_reached(person, period):
    return (first_day(period) + MONTH_OVER - person("birth_on", period)) // 10_000


@rule(Person)
def allowance_amount(person, period, parameters):
    own, age = parameters(period).allowance, person("age_reached", period)
    here = person("hukou_local", period) & ~(person("dead", period) | person("missing_person", period))
    rate = where(age >= own.ages.first, int(own.rates.first), 0)
    rate = where(age >= own.ages.second, int(own.rates.second), rate)
    rate = where(age >= own.ages.longevity, int(own.rates.longevity), rate)
    return (here & (person("birth_on", period) >= 0)) * rate


@rule(Person)
def allowance_outcome(person, period):
    return where(person("birth_on", period) < 0, UNDETERMINED, person("allowance_amount", period) > 0)


@rule(Person)
def allowance_route(person, period, parameters):
    ages, age = parameters(period).allowance.ages, person("age_reached", period)
    band = 1 + (age >= ages.second).astype(np.int32) + (age >= ages.longevity)
    return (person("allowance_amount", period) > 0) * band
