"""What a household would be due with one fact of one of its people replaced; all suppositions of a check reckoned together.

For each benefit two runs of its rules over as many claims as there are suppositions: on what is declared, and on what is
supposed. Nothing is written. Not scoped: the answers are shown with the findings they belong to.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np
from django.db.models import Q

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Bools, Ints
from anmin.ground.entitlements.claims import CLAIM, Claims, Holdings, Loaded, load, no_grace
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.policy.assessing import Programme, assess
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.book import policy
from anmin.ground.policy.facts import MISSING, Fact
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.verification.declarations import Amounts, Supposed

_FEW = 500
_SUPPORTER = "supporter"


def what_if(supposed: Sequence[Supposed], on: date, programme: str) -> list[Amounts]:
    """Fen a month before and after, for each supposition: the sum of what the household holds whose rules ask for the fact.

    A household that holds nothing of the kind is reckoned as applying for `programme` as one; (None, None) where there is
    none, or where the rules cannot say. A fixed number of queries for each benefit.
    """
    month = Month.from_date(on)
    answers: list[list[Amounts]] = [[] for _ in supposed]
    for address, pairs in _held(supposed, on).items():
        places, entitlements = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
        held = np.unique(entitlements)
        holdings = Holdings(DECIDED[address], held, month, month, None)
        claims = _repeated(holdings.claims(held, month), np.searchsorted(held, entitlements).astype(np.int64))
        some = [supposed[place] for place in places]
        for place, answer in zip(
            places, _reckoned(DECIDED[address], claims, holdings.load(claims, month), some, month), strict=True
        ):
            answers[place].append(answer)
    applying = [place for place, found in enumerate(answers) if not found]
    if programme in DECIDED and DECIDED[programme].unit == "household" and DECIDED[programme].amount and applying:
        some = [supposed[place] for place in applying]
        claims = _applications(DECIDED[programme], some)
        loaded = load(DECIDED[programme], claims, month, None)
        for place, answer in zip(applying, _reckoned(DECIDED[programme], claims, loaded, some, month), strict=True):
            answers[place].append(answer)
    return [_summed(found) for found in answers]


def _held(supposed: Sequence[Supposed], on: date) -> dict[str, list[tuple[int, int]]]:
    """By benefit, the pairs of a supposition and an entitlement of its household whose rules ask for the fact; one query."""
    paying = {address: programme for address, programme in DECIDED.items() if programme.amount}
    asked = {address: {fact.kind for fact in programme.inputs.values()} for address, programme in paying.items()}
    wanted = {each.household_id for each in supposed}
    rows = Entitlement.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on, benefit__in=list(paying)
    )
    if len(wanted) <= _FEW:
        rows = rows.filter(household_id__in=wanted)
    of_household: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for pk, benefit, household in rows.order_by("id").values_list("id", "benefit", "household_id"):
        if household in wanted:
            of_household[household].append((benefit, pk))
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, each in enumerate(supposed):
        for benefit, pk in of_household[each.household_id]:
            if each.kind in asked[benefit]:
                pairs[benefit].append((place, pk))
    return pairs


def _repeated(claims: Claims, rows: Ints) -> Claims:
    """The claims of these rows, in this order, some of them several times."""
    of_row: dict[int, list[int]] = defaultdict(list)
    for row, person in claims.claimants:
        of_row[row].append(person)
    return Claims(
        household_ids=claims.household_ids[rows],
        routes=[claims.routes[row] for row in rows],
        claimants=[(place, person) for place, row in enumerate(rows.tolist()) for person in of_row[row]],
        grace=claims.grace[rows],
        entering=claims.entering[rows] if claims.entering is not None else None,
    )


def _applications(programme: Programme, supposed: Sequence[Supposed]) -> Claims:
    """Each household applies as one, by the first route that can be asked for (which is not always one that can be granted)."""
    asked = next((fact.codes for fact in programme.inputs.values() if fact.kind == f"{CLAIM}route"), programme.routes)
    route = next(iter(asked)) if asked is not None else ""
    households = np.array([each.household_id for each in supposed], dtype=np.int64)
    return Claims(households, [route] * len(supposed), [], no_grace(len(supposed)))


def _reckoned(programme: Programme, claims: Claims, loaded: Loaded, supposed: Sequence[Supposed], month: Month) -> list[Amounts]:
    plan = programme.rules.plan(month, policy())
    before = assess(programme, loaded.batch, month, policy(), plan=plan)
    after = assess(programme, _replaced(programme, loaded, supposed), month, policy(), plan=plan)
    there, rows = loaded.unit_rows >= 0, np.maximum(loaded.unit_rows, 0)

    def said(amount: Ints, undetermined: Bools) -> list[int | None]:
        known = there & ~undetermined[rows] if len(undetermined) else np.zeros(len(rows), dtype=np.bool_)
        return [int(amount[row]) if is_known else None for row, is_known in zip(rows, known, strict=True)]

    return list(zip(said(before.amount, before.undetermined), said(after.amount, after.undetermined), strict=True))


def _replaced(programme: Programme, loaded: Loaded, supposed: Sequence[Supposed]) -> Batch:
    """The facts of every claim with the one that is supposed in its place; those of the others as they are."""
    batch = loaded.batch
    columns = {entity: dict(named) for entity, named in batch.columns.items()}
    row_of_person = batch.household_of_person
    row_of_supporter = row_of_person[np.repeat(np.arange(len(row_of_person)), np.diff(batch.offsets["supporter"]))]
    whom = np.array([each.person_id for each in supposed], dtype=np.int64)
    levels = {
        "person": (row_of_person, loaded.person_ids == whom[row_of_person]),
        _SUPPORTER: (row_of_supporter, loaded.obligor_ids == whom[row_of_supporter]),
    }
    for fact in programme.inputs.values():
        values = np.array([_value(fact, each) for each in supposed], dtype=np.int64)
        if fact.entity not in levels or not (values != MISSING).any():
            continue
        row_of, theirs = levels[fact.entity]
        columns[fact.entity][fact.name] = _with(batch, fact, theirs & (values[row_of] != MISSING), values[row_of])
    return Batch(batch.households, batch.offsets, columns)


def _with(batch: Batch, fact: Fact, where: Bools, values: Ints) -> Column:
    known = batch.columns[fact.entity].get(fact.name)
    column = np.full(len(where), MISSING, dtype=np.int64) if known is None else known.astype(np.int64)
    # One of several earners in a supporter's household never makes it poorer than it was said to be.
    found = np.maximum(column, values) if fact.entity == _SUPPORTER else values
    return np.where(where, found, column)


def _value(fact: Fact, supposed: Supposed) -> int:
    if fact.kind != supposed.kind:
        return MISSING
    if isinstance(supposed.value, str):
        return int(fact.codes[supposed.value]) if fact.codes is not None and supposed.value in fact.codes else MISSING
    return int(np.clip(supposed.value, fact.least, fact.most))


def _summed(found: Sequence[Amounts]) -> Amounts:
    if not found or any(before is None or after is None for before, after in found):
        return (None, None)
    return sum(before or 0 for before, _ in found), sum(after or 0 for _, after in found)
