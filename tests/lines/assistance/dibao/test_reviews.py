"""Reviews of a running dibao entitlement: kept, changed, stopped, left in steps; and the short way after a death."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.cases.actions import open_case
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement, GracePeriod
from anmin.lines.assistance.dibao.vocabulary import REVIEW
from tests.conftest import Cast, County
from tests.dibao_counter import Counter

JUNE = date(2024, 6, 3)


class Review(Counter):
    """A family confirmed in March, reviewed in June."""

    held: Entitlement

    def begin(self, occasion: str = "periodic", on: date = JUNE) -> Case:
        self.to_confirmed()
        self.held = Entitlement.objects.get(case=self.case)
        return self.open(occasion, on)

    def open(self, occasion: str = "periodic", on: date = JUNE) -> Case:
        self.case = open_case(
            kind=REVIEW, household=self.home, applicant=self.members[0], entitlement=self.held,
            data={"occasion": occasion}, actor=self.cast.clerk, on=on,
        )  # fmt: skip
        return self.case

    def look(self) -> None:
        for step, day in (("request_verification", 4), ("receive_verification", 6), ("record_visit", 7)):
            self.take(step, date(2024, 6, day))

    def propose(self, proposal: str, **data: Any) -> None:
        self.take("propose", date(2024, 6, 11), proposal=proposal, explanation="经复核，情况如下。", **data)

    def tell(self) -> None:
        self.take("tell_family", date(2024, 6, 12), told_on=date(2024, 6, 12), told_to="张桂兰", service="direct")

    def decide(self, step: str) -> Case:
        return self.take(step, date(2024, 6, 14))

    def again(self) -> Entitlement:
        self.held.refresh_from_db()
        return self.held


@pytest.fixture
def review(cast: Cast, county: County) -> Review:
    return Review(cast, county.liuqiao)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as fault:
        act()
    return str(fault.value)


@pytest.mark.capability("SA-01")
def test_a_family_that_is_kept_is_due_again_by_its_class(review: Review) -> None:
    review.begin()
    review.look()
    review.propose("keep", review_class="C")
    review.decide("keep")
    assert (review.case.state, review.again().review_class, review.held.review_due_on) == ("kept", "C", date(2024, 12, 31))


@pytest.mark.capability("SA-11")
def test_a_stop_ends_the_entitlement_with_the_month(review: Review) -> None:
    review.begin()
    review.look()
    review.propose("stop", end_reason="income")
    review.tell()
    review.decide("stop")
    assert (review.again().valid_until, review.held.end_reason) == (date(2024, 6, 30), "income")


def test_nothing_is_taken_from_a_family_that_was_not_told(review: Review) -> None:
    review.begin()
    review.look()
    review.propose("stop", end_reason="income")
    assert refused(lambda: review.decide("stop")) == "减发、停发应当先告知家庭并说明理由，请先办理“告知家庭并说明理由”。"


def test_a_stop_has_a_reason(review: Review) -> None:
    review.begin()
    review.look()
    assert refused(lambda: review.propose("stop")) == "停发或渐退、缓退的，请选择“停发或减员的理由”。"


def test_a_member_who_leaves_is_covered_to_the_end_of_the_month(review: Review) -> None:
    review.begin("reported_change")
    review.look()
    review.propose("change", removed=[review.members[1]], end_reason="left_household")
    review.tell()
    review.decide("change")
    ends = review.held.members.order_by("id").values_list("person__name", "valid_until")
    assert list(ends) == [("张桂兰", None), ("张小宝", date(2024, 6, 30))]


def test_a_grace_period_begins_with_the_next_month(review: Review) -> None:
    review.begin("reported_change")
    review.look()
    review.propose("grace", end_reason="income", grace_kind="delayed", previous_amount="1722")
    review.tell()
    review.decide("give_grace")
    grace = GracePeriod.objects.get()
    assert (grace.kind, grace.valid_from, grace.previous_amount) == ("delayed", date(2024, 7, 1), 172_200)


def test_no_proposal_without_visit_and_report(review: Review) -> None:
    review.begin()
    assert refused(lambda: review.propose("keep")) == "尚未入户走访，不能提出复核意见。"


@pytest.mark.capability("SA-12")
def test_an_old_report_does_not_carry_a_review(review: Review) -> None:
    review.begin()
    review.take("record_visit", date(2024, 6, 7))
    assert refused(lambda: review.propose("keep")) == (
        "没有家庭经济状况核对报告。逢进必核：未经核对的，不得提出初审意见或者作出决定。"
    )


def test_when_everybody_has_died_nobody_is_visited_or_told(review: Review) -> None:
    review.begin()
    review.take("close", date(2024, 6, 4), actor=review.cast.reviewer, reason="改按死亡办理。")
    for member in review.members:
        member.died_on = date(2024, 6, 5)
        member.save()
    review.open("death", date(2024, 6, 6))
    review.propose("stop", end_reason="died")
    review.decide("stop")
    assert (review.again().valid_until, review.held.end_reason) == (date(2024, 6, 30), "died")


def test_the_dead_are_not_kept(review: Review) -> None:
    review.begin("death")
    for member in review.members:
        member.died_on = JUNE
        member.save()
    assert refused(lambda: review.propose("keep")) == "保障成员均已死亡，应当停发。"


def test_one_who_died_can_be_taken_off_and_the_others_stay(review: Review) -> None:
    review.begin("death")
    review.members[1].died_on = date(2024, 6, 2)
    review.members[1].save()
    review.take("request_verification", date(2024, 6, 4), consented_by=[review.members[0]])
    review.take("receive_verification", date(2024, 6, 6))
    review.take("record_visit", date(2024, 6, 7))
    review.propose("change", removed=[review.members[1]], end_reason="died")
    review.tell()
    review.decide("change")
    assert list(review.held.members.order_by("id").values_list("end_reason", flat=True)) == ["", "died"]


def test_the_decision_is_the_one_proposed(review: Review) -> None:
    review.begin()
    review.look()
    review.propose("keep")
    assert refused(lambda: review.decide("stop")) == (
        "镇（街道）的复核意见为“继续保障”，与此决定不一致；如不同意，请退回重新复核。"
    )


def test_one_review_at_a_time(review: Review) -> None:
    number = review.begin().number
    assert refused(lambda: review.open()) == f"该家庭已有正在办理的低保复核（{number}），请在原复核中办理。"


def test_a_stopped_entitlement_is_not_reviewed(review: Review) -> None:
    review.begin()
    review.look()
    review.propose("stop", end_reason="income")
    review.tell()
    review.decide("stop")
    assert refused(lambda: review.open(on=date(2024, 7, 1))) == "该家庭的低保已于2024-06-30停发，无须复核。"


def test_the_family_may_leave_by_its_own_wish_without_a_visit(review: Review) -> None:
    review.begin("withdrawal")
    review.propose("stop", end_reason="withdrawn")
    review.tell()
    assert review.decide("stop").state == "stopped"


def test_the_entitlement_of_another_family_is_not_reviewed(review: Review, cast: Cast, county: County) -> None:
    review.to_confirmed()
    other = Review(cast, county.liuqiao)
    with pytest.raises(BadValue, match=f"不是家庭 {other.home.number} 的"):
        open_case(
            kind=REVIEW,
            household=other.home,
            applicant=other.members[0],
            entitlement=Entitlement.objects.get(case=review.case),
            data={"occasion": "periodic"},
            actor=cast.clerk,
            on=JUNE,
        )
