"""For each rule a family on which it is worked with its numbers: a worked case, where possible one in which it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anmin.base.periods import Month
from anmin.ground.policy.book import policy
from anmin.ground.policy.explanation import Step
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.worked_cases import WorkedCase, explained, read_case


@dataclass(frozen=True)
class Example:
    """A worked case, and how one rule is worked in it."""

    case: str
    title: str
    story: str
    month: str
    who: str
    working: str
    shown: str


def example_of(root: Path, programme: str, name: str) -> Example | None:
    """A worked case below the policy folder in which the rule is worked; None where no case of the programme reaches it.

    The first in which it comes to something; otherwise the first at all.
    """
    if programme not in DECIDED:
        return None
    first: Example | None = None
    for path in _paths(root, programme):
        case, steps = _worked(path, programme)
        for step in steps.get(name, ()):
            if step.value:
                return _example(case, step)
            if first is None and step.value is not None:
                first = _example(case, step)
    return first


def _paths(root: Path, programme: str) -> Iterator[Path]:
    yield from sorted(root.joinpath(*programme.split("."), "cases").glob("*.yaml"))


@cache
def _worked(path: Path, programme: str) -> tuple[WorkedCase, dict[str, list[Step]]]:
    """A case with the steps of each rule; the files do not change while the platform runs."""
    case = read_case(path, DECIDED[programme].rules)
    steps: dict[str, list[Step]] = {}
    for step in explained(case, DECIDED[programme], policy()).steps:
        steps.setdefault(step.id.partition("@")[0], []).append(step)
    return case, steps


def _example(case: WorkedCase, step: Step) -> Example:
    month = Month.parse(str(case.expected[0].get("月份", case.month)))
    return Example(case.path.stem, case.title, case.story, month.label, step.who, step.working, step.shown)
