import pytest

from anmin.base.errors import BadValue, Refused


@pytest.mark.parametrize("kind", [BadValue, Refused])
def test_a_refusal_is_its_sentence(kind):
    refusal = kind("金额不能为负。")
    assert (refusal.message, str(refusal)) == ("金额不能为负。", "金额不能为负。")


def test_a_bad_value_is_a_value_error_and_a_refused_action_is_not():
    assert (issubclass(BadValue, ValueError), issubclass(Refused, ValueError)) == (True, False)
