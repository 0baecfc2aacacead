"""The file of the stipend: who holds it when the platform starts; lists of many for one decision are every benefit's."""

from dataclasses import replace

import numpy as np

from anmin.base.periods import Month
from anmin.ground.entitlements.claims import Claims, load, no_grace
from anmin.ground.imports.forms import Column, Incoming
from anmin.ground.payments.held_lists import Plan, held_list
from anmin.ground.people.models import Person
from anmin.ground.policy.assessing import assess
from anmin.ground.policy.book import policy
from anmin.lines.children.stipend.benefit import STIPEND
from anmin.lines.children.stipend.rules import PROGRAMME, ROUTE
from anmin.lines.children.stipend.vocabulary import FULL

_BY_RULES = "by_rules"
_WORDS = {"按登记情况认定": _BY_RULES, **{label: route for route, label in STIPEND.routes.items()}}
_HELD = held_list(
    STIPEND,
    sender="儿童福利科",
    unit="person",
    full=FULL,
    routes=_WORDS,
    columns=(
        Column(
            "route",
            "保障方式",
            "choice",
            choices=_WORDS,
            synonyms=("类别",),
            note="空白的按登记的父母、健康等情况认定",
            example="散居孤儿",
        ),
    ),
)


def check_register(incoming: Incoming) -> Plan:
    """One holding for each row; where the file names no measure, the one that the rules find in what is on record.

    Refuses what every such list refuses, and a blank measure of a child of whom the record tells none.
    """
    plan: Plan = _HELD.check(incoming)
    places = [place for place, holding in enumerate(plan.holdings) if holding.route == _BY_RULES]
    if not places:
        return plan
    asked = [plan.holdings[place] for place in places]
    claims = Claims(
        np.array([holding.household_id for holding in asked], dtype=np.int64),
        [next(iter(STIPEND.routes))] * len(asked),
        [(row, holding.holder_id) for row, holding in enumerate(asked)],
        no_grace(len(asked)),
    )
    month = Month.from_date(incoming.on)
    loaded = load(PROGRAMME, claims, month, None)
    found = assess(PROGRAMME, loaded.batch, month, policy())
    unknown: list[int] = []
    for place, holding, row in zip(places, asked, loaded.unit_rows.tolist(), strict=True):
        measure = ROUTE.name(int(found.columns["measure"][row])) if row >= 0 else "none"
        if measure in STIPEND.routes:
            plan.holdings[place] = replace(holding, route=measure)
        else:
            unknown.append(holding.holder_id)
    for name in Person.objects.filter(pk__in=unknown).order_by("pk").values_list("name", flat=True):
        incoming.problems.add_sentence(
            f"{name}没有填写“保障方式”，按登记的情况也不能认定；请填写保障方式，或先导入“儿童和父母情况”。"
        )
    return plan


REGISTER = replace(_HELD, check=check_register)
FORMS = (REGISTER,)
