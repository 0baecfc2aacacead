"""What a finding is, people decide: the family is heard, somebody proposes, somebody else decides, the fact is recorded."""

from datetime import date, timedelta

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.actions import add_supporter, correct_fact
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter
from anmin.ground.verification import actions, queries
from anmin.ground.verification.models import Finding, FindingStep, Hit, Inquiry
from tests.conftest import TODAY
from tests.verification_stage import JUNE, Stage

FIFTEEN = date(2024, 7, 15)
"""Ten working days after 1 July."""


@pytest.fixture
def home(stage: Stage) -> Household:
    alone = stage.person("李国强", date(1956, 5, 1))
    made = stage.family(alone)
    stage.holds(made)
    stage.sign(alone)
    return made


@pytest.fixture
def finding(stage: Stage, home: Household) -> Finding:
    """A car that was not declared."""
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345", vehicle_kind="小型轿车"))
    return Finding.objects.get()


def propose(stage: Stage, finding: Finding, proposal: str = "accepted", actor: Actor | None = None, on: date = TODAY) -> Finding:
    return actions.propose_finding(
        finding=finding, proposal=proposal, reason="入户见到该车。", actor=actor or stage.cast.clerk, on=on
    )


def decide(stage: Stage, finding: Finding, accept: bool = True, actor: Actor | None = None, on: date = TODAY) -> Finding:
    return actions.decide_finding(finding=finding, accept=accept, reason="属实。", actor=actor or stage.cast.reviewer, on=on)


def vehicles_of(person: Person) -> list[tuple[int | None, date, date | None, bool]]:
    rows = Fact.objects.filter(person=person, kind="assets.vehicles").order_by("valid_from", "id")
    return [(row.amount, row.valid_from, row.valid_until, row.superseded_at is None) for row in rows]


@pytest.mark.capability("SA-12")
def test_nothing_is_recorded_by_a_match(finding: Finding, home: Household) -> None:
    assert finding.state == "open"
    assert vehicles_of(home.head) == []


@pytest.mark.capability("SA-12")
def test_accepted_by_another_person_it_is_recorded_with_its_evidence(stage: Stage, finding: Finding, home: Household) -> None:
    propose(stage, finding)
    assert decide(stage, finding).state == "accepted"
    fact = Fact.objects.get(person=home.head, kind="assets.vehicles")
    assert (fact.amount, fact.valid_from, fact.source) == (1, JUNE, "核对HD2024000001：机动车，截至2024-06-15")
    assert list(FindingStep.objects.order_by("id").values_list("step", "proposal", "taken_by")) == [
        ("proposed", "accepted", stage.cast.clerk.id), ("accepted", "", stage.cast.reviewer.id),
    ]  # fmt: skip
    said = AuditLine.objects.filter(verb="verification.finding_decided").get().summary
    assert said == "认定“名下有未申报车辆”属实：属实。；自2024-06-15起记录机动车（不含残疾人代步车和唯一谋生小型车）"


def test_what_was_recorded_for_those_days_stays_readable(stage: Stage, finding: Finding, home: Household) -> None:
    Fact.objects.create(
        person=home.head, kind="assets.vehicles", amount=0, valid_from=date(2020, 1, 1), source="申报",
        recorded_at="2020-01-01T00:00:00+08:00",
    )  # fmt: skip
    propose(stage, finding)
    decide(stage, finding)
    assert vehicles_of(home.head) == [
        (0, date(2020, 1, 1), None, False), (0, date(2020, 1, 1), JUNE - timedelta(days=1), True), (1, JUNE, None, True),
    ]  # fmt: skip


@pytest.mark.capability("SA-12")
def test_who_proposed_does_not_decide(stage: Stage, finding: Finding) -> None:
    propose(stage, finding, actor=stage.cast.reviewer)
    with pytest.raises(Refused, match="提出意见的人不能自己认定"):
        decide(stage, finding)
    with pytest.raises(Refused, match="提出意见的人不能自己退回"):
        actions.return_finding(finding=finding, reason="再看", actor=stage.cast.reviewer, on=TODAY)
    assert decide(stage, finding, actor=stage.cast.second_reviewer).state == "accepted"


def test_another_decision_takes_a_return(stage: Stage, finding: Finding, home: Household) -> None:
    propose(stage, finding, "rejected")
    with pytest.raises(Refused, match="提出的意见是“不属实”，与此认定不一致"):
        decide(stage, finding)
    assert actions.return_finding(finding=finding, reason="请看行驶证", actor=stage.cast.reviewer, on=TODAY).state == "open"
    propose(stage, finding, "rejected")
    assert decide(stage, finding, accept=False).state == "rejected"
    assert vehicles_of(home.head) == []


def test_a_town_clerk_does_not_decide_and_a_neighbour_does_not_look(stage: Stage, finding: Finding) -> None:
    propose(stage, finding)
    with pytest.raises(Refused, match="只有县级民政部门的审核人员可以认定疑点"):
        decide(stage, finding, actor=stage.cast.second_clerk)
    with pytest.raises(Refused, match="只有本镇"):
        propose(stage, finding, actor=stage.cast.clerk_next_door)
    assert queries.finding(stage.cast.clerk_next_door, finding.pk) is None
    assert list(queries.findings(stage.cast.clerk_next_door)) == []


@pytest.mark.capability("SA-12")
def test_a_family_that_was_asked_is_given_its_time(stage: Stage, finding: Finding) -> None:
    asked = actions.ask_family(finding=finding, reason="请说明车辆来源", actor=stage.cast.clerk, on=TODAY)
    assert (asked.state, asked.reply_due_on) == ("asked", FIFTEEN)
    with pytest.raises(Refused, match="已请家庭说明，期限至2024-07-15"):
        propose(stage, finding, on=FIFTEEN)
    assert propose(stage, finding, on=FIFTEEN + timedelta(days=1)).state == "proposed"


@pytest.mark.capability("SA-12")
def test_an_objection_comes_before_the_decision_and_reopens_one(stage: Stage, finding: Finding) -> None:
    actions.ask_family(finding=finding, reason="请说明", actor=stage.cast.clerk, on=TODAY)
    told = actions.record_objection(finding=finding, reason="车已于五月卖出，附协议", actor=stage.cast.clerk, on=TODAY)
    assert told.state == "answered"
    propose(stage, finding, "rejected")
    decide(stage, finding, accept=False)
    with pytest.raises(Refused, match="该疑点目前为“不属实”，不能办理此步骤"):
        actions.record_objection(finding=finding, reason="再议", actor=stage.cast.clerk, on=TODAY)
    again = actions.reopen_finding(finding=finding, reason="群众反映车仍在用", actor=stage.cast.reviewer, on=TODAY)
    assert again.state == "open"
    page = queries.finding(stage.cast.clerk, finding.pk)
    assert page is not None
    assert [step.get_step_display() for step in page.steps] == [
        "请家庭说明", "家庭提出异议", "提出处理意见", "认定不属实", "异议后重新核查",
    ]  # fmt: skip


@pytest.mark.capability("SA-12")
@pytest.mark.parametrize("declared", [None, 0])
def test_reopened_what_was_known_before_is_known_again(
    stage: Stage, finding: Finding, home: Household, declared: int | None
) -> None:
    if declared is not None:
        Fact.objects.create(
            person=home.head, kind="assets.vehicles", amount=declared, valid_from=date(2020, 1, 1), source="申报",
            recorded_at="2020-01-01T00:00:00+08:00",
        )  # fmt: skip
    propose(stage, finding)
    decide(stage, finding)
    actions.reopen_finding(finding=finding, reason="车是儿子的", actor=stage.cast.reviewer, on=TODAY + timedelta(days=5))
    now = Fact.objects.filter(person=home.head, kind="assets.vehicles", superseded_at__isnull=True).order_by("valid_from")
    assert [(row.amount, row.valid_from, row.valid_until, row.source) for row in now] == (
        [] if declared is None else [(0, date(2020, 1, 1), JUNE - timedelta(days=1), "申报"), (0, JUNE, None, "申报")]
    )
    said = AuditLine.objects.get(verb="verification.finding_reopened").summary
    assert said.endswith("车是儿子的；机动车（不含残疾人代步车和唯一谋生小型车）已恢复为认定之前的记录")
    page = queries.finding(stage.cast.clerk, finding.pk)
    assert page is not None
    assert said.endswith(page.steps[-1].reason)
    # It may be accepted and reopened again.
    propose(stage, finding, on=TODAY + timedelta(days=6))
    decide(stage, finding, on=TODAY + timedelta(days=7))
    assert [row.amount for row in now.all() if row.valid_from == JUNE] == [1]


def test_reopened_what_somebody_has_corrected_since_stays(stage: Stage, finding: Finding, home: Household) -> None:
    propose(stage, finding)
    decide(stage, finding)
    fact = Fact.objects.get(person=home.head, kind="assets.vehicles")
    correct_fact(fact=fact, value=2, source="入户查看", actor=stage.cast.clerk, on=TODAY)
    actions.reopen_finding(finding=finding, reason="再查", actor=stage.cast.reviewer, on=TODAY)
    assert Fact.objects.get(person=home.head, kind="assets.vehicles", superseded_at=None).amount == 2
    assert AuditLine.objects.get(verb="verification.finding_reopened").summary.endswith("在认定后已另行更正，保持现状")


@pytest.mark.capability("SA-12")
@pytest.mark.parametrize(("declared", "found", "kept"), [(None, 500_000, 500_000), (200_000, 500_000, 500_000)])
def test_a_supporters_wage_becomes_the_income_of_their_household(
    stage: Stage, home: Household, declared: int | None, found: int, kept: int
) -> None:
    son = stage.person("李小国", date(1985, 5, 1))
    duty = add_supporter(
        dependant=home.head, obligor=son, duty="maintain_parent", household_income=declared, household_size=3,
        valid_from=date(2020, 1, 1), actor=stage.cast.clerk, on=date(2020, 1, 1),
    )  # fmt: skip
    stage.found(
        home, "social_insurance", stage.row(son, employer="某厂", wage=f"{found // 100}"), person=son, capacity="supporter"
    )  # fmt: skip
    finding = Finding.objects.get()
    propose(stage, finding)
    decide(stage, finding)
    rows = Supporter.objects.filter(dependant=home.head, superseded_at__isnull=True).order_by("valid_from")
    assert [(row.household_income, row.valid_from, row.valid_until) for row in rows] == [
        (declared, duty.valid_from, JUNE - timedelta(days=1)), (kept, JUNE, None),
    ]  # fmt: skip
    said = AuditLine.objects.get(verb="verification.finding_decided").summary
    assert said.endswith("自2024-06-15起义务人家庭月收入按5,000.00元记录")
    actions.reopen_finding(finding=finding, reason="系另一人", actor=stage.cast.reviewer, on=TODAY + timedelta(days=1))
    assert [row.household_income for row in rows.all()] == [declared, declared]
    said = AuditLine.objects.get(verb="verification.finding_reopened").summary
    assert said.endswith("义务人家庭月收入已恢复为认定之前的记录")


def test_a_death_that_was_none_is_taken_back_and_what_it_ended_goes_on(stage: Stage, home: Household) -> None:
    stage.found(home, "deaths", stage.row(home.head, died_on="2024-06-02"))
    finding = Finding.objects.get()
    propose(stage, finding)
    decide(stage, finding)
    home.head.refresh_from_db()
    assert home.head.died_on == date(2024, 6, 2)
    actions.reopen_finding(finding=finding, reason="本人到场", actor=stage.cast.reviewer, on=TODAY)
    said = AuditLine.objects.get(verb="verification.finding_reopened").summary
    assert said.endswith("死亡登记已撤销，因此终止的情况恢复为登记之前的记录；已经停发的待遇另行办理")
    home.head.refresh_from_db()
    members = HouseholdMember.objects.filter(person=home.head, superseded_at__isnull=True)
    assert (home.head.died_on, [row.valid_until for row in members]) == (None, [None])


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "请写明理由"), ("长" * 501, "理由最多500字")])
def test_a_step_needs_a_reason_of_some_length(stage: Stage, finding: Finding, reason: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        actions.propose_finding(finding=finding, proposal="accepted", reason=reason, actor=stage.cast.clerk, on=TODAY)
    assert not FindingStep.objects.exists()


def test_a_proposal_is_one_of_two(stage: Stage, finding: Finding) -> None:
    with pytest.raises(BadValue, match="处理意见应为“属实”或者“不属实”"):
        propose(stage, finding, "open")


@pytest.mark.capability("SA-12")
def test_a_death_that_is_accepted_ends_everything_that_ends_with_a_life(stage: Stage, home: Household) -> None:
    stage.found(home, "deaths", stage.row(home.head, died_on="2024-06-02", cremated_on="2024-06-04"))
    found = Finding.objects.get()
    assert (found.kind, found.declared, found.found) == ("dead", "健在", "2024-06-02死亡、2024-06-04火化")
    propose(stage, found)
    decide(stage, found)
    assert Person.objects.get(pk=home.head_id).died_on == date(2024, 6, 2)


@pytest.mark.capability("SA-12")
def test_a_doubtful_record_is_the_persons_once_somebody_says_so(stage: Stage, home: Household) -> None:
    hit = stage.found(home, "companies", stage.row(home.head, company="国强商店"), tier="queue")
    assert not Finding.objects.exists()
    seen = actions.identify_hit(hit=hit, is_person=True, reason="曾用名李国华，户口簿有记载", actor=stage.cast.clerk, on=TODAY)
    assert (seen.tier, seen.identified_by_id, seen.identified_on) == ("B", stage.cast.clerk.id, TODAY)
    assert list(Finding.objects.values_list("kind", "hit")) == [("company", hit.pk)]
    with pytest.raises(Refused, match="已经有人辨认"):
        actions.identify_hit(hit=hit, is_person=False, reason="不是", actor=stage.cast.clerk, on=TODAY)


def test_a_namesakes_record_makes_no_finding(stage: Stage, home: Household) -> None:
    hit = stage.found(home, "companies", stage.row(home.head, company="某公司"), tier="queue")
    actions.identify_hit(hit=hit, is_person=False, reason="企业方登记错误", actor=stage.cast.clerk, on=TODAY)
    assert not Finding.objects.exists()
    assert list(queries.hits_in_queue(stage.cast.clerk)) == []


@pytest.mark.capability("SA-12")
def test_two_sources_at_odds_are_settled_by_a_named_person(stage: Stage, home: Household) -> None:
    stage.found(home, "deaths", stage.row(home.head, died_on="2024-03-02"))
    stage.found(home, "social_insurance", stage.row(home.head, employer="海安纺织厂", wage="2000", from_on="2024-05-01"))
    odds = Finding.objects.get(kind="contradiction")
    assert odds.against is not None
    with pytest.raises(Refused, match="请裁定采信哪个来源"):
        propose(stage, odds)
    with pytest.raises(BadValue, match="请在两个来源的记录中选择一个"):
        actions.settle_contradiction(finding=odds, holds=Hit(pk=0), reason="?", actor=stage.cast.reviewer, on=TODAY)
    settled = actions.settle_contradiction(
        finding=odds, holds=odds.against, reason="本人到场，死亡为同名误报", actor=stage.cast.reviewer, on=TODAY
    )
    assert settled.state == "rejected"
    assert settled.steps.get().reason == "本人到场，死亡为同名误报；采信社会保险参保"
    assert AuditLine.objects.latest("sequence").summary == "数据源不一致，采信社会保险参保：本人到场，死亡为同名误报"


def test_findings_are_found_by_state_kind_and_text(stage: Stage, finding: Finding) -> None:
    reviewer = stage.cast.reviewer
    assert list(queries.findings(reviewer, state="waiting", kind="undeclared_vehicle", text="李国", area="1/101/")) == [finding]
    assert list(queries.findings(reviewer, state="accepted")) == []
    assert list(queries.findings(reviewer, text=finding.inquiry.number)) == [finding]
    assert list(queries.findings(reviewer, kind="wage")) == []


def test_what_was_found_of_the_same_kind_on_other_occasions_is_shown(stage: Stage, finding: Finding) -> None:
    propose(stage, finding, "rejected")
    decide(stage, finding, accept=False)
    inquiry = Inquiry.objects.create(number="HD2024000002", occasion="full", ground="测试", area=finding.area, asked_on=TODAY)
    hit = Hit.objects.get()
    hit.pk, hit.inquiry = None, inquiry
    hit.save(force_insert=True)
    again = Finding.objects.create(
        inquiry=inquiry, person=finding.person, household=finding.household, kind=finding.kind, hit=hit,
        declared=finding.declared, found=finding.found, area=finding.area,
    )  # fmt: skip
    pages = [queries.finding(stage.cast.clerk, each.pk) for each in (finding, again)]
    assert [[each.pk for each in page.others] for page in pages if page is not None] == [[again.pk], [finding.pk]]
