"""The registers that are asked: whose they are, on what ground, what their rows hold and prove.

Each is a declaration; `verification.extracts.freshness_days` says how old a delivery may be. Legal basis of the whole:
民发〔2021〕57号 第十八条, 江苏省人民政府令第126号. Fields bear the headings under which departments publish; the catalogue of
MZ/T 073-2024 (its identifiers and code lists) could not be read, and none of it stands here. `reference.py` says of every field
which national standard its values follow, or what is assumed.
"""

from dataclasses import dataclass
from typing import Literal

from anmin.base.errors import BadValue

Shape = Literal["text", "identity", "date", "fen", "count"]

NATIONAL = "《最低生活保障审核确认办法》（民发〔2021〕57号）第十八条"
PROVINCIAL = "《江苏省社会救助家庭经济状况核对办法》（省政府令第126号）"


@dataclass(frozen=True)
class Field:
    """A column of a delivery. `aliases` are the other headers under which departments deliver it."""

    name: str
    label: str
    shape: Shape = "text"
    aliases: tuple[str, ...] = ()


WHO = (
    Field("name", "姓名", aliases=("名字", "人员姓名", "权利人", "户主姓名", "车主", "参保人", "存款人", "死者姓名")),
    Field(
        "identity_number",
        "公民身份号码",
        "identity",
        ("身份证号", "身份证号码", "证件号码", "居民身份证号", "证件号", "身份号码", "sfzh"),
    ),
    Field("card_number", "其他证件号码", aliases=("残疾证号", "残疾人证号", "社会保障号", "社保号")),
    Field("birth_on", "出生日期", aliases=("出生年月", "生日")),
    Field("sex", "性别"),
    Field("address", "住址", aliases=("地址", "家庭住址", "户籍地址", "居住地址")),
    Field("phone", "联系电话", aliases=("电话", "手机", "手机号码")),
)
"""By what the persons of any delivery are recognised; kept as delivered, for matching reads them."""


@dataclass(frozen=True)
class Source:
    """A register of another office: its id, whose it is, on what ground it is asked, what its rows hold, what they prove."""

    id: str
    label: str
    department: str
    fields: tuple[Field, ...]
    proves: str
    basis: str = NATIONAL

    @property
    def columns(self) -> tuple[Field, ...]:
        """Everything a row may hold: who it is about, then what it says."""
        return (*WHO, *self.fields)

    @property
    def told_apart_by(self) -> tuple[str, ...]:
        """By which fields one record of a person differs from another: plate, bank, employer. Sums, days and states change."""
        texts = tuple(each.name for each in self.fields if each.shape in ("text", "identity") and each.name != "state")
        return _TOLD_APART_BY.get(self.id, texts)


_FROM = Field("from_on", "起始日期", "date", ("开始日期", "生效日期"))
_UNTIL = Field("until_on", "终止日期", "date", ("结束日期", "截止日期"))
_EMPLOYER = Field("employer", "单位名称", aliases=("工作单位", "缴费单位", "用人单位"))

_TOLD_APART_BY = {
    "household_register": ("household_number",),
    "vehicles": ("plate",),
    "real_estate": ("certificate", "location"),
    "companies": ("company",),
    "disability_cards": (),
    "school_rolls": ("school",),
}
"""Where not every text of a record stays the same as long as it is the same record."""

SOURCES: dict[str, Source] = {
    source.id: source
    for source in (
        Source(
            "household_register",
            "户籍",
            "公安机关",
            (
                Field("household_number", "户号", aliases=("户口簿号",)),
                Field("relation", "与户主关系"),
                Field("hukou_kind", "户口性质", aliases=("户别",)),
                Field("state", "户籍状态", aliases=("人员状态",)),
            ),
            "户籍所在地和同户人员",
        ),
        Source(
            "vehicles",
            "机动车",
            "公安机关交通管理部门",
            (
                Field("plate", "号牌号码", aliases=("车牌号", "车牌号码")),
                Field("vehicle_kind", "车辆类型", aliases=("车型",)),
                Field("use", "使用性质"),
                Field("registered_on", "初次登记日期", "date", ("登记日期", "注册日期")),
                Field("state", "机动车状态", aliases=("状态",)),
            ),
            "名下机动车",
        ),
        Source(
            "real_estate",
            "不动产",
            "自然资源和规划部门",
            (
                Field("certificate", "不动产权证号", aliases=("产权证号", "房产证号")),
                Field("location", "坐落", aliases=("房屋坐落",)),
                Field("use", "规划用途", aliases=("房屋用途",)),
                Field("area_square_metres", "建筑面积", aliases=("面积",)),
                Field("registered_on", "登记日期", "date", ("登簿日期",)),
            ),
            "名下不动产",
        ),
        Source(
            "companies",
            "市场主体登记",
            "市场监督管理部门",
            (
                Field("company", "企业名称", aliases=("市场主体名称",)),
                Field("credit_code", "统一社会信用代码"),
                Field("position", "任职或出资", aliases=("职务", "身份")),
                Field("share", "认缴出资额", "fen", ("出资额",)),
                Field("state", "登记状态", aliases=("经营状态",)),
            ),
            "任法定代表人、股东的市场主体",
        ),
        Source(
            "social_insurance",
            "社会保险参保",
            "人力资源和社会保障部门",
            (_EMPLOYER, Field("wage", "缴费基数", "fen", ("月缴费基数", "缴费工资")), _FROM, _UNTIL),
            "就业单位和缴费工资",
        ),
        Source(
            "pensions",
            "养老待遇",
            "人力资源和社会保障部门",
            (
                Field("pension", "月养老金", "fen", ("养老金", "月待遇金额", "基本养老金")),
                Field("scheme", "险种", aliases=("待遇类型",)),
                _FROM,
            ),
            "按月领取的养老待遇",
        ),
        Source(
            "tax",
            "个人所得税",
            "税务部门",
            (
                Field("income", "收入额", "fen", ("本期收入", "累计收入")),
                Field("months", "所属月数", "count"),
                Field("payer", "扣缴义务人", aliases=("支付单位",)),
            ),
            "扣缴申报的收入",
        ),
        Source(
            "provident_fund",
            "住房公积金",
            "住房公积金管理机构",
            (_EMPLOYER, Field("balance", "账户余额", "fen", ("余额",)), Field("base", "缴存基数", "fen", ("月缴存基数",))),
            "公积金余额和缴存基数",
        ),
        Source(
            "deposits",
            "银行存款",
            "银行业金融机构",
            (
                Field("bank", "开户银行", aliases=("银行",)),
                Field("balance", "存款余额", "fen", ("余额", "账户余额")),
            ),
            "银行存款余额",
        ),
        Source(
            "securities",
            "证券",
            "证券登记结算机构",
            (Field("value", "证券市值", "fen", ("市值", "资产市值")),),
            "证券账户市值",
        ),
        Source(
            "insurance",
            "商业保险",
            "保险业金融机构",
            (
                Field("insurer", "保险公司"),
                Field("product", "险种", aliases=("产品名称",)),
                Field("premium", "年缴保费", "fen", ("保费",)),
                Field("value", "现金价值", "fen"),
            ),
            "商业保险的保费和现金价值",
        ),
        Source(
            "deaths",
            "死亡、火化",
            "卫生健康部门、殡仪馆",
            (
                Field("died_on", "死亡日期", "date", ("死亡时间",)),
                Field("cremated_on", "火化日期", "date", ("火化时间",)),
            ),
            "死亡和火化",
            "《殡葬信息数据交换规范》（MZ/T 141-2019）；" + NATIONAL,
        ),
        Source(
            "marriages",
            "婚姻登记",
            "民政部门婚姻登记机关",
            (
                Field("state", "婚姻状况", aliases=("登记类型",)),
                Field("spouse_name", "配偶姓名", aliases=("对方姓名",)),
                Field("spouse_identity_number", "配偶身份号码", "identity", ("配偶身份证号", "对方身份证号")),
                Field("registered_on", "登记日期", "date"),
            ),
            "结婚、离婚登记",
        ),
        Source(
            "disability_cards",
            "残疾人证",
            "残疾人联合会",
            (
                Field("kind", "残疾类别"),
                Field("grade", "残疾等级", "count"),
                Field("valid_until", "有效期至", "date", ("有效期",)),
                Field("state", "证件状态"),
            ),
            "残疾类别和等级",
            "《江苏省社会救助家庭经济状况核对办法》（省政府令第126号）",
        ),
        Source(
            "veterans",
            "优抚对象",
            "退役军人事务部门",
            (
                Field("kind", "优抚类别"),
                Field("amount", "月优抚金额", "fen", ("月发放金额",)),
            ),
            "优抚身份和金额",
            PROVINCIAL,
        ),
        Source(
            "farm_machinery",
            "农机具",
            "农业农村部门",
            (
                Field("machine", "机具名称", aliases=("机型",)),
                Field("registered_on", "登记日期", "date"),
            ),
            "名下大型农机具",
            PROVINCIAL,
        ),
        Source(
            "school_rolls",
            "学籍",
            "教育部门",
            (
                Field("school", "学校名称", aliases=("学校", "就读学校")),
                Field("level", "学段", aliases=("学历层次",)),
                Field("state", "学籍状态"),
            ),
            "就学情况",
            PROVINCIAL,
        ),
        Source(
            "prison_terms",
            "服刑、强制隔离戒毒",
            "司法行政部门",
            (Field("kind", "类别"), _FROM, _UNTIL),
            "服刑、强制隔离戒毒的起止",
            PROVINCIAL,
        ),
        Source(
            "fiscal_payroll",
            "财政供养人员",
            "财政部门",
            (_EMPLOYER, Field("wage", "月工资", "fen", ("应发工资", "月应发工资"))),
            "财政供养人员及其工资",
            PROVINCIAL,
        ),
        Source(
            "other_assistance",
            "外地社会救助",
            "省级社会救助信息平台",
            (
                Field("benefit", "救助项目", aliases=("救助类别", "待遇名称")),
                Field("place", "发放地", aliases=("救助地区", "发放地区")),
                Field("amount", "月发放金额", "fen", ("月救助金额",)),
                _FROM,
                _UNTIL,
            ),
            "在外地领取的社会救助",
            PROVINCIAL,
        ),
        Source(
            "institutions",
            "供养、养老机构入住",
            "民政部门",
            (Field("institution", "机构名称"), Field("entered_on", "入住日期", "date", ("入院日期",))),
            "入住供养、养老机构",
            PROVINCIAL,
        ),
    )
}


def source(name: str) -> Source:
    """The source of this id, or of this Chinese name. Refuses an unknown one."""
    found = SOURCES.get(name) or next((each for each in SOURCES.values() if each.label == name), None)
    if found is None:
        raise BadValue(f"没有名为“{name}”的核对数据源；可用的有：{'、'.join(each.label for each in SOURCES.values())}。")
    return found
