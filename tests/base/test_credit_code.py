import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.base.credit_code import is_registered_by_civil_affairs, make_credit_code, normalise_credit_code
from anmin.base.errors import BadValue

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
codes = st.builds(make_credit_code, st.from_regex(f"[159NY][1239]320699[{ALPHABET}]{{9}}", fullmatch=True))


def refusal_of(text):
    with pytest.raises(BadValue) as refusal:
        normalise_credit_code(text)
    return refusal.value.message


@pytest.mark.parametrize(
    "written",
    [
        "91110000600037341L",
        "91110000600037341l",
        "９１１１００００６０００３７３４１Ｌ",
        " 9 1 110000 600037341L ",
        "91110000-600037341-L",
    ],
)
def test_a_code_is_brought_to_its_one_form(written):
    assert normalise_credit_code(written) == "91110000600037341L"


def test_a_code_that_begins_with_a_letter_is_accepted():
    code = make_credit_code("N2320699MA1WXY123")
    assert normalise_credit_code(code) == code


@given(codes)
def test_a_made_code_is_valid(code):
    assert normalise_credit_code(code) == code


@given(codes, st.integers(min_value=0, max_value=17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code, place, character):
    if character != code[place]:
        with pytest.raises(BadValue):
            normalise_credit_code(code[:place] + character + code[place + 1 :])


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "统一社会信用代码没有填写。"),
        ("12345", "统一社会信用代码应为18位，现在是5位，请对照登记证书检查。"),
        (
            "9111000060003734IL",
            "统一社会信用代码第17位“I”不能使用（代码中没有字母 I、O、S、V、Z），请对照登记证书检查。",
        ),
        ("9111A000600037341L", "统一社会信用代码第3至8位应为数字（登记机关行政区划码），请对照登记证书检查。"),
        ("91110000600037342L", "统一社会信用代码的校验码（最后一位）与前17位不符，请对照登记证书检查。"),
    ],
)
def test_a_wrong_code_is_refused_with_its_precise_reason(written, sentence):
    assert refusal_of(written) == sentence


def test_social_organisations_are_registered_by_civil_affairs_and_companies_are_not():
    assert [
        is_registered_by_civil_affairs(make_credit_code("51320699MJ0000001")),
        is_registered_by_civil_affairs("91110000600037341L"),
    ] == [
        True,
        False,
    ]
