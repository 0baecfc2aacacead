"""A full check goes source by source and stays where it stopped; a watch opens reviews; both ask a fixed number of questions."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.audit.models import AuditLine
from anmin.ground.cases.models import Case
from anmin.ground.people.models import Household, Supporter
from anmin.ground.verification import queries
from anmin.ground.verification.actions import ask_source, conclude_campaign, open_campaign, open_reviews
from anmin.ground.verification.campaigns import run_campaign, watch
from anmin.ground.verification.models import Finding, Hit, Inquiry, InquiryPerson
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import WATCHED, Occasion
from tests.conftest import TODAY, County
from tests.dibao_counter import LONG_AGO
from tests.verification_stage import Stage


def open_full(stage: Stage, county: County, **more: Any) -> Inquiry:
    return open_campaign(
        occasion=Occasion.FULL, ground="2024年上半年全量核对", area=county.county, actor=stage.cast.reviewer, on=TODAY, **more
    )


def families(stage: Stage, many: int) -> list[Household]:
    """So many families of one who hold dibao, each with a letter and a son who owes support and signed too."""
    made, signing = [], []
    for number in range(many):
        alone, son = stage.person(f"周秀{number + 1}"), stage.person(f"周强{number + 1}", date(1985, 7, 1))
        home = stage.family(alone)
        stage.holds(home)
        Supporter.objects.create(
            dependant=alone, obligor=son, duty="maintain_parent", household_income=100_000, household_size=2,
            valid_from=LONG_AGO, recorded_at="2020-01-01T00:00:00+08:00",
        )  # fmt: skip
        signing += [alone, son]
        made.append(home)
    stage.sign(*signing)
    return made


@pytest.mark.capability("SA-13")
def test_a_full_check_covers_the_roll_and_its_supporters(stage: Stage, county: County) -> None:
    first, second = families(stage, 2)
    not_held = stage.family(stage.person("王无保"))
    inquiry = open_full(stage, county)
    asked = InquiryPerson.objects.filter(inquiry=inquiry).order_by("household", "id")
    assert [(each.household, each.capacity) for each in asked] == [
        (first, "applicant"), (first, "supporter"), (second, "applicant"), (second, "supporter"),
    ]  # fmt: skip
    assert not asked.filter(household=not_held).exists()
    assert AuditLine.objects.latest("sequence").summary == "开展全量核对 HD2024000001：4人"


@pytest.mark.capability("SA-13")
def test_the_check_is_done_source_by_source_and_found_what_is_there(stage: Stage, county: County) -> None:
    (home,) = families(stage, 1)
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"))
    inquiry = open_full(stage, county)
    told: list[tuple[str, int, int]] = []
    run_campaign(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY, told=lambda *each: told.append(each))
    assert [each[0] for each in told] == [source.label for source in SOURCES.values()]
    assert told[-1][1:] == (len(SOURCES), len(SOURCES))
    finding = Finding.objects.get()
    # The standard and a tenth more for who lives alone; with a car, over the limit, nothing.
    assert (finding.kind, finding.amount_before, finding.amount_after) == ("undeclared_vehicle", 90_200, 0)
    found = queries.progress(stage.cast.reviewer, Inquiry.objects.get())
    assert (found.asked, found.sources, found.persons, found.hits, found.findings) == (
        len(SOURCES), len(SOURCES), 2, 1, {"open": 1},
    )  # fmt: skip
    assert ("银行存款", "部门未提供数据") in found.unanswered


@pytest.mark.capability("SA-13")
def test_what_was_done_before_the_machine_stopped_stays_done(stage: Stage, county: County) -> None:
    (home,) = families(stage, 1)
    stage.deliver("vehicles", stage.row(home.head, plate="苏F1"))
    inquiry = open_full(stage, county)

    def kill(label: str, done: int, of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_campaign(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY, told=kill)
    half = queries.progress(stage.cast.reviewer, inquiry)
    assert (half.asked, half.hits, Hit.objects.count(), Inquiry.objects.get().done_on) == (3, 1, 1, None)
    with pytest.raises(Refused, match="HD2024000001还有18个数据源没有核对：市场主体登记"):
        conclude_campaign(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY)
    told: list[int] = []
    run_campaign(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY, told=lambda _, done, __: told.append(done))
    assert told == list(range(4, len(SOURCES) + 1))
    assert (Hit.objects.count(), Finding.objects.count(), Inquiry.objects.get().done_on) == (1, 1, TODAY)
    with pytest.raises(Refused, match="已经比对过机动车数据"):
        ask_source(inquiry=inquiry, source="vehicles", actor=stage.cast.reviewer, on=TODAY)


@pytest.mark.capability("SA-13")
def test_ten_times_the_families_ask_no_more_questions(stage: Stage, county: County) -> None:
    def asked(homes: list[Household]) -> int:
        for source, field in (("vehicles", {"plate": "苏F1"}), ("deaths", {"died_on": "2024-06-01"})):
            stage.deliver(source, *(stage.row(each.head, **field) for each in homes))
        with CaptureQueriesContext(
            connection,
        ) as counted:
            inquiry = open_full(stage, county)
            run_campaign(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY)
        assert Finding.objects.filter(inquiry=inquiry).count() == 2 * len(homes)
        return len(counted)

    few = families(stage, 2)
    before = asked(few)
    assert asked([*few, *families(stage, 18)]) <= before


def test_a_campaign_needs_a_ground_a_roll_and_somebody_on_it(stage: Stage, county: County) -> None:
    with pytest.raises(Refused, match="海安市在2024-07-01没有在册对象，无须核对"):
        open_full(stage, county)
    families(stage, 1)
    with pytest.raises(BadValue, match="没有名为“lottery”的核对名册"):
        open_full(stage, county, rolls=["lottery"])
    with pytest.raises(BadValue, match="请写明开展核对的依据或事由"):
        open_campaign(occasion=Occasion.FULL, ground=" ", area=county.county, actor=stage.cast.reviewer, on=TODAY)
    with pytest.raises(BadValue, match="核对任务应为全量核对或者动态监测"):
        open_campaign(occasion=Occasion.ENTRY, ground="?", area=county.county, actor=stage.cast.reviewer, on=TODAY)
    with pytest.raises(Refused, match="只有县级民政部门的审核人员可以开展全量核对"):
        open_campaign(occasion=Occasion.FULL, ground="?", area=county.qutang, actor=stage.cast.clerk, on=TODAY)


def test_of_a_persons_benefit_the_person_is_checked_and_not_the_family(stage: Stage, county: County) -> None:
    old, young = stage.person("周秀英", date(1940, 1, 1)), stage.person("周小妹", date(1980, 1, 1))
    home = stage.family(old, young)
    held = stage.holds(home, "assistance.tekun", "at_home")
    held.members.filter(person=young).delete()
    inquiry = open_full(stage, county, rolls=["assistance.tekun"])
    assert list(InquiryPerson.objects.filter(inquiry=inquiry).values_list("person", flat=True)) == [old.pk]


@pytest.mark.capability("SA-13")
@pytest.mark.parametrize("benefit", ["assistance.margin", "assistance.hardship"])
def test_families_recognised_without_money_are_watched_and_checked_in_full_where_named(
    stage: Stage, county: County, benefit: str
) -> None:
    (dibao,) = families(stage, 1)
    alone = stage.person("吴秀兰", date(1950, 1, 1))
    home = stage.family(alone)
    stage.holds(home, benefit)
    stage.sign(alone)

    def asked(inquiry: Inquiry) -> set[Household | None]:
        return {each.household for each in inquiry.persons.select_related("household")}

    assert asked(open_full(stage, county)) == {dibao}
    assert asked(open_full(stage, county, rolls=[benefit])) == {home}
    stage.deliver("deaths", stage.row(alone, died_on="2024-06-02"))
    inquiry = watch(area=county.county, actor=stage.cast.reviewer, on=TODAY)
    assert asked(inquiry) == {dibao, home}
    case = Case.objects.get()
    assert (case.household, case.kind) == (home, f"{benefit}.review")
    assert case.actions.get().data["reason"] == f"动态监测{inquiry.number}：吴秀兰：已死亡仍在册（2024-06-02死亡）"


@pytest.mark.capability("SA-13")
def test_the_watch_opens_a_review_and_says_it_once(stage: Stage, county: County) -> None:
    first, _ = families(stage, 2)
    stage.deliver("deaths", stage.row(first.head, died_on="2024-06-02"))
    inquiry = watch(area=county.county, actor=stage.cast.reviewer, on=TODAY)
    assert [each.source for each in inquiry.sources.order_by("id")] == list(WATCHED)
    case = Case.objects.get()
    assert (case.household, case.kind) == (first, "assistance.dibao.review")
    opening = case.actions.get()
    assert opening.data["occasion"] == "discrepancy"
    assert opening.data["report"] == "动态监测HD2024000001：周秀1：已死亡仍在册（2024-06-02死亡）"
    assert AuditLine.objects.latest("sequence").summary == "HD2024000001：1户有监测发现，启动复核低保1件"
    again = watch(area=county.county, actor=stage.cast.reviewer, on=TODAY)
    assert (again.findings.count(), Case.objects.count()) == (0, 1)
    # The clerk of a town is told of the county's watch too; who sees nothing is told of nothing.
    for actor, last in ((stage.cast.reviewer, again), (stage.cast.clerk, again), (Actor(id=99, name="无岗位", roles=()), None)):
        deaths = queries.standing_watch(actor)[0]
        assert (deaths.label, deaths.last and deaths.last.inquiry) == ("死亡、火化", last)
    assert queries.standing_watch(stage.cast.clerk)[0].waiting == 1


def test_only_a_watch_opens_reviews(stage: Stage, county: County) -> None:
    families(stage, 1)
    inquiry = open_full(stage, county)
    with pytest.raises(BadValue, match="不是动态监测，不启动复核"):
        open_reviews(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY)


def test_inquiries_are_seen_within_their_area(stage: Stage, county: County) -> None:
    families(stage, 1)
    inquiry = open_full(stage, county)
    assert list(queries.inquiries(stage.cast.reviewer, "full", done=False)) == [inquiry]
    assert queries.inquiry(stage.cast.clerk, inquiry.number) is None
    assert list(queries.households_of(stage.cast.clerk, inquiry)) == [Household.objects.get()]
    assert list(queries.households_of(stage.cast.clerk_next_door, inquiry)) == []
