"""Words of the layers of the low-income population."""

BASIS = "《关于加强低收入人口动态监测做好分层分类社会救助工作的意见》（国办发〔2023〕39号）"
LOW_INCOME = "low_income"
"""The group of benefits of which a person holds one at a time."""

LAYERS: dict[str, str] = {
    "assistance.tekun": "特困人员",
    "assistance.dibao": "低保对象",
    "assistance.margin": "低保边缘家庭成员",
    "assistance.hardship": "刚性支出困难家庭成员",
}
"""The benefits that are layers, in the order in which they are tried."""
