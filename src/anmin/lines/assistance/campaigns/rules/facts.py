"""What the rules of a campaign are told of each person: all of it stands on the roster, as it was on the cut-off day."""

from anmin.ground.policy.facts import YES_NO, Fact, Means

FROZEN = "发放名册于截止日冻结，以当日在享记录为准"
YES = YES_NO["yes"]


def _yes_no(name: str, label: str, because: str, kind: str = "") -> Fact:
    return Fact(name, "person", label, "code", Means(0, FROZEN, because), most=1, codes=YES_NO, kind=kind)


def _held(name: str, label: str, kind: str) -> Fact:
    return _yes_no(name, label, "截止日没有在享记录", kind)


ON_ROSTER = _yes_no("on_roster", "列入本次名册", "没有列入本次发放名册")

HOLDS = (
    _held("holds_dibao", "享受最低生活保障", "held.assistance.dibao"),
    _held("holds_tekun", "享受特困供养", "held.assistance.tekun"),
    _held("holds_margin", "属低保边缘家庭", "held.assistance.margin"),
    # Which class of child it is stands in the route of the stipend, which only the roster reads.
    _held("holds_orphan_stipend", "享受孤儿基本生活费", ""),
    _held("holds_unattended_stipend", "享受事实无人抚养儿童基本生活费", ""),
)

WITHHELD = tuple(
    _yes_no(f"withheld_{source}", f"不发{label}部分", "没有登记不发的理由")
    for source, label in (
        ("central", "中央"),
        ("provincial", "省级"),
        ("municipal", "南通市级"),
        ("county", "海安市级"),
    )
)

ALSO_CASH = _yes_no("dialysis_cash", "同时慰问现金", "名册中没有注明慰问现金")
