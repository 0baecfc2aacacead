"""A deliberation from the town's or the bureau's request to the decision, as a declared case type."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import IntegrityError

from anmin.base.errors import Refused
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import CaseType, Clock, Need, Phase, Step
from anmin.ground.cases.situation import Situation
from anmin.lines.assistance.deliberation import checks, papers
from anmin.lines.assistance.deliberation.models import Resolution, Vote
from anmin.lines.assistance.deliberation.vocabulary import (
    ADDRESS,
    BASIS,
    DELIBERATION,
    LABEL,
    Choice,
    DeliberationState,
    Obstacle,
    ResolutionKind,
)

S = DeliberationState
ASKING = (Role.TOWN_CLERK, Role.SECTION_REVIEWER)
SECTION = (Role.SECTION_REVIEWER,)


def _raise(situation: Situation) -> Mapping[str, Any]:
    found = checks.about(situation)
    assert found is not None  # checked before
    return {"about_id": found.pk, "about": found.number}


def _vote(situation: Situation) -> Mapping[str, Any]:
    assert situation.actor.id is not None  # the system sits on no panel
    try:
        Vote.objects.create(
            case=situation.case,
            member_id=situation.actor.id,
            choice=situation.data["choice"],
            reason=str(situation.data.get("reason") or ""),
            on=situation.on,
        )
    except IntegrityError as error:  # the same person in two windows
        raise Refused("您已经表决，每人只有一票，不能更改。") from error
    return {}


def _decide(agreed: bool) -> Any:
    def effect(situation: Situation) -> Mapping[str, Any]:
        data = situation.data
        Resolution.objects.create(
            case=situation.case,
            about_id=situation.answer("raise", "about_id"),
            area=situation.case.area,
            kind=situation.answer("raise", "kind"),
            agreed=agreed,
            amount=data.get("amount"),
            members=len(checks.panel(situation)),
            attended=len(checks.attended(situation)),
            in_favour=checks.in_favour(situation),
            decided_on=situation.on,
            valid_until=data.get("valid_until"),
            review_on=data.get("review_on"),
        )
        cast = checks.votes(situation).values()
        return {"votes": {choice.value: sum(each == choice for each in cast) for choice in Choice}}

    return effect


def _counted(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    votes = data.get("votes") or {}
    yield "表决结果", "，".join(f"{choice.label}{votes.get(choice.value, 0)}票" for choice in Choice)


STEPS = (
    Step(
        "raise",
        "提请一事一议",
        ASKING,
        (),
        S.RAISED,
        needs=(
            Need("about", "针对的办件编号", "text", hint="被规定挡住、需要会议决定的那一件"),
            Need("kind", "提请决定的事项", "choice", choices=ResolutionKind),
            Need("obstacle", "阻碍办理的规定", "choice", choices=Obstacle),
            Need("problem", "家庭情况和特殊困难", "long_text"),
            Need("proposal", "建议", "long_text"),
            Need("amount", "建议金额", "yuan", required=False, hint="超上限、超次数的临时救助填写"),
            Need("files", "有关材料", "files", required=False),
        ),
        checks=(checks.nothing_open,),
        data_checks=(checks.is_about_a_case_of_the_family, checks.money_has_an_amount),
        effect=_raise,
        basis=BASIS,
    ),
    Step(
        "convene",
        "召集会议",
        SECTION,
        (S.RAISED, S.CONVENED),
        S.CONVENED,
        needs=(
            Need("panel", "参加会议的成员", "staff"),
            Need("guests", "列席人员", "text", required=False),
            Need("place", "会议地点", "text", required=False),
        ),
        data_checks=(checks.panel_is_large_enough, checks.panel_may_vote),
        hint="改期或换人的，重新召集。",
        basis=BASIS,
    ),
    Step(
        "record_attendance",
        "登记到会情况",
        SECTION,
        (S.CONVENED,),
        S.MEETING,
        needs=(
            Need("held_on", "开会日期", "date"),
            Need("chair", "主持人", "text"),
            Need("attended", "到会成员", "staff"),
            Need("absent", "缺席成员及原因", "text", required=False),
        ),
        data_checks=(checks.quorum_is_there, checks.held_after_convening),
        hint="到会不足规定人数的，不能表决。",
        basis=BASIS,
    ),
    Step(
        "vote",
        "表决",
        checks.PANEL,
        (S.MEETING,),
        None,
        needs=(
            Need("choice", "表决意见", "choice", choices=Choice),
            Need("reason", "理由", "text", required=False),
        ),
        checks=(checks.sits_on_the_panel, checks.has_not_voted),
        effect=_vote,
        hint="到会成员各投一票，投后不能更改。",
        basis=BASIS,
    ),
    Step(
        "agree",
        "作出同意的决定",
        SECTION,
        (S.MEETING,),
        S.AGREED,
        needs=(
            Need("minutes", "会议纪要", "long_text"),
            Need("amount", "同意的金额", "yuan", required=False),
            Need("valid_until", "有效期至", "date"),
            Need("review_on", "复核日期", "date"),
        ),
        papers=(papers.MINUTES.kind,),
        checks=(checks.everybody_voted, checks.majority_agrees),
        data_checks=(checks.ends_in_time, checks.amount_within_the_proposal),
        effect=_decide(agreed=True),
        outcome=_counted,
        hint="只对提请的这一件有效；到期或情况变化的，重新提请。",
        basis=BASIS,
    ),
    Step(
        "reject",
        "作出不同意的决定",
        SECTION,
        (S.MEETING,),
        S.REJECTED,
        needs=(Need("minutes", "会议纪要", "long_text"),),
        papers=(papers.MINUTES.kind,),
        checks=(checks.everybody_voted, checks.majority_does_not_agree),
        effect=_decide(agreed=False),
        outcome=_counted,
        basis=BASIS,
    ),
    Step(
        "withdraw",
        "撤回提请",
        ASKING,
        (S.RAISED, S.CONVENED),
        S.WITHDRAWN,
        needs=(Need("reason", "撤回的原因", "text"),),
        basis=BASIS,
    ),
)

DELIBERATION_CASE = CaseType(
    kind=DELIBERATION,
    label=LABEL,
    basis=BASIS,
    states=DeliberationState,
    final=frozenset((S.AGREED, S.REJECTED, S.WITHDRAWN)),
    steps=STEPS,
    clocks=(
        Clock(
            "decision",
            "一事一议办理期限",
            ("raise",),
            ("agree", "reject", "withdraw"),
            f"{ADDRESS}.whole_case_limit",
            BASIS,
            of="县级民政部门",
        ),
    ),
    series="YSY",
    papers=(papers.MINUTES,),
    phases=(
        Phase("提请", (S.RAISED,)),
        Phase("召集", (S.CONVENED,)),
        Phase("会议表决", (S.MEETING,)),
    ),
)

CASE_TYPES = (DELIBERATION_CASE,)
