"""Money goes to another account or another person only after somebody else has confirmed it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.actions import change_payee
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.payments import queries
from anmin.ground.payments.actions import confirm_change, make_bank_file, refuse_change
from anmin.ground.payments.models import PayoutChange, Roll
from anmin.ground.people.actions import change_person
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import decrypt
from tests.conftest import Cast
from tests.ground.payments.conftest import Approve
from tests.stipend_stage import ACCOUNT, Stage

pytestmark = pytest.mark.capability("SA-18")

MARCH, TOLD, SENT = date(2024, 3, 1), date(2024, 3, 6), date(2024, 3, 8)
OTHER, THIRD = "6222021111000000002", "6222021111000000003"


@pytest.fixture
def held(stage: Stage) -> Entitlement:
    return stage.family(10_000, since=MARCH)


@pytest.fixture
def roll(held: Entitlement, approved: Approve) -> Roll:
    return approved("2024-03")


def to_other(held: Entitlement, cast: Cast, account: str = OTHER) -> PayoutChange:
    """The clerk alone writes down another account."""
    person = Person.objects.get(pk=held.payee_id)
    change_person(person=person, bank_account=account, actor=cast.clerk, on=TOLD)
    return PayoutChange.objects.get(state="waiting")


def reasons(roll: Roll, cast: Cast) -> list[str]:
    return [each.reason for each in queries.held_back(cast.cashier, roll)]


def test_nothing_is_sent_to_an_account_that_a_clerk_alone_has_changed(held: Entitlement, roll: Roll, cast: Cast) -> None:
    change = to_other(held, cast)
    with pytest.raises(Refused, match="没有待送银行的款项，1 笔因账户问题未能列入"):
        make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    assert reasons(roll, cast) == ["银行账号已更换，尚待另一人确认"]
    confirm_change(change=change, actor=cast.cashier, on=SENT)
    assert make_bank_file(roll=roll, actor=cast.cashier, on=SENT).count == 1


def test_who_changed_it_does_not_confirm_it(held: Entitlement, cast: Cast) -> None:
    person = Person.objects.get(pk=held.payee_id)
    change_person(person=person, bank_account=OTHER, actor=cast.reviewer, on=TOLD)
    change = PayoutChange.objects.get()
    told = "^账号、领款人的变更应由变更人以外的科室审核人、审核确认人或发放经办人确认$"
    for actor in (cast.reviewer, cast.clerk, cast.second_clerk):
        with pytest.raises(Refused, match=told):
            confirm_change(change=change, actor=actor, on=TOLD)
    with pytest.raises(IntegrityError, match=r"(?i)change_settled_by_another"), transaction.atomic():
        PayoutChange.objects.update(settled_by=cast.reviewer.id, settled_on=TOLD)


def test_a_refused_change_leaves_the_account_of_before(held: Entitlement, roll: Roll, cast: Cast) -> None:
    to_other(held, cast)
    # Changed once more before anybody looked: the account of before is still the first.
    change = to_other(held, cast, THIRD)
    with pytest.raises(BadValue, match="请写明不予确认的原因"):
        refuse_change(change=change, note=" ", actor=cast.decision_maker, on=TOLD)
    refuse_change(change=change, note="本人称没有换卡。", actor=cast.decision_maker, on=TOLD)
    person = Person.objects.get(pk=held.payee_id)
    assert (decrypt(bytes(person.bank_account_cipher or b"")), person.bank_account_mask[-4:]) == (ACCOUNT, ACCOUNT[-4:])
    assert make_bank_file(roll=roll, actor=cast.cashier, on=SENT).count == 1
    with pytest.raises(Refused, match="这项变更已是“不予确认”"):
        confirm_change(change=change, actor=cast.cashier, on=SENT)


def test_the_same_account_typed_again_changes_nothing(held: Entitlement, cast: Cast) -> None:
    person = Person.objects.get(pk=held.payee_id)
    with pytest.raises(BadValue, match="没有任何变化"):
        change_person(person=person, bank_account=ACCOUNT, actor=cast.clerk, on=TOLD)
    assert not PayoutChange.objects.exists()


def test_a_first_account_of_somebody_registered_waits_too(stage: Stage, cast: Cast) -> None:
    person = stage.person("无账号")
    Person.objects.filter(pk=person.pk).update(bank_account_cipher=None, bank_account_mask="")
    change_person(person=Person.objects.get(pk=person.pk), bank_account=OTHER, actor=cast.clerk, on=TOLD)
    assert PayoutChange.objects.get().mask_before == ""


def test_another_payee_waits_and_is_put_back_when_refused(held: Entitlement, roll: Roll, stage: Stage, cast: Cast) -> None:
    before, heir = held.payee, stage.person("继承人")
    change_payee(entitlement=held, payee=heir, reason="原领款人外出务工", actor=cast.clerk, on=TOLD)
    assert reasons(roll, cast) == ["领款人已变更，尚待另一人确认"]
    refuse_change(change=PayoutChange.objects.get(), note="非本户成员。", actor=cast.reviewer, on=TOLD)
    held.refresh_from_db()
    assert (held.payee, reasons(roll, cast)) == (before, [])


def test_what_is_brought_in_at_set_up_waits_for_nobody(held: Entitlement, cast: Cast) -> None:
    change_person(person=Person.objects.get(pk=held.payee_id), bank_account=OTHER, actor=SYSTEM, on=TOLD)
    assert not PayoutChange.objects.exists()


def test_a_clerk_next_door_sees_no_change(held: Entitlement, cast: Cast) -> None:
    change = to_other(held, cast)
    assert list(queries.payout_changes(cast.clerk)) == [change]
    assert (list(queries.payout_changes(cast.clerk_next_door)), queries.payout_change(cast.clerk_next_door, change.pk)) == (
        [],
        None,
    )
