"""The programmes whose policy is kept here: what each is called, and the rules it reckons with."""

from collections.abc import Iterator, Mapping

from anmin.base.errors import BadValue
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.ruleset import RuleSet

PROGRAMMES: dict[str, str] = {
    "assistance.tekun": "特困人员救助供养",
    "assistance.dibao": "最低生活保障",
    "assistance.margin": "低保边缘家庭",
    "assistance.hardship": "支出型（刚性支出）困难家庭",
    "assistance.recognition": "分类认定",
    "assistance.temporary": "临时救助",
    "assistance.deliberation": "一事一议",
    "assistance.homechecks": "入户核查",
    "assistance.festival": "节日补助",
    "assistance.village_visit": "春节“一村一户”慰问",
    "assistance.dialysis_visit": "血透患者慰问",
    "assistance.price_subsidy": "价格临时补贴",
    "assistance.living_subsidy": "一次性生活补贴",
    "assistance.supplementary": "低补保",
    "eldercare.allowance": "尊老金、长寿金",
    "eldercare.accident_insurance": "老年人意外伤害保险",
    "disability.living": "困难残疾人生活补贴",
    "disability.nursing": "重度残疾人护理补贴",
    "children.stipend": "困境儿童基本生活费",
    "payments.rolls": "资金发放",
    "verification.consents": "核对授权",
    "verification.extracts": "核对数据",
    "verification.findings": "核对发现",
    "verification.reports": "核对报告",
}
"""What each programme is called, by the address its parameters begin with."""

CODE_LABELS: dict[str, dict[str, str]] = {
    "assistance.dibao.casework.confirm_level": {"county": "县级民政部门", "town": "乡镇人民政府（街道办事处）"},
    "assistance.hardship.name": {"expense": "支出型困难家庭", "rigid": "刚性支出困难家庭"},
}
"""What the codes of a parameter mean that no rule reads; those that a rule reads are in its code lists."""


def programme_of(address: str) -> str:
    """The programme a parameter belongs to. Refuses one that belongs to none."""
    for programme in PROGRAMMES:
        if address.startswith(programme + "."):
            return programme
    raise BadValue(f"政策参数“{address}”不属于任何业务，请检查政策文件夹。")


class RuleSets(Mapping[str, RuleSet]):
    """The rules that the assembly has registered, by programme."""

    def __init__(self) -> None:
        self._sets: dict[str, RuleSet] = {}

    def register(self, rules: RuleSet) -> None:
        """The rules can be read from now on; refuses other rules of the same programme."""
        if self._sets.get(rules.address, rules) is not rules:
            raise ValueError(f"two sets of rules are called {rules.address}")
        self._sets[rules.address] = rules

    def __getitem__(self, address: str) -> RuleSet:
        try:
            return self._sets[address]
        except KeyError:
            raise BadValue(f"“{PROGRAMMES.get(address, address)}”没有计算规则。") from None

    def __contains__(self, address: object) -> bool:
        return address in self._sets

    def __iter__(self) -> Iterator[str]:
        return iter(self._sets)

    def __len__(self) -> int:
        return len(self._sets)


RULE_SETS = RuleSets()
"""Every set of rules of the house."""


class Programmes(Mapping[str, Programme]):
    """The programmes that decide, by address, in the order of registration: one may rest on what those before it decided."""

    def __init__(self) -> None:
        self._programmes: dict[str, Programme] = {}

    def register(self, *programmes: Programme) -> None:
        """The programmes decide from now on, and their rules can be read; refuses another one of the same address."""
        for programme in programmes:
            RULE_SETS.register(programme.rules)
            if self._programmes.setdefault(programme.address, programme) is not programme:
                raise ValueError(f"two programmes are called {programme.address}")

    def __getitem__(self, address: str) -> Programme:
        try:
            return self._programmes[address]
        except KeyError:
            raise BadValue(f"“{PROGRAMMES.get(address, address)}”没有计算规则。") from None

    def __contains__(self, address: object) -> bool:
        return address in self._programmes

    def __iter__(self) -> Iterator[str]:
        return iter(self._programmes)

    def __len__(self) -> int:
        return len(self._programmes)


DECIDED = Programmes()
"""Every programme of the house that decides by rules."""


def code_labels(address: str) -> dict[str, str]:
    """What the codes of a parameter mean, by code; nothing where a parameter has none."""
    programme = programme_of(address)
    codes = RULE_SETS[programme].codes.get(address.removeprefix(programme + ".")) if programme in RULE_SETS else None
    return {name: codes[name].label for name in codes} if codes is not None else CODE_LABELS.get(address, {})
