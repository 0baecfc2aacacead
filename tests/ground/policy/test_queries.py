"""What the policy browser is given."""

from datetime import date

import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy import queries
from anmin.ground.policy.book import policy
from anmin.ground.policy.programmes import RULE_SETS, programme_of

JULY = date(2024, 7, 1)
JUNE = Month(2024, 6)
DIBAO = "assistance.dibao"


@pytest.mark.capability("RP-05")
def test_figure_in_force_is_that_of_the_day() -> None:
    standard = queries.figure("assistance.dibao.standard", on=date(2023, 6, 30))
    assert standard.current is not None
    assert (standard.current.shown, standard.current.valid_until) == ("780.00元/人·月", date(2023, 6, 30))


def test_figure_before_its_first_value_has_none_in_force() -> None:
    assert queries.figure("assistance.dibao.standard", on=date(2020, 6, 30)).current is None


def test_figure_outside_the_book_is_refused() -> None:
    with pytest.raises(BadValue, match=r"没有名为“assistance\.dibao\.nothing”的政策参数"):
        queries.figure("assistance.dibao.nothing", on=JULY)


def test_every_parameter_belongs_to_a_programme() -> None:
    assert [address for address in policy() if not programme_of(address)] == []


def test_no_code_is_shown_as_a_code() -> None:
    shown = [row.shown for figure in queries.figures(on=JULY) for row in figure.rows if figure.parameter.unit == "code"]
    assert [text for text in shown if any(letter.isascii() and letter.isalpha() for letter in text)] == []


def test_figures_are_found_by_their_document() -> None:
    found = queries.figures(on=JULY, text="通政办发〔2023〕44号")
    assert [each.label for each in found] == ["特困人员基本生活标准", "最低生活保障标准"]


def test_figures_are_found_by_how_well_they_are_founded() -> None:
    counts = [len(queries.figures(on=JULY, confidence=each)) for each in ("stated", "general", "assumed")]
    assert sum(counts) == len(queries.figures(on=JULY))


def test_rules_with_a_figure_are_those_that_read_it() -> None:
    names = {each.name for each in queries.rules_with("assistance.dibao.minimum_topup_rate", JUNE)}
    assert names == {"minimum_topup"}


def test_rules_with_a_figure_of_procedure_are_none() -> None:
    assert queries.rules_with("payments.rolls.horizon_months", JUNE) == []


@pytest.mark.capability("SA-01")
def test_rule_says_what_it_needs_and_what_needs_it() -> None:
    made = queries.rule(DIBAO, "minimum_topup", JUNE)
    assert [(term.label, term.kind) for term in made.terms] == [
        ("最低生活保障标准", "parameter"),
        ("计发人数", "rule"),
        ("最低补差比例（占低保标准）", "parameter"),
    ]
    assert made.used_by == (("base_amount", "基本补差金额"),)


def test_rule_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadValue, match="2024年6月没有这条规则"):
        queries.rule(DIBAO, "no_such_rule", JUNE)


def test_rules_of_findings_carry_a_sentence_without_codes() -> None:
    found = queries.rules(DIBAO, JUNE, findings=True)
    assert len(found) == len(RULE_SETS[DIBAO].findings)
    assert [each.name for each in found if "{" in each.sentence] == []
