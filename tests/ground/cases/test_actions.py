"""Cases are their actions: appended, folded, never changed; papers frozen once."""

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.cases import casetypes
from anmin.ground.cases.actions import issue_paper, open_case
from anmin.ground.cases.casetypes import CASE_TYPES, CaseType
from anmin.ground.cases.models import Case, CaseAction
from anmin.ground.cases.progress import fold
from anmin.lines.assistance.dibao.casework import DIBAO_APPLICATION
from tests.conftest import Cast, County
from tests.dibao_counter import Counter

MARCH = date(2024, 3, 4)


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    return Counter(cast, county.liuqiao)


def columns_of(case: Case) -> tuple[object, ...]:
    case.refresh_from_db()
    return (case.state, case.special, case.closed_on, case.due_on, case.clock, case.clock_stopped)


def test_the_columns_of_a_case_are_the_fold_of_its_actions_at_every_step(counter: Counter) -> None:
    counter.apply(MARCH)
    seen = []
    for step, on in (
        ("request_papers", date(2024, 3, 5)), ("supply_papers", date(2024, 3, 7)), ("accept", date(2024, 3, 7)),
        ("start_survey", date(2024, 3, 8)), ("extend", date(2024, 3, 8)), ("request_verification", date(2024, 3, 8)),
        ("receive_verification", date(2024, 3, 11)), ("record_visit", date(2024, 3, 12)), ("examine", date(2024, 3, 13)),
        ("post_notice", date(2024, 3, 14)), ("raise_objection", date(2024, 3, 15)), ("appraise", date(2024, 3, 18)),
        ("resolve_objection", date(2024, 3, 19)), ("withdraw", date(2024, 3, 20)),
    ):  # fmt: skip
        counter.take(step, on)
        folded = fold(DIBAO_APPLICATION, list(counter.case.actions.order_by("sequence")))
        seen.append(columns_of(counter.case) == tuple(vars(folded).values()))
    assert seen == [True] * 14


def test_an_action_is_never_changed(counter: Counter) -> None:
    counter.apply(MARCH)
    with pytest.raises(DatabaseError, match="case_action_never_changes"), transaction.atomic():
        CaseAction.objects.filter(case=counter.case).update(note="改")


def test_an_action_is_never_removed(counter: Counter) -> None:
    counter.apply(MARCH)
    with pytest.raises(DatabaseError, match="case_action_never_changes"), transaction.atomic():
        counter.case.actions.get().delete()


def test_each_step_has_its_line_in_the_log(counter: Counter) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    lines = AuditLine.objects.filter(subject_kind="cases.case").order_by("sequence")
    number = counter.case.number
    assert [(line.verb, line.summary) for line in lines] == [
        ("case.opened", f"低保申请 {number}：提出申请（待受理）"),
        ("case.step_taken", f"低保申请 {number}：受理（已受理）"),
    ]


def test_a_refused_step_writes_nothing(counter: Counter) -> None:
    counter.apply(MARCH)
    before = (CaseAction.objects.count(), AuditLine.objects.count())
    with pytest.raises(Refused):
        counter.take("confirm", MARCH)
    assert (CaseAction.objects.count(), AuditLine.objects.count()) == before


def test_cases_are_numbered_by_year_without_gaps(counter: Counter, cast: Cast, county: County) -> None:
    first = counter.apply(MARCH).number
    with pytest.raises(Refused):
        counter.apply(MARCH)
    second = Counter(cast, county.sunzhuang).apply(date(2024, 3, 5)).number
    next_year = Counter(cast, county.sunzhuang).apply(date(2025, 3, 5)).number
    assert (first, second, next_year) == ("DBA2024000001", "DBA2024000002", "DBA2025000001")


def test_a_kind_of_case_nobody_declared_is_refused(counter: Counter, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"没有名为“assistance\.gold”的事项类型。"):
        open_case(kind="assistance.gold", household=counter.home, applicant=counter.members[0], actor=cast.clerk, on=MARCH)


def test_a_stale_case_does_not_overwrite_what_happened_since(counter: Counter) -> None:
    stale = counter.apply(MARCH)
    counter.take("accept", MARCH)
    counter.case = stale
    with pytest.raises(Refused, match="本件目前为“已受理”，办理“受理”须在：待受理。"):
        counter.take("accept", MARCH)


@pytest.fixture
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_a_paper_is_frozen_with_a_number_when_first_asked_for(counter: Counter, cast: Cast, data_dir: Path) -> None:
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    first = issue_paper(case=counter.case, kind="assistance.dibao.acceptance_notice", actor=cast.clerk, on=date(2024, 3, 5))
    again = issue_paper(case=counter.case, kind="assistance.dibao.acceptance_notice", actor=cast.clerk, on=date(2024, 3, 9))
    assert (first.number, again.pk) == ("海民低受〔2024〕0001号", first.pk)


def test_a_paper_of_a_step_not_taken_is_refused(counter: Counter, cast: Cast, data_dir: Path) -> None:
    counter.apply(MARCH)
    with pytest.raises(Refused, match="尚未办理“受理”，不能打印受理通知书。"):
        issue_paper(case=counter.case, kind="assistance.dibao.acceptance_notice", actor=cast.clerk, on=MARCH)


def test_the_clerk_next_door_prints_no_paper(counter: Counter, cast: Cast, data_dir: Path) -> None:
    counter.apply(MARCH)
    with pytest.raises(Refused, match="只能打印本人管辖范围内的文书"):
        issue_paper(case=counter.case, kind="assistance.dibao.application_form", actor=cast.clerk_next_door, on=MARCH)


def test_a_case_type_that_names_a_state_it_does_not_have_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="unknown final state nirvana"):
        CaseType(**{**vars(DIBAO_APPLICATION), "final": frozenset(("nirvana",))})


def test_two_case_types_cannot_claim_one_kind() -> None:
    twin = CaseType(**vars(DIBAO_APPLICATION))
    with pytest.raises(ValueError, match=r"two case types claim the kind assistance\.dibao\.application"):
        casetypes.register((twin,))
    assert CASE_TYPES["assistance.dibao.application"] is DIBAO_APPLICATION
