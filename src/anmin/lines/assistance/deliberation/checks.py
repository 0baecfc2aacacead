"""What must be so before a step of a deliberation; each answers with the reason in Chinese, or with nothing."""

from datetime import date

from anmin.base.periods import Month
from anmin.ground.accounts import queries as accounts
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases import progress
from anmin.ground.cases.models import Case
from anmin.ground.cases.situation import Situation
from anmin.ground.policy.book import policy
from anmin.lines.assistance.deliberation.models import Vote
from anmin.lines.assistance.deliberation.vocabulary import ADDRESS, DELIBERATION, Choice, ResolutionKind

PANEL = (Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER, Role.TOWN_CLERK)
"""Whose vote counts."""


def number(name: str, on: date) -> int:
    """A figure of the procedure."""
    return policy().number(f"{ADDRESS}.{name}", on=on)


def about(situation: Situation) -> Case | None:
    """The case it is about: by the number filled in, or as raised."""
    wanted = situation.data.get("about") or situation.answer("raise", "about")
    return Case.objects.filter(number=str(wanted).strip(), household_id=situation.case.household_id).first()


def is_about_a_case_of_the_family(situation: Situation) -> str | None:
    found = about(situation)
    if found is None:
        return f"没有编号为“{situation.data['about']}”的本户办件，请填写被规定挡住的那一件的编号。"
    if found.kind == DELIBERATION:
        return "一事一议不能针对另一件一事一议，请填写原来的办件编号。"
    return None


def nothing_open(situation: Situation) -> str | None:
    open_one = progress.open_case_of(household_id=situation.case.household_id, kind=DELIBERATION)
    return f"该家庭已有正在办理的一事一议（{open_one}），请先办结。" if open_one else None


def money_has_an_amount(situation: Situation) -> str | None:
    if situation.data["kind"] == ResolutionKind.AID_OVER_LIMIT and not situation.data.get("amount"):
        return "提请超上限、超次数临时救助的，请填写建议救助的金额。"
    return None


def panel_is_large_enough(situation: Situation) -> str | None:
    least, panel = number("members_least", situation.on), situation.data["panel"]
    if len(panel) < least:
        return f"参加会议的成员不得少于{least}人，现在只有{len(panel)}人。"
    return None


def panel_may_vote(situation: Situation) -> str | None:
    """Nobody is called who could not vote on this case: their missing vote would hold it up for ever."""
    path = situation.case.area.path
    called = [accounts.actor_of(staff_id=each, on=situation.on) for each in situation.data["panel"]]
    if mute := "、".join(each.name for each in called if not each.has(*PANEL, at=path)):
        return f"{mute}的岗位不能对本件表决，请另选成员；需要到场的，填写在“列席人员”中。"
    return None


def panel(situation: Situation) -> list[int]:
    """Who was called."""
    return list(situation.answer("convene", "panel") or [])


def attended(situation: Situation) -> list[int]:
    """Who came."""
    return list(situation.answer("record_attendance", "attended") or [])


def quorum_is_there(situation: Situation) -> str | None:
    came, least = situation.data["attended"], number("members_least", situation.on)
    if strangers := set(came) - set(panel(situation)):
        return f"到会名单中有{len(strangers)}人不是召集的成员，请核对。"
    if len(came) < least:
        return f"到会{len(came)}人，不足{least}人，不能表决；请改期重新召集。"
    return None


def held_after_convening(situation: Situation) -> str | None:
    held = date.fromisoformat(situation.data["held_on"])
    called = situation.last("convene")
    if held > situation.on or (called is not None and held < called.on):
        return "开会日期应在召集之后、登记之前，请检查。"
    return None


def sits_on_the_panel(situation: Situation) -> str | None:
    if situation.actor.id not in attended(situation):
        return "只有到会的成员可以表决。"
    return None


def has_not_voted(situation: Situation) -> str | None:
    if Vote.objects.filter(case_id=situation.case.pk, member_id=situation.actor.id).exists():
        return "您已经表决，每人只有一票，不能更改。"
    return None


def everybody_voted(situation: Situation) -> str | None:
    voted = set(votes(situation))
    missing = [each for each in attended(situation) if each not in voted]
    return f"还有{len(missing)}名到会成员没有表决，表决完毕后再作结论。" if missing else None


def votes(situation: Situation) -> dict[int, str]:
    """How each member voted."""
    if "votes" not in situation.memo:
        found = Vote.objects.filter(case_id=situation.case.pk).values_list("member_id", "choice") if situation.case.pk else []
        situation.memo["votes"] = dict(found)
    made: dict[int, str] = situation.memo["votes"]
    return made


def in_favour(situation: Situation) -> int:
    """How many agreed."""
    return sum(choice == Choice.AGREE for choice in votes(situation).values())


def _carried(situation: Situation) -> bool:
    share = policy().value(f"{ADDRESS}.majority", on=situation.on)
    assert not isinstance(share, int | str)  # a table of two rows: so many of so many
    return in_favour(situation) * int(share["of"]) >= len(attended(situation)) * int(share["least"])


def majority_agrees(situation: Situation) -> str | None:
    if _carried(situation):
        return None
    return f"到会{len(attended(situation))}人，同意{in_favour(situation)}人，不足三分之二，不能作出同意的决定。"


def majority_does_not_agree(situation: Situation) -> str | None:
    if not _carried(situation):
        return None
    return f"到会{len(attended(situation))}人，同意{in_favour(situation)}人，已达三分之二，应作出同意的决定。"


def ends_in_time(situation: Situation) -> str | None:
    until, review = (date.fromisoformat(situation.data[name]) for name in ("valid_until", "review_on"))
    latest = (Month.from_date(situation.on) + number("validity_months", situation.on)).last_day
    if until < situation.on or until > latest:
        return f"有效期应在今天和 {latest} 之间。"
    if review < situation.on or review > until:
        return "复核日期应在今天和有效期届满日之间。"
    return None


def amount_within_the_proposal(situation: Situation) -> str | None:
    proposed = situation.answer("raise", "amount")
    amount = situation.data.get("amount")
    if situation.answer("raise", "kind") == ResolutionKind.AID_OVER_LIMIT:
        if not amount:
            return "请填写会议同意的金额。"
        if proposed is not None and amount > proposed:
            return "会议同意的金额不能超过提请的金额。"
    elif amount:
        return "只有超上限、超次数的临时救助需要填写金额。"
    return None
