"""Words of temporary assistance: causes, states of its cases, how it is given."""

from django.db import models

BENEFIT = "assistance.temporary"
LABEL = "临时救助"
EMERGENCY = "assistance.temporary.emergency.application"
EXPENDITURE = "assistance.temporary.expenditure.application"
EMERGENCY_LABEL = "临时救助（急难型）"
EXPENDITURE_LABEL = "临时救助（支出型）"

BASIS = "《国务院关于全面建立临时救助制度的通知》（国发〔2014〕47号）"
OPINIONS = "《关于进一步加强和改进临时救助工作的意见》（民发〔2018〕23号）"


class Cause(models.TextChoices):
    """What happened; the same cause on the same day is one event."""

    FIRE = "fire", "火灾"
    ACCIDENT = "accident", "交通事故等意外"
    SUDDEN_ILLNESS = "sudden_illness", "突发重大疾病"
    OTHER_EMERGENCY = "other_emergency", "其他突发困难"
    MEDICAL = "medical", "医疗支出过大"
    EDUCATION = "education", "教育支出过大"
    OTHER_EXPENSE = "other_expense", "其他生活必需支出过大"


class EmergencyCause(models.TextChoices):
    """What may happen suddenly and be helped at once, papers afterwards."""

    FIRE = Cause.FIRE.value, Cause.FIRE.label
    ACCIDENT = Cause.ACCIDENT.value, Cause.ACCIDENT.label
    SUDDEN_ILLNESS = Cause.SUDDEN_ILLNESS.value, Cause.SUDDEN_ILLNESS.label
    OTHER_EMERGENCY = Cause.OTHER_EMERGENCY.value, Cause.OTHER_EMERGENCY.label


class ExpenditureCause(models.TextChoices):
    """What costs a family more than it can bear; looked into before it is helped."""

    MEDICAL = Cause.MEDICAL.value, Cause.MEDICAL.label
    EDUCATION = Cause.EDUCATION.value, Cause.EDUCATION.label
    OTHER_EXPENSE = Cause.OTHER_EXPENSE.value, Cause.OTHER_EXPENSE.label


class EmergencyState(models.TextChoices):
    REPORTED = "reported", "待救助"
    SUBMITTED = "submitted", "待县级确认"
    AIDED = "aided", "已救助，待补齐材料"
    CLOSED = "closed", "材料补齐，已办结"
    REFUSED = "refused", "不予救助"
    WITHDRAWN = "withdrawn", "已撤回"


class ExpenditureState(models.TextChoices):
    APPLIED = "applied", "待受理"
    ACCEPTED = "accepted", "调查核对中"
    EXAMINED = "examined", "已提出审核意见"
    ON_NOTICE = "on_notice", "公示中"
    NOTICE_CLOSED = "notice_closed", "公示完毕待报送"
    SUBMITTED = "submitted", "待县级确认"
    GRANTED = "granted", "已给予"
    REFUSED = "refused", "不予救助"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


class Level(models.TextChoices):
    """Who decided: and so out of which money it is given."""

    TOWN = "town", "镇（街道）小额救助"
    COUNTY = "county", "县级审核确认"


class Way(models.TextChoices):
    CARD = "card", "转入本人或家属账户"
    CASH = "cash", "现金（签字领取）"
    GOODS = "goods", "实物折价"


class Opinion(models.TextChoices):
    GRANT = "grant", "拟同意救助"
    REFUSE = "refuse", "拟不予救助"


class LatePaper(models.TextChoices):
    """What an emergency may leave to be brought afterwards."""

    IDENTITY = "identity", "身份证明"
    APPLICATION = "application", "临时救助申请审批表"
    EVENT_PROOF = "event_proof", "事故、火灾、病情等证明"
    RECEIPT = "receipt", "领款签字或转账凭证"
    SURVEY = "survey", "事后核实记录"


class RefusalReason(models.TextChoices):
    NOT_URGENT = "not_urgent", "不属于急难情形"
    NOT_IN_NEED = "not_in_need", "经核对不符合收入或财产条件"
    AIDED_ALREADY = "aided_already", "同一事由已得到救助"
    TOO_OFTEN = "too_often", "年度次数已满"
    OTHER = "other", "其他不符合规定的情形"
