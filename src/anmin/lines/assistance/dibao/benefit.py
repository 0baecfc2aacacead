"""Dibao as a benefit: what is due in a month for every entitlement at once, by the rules and what is known."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import numpy as np

from anmin.base.clock import SHANGHAI
from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Benefit, DueColumns, Ints
from anmin.ground.people.models import Person
from anmin.ground.policy.book import policy
from anmin.ground.policy.ruleset import LEVELS
from anmin.lines.assistance.dibao import rules
from anmin.lines.assistance.dibao.columns import Holdings, Loaded
from anmin.lines.assistance.dibao.rules import ROUTE, RULES, Assessments, assess
from anmin.lines.assistance.dibao.rules.codes import CLAIM
from anmin.lines.assistance.dibao.vocabulary import BENEFIT

STANDARD = f"{BENEFIT}.standard"


def over(entitlement_ids: Ints, first: Month, last: Month, known_at: datetime) -> Callable[[Ints, Month], DueColumns]:
    """The amounts of any month from the first to the last as known at an instant, for these entitlements or some of them.

    Eight queries, and one for the names where something is missing.
    Basis: 民发〔2021〕57号, 苏民规〔2020〕5号. Refuses a month before the first value of a parameter.
    """
    holdings = Holdings(entitlement_ids, first, last, known_at)

    def ask(some: Ints, month: Month) -> DueColumns:
        return _assessed(holdings.load(holdings.claims(some, month), month), some, month, known_at)

    return ask


def due(entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
    """The amounts of one month; see `over`."""
    return over(entitlement_ids, month, month, known_at)(entitlement_ids, month)


def _assessed(loaded: Loaded, entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
    known_on = known_at.astimezone(SHANGHAI).date()
    parameters = policy()
    found = assess(loaded.facts, month, parameters, known_on, with_findings=False)
    standard = parameters.number(STANDARD, on=month.first_day, known_on=known_on)
    return DueColumns(
        entitlement_ids=entitlement_ids,
        amount=found.amount_fen,
        persons=found.covered_persons,
        undetermined=found.undetermined,
        missing=_missing(found, loaded),
        parts={
            "standard": np.full(len(entitlement_ids), standard, dtype=np.int64),
            "countable_income": found.countable_income_fen,
            "base": found.base_fen,
            "extras": found.extras_fen,
            "route": found.route.astype(np.int64),
        },
        documents=_documents(month, known_at),
    )


def _documents(month: Month, known_at: datetime) -> tuple[str, ...]:
    """The numbers of the papers whose figures were used; what is only assumed has no paper worth citing, but the standard."""
    given = RULES.plan(month, policy(), known_at.astimezone(SHANGHAI).date()).given.values()
    entries = {each.entry.address: each.entry for each in given}
    return tuple(
        sorted(
            {entry.document.number for address, entry in entries.items() if address == STANDARD or entry.confidence != "assumed"}
        )
    )


def _missing(found: Assessments, loaded: Loaded) -> dict[int, list[str]]:
    """For each undetermined row what is not known of whom, in words; one query for the names."""
    pairs: list[tuple[int, int, str]] = []
    for name, rows in found.lacking.items():
        fact = RULES.facts[name]
        level = LEVELS.index(fact.entity)
        for at in rows.tolist():
            person, row = at, at
            if level == LEVELS.index("supporter"):
                assert loaded.facts.supporter_offsets is not None  # the loader always gives them
                person = int(np.searchsorted(loaded.facts.supporter_offsets, at, side="right")) - 1
            if level > LEVELS.index("household"):
                row = int(np.searchsorted(loaded.facts.person_offsets, person, side="right")) - 1
            about = int(loaded.person_ids[person]) if level > LEVELS.index("household") else 0
            pairs.append((row, about, fact.label))
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


def rules_version() -> str:
    """A hash of the wording of the rules; it changes when a rule does, and stands on every roll."""
    digest = sha256()
    for path in sorted(Path(rules.__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


DIBAO = Benefit(
    address=BENEFIT,
    label="低保",
    letters="DB",
    pay_day=f"{BENEFIT}.pay_day",
    recovery_share=f"{BENEFIT}.recovery_max_share",
    due=due,
    rules_version=rules_version,
    routes={route: code.label for route, code in CLAIM.items()},
    labels={
        "standard": "低保标准",
        "countable_income": "计入的月收入",
        "base": "基本补差金额",
        "extras": "分类增发合计",
        "route": "保障方式",
    },
    over=over,
    codes={"route": {int(code): code.label for code in ROUTE.values()}},
)
