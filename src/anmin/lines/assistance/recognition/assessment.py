"""Which layer each member of a family stands in by the rules, and why not in an earlier one; nothing is decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anmin.base.periods import Month
from anmin.ground.entitlements.claims import load, one_claim
from anmin.ground.people.models import Person
from anmin.ground.policy.assessing import explain_each
from anmin.ground.policy.book import policy
from anmin.lines.assistance.hardship.vocabulary import name_on
from anmin.lines.assistance.recognition.rules import PROGRAMME
from anmin.lines.assistance.recognition.rules.codes import LAYER

NONE = "none"
_LATER = {"margin_held_already", "hardship_held_already"}
"""Why a later layer is not asked any more: no reason against an earlier one."""


@dataclass(frozen=True)
class Classified:
    """The layers of a family in a month: the members in the order of the register, each with a layer, or undetermined.

    `reasons` are the sentences that stood in the way of earlier layers and those that call for a look, once each.
    """

    month: str
    people: tuple[int, ...]
    names: tuple[str, ...]
    layers: tuple[str, ...]
    undetermined: bool
    reasons: tuple[str, ...]
    lacking: tuple[str, ...]

    def members_of(self, layer: str) -> tuple[int, ...]:
        """The persons who stand in a layer."""
        return tuple(each for each, stood in zip(self.people, self.layers, strict=True) if stood == layer)

    def names_of(self, layer: str) -> tuple[str, ...]:
        """Their names."""
        return tuple(each for each, stood in zip(self.names, self.layers, strict=True) if stood == layer)

    @property
    def proposal(self) -> str:
        """The class of each member in a sentence, by layers in their order."""
        if self.undetermined:
            return f"目前还不能分类认定。{''.join(self.lacking)}"
        said = [f"{'、'.join(self.names_of(layer))}：{self._called(layer)}" for layer in LAYER if self.members_of(layer)]
        return f"{'；'.join(said)}。"

    def _called(self, layer: str) -> str:
        """The class under the name of the month: the law renamed one of them."""
        return f"{name_on(Month.parse(self.month).first_day)}成员" if layer == "hardship" else str(LAYER[layer].label)

    @property
    def paragraph(self) -> str:
        """The proposal with its reasons, for the file and for reading aloud."""
        return self.proposal + ("" if self.undetermined else "".join(self.reasons))


def classify(household_id: int, month: Month, route: str = "household", claimants: Sequence[int] = ()) -> Classified:
    """Every member's layer in a month by what is known now: tekun, then dibao, then margin, then hardship.

    Basis: 国办发〔2023〕39号 (一次申请、分类认定). Not scoped: whoever asks has shown that they may see the case.
    """
    loaded = load(PROGRAMME, one_claim(household_id, route, claimants), month, None)
    ids = loaded.person_ids.tolist()
    called: Mapping[int, str] = dict(Person.objects.filter(pk__in={*ids, *loaded.obligor_ids.tolist()}).values_list("pk", "name"))
    members = [called[each] for each in ids]
    supporters = [called[each] for each in loaded.obligor_ids.tolist()]
    rows = range(len(ids))
    said = explain_each(PROGRAMME, loaded.batch, month, policy(), rows=rows, members=members, supporters=supporters)
    told = [each for made in said for each in made.findings if each.severity in {"block", "warning"}]
    reasons = [each.sentence for each in told if each.code not in _LATER]
    lacking = [each.sentence for made in said for each in made.lacking]
    return Classified(
        month=str(month),
        people=tuple(ids),
        names=tuple(members),
        layers=tuple(made.route if made.outcome == "eligible" else NONE for made in said),
        undetermined=any(made.outcome == "undetermined" for made in said),
        reasons=tuple(dict.fromkeys(reasons)),
        lacking=tuple(dict.fromkeys(lacking)),
    )
