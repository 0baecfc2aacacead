"""The words of policy: units, issuers, confidence, outcomes, severities, with their Chinese labels. Imports nothing."""

UNITS: dict[str, str] = {
    "CNY": "元",
    "CNY/month": "元/月",
    "CNY/person/month": "元/人·月",
    "CNY/household/month": "元/户·月",
    "per_mille": "‰",
    "years": "岁",
    "months": "个月",
    "working_days": "个工作日",
    "calendar_days": "天",
    "day_of_month": "日",
    "persons": "人",
    "times": "次",
    "count": "个",
    "grade": "级",
    "code": "",
    "truth": "",
    "date": "",
}
"""Every unit a parameter, a fact or a rule may have. Money is written in yuan in files and held in fen."""

MONEY_PREFIX = "CNY"

NO_GRADE = "无"
"""What a grade of 0 is: no grade at all."""

ISSUERS: dict[str, str] = {
    "national": "国家",
    "provincial": "省级",
    "municipal": "设区市级",
    "county": "县级",
}

CONFIDENCE: dict[str, str] = {
    "stated": "文件原文",
    "general": "依国家规定，原文待核",
    "assumed": "暂定，待确认",
}
"""How well a value is founded: read in the document; generally known of a named document; assumed until confirmed."""

PURPOSES: dict[str, str] = {
    "amount": "待遇计算",
    "procedure": "办理程序",
}
"""What a parameter is for: the rules compute with the first kind, the case and the roll read the second."""

ENTITIES: dict[str, str] = {
    "month": "当月",
    "household": "家庭",
    "person": "成员",
    "supporter": "义务人",
}
"""The levels a fact or a rule may stand on, from the outermost in; a supporter owes support to a person and lives elsewhere."""

OUTCOMES: dict[str, str] = {
    "not_eligible": "不符合条件",
    "eligible": "符合条件",
    "undetermined": "暂不能认定",
}
"""The position is the code in a column of outcomes."""

SEVERITIES: dict[str, str] = {
    "info": "说明",
    "warning": "提示",
    "block": "不符合",
}

LOGIC: dict[str, str] = {
    "and": "且",
    "or": "或",
    "not": "非",
    "if": "若",
    "then": "则",
    "else": "否则",
    "least": "取小",
    "greatest": "取大",
    "half_up": "四舍五入到分",
    "round_up": "向上取整",
    "one_of": "属于",
    "total": "合计",
    "count": "的人数",
    "any": "中有任一",
    "maximum": "的最大值",
    "yes": "是",
    "no": "否",
    "unknown": "未知",
    "nobody": "无",
}
"""The words in which a formula is printed."""
