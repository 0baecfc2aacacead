"""On which list of insured an elder stands."""

from anmin.ground.policy.facts import Codes

ROUTE = Codes({"none": "无", "ankang": "安康关爱", "charity": "慈善总会九十岁以上老人"})
"""The position is the number in a column of routes."""
