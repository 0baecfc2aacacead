"""The cost of the funeral of somebody who was supported: a benefit given once, to whoever buries them.

It belongs to the last month in which support was due, so that a standard published late brings a difference here as everywhere.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np

from anmin.base.clock import SHANGHAI
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.actions.awarding import Award, award_once
from anmin.ground.entitlements.benefits import Benefit, DueColumns, Ints
from anmin.ground.entitlements.claims import Claims, Loaded, load, no_grace
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.entitlements.reckoning import documents_of, missing_of, rules_version
from anmin.ground.people.models import Person
from anmin.ground.policy.assessing import Assessed, assess
from anmin.ground.policy.book import policy
from anmin.lines.assistance.tekun.rules import PROGRAMME
from anmin.lines.assistance.tekun.vocabulary import FUNERAL, FUNERAL_LABEL, FUNERAL_MONTHS, Route

AMOUNT = "funeral_amount"
STANDARD = "basic_living"


def last_month_due(died_on: date) -> Month:
    """The last month whose first day saw the person alive; support was due for it."""
    return Month.from_date(died_on - timedelta(days=1))


def funeral_amount(held: Entitlement, month: Month) -> int | None:
    """The sum by the standard of a month for the funeral of whoever held that support; None where too little is known to say."""
    loaded, found = _reckoned([(held.household_id, held.route, held.holder_id)], month, None)
    row = int(loaded.unit_rows[0])
    return None if row < 0 or found.undetermined[row] else int(found.columns[AMOUNT][row])


def award_funeral(*, held: Entitlement, payee: Person, month: Month, case: Case, actor: Actor, on: date) -> Award:
    """The next roll of funeral costs pays the payee. Refuses a second sum for the same person."""
    award = Award(held.holder_id, held.household_id, payee.pk, held.area_id, held.route)
    award_once(benefit=FUNERAL, awards=[award], month=month, subject=case, actor=actor, on=on)
    return award


def due(entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
    """By the tekun rules, on the facts of the month the sum belongs to, as known at an instant."""
    held = Entitlement.objects.filter(pk__in=entitlement_ids.tolist())
    asked = {pk: (home, route, who) for pk, home, route, who in held.values_list("id", "household_id", "route", "holder_id")}
    known_on = known_at.astimezone(SHANGHAI).date()
    loaded, found = _reckoned([asked[pk] for pk in entitlement_ids.tolist()], month, known_at)
    there = loaded.unit_rows >= 0
    rows = np.where(there, loaded.unit_rows, 0)
    undetermined = found.undetermined[rows] | ~there
    missing = missing_of(found, loaded)
    return DueColumns(
        entitlement_ids=entitlement_ids,
        amount=np.where(undetermined, 0, found.columns[AMOUNT][rows]).astype(np.int64),
        persons=np.where(undetermined, 0, 1).astype(np.int64),
        undetermined=undetermined,
        missing={row: reasons for row, reasons in missing.items() if undetermined[row]},
        parts={
            STANDARD: np.where(undetermined, 0, found.columns[STANDARD][rows]).astype(np.int64),
            "months": np.full(len(rows), policy().number(FUNERAL_MONTHS, on=month.first_day, known_on=known_on)),
        },
        documents=documents_of(PROGRAMME.rules.plan(month, policy(), known_on)),
    )


def _reckoned(who: Sequence[tuple[int, str, int]], month: Month, known_at: datetime | None) -> tuple[Loaded, Assessed]:
    """What the tekun rules say of these persons (household, way of support, person) for the month."""
    households = np.array([household for household, _, _ in who], dtype=np.int64)
    claimants = [(row, person) for row, (_, _, person) in enumerate(who)]
    # They were supported long before: nothing is seen with the eyes of a first month.
    begun = np.zeros(len(who), dtype=np.bool_)
    claims = Claims(households, [route for _, route, _ in who], claimants, no_grace(len(who)), begun)
    loaded = load(PROGRAMME, claims, month, known_at)
    known_on = known_at.astimezone(SHANGHAI).date() if known_at else None
    return loaded, assess(PROGRAMME, loaded.batch, month, policy(), known_on)


FUNERAL_COST = Benefit(
    address=FUNERAL,
    label=FUNERAL_LABEL,
    letters="SZ",
    pay_day=f"{FUNERAL}.pay_day",
    recovery_share=f"{FUNERAL}.recovery_max_share",
    due=due,
    rules_version=lambda: rules_version(PROGRAMME),
    routes={route.value: str(route.label) for route in Route},
    labels={STANDARD: "基本生活标准", "months": "计发月数"},
    once=True,
)
