"""At which values of a number a rule answers otherwise."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.ground.policy.thresholds import turns_of

CONSTANTS = {"adult_age": 18, "elder_age": 60, "extra": 300}
TRUTHS = {"age": False, "alone": True, "wage": False}


@rule("person", source="法", label="只比较")
def compared(o: Operators, age: Number, adult_age: Number, elder_age: Number, alone: Truth, extra: Number) -> Number:
    of_age = o.either(age >= elder_age, extra, 0)
    return o.greatest(of_age, o.either((age < adult_age) & alone, extra, 0), o.either(age == 99, 1, 0), o.either(age > 70, 1, 0))


@rule("person", source="法", label="也计算")
def reckoned(o: Operators, age: Number, adult_age: Number) -> Number:
    return o.greatest(age - adult_age, 0)


@rule("person", source="法", label="与别的数比较")
def with_another(o: Operators, age: Number, wage: Number) -> Truth:
    return age < wage


def test_a_number_that_is_only_compared_turns_at_what_it_is_compared_with() -> None:
    assert turns_of(compared.versions[0], "age", CONSTANTS, TRUTHS) == {18, 60, 71, 99, 100}


def test_a_number_that_is_reckoned_with_or_compared_with_another_turns_anywhere() -> None:
    assert turns_of(reckoned.versions[0], "age", CONSTANTS, TRUTHS) is None
    assert turns_of(with_another.versions[0], "age", CONSTANTS, TRUTHS) is None
