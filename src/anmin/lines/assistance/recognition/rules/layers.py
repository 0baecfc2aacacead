"""Each person stands in exactly one layer, the first that holds: tekun, dibao, margin, hardship (一次申请、分类认定)."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.assistance.margin.rules.recognised import LAYERS
from anmin.lines.assistance.recognition.rules.codes import LAYER

# ── what was found for an earlier layer leaves no room in a later one ──────────────────────────────────────────────────


@rule("person", source=LAYERS, label="按特困认定")
def already_tekun(o: Operators, tekun_eligible: Truth) -> Truth:
    return tekun_eligible


@rule("person", source=LAYERS, label="按低保认定")
def already_dibao(o: Operators, granted: Truth) -> Truth:
    return granted


@rule("person", source=LAYERS, label="按低保边缘认定")
def already_margin(o: Operators, margin_granted: Truth) -> Truth:
    return margin_granted


@rule("household", source=LAYERS, label="按整户申请认定")
def claimed_by_family(o: Operators, has_family: Truth, single_claim: Truth) -> Truth:
    # Who claims alone says nothing of the rest of the family's means.
    return has_family & o.is_not(single_claim)


# ── of whom the gate asks ────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=LAYERS, label="分类认定需要掌握收入和财产")
def layer_means_matter(
    o: Operators, income_matters: Truth, tekun_means_matter: Truth, family_means_matter: Truth, single_claim: Truth
) -> Truth:
    return income_matters | tekun_means_matter | (family_means_matter & o.is_not(single_claim))


@rule("supporter", source=LAYERS, label="分类认定需要掌握义务人收入")
def layer_supporter_matters(
    o: Operators,
    supporter_matters: Truth,
    supporter_means_matter: Truth,
    family_supporter_matters: Truth,
    single_claim: Truth,
) -> Truth:
    return supporter_matters | supporter_means_matter | (family_supporter_matters & o.is_not(single_claim))


# ── the layer ────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=LAYERS, label="认定类别", unit="code")
def layer(o: Operators, tekun_eligible: Truth, granted: Truth, margin_granted: Truth, hardship_granted: Truth) -> Number:
    low = o.either(margin_granted, LAYER["margin"], o.either(hardship_granted, LAYER["hardship"], LAYER["none"]))
    return o.either(tekun_eligible, LAYER["tekun"], o.either(granted, LAYER["dibao"], low))


@rule("person", source=LAYERS, label="属于低收入人口")
def in_layer(o: Operators, layer: Number) -> Truth:
    return layer != LAYER["none"]


@finding(
    "person",
    severity="info",
    source=LAYERS,
    label="特困优先",
    sentence="{who}符合特困条件，按特困供养认定，不计入低保家庭人口。",
)
def tekun_comes_first(o: Operators, tekun_eligible: Truth) -> Truth:
    return tekun_eligible


@finding(
    "person",
    severity="info",
    source=LAYERS,
    label="各类均不符合",
    sentence="{who}不符合特困、低保、低保边缘和刚性支出困难的条件，不属于低收入人口。",
)
def in_no_layer(o: Operators, in_layer: Truth, dead: Number) -> Truth:
    return o.is_not(in_layer) & (dead == 0)
