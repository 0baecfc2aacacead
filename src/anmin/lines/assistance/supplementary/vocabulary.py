"""Words of the supplementary insurance (低补保): the layers whose people are insured."""

from django.db import models

ADDRESS = "assistance.supplementary"
LABEL = "低补保"


class Layer(models.TextChoices):
    """As what a person is insured: the first layer of these that covers them on the day. The value is the benefit's address."""

    TEKUN = "assistance.tekun", "特困"
    DIBAO = "assistance.dibao", "低保"
    MARGIN = "assistance.margin", "低保边缘"
    HARDSHIP = "assistance.hardship", "刚性支出困难"
