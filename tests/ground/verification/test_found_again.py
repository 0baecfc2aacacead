"""What is found again: open findings go on in the later inquiry, and what somebody said of a record need not be said twice."""

from datetime import date, timedelta

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.audit.models import AuditLine
from anmin.ground.indicators.declarations import Window
from anmin.ground.people.models import Household, Person
from anmin.ground.verification import actions, queries
from anmin.ground.verification.campaigns import run_campaign, watch
from anmin.ground.verification.indicators import INDICATORS
from anmin.ground.verification.models import Extract, Finding, Hit, Inquiry
from anmin.ground.verification.vocabulary import FindingState, Occasion
from tests.checked_families import Checked
from tests.conftest import TODAY, Cast, County
from tests.verification_stage import JUNE, Stage

PUSHED = next(each for each in INDICATORS if each.id == "assistance.verification.provincial.records")


@pytest.fixture
def home(stage: Stage) -> Household:
    alone = stage.person("李国强", date(1956, 5, 1))
    made = stage.family(alone)
    stage.holds(made)
    stage.sign(alone)
    return made


def check(stage: Stage, county: County, on: date = TODAY) -> Inquiry:
    reviewer = stage.cast.reviewer
    opened = actions.open_campaign(occasion=Occasion.FULL, ground="全量核对", area=county.county, actor=reviewer, on=on)
    return run_campaign(inquiry=opened, actor=reviewer, on=on)


def waiting(actor: Actor) -> list[tuple[str, str]]:
    return [(each.inquiry.number, each.found) for each in queries.findings(actor, state="waiting")]


def pushed(cast: Cast) -> int:
    return PUSHED.rows(cast.reviewer, Window(TODAY, date(2024, 1, 1), date(2024, 12, 31))).count()


@pytest.mark.capability("SA-12")
def test_an_open_finding_is_not_doubled_by_the_next_check(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"), stage.row(home.head, plate="苏F2"))
    first, second = check(stage, county), check(stage, county)
    third = check(stage, county)
    told = "机动车2辆：苏F1（机动车）、苏F2（机动车）"
    assert waiting(cast.reviewer) == [(third.number, told)]
    assert list(queries.findings(cast.reviewer)) == list(queries.findings(cast.reviewer, state="waiting"))
    kept = Finding.objects.order_by("id")
    assert [(each.inquiry, each.state) for each in kept] == [(first, "carried"), (second, "carried"), (third, "open")]
    assert {each.taken_up_by for each in kept[:2]} == {kept[2]}
    assert Hit.objects.count() == 6
    assert pushed(cast) == 2


def test_the_earlier_inquiry_shows_it_as_it_stands_now(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"))
    first = check(stage, county)
    check(stage, county)
    now = Finding.objects.latest("id")
    actions.propose_finding(finding=now, proposal="rejected", reason="已过户", actor=cast.clerk, on=TODAY)
    found = queries.household_roll_up(cast.reviewer, home, first)
    assert found is not None
    assert ([each.pk for each in found.findings], found.waiting) == ([now.pk], 1)
    assert queries.progress(cast.reviewer, first).findings == {"proposed": 1}
    actions.decide_finding(finding=now, accept=False, reason="已过户", actor=cast.reviewer, on=TODAY)
    found = queries.household_roll_up(cast.reviewer, home, first)
    assert found is not None
    assert found.waiting == 0
    old = queries.finding(cast.reviewer, Finding.objects.order_by("id")[0].pk)
    assert old is not None
    with pytest.raises(Refused, match="该疑点已并入后一次核对HD2024000002，请在那里办理"):
        actions.propose_finding(finding=old.finding, proposal="rejected", reason="已过户", actor=cast.clerk, on=TODAY)


def test_it_goes_on_where_it_stood(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"))
    check(stage, county)
    asked = actions.ask_family(finding=Finding.objects.get(), reason="车是谁的", actor=cast.clerk, on=TODAY)
    check(stage, county)
    now = Finding.objects.latest("id")
    assert (now.state, now.reply_due_on) == (FindingState.ASKED, asked.reply_due_on)
    actions.record_objection(finding=now, reason="已卖", actor=cast.clerk, on=TODAY)
    actions.propose_finding(finding=now, proposal="rejected", reason="已卖", actor=cast.clerk, on=TODAY)
    check(stage, county)
    last = queries.finding(cast.reviewer, Finding.objects.latest("id").pk)
    assert last is not None
    assert [each.step for each in last.steps] == ["asked", "carried", "objected", "proposed", "carried"]
    assert (last.finding.state, last.taken_up) == ("proposed", ["HD2024000001", "HD2024000002"])
    with pytest.raises(Refused, match="提出意见的人不能自己认定"):
        actions.decide_finding(
            finding=last.finding, accept=False, reason="是", actor=Actor(cast.clerk.id, "同一人", cast.reviewer.roles), on=TODAY
        )
    actions.decide_finding(finding=last.finding, accept=False, reason="已过户", actor=cast.reviewer, on=TODAY)
    assert waiting(cast.reviewer) == []


def test_newer_words_about_the_same_record_take_the_place_of_the_older(
    stage: Stage, county: County, home: Household, cast: Cast
) -> None:
    rows = [stage.row(home.head, bank=bank, balance=fen) for bank, fen in (("农商行", "60000"), ("工行", "50000"))]
    stage.deliver("deposits", *rows)
    check(stage, county)
    actions.ask_family(finding=Finding.objects.get(), reason="存款来历", actor=cast.clerk, on=TODAY)
    rows[1]["balance"] = "70000"  # the larger of the two is another now
    stage.deliver("deposits", *rows, as_of=JUNE + timedelta(days=5))
    second = check(stage, county)
    (now,) = queries.findings(cast.reviewer, state="waiting")
    assert (now.inquiry, now.found) == (second, "金融资产合计130,000.00元：银行存款130,000.00元")
    assert now.state == FindingState.ASKED  # the days to answer run on


def test_another_record_of_the_same_rule_is_a_finding_of_its_own(
    stage: Stage, county: County, home: Household, cast: Cast
) -> None:
    stage.deliver("other_assistance", stage.row(home.head, benefit="低保", place="如皋市", amount="500"))
    check(stage, county)
    stage.deliver(
        "other_assistance", stage.row(home.head, benefit="低保", place="启东市", amount="500"), as_of=JUNE + timedelta(days=5)
    )
    check(stage, county)
    assert [found for _, found in waiting(cast.reviewer)] == ["如皋市：低保，每月500.00元", "启东市：低保，每月500.00元"]


def test_a_decided_finding_stays_decided(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    stage.deliver("farm_machinery", stage.row(home.head, machine="拖拉机"))
    check(stage, county)
    finding = Finding.objects.get()
    actions.propose_finding(finding=finding, proposal="rejected", reason="已报废", actor=cast.clerk, on=TODAY)
    actions.decide_finding(finding=finding, accept=False, reason="已报废", actor=cast.reviewer, on=TODAY)
    check(stage, county)
    assert [each.state for each in Finding.objects.order_by("id")] == ["rejected", "open"]


def test_a_case_that_is_checked_again_takes_over_what_the_full_check_left_open(stage: Stage, county: County, cast: Cast) -> None:
    checked = Checked(cast, county)
    owner = checked.person("张桂兰")
    home = checked.family(owner)
    checked.cars(("张桂兰", owner.identity_number or "", "苏F00001"))
    (first,) = checked.run(home)
    (second,) = checked.run(home)
    assert [number for number, _ in waiting(cast.reviewer)] == [second.number]
    # Of two requests for one family that are run together the later one goes on, and both cases show it.
    third, fourth = checked.run(home, home)
    assert [number for number, _ in waiting(cast.reviewer)] == [fourth.number]
    shown = [queries.household_roll_up(cast.clerk, home, each) for each in (first, second, third, fourth)]
    assert [[each.inquiry for each in one.findings] for one in shown if one is not None] == [[fourth]] * 4


def test_what_the_watch_finds_again_opens_its_review_all_the_same(
    stage: Stage, county: County, home: Household, cast: Cast
) -> None:
    stage.deliver("deaths", stage.row(home.head, died_on="2024-06-10"))
    check(stage, county)
    watched = watch(area=county.county, actor=cast.reviewer, on=TODAY)
    assert [number for number, _ in waiting(cast.reviewer)] == [watched.number]
    assert "1户有监测发现，启动复核" in AuditLine.objects.filter(verb="verification.reviews_opened").latest("sequence").summary


# --- whose record it is ----------------------------------------------------------------------------------------------------


def doubtful(stage: Stage, person: Person, as_of: date = JUNE, plate: str = "苏F9", **more: object) -> Extract:
    """A car under the person's number and another name."""
    row = {"name": "王大力", "identity_number": stage.clear[person.pk], "phone": "13800000000", "plate": plate, **more}
    return stage.deliver("vehicles", row, as_of=as_of)


@pytest.mark.capability("SA-12")
def test_a_namesakes_record_is_asked_about_once(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    doubtful(stage, home.head, registered_on="2020-01-01")
    check(stage, county)
    (hit,) = queries.hits_in_queue(cast.reviewer)
    actions.identify_hit(hit=hit, is_person=False, reason="车主住海门", actor=cast.clerk, on=TODAY)
    later = TODAY + timedelta(days=20)
    doubtful(stage, home.head, as_of=JUNE + timedelta(days=2), registered_on="2020-01-02")
    second = check(stage, county, on=later)
    assert not queries.hits_in_queue(cast.reviewer).exists()
    carried = queries.hit(cast.reviewer, Hit.objects.get(inquiry=second).pk)
    assert carried is not None
    row = carried.hit
    assert (row.tier, row.identified_by_id, row.identified_on, row.identified_because) == (
        "no",
        cast.clerk.id,
        TODAY,
        "车主住海门",
    )
    assert row.carried_from is not None
    assert row.carried_from.inquiry.number == "HD2024000001"
    said = AuditLine.objects.filter(verb="verification.source_asked", summary__contains="机动车").latest("sequence").summary
    assert said.endswith("1条疑似记录沿用以前的辨认")
    assert pushed(cast) == 0


def test_what_was_said_is_reopened_wherever_it_was_carried_to(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    doubtful(stage, home.head)
    check(stage, county)
    actions.identify_hit(hit=Hit.objects.get(), is_person=False, reason="车主住海门", actor=cast.clerk, on=TODAY)
    second = check(stage, county)
    (listed,) = queries.hits_looked_at(cast.reviewer)
    with pytest.raises(BadValue, match="请写明理由"):
        actions.reopen_hit(hit=listed, reason=" ", actor=cast.reviewer, on=TODAY)
    actions.reopen_hit(hit=Hit.objects.get(inquiry=second), reason="家属说是他的车", actor=cast.reviewer, on=TODAY)
    assert [(each.tier, each.identified_on, each.carried_from_id) for each in Hit.objects.order_by("id")] == [
        ("queue", None, None)
    ] * 2
    said = AuditLine.objects.filter(verb="verification.hit_reopened").latest("sequence").summary
    assert "原辨认“不是本人”（2024-07-01：车主住海门）不再适用，沿用该辨认的1次核对同时恢复待辨认。家属说是他的车" in said
    (asked,) = queries.hits_in_queue(cast.reviewer)  # the same record once
    assert asked.inquiry == second
    third = check(stage, county)
    assert [each.inquiry for each in queries.hits_in_queue(cast.reviewer)] == [third]
    # Looked at once more, it holds for all three, and its finding stands once.
    actions.identify_hit(hit=Hit.objects.get(inquiry=third), is_person=True, reason="行驶证", actor=cast.reviewer, on=TODAY)
    assert {(each.tier, each.identified_because) for each in Hit.objects.all()} == {("B", "行驶证")}
    assert waiting(cast.reviewer) == [(third.number, "机动车1辆：苏F9（机动车）")]
    with pytest.raises(Refused, match="该记录已经列入核对发现"):
        actions.reopen_hit(hit=Hit.objects.get(inquiry=third), reason="不是", actor=cast.reviewer, on=TODAY)
    check(stage, county)
    assert not queries.hits_in_queue(cast.reviewer).exists()
    assert len(waiting(cast.reviewer)) == 1


def test_another_record_is_asked_about(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    doubtful(stage, home.head)
    check(stage, county)
    actions.identify_hit(hit=Hit.objects.get(), is_person=False, reason="车主住海门", actor=cast.clerk, on=TODAY)
    doubtful(stage, home.head, as_of=JUNE + timedelta(days=2), plate="苏F8")
    second = check(stage, county)
    assert [each.inquiry for each in queries.hits_in_queue(cast.reviewer)] == [second]
    with pytest.raises(Refused, match="还没有人辨认"):
        actions.reopen_hit(hit=Hit.objects.get(inquiry=second), reason="看错", actor=SYSTEM, on=TODAY)


def test_what_was_corrected_on_our_side_is_looked_at_anew(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    doubtful(stage, home.head)
    check(stage, county)
    actions.identify_hit(hit=Hit.objects.get(), is_person=False, reason="车主住海门", actor=cast.clerk, on=TODAY)
    Person.objects.filter(pk=home.head_id).update(name="王建")
    again = Hit.objects.get(inquiry=check(stage, county))
    assert (again.tier, again.carried_from) == ("queue", None)


def test_the_clerk_next_door_looks_at_nothing_here(stage: Stage, county: County, home: Household, cast: Cast) -> None:
    doubtful(stage, home.head)
    check(stage, county)
    actions.identify_hit(hit=Hit.objects.get(), is_person=False, reason="车主住海门", actor=cast.clerk, on=TODAY)
    assert not queries.hits_looked_at(cast.clerk_next_door).exists()
    with pytest.raises(Refused, match="可以辨认疑似记录"):
        actions.reopen_hit(hit=Hit.objects.get(), reason="看错", actor=cast.clerk_next_door, on=TODAY)
