"""The plain application for a person's benefit: counter, town, county, decision; and the plain review that ends one.

For benefits whose law asks no survey and no public notice (两项补贴, 尊老金, 困境儿童基本生活费). A room says what it is
called, on what it rests, which papers it asks for, and from when it pays; what the rules say of the person stands beside
every opinion, and decides whether it can be granted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from anmin.base.periods import Month
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import CaseType, Clock, Need, PaperKind, Phase, Step
from anmin.ground.cases.departures import DEPARTURE, unreasoned
from anmin.ground.cases.grounds import grounds_of
from anmin.ground.cases.models import Case
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements import application_papers as papers
from anmin.ground.entitlements.actions import end_entitlement, start_entitlement
from anmin.ground.entitlements.application_words import ApplicationState, Opinion, RefusalReason, ReviewState
from anmin.ground.entitlements.benefits import Benefit
from anmin.ground.entitlements.claims import one_claim
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.entitlements.reckoning import why
from anmin.ground.entitlements.vocabulary import EndReason, StartReason, StopReason
from anmin.ground.people.models import Person
from anmin.ground.policy.assessing import Programme

S, R = ApplicationState, ReviewState
TOWN, SECTION, COUNTY = (Role.TOWN_CLERK,), (Role.SECTION_REVIEWER,), (Role.DECISION_MAKER,)
UNDECIDED = (S.APPLIED, S.PAPERS_REQUESTED, S.ACCEPTED, S.SUBMITTED, S.REVIEWED)

Starts = Callable[[Situation], date]
"""From which first day of a month a benefit granted now is due."""


def from_month_of_application(situation: Situation) -> date:
    """The first day of the month in which it was applied for (国发〔2015〕52号)."""
    return Month.from_date(situation.case.opened_on).first_day


def from_month_after_decision(situation: Situation) -> date:
    """The first day of the month after the decision."""
    return (Month.from_date(situation.on) + 1).first_day


@dataclass(frozen=True)
class Plain:
    """What a room says of its benefit's application."""

    programme: Programme
    benefit: Benefit
    basis: str
    series: str
    required_papers: type[models.TextChoices]
    starts: Starts = from_month_of_application
    route: str = "person"
    more: tuple[Need, ...] = ()
    """What else is asked at the counter."""

    @property
    def application(self) -> str:
        return f"{self.benefit.address}.application"

    @property
    def review(self) -> str:
        return f"{self.benefit.address}.review"

    # ── who it is for, and what the rules say ────────────────────────────────────────────────────────────────────────

    def beneficiary(self, situation: Situation) -> Person:
        """The person it is asked for: the one chosen, otherwise the applicant."""
        data = situation.data if situation.step is not None and situation.step.name == "apply" else {}
        chosen = data.get("beneficiary") or situation.answer("apply", "beneficiary") or []
        found = next((row.person for row in situation.family if row.person_id in chosen), None)
        return found or situation.case.applicant

    def assessed(self, situation: Situation) -> Mapping[str, Any]:
        """What the rules say of the person for the first month that would be paid; worked once for a question."""
        if "assessed" not in situation.memo:
            person, month = self.beneficiary(situation), Month.from_date(self.starts(situation))
            said = why(self.programme, one_claim(situation.case.household_id, self.route, [person.pk]), month)
            routes = self.programme.routes
            situation.memo["assessed"] = {
                "month": said.month,
                "outcome": said.outcome,
                "amount": said.amount_fen,
                "route": routes[said.route].label if routes is not None and said.outcome == "eligible" else "",
                "paragraph": said.paragraph,
                **grounds_of(said),
            }
        found: Mapping[str, Any] = situation.memo["assessed"]
        return found

    # ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def alive_and_here(self, situation: Situation) -> str | None:
        person = self.beneficiary(situation)
        if person.died_on is not None and person.died_on <= situation.on:
            return f"{person.name}已于{person.died_on}死亡，不能申请{self.benefit.label}。"
        if person.pk not in {row.person_id for row in situation.members}:
            return f"{person.name}在{situation.on}不是该家庭的成员，请先登记家庭成员。"
        return None

    def not_held_yet(self, situation: Situation) -> str | None:
        person = self.beneficiary(situation)
        shares = EntitlementMember.objects.filter(person=person, benefit=self.benefit.address).select_related("entitlement")
        held = next((each for each in shares if each.valid_until is None or each.valid_until > situation.on), None)
        if held is not None:
            return f"{person.name}已在享{self.benefit.label}（{held.entitlement.number}），不能重复申请。"
        return None

    def not_asked_twice(self, situation: Situation) -> str | None:
        person = self.beneficiary(situation)
        others = Case.objects.filter(kind=self.application, household_id=situation.case.household_id, closed_on__isnull=True)
        for other in others.exclude(pk=situation.case.pk).prefetch_related("actions"):
            first = next((action for action in other.actions.all() if action.step == "apply"), None)
            asked = (first.data.get("beneficiary") or [other.applicant_id]) if first else [other.applicant_id]
            if person.pk in asked:
                return f"{person.name}已有正在办理的{self.benefit.label}申请（{other.number}），不能重复申请。"
        return None

    def every_paper_supplied(self, situation: Situation) -> str | None:
        lacking = set(situation.answer("request_papers", "missing") or ()) - set(situation.data.get("supplied") or ())
        names = [str(choice.label) for choice in self.required_papers if choice.value in lacking]
        return f"还缺少一次性告知的材料：{'、'.join(names)}。补齐后再登记。" if names else None

    def rules_allow_the_opinion(self, situation: Situation) -> str | None:
        if situation.data.get("opinion") != Opinion.GRANT:
            return None
        return self._refused_by_rules(situation)

    def rules_still_grant(self, situation: Situation) -> str | None:
        return self._refused_by_rules(situation)

    def _refused_by_rules(self, situation: Situation) -> str | None:
        said = self.assessed(situation)
        if said["outcome"] == "undetermined":
            return f"现有事实不足，规则暂不能认定，请补录后再办理。{said['paragraph']}"
        if said["outcome"] == "not_eligible":
            return f"按现行规则测算不符合{self.benefit.label}条件，不能同意。{said['paragraph']}"
        return None

    def departure_is_reasoned(self, situation: Situation) -> str | None:
        """Whoever proposes to refuse, or refuses, what the rules grant says why."""
        if situation.data.get("opinion", Opinion.REFUSE) == Opinion.GRANT:
            return None
        return unreasoned(situation, self.assessed(situation)["outcome"])

    # ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def keep_beneficiary(self, situation: Situation) -> Mapping[str, Any]:
        return {"beneficiary_name": self.beneficiary(situation).name}

    def keep_assessment(self, situation: Situation) -> Mapping[str, Any]:
        return {"assessment": self.assessed(situation)}

    def grant(self, situation: Situation) -> Mapping[str, Any]:
        """The person holds the benefit from the month the room's law says; months before now are paid by the next roll."""
        case, person, first = situation.case, self.beneficiary(situation), self.starts(situation)
        payees = situation.answer("apply", "payee") or []
        payee = next((row.person for row in situation.members if row.person_id in payees), person)
        held = start_entitlement(
            benefit=self.benefit.address,
            household=case.household,
            holder=person,
            payee=payee,
            route=self.route,
            members=[person],
            case=case,
            review_class="",
            review_due_on=None,
            valid_from=first,
            start_reason=StartReason.NEW,
            actor=situation.actor,
            on=situation.on,
        )
        return {
            "entitlement": held.pk,
            "entitlement_number": held.number,
            "valid_from": str(first),
            "assessment": self.assessed(situation),
        }

    def stop(self, situation: Situation) -> Mapping[str, Any]:
        """The entitlement ends with the last day of the month named; what was paid beyond it becomes recovery."""
        assert situation.case.entitlement is not None  # a review is opened about one
        last = Month.from_date(date.fromisoformat(str(situation.answer("propose", "last_month_day")))).last_day
        reason = EndReason(situation.answer("propose", "end_reason"))
        end_entitlement(
            entitlement=situation.case.entitlement, valid_until=last, reason=reason, actor=situation.actor, on=situation.on
        )
        return {"valid_until": str(last), "end_reason": reason, "assessment": self.held_in(situation, Month.from_date(last) + 1)}

    def keep(self, situation: Situation) -> Mapping[str, Any]:
        """The benefit goes on; what it gave and what it gives from the next month stand in the letter."""
        this = Month.from_date(situation.on)
        before, after = self.held_in(situation, this), self.held_in(situation, this + 1)
        return {"amount_before": (before or {}).get("amount"), "month": str(this + 1), "assessment": after}

    def held_in(self, situation: Situation, month: Month) -> Mapping[str, Any] | None:
        """What the rules say in a month of the benefit that is reviewed; nothing of who has died or left the register."""
        held = situation.case.entitlement
        if held is None or held.holder_id not in {row.person_id for row in situation.members}:
            return None
        covered = sorted(set(EntitlementMember.objects.filter(entitlement=held).values_list("person_id", flat=True)))
        said = why(self.programme, one_claim(held.household_id, held.route, covered), month)
        return {"outcome": said.outcome, "amount": said.amount_fen, "paragraph": said.paragraph, **grounds_of(said)}


def plain_application(plain: Plain) -> CaseType:
    """The application for a person's benefit, from the counter to the decision."""
    limit, label = f"{plain.benefit.address}.casework.", plain.benefit.label
    kinds = papers.application_papers(plain)
    return CaseType(
        kind=plain.application,
        label=f"{label}申请",
        basis=plain.basis,
        states=ApplicationState,
        final=frozenset((S.GRANTED, S.REFUSED, S.DECLINED, S.WITHDRAWN)),
        steps=_application_steps(plain, {each.kind.rpartition(".")[2]: each for each in kinds}),
        clocks=(
            Clock(
                "acceptance", "受理期限", ("apply",), ("accept", "decline"), limit + "acceptance_limit", plain.basis,
                suspended_in=(S.PAPERS_REQUESTED,), of="镇（街道）",
            ),
            Clock("town_opinion", "初审期限", ("accept",), ("examine",), limit + "town_limit", plain.basis, of="镇（街道）"),
            Clock(
                "county_decision", "县级审核期限", ("examine",), ("confirm", "refuse", "return_to_town"), limit + "county_limit",
                plain.basis, of="县级民政部门",
            ),
        ),
        series=plain.series + "A",
        papers=kinds,
        phases=(
            Phase("申请受理", (S.APPLIED, S.PAPERS_REQUESTED)),
            Phase("镇街初审", (S.ACCEPTED,)),
            Phase("县级审核", (S.SUBMITTED,)),
            Phase("审定", (S.REVIEWED,)),
        ),
    )  # fmt: skip


def _application_steps(plain: Plain, kinds: Mapping[str, PaperKind]) -> tuple[Step, ...]:
    basis, needed = plain.basis, plain.required_papers
    opinion = Need("opinion", "意见", "choice", choices=Opinion)
    return (
        Step(
            "apply", "提出申请", TOWN, (), S.APPLIED,
            needs=(
                Need("beneficiary", "为谁申请", "people", required=False, hint="一人；不选即为申请人本人"),
                Need("payee", "领款人", "people", required=False, hint="一人；不选即为享受人本人"),
                Need("reason", "申请理由", "text", required=False),
                *plain.more,
                Need("files", "申请材料", "files", required=False),
            ),
            papers=(kinds["application_form"].kind,),
            data_checks=(plain.alive_and_here, plain.not_held_yet, plain.not_asked_twice),
            effect=plain.keep_beneficiary, basis=basis,
        ),
        Step("accept", "受理", TOWN, (S.APPLIED,), S.ACCEPTED, papers=(kinds["acceptance_notice"].kind,), basis=basis),
        Step(
            "request_papers", "一次性告知补正", TOWN, (S.APPLIED,), S.PAPERS_REQUESTED,
            needs=(Need("missing", "需要补正的材料", "checklist", choices=needed), Need("other", "其他", "text", required=False)),
            papers=(kinds["missing_papers"].kind,), once=True, effect=plain.keep_assessment,
            hint="应当一次告知全部需要补正的材料。", basis=basis,
        ),
        Step(
            "supply_papers", "补正材料", TOWN, (S.PAPERS_REQUESTED,), S.APPLIED,
            needs=(
                Need("supplied", "已经补正的材料", "checklist", choices=needed),
                Need("files", "补正的材料", "files", required=False),
            ),
            data_checks=(plain.every_paper_supplied,), basis=basis,
        ),
        Step(
            "decline", "不予受理", TOWN, (S.APPLIED, S.PAPERS_REQUESTED), S.DECLINED,
            needs=(Need("explanation", "不予受理的理由", "long_text"),),
            papers=(kinds["decline_notice"].kind,), basis=basis,
        ),
        Step(
            "examine", "提出初审意见", TOWN, (S.ACCEPTED,), S.SUBMITTED,
            needs=(opinion, Need("explanation", "意见说明", "long_text", required=False), DEPARTURE),
            data_checks=(plain.rules_allow_the_opinion, plain.departure_is_reasoned), effect=plain.keep_assessment,
            outcome=_assessment_lines, basis=basis,
        ),
        Step(
            "review_file", "县级审核材料", SECTION, (S.SUBMITTED,), S.REVIEWED,
            needs=(opinion, Need("explanation", "意见说明", "text", required=False), DEPARTURE),
            data_checks=(plain.rules_allow_the_opinion, plain.departure_is_reasoned), different_person_from=("examine",),
            basis=basis,
        ),
        Step(
            "confirm", "审定给予", COUNTY, (S.REVIEWED,), S.GRANTED,
            papers=(kinds["confirmation_notice"].kind,),
            data_checks=(plain.rules_still_grant,), different_person_from=("examine", "review_file"),
            effect=plain.grant, outcome=_grant_lines, basis=basis,
        ),
        Step(
            "refuse", "不予给予", COUNTY, (S.REVIEWED,), S.REFUSED,
            needs=(
                Need("reason", "理由", "choice", choices=RefusalReason),
                Need("explanation", "具体情况", "long_text", hint="将写入通知书"),
                DEPARTURE,
            ),
            papers=(kinds["refusal_notice"].kind,),
            data_checks=(plain.departure_is_reasoned,), different_person_from=("examine", "review_file"),
            effect=plain.keep_assessment, outcome=_assessment_lines, basis=basis,
        ),
        Step(
            "return_to_town", "退回镇（街道）", (*SECTION, *COUNTY), (S.SUBMITTED, S.REVIEWED), S.ACCEPTED,
            needs=(Need("reason", "退回的原因", "long_text"),), basis=basis,
        ),
        Step(
            "withdraw", "撤回申请", TOWN, UNDECIDED, S.WITHDRAWN,
            needs=(Need("reason", "撤回的原因", "text"),),
        ),
    )  # fmt: skip


def plain_review(plain: Plain) -> CaseType:
    """The look at a running benefit that ends in keeping or stopping it, told to the person before."""
    kinds = papers.review_papers(plain)
    by_name = {each.kind.rpartition(".")[2]: each for each in kinds}
    return CaseType(
        kind=plain.review,
        label=f"{plain.benefit.label}复核",
        basis=plain.basis,
        states=ReviewState,
        final=frozenset((R.KEPT, R.STOPPED)),
        steps=(
            Step(
                "open", "开展复核", (*TOWN, *SECTION), (), R.OPENED,
                needs=(Need("reason", "复核的缘由", "text"),), checks=(_entitlement_runs,), basis=plain.basis,
            ),
            Step(
                "propose", "提出停发意见", (*TOWN, *SECTION), (R.OPENED,), R.PROPOSED,
                needs=(
                    Need("end_reason", "停发原因", "choice", choices=StopReason),
                    Need("last_month_day", "最后发放月份中的任意一天", "date"),
                    Need("explanation", "情况说明", "long_text"),
                ),
                basis=plain.basis,
            ),
            Step(
                "tell_family", "告知本人或家属", TOWN, (R.PROPOSED,), R.TOLD,
                needs=(Need("told_on", "告知日期", "date"), Need("response", "本人或家属意见", "text", required=False)),
                papers=(by_name["change_notice"].kind,), basis=plain.basis,
            ),
            Step("keep", "继续享受", SECTION, (R.OPENED, R.PROPOSED, R.TOLD), R.KEPT,
                 needs=(Need("explanation", "说明", "text"),), papers=(by_name["kept_notice"].kind,), effect=plain.keep,
                 outcome=_kept_lines, basis=plain.basis),
            Step(
                "stop", "决定停发", COUNTY, (R.TOLD,), R.STOPPED,
                papers=(by_name["stop_notice"].kind,), different_person_from=("propose",), effect=plain.stop,
                outcome=_stop_lines, basis=plain.basis,
            ),
        ),
        clocks=(),
        series=plain.series + "R",
        papers=kinds,
        phases=(Phase("复核", (R.OPENED,)), Phase("告知", (R.PROPOSED, R.TOLD))),
    )  # fmt: skip


def _entitlement_runs(situation: Situation) -> str | None:
    held = situation.case.entitlement
    if held is None or f"{held.benefit}.review" != situation.case_type.kind:
        return "复核应当针对一份正在执行的待遇，请先选定待遇。"
    if held.valid_until is not None and held.valid_until < situation.on:
        return f"{held.number} 已于{held.valid_until}停发，无须复核。"
    return None


def _assessment_lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = data.get("assessment")
    return [("规则测算", str(found["paragraph"]))] if found else []


def _grant_lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    first = Month.from_date(date.fromisoformat(data["valid_from"]))
    return [("待遇编号", str(data["entitlement_number"])), ("起始月份", first.label), *_assessment_lines(data)]


def _kept_lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    return _assessment_lines(data)


def _stop_lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    last = Month.from_date(date.fromisoformat(data["valid_until"]))
    return [("最后发放月份", last.label), ("停发原因", str(EndReason(data["end_reason"]).label))]
