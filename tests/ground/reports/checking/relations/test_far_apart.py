"""What stands sentences or paragraphs apart, or is told in other words than those it is reckoned with; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def found(text: str, title: str = "某县2023年工作总结") -> list[Finding]:
    return [each for each in check(document_of(f"{title}\n{text}")).findings if each.severity is not Severity.ASK]


# Each sentence, what in it is wrong, and what would be right there: the one is found and the other left in peace.
PAIRS = [
    # balances
    ("stock_and_flow", "收入总计8642万元。支出总计8126万元。收支相抵，结转下年{}万元。", "526", "516"),
    ("stock_and_flow", "出口148.3亿元，增长8.5%；进口69.3亿元，增长1.9%；贸易顺差{}亿元。", "69.0", "79.0"),
    ("stock_and_flow", "当年结余5125万元，年末滚存结余{}万元（年初滚存结余48835万元）。", "52960", "53960"),
    ("stock_and_flow", "受理各类案件9462件（含旧存614件）。\n全年新收案件{}件，同比上升3.1%。", "8878", "8848"),
    ("stock_and_flow", "出生人口3842人，死亡人口4516人，人口自然减少{}人。", "764", "674"),
    ("stock_and_flow", "农村低保6218户11537人。农村低保年初11802人，新增486人、退出{}人。", "715", "751"),
    ("stock_and_flow", "编制核定86名，实有82名，空编{}名。", "6", "4"),
    ("stock_and_flow", "招生2860人，毕业2614人，在校生由上年的8642人增加到{}人。", "8988", "8888"),
    # accounts and rests whose verbs are not known
    (
        "stock_and_flow",
        "年初债务余额312.80亿元。上半年发行债券42.60亿元，偿还到期本金19.25亿元，6月末余额{}亿元。",
        "336.51",
        "336.15",
    ),
    ("stock_and_flow", "年初结存5412万元，当年盘活3168万元，又新形成1037万元，年末仍有{}万元。", "3218", "3281"),
    ("stock_and_flow", "仲裁立案312件，加上年结转27件，审结296件，期末未结{}件。", "16", "43"),
    ("stock_and_flow", "发现143户、862.5万元优惠未及时享受，已补退128户、781.3万元，尚余15户、{}万元。", "18.2", "81.2"),
    ("subtotal", "经鉴定为C级58户、D级41户；已改造83户，占应改造99户的83.8%，其余{}户将于11月底前完成。", "26", "16"),
    # sums that are called by name, by another word, or by a time
    (
        "list_total",
        "落实社保补贴1132人、409.6万元；发放扩岗补助20.55万元；稳岗返还267.9万元。以上社保补贴、扩岗补助、稳岗返还三项合计{}万元。",
        "688.05",
        "698.05",
    ),
    ("list_total", "税收收入8.62亿元，增长4.2%。\n非税收入3.14亿元。\n以上两项合计，公共预算收入{}亿元。", "11.86", "11.76"),
    ("list_total", "办理结婚登记712对、离婚登记198对，补领证件143对，共办理登记业务{}件。", "1063", "1053"),
    ("list_total", "一季度完成42.6亿元，二季度完成51.3亿元，上半年达{}亿元。", "94.9", "93.9"),
    ("list_total", "7月、8月、9月分别生产1.2万辆、1.35万辆和1.41万辆，三季度累计生产{}万辆。", "4.06", "3.96"),
    ("list_total", "获金牌18枚、银牌23枚、铜牌31枚，奖牌总数{}枚。", "71", "72"),
    ("parts_and_whole", "批准宅基地1138宗。面积15.93万平方米。其中新建612宗、改扩建384宗、翻建{}宗。", "152", "142"),
    ("parts_and_whole", "收到工单3128件，办结3066件。物业1046件、噪声583件、违建217件、停车{}件，其他820件。", "426", "462"),
    ("parts_and_whole", "办理提案186件，已办结142件，占76.3%，正在办理{}件。", "34", "44"),
    # averages, densities and chains
    ("count_times_price", "完成货物吞吐量8642.7万吨。船舶进出港2.86万艘次，艘次均载货{}吨。", "4022", "3022"),
    ("count_times_price", "组织演练12次，参演船艇96艘次，平均每次{}艘次。", "9", "8"),
    ("count_times_price", "接待游客1286.4万人次，旅游收入96.48亿元，游客人均花费约{}元。", "850", "750"),
    ("count_times_price", "春节8天186.4万人次、五一5天171.5万人次，日均分别为23.3万人次和{}万人次。", "31.3", "34.3"),
    ("count_times_price", "每公斤18.4元，按头均体重120公斤计，每头毛收入{}元。", "2280", "2208"),
    ("count_times_price", "床位6184张。每千常住人口床位{}张（常住人口82.4万人）。", "7.05", "7.50"),
    ("count_times_price", "国土面积1286平方公里，公路里程1940公里，每百平方公里公路{}公里。", "130.8", "150.8"),
    ("count_times_price", "公交运送乘客1248万人次，日均{}万人次（按182天计）。", "8.6", "6.9"),
    ("standard_times_people", "发放优待金412户，每户2.1万元，共{}万元。", "885.2", "865.2"),
    (
        "standard_times_people",
        "城乡居民医保33.54万人。\n居民医保补助每人640元、个人缴费350元，合计应筹{}万元。",
        "21645.6",
        "21465.6",
    ),
    # shares and growth
    ("share", "促成授信{}亿元，放款率达87.7%。", "12.8亿元、放款14.6", "14.6亿元、放款12.8"),
    ("share", "男性33.1万人，女性31.1万人，性别比为{}（女=100）。", "108.4", "106.4"),
    ("share", "优良天数312天，优良率{}%。", "87.5", "85.5"),
    ("share", "培训2.4万人次，为年度任务2万人次的{}%。", "110", "120"),
    ("share", "制造业占46.2%，服务业占38.4%，农业占12.6%，其他占{}%。", "6.8", "2.8"),
    ("growth", "事故37起、死亡14人，同比减少5起、3人，分别下降{}%和17.6%。", "13.5", "11.9"),
    ("growth", "非税收入3.27亿元。\n非税盘面：同比增加0.25亿元，增长{}%。", "7.6", "8.3"),
    ("growth", "9月出栏价18.4元，比8月份的20.6元下跌2.2元，跌幅{}%。", "12.0", "10.7"),
    ("growth", "去年同期完成8.4亿元，今年完成9.2亿元，同比增长{}%。", "12.5", "9.5"),
    ("growth", "蓄积量1438万立方米，全年净增36万立方米，增长2.6{}。", "个百分点", "%"),
    ("growth", "收入86740万元，其中土地收入79215万元；同比减收23460万元，下降{}%。", "27.05", "21.29"),
    ("growth", "火灾486起。与去年同期的452起相比，起数上升{}%。", "5.7", "7.5"),
    ("growth", "全年开放率61.0%；上一年度开放率为57.4%，本年上升3.6{}。", "%", "个百分点"),
    ("share", "批准逮捕84件118人，不批准逮捕28件39人，不捕率{}%。", "33.1", "24.8"),
    # accounts and remainders over a paragraph
    (
        "stock_and_flow",
        "年初案卷81524卷、件213680件。本年接收案卷2318卷、28460件；销毁案卷407卷。年末案卷{}卷、242140件。",
        "83345",
        "83435",
    ),
    ("stock_and_flow", "年末结余{}万元，年初结余2738万元；募集善款2864万元，支出2416万元。", "3286", "3186"),
    ("subtotal", "共受理10107件，其中新收8765件；审执结8213件，未结{}件。", "1984", "1894"),
    ("subtotal", "安排资金486万元；实际花了467.2万元，还剩{}万元。", "28.8", "18.8"),
    ("parts_and_whole", "实到39人，同意36人、反对1人、弃权{}人。", "5", "2"),
    ("parts_and_whole", "珍贵文物3127件（套）：一级86件、二级412件、三级{}件。", "2926", "2629"),
    ("parts_and_whole", "接报火灾486起。\n——从场所看，住宅219起，占45.1%；垃圾132起；厂房37起；其他场所{}起。", "103", "98"),
    ("households_and_persons", "户籍人口61.9万人、{}万户。", "81.7", "18.7"),
    ("standard_times_people", "资助高中生183人、每人2000元，资助大学生122人、每人4500元，共{}万元。", "95.1", "91.5"),
    ("count_times_price", "请挖机46小时，每小时{}元，计11960元。", "280", "260"),
    # words, ranks and dates
    ("share", "经济案件182件，占{}%，超过一半。", "42.5", "54.2"),
    ("range_order", "旅游收入突破10亿元，达到{}亿元。", "9.68", "10.68"),
    ("range_order", "完成造林{}万亩，超额完成年度任务5.2万亩。", "4.9", "5.9"),
    ("range_order", "7月{}日至7月17日降雨最强。", "21", "11"),
    ("unit_slip", "总投资1.2亿元（{}万元）。", "1200", "12000"),
    ("count_times_price", "道路长1200米、宽8米，面积{}平方米。", "8600", "9600"),
    ("date_outside_period", "自3月1日至4月20日开展，历时{}天。", "60", "51"),
    ("range_order", "不合格率16.5%，与一季度的21.8%相比{}5.3个百分点。", "上升", "下降"),
    ("rank_in_itself", "全市11个县区增速中，我区列第{}位。", "13", "9"),
    ("full_rate_of_nothing", "受理举报{}件，办结率100%。", "0", "12"),
]


@pytest.mark.parametrize(("rule", "text", "wrong", "right"), PAIRS)
def test_wrong_figure_is_found_and_right_one_is_left_alone(rule: str, text: str, wrong: str, right: str) -> None:
    assert rule in {finding.rule for finding in found(text.format(wrong))}
    assert [(finding.rule, finding.arithmetic) for finding in found(text.format(right))] == []


RIGHT = [
    "一、二、三季度分别为128.4亿元、141.7亿元和152.3亿元，上半年合计270.1亿元。",
    "11个村合计516.4万元，最多的石桥村92.3万元，平均每村46.9万元。",
    "来信占17.0%，网上占66.1%，来访占17.0%，三项占比之和为100.1%。",
    "筹集住房4260套，为年度计划4000套的106.5%；棚户区建成1875套，为年度计划的104.2%。",
    "净增实物保障856户，与年初的6990户相比，增长12.2%。",
    "小学在校生3.86万人，毕业7013人；专任教师2214人，生师比17.4:1。",
    "承保31.2万亩、保费1248万元，每亩40元，其中农户自缴249.6万元。",
    "受理41.26万件；办结40.97万件，按期办结率99.98%。",
    "主汛期降雨486.2毫米。其中6月142.6毫米、7月218.9毫米、8月124.7毫米，7月单月占主汛期的45%。",
    "税务部门完成13866万元，占调整预算100.93%，占收入28583万元的48.51%；财政部门完成14717万元，占调整预算110.14%，占51.49%。",
    "老年人84.77万人，占总人口的14.7%，其中市区24.24万人，占15.93%。",
    "审结刑事案件486件。\n审结民商事案件5307件。\n执结案件3064件。\n上述刑事、民商事、执行三类案件共审执结8857件。",
    "4月1日至30日开展宣传；7月20日至8月5日，历时17天；12月1日至次年1月5日休渔。",
    "总投资1.2亿元（其中财政8000万元）；借款200万美元（约1440万元人民币）。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert [(finding.rule, finding.arithmetic) for finding in found(text)] == []


def test_progress_is_held_against_the_time_that_has_passed() -> None:
    text = "完成年度目标14000人的62.4%，快于时序进度{}个百分点。"
    title = "某县2024年上半年工作总结"
    assert [finding.rule for finding in found(text.format("14.2"), title)] == ["growth"]
    assert found(text.format("12.4"), title) == []


def test_half_a_year_without_its_number_ends_in_june() -> None:
    text = "7月12日，组织集中宣传1场，作为收官活动。"
    assert [finding.rule for finding in found(text, "上半年道路交通安全形势通报")] == ["date_outside_period"]
    assert found(text, "道路交通安全形势通报") == []
