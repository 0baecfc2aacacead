import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.base.errors import BadValue
from anmin.base.names import mask_name, match_key, normalise_name, pinyin_initials

names = st.text(alphabet="张王李歐陽欧阳单買买提·艾力吾尔𠮷〇峯 ", min_size=1, max_size=12)


def refusal_of(text):
    with pytest.raises(BadValue) as refusal:
        normalise_name(text)
    return refusal.value.message


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("张三丰", "张三丰"),
        (" 张 三 ", "张三"),
        ("张\u3000三", "张三"),
        ("張三", "張三"),
        ("李〇", "李〇"),
        ("𠮷田", "𠮷田"),
        ("Ｊｏｈｎ  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("O’Neil", "O'Neil"),
        ("\ufeff张三\u200b", "张三"),
        *((f"买买提{dot}艾力", "买买提·艾力") for dot in ("·", "•", "・", "‧", ".", "．", "･", "∙", " · ", " . ")),
    ],
)
def test_a_name_is_brought_to_its_kept_form(written, kept):
    assert normalise_name(written) == kept


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "姓名没有填写。"),
        ("\u3000", "姓名没有填写。"),
        ("张\t三", "姓名中有看不见的控制字符（可能是复制时带入的），请删除后重新输入。"),
        ("张\u202e三", "姓名中有看不见的控制字符（可能是复制时带入的），请删除后重新输入。"),
        ("12345", "姓名“12345”中有数字，请填写证件上的姓名。"),
        ("张三２", "姓名“张三2”中有数字，请填写证件上的姓名。"),
        ("张?", "姓名中有乱码或问号，可能是生僻字在导出时丢失，请对照证件补上。"),
        ("张\ufffd", "姓名中有乱码或问号，可能是生僻字在导出时丢失，请对照证件补上。"),
        ("张三（已故）", "姓名“张三(已故)”中的“(”不是姓名用字，请删除备注和符号后重新填写。"),
        ("张*", "姓名“张*”中的“*”不是姓名用字，请删除备注和符号后重新填写。"),
        ("·张三", "姓名“·张三”的开头或结尾有多余的符号，请对照证件检查。"),
        ("买买提·", "姓名“买买提·”的开头或结尾有多余的符号，请对照证件检查。"),
        ("张" * 61, "姓名超过60个字，请检查是否混入了其他内容。"),
    ],
)
def test_what_is_no_name_is_refused_with_a_sentence(written, sentence):
    assert refusal_of(written) == sentence


@given(names)
def test_the_kept_form_is_kept(written):
    try:
        kept = normalise_name(written)
    except BadValue:
        return
    assert normalise_name(kept) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("張國華", "张国华"),
        ("欧阳峯", "歐陽峰"),
        ("王喆", "王哲"),
        ("薴", "苎"),
        ("买买提·艾力", "買買提艾力"),
        ("买买提·艾力", "买买提 艾力"),
        ("John Smith", "JOHN-SMITH"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(("one", "other"), [("肖建国", "萧建国"), ("付强", "傅强"), ("张三", "张四"), ("李〇", "李")])
def test_different_names_have_different_keys(one, other):
    assert match_key(one) != match_key(other)


@given(names)
def test_the_key_of_a_key_is_the_key(name):
    assert match_key(match_key(name)) == match_key(name)


@given(st.text(max_size=20))
def test_match_key_takes_any_text_and_keeps_letters_only(text):
    assert [character for character in match_key(text) if not (character.isalpha() or character == "〇")] == []


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("张建华", "zjh"),
        ("張建華", "zjh"),
        ("单田芳", "stf"),
        ("單田芳", "stf"),
        ("仇英", "qy"),
        ("区大相", "odx"),
        ("王单", "wd"),
        ("万俟卨", "mqx"),
        ("尉迟恭", "ycg"),
        ("欧阳修", "oyx"),
        ("买买提·艾力", "mmtal"),
        ("单增·旺堆", "dzwd"),
        ("John Smith", "js"),
        ("Émile Zola", "ez"),
        ("𠮷田", "t"),
        ("", ""),
    ],
)
def test_pinyin_initials_are_what_a_clerk_types(name, initials):
    assert pinyin_initials(name) == initials


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("歐陽修", "歐陽*"),
        ("欧阳", "欧*"),
        ("司马相如", "司马**"),
        ("买买提·艾力", "买**·**"),
        ("John Smith", "J*** *****"),
        ("𠮷田", "𠮷*"),
        ("葛\U000e0100城", "葛\U000e0100*"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_a_masked_name_keeps_the_surname_only(name, masked):
    assert mask_name(name) == masked


@given(names)
def test_a_masked_name_shows_at_most_two_characters(name):
    assert len([character for character in mask_name(name) if character not in "*· "]) <= 2
