"""By which way the living allowance is due."""

from anmin.ground.policy.facts import Codes

ROUTE = Codes(
    {
        "none": "无",
        "dibao_severe": "低保家庭重度残疾",
        "dibao_other": "低保家庭非重度残疾",
        "no_income": "无固定收入重度残疾",
        "several": "一户多残",
        "elders": "依老养残",
        "grade_three": "三级智力、精神残疾",
    }
)
"""The position is the number in a column of routes."""
