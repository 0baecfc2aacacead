"""What a household would be due with one fact replaced: many suppositions in one go, nothing written, unknown stays unknown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.ground.entitlements.what_if import what_if
from anmin.ground.people.models import Fact, Household
from anmin.ground.verification.declarations import Supposed
from tests.conftest import TODAY, Cast, County
from tests.verification_stage import Stage

DIBAO = "assistance.dibao"


@pytest.fixture
def stage(cast: Cast, county: County) -> Stage:
    return Stage(cast, county.liuqiao)


@pytest.fixture
def home(stage: Stage) -> Household:
    made = stage.family(stage.person("张桂兰", date(1957, 3, 1)), stage.person("李国强", date(1956, 5, 1)))
    stage.holds(made)
    return made


def wage(home: Household, person_id: int, fen: int) -> Supposed:
    return Supposed(home.pk, person_id, "income.wage", fen)


@pytest.mark.capability("SA-12")
def test_each_supposition_stands_alone_and_changes_nothing(home: Household) -> None:
    wife, husband = (row.person_id for row in home.members.order_by("id"))
    facts = Fact.objects.count()
    supposed = [wage(home, wife, 100_000), wage(home, husband, 120_000), wage(home, husband, 500_000)]
    # 2 × 820, less the wage but for 30 % of the standard.
    assert what_if(supposed, TODAY, "") == [(164_000, 88_600), (164_000, 68_600), (164_000, 0)]
    assert Fact.objects.count() == facts


def test_a_family_that_holds_nothing_is_reckoned_as_applying(stage: Stage) -> None:
    alone = stage.person("周秀英", date(1957, 3, 1))
    home = stage.family(alone)
    assert what_if([wage(home, alone.pk, 60_000)], TODAY, DIBAO) == [(90_200, 54_800)]
    assert what_if([wage(home, alone.pk, 60_000)], TODAY, "") == [(None, None)]


def test_what_no_rule_asks_and_what_cannot_be_said_is_not_said(stage: Stage, home: Household) -> None:
    head = home.head_id
    assert what_if([Supposed(home.pk, head, "expense.medical", 1)], TODAY, "") == [(None, None)]
    Fact.objects.filter(person_id=head, kind="income.pension").update(superseded_at="2024-01-01T00:00:00+08:00")
    assert what_if([wage(home, head, 60_000)], TODAY, "") == [(None, None)]


def test_of_a_persons_benefit_the_amount_is_that_persons(stage: Stage) -> None:
    old = stage.person("周秀英", date(1940, 1, 1), {"capacity.lost": 1, "obligor.none": 1, "care.items_lost": 0})
    home = stage.family(old)
    stage.holds(home, "assistance.tekun", "at_home")
    ((before, after),) = what_if([Supposed(home.pk, old.pk, "assets.financial", 90_000_000)], TODAY, "")
    assert before is not None
    assert (before > 0, after) == (True, 0)


def test_a_hundred_suppositions_ask_no_more_questions_than_one(stage: Stage, home: Household) -> None:
    def asked(supposed: list[Supposed]) -> int:
        with CaptureQueriesContext(connection) as counted:
            what_if(supposed, TODAY, DIBAO)
        return len(counted)

    one = asked([wage(home, home.head_id, 60_000)])
    assert asked([wage(home, home.head_id, fen * 100) for fen in range(100)]) == one
