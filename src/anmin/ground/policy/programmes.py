"""The programmes whose policy is kept here: what each is called, and the rules it reckons with."""

from collections.abc import Iterator, Mapping

from anmin.base.errors import BadValue
from anmin.ground.policy.ruleset import RuleSet

PROGRAMMES: dict[str, str] = {
    "assistance.dibao": "最低生活保障",
    "payments.rolls": "资金发放",
}
"""What each programme is called, by the address its parameters begin with."""

CODE_LABELS: dict[str, dict[str, str]] = {
    "assistance.dibao.casework.confirm_level": {"county": "县级民政部门", "town": "乡镇人民政府（街道办事处）"},
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
