"""The kinds of campaigns, where one stands, and the budgets its money comes from."""

from django.db import models


class CampaignKind(models.TextChoices):
    """The value is the address of the programme, and of the benefit by which it is paid."""

    FESTIVAL = "assistance.festival", "节日补助"
    VILLAGE_VISIT = "assistance.village_visit", "“一村一户”慰问"
    DIALYSIS_VISIT = "assistance.dialysis_visit", "血透患者慰问"
    PRICE_SUBSIDY = "assistance.price_subsidy", "价格临时补贴"
    LIVING_SUBSIDY = "assistance.living_subsidy", "一次性生活补贴"


FROM_HOLDINGS = frozenset({CampaignKind.FESTIVAL, CampaignKind.PRICE_SUBSIDY, CampaignKind.LIVING_SUBSIDY})
"""Whose roster is taken from who holds which benefits; the others are lists that towns and hospitals send."""


ROUTE = "roster"
"""By which way an award of a campaign comes: there is one."""


class CampaignState(models.TextChoices):
    DRAFT = "draft", "拟定名册"
    FROZEN = "frozen", "名册已冻结"
    CHECKED = "checked", "已复核"
    APPROVED = "approved", "已审批"


class Budget(models.TextChoices):
    """Whose money it is; each is money of its own, never netted against another."""

    CENTRAL = "central", "中央"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "南通市级"
    COUNTY = "county", "海安市级"


class Group(models.TextChoices):
    """As what a person stands on the roster."""

    DIBAO = "dibao", "低保"
    TEKUN = "tekun", "特困"
    ORPHAN = "orphan", "孤儿"
    UNATTENDED = "unattended", "事实无人抚养儿童"
    MARGIN = "margin", "低保边缘"
    LISTED = "listed", "按名单"
