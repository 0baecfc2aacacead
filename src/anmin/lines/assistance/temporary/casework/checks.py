"""What must be so before a step; each answers with the reason in Chinese, or with nothing."""

from datetime import date

from anmin.base.money import format_yuan
from anmin.ground.areas.queries import town_of
from anmin.ground.cases import progress
from anmin.ground.cases.departures import unreasoned
from anmin.ground.cases.situation import Situation
from anmin.lines.assistance.temporary.casework.assessment import Assessed, assessed
from anmin.lines.assistance.temporary.models import Aid, TownFund
from anmin.lines.assistance.temporary.vocabulary import Level, Opinion


def nothing_open(situation: Situation) -> str | None:
    open_one = progress.open_case_of(household_id=situation.case.household_id, kind=situation.case.kind)
    return f"该家庭已有正在办理的同类临时救助（{open_one}），请在原件中办理。" if open_one else None


def happened_before(situation: Situation) -> str | None:
    if date.fromisoformat(situation.data["happened_on"]) > situation.on:
        return "发生日期不能晚于今天。"
    return None


def helped_live_here(situation: Situation) -> str | None:
    here = {row.person_id for row in situation.members}
    if set(situation.data.get("helped") or ()) - here:
        return "受助成员中有人已去世或不在该家庭，请去掉后再提交。"
    return None


def rules_allow(situation: Situation) -> str | None:
    """The rules find the case fit to be aided, on what is known."""
    return _refusal(assessed(situation, verified(situation)))


def departure_is_reasoned(situation: Situation) -> str | None:
    """Whoever proposes to refuse, or refuses, a case that the rules find fit to be aided says why."""
    if situation.data.get("opinion", Opinion.REFUSE) != Opinion.REFUSE:
        return None
    return unreasoned(situation, assessed(situation, verified(situation)).outcome)


def small_enough_for_the_town(situation: Situation) -> str | None:
    said, amount = assessed(situation, verified(situation)), situation.data["amount"]
    if refusal := _refusal(said):
        return refusal
    most = min(said.amount, said.town_limit)
    if amount <= 0 or amount > most:
        return f"镇（街道）本次最多救助{format_yuan(most)}元，现在填写的是{format_yuan(amount)}元；超过部分请报县级。"
    return None


def fund_covers_it(situation: Situation) -> str | None:
    town = town_of(situation.case.area)
    fund = TownFund.objects.filter(town=town).first() if town else None
    balance = fund.allocated - fund.spent if fund else 0
    if situation.data["amount"] > balance:
        return (
            f"{town.name if town else '本级'}临时救助资金余额{format_yuan(balance)}元，不足以支付，请先申请下拨，或报县级办理。"
        )
    return None


def paid_between(situation: Situation) -> str | None:
    paid = date.fromisoformat(situation.data["paid_on"])
    if paid > situation.on or paid < situation.case.opened_on:
        return "支付日期应在登记之后、今天之前，请检查。"
    return None


def within_what_is_left(situation: Situation) -> str | None:
    """What the county gives and what the town gave already stay together within what the rules allow."""
    said, amount = assessed(situation, verified(situation)), situation.data["amount"]
    if refusal := _refusal(said):
        return refusal
    left = said.amount - given_by_the_town(situation)
    if amount <= 0 or amount > left:
        return f"本次还可救助{format_yuan(max(left, 0))}元，现在填写的是{format_yuan(amount)}元。"
    return None


def within_the_proposal(situation: Situation) -> str | None:
    proposed = situation.answer("propose", "amount") or situation.answer("examine", "amount")
    if situation.data["amount"] > proposed:
        return f"确认金额不能超过镇（街道）提出的{format_yuan(proposed)}元。"
    return within_what_is_left(situation)


def given_by_the_town(situation: Situation) -> int:
    """How much the town has given in this case."""
    if situation.case.pk is None:
        return 0
    return sum(Aid.objects.filter(case_id=situation.case.pk, level=Level.TOWN).values_list("amount", flat=True))


def nothing_given_yet(situation: Situation) -> str | None:
    given = given_by_the_town(situation)
    return f"镇（街道）已先行救助{format_yuan(given)}元，请选择“不再追加”。" if given else None


def something_given(situation: Situation) -> str | None:
    return None if given_by_the_town(situation) else "还没有给予救助，请选择“不予救助”。"


def verified(situation: Situation) -> dict[str, int]:
    """What the town examined of income and property, for aid with expenses."""
    data = situation.data if situation.step is not None and situation.step.name == "examine" else {}
    if not data:
        last = situation.last("examine")
        data = last.data if last else {}
    found: dict[str, int] = {}
    if data.get("income") is not None:
        found["aid_income"] = int(data["income"])
    if data.get("assets_over") is not None:
        found["aid_assets_over"] = int(bool(data["assets_over"]))
    return found


def opinion_rests_on_the_rules(situation: Situation) -> str | None:
    if situation.data["opinion"] == Opinion.REFUSE:
        return None
    if not situation.data.get("amount"):
        return "拟同意救助的，请填写救助金额。"
    return within_what_is_left(situation)


def proposed_to_grant(situation: Situation) -> str | None:
    return None if situation.answer("examine", "opinion") == Opinion.GRANT else "镇（街道）的意见是不予救助。"


def proposed_to_refuse(situation: Situation) -> str | None:
    return None if situation.answer("examine", "opinion") == Opinion.REFUSE else "镇（街道）的意见是同意救助。"


def decided_by_the_town(situation: Situation) -> str | None:
    amount, said = situation.answer("examine", "amount") or 0, assessed(situation, verified(situation))
    if situation.took("examine") and amount > said.town_limit:
        return f"救助金额{format_yuan(amount)}元，超过镇（街道）小额救助上限{format_yuan(said.town_limit)}元，请公示后报县级。"
    return None


def _refusal(said: Assessed) -> str | None:
    if said.outcome == "eligible":
        return None
    return f"按现行规则不能给予临时救助。{said.paragraph}"
