"""A roll is generated, checked, approved, by three people; or discarded before approval."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from django.db import IntegrityError

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.entitlements.benefits import BENEFITS, Benefit
from anmin.ground.payments.differences import differences
from anmin.ground.payments.ledger import load_ledger, problems, write_lines
from anmin.ground.payments.models import Roll, RollLine, RollNotice
from anmin.ground.payments.permissions import may_approve_roll, may_check_roll, may_discard_roll, may_generate_roll
from anmin.ground.payments.settlement import settle
from anmin.ground.payments.vocabulary import RollState
from anmin.ground.policy.book import policy

HORIZON = "payments.rolls.horizon_months"


@action("roll.generated", permission=may_generate_roll)
def generate_roll(
    *, benefit: str, month: Month | str, actor: Actor, on: date, told: Callable[[Month], None] | None = None
) -> Roll:
    """The roll of the month is there with all its lines, by what is known now; complete, or not at all.

    Each line is the difference between what is due and what stands on approved rolls, for the month and for those before it as
    far back as the policy says; `told` hears of each month before it is reckoned.
    Basis: 财办〔2020〕37号; the rules of the benefit.
    Refuses: a benefit that pays nothing, a month that has its roll, one before a later roll, one further off than next month, a
    month before the first policy value, and any month while another roll of the benefit waits for approval.
    """
    declared = BENEFITS[benefit]
    if not declared.pays:
        raise Refused(f"{declared.label}只作认定、不按月发放，没有名册。")
    month = month if isinstance(month, Month) else Month.parse(month)
    _check_month(declared, month, on)
    known_at = clock.instant(on)
    pay_day = policy().number(declared.pay_day, on=month.first_day, known_on=on)
    horizon = policy().number(HORIZON, on=month.first_day, known_on=on)
    roll = Roll(
        benefit=benefit,
        month=str(month),
        generated_by_id=actor.id,
        generated_on=on,
        known_at=known_at,
        pay_on=date(month.year, month.month, min(pay_day, monthrange(month.year, month.month)[1])),
        rules_version=declared.rules_version(),
    )
    try:
        roll.save(force_insert=True)
    except IntegrityError as error:  # somebody else was quicker
        raise Refused(f"{declared.label}{month.label}名册刚刚由他人生成，请刷新后查看。") from error
    ledger, since = load_ledger(benefit, month, month - horizon)
    write_lines(roll, differences(declared, ledger, month, since, known_at, told))
    roll.save(update_fields=["line_count", "household_count", "person_count", "total", "seal"])
    remark(
        f"生成{declared.label}{month.label}名册：{roll.household_count} 户、{roll.person_count} 人、"
        f"{roll.line_count} 行，合计 {format_yuan(roll.total)} 元",
        basis="财办〔2020〕37号",
        seal=roll.seal,
        total=roll.total,
        rules=roll.rules_version,
    )
    return roll


@action("roll.checked", permission=may_check_roll)
def check_roll(*, roll: Roll, actor: Actor, on: date) -> Roll:
    """Another person has checked the roll; every seal and total was computed anew from the lines and agrees.

    Refuses: a roll that is not just generated, the person who generated it, one whose lines or totals were touched.
    """
    roll = _locked(roll)
    if roll.state != RollState.GENERATED:
        raise Refused(f"{_named(roll)}的状态是“{RollState(roll.state).label}”，不能复核。")
    if actor.id == roll.generated_by_id:
        raise Refused(may_check_roll.reason)
    _refuse_problems(roll)
    roll.state, roll.checked_by_id, roll.checked_on = RollState.CHECKED, actor.id, on
    roll.save(update_fields=["state", "checked_by", "checked_on"])
    remark(f"复核{_named(roll)}：合计 {format_yuan(roll.total)} 元，各行封印和合计相符", seal=roll.seal)
    return roll


@action("roll.approved", permission=may_approve_roll)
def approve_roll(*, roll: Roll, actor: Actor, on: date) -> Roll:
    """The roll is frozen for good; each entitlement with something to get has one payment, each negative line its recovery.

    What a family agreed to is held back from the payment, up to the share the policy allows.
    Refuses: a roll that was not checked, the persons who generated or checked it, one whose lines were touched since.
    """
    roll = _locked(roll)
    if roll.state != RollState.CHECKED:
        raise Refused(f"{_named(roll)}的状态是“{RollState(roll.state).label}”，复核后才能审批。")
    if actor.id in {roll.generated_by_id, roll.checked_by_id}:
        raise Refused(may_approve_roll.reason)
    _refuse_problems(roll)
    roll.state, roll.approved_by_id, roll.approved_on = RollState.APPROVED, actor.id, on
    roll.save(update_fields=["state", "approved_by", "approved_on"])
    settled = settle(roll, on)
    remark(
        f"审批{_named(roll)}：应付 {settled.payments} 笔，{format_yuan(settled.gross)} 元，"
        f"抵扣 {format_yuan(settled.offset)} 元；待追回 {settled.recoveries} 笔，{format_yuan(settled.to_recover)} 元",
        seal=roll.seal,
        gross=settled.gross,
        offset=settled.offset,
        to_recover=settled.to_recover,
    )
    return roll


@action("roll.discarded", permission=may_discard_roll)
def discard_roll(*, roll: Roll, reason: str, actor: Actor, on: date) -> Roll:
    """The roll and its lines are gone and may be generated anew; the log keeps its totals and its seal.

    Refuses: an approved roll, no reason.
    """
    roll = _locked(roll)
    if roll.state == RollState.APPROVED:
        raise Refused(f"{_named(roll)}已审批，不能作废；差错在下月名册中以补发、扣回更正。")
    if not reason.strip():
        raise BadValue("请写明作废名册的原因。")
    remark(f"作废{_named(roll)}：{reason.strip()}", seal=roll.seal, total=roll.total, lines=roll.line_count, state=roll.state)
    RollLine.objects.filter(roll=roll).delete()
    RollNotice.objects.filter(roll=roll).delete()
    Roll.objects.filter(pk=roll.pk).delete()
    return roll


def _check_month(benefit: Benefit, month: Month, on: date) -> None:
    if month > Month.from_date(on) + 1:
        raise Refused(f"{month.label}还没有到，最多可以提前一个月生成名册。")
    for roll in Roll.objects.filter(benefit=benefit.address).order_by("month"):
        if roll.month == str(month):
            raise Refused(_there_already(roll))
        if roll.state != RollState.APPROVED:
            raise Refused(f"{_named(roll)}还没有审批，请先审批或作废后再生成{month.label}名册。")
        if Month.parse(roll.month) > month:
            raise Refused(f"{_named(roll)}已审批，不能再生成更早的{month.label}名册；漏发的金额由下一期名册补发。")


def _there_already(roll: Roll) -> str:
    if roll.state == RollState.APPROVED:
        return f"{_named(roll)}已审批，不能重复生成；有变化的金额由下一期名册补发、扣回。"
    said = RollState(roll.state).label
    return f"{_named(roll)}{said}，不能重复生成；情况有变化的，请先在该名册的页面作废，再重新生成。"


def _locked(roll: Roll) -> Roll:
    """The roll as it stands now, held until the action ends."""
    found = Roll.objects.select_for_update().filter(pk=roll.pk).first()
    if found is None:
        raise Refused("这份名册已作废，请刷新后查看。")
    return found


def _refuse_problems(roll: Roll) -> None:
    found = list(problems(roll))
    if found:
        raise Refused(f"{_named(roll)}的内容被改动过，不能继续：{'；'.join(found[:3])}。请作废后重新生成，并报告系统管理员。")


def _named(roll: Roll) -> str:
    return f"{BENEFITS[roll.benefit].label}{Month.parse(roll.month).label}名册"
