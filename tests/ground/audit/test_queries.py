"""Who reads what in the log."""

from datetime import date

import pytest
from django.db import transaction

from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.audit import chain, queries
from tests.conftest import TODAY, Cast, County

pytestmark = pytest.mark.capability("RP-08")


@pytest.fixture
def log(cast: Cast, county: County) -> None:
    with transaction.atomic():
        for actor, verb, summary, on, area in (
            (cast.clerk, "case.opened", "受理一件", date(2024, 6, 1), county.liuqiao),
            (cast.clerk, "case.step.taken", "入户走访", date(2024, 6, 10), county.liuqiao),
            (cast.clerk_next_door, "case.opened", "受理另一件", date(2024, 6, 20), county.zoufeng),
            (SYSTEM, "area.loaded", "装载区划", TODAY, county.county),
        ):
            chain.append(
                verb=verb, subject=area, actor_id=actor.id, actor_name=actor.name, on=on, summary=summary, basis="某办法"
            )


def said(actor: Actor, **filters: object) -> list[str]:
    return [line.summary for line in queries.lines(actor, **filters)]  # type: ignore[arg-type]  # one helper for all filters


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_auditor_and_administrator_read_everything(cast: Cast, log: None, name: str) -> None:
    assert said(getattr(cast, name)) == ["装载区划", "受理另一件", "入户走访", "受理一件"]


@pytest.mark.parametrize(
    ("name", "own"),
    [("clerk", ["入户走访", "受理一件"]), ("clerk_next_door", ["受理另一件"]), ("leader", []), ("cashier", [])],
)
def test_others_read_their_own_doings(cast: Cast, log: None, name: str, own: list[str]) -> None:
    assert said(getattr(cast, name)) == own


def test_a_nameless_actor_does_not_read_the_systems_lines(log: None) -> None:
    assert said(Actor(id=None, name="无名")) == []


def test_lines_by_verb_or_its_first_part(cast: Cast, log: None) -> None:
    assert said(cast.auditor, verb="case.opened") == ["受理另一件", "受理一件"]
    assert said(cast.auditor, verb="case") == ["受理另一件", "入户走访", "受理一件"]
    assert said(cast.auditor, verb="cas") == []


def test_lines_between_days_both_included(cast: Cast, log: None) -> None:
    assert said(cast.auditor, since=date(2024, 6, 10), until=date(2024, 6, 20)) == ["受理另一件", "入户走访"]


def test_lines_of_a_record(cast: Cast, county: County, log: None) -> None:
    assert said(cast.auditor, subject=("areas.area", county.liuqiao.pk)) == ["入户走访", "受理一件"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("另一件", ["受理另一件"]),
        ("邻经办", ["受理另一件"]),
        ("某办法", ["装载区划", "受理另一件", "入户走访", "受理一件"]),
        ("没有", []),
    ],
)
def test_lines_with_a_text(cast: Cast, log: None, text: str, found: list[str]) -> None:
    assert said(cast.auditor, text=text) == found


def test_verbs_are_those_in_sight(cast: Cast, log: None) -> None:
    assert queries.verbs(cast.auditor) == ["area.loaded", "case.opened", "case.step.taken"]
    assert queries.verbs(cast.clerk_next_door) == ["case.opened"]
