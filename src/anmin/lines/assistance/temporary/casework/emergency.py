"""An emergency (急难型): aided where it happens, at once, by the town; the papers follow within the limit."""

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import CaseType, Clock, Need, Phase, Step
from anmin.ground.cases.departures import DEPARTURE
from anmin.lines.assistance.temporary.casework import checks, effects, outcomes, papers
from anmin.lines.assistance.temporary.vocabulary import (
    BASIS,
    EMERGENCY,
    EMERGENCY_LABEL,
    OPINIONS,
    EmergencyCause,
    EmergencyState,
    LatePaper,
    RefusalReason,
    Way,
)

S = EmergencyState
TOWN, COUNTY = (Role.TOWN_CLERK,), (Role.DECISION_MAKER,)
LIMIT = "assistance.temporary.casework."

CAUSE = Need("cause", "困难原因", "choice", choices=EmergencyCause)
EVENT = (
    Need("happened_on", "发生日期", "date"),
    Need("description", "情况说明", "long_text"),
    Need("need", "需要救助的支出或损失", "yuan", hint="扣除保险、赔付和其他救助后的部分"),
    Need("helped", "受助成员", "people", required=False, hint="不选即为全体共同生活的家庭成员"),
    Need("files", "有关材料", "files", required=False),
)

STEPS = (
    Step(
        "report",
        "登记急难情形",
        TOWN,
        (),
        S.REPORTED,
        needs=(CAUSE, EVENT[0], Need("place", "发生地", "text", hint="由急难发生地直接救助，不论户籍在哪里"), *EVENT[1:]),
        papers=(papers.FORM.kind,),
        checks=(checks.nothing_open,),
        data_checks=(checks.happened_before, checks.helped_live_here),
        hint="急难型不经核对、民主评议和公示，先救助、后补齐材料。",
        basis=OPINIONS,
    ),
    Step(
        "aid_first",
        "先行救助",
        TOWN,
        (S.REPORTED,),
        S.AIDED,
        needs=(
            Need("amount", "救助金额", "yuan"),
            Need("way", "发放方式", "choice", choices=Way),
            Need("paid_on", "支付日期", "date"),
            Need("payee", "领款人", "people", required=False, hint="一人；不选即为申请人"),
            Need("files", "领款凭证", "files", required=False),
        ),
        papers=(papers.DECISION.kind,),
        checks=(checks.rules_allow,),
        data_checks=(checks.small_enough_for_the_town, checks.fund_covers_it, checks.paid_between),
        effect=effects.give_from_the_fund,
        outcome=outcomes.of_aid,
        hint="在小额救助上限内，由镇（街道）从下拨资金中支付。",
        basis=OPINIONS,
        once=True,
    ),
    Step(
        "propose",
        "报县级救助",
        TOWN,
        (S.REPORTED, S.AIDED),
        S.SUBMITTED,
        needs=(Need("amount", "建议金额", "yuan"), Need("reason", "理由", "long_text")),
        checks=(checks.rules_allow,),
        data_checks=(checks.within_what_is_left,),
        effect=effects.record_assessment,
        outcome=outcomes.of_assessment,
        hint="超过小额上限的部分报县级；已先行救助的，填写追加的金额。",
        basis=OPINIONS,
        once=True,
    ),
    Step(
        "confirm",
        "县级确认",
        COUNTY,
        (S.SUBMITTED,),
        S.AIDED,
        needs=(Need("amount", "救助金额", "yuan"),),
        papers=(papers.DECISION.kind,),
        data_checks=(checks.within_the_proposal,),
        different_person_from=("propose", "aid_first"),
        effect=effects.give_through_a_roll,
        outcome=outcomes.of_aid,
        hint="列入当月发放名册，转入登记的银行账户。",
        basis=OPINIONS,
    ),
    Step(
        "keep_small",
        "不再追加",
        COUNTY,
        (S.SUBMITTED,),
        S.AIDED,
        needs=(Need("reason", "理由", "text"),),
        checks=(checks.something_given,),
        basis=OPINIONS,
    ),
    Step(
        "complete_papers",
        "补齐材料",
        TOWN,
        (S.AIDED,),
        S.CLOSED,
        needs=(
            Need("papers", "已补齐的材料", "checklist", choices=LatePaper, at_least=len(LatePaper)),
            Need("findings", "事后核实情况", "long_text"),
            Need("files", "补齐的材料", "files", required=False),
        ),
        hint="逾期未补齐的，在“临时救助”页面列出。",
        basis=OPINIONS,
    ),
    Step(
        "refuse",
        "不予救助",
        (*TOWN, *COUNTY),
        (S.REPORTED, S.SUBMITTED),
        S.REFUSED,
        needs=(
            Need("reason", "不予救助的理由", "choice", choices=RefusalReason),
            Need("explanation", "具体情况", "long_text", required=False),
            DEPARTURE,
        ),
        papers=(papers.REFUSAL.kind,),
        checks=(checks.nothing_given_yet,),
        data_checks=(checks.departure_is_reasoned,),
        effect=effects.record_assessment,
        outcome=outcomes.of_assessment,
        basis=BASIS,
    ),
    Step(
        "withdraw",
        "撤回",
        TOWN,
        (S.REPORTED,),
        S.WITHDRAWN,
        needs=(Need("reason", "撤回的原因", "text"),),
    ),
)

EMERGENCY_CASE = CaseType(
    kind=EMERGENCY,
    label=EMERGENCY_LABEL,
    basis=BASIS,
    states=EmergencyState,
    final=frozenset((S.CLOSED, S.REFUSED, S.WITHDRAWN)),
    steps=STEPS,
    clocks=(
        Clock(
            "emergency",
            "急难救助期限",
            ("report",),
            ("aid_first", "propose", "refuse", "withdraw"),
            LIMIT + "emergency_limit",
            OPINIONS,
            of="镇（街道）",
        ),
        Clock(
            "county",
            "县级确认期限",
            ("propose",),
            ("confirm", "keep_small", "refuse"),
            LIMIT + "county_limit",
            OPINIONS,
            of="县级民政部门",
        ),
        Clock(
            "papers",
            "补齐材料期限",
            ("aid_first", "confirm"),
            ("complete_papers",),
            LIMIT + "papers_limit",
            OPINIONS,
            of="镇（街道）",
        ),
    ),
    series="LSJ",
    papers=papers.PAPERS,
    phases=(
        Phase("登记", (S.REPORTED,)),
        Phase("救助", (S.SUBMITTED,)),
        Phase("补齐材料", (S.AIDED,)),
    ),
)
