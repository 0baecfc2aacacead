"""Who keeps the insurance, and who may hand its roster to the insurer."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role


@permission("只有全市的科室审核人可以办理低补保投保和理赔登记")
def may_keep_insurance(actor: Actor) -> bool:
    return actor.is_system or any(held is Role.SECTION_REVIEWER and path.count("/") <= 1 for held, path in actor.roles)


@permission("投保名册含完整身份证号，只有全市的科室审核人和审计监督人员可以下载。")
def may_fetch_roster(actor: Actor) -> bool:
    roles = (Role.SECTION_REVIEWER, Role.AUDITOR)
    return any(held in roles and path.count("/") <= 1 for held, path in actor.roles)
