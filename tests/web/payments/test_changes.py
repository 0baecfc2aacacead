"""The pages on which a second person looks at another account."""

import re
from datetime import date
from typing import Any

import pytest

from anmin.ground.payments.models import PayoutChange
from anmin.ground.people.actions import change_person
from anmin.ground.people.models import Person
from tests.conftest import Cast
from tests.ground.payments.conftest import stage
from tests.stipend_stage import Stage
from tests.web.signed_in import browser_of

__all__ = ["stage"]  # the fixture of the room itself

pytestmark = pytest.mark.capability("SA-18")


@pytest.fixture
def change(stage: Stage, cast: Cast) -> PayoutChange:
    held = stage.family(10_000, since=date(2024, 3, 1))
    person = Person.objects.get(pk=held.payee_id)
    change_person(person=person, bank_account="6222021111000000002", actor=cast.clerk, on=date(2024, 3, 6))
    return PayoutChange.objects.get()


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_change_is_listed_looked_at_and_confirmed(change: PayoutChange, cast: Cast) -> None:
    browser = browser_of(cast.cashier)
    listed = said(browser.get("/payments/changes"))
    assert "更换银行账号" in listed
    assert "***************0002" in listed
    assert "6222021111000000002" not in listed
    assert "确认变更" in said(browser.get(f"/payments/changes/{change.pk}"))
    assert browser.post(f"/payments/changes/{change.pk}/settle", {"verdict": "confirmed"}).status_code == 302
    change.refresh_from_db()
    assert (change.state, change.settled_by_id) == ("confirmed", cast.cashier.id)
    assert "没有符合条件的变更" in said(browser.get("/payments/changes"))
    assert "已确认" in said(browser.get("/payments/changes?state=all"))


def test_a_refusal_without_a_reason_stays_on_the_page(change: PayoutChange, cast: Cast) -> None:
    answer = browser_of(cast.reviewer).post(f"/payments/changes/{change.pk}/settle", {"verdict": "refused"})
    assert (answer.status_code, "请写明不予确认的原因" in said(answer)) == (422, True)


def test_who_changed_it_is_told_who_confirms(change: PayoutChange, cast: Cast) -> None:
    page = said(browser_of(cast.clerk).get(f"/payments/changes/{change.pk}"))
    assert "变更人以外的科室审核人、审核确认人或发放经办人确认" in page


def test_a_clerk_next_door_finds_nothing(change: PayoutChange, cast: Cast) -> None:
    assert browser_of(cast.clerk_next_door).get(f"/payments/changes/{change.pk}").status_code == 404


def test_changes_are_exported(change: PayoutChange, cast: Cast) -> None:
    assert browser_of(cast.leader).get("/payments/changes?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")
