"""The layers of the low-income population, in the order in which they are tried."""

from anmin.ground.policy.facts import Codes

LAYER = Codes(
    {
        "none": "不属于低收入人口",
        "tekun": "特困人员",
        "dibao": "低保对象",
        "margin": "低保边缘家庭成员",
        "hardship": "刚性支出困难家庭成员",
    }
)
