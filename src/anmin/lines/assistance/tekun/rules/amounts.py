"""What is due: the basic standard of town or country, and the care subsidy by grade for those who are supported at home."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.tekun.rules.codes import CARE, HUKOU, SUPPORT, YES_NO
from anmin.lines.assistance.tekun.rules.facts import MEASURES, STATE_COUNCIL

CARE_GRADES = MEASURES + "；生活自理能力评估六项指标"
STANDARDS = STATE_COUNCIL + "；南通市调整社会救助等保障标准的通知"
YES = YES_NO["yes"]


@rule("person", source=MEASURES, label="三项条件均具备")
def meets_tekun(
    o: Operators, no_work_capacity: Truth, without_means: Truth, without_obligors: Truth, present_here: Truth
) -> Truth:
    return no_work_capacity & without_means & without_obligors & present_here


@rule("person", source=MEASURES, label="选择享受儿童保障")
def prefers_child_benefit(
    o: Operators, child_benefit_chosen: Number, child_benefit_chosen_known: Truth, holds_child_stipend: Number, minor: Truth
) -> Truth:
    # Only a child can choose it, or who holds it on beyond childhood: nobody else loses tekun by a tick in the wrong place.
    has_it = holds_child_stipend == YES
    return (minor | has_it) & o.whichever(child_benefit_chosen_known, child_benefit_chosen == YES, has_it)


@rule("person", source=MEASURES, label="给予特困供养")
def tekun_eligible(o: Operators, meets_tekun: Truth, prefers_child_benefit: Truth) -> Truth:
    return meets_tekun & o.is_not(prefers_child_benefit)


@rule("person", source=STATE_COUNCIL, label="集中供养")
def in_residence(o: Operators, support_claim: Number, residence_institution: Number) -> Truth:
    unsaid = support_claim == SUPPORT["none"]
    return o.whichever(unsaid, residence_institution == YES, support_claim == SUPPORT["residential"])


@rule("person", source=STATE_COUNCIL, label="供养方式", unit="code")
def tekun_route(o: Operators, tekun_eligible: Truth, in_residence: Truth) -> Number:
    return o.either(tekun_eligible, o.either(in_residence, SUPPORT["residential"], SUPPORT["at_home"]), 0)


@rule("person", source=STATE_COUNCIL, label="需要掌握户籍类别")
def hukou_matters(o: Operators, meets_tekun: Truth, land_contracted: Number) -> Truth:
    return meets_tekun & (land_contracted != YES)


@rule("person", source=STATE_COUNCIL, label="执行城市标准")
def on_urban_standard(o: Operators, hukou_kind: Number, land_contracted: Number) -> Truth:
    return (hukou_kind == HUKOU["urban"]) & (land_contracted != YES)


@rule("person", source=STANDARDS, label="基本生活标准")
def basic_living(o: Operators, on_urban_standard: Truth, basic_standard_urban: Number, basic_standard_rural: Number) -> Number:
    return o.either(on_urban_standard, basic_standard_urban, basic_standard_rural)


@rule("person", source=CARE_GRADES, label="照料护理等级", unit="code")
def care_grade(o: Operators, care_items_lost: Number, care_items_full: Number, care_items_partial: Number) -> Number:
    less = o.either(care_items_lost >= care_items_partial, CARE["partial"], CARE["able"])
    return o.either(care_items_lost >= care_items_full, CARE["full"], less)


@rule("person", source=STANDARDS, label="照料护理比例", unit="per_mille")
def care_rate(
    o: Operators, care_grade: Number, care_rates_full: Number, care_rates_partial: Number, care_rates_able: Number
) -> Number:
    less = o.either(care_grade == CARE["partial"], care_rates_partial, care_rates_able)
    return o.either(care_grade == CARE["full"], care_rates_full, less)


@rule("person", source=STANDARDS, label="每月照料护理补贴")
def care_amount(o: Operators, tekun_eligible: Truth, in_residence: Truth, standard: Number, care_rate: Number) -> Number:
    return o.either(tekun_eligible & o.is_not(in_residence), o.half_up(standard, care_rate), 0)


@rule("person", source=STANDARDS, label="基本生活费")
def basic_amount(
    o: Operators, tekun_eligible: Truth, basic_living: Number, tekun_income: Number, income_offset: Number
) -> Number:
    return o.either(tekun_eligible, o.greatest(basic_living - o.half_up(tekun_income, income_offset), 0), 0)


@rule("person", source=STANDARDS, label="特困供养金", unit="CNY/person/month")
def tekun_amount(o: Operators, basic_amount: Number, care_amount: Number) -> Number:
    return basic_amount + care_amount


@rule("person", source=STATE_COUNCIL, label="如本月去世应付的丧葬费", unit="CNY")
def funeral_amount(o: Operators, tekun_eligible: Truth, basic_living: Number, funeral_months: Number) -> Number:
    return o.either(tekun_eligible, basic_living * funeral_months, 0)


@rule("month", source="苏政规〔2023〕8号", label="基本生活标准的下限")
def basic_floor(o: Operators, standard: Number, floor_rate: Number) -> Number:
    return o.half_up(standard, floor_rate)
