"""Where an entitlement stands and why it, or a person's share in it, began or ended."""

from typing import Any

from django.db import models


class EntitlementState(models.TextChoices):
    IN_FORCE = "in_force", "在享"
    SUSPENDED = "suspended", "暂停"
    ENDED = "ended", "已停发"


class StartReason(models.TextChoices):
    NEW = "new", "新审核确认"
    TRANSFERRED = "transferred", "由其他类别转入"
    JOINED = "joined", "家庭成员增加"
    GROUP = "group", "批量审定"
    MIGRATED = "migrated", "系统启用前已在享"


class EndReason(models.TextChoices):
    DIED = "died", "死亡"
    INCOME = "income", "收入超过标准"
    ASSETS = "assets", "财产超过规定"
    MOVED = "moved", "户籍迁出"
    TO_TEKUN = "to_tekun", "转特困供养"
    TO_OTHER = "to_other", "转其他救助"
    PRISON = "prison", "服刑"
    WITHDRAWN = "withdrawn", "自愿退出"
    UNCOOPERATIVE = "uncooperative", "拒不配合复核"
    FALSE_DECLARATION = "false_declaration", "虚假申报"
    LEFT_HOUSEHOLD = "left_household", "不再共同生活"
    CARD_EXPIRED = "card_expired", "残疾证失效或等级变化"
    GROWN_UP = "grown_up", "年满或毕业"
    ABLE_AGAIN = "able_again", "恢复劳动能力"
    SUPPORTED = "supported", "义务人具备履行能力"
    MISSING = "missing", "下落不明"
    CHOSEN_OTHER = "chosen_other", "选择其他待遇"
    EXPIRED = "expired", "认定期满"
    GIVEN_ONCE = "given_once", "一次性给付"
    OTHER = "other", "其他"


STOPPING = tuple(reason for reason in EndReason if reason is not EndReason.GIVEN_ONCE)
"""Why something that runs on is stopped; what is given once ends by itself."""

# Types are checked of enumerations that are written out; this one is made of another.
_enumeration: Any = models.TextChoices
StopReason: type[models.TextChoices] = _enumeration("StopReason", [(each.name, (each.value, each.label)) for each in STOPPING])
"""The same, to choose from."""


class GraceKind(models.TextChoices):
    """缓退 and 渐退: the amount stays for a while, or goes down in steps."""

    DELAYED = "delayed", "缓退"
    GRADUAL = "gradual", "渐退"


class GroupKind(models.TextChoices):
    """What a group decision does for those on its list."""

    GRANT = "grant", "批量给予"
    STOP = "stop", "批量停发"


class GroupState(models.TextChoices):
    PROPOSED = "proposed", "待审定"
    DECIDED = "decided", "已审定"
    WITHDRAWN = "withdrawn", "已撤回"
