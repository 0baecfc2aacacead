"""Sums, rests and accounts in the words and orders that offices use: each with the wrong figure, and with the right one."""

from __future__ import annotations

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of

pytestmark = [pytest.mark.capability("SA-12")]


def found(text: str) -> list[Finding]:
    return [f for f in check(document_of(f"2024年工作总结\n{text}")).findings if str(f.severity) != "ask"]


PAIRS = [
    # a whole and its parts, unannounced
    ("项目总投资{}亿元，一期投资4.6亿元，二期投资3.8亿元，三期投资4.2亿元。", "12.8", "12.6"),
    ("全院职工{}人，医生312人、护士486人、医技64人。", "892", "862"),
    ("全年港口吞吐量{}万吨，外贸462万吨，内贸1286万吨。", "1778", "1748"),
    ("报告期内立案286件，撤案12件，移送42件，行政处罚{}件。", "262", "232"),
    ("各项贷款余额{}亿元，住户贷款62.8亿元，非金融企业及机关团体贷款186.4亿元。", "242.2", "249.2"),
    # lists that leave nothing out
    ("处分{}人，其中处分县处级3人、乡科级18人、一般干部46人、农村人员及其他145人。", "242", "212"),
    ("安排资金8600万元，用于产业5160万元，用于基础设施2400万元，用于其他方面{}万元。", "1070", "1040"),
    ("召开局长办公会{}次，其中上半年12次、下半年8次。", "23", "20"),
    ("社会组织{}家，其中社会团体312家、民办非企业单位186家、基金会4家。", "532", "502"),
    ("共承办人大建议和政协提案{}件，其中建议86件，提案124件。", "240", "210"),
    ("10万元以下的32个村，10万元至50万元的118个村，50万元以上的36个村，合计{}个村。", "116", "186"),
    ("全年优124天、良188天，优良天数共{}天。", "342", "312"),
    # a second column
    ("受理审查逮捕286件412人，批准逮捕198件286人，不批准逮捕88件{}人。", "156", "126"),
    ("第一批支持项目18个、资金2460万元，第二批12个、资金1480万元，两批共支持项目30个、资金{}万元。", "3970", "3940"),
    # accounts in any order
    ("低保对象较年初净减少{}户，其中新增207户，退出263户。", "86", "56"),
    ("2023年末总里程1862公里，2024年新增86公里，2024年末达{}公里。", "1968", "1948"),
    ("登记在册经营主体{}户，比上年末的48216户，新设3862户，注销2174户。", "49204", "49904"),
    ("公务用车保有量{}辆，年内报废6辆，新购3辆，年初保有42辆。", "32", "39"),
    ("新开通航线8条，停飞3条，运营航线由年初的26条变为{}条。", "34", "31"),
    ("图书馆藏书{}册，年初386420册，当年新购12860册，剔旧2140册。", "397440", "397140"),
    # rests by other names
    ("核定编制186名，实有人员172名，缺编{}名。", "17", "14"),
    ("固定资产原值8620万元，累计折旧3148万元，净值{}万元。", "5402", "5472"),
    ("应缴学费862万元，实缴814万元，缓缴{}万元。", "41", "48"),
    ("累计投放单车12800辆，回收损毁2140辆，在营{}辆。", "10960", "10660"),
    # announced and named
    ("出台措施{}项：一是减税降费，二是金融支持，三是稳岗就业，四是优化服务。", "三", "四"),
    ("推出便民举措{}条：一是延时，二是上门，三是预约，四是跨省通办，五是一窗通办。", "四", "五"),
]


@pytest.mark.parametrize(("text", "wrong", "right"), PAIRS)
def test_wrong_figure_is_told_and_right_one_is_left_alone(text: str, wrong: str, right: str) -> None:
    assert len(found(text.format(wrong))) == 1
    assert [(finding.rule, finding.arithmetic) for finding in found(text.format(right))] == []


RIGHT = [
    "年初在册低保4126户，新增312户，其中单人保186户，退出218户，年末在册4220户。",
    "投入资金1286万元，改造厕所312座，新建公厕86座，清运垃圾1140吨。",
    "2023年末里程1862公里，2024年新建86公里，改造124公里，2024年末1948公里。",
    "低收入人口12864人，低保8642人、特困1024人，享受双重政策86人，防返贫监测对象3284人。",
    "发电量86.4亿千瓦时，火电62.1亿千瓦时，风电14.2亿千瓦时，光伏8.6亿千瓦时，其余为生物质发电。",
    "举办培训28期1862人次，其中村干部12期820人次，社工8期412人次。",
    "家庭农场862家，省级示范42家，市级示范86家，县级示范124家。",
    "收入42.86亿元，支出41.24亿元，当年结余1.62亿元，累计结余18.64亿元。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_only_looks_like_a_sum_is_left_alone(text: str) -> None:
    assert [(finding.rule, finding.arithmetic) for finding in found(text)] == []
