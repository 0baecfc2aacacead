"""The papers of tekun casework: those of the plain application, the notice on the board, and how support ends."""

from datetime import date

from anmin.base.periods import Month
from anmin.ground.cases.casetypes import PaperKind
from anmin.ground.cases.letters import addressee, contact, reckoned, relief, said, town, yuan
from anmin.ground.cases.progress import end_of_wait
from anmin.ground.cases.situation import Situation
from anmin.ground.cases.vocabulary import Outcome
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper, Signature, chinese_date, table, text
from anmin.ground.entitlements.application_papers import application_papers, review_papers
from anmin.ground.entitlements.vocabulary import EndReason
from anmin.lines.assistance.tekun.casework.applicant import APPLICANT
from anmin.lines.assistance.tekun.vocabulary import BASIS, BENEFIT


def _notice_sheet(situation: Situation) -> Paper:
    action, end = said(situation, "post_notice"), end_of_wait(situation, "notice")
    return Paper(
        title="特困供养初审结果公示",
        blocks=(
            text(
                f"根据{BASIS}的规定，经调查核对，下列人员拟纳入特困人员救助供养，现予公示。"
                f"公示期七天，自{chinese_date(action.on)}张榜次日起，至{chinese_date(end) if end else '届满'}止。"
            ),
            table(("姓名", "拟供养方式"), ((action.data["shown_name"], action.data["shown_route"]),), widths=(50, 50)),
            text("公示期间如有异议，请以电话、来信、来访等方式反映。我们将为反映人保密。"),
            text(f"公示地点：{action.data['places']}", indent=False),
            contact(),
            Signature(town(situation), action.on),
        ),
    )


def _end_notice(situation: Situation) -> Paper:
    action, proposed = said(situation, "end_support"), said(situation, "propose")
    last = Month.from_date(date.fromisoformat(action.data["valid_until"]))
    funeral = action.data.get("funeral_amount")
    return Paper(
        title="终止特困人员救助供养通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(
                f"根据{BASIS}的规定，因{EndReason(action.data['end_reason']).label}，决定终止{action.data['holder_name']}的"
                f"特困人员救助供养，最后发放月份为{last.label}。"
            ),
            text(f"终止理由：{proposed.data['explanation']}"),
            *reckoned(action.data.get("assessment")),
            *(
                (text(f"丧葬事宜由{action.data['undertaker']}办理，丧葬费{yuan(funeral)}从救助供养经费中列支。"),)
                if funeral
                else ()
            ),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


PLAIN = {each.kind.rpartition(".")[2]: each for each in application_papers(APPLICANT)}
NOTICE_SHEET = PaperKind(f"{BENEFIT}.notice_sheet", "特困供养初审公示", "特公", _notice_sheet)
END_NOTICE = PaperKind(f"{BENEFIT}.end_notice", "终止特困供养通知书", "特终", _end_notice, (Outcome.STOPPED,))
KEPT_NOTICE = next(each for each in review_papers(APPLICANT) if Outcome.CHANGED in each.outcomes)
APPLICATION_PAPERS = (*PLAIN.values(), NOTICE_SHEET)
REVIEW_PAPERS = (KEPT_NOTICE, END_NOTICE)
