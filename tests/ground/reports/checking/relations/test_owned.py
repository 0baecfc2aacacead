"""What a rate names itself, and what stood in the sentences before it; each passage wrong and right; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def told(passage: str) -> list[str]:
    findings = check(document_of(f"2024年度工作总结\n{passage}")).findings
    return [each.rule for each in findings if each.severity is not Severity.ASK]


# Each passage, what in it is wrong, what would be right there, and the rule.
PASSAGES = [
    # a share that names its own part and what it is of
    ("养老机构28家，床位4286张。入住老人2486人，护理型床位2614张。护理型床位占比达到{}%。", "62.0", "61.0", "share"),
    ("全镇共有劳动力18642人。外出务工8642人，其中县外6214人。外出务工占劳动力总数的{}%。", "43.6", "46.4", "share"),
    ("新发现文物点126处，复查文物点736处。本次普查共登记文物点862处。新发现占登记总数的{}%。", "16.4", "14.6", "share"),
    (
        "其中基本支出1862万元，项目支出1002万元。人员经费1642万元，公用经费220万元，人员经费占基本支出的{}%。",
        "82.8",
        "88.2",
        "share",
    ),
    ("女干部占比31.2%，全局共有干部314名，其中女干部{}名。", "108", "98", "share"),
    ("城乡低保对象分别为1862人和4286人，其中女性2864人，占{}%。", "64.6", "46.6", "share"),
    # a rate that opens its sentence, or whose base is told behind it
    ("发现问题214个，现场整改186个，限期整改28个。现场整改率{}%。", "89.6", "86.9", "share"),
    ("受理热线工单86420件，按期办结85864件，满意率97.2%。按期办结率达到{}%。", "93.9", "99.4", "share"),
    ("培训合格2146人，合格率96.4%，共培训{}人。", "2326", "2226", "share"),
    ("举报768件，咨询376件。举报立案87件，立案率{}%。", "13.3", "11.3", "share"),
    ("党费收缴率98.6%，应收42.6万元，实收{}万元。", "41", "42", "share"),
    (
        "税收收入8.63亿元、社会保险费3.48亿元。税收同比增收0.52亿元，增长6.4%，完成年度目标33.2亿元的{}%。",
        "28.0",
        "26.0",
        "share",
    ),
    # the year before, by its name
    ("2023年末户籍人口62.86万人。2024年末户籍人口62.14万人，比上年末减少{}万人。", "0.62", "0.72", "growth"),
    ("去年全市共查处违法用地186宗。今年查处142宗，其中耕地86宗。总宗数同比下降{}%。", "32.7", "23.7", "growth"),
    ("2024年共办理行政处罚案件326件。2023年办理行政处罚案件286件。案件数量增长{}%。", "12.3", "14.0", "growth"),
    ("一季度新登记企业862户，二季度新登记1034户。二季度环比增长{}%。", "12.0", "20.0", "growth"),
    ("2023年，农村公路列养率96.2%。2024年列养率达到98.4%，提高{}个百分点。", "3.2", "2.2", "growth"),
    ("2024年、2023年分别办理案件1286件和1124件，增长{}%。", "12.6", "14.4", "growth"),
    # products
    ("预算安排高龄津贴253.44万元（2640人×80元×{}个月）。", "10", "12", "standard_times_people"),
    ("按工资总额1286万元×2%，计{}万元。", "27.52", "25.72", "standard_times_people"),
    ("每月需资金82.5万元，1至6月共发放{}万元。", "577.5", "495", "count_times_price"),
    ("拖欠清洁工工资，每人每月少发60元，共42人，5个月合计少发{}万元。", "1.36", "1.26", "standard_times_people"),
    ("全乡有护河员36人，月补助300元/人，半年共发补助{}万元。", "6.84", "6.48", "standard_times_people"),
    ("寄宿生625人，每生每学期750元，计{}万元。", "48.9", "46.875", "standard_times_people"),
    # so many to one
    ("中小学在校学生186420人。专任教师12428人。师生比为1:{}。", "18", "15", "share"),
    ("招录公务员86名，报名人数4300人，平均竞争比例为1:{}。", "60", "50", "share"),
]


@pytest.mark.parametrize(("passage", "wrong", "right", "rule"), PASSAGES)
def test_what_names_its_own_terms_is_held_against_them(passage: str, wrong: str, right: str, rule: str) -> None:
    assert told(passage.format(wrong)) == [rule]
    assert told(passage.format(right)) == []


@pytest.mark.parametrize(
    "passage",
    [
        # a share of another year, of those that are new, of one kind only
        "2022年末公办养老床位2600张。全县现有养老床位4200张，其中公办床位2520张，公办床位占比60%。",
        "实有主体70406户，其中企业21864户、个体工商户48230户。新设主体5218户。新设主体中企业1736户，占33.3%，个体工商户占66.4%。",
        "在校生42864人，专任教师3126人。小学师生比1:16.2。初中师生比1:11.8。",
        # of several together
        "项目总投资3.2亿元。2023年完成1.12亿元。2024年完成1.76亿元，累计完成投资占总投资的90%。",
        "集中供养1286人，分散供养2142人，集中供养率37.5%。",
        # what went by nature is no net change, and what two times differ by has neither come nor gone
        "年末在职职工862人，全年自然减员36人、新进12人，比上年末净减24人，下降2.7%。",
        "新开工项目86个，同比多开工15个，上年同期71个。",
        # rates of several groups make one sum, and so many times a rate
        "6月份4729人，当月发放27万元，其中80—89周岁4126人，每人每月50元；90—99周岁586人，每人每月100元。",
        "发放价格补贴两次，每次每人60元，惠及1.2万人，共发放144万元。",
    ],
)
def test_what_is_of_something_else_is_left_in_peace(passage: str) -> None:
    assert told(passage) == []
