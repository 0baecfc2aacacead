"""Tekun as a benefit: what is due in a month for every person supported, by the rules and what is known."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.assistance.recognition.vocabulary import LOW_INCOME
from anmin.lines.assistance.tekun.rules import PROGRAMME
from anmin.lines.assistance.tekun.vocabulary import LABEL, Route

TEKUN = benefit_of(
    PROGRAMME,
    label=LABEL,
    letters="TK",
    routes={route.value: str(route.label) for route in Route},
    labels={"basic_living": "基本生活标准", "basic_amount": "基本生活费", "care_amount": "照料护理补贴", "route": "供养方式"},
    exclusive=LOW_INCOME,
)
