"""One decision letter for each outcome: every step that ends a case by a decision gives rise to the letter that tells it."""

import pytest

from anmin.ground.cases.casetypes import CASE_TYPES, CaseType, Step
from anmin.ground.cases.vocabulary import Outcome

NO_DECISION = {"withdraw", "close", "complete_papers", "send_refusal_notice", "keep_small"}
"""The family's own wish, a mistake mended, papers handed in, the service of a letter that was written before."""


def decides(case_type: CaseType) -> list[Step]:
    """The steps that end a case by a decision about somebody; a panel's vote is told by the case it is about."""
    ends = [step for step in case_type.steps if step.to_state in case_type.final and step.name not in NO_DECISION]
    return [] if case_type.kind.startswith("assistance.deliberation") else ends


@pytest.mark.capability("SA-06")
def test_every_decision_is_told_by_a_letter() -> None:
    silent = [
        f"{kind}: {step.name}"
        for kind, case_type in CASE_TYPES.items()
        for step in decides(case_type)
        if not any(paper is not None and paper.outcomes for paper in map(case_type.paper, step.papers))
    ]
    assert silent == []


def test_every_application_that_asks_for_papers_says_what_is_not_known() -> None:
    asking = {kind for kind, case_type in CASE_TYPES.items() if case_type.step("request_papers") is not None}
    telling = {
        kind for kind, case_type in CASE_TYPES.items() if any(Outcome.UNDETERMINED in each.outcomes for each in case_type.papers)
    }
    assert asking - telling == set()
