"""The checker on the committed corpus: what ``make bench`` prints must not sink below its goals."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of

BENCH = Path(__file__).resolve().parents[4] / "bench" / "checking"


def _score() -> ModuleType:
    """The scorer, which stands beside its corpus rather than in a package."""
    spec = importlib.util.spec_from_file_location("checking_score", BENCH / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


score = _score()


@pytest.fixture(scope="module")
def outcomes() -> Sequence[Any]:
    return [score.judge(report, told) for report, told in score.entries(BENCH / "corpus")]


def test_corpus_makes_nothing_stumble(outcomes: Sequence[Any]) -> None:
    assert [(outcome.name, outcome.stumbled) for outcome in outcomes if outcome.stumbled] == []


def test_corpus_precision_keeps_its_goal(outcomes: Sequence[Any]) -> None:
    alarms = [(outcome.name, finding["quote"]) for outcome in outcomes for finding in outcome.alarms]
    assert score.overall(outcomes).precision >= score.PRECISION, alarms


def test_corpus_precision_keeps_its_goal_with_questions(outcomes: Sequence[Any]) -> None:
    asks = [(outcome.name, finding["quote"]) for outcome in outcomes for finding in (*outcome.alarms, *outcome.asks)]
    assert score.overall(outcomes, asks=True).precision >= score.PRECISION, asks


def test_corpus_recall_keeps_its_goal(outcomes: Sequence[Any]) -> None:
    missed = [(outcome.name, entry.quote) for outcome in outcomes for entry in outcome.planted if not entry.found_by]
    assert score.overall(outcomes).recall >= score.RECALL, missed


def test_true_statements_are_quoted_to_the_letter(outcomes: Sequence[Any]) -> None:
    """A statement that is said to be true and stands nowhere protects nothing."""
    lost = []
    for report, told in score.entries(BENCH / "corpus"):
        document = score.read_document(report, report.name)
        lost += [(report.name, entry["quote"]) for entry in told["true"] if not score.quoted(document, entry["quote"])]
    assert lost == []


HURTS = ["", "(", ")", "%", "9", "99", ".", ",", "、", "。", "万", "其中", "占", "分别", "下降"]


@pytest.mark.parametrize(("first", "step"), [(0, 7), (1, 23), (2, 41)])
def test_reports_with_hurt_characters_make_nothing_stumble(first: int, step: int) -> None:
    """Every fifteenth text of the corpus with characters struck, doubled, replaced: brackets that no longer close."""
    for report, _ in list(score.entries(BENCH / "corpus"))[first::15]:
        if report.suffix in (".txt", ".md"):
            text = list(report.read_bytes().decode("utf-8", "replace")[:1200])
            for turn, place in enumerate(range(step, len(text), step)):
                text[place] = HURTS[turn % len(HURTS)]
            assert check(document_of("".join(text), report.name)).as_json()["numbers"]
