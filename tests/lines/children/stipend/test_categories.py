"""Every pair of what may have become of two parents, against a plain reading of the six categories."""

from itertools import product

import pytest

from anmin.base.periods import Month
from anmin.ground.people.vocabulary import ChildCategory, ChildPlacement, ParentState
from anmin.ground.policy.assessing import assess, batch_of
from anmin.lines.children.stipend.rules import CATEGORY, PROGRAMME
from anmin.lines.children.stipend.rules.codes import PARENT, PLACEMENT
from anmin.lines.disability.rules.codes import CATEGORY as AS_DISABILITY_KNOWS_IT
from tests.single_persons import policy_files

pytestmark = pytest.mark.capability("CD-04")

LOST = {"dead", "missing", "not_found"}
AWAY = LOST | {"prison", "lost_contact", "revoked", "deported"}
UNFIT = AWAY | {"severe", "no_capacity"}
SHARES = {"orphan": 1000, "no_guardian": 800, "unable": 600, "severe": 500, "poor": 0, "none": 0}


def expected(father: str, mother: str, poor: bool, disabled: bool) -> tuple[str, int]:
    """The category and the month's amount in fen, of 1855 yuan."""
    both = {father, mother}
    if both <= LOST:
        category = "orphan"
    elif both <= AWAY:
        category = "no_guardian"
    elif both <= UNFIT:
        category = "unable"
    else:
        category = "severe" if disabled else "poor" if poor else "none"
    share = 1000 if poor and category in {"no_guardian", "unable"} else SHARES[category]
    return category, 185_500 * share // 1000


def test_every_pair_of_parents_has_its_category_and_amount() -> None:
    drawn = list(product(PARENT, PARENT, (False, True), (False, True)))
    families = [
        {
            "members": [
                {
                    "birth_on": 20140101,
                    "child_father": father,
                    "child_mother": mother,
                    "holds_margin": poor,
                    "disability_kind": "physical",
                    "disability_grade": 1 if disabled else 0,
                }
            ]
        }
        for father, mother, poor, disabled in drawn
    ]
    made = assess(PROGRAMME, batch_of(PROGRAMME.inputs, families), Month(2024, 6), policy_files())
    said = [CATEGORY.name(int(each)) for each in made.columns["category"]]
    assert list(zip(said, made.amount.tolist(), strict=True)) == [expected(*each) for each in drawn]


def test_the_code_lists_are_those_of_the_register() -> None:
    assert list(PARENT) == ParentState.values
    assert list(PLACEMENT) == ChildPlacement.values
    assert list(CATEGORY) == list(AS_DISABILITY_KNOWS_IT) == ChildCategory.values
