"""The papers of temporary assistance: the form, the decision, the refusal."""

from datetime import date

from anmin.ground.cases import departures
from anmin.ground.cases.casetypes import PaperKind
from anmin.ground.cases.letters import addressee, contact, family, reckoned, relief, said, town, yuan
from anmin.ground.cases.situation import Situation
from anmin.ground.cases.vocabulary import Outcome
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper, Signature, chinese_date, fields, text
from anmin.lines.assistance.temporary.vocabulary import BASIS, BENEFIT, EMERGENCY, Cause, RefusalReason, Way


def _event(situation: Situation) -> str:
    opening = said(situation, "report", "apply")
    day = chinese_date(date.fromisoformat(opening.data["happened_on"]))
    return f"{day}{Cause(opening.data['cause']).label}"


def _form(situation: Situation) -> Paper:
    opening = said(situation, "report", "apply")
    urgent = situation.case.kind == EMERGENCY
    return Paper(
        title=f"临时救助申请审批表（{'急难型' if urgent else '支出型'}）",
        blocks=(
            fields(
                (
                    ("申请人", situation.case.applicant.name),
                    ("公民身份号码", situation.case.applicant.identity_mask),
                    ("家庭住址", situation.case.household.address or situation.case.area.name),
                    ("联系电话", situation.case.applicant.phone or "—"),
                    ("事由", _event(situation)),
                    ("需要救助的支出或损失", yuan(opening.data.get("need"))),
                    ("发生地", str(opening.data.get("place") or "—")),
                    ("受助成员", "、".join(opening.data.get("helped_names") or []) or "全体共同生活的家庭成员"),
                )
            ),
            family(situation),
            text(f"情况说明：{opening.data['description']}"),
            text("本人承诺：所填写的内容真实、完整；同意依法核对家庭经济状况；情况不实的，退回救助款。"),
            Signature("申请人（签字、按指印）：", opening.on),
        ),
    )


def _decision(situation: Situation) -> Paper:
    given = said(situation, "aid_first", "aid_small", "confirm")
    by_town = given.step != "confirm"
    how = f"，{Way(given.data['way']).label}" if by_town else "，转入登记的银行账户"
    return Paper(
        title="临时救助决定通知书",
        blocks=(
            addressee(situation),
            text(f"因{_event(situation)}，你家基本生活遇到困难。经审核，给予临时救助{yuan(given.data['amount'])}{how}。"),
            *reckoned(given.data.get("assessment")),
            text(f"依据：{BASIS}。"),
            *((text("请在规定期限内补齐有关材料。"),) if situation.case.kind == EMERGENCY else ()),
            relief("本决定"),
            contact(),
            Signature(town(situation) if by_town else authority().name, given.on),
        ),
    )


def _refusal(situation: Situation) -> Paper:
    refused = said(situation, "refuse")
    return Paper(
        title="不予临时救助通知书",
        blocks=(
            addressee(situation),
            text(f"你因{_event(situation)}提出的临时救助申请，经审核不予救助。"),
            text(f"理由：{RefusalReason(refused.data['reason']).label}。{refused.data.get('explanation') or ''}"),
            *departures.told(refused.data),
            *reckoned(refused.data.get("assessment")),
            text(f"依据：{BASIS}。"),
            relief("本决定"),
            contact(),
            Signature(town(situation) if _by_town(situation) else authority().name, refused.on),
        ),
    )


def _by_town(situation: Situation) -> bool:
    """Whether it ended at the town: nothing of it ever went to the county."""
    return situation.last("propose", "submit", "submit_refusal") is None


def _declined(situation: Situation) -> Paper:
    declined = said(situation, "decline")
    return Paper(
        title="临时救助不予受理通知书",
        blocks=(
            addressee(situation),
            text(f"你因{_event(situation)}提出的临时救助申请，经审查不予受理。"),
            text(f"理由：{declined.data['reason']}"),
            text(f"依据：{BASIS}。"),
            relief("本决定"),
            contact(),
            Signature(town(situation), declined.on),
        ),
    )


FORM = PaperKind(f"{BENEFIT}.form", "临时救助申请审批表", "临申", _form)
DECISION = PaperKind(f"{BENEFIT}.decision", "临时救助决定通知书", "临定", _decision, (Outcome.GRANTED,))
REFUSAL = PaperKind(f"{BENEFIT}.refusal", "不予临时救助通知书", "临不", _refusal, (Outcome.REFUSED,))
DECLINED = PaperKind(f"{BENEFIT}.declined", "临时救助不予受理通知书", "临不受", _declined, (Outcome.REFUSED,))

PAPERS = (FORM, DECISION, REFUSAL, DECLINED)
