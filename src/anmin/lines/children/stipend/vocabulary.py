"""Words of the stipend of children in distress: what the counter may still ask for, and their Chinese labels."""

from django.db import models

BENEFIT = "children.stipend"
LABEL = "困境儿童生活费"
FULL = "困境儿童基本生活费"
BASIS = "江苏省八部门《关于落实困境儿童分类保障制度有关问题的补充意见》（2018年）；民发〔2019〕62号；民发〔2020〕125号"


class NeededPaper(models.TextChoices):
    """What a guardian may still have to bring; whatever the platforms can find out must not be asked for."""

    IDENTITY = "identity", "儿童及监护人身份证或户口簿"
    GUARDIANSHIP = "guardianship", "监护人、实际照料人情况"
    PARENTS = "parents", "父母死亡、失踪、服刑、失联等证明"
    DISABILITY_OR_ILLNESS = "disability_or_illness", "残疾人证或疾病诊断证明"
    SCHOOLING = "schooling", "就学证明（满十八周岁的）"
    BANK_CARD = "bank_card", "儿童或监护人银行卡"
