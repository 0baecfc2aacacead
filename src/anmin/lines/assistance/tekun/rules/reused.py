"""The rules of dibao that tekun applies as they are."""

from anmin.lines.assistance.dibao.rules.assets import financial_limit_per_head, has_company, has_relocation_home
from anmin.lines.assistance.dibao.rules.composition import age, has_duty, minor

__all__ = ["age", "financial_limit_per_head", "has_company", "has_duty", "has_relocation_home", "minor"]
