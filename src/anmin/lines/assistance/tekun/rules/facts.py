"""What tekun asks, and what it means that something is not known.

Nobody counts as without obligors because none is on record: that has to be found out, and recorded. Means and care are asked only
of whom nobody supports, so that the rest of the county is not left undecided for want of what does not matter.
"""

from dataclasses import replace

from anmin.ground.policy.facts import YES_NO, Codes, Fact, Means, Undetermined
from anmin.lines.assistance.dibao.rules import FACTS as DIBAO_FACTS
from anmin.lines.assistance.tekun.rules.codes import HUKOU, INCAPACITY, SUPPORT

MEASURES = "《特困人员认定办法》（民发〔2021〕43号）"
STATE_COUNCIL = "《国务院关于进一步健全特困人员救助供养制度的意见》（国发〔2016〕14号）"

_DIBAO = {fact.name: fact for fact in DIBAO_FACTS}
_MEANS = Undetermined(MEASURES + "第六条", when="tekun_means_matter")


def _unrecorded(what: str) -> Means:
    return Means(0, MEASURES, f"登记和核对中没有{what}的记录，按没有处理")


def _yes_no(name: str, label: str, kind: str, missing: Means | Undetermined) -> Fact:
    return Fact(name, "person", label, "code", missing, codes=YES_NO, kind=kind)


def _as_dibao(name: str, missing: Means | Undetermined | None = None) -> Fact:
    """The same fact as dibao's, with a gate of tekun's own where dibao's would ask too much or too little."""
    return replace(_DIBAO[name], missing=missing or _DIBAO[name].missing)


def _of_supporter(name: str, label: str, unit: str, kind: str, missing: Means, codes: Codes | None = None) -> Fact:
    return Fact(name, "supporter", label, unit, missing, codes=codes, kind=kind)


FACTS: tuple[Fact, ...] = (
    Fact(
        "support_claim",
        "household",
        "申请的供养方式",
        "code",
        Means(0, STATE_COUNCIL, "没有注明的，由机构供养的为集中供养，其他为分散供养"),
        codes=SUPPORT,
        kind="claim.route",
    ),
    _as_dibao("birth_on"),
    _as_dibao("relation"),
    _as_dibao("legal_duty"),
    _as_dibao("dead"),
    _yes_no("in_prison", "正在服刑或强制隔离戒毒", "status.in_prison", _unrecorded("服刑")),
    _yes_no("missing_person", "下落不明", "status.missing", _unrecorded("下落不明")),
    _yes_no("hukou_local", "本地户籍", "hukou.local", Means(1, MEASURES, "登记册没有另行标注的，按本地户籍")),
    # capacity
    _as_dibao("disability_kind"),
    _as_dibao("disability_grade"),
    _yes_no("capacity_lost", "经认定无劳动能力", "capacity.lost", _unrecorded("另行认定无劳动能力")),
    _as_dibao("schooling_level"),
    _as_dibao("holds_tekun"),
    # means
    *(_as_dibao(name, _MEANS) for name in ("income_wage", "income_business", "income_property", "income_pension")),
    _as_dibao("income_pension_central"),
    _as_dibao("income_transfer_other"),
    _as_dibao("income_support_received"),
    _as_dibao("assets_financial", _MEANS),
    _as_dibao("assets_homes"),
    _as_dibao("assets_homes_relocation"),
    _as_dibao("assets_vehicles"),
    _as_dibao("assets_company"),
    # those who owe support
    _yes_no(
        "obligor_none",
        "经查没有法定赡养、抚养、扶养义务人",
        "obligor.none",
        Means(0, MEASURES + "第七条", "没有查明无义务人的记录，不能按没有义务人认定"),
    ),
    _of_supporter(
        "supporter_incapacity",
        "义务人无履行能力的情形",
        "code",
        "supporter.incapacity",
        Means(0, MEASURES + "第八条", "没有认定的，按具备履行能力"),
        INCAPACITY,
    ),
    replace(
        _of_supporter(
            "supporter_birth_on",
            "义务人出生日期",
            "date",
            "supporter.birth_on",
            Means(18_000_101, MEASURES + "第八条", "没有登记出生日期的，按已认定的情形"),
        ),
        least=18_000_101,
        most=22_001_231,
    ),
    _as_dibao("supporter_income", Undetermined(MEASURES + "第八条", when="supporter_means_matter")),
    _as_dibao("supporter_members", Undetermined(MEASURES + "第八条", when="supporter_means_matter")),
    # standard and care
    Fact(
        "hukou_kind",
        "person",
        "户籍类别",
        "code",
        Undetermined(STATE_COUNCIL, when="hukou_matters"),
        codes=HUKOU,
        kind="hukou",
    ),
    _yes_no("land_contracted", "有承包土地或参加集体收益分配", "land.contracted", _unrecorded("承包土地或集体收益分配")),
    Fact(
        "care_items_lost",
        "person",
        "生活自理能力不能自理的项数",
        "count",
        Undetermined(MEASURES, when="meets_tekun"),
        most=6,
        kind="care.items_lost",
    ),
    _yes_no("residence_institution", "由福利机构供养", "residence.institution", _unrecorded("机构供养")),
    # the choice against the benefit for children
    _yes_no("holds_child_stipend", "享受困境儿童基本生活费", "held.children.stipend", _unrecorded("享受儿童保障")),
    _yes_no(
        "child_benefit_chosen",
        "选择享受儿童保障（不选特困）",
        "child.benefit_chosen",
        Means(0, MEASURES, "没有登记选择的，已享受儿童保障的视为选择儿童保障"),
    ),
)
"""Every input of the tekun rules."""
