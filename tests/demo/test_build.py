"""The smallest county, built by bringing in its files and playing its staff: everything a page must be able to show is there."""

from collections import Counter
from datetime import date

import pytest
from django.conf import settings

from anmin.base.periods import Month
from anmin.demo import build
from anmin.demo.comparison import compare
from anmin.demo.tuning import expected_total
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.accounts.queries import actor_named, sign_in_names
from anmin.ground.audit.queries import breaks
from anmin.ground.cases.models import Case
from anmin.ground.cases.queries import worklist
from anmin.ground.entitlements import actions as entitlements
from anmin.ground.entitlements.queries import in_force, movements
from anmin.ground.imports.models import ImportBatch
from anmin.ground.imports.vocabulary import ImportState
from anmin.ground.indicators import queries as indicators
from anmin.ground.payments import queries as payments
from anmin.ground.payments.vocabulary import LineKind, PaymentState, RollState
from anmin.ground.policy.book import policy
from anmin.ground.verification import queries as verified
from anmin.ground.verification.models import Consent, FindingStep, InquirySource
from anmin.ground.verification.vocabulary import Answered, Occasion
from anmin.lines.assistance.dibao.casework import CASE_TYPES
from anmin.lines.assistance.dibao.vocabulary import BENEFIT
from anmin.lines.assistance.homechecks import progress
from anmin.lines.assistance.homechecks import queries as checked
from anmin.lines.assistance.homechecks.drawing import draw, read_roll
from anmin.lines.assistance.supplementary import queries as insured
from anmin.lines.children.stipend.categories import otherwise
from tests.demo.conftest import Built

LAST_DAY = date(2024, 6, 30)


@pytest.mark.capability("SA-01")
def test_the_records_give_the_figures_of_the_scenario(built: Built) -> None:
    compared = {each.label: (each.reported, each.found) for each in compare(built.scenario) if each.reported}
    assert {label: found for label, (_, found) in compared.items()} == {
        "城乡低保户数": "62",
        "城乡低保人数": "85",
        "低保标准": "820",
        "新增低保户数": "2",
        "新增低保人数": "4",
        "核减低保户数": "3",
        "核减低保人数": "5",
        "城乡特困人员人数": "22",
        "城市特困人员": "2",
        "农村特困人员": "20",
        "特困供养资金": "16",
        "低保边缘家庭户数": "5",
        "低保边缘家庭人数": "9",
        "支出型（刚性支出）困难家庭户数": "2",
        "支出型（刚性支出）困难家庭人数": "4",
        "下拨临时救助资金": "28",
        "“一村一户”慰问发放人数": "10",
        "“一村一户”慰问资金": "1",
        "血透患者慰问品份数": "20",
        "血透患者慰问资金": "1.0",
        "节日补助发放人数": "100",
        "节日补助资金": "2.99",
        "新增低收入人口": "11",
        "新增特困供养人数": "2",
        "核减特困供养人数": "3",
        "核减低保边缘户数": "1",
        "核减低保边缘人数": "2",
        "核减刚性支出困难户数": "1",
        "核减刚性支出困难人数": "1",
        "享受残疾人两项补贴人数": "60",
        "残疾人两项补贴资金": "19",
        "重残护理补贴新增对象": "9",
        "享受困境儿童生活费人数": "8",
        "困境儿童生活费资金": "6",
        "享受尊老金、长寿金人数": "74",
        "全量核对推送信息条数": "150",
        "入户核查村居": "6",
        "入户核查户数": "7",
    }
    assert [label for label, (reported, found) in compared.items() if reported != found] == []


@pytest.mark.capability("SA-01")
def test_what_was_paid_is_what_the_rules_say_of_the_files(built: Built) -> None:
    paid = payments.paid_total(SYSTEM, BENEFIT, built.scenario.period.first_day, LAST_DAY)
    assert paid == expected_total(built.plan, policy())


@pytest.mark.capability("SA-11")
def test_opening_plus_entries_less_exits_is_closing(built: Built) -> None:
    moved = movements(SYSTEM, BENEFIT, built.scenario.period.first_day, LAST_DAY)
    for flow in (moved.households, moved.persons):
        assert flow.opening + flow.entered - flow.left == flow.closing
    assert (moved.households.opening, moved.persons.opening) == (63, 86)


@pytest.mark.capability("SA-01")
def test_a_changed_record_changes_the_figure(built: Built) -> None:
    held = in_force(SYSTEM, BENEFIT, LAST_DAY).filter(valid_until__isnull=True)[0]
    entitlements.end_entitlement(
        entitlement=held, valid_until=date(2024, 5, 31), reason="moved", actor=SYSTEM, on=built.scenario.business_day
    )
    figure = indicators.figure(SYSTEM, "assistance.dibao.households", built.scenario.period)
    assert (figure.value, figure.row_count) == (61, 61)


def test_a_case_stands_in_every_state(built: Built) -> None:
    standing = set(Case.objects.filter(kind__startswith="assistance.dibao.").values_list("kind", "state"))
    assert standing == {(case_type.kind, state) for case_type in CASE_TYPES for state in case_type.states.values} - {
        # A closed review is the mending of a mistake, and nobody made one.
        ("assistance.dibao.review", "closed")
    }


def test_open_cases_have_their_clocks_running(built: Built) -> None:
    rows = [row for row in worklist(SYSTEM, built.scenario.business_day) if row.kind.startswith("assistance.dibao.")]
    stopped = [row.state for row in rows if row.due_on is None]
    assert stopped == ["papers_requested"]
    # Fifteen of the story, one that a home check opened, four that the watch opened today.
    assert len(rows) == 20


def test_the_roll_of_july_waits_to_be_checked_and_names_the_undetermined_household(built: Built) -> None:
    states = {roll.month: roll.state for roll in payments.rolls(SYSTEM, BENEFIT)}
    assert states == {**{f"2024-0{n}": RollState.APPROVED for n in range(1, 7)}, "2024-07": RollState.GENERATED}
    july = payments.roll(SYSTEM, BENEFIT, Month(2024, 7))
    assert july is not None
    assert payments.notices(SYSTEM, july, "undetermined").count() == built.scenario.undetermined


def test_payments_that_failed_went_through_a_month_later(built: Built) -> None:
    may, june = (payments.roll(SYSTEM, BENEFIT, Month(2024, month)) for month in (5, 6))
    assert may is not None
    assert june is not None
    assert payments.payment_counts(SYSTEM, may)[PaymentState.FAILED][0] == 0
    assert [file.failed_count for file in payments.bank_files_of(SYSTEM, may)] == [2, 0]
    assert payments.payment_counts(SYSTEM, june)[PaymentState.FAILED][0] == 1


def test_late_news_gives_back_pay_and_recovery(built: Built) -> None:
    kinds = {line.kind for roll in payments.rolls(SYSTEM, BENEFIT) for line in payments.lines(SYSTEM, roll)}
    assert kinds == {LineKind.REGULAR, LineKind.BACK_PAY, LineKind.RECOVERY}
    assert payments.recoveries(SYSTEM).count() > 0


def test_every_file_was_brought_in_whole(built: Built) -> None:
    states = set(ImportBatch.objects.values_list("state", flat=True))
    assert states == {ImportState.LOADED}


def test_the_log_holds_together(built: Built) -> None:
    assert list(breaks()) == []


def test_one_account_for_each_post_is_offered(built: Built) -> None:
    logins = list(build.logins(built.place))
    assert [login.role for login in logins] == [
        "镇（街道）经办人", "科室审核人", "审核确认人", "发放经办人", "局领导", "审计监督", "系统管理员",
    ]  # fmt: skip
    clerk = actor_named(username=logins[0].username, on=built.scenario.business_day)
    assert clerk.name == logins[0].name
    settings_before, settings.DEMO = settings.DEMO, True
    try:
        assert len(sign_in_names(actor=SYSTEM, on=built.scenario.business_day)) == len(logins)
    finally:
        settings.DEMO = settings_before


# --- verification and home checks --------------------------------------------------------------------------------


@pytest.mark.capability("SA-12")
def test_every_family_that_applied_or_holds_has_its_letters(built: Built) -> None:
    signed = set(Consent.objects.values_list("person__identity_mask", flat=True))
    asked = {request.household_id for request in verified.requests(SYSTEM)}
    assert len(asked) == verified.requests(SYSTEM).values("household").distinct().count()
    assert Consent.objects.filter(recorded_on__gt=built.scenario.business_day).count() == 0
    assert len(signed) > len(asked)


@pytest.mark.capability("SA-12")
def test_cases_take_over_the_platforms_report_once_departments_deliver(built: Built) -> None:
    wanted = built.scenario.others.verification
    assert wanted is not None
    answered = verified.requests(SYSTEM).exclude(answered_on=None)
    by_source = Counter((each.source, each.answered_on >= wanted.received_on) for each in answered)
    assert by_source[("extracts", False)] == 0
    assert by_source[("extracts", True)] == verified.reports(SYSTEM).count() > 0
    report = verified.reports(SYSTEM).order_by("id")[0]
    assert verified.proves(report.number, report.seal).unchanged


@pytest.mark.capability("SA-13")
def test_the_full_check_asked_every_source_and_says_who_did_not_deliver(built: Built) -> None:
    full = verified.inquiries(SYSTEM, Occasion.FULL).get()
    answers = dict(InquirySource.objects.filter(inquiry=full).values_list("source", "answered"))
    assert {source for source, answered in answers.items() if answered == Answered.SEARCHED} == {
        "vehicles", "real_estate", "companies", "social_insurance", "pensions", "deposits", "deaths", "marriages",
        "disability_cards", "school_rolls", "prison_terms", "institutions", "fiscal_payroll", "farm_machinery",
        "household_register",
    }  # fmt: skip
    assert set(answers.values()) == {Answered.SEARCHED, Answered.NOT_DELIVERED}


@pytest.mark.capability("SA-13")
def test_findings_stand_in_every_state_and_are_decided_by_another_person(built: Built) -> None:
    full = verified.inquiries(SYSTEM, Occasion.FULL).get()
    states = {each.state for each in verified.findings(SYSTEM, inquiry=full)}
    assert states == {"open", "asked", "proposed", "accepted", "rejected"}
    proposed = dict(FindingStep.objects.filter(step="proposed").values_list("finding", "taken_by"))
    decided = dict(FindingStep.objects.filter(step__in=("accepted", "rejected")).values_list("finding", "taken_by"))
    assert decided
    assert [finding for finding, who in decided.items() if proposed[finding] == who] == []


@pytest.mark.capability("SA-13")
def test_the_watch_opened_reviews_on_the_business_day(built: Built) -> None:
    watch = verified.inquiries(SYSTEM, Occasion.WATCH).get()
    assert watch.done_on == built.scenario.business_day
    assert {each.kind for each in verified.findings(SYSTEM, inquiry=watch)} == {"dead", "in_prison", "in_institution"}


@pytest.mark.capability("SA-14")
def test_home_checks_are_those_that_roll_and_seed_give(built: Built) -> None:
    round_ = checked.plans(SYSTEM).get()
    again = draw(read_roll(round_.roll), seed=round_.seed, villages=round_.villages, households=round_.households)
    rows = list(checked.checks(SYSTEM, round_))
    assert [(row.area.code, row.household.number) for row in rows] == [tuple(line) for line in again]
    total = progress.total(checked.progress_by_village(SYSTEM, round_, built.scenario.business_day))
    assert (total.checked, total.changed, total.overdue) == (7, 2, len(rows) - 7)
    assert sum(row.review_id is not None for row in rows) == 1


@pytest.mark.capability("SA-10")
def test_the_insurer_has_reported_the_claims_of_the_scenario(built: Built) -> None:
    (policy_of_year,) = insured.insurances(SYSTEM)
    result = insured.result(SYSTEM, policy_of_year)
    assert (result.claims, result.paid) == (9, 1_000_000)
    assert result.loss_ratio is not None


@pytest.mark.capability("SA-02")
def test_a_funeral_of_tekun_is_paid_to_whoever_buried(built: Built) -> None:
    (roll,) = payments.rolls(SYSTEM).filter(benefit="assistance.tekun.funeral")
    (line,) = payments.lines(SYSTEM, roll=roll)
    assert line.due == 6 * 107_000
    assert line.entitlement.payee_id != line.entitlement.holder_id


@pytest.mark.capability("SA-04")
def test_aid_with_expenses_is_given_after_verification(built: Built) -> None:
    (case,) = Case.objects.filter(kind="assistance.temporary.expenditure.application")
    assert case.state == "granted"
    assert verified.requests(SYSTEM).filter(subject_id=case.pk).exclude(answered_on=None).count() == 1


def test_the_category_of_every_child_is_on_record(built: Built) -> None:
    assert list(otherwise(Month.parse("2024-07"))) == []
