"""A line that pays or takes back says why: what was published, learned or decided since its month was paid."""

from datetime import date
from typing import Any

import pytest

from anmin.base.errors import Refused
from anmin.ground.documents.models import Document as Issued
from anmin.ground.entitlements.actions import end_entitlement
from anmin.ground.payments.actions import issue_recovery_notice, record_repayment
from anmin.ground.payments.models import Payment, Recovery, Roll
from anmin.ground.payments.queries import causes
from anmin.ground.people.actions import record_death
from anmin.ground.policy import book
from anmin.ground.policy.parameters import Parameters
from tests.conftest import Cast
from tests.lines.assistance.dibao.test_benefit import Register, approved, families, policy, raised
from tests.web.signed_in import browser_of

__all__ = ["families", "policy"]  # fixtures of the benefit's own tests

pytestmark = pytest.mark.capability("SA-18")


def told(cast: Cast, roll: Roll) -> list[tuple[str, list[str]]]:
    rows = roll.lines.order_by("for_month").select_related("roll", "entitlement")
    return [(line.for_month, causes(cast.reviewer, line)) for line in rows]


def test_a_standard_published_late_is_the_cause(families: Register, cast: Cast, policy: Parameters) -> None:
    person = families.person()
    families.hold(families.household(person), person, since=date(2024, 7, 1))
    with book.use(raised(policy)):
        approved(cast, "2024-07", date(2024, 7, 3))
        september = approved(cast, "2024-08", date(2024, 8, 28))
        said = (
            "“最低生活保障标准”自2024-07-01起调整（《关于调整最低生活保障标准的通知》（测政发〔2024〕8号），2024-08-20公布）："
            "820.00元/人·月 → 850.00元/人·月。"
        )
        assert told(cast, september) == [("2024-07", [said]), ("2024-08", [])]


def test_an_income_found_late_is_the_cause(families: Register, cast: Cast) -> None:
    person = families.person()
    families.hold(families.household(person), person, since=date(2024, 4, 1))
    approved(cast, "2024-04", date(2024, 4, 3))
    families.fact(person, "income.pension", 20_000, date(2024, 3, 1), date(2024, 4, 20))
    may = approved(cast, "2024-05", date(2024, 5, 3))
    assert told(cast, may)[0] == (
        "2024-04",
        [f"{person.name}的养老金：0.00 元 → 200.00 元（2024-04-20记录，来源：test）。"],
    )


def test_a_death_reported_late_is_one_cause_however_much_ends_with_it(families: Register, cast: Cast) -> None:
    first, second = families.person(), families.person()
    families.hold(families.household(first, second), first, second, since=date(2024, 4, 1))
    approved(cast, "2024-04", date(2024, 4, 3))
    record_death(person=second, died_on=date(2024, 3, 20), source="殡仪馆", actor=cast.clerk, on=date(2024, 4, 20))
    may = approved(cast, "2024-05", date(2024, 5, 3))
    assert told(cast, may)[0] == ("2024-04", [f"{second.name}于2024-03-20去世（2024-04-20记录，来源：殡仪馆）。"])


def test_a_grant_decided_late_is_the_cause(families: Register, cast: Cast) -> None:
    person = families.person()
    families.hold(families.household(person), person, since=date(2024, 4, 1))
    held = person.covered_by.get().entitlement
    type(held).objects.filter(pk=held.pk).update(decided_on=date(2024, 5, 20))
    june = approved(cast, "2024-06", date(2024, 6, 3))
    assert told(cast, june)[0] == ("2024-04", ["2024-05-20审定给予，自2024年4月起计发，此前月份补发。"])


@pytest.fixture
def recovery(families: Register, cast: Cast) -> Recovery:
    """May was paid to somebody whose dibao had ended with April."""
    person = families.person()
    held = families.hold(families.household(person), person, since=date(2024, 4, 1))
    for month in (4, 5):
        approved(cast, f"2024-0{month}", date(2024, month, 3))
    Payment.objects.update(state="paid", paid_on=date(2024, 5, 10))
    end_entitlement(
        entitlement=held, valid_until=date(2024, 4, 30), reason="moved", actor=cast.decision_maker, on=date(2024, 5, 28)
    )
    approved(cast, "2024-06", date(2024, 6, 3))
    return Recovery.objects.get()


def test_the_letter_asks_for_it_back_with_its_reason(recovery: Recovery, cast: Cast) -> None:
    letter = issue_recovery_notice(recovery=recovery, actor=cast.clerk, on=date(2024, 6, 5))
    said = str(Issued.objects.get(pk=letter.pk).content)
    assert "待遇已于2024-04-30终止（户籍迁出），2024年5月不应再发。" in said
    assert "多发902.00元" in said
    # Asked for again, the same letter is given.
    assert issue_recovery_notice(recovery=recovery, actor=cast.clerk, on=date(2024, 6, 9)) == letter


def test_what_has_come_back_needs_no_letter(recovery: Recovery, cast: Cast) -> None:
    record_repayment(recovery=recovery, amount=recovery.amount, actor=cast.cashier, on=date(2024, 6, 4))
    with pytest.raises(Refused, match="已结清"):
        issue_recovery_notice(recovery=recovery, actor=cast.clerk, on=date(2024, 6, 5))


def test_the_pages_tell_it(recovery: Recovery, cast: Cast) -> None:
    browser = browser_of(cast.clerk)

    def page(path: str) -> Any:
        return browser.get(path).content.decode()

    assert "不应再发" in page(f"/payments/lines/{recovery.line_id}")
    assert "不应再发" in page(f"/payments/recoveries/{recovery.pk}")
    assert "样稿" in page(f"/payments/recoveries/{recovery.pk}/notice")
    assert browser.post(f"/payments/recoveries/{recovery.pk}/notice/issue").status_code == 302
    assert "内容不再改变" in page(f"/payments/recoveries/{recovery.pk}/notice")


def test_who_may_not_see_the_family_is_told_nothing(recovery: Recovery, cast: Cast) -> None:
    assert causes(cast.clerk_next_door, recovery.line) == []
    assert browser_of(cast.clerk_next_door).get(f"/payments/recoveries/{recovery.pk}/notice").status_code == 404
