"""Words of the living allowance: what the counter may still ask for, and their Chinese labels."""

from django.db import models

BENEFIT = "disability.living"
LABEL = "残疾人生活补贴"
FULL = "困难残疾人生活补贴"
BASIS = "《国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见》（国发〔2015〕52号）；民发〔2021〕70号"


class NeededPaper(models.TextChoices):
    """What an applicant may still have to bring; whatever the platforms can find out must not be asked for."""

    IDENTITY = "identity", "居民身份证或户口簿"
    DISABILITY_CARD = "disability_card", "第二代残疾人证"
    INCOME_PROOF = "income_proof", "无固定收入或家庭收入情况的说明"
    BANK_CARD = "bank_card", "本人银行卡或社会保障卡"
    DELEGATION = "delegation", "委托书及受托人身份证明"
