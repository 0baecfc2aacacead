"""What dibao asks about a household, its members and their supporters, and what it means that something is not known.

Three principles of the gate. A sum of money must be stated: an adult's unknown wage is not zero. What a public register would
show (a disability certificate, a second home, a company) counts as none where no register shows it. An exemption is granted for
what is evidenced, never by guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, get_type_hints

import numpy as np

from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.facts import MISSING, YES_NO, Codes, Fact, Means, Undetermined
from anmin.ground.policy.operators import Ints
from anmin.lines.assistance.dibao.rules.codes import (
    ABSENCE,
    CLAIM,
    DISABILITY,
    GRACE,
    RELATION,
    SCHOOLING,
    WORK,
)  # fmt: skip

MEASURES = "《最低生活保障审核确认办法》（民发〔2021〕57号）"
CHECKED = MEASURES + "第十八条"

_stated = Undetermined(MEASURES + "第十三条", when="income_matters")
_always = Undetermined(MEASURES + "第七条")
_support = Undetermined(MEASURES + "第十三条", when="supporter_matters")
_grace = Undetermined("江苏省民政厅等四部门低保扩围增效文件（2023年8月）", when="grace_claimed")


def _not_registered(what: str) -> Means:
    return Means(0, CHECKED, f"登记和核对中没有{what}的记录，按没有处理")


def _not_evidenced(what: str) -> Means:
    return Means(0, MEASURES + "第十三条", f"没有{what}的凭据，不予扣减")


def _fact(
    entity: str,
    label: str,
    unit: str,
    missing: Means | Undetermined,
    *,
    least: int = 0,
    most: int | None = None,
    codes: Codes | None = None,
) -> Fact:
    fact = Fact("", entity, label, unit, missing, least, codes=codes)
    return fact if most is None else replace(fact, most=most)


def _person(label: str, unit: str, missing: Means | Undetermined, **bounds: Any) -> Fact:
    return _fact("person", label, unit, missing, **bounds)


def _money(label: str) -> Fact:
    return _fact("person", label, "CNY/month", _stated)


def _yes_no(entity: str, label: str, missing: Means) -> Fact:
    return _fact(entity, label, "code", missing, codes=YES_NO)


@dataclass(frozen=True, kw_only=True)
class DibaoFacts:
    """The facts of many households in columns, as they are on the first day of the benefit month.

    Persons are sorted by household and supporters by person; ``person_offsets`` and ``supporter_offsets`` say where each group
    begins (one more entry than groups). Every other field is a column of whole numbers of any integer type: money in fen,
    dates as 20240701, codes by their place in ``codes``; ``-1`` is not known, a field left ``None`` is known of nobody.
    """

    person_offsets: Ints
    supporter_offsets: Ints | None = None

    # the household's claim
    claim_type: Annotated[
        Column | None,
        _fact("household", "申请方式", "code", Means(0, MEASURES, "未注明单独申请的，按整户申请"), codes=CLAIM),
    ] = None
    grace_kind: Annotated[
        Column | None,
        _fact("household", "渐退缓退方式", "code", Means(0, MEASURES, "未批准渐退、缓退的，没有渐退、缓退期"), codes=GRACE),
    ] = None
    grace_elapsed: Annotated[Column | None, _fact("household", "渐退缓退第几个月", "months", _grace, most=120)] = None
    grace_extension: Annotated[
        Column | None, _fact("household", "已批准延长月数", "months", Means(0, MEASURES, "没有批准延长"), most=120)
    ] = None
    grace_previous_amount: Annotated[
        Column | None, _fact("household", "进入渐退缓退前的月保障金额", "CNY/household/month", _grace)
    ] = None

    # who lives together
    birth_on: Annotated[Column | None, _person("出生日期", "date", _always, least=18_000_101, most=22_001_231)] = None
    relation: Annotated[Column | None, _person("与户主关系", "code", _always, codes=RELATION)] = None
    register_counted: Annotated[
        Column | None, _yes_no("person", "登记为共同生活家庭成员", Means(1, MEASURES + "第七条", "登记册没有另行标注的，按计入"))
    ] = None
    absence_reason: Annotated[
        Column | None,
        _person("不共同生活的原因", "code", Means(0, MEASURES + "第七条", "未登记原因的，按共同生活"), codes=ABSENCE),
    ] = None
    absence_proof: Annotated[
        Column | None,
        _yes_no(
            "person",
            "失踪有证明材料",
            Means(1, "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）", "登记该原因时已要求附证明"),
        ),
    ] = None
    same_hukou: Annotated[
        Column | None,
        _yes_no(
            "person",
            "同一户籍",
            Means(1, "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）", "按户口簿登记的成员为同一户籍"),
        ),
    ] = None
    legal_duty: Annotated[
        Column | None,
        _yes_no("person", "另有法定赡养、抚养、扶养义务", Means(0, MEASURES + "第七条", "未登记的，只看配偶、子女、父母关系")),
    ] = None
    claimant: Annotated[
        Column | None, _yes_no("person", "单独申请的本人", Means(0, MEASURES + "第八条", "未注明的，户主为申请人"))
    ] = None
    dead: Annotated[Column | None, _yes_no("person", "已死亡", _not_registered("死亡"))] = None
    holds_tekun: Annotated[
        Column | None, _yes_no("person", "享受特困供养", Means(0, MEASURES, "名册中没有在享特困供养的记录"))
    ] = None

    # income a month
    income_wage: Annotated[Column | None, _money("工资性收入")] = None
    income_business: Annotated[Column | None, _money("经营净收入")] = None
    income_property: Annotated[Column | None, _money("财产净收入")] = None
    income_pension: Annotated[Column | None, _money("养老金")] = None
    income_farming: Annotated[Column | None, _person("其中自给自足种养收入", "CNY/month", _not_evidenced("自给自足种养收入"))] = (
        None
    )
    income_pension_central: Annotated[
        Column | None, _person("其中中央确定的基础养老金", "CNY/month", _not_evidenced("基础养老金"))
    ] = None
    income_exempt: Annotated[Column | None, _person("依规不计入的转移收入", "CNY/month", _not_evidenced("不计入的转移收入"))] = (
        None
    )
    income_transfer_other: Annotated[
        Column | None, _person("其他转移净收入", "CNY/month", Means(0, MEASURES + "第十三条", "申报和核对中没有其他转移收入"))
    ] = None
    income_support_received: Annotated[
        Column | None,
        _person(
            "实际收到的赡养、抚养、扶养费", "CNY/month", Means(0, MEASURES + "第十三条", "没有实际给付记录的，按义务人情况计算")
        ),
    ] = None

    # property
    assets_financial: Annotated[
        Column | None, _person("金融资产", "CNY", Undetermined(MEASURES + "第十四条", when="income_matters"))
    ] = None
    assets_homes: Annotated[Column | None, _person("住房套数", "count", _not_registered("住房"), most=99)] = None
    assets_homes_relocation: Annotated[Column | None, _yes_no("person", "住房因拆迁取得", _not_registered("拆迁安置住房"))] = None
    assets_vehicles: Annotated[Column | None, _person("机动车（不含豁免车辆）", "count", _not_registered("机动车"), most=99)] = (
        None
    )
    assets_company: Annotated[
        Column | None, _yes_no("person", "持有经营中的企业股份或任其法定代表人", _not_registered("企业"))
    ] = None

    # condition of the person
    disability_kind: Annotated[Column | None, _person("残疾类别", "code", _not_registered("残疾证"), codes=DISABILITY)] = None
    disability_grade: Annotated[Column | None, _person("残疾等级", "grade", _not_registered("残疾证"), most=4)] = None
    illness_severe: Annotated[Column | None, _yes_no("person", "患重特大疾病", _not_registered("重特大疾病"))] = None
    work_status: Annotated[
        Column | None, _person("就业状况", "code", Means(0, CHECKED, "未登记就业状况的，只看有无工资"), codes=WORK)
    ] = None
    work_refusals: Annotated[
        Column | None, _person("连续拒绝介绍工作次数", "times", _not_registered("拒绝介绍工作"), most=999)
    ] = None
    schooling_level: Annotated[Column | None, _person("全日制就学", "code", _not_registered("学籍"), codes=SCHOOLING)] = None
    veteran: Annotated[Column | None, _yes_no("person", "退役军人", _not_registered("退役军人"))] = None
    religious_resident: Annotated[
        Column | None, _yes_no("person", "在宗教场所居住满三年的教职人员", _not_registered("宗教教职"))
    ] = None

    # those who owe support and live elsewhere
    supporter_income: Annotated[Column | None, _fact("supporter", "义务人家庭月收入", "CNY/month", _support)] = None
    supporter_members: Annotated[Column | None, _fact("supporter", "义务人家庭人数", "persons", _support, least=1, most=99)] = (
        None
    )
    supporter_dependants: Annotated[
        Column | None, _fact("supporter", "义务人应赡养、抚养、扶养的人数", "persons", _support, least=1, most=99)
    ] = None
    supporter_court_amount: Annotated[
        Column | None, _fact("supporter", "判决、调解或协议确定的月给付", "CNY/month", Means(0, MEASURES, "没有判决、调解或协议"))
    ] = None
    supporter_actual_amount: Annotated[
        Column | None,
        _fact("supporter", "义务人实际月给付", "CNY/month", Means(0, MEASURES, "没有实际给付记录的，按义务人情况计算")),
    ] = None
    supporter_exempt: Annotated[
        Column | None, _yes_no("supporter", "义务人无履行能力", Means(0, MEASURES, "没有认定无履行能力"))
    ] = None

    @property
    def households(self) -> int:
        """How many households there are."""
        return len(self.person_offsets) - 1

    def batch(self) -> Batch:
        """The same columns as the engine reads them."""
        offsets = self.supporter_offsets
        if offsets is None:
            offsets = np.zeros(int(self.person_offsets[-1]) + 1, dtype=np.int64)
        columns: dict[str, dict[str, Column]] = {"household": {}, "person": {}, "supporter": {}}
        for fact in FACTS:
            column = getattr(self, fact.name)
            if column is not None:
                columns[fact.entity][fact.name] = column
        return Batch(self.households, {"person": self.person_offsets, "supporter": offsets}, columns)

    def one(self, household: int) -> "DibaoFacts":
        """The facts of a single household."""
        batch = self.batch().one(household)
        columns = {name: column for named in batch.columns.values() for name, column in named.items()}
        return DibaoFacts(person_offsets=batch.offsets["person"], supporter_offsets=batch.offsets["supporter"], **columns)

    @classmethod
    def of(cls, households: Sequence[Mapping[str, Any]]) -> "DibaoFacts":
        """Columns from households written one by one: facts by name, ``members`` and in them ``supporters``.

        Whole numbers as in the columns, codes by their name; what is left out or ``None`` is not known.
        """
        persons = [member for household in households for member in household.get("members", ())]
        supporters = [each for person in persons for each in person.get("supporters", ())]
        rows = {"household": households, "person": persons, "supporter": supporters}
        made = {fact.name: _column(fact, rows[fact.entity]) for fact in FACTS}
        return cls(
            person_offsets=_offsets(len(each.get("members", ())) for each in households),
            supporter_offsets=_offsets(len(each.get("supporters", ())) for each in persons),
            **made,
        )


_KINDS = {
    "claim_type": "claim.route",
    "claimant": "claim.claimant",
    "grace_kind": "claim.grace_kind",
    "grace_elapsed": "claim.grace_elapsed",
    "grace_extension": "claim.grace_extension",
    "grace_previous_amount": "claim.grace_previous_amount",
    "register_counted": "counted",
    "absence_reason": "absence",
    "birth_on": "birth_on",
    "relation": "relation",
    "same_hukou": "same_hukou",
    "veteran": "status.veteran",
    "religious_resident": "status.religious_resident",
    "dead": "status.dead",
    "holds_tekun": "held.assistance.tekun",
}
_REGISTERED = {"income", "assets", "disability", "illness", "work", "schooling", "supporter"}


def _kind(name: str) -> str:
    """What fills a fact out of the records: by default its own name, its first word being the group."""
    if name in _KINDS:
        return _KINDS[name]
    return name.replace("_", ".", 1) if name.partition("_")[0] in _REGISTERED else ""


FACTS: tuple[Fact, ...] = tuple(
    replace(hint.__metadata__[0], name=name, kind=_kind(name))
    for name, hint in get_type_hints(DibaoFacts, include_extras=True).items()
    if hasattr(hint, "__metadata__")
)
"""Every input of the dibao rules, in the order of the fields."""

COLUMN_OF_KIND: dict[str, str] = {
    fact.kind: fact.name for fact in FACTS if "." in fact.kind and not fact.kind.startswith(("claim.", "supporter.", "held."))
}
"""The kinds of the table of facts (``income.wage``) and the columns they fill."""


def _offsets(counts: Iterable[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(list(counts), dtype=np.int64)]).astype(np.int64)


def _column(fact: Fact, rows: Sequence[Mapping[str, Any]]) -> Column | None:
    given = [row.get(fact.name) for row in rows]
    if all(each is None for each in given):
        return None
    return np.array([_number(fact, each) for each in given], dtype=np.int64)


def _number(fact: Fact, given: Any) -> int:
    if given is None:
        return MISSING
    if isinstance(given, str):
        if fact.codes is None:
            raise ValueError(f"{fact.name} is not written in codes: {given}")
        return fact.codes[given]
    return int(given)
