"""A roll is a difference: generated whole, checked and approved by three people, frozen; nothing is paid twice."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.entitlements.actions import end_entitlement, resume, suspend
from anmin.ground.payments import queries
from anmin.ground.payments.actions import approve_roll, check_roll, discard_roll, generate_roll
from anmin.ground.payments.models import Payment, Recovery, Roll, RollLine, RollNotice
from tests.conftest import Cast
from tests.ground.payments.conftest import Approve
from tests.stipend_stage import STIPEND, Stage

MARCH, APRIL = date(2024, 3, 3), date(2024, 4, 3)


def lines_of(roll: Roll) -> list[tuple[str, str, int, int, int]]:
    return list(roll.lines.values_list("for_month", "kind", "due", "already", "amount"))


def generate(cast: Cast, month: str, on: date) -> Roll:
    return generate_roll(benefit=STIPEND, month=month, actor=cast.cashier, on=on)


@pytest.mark.capability("SA-18")
def test_generate_roll_has_a_line_for_each_entitlement_with_what_it_rests_on(stage: Stage, cast: Cast) -> None:
    held = stage.family(10_000, 5_000, since=date(2024, 3, 1))
    roll = generate(cast, "2024-03", MARCH)
    line = roll.lines.get()
    assert (line.kind, line.persons, line.due, line.already, line.amount) == ("regular", 2, 15_000, 0, 15_000)
    assert line.snapshot == {"route": "household", "parts": {"stipend": 15_000}, "documents": ["测民发〔2023〕1号"]}
    assert (line.entitlement_id, line.area_id) == (held.pk, stage.area.pk)
    assert (roll.line_count, roll.household_count, roll.person_count, roll.total) == (1, 1, 2, 15_000)
    assert (roll.pay_on, roll.state, roll.rules_version) == (date(2024, 3, 10), "generated", "trial-1")
    audit = AuditLine.objects.get(verb="roll.generated")
    assert (audit.details["seal"], audit.details["total"]) == (roll.seal, 15_000)


def test_generate_roll_pays_back_the_months_since_the_start(stage: Stage, cast: Cast) -> None:
    stage.family(10_000, since=date(2024, 1, 1))
    roll = generate(cast, "2024-03", MARCH)
    assert lines_of(roll) == [
        ("2024-01", "back_pay", 10_000, 0, 10_000),
        ("2024-02", "back_pay", 10_000, 0, 10_000),
        ("2024-03", "regular", 10_000, 0, 10_000),
    ]


def test_generate_roll_looks_back_no_further_than_the_policy_says(stage: Stage, cast: Cast) -> None:
    stage.family(10_000, since=date(2023, 1, 1))
    roll = generate(cast, "2024-03", MARCH)
    assert [line[0] for line in lines_of(roll)] == ["2023-12", "2024-01", "2024-02", "2024-03"]


def test_generate_roll_twice_is_refused(stage: Stage, cast: Cast) -> None:
    stage.family(10_000)
    generate(cast, "2024-03", MARCH)
    with pytest.raises(Refused, match="试行津贴2024年3月名册已生成，不能重复生成；情况有变化的，请先在该名册的页面作废"):
        generate(cast, "2024-03", MARCH)
    assert Roll.objects.count() == 1


def test_generate_roll_after_discarding_gives_the_same_roll(stage: Stage, cast: Cast) -> None:
    stage.family(10_000)
    stage.family(None)
    first = generate(cast, "2024-03", MARCH)
    seal, seals = first.seal, list(first.lines.values_list("seal", flat=True))
    discard_roll(roll=first, reason="先核对账号", actor=cast.cashier, on=MARCH)
    assert (Roll.objects.count(), RollLine.objects.count(), RollNotice.objects.count()) == (0, 0, 0)
    second = generate(cast, "2024-03", MARCH)
    assert (second.seal, list(second.lines.values_list("seal", flat=True))) == (seal, seals)
    assert AuditLine.objects.get(verb="roll.discarded").details["seal"] == seal


def test_next_roll_pays_nothing_twice(stage: Stage, cast: Cast, approved: Approve) -> None:
    stage.family(10_000, since=date(2024, 3, 1))
    approved("2024-03")
    assert lines_of(generate(cast, "2024-04", APRIL)) == [("2024-04", "regular", 10_000, 0, 10_000)]


def test_generate_roll_waits_for_the_open_one(stage: Stage, cast: Cast) -> None:
    stage.family(10_000)
    generate(cast, "2024-03", MARCH)
    with pytest.raises(Refused, match="试行津贴2024年3月名册还没有审批，请先审批或作废后再生成2024年4月名册"):
        generate(cast, "2024-04", APRIL)


def test_database_refuses_two_open_rolls_of_a_benefit(stage: Stage, cast: Cast) -> None:
    first = generate(cast, "2024-03", MARCH)
    with pytest.raises(IntegrityError, match="benefit"), transaction.atomic():
        Roll.objects.create(
            benefit=STIPEND, month="2024-04", generated_on=MARCH, known_at=first.known_at, pay_on=MARCH, rules_version="x"
        )


def test_generate_roll_refuses_a_month_before_an_approved_one_and_one_too_far_off(
    stage: Stage, cast: Cast, approved: Approve
) -> None:
    stage.family(10_000)
    approved("2024-03")
    with pytest.raises(Refused, match="2024年3月名册已审批，不能再生成更早的2024年2月名册"):
        generate(cast, "2024-02", MARCH)
    with pytest.raises(Refused, match="2024年5月还没有到"):
        generate(cast, "2024-05", MARCH)


def test_generate_roll_refuses_a_month_that_is_none(stage: Stage, cast: Cast) -> None:
    with pytest.raises(BadValue, match="月份应为 1 至 12"):
        generate(cast, "2024-13", MARCH)


@pytest.mark.capability("SA-18")
def test_a_raise_learnt_late_is_paid_back(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    approved("2024-03")
    approved("2024-04")
    stage.stipend(held.holder, 12_000, date(2024, 3, 1), recorded_on=date(2024, 4, 20))
    assert lines_of(generate(cast, "2024-05", date(2024, 5, 3))) == [
        ("2024-03", "back_pay", 12_000, 10_000, 2_000),
        ("2024-04", "back_pay", 12_000, 10_000, 2_000),
        ("2024-05", "regular", 12_000, 0, 12_000),
    ]


@pytest.mark.capability("SA-18")
def test_an_end_learnt_late_is_taken_back(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    approved("2024-03")
    approved("2024-04")
    Payment.objects.update(state="paid", paid_on=date(2024, 4, 10))
    end_entitlement(
        entitlement=held, valid_until=date(2024, 3, 31), reason="died", actor=cast.decision_maker, on=date(2024, 4, 28)
    )
    roll = approved("2024-05")
    assert lines_of(roll) == [("2024-04", "recovery", 0, 10_000, -10_000)]
    assert roll.lines.get().snapshot == {"route": "household", "not_due": "not_in_force"}
    assert Recovery.objects.values_list("amount", "recovered", "opened_on").get() == (10_000, 0, date(2024, 5, 3))
    assert Payment.objects.filter(roll=roll).count() == 0


def test_an_undetermined_household_has_no_line_but_a_notice(stage: Stage, cast: Cast) -> None:
    held = stage.family(None, since=date(2024, 2, 1))
    roll = generate(cast, "2024-03", MARCH)
    assert lines_of(roll) == []
    notice = roll.notices.get()
    assert (notice.entitlement_id, notice.kind, notice.months, notice.reasons) == (
        held.pk, "undetermined", ["2024-02", "2024-03"], ["没有登记其他转移净收入"],
    )  # fmt: skip


def test_what_has_become_unknown_is_not_taken_back(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    approved("2024-03")
    held.holder.facts.update(superseded_at=clock.instant(date(2024, 3, 20)))
    assert lines_of(generate(cast, "2024-04", APRIL)) == []


def test_nothing_due_is_a_notice(stage: Stage, cast: Cast) -> None:
    stage.family(0, since=date(2024, 3, 1))
    roll = generate(cast, "2024-03", MARCH)
    assert (lines_of(roll), [notice.kind for notice in roll.notices.all()]) == ([], ["nothing_due"])


def test_suspended_months_are_held_back_and_paid_when_released(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    approved("2024-03")
    who = {"actor": cast.decision_maker, "on": date(2024, 3, 25)}
    spell = suspend(entitlement=held, valid_from=date(2024, 4, 1), reason="复核中", **who)
    april = approved("2024-04")
    assert (lines_of(april), [notice.kind for notice in april.notices.all()]) == ([], ["suspended"])
    resume(suspension=spell, valid_until=date(2024, 4, 30), released=True, **who)
    assert lines_of(generate(cast, "2024-05", date(2024, 5, 3))) == [
        ("2024-04", "back_pay", 10_000, 0, 10_000),
        ("2024-05", "regular", 10_000, 0, 10_000),
    ]


def test_suspended_months_are_lost_when_not_released(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 4, 1))
    who = {"actor": cast.decision_maker, "on": date(2024, 3, 25)}
    spell = suspend(entitlement=held, valid_from=date(2024, 4, 1), reason="复核中", **who)
    approved("2024-04")
    resume(suspension=spell, valid_until=date(2024, 4, 30), released=False, **who)
    assert lines_of(generate(cast, "2024-05", date(2024, 5, 3))) == [("2024-05", "regular", 10_000, 0, 10_000)]


@pytest.mark.capability("SA-18")
def test_approval_freezes_the_roll_and_makes_payments(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=date(2024, 2, 1))
    roll = approved("2024-03")
    assert (roll.state, roll.generated_by_id, roll.checked_by_id, roll.approved_by_id) == (
        "approved", cast.cashier.id, cast.second_cashier.id, cast.leader.id,
    )  # fmt: skip
    payment = Payment.objects.get()
    assert (payment.entitlement_id, payment.payee_id, payment.gross, payment.offset, payment.net, payment.state) == (
        held.pk, held.payee_id, 20_000, 0, 20_000, "due",
    )  # fmt: skip
    for change in (
        lambda: RollLine.objects.filter(roll=roll).update(due=1, amount=1),
        lambda: RollLine.objects.filter(roll=roll).delete(),
        lambda: Roll.objects.filter(pk=roll.pk).update(total=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert queries.problems(cast.leader, roll) == []


def test_three_hands_are_three_persons(stage: Stage, cast: Cast) -> None:
    stage.family(10_000)
    roll = generate(cast, "2024-03", MARCH)
    with pytest.raises(Refused, match="生成人以外的发放经办人或科室审核人复核"):
        check_roll(roll=roll, actor=cast.cashier, on=MARCH)
    with pytest.raises(Refused, match="生成人以外的发放经办人或科室审核人复核"):
        check_roll(roll=roll, actor=cast.clerk, on=MARCH)
    with pytest.raises(Refused, match="“已生成”，复核后才能审批"):
        approve_roll(roll=roll, actor=cast.leader, on=MARCH)
    roll = check_roll(roll=roll, actor=cast.reviewer, on=MARCH)
    with pytest.raises(Refused, match="生成人、复核人以外的审核确认人或局领导审批"):
        approve_roll(roll=roll, actor=cast.second_cashier, on=MARCH)
    with pytest.raises(Refused, match="“已复核”，不能复核"):
        check_roll(roll=roll, actor=cast.second_cashier, on=MARCH)
    assert approve_roll(roll=roll, actor=cast.decision_maker, on=MARCH).state == "approved"


def test_only_a_cashier_generates(stage: Stage, cast: Cast) -> None:
    for actor in (cast.clerk, cast.leader, cast.decision_maker, cast.auditor, cast.administrator):
        with pytest.raises(Refused, match="只有全市的发放经办人可以生成发放名册"):
            generate_roll(benefit=STIPEND, month="2024-03", actor=actor, on=MARCH)


def test_an_approved_roll_is_never_discarded(stage: Stage, cast: Cast, approved: Approve) -> None:
    stage.family(10_000)
    roll = approved("2024-03")
    with pytest.raises(Refused, match="已审批，不能作废；差错在下月名册中以补发、扣回更正"):
        discard_roll(roll=roll, reason="错了", actor=cast.cashier, on=MARCH)


def test_discarding_needs_a_reason(stage: Stage, cast: Cast) -> None:
    roll = generate(cast, "2024-03", MARCH)
    with pytest.raises(BadValue, match="请写明作废名册的原因"):
        discard_roll(roll=roll, reason=" ", actor=cast.cashier, on=MARCH)


@pytest.mark.parametrize(
    "change",
    [{"due": 90_000, "amount": 90_000}, {"persons": 9}, {"snapshot": {"route": "household"}}],
    ids=["amount", "persons", "snapshot"],
)
def test_a_line_touched_between_the_hands_is_found(stage: Stage, cast: Cast, change: dict[str, object]) -> None:
    stage.family(10_000, since=date(2024, 3, 1))
    roll = generate(cast, "2024-03", MARCH)
    RollLine.objects.filter(roll=roll).update(**change)
    with pytest.raises(Refused, match="内容被改动过，不能继续：2024-03 的一行"):
        check_roll(roll=roll, actor=cast.second_cashier, on=MARCH)


def test_a_line_removed_before_approval_is_found(stage: Stage, cast: Cast) -> None:
    stage.family(10_000)
    stage.family(20_000)
    roll = check_roll(roll=generate(cast, "2024-03", MARCH), actor=cast.second_cashier, on=MARCH)
    RollLine.objects.filter(roll=roll).first().delete()  # type: ignore[union-attr]  # there are two
    with pytest.raises(Refused, match="名册合计与各行之和不一致；名册封印与各行不符"):
        approve_roll(roll=roll, actor=cast.leader, on=MARCH)


def test_what_is_recorded_after_the_roll_does_not_reach_it(stage: Stage, cast: Cast) -> None:
    held = stage.family(10_000, since=date(2024, 3, 1))
    stage.stipend(held.holder, 12_000, date(2024, 3, 1), recorded_on=date(2024, 3, 10))
    assert lines_of(generate(cast, "2024-03", date(2024, 3, 5))) == [("2024-03", "regular", 10_000, 0, 10_000)]


@pytest.mark.parametrize("families", [1, 4])
def test_generate_roll_takes_as_many_queries_for_one_family_as_for_four(stage: Stage, cast: Cast, families: int) -> None:
    for _ in range(families):
        stage.family(10_000, since=date(2024, 2, 1))
    with CaptureQueriesContext(connection) as asked:
        generate(cast, "2024-03", MARCH)
    # Savepoints aside; SQLite's one statement for all lines is noted as many, PostgreSQL's COPY not at all.
    kept = [each["sql"] for each in asked if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len([sql for sql in kept if "times:" not in sql]) == (14 if connection.vendor == "sqlite" else 16)
