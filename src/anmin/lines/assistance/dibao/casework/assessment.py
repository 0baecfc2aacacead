"""What the rules say of the family of a case, in the month from which it would be paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anmin.ground.cases.situation import Situation


@dataclass(frozen=True)
class Assessed:
    """The outcome of the rules for one household, with the paragraph that explains it."""

    outcome: str
    route: str
    amount: int | None
    paragraph: str
    income_per_person: int | None = None
    standard: int | None = None
    margin: int | None = None

    def as_data(self) -> dict[str, Any]:
        """Plain data kept with the step."""
        return vars(self).copy()

    def refusal(self, route: str, covered: Sequence[int]) -> str | None:
        """Why the rules do not carry a proposal to grant."""
        if self.outcome == "undetermined":
            return f"现有事实不足，规则暂不能认定，请补录后再提出意见。{self.paragraph}"
        if self.outcome == "not_eligible":
            return f"按现行规则测算不符合最低生活保障条件，不能拟同意确认。{self.paragraph}"
        return None

    def margin_hint(self) -> str:
        """Where the household might apply instead."""
        if self.income_per_person is None or self.standard is None or self.margin is None:
            return ""
        if self.standard <= self.income_per_person <= self.margin:
            return "家庭人均收入高于最低生活保障标准，但在低保边缘家庭认定范围内，可告知其申请低保边缘家庭认定。"
        return ""


def of(situation: Situation) -> Assessed:
    """The assessment, computed once for a question."""
    if "assessment" not in situation.memo:
        situation.memo["assessment"] = _assess(situation)
    found: Assessed = situation.memo["assessment"]
    return found


def _assess(situation: Situation) -> Assessed:
    raise NotImplementedError


def from_data(data: Mapping[str, Any]) -> Assessed:
    """The assessment that `as_data` kept."""
    return Assessed(**data)
