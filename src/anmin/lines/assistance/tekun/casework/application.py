"""The tekun application, from the counter over notice and spot check to the confirmation, as a declared case type."""

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import CaseType, Clock, Need, Phase, Step
from anmin.ground.cases.departures import DEPARTURE
from anmin.ground.entitlements.application_words import Opinion, RefusalReason
from anmin.lines.assistance.dibao.casework import checks as dibao_checks
from anmin.lines.assistance.dibao.casework.verifying import verification_steps
from anmin.lines.assistance.dibao.vocabulary import ObjectionChannel, Service
from anmin.lines.assistance.tekun.casework import papers
from anmin.lines.assistance.tekun.casework.applicant import APPLICANT, LIMIT
from anmin.lines.assistance.tekun.vocabulary import (
    APPLICATION,
    APPLICATION_LABEL,
    BASIS,
    NATIONAL,
    ApplicationState,
    CareItem,
    NeededPaper,
    Route,
)

S = ApplicationState
TOWN, SECTION, COUNTY = (Role.TOWN_CLERK,), (Role.SECTION_REVIEWER,), (Role.DECISION_MAKER,)
AT_THE_COUNTY = (S.SUBMITTED, S.REVIEWED)
UNDECIDED = (
    S.APPLIED, S.PAPERS_REQUESTED, S.ACCEPTED, S.EXAMINED, S.ON_NOTICE, S.OBJECTED, S.NOTICE_CLOSED, *AT_THE_COUNTY,
)  # fmt: skip

VISIT_NEEDS = (
    Need("visited_on", "入户日期", "date"),
    Need("items_lost", "不能自理的事项", "checklist", required=False, choices=CareItem, hint="六项都能自理的不选"),
    Need("findings", "劳动能力、生活来源、义务人和生活自理情况", "long_text"),
)

_INTAKE = (
    Step(
        "apply", "提出申请", TOWN, (), S.APPLIED,
        needs=(
            Need("beneficiary", "为谁申请", "people", required=False, hint="一人；不选即为申请人本人"),
            Need("payee", "领款人", "people", required=False, hint="一人；不选即为本人"),
            Need("reason", "申请理由", "long_text"),
            Need(
                "gives_up_stipend", "放弃孤儿等儿童保障，选择特困", "yes_no", required=False,
                hint="特困与孤儿、事实无人抚养儿童保障只能选择一项",
            ),
            Need("delegate", "受托人姓名", "text", required=False, hint="村（居）可以主动代办"),
            Need("files", "申请材料", "files", required=False),
        ),
        papers=(papers.PLAIN["application_form"].kind,),
        data_checks=(APPLICANT.alive_and_here, APPLICANT.not_held_yet, APPLICANT.not_asked_twice),
        effect=APPLICANT.keep_choice, hint="有残疾人证的须附残疾人证。", basis=NATIONAL,
    ),
    Step("accept", "受理", TOWN, (S.APPLIED,), S.ACCEPTED, papers=(papers.PLAIN["acceptance_notice"].kind,), basis=NATIONAL),
    Step(
        "request_papers", "一次性告知补正", TOWN, (S.APPLIED,), S.PAPERS_REQUESTED,
        needs=(
            Need("missing", "需要补正的材料", "checklist", choices=NeededPaper),
            Need("other", "其他", "text", required=False),
        ),
        papers=(papers.PLAIN["missing_papers"].kind,), once=True, basis=NATIONAL,
    ),
    Step(
        "supply_papers", "补正材料", TOWN, (S.PAPERS_REQUESTED,), S.APPLIED,
        needs=(Need("supplied", "已经补正的材料", "checklist", choices=NeededPaper),),
        data_checks=(APPLICANT.every_paper_supplied,), basis=NATIONAL,
    ),
    Step(
        "decline", "不予受理", TOWN, (S.APPLIED, S.PAPERS_REQUESTED), S.DECLINED,
        needs=(Need("explanation", "不予受理的理由", "long_text"),),
        papers=(papers.PLAIN["decline_notice"].kind,), basis=NATIONAL,
    ),
    *verification_steps(asked_from=(S.ACCEPTED,), leads_to=None, verifying=S.ACCEPTED),
    Step(
        "record_visit", "入户调查和自理能力评估", TOWN, (S.ACCEPTED, S.OBJECTED), None, needs=VISIT_NEEDS,
        data_checks=(dibao_checks.visited_in_the_case,), effect=APPLICANT.record_care,
        hint="吃饭、穿衣、上下床、如厕、室内行走、洗澡六项，逐项评估。", basis=NATIONAL,
    ),
)  # fmt: skip

_NOTICE = (
    Step(
        "examine", "提出初审意见", TOWN, (S.ACCEPTED,), S.EXAMINED,
        needs=(
            Need("opinion", "初审意见", "choice", choices=Opinion),
            Need("route", "供养方式", "choice", required=False, choices=Route, hint="拟同意时填写"),
            Need("explanation", "意见说明", "long_text", required=False),
            DEPARTURE,
        ),
        checks=(APPLICANT.visited, dibao_checks.has_valid_report),
        data_checks=(APPLICANT.opinion_is_complete, APPLICANT.rules_allow_the_opinion, APPLICANT.departure_is_reasoned),
        effect=APPLICANT.keep_assessment, basis=NATIONAL,
    ),
    Step(
        "post_notice", "公示", TOWN, (S.EXAMINED,), S.ON_NOTICE,
        needs=(Need("places", "公示地点", "text"),), papers=(papers.NOTICE_SHEET.kind,),
        checks=(APPLICANT.may_be_posted,), effect=APPLICANT.masked_for_notice,
        hint="公示七天；未成年人不公示。", basis=NATIONAL,
    ),
    Step(
        "raise_objection", "登记异议", TOWN, (S.ON_NOTICE,), S.OBJECTED,
        needs=(Need("channel", "反映方式", "choice", choices=ObjectionChannel), Need("content", "异议内容", "long_text")),
        basis=NATIONAL,
    ),
    Step(
        "resolve_objection", "异议不成立，继续公示", TOWN, (S.OBJECTED,), S.ON_NOTICE,
        needs=(Need("conclusion", "复查结论", "long_text"),), basis=NATIONAL,
    ),
    Step(
        "uphold_objection", "异议成立，重新调查", TOWN, (S.OBJECTED,), S.ACCEPTED,
        needs=(Need("conclusion", "复查结论", "long_text"),), basis=NATIONAL,
    ),
    Step("close_notice", "公示完毕", TOWN, (S.ON_NOTICE,), S.NOTICE_CLOSED, checks=(APPLICANT.notice_is_over,), basis=NATIONAL),
    Step(
        "submit", "报送县级民政部门", TOWN, (S.EXAMINED, S.NOTICE_CLOSED), S.SUBMITTED,
        checks=(APPLICANT.notice_hung_if_granting,), basis=NATIONAL,
    ),
)  # fmt: skip

_DECISION = (
    Step(
        "spot_check", "县级抽查", SECTION, (S.SUBMITTED,), None,
        needs=(Need("checked_on", "抽查日期", "date"), Need("findings", "抽查情况", "long_text")),
        hint="随机抽查不低于30%。", basis=NATIONAL,
    ),
    Step(
        "review_file", "县级审核材料", SECTION, (S.SUBMITTED,), S.REVIEWED,
        needs=(
            Need("opinion", "审核意见", "choice", choices=Opinion), Need("explanation", "意见说明", "text", required=False),
            DEPARTURE,
        ),
        checks=(APPLICANT.spot_checked_if_drawn,),
        data_checks=(APPLICANT.grant_rests_on_the_town, APPLICANT.departure_is_reasoned),
        different_person_from=("examine",), basis=NATIONAL,
    ),
    Step(
        "confirm", "确认", COUNTY, (S.REVIEWED,), S.CONFIRMED, papers=(papers.PLAIN["confirmation_notice"].kind,),
        checks=(APPLICANT.county_agrees, dibao_checks.has_valid_report), data_checks=(APPLICANT.rules_still_grant,),
        different_person_from=("examine", "review_file", "record_visit"), effect=APPLICANT.grant,
        hint="自下月起供养；已享受的低保、儿童保障等于本月底终止。", basis=NATIONAL,
    ),
    Step(
        "refuse", "不予确认", COUNTY, (S.REVIEWED,), S.REFUSED,
        needs=(
            Need("reason", "理由", "choice", choices=RefusalReason),
            Need("explanation", "具体情况", "long_text", hint="将写入通知书"),
            DEPARTURE,
        ),
        papers=(papers.PLAIN["refusal_notice"].kind,), data_checks=(APPLICANT.departure_is_reasoned,),
        different_person_from=("examine", "review_file", "record_visit"), effect=APPLICANT.keep_assessment, basis=NATIONAL,
    ),
    Step(
        "send_refusal_notice", "送达不予确认通知书", TOWN, (S.REFUSED,), S.REFUSAL_SERVED,
        needs=(Need("service", "送达方式", "choice", choices=Service), Need("served_on", "送达日期", "date")),
        data_checks=(dibao_checks.served_after_decision,), basis=NATIONAL,
    ),
    Step(
        "return_to_town", "退回重新调查", (*SECTION, *COUNTY), AT_THE_COUNTY, S.ACCEPTED,
        needs=(Need("reason", "退回的原因", "long_text"),), basis=NATIONAL,
    ),
    Step("withdraw", "撤回申请", TOWN, UNDECIDED, S.WITHDRAWN, needs=(Need("reason", "撤回的原因", "text"),)),
)  # fmt: skip

_TOWN, _COUNTY = "镇（街道）", "县级民政部门"
_CLOCKS = (
    Clock(
        "acceptance", "受理期限", ("apply",), ("accept", "decline"), LIMIT + "acceptance_limit", NATIONAL,
        suspended_in=(S.PAPERS_REQUESTED,), of=_TOWN,
    ),
    Clock("town_opinion", "初审意见期限", ("accept",), ("examine",), LIMIT + "town_opinion_limit", NATIONAL, of=_TOWN),
    Clock(
        "notice", "公示期", ("post_notice",), ("close_notice", "uphold_objection"), LIMIT + "notice_days", NATIONAL,
        suspended_in=(S.OBJECTED,), waits=True, of=_TOWN,
    ),
    Clock(
        "objection", "异议复查期限", ("raise_objection",), ("resolve_objection", "uphold_objection"),
        LIMIT + "objection_limit", NATIONAL, of=_TOWN,
    ),
    Clock(
        "county_decision", "县级审核确认期限", ("submit",), ("confirm", "refuse", "return_to_town"),
        LIMIT + "county_decision_limit", NATIONAL, of=_COUNTY,
    ),
    Clock(
        "refusal_notice", "书面告知期限", ("refuse",), ("send_refusal_notice",), LIMIT + "refusal_notice_limit", NATIONAL,
        of=_TOWN,
    ),
)  # fmt: skip

TEKUN_APPLICATION = CaseType(
    kind=APPLICATION,
    label=APPLICATION_LABEL,
    basis=BASIS,
    states=ApplicationState,
    final=frozenset((S.CONFIRMED, S.REFUSAL_SERVED, S.DECLINED, S.WITHDRAWN)),
    steps=(*_INTAKE, *_NOTICE, *_DECISION),
    clocks=_CLOCKS,
    series="TKA",
    papers=papers.APPLICATION_PAPERS,
    phases=(
        Phase("申请受理", (S.APPLIED, S.PAPERS_REQUESTED)),
        Phase("调查核对", (S.ACCEPTED,)),
        Phase("初审公示", (S.EXAMINED, S.ON_NOTICE, S.OBJECTED, S.NOTICE_CLOSED)),
        Phase("县级审核", (S.SUBMITTED,)),
        Phase("审核确认", (S.REVIEWED, S.REFUSED)),
    ),
)
