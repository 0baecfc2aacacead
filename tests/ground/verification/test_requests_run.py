"""Requests are answered together: sources searched, stale, missing; hits, findings and what they would change."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.documents import storage
from anmin.ground.people.models import Household, Person, Supporter
from anmin.ground.verification import queries
from anmin.ground.verification.actions import ask_late_sources, delete_rows, request_verification, run_requests, withdraw_consent
from anmin.ground.verification.models import Consent, Finding, Hit, Inquiry, InquiryPerson, InquirySource, VerificationRequest
from anmin.ground.verification.sources import SOURCES
from tests.conftest import TODAY, County
from tests.dibao_counter import LONG_AGO
from tests.verification_stage import JUNE, Stage


def ask(stage: Stage, home: Household, *people: Person) -> VerificationRequest:
    """The town asks about the family that holds dibao, at its review."""
    held = home.entitlements.first()
    assert held is not None
    return request_verification(
        case=held, purpose="assistance.dibao.review", person_ids=[each.pk for each in people], consent_on=TODAY,
        occasion="review", actor=stage.cast.clerk, on=TODAY,
    )  # fmt: skip


def run(stage: Stage, county: County, *requests: VerificationRequest) -> None:
    run_requests(requests=requests, area=county.county, actor=stage.cast.reviewer, on=TODAY)


Couple = tuple[Household, Person, Person]


@pytest.fixture
def couple(stage: Stage) -> Couple:
    """Two who hold dibao, with letters."""
    wife, husband = stage.person("张桂兰", date(1957, 3, 1)), stage.person("李国强", date(1956, 5, 1))
    home = stage.family(wife, husband)
    stage.holds(home)
    stage.sign(wife, husband)
    return home, wife, husband


def answered(inquiry: Inquiry) -> dict[str, str]:
    return dict(InquirySource.objects.filter(inquiry=inquiry).values_list("source", "answered"))


@pytest.mark.capability("SA-12")
def test_a_wage_that_was_not_declared_is_found_with_what_it_would_change(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    stage.deliver("social_insurance", stage.row(husband, employer="海安纺织厂", wage="1200"))
    request = ask(stage, home, wife, husband)
    run(stage, county, request)
    finding = Finding.objects.get()
    assert (finding.kind, finding.person, finding.fact_kind, finding.fact_value) == ("wage", husband, "income.wage", 120_000)
    assert (finding.declared, finding.found) == ("工资性收入每月0.00元", "社会保险参保：海安纺织厂，每月1,200.00元")
    # 2 × 820, less 1200 of wage but for 30 % of the standard as the cost of earning it.
    assert (finding.amount_before, finding.amount_after) == (164_000, 68_600)
    page = queries.finding(stage.cast.clerk, finding.pk)
    assert page is not None
    assert page.effect == "如属实，每月可领取686.00元，而不是1,640.00元"
    assert ("公民身份号码", husband.identity_mask) in page.hit.delivered


@pytest.mark.capability("SA-12")
def test_who_asked_for_which_case_and_on_what_ground_stays_with_the_inquiry(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    request = ask(stage, home, wife, husband)
    run(stage, county, request)
    inquiry = Inquiry.objects.get()
    held = home.entitlements.get()
    assert (inquiry.asked_by_id, inquiry.subject_kind, inquiry.subject_id) == (
        stage.cast.clerk.id, "entitlements.entitlement", held.pk,
    )  # fmt: skip
    assert (inquiry.number, inquiry.done_on, inquiry.occasion) == ("HD2024000001", TODAY, "review")
    assert "第十八条" in inquiry.ground
    request.refresh_from_db()
    assert (request.inquiry, request.source, request.answered_on) == (inquiry, "extracts", None)
    assert AuditLine.objects.latest("sequence").summary == "核对请求1件：2人，发现疑点0条"


@pytest.mark.capability("SA-12")
def test_missing_stale_and_unreadable_sources_are_said_and_never_read_as_nothing_found(
    stage: Stage, county: County, couple: Couple
) -> None:
    home, wife, husband = couple
    stage.deliver("vehicles", stage.row(wife, plate="苏F00001"))
    stage.deliver("deaths", stage.row(wife, died_on="2024-01-02"), as_of=date(2024, 5, 1), on=date(2024, 5, 2))
    damaged = stage.deliver("deposits", stage.row(wife, balance="9000"))
    storage.forget(damaged.kept_as)
    run(stage, county, ask(stage, home, wife, husband))
    inquiry = Inquiry.objects.get()
    others = set(SOURCES) - {"vehicles", "deaths", "deposits"}
    assert answered(inquiry) == {
        "vehicles": "searched", "deaths": "stale", "deposits": "unavailable", **dict.fromkeys(others, "not_delivered"),
    }  # fmt: skip
    assert list(inquiry.sources.exclude(problem="").values_list("source", flat=True)) == ["deposits"]
    assert list(Finding.objects.values_list("kind", flat=True)) == ["undeclared_vehicle"]
    roll_up = queries.household_roll_up(stage.cast.reviewer, home, inquiry)
    assert roll_up is not None
    said = {label: (str(answer.label), as_of) for label, answer, as_of in roll_up.people[1].answers}
    assert (said["机动车"], said["死亡、火化"], said["证券"]) == (
        ("未查到记录", JUNE), ("数据已过时效", date(2024, 5, 1)), ("部门未提供数据", None),
    )  # fmt: skip
    assert roll_up.incomplete


@pytest.mark.capability("SA-13")
def test_a_supporter_without_consent_is_left_out_and_said(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    son = stage.person("李小军", date(1985, 7, 1))
    Supporter.objects.create(
        dependant=wife, obligor=son, duty="maintain_parent", valid_from=LONG_AGO, recorded_at="2020-01-01T00:00:00+08:00"
    )
    stage.deliver("companies", stage.row(son, company="海安建筑公司", position="股东", state="存续"))
    run(stage, county, ask(stage, home, wife, husband))
    assert not Hit.objects.exists()
    asked = InquiryPerson.objects.get(person=son)
    assert (asked.capacity, asked.household, asked.withheld) == ("supporter", home, sorted(SOURCES))
    source = InquirySource.objects.get(source="companies")
    assert (source.answered, source.persons, source.hits) == ("searched", 2, 0)
    assert AuditLine.objects.latest("sequence").summary == "核对请求1件：3人，发现疑点0条；1人授权不全，未授权的数据没有查询"
    roll_up = queries.household_roll_up(stage.cast.clerk, home, Inquiry.objects.get())
    assert roll_up is not None
    assert {str(answer.label) for _, answer, _ in roll_up.people[2].answers} == {"未授权，未查询"}


@pytest.mark.capability("SA-13")
def test_a_supporter_who_consented_is_compared_with_what_was_said_of_their_household(
    stage: Stage, county: County, couple: Couple
) -> None:
    home, wife, husband = couple
    son = stage.person("李小军", date(1985, 7, 1))
    Supporter.objects.create(
        dependant=wife, obligor=son, duty="maintain_parent", household_income=100_000, household_size=2, valid_from=LONG_AGO,
        recorded_at="2020-01-01T00:00:00+08:00",
    )  # fmt: skip
    stage.sign(son)
    stage.deliver("fiscal_payroll", stage.row(son, employer="曲塘中学", wage="8000"))
    run(stage, county, ask(stage, home, wife, husband))
    finding = Finding.objects.get()
    assert (finding.person, finding.household, finding.declared, finding.found) == (
        son, home, "义务人家庭月收入1,000.00元", "财政供养人员：本人每月8,000.00元",
    )  # fmt: skip
    # Half of what two people of the son's have over twice the standard each: (8000 − 2 × 2 × 820) / 2 = 2360, over the need.
    assert (finding.amount_before, finding.amount_after) == (164_000, 0)


def test_a_letter_for_some_sources_withholds_the_others(stage: Stage, county: County) -> None:
    alone = stage.person("周秀英")
    home = stage.family(alone)
    stage.holds(home)
    stage.sign(alone, sources=("vehicles",))
    for source, more in (("vehicles", {"plate": "苏F1"}), ("deposits", {"balance": "90000"})):
        stage.deliver(source, stage.row(alone, **more))
    run(stage, county, ask(stage, home, alone))
    assert list(Hit.objects.values_list("source", flat=True)) == ["vehicles"]
    assert InquiryPerson.objects.get().withheld == sorted(set(SOURCES) - {"vehicles"})


def test_a_letter_withdrawn_between_request_and_run_is_respected(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    stage.deliver("vehicles", stage.row(husband, plate="苏F1"))
    request = ask(stage, home, wife, husband)
    letter = Consent.objects.get(person=husband)
    withdraw_consent(consent=letter, reason="本人要求", area=stage.area, actor=stage.cast.clerk, on=TODAY)
    run(stage, county, request)
    assert not Hit.objects.exists()


@pytest.mark.capability("SA-12")
def test_two_families_are_compared_together_and_keep_their_own_hits(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    other = stage.person("周秀英")
    other_home = stage.family(other)
    stage.holds(other_home)
    stage.sign(other)
    stage.deliver("vehicles", stage.row(husband, plate="苏F1"), stage.row(other, plate="苏F2"), stage.row(other, plate="苏F3"))
    run(stage, county, ask(stage, home, wife, husband), ask(stage, other_home, other))
    mine, theirs = Inquiry.objects.order_by("id")
    assert [(hit.inquiry, hit.person) for hit in Hit.objects.order_by("row")] == [
        (mine, husband),
        (theirs, other),
        (theirs, other),
    ]
    assert list(Finding.objects.order_by("id").values_list("inquiry", "fact_value")) == [(mine.pk, 1), (theirs.pk, 2)]


def test_a_request_is_run_once(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    request = ask(stage, home, wife, husband)
    run(stage, county, request)
    with pytest.raises(Refused, match=f"{home}的核对请求已经核对过"):
        run(stage, county, VerificationRequest.objects.get(pk=request.pk))
    with pytest.raises(BadValue, match="没有待核对的请求"):
        run(stage, county)


def test_only_the_county_runs_requests(stage: Stage, county: County, couple: Couple) -> None:
    request = ask(stage, *couple)
    with pytest.raises(Refused, match="只有县级民政部门的审核人员可以开展信息核对"):
        run_requests(requests=[request], area=county.county, actor=stage.cast.clerk, on=TODAY)
    assert not Inquiry.objects.exists()


@pytest.mark.capability("SA-12")
def test_what_came_late_is_asked_again(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    run(stage, county, ask(stage, home, wife, husband))
    inquiry = Inquiry.objects.get()
    with pytest.raises(Refused, match="尚未比对的数据源仍然没有可用的数据"):
        ask_late_sources(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY)
    stage.deliver("vehicles", stage.row(husband, plate="苏F1"))
    ask_late_sources(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY)
    assert answered(inquiry)["vehicles"] == "searched"
    assert list(Finding.objects.values_list("kind", flat=True)) == ["undeclared_vehicle"]
    assert AuditLine.objects.latest("sequence").summary == "HD2024000001补充核对：机动车，新增疑点1条"


def test_an_older_delivery_after_a_newer_one_does_not_count(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    newer = stage.deliver("vehicles", stage.row(wife, plate="苏F2"), as_of=JUNE)
    stage.deliver("vehicles", stage.row(husband, plate="苏F1"), as_of=date(2024, 5, 1))
    run(stage, county, ask(stage, home, wife, husband))
    assert list(Hit.objects.values_list("extract", "person")) == [(newer.pk, wife.pk)]


def test_deleted_rows_are_no_delivery(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    extract = stage.deliver("vehicles", stage.row(wife, plate="苏F2"))
    delete_rows(extract=extract, reason="保存期限届满", actor=stage.cast.administrator, on=TODAY)
    run(stage, county, ask(stage, home, wife, husband))
    assert answered(Inquiry.objects.get())["vehicles"] == "not_delivered"


def test_a_record_under_another_name_waits_for_somebody_to_look(stage: Stage, county: County, couple: Couple) -> None:
    home, wife, husband = couple
    stage.deliver("companies", {"name": "王大力", "identity_number": stage.clear[husband.pk], "company": "某公司"})
    run(stage, county, ask(stage, home, wife, husband))
    assert list(queries.hits_in_queue(stage.cast.clerk, text="李国")) == [Hit.objects.get(tier="queue")]
    assert list(queries.hits_in_queue(stage.cast.clerk_next_door)) == []
    assert not Finding.objects.exists()
