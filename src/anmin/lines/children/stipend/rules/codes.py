"""The code lists in which facts about a child and its parents are written; the same lists in every room."""

from anmin.ground.policy.facts import Codes

PARENT = Codes(
    {
        "able": "能够履行监护职责",
        "dead": "已去世",
        "missing": "人民法院宣告失踪",
        "not_found": "查找不到",
        "prison": "服刑或强制隔离戒毒六个月以上",
        "lost_contact": "失去联系、未履行监护责任六个月以上",
        "severe": "重残或重病",
        "revoked": "被撤销监护资格",
        "deported": "被遣送（驱逐）出境",
        "no_capacity": "无监护能力",
    }
)

PLACEMENT = Codes({"institution": "机构集中养育", "family": "社会散居"})

DISABILITY = Codes(
    {
        "none": "无",
        "visual": "视力",
        "hearing": "听力",
        "speech": "言语",
        "physical": "肢体",
        "intellectual": "智力",
        "mental": "精神",
        "multiple": "多重",
    }
)

SCHOOLING = Codes(
    {
        "none": "不在学",
        "primary": "小学",
        "middle": "初中",
        "high": "高中",
        "vocational": "中职",
        "college": "大专",
        "bachelor": "本科",
        "master": "硕士研究生",
        "doctor": "博士研究生",
    }
)
"""In order: a rule compares levels."""

CATEGORY = Codes(
    {
        "none": "不属于困境儿童",
        "orphan": "孤儿",
        "no_guardian": "父母监护缺失的儿童",
        "unable": "父母无力履行监护职责的儿童",
        "severe": "重残、重病及流浪儿童",
        "poor": "贫困家庭儿童",
        "other": "其他需要帮助的儿童",
    }
)
"""The six categories of Jiangsu, the first that fits."""

ROUTE = Codes(
    {
        "none": "无",
        "institution": "机构养育孤儿",
        "orphan": "散居孤儿",
        "no_guardian": "父母监护缺失",
        "unable": "父母无力履行监护职责",
        "severe": "重残、重病及流浪",
        "hiv": "感染艾滋病病毒",
    }
)
"""By which rate the stipend is due; the position is the number in a column of routes."""

EXTENDED = Codes({"no": "不延续", "yes": "延续"})
"""Whether the stipend goes on beyond eighteen while in schooling."""
