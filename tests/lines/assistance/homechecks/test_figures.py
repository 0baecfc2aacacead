"""The figures of home checks come from the visits; the sheet of a town becomes visits, or is told what is wrong with it."""

import pytest

from anmin.base.periods import HalfYear
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.indicators import queries as indicators
from anmin.lines.assistance.homechecks import actions
from anmin.lines.assistance.homechecks.models import HomeCheckPlan, HomeVisit
from tests.conftest import TODAY
from tests.lines.assistance.homechecks.conftest import TITLE, VISITED, Round

pytestmark = pytest.mark.capability("SA-14")

HEAD = "核查名称,户编号,入户日期,走访人员,另一走访人员,核查结果,变化内容,走访情况"


def figures() -> dict[str, int | None]:
    names = ("villages", "households", "changed", "visits")
    period = HalfYear.parse("2024H1")
    return {name: indicators.figure(SYSTEM, f"assistance.home_visits.{name}", period).value for name in names}


def bring(round_: Round, *rows: str) -> ImportBatch:
    content = "\n".join((HEAD, *rows)).encode("gbk")
    return import_file(form="assistance.homechecks.visits", path=content, name="结果.csv", actor=round_.cast.clerk, on=TODAY)


@pytest.fixture
def plan(round_: Round) -> HomeCheckPlan:
    return round_.under_way(villages=3, households=None)


def test_without_a_round_nothing_is_known(round_: Round) -> None:
    assert figures() == {"villages": None, "households": None, "changed": None, "visits": None}


def test_households_count_when_somebody_was_met(round_: Round, plan: HomeCheckPlan) -> None:
    mine = round_.of_clerk(plan)
    changed = round_.report("changed", changes=("home",), findings="新建楼房")
    reports = [(mine[0], round_.report()), (mine[1], round_.report("absent")), (mine[2], changed)]
    actions.record_visits(plan=plan, reports=reports, actor=round_.cast.clerk, on=VISITED)
    assert figures() == {"villages": len({mine[0].area_id, mine[2].area_id}), "households": 2, "changed": 1, "visits": 3}


def test_a_corrected_visit_counts_once(round_: Round, plan: HomeCheckPlan) -> None:
    check, clerk = round_.of_clerk(plan)[0], round_.cast.clerk
    check = actions.record_visit(check=check, report=round_.report(), actor=clerk, on=VISITED)
    first = HomeVisit.objects.get()
    actions.correct_visit(check=check, visit=first, report=round_.report("absent"), reason="误记", actor=clerk, on=VISITED)
    assert figures() == {"villages": 0, "households": 0, "changed": 0, "visits": 1}


def test_a_sheet_becomes_visits(round_: Round, plan: HomeCheckPlan) -> None:
    one, other = (check.household.number for check in round_.of_clerk(plan)[:2])
    batch = bring(
        round_,
        f"{TITLE},{one},2024-05-20,王经办,刘村长,家中无人,,",
        f"{TITLE},{one},2024-05-27,王经办,吴经办,与申报一致,,老人身体尚可",
        f"{TITLE},{other},2024-05-20,clerk2,刘村长,情况有变化,收入、家庭人口,儿子务工，孙女出生",
    )
    assert list(batch.problems) == []
    found = HomeVisit.objects.order_by("visited_on", "id").values_list(
        "check_of__household__number", "visitor__name", "second_visitor__name", "other_visitor", "result", "changes"
    )
    assert list(found) == [
        (one, "王经办", None, "刘村长", "absent", []),
        (other, "吴经办", None, "刘村长", "changed", ["members", "income"]),
        (one, "王经办", "吴经办", "", "as_declared", []),
    ]


def test_faulty_rows_are_told_and_nothing_is_recorded(round_: Round, plan: HomeCheckPlan) -> None:
    mine = round_.of_clerk(plan)[0].household.number
    next_door = plan.checks.get(area=round_.county.zoufeng).household.number
    batch = bring(
        round_,
        f"{TITLE},{mine},2024-05-20,无名氏,刘村长,与申报一致,,",
        f"{TITLE},{next_door},2024-05-20,王经办,刘村长,与申报一致,,",
        f"去年的核查,{mine},2024-05-20,王经办,刘村长,与申报一致,,",
        f"{TITLE},{mine},2024-05-20,王经办,刘村长,情况有变化,心情,很好",
    )
    assert list(batch.problems) == [
        "第 2 行“走访人员”：没有名为“无名氏”的工作人员，第一走访人应是本单位工作人员。",
        f"第 3 行“户编号”：{next_door}不在“{TITLE}”的核查名单上，或不在您的管辖范围内。",
        "第 4 行“核查名称”：没有正在进行的“去年的核查”，请核对核查名称的写法。",
        "第 5 行“变化内容”：“心情”不在可选项内，可填：家庭人口、收入、财产、健康和自理能力、居住情况、有成员去世、其他。",
    ]
    assert HomeVisit.objects.count() == 0
