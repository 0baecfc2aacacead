"""Whom a tekun case is about, what the rules say of them, and what a decision brings about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from anmin.base.periods import Month
from anmin.ground.cases import progress
from anmin.ground.cases.grounds import grounds_of
from anmin.ground.cases.models import Case
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements import actions as entitlements
from anmin.ground.entitlements.applications import Plain, from_month_after_decision
from anmin.ground.entitlements.claims import one_claim
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.entitlements.reckoning import why
from anmin.ground.entitlements.vocabulary import EndReason, StartReason
from anmin.ground.people.actions import record_fact
from anmin.ground.people.models import Person
from anmin.ground.policy.book import policy
from anmin.lines.assistance.tekun.benefit import TEKUN
from anmin.lines.assistance.tekun.rules import PROGRAMME, SUPPORT
from anmin.lines.assistance.tekun.vocabulary import APPLICATION, BASIS, BENEFIT, NeededPaper, Route

LIMIT = f"{BENEFIT}.casework."
STIPEND = "children.stipend"
GIVEN_UP: Mapping[str, EndReason] = {
    "assistance.dibao": EndReason.TO_TEKUN,
    "assistance.margin": EndReason.TO_TEKUN,
    "assistance.hardship": EndReason.TO_TEKUN,
    STIPEND: EndReason.CHOSEN_OTHER,
}
"""What somebody leaves on becoming tekun, and for which reason."""

OF_AGE = 18
PER_MILLE = 1000


def number(name: str, on: date) -> int:
    """A figure of the procedure."""
    value = policy().value(LIMIT + name, on=on)
    assert isinstance(value, int)  # days, months, shares
    return value


def may_not_be_named(person: Person, on: date) -> bool:
    """Whether the person is a minor, whose name hangs on no board."""
    return on.year - person.birth_on.year - ((on.month, on.day) < (person.birth_on.month, person.birth_on.day)) < OF_AGE


@dataclass(frozen=True)
class Applicant(Plain):
    """The plain application's checks and letters, with the mode of support, what is given up, and the next reassessment."""

    def assessed(self, situation: Situation) -> Mapping[str, Any]:
        if "assessed" not in situation.memo:
            person, month = self.beneficiary(situation), Month.from_date(self.starts(situation))
            route = situation.data.get("route") or situation.answer("examine", "route") or "none"
            said = why(self.programme, one_claim(situation.case.household_id, str(route), [person.pk]), month)
            situation.memo["assessed"] = {
                "month": said.month,
                "outcome": said.outcome,
                "amount": said.amount_fen,
                "route": SUPPORT[said.route].label if said.outcome == "eligible" else "",
                "paragraph": said.paragraph,
                **grounds_of(said),
            }
        found: Mapping[str, Any] = situation.memo["assessed"]
        return found

    # ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def opinion_is_complete(self, situation: Situation) -> str | None:
        if situation.data["opinion"] == "grant" and not situation.data.get("route"):
            return "拟同意的，请选择“供养方式”。"
        return None

    def visited(self, situation: Situation) -> str | None:
        if situation.took("record_visit", since="return_to_town") and situation.took("record_visit", since="uphold_objection"):
            return None
        return "尚未入户调查和评估生活自理能力，不能提出初审意见。"

    def may_be_posted(self, situation: Situation) -> str | None:
        if situation.answer("examine", "opinion") != "grant":
            return "初审意见为拟不同意，不需要公示。"
        if may_not_be_named(self.beneficiary(situation), situation.on):
            return "未成年人不公示，请直接报送县级民政部门。"
        return None

    def notice_is_over(self, situation: Situation) -> str | None:
        end = progress.end_of_wait(situation, "notice")
        if end is not None and situation.on <= end:
            return f"公示期至{end}届满，次日起方可办理。"
        return None

    def notice_hung_if_granting(self, situation: Situation) -> str | None:
        hangs = situation.answer("examine", "opinion") == "grant" and not may_not_be_named(
            self.beneficiary(situation), situation.on
        )
        if hangs and not situation.took("close_notice", since="examine"):
            return "拟同意的申请应当先公示七天，公示完毕后再报送。"
        return None

    def spot_checked_if_drawn(self, situation: Situation) -> str | None:
        """At least the set share of a year's files is looked at by the county: by lot, and whenever the share falls behind."""
        if situation.took("spot_check", since="submit") or not self._is_drawn(situation):
            return None
        return "本件已被抽中县级抽查（不低于30%），请先登记抽查情况再审核。"

    def _is_drawn(self, situation: Situation) -> bool:
        rate = number("spot_check_rate", situation.on)
        # The lot can be drawn again by anybody: it rests on the number of the case alone.
        lot = int.from_bytes(sha256(f"{BENEFIT}:{situation.case.number}".encode()).digest()[:4], "big") % PER_MILLE
        submitted = Case.objects.filter(kind=APPLICATION, actions__step="submit", actions__on__year=situation.on.year)
        total = submitted.distinct().count()
        checked = submitted.filter(pk__in=Case.objects.filter(actions__step="spot_check").values("pk")).distinct().count()
        return lot < rate or checked * PER_MILLE < rate * (total - 1)

    def county_agrees(self, situation: Situation) -> str | None:
        if situation.answer("review_file", "opinion") != "grant":
            return "县级审核意见为拟不同意；如需确认，请退回重新调查。"
        return None

    def grant_rests_on_the_town(self, situation: Situation) -> str | None:
        if situation.data["opinion"] == "grant" and situation.answer("examine", "opinion") != "grant":
            return "镇（街道）的初审意见为拟不同意；如拟同意，请退回镇（街道）重新调查并公示。"
        return None

    # ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def keep_choice(self, situation: Situation) -> Mapping[str, Any]:
        """Whom it is asked for; and that the benefit for children is given up for it, where that is chosen."""
        person = self.beneficiary(situation)
        if situation.data.get("gives_up_stipend"):
            first = (Month.from_date(situation.on) + 1).first_day
            record_fact(
                person=person,
                kind="child.benefit_chosen",
                value=False,
                valid_from=first,
                source=f"{TEKUN.label}申请",
                actor=situation.actor,
                on=situation.on,
            )
        return {"beneficiary_name": person.name}

    def record_care(self, situation: Situation) -> Mapping[str, Any]:
        """How many of the six things cannot be done alone is a fact from now on."""
        lost = len(situation.data.get("items_lost") or ())
        entitlement = situation.case.entitlement
        person = entitlement.holder if entitlement is not None else self.beneficiary(situation)
        record_fact(
            person=person,
            kind="care.items_lost",
            value=lost,
            valid_from=date.fromisoformat(str(situation.data["visited_on"])),
            source="生活自理能力评估",
            actor=situation.actor,
            on=situation.on,
        )
        return {"care_items_lost": lost}

    def masked_for_notice(self, situation: Situation) -> Mapping[str, Any]:
        name = self.beneficiary(situation).name
        shown = name[:1] + "*" * (len(name) - 1) if len(name) < 3 else name[0] + "*" * (len(name) - 2) + name[-1]
        return {"shown_name": shown, "shown_route": str(Route(situation.answer("examine", "route")).label)}

    def grant(self, situation: Situation) -> Mapping[str, Any]:
        """Supported from the month after the confirmation; what may not be held beside it ends with this month."""
        case, person, first = situation.case, self.beneficiary(situation), self.starts(situation)
        given_up = self._give_up_others(situation, person)
        payees = situation.answer("apply", "payee") or []
        payee = next((row.person for row in situation.members if row.person_id in payees), person)
        held = entitlements.start_entitlement(
            benefit=BENEFIT,
            household=case.household,
            holder=person,
            payee=payee,
            route=str(situation.answer("examine", "route")),
            members=[person],
            case=case,
            review_class="",
            review_due_on=next_reassessment(first),
            valid_from=first,
            start_reason=StartReason.TRANSFERRED if given_up else StartReason.NEW,
            actor=situation.actor,
            on=situation.on,
        )
        return {
            "entitlement": held.pk,
            "entitlement_number": held.number,
            "valid_from": str(first),
            "given_up": given_up,
            "assessment": self.assessed(situation),
        }

    def _give_up_others(self, situation: Situation, person: Person) -> list[str]:
        last = Month.from_date(situation.on).last_day
        shares = EntitlementMember.objects.filter(person=person, benefit__in=GIVEN_UP, valid_until__isnull=True)
        ended = []
        for share in shares.select_related("entitlement"):
            held, reason = share.entitlement, GIVEN_UP[share.benefit]
            others = EntitlementMember.objects.filter(entitlement=held, valid_until__isnull=True).exclude(pk=share.pk)
            if others.exists():
                entitlements.remove_member(
                    entitlement=held, person=person, valid_until=last, reason=reason, actor=situation.actor, on=situation.on
                )
            else:
                entitlements.end_entitlement(
                    entitlement=held, valid_until=last, reason=reason, actor=situation.actor, on=situation.on
                )
            ended.append(held.number)
        return ended


def next_reassessment(since: date) -> date:
    """By when self-care must be graded again."""
    return (Month.from_date(since) + number("reassess_months", since) - 1).last_day


APPLICANT = Applicant(
    programme=PROGRAMME,
    benefit=TEKUN,
    basis=BASIS,
    series="TK",
    required_papers=NeededPaper,
    starts=from_month_after_decision,
)
