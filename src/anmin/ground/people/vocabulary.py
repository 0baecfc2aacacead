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


class Incapacity(models.TextChoices):
    """Why somebody who owes support cannot give it (民发〔2021〕43号第八条)."""

    TEKUN = "tekun", "特困人员"
    DIBAO_60 = "dibao_60", "六十周岁以上的低保对象"
    AGE_70 = "age_70", "七十周岁以上、收入和财产符合规定"
    SEVERE_DISABLED = "severe_disabled", "重度残疾或三级智力、精神残疾，收入和财产符合规定"
    NO_CAPACITY = "no_capacity", "无民事行为能力"
    MISSING = "missing", "被宣告失踪"
    PRISON = "prison", "在监狱服刑"
    OTHER = "other", "省级人民政府规定的其他情形"


class ParentState(models.TextChoices):
    """What has become of a child's father or mother, as far as it bears on their care (民发〔2019〕62号、民发〔2020〕125号)."""

    ABLE = "able", "能够履行监护职责"
    DEAD = "dead", "已去世"
    MISSING = "missing", "人民法院宣告失踪"
    NOT_FOUND = "not_found", "查找不到"
    PRISON = "prison", "服刑或强制隔离戒毒六个月以上"
    LOST_CONTACT = "lost_contact", "失去联系、未履行监护责任六个月以上"
    SEVERE = "severe", "重残或重病"
    GUARDIANSHIP_REVOKED = "revoked", "被撤销监护资格"
    DEPORTED = "deported", "被遣送（驱逐）出境"
    NO_CAPACITY = "no_capacity", "无监护能力"


class ChildPlacement(models.TextChoices):
    """Where a child lives whose parents cannot look after it."""

    INSTITUTION = "institution", "机构集中养育"
    FAMILY = "family", "社会散居"


class ChildCategory(models.TextChoices):
    """The six categories of children in distress in Jiangsu (八部门《关于落实困境儿童分类保障制度有关问题的补充意见》, 2018)."""

    NONE = "none", "不属于困境儿童"
    ORPHAN = "orphan", "孤儿"
    NO_GUARDIAN = "no_guardian", "父母监护缺失的儿童"
    UNABLE = "unable", "父母无力履行监护职责的儿童"
    SEVERE = "severe", "重残、重病及流浪儿童"
    POOR = "poor", "贫困家庭儿童"
    OTHER = "other", "其他需要帮助的儿童"


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
        FactKind("status.in_prison", "正在服刑或强制隔离戒毒", "身份", "yes_no"),
        FactKind("status.missing", "下落不明", "身份", "yes_no"),
        FactKind("hukou.local", "本地户籍", "身份", "yes_no"),
        FactKind("land.contracted", "有承包土地或参加集体收益分配", "身份", "yes_no"),
        FactKind("residence.institution", "由福利机构供养", "身份", "yes_no"),
        FactKind("income.fixed", "有固定收入", "收入（月）", "yes_no"),
        FactKind("capacity.lost", "经认定无劳动能力", "就业", "yes_no"),
        FactKind("care.items_lost", "生活自理能力不能自理的项数", "照料", "count"),
        FactKind("care.other_benefit", "享受老年、因公、离休等护理待遇", "照料", "yes_no"),
        FactKind("injury.nursing", "领取工伤保险生活护理费", "照料", "yes_no"),
        FactKind("child.father", "父亲情况", "儿童", "code", ParentState),
        FactKind("child.mother", "母亲情况", "儿童", "code", ParentState),
        FactKind("child.abandoned", "弃婴（儿）", "儿童", "yes_no"),
        FactKind("child.adopted", "已被收养", "儿童", "yes_no"),
        FactKind("child.hiv", "感染艾滋病病毒", "儿童", "yes_no"),
        FactKind("child.placement", "养育方式", "儿童", "code", ChildPlacement),
        FactKind("child.vaccine_injury", "预防接种异常反应等级", "儿童", "count"),
        FactKind("child.benefit_chosen", "选择享受儿童保障（不选特困）", "儿童", "yes_no"),
        FactKind("expense.medical", "近十二个月自付医疗费", "支出（十二个月）", "fen"),
        FactKind("expense.education", "近十二个月自付教育费", "支出（十二个月）", "fen"),
        FactKind("expense.rehabilitation", "近十二个月残疾康复费", "支出（十二个月）", "fen"),
        FactKind("expense.aid", "近十二个月已得专项救助", "支出（十二个月）", "fen"),
        FactKind("insured.supplementary", "参加低收入人口补充保险", "保险", "yes_no"),
        FactKind("care.other_amount", "老年、因公、离休等护理待遇月金额", "照料", "fen"),
        FactKind("care.long_term_proof", "有需要长期照护的证明", "照料", "yes_no"),
        FactKind("child.category", "困境儿童类别", "儿童", "code", ChildCategory),
        FactKind("child.other_benefits", "本人每月已享受的低保、残疾人生活补贴等金额", "儿童", "fen"),
        FactKind("child.vagrant", "流浪儿童", "儿童", "yes_no"),
        FactKind("child.other_hardship", "经认定有其他困难需要帮助", "儿童", "yes_no"),
        FactKind("obligor.none", "经查没有法定赡养、抚养、扶养义务人", "身份", "yes_no"),
    )
}
