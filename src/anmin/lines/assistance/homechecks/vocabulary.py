"""Where a round of home checks stands, what visitors found, what changed."""

from django.db import models

BASIS = "《最低生活保障审核确认办法》（民发〔2021〕57号）；《社会救助暂行办法》（国务院令第649号）"

REGISTERS = {
    "assistance.dibao": "低保",
    "assistance.tekun": "特困供养",
    "assistance.margin": "低保边缘",
    "assistance.hardship": "刚性支出困难",
}
"""The registers whose households can be visited, by the address of the benefit."""


class PlanState(models.TextChoices):
    ROSTERED = "rostered", "名册已冻结，待抽取"
    DRAWN = "drawn", "已抽取，待确认"
    UNDERWAY = "underway", "核查中"
    DISCARDED = "discarded", "已作废"


class VisitResult(models.TextChoices):
    AS_DECLARED = "as_declared", "与申报一致"
    CHANGED = "changed", "情况有变化"
    MOVED = "moved", "已搬离"
    ABSENT = "absent", "家中无人"


CHECKED = frozenset({VisitResult.AS_DECLARED, VisitResult.CHANGED, VisitResult.MOVED})
"""The results by which a household counts as checked; where nobody was at home somebody goes again."""


class Change(models.TextChoices):
    """What is no longer as it was declared."""

    MEMBERS = "members", "家庭人口"
    INCOME = "income", "收入"
    PROPERTY = "property", "财产"
    HEALTH = "health", "健康和自理能力"
    HOME = "home", "居住情况"
    DEATH = "death", "有成员去世"
    OTHER = "other", "其他"
