"""The code lists of tekun; those of facts that dibao has are dibao's."""

from anmin.ground.policy.facts import YES_NO, Codes

SUPPORT = Codes({"none": "未注明", "at_home": "分散供养", "residential": "集中供养"})
"""Where somebody is supported; the routes of the benefit."""

CARE = Codes({"able": "全自理", "partial": "半护理", "full": "全护理"})
"""How far somebody can look after themselves, by six everyday things."""

HUKOU = Codes({"urban": "城镇", "rural": "农村"})

INCAPACITY = Codes(
    {
        "none": "没有认定",
        "tekun": "特困人员",
        "dibao_60": "六十周岁以上的低保对象",
        "age_70": "七十周岁以上、收入和财产符合规定",
        "severe_disabled": "重度残疾或三级智力、精神残疾，收入和财产符合规定",
        "no_capacity": "无民事行为能力",
        "missing": "被宣告失踪",
        "prison": "在监狱服刑",
        "other": "省级人民政府规定的其他情形",
    }
)
"""Why somebody who owes support cannot give it (民发〔2021〕43号第八条)."""

__all__ = ["CARE", "HUKOU", "INCAPACITY", "SUPPORT", "YES_NO"]
