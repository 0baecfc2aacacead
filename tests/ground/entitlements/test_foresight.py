"""Simulations, worklists and what may not be held together, on the records: scoped, in few questions, and nothing is written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements import exclusive, foresight
from anmin.ground.entitlements.actions import add_member, start_entitlement
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.entitlements.register import Register, write_facts
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import decide
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.table_files import read_tables
from tests.conftest import Cast, County

LONG_AGO = date(2020, 1, 1)
JULY = Month.parse("2024-07")
FIRST = JULY.first_day
DIBAO, STIPEND, LIVING = "assistance.dibao", "children.stipend", "disability.living"
POOR = {"income.wage": 0, "income.business": 0, "income.property": 0, "income.pension": 0, "assets.financial": 0}


class Village:
    """Writes families with recorded facts, straight into the tables."""

    def __init__(self, area: Any) -> None:
        self.area = area

    def family(self, name: str, *, born: date = date(1970, 5, 5), **facts: Any) -> Person:
        person = Person.objects.create(
            name=name, name_key=name, initials="x", identity_mask="320699", birth_on=born, sex="female", hukou_kind="rural",
            area=self.area,
        )  # fmt: skip
        at = clock.instant(LONG_AGO)
        known = {**POOR, **{key.replace("__", "."): value for key, value in facts.items()}}
        for kind, value in known.items():
            which = "code" if isinstance(value, str) else "amount"
            Fact.objects.create(person=person, kind=kind, valid_from=LONG_AGO, recorded_at=at, source="测试", **{which: value})
        home = Household.objects.create(
            number=f"JT{person.pk:04d}", head=person, area=self.area, hukou_kind="rural", opened_on=LONG_AGO
        )
        HouseholdMember.objects.create(
            household=home, person=person, relation="head", counted=True, valid_from=LONG_AGO, recorded_at=at
        )
        return person


def hold(person: Person, benefit: str, route: str, since: date = FIRST) -> Entitlement:
    home = Household.objects.get(head=person)
    return start_entitlement(
        benefit=benefit, household=home, holder=person, payee=person, route=route, members=[person], case=None,
        review_class="A", review_due_on=None, valid_from=since, start_reason="new", actor=SYSTEM, on=date(2024, 6, 20),
    )  # fmt: skip


@pytest.fixture
def village(county: County) -> Village:
    return Village(county.liuqiao)


def rows_of_everything() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def raised(actor: Any, value: str = "860", months: int = 2) -> Any:
    changes = foresight.supposed([("assistance.dibao.standard", value)], JULY)
    return foresight.simulation(actor, changes, first=JULY, months=months)


@pytest.mark.capability("SA-15")
def test_a_simulation_reckons_those_who_hold_it_and_whom_it_would_bring_in(village: Village, cast: Cast) -> None:
    hold(village.family("在享", income__pension=50_000), DIBAO, "household")
    village.family("将进入", income__pension=84_000)
    village.family("未申请", income__pension=10_000)
    made = raised(cast.reviewer)
    assert (made.total.before.persons, made.total.after.persons) == (1, 2)
    (mover,) = made.movers
    assert foresight.names_of(made)["household", int(mover.household)].endswith("将进入")
    assert made.total.before.fen == 2 * (82_000 - 50_000 + 8_200)


def test_a_simulation_writes_nothing(village: Village, cast: Cast) -> None:
    hold(village.family("在享"), DIBAO, "household")
    before, standard = rows_of_everything(), policy().number("assistance.dibao.standard", on=FIRST)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        raised(cast.reviewer)
        foresight.worklist(cast.reviewer, JULY)
        foresight.better_ways(cast.reviewer, JULY)
    assert {query["sql"].split(maxsplit=1)[0] for query in asked.captured_queries} == {"SELECT"}
    assert rows_of_everything() == before
    assert policy().number("assistance.dibao.standard", on=FIRST) == standard


def test_a_year_asks_no_more_questions_than_a_month(village: Village, cast: Cast) -> None:
    for place in range(3):
        hold(village.family(f"户{place}"), DIBAO, "household")
    counts = []
    for months in (1, 12):
        with CaptureQueriesContext(connection) as asked:
            raised(cast.reviewer, months=months)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 20


def test_everybody_reckons_only_the_own_families(village: Village, cast: Cast, county: County) -> None:
    hold(village.family("本镇"), DIBAO, "household")
    hold(Village(county.zoufeng).family("邻镇"), DIBAO, "household")
    assert [raised(actor).total.before.persons for actor in (cast.reviewer, cast.clerk, cast.clerk_next_door)] == [2, 1, 1]
    assert [line.town for line in raised(cast.clerk_next_door, months=1).lines] == ["白甸镇"]


def test_a_simulation_needs_a_change_and_a_foreseeable_time(cast: Cast) -> None:
    with pytest.raises(BadValue, match="请至少选择一项要调整的标准"):
        foresight.supposed([], JULY)
    with pytest.raises(BadValue, match="测算月数应在 1 到 60 之间"):
        raised(cast.reviewer, months=61)


@pytest.mark.capability("SA-13")
def test_the_worklist_names_who_may_be_entitled_and_who_may_no_longer_be(village: Village, cast: Cast) -> None:
    village.family("应享")
    hold(village.family("应退", income__pension=300_000), DIBAO, "household")
    found = {each.name: each for each in foresight.worklist(cast.reviewer, JULY) if each.lead.programme == DIBAO}
    assert {name: each.lead.kind for name, each in found.items()} == {"应享": "entitled", "应退": "no_longer"}
    assert "收入达到或超过标准" in found["应退"].lead.reasons
    assert [each.name for each in foresight.chosen(found.values(), kind="entitled", text="应")] == ["应享"]


def test_the_worklist_ends_at_the_border_of_the_town(village: Village, cast: Cast) -> None:
    village.family("应享")
    assert foresight.worklist(cast.clerk_next_door, JULY) == []


def test_a_better_way_is_told_with_who_would_claim(village: Village, cast: Cast) -> None:
    disabled: dict[str, Any] = {"disability__kind": "physical", "disability__grade": 1, "income__fixed": 0}
    earner, ill = village.family("户主", income__wage=600_000), village.family("配偶", **disabled)
    home = Household.objects.get(head=earner)
    HouseholdMember.objects.filter(person=ill).update(household=home, relation="spouse")
    Household.objects.filter(head=ill).delete()
    (found,) = foresight.better_ways(cast.reviewer, JULY)
    assert (found.chooser, found.household_id) == ("配偶", home.pk)
    assert "单独申请低保（由配偶）：" in found.sentence


def test_every_way_of_one_family_is_told_the_best_first(village: Village, cast: Cast) -> None:
    disabled: dict[str, Any] = {"disability__kind": "physical", "disability__grade": 1, "income__fixed": 0}
    alone, aged = village.family("残疾人", **disabled), village.family("没有选择的人", income__pension=300_000)
    home, other = Household.objects.get(head=alone), Household.objects.get(head=aged)
    ways = foresight.ways_of(cast.reviewer, home.pk, JULY)
    assert [(each.label, each.chooser, each.is_best, each.is_claimed) for each in ways] == [
        ("按现有申请", "", True, True),
        ("不享受低保，按其他项目保障", "", False, False),
    ]
    assert ways[0].fen == 82_000 + 16_400 + 28_700 + 9_000
    assert ways[1].more == 82_000 + 9_000 - ways[0].fen
    assert ways[1].parts == "困难残疾人生活补贴820.00元、重度残疾人护理补贴90.00元"
    assert foresight.ways_of(cast.reviewer, other.pk, JULY) == []
    assert foresight.ways_of(cast.clerk_next_door, home.pk, JULY) == []


# ── what may not be held together ────────────────────────────────────────────────────────────────────────────────────────


def test_what_excludes_a_benefit_is_refused_when_it_is_granted(village: Village) -> None:
    child = village.family("小明", born=date(2015, 1, 1))
    hold(child, STIPEND, "orphan")
    with pytest.raises(Refused) as refused:
        hold(child, LIVING, "person")
    assert str(refused.value).startswith("小明已享受孤儿（")
    assert "不得同时享受" in str(refused.value)
    assert "国发〔2015〕52号" in str(refused.value)


def test_a_route_that_does_not_exclude_it_is_granted(village: Village) -> None:
    child = village.family("小红", born=date(2015, 1, 1))
    hold(child, STIPEND, "severe")
    assert hold(child, LIVING, "person").benefit == LIVING


def test_what_has_ended_before_excludes_nothing(village: Village) -> None:
    child = village.family("小刚", born=date(2015, 1, 1))
    held = hold(child, STIPEND, "orphan", since=date(2024, 5, 1))
    held.members.update(valid_until=date(2024, 6, 30), end_reason="other")
    assert hold(child, LIVING, "person").benefit == LIVING


def test_a_member_who_joins_is_looked_at_as_well(village: Village) -> None:
    head, child = village.family("户主"), village.family("孩子", born=date(2015, 1, 1))
    held = hold(head, LIVING, "person")
    hold(child, STIPEND, "orphan")
    HouseholdMember.objects.filter(person=child).update(household=held.household, relation="child")
    with pytest.raises(Refused, match="孩子已享受孤儿"):
        add_member(entitlement=held, person=child, valid_from=FIRST, actor=SYSTEM, on=date(2024, 6, 20))


def test_what_is_held_together_all_the_same_is_listed_to_whom_it_concerns(village: Village, cast: Cast) -> None:
    child = village.family("小兰", born=date(2015, 1, 1))
    hold(child, LIVING, "person")
    other = hold(village.family("别人"), LIVING, "person")
    Entitlement.objects.filter(pk=other.pk).update(benefit=STIPEND, route="orphan")
    other.members.update(benefit=STIPEND, person=child)
    (found,) = exclusive.held_together(cast.reviewer, FIRST)
    assert (found.person, found.relation.label) == (child, "不得同时享受")
    assert exclusive.held_together(cast.clerk_next_door, FIRST) == []
    with CaptureQueriesContext(connection) as asked:
        exclusive.held_together(cast.reviewer, FIRST)
    assert len(asked.captured_queries) == 1


# ── the platform's own families as tables ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_tables_that_are_written_decide_as_the_records_do(village: Village, tmp_path: Path, ending: str) -> None:
    hold(village.family("甲", income__pension=30_000), DIBAO, "household")
    village.family("乙", disability__kind="physical", disability__grade=2)
    chain = foresight.lasting()
    facts = chain.facts
    written = write_facts(chain, JULY, tmp_path, ending=ending, named=False)
    assert {path.name: rows for path, rows in written}[f"households.{ending}"] == 2
    read = read_tables(tmp_path, facts).snapshot(JULY, facts.values())
    own = Register(chain, JULY, JULY).snapshot(JULY, facts.values())
    for with_holdings in (read, own):
        assert with_holdings.held is not None
        assert with_holdings.held[DIBAO].tolist() == [True, False]
    first = decide(chain, read.batch, JULY, policy()).household_amounts()
    second = decide(chain, own.batch, JULY, policy()).household_amounts()
    assert {address: column.tolist() for address, column in first.items()} == {
        address: column.tolist() for address, column in second.items()
    }
    assert "甲" not in "".join(path.read_text(errors="replace") for path, _ in written)


def test_a_claim_is_told_whichever_programmes_ask_for_it(village: Village, cast: Cast, tmp_path: Path) -> None:
    alone = village.family("甲", disability__kind="physical", disability__grade=2)
    hold(alone, DIBAO, "single")
    every = foresight.chain()
    for chain in (foresight.lasting(), every):
        facts = chain.facts
        own = Register(chain, JULY, JULY).snapshot(JULY, facts.values())
        found = decide(chain, own.batch, JULY, policy()).assessed[DIBAO]
        assert DECIDED[DIBAO].routes is not None
        assert DECIDED[DIBAO].routes.name(int(found.route[0])) == "single_a"
    write_facts(every, JULY, tmp_path, ending="csv", named=False)
    read = read_tables(tmp_path, every.facts).snapshot(JULY, every.facts.values())
    assert read.batch.columns["household"]["claim_type"].tolist() == [1]


def test_an_empty_register_is_no_table(db: None, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="还没有登记任何家庭"):
        write_facts(foresight.lasting(), JULY, tmp_path, ending="csv", named=False)
