"""What the rules say of the family of a case, for the first month a decision of that day would pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from anmin.base.periods import Month
from anmin.ground.cases.grounds import grounds_of
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements.claims import Claims, claims_of, load, one_claim
from anmin.ground.entitlements.reckoning import why
from anmin.ground.people.models import Person
from anmin.ground.policy.assessing import explain
from anmin.ground.policy.book import policy
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.programmes import DECIDED
from anmin.lines.assistance.dibao.rules import PROGRAMME
from anmin.lines.assistance.dibao.vocabulary import Layer, Route
from anmin.lines.assistance.recognition.assessment import Classified, classify

MARGIN = "margin_suggested"


@dataclass(frozen=True)
class Assessed:
    """The outcome of the rules for one household, with the paragraph that explains it."""

    month: str
    outcome: str
    route: str
    amount: int | None
    covered: tuple[int, ...]
    covered_names: tuple[str, ...]
    paragraph: str
    findings: Mapping[str, str] = field(default_factory=dict)
    label: str = str(Layer.DIBAO.label)
    grounds: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Plain data kept with the step."""
        told = {name: value for name, value in vars(self).items() if name != "grounds"}
        return {**told, "covered": list(self.covered), "covered_names": list(self.covered_names), **self.grounds}

    def refusal(self, covered: Sequence[int]) -> str | None:
        """Why the rules do not carry a proposal to grant; a list of covered persons must be the rules' own."""
        if self.outcome == "undetermined":
            return f"现有事实不足，规则暂不能认定，请补录后再办理。{self.paragraph}"
        if self.outcome == "not_eligible":
            return f"按现行规则测算不符合{self.label}条件，不能同意确认。{self.paragraph}"
        if covered and set(covered) != set(self.covered):
            return f"所选保障成员与规则认定的不一致。按规则应保障：{'、'.join(self.covered_names)}。请核对家庭成员登记。"
        return None

    @property
    def margin_hint(self) -> str:
        """Where the family might apply instead; nothing when its income is not in between."""
        return self.findings.get(MARGIN, "")


def of_application(situation: Situation, route: str, claimants: Sequence[int] = ()) -> Assessed:
    """The family of an application, claimed by a route; computed once for a question."""
    claimed = (Route(route), tuple(claimants) if route == Route.SINGLE else ())
    if claimed not in situation.memo:
        situation.memo[claimed] = _assessed(one_claim(situation.case.household_id, *claimed), _first_month(situation))
    found: Assessed = situation.memo[claimed]
    return found


def classified(situation: Situation, route: str = Route.HOUSEHOLD, claimants: Sequence[int] = ()) -> Classified:
    """The layer of each member of the family, for the first month a decision would be of use; worked once for a question."""
    key = ("layers", Route(route), tuple(claimants) if route == Route.SINGLE else ())
    if key not in situation.memo:
        situation.memo[key] = classify(situation.case.household_id, _first_month(situation), *key[1:])
    found: Classified = situation.memo[key]
    return found


def layer_of(situation: Situation) -> Layer:
    """The class that the town proposed; dibao where it named none."""
    return Layer(situation.answer("examine", "layer") or Layer.DIBAO)


def route_of(situation: Situation) -> Route:
    """The route that the town proposed; the whole family where it named none."""
    return Route(situation.answer("examine", "route") or Route.HOUSEHOLD)


def of_layer(situation: Situation, layer: str, route: str, claimants: Sequence[int] = ()) -> Assessed:
    """The family of an application, as the class that is proposed: dibao by its own rules, the others by the recognition."""
    if layer == Layer.DIBAO:
        return of_application(situation, route, claimants)
    found = classified(situation)
    covered = found.members_of(layer)
    outcome = "undetermined" if found.undetermined else "eligible" if covered else "not_eligible"
    made = _of_class(situation, Layer(layer))
    # The recognition tells why not the classes before it; what the class itself rests on, its own rules tell.
    own = "".join(each.sentence for each in made.findings if each.severity == "info") if outcome == "eligible" else ""
    return Assessed(
        month=found.month,
        outcome=outcome,
        route=Route.HOUSEHOLD,
        amount=None,
        covered=covered,
        covered_names=found.names_of(layer),
        paragraph=f"{found.paragraph}{own}",
        label=str(Layer(layer).label),
        grounds=grounds_of(made),
    )


def _of_class(situation: Situation, layer: Layer) -> Explanation:
    """The figures of a class by its own rules, for the letter."""
    claim = one_claim(situation.case.household_id, Route.HOUSEHOLD)
    return why(DECIDED[f"assistance.{layer.value}"], claim, _first_month(situation))


def of_entitlement(situation: Situation, at: Month | None = None) -> Assessed:
    """The family of a review, by the entitlement it holds, in the month a decision would change; or in another."""
    held = np.array([situation.case.entitlement_id], dtype=np.int64)
    if at is not None:
        return _assessed(claims_of(PROGRAMME, held, at), at)
    if "entitlement" not in situation.memo:
        month = _first_month(situation)
        situation.memo["entitlement"] = _assessed(claims_of(PROGRAMME, held, month), month)
    found: Assessed = situation.memo["entitlement"]
    return found


def _first_month(situation: Situation) -> Month:
    return Month.from_date(situation.on) + 1


def _assessed(claims: Claims, month: Month) -> Assessed:
    loaded = load(PROGRAMME, claims, month, None)
    ids = loaded.person_ids.tolist()
    names = _names([*ids, *loaded.obligor_ids.tolist()])
    members = [names[each] for each in ids]
    said = explain(
        PROGRAMME,
        loaded.batch,
        month,
        policy(),
        members=members,
        supporters=[names[each] for each in loaded.obligor_ids.tolist()],
    )
    places = [place for place, covered in enumerate(said.values["covered"]) if covered] if not said.lacking else []
    return Assessed(
        month=said.month,
        outcome=said.outcome,
        route=said.route,
        amount=said.amount_fen,
        covered=tuple(ids[place] for place in places),
        covered_names=tuple(members[place] for place in places),
        paragraph=said.paragraph,
        findings={finding.code: finding.sentence for finding in said.findings},
        grounds=grounds_of(said),
    )


def _names(ids: Sequence[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
