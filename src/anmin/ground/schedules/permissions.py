"""Who may lay tasks: the clockwork, and those who answer for the whole county."""

from anmin.ground.accounts.gate import COUNTY_PATH, Actor, permission
from anmin.ground.accounts.vocabulary import Role


@permission("只有系统、科室审核人和系统管理员可以生成任务")
def may_lay_tasks(actor: Actor) -> bool:
    return actor.has(Role.SECTION_REVIEWER, Role.ADMINISTRATOR) or actor.has(Role.LEADER, at=COUNTY_PATH)
