"""Units: what they measure and how large they are. Money is in 元, lengths in 米, areas in 平方米, weights in 千克.

A unit of counting is its own dimension: 人次 is not 人, 户 is not 家; only 人, 名 and 位 count the same.
"""

from __future__ import annotations

import re
from fractions import Fraction

MULTIPLIERS = {
    "亿": Fraction(10**8),
    "千万": Fraction(10**7),
    "百万": Fraction(10**6),
    "十万": Fraction(10**5),
    "万": Fraction(10**4),
    "千": Fraction(1000),
    "百": Fraction(100),
    "": Fraction(1),
}

_MEASURED: dict[str, tuple[str, Fraction | int]] = {
    "元人民币": ("元", 1),
    "元": ("元", 1),
    "角": ("元", Fraction(1, 10)),
    "美元": ("美元", 1),
    "欧元": ("欧元", 1),
    "港元": ("港元", 1),
    "日元": ("日元", 1),
    "米": ("米", 1),
    "公里": ("米", 1000),
    "千米": ("米", 1000),
    "延米": ("米", 1),
    "延长米": ("米", 1),
    "km": ("米", 1000),
    "厘米": ("米", Fraction(1, 100)),
    "毫米": ("毫米", 1),
    "平方米": ("平方米", 1),
    "平米": ("平方米", 1),
    "㎡": ("平方米", 1),
    "m²": ("平方米", 1),
    "平方公里": ("平方米", 10**6),
    "平方千米": ("平方米", 10**6),
    "km²": ("平方米", 10**6),
    "公顷": ("平方米", 10**4),
    "亩": ("平方米", Fraction(2000, 3)),
    "立方米": ("立方米", 1),
    "方": ("立方米", 1),
    "m³": ("立方米", 1),
    "升": ("升", 1),
    "毫升": ("升", Fraction(1, 1000)),
    "吨": ("千克", 1000),
    "吨标准煤": ("吨标准煤", 1),
    "吨标煤": ("吨标准煤", 1),
    "千克标准煤": ("吨标准煤", Fraction(1, 1000)),
    "千克标煤": ("吨标准煤", Fraction(1, 1000)),
    "公斤": ("千克", 1),
    "千克": ("千克", 1),
    "kg": ("千克", 1),
    "斤": ("千克", Fraction(1, 2)),
    "克": ("千克", Fraction(1, 1000)),
    "毫克": ("毫克", 1),
    "微克": ("微克", 1),
    "千瓦时": ("千瓦时", 1),
    "度电": ("千瓦时", 1),
    "千瓦": ("千瓦", 1),
    "兆瓦": ("千瓦", 1000),
    "吉瓦": ("千瓦", 10**6),
    "摄氏度": ("摄氏度", 1),
    "℃": ("摄氏度", 1),
    "分贝": ("分贝", 1),
    "%": ("%", 1),
    "个百分点": ("百分点", 1),
    "百分点": ("百分点", 1),
    "‰": ("‰", 1),
    "个千分点": ("千分点", 1),
    "个点": ("点数", 1),
    "倍": ("倍", 1),
    "成": ("%", 10),
}

_DURATIONS = (
    *(
        "周岁",
        "岁",
        "个月",
        "个工作日",
        "工作日",
        "天",
        "日",
        "小时",
        "个小时",
        "分钟",
        "秒钟",
        "秒",
        "周年",
        "年",
        "周",
        "个年头",
    ),
    *("学时", "课时", "个学时", "个课时", "月"),
)

_COUNTED = (
    *(
        "人次",
        "人",
        "名",
        "位",
        "户次",
        "户",
        "家次",
        "家",
        "个",
        "项次",
        "项",
        "件次",
        "件",
        "起",
        "宗",
        "条次",
        "条",
        "处次",
        "处",
    ),
    *("所", "座", "栋", "幢", "套", "间", "张", "床", "辆次", "辆", "台次", "台套", "台", "架次", "架", "艘次", "艘", "只", "头"),
    *(
        "羽",
        "尾",
        "匹",
        "棵",
        "株",
        "盆",
        "盏",
        "次",
        "场次",
        "场",
        "期",
        "批次",
        "批",
        "份",
        "册次",
        "册",
        "本",
        "篇",
        "幅",
        "部",
    ),
    *(
        "首",
        "集",
        "对",
        "组",
        "支",
        "队",
        "班次",
        "班",
        "科",
        "门",
        "种",
        "类",
        "款",
        "样",
        "枚",
        "面",
        "块",
        "片",
        "段",
        "根",
        "站",
    ),
    *(
        "点位",
        "点",
        "例",
        "具",
        "车次",
        "航次",
        "列次",
        "列",
        "趟",
        "笔",
        "单",
        "票",
        "封",
        "家庭",
        "村居",
        "村",
        "镇街",
        "镇",
        "乡",
    ),
    *(
        "街道",
        "社区",
        "市",
        "县",
        "省",
        "国",
        "国家",
        "区县",
        "区",
        "股",
        "项目",
        "口",
        "眼",
        "孔",
        "扇",
        "箱",
        "标箱",
        "袋",
        "瓶",
    ),
    *("把", "副", "盒", "双", "挺", "捆", "筐", "罐", "柄", "樘"),
    *("桶", "包", "枝", "卷", "页", "字", "节", "堂", "档", "师", "连", "层", "方面", "人份", "份次", "剂次", "剂", "针", "针次"),
    *(
        "人天",
        "台班",
        "车",
        "床位",
        "学位",
        "车位",
        "泊位",
        "TEU",
        "环节",
        "领域",
        "板块",
        "梯队",
        "机制",
        "行动",
        "举措",
        "措施",
    ),
    *(
        "部分",
        "讲",
        "餐",
        "席",
        "桩",
        "回",
        "幕",
        "颗",
        "顶",
        "尊",
        "宗次",
        "亩次",
        "大类",
        "小类",
        "户家庭",
        "频次",
        "航班",
        "家企业",
        "亿件",
        "行业",
        "部门",
        "单位",
        "要素",
        "指标",
        "标志",
        "圈",
        "期次",
        "辖区",
    ),
    *(
        "家医院",
        "例次",
        "分",
        "级",
        "路",
        "线",
        "宗地",
        "处点",
        "句",
        "招",
        "关",
        "步",
        "板",
        "元素",
        "单元",
        "网格",
        "片区",
        "园区",
    ),
)

PERSONS = "人"
_SAME = {"名": PERSONS, "位": PERSONS, "户家庭": "户", "家庭": "户", "家企业": "家", "家医院": "家", "床位": "张", "床": "张"}

_TABLE: dict[str, tuple[str, Fraction]] = {name: (dim, Fraction(size)) for name, (dim, size) in _MEASURED.items()}
_TABLE |= {name: (_SAME.get(name, name), Fraction(1)) for name in _COUNTED}
_TABLE |= {name: ("时长", Fraction(1)) for name in _DURATIONS}

_ONE = Fraction(1)
DURATIONS = frozenset(_DURATIONS)
COUNTED = frozenset(_COUNTED)
MONEY = frozenset({"元", "美元", "欧元", "港元", "日元"})
PERCENT, POINTS, TIMES = "%", "百分点", "倍"

# Longest first, so that 人次 is not read as 人.
UNIT_PATTERN = "|".join(re.escape(name) for name in sorted(_TABLE, key=len, reverse=True))
MULTIPLIER_PATTERN = r"千万|百万|十万|亿|万|千(?![米克瓦卡伏])|百(?![分年姓强货家日])"


def known(unit: str) -> bool:
    return unit in _TABLE


def dimension_of(unit: str) -> tuple[str, Fraction]:
    """The dimension of a unit and its size in it; an unknown one is a dimension of its own."""
    return _TABLE.get(unit) or (unit, _ONE)


def split(unit: str) -> tuple[Fraction, str]:
    """The multiplier and the bare unit of what is printed behind a number: 万元 → 10000, 元."""
    for name in ("千万", "百万", "十万", "亿", "万", "千", "百"):
        if unit.startswith(name) and unit not in _TABLE:
            return MULTIPLIERS[name], unit[len(name) :]
    return Fraction(1), unit


def is_counted(dimension: str) -> bool:
    """Whether the dimension is a count of whole things."""
    return dimension in COUNTED or dimension == ""
