"""The columns of the files about people, under the headers that towns and departments use."""

from anmin.ground.imports.forms import Column, Kind
from anmin.ground.people.vocabulary import (
    FACT_KINDS,
    AbsenceReason,
    DisabilityKind,
    DutyOfSupport,
    HukouKind,
    Incapacity,
    Relation,
    SchoolingLevel,
    Sex,
    WorkStatus,
)


def words(choices: type, **also: str) -> dict[str, str]:
    """The Chinese labels of a vocabulary with their codes, and other words that mean the same."""
    return {**{str(label): value for value, label in choices.choices if value}, **also}  # type: ignore[attr-defined]  # TextChoices


HUKOU = words(HukouKind, 城市="urban", 非农业="urban", 农业="rural")
GRADES = {
    **{label: grade for grade, label in enumerate(("一级", "二级", "三级", "四级"), 1)},
    **{label: grade for grade, label in enumerate(("一", "二", "三", "四"), 1)},
    **{str(grade): grade for grade in range(1, 5)},
}

IDENTITY = Column(
    "identity_number",
    "身份证号",
    "identity_number",
    required=True,
    synonyms=("身份证号码", "公民身份号码", "身份证", "证件号码"),
    example="320699195003120010",
)
NAME_CHECK = Column("name", "姓名", "name", example="张三", note="可不填；填写时与已登记的姓名核对", longest=60)
TOWN = Column("town", "镇街", "town", required=True, synonyms=("镇（街道）", "乡镇", "镇", "街道"), example="曲塘镇")
VILLAGE = Column("village", "村居", "village", required=True, synonyms=("村（社区）", "村", "社区"), example="刘桥村")
SINCE = Column("valid_from", "起始日期", "date", required=True, synonyms=("开始日期", "生效日期"), example="2024-01-01")
UNTIL = Column(
    "valid_until",
    "截止日期",
    "date",
    synonyms=("终止日期", "结束日期", "有效期止"),
    note="包含当日；仍然有效的留空",
    example="2024-12-31",
)
SOURCE = Column("source", "来源", "text", synonyms=("数据来源",), longest=60, note="不填时记为报送单位")
CORRECTS = Column(
    "corrects",
    "更正",
    "yes_no",
    note="填“是”表示以本行改正原来记错的内容；不填表示情况从起始日期起有了变化",
    example="否",
)
PERIOD = (SINCE, UNTIL)

PERSONS = (
    IDENTITY,
    Column("name", "姓名", "name", required=True, example="张三", longest=60),
    Column("sex", "性别", "choice", choices=words(Sex), note="可不填，按身份证号得出；填写时与身份证号核对"),
    Column("hukou_kind", "户籍性质", "choice", required=True, choices=HUKOU, synonyms=("户口性质",), example="农村"),
    TOWN,
    VILLAGE,
    Column("address", "住址", synonyms=("家庭住址", "居住地址"), example="刘桥村3组12号"),
    Column("phone", "联系电话", "phone", synonyms=("电话", "手机号", "手机号码"), longest=20),
    Column("bank_name", "开户银行", longest=60, synonyms=("开户行",)),
    Column("bank_account", "银行账号", "account", synonyms=("银行卡号", "一卡通账号", "社保卡账号")),
)

HOUSEHOLD_NUMBER = Column("number", "户编号", required=True, synonyms=("家庭编号", "户号"), longest=30, example="HA10101001")

HOUSEHOLDS = (
    HOUSEHOLD_NUMBER,
    Column("head", "户主身份证号", "identity_number", required=True, synonyms=("户主身份证号码",), example="320699195003120010"),
    TOWN,
    VILLAGE,
    Column("address", "住址", synonyms=("家庭住址",), example="刘桥村3组12号"),
    Column("hukou_kind", "户籍性质", "choice", required=True, choices=HUKOU, synonyms=("户口性质",), example="农村"),
    Column("opened_on", "立户日期", "date", required=True, example="2015-03-01"),
)

MEMBERS = (
    HOUSEHOLD_NUMBER,
    IDENTITY,
    Column(
        "relation",
        "与户主关系",
        "choice",
        required=True,
        choices=words(
            Relation,
            户主="head",
            妻="spouse",
            夫="spouse",
            丈夫="spouse",
            妻子="spouse",
            子="child",
            女="child",
            儿子="child",
            女儿="child",
            父="parent",
            母="parent",
            父亲="parent",
            母亲="parent",
            儿媳="child_in_law",
            女婿="child_in_law",
            孙子="grandchild",
            孙女="grandchild",
            外孙子="grandchild",
            外孙女="grandchild",
        ),
        example="配偶",
    ),
    Column("same_hukou", "同户籍", "yes_no", required=True, example="是"),
    Column("counted", "共同生活", "yes_no", required=True, synonyms=("是否共同生活",), example="是"),
    Column("absence", "不计入原因", "choice", choices=words(AbsenceReason), note="“共同生活”填“否”时必须填写"),
    *PERIOD,
    CORRECTS,
)

SUPPORTERS = (
    Column(
        "dependant",
        "被赡养扶养人身份证号",
        "identity_number",
        required=True,
        synonyms=("被赡养、抚养、扶养人身份证号", "被赡养人身份证号"),
        example="320699195003120010",
    ),
    Column("obligor", "义务人身份证号", "identity_number", required=True, example="320699197705040019"),
    Column("name", "义务人姓名", "name", required=True, longest=60, example="张四"),
    Column("duty", "类型", "choice", required=True, choices=words(DutyOfSupport), synonyms=("义务类型",), example="赡养"),
    Column("household_income", "义务人家庭月收入", "yuan", note="不清楚的留空，不要填 0"),
    Column("household_size", "义务人家庭人数", "count", most=30, note="不清楚的留空"),
    Column("dependants", "被赡养扶养人数", "count", most=30, note="义务人须赡养、抚养、扶养的人数，不填按 1 人"),
    Column("court_amount", "裁判文书月金额", "yuan", note="判决、调解或协议确定的每月金额，没有的留空"),
    Column("actual_amount", "实际给付月金额", "yuan", note="不清楚的留空"),
    Column("exempt", "无给付能力", "yes_no", note="义务人为低保、特困、重度残疾、服刑、在校学生等", example="否"),
    Column("incapacity", "无履行能力的情形", "choice", choices=words(Incapacity), note="特困认定中义务人无履行能力时填写"),
    Column("town", "义务人镇街", "town", note="义务人尚未登记时使用；住在外地的填“外地”或留空"),
    Column("village", "义务人村居", "village", note="义务人尚未登记时使用；住在外地的填“外地”或留空"),
    Column("address", "义务人住址"),
    Column("phone", "义务人电话", "phone", longest=20),
    *PERIOD,
    CORRECTS,
)

INCOMES = (
    IDENTITY,
    NAME_CHECK,
    Column("income.wage", "工资性收入", "yuan", example="1500.00"),
    Column("income.business", "经营净收入", "yuan"),
    Column("income.farming", "其中自给自足种养", "yuan", synonyms=("其中：自给自足种养收入", "其中自给自足种养收入")),
    Column("income.property", "财产净收入", "yuan"),
    Column("income.pension", "养老金", "yuan"),
    Column("income.pension_central", "其中中央基础养老金", "yuan", synonyms=("其中：中央确定的基础养老金",)),
    Column("income.support_received", "实收赡养抚养扶养费", "yuan", synonyms=("实际收到的赡养、抚养、扶养费",)),
    Column("income.exempt", "不计入的转移收入", "yuan", synonyms=("依规不计入的转移收入",)),
    Column("income.transfer_other", "其他转移净收入", "yuan"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

ASSETS = (
    IDENTITY,
    NAME_CHECK,
    Column("assets.financial", "金融资产", "yuan"),
    Column("assets.homes", "住房套数", "count", most=100, note="按户相加；家人共有的一套只记在一人名下"),
    Column("assets.homes_relocation", "住房因拆迁取得", "yes_no"),
    Column("assets.vehicles", "机动车数", "count", most=100, synonyms=("机动车",), note="不含残疾人代步车和唯一谋生小型车"),
    Column("assets.company", "持有经营企业", "yes_no", note="持有经营中的企业股份或任其法定代表人"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

DISABILITIES = (
    IDENTITY,
    NAME_CHECK,
    Column(
        "disability.kind",
        "残疾类别",
        "choice",
        required=True,
        choices=words(DisabilityKind, **{f"{kind.label}残疾": kind.value for kind in DisabilityKind}),
        example="肢体",
    ),
    Column("disability.grade", "残疾等级", "choice", required=True, choices=GRADES, example="二级"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

ILLNESSES = (
    IDENTITY,
    NAME_CHECK,
    Column("illness.severe", "患重特大疾病", "yes_no", required=True, example="是"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

SCHOOLING = (
    IDENTITY,
    NAME_CHECK,
    Column("schooling.level", "就学阶段", "choice", required=True, choices=words(SchoolingLevel), example="高中"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

WORK = (
    IDENTITY,
    NAME_CHECK,
    Column("work.status", "就业状况", "choice", choices=words(WorkStatus), example="有劳动能力未就业"),
    Column("work.refusals", "连续拒绝介绍工作次数", "count", most=100, note="不清楚的留空"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

STATUSES = (
    IDENTITY,
    NAME_CHECK,
    Column("status.veteran", "退役军人", "yes_no", example="是"),
    Column("status.religious_resident", "宗教教职人员", "yes_no", note="在宗教场所居住满三年的教职人员"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

_SAID: dict[str, Kind] = {"fen": "yuan", "count": "count", "yes_no": "yes_no", "code": "choice"}


def _facts(*names: str) -> tuple[Column, ...]:
    """A column for each kind of fact, under its own label."""
    return tuple(
        Column(name, kind.label, _SAID[kind.shape], most=1_000, choices=words(kind.codes) if kind.codes else {})
        for name in names
        for kind in (FACT_KINDS[name],)
    )


CIRCUMSTANCES = (
    IDENTITY,
    NAME_CHECK,
    *_facts(
        "income.fixed",
        "obligor.none",
        "capacity.lost",
        "care.items_lost",
        "care.other_benefit",
        "care.other_amount",
        "care.long_term_proof",
        "injury.nursing",
        "land.contracted",
        "residence.institution",
        "hukou.local",
        "status.in_prison",
        "status.missing",
    ),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

CHILDREN = (
    IDENTITY,
    NAME_CHECK,
    *_facts(*(name for name in FACT_KINDS if name.startswith("child."))),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

EXPENSES = (
    IDENTITY,
    NAME_CHECK,
    *_facts("expense.medical", "expense.education", "expense.rehabilitation", "expense.aid"),
    *PERIOD,
    SOURCE,
    CORRECTS,
)

DEATHS = (
    IDENTITY,
    NAME_CHECK,
    Column("died_on", "死亡日期", "date", required=True, example="2024-05-15"),
    SOURCE,
)
