"""Which of several numbers a statement is of: each passage wrong and right; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def told(passage: str) -> list[str]:
    findings = check(document_of(f"2024年度工作总结\n{passage}")).findings
    return [each.rule for each in findings if each.severity is not Severity.ASK]


# Each passage, what in it is wrong, what would be right there, and the rule.
PASSAGES = [
    # The parts of a list give way to their whole.
    ("排查隐患1274条，其中重大隐患9条、一般隐患1265条。已整改1146条，整改率{}；未整改128条。", "94.7%", "90.0%", "share"),
    ("今年计划改造小区28个，其中2000年前建成的21个。已开工11个，开工率{}；涉及居民3460户。", "42.3%", "39.3%", "share"),
    (
        "下达预算4860万元。累计支出4326万元，其中工资福利2164万元，商品服务816万元，项目支出1346万元。预算执行率为{}。",
        "92.6%",
        "89.0%",
        "share",
    ),
    ("公务用车186辆，其中新能源汽车74辆，占39.8%；全年运行费用446.4万元，车均{}。", "2.6万元", "2.4万元", "count_times_price"),
    # A share is of all, not of its sister, though it would be of that one.
    ("特困供养人员1486人，其中集中供养312人、分散供养1174人，集中供养率{}。", "26.6%", "21.0%", "share"),
    (
        "收入合计8642.37万元，其中：财政拨款6127.54万元，占70.9%；基金2318.46万元，占26.8%；其他收入196.37万元，占{}。",
        "3.2%",
        "2.3%",
        "share",
    ),
    # What bears the name.
    ("现有社会组织486家，已建立党组织的312家，党组织覆盖率{}。", "66.2%", "64.2%", "share"),
    ("办结投诉3276件；调解成功2228件，挽回经济损失245.1万元，按调解成功件数计，件均{}。", "748元", "1100元", "count_times_price"),
    (
        "接待游客38.10万人次；实现旅游收入2.286亿元，人均消费{}。重点监测的四家单位接待25.40万人次。",
        "900元",
        "600元",
        "count_times_price",
    ),
    (
        "其中住宅8.62万平方米，非住宅1.22万平方米。住宅成交均价每平方米5680元，住宅销售额{}亿元。",
        "5.90",
        "4.90",
        "count_times_price",
    ),
    (
        "生活补贴对象4216人，护理补贴对象7080人。标准均为每人每月90元。按年末人数推算，生活补贴一年需{}万元，护理补贴一年需764.6万元。",
        "544.3",
        "455.3",
        "standard_times_people",
    ),
    # Each in its place, dates among them or not.
    ("1—5月发生14起、死亡8人、受伤9人，同比分别下降22.2%、20.0%、{}（上年同期为18起、10人、12人）。", "33.3%", "25.0%", "growth"),
    (
        "集中供养318人、分散供养966人，标准分别为每人每月1150元和890元，6月当月发放{}万元。",
        "132.54",
        "122.54",
        "standard_times_people",
    ),
    # Nothing is left out of a list that its words close, though the others would make it up.
    ("三档津贴分别发放194.4万元、55.2万元和4.32万元，合计{}万元。", "249.6", "253.92", "list_total"),
    (
        "发生事故23起、死亡14人。分行业看：道路运输15起、死亡9人；工矿商贸{}起、死亡3人；建筑施工2起、死亡2人；其他行业1起。",
        "6",
        "5",
        "parts_and_whole",
    ),
    (
        "直接经济损失6232万元中，农业损失2493万元，占40.0%；基础设施损失{}万元，工矿商贸损失336万元，家庭财产损失561万元。",
        "2482",
        "2842",
        "parts_and_whole",
    ),
    (
        "受理286件，应急值守不计。全年接警出动2142起，其中火灾686起、抢险924起、其他532起，日均{}起。",
        "6.9",
        "5.9",
        "count_times_price",
    ),
    (
        "记账户120户，每户每月补贴200元，计28.8万元；调查员35人，每人每月补贴600元，计{}万元。",
        "22.5",
        "25.2",
        "standard_times_people",
    ),
    ("养老床位9864张，年末入住老年人4636人，入住率{}。", "57.0%", "47.0%", "share"),
    ("挂牌督办重大火灾隐患3处，已整改销案2处，整改率{}。", "100%", "66.7%", "share"),
    (
        "可用资金720万元，其中上级下达680万元、上年结转40万元。补贴机具285台，使用资金691.0万元，使用率{}。",
        "98.0%",
        "96.0%",
        "share",
    ),
    ("上年末缴存余额42.94亿元，2024年末缴存余额{}亿元，同比增长9.1%。", "46.58", "46.85", "growth"),
    ("清理陈年垃圾{}吨，拆除残垣断壁136处。", "2,34", "2,342", "malformed_number"),
    ("送审金额6.82亿元，审定金额6.36亿元，核减0.46亿元，核减率{}。", "7.2%", "6.7%", "share"),
    ("年初有助餐点38个，上半年新增{}个，6月末达到46个。", "6", "8", "stock_and_flow"),
    ("流行性感冒{}例（4月为482例），环比下降14.5%；手足口病416例。", "482", "412", "growth"),
    # Another unit.
    ("新建高标准农田3.2万亩，全县累计建成高标准农田41.5{}。", "亩", "万亩", "unit_slip"),
    ("建成5处口袋公园，总面积1.25万平方米，平均每处2500平方{}。", "公里", "米", "unit_slip"),
    ("授予中小企业合同金额1584.74万元，其中授予小微企业1024.80{}。", "亿元", "万元", "unit_slip"),
    ("园区税收4.12亿元；按工业用地2215亩计算，亩均税收18.6{}。", "亿元", "万元", "unit_slip"),
]


@pytest.mark.parametrize(("passage", "wrong", "right", "rule"), PASSAGES)
def test_of_several_numbers_the_one_that_is_meant_is_reckoned_with(passage: str, wrong: str, right: str, rule: str) -> None:
    assert set(told(passage.format(wrong))) == {rule}
    assert told(passage.format(right)) == []


@pytest.mark.parametrize(
    "passage",
    [
        # What came and went is none of what there was on a day.
        "规上企业达到46家，年内新入库3家、退库1家，比上年末净增2家。",
        "在档困难职工312户，解困脱困退出33户，比二季度末减少14户（二季度末326户）。",
        # A rate that nobody says the base of.
        "累计发放贷款4.12万笔、108.35亿元，贷款余额58.94亿元，个人住房贷款率81.5%。",
        "多付工程款43.28万元，占这7个项目审定金额1082万元的4.0%。",
        # The sum is that of more than what follows 其中, or of what is paid beside it.
        "（三）儿童福利类124.9万元，其中“圆梦助学”8人，每人每学年1万元。",
        "慰问3260户，每户500元慰问金，另送价值200元大米一袋，合计228.2万元。",
        "社会组织1468家，其中社会团体612家、民办非企业单位842家、基金会14家；新登记38家、注销21家，较年初净增17家。",
        "季平均气温19.4℃，较常年值18.6℃偏高0.8℃。其中4月13.6℃、5月19.8℃、6月24.8℃。",
        # Of last year, asked for, planned, or put in order.
        "今年任务120部，1—9月建成72部，完成60%，比去年同期的56部增加16部。",
        "收到复议申请236件，受理204件；加上年结转18件，审结197件，年末未结25件。",
        "精神残疾人服药补助863人，每人每年600元，全年预算51.78万元，前三季度已支出38.8万元。",
        "问卷调查的60家企业中，订单少于上年同期的有21家，占35.0%。",
        "日照236.5小时，偏多22.2小时，比常年同期的214.3小时多10.4%。",
        # Divided twice.
        "办理案件742件，其中普通程序256件、简易程序486件；其中市容类312件、建设类186件。",
        "滞留资金1860万元，分别为940万元、580万元、340万元，其中滞留一年以上的720万元。",
        # Due and done, a head's and a whole's, a voucher's face.
        "家庭医生签约17.3万人，其中重点人群应签10.2万人、实签8.46万人。",
        "村集体经营性收入826万元，村均59万元，比上年的718万元增长15.0%。",
        "发放面值50元的消费券5000张，计25万元；核销4150张，带动消费186.75万元。",
        # Of one base that is told in another unit.
        "收回有效问卷470份。表示放心的376人，占有效问卷的80.0%；知晓制度的仅188人，占40.0%。",
    ],
)
def test_what_is_said_of_something_else_is_left_in_peace(passage: str) -> None:
    assert told(passage) == []
