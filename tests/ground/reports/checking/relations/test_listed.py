"""Things announced by their number and then named, numbered or divided; and the largest among what is listed."""

import pytest

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of


def found(text: str) -> list[Finding]:
    return list(check(document_of(f"2024年市场监管工作总结\n{text}")).findings)


PAIRS = [
    # named behind the number
    ("listed_items", "建议提案共收到{}：县人大建议第12号、第37号、第41号，政协提案第26号，均已答复。", "三件", "四件"),
    ("listed_items", "上半年召开会议{}次（3月5日、4月9日、5月20日）。", "4", "3"),
    ("listed_items", "{}次党组（扩大）会议分别于1月9日、5月14日、9月10日召开。", "四", "三"),
    ("listed_items", "表彰先进个人{}人：张伟、李强、王芳。", "4", "3"),
    ("listed_items", "修订{}项制度：《财务办法》《考勤办法》《公车管理办法》《采购办法》。", "5", "4"),
    ("listed_items", "连续{}年（2021年、2022年、2023年）获评优秀。", "四", "三"),
    ("listed_items", "投诉居前五位的依次为：食品586件、服装412件、家居334件、通讯268件{}。", "", "、家具186件"),
    # named before it
    ("listed_items", "张伟、李强、王芳等{}人受到市级表彰。", "2", "3"),
    ("listed_items", "3号、5号、7号、9号{}座闸门已更换。", "三", "四"),
    ("listed_items", "甲、乙、丙{}级医院共86家。", "四", "三"),
    # numbered
    ("listed_items", "提出{}点意见：第一，提高认识；第二，突出重点；第三，强化保障；第四，严肃纪律。", "三", "四"),
    ("listed_items", "提出{}点要求：首先压实责任；其次细化措施；再次强化督查；最后严肃问责。", "三", "四"),
    ("listed_items", "抓好{}件事：①摸清底数；②核对资金；③补齐档案；④严格审核。", "三", "四"),
    ("listed_items", "举办培训班{}期：第一期3月12日开班，第二期5月14日开班，第三期9月3日开班。", "4", "3"),
    (
        "listed_items",
        "主要存在以下{}类问题：\n（一）底数不清。\n涉及126户。\n（二）应保未保。\n（三）资金滞留。\n二、处理",
        "四",
        "三",
    ),
    ("listed_items", "（一）预算不细。\n涉及86万元。\n（二）采购不规范。\n（三）账外资产。\n上述{}类问题均已移交。", "两", "三"),
    ("listed_items", "职代会于3月15日、9月20日先后召开{}次。", "三", "两"),
    ("listed_items", "竞赛分焊工、电工、钳工、车工{}个工种进行。", "三", "四"),
    ("listed_items", "一是阵地不足；二是人员老化；三是经费紧张。针对上述{}个问题，已采取措施。", "四", "三"),
    ("listed_items", "围绕{}项任务开展工作。\n1.抓组建。\n2.抓维权。\n3.抓服务。", "四", "三"),
    # divided
    ("parts_and_whole", "上述五个问题中，4个已完成整改，{}个正在整改。", "2", "1"),
    ("parts_and_whole", "四个县区中三个正增长、{}个负增长。", "两", "一"),
    ("parts_and_whole", "全部八项任务，完成六项，{}项正在推进。", "三", "两"),
    # the most
    ("repeated_figure", "1日至4日分别接待12.8万、16.4万、17.3万和8.5万人次，5月{}日达到峰值。", "2", "3"),
    ("repeated_figure", "柳河镇32件、石桥镇41件、南浦乡28件，{}镇最多。", "柳河", "石桥"),
    ("repeated_figure", "5月1日至3日分别接待12.3万、16.8万、14.2万人次，单日最高{}万人次。", "14.2", "16.8"),
    ("repeated_figure", "柳河镇增长12.3%，石桥镇增长{}%，南浦乡增长8.6%，柳河镇增速最快。", "13.5", "11.5"),
    ("repeated_figure", "满意率最高的是柳河镇，为98.2%；石桥镇{}%，南浦乡96.1%。", "98.6", "97.6"),
    ("rank_in_itself", "投诉居前三位的依次是食品320件、服装280件、家电{}件。", "340", "240"),
    (
        "repeated_figure",
        "{}镇收入居首。\n| 乡镇 | 收入（万元） |\n|---|---|\n| 柳河镇 | 326 |\n| 石桥镇 | 412 |\n| 南浦乡 | 286 |",
        "柳河",
        "石桥",
    ),
]


@pytest.mark.parametrize(("rule", "text", "wrong", "right"), PAIRS)
def test_wrong_number_of_things_is_found_and_right_one_is_left_alone(rule: str, text: str, wrong: str, right: str) -> None:
    assert rule in {finding.rule for finding in found(text.format(wrong))}
    assert [(finding.rule, finding.arithmetic) for finding in found(text.format(right))] == []


LEFT_ALONE = [
    "新建站点6个，分别位于东湖、北塘、石桥等社区。",
    "确定4家试点单位（县医院、中医院等）。",
    "召开会议4次（其中3月5日、4月9日为扩大会议）。",
    "培训6期，第一期86人，第二期92人。",
    "张伟等6人受到表彰。",
    "四个方面18项任务中，第一、第二、第三项已完成。",
    "五个项目中，三个项目获省级立项，两个获市级奖励，一个获国家级奖励。",
    "六个项目里，三个已竣工，两个在建，一个尚未开工。",
    "柳河镇新增12家，石桥镇新增26家，南浦乡新增8家，柳河镇总量居全县首位。",
    "5个乡镇参加，其中柳河镇、石桥镇获奖。",
    "柳河镇32件、石桥镇41件、南浦乡28件，柳河镇办理满意率最高。",
    "东片完成62公里，西片完成58公里，南片完成71公里，东片投资最大。",
    "食品类投诉320件，其中糕点类最多，为96件；服装类投诉280件。",
    "居前三位的乡镇分别是柳河镇（增长12.6%）、石桥镇（增长8.2%）、南浦乡（增长9.6%）。",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_open_lists_and_other_measures_are_left_alone(text: str) -> None:
    assert [(finding.rule, finding.arithmetic) for finding in found(text)] == []
