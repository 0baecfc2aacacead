"""Words of the lists of insured elders."""

BENEFIT = "eldercare.accident_insurance"
LABEL = "老年人意外伤害保险"
BASIS = "“安康关爱行动”；海安市慈善总会意外伤害保险（文号待核）"
