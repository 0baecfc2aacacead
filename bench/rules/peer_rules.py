"""The dibao rules once more, for OpenFisca-Core, written for speed: integers, scalar parameters, each value computed once.

The other programmes stand in ``peer_layers`` and ``peer_persons``, in the same form; a value that two of them need is computed
once.

AGPL: for measuring only, in an environment of its own. The parameters are read from the same policy files.

What makes it the quick form: ``int`` and ``bool`` variables (32 bits and 8), no lookup of a parameter by a column, no ``select``,
no string or Enum comparison, nothing rounded in floating point. Supporters are an entity of their own, tied to persons by an
index; the sum over them is the same ``bincount`` that OpenFisca uses for groups.
"""

from datetime import date
from pathlib import Path

import numpy as np
import yaml
from openfisca_core.entities import build_entity
from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Household = build_entity(key="household", plural="households", label="", roles=[{"key": "member", "plural": "members"}])
Supporter = build_entity(key="supporter", plural="supporters", label="", roles=[{"key": "supported"}])
Person = build_entity(key="person", plural="persons", label="", is_person=True)

where, max_, min_ = np.where, np.maximum, np.minimum

HEAD, SPOUSE, CHILD, CHILD_IN_LAW, GRANDCHILD, PARENT = range(6)
CONSCRIPT, PRISON, RELIGIOUS, DECLARED_MISSING, MISSING_TWO_YEARS, GRADUATE, INDEPENDENT, COUNTY, OTHER = range(1, 10)
HEARING, SPEECH, INTELLECTUAL, MENTAL = 2, 3, 5, 6
EMPLOYED, ABLE_IDLE, UNABLE = 1, 3, 4
WHOLE, SINGLE, SINGLE_A, SINGLE_B = range(4)
NO_GRACE, DELAYED, GRADUAL = range(3)
BLOCK = 1
NOT_ELIGIBLE, ELIGIBLE, UNDETERMINED = range(3)
SCHOOLING = ("none", "primary", "middle", "high", "vocational", "college", "bachelor", "master", "doctor")

MEANS_ZERO, MEANS_ONE, STAYS = 0, 1, -1
BORN_BEFORE_ALL = 18_000_101
INPUTS = {
    Household: {
        "claim_type": MEANS_ZERO, "grace_kind": MEANS_ZERO, "grace_since": STAYS, "grace_extension": MEANS_ZERO,
        "grace_previous_amount": STAYS, "support_claim": MEANS_ZERO,
    },
    Person: {
        "birth_on": STAYS, "relation": STAYS, "absence_reason": MEANS_ZERO, "absence_proof": MEANS_ONE, "same_hukou": MEANS_ONE,
        "legal_duty": MEANS_ZERO, "claimant": MEANS_ZERO, "dead": MEANS_ZERO, "income_wage": STAYS, "income_business": STAYS,
        "income_property": STAYS, "income_pension": STAYS, "income_farming": MEANS_ZERO, "income_pension_central": MEANS_ZERO,
        "income_exempt": MEANS_ZERO, "income_transfer_other": MEANS_ZERO, "income_support_received": MEANS_ZERO,
        "assets_financial": STAYS, "assets_homes": MEANS_ZERO, "assets_homes_relocation": MEANS_ZERO,
        "assets_vehicles": MEANS_ZERO, "assets_company": MEANS_ZERO, "disability_kind": MEANS_ZERO,
        "disability_grade": MEANS_ZERO, "illness_severe": MEANS_ZERO, "work_status": MEANS_ZERO, "work_refusals": MEANS_ZERO,
        "schooling_level": MEANS_ZERO, "veteran": MEANS_ZERO, "religious_resident": MEANS_ZERO, "register_counted": MEANS_ONE,
        "in_prison": MEANS_ZERO, "missing_person": MEANS_ZERO, "hukou_local": MEANS_ONE, "hukou_kind": STAYS,
        "land_contracted": MEANS_ZERO, "capacity_lost": MEANS_ZERO, "obligor_none": MEANS_ZERO, "care_items_lost": STAYS,
        "residence_institution": MEANS_ZERO, "holds_tekun": MEANS_ZERO, "holds_child_stipend": MEANS_ZERO,
        "holds_living": MEANS_ZERO, "child_benefit_chosen": STAYS, "expense_medical": MEANS_ZERO,
        "expense_education": MEANS_ZERO, "expense_rehabilitation": MEANS_ZERO, "expense_aid": MEANS_ZERO,
        "child_father": MEANS_ZERO, "child_mother": MEANS_ZERO, "child_abandoned": MEANS_ZERO, "child_adopted": MEANS_ZERO,
        "child_placement": MEANS_ONE, "child_hiv": MEANS_ZERO, "child_vaccine_injury": MEANS_ZERO,
        "child_vagrant": MEANS_ZERO, "child_other_hardship": MEANS_ZERO, "child_other_benefits": STAYS, "income_fixed": STAYS,
        "injury_nursing": MEANS_ZERO, "care_proof": MEANS_ZERO, "care_other_benefit": MEANS_ZERO, "care_other_amount": STAYS,
    },
    Supporter: {
        "supporter_income": STAYS, "supporter_members": STAYS, "supporter_dependants": STAYS, "supporter_court_amount": STAYS,
        "supporter_actual_amount": MEANS_ZERO, "supporter_exempt": MEANS_ZERO, "supporter_incapacity": MEANS_ZERO,
        "supporter_birth_on": BORN_BEFORE_ALL,
    },
}  # fmt: skip
"""Every fact and what its absence means: replaced when it is read, or kept as -1 for the rules to look at."""

YES_NO = {
    "absence_proof", "same_hukou", "legal_duty", "claimant", "dead", "assets_homes_relocation", "assets_company",
    "illness_severe", "veteran", "religious_resident", "supporter_exempt", "register_counted", "in_prison", "missing_person",
    "hukou_local", "land_contracted", "capacity_lost", "obligor_none", "residence_institution", "holds_tekun",
    "holds_child_stipend", "holds_living", "child_abandoned", "child_adopted", "child_hiv", "child_vagrant",
    "child_other_hardship", "injury_nursing", "care_proof", "care_other_benefit",
}  # fmt: skip

SYSTEM = TaxBenefitSystem([Person, Household, Supporter])


def half_up(amount, rate):
    """So many thousandths, rounded half up; 64 bits, for a product may pass two thousand million."""
    return (amount.astype(np.int64) * int(rate) + 500) // 1000


def round_up(amount, step):
    return (amount + (int(step) - 1)) // int(step) * int(step)


def law(parameters, period):
    return parameters(period).dibao


def rule(entity, kind=int):
    """A variable of each month with this function as its formula."""

    def made(formula):
        form = {"entity": entity, "value_type": kind, "definition_period": MONTH, "formula": formula}
        SYSTEM.add_variable(type(formula.__name__, (Variable,), form))
        return formula

    return made


for _entity, _names in INPUTS.items():
    for _name in _names:
        _form = {
            "entity": _entity,
            "value_type": bool if _name in YES_NO else int,
            "definition_period": MONTH,
            "set_input": set_input_dispatch_by_period,
        }
        SYSTEM.add_variable(type(_name, (Variable,), _form))

_form = {"value_type": int, "entity": Supporter, "definition_period": ETERNITY}
SYSTEM.add_variable(type("supporter_of", (Variable,), _form))


# ── who lives together ───────────────────────────────────────────────────────────────────────────────────────────────


@rule(Person)
def age(person, period):
    start = period.start
    return (start.year * 10_000 + start.month * 100 + start.day - person("birth_on", period)) // 10_000


@rule(Person, bool)
def minor(person, period, parameters):
    return person("age", period) < law(parameters, period).adult_age


@rule(Person, bool)
def counted(person, period, parameters):
    relation, reason = person("relation", period), person("absence_reason", period)
    level = person("schooling_level", period)
    in_schooling = (level > 0) & (level <= law(parameters, period).student_max_level)
    child = relation == CHILD
    spouse = relation == SPOUSE
    has_duty = spouse | child | (relation == PARENT) | person("legal_duty", period)
    by_reason = (
        ((reason >= CONSCRIPT) & (reason <= DECLARED_MISSING))
        | (reason >= COUNTY)
        | ((reason == MISSING_TWO_YEARS) & person("absence_proof", period))
    )
    apart = (reason == GRADUATE) | (reason == INDEPENDENT)
    by_hukou = person("same_hukou", period) & has_duty & ~apart
    in_family = (relation == HEAD) | spouse | (child & (person("minor", period) | in_schooling)) | by_hukou
    return in_family & ~(by_reason | person("dead", period) | person("tekun_eligible", period))


@rule(Household)
def counted_persons(household, period):
    return household.sum(household.members("counted", period))


@rule(Household, bool)
def single_claim(household, period):
    return household("claim_type", period) != WHOLE


@rule(Household, bool)
def claimant_named(household, period):
    return household.any(household.members("claimant", period))


@rule(Person, bool)
def covered(person, period):
    named = person.household("claimant_named", period)
    is_claimant = where(named, person("claimant", period), person("relation", period) == HEAD)
    alone = person.household("single_claim", period)
    return where(alone, is_claimant & ~person("dead", period), person("counted", period))


@rule(Household)
def covered_persons(household, period):
    return household.sum(household.members("covered", period))


@rule(Person, bool)
def severely_disabled(person, period):
    kind, grade = person("disability_kind", period), person("disability_grade", period)
    of_the_mind = (kind == INTELLECTUAL) | (kind == MENTAL)
    return (grade == 1) | (grade == 2) | ((grade == 3) & of_the_mind)


@rule(Person, bool)
def severe(person, period):
    return person("severely_disabled", period) | person("illness_severe", period)


@rule(Household, bool)
def has_severe_member(household, period):
    return household.any(household.members("severe", period) & household.members("covered", period))


# ── income ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Person)
def wage(person, period):
    return max_(person("income_wage", period), 0)


@rule(Person)
def wage_counted(person, period, parameters):
    own = law(parameters, period)
    wage = person("wage", period)
    exempt = where(person("disability_grade", period) >= 1, half_up(wage, own.disabled_wage_exempt), 0)
    kept = wage - exempt
    limit = (int(own.standard) * int(own.employment_cost_rate) + 500) // 1000
    return kept - min_(kept, limit)


@rule(Person)
def business_counted(person, period, parameters):
    own = law(parameters, period)
    business = max_(person("income_business", period), 0)
    evidenced = min_(person("income_farming", period), business)
    old = person("age", period) >= own.farming_exempt_age
    exempt = where(old, half_up(evidenced, own.elder_farming_exempt), 0)
    lacking = max_(int(own.idle_income) - person("wage", period) - business, 0)
    return business - exempt + (person("work_status", period) == ABLE_IDLE) * lacking


@rule(Person)
def pension_counted(person, period, parameters):
    pension = max_(person("income_pension", period), 0)
    exempt = min_(min_(pension, person("income_pension_central", period)), int(law(parameters, period).central_pension_exempt))
    return pension - exempt


@rule(Supporter)
def support_taken(supporter, period, parameters):
    own = law(parameters, period)
    members, dependants = max_(supporter("supporter_members", period), 1), max_(supporter("supporter_dependants", period), 1)
    kept = half_up(int(own.standard) * members, own.support_capacity_multiple)
    excess = max_(max_(supporter("supporter_income", period), 0) - kept, 0)
    share = (2 * excess * int(own.support_share) + 1000 * dependants) // (2000 * dependants)
    court = supporter("supporter_court_amount", period)
    due = where(court >= 0, court, where(supporter("supporter_exempt", period), 0, share))
    return max_(due, supporter("supporter_actual_amount", period))


def of_supporters(person, period, weights):
    """The sum over each person's supporters."""
    of = person.simulation.supporter("supporter_of", period)
    return np.bincount(of, weights=weights, minlength=person.count)


@rule(Person)
def support_counted(person, period):
    total = of_supporters(person, period, person.simulation.supporter("support_taken", period))
    return max_(total, person("income_support_received", period))


@rule(Person)
def personal_income(person, period):
    earned = person("wage_counted", period) + person("business_counted", period)
    given = person("pension_counted", period) + person("support_counted", period) + person("income_transfer_other", period)
    return earned + max_(person("income_property", period), 0) + given


@rule(Household)
def countable_income(household, period):
    return household.sum(household.members("personal_income", period) * household.members("covered", period))


@rule(Household)
def family_income(household, period):
    return household.sum(household.members("personal_income", period) * household.members("counted", period))


@rule(Household, bool)
def within_income(household, period, parameters):
    return household("countable_income", period) < int(law(parameters, period).standard) * household("covered_persons", period)


# ── property ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def refused_for_property(household, period, parameters, whose, how_many):
    own = law(parameters, period)
    severity = own.property_severity
    group = household.members(whose, period)
    persons = household(how_many, period)
    assets = max_(household.members("assets_financial", period), 0)
    refused = np.zeros(household.count, dtype=bool)
    if severity.financial == BLOCK:
        refused |= household.sum(assets * group) > int(own.standard) * int(own.financial_months) * persons
    if severity.homes == BLOCK:
        moved = household.any(household.members("assets_homes_relocation", period) & group)
        allowed = where(moved, int(own.homes_limit_relocation), int(own.homes_limit))
        refused |= household.sum(household.members("assets_homes", period) * group) > allowed
    if severity.vehicles == BLOCK:
        refused |= household.sum(household.members("assets_vehicles", period) * group) > int(own.vehicles_limit)
    if severity.company == BLOCK:
        refused |= household.any(household.members("assets_company", period) & group)
    return refused


@rule(Household, bool)
def property_refused(household, period, parameters):
    return refused_for_property(household, period, parameters, "covered", "covered_persons")


@rule(Household, bool)
def family_property_refused(household, period, parameters):
    return refused_for_property(household, period, parameters, "counted", "counted_persons")


# ── routes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Household, bool)
def in_limits(household, period):
    return household("within_income", period) & ~household("property_refused", period)


@rule(Household, bool)
def household_route(household, period):
    return ~household("single_claim", period) & household("in_limits", period)


@rule(Household, bool)
def single_a_route(household, period, parameters):
    members = household.members
    without_work = (members("work_status", period) != EMPLOYED) & (members("wage", period) == 0)
    adult = members("age", period) >= law(parameters, period).adult_age
    met = household.any(members("covered", period) & adult & members("severely_disabled", period) & without_work)
    claim = household("claim_type", period)
    return (claim != WHOLE) & (claim != SINGLE_B) & met & household("in_limits", period)


@rule(Household, bool)
def family_matters(household, period):
    members = household.members
    met = household.any(members("covered", period) & (members("severe", period) | members("religious_resident", period)))
    claim = household("claim_type", period)
    return (claim != WHOLE) & (claim != SINGLE_A) & met & ~household("single_a_route", period)


@rule(Household, bool)
def single_b_route(household, period, parameters):
    own = law(parameters, period)
    line = int(own.standard) * household("counted_persons", period)
    income = household("family_income", period)
    in_band = (income > line) & (income < half_up(line, own.margin_multiple))
    refused = household("family_property_refused", period)
    return household("family_matters", period) & in_band & ~refused & household("within_income", period)


@rule(Household)
def grace_elapsed(household, period):
    since = household("grace_since", period)
    return where(since < 0, -1, max_(period.start.year * 12 + period.start.month - since, 0))


@rule(Household, bool)
def in_grace(household, period, parameters):
    own = law(parameters, period)
    kind, elapsed = household("grace_kind", period), household("grace_elapsed", period)
    longer = min_(household("grace_extension", period), int(own.grace_extension_months))
    limit = where(kind == DELAYED, int(own.grace_delayed_months), int(own.grace_gradual_months))
    limit = limit + household("has_severe_member", period) * longer
    in_time = (elapsed >= 1) & (elapsed <= limit)
    return (kind != NO_GRACE) & in_time & ~household("within_income", period) & ~household("property_refused", period)


# ── the amount ───────────────────────────────────────────────────────────────────────────────────────────────────────


@rule(Person, bool)
def refuses_work(person, period, parameters):
    often = person("work_refusals", period) >= int(law(parameters, period).refusals_limit)
    return person("covered", period) & often & (person("work_status", period) != UNABLE)


@rule(Household)
def base_amount(household, period, parameters):
    own = law(parameters, period)
    refusing = household.sum(household.members("refuses_work", period)).astype(np.int32)
    line = int(own.standard) * (household("covered_persons", period) - refusing)
    shortfall = line - household("countable_income", period)
    return (shortfall > 0) * round_up(max_(shortfall, half_up(line, own.minimum_topup_rate)), own.amount_step)


@rule(Person)
def extra(person, period, parameters):
    own = law(parameters, period)
    rates = own.extra_rates
    kind, grade = person("disability_kind", period), person("disability_grade", period)
    hearing = ((kind == HEARING) | (kind == SPEECH)) & (grade >= 1)
    alone = person.household("counted_persons", period) == 1
    rate = (person("age", period) >= own.extra_elder_age) * int(rates.elder)
    for holds, its_rate in (
        (person("minor", period), rates.minor),
        (alone, rates.alone),
        (person("severely_disabled", period), rates.severe_disability),
        (person("illness_severe", period), rates.severe_illness),
        (hearing, rates.hearing_speech),
        (person("veteran", period), rates.veteran),
    ):
        rate = max_(rate, holds * int(its_rate))
    due = (int(own.standard) * rate + 500) // 1000
    return (person("covered", period) & ~person("refuses_work", period)) * due


@rule(Household)
def extras_amount(household, period):
    return household.sum(household.members("extra", period))


@rule(Household)
def regular_amount(household, period):
    meets = (
        household("household_route", period) | household("single_a_route", period) | household("single_b_route", period)
    )  # fmt: skip
    base = household("base_amount", period)
    return (meets & (base > 0)) * (base + household("extras_amount", period))


@rule(Household)
def grace_amount(household, period, parameters):
    own = law(parameters, period)
    reduced = (household("grace_kind", period) == GRADUAL) & (
        household("grace_elapsed", period) > int(own.grace_gradual_full_months)
    )
    previous = max_(household("grace_previous_amount", period), 0).astype(np.int64)
    kept = (previous * where(reduced, int(own.grace_gradual_rate), 1000) + 500) // 1000
    return household("in_grace", period) * round_up(kept, own.amount_step)


# ── what is missing, and what comes out ──────────────────────────────────────────────────────────────────────────────


@rule(Person, bool)
def supporters_unstated(person, period):
    supporter = person.simulation.supporter
    names = ("supporter_income", "supporter_members", "supporter_dependants")
    unknown = supporter(names[0], period) < 0
    for name in names[1:]:
        unknown |= supporter(name, period) < 0
    unknown &= ~supporter("supporter_exempt", period) & (supporter("supporter_court_amount", period) < 0)
    return of_supporters(person, period, unknown) > 0


@rule(Person, bool)
def lacks_something(person, period, parameters):
    matters = person("covered", period) | (person("counted", period) & person.household("family_matters", period))
    grown = person("age", period) >= int(law(parameters, period).working_age)
    lacking = (person("means_unstated", period) & grown) | person("supporters_unstated", period)
    always = (person("birth_on", period) < 0) | (person("relation", period) < 0)
    return always | (matters & lacking)


@rule(Household, bool)
def undetermined(household, period):
    unknown = (household("grace_since", period) < 0) | (household("grace_previous_amount", period) < 0)
    of_grace = (household("grace_kind", period) != NO_GRACE) & unknown
    return of_grace | household.any(household.members("lacks_something", period))


@rule(Household)
def amount(household, period):
    made = max_(household("regular_amount", period), household("grace_amount", period))
    return ~household("undetermined", period) * made


@rule(Household)
def outcome(household, period):
    return where(household("undetermined", period), UNDETERMINED, household("amount", period) > 0)


@rule(Household)
def route(household, period):
    grace = where(household("grace_kind", period) == DELAYED, 4, 5)
    single = where(
        household("single_a_route", period), 2,
        where(household("single_b_route", period), 3, household("in_grace", period) * grace),
    )  # fmt: skip
    return (household("amount", period) > 0) * where(household("household_route", period), 1, single)


# ── parameters and people ────────────────────────────────────────────────────────────────────────────────────────────


PROGRAMMES = {
    "dibao": "assistance/dibao", "tekun": "assistance/tekun", "hardship": "assistance/hardship", "stipend": "children/stipend",
    "living": "disability/living", "nursing": "disability/nursing", "allowance": "eldercare/allowance",
}  # fmt: skip
CODES = {"explain": 0, "block": 1, "waived": 0, "required": 1, "no": 0, "yes": 1} | {
    name: number for number, name in enumerate(SCHOOLING)
}


def load_parameters(policy: Path) -> None:
    """The dated values of the policy files as OpenFisca's parameters, money in fen, codes as numbers."""
    SYSTEM.parameters = ParameterNode("", data={name: _parameters(policy / folder) for name, folder in PROGRAMMES.items()})


def _parameters(folder: Path) -> dict:
    nodes = {}
    for path in sorted(folder.glob("*.yaml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        if read.get("purpose", "amount") != "amount":
            continue
        rows = [(_day(row["from"]), row["value"]) for row in read["values"]]
        money = read["unit"].startswith("CNY")
        if isinstance(rows[0][1], dict):
            node = {key: {"values": {day: {"value": _number(row[key], money)} for day, row in rows}} for key in rows[0][1]}
        else:
            node = {"values": {day: {"value": _number(value, money)} for day, value in rows}}
        nodes[path.stem] = node
    return nodes


def _day(written: object) -> str:
    return written.isoformat() if isinstance(written, date) else str(written)


def _number(value: object, money: bool) -> int:
    if isinstance(value, str):
        return CODES[value]
    return round(value * 100) if money else int(value)


def simulation(tables: dict[str, dict[str, np.ndarray]], period: str) -> Simulation:
    """A simulation of these people with their facts set for the whole period; ids in order, as they come from the database.

    Each column of facts is taken out of its table, so that it is not held twice.
    """
    populations = SYSTEM.instantiate_entities()
    made = Simulation(SYSTEM, populations)
    for entity, named in INPUTS.items():
        population, table = populations[entity.key], tables[entity.key]
        population.ids, population.count = table["id"], len(table["id"])
        for name, absent in named.items():
            column = table.pop(name)
            if absent != STAYS:
                column = where(column < 0, absent, column)
            made.set_input(name, period, column.astype(bool) if name in YES_NO else column)
    person, household, supporter = tables["person"], tables["household"], tables["supporter"]
    populations["household"].members_entity_id = np.searchsorted(household["id"], person["household_id"])
    made.set_input("supporter_of", "ETERNITY", np.searchsorted(person["id"], supporter["person_id"]))
    return made


def forget(simulation: Simulation, period: str) -> None:
    """What was computed for a month is dropped, so that the next does not add to it."""
    for name, made in SYSTEM.variables.items():
        if made.formulas:
            simulation.delete_arrays(name, period)
