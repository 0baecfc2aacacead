"""What a step of dibao casework brings about, in the transaction of the step; what is returned stays with the step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anmin.base.errors import Refused
from anmin.base.periods import Month
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements import actions as entitlements
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.entitlements.vocabulary import GraceKind, StartReason
from anmin.ground.people.models import Person
from anmin.ground.policy.book import policy
from anmin.lines.assistance.dibao.casework import assessment, entitled
from anmin.lines.assistance.dibao.vocabulary import (
    BASIS,
    BENEFIT,
    Layer,
    Opinion,
    RefusalReason,
    Route,
)
from anmin.lines.assistance.hardship.vocabulary import BENEFIT as HARDSHIP
from anmin.lines.assistance.margin.vocabulary import BENEFIT as MARGIN

CASEWORK = "assistance.dibao.casework."


def _months(address: str, on: date) -> int:
    value = policy().value(CASEWORK + address, on=on)
    assert isinstance(value, int)  # the unit is months
    return value


def review_due_on(review_class: str, since: date) -> date:
    """The last day of the month in which a household of this class must be looked at again."""
    return (Month.from_date(since) + _months(f"review_months_{review_class.lower()}", since)).last_day


# --- the application -------------------------------------------------------------------------------------------------


def record_what_is_not_known(situation: Situation) -> Mapping[str, Any]:
    """What is not on record, without which nothing can be decided, is told with the papers that are missing."""
    return {"assessment": {"lacking": assessment.of_application(situation, Route.HOUSEHOLD).as_data()["lacking"]}}


def record_opinion(situation: Situation) -> Mapping[str, Any]:
    """What the rules say stands beside the town's opinion, for the notice and for the county."""
    data = situation.data
    route, covered = data.get("route") or Route.HOUSEHOLD, data.get("covered") or []
    said = assessment.of_layer(situation, data.get("layer") or Layer.DIBAO, route, covered)
    kept: dict[str, Any] = {"assessment": said.as_data()}
    kept["classification"] = assessment.classified(situation, route, covered).proposal
    if data["opinion"] == Opinion.GRANT:
        kept |= {"covered": list(said.covered), "covered_names": list(said.covered_names)}
    return kept


def mask_for_notice(situation: Situation) -> Mapping[str, Any]:
    """What hangs on the board: the applicant's masked name, how many are covered, the amount. Minors are never named."""
    covered = situation.answer("examine", "covered") or []
    said = situation.answer("examine", "assessment") or {}
    people = [situation.case.applicant, *(row.person for row in situation.members)]
    adult = next((person for person in people if _is_of_age(person.birth_on, situation.on)), None)
    return {
        "shown_name": masked(adult.name) if adult else "（未成年人，不公示姓名）",
        "shown_persons": len(covered),
        "shown_amount": said.get("amount"),
    }


def _is_of_age(birth_on: date, on: date) -> bool:
    adult = policy().value("assistance.dibao.adult_age", on=on)
    assert isinstance(adult, int)  # the unit is years
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day)) >= adult


def masked(name: str) -> str:
    """张三 becomes 张*, 欧阳小明 欧**明: the first character, the last of three or more, stars between."""
    if len(name) < 3:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def start_entitlement(situation: Situation) -> Mapping[str, Any]:
    """The household holds dibao, or is recognised as the class proposed, from the first day of the next month."""
    case, layer = situation.case, assessment.layer_of(situation)
    covered, route = situation.answer("examine", "covered"), assessment.route_of(situation)
    members = [row.person for row in situation.members if row.person_id in set(covered)]
    if len(members) != len(covered):
        raise Refused("拟保障的成员中有人已不在该家庭（死亡或迁出），请退回镇（街道）重新提出意见。")
    payees = situation.answer("examine", "payee") or []
    payee = next((row.person for row in situation.members if row.person_id in payees), case.applicant)
    holder = members[0] if route == Route.SINGLE else case.applicant
    review_class = str(situation.answer("examine", "review_class") or "")
    first = (Month.from_date(situation.on) + 1).first_day
    entitlement = entitlements.start_entitlement(
        benefit=_BENEFITS[layer],
        household=case.household,
        holder=holder,
        payee=payee,
        route=route,
        members=members,
        case=case,
        review_class=review_class,
        review_due_on=_looked_at_again(layer, review_class, first),
        valid_from=first,
        start_reason=StartReason.NEW,
        actor=situation.actor,
        on=situation.on,
    )
    return {
        "entitlement": entitlement.pk,
        "entitlement_number": entitlement.number,
        "valid_from": str(first),
        "covered_names": [person.name for person in members],
        "layer": layer.value,
        "assessment": assessment.of_layer(situation, layer, route, covered).as_data(),
    }


_BENEFITS = {Layer.DIBAO: BENEFIT, Layer.MARGIN: MARGIN, Layer.HARDSHIP: HARDSHIP}
_PERIODS = {Layer.MARGIN: f"{MARGIN}.review_months", Layer.HARDSHIP: f"{HARDSHIP}.validity_months"}


def _looked_at_again(layer: Layer, review_class: str, since: date) -> date:
    """By when the entitlement must be looked at again; a recognition lasts for its months and is then applied for anew."""
    if layer is Layer.DIBAO:
        return review_due_on(review_class, since)
    months = policy().value(_PERIODS[layer], on=since)
    assert isinstance(months, int)  # the unit is months
    return (Month.from_date(since) + months - 1).last_day


_ARTICLES = {
    RefusalReason.INCOME: f"{BASIS}关于家庭人均收入的规定",
    RefusalReason.ASSETS: f"{BASIS}第十四条和《江苏省居民最低生活保障工作规程》关于家庭财产的规定",
    RefusalReason.NOT_LIVING_TOGETHER: f"{BASIS}第七条",
    RefusalReason.CONCEALED: f"《社会救助暂行办法》和{BASIS}关于如实申报的规定",
    RefusalReason.OTHER_PROGRAMME: f"{BASIS}和特困人员救助供养的有关规定",
    RefusalReason.OTHER: BASIS,
}


def cite_article(situation: Situation) -> Mapping[str, Any]:
    """The refusal names the article it rests on, and says in which other class the family stands by the rules."""
    reason = RefusalReason(situation.data["reason"])
    said: dict[str, Any] = {"article": situation.data.get("article") or _ARTICLES[reason]}
    layer, covered = assessment.layer_of(situation), situation.answer("examine", "covered") or []
    said["assessment"] = assessment.of_layer(situation, layer, assessment.route_of(situation), covered).as_data()
    found = assessment.classified(situation)
    if any(found.members_of(layer) for layer in ("tekun", "margin", "hardship")):
        margin = assessment.of_application(situation, Route.HOUSEHOLD).margin_hint
        said["hint"] = f"按一次申请、分类认定测算，{found.proposal}{margin}"
    return said


# --- the review ------------------------------------------------------------------------------------------------------


def _entitlement(situation: Situation) -> Entitlement:
    assert situation.case.entitlement is not None  # a review is opened about one
    return situation.case.entitlement


def _this_months_end(situation: Situation) -> date:
    return Month.from_date(situation.on).last_day


def record_proposal(situation: Situation) -> Mapping[str, Any]:
    """What the rules say of the family now stands beside the proposal, where somebody is left to be assessed."""
    said: dict[str, Any] = {
        "added_names": [person.name for person in Person.objects.filter(pk__in=situation.data.get("added") or [])],
        "covered_names": entitled.covered_names(situation.case.entitlement, on=situation.on),
        "removed_names": [person.name for person in Person.objects.filter(pk__in=situation.data.get("removed") or [])],
    }
    if not entitled.everyone_died(situation.case.entitlement, on=situation.on):
        said["assessment"] = assessment.of_entitlement(situation).as_data()
    return said


def _next_review(situation: Situation) -> Mapping[str, Any]:
    entitlement = _entitlement(situation)
    review_class = situation.answer("propose", "review_class") or entitlement.review_class
    due = review_due_on(review_class, situation.on)
    entitlements.set_review(
        entitlement=entitlement, review_class=review_class, review_due_on=due, actor=situation.actor, on=situation.on
    )
    return {"review_due_on": str(due), "review_class": review_class}


def keep_entitlement(situation: Situation) -> Mapping[str, Any]:
    """The entitlement goes on; the next review is due by its class. What it gave this month and gives from the next is told."""
    month = Month.from_date(situation.on)
    before = assessment.of_entitlement(situation, month).amount
    return {**_next_review(situation), "amount_before": before, "assessment": _told(situation)}


def change_entitlement(situation: Situation) -> Mapping[str, Any]:
    """Members leave with the end of this month and join with the next; the next review is due by the class."""
    entitlement, before = _entitlement(situation), _told(situation)
    removed, added = situation.answer("propose", "removed") or [], situation.answer("propose", "added") or []
    people = Person.objects.in_bulk([*removed, *added])
    first = (Month.from_date(situation.on) + 1).first_day
    # Joining comes first: an entitlement must never be without members.
    for person_id in added:
        entitlements.add_member(
            entitlement=entitlement,
            person=people[person_id],
            valid_from=first,
            reason=StartReason.JOINED,
            actor=situation.actor,
            on=situation.on,
        )
    for person_id in removed:
        entitlements.remove_member(
            entitlement=entitlement,
            person=people[person_id],
            valid_until=_this_months_end(situation),
            reason=situation.answer("propose", "end_reason"),
            actor=situation.actor,
            on=situation.on,
        )
    situation.memo.pop("entitlement", None)  # who is covered has just changed
    after = _told(situation)
    return {
        **_next_review(situation),
        "amount_before": (before or {}).get("amount"),
        "valid_from": str(first),
        "assessment": after,
    }


def _told(situation: Situation) -> dict[str, Any] | None:
    """What the rules say of the entitlement as it stands; nothing where nobody is left to be assessed."""
    if entitled.everyone_died(situation.case.entitlement, on=situation.on):
        return None
    return assessment.of_entitlement(situation).as_data()


def end_entitlement(situation: Situation) -> Mapping[str, Any]:
    """The entitlement ends with this month."""
    last, told = _this_months_end(situation), _told(situation)
    entitlements.end_entitlement(
        entitlement=_entitlement(situation),
        valid_until=last,
        reason=situation.answer("propose", "end_reason"),
        actor=situation.actor,
        on=situation.on,
    )
    return {"valid_until": str(last), "end_reason": situation.answer("propose", "end_reason"), "assessment": told}


def start_grace(situation: Situation) -> Mapping[str, Any]:
    """From the next month the family leaves in steps or with a delay; what is still due is for the rule."""
    first = (Month.from_date(situation.on) + 1).first_day
    kind = GraceKind(situation.answer("propose", "grace_kind"))
    entitlements.start_grace(
        entitlement=_entitlement(situation),
        kind=kind,
        valid_from=first,
        previous_amount=int(situation.answer("propose", "previous_amount")),
        actor=situation.actor,
        on=situation.on,
    )
    situation.memo.pop("entitlement", None)  # it is assessed anew, with the grace
    told = _told(situation)
    before = int(situation.answer("propose", "previous_amount"))
    return {"valid_from": str(first), **_next_review(situation), "amount_before": before, "assessment": told}
