"""Words of tekun: states of its cases, what is answered at a step, and their Chinese labels."""

from django.db import models

BENEFIT = "assistance.tekun"
APPLICATION = "assistance.tekun.application"
REVIEW = "assistance.tekun.review"

LABEL = "特困供养"
FULL = "特困人员救助供养"
APPLICATION_LABEL = "特困供养申请"
REVIEW_LABEL = "特困供养复核"

NATIONAL = "民发〔2021〕43号"
BASIS = "《特困人员认定办法》（民发〔2021〕43号）"
STATE_COUNCIL = "《国务院关于进一步健全特困人员救助供养制度的意见》（国发〔2016〕14号）"


class Route(models.TextChoices):
    """Where somebody is supported."""

    AT_HOME = "at_home", "分散供养"
    RESIDENTIAL = "residential", "集中供养"
