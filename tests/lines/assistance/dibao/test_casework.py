"""The dibao application played on the real rules: what each step brings about, and every way it is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.cases.models import Case
from anmin.ground.cases.queries import case as case_page
from anmin.ground.cases.queries import possible_steps
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.models import Fact, HouseholdMember
from anmin.ground.verification.models import VerificationRequest
from tests.conftest import Cast, County
from tests.dibao_counter import Counter, person

MARCH = date(2024, 3, 4)


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    return Counter(cast, county.liuqiao)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises((Refused, BadValue)) as fault:
        act()
    return str(fault.value)


# --- the straight way ------------------------------------------------------------------------------------------------


@pytest.mark.capability("SA-01")
def test_a_confirmed_application_starts_dibao_the_next_month(counter: Counter) -> None:
    counter.to_confirmed()
    held = Entitlement.objects.get(case=counter.case)
    assert (held.valid_from, held.review_class, held.review_due_on) == (date(2024, 4, 1), "A", date(2025, 4, 30))
    assert [member.person.name for member in held.members.order_by("id")] == ["张桂兰", "张小宝"]


@pytest.mark.capability("SA-01")
def test_the_opinion_keeps_the_amount_the_rules_say(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12))
    said = counter.case.actions.get(step="examine").data["assessment"]
    # Two persons at 820 yuan, and a tenth of it for the child.
    assert (said["outcome"], said["amount"]) == ("eligible", 172_200)


def test_a_case_folds_to_the_columns_that_repeat_it(counter: Counter) -> None:
    counter.to_reviewed()
    assert (counter.case.state, counter.case.clock, counter.case.due_on) == ("reviewed", "county_decision", date(2024, 4, 7))


def test_a_withdrawn_application_is_closed_and_starts_nothing(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("withdraw", date(2024, 3, 5))
    assert (counter.case.state, counter.case.closed_on, Entitlement.objects.count()) == ("withdrawn", date(2024, 3, 5), 0)


def test_a_family_that_does_not_cooperate_is_terminated(counter: Counter) -> None:
    counter.to_examined()
    assert counter.take("terminate", date(2024, 3, 12)).state == "terminated"


def test_the_page_tells_what_the_decision_brought_about(counter: Counter, cast: Cast) -> None:
    counter.to_confirmed()
    told = dict(case_page(cast.clerk, counter.case.number, date(2024, 4, 1)).actions[-1].outcome)
    assert (told["待遇编号"], told["起始月份"], told["保障成员"]) == ("DB2024000001", "2024年4月", "张桂兰、张小宝")
    assert told["规则测算"].startswith("2024年4月：保障对象2人，低保标准每人每月820.00元，计入的月收入0.00元。")


# --- opening ---------------------------------------------------------------------------------------------------------


def test_a_family_has_one_open_application(counter: Counter) -> None:
    number = counter.apply(MARCH).number
    assert refused(lambda: counter.apply(MARCH)) == f"该家庭已有正在办理的低保申请（{number}），不能重复申请。"


def test_the_clerk_next_door_cannot_open_the_case(counter: Counter, cast: Cast) -> None:
    assert refused(lambda: counter.apply(MARCH, actor=cast.clerk_next_door)) == "只能为本人管辖范围内的家庭立项办理"


def test_somebody_who_died_before_cannot_apply(counter: Counter) -> None:
    counter.members[0].died_on = date(2024, 3, 1)
    counter.members[0].save()
    assert refused(lambda: counter.apply(MARCH)) == "申请人张桂兰已于2024-03-01死亡，请由其他共同生活的家庭成员提出申请。"


def test_nobody_applies_for_a_member_who_died_before(counter: Counter) -> None:
    counter.members[1].died_on = date(2024, 3, 1)
    counter.members[1].save()
    said = refused(lambda: counter.apply(MARCH, applied_for=[each.pk for each in counter.members]))
    assert said == "“申请保障的成员”中，张小宝已于2024-03-01死亡，请去掉后再提交。"
    assert Case.objects.count() == 0


def test_nobody_applies_for_a_member_who_has_left(counter: Counter) -> None:
    HouseholdMember.objects.filter(person=counter.members[1]).update(valid_until=date(2024, 2, 29))
    said = refused(lambda: counter.apply(MARCH, applied_for=[counter.members[1].pk]))
    assert said == "“申请保障的成员”中，张小宝在2024-03-04不是该家庭的成员，请去掉后再提交。"


def test_the_applicant_is_of_the_household(counter: Counter, county: County) -> None:
    counter.members.insert(0, person(county.liuqiao, "外人", date(1980, 1, 1)))
    assert refused(lambda: counter.apply(MARCH)) == "外人在2024-03-04不是该家庭的成员，不能作为申请人。"


def test_an_application_says_why(counter: Counter) -> None:
    assert refused(lambda: counter.apply(MARCH, reason=" ")) == "“申请理由”没有填写。"


# --- papers ----------------------------------------------------------------------------------------------------------


@pytest.mark.capability("SA-01")
def test_missing_papers_are_asked_for_once(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("request_papers", date(2024, 3, 5))
    counter.take("supply_papers", date(2024, 3, 7))
    assert (
        refused(lambda: counter.take("request_papers", date(2024, 3, 8))) == "“一次性告知补正”只能办理一次，已于2024-03-05办理。"
    )


def test_all_the_papers_on_the_list_must_come(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("request_papers", date(2024, 3, 5))
    said = refused(lambda: counter.take("supply_papers", date(2024, 3, 7), supplied=["consent"]))
    assert said == "还缺少一次性告知的材料：居民户口簿。补齐后再登记。"


def test_an_application_awaiting_papers_cannot_be_accepted(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("request_papers", date(2024, 3, 5))
    assert refused(lambda: counter.take("accept", date(2024, 3, 6))) == "本件目前为“待补正材料”，办理“受理”须在：待受理。"


def test_the_clock_stands_still_on_the_list_while_papers_are_awaited(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("request_papers", date(2024, 3, 5))
    assert (counter.case.clock, counter.case.clock_stopped, counter.case.due_on) == ("acceptance", True, None)


# --- verification and visit ------------------------------------------------------------------------------------------


@pytest.mark.capability("SA-12")
def test_nothing_is_asked_of_registers_without_everybodys_consent(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    counter.take("start_survey", MARCH)
    said = refused(lambda: counter.take("request_verification", MARCH, consented_by=[counter.members[0]]))
    assert (said, VerificationRequest.objects.count()) == ("张小宝尚未签署核对授权书。没有授权不得查询，请先取得授权。", 0)


@pytest.mark.capability("SA-12")
def test_no_opinion_without_a_verification_report(counter: Counter) -> None:
    counter.apply(MARCH)
    for step in ("accept", "start_survey", "record_visit"):
        counter.take(step, MARCH)
    assert refused(lambda: counter.take("examine", MARCH)) == (
        "没有家庭经济状况核对报告。逢进必核：未经核对的，不得提出初审意见或者作出决定。"
    )


@pytest.mark.capability("SA-12")
def test_no_decision_on_a_report_that_ran_out(counter: Counter) -> None:
    counter.to_reviewed()
    assert refused(lambda: counter.take("confirm", date(2024, 9, 9))) == "核对报告的有效期已于2024-09-08届满，请重新提请核对。"


@pytest.mark.capability("SA-12")
def test_no_refusal_on_a_report_that_ran_out(counter: Counter) -> None:
    counter.to_reviewed()
    assert refused(lambda: counter.take("refuse", date(2024, 9, 9))) == "核对报告的有效期已于2024-09-08届满，请重新提请核对。"


def test_the_report_says_that_it_was_asked_by_hand(counter: Counter) -> None:
    counter.to_examined()
    assert VerificationRequest.objects.get().get_source_display() == "人工查询"


def test_a_request_is_not_made_twice(counter: Counter) -> None:
    counter.apply(MARCH)
    for step in ("accept", "start_survey", "request_verification"):
        counter.take(step, MARCH)
    assert refused(lambda: counter.take("request_verification", MARCH)) == "已于2024-03-04提请核对，尚未出具报告，不必重复提请。"


def test_a_report_needs_a_request(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    counter.take("start_survey", MARCH)
    assert refused(lambda: counter.take("receive_verification", MARCH)) == "镇（街道）尚未提请信息核对，或者核对报告已经出具。"


@pytest.mark.capability("SA-01")
def test_one_person_alone_makes_no_visit(counter: Counter, cast: Cast) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    counter.take("start_survey", MARCH)
    said = refused(lambda: counter.take("record_visit", MARCH, investigators=[cast.clerk.id, cast.clerk.id]))
    assert said == "入户调查每组不得少于2人，其中至少一名工作人员，请补充另一名调查人员。"


@pytest.mark.capability("SA-01")
def test_a_clerk_and_somebody_of_the_village_make_a_visit(counter: Counter, cast: Cast) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    counter.take("start_survey", MARCH)
    counter.take("record_visit", MARCH, investigators=[cast.clerk.id], other_investigator="刘会计")
    assert counter.case.actions.filter(step="record_visit").count() == 1


def test_a_visit_is_not_in_the_future(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    counter.take("start_survey", MARCH)
    said = refused(lambda: counter.take("record_visit", MARCH, visited_on=date(2024, 3, 9)))
    assert said == "入户日期2024-03-09晚于登记日期2024-03-04，请核对。"


def test_no_opinion_without_a_visit(counter: Counter) -> None:
    counter.apply(MARCH)
    for step in ("accept", "start_survey", "request_verification", "receive_verification"):
        counter.take(step, MARCH)
    assert refused(lambda: counter.take("examine", MARCH)) == "尚未入户调查，不能提出初审意见。"


# --- the opinion and the rules ---------------------------------------------------------------------------------------


def test_the_town_cannot_propose_what_the_rules_do_not_carry(cast: Cast, county: County) -> None:
    rich = Counter(cast, county.liuqiao, [person(county.liuqiao, "周富", date(1980, 1, 1), {"income.pension": 300_000})])
    rich.to_examined()
    said = refused(lambda: rich.take("examine", date(2024, 3, 12)))
    assert said.startswith("按现行规则测算不符合最低生活保障条件，不能同意确认。2024年4月：经测算，本月不符合最低生活保障条件。")


def test_what_is_not_known_is_not_granted(counter: Counter) -> None:
    counter.to_examined()
    Fact.objects.filter(person=counter.members[0], kind="income.pension").update(
        superseded_at=date(2024, 3, 1).isoformat() + "T00:00Z"
    )
    said = refused(lambda: counter.take("examine", date(2024, 3, 12)))
    assert said.startswith("现有事实不足，规则暂不能认定，请补录后再办理。2024年4月：目前还不能认定最低生活保障。")


def test_whom_to_cover_is_for_the_rules(counter: Counter) -> None:
    counter.to_examined()
    said = refused(lambda: counter.take("examine", date(2024, 3, 12), covered=[counter.members[0]]))
    assert said == "所选保障成员与规则认定的不一致。按规则应保障：张桂兰、张小宝。请核对家庭成员登记。"


def test_an_opinion_to_refuse_gives_its_reason(counter: Counter) -> None:
    counter.to_examined()
    assert (
        refused(lambda: counter.take("examine", date(2024, 3, 12), opinion="refuse")) == "拟不予确认的，请选择“不予确认的理由”。"
    )


def test_an_opinion_to_refuse_goes_to_the_county_without_notice(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12), opinion="refuse", refusal_reason="assets", departure="另有收入未报。")
    assert counter.take("submit", date(2024, 3, 13)).state == "submitted"


def test_what_changed_since_the_opinion_is_seen_at_the_decision(counter: Counter) -> None:
    counter.to_reviewed()
    Fact.objects.filter(person=counter.members[0], kind="income.pension").update(
        superseded_at=date(2024, 3, 25).isoformat() + "T00:00Z"
    )
    Fact.objects.create(
        person=counter.members[0], kind="income.pension", amount=500_000, valid_from=date(2024, 1, 1),
        recorded_at="2024-03-25T00:00Z", source="核对",
    )  # fmt: skip
    assert refused(lambda: counter.take("confirm", date(2024, 3, 26))).startswith("按现行规则测算不符合最低生活保障条件")


# --- who may ---------------------------------------------------------------------------------------------------------


def test_the_clerk_next_door_cannot_take_a_step(counter: Counter, cast: Cast) -> None:
    counter.apply(MARCH)
    assert refused(lambda: counter.take("accept", MARCH, actor=cast.clerk_next_door)) == "只能办理本人管辖范围内的事项"


def test_the_county_does_not_accept_applications(counter: Counter, cast: Cast) -> None:
    counter.apply(MARCH)
    assert refused(lambda: counter.take("accept", MARCH, actor=cast.reviewer)) == (
        "“受理”由镇（街道）经办人办理，您没有这一岗位。"
    )


def test_a_clerk_does_not_decide(counter: Counter, cast: Cast) -> None:
    counter.to_reviewed()
    assert refused(lambda: counter.take("confirm", date(2024, 3, 26), actor=cast.clerk)) == (
        "“审核确认”由审核确认人办理，您没有这一岗位。"
    )


def test_an_auditor_takes_no_step(counter: Counter, cast: Cast) -> None:
    counter.apply(MARCH)
    assert refused(lambda: counter.take("accept", MARCH, actor=cast.auditor)) == "只能办理本人管辖范围内的事项"


def test_whoever_reviewed_the_file_does_not_decide_even_with_both_roles(counter: Counter, cast: Cast, county: County) -> None:
    from anmin.ground.accounts.models import RoleAssignment
    from anmin.ground.accounts.queries import actor_of
    from anmin.ground.accounts.vocabulary import Role
    from tests.conftest import make_staff

    made = make_staff("double", "双岗", Role.SECTION_REVIEWER, county.county)
    RoleAssignment.objects.create(staff_id=made.id, role=Role.DECISION_MAKER, area=county.county, valid_from=date(2020, 1, 1))
    double = actor_of(staff_id=made.id or 0, on=date(2024, 3, 1))
    counter.to_examined()
    for step, day in (("examine", 12), ("post_notice", 13), ("close_notice", 21), ("submit", 21)):
        counter.take(step, date(2024, 3, day))
    counter.take("review_file", date(2024, 3, 25), actor=double)
    assert refused(lambda: counter.take("confirm", date(2024, 3, 26), actor=double)) == (
        "“审核确认”须由另一人办理：本件的“县级审核材料”是您办理的。"
    )


def test_steps_go_forward_in_time(counter: Counter) -> None:
    counter.apply(MARCH)
    assert refused(lambda: counter.take("accept", date(2024, 3, 1))) == "办理日期2024-03-01早于上一步的日期2024-03-04。"


def test_a_closed_case_takes_no_step(counter: Counter) -> None:
    counter.to_confirmed()
    assert refused(lambda: counter.take("withdraw", date(2024, 3, 27))) == "本件已办结（已确认），不能再办理“撤回申请”。"


def test_an_answer_nobody_asked_for_is_refused(counter: Counter) -> None:
    counter.apply(MARCH)
    assert refused(lambda: counter.take("accept", MARCH, colour="red")) == "“受理”不需要填写：colour。"


def test_a_step_nobody_declared_is_refused(counter: Counter) -> None:
    counter.apply(MARCH)
    assert refused(lambda: counter.take("bless", MARCH)) == "“低保申请”没有“bless”这一步骤。"


def test_what_a_person_may_do_next_comes_with_the_reason_why_not(counter: Counter, cast: Cast) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    steps = {step.name: step.refusal for step in possible_steps(cast.clerk, counter.case, MARCH)}
    assert steps == {
        "file_near_relative": None,
        "start_survey": None,
        "extend": "“特殊情况延长期限”由科室审核人、审核确认人办理，您没有这一岗位。",
        "withdraw": None,
        "terminate": None,
    }
