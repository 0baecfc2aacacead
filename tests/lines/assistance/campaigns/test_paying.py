"""An approved campaign is paid by the rolls, each person once, and its figures come from what the bank answered."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import parse_period
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.indicators import queries as figures
from anmin.ground.payments import actions as payments
from anmin.ground.payments.models import Payment, Roll
from anmin.lines.assistance.campaigns import actions, queries
from anmin.lines.assistance.campaigns.models import Campaign, RosterShare
from anmin.lines.assistance.campaigns.vocabulary import CampaignState
from tests.lines.assistance.campaigns.conftest import CUTOFF, DECIDED, FROZEN, Festival
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("SA-08")

FESTIVAL = "assistance.festival"


def roll_of(festival: Festival, campaign: Campaign, on: date = DECIDED) -> Roll:
    cast = festival.cast
    roll = payments.generate_roll(benefit=campaign.kind, month=campaign.pay_month, actor=cast.cashier, on=on)
    roll = payments.check_roll(roll=roll, actor=cast.second_cashier, on=on)
    return payments.approve_roll(roll=roll, actor=cast.leader, on=on)


def paid(roll: Roll, on: date = DECIDED) -> None:
    """The bank has answered that everything arrived."""
    Payment.objects.filter(roll=roll).update(state="paid", paid_on=on)


def test_three_people_decide(festival: Festival) -> None:
    campaign = festival.frozen()
    with pytest.raises(Refused, match="拟定人、冻结人以外"):
        actions.check_campaign(campaign=campaign, actor=festival.cast.reviewer, on=DECIDED)
    checked = actions.check_campaign(campaign=campaign, actor=festival.cast.decision_maker, on=DECIDED)
    with pytest.raises(Refused, match="拟定人、复核人以外"):
        actions.approve_campaign(campaign=checked, actor=festival.cast.decision_maker, on=DECIDED)
    assert actions.approve_campaign(campaign=checked, actor=festival.cast.leader, on=DECIDED).state == CampaignState.APPROVED


def test_unchecked_campaign_is_not_approved(festival: Festival) -> None:
    with pytest.raises(Refused, match="名册已冻结"):
        actions.approve_campaign(campaign=festival.frozen(), actor=festival.cast.leader, on=DECIDED)


def test_touched_totals_are_not_checked(festival: Festival) -> None:
    campaign = festival.frozen()
    RosterShare.objects.filter(row__campaign=campaign, budget="county").update(amount=99_900)
    with pytest.raises(Refused, match="合计与总额不符"):
        festival.check(campaign)


def test_everybody_on_it_holds_the_benefit_for_one_month(festival: Festival) -> None:
    festival.approved()
    held = Entitlement.objects.filter(benefit=FESTIVAL)
    assert {(each.valid_from, each.valid_until) for each in held} == {(date(2024, 2, 1), date(2024, 2, 29))}
    assert held.count() == 4


def test_roll_pays_each_person_once_with_each_budget_in_its_copy(festival: Festival) -> None:
    campaign = festival.approved()
    roll = roll_of(festival, campaign)
    line = roll.lines.get(entitlement__holder=festival.grandson)
    assert (roll.total, roll.line_count, roll.person_count) == (120_000, 4, 4)
    assert line.snapshot["parts"] == {"central": 0, "provincial": 20_000, "municipal": 0, "county": 10_000}
    assert queries.roll_of(festival.cast.leader, campaign) == roll


def test_line_of_a_roll_leads_to_no_reasons_out_of_the_register(festival: Festival) -> None:
    line = roll_of(festival, festival.approved()).lines.get(entitlement__holder=festival.grandson)
    page = browser_of(festival.cast.leader).get(f"/payments/lines/{line.pk}").content.decode()
    assert f"/benefits/{FESTIVAL}/why" not in page


def test_next_roll_pays_nothing_again(festival: Festival) -> None:
    roll_of(festival, festival.approved())
    again = payments.generate_roll(benefit=FESTIVAL, month="2024-03", actor=festival.cast.cashier, on=date(2024, 3, 1))
    assert (again.line_count, again.total) == (0, 0)


def test_bank_file_has_a_line_for_each_payment(festival: Festival) -> None:
    roll = roll_of(festival, festival.approved())
    file = payments.make_bank_file(roll=roll, actor=festival.cast.cashier, on=DECIDED)
    # The grandson has no card and nobody else collects for him.
    assert (file.count, file.total, file.held_back) == (3, 90_000, 1)


def test_another_campaign_of_the_month_cannot_pay_the_same_person(festival: Festival) -> None:
    festival.approved()
    second = festival.freeze(festival.propose(occasion="2024年元宵节"))
    checked = festival.check(second)
    with pytest.raises(BadValue, match="已享受同一待遇"):
        actions.approve_campaign(campaign=checked, actor=festival.cast.leader, on=DECIDED)


@pytest.mark.parametrize("table", ["campaigns_rosterrow", "campaigns_rostershare"])
def test_approved_roster_never_changes(festival: Festival, table: str) -> None:
    festival.approved()
    with pytest.raises(IntegrityError, match="never_changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET amount = 0")  # noqa: S608  one of two names written above


def test_approved_campaign_cannot_be_discarded(festival: Festival) -> None:
    with pytest.raises(Refused, match="已审批"):
        actions.discard_campaign(campaign=festival.approved(), reason="误", actor=festival.cast.reviewer, on=DECIDED)


def test_discarded_campaign_is_gone(festival: Festival) -> None:
    actions.discard_campaign(campaign=festival.frozen(), reason="重复", actor=festival.cast.reviewer, on=DECIDED)
    assert Campaign.objects.count() == 0


def value(festival: Festival, id: str) -> int | None:
    return figures.figure(festival.cast.leader, id, parse_period("2024H1"), on=date(2024, 7, 1)).value


def test_figures_count_what_arrived(festival: Festival) -> None:
    campaign = festival.frozen()
    actions.withhold_share(
        row=festival.row(campaign, festival.next_door),
        budget="county",
        reason="机构安排",
        actor=festival.cast.reviewer,
        on=FROZEN,
    )
    paid(roll_of(festival, festival.approved(campaign)))
    ids = ("persons", "funds", "funds.provincial", "funds.county", "standard.total", "standard.provincial", "standard.county")
    assert [value(festival, f"{FESTIVAL}.{each}") for each in ids] == [4, 110_000, 80_000, 30_000, 30_000, 20_000, 10_000]


def test_figures_are_unknown_before_the_first_campaign_and_nothing_before_it_is_paid(festival: Festival) -> None:
    before = value(festival, f"{FESTIVAL}.funds")
    roll_of(festival, festival.approved())
    assert (before, value(festival, f"{FESTIVAL}.funds")) == (None, 0)


@pytest.mark.capability("SA-10")
def test_gifts_are_counted_when_they_are_handed_over(festival: Festival) -> None:
    campaign = festival.propose(kind="assistance.dialysis_visit")
    listed = actions.Listed(festival.grandson.pk, festival.grandson.memberships.get().household_id, festival.grandson.area_id)
    actions.list_people(campaign=campaign, people=[listed], actor=festival.cast.reviewer, on=CUTOFF)
    campaign = festival.approved(festival.freeze(campaign))
    assert value(festival, "assistance.dialysis_visit.gifts") == 0
    rows = list(campaign.rows.all())

    def hand_over(by: Actor) -> None:
        actions.record_gifts(campaign=campaign, rows=rows, given_on=DECIDED, taken_by="祖母", actor=by, on=DECIDED)

    with pytest.raises(Refused, match="外镇"):
        hand_over(festival.cast.clerk_next_door)
    hand_over(festival.cast.clerk)
    assert value(festival, "assistance.dialysis_visit.gifts") == 1
    with pytest.raises(Refused, match="已经登记领取"):
        hand_over(festival.cast.clerk)
