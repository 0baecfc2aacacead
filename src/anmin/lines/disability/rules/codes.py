"""The code lists in which facts about a disabled person and the family are written; the same lists in every room."""

from anmin.ground.policy.facts import Codes

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

HUKOU = Codes({"urban": "城镇", "rural": "农村"})

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
"""The categories of children in distress, as the stipend of children decides them."""
