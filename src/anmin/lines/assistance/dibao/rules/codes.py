"""The code lists in which facts about a dibao household are written, with the labels a formula is printed in."""

from anmin.ground.policy.facts import YES_NO, Codes

RELATION = Codes(
    {
        "head": "户主",
        "spouse": "配偶",
        "child": "子女",
        "child_in_law": "儿媳或女婿",
        "grandchild": "孙子女",
        "parent": "父母",
        "grandparent": "祖父母",
        "sibling": "兄弟姐妹",
        "other": "其他",
    }
)

ABSENCE = Codes(
    {
        "none": "在家庭中生活",
        "conscript": "义务兵",
        "prison": "服刑或强制隔离戒毒",
        "religious": "宗教教职人员脱离家庭满三年",
        "declared_missing": "人民法院宣告失踪",
        "missing_two_years": "失踪满两年",
        "graduate_student": "在外就读研究生",
        "independent": "已成年并独立生活",
        "county_decision": "县级民政部门认定不计入",
        "other": "其他不计入情形",
    }
)

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

WORK = Codes(
    {
        "unrecorded": "未登记",
        "employed": "在业",
        "unemployed": "登记失业",
        "able_idle": "有劳动能力未就业",
        "unable": "无劳动能力",
        "student": "在校",
        "retired": "退休",
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

CLAIM = Codes(
    {
        "household": "整户申请",
        "single": "单独申请",
        "single_a": "单独申请（成年无业重残）",
        "single_b": "单独申请（低收入家庭重残重病）",
    }
)

GRACE = Codes({"none": "无", "delayed": "缓退", "gradual": "渐退"})

SEVERITY = Codes({"explain": "说明情况", "block": "不予通过"})
"""What follows when a limit of property is passed."""

ROUTE = Codes(
    {
        "none": "无",
        "household": "整户保障",
        "single_a": "单人保（成年无业重残）",
        "single_b": "单人保（低收入家庭重残重病）",
        "grace_delayed": "缓退期保障",
        "grace_gradual": "渐退期保障",
    }
)
"""By which way a household is covered; the position is the number in a column of routes."""

__all__ = [
    "ABSENCE", "CLAIM", "DISABILITY", "GRACE", "RELATION", "ROUTE", "SCHOOLING", "SEVERITY", "WORK", "YES_NO",
]  # fmt: skip
