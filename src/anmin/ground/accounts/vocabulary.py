"""Roles of staff, where each is held, and which of them no one person may hold together."""

from django.db import models


class Role(models.TextChoices):
    TOWN_CLERK = "town_clerk", "镇（街道）经办人"
    SECTION_REVIEWER = "section_reviewer", "科室审核人"
    DECISION_MAKER = "decision_maker", "审核确认人"
    CASHIER = "cashier", "发放经办人"
    LEADER = "leader", "局领导"
    AUDITOR = "auditor", "审计监督"
    ADMINISTRATOR = "administrator", "系统管理员"


HELD_IN_A_TOWN = frozenset({Role.TOWN_CLERK})
"""The roles held in one town; every other is held for the county."""

SEPARATION_BASIS = "《行政事业单位内部控制规范（试行）》（财会〔2012〕21号）不相容岗位相互分离"

_BUSINESS = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.CASHIER, Role.LEADER)

INCOMPATIBLE: frozenset[frozenset[Role]] = frozenset(
    frozenset(pair)
    for pair in (
        (Role.TOWN_CLERK, Role.SECTION_REVIEWER),
        (Role.TOWN_CLERK, Role.DECISION_MAKER),
        (Role.SECTION_REVIEWER, Role.DECISION_MAKER),
        (Role.CASHIER, Role.TOWN_CLERK),
        (Role.CASHIER, Role.SECTION_REVIEWER),
        (Role.CASHIER, Role.DECISION_MAKER),
        (Role.CASHIER, Role.LEADER),
        *((Role.AUDITOR, role) for role in _BUSINESS),
        *((Role.ADMINISTRATOR, role) for role in _BUSINESS),
        (Role.AUDITOR, Role.ADMINISTRATOR),
    )
)

PASSWORD_WEAKNESSES = {
    "password_too_short": "密码太短，至少应有 {min_length} 位。",
    "password_too_common": "密码过于常见，容易被猜到，请换一个。",
    "password_entirely_numeric": "密码不能全是数字，请加上字母或符号。",
    "password_too_similar": "密码与账号或姓名过于相近，请换一个。",
}
"""What is wrong with a password, by the name the check gives it."""
