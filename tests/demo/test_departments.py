"""What other offices deliver: read by the platform as it stands, in the spellings of offices, about invented people only."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from anmin.base.identity import is_synthetic, make_identity_number
from anmin.demo.departments import dirt
from anmin.demo.departments.files import OFFICES, Delivery, write_deliveries
from anmin.demo.departments.rows import strangers
from anmin.demo.holders.making import hold_others
from anmin.demo.plan import Plan
from anmin.demo.villages import read_villages
from anmin.ground.policy.book import policy
from anmin.ground.verification.deliveries import check_mapping, proposed_mapping, read_grid, read_rows
from anmin.ground.verification.sources import SOURCES
from tests.demo.conftest import plan_of, scenario_named

pytestmark = pytest.mark.capability("SA-13")

NUMBER = make_identity_number("320699", date(1950, 3, 12), 123)


@pytest.fixture(scope="module")
def plan() -> Plan:
    made = plan_of(scenario_named("tiny"))
    _, villages = read_villages(Path(settings.COUNTY_DIR) / "areas.csv")
    hold_others(made, villages, policy())
    return made


@pytest.fixture
def deliveries(plan: Plan, tmp_path: Path) -> list[Delivery]:
    return write_deliveries(plan, tmp_path)


def test_at_least_ten_sources_deliver_in_every_format_of_offices(deliveries: list[Delivery]) -> None:
    assert len({each.source for each in deliveries}) == 15
    assert {office.saved_as for office in OFFICES.values()} == {"gbk", "utf-8", "utf-8-sig", "xlsx"}
    assert {each.department for each in deliveries} == {office.department for office in OFFICES.values()}


def test_every_delivery_is_read_as_it_stands(deliveries: list[Delivery]) -> None:
    for each in deliveries:
        grid, source = read_grid(each.path.read_bytes()), SOURCES[each.source]
        chosen = proposed_mapping(source, grid.headers)
        check_mapping(source, grid.headers, chosen)
        assert set(chosen.values()) == {field for _, field in OFFICES[each.source].columns if field}
        assert read_rows(grid, source, chosen, on=each.arrives).num_rows == len(grid.numbers)


def test_second_deliveries_are_other_files_than_the_first(deliveries: list[Delivery]) -> None:
    contents = [each.path.read_bytes() for each in deliveries if each.source in ("deaths", "prison_terms", "institutions")]
    assert (len(contents), len(set(contents))) == (6, 6)


def test_only_invented_people_are_in_the_deliveries(plan: Plan, deliveries: list[Delivery]) -> None:
    ours = {person.identity_number for family in (*plan.families, *plan.holders.families) for person in family.people()}
    whole = [
        number for each in deliveries for number in _numbers(each) if len(number) == 18 and number.isascii() and "*" not in number
    ]
    assert [number for number in whole if not number.upper().startswith("320699")] == []
    assert len(set(whole) & ours) > 50


def _numbers(delivery: Delivery) -> list[str]:
    grid = read_grid(delivery.path.read_bytes())
    chosen = {field: header for header, field in proposed_mapping(SOURCES[delivery.source], grid.headers).items()}
    if "identity_number" not in chosen:
        return []
    return [text or "" for text in grid.columns[grid.headers.index(chosen["identity_number"])].to_pylist()]


def test_strangers_bear_no_number_of_ours() -> None:
    first = [row["identity_number"] for row in strangers(40, Random(1), ())]  # noqa: S311  invented people, no secrets
    again = [row["identity_number"] for row in strangers(40, Random(1), set(first[:5]))]  # noqa: S311  likewise
    assert set(again) & set(first[:5]) == set()
    assert all(is_synthetic(number) for number in first)


def test_numbers_are_spelt_as_offices_spell_them() -> None:
    found = {dirt.number(NUMBER, Random(seed)) for seed in range(60)}  # noqa: S311  likewise
    assert {"", NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", f"{NUMBER[:6]}********{NUMBER[14:]}"} <= found
    assert NUMBER[:6] + NUMBER[8:17] in found
    wrong = [each for each in found if len(each) == 18 and each.isascii() and "*" not in each and each.upper() != NUMBER]
    assert all(sum(a != b for a, b in zip(each, NUMBER, strict=True)) in (1, 2) for each in wrong)


def test_names_are_spelt_as_offices_spell_them() -> None:
    found = {dirt.name("王国芳", Random(seed)) for seed in range(40)}  # noqa: S311  likewise
    assert found == {"王國芳", "王国方", "王 国 芳", "王国芳（本人）"}
