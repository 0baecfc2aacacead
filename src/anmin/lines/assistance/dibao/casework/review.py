"""The review of a running dibao entitlement (定期复核): yearly or half-yearly, and when something happened."""

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import CaseType, Clock, Need, Phase, Step
from anmin.ground.entitlements.vocabulary import GraceKind, StopReason
from anmin.lines.assistance.dibao.casework import checks, effects, endings, outcomes, papers
from anmin.lines.assistance.dibao.casework.verifying import SECTION, TOWN, verification_steps
from anmin.lines.assistance.dibao.vocabulary import (
    BASIS,
    NATIONAL,
    NATIONAL_18,
    PROVINCIAL,
    REVIEW,
    REVIEW_LABEL,
    VERIFICATION_RULES,
    LivingConditions,
    Proposal,
    ReviewClass,
    ReviewOccasion,
    ReviewState,
    Service,
)

S = ReviewState
COUNTY = (Role.DECISION_MAKER,)
BEFORE_PROPOSAL = (S.OPENED, S.VERIFYING)
UNDECIDED = (*BEFORE_PROPOSAL, S.PROPOSED, S.TOLD)

LIMIT = "assistance.dibao.casework."

_DECIDED = ("keep", "change", "stop", "give_grace")

_STEPS = (
    Step(
        "open",
        "启动复核",
        (*TOWN, *SECTION),
        (),
        S.OPENED,
        needs=(
            Need("occasion", "复核事由", "choice", choices=ReviewOccasion),
            Need("report", "事由说明", "long_text", required=False),
        ),
        checks=(checks.no_open_review, checks.entitlement_runs),
        basis=NATIONAL,
    ),
    *verification_steps(asked_from=BEFORE_PROPOSAL, leads_to=S.VERIFYING, verifying=S.VERIFYING),
    Step(
        "record_visit",
        "入户走访",
        TOWN,
        BEFORE_PROPOSAL,
        S.VERIFYING,
        needs=(
            Need("visited_on", "入户日期", "date"),
            Need("investigators", "走访人员（工作人员）", "staff"),
            Need("other_investigator", "参加走访的村（居）工作人员", "text", required=False),
            Need("conditions", "居住和生活状况", "checklist", choices=LivingConditions),
            Need("findings", "走访情况", "long_text"),
        ),
        papers=(papers.VISIT_FORM.kind,),
        data_checks=(checks.two_investigators, checks.visited_in_the_case),
        basis=NATIONAL,
    ),
    Step(
        "propose",
        "提出复核意见",
        TOWN,
        BEFORE_PROPOSAL,
        S.PROPOSED,
        needs=(
            Need("proposal", "复核意见", "choice", choices=Proposal),
            Need("end_reason", "停发或减员的理由", "choice", required=False, choices=StopReason),
            Need("removed", "停止保障的成员", "people", required=False, hint="调整保障成员时填写"),
            Need("added", "增加保障的成员", "people", required=False, hint="调整保障成员时填写"),
            Need("grace_kind", "渐退或缓退", "choice", required=False, choices=GraceKind, hint="渐退、缓退时填写"),
            Need("previous_amount", "此前的月保障金额", "yuan", required=False, hint="渐退、缓退时填写"),
            Need("review_class", "今后的复核类别", "choice", required=False, choices=ReviewClass, hint="不填即不变"),
            Need("explanation", "意见说明", "long_text"),
        ),
        checks=(checks.reviewed_enough,),
        data_checks=(checks.proposal_is_complete,),
        effect=effects.record_proposal,
        outcome=outcomes.of_assessment,
        basis=NATIONAL,
    ),
    Step(
        "tell_family",
        "告知家庭并说明理由",
        TOWN,
        (S.PROPOSED,),
        S.TOLD,
        needs=(
            Need("told_on", "告知日期", "date"),
            Need("told_to", "告知对象", "text"),
            Need("service", "告知方式", "choice", choices=Service),
            Need("statement", "家庭的陈述和申辩", "long_text", required=False),
        ),
        papers=(papers.CHANGE_NOTICE.kind,),
        checks=(checks.proposes_less,),
        data_checks=(checks.told_in_the_case,),
        hint="减发、停发应当告知家庭并说明理由。",
        basis=NATIONAL,
    ),
    Step(
        "return_proposal",
        "退回重新复核",
        COUNTY,
        (S.PROPOSED, S.TOLD),
        S.VERIFYING,
        needs=(Need("reason", "退回的原因", "long_text"),),
        different_person_from=("propose",),
    ),
    Step(
        "keep",
        "决定继续保障",
        COUNTY,
        (S.PROPOSED,),
        S.KEPT,
        papers=(endings.KEPT_NOTICE.kind,),
        checks=(checks.proposal_is_to_keep, checks.review_is_verified),
        different_person_from=("propose", "record_visit"),
        effect=effects.keep_entitlement,
        outcome=outcomes.of_review,
        basis=NATIONAL,
    ),
    Step(
        "change",
        "决定调整",
        COUNTY,
        (S.PROPOSED, S.TOLD),
        S.CHANGED,
        papers=(papers.CHANGE_DECISION.kind,),
        checks=(checks.proposal_is_to_change, checks.family_was_told),
        different_person_from=("propose", "record_visit"),
        effect=effects.change_entitlement,
        outcome=outcomes.of_review,
        basis=NATIONAL,
    ),
    Step(
        "stop",
        "决定停发",
        COUNTY,
        (S.PROPOSED, S.TOLD),
        S.STOPPED,
        papers=(papers.STOP_NOTICE.kind,),
        checks=(checks.proposal_is_to_stop, checks.family_was_told),
        different_person_from=("propose", "record_visit"),
        effect=effects.end_entitlement,
        outcome=outcomes.of_review,
        hint="自下月起停发。",
        basis=NATIONAL,
    ),
    Step(
        "give_grace",
        "决定渐退、缓退",
        COUNTY,
        (S.PROPOSED, S.TOLD),
        S.GRACE,
        papers=(papers.CHANGE_DECISION.kind,),
        checks=(checks.proposal_is_grace, checks.family_was_told),
        different_person_from=("propose", "record_visit"),
        effect=effects.start_grace,
        outcome=outcomes.of_review,
        basis=PROVINCIAL,
    ),
    Step(
        "close",
        "终止复核",
        (*SECTION, *COUNTY),
        UNDECIDED,
        S.CLOSED,
        needs=(Need("reason", "终止的原因", "long_text"),),
        hint="保障已经因其他原因终止，或复核启动有误时使用。",
    ),
)

_CLOCKS = (
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
        "review",
        "复核办理期限",
        ("open",),
        _DECIDED,
        LIMIT + "review_limit",
        NATIONAL,
        of="镇（街道）和县级民政部门",
    ),
)

_PHASES = (
    Phase("启动复核", (S.OPENED,)),
    Phase("核对入户", (S.VERIFYING,)),
    Phase("提出意见", (S.PROPOSED,)),
    Phase("告知家庭", (S.TOLD,)),
)

DIBAO_REVIEW = CaseType(
    kind=REVIEW,
    label=REVIEW_LABEL,
    basis=BASIS,
    states=ReviewState,
    final=frozenset((S.KEPT, S.CHANGED, S.STOPPED, S.GRACE, S.CLOSED)),
    steps=_STEPS,
    clocks=_CLOCKS,
    series="DBR",
    papers=(*papers.REVIEW_PAPERS, endings.KEPT_NOTICE),
    phases=_PHASES,
)
