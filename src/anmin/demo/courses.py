"""How a case goes through the offices: its steps, each with a day, who takes it and what is filled in.

A course is first laid out whole; a case that is still open is a course cut off at the step it has reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from anmin.base.workdays import add_workdays
from anmin.demo.calendar import on_or_after
from anmin.demo.county import Citizen, Family
from anmin.demo.staff import Staffing

_DAY = timedelta(days=1)

APPLICATION = "assistance.dibao.application"
REVIEW = "assistance.dibao.review"

_REASONS = {
    "elder_alone": "本人年老、无固定收入，子女赡养能力有限，生活困难。",
    "disabled_alone": "本人重度残疾、无劳动能力，生活困难。",
    "ill_alone": "本人患重病，长期治疗，无法工作，生活困难。",
    "worker_alone": "本人打零工收入不稳定，生活困难。",
    "single_cover": "本人为成年无业重度残疾人，申请单独纳入保障。",
    "elder_couple": "夫妻年老多病，无固定收入，生活困难。",
    "ill_couple": "家庭成员患重病，医疗支出大，收入减少。",
    "parent_child": "单亲家庭，子女就学，收入微薄。",
    "elder_with_disabled_child": "成年子女重度残疾，由年老父母照料，生活困难。",
    "couple_child": "家中有重病重残成员和在校子女，收入不足以维持基本生活。",
    "three_generations": "家中老人、病人需要赡养照料，子女就学，收入不足。",
    "large_family": "家庭人口多，老人和未成年子女需要赡养抚养，收入不足。",
}
_PAPERS = ("disability_card", "illness_proof", "income_proof", "consent", "household_register", "court_paper")
_SOURCES = "公安、不动产、税务、人社、医保、公积金、市场监管、银行"


@dataclass(frozen=True)
class Event:
    """One line of the story: on a day somebody takes a step about a family. `answers` is what was filled in.

    Names of persons in answers are identity numbers, those of staff sign-in names.
    """

    on: date
    kind: str
    step: str
    household: str
    by: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


class Course:
    """The steps of one case while they are laid out, day after day."""

    def __init__(self, rng: Random, staff: Staffing, family: Family, kind: str, start: date, turn: int) -> None:
        self.rng = rng
        self.staff = staff
        self.family = family
        self.kind = kind
        self.day = on_or_after(start)
        self.turn = turn
        self.events: list[Event] = []
        self.clerk, self.second = staff.clerks(family.village.town)
        self.reviewer = staff.at_bureau("shenhe", turn)
        self.decision_maker = staff.at_bureau("queren", turn)

    def wait(self, least: int, most: int) -> "Course":
        """So many working days pass."""
        self.day = add_workdays(self.day, self.rng.randint(least, most))
        return self

    def take(self, step: str, by: str, note: str = "", **answers: Any) -> "Course":
        self.events.append(Event(self.day, self.kind, step, self.family.number, by, answers, note))
        return self

    @property
    def members(self) -> list[str]:
        """Everybody living there, by identity number."""
        return [person.identity_number for person in self.family.living(self.day)]

    @property
    def covered(self) -> list[str]:
        return [person.identity_number for person in self.family.covered(self.day)]

    # ── parts that applications and reviews share ────────────────────────────────────────────────────────────────────

    def verify(self, result: str = "nothing_over", summary: str = "") -> "Course":
        """The town asks, the county's verification desk starts and answers."""
        self.take("request_verification", self.clerk, consented_by=self.members, consent_on=str(self.day))
        self.wait(1, 2).take("start_verification", self.reviewer)
        self.wait(2, 5)
        return self.take(
            "receive_verification",
            self.reviewer,
            result=result,
            sources=_SOURCES,
            as_of=str(self.day - self.rng.randint(1, 4) * _DAY),
            summary=summary or "各部门返回数据与申报情况相符，未发现超过规定的收入和财产。",
        )

    def visit(self, findings: str = "", conditions: Sequence[str] = ()) -> "Course":
        """Two people go and look."""
        rng = self.rng
        said = findings or rng.choice(
            (
                "住房为老旧平房，家具简陋，收入情况与申报一致。",
                "家中陈设一般，无大额消费迹象，情况属实。",
                "居住条件差，日常靠亲友接济，情况属实。",
            )
        )
        return self.take(
            "record_visit",
            self.clerk,
            visited_on=str(self.day),
            investigators=[self.clerk, self.second],
            conditions=list(conditions) or [rng.choice(("bare_home", "bare_home", "plain_home")), "consistent"],
            findings=said,
            **({"neighbours": "邻居反映该户确有困难。"} if self.kind == APPLICATION else {}),
        )


# ── the application ──────────────────────────────────────────────────────────────────────────────────────────────────


def application(
    course: Course, *, papers: bool, objection: bool, relative: bool, refuse: str = "", explanation: str = ""
) -> Course:
    """From the counter to the decision. `refuse` is the reason when the county will not confirm."""
    rng, family = course.rng, course.family
    applicant = family.applicant
    _ask(course, applicant, papers)
    course.take("accept", course.clerk)
    if relative:
        course.take("file_near_relative", course.clerk, relation_kind="village_cadre", relative="村会计", kinship="堂侄")
    course.wait(0, 2).take("start_survey", course.clerk)
    course.wait(0, 1)
    if refuse:
        course.verify("doubtful", explanation)
        course.wait(1, 2).visit("入户核实，核对发现的情况属实。", ("plain_home",))
        course.wait(1, 2).take("examine", course.clerk, opinion="refuse", refusal_reason=refuse, explanation=explanation)
        course.wait(0, 2)
    else:
        course.verify()
        course.wait(0, 2).visit()
        course.wait(1, 2).take(
            "examine",
            course.clerk,
            opinion="grant",
            route="single" if family.single else "household",
            covered=course.covered,
            payee=[applicant.identity_number],
            review_class=family.review_class,
        )
        _hang_out(course, objection)
    course.take("submit", course.clerk)
    if relative:
        course.wait(1, 2).take(
            "record_county_visit",
            course.reviewer,
            visited_on=str(course.day),
            investigators=[course.reviewer, course.staff.at_bureau("shenhe", course.turn + 1)],
            conditions=["consistent"],
            findings="县级入户，情况与镇调查一致，未发现优亲厚友。",
        )
    course.wait(1, 4).take("review_file", course.reviewer, opinion="refuse" if refuse else "grant")
    course.wait(1, 3)
    if not refuse:
        return course.take("confirm", course.decision_maker)
    course.take("refuse", course.decision_maker, reason=refuse, explanation=explanation)
    course.wait(1, 3)
    return course.take("send_refusal_notice", course.clerk, service=rng.choice(("direct", "post")), served_on=str(course.day))


def _ask(course: Course, applicant: Citizen, papers: bool) -> None:
    rng = course.rng
    course.take("apply", course.clerk, applicant=applicant.identity_number, reason=_REASONS[course.family.kind])
    if papers:
        missing = sorted(rng.sample(_PAPERS, rng.randint(1, 2)))
        course.wait(0, 1).take("request_papers", course.clerk, missing=missing)
        course.wait(2, 6).take("supply_papers", course.clerk, supplied=missing)
    else:
        course.wait(0, 1)


def _hang_out(course: Course, objection: bool) -> None:
    """The notice hangs for seven full days; a look at an objection stops its clock."""
    course.wait(0, 1).take("post_notice", course.clerk, places="村务公开栏、镇便民服务中心")
    ends = course.day + 7 * _DAY
    if objection:
        course.wait(1, 2)
        left = (ends - course.day).days
        course.take(
            "raise_objection",
            course.clerk,
            channel=course.rng.choice(("telephone", "in_person")),
            content="反映该户子女有赡养能力。",
        )
        course.wait(1, 2).take(
            "appraise",
            course.clerk,
            held_on=str(course.day),
            attendance=course.rng.randint(7, 13),
            result="true",
            opinion="到会代表一致认为情况属实。",
        )
        course.wait(0, 1).take("resolve_objection", course.clerk, conclusion="经复查，子女家庭收入未超过规定，异议不成立。")
        ends = course.day + (left + 1) * _DAY
    course.day = on_or_after(ends + _DAY)
    course.take("close_notice", course.clerk).wait(0, 1)


def declined(course: Course) -> Course:
    """Not accepted at the counter."""
    course.take("apply", course.clerk, applicant=course.family.head.identity_number, reason=_REASONS[course.family.kind])
    return course.take("decline", course.clerk, reason="clearly_ineligible", explanation="申请人申报的工资收入明显高于低保标准。")


def withdrawn(course: Course) -> Course:
    """Taken back by the family."""
    course.take("apply", course.clerk, applicant=course.family.head.identity_number, reason=_REASONS[course.family.kind])
    course.wait(0, 1).take("accept", course.clerk)
    return course.wait(1, 2).take("withdraw", course.clerk, reason="by_choice")


def terminated(course: Course) -> Course:
    """Ended because the family would not let anybody in."""
    course.take("apply", course.clerk, applicant=course.family.head.identity_number, reason=_REASONS[course.family.kind])
    course.wait(0, 1).take("accept", course.clerk)
    course.wait(1, 2).take("start_survey", course.clerk)
    return course.wait(4, 8).take("terminate", course.clerk, reason="两次上门均拒绝入户调查，经书面告知后仍不配合。")


# ── the review ───────────────────────────────────────────────────────────────────────────────────────────────────────


def review(
    course: Course, *, occasion: str, report: str, proposal: str, not_before: date | None = None, **answers: Any
) -> Course:
    """A running entitlement is looked at again, up to the decision. With `not_before`, the proposal waits for a file."""
    course.take("open", course.clerk, occasion=occasion, report=report)
    alone = occasion == "death" and not course.covered
    if not alone and occasion != "withdrawal":
        course.wait(0, 1).verify("doubtful" if occasion == "discrepancy" else "nothing_over", report)
        course.wait(0, 1).visit("入户核实，变动情况属实。" if proposal != "keep" else "")
    course.wait(0, 1)
    if not_before is not None and course.day < not_before:
        course.day = on_or_after(not_before)
    course.take("propose", course.clerk, proposal=proposal, explanation=report, **answers)
    less = proposal in ("stop", "grace") or bool(answers.get("removed"))
    if less and not alone:
        course.wait(0, 1).take(
            "tell_family", course.clerk, told_on=str(course.day), told_to=course.family.head.name, service="direct"
        )
    course.wait(0, 2)
    decision = {"stop": "stop", "grace": "give_grace", "change": "change", "keep": "keep"}[proposal]
    return course.take(decision, course.decision_maker)


def cut(events: Sequence[Event], last_step: str) -> list[Event]:
    """The story up to and with the last time that step was taken."""
    place = max(index for index, event in enumerate(events) if event.step == last_step)
    return list(events[: place + 1])
