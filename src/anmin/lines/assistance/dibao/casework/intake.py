"""The first half of the application: at the counter, verification, visits."""

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import Need, Step
from anmin.lines.assistance.dibao.casework import checks, effects, papers
from anmin.lines.assistance.dibao.casework.verifying import TOWN, verification_steps
from anmin.lines.assistance.dibao.vocabulary import (
    NATIONAL,
    ApplicationState,
    AppraisalResult,
    DeclineReason,
    LivingConditions,
    MissingPaper,
    NearRelative,
)

S = ApplicationState
COUNTY = (Role.DECISION_MAKER,)

BEFORE_ACCEPTANCE = (S.APPLIED, S.PAPERS_REQUESTED)
AT_THE_TOWN = (S.ACCEPTED, S.SURVEYING, S.EXAMINED, S.ON_NOTICE, S.OBJECTED, S.NOTICE_CLOSED)
AT_THE_COUNTY = (S.SUBMITTED, S.REVIEWED)
UNDECIDED = (*BEFORE_ACCEPTANCE, *AT_THE_TOWN, *AT_THE_COUNTY)

INTAKE_STEPS = (
    Step(
        "apply",
        "提出申请",
        TOWN,
        (),
        S.APPLIED,
        needs=(
            Need("reason", "申请理由", "long_text"),
            Need("applied_for", "申请保障的成员", "people", required=False, hint="不选即为全体共同生活的家庭成员"),
            Need("delegate", "受托人姓名", "text", required=False, hint="委托他人代办时填写，并留存委托书"),
            Need("files", "申请材料", "files", required=False),
        ),
        papers=(papers.APPLICATION_FORM.kind,),
        checks=(checks.no_open_application,),
        data_checks=(checks.applicant_is_alive_member, checks.applied_for_live_here),
        basis=NATIONAL,
    ),
    Step(
        "accept",
        "受理",
        TOWN,
        (S.APPLIED,),
        S.ACCEPTED,
        papers=(papers.ACCEPTANCE_NOTICE.kind,),
        basis=NATIONAL,
    ),
    Step(
        "request_papers",
        "一次性告知补正",
        TOWN,
        (S.APPLIED,),
        S.PAPERS_REQUESTED,
        needs=(
            Need("missing", "需要补正的材料", "checklist", choices=MissingPaper),
            Need("other", "其他需要补正的材料", "text", required=False),
        ),
        papers=(papers.MISSING_PAPERS.kind,),
        once=True,
        effect=effects.record_what_is_not_known,
        hint="应当一次性告知全部需要补正的材料；能够通过平台查询的，不得要求提供。",
        basis=NATIONAL,
    ),
    Step(
        "supply_papers",
        "补正材料",
        TOWN,
        (S.PAPERS_REQUESTED,),
        S.APPLIED,
        needs=(
            Need("supplied", "已经补正的材料", "checklist", choices=MissingPaper),
            Need("files", "补正的材料", "files", required=False),
        ),
        data_checks=(checks.every_missing_paper_supplied,),
        basis=NATIONAL,
    ),
    Step(
        "decline",
        "不予受理",
        TOWN,
        BEFORE_ACCEPTANCE,
        S.DECLINED,
        needs=(
            Need("reason", "不予受理的理由", "choice", choices=DeclineReason),
            Need("explanation", "说明", "long_text", required=False),
        ),
        papers=(papers.DECLINE_NOTICE.kind,),
        basis=NATIONAL,
    ),
    Step(
        "file_near_relative",
        "近亲属备案",
        TOWN,
        (*BEFORE_ACCEPTANCE, *AT_THE_TOWN),
        None,
        needs=(
            Need("relation_kind", "类别", "choice", choices=NearRelative),
            Need("relative", "经办人员或村（居）委会成员姓名", "text"),
            Need("kinship", "亲属关系", "text"),
        ),
        once=True,
        hint="备案后，县级民政部门须入户调查。",
        basis=NATIONAL,
    ),
    Step("start_survey", "启动家庭经济状况调查", TOWN, (S.ACCEPTED,), S.SURVEYING, basis=NATIONAL),
    *verification_steps(asked_from=(S.SURVEYING,), leads_to=None, verifying=S.SURVEYING),
    Step(
        "record_visit",
        "入户调查",
        TOWN,
        (S.SURVEYING, S.OBJECTED),
        None,
        needs=(
            Need("visited_on", "入户日期", "date"),
            Need("investigators", "调查人员（工作人员）", "staff"),
            Need("other_investigator", "参加调查的村（居）工作人员", "text", required=False),
            Need("conditions", "居住和生活状况", "checklist", choices=LivingConditions),
            Need("findings", "调查情况", "long_text"),
            Need("neighbours", "邻里访问情况", "long_text", required=False),
            Need("files", "调查照片和签字表", "files", required=False),
        ),
        papers=(papers.VISIT_FORM.kind,),
        data_checks=(checks.two_investigators, checks.visited_in_the_case),
        basis=NATIONAL,
    ),
    Step(
        "appraise",
        "民主评议",
        TOWN,
        (S.SURVEYING, S.OBJECTED),
        None,
        needs=(
            Need("held_on", "评议日期", "date"),
            Need("attendance", "参加人数", "count"),
            Need("result", "评议结果", "choice", choices=AppraisalResult),
            Need("opinion", "评议意见", "long_text", required=False),
        ),
        data_checks=(checks.held_in_the_case,),
        hint="对调查结果有异议或难以核实的，可以组织民主评议。",
        basis=NATIONAL,
    ),
)
