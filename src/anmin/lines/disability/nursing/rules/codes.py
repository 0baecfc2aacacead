"""By which rate the nursing subsidy is due."""

from anmin.ground.policy.facts import Codes

ROUTE = Codes({"none": "无", "urban": "城镇标准", "rural": "农村标准"})
"""The position is the number in a column of routes."""

REQUIRED = Codes({"waived": "不需要", "required": "需要"})
"""Whether a proof that long-term care is needed must be shown."""
