"""One name is one fact: whichever programme asks it, it stands on the same level, in the same unit, codes and bounds.

And one label is one thing inside a programme.
"""

from collections import Counter
from collections.abc import Iterable
from copy import copy
from dataclasses import replace

from anmin.ground.policy.facts import YES_NO, Fact, Means
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.ruleset import RuleSet


def measured(fact: Fact) -> tuple[object, ...]:
    """All that a column of the fact means; the absence of a fact may mean another thing to another law."""
    codes = None if fact.codes is None else tuple((name, int(code), code.label) for name, code in fact.codes.items())
    return fact.entity, fact.unit, fact.least, fact.most, codes


def disagreeing(asked: Iterable[tuple[str, Fact]]) -> list[str]:
    """The facts of one name that two programmes measure differently, each with the programme that came later."""
    first: dict[str, tuple[str, Fact]] = {}
    found = []
    for address, fact in asked:
        before, known = first.setdefault(fact.name, (address, fact))
        if measured(known) != measured(fact):
            found.append(f"{fact.name}: {address} is not as {before}")
    return found


def shared_labels(rules: RuleSet) -> list[str]:
    """The labels by which a caseworker could mean two things; a rule and what it is on the household's level are one."""
    told = [fact.label for fact in rules.facts.values()]
    told += [rule.label for name, rule in rules.rules.items() if "__somewhere" not in name]
    return sorted(label for label, times in Counter(told).items() if times > 1)


def test_facts_of_one_name_agree_across_all_programmes() -> None:
    asked = [(address, fact) for address, programme in DECIDED.items() for fact in programme.rules.facts.values()]
    assert len({address for address, _ in asked}) > 10
    assert disagreeing(asked) == []


def test_facts_that_agree_and_that_do_not() -> None:
    held = Fact("holds_dibao", "person", "享受低保", "code", Means(0, "法", "没有记录"), codes=YES_NO)
    said = replace(held, label="享受最低生活保障", missing=Means(1, "另一法", "推定"))
    assert disagreeing([("a", held), ("b", said)]) == []
    others = [replace(held, entity="household"), replace(held, unit="truth"), replace(held, most=2)]
    assert disagreeing([("a", held), *((name, other) for name, other in zip("bcd", others, strict=True))]) == [
        "holds_dibao: b is not as a",
        "holds_dibao: c is not as a",
        "holds_dibao: d is not as a",
    ]


def test_no_two_things_of_a_programme_have_one_label() -> None:
    assert {address: twice for address, programme in DECIDED.items() if (twice := shared_labels(programme.rules))} == {}


def test_a_shared_and_an_own_label() -> None:
    rules = copy(DECIDED["assistance.tekun"].rules)
    assert shared_labels(rules) == []
    rules.facts = {**rules.facts, "another": replace(rules.facts["support_claim"], name="another")}
    assert shared_labels(rules) == ["申请的供养方式"]
