"""The dibao application, from the counter to the decision, as a declared case type."""

from anmin.ground.cases.casetypes import CaseType, Clock, Phase
from anmin.lines.assistance.dibao.casework import endings, papers
from anmin.lines.assistance.dibao.casework.decision import DECISION_STEPS
from anmin.lines.assistance.dibao.casework.intake import INTAKE_STEPS
from anmin.lines.assistance.dibao.vocabulary import (
    APPLICATION,
    APPLICATION_LABEL,
    BASIS,
    NATIONAL,
    NATIONAL_18,
    PROVINCIAL,
    VERIFICATION_RULES,
    ApplicationState,
)

S = ApplicationState

LIMIT = "assistance.dibao.casework."

_CLOCKS = (
    Clock(
        "acceptance",
        "受理期限",
        ("apply",),
        ("accept", "decline"),
        LIMIT + "acceptance_limit",
        NATIONAL,
        suspended_in=(S.PAPERS_REQUESTED,),
        of="镇（街道）",
    ),
    Clock(
        "survey_start",
        "启动调查期限",
        ("accept",),
        ("start_survey",),
        LIMIT + "survey_start_limit",
        NATIONAL,
        of="镇（街道）",
    ),
    Clock(
        "verification_start",
        "启动核对期限",
        ("request_verification",),
        ("start_verification", "receive_verification", "take_over_report"),
        LIMIT + "verification_start_limit",
        NATIONAL_18,
        of="县级民政部门",
    ),
    Clock(
        "verification_report",
        "出具核对报告期限",
        ("start_verification",),
        ("receive_verification", "take_over_report"),
        LIMIT + "verification_report_limit",
        VERIFICATION_RULES,
        of="县级民政部门",
    ),
    Clock(
        "town_opinion",
        "初审意见期限",
        ("accept",),
        ("examine",),
        LIMIT + "town_opinion_limit",
        PROVINCIAL,
        of="镇（街道）",
    ),
    Clock(
        "notice",
        "公示期",
        ("post_notice",),
        ("close_notice", "uphold_objection"),
        LIMIT + "notice_days",
        NATIONAL,
        suspended_in=(S.OBJECTED,),
        waits=True,
        of="镇（街道）",
    ),
    Clock(
        "objection",
        "异议复查期限",
        ("raise_objection",),
        ("resolve_objection", "uphold_objection"),
        LIMIT + "objection_limit",
        NATIONAL,
        of="镇（街道）",
    ),
    Clock(
        "county_decision",
        "县级审核确认期限",
        ("submit",),
        ("confirm", "refuse", "return_to_town"),
        LIMIT + "county_decision_limit",
        NATIONAL,
        of="县级民政部门",
    ),
    Clock(
        "refusal_notice",
        "送达期限",
        ("refuse",),
        ("send_refusal_notice",),
        LIMIT + "refusal_notice_limit",
        NATIONAL,
        of="镇（街道）",
    ),
    Clock(
        "whole_case",
        "全程办理期限",
        ("accept",),
        ("confirm", "refuse"),
        LIMIT + "whole_case_limit",
        NATIONAL,
        special_limit=LIMIT + "whole_case_special_limit",
        # The notice and the look at an objection are outside the town's and the county's hands.
        suspended_in=(S.ON_NOTICE, S.OBJECTED),
        of="镇（街道）和县级民政部门",
    ),
)

_PHASES = (
    Phase("申请受理", (S.APPLIED, S.PAPERS_REQUESTED)),
    Phase("调查核对", (S.ACCEPTED, S.SURVEYING)),
    Phase("初审公示", (S.EXAMINED, S.ON_NOTICE, S.OBJECTED, S.NOTICE_CLOSED)),
    Phase("县级审核", (S.SUBMITTED,)),
    Phase("审核确认", (S.REVIEWED, S.REFUSED)),
)

DIBAO_APPLICATION = CaseType(
    kind=APPLICATION,
    label=APPLICATION_LABEL,
    basis=BASIS,
    states=ApplicationState,
    final=frozenset((S.CONFIRMED, S.REFUSAL_SERVED, S.DECLINED, S.WITHDRAWN, S.TERMINATED)),
    steps=(*INTAKE_STEPS, *DECISION_STEPS),
    clocks=_CLOCKS,
    series="DBA",
    papers=(*papers.APPLICATION_PAPERS, endings.TERMINATION_NOTICE),
    phases=_PHASES,
    special_step="extend",
)
