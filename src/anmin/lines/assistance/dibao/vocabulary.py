"""Words of dibao casework: states of its cases, what is answered at a step, and their Chinese labels."""

from django.db import models

BENEFIT = "assistance.dibao"
APPLICATION = "assistance.dibao.application"
REVIEW = "assistance.dibao.review"

APPLICATION_LABEL = "低保申请"
REVIEW_LABEL = "低保复核"

NATIONAL = "民发〔2021〕57号"
NATIONAL_18 = "民发〔2021〕57号 第十八条"
PROVINCIAL = "苏民规〔2020〕5号"
VERIFICATION_RULES = "江苏省人民政府令第126号"
BASIS = "《最低生活保障审核确认办法》（民发〔2021〕57号）"


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    APPLIED = "applied", "待受理"
    PAPERS_REQUESTED = "papers_requested", "待补正材料"
    ACCEPTED = "accepted", "已受理"
    SURVEYING = "surveying", "调查核对中"
    EXAMINED = "examined", "已提出初审意见"
    ON_NOTICE = "on_notice", "公示中"
    OBJECTED = "objected", "异议复查中"
    NOTICE_CLOSED = "notice_closed", "公示完毕待报送"
    SUBMITTED = "submitted", "待县级审核"
    REVIEWED = "reviewed", "待审核确认"
    REFUSED = "refused", "不予确认（待送达）"
    CONFIRMED = "confirmed", "已确认"
    REFUSAL_SERVED = "refusal_served", "不予确认（已送达）"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "已撤回"
    TERMINATED = "terminated", "已终止审核"


class ReviewState(models.TextChoices):
    """Where a review of a running entitlement stands."""

    OPENED = "opened", "待核对"
    VERIFYING = "verifying", "核对入户中"
    PROPOSED = "proposed", "已提出复核意见"
    TOLD = "told", "已告知家庭"
    KEPT = "kept", "继续保障"
    CHANGED = "changed", "已调整"
    STOPPED = "stopped", "已停发"
    GRACE = "grace", "已转入渐退缓退"
    CLOSED = "closed", "已终止"


class Route(models.TextChoices):
    """Whether the household is covered as one, or one member alone (单人保)."""

    HOUSEHOLD = "household", "整户保"
    SINGLE = "single", "单人保"


ROUTES = {
    **{route.value: str(route.label) for route in Route},
    "single_a": "单人保（成年无业重残）",
    "single_b": "单人保（低收入家庭重残重病）",
}
"""The routes an entitlement may be granted by; the last two say which of the two kinds of 单人保 was claimed."""


class Layer(models.TextChoices):
    """What the one application may lead to (一次申请、分类认定); tekun has an application of its own."""

    DIBAO = "dibao", "最低生活保障"
    MARGIN = "margin", "低保边缘家庭"
    HARDSHIP = "hardship", "支出型（刚性支出）困难家庭"


class ReviewClass(models.TextChoices):
    """How often a household is looked at again; the months are policy values."""

    A = "A", "A类（无劳动能力、重病重残）"
    B = "B", "B类（家庭情况稳定）"
    C = "C", "C类（有劳动能力或收入不稳定）"


class Opinion(models.TextChoices):
    GRANT = "grant", "拟同意确认"
    REFUSE = "refuse", "拟不予确认"


class MissingPaper(models.TextChoices):
    """What a family may still have to bring; whatever the platforms can find out must not be asked for again."""

    IDENTITY = "identity", "居民身份证原件"
    HOUSEHOLD_REGISTER = "household_register", "居民户口簿"
    APPLICATION_FORM = "application_form", "最低生活保障申请书"
    CONSENT = "consent", "家庭经济状况核对授权书（全体成员及义务人签字）"
    COMMITMENT = "commitment", "诚信承诺书"
    DISABILITY_CARD = "disability_card", "残疾人证"
    ILLNESS_PROOF = "illness_proof", "二级甲等以上医院疾病诊断证明"
    INCOME_PROOF = "income_proof", "无法通过平台查询的收入证明"
    COURT_PAPER = "court_paper", "判决书、调解书或宣告失踪文书"
    DELEGATION = "delegation", "委托书及受托人身份证明"


class DeclineReason(models.TextChoices):
    NOT_LOCAL = "not_local", "户籍不在受理范围，且不符合经常居住地受理条件"
    DUPLICATE = "duplicate", "家庭成员已享受最低生活保障或特困供养"
    CLEARLY_INELIGIBLE = "clearly_ineligible", "家庭收入、财产明显不符合规定条件"
    NO_PAPERS = "no_papers", "经一次性告知，逾期未补正材料"


class RefusalReason(models.TextChoices):
    INCOME = "income", "家庭人均收入不低于当地最低生活保障标准"
    ASSETS = "assets", "家庭财产状况不符合规定"
    NOT_LIVING_TOGETHER = "not_living_together", "共同生活家庭成员认定与申报不符"
    CONCEALED = "concealed", "隐瞒或虚报家庭收入、财产"
    OTHER_PROGRAMME = "other_programme", "已享受特困供养等其他保障"
    OTHER = "other", "其他不符合规定条件的情形"


class LivingConditions(models.TextChoices):
    """What investigators tick on a visit."""

    BARE_HOME = "bare_home", "住房简陋、家电陈旧"
    PLAIN_HOME = "plain_home", "住房及陈设一般"
    GOOD_HOME = "good_home", "住房装修或陈设明显优于周边"
    CAR_SEEN = "car_seen", "有机动车使用迹象"
    BUSINESS_SEEN = "business_seen", "有经营活动"
    BEDRIDDEN = "bedridden", "有长期卧床成员"
    CONSISTENT = "consistent", "与申报情况一致"


class NearRelative(models.TextChoices):
    HANDLER = "handler", "社会救助经办人员近亲属"
    VILLAGE_CADRE = "village_cadre", "村（居）民委员会成员近亲属"


class ObjectionChannel(models.TextChoices):
    TELEPHONE = "telephone", "电话"
    LETTER = "letter", "来信"
    IN_PERSON = "in_person", "来访"
    ONLINE = "online", "网络"


class AppraisalResult(models.TextChoices):
    TRUE = "true", "情况属实"
    NOT_TRUE = "not_true", "情况不属实"
    DIVIDED = "divided", "意见不一"


class Service(models.TextChoices):
    """How a notice reached the person."""

    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"


class WithdrawReason(models.TextChoices):
    BY_CHOICE = "by_choice", "申请人自愿撤回"
    CIRCUMSTANCES = "circumstances", "家庭情况好转"
    DIED = "died", "申请人死亡"


class ReviewOccasion(models.TextChoices):
    """Why a running entitlement is looked at again."""

    PERIODIC = "periodic", "定期复核"
    REPORTED_CHANGE = "reported_change", "家庭报告人口、收入、财产变化"
    DEATH = "death", "家庭成员死亡"
    DISCREPANCY = "discrepancy", "信息核对发现疑点"
    HOME_CHECK = "home_check", "入户核查发现变化"
    COMPLAINT = "complaint", "信访举报"
    WITHDRAWAL = "withdrawal", "自愿退出"


class Proposal(models.TextChoices):
    """What the town proposes at the end of a review."""

    KEEP = "keep", "继续保障"
    CHANGE = "change", "调整保障成员"
    STOP = "stop", "停发"
    GRACE = "grace", "渐退、缓退"
