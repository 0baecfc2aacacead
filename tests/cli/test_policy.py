"""`anmin policy` on the command line: the law by day, and why an amount is what it is."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from anmin.base import clock
from anmin.cli.policy import app
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from tests.conftest import Cast, County

run = CliRunner()

LONG_AGO = date(2023, 1, 1)


@pytest.fixture
def home(cast: Cast, county: County) -> Household:
    """Somebody who lives alone on a wage of 300 yuan and owns nothing."""
    person = Person.objects.create(
        name="王阿姨", name_key="王阿姨", initials="way", identity_mask="320699", birth_on=date(1980, 5, 5), sex="female",
        hukou_kind="rural", area=county.liuqiao,
    )  # fmt: skip
    at = clock.instant(LONG_AGO)
    known = {"income.wage": 30_000, "income.business": 0, "income.property": 0, "income.pension": 0, "assets.financial": 0}
    for kind, amount in known.items():
        Fact.objects.create(person=person, kind=kind, amount=amount, valid_from=LONG_AGO, recorded_at=at, source="测试")
    home = Household.objects.create(number="HA1", head=person, area=county.liuqiao, hukou_kind="rural", opened_on=LONG_AGO)
    HouseholdMember.objects.create(
        household=home, person=person, relation="head", counted=True, valid_from=LONG_AGO, recorded_at=at
    )
    return home


def test_list_gives_each_figure_with_the_value_of_the_day_and_its_document() -> None:
    said = json.loads(run.invoke(app, ["list", "--on", "2024-06-30", "--json"]).stdout)
    standard = next(each["in_force"] for each in said if each["address"] == "assistance.dibao.standard")
    assert (standard["shown"], standard["valid_from"]) == ("820.00元/人·月", "2023-07-01")
    assert standard["document"] == "《南通市调整社会救助等保障标准的通知》（通政办发〔2023〕44号）"


def test_list_on_a_day_before_the_first_value_says_so() -> None:
    said = json.loads(run.invoke(app, ["list", "--on", "1990-01-01", "--json"]).stdout)
    assert {each["in_force"] for each in said} == {None}


def test_list_can_be_cut_down_to_what_nobody_has_confirmed() -> None:
    said = json.loads(run.invoke(app, ["list", "--on", "2024-06-30", "--unconfirmed", "--json"]).stdout)
    assert {each["in_force"]["confidence"] for each in said} == {"暂定，待确认"}


def test_show_gives_every_value_the_latest_first() -> None:
    said = json.loads(run.invoke(app, ["show", "assistance.dibao.standard", "--json"]).stdout)
    found = [(each["valid_from"], each["shown"]) for each in said["rows"]][-4:]
    assert found == [
        ("2023-07-01", "820.00元/人·月"),
        ("2022-07-01", "780.00元/人·月"),
        ("2021-07-01", "750.00元/人·月"),
        ("2020-07-01", "710.00元/人·月"),
    ]


def test_show_of_an_unknown_address_is_a_sentence() -> None:
    said = run.invoke(app, ["show", "assistance.dibao.nothing"])
    assert (said.exit_code, said.stderr) == (1, "没有名为“assistance.dibao.nothing”的政策参数，请检查政策文件夹。\n")


@pytest.mark.capability("SA-01")
def test_why_tells_the_amount_from_the_recorded_facts(home: Household) -> None:
    said = json.loads(run.invoke(app, ["why", "HA1", "--month", "2024-06", "--json"]).stdout)
    steps = {each["label"]: each["value"] for each in said["steps"]}
    # 820 less the wage of 300, of which 246 are the cost of working; and a tenth of the standard for living alone.
    assert (said["outcome"], said["amount_fen"], steps["单独生活"]) == ("eligible", 76_600 + 8_200, 1)


def test_why_is_readable_with_its_articles(home: Household) -> None:
    said = run.invoke(app, ["why", "HA1", "--month", "2024-06"]).stdout
    assert said.startswith("2024年6月：保障对象1人，低保标准每人每月820.00元，计入的月收入54.00元。")
    assert [word for word in ("怎样得出", "最低生活保障标准", "820.00元/人·月", "文件原文") if word not in said] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["HA1", "--month", "1990-06"], "从2020年7月1日起才有数值，无法用于1990年6月。"),
        (["HA2", "--month", "2024-06"], "没有编号为“HA2”的家庭，或者不在您的管辖范围内。"),
        (["HA1", "--month", "2024-06", "--as", "clerk_next_door"], "没有编号为“HA1”的家庭，或者不在您的管辖范围内。"),
        (["HA1", "--month", "June"], "期间“June”无法识别"),
    ],
)
def test_why_refuses_in_a_sentence(home: Household, words: list[str], sentence: str) -> None:
    said = run.invoke(app, ["why", *words])
    assert (said.exit_code, said.stdout) == (1, "")
    assert sentence in said.stderr
