"""Issuing freezes the report; afterwards it can say what would read differently."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import HalfYear
from anmin.ground.audit.models import AuditLine
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.indicators.declarations import INDICATORS
from anmin.ground.policy.book import use
from anmin.ground.reports import actions, queries
from anmin.ground.reports.models import IssuedReport
from tests.conftest import Cast, County
from tests.small_register import SmallRegister, standard_of

pytestmark = [pytest.mark.capability("RP-01"), pytest.mark.capability("RP-02"), pytest.mark.django_db]

H1 = HalfYear(2024, 1)
DAY = date(2024, 7, 1)


@pytest.fixture
def register(county: County) -> Iterator[SmallRegister]:
    with use(standard_of(820)):
        small = SmallRegister()
        stays = small.family(county.liuqiao, 2)
        small.family(county.zoufeng, 3, since=date(2024, 2, 1))
        roll = small.roll("2024-06")
        small.pay(roll, stays, 123_400)
        small.approve(roll)
        yield small


def test_leader_issues_the_report_with_every_figure_and_its_rows(register: SmallRegister, cast: Cast) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    draft = queries.draft(cast.leader, H1)
    assert (report.number, report.period, report.issued_on, report.text) == ("海民总结〔2024〕1号", "2024H1", DAY, draft.text)
    assert set(report.figures) == set(draft.figures)
    kept = report.figures["assistance.dibao.persons"]
    assert (kept["value"], kept["shown"], kept["rows"], len(kept["rows_hash"])) == (5, "5人", 5, 64)
    assert report.seal == queries.seal_of(IssuedReport.objects.get())


def test_issue_leaves_one_line_in_the_log(register: SmallRegister, cast: Cast) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    line = AuditLine.objects.get()
    assert (line.verb, line.subject_id, line.actor_name) == ("report.issued", str(report.pk), "周局长")
    assert line.summary == "印发《海安市民政局2024年上半年工作总结》（海民总结〔2024〕1号）"


@pytest.mark.parametrize("who", ["clerk", "reviewer", "decision_maker", "cashier", "auditor", "administrator"])
def test_nobody_but_a_leader_issues(register: SmallRegister, cast: Cast, who: str) -> None:
    with pytest.raises(Refused, match="只有局领导可以印发报告"):
        actions.issue_report(period=H1, actor=getattr(cast, who), on=DAY)
    assert IssuedReport.objects.count() == 0


def test_period_is_not_reported_on_before_its_last_day(register: SmallRegister, cast: Cast) -> None:
    with pytest.raises(Refused, match="2024年上半年尚未结束，2024年6月30日起才能印发"):
        actions.issue_report(period=H1, actor=cast.leader, on=date(2024, 6, 29))


def test_issued_report_never_changes(register: SmallRegister, cast: Cast) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    report.text = "另一份"
    with pytest.raises(IntegrityError, match="issued_report_never_changes"), transaction.atomic():
        report.save()
    with pytest.raises(IntegrityError, match="issued_report_never_changes"), transaction.atomic():
        IssuedReport.objects.filter(pk=report.pk).delete()


def test_issued_report_is_written_again_as_it_was(register: SmallRegister, county: County, cast: Cast) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    register.family(county.liuqiao, 9)
    said = queries.issued_file(queries.issued_report(cast.clerk, report.number), "md").decode()
    assert "在保城乡低保对象2户、5人" in said
    assert "海民总结〔2024〕1号" in said


def test_unknown_number_is_refused(cast: Cast) -> None:
    with pytest.raises(BadValue, match="没有文号为“海民总结〔2024〕9号”的已印发报告"):
        queries.issued_report(cast.leader, "海民总结〔2024〕9号")


def test_nothing_changed_while_the_records_stand(register: SmallRegister, cast: Cast) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    assert queries.changes_since(IssuedReport.objects.get(pk=report.pk)) == []


def test_changed_record_is_named_by_the_figures_that_would_read_differently(
    register: SmallRegister, county: County, cast: Cast
) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    person = register.person(county.zoufeng)
    register.cover(Entitlement.objects.latest("pk"), person, since=date(2024, 6, 1))
    changes = queries.changes_since(report)
    assert [(each.id, each.then, each.now, each.value_changed, each.rows_changed) for each in changes] == [
        ("assistance.dibao.persons", "5人", "6人", True, True),
        ("assistance.intake.dibao.persons", "3人", "4人", True, True),
        ("assistance.intake.persons", "3人", "4人", True, True),
    ]


def test_other_rows_behind_the_same_value_are_told(register: SmallRegister, county: County, cast: Cast) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    share = EntitlementMember.objects.filter(valid_from=date(2024, 2, 1)).latest("pk")
    replaced = register.person(county.zoufeng)
    held = share.entitlement
    share.delete()
    register.cover(held, replaced, since=date(2024, 2, 1))
    changes = queries.changes_since(report)
    assert [(each.id, each.value_changed, each.rows_changed) for each in changes] == [
        ("assistance.dibao.persons", False, True),
        ("assistance.intake.dibao.persons", False, True),
        ("assistance.intake.persons", False, True),
    ]


@pytest.mark.capability("RP-03")
def test_draft_whose_parts_exceed_the_whole_is_not_issued(
    register: SmallRegister, cast: Cast, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    persons = INDICATORS["assistance.dibao.persons"]
    parts = {f"test.half_{place}": replace(persons, id=f"test.half_{place}", part_of=persons.id) for place in (1, 2)}
    monkeypatch.setattr(INDICATORS, "_by_id", {**INDICATORS, **parts})
    shutil.copy(settings.COUNTY_DIR / "authority.yaml", tmp_path)
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "half_year.yaml").write_text(
        "title: 报告\nperiod: half_year\n"
        "blocks: [{sentences: [{text: '其中{test.half_1}、{test.half_2}。', exclusive: true}]}]\n",
        encoding="utf-8",
    )
    settings.COUNTY_DIR = tmp_path
    with pytest.raises(Refused) as refusal:
        actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    assert refusal.value.message == "报告数据未通过校验，不能印发：“城乡低保人数”各分项之和（10人）大于总数（5人）。"
    assert IssuedReport.objects.count() == 0


def test_figure_that_is_no_longer_declared_is_told(register: SmallRegister, cast: Cast) -> None:
    report = actions.issue_report(period=H1, actor=cast.leader, on=DAY)
    report.figures["assistance.dibao.retired"] = {
        "label": "旧指标",
        "shown": "1户",
        "value": 1,
        "previous": None,
        "rows_hash": "",
    }
    assert "assistance.dibao.retired" not in INDICATORS
    assert [(each.id, each.now) for each in queries.changes_since(report)] == [("assistance.dibao.retired", "指标已停用")]
