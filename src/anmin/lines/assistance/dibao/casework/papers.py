"""The papers of dibao casework, worded as they go to the family; each is built from what the steps recorded."""

from datetime import date

from anmin.base.periods import Month
from anmin.ground.cases import departures
from anmin.ground.cases.casetypes import PaperKind
from anmin.ground.cases.letters import (
    addressee,
    contact,
    day,
    family,
    labels,
    new_amount,
    not_known,
    reckoned,
    relief,
    said,
    town,
    yuan,
)
from anmin.ground.cases.progress import end_of_wait
from anmin.ground.cases.situation import Situation
from anmin.ground.cases.vocabulary import Outcome
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper, Signature, chinese_date, fields, table, text
from anmin.ground.entitlements.vocabulary import EndReason, GraceKind
from anmin.lines.assistance.dibao.casework.assessment import layer_of
from anmin.lines.assistance.dibao.vocabulary import (
    DeclineReason,
    Layer,
    LivingConditions,
    MissingPaper,
    Proposal,
    RefusalReason,
    Route,
)
from anmin.lines.assistance.hardship.vocabulary import name_on

MEASURES = "《最低生活保障审核确认办法》（民发〔2021〕57号）"
INTERIM = "《社会救助暂行办法》"
PROVINCIAL_RULES = "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）"


# --- the application -------------------------------------------------------------------------------------------------


def _application_form(situation: Situation) -> Paper:
    action, case = said(situation, "apply"), situation.case
    return Paper(
        title="最低生活保障申请书",
        blocks=(
            fields(
                (
                    ("申请人", case.applicant.name),
                    ("公民身份号码", case.applicant.identity_mask),
                    ("家庭编号", case.household.number),
                    ("联系电话", case.applicant.phone or "—"),
                    ("家庭住址", case.household.address or case.area.name),
                    ("受托人", str(action.data.get("delegate") or "—")),
                )
            ),
            text("共同生活的家庭成员：", indent=False),
            family(situation),
            text(f"申请理由：{action.data['reason']}"),
            text(
                "本人及家庭成员承诺：所填写的内容和提交的材料真实、完整；家庭人口、收入、财产发生变化的，及时主动报告；"
                f"同意民政部门依法查询、核对家庭经济状况。如有虚假，愿意依照{INTERIM}承担责任，并退回已领取的救助款物。"
            ),
            Signature("申请人（签字、按指印）：", action.on, lines=("家庭成员（签字）：",)),
        ),
    )


def _missing_papers(situation: Situation) -> Paper:
    action = said(situation, "request_papers")
    items = [*labels(MissingPaper, action.data["missing"]), *([action.data["other"]] if action.data.get("other") else [])]
    return Paper(
        title="补正材料一次性告知书",
        blocks=(
            addressee(situation),
            text(
                f"你户于{chinese_date(situation.case.opened_on)}提出的最低生活保障申请收悉。经审查，申请材料尚不齐全。"
                f"根据{MEASURES}的规定，现将需要补充的材料一次性告知如下："
            ),
            table(("序号", "需要补充的材料"), ((str(n), item) for n, item in enumerate(items, 1)), widths=(15, 85)),
            *not_known(action.data.get("assessment")),
            text("请在备齐上述材料后提交至受理窗口。补正材料的时间不计入办理期限。能够通过信息平台查询的材料，无需提供。"),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _acceptance_notice(situation: Situation) -> Paper:
    action = said(situation, "accept")
    return Paper(
        title="最低生活保障申请受理通知书",
        blocks=(
            addressee(situation),
            text(
                f"你户于{chinese_date(situation.case.opened_on)}提出的最低生活保障申请，材料齐全，符合受理条件。"
                f"根据{MEASURES}的规定，予以受理，受理编号为{situation.case.number}。"
            ),
            text(
                "受理后，我们将对你户的家庭经济状况开展信息核对和入户调查，请你和家庭成员予以配合。"
                "审核确认工作自受理之日起三十个工作日内完成；情况特殊的，可以延长至四十五个工作日。公示和异议复查的时间另计。"
            ),
            text("办理过程中不收取任何费用。家庭人口、收入、财产发生变化的，请及时告知。"),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _decline_notice(situation: Situation) -> Paper:
    action = said(situation, "decline")
    reason = str(DeclineReason(action.data["reason"]).label)
    explanation = action.data.get("explanation")
    return Paper(
        title="最低生活保障申请不予受理通知书",
        blocks=(
            addressee(situation),
            text(f"你户于{chinese_date(situation.case.opened_on)}提出的最低生活保障申请，经审查，不符合受理条件。"),
            text(f"不予受理的理由：{reason}。" + (str(explanation) if explanation else "")),
            text(f"依据{MEASURES}的规定，决定不予受理。家庭情况发生变化、符合条件的，可以重新提出申请。"),
            relief("本决定"),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _visit_form(situation: Situation) -> Paper:
    action = said(situation, "record_visit", "record_county_visit")
    other = action.data.get("other_investigator")
    investigators = [*action.data["investigators_names"], *([other] if other else [])]
    return Paper(
        title="家庭经济状况入户调查表",
        blocks=(
            fields(
                (
                    ("申请人", situation.case.applicant.name),
                    ("家庭编号", situation.case.household.number),
                    ("家庭住址", situation.case.household.address or situation.case.area.name),
                    ("入户日期", day(action.data["visited_on"])),
                    ("调查人员", "、".join(investigators)),
                    ("事项编号", situation.case.number),
                )
            ),
            family(situation),
            fields(
                (
                    ("居住和生活状况", "；".join(labels(LivingConditions, action.data.get("conditions")))),
                    ("调查情况", str(action.data["findings"])),
                    ("邻里访问情况", str(action.data.get("neighbours") or "—")),
                ),
                columns=1,
            ),
            Signature("调查人员（签字）：", action.on, lines=("被调查人（签字）：",)),
        ),
    )


def _notice_sheet(situation: Situation) -> Paper:
    action = said(situation, "post_notice")
    end = end_of_wait(situation, "notice")
    rows = ((action.data["shown_name"], f"{action.data['shown_persons']}人", yuan(action.data["shown_amount"])),)
    called = _called(situation, action.on)
    family = called.removesuffix("家庭") + "家庭"
    return Paper(
        title=f"{called}初审结果公示",
        blocks=(
            text(
                f"根据{MEASURES}的规定，经家庭经济状况核对和入户调查，下列家庭拟确认为{family}，现予公示。"
                f"公示期七天，自{chinese_date(action.on)}张榜次日起，至{chinese_date(end) if end else '届满'}止。"
            ),
            table(("申请人", "拟保障人数", "拟保障金额（每月）"), rows, widths=(34, 30, 36)),
            text("公示期间如有异议，请以电话、来信、来访等方式反映，反映情况应当实事求是。我们将为反映人保密。"),
            text(f"公示地点：{action.data['places']}", indent=False),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _confirmation_notice(situation: Situation) -> Paper:
    action = said(situation, "confirm")
    assessed = action.data.get("assessment") or {}
    first = date.fromisoformat(action.data["valid_from"])
    if layer_of(situation) is not Layer.DIBAO:
        return _recognition_notice(situation, first)
    route = str(Route(situation.answer("examine", "route")).label)
    return Paper(
        title="最低生活保障确认通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(
                f"你户于{chinese_date(situation.case.opened_on)}提出的最低生活保障申请，经信息核对、入户调查、公示和审核，"
                f"符合规定条件。根据{INTERIM}、{MEASURES}和{PROVINCIAL_RULES}，决定予以确认。"
            ),
            fields(
                (
                    ("保障方式", route),
                    ("保障人数", f"{len(action.data['covered_names'])}人"),
                    ("保障成员", "、".join(action.data["covered_names"])),
                    ("每月保障金额", yuan(assessed.get("amount"))),
                    ("起始月份", f"{first.year}年{first.month}月"),
                    ("待遇编号", str(action.data["entitlement_number"])),
                )
            ),
            *reckoned(assessed),
            text("保障金额随最低生活保障标准和家庭经济状况的变化依规调整，按月通过银行账户发放。"),
            text("家庭人口、收入、财产发生变化的，应当及时报告，并配合定期复核。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


def _called(situation: Situation, on: date) -> str:
    """What the class that is proposed is called on a day."""
    layer = layer_of(situation)
    return name_on(on) if layer is Layer.HARDSHIP else str(layer.label)


def _recognition_notice(situation: Situation, first: date) -> Paper:
    """The letter of a class without monthly money."""
    action = said(situation, "confirm")
    called = _called(situation, action.on)
    due = situation.case.granted.values_list("review_due_on", flat=True).first() if situation.case.pk else None
    return Paper(
        title=f"{called}认定通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(
                f"你户于{chinese_date(situation.case.opened_on)}提出的社会救助申请，经信息核对、入户调查、公示和审核，"
                f"按照一次申请、分类认定，符合{called}的规定条件，决定予以认定。"
            ),
            fields(
                (
                    ("认定类别", called),
                    ("认定人数", f"{len(action.data['covered_names'])}人"),
                    ("认定成员", "、".join(action.data["covered_names"])),
                    ("起始月份", f"{first.year}年{first.month}月"),
                    ("认定编号", str(action.data["entitlement_number"])),
                    *((("有效期至", chinese_date(due)),) if due else ()),
                )
            ),
            *reckoned(action.data.get("assessment")),
            text("本认定不按月发放保障金；符合条件的，可以申请医疗、教育、住房、就业等专项救助和临时救助。"),
            text("家庭人口、收入、财产发生变化的，应当及时报告；期满仍有困难的，可以重新申请。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


def _refusal_notice(situation: Situation) -> Paper:
    action = said(situation, "refuse")
    hint = action.data.get("hint")
    layer = layer_of(situation)
    applied = str(Layer.DIBAO.label) if layer is Layer.DIBAO else _called(situation, action.on)
    return Paper(
        title=f"{applied}不予确认通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(
                f"你户于{chinese_date(situation.case.opened_on)}提出的{applied}申请，经信息核对、入户调查和审核，不符合规定条件。"
            ),
            text(f"不予确认的理由：{RefusalReason(action.data['reason']).label}。{action.data['explanation']}"),
            *departures.told(action.data),
            *reckoned(action.data.get("assessment")),
            text(f"依据{action.data['article']}，决定不予确认。"),
            *((text(str(hint)),) if hint else ()),
            text("家庭情况发生变化、符合条件的，可以重新提出申请。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


# --- the review ------------------------------------------------------------------------------------------------------


def _change_told(situation: Situation) -> Paper:
    action = said(situation, "propose")
    proposal = Proposal(action.data["proposal"])
    reason = action.data.get("end_reason")
    removed = "、".join(action.data.get("removed_names") or [])
    what = {
        Proposal.STOP: "拟停发你户最低生活保障金",
        Proposal.GRACE: "拟对你户实行渐退、缓退，期满后停发最低生活保障金",
    }.get(proposal, f"拟停止{removed}的最低生活保障" if removed else "拟调整你户最低生活保障成员")
    return Paper(
        title="最低生活保障停发（调整）事先告知书",
        blocks=(
            addressee(situation),
            text(f"根据{MEASURES}关于定期复核的规定，对你户的家庭经济状况进行了复核，{what}。"),
            text("理由：" + (f"{EndReason(reason).label}。" if reason else "") + str(action.data["explanation"])),
            text("如对上述情况有不同意见，请在收到本告知书后向我们陈述、申辩，并可提供证明材料。"),
            contact(),
            Signature(town(situation), said(situation, "tell_family", "propose").on),
        ),
    )


def _change_decided(situation: Situation) -> Paper:
    action, proposed = said(situation, "change", "give_grace"), said(situation, "propose")
    assessed, first = action.data.get("assessment") or {}, action.data.get("valid_from")
    removed, added = ("、".join(proposed.data.get(name) or ()) for name in ("removed_names", "added_names"))
    grace = GraceKind(proposed.data["grace_kind"]).label if action.step == "give_grace" else ""
    return Paper(
        title="最低生活保障变更通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(
                f"经复核，根据{MEASURES}和{PROVINCIAL_RULES}的规定，决定"
                + (f"对你户实行{grace}" if grace else "变更你户的最低生活保障")
                + (f"，自{Month.from_date(date.fromisoformat(first)).label}起执行。" if first else "。")
            ),
            fields(
                (
                    *((("停止保障的成员", removed),) if removed else ()),
                    *((("增加保障的成员", added),) if added else ()),
                    *new_amount(action.data.get("amount_before"), assessed.get("amount")),
                )
            ),
            text(f"变更理由：{proposed.data['explanation']}"),
            *reckoned(assessed),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


def _stop_notice(situation: Situation) -> Paper:
    action, proposed = said(situation, "stop"), said(situation, "propose")
    last = date.fromisoformat(action.data["valid_until"])
    return Paper(
        title="最低生活保障停发通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(
                f"经复核，你户不再符合最低生活保障条件。根据{INTERIM}和{MEASURES}的规定，决定停发你户最低生活保障金，"
                f"最后发放月份为{last.year}年{last.month}月。"
            ),
            text(f"停发理由：{EndReason(action.data['end_reason']).label}。{proposed.data['explanation']}"),
            *reckoned(action.data.get("assessment")),
            text("家庭情况发生变化、符合条件的，可以重新提出申请；生活遇到突发困难的，可以申请临时救助。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


_PREFIX = "assistance.dibao."

APPLICATION_FORM = PaperKind(_PREFIX + "application_form", "最低生活保障申请书", "低申表", _application_form)
MISSING_PAPERS = PaperKind(_PREFIX + "missing_papers", "补正材料一次性告知书", "低补", _missing_papers, (Outcome.UNDETERMINED,))
ACCEPTANCE_NOTICE = PaperKind(_PREFIX + "acceptance_notice", "受理通知书", "低受", _acceptance_notice)
DECLINE_NOTICE = PaperKind(_PREFIX + "decline_notice", "不予受理通知书", "低不受", _decline_notice, (Outcome.REFUSED,))
VISIT_FORM = PaperKind(_PREFIX + "visit_form", "入户调查表", "低调", _visit_form)
NOTICE_SHEET = PaperKind(_PREFIX + "notice_sheet", "公示单", "低示", _notice_sheet)
CONFIRMATION_NOTICE = PaperKind(_PREFIX + "confirmation_notice", "确认通知书", "低确", _confirmation_notice, (Outcome.GRANTED,))
REFUSAL_NOTICE = PaperKind(_PREFIX + "refusal_notice", "不予确认通知书", "低不确", _refusal_notice, (Outcome.REFUSED,))
CHANGE_NOTICE = PaperKind(_PREFIX + "change_notice", "停发（调整）告知书", "低告", _change_told)
CHANGE_DECISION = PaperKind(_PREFIX + "change_decision", "变更通知书", "低变", _change_decided, (Outcome.CHANGED,))
STOP_NOTICE = PaperKind(_PREFIX + "stop_notice", "停发通知书", "低停", _stop_notice, (Outcome.STOPPED,))

APPLICATION_PAPERS = (
    APPLICATION_FORM,
    MISSING_PAPERS,
    ACCEPTANCE_NOTICE,
    DECLINE_NOTICE,
    VISIT_FORM,
    NOTICE_SHEET,
    CONFIRMATION_NOTICE,
    REFUSAL_NOTICE,
)
REVIEW_PAPERS = (VISIT_FORM, CHANGE_NOTICE, CHANGE_DECISION, STOP_NOTICE)
