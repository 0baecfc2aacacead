"""Words of the plain application and the plain review, with their Chinese labels."""

from django.db import models


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    APPLIED = "applied", "待受理"
    PAPERS_REQUESTED = "papers_requested", "待补正材料"
    ACCEPTED = "accepted", "待初审"
    SUBMITTED = "submitted", "待县级审核"
    REVIEWED = "reviewed", "待审定"
    GRANTED = "granted", "已给予"
    REFUSED = "refused", "不予给予"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


class ReviewState(models.TextChoices):
    """Where a review stands."""

    OPENED = "opened", "复核中"
    PROPOSED = "proposed", "拟停发"
    TOLD = "told", "已告知"
    KEPT = "kept", "继续享受"
    STOPPED = "stopped", "已停发"


class Opinion(models.TextChoices):
    GRANT = "grant", "拟同意"
    REFUSE = "refuse", "拟不同意"


class RefusalReason(models.TextChoices):
    CONDITIONS = "conditions", "不符合规定的对象条件"
    OTHER_BENEFIT = "other_benefit", "已享受不能同时享受的待遇"
    NOT_LOCAL = "not_local", "户籍不在本地"
    FALSE_DECLARATION = "false_declaration", "提供虚假材料"
    OTHER = "other", "其他"
