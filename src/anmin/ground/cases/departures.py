"""Whoever decides otherwise than the rules reckon says why: the words stay with the step and go into the letter."""

from collections.abc import Mapping
from typing import Any

from anmin.ground.cases.casetypes import Need
from anmin.ground.cases.situation import Situation
from anmin.ground.documents.paper import Block, text

NAME = "departure"
DEPARTURE = Need(NAME, "与规则测算不同的理由", "long_text", required=False, hint="规则测算符合条件而拟不同意的必填，将写入通知书")


def unreasoned(situation: Situation, outcome: str) -> str | None:
    """Why somebody may not be refused whom the rules find eligible: no word was said of why.

    What the town said carries the opinion on its file; whoever refuses says it in their own words.
    """
    before = situation.answer("examine", NAME) if situation.step is not None and situation.step.name != "refuse" else ""
    if outcome != "eligible" or str(situation.data.get(NAME) or before or "").strip():
        return None
    return f"按现行规则测算符合条件；不予同意的，请在“{DEPARTURE.label}”中写明。"


def told(data: Mapping[str, Any]) -> tuple[Block, ...]:
    """The words for the letter; nothing where the decision is the rules' own."""
    words = str(data.get(NAME) or "").strip()
    return (text(words),) if words else ()
