"""Each family finds what cannot be, and is silent where the text is right; sentences as offices write them, all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def found(text: str, title: str = "全市2023年工作总结") -> list[Finding]:
    return list(check(document_of(f"{title}\n{text}")).findings)


WRONG = [
    # parts against the whole
    ("parts_and_whole", "核减低保对象282人（其中城市153人、农村152人）。"),
    ("parts_and_whole", "全年受理信访1286件，其中来信312件、来访688件、网上信访386件。"),
    ("parts_and_whole", "社会消费品零售总额186.5亿元。按经营地分，城镇152.3亿元；乡村43.2亿元。"),
    ("parts_and_whole", "全区办理登记8.64万件，其中首次登记1.28万件、转移登记2.95万件、抵押登记3.12万件、其他登记1.39万件。"),
    ("parts_and_whole", "新增减税21.6亿元，由减税12.3亿元、退税6.4亿元、缓税1.9亿元三部分组成。"),
    ("parts_and_whole", "引进亿元项目：10亿元以上28个，50亿元以上31个。"),
    ("parts_and_whole", "销售额500万元，增加60万元。其中线上300万元，增加50万元，线下200万元，增加20万元。"),
    # totals behind a list
    ("list_total", "共有公立医院12家、民营医院25家，合计38家。"),
    ("list_total", "一季度立案26件，二季度立案31件，三季度立案28件，前三季度共立案95件。"),
    ("list_total", "收入完成1000万元。加上级补助500万元、上年结转200万元，收入总计1800万元。"),
    # growth
    ("growth", "完成投资86.5亿元，同比增加7.2亿元，增长11.1%。"),
    ("growth", "优良天数比例由86.3%上升到89.1%，提高3.8个百分点。"),
    ("growth", "民营企业从2019年的1.2万户增加到2023年的1.86万户，增长65%。"),
    ("growth", "审批事项由326项减少到286项，减少50项。"),
    ("growth", "造成9人死亡，死亡人数减少3人、下降35%。"),
    ("growth", "实现零售额36.5亿元，是上年的1.5倍，上年为28.6亿元。"),
    # prices and standards
    ("count_times_price", "安装路灯230盏，每盏3200元，共投入76.3万元。"),
    ("count_times_price", "向400余名困难群众发放慰问金12.16万元，每人300元。"),
    ("standard_times_people", "按每人每月50元的标准，为1200名老人发放12个月津贴，共发放82万元。"),
    ("count_times_price", "种植面积32.6万亩，单产580公斤，总产16.9万吨。"),
    # shares
    ("share", "受理案件1200件，办结1150件，办结率98.5%。"),
    ("share", "村集体收入50万元以上的村97个，占全县213个行政村的54.5%。"),
    ("share", "完成投资12.6亿元，占年度计划18亿元的76%。"),
    ("share", "三次产业结构为8.6:46.2:44.2。"),
    ("share", "参保率达到112.5%。"),
    # stocks, remainders
    ("stock_and_flow", "年初在册4646人，新增318人，退出413人，年末在册4561人。"),
    ("stock_and_flow", "新设5218户，注销3107户，净增2011户。"),
    ("subtotal", "排查隐患412项，已整改367项，其余35项正在推进。"),
    # what cannot be of itself
    ("households_and_persons", "受益214户187人。"),
    ("range_order", "招收20-15名学员。"),
    ("malformed_number", "共发放1,23,456元。"),
    ("date_outside_period", "2月30日召开会议。"),
    ("rank_in_itself", "全市共有星级饭店6家，总数居全市第一位。"),
    ("listed_items", "确定示范镇3个：甲山镇、乙水镇。"),
    ("listed_items", "围绕“讲政治、强监管、促发展”四个方面开展。"),
    ("unit_slip", "拨付补助资金186万元，兑付奖补资金240万元，发放监理费6.2元。"),
    ("unit_slip", "销售2738元，增量341万元，同比增长14.2%。"),
    # told by place, afterwards, or in another measure
    ("growth", "收案、结案分别为6105件和5870件，比上年分别增加412件和318件，分别增长17.2%和5.7%。"),
    ("growth", "实现收入26.85亿元、利润1.48亿元，同比分别增长7.6%和12.1%，上年分别为24.95亿元和1.29亿元。"),
    ("growth", "平均降雨412.6毫米，较常年同期（386.4毫米）偏多8.6%。"),
    ("list_total", "公路货运量6842万吨；水路货运量1915万吨；铁路货运量273万吨。三种运输方式合计完成货运量9130万吨。"),
    ("list_total", "养老保险参保62万人。\n失业保险参保14万人。\n以上两项合计参保86万人。"),
    (
        "parts_and_whole",
        "共有学校104所，在校学生65683人。其中：小学71所，在校生43518人；初中31所，在校生20965人；高中1所，在校生1200人。",
    ),
    ("parts_and_whole", "发生事故87起、死亡41人。其中道路事故52起、死亡29人；工矿事故24起、死亡9人；建筑事故11起、死亡5人。"),
    ("share", "新开工3600套，其中配建1250套、改建1480套、新建870套，占年度任务3500套的112.9%。"),
    ("share", "出生率6.13‰，死亡率7.57‰，自然增长率-1.34‰。"),
    ("growth", "共发生事故46起、死亡38人，同比分别减少9起、7人，下降16.4%和21.6%。"),
    ("growth", "近两年收案分别为6105件、6526件，增长11.9%。"),
    ("growth", "查处治安案件9874起，同比下降11.4%，少1086起。"),
    ("growth", "发生事故612起，死亡87人，同比分别下降9.6%、11.2%；其中死亡人数减少19人。"),
    ("share", "设教学点127个，村居覆盖率84.6%（168个村居）。"),
    ("share", "活产数12036人，婴儿死亡31人，婴儿死亡率3.58‰。"),
    ("share", "今年计划新建1200个，截至9月底已建成876个，完成年度计划的81.3%。"),
    ("subtotal", "受理68215件，审结65037件，未结3278件。"),
    ("stock_and_flow", "全年招聘教师142人，其中公开招聘96人；退休87人，调出12人，净增加53人。"),
    ("parts_and_whole", "收到建议28件、提案43件，共71件。其中主办件45件，会办件24件。"),
    ("count_times_price", "发放补贴1943人次、3192万元，人均1643元。"),
    ("growth", "新生1402人，较上届增加86人，增长8.5%。"),
    ("growth", "各项贷款年末余额3918.4亿元，比年初增加386.2亿元，同比增长12.9%。"),
    ("list_total", "一季度12.86亿元，二季度14.37亿元，三季度10.92亿元，四季度13.05亿元，全年累计52.2亿元。"),
    ("subtotal", "排查隐患3267处，其中重大18处、较大214处、一般3035处；已整改3198处，整改率97.9%，剩余79处。"),
    ("stock_and_flow", "较上年净减少37人（新进214人，退休、调出等减少241人）。"),
    ("share", "共选举成员1486名，大专以上学历872名，占58.7%；女性成员518名，占31.2%。"),
    ("share", "咨询类占64.8%，求助类占17.3%，投诉举报类占12.6%，建议类占7.3%。"),
    ("share", "常住人口65.8万人，其中城镇38.2万人，城镇化率56.1%。"),
    ("share", "已播冬小麦146.8万亩，占预播面积（182万亩）的82.7%。"),
    ("share", "审结仲裁案件1796件，其中调解1012件、裁决784件，调解率65.3%。"),
    # further off than a sentence
    ("parts_and_whole", "核查办结3518件，办结及时。由社区办结2416件、街道办结812件、上级部门办结390件。"),
    ("parts_and_whole", "计划改造38座，完工29座，在建7座，未开工4座。"),
    ("parts_and_whole", "全站累计发送旅客86.4万人次。\n节前发送41.2万人次，节中发送18.6万人次，节后发送27.6万人次。"),
    ("parts_and_whole", "招聘教师286人，其中硕士研究生及以上学历64人、本科学历232人。"),
    ("count_times_price", "全年审执结6973件。\n全院员额法官46人，人均结案161.6件。"),
    ("count_times_price", "全年清运垃圾21.46万吨，日均688吨。"),
    ("standard_times_people", "租赁补贴家庭1408户。\n租赁补贴按每户每月420元发放，全年发放809.6万元。"),
    ("standard_times_people", "营养餐惠及学生2317人，每人每天5元，按100天计，支出118.85万元。"),
    ("share", "增值税3.84亿元、企业所得税1.97亿元、个人所得税0.46亿元，三大税种占税收收入9.26亿元的77.7%。"),
    ("share", "各项存款余额186.4亿元，各项贷款余额138.6亿元，存贷比64.4%。"),
    ("growth", "平均审理天数由52天缩短至43天，缩短11天。"),
    ("growth", "文创收入86.4万元，同比翻一番（去年同期52.7万元）。"),
    ("subtotal", "送审28.64亿元，审定26.35亿元，核减3.29亿元。"),
    ("listed_items", "“最美人物”“科普达人”“创新工匠”四项评选活动同步开展。"),
]

RIGHT = [
    "12个镇、186个村参加评比，评出先进镇3个、先进村20个，分别占25%和10.8%。",
    "实施项目14个，完成投资6.82亿元；快递进村覆盖率100%（168个建制村）。",
    "更换老旧管网148公里，占应更换总量（236公里）的62.7%。",
    "预算单位68家，其中一级41家，二级27家；公开率100%，全部按期公开。",
    "当年受理68215件，审结65037件，未结5278件。",
    "保障低保对象9847人，前三季度支出5417.3万元，人均月补助约611元。",
    "受理案件12846件，其中旧存1102件，新收11744件；审结11968件，未结878件。",
    "今年计划新建1200个，截至9月底已建成876个，完成年度计划的73%。",
    "居民养老保险参保88万人，工伤、失业、生育保险参保分别为42万人、38万人和46万人。",
    "每千常住人口医师3.46人、注册护士4.11人。",
    "新开工3600套，其中配建1250套、改建1480套、新建870套，占年度任务3500套的102.9%。",
    "处分587人，其中党纪处分498人、政务处分141人（党纪、政务双重处分52人）。",
    "亩均产量464.6公斤。其中夏粮52.3万亩，亩产427.7公斤；秋粮74.1万亩，亩产490.6公斤。",
    "收案、结案分别为6105件和5870件，比上年分别增加412件和318件，分别增长7.2%和5.7%。",
    "养老保险参保62万人，其中职工20万人。失业保险参保14万人。两项保险合计参保76万人。",
    "全年受理信访1386件，其中来信312件、来访688件、网上信访386件。",
    "共有教职工860人，其中女教师512人、党员306人、本科以上学历780人。",
    "肉类总产量5.18万吨，其中猪肉3.34万吨、禽肉1.41万吨。",
    "救助流浪人员126人次，其中未成年人6人次，站内照料86人次，护送返乡32人次，资助返乡8人次。",
    "公路总里程3128.6公里，其中国道186.4公里、省道241.7公里。按技术等级分，一级204.6公里，二级388.2公里。",
    "查处酒驾384起，其中醉驾96起，查处超员、超载等违法行为1.2万余起。",
    "完成总产值96.4亿元，其中省外产值31.7亿元，占32.9%；新签合同额118.5亿元。",
    "实现地区生产总值318.74亿元，按不变价格计算，同比增长5.7%，增加12亿元。",
    "销售4365万元，增量461万元，同比增长11.8%。",
    "低保标准由每人每月680元提高到720元，增幅为5.9%。",
    "保障低保对象4667户6135人，保障标准为820元/人·月，上半年发放2468万元。",
    "惠及群众1200人，开展服务3600人次。",
    "参与活动2000余人次，惠及1896人。",
    "收案件764件（含旧存291件），结案623件。其中：受理民事案件642件，结案527件。",
    "建立“技能培训、等级评定、竞赛赶超、日常检查”四个方面的举措。",
    "推动南山、北川两市联检。",
    "预计全年新增就业1.2万人，其中高校毕业生3000人。",
    "本月发放86万元，累计发放1286万元。",
    "存款余额486.37亿元，比年初增加31.84亿元，同比多增4.26亿元。",
    "人均可支配收入27486元；其中城镇居民38215元。",
    "采购桌椅131套，单价3950元，合计51.75万元。",
    "计划8月份完成招标，将于9月底开工建设。",
    # what only looks like it
    "收购粮食21.46万吨，其中小麦6.83万吨、稻谷12.17万吨、玉米2.46万吨，同比增长3.5%（上年20.73万吨）。",
    "适老化改造416户，省补每户3000元、市县配套每户2000元，共投入208万元。",
    "进出口总值427.36亿元，其中出口318.52亿元、进口108.84亿元。出口机电产品186.27亿元，占出口总值的58.5%。",
    "规上工业实现利润18.64亿元，其中盈利企业盈利20.17亿元、亏损企业亏损1.53亿元。",
    "完成检查4536人，检出宫颈病变38人、乳腺癌11人，检出率1.08%。",
    "移动电话用户186.4万户，其中5G用户98.6万户，占52.9%；固定宽带用户74.3万户，千兆用户26.8万户。",
    "全区专任教师7246人。小学在校生5.12万人，专任教师2913人。",
    "抓获986人，其中逮捕412人、移送起诉738人。",
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_what_cannot_be_is_found(rule: str, text: str) -> None:
    assert rule in [finding.rule for finding in found(text)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_raises_no_alarm(text: str) -> None:
    assert [(finding.rule, finding.arithmetic) for finding in found(text) if finding.severity is not Severity.ASK] == []


def test_a_part_left_out_of_the_total_is_named() -> None:
    [finding] = found("核减282人（其中低保对象253人、特困人员152人、边缘家庭25人、支出型家庭4人）。")
    assert finding.arithmetic == (
        "253人+152人+25人+4人=434人，原文总数282人，多出152人；若不计特困人员152人，则253人+25人+4人=282人，与总数相符"
    )


def test_a_sum_that_closes_by_rounding_is_only_asked_about() -> None:
    [finding] = found("总销售4365万元，其中线上2738万元、线下1626万元。")
    assert (finding.severity, finding.rounding, finding.is_only_rounding) == (Severity.ASK, True, True)


def test_a_rate_cut_off_instead_of_rounded_is_doubtful() -> None:
    [finding] = found("销售1626万元，同比增量342万元，增长26%。")
    assert (finding.rule, finding.severity, finding.rounding) == ("growth", Severity.DOUBTFUL, True)
    assert finding.arithmetic == "342万元÷（1626万元-342万元）=26.64%，四舍五入为27%，原文26%是舍去尾数"


def test_a_rate_reckoned_from_the_wrong_base_is_said_to_be() -> None:
    [finding] = found("完成产值1000万元，比上年增加200万元，增长20%。")
    assert finding.severity is Severity.DOUBTFUL
    assert "增量除以本期数1000万元才得20%" in finding.arithmetic


def test_after_a_slip_of_the_unit_the_rest_is_judged_in_the_right_one() -> None:
    text = "销售4365万元。其中电脑票2738元，即开票1626万元。"
    assert [(finding.rule, finding.rounding) for finding in found(text)] == [("parts_and_whole", True), ("unit_slip", False)]


def test_one_hundred_per_cent_of_nothing_is_asked_about() -> None:
    [finding] = found("重点人员见面劝阻率达100%。")
    assert (finding.rule, finding.severity) == ("full_rate_of_nothing", Severity.ASK)


def test_one_hundred_per_cent_of_a_count_is_not() -> None:
    assert found("发现隐患86条，整改率100%。") == []


def test_the_same_figure_twice_with_two_values_is_doubtful() -> None:
    [finding] = found("全年共办理婚姻登记3215对。\n二、社会事务。全年办理婚姻登记3251对，补发证件86件。")
    assert (finding.rule, finding.line) == ("repeated_figure", 3)


def test_a_month_after_the_period_of_the_report_is_doubtful() -> None:
    [finding] = found("8月份完成医保征缴38214人。", "石桥镇2024年上半年工作总结")
    assert finding.rule == "date_outside_period"


def test_a_plan_may_name_any_month() -> None:
    assert found("三、下半年工作打算\n8月份完成医保征缴工作。", "石桥镇2024年上半年工作总结") == []
