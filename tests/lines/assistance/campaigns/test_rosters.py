"""A roster is what it was on the cut-off day: everybody once, each budget's money apart."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.lines.assistance.campaigns import actions, queries
from anmin.lines.assistance.campaigns.models import RosterRow
from anmin.lines.assistance.campaigns.vocabulary import CampaignState
from tests.conftest import County
from tests.lines.assistance.campaigns.conftest import CUTOFF, FEBRUARY, FROZEN, Festival

pytestmark = pytest.mark.capability("SA-08")


def test_everybody_is_on_the_roster_once(festival: Festival) -> None:
    campaign = festival.frozen()
    assert (campaign.persons, campaign.total, campaign.state) == (4, 4 * 30_000, CampaignState.FROZEN)
    assert festival.row(campaign, festival.grandson).groups == ["dibao", "orphan"]


def test_each_budget_is_money_of_its_own(festival: Festival) -> None:
    found = queries.totals_by_budget(festival.cast.leader, festival.frozen())
    assert [(each.budget.value, each.persons, each.amount) for each in found] == [
        ("provincial", 4, 80_000),
        ("county", 4, 40_000),
    ]


def test_who_came_after_the_cut_off_day_is_not_on_it(festival: Festival) -> None:
    late = festival.stage.person("赵新")
    festival.stage.holds(festival.stage.household(late), late, since=date(2024, 2, 1))
    assert festival.frozen().persons == 4


def test_who_left_before_the_cut_off_day_is_not_on_it(festival: Festival) -> None:
    gone = festival.stage.person("钱走")
    festival.stage.holds(festival.stage.household(gone), gone, until=date(2023, 12, 31))
    assert festival.frozen().persons == 4


def test_who_holds_only_what_the_grant_does_not_name_is_not_on_it(festival: Festival) -> None:
    festival.stage.family(benefit="assistance.margin")
    assert RosterRow.objects.filter(campaign=festival.frozen()).count() == 4


def test_who_died_before_stays_visible_and_gets_nothing(festival: Festival) -> None:
    dead = festival.couple[1]
    dead.died_on = date(2024, 1, 20)
    dead.save()
    campaign = festival.frozen()
    row = festival.row(campaign, dead)
    assert (campaign.persons, row.amount, row.left_out) == (3, 0, "截止日前已去世（2024-01-20）")


def test_child_of_whom_it_is_not_known_as_what_stays_visible(festival: Festival) -> None:
    child = festival.stage.person("李小林", birth_on=date(2015, 3, 1))
    home = festival.stage.household(child)
    festival.stage.holds(home, child, benefit="children.stipend", route="person")
    festival.stage.knows(child, **{"child.father": "dead", "child.mother": "dead", "child.placement": "family"})
    festival.stage.holds(home, child, benefit="disability.living", route="person")
    row = festival.row(festival.frozen(), child)
    assert (row.groups, row.amount, row.left_out) == ([], 0, "困境儿童类别暂不能认定，请核实后在补发名册中发放")


def test_money_goes_to_ones_own_card_or_to_whoever_collects(festival: Festival) -> None:
    campaign = festival.frozen()
    husband, wife = festival.couple
    assert [festival.row(campaign, person).payee_id for person in (husband, wife)] == [husband.pk, husband.pk]


def test_roster_is_not_frozen_before_the_cut_off_day_is_over(festival: Festival) -> None:
    with pytest.raises(Refused, match="还没有过完"):
        festival.freeze(festival.propose(), on=CUTOFF)


def test_share_withheld_has_its_reason_and_the_other_is_paid(festival: Festival) -> None:
    campaign = festival.frozen()
    row = festival.row(campaign, festival.next_door)
    actions.withhold_share(row=row, budget="provincial", reason="外市已发", actor=festival.cast.reviewer, on=FROZEN)
    shares = {each.budget: (each.amount, each.withheld) for each in row.shares.all()}
    campaign.refresh_from_db()
    assert (shares, row.amount, campaign.total) == ({"provincial": (0, "外市已发"), "county": (10_000, "")}, 10_000, 100_000)


def test_second_share_withheld_keeps_the_first_reason(festival: Festival) -> None:
    row = festival.row(festival.frozen(), festival.next_door)
    for budget, reason in (("provincial", "外市已发"), ("county", "机构统一安排")):
        actions.withhold_share(row=row, budget=budget, reason=reason, actor=festival.cast.reviewer, on=FROZEN)
    assert [(each.budget, each.withheld) for each in row.shares.all()] == [("provincial", "外市已发"), ("county", "机构统一安排")]


def test_budget_that_gives_nothing_cannot_be_withheld(festival: Festival) -> None:
    row = festival.row(festival.frozen(), festival.next_door)
    with pytest.raises(Refused, match="没有中央资金"):
        actions.withhold_share(row=row, budget="central", reason="误", actor=festival.cast.reviewer, on=FROZEN)


def test_person_left_out_keeps_the_reason(festival: Festival) -> None:
    campaign = festival.frozen()
    row = festival.row(campaign, festival.next_door)
    actions.leave_out(row=row, reason="本人书面放弃", actor=festival.cast.reviewer, on=FROZEN)
    campaign.refresh_from_db()
    assert (campaign.persons, campaign.total, row.left_out) == (3, 90_000, "本人书面放弃")


def test_reopened_roster_is_taken_anew(festival: Festival) -> None:
    campaign = actions.reopen_roster(
        campaign=festival.frozen(), reason="漏了新登记的孤儿", actor=festival.cast.reviewer, on=FROZEN
    )
    assert (campaign.state, campaign.rows.count(), campaign.total) == (CampaignState.DRAFT, 0, 0)
    assert festival.freeze(campaign).persons == 4


def test_same_occasion_gives_nobody_twice(festival: Festival) -> None:
    festival.frozen()
    with pytest.raises(Refused, match="每人只发一次"):
        festival.freeze(festival.propose())


def test_month_to_pay_is_not_before_the_cut_off_day(festival: Festival) -> None:
    with pytest.raises(BadValue, match="早于名册截止日"):
        festival.propose(pay_month=Month(2023, 12), for_month=Month(2023, 12))


def test_town_sees_its_own_people_only(festival: Festival) -> None:
    campaign = festival.frozen()
    seen = queries.rows(festival.cast.clerk_next_door, campaign)
    assert [row.person.name for row in seen] == ["陈福根"]
    assert [(each.town, each.persons, each.amount) for each in queries.totals_by_town(festival.cast.leader, campaign)] == [
        ("曲塘镇", 3, 90_000),
        ("白甸镇", 1, 30_000),
    ]


def test_list_of_campaigns_counts_what_one_sees(festival: Festival) -> None:
    festival.frozen()
    found = list(queries.campaigns(festival.cast.clerk_next_door).values_list("seen_persons", "seen_total"))
    assert found == [(1, 30_000)]


def test_why_reads_as_a_sentence(festival: Festival) -> None:
    row = queries.row(festival.cast.leader, festival.row(festival.frozen(), festival.grandson).pk)
    assert row is not None
    assert queries.why(festival.cast.leader, row).paragraph == (
        "2024年2月：王小宝：发放节日补助300.00元，其中省级资金200.00元、海安市级资金100.00元。王小宝同时属于多类发放对象，只发一份。"
    )


@pytest.mark.capability("SA-09")
def test_one_household_of_a_village_is_visited(festival: Festival, county: County) -> None:
    campaign = festival.propose(kind="assistance.village_visit")
    people = [
        actions.Listed(person.pk, person.memberships.get().household_id, county.liuqiao.pk)
        for person in (festival.couple[0], festival.grandson)
    ]
    with pytest.raises(Refused, match="超过每村 1 户"):
        actions.list_people(campaign=campaign, people=people, actor=festival.cast.reviewer, on=CUTOFF)
    actions.list_people(campaign=campaign, people=people[:1], actor=festival.cast.reviewer, on=CUTOFF)
    assert [area.name for area in queries.villages_without(festival.cast.leader, campaign)] == ["孙庄社区", "邹冯村"]
    assert (festival.freeze(campaign).total, campaign.rows.get().person_id) == (100_000, festival.couple[0].pk)


@pytest.mark.capability("SA-10")
def test_dialysis_patients_get_goods_and_some_of_them_money(festival: Festival, county: County) -> None:
    campaign = festival.propose(kind="assistance.dialysis_visit")
    people = [
        actions.Listed(person.pk, person.memberships.get().household_id, county.liuqiao.pk, also_cash=cash)
        for person, cash in ((festival.couple[0], True), (festival.grandson, False))
    ]
    actions.list_people(campaign=campaign, people=people, actor=festival.cast.reviewer, on=CUTOFF)
    frozen = festival.freeze(campaign)
    assert (frozen.persons, frozen.gifts, frozen.total) == (2, 2, 100_000)


def test_price_subsidy_waits_for_its_index(festival: Festival) -> None:
    with pytest.raises(BadValue, match="2024年2月的居民消费价格指数尚未公布"):
        festival.propose(kind="assistance.price_subsidy", occasion="2024年2月")


def test_price_subsidy_is_reckoned_for_the_month_of_its_index(festival: Festival) -> None:
    campaign = festival.propose(
        kind="assistance.price_subsidy", occasion="2022年9月", for_month=Month(2022, 9), pay_month=FEBRUARY
    )
    assert festival.freeze(campaign).total == 4 * 6_500
