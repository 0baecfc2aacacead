"""Shares, rates, ratios and averages in the many words in which offices say them; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def found(text: str) -> list[Finding]:
    checked = check(document_of(f"某县2024年工作总结\n{text}"))
    return [each for each in checked.findings if each.severity is not Severity.ASK]


# Each sentence, what in it is wrong, and what would be right there: the one is found and the other left in peace.
PAIRS = [
    # proportions: by the characters of their name, by whole names, by what moved what
    ("share", "在校学生82416人，现有中小学教师5126人，生师比{}∶1。", "15.2", "16.1"),
    ("share", "城镇居民人均可支配收入38425元，农村居民人均可支配收入22318元，城乡收入比为{}。", "1.82", "1.72"),
    ("share", "医护比由1∶1.18提高到1∶{}，执业医师2548人，注册护士3216人。", "1.62", "1.26"),
    ("share", "公共充电桩2864个、新能源汽车18642辆，车桩比为{}∶1。", "5.6", "6.5"),
    ("share", "社区矫正对象在册486人，配备专职社工32名，社工与矫正对象之比为1∶{}。", "12.5", "15.2"),
    ("share", "财政投入1200万元，撬动社会资本{}万元，撬动比1∶4.2。", "4240", "5040"),
    ("share", "出生男婴2146人，女婴1986人，出生人口性别比为{}。", "118.1", "108.1"),
    # due and done, in whatever words, and what is due told behind
    ("share", "预算安排5260万元，执行4318万元，预算执行率{}%。", "73.2", "82.1"),
    ("share", "地方债券额度12.6亿元，已使用9.84亿元，使用进度{}%。", "84.0", "78.1"),
    ("share", "电子证照应归集48624条，已归集47216条，归集率{}%。", "85.9", "97.1"),
    ("share", "报名考生12846人，实考11264人，参考率{}%。", "92.3", "87.7"),
    ("share", "实际利用外资4862万美元，年度任务8000万美元，完成率{}%。", "69.8", "60.8"),
    ("share", "入户走访18642户，走访比例{}%，全县应走访24186户。", "85.7", "77.1"),
    ("share", "家政培训1286人，取得证书1124人，取证率为{}%。", "76.5", "87.4"),
    ("share", "客户总数42.6万户，智能电表41.8万户，智能电表覆盖率{}%。", "89.1", "98.1"),
    # rates whose name says of what they are
    ("share", "森林面积186.4万亩，国土面积326.8万亩，森林覆盖率{}%。", "49.9", "57.0"),
    ("share", "机关事业单位编制4864个，实有在编人员4536人，编制使用率{}%。", "80.9", "93.3"),
    ("share", "结婚登记3864对，离婚登记1286对，离结比为{}%。", "35.9", "33.3"),
    ("share", "民营企业进出口62.4亿元，占全市进出口总值的{}%。全市进出口总值86.4亿元。", "77.9", "72.2"),
    ("share", "资金来源中财政拨款占62.4%，自筹占21.8%，社会捐赠占{}%。", "17.9", "15.8"),
    ("share", "全年优良天数326天，优良天数比率{}%。", "79.1", "89.1"),
    # averages of anything counted, of days, of what says not of which
    ("count_times_price", "出院患者28642人次，占用总床日数243457天，平均住院日{}天。", "7.7", "8.5"),
    ("count_times_price", "新开工项目38个，总投资126亿元，平均单体投资{}亿元。", "2.3", "3.3"),
    ("count_times_price", "公交运营线路48条，线路总长864公里，平均线路长度{}公里。", "18.6", "18.0"),
    ("count_times_price", "门诊人次86.4万，门诊收入1.92亿元，次均门诊费用{}元。", "239.7", "222.2"),
    ("count_times_price", "火化遗体4864具，减免费用486.4万元，具均减免{}元。", "1116", "1000"),
    ("count_times_price", "全年快递业务量4862万件，日均处理{}万件。", "15.0", "13.3"),
    ("count_times_price", "人均公园绿地面积{}平方米，公园绿地面积486万平方米，城区人口36.2万人。", "12.68", "13.43"),
    ("share", "实际开放总床日数212430天，占用158804天，床位使用率{}%。", "78.4", "74.8"),
    # prices and standards, two digits changed about although people come and go
    ("standard_times_people", "特困供养386人，每人每月1050元，半年发放{}万元。", "234.2", "243.2"),
    ("standard_times_people", "对2846户每户奖补3000元，奖补资金{}万元。", "807.0", "853.8"),
    ("count_times_price", "购买服务单价38元/小时，服务12.6万小时，支付{}万元。", "435.7", "478.8"),
    ("count_times_price", "春运40天发送旅客186.4万人次，日均{}万人次。", "4.81", "4.66"),
    ("standard_times_people", "政府购买公益岗位386个，每岗每年补贴2.4万元，年支出{}万元。", "999.4", "926.4"),
    ("count_times_price", "农村危房改造户均补助2.8万元，386户共计补助{}万元。", "988.9", "1080.8"),
    ("count_times_price", "组建科技特派员团队36个，成员286人，团均{}人。", "7.1", "7.9"),
    # in a plan, and where problems are told
    ("standard_times_people", "二、下一步打算\n高龄津贴按2640人、每人每月80元、12个月测算，安排{}万元。", "263.44", "253.44"),
    ("share", "五、存在的问题。一是人员变动频繁，15个乡镇中有9个乡镇的专干在岗不满一年，占{}%。", "40.0", "60.0"),
    ("list_total", "反诈中心在编民警38名、辅警{}名，共112人；驻点银行专员9名，不计入中心人数。", "64", "74"),
    # points and per cent
    ("unit_slip", "绿色食品占比36.5%，同比提高3.5{}。", "%", "个百分点"),
    ("unit_slip", "社会消费品零售总额42.6亿元，同比增长13.0{}。", "个百分点", "%"),
    # the base told behind, told once before 其中, or each in its own unit
    ("share", "村干部大专以上学历1126人，占比{}%，全县村干部共1864人。", "66.3", "60.4"),
    ("share", "出租车1264辆，网约车862辆，出租车占比{}%，合计2126辆。", "67.0", "59.5"),
    ("share", "全县公安机关共接处警28642起，其中刑事类警情486起，占警情总数的{}%。", "1.57", "1.70"),
    ("share", "受理群众来访864批2864人次，其中集体访86批1264人次，分别占10.0%和{}%。", "49.0", "44.1"),
    ("share", "全县有线电视用户8.64万户，全县总户数16.2万户，入户率为{}%。", "46.4", "53.3"),
    ("share", "全县参保职工8.64万人，离退休2.86万人，职工与退休人员抚养比为{}∶1。", "3.22", "3.02"),
    ("share", "甲、乙用电分别为18.62亿千瓦时和5.24亿千瓦时，占用电量28.64亿千瓦时的65.0%和{}%。", "13.8", "18.3"),
    # what differs, of the one it differs from
    ("share", "工程结算审核送审金额4.86亿元，审定金额4.42亿元，审减率{}%。", "9.8", "9.1"),
    ("share", "拍卖成交86宗，起拍价合计4.26亿元，成交价合计5.18亿元，溢价率{}%。", "20.5", "21.6"),
    # what is counted in another word than it is divided by
    ("count_times_price", "城区停车泊位18642个、机动车保有量8.64万辆，平均每个泊位对应{}辆机动车。", "5.1", "4.6"),
    ("count_times_price", "二手房成交2864套、面积31.5万平方米，套均面积{}平方米。", "114.9", "110.0"),
    ("count_times_price", "全县广场舞队伍286支，参与群众1.86万人，队均{}人。", "69", "65"),
    ("standard_times_people", "失能老人护理补贴每人每月200元，累计发放4862人次，支出{}万元。", "106.26", "97.24"),
    ("standard_times_people", "公用经费按小学生均720元核定，小学生18642人需{}万元。", "1208.5", "1342.2"),
    ("share", "全县应安装烟感设备4862个，已安装4318个，安装率{}%。", "86.0", "88.8"),
    ("share", "基层调解员1264人，专职486人，专职调解员占{}%。", "34.0", "38.4"),
    # a rate that opens its sentence; a due number further off; a name with more letters than the label
    ("share", "消费券核销率{}%，共发放2600万元，核销2186万元。", "80.6", "84.1"),
    ("share", "执法检查覆盖企业386家，覆盖率{}%，全县应查企业412家。", "88.7", "93.7"),
    ("share", "处理民生诉求8642件，按期办结8486件，按期办结率{}%，群众满意率98.2%。", "94.4", "98.2"),
    ("share", "在园幼儿12864人，其中公办园幼儿7286人，公办园在园幼儿占比{}%。", "52.4", "56.6"),
    ("share", "住院患者28642人次，死亡186人，住院死亡率{}%。", "0.71", "0.65"),
    ("count_times_price", "试剂单价3.2元/人份，采购12.6万人份，金额{}万元。", "44.86", "40.32"),
    ("count_times_price", "公路密度每百平方公里{}公里，公路总里程2864公里，国土面积1264平方公里。", "238.5", "226.6"),
]


@pytest.mark.parametrize(("rule", "text", "wrong", "right"), PAIRS)
def test_wrong_figure_is_found_and_right_one_is_left_alone(rule: str, text: str, wrong: str, right: str) -> None:
    assert [each.rule for each in found(text.format(wrong))] == [rule]
    assert found(text.format(right)) == []


RIGHT = [
    "城乡公益岗在岗1264人，按月人均1850元标准，全年发放岗补2806.1万元。",
    "供电可靠率达99.98%，客户总数42.6万户，智能电表41.8万户，智能电表覆盖率98.1%。",
    "二氧化硫排放量1264吨，比考核目标1486吨低222吨，为目标值的85.1%。",
    "例行监测合格率99.1%，抽检1864批次，不合格17批次。",
    "受理信访举报1482件，其中大气类703件、噪声类461件、水类127件，大气与噪声两类合计占78.5%。",
    # of its working days
    "全年受理诉求48624件，日均受理194件。",
    # fewer days may have been measured than the year has
    "全年优良天数326天，优良率90.1%。",
    # 2.31 of another 2.31 is no rate of yield
    "业务支出2.31亿元，增值收益2.31亿元，增值收益率1.61%。",
    # more than what stands before it is of another whole
    "其余商品类投诉6410件。服务类投诉中，餐饮和住宿3520件。网络购物投诉15842件，占投诉总量的41.0%。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert found(text) == []
