"""Words of the allowances by age: what the counter may still ask for, and their Chinese labels."""

from django.db import models

BENEFIT = "eldercare.allowance"
LABEL = "尊老金"
FULL = "尊老金、长寿金"
BASIS = "南通市尊老金发放规定（文号待核）；江苏省百岁老人长寿金政策"


class NeededPaper(models.TextChoices):
    """What an elder may still have to bring; whatever the platforms can find out must not be asked for."""

    IDENTITY = "identity", "居民身份证"
    HOUSEHOLD_REGISTER = "household_register", "户口簿"
    BANK_CARD = "bank_card", "本人银行卡或社会保障卡"
    DELEGATION = "delegation", "代办人身份证"


class Occasion(models.TextChoices):
    """How it came to be looked at."""

    APPLIED = "applied", "本人或家属申请"
    DISCOVERED = "discovered", "系统按出生日期主动发现"
