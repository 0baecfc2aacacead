"""Words of the recognition of a family just above dibao."""

BENEFIT = "assistance.margin"
LABEL = "低保边缘"
FULL = "低保边缘家庭"
BASIS = "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）；国办发〔2023〕39号"
ROUTES = {"household": "整户"}
