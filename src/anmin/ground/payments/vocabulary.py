"""Where a roll and a payment stand, and what a line is."""

from django.db import models


class RollState(models.TextChoices):
    GENERATED = "generated", "已生成"
    CHECKED = "checked", "已复核"
    APPROVED = "approved", "已审批"


class LineKind(models.TextChoices):
    REGULAR = "regular", "当月应发"
    BACK_PAY = "back_pay", "补发"
    RECOVERY = "recovery", "扣回"


class NoticeKind(models.TextChoices):
    UNDETERMINED = "undetermined", "资料不全，暂不能认定"
    NOTHING_DUE = "nothing_due", "在享但本月无应发金额"
    COVERAGE = "coverage", "认定人数与保障对象人数不一致"
    SUSPENDED = "suspended", "暂停发放"


class ChangeKind(models.TextChoices):
    """How money comes to go elsewhere than before."""

    ACCOUNT = "account", "更换银行账号"
    PAYEE = "payee", "更换领款人"


class ChangeState(models.TextChoices):
    WAITING = "waiting", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不予确认"
    REPLACED = "replaced", "又有变更"


class PaymentState(models.TextChoices):
    DUE = "due", "待送银行"
    SENT = "sent", "已送银行"
    PAID = "paid", "发放成功"
    FAILED = "failed", "发放失败"
