"""Words about persons, households and facts, with their Chinese labels."""

from dataclasses import dataclass
from typing import Literal

from django.db import models


class Sex(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class HukouKind(models.TextChoices):
    URBAN = "urban", "城镇"
    RURAL = "rural", "农村"


class Relation(models.TextChoices):
    """Relation to the head of the household (GB/T 4761, shortened)."""

    HEAD = "head", "本人"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    CHILD_IN_LAW = "child_in_law", "儿媳或女婿"
    GRANDCHILD = "grandchild", "孙子女"
    PARENT = "parent", "父母"
    GRANDPARENT = "grandparent", "祖父母"
    SIBLING = "sibling", "兄弟姐妹"
    OTHER = "other", "其他"


class AbsenceReason(models.TextChoices):
    """Why a person on the household's register may not count as living together (苏民规〔2020〕5号)."""

    NONE = "", "—"
    CONSCRIPT = "conscript", "义务兵"
    PRISON = "prison", "服刑或强制隔离戒毒"
    RELIGIOUS = "religious", "宗教教职人员脱离家庭满三年"
    DECLARED_MISSING = "declared_missing", "人民法院宣告失踪"
    MISSING_TWO_YEARS = "missing_two_years", "失踪满两年并有证明"
    INDEPENDENT = "independent", "已成年并独立生活"
    COUNTY_DECISION = "county_decision", "县级民政部门认定"


class DutyOfSupport(models.TextChoices):
    MAINTAIN_PARENT = "maintain_parent", "赡养"
    RAISE_CHILD = "raise_child", "抚养"
    SUPPORT_SPOUSE = "support_spouse", "扶养"


class DisabilityKind(models.TextChoices):
    """GB/T 26341-2010."""

    VISUAL = "visual", "视力"
    HEARING = "hearing", "听力"
    SPEECH = "speech", "言语"
    PHYSICAL = "physical", "肢体"
    INTELLECTUAL = "intellectual", "智力"
    MENTAL = "mental", "精神"
    MULTIPLE = "multiple", "多重"


class WorkStatus(models.TextChoices):
    EMPLOYED = "employed", "在业"
    UNEMPLOYED = "unemployed", "登记失业"
    ABLE_IDLE = "able_idle", "有劳动能力未就业"
    UNABLE = "unable", "无劳动能力"
    STUDENT = "student", "在校"
    RETIRED = "retired", "退休"


class SchoolingLevel(models.TextChoices):
    """Full-time schooling now, not the highest degree ever (GB/T 4658, shortened)."""

    NONE = "none", "不在学"
    PRIMARY = "primary", "小学"
    MIDDLE = "middle", "初中"
    HIGH = "high", "高中"
    VOCATIONAL = "vocational", "中职"
    COLLEGE = "college", "大专"
    BACHELOR = "bachelor", "本科"
    MASTER = "master", "硕士研究生"
    DOCTOR = "doctor", "博士研究生"


FactShape = Literal["fen", "count", "yes_no", "code"]


@dataclass(frozen=True)
class FactKind:
    """A kind of fact: its dotted name, Chinese label, group on screen, and the shape of its value."""

    name: str
    label: str
    group: str
    shape: FactShape
    codes: type[models.TextChoices] | None = None


FACT_KINDS: dict[str, FactKind] = {
    kind.name: kind
    for kind in (
        FactKind("income.wage", "工资性收入", "收入（月）", "fen"),
        FactKind("income.business", "经营净收入", "收入（月）", "fen"),
        FactKind("income.farming", "其中：自给自足种养收入", "收入（月）", "fen"),
        FactKind("income.property", "财产净收入", "收入（月）", "fen"),
        FactKind("income.pension", "养老金", "收入（月）", "fen"),
        FactKind("income.pension_central", "其中：中央确定的基础养老金", "收入（月）", "fen"),
        FactKind("income.support_received", "实际收到的赡养、抚养、扶养费", "收入（月）", "fen"),
        FactKind("income.exempt", "依规不计入的转移收入", "收入（月）", "fen"),
        FactKind("income.transfer_other", "其他转移净收入", "收入（月）", "fen"),
        FactKind("assets.financial", "金融资产", "财产", "fen"),
        FactKind("assets.homes", "住房套数", "财产", "count"),
        FactKind("assets.homes_relocation", "住房因拆迁取得", "财产", "yes_no"),
        FactKind("assets.vehicles", "机动车（不含残疾人代步车和唯一谋生小型车）", "财产", "count"),
        FactKind("assets.company", "持有经营中的企业股份或任其法定代表人", "财产", "yes_no"),
        FactKind("disability.kind", "残疾类别", "残疾", "code", DisabilityKind),
        FactKind("disability.grade", "残疾等级", "残疾", "count"),
        FactKind("illness.severe", "患重特大疾病", "疾病", "yes_no"),
        FactKind("work.status", "就业状况", "就业", "code", WorkStatus),
        FactKind("work.refusals", "连续拒绝介绍工作次数", "就业", "count"),
        FactKind("schooling.level", "全日制就学", "就学", "code", SchoolingLevel),
        FactKind("status.veteran", "退役军人", "身份", "yes_no"),
        FactKind("status.religious_resident", "在宗教场所居住满三年的教职人员", "身份", "yes_no"),
        FactKind("status.dead", "死亡", "身份", "yes_no"),
    )
}
