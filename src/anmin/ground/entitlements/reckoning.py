"""A programme's rules as a benefit: what is due in a month for every entitlement at once, and why one gets what it gets."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
from django.db.models import Q

from anmin.base import clock
from anmin.base.clock import SHANGHAI
from anmin.base.errors import Refused
from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Benefit, Bools, DueColumns, Ints
from anmin.ground.entitlements.claims import Claims, Holdings, Loaded, load
from anmin.ground.people.models import Fact, Person
from anmin.ground.policy.assessing import Assessed, Programme, assess, explain
from anmin.ground.policy.book import policy
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import LEVELS, Plan

NOT_IN_FAMILY = "本人当月不在登记的家庭成员中"
DEAD = "status.dead"


def benefit_of(
    programme: Programme,
    *,
    label: str,
    letters: str,
    routes: Mapping[str, str],
    labels: Mapping[str, str],
    covered: str = "",
    parts: Mapping[str, str] | None = None,
    exclusive: str = "",
    renamed: Callable[[date], str] | None = None,
) -> Benefit:
    """The benefit that a programme's rules reckon, under the programme's address.

    `labels` are the Chinese names of the parts of an amount, and of its `route`; `parts` says which values they are (those of the
    same name, if not given): values among the programme's `columns`, or parameters of the month. `covered` is the value that
    counts the persons of a household who are covered; a person's own benefit covers one. `exclusive` is the
    group of `Benefit`, and `renamed` is its own too.
    Pay day and recovery share are the parameters `<address>.pay_day` and `<address>.recovery_max_share`.
    """
    valued = parts or {name: name for name in labels if name != "route"}

    def over(entitlement_ids: Ints, first: Month, last: Month, known_at: datetime) -> Callable[[Ints, Month], DueColumns]:
        holdings = Holdings(programme, entitlement_ids, first, last, known_at)

        def ask(some: Ints, month: Month) -> DueColumns:
            claims = holdings.claims(some, month)
            return _due(programme, claims, holdings.load(claims, month), some, month, known_at, valued, covered)

        return ask

    def due(entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
        return over(entitlement_ids, month, month, known_at)(entitlement_ids, month)

    codes = {"route": {int(code): code.label for code in programme.routes.values()}} if programme.routes is not None else {}
    return Benefit(
        address=programme.address,
        label=label,
        letters=letters,
        pay_day=f"{programme.address}.pay_day",
        recovery_share=f"{programme.address}.recovery_max_share",
        due=due,
        rules_version=lambda: rules_version(programme),
        routes=routes,
        labels=labels,
        codes=codes,
        over=over,
        exclusive=exclusive,
        renamed=renamed,
        pays=bool(programme.amount),
    )


def why(programme: Programme, claims: Claims, month: Month, known_at: datetime | None = None) -> Explanation:
    """The reasons of one claim, with the names of its people; by what is known now, or was at an instant. Not scoped.

    Refuses whoever does not live in the family any more.
    """
    loaded = load(programme, claims, month, known_at, with_fact_ids=True)
    row = own_row(programme, claims, loaded, month, known_at)
    names = _names({*loaded.person_ids.tolist(), *loaded.obligor_ids.tolist()})

    def fact_id(name: str, row: int) -> int | None:
        column = loaded.fact_ids.get(name)
        found = int(column[row]) if column is not None and row < len(column) else -1
        return None if found < 0 else found

    known_on = known_at.astimezone(SHANGHAI).date() if known_at else None
    members = [names[each] for each in loaded.person_ids.tolist()]
    supporters = [names[each] for each in loaded.obligor_ids.tolist()]
    return explain(
        programme,
        loaded.batch,
        month,
        policy(),
        known_on,
        row=row,
        members=members,
        supporters=supporters,
        fact_ids=fact_id,
    )


class NotOfTheFamily(Refused):
    """Asked for the reasons of somebody who died before, or lives elsewhere: there is a sentence, and nothing to reckon."""


def own_row(programme: Programme, claims: Claims, loaded: Loaded, month: Month, known_at: datetime | None) -> int:
    """The row of one claim; refuses, saying why, where the person is in the family no more: nobody else's reasons are theirs."""
    row = int(loaded.unit_rows[0]) if len(loaded.unit_rows) else -1
    if row >= 0 or programme.unit != "person" or not claims.claimants:
        return max(row, 0)
    _, person = claims.claimants[0]
    name = _names({person})[person]
    if _died(claims, np.array([0]), month, known_at or clock.instant(clock.today()))[0]:
        raise NotOfTheFamily(
            f"{name}在{month.label}前已经死亡，当月没有{programme.label}的应发金额；已经发放的，由下一期名册列为扣回或追回事项。"
        )
    raise NotOfTheFamily(f"{name}在{month.label}不是该家庭登记的成员，不能测算{programme.label}；请先核对家庭成员的起止日期。")


def rules_version(programme: Programme) -> str:
    """A hash of the wording of the rules; it changes when a rule does, and stands on every roll."""
    digest = sha256()
    for module in programme.rules.modules:
        path = Path(str(module.__file__))
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _due(
    programme: Programme,
    claims: Claims,
    loaded: Loaded,
    entitlement_ids: Ints,
    month: Month,
    known_at: datetime,
    parts: Mapping[str, str],
    covered: str,
) -> DueColumns:
    known_on = known_at.astimezone(SHANGHAI).date()
    found = assess(programme, loaded.batch, month, policy(), known_on)
    plan = programme.rules.plan(month, policy(), known_on)
    there = loaded.unit_rows >= 0
    rows = np.where(there, loaded.unit_rows, 0)

    def of(column: Ints) -> Ints:
        return np.where(there, column[rows], 0).astype(np.int64) if len(column) else np.zeros(len(rows), dtype=np.int64)

    gone = _died(claims, np.flatnonzero(~there), month, known_at)
    undetermined = np.where(there, found.undetermined[rows], ~gone) if len(found.outcome) else ~(there | gone)
    persons = of(found.columns[covered]) if covered else np.where(gone, 0, 1)
    missing = missing_of(found, loaded)
    missing |= {int(row): [NOT_IN_FAMILY] for row in np.flatnonzero(~(there | gone))}
    shown = {
        part: of(found.columns[name]) if name in found.columns else np.full(len(rows), plan.constants[name], dtype=np.int64)
        for part, name in parts.items()
    }
    if programme.route:
        shown["route"] = of(found.route)
    return DueColumns(
        entitlement_ids=entitlement_ids,
        amount=of(found.amount),
        persons=np.where(undetermined, 0, persons),
        undetermined=undetermined,
        missing={row: reasons for row, reasons in missing.items() if undetermined[row]},
        parts=shown,
        documents=documents_of(plan),
    )


def _died(claims: Claims, rows: Ints, month: Month, known_at: datetime) -> Bools:
    """Of the claims whose person is in no family, those whose person had died by the first day, as far as was known; one query.

    Nothing is due to the dead, and what was paid beyond the death is found by that; somebody merely missing is a question.
    """
    gone = np.zeros(len(claims.household_ids), dtype=np.bool_)
    if not len(rows):
        return gone
    wanted = set(rows.tolist())
    whose = {person: row for row, person in claims.claimants if row in wanted}
    dead = Fact.objects.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_at),
        kind=DEAD,
        amount=1,
        valid_from__lte=month.first_day,
        recorded_at__lte=known_at,
    )
    for start in range(0, len(whose), 10_000):
        for person in dead.filter(person_id__in=list(whose)[start : start + 10_000]).values_list("person_id", flat=True):
            gone[whose[person]] = True
    return gone


def documents_of(plan: Plan) -> tuple[str, ...]:
    """The numbers of the papers whose figures were used; what is only assumed has no paper worth citing."""
    given = plan.given.values()
    return tuple(sorted({each.entry.document.number for each in given if each.entry.confidence != "assumed"}))


def missing_of(found: Assessed, loaded: Loaded) -> dict[int, list[str]]:
    """For each claim of which something is missing, what is not known of whom, in words; one query for the names."""
    rules, offsets = found.programme.rules, loaded.batch.offsets
    pairs: list[tuple[int, int, str]] = []
    for name, rows in found.lacking.items():
        fact = rules.facts[name]
        level = LEVELS.index(fact.entity)
        for at in rows.tolist():
            person, row = at, at
            if level == LEVELS.index("supporter"):
                person = int(np.searchsorted(offsets["supporter"], at, side="right")) - 1
            if level > LEVELS.index("household"):
                row = int(np.searchsorted(offsets["person"], person, side="right")) - 1
            pairs.append((row, int(loaded.person_ids[person]) if level > LEVELS.index("household") else 0, fact.label))
    names = _names({about for _, about, _ in pairs})
    missing: dict[int, list[str]] = {}
    for row, about, label in pairs:
        who = f"{names[about]}：" if about else ""
        missing.setdefault(row, []).append(f"{who}“{label}”没有登记或数值有误")
    return missing


def _names(ids: set[int]) -> dict[int, str]:
    wanted = sorted(ids - {0})
    names: dict[int, str] = {}
    for start in range(0, len(wanted), 10_000):
        names.update(Person.objects.filter(pk__in=wanted[start : start + 10_000]).values_list("id", "name"))
    return names
