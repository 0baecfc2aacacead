"""An emergency is aided first; papers follow; what is over the town's limit goes to the county and through a roll."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.ground.cases.actions import issue_paper
from anmin.ground.payments import actions as payments
from anmin.lines.assistance.temporary import queries
from anmin.lines.assistance.temporary.casework.papers import DECISION, FORM
from anmin.lines.assistance.temporary.models import Aid
from anmin.lines.assistance.temporary.vocabulary import EMERGENCY, EXPENDITURE, EmergencyState
from tests.lines.assistance.temporary.conftest import MONDAY, PAPERS, Trouble
from tests.panel_stage import ON, Panel

pytestmark = pytest.mark.capability("SA-05")


def test_town_aids_at_once_without_verification(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open()
    case = trouble.aid(1_200)
    aid = Aid.objects.get()
    assert (case.state, trouble.left()) == (EmergencyState.AIDED, 8_800)
    assert (aid.amount, aid.level, aid.persons, aid.payee, aid.town) == (
        120_000, "town", 2, trouble.members[0], trouble.county.qutang,
    )  # fmt: skip


def test_two_working_days_to_aid_and_ten_for_the_papers(trouble: Trouble) -> None:
    trouble.fund()
    assert trouble.open().due_on == date(2024, 6, 5)
    # 10 June is the Dragon Boat holiday.
    assert trouble.aid(1_200).due_on == date(2024, 6, 18)


def test_papers_that_are_late_stand_on_top_of_the_list(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open()
    trouble.aid(1_200)
    assert [(each.number, each.due_on) for each in queries.papers_due(trouble.cast.clerk)] == [
        (trouble.case and trouble.case.number, date(2024, 6, 18))
    ]
    trouble.take("complete_papers", papers=PAPERS, findings="属实。", on=date(2024, 6, 20))
    assert list(queries.papers_due(trouble.cast.clerk)) == []


def test_papers_are_all_brought(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open()
    trouble.aid(1_200)
    with pytest.raises(Exception, match="至少选择5项"):
        trouble.take("complete_papers", papers=PAPERS[:4], findings="属实。")


def test_town_keeps_within_its_limit(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open(need=500_000)
    with pytest.raises(Refused, match=r"最多救助3,000.00元，现在填写的是3,000.01元"):
        trouble.take("aid_first", amount=300_001, way="cash", paid_on=MONDAY)


def test_rest_comes_from_the_county_through_a_roll(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open(need=500_000)
    trouble.aid(3_000)
    trouble.take("propose", amount=200_000, reason="重建灶间。")
    with pytest.raises(Refused, match=r"不能超过镇（街道）提出的2,000.00元"):
        trouble.take("confirm", trouble.cast.decision_maker, amount=200_001)
    case = trouble.take("confirm", trouble.cast.decision_maker, amount=200_000)
    roll = payments.generate_roll(benefit="assistance.temporary", month="2024-06", actor=trouble.cast.cashier, on=MONDAY)
    assert case.state == EmergencyState.AIDED
    assert (roll.total, roll.line_count, trouble.left()) == (200_000, 1, 7_000)
    assert roll.lines.get().snapshot["parts"] == {"aid": 200_000}


def test_county_adds_no_more_than_the_rules_leave(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open(need=500_000)
    trouble.aid(3_000)
    with pytest.raises(Refused, match=r"本次还可救助2,000.00元"):
        trouble.take("propose", amount=200_001, reason="重建灶间。")


def test_who_proposed_does_not_confirm_and_the_county_may_add_nothing(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open(need=500_000)
    trouble.aid(3_000)
    trouble.take("propose", amount=200_000, reason="重建灶间。")
    with pytest.raises(Refused, match="请选择“不再追加”"):
        trouble.take("refuse", trouble.cast.decision_maker, reason="other")
    assert trouble.take("keep_small", trouble.cast.decision_maker, reason="已足够。").state == EmergencyState.AIDED


def test_who_refuses_a_case_fit_to_be_aided_says_why(trouble: Trouble) -> None:
    trouble.open(need=500_000)
    with pytest.raises(Refused, match="请在“与规则测算不同的理由”中写明"):
        trouble.take("refuse", reason="other")
    refused = trouble.take("refuse", reason="other", departure="保险公司当日已全额赔付。").actions.get(step="refuse")
    assert (refused.data["departure"], refused.data["assessment"]["outcome"]) == ("保险公司当日已全额赔付。", "eligible")


def test_one_event_is_aided_once(trouble: Trouble) -> None:
    trouble.fund()
    trouble.open()
    trouble.aid(1_200)
    trouble.take("complete_papers", papers=PAPERS, findings="属实。")
    trouble.open()
    with pytest.raises(Refused, match="同一事由只救助一次"):
        trouble.aid(500)
    assert trouble.case is not None
    twin = Aid.objects.get()
    twin.pk, twin.case = None, trouble.case
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        twin.save(force_insert=True)


def test_third_time_in_a_year_needs_a_panel(trouble: Trouble) -> None:
    trouble.fund()
    for day in (3, 4):
        on = date(2024, 6, day)
        trouble.open(on=on)
        trouble.aid(500, on=on)
        trouble.take("complete_papers", papers=PAPERS, findings="属实。", on=on)
    trouble.open(on=ON)
    with pytest.raises(Refused, match="本年度已救助2次，达到每年2次的限额"):
        trouble.aid(500, on=ON)
    assert trouble.case is not None
    Panel(trouble.cast, trouble.county.county, trouble.case).agreed(amount=80_000)
    trouble.aid(800, on=ON)
    assert Aid.objects.latest("id").resolution is not None


def test_amount_over_the_ceiling_by_a_panel_goes_through_the_roll(trouble: Trouble) -> None:
    trouble.open(on=ON, cause="sudden_illness", need=6_000_000)
    assert trouble.case is not None
    Panel(trouble.cast, trouble.county.county, trouble.case).agreed(amount=1_500_000)
    trouble.take("propose", amount=1_500_000, reason="自付六万元。", on=ON)
    trouble.take("confirm", trouble.cast.decision_maker, amount=1_500_000, on=ON)
    assert (Aid.objects.get().amount, Aid.objects.get().entitlement.route) == (1_500_000, "deliberated")  # type: ignore[union-attr]  # of the county


def test_second_aid_of_a_month_is_paid_in_the_next(trouble: Trouble) -> None:
    for day in (3, 4):
        on = date(2024, 6, day)
        trouble.open(on=on, need=400_000)
        trouble.take("propose", amount=400_000, reason="重建。", on=on)
        trouble.take("confirm", trouble.cast.decision_maker, amount=400_000, on=on)
        trouble.take("complete_papers", papers=PAPERS, findings="属实。", on=on)
    months = [aid.entitlement.valid_from for aid in Aid.objects.order_by("id") if aid.entitlement]
    assert months == [date(2024, 6, 1), date(2024, 7, 1)]


def test_papers_of_an_emergency(trouble: Trouble) -> None:
    trouble.fund()
    case = trouble.open()
    form = issue_paper(case=case, kind=FORM.kind, actor=trouble.cast.clerk, on=MONDAY)
    case = trouble.aid(1_200)
    decision = issue_paper(case=case, kind=DECISION.kind, actor=trouble.cast.clerk, on=MONDAY)
    assert "刘桥村5组" in str(form.content)
    assert "因2024年6月3日火灾，你家基本生活遇到困难。经审核，给予临时救助1,200.00元，现金（签字领取）。" in str(decision.content)


@pytest.mark.parametrize(("kind", "cause"), [(EMERGENCY, "medical"), (EXPENDITURE, "fire")])
def test_each_kind_of_aid_has_causes_of_its_own(trouble: Trouble, kind: str, cause: str) -> None:
    with pytest.raises(BadValue, match="困难原因"):
        trouble.open(kind, cause=cause, need=800_000)
