"""What the rules say of somebody, as plain data that is kept with a step and read again by a letter years later."""

from collections.abc import Iterable, Iterator
from typing import Any

from anmin.ground.policy.explanation import Explanation, Step
from anmin.ground.policy.parameters import Entry
from anmin.ground.policy.vocabulary import LOGIC

FIGURES = 7
"""So many figures a letter tells; the rest stands on the page that explains every step."""
_DEPTH = 4


def grounds_of(made: Explanation) -> dict[str, Any]:
    """The figures that made the outcome with their articles, the sentences that stood in its way, and what is not known.

    `figures` are rows of label, figure and article; `reasons` of sentence and article; `lacking` are sentences; `documents` the
    papers of the figures of the law, those only assumed left out.
    """
    stood = [each for each in made.findings if each.severity == "block"]
    told = stood if made.outcome == "not_eligible" else []
    starts = [each.step for each in told] if told else [made.root] if made.outcome == "eligible" else []
    return {
        "figures": [list(each) for each in _figures(made, starts)],
        "reasons": [[each.sentence, each.source] for each in told],
        "lacking": [each.sentence for each in made.lacking],
        "documents": list(dict.fromkeys(str(e.document) for e in _near(made, starts) if e.confidence != "assumed")),
    }


def _figures(made: Explanation, starts: Iterable[str]) -> list[tuple[str, str, str]]:
    rows: dict[tuple[str, str], str] = {}
    for step in _walked(made, starts):
        for label, shown, source in _told(made, step):
            rows.setdefault((label, shown), source)
    return [(label, shown, source) for (label, shown), source in rows.items()][:FIGURES]


def _told(made: Explanation, step: Step) -> Iterator[tuple[str, str, str]]:
    """The step's own figure, then the figures of the law it reckons with; what is no figure is told by the sentences."""
    granted = made.outcome == "eligible"
    if step.unit != "truth" and step.label and step.value is not None and (step.value or not granted):
        whose = f"{step.who}：" if step.entity in {"person", "supporter"} and len(made.who.get("person", ())) > 1 else ""
        yield whose + step.label, step.shown, step.source
    papers = {each.address: each for each in step.parameters}
    asked = [str(each.reference) for each in step.inputs if each.kind == "parameter"]
    for each in step.inputs:
        # Of a table of which a rule reads every row, it is the rule that says which row counted.
        entry = papers.get(str(each.reference)) if asked.count(str(each.reference)) == 1 else None
        if entry is not None and entry.confidence != "assumed" and each.shown != LOGIC["unknown"]:
            yield each.label, each.shown, str(entry.document)


def _walked(made: Explanation, starts: Iterable[str]) -> Iterator[Step]:
    """The steps behind the outcome, nearest first, as far as they weighed in it."""
    by_id = {each.id: each for each in made.steps}
    level, seen = [each for each in starts if each in by_id], set[str]()
    for _ in range(_DEPTH):
        following: list[str] = []
        for each in level:
            if each in seen:
                continue
            seen.add(each)
            yield by_id[each]
            # A grant rests on what added to it; a refusal on what was compared, be it nothing.
            following += [
                str(i.reference)
                for i in by_id[each].inputs
                if i.kind == "step" and str(i.reference) in by_id and (i.value or made.outcome != "eligible")
            ]
        level = following


def _near(made: Explanation, starts: Iterable[str]) -> Iterator[Entry]:
    for step in _walked(made, starts):
        yield from step.parameters
