"""Card numbers and the federation's extract: what a number says, and what becomes of the facts."""

from datetime import date

import pytest

from anmin.base.errors import BadValue
from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.models import Fact, Person
from anmin.lines.disability.cards import Card, read_card
from tests.conftest import TODAY, Cast
from tests.single_persons import Village

pytestmark = pytest.mark.capability("CD-01")

BORN = date(1970, 3, 1)
IDENTITY = make_identity_number(SYNTHETIC_REGION, BORN, 1)
HEADERS = "残疾人证号,姓名,残疾类别,残疾等级,发证日期,有效期至"


def bring(cast: Cast, *rows: str, on: date = TODAY) -> ImportBatch:
    content = "\n".join((HEADERS, *rows)).encode("utf-8-sig")
    return import_file(form="disability.cards", path=content, name="残联.csv", actor=cast.reviewer, on=on)


def said(person: Person) -> list[tuple[str, int | str, date, date | None]]:
    rows = Fact.objects.filter(person=person, superseded_at=None, kind__startswith="disability").order_by("kind", "valid_from")
    return [(row.kind, row.code or row.amount or 0, row.valid_from, row.valid_until) for row in rows]


@pytest.mark.parametrize(
    ("number", "card"),
    [
        (IDENTITY + "42", Card(IDENTITY, "physical", 2, "")),
        (IDENTITY + "11B1", Card(IDENTITY, "visual", 1, "B1")),
        (IDENTITY + "734", Card(IDENTITY, "multiple", 3, "4")),
        (f" {IDENTITY[:6]} {IDENTITY[6:]}53 ", Card(IDENTITY, "intellectual", 3, "")),
    ],
)
def test_a_card_number_tells_person_kind_grade_and_issue(number: str, card: Card) -> None:
    assert read_card(number) == card


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (IDENTITY + "4", "残疾人证号应为20位（补换证为21至22位），现在是19位，请对照证件检查。"),
        (IDENTITY + "42B12", "残疾人证号应为20位（补换证为21至22位），现在是23位，请对照证件检查。"),
        (IDENTITY + "82", "残疾人证号第19位是“8”，应为1至7的残疾类别，请对照证件检查。"),
        (IDENTITY + "45", "残疾人证号第20位是“5”，应为1至4的残疾等级，请对照证件检查。"),
        (IDENTITY + "42B-", "残疾人证号末尾的补换证标记只能是字母和数字，请对照证件检查。"),
    ],
)
def test_an_impossible_card_number_is_refused_in_words(number: str, sentence: str) -> None:
    with pytest.raises(BadValue) as fault:
        read_card(number)
    assert str(fault.value) == sentence


def test_a_wrong_check_character_of_the_identity_number_is_refused() -> None:
    wrong = IDENTITY[:-1] + ("1" if IDENTITY[-1] != "1" else "2")
    with pytest.raises(BadValue):
        read_card(wrong + "42")


def test_a_card_writes_kind_and_grade_for_the_time_it_is_valid(village: Village, cast: Cast) -> None:
    person = village.alone(BORN)
    stranger = make_identity_number(SYNTHETIC_REGION, date(1990, 1, 1), 77)
    batch = bring(cast, f"{village.identity(person)}42,,,,2019-06-20,2029-06-19", f"{stranger}11,,,,2020-01-01,")
    assert said(person) == [
        ("disability.grade", 2, date(2019, 6, 20), date(2029, 6, 19)),
        ("disability.kind", "physical", date(2019, 6, 20), date(2029, 6, 19)),
    ]
    assert batch.counts["不在册"] == 1


def test_what_the_columns_say_must_be_what_the_number_says(village: Village, cast: Cast) -> None:
    person = village.alone(BORN)
    batch = bring(cast, f"{village.identity(person)}42,,肢体,三级,2019-06-20,")
    assert (batch.is_refused, said(person)) == (True, [])
    assert batch.problems == ["第 2 行“残疾等级”：与残疾人证号中的类别、等级不一致，请核对是哪一项填错。"]


def test_one_person_has_one_card_in_an_extract(village: Village, cast: Cast) -> None:
    person = village.alone(BORN)
    number = village.identity(person)
    batch = bring(cast, f"{number}42,,,,2019-06-20,", f"{number}41B1,,,,2024-01-10,")
    assert batch.problems == ["第 3 行“残疾人证号”：与第 2 行是同一人，一人只能有一本有效的残疾人证，请保留最新的一本。"]


def test_a_card_renewed_unchanged_goes_on_from_the_day_after(village: Village, cast: Cast) -> None:
    person = village.alone(BORN)
    number = village.identity(person)
    bring(cast, f"{number}42,,,,2014-06-01,2024-05-31", on=date(2024, 5, 1))
    bring(cast, f"{number}42B1,,,,2024-07-10,2034-07-09", on=date(2024, 7, 12))
    assert said(person)[:2] == [
        ("disability.grade", 2, date(2014, 6, 1), date(2024, 5, 31)),
        ("disability.grade", 2, date(2024, 6, 1), date(2034, 7, 9)),
    ]


def test_a_card_that_turns_out_to_expire_is_not_valid_beyond_its_day(village: Village, cast: Cast) -> None:
    person = village.alone(BORN)
    number = village.identity(person)
    bring(cast, f"{number}42,,,,2020-05-06,", on=date(2024, 5, 1))
    bring(cast, f"{number}42,,,,2020-05-06,2024-07-31", on=date(2024, 8, 5))
    assert said(person) == [
        ("disability.grade", 2, date(2020, 5, 6), date(2024, 7, 31)),
        ("disability.kind", "physical", date(2020, 5, 6), date(2024, 7, 31)),
    ]


def test_a_card_renewed_after_years_counts_from_its_own_day(village: Village, cast: Cast) -> None:
    person = village.alone(BORN)
    number = village.identity(person)
    bring(cast, f"{number}42,,,,2012-06-01,2022-05-31", on=date(2022, 5, 1))
    bring(cast, f"{number}42B1,,,,2024-07-10,2034-07-09", on=date(2024, 7, 12))
    assert said(person)[1] == ("disability.grade", 2, date(2024, 7, 10), date(2034, 7, 9))


def test_a_new_grade_counts_from_the_day_of_the_new_card(village: Village, cast: Cast) -> None:
    person = village.alone(BORN)
    number = village.identity(person)
    bring(cast, f"{number}43,,,,2018-06-01,2028-05-31", on=date(2024, 5, 1))
    bring(cast, f"{number}42,,,,2024-06-18,2034-06-17", on=date(2024, 6, 20))
    assert said(person)[:2] == [
        ("disability.grade", 3, date(2018, 6, 1), date(2024, 6, 17)),
        ("disability.grade", 2, date(2024, 6, 18), date(2034, 6, 17)),
    ]
