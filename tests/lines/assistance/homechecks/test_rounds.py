"""A round is planned on a frozen roll, drawn once, fixed by somebody else; visits stand, and are corrected by another."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.entitlements.models import Entitlement
from anmin.lines.assistance.homechecks import actions, progress, queries
from anmin.lines.assistance.homechecks.drawing import draw, read_roll
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan, HomeVisit
from tests.lines.assistance.homechecks.conftest import FIXED, TITLE, VISITED, Round

pytestmark = pytest.mark.capability("SA-14")


def test_the_roll_is_who_held_a_register_on_the_day(round_: Round) -> None:
    Entitlement.objects.filter(pk=round_.held[0].pk).update(valid_until=date(2024, 3, 31), end_reason="income")
    plan = round_.plan()
    expected = sorted((each.area.code, each.household.number) for each in round_.held[1:])
    assert [tuple(line) for line in read_roll(plan.roll)] == expected
    assert (plan.roll_villages, plan.roll_households, plan.left_out, plan.state) == (3, 9, 0, "rostered")


def test_the_households_drawn_are_those_that_seed_and_roll_give(round_: Round) -> None:
    plan = round_.under_way()
    again = draw(read_roll(plan.roll), seed=plan.seed, villages=2, households=2)
    found = HomeCheck.objects.filter(plan=plan).order_by("place").values_list("area__code", "household__number")
    assert list(found) == [tuple(line) for line in again]


def test_the_seed_is_named_once_and_for_all(round_: Round) -> None:
    plan = round_.draw(round_.plan())
    with pytest.raises(Refused, match=r"的状态是“已抽取，待确认”，不是“名册已冻结，待抽取”，不能办理。"):
        round_.draw(plan, seed="a better one")
    with pytest.raises(IntegrityError, match="drawn_plan_never_changes"), transaction.atomic():
        HomeCheckPlan.objects.filter(pk=plan.pk).update(seed="a better one")


def test_the_roll_is_frozen_before_anybody_knows_the_seed(round_: Round) -> None:
    plan = round_.plan()
    with pytest.raises(IntegrityError, match="frozen_plan_never_changes"), transaction.atomic():
        HomeCheckPlan.objects.filter(pk=plan.pk).update(roll="10101,HA1\n")


def test_whoever_drew_does_not_fix(round_: Round) -> None:
    plan = round_.draw(round_.plan())
    with pytest.raises(Refused, match=r"^抽取结果应由拟定人、抽取人以外的科室审核人、审核确认人或局领导确认$"):
        actions.fix_draw(plan=plan, actor=round_.cast.reviewer, on=FIXED)
    assert round_.fix(plan).state == "underway"


def test_who_left_the_register_since_the_roll_was_frozen_is_visited_all_the_same(round_: Round) -> None:
    plan = round_.draw(round_.plan(villages=3, households=None))
    gone = round_.held[0]
    Entitlement.objects.filter(pk=gone.pk).update(valid_until=date(2024, 3, 31), end_reason="died")
    plan = round_.fix(plan)
    check = HomeCheck.objects.get(plan=plan, household=gone.household)
    assert (check.area_id, check.benefits, HomeCheck.objects.filter(plan=plan).count()) == (gone.area_id, [], 10)


def test_a_discarded_plan_stays_to_be_read(round_: Round) -> None:
    plan = actions.discard_plan(plan=round_.draw(round_.plan()), reason="汛期暂停", actor=round_.cast.reviewer, on=FIXED)
    assert (plan.state, plan.discarded_because, plan.seed) == ("discarded", "汛期暂停", "030812192533+16")
    with pytest.raises(Refused, match="已作废"):
        round_.fix(plan)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "请填写核查名称，如“2024年上半年入户核查”，最多60字。"),
        ({"benefits": []}, "请选择核查对象，可选：低保、特困供养、低保边缘、刚性支出困难。"),
        ({"rostered_on": date(2024, 5, 7)}, "名册日期2024-05-07还没有到，不能冻结名册。"),
        ({"due_on": date(2024, 5, 1)}, "完成期限2024-05-01早于开始日期2024-05-13，请检查。"),
        ({"benefits": ["assistance.margin"]}, "2024-04-30没有符合条件的在册家庭，请检查核查对象和名册日期。"),
        ({"villages": 4}, "名册中有在册家庭的村（社区）共 3 个，抽取个数应在 1 和 3 之间。"),
    ],
)
def test_what_cannot_be_planned_is_refused(round_: Round, given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadValue) as refused:
        round_.plan(**given)
    assert refused.value.message == said


def test_a_clerk_does_not_plan(round_: Round) -> None:
    with pytest.raises(Refused, match=r"^只有全市的科室审核人可以拟定入户核查计划$"):
        round_.plan(actor=round_.cast.clerk)


# --- visits ----------------------------------------------------------------------------------------------------------


def everybody(round_: Round) -> HomeCheckPlan:
    return round_.under_way(villages=3, households=None)


def test_nobody_at_home_asks_for_another_visit(round_: Round) -> None:
    plan = everybody(round_)
    check = round_.of_clerk(plan)[0]
    check = actions.record_visit(check=check, report=round_.report("absent"), actor=round_.cast.clerk, on=VISITED)
    assert (check.result, check.again_due_on) == ("absent", date(2024, 6, 3))
    later = round_.report(visited_on=date(2024, 5, 27))
    check = actions.record_visit(check=check, report=later, actor=round_.cast.clerk, on=date(2024, 5, 27))
    assert (check.result, check.checked_on, check.again_due_on) == ("as_declared", date(2024, 5, 27), None)
    assert HomeVisit.objects.filter(check_of=check).count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"other_visitor": ""}, "入户核查不得少于2人，其中至少一名工作人员，请补充另一名走访人员。"),
        ({"visited_on": date(2024, 5, 21)}, "入户日期2024-05-21晚于登记日期2024-05-20，请核对。"),
        ({"visited_on": date(2024, 5, 10)}, "入户日期2024-05-10早于本次核查的开始日期2024-05-13，请核对。"),
        ({"result": "changed", "findings": "子女出国"}, "情况有变化的，请选择哪些方面有变化。"),
        ({"result": "changed", "changes": ("income",)}, "情况有变化的，请写明变化的内容。"),
        ({"changes": ("income",)}, "选择了变化的方面，核查结果应为“情况有变化”。"),
        ({"result": "fine"}, "核查结果应为与申报一致、情况有变化、已搬离、家中无人之一。"),
        ({"changes": ("mood",), "result": "changed"}, "变化内容或居住生活状况不在可选项内，请刷新后重选。"),
    ],
)
def test_a_visit_that_does_not_fit_is_refused(round_: Round, given: dict[str, Any], said: str) -> None:
    check = round_.of_clerk(everybody(round_))[0]
    with pytest.raises(BadValue) as refused:
        actions.record_visit(check=check, report=round_.report(**given), actor=round_.cast.clerk, on=VISITED)
    assert refused.value.message == f"{check.household.number}：{said}"


def test_the_same_person_twice_is_not_two_visitors(round_: Round) -> None:
    check = round_.of_clerk(everybody(round_))[0]
    alone = round_.report(second_visitor_id=round_.cast.clerk.id, other_visitor="")
    with pytest.raises(BadValue, match="不得少于2人"):
        actions.record_visit(check=check, report=alone, actor=round_.cast.clerk, on=VISITED)


def test_a_checked_household_is_corrected_not_visited_again(round_: Round) -> None:
    check = round_.of_clerk(everybody(round_))[0]
    clerk = round_.cast.clerk
    check = actions.record_visit(check=check, report=round_.report(), actor=clerk, on=VISITED)
    with pytest.raises(Refused, match="如记录有误请用“更正”。"):
        actions.record_visit(check=check, report=round_.report(), actor=clerk, on=VISITED)
    first = HomeVisit.objects.get(check_of=check)
    moved = round_.report("moved", findings="已随子女迁往南通")
    check = actions.correct_visit(check=check, visit=first, report=moved, reason="登记错户", actor=clerk, on=VISITED)
    assert check.result == "moved"
    assert list(HomeVisit.objects.filter(check_of=check).order_by("id").values_list("result", "reason")) == [
        ("as_declared", ""),
        ("moved", "登记错户"),
    ]
    with pytest.raises(Refused, match="这次走访已经更正过，请更正最近的一次记录。"):
        actions.correct_visit(check=check, visit=first, report=moved, reason="再改", actor=clerk, on=VISITED)
    with pytest.raises(IntegrityError, match="home_visit_never_changes"), transaction.atomic():
        HomeVisit.objects.filter(pk=first.pk).update(findings="")


def test_the_clerk_next_door_records_nothing(round_: Round) -> None:
    check = round_.of_clerk(everybody(round_))[0]
    with pytest.raises(Refused, match=r"^只有本地经办人或全市的科室审核人可以登记入户核查$"):
        actions.record_visit(check=check, report=round_.report(), actor=round_.cast.clerk_next_door, on=VISITED)


def test_a_change_opens_a_review_of_what_is_held(round_: Round) -> None:
    plan = everybody(round_)
    dibao = next(each for each in round_.of_clerk(plan) if each.benefits == ["assistance.dibao"])
    clerk = round_.cast.clerk
    changed = round_.report("changed", changes=("income",), findings="儿子已就业")
    dibao = actions.record_visit(check=dibao, report=changed, actor=clerk, on=VISITED)
    dibao = actions.open_review(check=dibao, actor=clerk, on=VISITED)
    review = dibao.review
    assert review is not None
    said = review.actions.get().data
    assert (review.kind, review.household_id) == ("assistance.dibao.review", dibao.household_id)
    assert (said["occasion"], said["report"]) == ("home_check", "2024-05-20入户核查：情况有变化（收入）。儿子已就业")
    with pytest.raises(Refused, match=r"^该户已经启动复核。$"):
        actions.open_review(check=dibao, actor=clerk, on=VISITED)


def test_a_change_in_tekun_opens_its_own_review(round_: Round) -> None:
    tekun = next(each for each in round_.of_clerk(everybody(round_)) if each.benefits == ["assistance.tekun"])
    moved = round_.report("moved", findings="入住外地养老院")
    tekun = actions.record_visit(check=tekun, report=moved, actor=round_.cast.clerk, on=VISITED)
    tekun = actions.open_review(check=tekun, actor=round_.cast.reviewer, on=VISITED)
    assert tekun.review is not None
    assert tekun.review.kind == "assistance.tekun.review"


def test_nothing_is_reviewed_where_nothing_changed(round_: Round) -> None:
    check = round_.of_clerk(everybody(round_))[0]
    check = actions.record_visit(check=check, report=round_.report(), actor=round_.cast.clerk, on=VISITED)
    with pytest.raises(Refused, match=r"^入户核查没有发现变化，不需要启动复核。$"):
        actions.open_review(check=check, actor=round_.cast.clerk, on=VISITED)


def test_a_sheet_is_recorded_whole_or_not_at_all(round_: Round) -> None:
    plan = everybody(round_)
    mine = round_.of_clerk(plan)
    next_door = HomeCheck.objects.get(plan=plan, area=round_.county.zoufeng)
    good = [(check, round_.report()) for check in mine]
    with pytest.raises(Refused, match="不在您管辖范围内的，整份没有登记。"):
        actions.record_visits(plan=plan, reports=[*good, (next_door, round_.report())], actor=round_.cast.clerk, on=VISITED)
    assert HomeVisit.objects.count() == 0
    actions.record_visits(plan=plan, reports=good, actor=round_.cast.clerk, on=VISITED)
    assert HomeVisit.objects.count() == len(mine) == 9


def test_a_long_sheet_takes_as_many_questions_as_a_short_one(round_: Round, django_assert_num_queries: Any) -> None:
    plan = everybody(round_)
    mine = round_.of_clerk(plan)
    for part in (mine[:1], mine[1:]):
        with django_assert_num_queries(8):
            reports = [(check, round_.report()) for check in part]
            actions.record_visits(plan=plan, reports=reports, actor=round_.cast.clerk, on=VISITED)


def test_how_far_each_village_is(round_: Round) -> None:
    plan = everybody(round_)
    mine = round_.of_clerk(plan)
    clerk = round_.cast.clerk
    reports = [
        (mine[0], round_.report()),
        (mine[1], round_.report("absent")),
        (mine[2], round_.report("changed", changes=("health",), findings="卧床")),
    ]
    actions.record_visits(plan=plan, reports=reports, actor=clerk, on=VISITED)
    villages = queries.progress_by_village(round_.cast.leader, plan, date(2024, 6, 4))
    total = progress.total(villages)
    assert [(each.town, each.village, each.households) for each in villages] == [
        ("曲塘镇", "刘桥村", 6),
        ("曲塘镇", "孙庄社区", 3),
        ("白甸镇", "邹冯村", 1),
    ]
    assert (total.households, total.checked, total.changed, total.absent, total.overdue, total.share) == (10, 2, 1, 1, 1, 20)
    late = progress.total(queries.progress_by_village(round_.cast.leader, plan, date(2024, 6, 17)))
    assert (late.open, late.overdue) == (8, 8)
    assert [each.village for each in queries.progress_by_village(round_.cast.clerk_next_door, plan)] == ["邹冯村"]
    assert [each.town for each in progress.by_town(villages)] == ["曲塘镇", "白甸镇"]


def test_what_is_done_stands_in_the_log(round_: Round) -> None:
    round_.under_way()
    verbs = list(AuditLine.objects.filter(verb__startswith="homecheck").order_by("id").values_list("verb", flat=True))
    assert verbs == ["homecheck.planned", "homecheck.drawn", "homecheck.fixed"]
    assert AuditLine.objects.get(verb="homecheck.planned").summary.startswith(
        f"拟定{TITLE}：2024-04-30在册 10 户、3 个村（社区）"
    )
