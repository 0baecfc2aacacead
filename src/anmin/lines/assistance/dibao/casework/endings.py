"""The letters where nothing is granted and nothing stopped: dibao goes on, or an application is looked into no further."""

from anmin.ground.cases.casetypes import PaperKind
from anmin.ground.cases.letters import addressee, contact, day, new_amount, reckoned, relief, said
from anmin.ground.cases.situation import Situation
from anmin.ground.cases.vocabulary import Outcome
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper, Signature, fields, text
from anmin.lines.assistance.dibao.vocabulary import BASIS, BENEFIT


def _kept_notice(situation: Situation) -> Paper:
    action, proposed = said(situation, "keep"), said(situation, "propose")
    assessed = action.data.get("assessment") or {}
    before, after = action.data.get("amount_before"), assessed.get("amount")
    changed = before is not None and after is not None and before != after
    result = "自下月起保障金额调整如下" if changed else "继续保障，内容不变"
    return Paper(
        title="最低生活保障复核结果通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(f"根据{BASIS}关于定期复核的规定，对你户的家庭经济状况进行了复核，{result}。"),
            *((fields(new_amount(before, after)),) if after is not None else ()),
            text(f"复核说明：{proposed.data['explanation']}"),
            *reckoned(assessed),
            text(f"下次复核在{day(action.data['review_due_on'])}前进行。家庭人口、收入、财产发生变化的，应当及时报告。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


def _termination_notice(situation: Situation) -> Paper:
    action = said(situation, "terminate")
    return Paper(
        title="最低生活保障终止审核通知书",
        red_head=authority().name,
        blocks=(
            addressee(situation),
            text(f"你户于{day(situation.case.opened_on)}提出的最低生活保障申请，根据{BASIS}，决定终止审核确认程序。"),
            text(f"终止的理由：{action.data['reason']}"),
            text("愿意配合调查核对的，可以重新提出申请。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, action.on),
        ),
    )


KEPT_NOTICE = PaperKind(f"{BENEFIT}.kept_notice", "复核结果通知书", "低复", _kept_notice, (Outcome.CHANGED,))
TERMINATION_NOTICE = PaperKind(f"{BENEFIT}.termination_notice", "终止审核通知书", "低终", _termination_notice, (Outcome.REFUSED,))
