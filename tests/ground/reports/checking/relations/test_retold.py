"""The same thing told again with another figure, and what only looks like it; all invented."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity


def found(text: str, title: str = "某县工作情况") -> list[Finding]:
    return [each for each in check(document_of(f"{title}\n{text}")).findings if each.severity is not Severity.ASK]


SITES = "| 景区 | 接待量（万人次） | 门票收入（万元） |\n|---|---|---|\n| 石桥古镇 | 12.37 | 318 |\n| 云台峡谷 | 9.86 | 512 |\n"
CLINICS = "| 单位 | 得分 | 门诊人次 |\n|---|---|---|\n| 河西卫生院 | 94.2 | 31860 |\n| 城关卫生院 | 91.8 | 42860 |\n"
BUDGETS = (
    "| 科室 | 预算（万元） | 执行（万元） |\n|---|---|---|\n| 办公室 | 286.4 | 278.2 |\n"
    "| 财务科 | 128.6 | 126.4 |\n| 业务科 | 864.2 | 842.6 |\n"
)
SCHOOLS = (
    "| 类别 | 学校数（所） | 在校生（人） |\n|---|---|---|\n| 小学 | 42 | 31460 |\n| 初中 | 18 | 17160 |\n| 合计 | 60 | 48620 |\n"
)

# The rule, the text, what is told there by mistake, and what would be right: the one is found and the other left in peace.
TWICE = [
    # other words, another unit word, another section
    # the second of two that stand side by side bears the name of the first
    ("repeated_figure", "全县共有低保对象5326户8914人。\n一是力量不足，22名助理员要面对{}名低保对象。", "8194", "8914"),
    ("repeated_figure", "在园幼儿4862人，教职工613人。\n为{}名在园幼儿建立健康档案。", "4826", "4862"),
    ("repeated_figure", "辅具适配1420件，康复服务3864人。\n明年，在今年辅具适配{}件的基础上再增一成。", "1240", "1420"),
    ("repeated_figure", "全年接警出动1246起，出动车辆2486辆次。\n{}起警情中，夜间警情占38%。", "1264", "1246"),
    ("repeated_figure", "全年救助困难群众1246人、发放救助款186.4万元。\n三、救助1246人，发放救助款{}万元。", "168.4", "186.4"),
    ("repeated_figure", "改造老旧小区12个、1864户。\n12个老旧小区改造完成，{}户居民受益。", "1846", "1864"),
    ("repeated_figure", "全县基本医保参保46.82万人。\n{}万参保人中由财政资助的1.86万人。", "48.62", "46.82"),
    # in a heading
    ("repeated_figure", "办件量{}万件，创新高\n政务大厅共办件12.64万件，网上办件8.42万件。", "12.46", "12.64"),
    # of two digits, where the words say enough
    ("repeated_figure", "县级领导到县接访中心接访52场次，接待群众138批。\n县级领导接访的{}场次中有7场由他人代替。", "62", "52"),
    ("repeated_figure", "全镇辖14个村、3个社区。\n全镇{}个村全部完成垃圾收运改革。", "15", "14"),
    ("repeated_figure", "全县危险化学品企业42家，非煤矿山18家。\n上半年对全县{}家危险化学品企业开展了检查。", "46", "42"),
    # against a table
    ("repeated_figure", f"{SITES}石桥古镇以{{}}万人次居各景区之首。", "12.73", "12.37"),
    ("repeated_figure", f"{CLINICS}河西卫生院门诊{{}}人次，得分最高。", "31680", "31860"),
    ("repeated_figure", f"{SCHOOLS}全县在校学生{{}}人。", "46820", "48620"),
    ("repeated_figure", f"{BUDGETS}业务科预算{{}}万元，执行842.6万元；办公室执行278.2万元。", "846.2", "864.2"),
    # in another size
    ("unit_slip", "全系统实现销售总额7.52亿元。\n全系统{}元销售额中线上仅占9.4%。", "7.52万", "7.52亿"),
]


@pytest.mark.parametrize(("rule", "text", "wrong", "right"), TWICE)
def test_what_is_told_twice_is_told_with_one_figure(rule: str, text: str, wrong: str, right: str) -> None:
    assert [finding.rule for finding in found(text.format(wrong))] == [rule]
    assert found(text.format(right)) == []


@pytest.mark.parametrize(
    "text",
    [
        # two things of one sentence, taken up later
        "受理一审民事案件4862件，审结4682件。\n审结的4682件民事案件中，调解撤诉1864件。",
        "小麦总产24.86万吨；玉米总产28.46万吨。\n夏粮24.86万吨小麦全部收储；秋粮28.46万吨玉米收获完毕。",
        "党员28642名，其中农村党员12864名、机关党员8642名、其他7136名。女党员6842名。",
        # another year
        "全县小学在校生31460人，教师1862人。\n2023年小学在校生31640人。",
        "新改建农村公路146.8公里。\n去年新改建农村公路164.8公里。",
        # 进出口 and 出口, the town's villages and the county's, a few of all
        "进出口总值86.42亿元。\n完成出口84.62亿元。",
        "全镇14个村，收入全部达标。\n全县共有186个村。",
        f"{SITES.replace('石桥古镇', '6月').replace('云台峡谷', '7月')}7月接待9.86万人次，6月接待12.37万人次。",
        "| 乡镇 | 得分 | 排名 |\n|---|---|---|\n| 大河镇 | 96.42 | 1 |\n| 小河镇 | 94.86 | 2 |\n| 清泉乡 | 91.28 | 3 |\n"
        "大河镇以96.42分排名第一。",
        "全县规上企业186家。\n全县12家规上企业入选示范名单。",
    ],
)
def test_two_things_of_like_figures_are_two_things(text: str) -> None:
    assert found(text) == []


TAXES = "| 税种 | 2024年（万元） | 2023年（万元） |\n|---|---|---|\n| 增值税 | 48620 | 45020 |\n| 企业所得税 | 21460 | 22860 |\n"
WORKS = (
    "| 镇 | 计划投资（亿元） | 完成投资（亿元） |\n|---|---|---|\n| 甲镇 | 8.64 | 8.12 |\n"
    "| 乙镇 | 6.42 | 6.58 |\n| 合计 | 15.06 | 14.70 |\n"
)


@pytest.mark.parametrize(
    ("rule", "text", "wrong", "right"),
    [
        ("growth", f"{TAXES}从税种看，增值税增长{{}}%，企业所得税下降6.1%。", "10.8", "8.0"),
        ("share", f"{WORKS}从表中看，全县完成投资占计划的{{}}%，其中乙镇超额完成。", "91.4", "97.6"),
    ],
)
def test_a_rate_in_the_text_follows_from_the_cells_it_speaks_of(rule: str, text: str, wrong: str, right: str) -> None:
    assert [finding.rule for finding in found(text.format(wrong))] == [rule]
    assert found(text.format(right)) == []
