"""A delivery of only some people is searched beside the last whole one, and never in its place; each answer says its day."""

from datetime import date, timedelta

import pytest

from anmin.ground.people.models import Household
from anmin.ground.verification import actions, queries
from anmin.ground.verification.answers import standings
from anmin.ground.verification.campaigns import run_campaign
from anmin.ground.verification.models import Finding, Hit, Inquiry, InquirySource
from anmin.ground.verification.reports.paper import paper_of
from anmin.ground.verification.vocabulary import Answered, Occasion, PersonAnswer
from tests.conftest import TODAY, Cast, County
from tests.verification_stage import JUNE, Stage

LATER = JUNE + timedelta(days=10)


@pytest.fixture
def homes(stage: Stage) -> list[Household]:
    """Three families of one who hold dibao."""
    made = []
    for place, name in enumerate(("李国强", "周秀英", "顾长明")):
        alone = stage.person(name, date(1956, 5, 1 + place))
        home = stage.family(alone)
        stage.holds(home)
        stage.sign(alone)
        made.append(home)
    return made


def deliver(stage: Stage, source: str, *rows: dict[str, object], as_of: date = JUNE, partial: bool | None = None) -> None:
    stage.deliver(source, *rows, as_of=as_of, partial=partial)


def check(stage: Stage, county: County) -> Inquiry:
    reviewer = stage.cast.reviewer
    opened = actions.open_campaign(occasion=Occasion.FULL, ground="全量核对", area=county.county, actor=reviewer, on=TODAY)
    return run_campaign(inquiry=opened, actor=reviewer, on=TODAY)


def answered(cast: Cast, home: Household, inquiry: Inquiry, label: str = "机动车") -> tuple[PersonAnswer, date | None]:
    found = queries.household_roll_up(cast.reviewer, home, inquiry)
    assert found is not None
    return next((answer, day) for told, answer, day in found.people[0].answers if told == label)


@pytest.mark.capability("SA-12")
def test_the_whole_and_what_came_since_are_searched(stage: Stage, county: County, homes: list[Household], cast: Cast) -> None:
    first, second, _ = homes
    deliver(stage, "vehicles", stage.row(first.head, plate="苏F1"))
    deliver(stage, "vehicles", stage.row(second.head, plate="苏F2"), as_of=LATER, partial=True)
    inquiry = check(stage, county)
    assert [answered(cast, each, inquiry) for each in homes] == [
        (PersonAnswer.FOUND, JUNE), (PersonAnswer.FOUND, LATER), (PersonAnswer.NOTHING, JUNE),
    ]  # fmt: skip
    line = InquirySource.objects.get(inquiry=inquiry, source="vehicles")
    assert line.extract is not None
    assert (line.answered, line.extract.as_of, [day for day, _ in line.parts]) == ("searched", JUNE, ["2024-06-25"])
    assert (line.persons, line.hits) == (3, 2)
    report = actions.issue_report(inquiry=inquiry, household=second, actor=cast.reviewer, on=TODAY)
    cars = next(each for each in report.content["sources"] if each["label"] == "机动车")
    assert (cars["as_of"], cars["parts"]) == ("2024-06-15", ["2024-06-25"])
    assert "2024-06-15；部分数据2024-06-25" in str(paper_of(report.content, report.seal))


def test_far_fewer_rows_are_taken_for_a_part_unless_somebody_says_otherwise(
    stage: Stage, county: County, homes: list[Household], cast: Cast
) -> None:
    deliver(stage, "vehicles", *(stage.row(each.head, plate=f"苏F{each.pk}") for each in homes))
    row = stage.row(homes[0].head, plate="苏F9")
    came = stage.deliver("vehicles", row, as_of=LATER)
    assert came.partial
    assert came.cautions[0].startswith("本批1行，不到上一批全量数据（截至2024-06-15，3行）的一半，按部分数据接收")
    came = stage.deliver("vehicles", row | {"vehicle_kind": "小型轿车"}, as_of=LATER + timedelta(days=1), partial=False)
    assert not came.partial
    assert came.cautions[0].startswith("本批1行，不到上一批全量数据（截至2024-06-15，3行）的一半，已按全量数据接收")
    standing = standings(TODAY)["vehicles"]
    assert (standing.extract, standing.parts) == (came, ())


def test_a_balance_that_came_again_counts_once(stage: Stage, county: County, homes: list[Household], cast: Cast) -> None:
    head = homes[0].head
    deliver(
        stage, "deposits", *(stage.row(head, bank=bank, balance=yuan) for bank, yuan in (("农商行", "60000"), ("工行", "50000")))
    )
    deliver(stage, "deposits", stage.row(head, bank="农商行", balance="70000"), as_of=LATER, partial=True)
    check(stage, county)
    finding = Finding.objects.get()
    assert finding.found == "金融资产合计120,000.00元：银行存款120,000.00元"
    assert Hit.objects.count() == 3


def test_of_two_accounts_at_one_bank_the_other_still_counts(
    stage: Stage, county: County, homes: list[Household], cast: Cast
) -> None:
    head = homes[0].head
    deliver(stage, "deposits", *(stage.row(head, bank="农商行", balance=yuan) for yuan in ("60000", "50000")))
    deliver(stage, "deposits", stage.row(head, bank="农商行", balance="70000"), as_of=LATER, partial=True)
    check(stage, county)
    assert Finding.objects.get().found == "金融资产合计120,000.00元：银行存款120,000.00元"


def test_where_only_parts_came_the_others_are_not_read_as_nothing_found(
    stage: Stage, county: County, homes: list[Household], cast: Cast
) -> None:
    first, second, _ = homes
    deliver(stage, "vehicles", stage.row(first.head, plate="苏F1"), partial=True)
    inquiry = check(stage, county)
    assert [answered(cast, each, inquiry) for each in (first, second)] == [
        (PersonAnswer.FOUND, JUNE), (PersonAnswer.NOT_DELIVERED, None),
    ]  # fmt: skip
    found = queries.household_roll_up(cast.reviewer, first, inquiry)
    assert found is not None
    assert found.incomplete
    # Once the whole is there it is asked about, and what the part held does not come twice.
    deliver(stage, "vehicles", stage.row(second.head, plate="苏F2"), as_of=JUNE - timedelta(days=3))
    actions.ask_late_sources(inquiry=inquiry, actor=cast.reviewer, on=TODAY)
    before = JUNE - timedelta(days=3)
    assert [answered(cast, each, inquiry) for each in homes] == [
        (PersonAnswer.FOUND, JUNE), (PersonAnswer.FOUND, before), (PersonAnswer.NOTHING, before),
    ]  # fmt: skip
    line = InquirySource.objects.get(inquiry=inquiry, source="vehicles")
    assert (line.answered, line.hits, [day for day, _ in line.parts]) == ("searched", 2, ["2024-06-15"])


def test_what_a_part_held_stays_when_a_newer_whole_comes_late(
    stage: Stage, county: County, homes: list[Household], cast: Cast
) -> None:
    first, second, _ = homes
    deliver(stage, "vehicles", stage.row(first.head, plate="苏F1"), partial=True)
    inquiry = check(stage, county)
    deliver(stage, "vehicles", stage.row(second.head, plate="苏F2"), as_of=LATER)
    actions.ask_late_sources(inquiry=inquiry, actor=cast.reviewer, on=TODAY)
    line = InquirySource.objects.get(inquiry=inquiry, source="vehicles")
    assert (line.answered, line.hits, [day for day, _ in line.parts]) == ("searched", 2, ["2024-06-15"])
    assert sorted(Finding.objects.values_list("person__name", flat=True)) == ["周秀英", "李国强"]


def test_a_stale_whole_is_said_though_the_part_is_fresh(stage: Stage, county: County, homes: list[Household], cast: Cast) -> None:
    first, second, _ = homes
    deliver(stage, "vehicles", stage.row(second.head, plate="苏F2"), as_of=date(2023, 1, 5))
    deliver(stage, "vehicles", stage.row(first.head, plate="苏F1"), partial=True)
    inquiry = check(stage, county)
    assert [answered(cast, each, inquiry)[0] for each in (first, second)] == [PersonAnswer.FOUND, PersonAnswer.STALE]


def test_a_part_older_than_the_whole_is_not_searched(stage: Stage, homes: list[Household]) -> None:
    deliver(stage, "vehicles", stage.row(homes[0].head, plate="苏F1"), as_of=JUNE - timedelta(days=1), partial=True)
    deliver(stage, "vehicles", stage.row(homes[1].head, plate="苏F2"))
    standing = standings(TODAY)["vehicles"]
    assert (standing.answered, standing.parts) == (Answered.SEARCHED, ())


def test_a_monthly_list_of_the_dead_is_news_for_the_watch(
    stage: Stage, county: County, homes: list[Household], cast: Cast
) -> None:
    deliver(stage, "deaths", stage.row(homes[0].head, died_on="2024-05-01"))
    assert queries.news_for_the_watch(cast.reviewer, TODAY) == ["死亡、火化"]
    opened = actions.open_campaign(occasion=Occasion.WATCH, ground="监测", area=county.county, actor=cast.reviewer, on=TODAY)
    run_campaign(inquiry=opened, actor=cast.reviewer, on=TODAY)
    assert queries.news_for_the_watch(cast.reviewer, TODAY) == []
    deliver(stage, "deaths", stage.row(homes[1].head, died_on="2024-06-20"), as_of=LATER, partial=True)
    assert queries.news_for_the_watch(cast.reviewer, TODAY) == ["死亡、火化"]
    opened = actions.open_campaign(occasion=Occasion.WATCH, ground="监测", area=county.county, actor=cast.reviewer, on=TODAY)
    run_campaign(inquiry=opened, actor=cast.reviewer, on=TODAY)
    assert queries.news_for_the_watch(cast.reviewer, TODAY) == []
    lines = {line.source.id: (line.newest, line.part) for line in queries.source_lines(cast.reviewer, TODAY)}
    assert lines["deaths"] == (JUNE, LATER)
