"""The figures of dibao on a small register: what they count, when, for whom."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.periods import HalfYear, Month, Period
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.entitlements.vocabulary import STOPPING, EndReason, StartReason
from anmin.ground.indicators import queries
from anmin.ground.indicators.measures import answers
from anmin.ground.policy.book import use
from anmin.lines.assistance.dibao.indicators import INDICATORS
from anmin.lines.assistance.dibao.rules.codes import ROUTE
from tests.conftest import Cast, County
from tests.small_register import SmallRegister, standard_of

pytestmark = [pytest.mark.capability("SA-01"), pytest.mark.django_db]

H1 = HalfYear(2024, 1)


@pytest.fixture
def register() -> Iterator[SmallRegister]:
    with use(standard_of(820)):
        yield SmallRegister()


def value(id: str, period: Period = H1, actor: Actor = SYSTEM) -> int | None:
    return queries.figure(actor, id, period).value


def test_persons_and_households_are_those_covered_on_the_last_day(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao, 2)
    register.family(county.liuqiao, 3, until=date(2024, 6, 30))
    register.family(county.zoufeng, 1, until=date(2024, 5, 31))
    register.family(county.zoufeng, 4, since=date(2024, 7, 1))
    assert (value("assistance.dibao.households"), value("assistance.dibao.persons")) == (2, 5)


def test_households_with_two_certificates_are_counted_once(register: SmallRegister, county: County) -> None:
    first = register.family(county.liuqiao, route="single")
    register.family(county.liuqiao, route="single", household=first.household)
    assert (value("assistance.dibao.households"), value("assistance.dibao.single.persons")) == (1, 2)


def test_standard_is_the_one_in_force_and_says_where_it_stands(register: SmallRegister) -> None:
    listing = queries.listing(SYSTEM, "assistance.dibao.standard", H1)
    assert listing.figure.value == 82_000
    assert [[cell.shown for cell in line] for line in listing[:10]] == [
        ["最低生活保障标准", "820.00元/人·月", "2023-07-01", "《关于调整最低生活保障标准的通知》（测政发〔2023〕1号）"]
    ]


def test_standard_before_the_first_document_is_unknown(register: SmallRegister) -> None:
    assert value("assistance.dibao.standard", HalfYear(2023, 1)) is None


@pytest.mark.capability("SA-11")
def test_removal_counts_on_the_day_after_the_last_day_covered(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao, 2, since=date(2024, 1, 1), until=date(2024, 6, 30))
    removed = "assistance.removal.dibao.households"
    assert (value(removed, Month(2024, 6)), value(removed, Month(2024, 7)), value(removed, H1)) == (0, 1, 0)


@pytest.mark.capability("SA-11")
def test_removal_by_reason_adds_up_to_the_whole(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao)
    register.family(county.liuqiao, 2, until=date(2024, 2, 29), reason=EndReason.DIED)
    register.family(county.liuqiao, 1, until=date(2024, 3, 31), reason=EndReason.INCOME)
    held = register.family(county.liuqiao, 1)
    register.cover(held, register.person(county.liuqiao), since=date(2023, 1, 1), until=date(2024, 4, 30), reason=EndReason.DIED)
    removed = "assistance.removal.dibao"
    reasons = [reason.value for reason in STOPPING]
    assert value(f"{removed}.persons.died") == 3
    assert value(f"{removed}.households.died") == 1
    assert sum(value(f"{removed}.persons.{reason}") or 0 for reason in reasons) == value(f"{removed}.persons") == 4
    assert sum(value(f"{removed}.households.{reason}") or 0 for reason in reasons) == value(f"{removed}.households") == 2


@pytest.mark.capability("SA-11")
def test_family_that_gives_up_two_certificates_on_one_day_left_once(register: SmallRegister, county: County) -> None:
    register.family(county.zoufeng)
    one = register.family(county.liuqiao, until=date(2024, 3, 31), reason=EndReason.INCOME)
    register.family(county.liuqiao, household=one.household, until=date(2024, 3, 31), reason=EndReason.DIED)
    removed = "assistance.removal.dibao"
    assert [value(f"{removed}.households{part}") for part in ("", ".income", ".died")] == [1, 1, 0]
    assert value(f"{removed}.persons") == 2
    assert all(check.holds for check in queries.balances(SYSTEM, H1))


@pytest.mark.capability("SA-11")
def test_family_that_goes_on_under_another_certificate_neither_came_nor_left(register: SmallRegister, county: County) -> None:
    before = register.family(county.liuqiao, 1, until=date(2024, 3, 31), reason=EndReason.OTHER)
    register.family(county.liuqiao, since=date(2024, 4, 1), route="single", household=before.household, members=[before.holder])
    flows = ["assistance.intake.dibao", "assistance.removal.dibao"]
    assert [value(f"{flow}.{what}") for flow in flows for what in ("households", "persons")] == [0, 0, 0, 0]
    assert all(check.holds for check in queries.balances(SYSTEM, H1))


@pytest.mark.capability("SA-11")
def test_opening_with_entries_less_exits_is_closing(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao, 2)
    register.family(county.liuqiao, 3, until=date(2023, 12, 31))
    register.family(county.zoufeng, 1, until=date(2024, 1, 31))
    came = register.family(county.zoufeng, 2, since=date(2024, 2, 1))
    register.cover(came, register.person(county.zoufeng), since=date(2024, 4, 1), start_reason=StartReason.JOINED)
    back = register.family(county.sunzhuang, 1, since=date(2024, 1, 1), until=date(2024, 2, 29))
    register.family(county.sunzhuang, since=date(2024, 6, 1), household=back.household, members=[back.holder])
    checks = queries.balances(SYSTEM, H1)
    assert [(check.opening, check.entries, check.exits, check.closing) for check in checks] == [(3, 3, 3, 3), (6, 5, 5, 6)]
    assert all(check.holds for check in checks)


def test_funds_are_what_the_bank_paid_by_the_day_it_was_paid(register: SmallRegister, county: County) -> None:
    one, other = register.family(county.liuqiao), register.family(county.zoufeng)
    december = register.roll("2023-12")
    register.pay(december, one, 30_000, on=date(2024, 1, 3))
    register.pay(december, other, 20_000, on=date(2023, 12, 28))
    register.approve(december)
    january = register.roll("2024-01")
    register.pay(january, one, 50_000)
    register.pay(january, other, 70_000, state="failed")
    assert value("assistance.dibao.funds") == 80_000
    assert value("assistance.dibao.paid_months") == 2
    assert value("assistance.dibao.funds", HalfYear(2023, 2)) == 20_000


def test_funds_without_a_payment_are_unknown_and_not_zero(register: SmallRegister, county: County) -> None:
    held = register.family(county.liuqiao)
    register.pay(register.roll("2024-06"), held, 30_000, state="sent")
    figure = queries.figure(SYSTEM, "assistance.dibao.funds", H1)
    assert (figure.value, figure.shown, figure.number) == (None, "尚无记录", None)


def test_town_without_a_payment_is_zero_where_others_were_paid(register: SmallRegister, county: County, cast: Cast) -> None:
    register.pay(register.roll("2024-06"), register.family(county.zoufeng), 30_000)
    assert value("assistance.dibao.funds", actor=cast.clerk) == 0


def test_average_topup_is_due_by_person_and_month(register: SmallRegister, county: County) -> None:
    one, other = register.family(county.liuqiao, 2), register.family(county.liuqiao, 1)
    for month in ("2024-05", "2024-06"):
        roll = register.roll(month)
        register.pay(roll, one, 90_000, persons=2)
        register.pay(roll, other, 50_001, persons=1)
        register.approve(roll)
    assert value("assistance.dibao.average_topup") == 46_667  # 280002 fen over 6 person-months, halves up


@pytest.mark.capability("SA-06")
def test_extras_are_those_of_the_lines_that_were_reckoned_with_them(register: SmallRegister, county: County) -> None:
    extra, none, grace = (register.family(county.liuqiao) for _ in range(3))
    for month in ("2024-05", "2024-06"):
        roll = register.roll(month)
        register.pay(roll, extra, 60_000, route=ROUTE["single_a"], extras=24_600)
        register.pay(roll, none, 60_000, route=ROUTE["household"], extras=0)
        register.pay(roll, grace, 60_000, route=ROUTE["grace_delayed"], extras=8_200)
        register.approve(roll)
    assert (value("assistance.dibao.extras.households"), value("assistance.dibao.extras.funds")) == (1, 49_200)
    shown = queries.listing(SYSTEM, "assistance.dibao.extras.households", H1)[0]
    assert (shown[0].shown, shown[-1].shown) == ("2024-06", "246.00")


@pytest.mark.capability("SA-06")
def test_grace_households_are_those_in_a_grace_period_and_still_covered(register: SmallRegister, county: County) -> None:
    register.grace(register.family(county.liuqiao), date(2024, 5, 1), date(2024, 7, 31))
    register.grace(register.family(county.liuqiao), date(2024, 1, 1), date(2024, 5, 31))
    register.grace(register.family(county.liuqiao, until=date(2024, 4, 30)), date(2024, 4, 1))
    assert value("assistance.dibao.grace.households") == 1


def test_year_before_the_records_is_unknown(register: SmallRegister, county: County) -> None:
    register.family(county.liuqiao, since=date(2019, 1, 1))
    figure = queries.figure(SYSTEM, "assistance.dibao.persons", H1)
    assert (figure.value, figure.previous, figure.change) == (1, None, None)


def test_flow_of_a_period_that_was_only_partly_recorded_is_unknown(register: SmallRegister, county: County) -> None:
    register.kept_since = date(2024, 3, 1)
    register.family(county.liuqiao)
    intake = "assistance.intake.dibao.persons"
    assert (value(intake, H1), value(intake, Month(2024, 4))) == (None, 0)


def test_change_against_last_year_is_told_exactly_and_in_thousandths(register: SmallRegister, county: County) -> None:
    register.kept_since = date(2022, 1, 1)
    for _ in range(3):
        register.family(county.liuqiao)
    register.family(county.liuqiao, since=date(2024, 2, 1))
    figure = queries.figure(SYSTEM, "assistance.dibao.persons", H1)
    assert (figure.value, figure.previous, figure.change, figure.change_per_mille) == (4, 3, 1, 333)


@pytest.fixture
def busy(register: SmallRegister, county: County) -> SmallRegister:
    """At least one record behind every figure."""
    came = register.family(county.liuqiao, 2, since=date(2024, 2, 1))
    stays = register.family(county.zoufeng, 1, route="single")
    for reason in EndReason:
        register.family(county.zoufeng, 1, until=date(2024, 3, 31), reason=reason)
    register.grace(stays, date(2024, 5, 1))
    register.check(came.household, 2, date(2024, 1, 15))
    roll = register.roll("2024-06")
    register.pay(roll, came, 120_000, persons=2)
    register.pay(roll, stays, 60_050, route=ROUTE["single_a"], extras=24_600)
    register.late(roll, stays, "2024-05", 1_000)
    register.late(roll, came, "2024-05", -500)
    register.approve(roll)
    return register


def test_every_figure_is_measured_on_the_very_rows_it_lists(busy: SmallRegister) -> None:
    for indicator in INDICATORS:
        id = indicator.id
        figure = queries.figure(SYSTEM, id, H1)
        listing = queries.listing(SYSTEM, id, H1)
        assert (id, figure.value is not None, figure.row_count > 0) == (id, True, True)
        assert (id, len(listing), len(listing[:])) == (id, figure.row_count, figure.row_count)
        if indicator.rows is None or indicator.measure is None:
            continue
        listed = [row.pk for row in queries.rows(SYSTEM, id, H1)]
        again = queries.rows(SYSTEM, id, H1).filter(pk__in=listed)
        selects = indicator.measure.selects(again)
        assert (id, indicator.measure.value(answers(selects))) == (id, figure.value)


def test_every_figure_with_an_area_adds_up_over_the_towns(busy: SmallRegister, county: County) -> None:
    ids = [each.id for each in INDICATORS if each.area and each.kind != "ratio"]
    whole = {id: value(id) for id in ids}
    parts = {id: sum(town.value or 0 for town in queries.by_town(SYSTEM, id, H1)) for id in ids}
    assert parts == whole


def test_value_by_town_names_every_town(busy: SmallRegister, county: County) -> None:
    towns = queries.by_town(SYSTEM, "assistance.dibao.persons", H1)
    assert [(town.area.name, town.value, town.shown) for town in towns] == [("曲塘镇", 2, "2人"), ("白甸镇", 1, "1人")]


def test_changing_a_record_changes_the_figures(busy: SmallRegister, county: County) -> None:
    gone = Entitlement.objects.get(route="single")
    before = (value("assistance.dibao.households"), value("assistance.dibao.single.persons"))
    gone.valid_until, gone.end_reason = date(2024, 5, 31), EndReason.DIED
    gone.save()
    gone.members.update(valid_until=date(2024, 5, 31), end_reason=EndReason.DIED)
    after = (value("assistance.dibao.households"), value("assistance.dibao.single.persons"))
    assert (before, after) == ((2, 1), (1, 0))


def test_clerk_next_door_counts_and_lists_the_own_town_only(busy: SmallRegister, cast: Cast) -> None:
    persons = "assistance.dibao.persons"
    assert (value(persons, actor=cast.leader), value(persons, actor=cast.clerk), value(persons, actor=cast.clerk_next_door)) == (
        3,
        2,
        1,
    )
    towns = [line[3].shown for line in queries.listing(cast.clerk_next_door, persons, H1)[:]]
    assert towns == ["白甸镇"]


def test_all_figures_with_last_year_are_five_statements(busy: SmallRegister) -> None:
    with CaptureQueriesContext(connection) as captured:
        found = queries.figures(SYSTEM, H1, ids=[each.id for each in INDICATORS])
    # Four of at most forty sub-selects; the fifth asks what was printed of last year, which has no records here.
    assert len(captured) == 5
    assert len(found) == len(INDICATORS)


def test_series_by_month_is_one_statement(busy: SmallRegister) -> None:
    with CaptureQueriesContext(connection) as captured:
        months = queries.series(SYSTEM, "assistance.dibao.persons", H1.months)
    assert len(captured) == 1
    stays = len(EndReason)
    assert [figure.value for figure in months] == [*(stays + other for other in (1, 3, 3)), 3, 3, 3]
