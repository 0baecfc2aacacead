"""Households made up for comparison: by hypothesis for the odd ones, by a seed for many plausible ones, so that
every branch is met."""

from random import Random
from typing import Any

from hypothesis import strategies as st

from anmin.lines.assistance.dibao.rules.codes import ABSENCE, DISABILITY, RELATION, SCHOOLING, WORK

YES_NO = st.sampled_from([None, 0, 0, 1])


def money(most: int) -> st.SearchStrategy[int | None]:
    """Mostly a sum, often nothing, seldom not known."""
    return st.one_of(st.integers(0, most), st.just(0), st.integers(0, most // 10), st.sampled_from([None, *[0] * 9]))


def mostly(common: Any, codes: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(common), st.just(common), st.sampled_from([None, *codes]))


SUPPORTER = st.fixed_dictionaries(
    {
        "supporter_income": money(2_500_000),
        "supporter_members": st.sampled_from([None, 1, 2, 3, 4]),
        "supporter_dependants": st.sampled_from([None, 1, 2, 3]),
        "supporter_court_amount": st.one_of(st.none(), st.integers(0, 100_000)),
        "supporter_actual_amount": st.one_of(st.none(), st.integers(0, 60_000)),
        "supporter_exempt": YES_NO,
    }
)

BIRTH = st.builds(
    lambda year, month, day: year * 10_000 + month * 100 + day,
    st.integers(1930, 2023), st.integers(1, 12), st.integers(1, 28),
)  # fmt: skip


def person(relation: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "relation": relation,
            "birth_on": BIRTH,
            "register_counted": YES_NO,
            "absence_reason": mostly("none", ABSENCE),
            "absence_proof": YES_NO,
            "same_hukou": YES_NO,
            "legal_duty": YES_NO,
            "claimant": st.sampled_from([None, 0, 0, 0, 1]),
            "dead": st.sampled_from([None, None, 0, 0, 0, 1]),
            "income_wage": money(400_000),
            "income_business": money(200_000),
            "income_property": money(40_000),
            "income_pension": money(120_000),
            "income_farming": money(60_000),
            "income_pension_central": money(15_000),
            "income_exempt": money(50_000),
            "income_transfer_other": money(150_000),
            "income_support_received": money(50_000),
            "assets_financial": money(3_000_000),
            "assets_homes": st.sampled_from([None, *[0] * 12, 1, 1, 2]),
            "assets_homes_relocation": YES_NO,
            "assets_vehicles": st.sampled_from([None, *[0] * 15, 1]),
            "assets_company": YES_NO,
            "disability_kind": mostly("none", DISABILITY),
            "disability_grade": st.sampled_from([None, 0, 0, 1, 2, 3, 4]),
            "illness_severe": YES_NO,
            "work_status": mostly("employed", WORK),
            "work_refusals": st.sampled_from([None, 0, 0, 0, 2, 3]),
            "schooling_level": mostly("none", SCHOOLING),
            "veteran": YES_NO,
            "religious_resident": YES_NO,
            "supporters": st.one_of(st.just([]), st.lists(SUPPORTER, max_size=2)),
        }
    )


ANY_HOUSEHOLD = st.fixed_dictionaries(
    {
        "claim_type": st.sampled_from([None, "household", "household", "single", "single_a", "single_b"]),
        "grace_kind": st.sampled_from([None, "none", "none", "delayed", "gradual"]),
        "grace_elapsed": st.sampled_from([None, 0, 1, 3, 4, 6, 7, 9, 12, 13]),
        "grace_extension": st.sampled_from([None, 0, 3, 9]),
        "grace_previous_amount": st.one_of(st.none(), st.integers(0, 250_000)),
        "members": st.builds(
            lambda head, others: [head, *others],
            person(st.just("head")),
            st.lists(person(st.sampled_from([*RELATION][1:])), max_size=3),
        ),
    }
)


def _one_earns_one_is_ill(earner: dict[str, Any], ill: dict[str, Any], wage: int, claim: str) -> dict[str, Any]:
    plain = {
        "absence_reason": "none",
        "dead": 0,
        "supporters": [],
        "assets_vehicles": 0,
        "assets_homes": 0,
        "assets_financial": 0,
    }
    nothing = {"income_wage": 0, "income_business": 0, "income_property": 0, "income_pension": 0}
    earner = {**earner, **plain, **nothing, "income_wage": wage, "claimant": 0}
    return {"claim_type": claim, "members": [earner, {**ill, **plain, "illness_severe": 1, "claimant": 1}]}


LOW_INCOME_FAMILY = st.builds(
    _one_earns_one_is_ill,
    person(st.just("head")),
    person(st.just("spouse")),
    st.integers(150_000, 400_000),
    st.sampled_from(["single", "single_b"]),
)
"""Where the second route of single persons, narrow as it is, comes up."""

HOUSEHOLD = st.one_of(ANY_HOUSEHOLD, ANY_HOUSEHOLD, LOW_INCOME_FAMILY)


def plausible(random: Random) -> dict[str, Any]:
    """A household as a town might send it, a little poorer and stranger than most; a fact in a hundred is not known."""
    claim = random.choice(["household"] * 5 + ["single", "single", "single_a", "single_b", None])
    members = [_plausible_person(random, "head", 25, 85)]
    if random.random() < 0.6:
        members.append(_plausible_person(random, "spouse", 22, 85))
    others = range(random.choice([0, 0, 1, 1, 2]))
    members += [
        _plausible_person(random, random.choice(["child", "child", "parent", "grandchild", "sibling"]), 0, 90) for _ in others
    ]
    if claim not in (None, "household") and len(members) > 1 and random.random() < 0.7:
        random.choice(members)["claimant"] = 1
    grace = random.choice(["none"] * 5 + ["delayed", "gradual", None])
    return {
        "claim_type": claim,
        "grace_kind": grace,
        "grace_elapsed": random.randint(0, 13) if grace in ("delayed", "gradual") else None,
        "grace_extension": random.choice([None, 0, 2, 6, 9]),
        "grace_previous_amount": random.randint(1, 250_000) if random.random() < 0.95 else None,
        "members": members,
    }


def _plausible_person(random: Random, relation: str, youngest: int, oldest: int) -> dict[str, Any]:
    age = random.randint(youngest, oldest)
    works = 18 <= age < 65 and random.random() < 0.5
    pension = random.randint(12_000, 60_000) if age >= 60 and random.random() < 0.8 else 0
    farms = random.randint(0, 60_000) if random.random() < 0.3 else 0

    def maybe(share: float, made: Any, otherwise: Any = 0) -> Any:
        return None if random.random() < 0.01 else made if random.random() < share else otherwise

    ill = random.random() < 0.15
    disabled = random.random() < 0.3
    return {
        "relation": relation,
        "birth_on": (2024 - age) * 10_000 + random.randint(1, 12) * 100 + random.randint(1, 28),
        "register_counted": random.choice([None, 0, 1, 1, 1]),
        "absence_reason": random.choice([None] + ["none"] * 12 + list(ABSENCE)),
        "absence_proof": random.choice([None, 0, 1]),
        "same_hukou": random.choice([None, 0, 1, 1, 1]),
        "legal_duty": random.choice([None, 0, 0, 1]),
        "dead": maybe(0.02, 1),
        "income_wage": maybe(0.95, random.randint(10_000, 400_000) if works else 0),
        "income_business": maybe(0.95, farms + (random.randint(0, 150_000) if random.random() < 0.1 else 0)),
        "income_property": maybe(0.1, random.randint(1, 40_000)),
        "income_pension": maybe(1, pension),
        "income_farming": maybe(0.9, farms),
        "income_pension_central": maybe(0.8, min(pension, random.choice([9_800, 10_300, 12_300]))),
        "income_exempt": maybe(0.1, random.randint(1, 60_000)),
        "income_transfer_other": maybe(0.1, random.randint(1, 150_000)),
        "income_support_received": maybe(0.1, random.randint(1, 60_000)),
        "assets_financial": maybe(0.4, random.randint(0, 3_000_000)),
        "assets_homes": maybe(0.2, random.choice([1, 1, 1, 2])),
        "assets_homes_relocation": maybe(0.05, 1),
        "assets_vehicles": maybe(0.02, 1),
        "assets_company": maybe(0.02, 1),
        "disability_kind": random.choice([*DISABILITY][1:]) if disabled else "none",
        "disability_grade": random.randint(1, 4) if disabled else None,
        "illness_severe": int(ill),
        "work_status": "employed" if works else random.choice([None, "unemployed", "able_idle", "unable", "retired"]),
        "work_refusals": maybe(0.05, random.randint(1, 4)),
        "schooling_level": random.choice([*SCHOOLING][1:]) if age < 27 else None,
        "veteran": maybe(0.05, 1),
        "religious_resident": maybe(0.03, 1),
        "supporters": [_plausible_supporter(random) for _ in range(random.choice([0, 0, 0, 1, 2]))] if age > 50 else [],
    }


def _plausible_supporter(random: Random) -> dict[str, Any]:
    return {
        "supporter_income": random.randint(0, 1_500_000) if random.random() < 0.97 else None,
        "supporter_members": random.randint(1, 5),
        "supporter_dependants": random.randint(1, 3),
        "supporter_court_amount": random.randint(0, 60_000) if random.random() < 0.15 else None,
        "supporter_actual_amount": random.randint(0, 60_000) if random.random() < 0.3 else None,
        "supporter_exempt": int(random.random() < 0.15),
    }
