"""Words of a deliberation: what it may decide, where it stands, how one votes."""

from django.db import models

ADDRESS = "assistance.deliberation"
DELIBERATION = "assistance.deliberation.application"
LABEL = "一事一议"
BASIS = "《关于健全完善社会救助“一事一议”制度的通知》（海安市民政局，2024年，文号待核）"


class ResolutionKind(models.TextChoices):
    """What a panel may decide that a rule alone refuses."""

    AID_OVER_LIMIT = "aid_over_limit", "临时救助超上限、超次数"
    BY_EXCEPTION = "by_exception", "低保、特困等特殊情形纳入"
    GRACE_EXTENSION = "grace_extension", "渐退缓退期延长"
    DOCUMENT_GAP = "document_gap", "材料缺失、无法取得"


class DeliberationState(models.TextChoices):
    RAISED = "raised", "已提请，待召集"
    CONVENED = "convened", "已召集，待开会"
    MEETING = "meeting", "会议中，待表决"
    AGREED = "agreed", "会议同意"
    REJECTED = "rejected", "会议不同意"
    WITHDRAWN = "withdrawn", "已撤回"


class Choice(models.TextChoices):
    AGREE = "agree", "同意"
    AGAINST = "against", "不同意"
    ABSTAIN = "abstain", "弃权"


class Obstacle(models.TextChoices):
    """What stands in the way by the rules."""

    AMOUNT = "amount", "金额超过上限"
    TIMES = "times", "次数或事由受限"
    INCOME = "income", "收入略超标准"
    ASSETS = "assets", "财产超过规定但难以变现"
    HUKOU = "hukou", "户籍或居住地不符合条件"
    PAPERS = "papers", "必要材料无法取得"
    DURATION = "duration", "期限届满"
    OTHER = "other", "其他规定"
