"""Words of tekun: states of its cases, what is answered at a step, and their Chinese labels."""

from django.db import models

BENEFIT = "assistance.tekun"
APPLICATION = "assistance.tekun.application"
REVIEW = "assistance.tekun.review"
FUNERAL = "assistance.tekun.funeral"
FUNERAL_MONTHS = "assistance.tekun.funeral_months"

LABEL = "特困供养"
FULL = "特困人员救助供养"
APPLICATION_LABEL = "特困供养申请"
REVIEW_LABEL = "特困供养复核"
FUNERAL_LABEL = "特困供养丧葬费"

NATIONAL = "民发〔2021〕43号"
BASIS = "《特困人员认定办法》（民发〔2021〕43号）"
STATE_COUNCIL = "《国务院关于进一步健全特困人员救助供养制度的意见》（国发〔2016〕14号）"


class Route(models.TextChoices):
    """Where somebody is supported."""

    AT_HOME = "at_home", "分散供养"
    RESIDENTIAL = "residential", "集中供养"


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    APPLIED = "applied", "待受理"
    PAPERS_REQUESTED = "papers_requested", "待补正材料"
    ACCEPTED = "accepted", "调查核对中"
    EXAMINED = "examined", "已提出初审意见"
    ON_NOTICE = "on_notice", "公示中"
    OBJECTED = "objected", "异议复查中"
    NOTICE_CLOSED = "notice_closed", "公示完毕待报送"
    SUBMITTED = "submitted", "待县级审核"
    REVIEWED = "reviewed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不予确认（待送达）"
    REFUSAL_SERVED = "refusal_served", "不予确认（已送达）"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"


class ReviewState(models.TextChoices):
    """Where a review of somebody supported stands."""

    OPENED = "opened", "待评估"
    PROPOSED = "proposed", "已提出意见"
    ON_NOTICE = "on_notice", "终止公示中"
    KEPT = "kept", "继续供养"
    ENDED = "ended", "已终止供养"


class CareItem(models.TextChoices):
    """The six everyday things by which self-care is graded."""

    EATING = "eating", "吃饭"
    DRESSING = "dressing", "穿衣"
    BED = "bed", "上下床"
    TOILET = "toilet", "如厕"
    WALKING = "walking", "室内行走"
    WASHING = "washing", "洗澡"


class NeededPaper(models.TextChoices):
    """What an applicant may still have to bring; whatever the platforms can find out must not be asked for."""

    IDENTITY = "identity", "居民身份证或户口簿"
    STATEMENT = "statement", "劳动能力、生活来源、财产和义务人情况的书面声明"
    CONSENT = "consent", "家庭经济状况核对授权书"
    COMMITMENT = "commitment", "承诺书"
    DISABILITY_CARD = "disability_card", "残疾人证"
    DELEGATION = "delegation", "委托书及受托人身份证明"


class Proposal(models.TextChoices):
    KEEP = "keep", "继续供养"
    END = "end", "终止供养"
