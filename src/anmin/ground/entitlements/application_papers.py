"""The papers of the plain application and the plain review; worded once, filled with what the room says of its benefit."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from anmin.base.periods import Month
from anmin.ground.cases import departures
from anmin.ground.cases.casetypes import PaperKind
from anmin.ground.cases.letters import (
    addressee,
    articles,
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
from anmin.ground.cases.situation import Situation
from anmin.ground.cases.vocabulary import Outcome
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper, Signature, chinese_date, fields, table, text
from anmin.ground.entitlements.application_words import RefusalReason
from anmin.ground.entitlements.vocabulary import EndReason

if TYPE_CHECKING:
    from anmin.ground.entitlements.applications import Plain

_Build = Callable[["Plain", Situation], Paper]


def application_papers(plain: "Plain") -> tuple[PaperKind, ...]:
    """Form, notice of acceptance, what is missing, the two refusals, the grant."""
    return (
        _kind(plain, "application_form", "申请表", "申", _application_form),
        _kind(plain, "acceptance_notice", "受理通知书", "受", _acceptance_notice),
        _kind(plain, "missing_papers", "补正材料一次性告知书", "补", _missing_papers, Outcome.UNDETERMINED),
        _kind(plain, "decline_notice", "不予受理通知书", "不受", _decline_notice, Outcome.REFUSED),
        _kind(plain, "confirmation_notice", "给予决定通知书", "定", _confirmation_notice, Outcome.GRANTED),
        _kind(plain, "refusal_notice", "不予给予决定书", "不定", _refusal_notice, Outcome.REFUSED),
    )


def review_papers(plain: "Plain") -> tuple[PaperKind, ...]:
    """What is told beforehand, the notice that it goes on, at which amount, and the notice that it stops."""
    return (
        _kind(plain, "change_notice", "停发告知书", "告", _change_notice),
        _kind(plain, "kept_notice", "复核结果（变更）通知书", "复", _kept_notice, Outcome.CHANGED),
        _kind(plain, "stop_notice", "停发通知书", "停", _stop_notice, Outcome.STOPPED),
    )


def _kind(plain: "Plain", name: str, label: str, series: str, build: _Build, *outcomes: Outcome) -> PaperKind:
    return PaperKind(
        f"{plain.benefit.address}.{name}",
        f"{plain.benefit.label}{label}",
        plain.benefit.label[:1] + series,
        lambda situation: build(plain, situation),
        outcomes,
    )


def _asked(plain: "Plain", situation: Situation) -> str:
    person = plain.beneficiary(situation)
    whom = "" if person.pk == situation.case.applicant_id else f"为{person.name}"
    return f"你于{chinese_date(situation.case.opened_on)}{whom}提出的{plain.benefit.label}申请"


def _application_form(plain: "Plain", situation: Situation) -> Paper:
    action, case, person = said(situation, "apply"), situation.case, plain.beneficiary(situation)
    return Paper(
        title=f"{plain.benefit.label}申请表",
        blocks=(
            fields(
                (
                    ("享受人", person.name),
                    ("公民身份号码", person.identity_mask),
                    ("出生日期", chinese_date(person.birth_on)),
                    ("申请人", case.applicant.name),
                    ("联系电话", case.applicant.phone or "—"),
                    ("家庭住址", case.household.address or case.area.name),
                )
            ),
            text("家庭成员：", indent=False),
            family(situation),
            text(f"申请理由：{action.data.get('reason') or '符合规定的对象条件'}"),
            text("本人承诺：所填写的内容和提交的材料真实、完整；情况变化时及时报告；同意依法查询、比对相关信息。"),
            Signature("申请人（签字、按指印）：", action.on),
        ),
    )


def _acceptance_notice(plain: "Plain", situation: Situation) -> Paper:
    action = said(situation, "accept")
    return Paper(
        title=f"{plain.benefit.label}申请受理通知书",
        blocks=(
            addressee(situation),
            text(f"{_asked(plain, situation)}，材料齐全，予以受理，受理编号为{situation.case.number}。"),
            text(f"审核依据：{plain.basis}。办理过程中不收取任何费用。"),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _missing_papers(plain: "Plain", situation: Situation) -> Paper:
    action = said(situation, "request_papers")
    missing = labels(plain.required_papers, action.data["missing"])
    if other := action.data.get("other"):
        missing.append(str(other))
    return Paper(
        title="补正材料一次性告知书",
        blocks=(
            addressee(situation),
            text(f"{_asked(plain, situation)}收悉。申请材料尚不齐全，现将需要补充的材料一次性告知如下："),
            table(("序号", "需要补充的材料"), ((str(n), item) for n, item in enumerate(missing, 1)), widths=(15, 85)),
            *not_known(action.data.get("assessment")),
            text(f"依据：{plain.basis}。"),
            text("补正材料的时间不计入办理期限。能够通过信息平台查询的材料，无需提供。"),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _decline_notice(plain: "Plain", situation: Situation) -> Paper:
    action = said(situation, "decline")
    return Paper(
        title=f"{plain.benefit.label}申请不予受理通知书",
        blocks=(
            addressee(situation),
            text(f"{_asked(plain, situation)}，经审查，不符合受理条件。"),
            text(f"理由：{action.data['explanation']}"),
            text(f"依据{plain.basis}，决定不予受理。情况发生变化、符合条件的，可以重新提出申请。"),
            relief("本决定"),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _confirmation_notice(plain: "Plain", situation: Situation) -> Paper:
    action = said(situation, "confirm")
    assessed = action.data["assessment"]
    first = Month.from_date(date.fromisoformat(action.data["valid_from"]))
    return Paper(
        title=f"{plain.benefit.label}给予决定通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(f"{_asked(plain, situation)}，经审核符合规定条件。依据{plain.basis}，决定给予{plain.benefit.label}。"),
            fields(
                (
                    ("享受人", plain.beneficiary(situation).name),
                    ("类别", assessed["route"] or "—"),
                    ("每月金额", yuan(assessed["amount"])),
                    ("起始月份", first.label),
                    ("待遇编号", str(action.data["entitlement_number"])),
                )
            ),
            *reckoned(assessed),
            text("金额随标准和个人情况的变化依规调整。情况发生变化的，应当及时报告。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


def _refusal_notice(plain: "Plain", situation: Situation) -> Paper:
    action = said(situation, "refuse")
    assessed = action.data.get("assessment")
    return Paper(
        title=f"{plain.benefit.label}不予给予决定书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(f"{_asked(plain, situation)}，经审核，不符合规定条件。"),
            text(f"理由：{RefusalReason(action.data['reason']).label}。{action.data['explanation']}"),
            *departures.told(action.data),
            *reckoned(assessed),
            text(f"依据{articles(assessed, plain.basis)}，决定不予给予{plain.benefit.label}。"),
            text("情况发生变化、符合条件的，可以重新提出申请。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


def _change_notice(plain: "Plain", situation: Situation) -> Paper:
    action = said(situation, "propose")
    return Paper(
        title=f"{plain.benefit.label}停发告知书",
        blocks=(
            addressee(situation),
            text(f"依据{plain.basis}，对{plain.benefit.label}进行了复核，拟停止发放。"),
            text(f"理由：{EndReason(action.data['end_reason']).label}。{action.data['explanation']}"),
            text("如有不同意见，请在收到本告知书后向我们陈述、申辩，并可提供证明材料。"),
            contact(),
            Signature(town(situation), said(situation, "tell_family", "propose").on),
        ),
    )


def _kept_notice(plain: "Plain", situation: Situation) -> Paper:
    action = said(situation, "keep")
    assessed, before = action.data.get("assessment") or {}, action.data.get("amount_before")
    pays = plain.benefit.pays and assessed.get("amount") is not None
    changed = pays and before != assessed["amount"]
    from_month = Month.parse(action.data["month"]).label if action.data.get("month") else ""
    result = f"自{from_month}起金额变更如下" if changed else "继续享受，内容不变" if pays else "继续认定"
    return Paper(
        title=f"{plain.benefit.label}{'变更' if changed else '复核结果'}通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(f"依据{plain.basis}，对{plain.benefit.label}进行了复核，{result}。"),
            *((fields(new_amount(before, assessed["amount"])),) if pays else ()),
            *((text(f"有效期至{day(action.data['review_due_on'])}。"),) if action.data.get("review_due_on") else ()),
            text(f"复核说明：{action.data.get('explanation') or situation.answer('propose', 'explanation')}"),
            *reckoned(assessed),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


def _stop_notice(plain: "Plain", situation: Situation) -> Paper:
    action, proposed = said(situation, "stop"), said(situation, "propose")
    last = Month.from_date(date.fromisoformat(action.data["valid_until"]))
    return Paper(
        title=f"{plain.benefit.label}停发通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(f"经复核，不再符合{plain.benefit.label}的条件。依据{plain.basis}，决定停发，最后发放月份为{last.label}。"),
            text(f"停发理由：{EndReason(action.data['end_reason']).label}。{proposed.data['explanation']}"),
            *reckoned(action.data.get("assessment")),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )
