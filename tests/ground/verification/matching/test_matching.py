"""Rows of a department's extract find our people: each kind of damage on its own level, and nothing beyond."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pytest

from anmin.base.errors import BadValue
from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.verification.matching import Prepared, match, matching, names, prepare, sentence, sentences
from anmin.ground.verification.matching.vocabulary import FIELDS, BirthLevel, NameLevel, NumberLevel, PlainLevel

HOUSEHOLDS = 400
_SURNAMES, _MIDDLES, _LASTS = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何林罗高", "小大国建秀桂志文玉春", "明华英兰珍军强芳林红"


def _number(place: int) -> str:
    return make_identity_number(SYNTHETIC_REGION, date(1940 + place % 61, 1 + place % 12, 1 + place % 28), place % 1000)


PEOPLE = [
    {
        "person_id": 1000 + place,
        "name": _SURNAMES[place % 20] + _MIDDLES[place // 20 % 10] + _LASTS[place // 200 % 10],
        "identity_number": _number(place),
        "household_id": place // 3,
        "village": ["刘桥村", "孙庄村民委员会", "江苏省海安市白甸镇邹冯村", "中坝社区"][place % 4],
        "telephone": f"138{place:04d}{place * 7 % 10000:04d}",
    }
    for place in range(3 * HOUSEHOLDS)
]
"""Everybody has a name of their own; in each family three."""

TEXTS = ("name", "identity_number", "other_number", "birth_date", "sex", "village", "telephone")


def persons(people: list[dict[str, object]] = PEOPLE) -> pa.Table:
    return pa.Table.from_pylist(people)


def extract(*rows: dict[str, str | None], first: int = 1) -> pa.Table:
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in TEXTS)])
    return pa.Table.from_pylist([{"row": row, **given} for row, given in enumerate(rows, first)], schema=schema)


@pytest.fixture(scope="module")
def ready() -> Iterator[Prepared]:
    with prepare(persons(), threads=1) as made:
        yield made


def hits(ready: Prepared, *rows: dict[str, str | None]) -> list[tuple[int, int, str]]:
    found = match(ready, extract(*rows)).to_pylist()
    return [(hit["row"], hit["person_id"], hit["tier"]) for hit in found]


def hits_of(people: list[dict[str, object]], *rows: dict[str, str | None]) -> list[tuple[int, int, str]]:
    with prepare(persons(people), threads=1) as made:
        return hits(made, *rows)


def exchanged(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


ZHANG = PEOPLE[0]
NAME, NUMBER = str(ZHANG["name"]), str(ZHANG["identity_number"])
LATE = NUMBER[:14]


OUYANG: dict[str, object] = {
    "person_id": 1,
    "name": "欧阳震华",
    "identity_number": "320621194901011236",
    "birth_date": "19490101",
}
"""Whose number fails its check in our own records."""


DAMAGED: list[tuple[dict[str, str | None], str, NameLevel, NumberLevel]] = [
    ({"name": NAME, "identity_number": NUMBER}, "A", NameLevel.EQUAL, NumberLevel.EQUAL),
    ({"name": "張小明（已故）", "identity_number": f" '{NUMBER}"}, "A", NameLevel.OTHER_FORM, NumberLevel.EQUAL),
    ({"name": "章晓明", "identity_number": NUMBER}, "A", NameLevel.SAME_READING, NumberLevel.EQUAL),
    ({"name": "张*明", "identity_number": NUMBER}, "A", NameLevel.COVERED, NumberLevel.EQUAL),
    ({"name": "张小?", "identity_number": NUMBER}, "A", NameLevel.COVERED, NumberLevel.EQUAL),
    ({"name": "张少明", "identity_number": NUMBER}, "A", NameLevel.ONE_CHARACTER, NumberLevel.EQUAL),
    ({"name": "张 小 明", "identity_number": NUMBER[:6] + NUMBER[8:17]}, "A", NameLevel.OTHER_FORM, NumberLevel.EQUAL_OLD),
    ({"name": NAME, "other_number": f"{NUMBER}44"}, "A", NameLevel.EQUAL, NumberLevel.EQUAL_ON_CARD),
    ({"name": NAME, "identity_number": exchanged(NUMBER, 8)}, "B", NameLevel.EQUAL, NumberLevel.EXCHANGED),
    ({"name": NAME, "identity_number": NUMBER[:8] + "9" + NUMBER[9:]}, "B", NameLevel.EQUAL, NumberLevel.ONE_DIGIT),
    ({"name": NAME, "identity_number": NUMBER[:16] + NUMBER[17:]}, "B", NameLevel.EQUAL, NumberLevel.MISSING_OR_EXTRA),
    ({"name": NAME, "identity_number": f"{LATE}***{NUMBER[17]}"}, "B", NameLevel.EQUAL, NumberLevel.COVERED),
    ({"name": NAME, "identity_number": f"{NUMBER[:3]}***********{NUMBER[14:]}"}, "B", NameLevel.EQUAL, NumberLevel.COVERED),
    ({"name": NAME, "identity_number": NUMBER[:15]}, "B", NameLevel.EQUAL, NumberLevel.CUT_OFF),
    ({"name": NAME, "identity_number": f"{NUMBER[:15]}000"}, "B", NameLevel.EQUAL, NumberLevel.ROUNDED),
    ({"name": NAME, "identity_number": f"3.{NUMBER[1:15]}E+17"}, "B", NameLevel.EQUAL, NumberLevel.ROUNDED),
    ({"name": None, "identity_number": NUMBER}, "B", NameLevel.UNKNOWN, NumberLevel.EQUAL),
]  # fmt: skip


def test_each_kind_of_damage_has_its_level(ready: Prepared) -> None:
    found = match(ready, extract(*(row for row, *_ in DAMAGED))).to_pylist()
    assert [(hit["person_id"], hit["tier"], hit["name_level"], hit["number_level"]) for hit in found] == [
        (1000, *expected) for _, *expected in DAMAGED
    ]
    assert all(sum(hit[f"{field}_points"] for field in FIELDS) == hit["points"] for hit in found)


def test_without_a_number_the_other_fields_must_carry_it(ready: Prepared) -> None:
    everything = {"name": NAME, "birth_date": "1940年1月1日", "village": "曲塘镇刘桥村3组", "telephone": "+86 13800000000"}
    rows = [everything, everything | {"birth_date": None, "telephone": None}, {"name": NAME}]
    (hit, *others) = match(ready, extract(*rows)).to_pylist()
    assert (hit["row"], hit["person_id"], hit["tier"]) == (1, 1000, "B")
    assert (hit["birth_level"], hit["village_level"], hit["sex_level"]) == (
        BirthLevel.EQUAL,
        PlainLevel.EQUAL,
        PlainLevel.UNKNOWN,
    )
    assert {other["tier"] for other in others} <= {"queue"}


def test_a_number_borrowed_in_the_family_goes_to_whoever_bears_the_name(ready: Prepared) -> None:
    (hit,) = match(ready, extract({"name": str(PEOPLE[1]["name"]), "identity_number": NUMBER})).to_pylist()
    assert (hit["person_id"], hit["tier"], hit["number_level"]) == (1001, "B", NumberLevel.OF_HOUSEHOLD)


def test_two_valid_numbers_that_differ_are_two_people(ready: Prepared) -> None:
    other = make_identity_number(SYNTHETIC_REGION, date(1940, 1, 1), 2)
    assert hits(ready, {"name": NAME, "identity_number": other, "birth_date": "1940-01-01", "telephone": "13800000000"}) == []


def test_a_birth_date_that_the_police_corrected_is_for_a_person_to_see(ready: Prepared) -> None:
    corrected = make_identity_number(SYNTHETIC_REGION, date(1941, 1, 1), 0)
    (hit,) = match(ready, extract({"name": NAME, "identity_number": corrected})).to_pylist()
    assert (hit["person_id"], hit["number_level"]) == (1000, NumberLevel.BIRTH_CORRECTED)


@pytest.mark.parametrize(
    ("delivered", "level"),
    [
        ("320621194901011236", NumberLevel.EQUAL_INVALID),
        ("320621194901011536", NumberLevel.ONE_DIGIT),
        ("320621194901012136", NumberLevel.EXCHANGED),
        ("32062119490101236", NumberLevel.MISSING_OR_EXTRA),
    ],
)
def test_two_numbers_that_both_fail_their_check_are_compared_by_place(delivered: str, level: NumberLevel) -> None:
    row = {"name": "欧阳振华", "identity_number": delivered, "birth_date": "1949-1-1"}
    (hit,) = match(persons([OUYANG, *PEOPLE[:300]]), extract(row)).to_pylist()
    assert (hit["person_id"], hit["number_level"], hit["birth_level"]) == (1, level, BirthLevel.IN_NUMBER)


def test_a_short_number_of_another_kind_holds_no_birth_date() -> None:
    people = [OUYANG | {"identity_number": "H0123456"}, *PEOPLE[:300]]
    rows = [{"name": "OUYANG Zhenhua", "identity_number": "H0123456", "birth_date": f"19{year}-1-1"} for year in (49, 51)]
    found = match(persons(people), extract(*rows)).to_pylist()
    assert [(hit["row"], hit["number_level"], hit["birth_level"]) for hit in found] == [
        (1, NumberLevel.EQUAL_INVALID, BirthLevel.EQUAL),
        (2, NumberLevel.EQUAL_INVALID, BirthLevel.TWO_OF_THREE),
    ]


def test_one_digit_over_and_over_is_no_number() -> None:
    people = [OUYANG | {"identity_number": "1" * 18}, *PEOPLE[:300]]
    assert hits_of(people, {"name": "司马昭", "identity_number": "1" * 18}, {"name": "诸葛亮", "identity_number": "0" * 15}) == []


def test_words_that_mean_none_join_with_nothing() -> None:
    nothing = [{"name": word, "identity_number": word, "telephone": word} for word in ("无", "-", "0", "不详", "NULL", "")]
    people = [{"person_id": 1, "name": "无", "identity_number": "无", "telephone": "-"}]
    assert match(persons(people), extract(*nothing)).num_rows == 0


def test_a_strangers_name_on_a_number_is_for_a_person_to_see(ready: Prepared) -> None:
    assert hits(ready, {"name": "欧阳震华", "identity_number": NUMBER}) == [(1, 1000, "queue")]


def test_persons_are_made_ready_once_and_the_same_input_gives_the_same_bytes(ready: Prepared) -> None:
    rows = [{"name": str(each["name"]), "identity_number": str(each["identity_number"])} for each in PEOPLE[::7]]
    first, again = match(ready, extract(*rows)), match(ready, extract(*rows))
    other = match(persons(), extract(*rows), threads=2)
    assert first.equals(again, check_metadata=True)
    assert first.equals(other, check_metadata=True)
    assert first.num_rows == len(rows)


def test_hits_read_in_parts_are_the_hits_read_at_once(ready: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"name": str(each["name"]), "identity_number": str(each["identity_number"])} for each in PEOPLE[::20]]
    rows += [{"name": "欧阳震华", "identity_number": NUMBER}, {"name": NAME, "identity_number": exchanged(NUMBER, 8)}]
    whole = match(ready, extract(*rows))
    monkeypatch.setattr(matching, "AT_ONCE", 7)
    parts = list(ready.parts(extract(*rows)))
    assert [len(part) for part in parts] == [7, 7, 7, 7, 7, 7, 7, 7, 6]
    assert pa.concat_tables(parts).equals(whole, check_metadata=True)


def test_the_order_of_the_persons_and_of_the_rows_changes_nothing() -> None:
    rows = [{"name": str(each["name"]), "identity_number": exchanged(str(each["identity_number"]), 13)} for each in PEOPLE[:50]]
    given = extract(*rows)
    backwards = given.take(list(range(49, -1, -1)))
    assert match(persons(), given).equals(match(persons(PEOPLE[::-1]), backwards))


def test_the_hits_are_equal_whether_a_side_has_the_whole_table_of_characters_or_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [
        *PEOPLE[:40],
        {"person_id": 1, "name": "ＷＡＮＧ 歐陽·買買提〔户主〕"},
        {"person_id": 2, "name": "令狐某龘"},
        {"person_id": 3},
    ]
    rows = [row for row, *_ in DAMAGED] + [{"name": "欧阳买买提·WANG"}, {"name": "wang歐陽买买提"}, {"name": "令狐龘"}]
    cut = match(persons(people), extract(*rows))
    monkeypatch.setattr(names, "FEW", 0)
    assert match(persons(people), extract(*rows)).equals(cut, check_metadata=True)
    assert len(names.characters_in(pa.chunked_array([["張三", None]]))) == len(names.characters())


def test_a_sentence_says_what_agreed_and_which_places_differ(ready: Prepared) -> None:
    rows = [{"name": NAME, "identity_number": exchanged(NUMBER, 8), "village": "中坝社区"}]
    found = match(ready, extract(*rows))
    said = (
        "姓名一致；身份证号码有相邻两位颠倒，校验码不符（第9、10位）；出生日期已包含在身份证号码中，不重复计算；"
        "性别已包含在身份证号码中，不重复计算；村（居）不同。"
    )
    assert sentences(found).to_pylist() == [said]
    assert sentence(found.to_pylist()[0]) == said


def test_one_person_may_have_several_rows() -> None:
    people = [*PEOPLE, {**ZHANG, "name": "张大名"}]
    found = match(persons(people), extract({"name": "张大名", "identity_number": NUMBER})).to_pylist()
    assert [(hit["person_id"], hit["tier"], hit["name_level"]) for hit in found] == [(1000, "A", NameLevel.EQUAL)]


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(BadValue, match="缺少“人员编号”一列"):
        match(pa.table({"name": ["张三"]}), extract())
    with pytest.raises(BadValue, match="至少要有“姓名”或“身份证号码”"):
        match(persons(), pa.table({"row": [1], "village": ["刘桥"]}))
    with pytest.raises(BadValue, match="“身份证号码”一列是数值而不是文本"):
        match(persons(), pa.table({"row": [1], "identity_number": [3.20699195001010e17]}))
    with pytest.raises(BadValue, match="“行号”有 1 行重复"):
        match(persons(), pa.table({"row": [1, 1], "name": ["张三", "李四"]}))


def test_an_empty_side_finds_nothing() -> None:
    assert match(persons(), extract()).num_rows == 0
    assert match(persons().slice(0, 0), extract({"name": NAME, "identity_number": NUMBER})).num_rows == 0
