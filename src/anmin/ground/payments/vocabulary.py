"""Where a roll and a payment stand, and what a line is."""

from django.db import models


class RollState(models.TextChoices):
    GENERATED = "generated", "已生成"
    CHECKED = "checked", "已复核"
    APPROVED = "approved", "已审批"


FROZEN_STATES = (RollState.APPROVED,)


class LineKind(models.TextChoices):
    REGULAR = "regular", "当月应发"
    BACK_PAY = "back_pay", "补发"
    RECOVERY = "recovery", "扣回"


class PaymentState(models.TextChoices):
    DUE = "due", "待送银行"
    SENT = "sent", "已送银行"
    PAID = "paid", "发放成功"
    FAILED = "failed", "发放失败"
