from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.base.errors import BadValue
from anmin.base.identity import (
    SYNTHETIC_REGION,
    birth_date,
    is_synthetic,
    make_identity_number,
    mask_identity_number,
    normalise_identity_number,
    region,
    region_note,
    sex,
)

HAIAN = {"320621", "320685"}

regions = st.from_regex(r"[0-9]{6}", fullmatch=True)
births = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
sequences = st.integers(min_value=0, max_value=999)
numbers = st.builds(make_identity_number, regions, births, sequences)


def refusal_of(text, **kwargs):
    with pytest.raises(BadValue) as refusal:
        normalise_identity_number(text, **kwargs)
    return refusal.value.message


@pytest.mark.parametrize(
    ("number", "born", "of_sex"),
    [
        ("370101190102039973", date(1901, 2, 3), "male"),
        ("513101198201130014", date(1982, 1, 13), "male"),
        ("320699190101010013", date(1901, 1, 1), "male"),
        ("320699193508060120", date(1935, 8, 6), "female"),
        ("320699198812031183", date(1988, 12, 3), "female"),
        ("320699201602290077", date(2016, 2, 29), "male"),
        ("32069919010101003X", date(1901, 1, 1), "male"),
    ],
)
def test_a_known_number_is_accepted_with_its_birth_date_and_sex(number, born, of_sex):
    assert (normalise_identity_number(number), birth_date(number), sex(number)) == (number, born, of_sex)


@pytest.mark.parametrize(
    "written",
    [
        "32069919010101003x",
        "３２０６９９１９０１０１０１００３Ｘ",
        "  320699 19010101 003X\t",
        "'32069919010101003X",
        "\ufeff32069919010101003X",
    ],
)
def test_a_number_is_brought_to_its_one_form(written):
    assert normalise_identity_number(written) == "32069919010101003X"


def test_an_old_number_is_completed():
    assert normalise_identity_number("320699350806012") == "320699193508060120"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "身份证号码没有填写。"),
        (" ' ", "身份证号码没有填写。"),
        ("32069919010101001", "身份证号码应为18位（旧号码为15位），现在是17位，请对照证件检查。"),
        ("3206991901010100133", "身份证号码应为18位（旧号码为15位），现在是19位，请对照证件检查。"),
        ("32069919010101O013", "身份证号码第15位不是数字，请对照证件检查。"),
        ("32069919010101001*", "身份证号码第18位不是数字，请对照证件检查。"),
        ("32069919010101٠013", "身份证号码第15位不是数字，请对照证件检查。"),
        (
            "3206991901X1010013",
            "身份证号码第11位是字母X，X只能出现在18位号码的最后一位，请对照证件检查。",
        ),
        ("32069935080601X", "身份证号码第15位是字母X，X只能出现在18位号码的最后一位，请对照证件检查。"),
        ("320699201502290077", "身份证号码第7至14位不是真实存在的出生日期，请对照证件检查。"),
        ("320699199013010012", "身份证号码第7至14位不是真实存在的出生日期，请对照证件检查。"),
        ("320699019001010012", "身份证号码第7至14位不是真实存在的出生日期，请对照证件检查。"),
        ("320699351306012", "身份证号码第7至12位不是真实存在的出生日期，请对照证件检查。"),
        (
            "3.20699E+17",
            "身份证号码被电子表格改成了科学计数法，后几位已经丢失，请把该列设为“文本”格式后按证件重新填写。",
        ),
        (
            "320699190101010014",
            "身份证号码的校验码（最后一位）与前17位不符，可能有一位写错或两位写颠倒，请对照证件检查。",
        ),
    ],
)
def test_a_wrong_number_is_refused_with_its_precise_reason(written, sentence):
    assert refusal_of(written) == sentence


def test_a_birth_after_the_day_is_refused_and_on_the_day_is_not():
    number = make_identity_number(SYNTHETIC_REGION, date(2024, 6, 30), 7)
    assert normalise_identity_number(number, on=date(2024, 6, 30)) == number
    assert refusal_of(number, on=date(2024, 6, 29)) == "身份证号码中的出生日期 2024-06-30 晚于 2024-06-29，请对照证件检查。"


@given(regions, births, sequences)
def test_a_made_number_is_valid_and_carries_what_it_was_made_of(code, born, sequence):
    number = make_identity_number(code, born, sequence)
    assert (normalise_identity_number(number), region(number), birth_date(number), sex(number)) == (
        number,
        code,
        born,
        "male" if sequence % 2 else "female",
    )


@given(numbers, st.integers(min_value=0, max_value=16), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_found(number, place, shift):
    wrong = str((int(number[place]) + shift) % 10)
    with pytest.raises(BadValue):
        normalise_identity_number(number[:place] + wrong + number[place + 1 :])


@given(numbers, st.sampled_from("0123456789X"))
def test_one_wrong_check_character_is_found(number, check):
    if check != number[17]:
        with pytest.raises(BadValue):
            normalise_identity_number(number[:17] + check)


@given(numbers, st.integers(min_value=0, max_value=16))
def test_two_neighbours_exchanged_are_found(number, place):
    exchanged = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if exchanged != number:
        with pytest.raises(BadValue):
            normalise_identity_number(exchanged)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31)), sequences)
def test_the_old_form_leads_to_the_same_number(born, sequence):
    number = make_identity_number(SYNTHETIC_REGION, born, sequence)
    assert normalise_identity_number(number[:6] + number[8:17]) == number


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("320621", None),
        ("320685", None),
        ("330102", "身份证号码前六位 330102 不是本县（320621、320685）的代码，可能为婚迁或迁入人员，请核对户口簿。"),
        ("320699", "身份证号码前六位 320699 没有分配给任何地方，这是演示用的虚构号码。"),
    ],
)
def test_a_region_from_elsewhere_gives_a_hint_and_no_refusal(code, note):
    number = normalise_identity_number(make_identity_number(code, date(1980, 2, 29), 12))
    assert region_note(number, expected=HAIAN) == note


def test_only_the_unassigned_region_is_synthetic():
    assert [is_synthetic("320699190101010013"), is_synthetic("370101190102039973")] == [True, False]


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("320699190101010013", "320***********0013"),
        ("32069919010101003X", "320***********003X"),
        ("320699350806012", "320********6012"),
        ("3206993508", "**********"),
        ("", ""),
    ],
)
def test_a_masked_number_never_shows_the_birth_date(number, masked):
    assert mask_identity_number(number) == masked


@given(numbers)
def test_no_refusal_repeats_the_number(number):
    broken = number[:17] + ("0" if number[17] != "0" else "1")
    assert number[:17] not in refusal_of(broken)


@pytest.mark.parametrize(("code", "sequence"), [("32069", 1), ("32069A", 1), ("320699", 1000), ("320699", -1)])
def test_a_number_is_not_made_of_impossible_parts(code, sequence):
    with pytest.raises(ValueError, match=r"region|sequence"):
        make_identity_number(code, date(1980, 1, 1), sequence)
