"""Dibao as a benefit: what is due in a month for every entitlement at once, by the rules and what is known."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.assistance.dibao.rules import PROGRAMME
from anmin.lines.assistance.dibao.vocabulary import ROUTES
from anmin.lines.assistance.recognition.vocabulary import LOW_INCOME

DIBAO = benefit_of(
    PROGRAMME,
    label="低保",
    letters="DB",
    routes=ROUTES,
    labels={
        "standard": "低保标准",
        "countable_income": "计入的月收入",
        "base": "基本补差金额",
        "extras": "分类增发合计",
        "route": "保障方式",
    },
    parts={
        "standard": "standard",
        "countable_income": "countable_income",
        "base": "base_amount",
        "extras": "extras_amount",
    },
    covered="covered_persons",
    exclusive=LOW_INCOME,
)
