"""Days against the calendar, the time of the report and of their own sentence; and how long something is said to have lasted."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of

YEAR, HALF = "2024年民政工作总结", "2024年上半年水务工作总结"


def found(text: str, title: str) -> list[Finding]:
    return list(check(document_of(f"{title}\n{text}")).findings)


PAIRS = [
    # in the time that the sentence names
    (YEAR, "上半年召开联席会议4次，时间分别为1月18日、3月6日、4月22日、{}。", "7月11日", "6月11日"),
    (YEAR, "三季度的3场专场招聘会分别于7月16日、8月21日、{}举行。", "10月12日", "9月12日"),
    (YEAR, "5月份开展夜查4次（5月3日、5月11日、5月19日、{}），检查车辆612台次。", "6月2日", "5月30日"),
    (YEAR, "三季度新投用3个站点：城东站（7月8日）、城西站（8月19日）、城北站（{}）。", "10月6日", "9月26日"),
    (YEAR, "上半年单日客流最高为12.6万人次，出现在{}。", "7月6日", "5月2日"),
    (YEAR, "一季度破获三起案件：1月9日，打掉盗窃团伙1个；2月7日，带破案件11起；{}，捣毁赌场1处。", "4月2日", "3月2日"),
    (YEAR, "下半年两次集中献血活动分别在{}和11月15日举行，共采血386人次。", "6月20日", "7月20日"),
    ("全县民政工作2023年度总结", "全年召开理事会3次（3月18日、8月26日、{}）。", "2024年1月9日", "12月19日"),
    # after the report's time, its heading's, or the day it was given out
    (HALF, "东环路改造工程3月1日开工，{}完工通车。", "7月30日", "5月30日"),
    (HALF, "石门桥（4月18日）、柳湾桥（5月26日）、官渡桥（{}）先后竣工。", "7月16日", "6月16日"),
    (HALF, "截至{}，完成投资12.6亿元，占年度计划的52.5%。", "9月30日", "6月30日"),
    (HALF, "本节从略。\n二、一季度工作情况\n{}，举办技能竞赛，参赛选手128人。", "4月15日", "3月15日"),
    (HALF, "三、下半年工作打算\n（一）项目建设。{}前完成主体工程，10月底竣工。", "5月15日", "8月15日"),
    ("关于停车难的答复", "停车场已于{}建成投用，另两处8月底前投用。\n县公安局\n2024年5月28日", "6月8日", "5月8日"),
    ("农情快报（第9期）", "县农业农村局　6月30日\n截至{}，全县小麦收获36.24万亩，进度98.5%。", "9月29日", "6月29日"),
    ("开学工作简报", "（第3期　2024年9月12日）\n上述问题务必于2024年{}前全部整改到位。", "8月25日", "9月25日"),
    ("2024年5月安全生产月报", "本期统计时段：2024年{}。", "4月1日至4月30日", "5月1日至5月31日"),
    ("2023年残联工作总结", "全年服务残疾人3260人次。\n二、{}年工作打算\n一是推进康复服务。", "2023", "2024"),
    # no such day
    (YEAR, "4月1日至{}，开展爱国卫生月活动，出动人员1260人次。", "31日", "30日"),
    (YEAR, "二〇二四年{}，召开领导小组会议。", "六月三十一日", "六月三十日"),
    ("2023年气象服务总结", "{}，召开春运总结会，参会86人。", "2月29日", "2月28日"),
    # the end before the beginning
    (YEAR, "检查时段为2024年{}，检查机构36家。", "5月至3月", "3月至5月"),
    (YEAR, "于3月20日立案，{}结案，罚款2.6万元。", "3月2日", "5月2日"),
    (YEAR, "督查自9月18日开始，{}结束，共督查项目36个。", "9月6日", "9月26日"),
    (YEAR, "该项目2022年3月开工建设，{}竣工投用，总投资2.6亿元。", "2021年10月", "2023年10月"),
    # how long
    (YEAR, "为期三天的文化节于5月18日至{}举行，接待游客3.2万人次。", "22日", "20日"),
    (YEAR, "从4月1日到6月30日，开展为期{}的专项整治。", "两个月", "三个月"),
    (YEAR, "高考三天（6月7日至{}），出动警力560人次。", "12日", "9日"),
    (YEAR, "3月12日受理、4月2日办结，用时{}天。", "11", "21"),
    (YEAR, "{}收到申请，5月20日作出批复，在30天内办结。", "4月1日", "4月25日"),
    (YEAR, "比计划的6月30日提前{}天，于6月20日完工。", "20", "10"),
    (YEAR, "工程于2022年1月开工、2023年12月完工，建设工期{}个月。", "36", "24"),
]


@pytest.mark.parametrize(("title", "text", "wrong", "right"), PAIRS)
def test_wrong_day_is_found_and_right_one_is_left_alone(title: str, text: str, wrong: str, right: str) -> None:
    assert {finding.rule for finding in found(text.format(wrong), title)} & {"date_outside_period", "range_order"}
    assert [(finding.rule, finding.arithmetic) for finding in found(text.format(right), title)] == []


LEFT_ALONE = [
    (YEAR, "一季度召开会议3次，下半年召开会议2次，分别为8月6日、11月12日。"),
    (YEAR, "上半年受理的案件中，最后一件于7月8日办结。"),
    (YEAR, "二季度通报的问题已于7月15日全部整改完毕。"),
    (YEAR, "上半年开工的项目于8月6日、9月12日先后通车。"),
    (HALF, "7月底前完成剩余36户搬迁。"),
    (HALF, "图书馆新馆预计9月23日开放，面积1.2万平方米。"),
    (HALF, "去年9月启动的改造工程已完成投资1.2亿元。"),
    (HALF, "合同工期至2025年6月30日，已完成投资1.2亿元。"),
    (HALF, "6月20日至8月20日开展专项行动，已查处案件36起。"),
    ("农情快报（第1期）", "县农业农村局　2024年1月8日\n截至12月底，新建高标准农田12.6万亩。"),
    (YEAR, "11月至次年2月，供暖面积126万平方米。"),
    (YEAR, "公示期为5月6日至5月14日，共7个工作日。"),
    (YEAR, "2023年11月至2024年2月，开展冬季专项检查。"),
    (YEAR, "2023年至2025年为期三年的行动已实施两年。"),
]


@pytest.mark.parametrize(("title", "text"), LEFT_ALONE)
def test_plans_and_other_times_are_left_alone(title: str, text: str) -> None:
    assert [(finding.rule, finding.arithmetic) for finding in found(text, title)] == []
