"""The matrix of what may be held together is loaded and checked like a figure of the law."""

from datetime import date
from pathlib import Path

import pytest

from anmin.base.errors import BadValue
from anmin.ground.policy.exclusivity import Exclusivity, exclusivity
from anmin.ground.policy.programmes import DECIDED, PROGRAMMES

DAY = date(2024, 6, 1)

GOOD = """
label: 互斥
parties:
  one: {benefit: assistance.dibao, label: 甲}
  two: {benefit: children.stipend, label: 乙, routes: [orphan]}
  three: {fact: injury_nursing, label: 丙}
values:
  - {pair: [one, two], value: not_together, from: 2020-01-01, issuer: county, document: {title: 通知, number: 某发1号},
     published: 2020-01-01, confidence: assumed}
  - {pair: [two, one], value: difference, from: 2024-01-01, issuer: county, document: {title: 通知, number: 某发2号},
     published: 2024-01-01, confidence: assumed}
"""


def matrix(folder: Path, text: str) -> Exclusivity:
    (folder / "exclusivity.yaml").write_text(text, encoding="utf-8")
    return Exclusivity.load(folder)


def test_a_pair_is_the_same_both_ways_and_by_date(tmp_path: Path) -> None:
    found = matrix(tmp_path, GOOD)
    before = found.between("two", "one", date(2023, 12, 31))
    after = found.between("one", "two", DAY)
    assert before is not None
    assert after is not None
    assert (before.value, after.value) == ("not_together", "difference")
    assert found.between("one", "three", DAY) is None


def test_only_what_excludes_is_among_the_excluding(tmp_path: Path) -> None:
    found = matrix(tmp_path, GOOD)
    assert [each.value for each in found.excluding(date(2023, 1, 1))] == ["not_together"]
    assert found.excluding(DAY) == ()


def test_a_party_may_be_some_routes_of_a_benefit(tmp_path: Path) -> None:
    found = matrix(tmp_path, GOOD)
    on = date(2023, 1, 1)
    assert [party.name for party, _ in found.excluded_by("children.stipend", "orphan", on)] == ["one"]
    assert found.excluded_by("children.stipend", "severe", on) == ()


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("value: not_together", "value: never", "第 8 行“value”“never”不在可选范围内"),
        ("pair: [one, two], value: n", "pair: [one, one], value: n", "第 8 行“pair”应写明两项不同的待遇"),
        ("pair: [one, two], value: n", "pair: [one, four], value: n", "第 8 行“pair”应写明两项不同的待遇"),
        ("from: 2024-01-01, issuer", "from: 2020-01-01, issuer", "第 10 行“pair”与另一条重复"),
        ("document: {title: 通知, number: 某发1号},\n     ", "", "没有注明依据的文件"),
        ("benefit: assistance.dibao, label: 甲", "label: 甲", "应写明一项待遇（benefit）或一项事实（fact）"),
        ("label: 互斥", "label: 互斥\ntitle: 无", "“title”不认识这一项"),
        ("from: 2020-01-01, issuer", "from: 二〇二〇年, issuer", "应为日期，写作 2023-07-01"),
    ],
)
def test_a_faulty_file_is_refused_with_line_and_field(tmp_path: Path, old: str, new: str, refusal: str) -> None:
    assert old in GOOD
    with pytest.raises(BadValue) as refused:
        matrix(tmp_path, GOOD.replace(old, new, 1))
    assert refusal in str(refused.value)


def test_the_parties_of_the_house_are_its_programmes_and_their_routes() -> None:
    for party in exclusivity().parties.values():
        if not party.benefit:
            assert any(party.fact in programme.inputs for programme in DECIDED.values()), party.name
            continue
        assert party.benefit in PROGRAMMES
        if party.routes:
            routes = DECIDED[party.benefit].routes
            assert routes is not None
            assert set(party.routes) <= set(routes)


@pytest.mark.capability("SA-11")
def test_nobody_is_of_two_layers() -> None:
    layers = ["dibao", "tekun", "margin", "hardship"]
    for place, one in enumerate(layers):
        for other in layers[place + 1 :]:
            found = exclusivity().between(one, other, DAY)
            assert found is not None
            assert found.excludes, (one, other)
