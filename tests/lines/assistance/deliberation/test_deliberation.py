"""A panel decides about one case: with enough members, two thirds of them, each with one vote."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import parse_period
from anmin.ground.cases.actions import issue_paper
from anmin.ground.indicators import queries as figures
from anmin.lines.assistance.deliberation import queries
from anmin.lines.assistance.deliberation.exceptions import exception_of
from anmin.lines.assistance.deliberation.models import Resolution, Vote
from anmin.lines.assistance.deliberation.papers import MINUTES
from anmin.lines.assistance.deliberation.vocabulary import DeliberationState, ResolutionKind
from tests.conftest import Cast, County
from tests.dibao_counter import Counter
from tests.panel_stage import ON, Panel

pytestmark = pytest.mark.capability("SA-07")


@pytest.fixture
def panel(cast: Cast, county: County) -> Panel:
    counter = Counter(cast, county.liuqiao)
    counter.apply(ON)
    return Panel(cast, county.county, counter.case)


def test_panel_agrees_and_the_decision_is_bound_to_the_case(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    panel.meet()
    panel.vote("agree", "agree", "agree", "agree", "against")
    case = panel.agree()
    made = Resolution.objects.get()
    assert case.state == DeliberationState.AGREED
    assert (made.about, made.kind, made.amount, made.attended, made.in_favour) == (panel.about, "aid_over_limit", 1_500_000, 5, 4)
    assert exception_of(panel.about, ResolutionKind.AID_OVER_LIMIT, ON) == made


def test_exception_ends_and_opens_no_other_way(panel: Panel) -> None:
    panel.agreed()
    assert exception_of(panel.about, ResolutionKind.AID_OVER_LIMIT, date(2025, 1, 1)) is None
    assert exception_of(panel.about, ResolutionKind.BY_EXCEPTION, ON) is None
    assert exception_of(panel.case, ResolutionKind.AID_OVER_LIMIT, ON) is None


def test_four_members_are_too_few(panel: Panel) -> None:
    panel.raise_it()
    with pytest.raises(Refused, match="不得少于5人，现在只有4人"):
        panel.convene(panel.members[:4])


def test_nobody_is_called_whose_vote_would_not_count(panel: Panel) -> None:
    panel.raise_it()
    mute = [panel.cast.cashier, panel.cast.clerk_next_door]
    with pytest.raises(Refused, match=f"{mute[0].name}、{mute[1].name}的岗位不能对本件表决"):
        panel.convene([*panel.members[:4], *mute])
    panel.convene([*panel.members[:4], panel.cast.clerk])


def test_no_vote_without_quorum(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    with pytest.raises(Refused, match="到会4人，不足5人"):
        panel.meet(panel.members[:4])


def test_who_was_not_called_does_not_count_as_present(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    with pytest.raises(Refused, match="不是召集的成员"):
        panel.meet([*panel.members[:4], panel.cast.reviewer])


def test_nobody_votes_twice(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    panel.meet()
    panel.vote("agree")
    with pytest.raises(Refused, match="每人只有一票"):
        panel.take("vote", panel.members[0], choice="against")
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        Vote.objects.create(case=panel.case, member_id=panel.members[0].id or 0, choice="agree", on=ON)


def test_only_who_is_present_votes(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    panel.meet()
    with pytest.raises(Refused, match="只有到会的成员可以表决"):
        panel.take("vote", panel.cast.reviewer, choice="agree")


def test_decision_waits_for_every_vote(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    panel.meet()
    panel.vote("agree", "agree", "agree", "agree")
    with pytest.raises(Refused, match="还有1名到会成员没有表决"):
        panel.agree()


@pytest.mark.parametrize(("choices", "carried"), [(["agree"] * 4 + ["abstain"], True), (["agree"] * 3 + ["abstain"] * 2, False)])
def test_two_thirds_of_those_present_carry_it(panel: Panel, choices: list[str], carried: bool) -> None:
    panel.raise_it()
    panel.convene()
    panel.meet()
    panel.vote(*choices)
    if carried:
        with pytest.raises(Refused, match="已达三分之二"):
            panel.take("reject", minutes="会议不同意。")
        assert panel.agree().state == DeliberationState.AGREED
    else:
        with pytest.raises(Refused, match="不足三分之二"):
            panel.agree()
        assert panel.take("reject", minutes="会议不同意。").state == DeliberationState.REJECTED
        assert exception_of(panel.about, ResolutionKind.AID_OVER_LIMIT, ON) is None


def test_exception_lasts_a_year_at_most(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    panel.meet()
    panel.vote(*["agree"] * 5)
    with pytest.raises(Refused, match="有效期应在今天和 2025-07-31 之间"):
        panel.agree(until=date(2025, 8, 1))


def test_panel_gives_no_more_than_was_asked(panel: Panel) -> None:
    panel.raise_it()
    panel.convene()
    panel.meet()
    panel.vote(*["agree"] * 5)
    with pytest.raises(Refused, match="不能超过提请的金额"):
        panel.agree(amount=1_500_001)


def test_case_of_another_family_cannot_be_raised(panel: Panel, county: County) -> None:
    other = Counter(panel.cast, county.sunzhuang)
    other.apply(ON)
    with pytest.raises(Refused, match="请填写被规定挡住的那一件的编号"):
        panel.raise_it(about=other.case.number)


def test_aid_over_the_limit_names_its_amount(panel: Panel) -> None:
    with pytest.raises(Refused, match="请填写建议救助的金额"):
        panel.raise_it(amount=None)


def test_unknown_kind_of_decision_is_refused(panel: Panel) -> None:
    with pytest.raises(BadValue, match="应为下列之一"):
        panel.raise_it(kind="anything")


def test_minutes_name_every_vote(panel: Panel) -> None:
    panel.agreed()
    paper = issue_paper(case=panel.case, kind=MINUTES.kind, actor=panel.cast.reviewer, on=ON)
    said = str(paper.content)
    assert all(member.name in said for member in panel.members)
    assert "金额不超过15,000.00元" in said


def test_panels_are_counted_apart(panel: Panel) -> None:
    panel.agreed()

    def value(id: str) -> int | None:
        return figures.figure(panel.cast.leader, id, parse_period("2024H2"), on=date(2024, 12, 31)).value

    assert (value("assistance.deliberation.cases"), value("assistance.deliberation.agreed.cases")) == (1, 1)
    assert [each.case_id for each in queries.resolutions(panel.cast.clerk)] == [panel.case.pk]
    assert list(queries.resolutions(panel.cast.clerk_next_door)) == []
    assert queries.review_due(panel.cast.leader, date(2024, 10, 1)).count() == 1
