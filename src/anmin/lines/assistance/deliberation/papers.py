"""The minutes of a deliberation, as the members sign them."""

from typing import Any

from anmin.base.money import format_yuan
from anmin.ground.cases.casetypes import PaperKind
from anmin.ground.cases.letters import said
from anmin.ground.cases.situation import Situation
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper, Signature, fields, table, text
from anmin.lines.assistance.deliberation.models import Vote
from anmin.lines.assistance.deliberation.vocabulary import ADDRESS, BASIS, Choice, Obstacle, ResolutionKind


def _minutes(situation: Situation) -> Paper:
    raised, met, decided = said(situation, "raise"), said(situation, "record_attendance"), said(situation, "agree", "reject")
    cast = Vote.objects.filter(case_id=situation.case.pk).select_related("member").order_by("id")
    agreed = decided.step == "agree"
    return Paper(
        title="社会救助“一事一议”会议纪要",
        blocks=(
            fields(
                (
                    ("事项编号", situation.case.number),
                    ("针对的办件", str(raised.data["about"])),
                    ("家庭", f"{situation.case.applicant.name}（{situation.case.household.number}）"),
                    ("开会日期", str(met.data["held_on"])),
                    ("主持人", str(met.data["chair"])),
                    ("缺席", str(met.data.get("absent") or "无")),
                )
            ),
            text(
                f"提请事项：{ResolutionKind(raised.data['kind']).label}。阻碍办理的规定：{Obstacle(raised.data['obstacle']).label}。"
            ),
            text(f"家庭情况和特殊困难：{raised.data['problem']}"),
            text(f"提请建议：{raised.data['proposal']}"),
            table(("到会成员", "表决意见", "理由"), ((v.member.name, Choice(v.choice).label, v.reason or "—") for v in cast)),
            text(f"会议意见：{decided.data['minutes']}"),
            text(f"决定：{_decision(decided.data, agreed)}"),
            text(f"依据：{BASIS}。本决定只对所针对的办件有效。"),
            Signature(authority().name, decided.on, ("到会成员签字：",)),
        ),
    )


def _decision(data: dict[str, Any], agreed: bool) -> str:
    if not agreed:
        return "不同意提请的事项。"
    money = f"，金额不超过{format_yuan(data['amount'])}元" if data.get("amount") else ""
    return f"同意提请的事项{money}。有效期至{data['valid_until']}，{data['review_on']}前复核。"


MINUTES = PaperKind(f"{ADDRESS}.minutes", "一事一议会议纪要", "议纪", _minutes)
