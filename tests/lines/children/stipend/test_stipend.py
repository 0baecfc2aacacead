"""The stipend of children in distress: granted with its category, paid by difference, carried on in school; and its figures."""

from datetime import date
from typing import Any

import pytest

from anmin.base.periods import HalfYear, Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.actions import decide_group
from anmin.ground.entitlements.models import Entitlement, GroupDecision
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.indicators.declarations import Window
from anmin.ground.payments.models import RollLine
from anmin.ground.people.actions import correct_fact, record_death
from anmin.ground.people.models import Fact, Person
from anmin.ground.schedules.clockwork import lay_all
from anmin.ground.schedules.models import Task
from anmin.lines.children.stipend.actions import set_category
from tests.conftest import TODAY, Cast
from tests.single_persons import Counter, Village, approved, due, figure, lines, missing, refused
from tests.small_register import SmallRegister

pytestmark = pytest.mark.capability("CD-04")

BENEFIT = "children.stipend"
FIRST = date(2024, 3, 1)
H1 = Window.of(HalfYear(2024, 1))
ORPHAN: dict[str, Any] = {"child__father": "dead", "child__mother": "dead"}
LEFT: dict[str, Any] = {"child__father": "dead", "child__mother": "lost_contact"}


@pytest.fixture
def counter(cast: Cast) -> Counter:
    return Counter(cast, BENEFIT)


def with_grandmother(village: Village, born: date = date(2012, 3, 3), **facts: Any) -> Person:
    grandmother, child = village.person(date(1955, 1, 1)), village.person(born, **facts)
    village.home(grandmother, child, relations=("head", "grandchild"))
    return child


def months(held: Entitlement, *numbers: int) -> list[int]:
    return [due(held, Month(2024, number)) for number in numbers]


def categories(child: Person) -> list[tuple[str | None, date, date | None]]:
    rows = Fact.objects.filter(person=child, kind="child.category", superseded_at=None).order_by("valid_from")
    return list(rows.values_list("code", "valid_from", "valid_until"))


# ── decision ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_grants_from_the_next_month_and_records_the_category(village: Village, counter: Counter) -> None:
    child = with_grandmother(village, **LEFT)
    held = counter.granted(child, date(2024, 3, 20))
    assert (held.route, held.valid_from, months(held, 4)) == ("no_guardian", date(2024, 4, 1), [148_400])
    assert categories(child) == [("no_guardian", date(2024, 4, 1), None)]


def test_the_letter_says_the_category_and_the_amount(village: Village, counter: Counter) -> None:
    child = with_grandmother(village, **ORPHAN)
    counter.granted(child, date(2024, 3, 20))
    assert counter.case is not None
    said = counter.case.actions.get(step="confirm").data["assessment"]
    assert (said["route"], said["amount"]) == ("散居孤儿", 185_500)
    assert said["paragraph"] == (
        f"2024年4月：{child.name}：符合困境儿童基本生活费条件，每月1,855.00元。"
        f"{child.name}属于孤儿，月标准1,855.00元，发给1,855.00元。"
    )


def test_who_asks_for_the_first_time_when_of_age_is_told_why_not(village: Village, counter: Counter, cast: Cast) -> None:
    student = with_grandmother(village, born=date(2005, 3, 16), schooling__level="college", **ORPHAN)
    counter.apply(student, FIRST)
    counter.take("accept", FIRST, cast.clerk)
    said = refused(lambda: counter.take("examine", FIRST, cast.clerk, {"opinion": "grant"}))
    assert f"{student.name}已满十八周岁；未成年时已享受基本生活费、成年后仍在全日制学校就读的才继续发给" in said


def test_a_child_whose_parent_can_care_is_refused_with_the_reason(village: Village, counter: Counter, cast: Cast) -> None:
    child = with_grandmother(village, child__father="dead")
    counter.apply(child, FIRST)
    counter.take("accept", FIRST, cast.clerk)
    said = refused(lambda: counter.take("examine", FIRST, cast.clerk, {"opinion": "grant"}))
    assert said.endswith(f"按登记的父母情况、本人健康和家庭状况，{child.name}不属于六类困境儿童。")


def test_a_list_grants_each_child_by_its_own_measure(village: Village, cast: Cast) -> None:
    orphan, left = with_grandmother(village, **ORPHAN), with_grandmother(village, **LEFT)
    rows = "\n".join(f"{village.identity(each)},2024-07-01" for each in (orphan, left))
    content = f"身份证号,起始月份\n{rows}".encode("utf-8-sig")
    import_file(form=f"{BENEFIT}.grants", path=content, name="名单.csv", actor=cast.reviewer, on=TODAY)
    decide_group(group=GroupDecision.objects.get(), actor=cast.decision_maker, on=TODAY)
    held = Entitlement.objects.order_by("id")
    assert [(each.holder, each.route) for each in held] == [(orphan, "orphan"), (left, "no_guardian")]


def test_a_child_without_a_category_gets_the_one_of_the_rules(village: Village) -> None:
    child = with_grandmother(village, **LEFT)
    village.hold(BENEFIT, child, FIRST, route="no_guardian")
    lay_all(actor=SYSTEM, on=date(2024, 6, 12))
    assert categories(child) == [("no_guardian", FIRST, None)]


def test_a_category_that_no_longer_fits_is_a_task_and_stays(village: Village, cast: Cast) -> None:
    child = with_grandmother(village, **ORPHAN)
    village.hold(BENEFIT, child, FIRST)
    set_category(person=child, category="unable", valid_from=FIRST, source="审定", actor=cast.clerk, on=FIRST)
    lay_all(actor=SYSTEM, on=date(2024, 6, 12))
    assert categories(child) == [("unable", FIRST, None)]
    assert [task.label for task in Task.objects.filter(state="open")] == [
        f"困境儿童基本生活费类别：{child.name}按现有情况属于孤儿，登记为父母无力履行监护职责的儿童"
    ]


def test_a_category_set_anew_ends_the_old_the_day_before(village: Village, cast: Cast) -> None:
    child = with_grandmother(village, **LEFT)
    for category, since in (("poor", FIRST), ("no_guardian", date(2024, 6, 1))):
        set_category(person=child, category=category, valid_from=since, source="季度排查", actor=cast.clerk, on=TODAY)
    assert categories(child) == [("poor", FIRST, date(2024, 5, 31)), ("no_guardian", date(2024, 6, 1), None)]


def test_the_clerk_next_door_cannot_set_a_category(village: Village, cast: Cast) -> None:
    child = with_grandmother(village)
    said = refused(
        lambda: set_category(person=child, category="poor", valid_from=FIRST, source="排查", actor=cast.clerk_next_door, on=TODAY)
    )
    assert said == "只有儿童所在地的经办人、科室人员或审核确认人可以认定困境儿童类别。"


# ── month by month ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_dibao_gives_is_deducted_from_its_first_month(village: Village) -> None:
    child = with_grandmother(village, **LEFT)
    village.fact(child, "child.other_benefits", 82_000, date(2024, 5, 1))
    held = village.hold(BENEFIT, child, FIRST)
    village.hold("assistance.dibao", child, date(2024, 5, 1), route="household")
    # In dibao the family is poor, so the whole of the orphans' standard is the measure.
    assert months(held, 4, 5) == [148_400, 103_500]


def test_the_share_of_dibao_is_written_down_from_its_roll(village: Village, cast: Cast) -> None:
    child = with_grandmother(village, **LEFT)
    village.hold(BENEFIT, child, FIRST)
    dibao = village.hold("assistance.dibao", child, FIRST, route="household")
    roll = SmallRegister(benefit="assistance.dibao").roll("2024-03")
    RollLine.objects.create(
        roll=roll, entitlement=dibao, area=dibao.area, for_month="2024-03", kind="regular", persons=2, due=164_001, already=0,
        amount=164_001, snapshot={"parts": {}}, seal="",
    )  # fmt: skip
    SmallRegister().approve(roll)
    for day in (12, 13):
        lay_all(actor=SYSTEM, on=date(2024, 3, day))
    written = Fact.objects.filter(person=child, kind="child.other_benefits")
    assert list(written.values_list("amount", "valid_from", "source")) == [(82_001, FIRST, "本系统已审批名册")]
    assert [task.state for task in Task.objects.filter(schedule="children.stipend.differences")] == ["done"]
    assert lines(approved(cast, BENEFIT, "2024-03", date(2024, 3, 14))) == [("2024-03", "regular", 185_500 - 82_001)]


def test_a_share_of_dibao_that_nobody_wrote_down_is_asked_for(village: Village) -> None:
    child = with_grandmother(village, **LEFT)
    held = village.hold(BENEFIT, child, FIRST)
    village.hold("assistance.dibao", child, FIRST, route="household")
    assert missing(held, Month(2024, 3)) == [f"{child.name}：“本人每月已享受的低保、残疾人生活补贴等金额”没有登记或数值有误"]


def test_it_ends_with_the_eighteenth_birthday_unless_school_goes_on(village: Village) -> None:
    idle, student = (with_grandmother(village, date(2006, 4, 10), **ORPHAN) for _ in range(2))
    village.fact(student, "schooling.level", "high")
    held = [village.hold(BENEFIT, each, FIRST) for each in (idle, student)]
    assert [months(each, 4, 5) for each in held] == [[185_500, 0], [185_500, 185_500]]


def test_adoption_and_death_end_it_with_the_next_month(village: Village, cast: Cast) -> None:
    adopted, dead = (with_grandmother(village, **ORPHAN) for _ in range(2))
    held = [village.hold(BENEFIT, each, FIRST) for each in (adopted, dead)]
    village.fact(adopted, "child.adopted", 1, date(2024, 4, 10))
    record_death(person=dead, died_on=date(2024, 4, 10), source="医院", actor=cast.clerk, on=date(2024, 4, 12))
    assert [months(each, 4, 5) for each in held] == [[185_500, 0]] * 2


def test_a_mother_found_late_is_taken_back(village: Village, cast: Cast) -> None:
    child = with_grandmother(village, child__father="dead")
    lost = village.fact(child, "child.mother", "lost_contact")
    village.hold(BENEFIT, child, FIRST)
    approved(cast, BENEFIT, "2024-03", date(2024, 3, 8))
    approved(cast, BENEFIT, "2024-04", date(2024, 4, 8))
    found = date(2024, 3, 15)
    correct_fact(fact=lost, value="able", valid_from=found, source="派出所", actor=cast.clerk, on=date(2024, 5, 6))
    assert lines(approved(cast, BENEFIT, "2024-05", date(2024, 5, 8))) == [("2024-04", "recovery", -148_400)]


# ── files and figures ────────────────────────────────────────────────────────────────────────────────────────────────


def test_those_who_hold_it_come_as_a_register(village: Village, cast: Cast) -> None:
    child = with_grandmother(village, **ORPHAN)
    row = f"{village.identity(child)},,散居孤儿,2019-06-20,2019-07-01"
    content = f"身份证号,姓名,保障方式,审核确认日期,享受起始日期\n{row}".encode("utf-8-sig")
    batch = import_file(form=f"{BENEFIT}.register", path=content, name="在享.csv", actor=cast.administrator, on=TODAY)
    assert not batch.is_refused, batch.problems
    held = Entitlement.objects.get()
    assert (held.holder, held.route, held.migrated, held.valid_from) == (child, "orphan", True, date(2019, 7, 1))


def test_a_register_without_measures_takes_those_of_the_rules(village: Village, cast: Cast) -> None:
    orphan, left, unknown = (with_grandmother(village, **facts) for facts in (ORPHAN, LEFT, {}))

    def bring(*children: Person) -> ImportBatch:
        rows = "\n".join(f"{village.identity(each)},2019-06-20,2019-07-01" for each in children)
        content = f"身份证号,审核确认日期,享受起始日期\n{rows}".encode("utf-8-sig")
        return import_file(form=f"{BENEFIT}.register", path=content, name="在享.csv", actor=cast.administrator, on=TODAY)

    assert bring(orphan, left, unknown).problems == [
        f"{unknown.name}没有填写“保障方式”，按登记的情况也不能认定；请填写保障方式，或先导入“儿童和父母情况”。"
    ]
    bring(orphan, left)
    assert [each.route for each in Entitlement.objects.order_by("id")] == ["orphan", "no_guardian"]


def test_registered_children_are_counted_by_category(village: Village, cast: Cast) -> None:
    for category in ("orphan", "poor", "poor", "none"):
        child = with_grandmother(village)
        set_category(person=child, category=category, valid_from=FIRST, source="排查", actor=cast.clerk, on=FIRST)
    ids = [f"children.registered.{each}persons" for each in ("", "orphan.", "poor.", "severe.")]
    assert [figure(each, H1) for each in ids] == [3, 1, 2, 0]
    assert figure(ids[0], H1, cast.clerk_next_door) == 0


def test_holders_are_counted_apart_from_the_registered(village: Village, cast: Cast) -> None:
    child = with_grandmother(village, **ORPHAN)
    village.hold(BENEFIT, child, FIRST)
    set_category(person=with_grandmother(village), category="poor", valid_from=FIRST, source="排查", actor=cast.clerk, on=FIRST)
    assert [figure(each, H1) for each in (f"{BENEFIT}.persons", "children.registered.persons")] == [1, 1]
