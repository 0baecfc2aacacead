"""An explanation's steps as a tree one can open: from the amount down to the recorded facts."""

from typing import Any

from django.urls import reverse

from anmin.ground.policy.explanation import Explanation, Input, Step

_DEEPEST = 12


def tree(made: Explanation) -> dict[str, Any] | None:
    """The step that gives the amount with what made it; none when nothing could be worked out.

    What added nothing to the amount stands as a single line: a family without a grace period need not read how one is reckoned.
    """
    top = next((step for step in made.steps if step.id == made.root), None)
    by_id = {step.id: step for step in made.essential()} if made.outcome == "eligible" else {step.id: step for step in made.steps}
    entries = {entry.address: entry for entry in made.parameters}
    return _node(top, by_id, entries, _DEEPEST) if top else None


def _node(step: Step, by_id: dict[str, Step], entries: dict[str, Any], depth: int) -> dict[str, Any]:
    return {
        "label": f"{step.who} · {step.label}" if step.who else step.label,
        "value": step.shown,
        "kind": "rule",
        "formula": step.formula,
        "note": f"代入：{step.working}" if step.working and step.working != step.formula else "",
        "article": step.source,
        "document": "",
        "inputs": [_leaf(each, by_id, entries, depth - 1) for each in step.inputs] if depth else [],
    }


def _leaf(given: Input, by_id: dict[str, Step], entries: dict[str, Any], depth: int) -> dict[str, Any]:
    if given.kind == "step" and (step := by_id.get(str(given.reference))) is not None:
        return _node(step, by_id, entries, depth)
    if given.kind == "parameter" and (entry := entries.get(str(given.reference))) is not None:
        return {
            "label": given.label,
            "value": given.shown,
            "kind": "parameter",
            "note": f"{entry.valid_from} 起执行" + ("（暂定，待确认）" if entry.confidence == "assumed" else ""),
            "document": str(entry.document),
            "href": reverse("policy-figure", args=[entry.address]),
        }
    return {"label": given.label, "value": given.shown, "kind": "fact" if given.kind == "fact" else "rule"}
