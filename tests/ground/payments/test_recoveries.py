"""What was paid too much is got back by agreement, at most a fifth of a payment at a time; and cancelled when it proves right."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.entitlements.actions import end_entitlement
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.payments import queries
from anmin.ground.payments.actions import agree_offset, make_bank_file, record_repayment
from anmin.ground.payments.models import Payment, Recovery, Repayment
from tests.conftest import Cast
from tests.ground.payments.conftest import Approve
from tests.stipend_stage import Stage

APRIL_ON, MAY_ON = date(2024, 4, 20), date(2024, 5, 20)


@pytest.fixture
def overpaid(stage: Stage, cast: Cast, approved: Approve) -> Entitlement:
    """100 yuan was paid for March; on 20 March it turns out that 60 was right. April's roll takes 40 back."""
    held = stage.family(10_000, since=date(2024, 3, 1))
    approved("2024-03")
    Payment.objects.update(state="paid", paid_on=date(2024, 3, 10))
    stage.stipend(held.holder, 6_000, date(2024, 3, 1), recorded_on=date(2024, 3, 20))
    approved("2024-04")
    return held


def test_recovery_is_opened_and_the_payment_stays_whole_without_consent(overpaid: Entitlement, approved: Approve) -> None:
    april = Payment.objects.get(roll__month="2024-04")
    assert (april.gross, april.offset, april.net) == (6_000, 0, 6_000)
    assert Recovery.objects.values_list("amount", "recovered").get() == (4_000, 0)
    approved("2024-05")
    assert Payment.objects.get(roll__month="2024-05").offset == 0


@pytest.mark.capability("SA-18")
def test_agreed_recovery_takes_a_fifth_of_each_payment(overpaid: Entitlement, cast: Cast, approved: Approve) -> None:
    agree_offset(recovery=Recovery.objects.get(), actor=cast.clerk, on=APRIL_ON)
    for month in ("2024-05", "2024-06", "2024-07", "2024-08"):
        approved(month)
    offsets = list(Payment.objects.filter(roll__month__gte="2024-05").order_by("roll__month").values_list("offset", "net"))
    assert offsets == [(1_200, 4_800), (1_200, 4_800), (1_200, 4_800), (400, 5_600)]
    recovery = Recovery.objects.get()
    assert (recovery.recovered, recovery.amount) == (4_000, 4_000)
    assert list(recovery.repayments.values_list("amount", flat=True)) == [1_200, 1_200, 1_200, 400]
    with pytest.raises(Refused, match="这笔追回已结清"):
        record_repayment(recovery=recovery, amount=1, actor=cast.clerk, on=MAY_ON)


def test_agreeing_twice_is_refused(overpaid: Entitlement, cast: Cast) -> None:
    recovery = agree_offset(recovery=Recovery.objects.get(), actor=cast.clerk, on=APRIL_ON)
    with pytest.raises(Refused, match="已于 2024-04-20 取得同意"):
        agree_offset(recovery=recovery, actor=cast.clerk, on=APRIL_ON)


def test_repayment_is_recorded_up_to_what_is_outstanding(overpaid: Entitlement, cast: Cast) -> None:
    recovery = record_repayment(recovery=Recovery.objects.get(), amount=1_000, note="现金", actor=cast.clerk, on=APRIL_ON)
    assert (recovery.recovered, Repayment.objects.get().amount) == (1_000, 1_000)
    with pytest.raises(BadValue, match=r"退回金额 40\.00 元超过未追回的 30\.00 元"):
        record_repayment(recovery=recovery, amount=4_000, actor=cast.clerk, on=APRIL_ON)
    with pytest.raises(BadValue, match="退回金额应大于 0"):
        record_repayment(recovery=recovery, amount=0, actor=cast.clerk, on=APRIL_ON)


def test_a_clerk_next_door_may_not_touch_nor_see_a_recovery(overpaid: Entitlement, cast: Cast) -> None:
    with pytest.raises(Refused, match="只有本地经办人或发放经办人可以登记追回事项"):
        agree_offset(recovery=Recovery.objects.get(), actor=cast.clerk_next_door, on=APRIL_ON)
    assert (queries.recoveries(cast.clerk_next_door).count(), queries.recoveries(cast.clerk).count()) == (0, 1)


def test_back_pay_for_a_month_under_recovery_cancels_it_instead_of_paying_twice(
    overpaid: Entitlement, stage: Stage, approved: Approve
) -> None:
    stage.stipend(overpaid.holder, 10_000, date(2024, 3, 1), recorded_on=date(2024, 4, 20))
    approved("2024-05")
    may = Payment.objects.get(roll__month="2024-05")
    # March 40 (cancelled), April 40 and May 100 are owed.
    assert (may.gross, may.offset, may.net) == (18_000, 4_000, 14_000)
    assert Recovery.objects.values_list("amount", "recovered").get() == (4_000, 4_000)
    assert Repayment.objects.get().note == "2024-03 重新认定后冲销"
    assert sum(Payment.objects.values_list("net", flat=True)) == 30_000


@pytest.mark.capability("SA-18")
@pytest.mark.parametrize("state", ["due", "failed"])
def test_nobody_is_asked_for_money_that_never_left(stage: Stage, approved: Approve, state: str) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    approved("2024-03")
    Payment.objects.update(state=state)
    stage.stipend(held.holder, 6_000, date(2024, 3, 1), recorded_on=date(2024, 3, 20))
    approved("2024-04")
    march = Payment.objects.get(roll__month="2024-03")
    assert (march.gross, march.offset, march.net, march.state) == (10_000, 4_000, 6_000, state)
    assert Recovery.objects.values_list("amount", "recovered").get() == (4_000, 4_000)
    assert Repayment.objects.values_list("payment", "amount", "note").get() == (
        march.pk,
        4_000,
        "2024-03 的款项尚未发出，直接冲减",
    )


def test_a_payment_taken_back_whole_goes_to_no_bank(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    march = approved("2024-03")
    end_entitlement(
        entitlement=held, valid_until=date(2024, 3, 31), reason="died", actor=cast.decision_maker, on=date(2024, 4, 2)
    )
    stage.stipend(held.holder, 0, date(2024, 3, 1), recorded_on=date(2024, 3, 20))
    approved("2024-04")
    with pytest.raises(Refused, match="没有待送银行的款项"):
        make_bank_file(roll=march, actor=cast.cashier, on=APRIL_ON)
    assert list(queries.recoveries(cast.leader)) == []


def test_money_at_the_bank_is_asked_back(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    make_bank_file(roll=approved("2024-03"), actor=cast.cashier, on=date(2024, 3, 8))
    stage.stipend(held.holder, 6_000, date(2024, 3, 1), recorded_on=date(2024, 3, 20))
    approved("2024-04")
    assert Recovery.objects.values_list("amount", "recovered").get() == (4_000, 0)
