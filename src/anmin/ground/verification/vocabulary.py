"""Words of verification: where a request stands, why one asks, what a source answered, what a person decided."""

from django.db import models


class VerificationState(models.TextChoices):
    REQUESTED = "requested", "已提请"
    ANSWERED = "answered", "已出具"


class VerificationResult(models.TextChoices):
    """What the report says; a match is a hint, never a refusal."""

    NOTHING_OVER = "nothing_over", "未发现超标情形"
    DOUBTFUL = "doubtful", "疑似超标，需入户核实"
    INCOMPLETE = "incomplete", "数据不全"


class SourceName(models.TextChoices):
    """The ports through which the answer to a request comes."""

    BY_HAND = "by_hand", "人工查询"
    EXTRACTS = "extracts", "部门数据核对"


class Occasion(models.TextChoices):
    """Why people are asked about (逢进必核, 复核, 全量核对, 动态监测)."""

    ENTRY = "entry", "申请核对"
    REVIEW = "review", "复核核对"
    FULL = "full", "全量核对"
    WATCH = "watch", "动态监测"


WATCHED = ("deaths", "prison_terms", "institutions")
"""The sources that are watched all the time: what they say ends or changes a benefit by itself."""


class Capacity(models.TextChoices):
    """As what somebody is asked about; those bound to support are asked about like members."""

    APPLICANT = "applicant", "申请人"
    MEMBER = "member", "家庭成员"
    SUPPORTER = "supporter", "法定赡（抚、扶）养义务人"


class SignedAs(models.TextChoices):
    """Who signed a consent: the person, or the guardian of somebody who cannot."""

    SELF = "self", "本人"
    GUARDIAN = "guardian", "监护人"


class ConsentState(models.TextChoices):
    """Where a letter stands on a day."""

    IN_FORCE = "in_force", "有效"
    EXPIRING = "expiring", "即将到期"
    TO_COME = "to_come", "尚未生效"
    EXPIRED = "expired", "已过期"
    WITHDRAWN = "withdrawn", "已撤回"


class Freshness(models.TextChoices):
    """Whether the newest delivery of a source may still be searched."""

    FRESH = "fresh", "在时效内"
    STALE = "stale", "已过时效"
    NONE = "none", "没有数据"


class Way(models.TextChoices):
    """How a source is asked: by a department's file, over the wire, or by the files of the provincial platform."""

    FILE = "file", "部门数据文件"
    REGISTRY = "registry", "登记接口（DCI 1.0.0）"
    EXCHANGE = "exchange", "省核对平台交换文件"


class Answered(models.TextChoices):
    """What came of asking one source; only the first may ever be read as "nothing found" where no hit stands beside it."""

    SEARCHED = "searched", "已比对"
    STALE = "stale", "数据已过时效"
    NOT_DELIVERED = "not_delivered", "部门未提供数据"
    UNAVAILABLE = "unavailable", "数据源暂不可用"
    AWAITED = "awaited", "已提出查询，等待答复"


class QuestionState(models.TextChoices):
    """Where a message stands that another register answers later."""

    TO_SEND = "to_send", "待发送"
    ASKED = "asked", "等待答复"
    ANSWERED = "answered", "已答复"
    WITHOUT = "without", "没有得到答复"


OUTSTANDING = frozenset({QuestionState.TO_SEND, QuestionState.ASKED})


class WatchState(models.TextChoices):
    """Where a subscription stands by which another register tells us of an event."""

    TO_SEND = "to_send", "待订阅"
    ASKED = "asked", "等待确认"
    RUNNING = "running", "已订阅"
    TO_END = "to_end", "待退订"
    ENDED = "ended", "已退订"
    REFUSED = "refused", "对方拒绝"


WATCH_OVER = (WatchState.ENDED, WatchState.REFUSED)
WATCH_TELLS = (WatchState.RUNNING, WatchState.TO_END)
"""While a subscription is being given up, what the register still tells of counts."""


NOTICE = "verification.registrywatch"
"""What an inquiry is about that came of a notice: one person, not a roll."""


class PersonAnswer(models.TextChoices):
    """What one source answered about one person, as the report prints it."""

    FOUND = "found", "有记录"
    NOTHING = "nothing", "未查到记录"
    NO_CONSENT = "no_consent", "未授权，未查询"
    STALE = "stale", "数据已过时效"
    NOT_DELIVERED = "not_delivered", "部门未提供数据"
    UNAVAILABLE = "unavailable", "数据源暂不可用"
    AWAITED = "awaited", "等待答复"


class Tier(models.TextChoices):
    """How sure a match is; people look at the queue before anything is made of it."""

    NUMBER_AND_NAME = "A", "证件号码和姓名一致"
    SCORED = "B", "多项信息综合一致"
    QUEUE = "queue", "疑似，待人工辨认"
    NOT_THE_PERSON = "no", "经辨认不是本人"


class FindingState(models.TextChoices):
    OPEN = "open", "待处理"
    ASKED = "asked", "已请家庭说明"
    ANSWERED = "answered", "家庭已说明"
    PROPOSED = "proposed", "已提出处理意见，待复核"
    ACCEPTED = "accepted", "属实"
    REJECTED = "rejected", "不属实"
    CARRIED = "carried", "并入后一次核对"


DECIDED = frozenset({FindingState.ACCEPTED, FindingState.REJECTED})
CLOSED = DECIDED | {FindingState.CARRIED}
"""Nobody has to do anything about it any more: it is decided, or goes on as a finding of a later inquiry."""


class FindingKind(models.TextChoices):
    """What a hit may contradict in what was declared."""

    UNDECLARED_VEHICLE = "undeclared_vehicle", "名下有未申报车辆"
    UNDECLARED_HOME = "undeclared_home", "名下有未申报住房"
    WAGE = "wage", "工资收入与申报不符"
    PENSION = "pension", "养老待遇与申报不符"
    COMPANY = "company", "有企业登记或股份"
    DEPOSIT = "deposit", "金融资产与申报不符"
    DEAD = "dead", "已死亡仍在册"
    MARRIED = "married", "婚姻登记与申报不符"
    PAID_ELSEWHERE = "paid_elsewhere", "在其他渠道领取待遇"
    IN_PRISON = "in_prison", "正在服刑或强制隔离戒毒"
    IN_INSTITUTION = "in_institution", "已入住供养机构"
    SCHOOLING = "schooling", "学籍与申报不符"
    DISABILITY = "disability", "残疾证信息与登记不符"
    FISCAL_PAYROLL = "fiscal_payroll", "财政供养人员"
    OTHER_HUKOU = "other_hukou", "户籍信息与登记不符"
    FARM_MACHINERY = "farm_machinery", "名下有大型农机具"
    CONTRADICTION = "contradiction", "数据源之间不一致"


class StepTaken(models.TextChoices):
    """What a person did about a finding; the list of these never changes."""

    ASKED = "asked", "请家庭说明"
    OBJECTED = "objected", "家庭提出异议"
    PROPOSED = "proposed", "提出处理意见"
    RETURNED = "returned", "退回重新核实"
    ACCEPTED = "accepted", "认定属实"
    REJECTED = "rejected", "认定不属实"
    REOPENED = "reopened", "异议后重新核查"
    CARRIED = "carried", "并入后一次核对"
