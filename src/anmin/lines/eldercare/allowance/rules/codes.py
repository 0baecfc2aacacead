"""Which of the allowances is due."""

from anmin.ground.policy.facts import Codes

ROUTE = Codes(
    {
        "none": "无",
        "first": "尊老金（第一档）",
        "second": "尊老金（第二档）",
        "longevity": "长寿金",
    }
)
"""The position is the number in a column of routes; the ages of the bands are policy values."""
